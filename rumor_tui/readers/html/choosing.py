"""Which element of a page holds its article: the smallest one that has nearly all of the prose that is not beside it.

The way is readability's, without its passes over the page: sums of prose per subtree, less what stands in elements
that are called a sidebar, a share bar, related posts; then down from the body as long as one child holds the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from . import parts
from .measured import Measured, summed

MOST: Final = 0.5
"""An element called a sidebar that holds this share of the page's prose is none: `body class="has-sidebar"`."""

SOME: Final = 0.15
"""The same for what tells about an article (bylines, tags): names such as `meta` are given to much."""

DOWN: Final = 0.85
"""A child is gone down into when it holds this share of its parent's prose."""

MARKED: Final = 0.4
"""An element whose name says that it holds the article is taken at once if it has this share of the prose."""

LITTLE: Final = 0.12
"""And this share of all the page's prose, comments and sidebars included: else it is a teaser's."""

BESIDE: Final = 0.4
"""What the prose of such an element counts when it stands in something called a sidebar."""

ENOUGH: Final = 140
"""Characters of prose below which a page has no article, unless its element is called so."""

DENSE: Final = 0.4
"""The share of prose in the text of an article; a page of links and labels has less."""

LEFT: Final = 0.6
"""What must be left of the page's prose at the end of the way down."""

STRAY: Final = 0.03
"""Where paragraphs with this share of the prose stand in an element itself, the way down ends."""

NOTICE: Final = 1_500
"""Characters of a site's notice to its visitors, at most: what is called so and has more is a page of them."""

OUT: Final = 5
"""Levels round the article's text in which its opening paragraph is looked for."""

SHORTEST: Final = 20
"""Characters of an opening paragraph."""

LEADS: Final = 700
"""Characters of what stands between the headline and the text, at most, to open the article without being called so."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SCOPES: Final = frozenset({"article", "main"})

_LEAVES: Final = frozenset(
    {"p", "pre", "ul", "ol", "dl", "blockquote", "table", "tbody", "tr", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
)
"""Elements that are text, and not what holds it: the way down ends above them."""

_THROUGH: Final = frozenset({"table", "tbody", "tr"})
"""Layout tables are gone through where a cell of theirs holds the text."""


@dataclass(slots=True)
class Choice:
    """The row of the element that holds the article, the paragraphs before it, and which rows are beside it.

    `sure` tells whether the element says enough to be an article: what is called one, or what is mostly prose.
    """

    row: int
    leads: list[int]
    beside: list[bool]
    sure: bool


def choose(page: Measured, title: str = "") -> Choice:
    """The article's element of a measured page, whose title may be known; row 0 if nothing says more."""
    aside = beside(page)
    start = _marked(page, aside)
    if start:
        for up in _above(page, start):
            aside[up] = False
        _mark_beside(page, aside, start)
    own = [0 if aside[row] else size for row, size in enumerate(page.own)]
    prose = summed(page.parent, own)
    marked = start > 0 and prose[start] >= max(MARKED * prose[0], LITTLE * page.prose[0])
    row = start if marked else _down(page, prose, 0)
    text = sum(page.text[at] for at in range(row, row + page.size[row] + 1) if not aside[at])
    sure = marked or (prose[row] >= ENOUGH and prose[row] >= DENSE * text)
    return Choice(row, _leads(page, row, prose, aside, title), aside, sure)


def beside(page: Measured) -> list[bool]:
    """For each row whether it stands in something beside what the page is about: a menu, a sidebar, a form."""
    found = [False] * len(page.nodes)
    _mark_beside(page, found, 0)
    return found


def said(page: Measured, beside: list[bool]) -> int:
    """The characters of the page that are in no link and not beside what it is about."""
    return sum(page.text[row] - page.linked[row] for row in range(len(page.nodes)) if not beside[row])


def _above(page: Measured, row: int) -> Iterator[int]:
    """A row and the rows of all the elements around it."""
    while row >= 0:
        yield row
        row = page.parent[row]


def _mark_beside(page: Measured, beside: list[bool], root: int) -> None:
    """Tell which rows below an element stand in something beside the article, or are not shown."""
    total, text = page.prose[root], page.text_below[root]
    code = [False] * (page.size[root] + 1)
    for row in range(root + 1, root + page.size[root] + 1):
        share = page.prose[row] / total if total else 0.0
        tag, up = page.tag[row], page.parent[row]
        code[row - root] = code[up - root] or tag in parts.CODE
        gone = tag in parts.UNSEEN or (page.hidden[row] and 2 * page.text_below[row] <= text)
        gone = gone or (page.text_below[row] <= NOTICE and bool(page.name[row]) and parts.is_notice(page.name[row]))
        beside[row] = gone or beside[up] or (share < MOST and not code[row - root] and _is_beside(page, row, share))


def _is_beside(page: Measured, row: int, share: float) -> bool:
    tag, name = page.tag[row], page.name[row]
    if tag in parts.ASIDE_TAGS:
        return share < parts.ASIDE_TAGS[tag] and not _is_note(page, row)
    if name and parts.is_beside(name):
        return True
    if name and share < SOME and parts.is_about(name):
        return not parts.is_body(name)
    return page.role[row] in parts.ASIDE_ROLES


def _is_note(page: Measured, row: int) -> bool:
    """Whether the element belongs to the text: whom a quote is by, and the notes of a manual."""
    tag = page.tag[row]
    return (tag == "footer" and page.tag[page.parent[row]] == "blockquote") or (
        tag == "aside" and parts.is_note(page.name[row])
    )


def _marked(page: Measured, beside: list[bool]) -> int:
    """The element that is called an article's text and has the most prose; 0 if there is none."""
    best, most = 0, 0.0
    for row in range(1, len(page.nodes)):
        if page.prose[row] and page.name[row] and parts.is_body(page.name[row]):
            worth = page.prose[row] * (BESIDE if beside[row] else 1.0)
            if worth > most * (0.95 if row <= best + page.size[best] else 1.0):
                best, most = row, worth
    return best


def _down(page: Measured, prose: list[int], row: int) -> int:
    """From an element down to the smallest that still holds nearly all of its prose, and has no paragraph beside it."""
    least = LEFT * prose[row]
    while prose[row]:
        best = max(page.children(row), key=prose.__getitem__, default=row)
        if best == row or prose[best] < max(DOWN * prose[row], least):
            break
        if page.tag[best] in _LEAVES - _THROUGH or page.tag[best] in parts.INLINE:
            break
        if _paragraphs(page, prose, row) > STRAY * prose[row]:
            break
        row = best
    while page.tag[row] in _THROUGH and page.parent[row] >= 0:
        row = page.parent[row]
    return row


def _paragraphs(page: Measured, prose: list[int], row: int) -> int:
    """The prose of the paragraphs that stand right in an element."""
    return sum(prose[child] for child in page.children(row) if page.tag[child] in _LEAVES - _THROUGH)


def _leads(page: Measured, row: int, prose: list[int], beside: list[bool], title: str) -> list[int]:
    """Paragraphs that open the article, before its element: called so, in its header, or right below its headline."""
    found: list[int] = []
    top = _scope(page, row, prose)
    at, header_end = top + 1, 0
    headline, left = _headline(page, top, row, title), LEADS
    while at < row:
        around = at + page.size[at] >= row
        if not around and (page.tag[at] == "figure" or "caption" in page.name[at]):
            at += page.size[at] + 1
            continue
        if page.tag[at] == "header" and page.tag[top] in _SCOPES:
            header_end = at + page.size[at]
        opens = parts.is_lead(page.name[at])
        if not opens and page.is_prose(at) and not beside[at] and page.tag[at] not in _HEADINGS:
            opens = (page.tag[at] == "p" and at <= header_end) or (0 < headline < at and page.text[at] <= left)
        if opens and not around and page.text_below[at] >= SHORTEST and not _is_linking(page, at):
            found.append(at)
            left -= page.text_below[at]
        elif around or not beside[at]:
            at += 1
            continue
        at += page.size[at] + 1
    return found


def _headline(page: Measured, top: int, row: int, title: str) -> int:
    """The last heading before the article's text that is its title; 0 if there is none."""
    key = parts.letters(title)
    found = [
        at for at in range(top + 1, row) if page.tag[at] in _HEADINGS and parts.letters(page.nodes[at].text()) == key
    ]
    return found[-1] if key and found else 0


def _scope(page: Measured, row: int, prose: list[int]) -> int:
    """The element round the article's text in which its header may be, but no other article."""
    up = row
    for _ in range(OUT):
        above = page.parent[up]
        if above < 0 or page.tag[up] in _SCOPES or prose[above] > 2 * prose[row]:
            break
        up = above
    return up


def _is_linking(page: Measured, row: int) -> bool:
    return 2 * page.linked_below[row] > page.text_below[row]
