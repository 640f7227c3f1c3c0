"""Which elements of a page hold its article: the smallest one with nearly all of the prose that is not boilerplate.

The method is readability's, without its repeated passes: sums of prose per subtree, less what stands in elements that
are called a sidebar, a share bar, related posts; then down from the body as long as one child holds the most.

Prose alone does not tell a short text (a note, a product's description, a question of two lines) from labels, so its
place must: an element that is an article by its tag or its item property, or the blocks right below the page's only
first heading. A sentence must be in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import MIN_PROSE, TextDensity, subtree_sums

MAX_SIDEBAR_SHARE: Final = 0.5
"""An element called a sidebar that holds this share of the page's prose is none: `body class="has-sidebar"`."""

MAX_METADATA_SHARE: Final = 0.15
"""The same for what tells about an article (bylines, tags): names such as `meta` are given to much."""

MIN_CHILD_SHARE: Final = 0.85
"""A child is gone down into when it holds this share of its parent's prose."""

MIN_MARKED_SHARE: Final = 0.4
"""An element whose name says that it holds the article is taken at once if it has this share of the prose."""

MIN_MARKED_PAGE_SHARE: Final = 0.12
"""And this share of all the page's prose, comments and sidebars included: else it is a teaser's."""

SIDEBAR_WEIGHT: Final = 0.4
"""What the prose of such an element counts when it stands in something called a sidebar."""

MIN_PROSE_TOTAL: Final = 140
"""Characters of prose below which a page has no article, unless its element is called so."""

MIN_DENSITY: Final = 0.4
"""The share of prose in the text of an article; a page of links and labels has less."""

MIN_REMAINING_SHARE: Final = 0.6
"""What must be left of the page's prose at the end of the way down."""

MAX_STRAY_SHARE: Final = 0.03
"""Where paragraphs with this share of the prose stand in an element itself, the way down ends."""

MAX_NOTICE: Final = 1_500
"""Characters of a site's notice to its visitors, at most: what is called so and has more is a page of them."""

MAX_LEAD_LEVELS: Final = 5
"""Levels round the article's text in which its opening paragraph is looked for."""

MIN_LEAD: Final = 20
"""Characters of an opening paragraph."""

MAX_LEADS: Final = 700
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
class MainContent:
    """The row of the element that holds the article, the paragraphs before it, and which rows are beside it.

    `sure` tells whether the element says enough to be an article: what is called one, or what is mostly prose.
    """

    row: int
    leads: list[int]
    beside: list[bool]
    sure: bool


def find_main_content(page: TextDensity, title: str = "") -> MainContent:
    """The article's element of a measured page, whose title may be known; row 0 if nothing says more."""
    aside = find_boilerplate(page)
    start = _marked(page, aside)
    if start:
        for up in _above(page, start):
            aside[up] = False
        _mark_beside(page, aside, start)
    own = [0 if aside[row] else size for row, size in enumerate(page.own)]
    prose = subtree_sums(page.parent, own)
    marked = start > 0 and prose[start] >= max(MIN_MARKED_SHARE * prose[0], MIN_MARKED_PAGE_SHARE * page.prose[0])
    row = start if marked else _down(page, prose, 0)
    text = sum(page.text[at] for at in range(row, row + page.size[row] + 1) if not aside[at])
    sure = marked or (prose[row] >= MIN_PROSE_TOTAL and prose[row] >= MIN_DENSITY * text)
    return MainContent(row, _leads(page, row, prose, aside, title), aside, sure)


def find_boilerplate(page: TextDensity) -> list[bool]:
    """For each row whether it stands in something beside what the page is about: a menu, a sidebar, a form."""
    found = [False] * len(page.nodes)
    _mark_beside(page, found, 0)
    return found


def unlinked_text_length(page: TextDensity, beside: list[bool]) -> int:
    """The characters of the page that are in no link and not beside what it is about."""
    return sum(page.text[row] - page.linked[row] for row in range(len(page.nodes)) if not beside[row])


def _above(page: TextDensity, row: int) -> Iterator[int]:
    """A row and the rows of all the elements around it."""
    while row >= 0:
        yield row
        row = page.parent[row]


def _mark_beside(page: TextDensity, beside: list[bool], root: int) -> None:
    """Tell which rows below an element stand in something beside the article, or are not shown."""
    total, text = page.prose[root], page.text_below[root]
    code = [False] * (page.size[root] + 1)
    for row in range(root + 1, root + page.size[root] + 1):
        share = page.prose[row] / total if total else 0.0
        tag, up = page.tag[row], page.parent[row]
        code[row - root] = code[up - root] or tag in vocabulary.CODE_TAGS
        gone = tag in vocabulary.NON_TEXT_TAGS or (page.hidden[row] and 2 * page.text_below[row] <= text)
        gone = gone or (
            page.text_below[row] <= MAX_NOTICE and bool(page.name[row]) and vocabulary.is_notice_name(page.name[row])
        )
        beside[row] = (
            gone or beside[up] or (share < MAX_SIDEBAR_SHARE and not code[row - root] and _is_beside(page, row, share))
        )


def _is_beside(page: TextDensity, row: int, share: float) -> bool:
    tag, name = page.tag[row], page.name[row]
    if tag in vocabulary.BOILERPLATE_TAGS:
        return share < vocabulary.BOILERPLATE_TAGS[tag] and not _is_note(page, row)
    if name and vocabulary.is_boilerplate_name(name):
        return True
    if name and share < MAX_METADATA_SHARE and vocabulary.is_metadata_name(name):
        return not vocabulary.is_body_name(name)
    return page.role[row] in vocabulary.BOILERPLATE_ROLES


def _is_note(page: TextDensity, row: int) -> bool:
    """Whether the element belongs to the text: whom a quote is by, and the notes of a manual."""
    tag = page.tag[row]
    return (tag == "footer" and page.tag[page.parent[row]] == "blockquote") or (
        tag == "aside" and vocabulary.is_note_name(page.name[row])
    )


def _marked(page: TextDensity, beside: list[bool]) -> int:
    """The element that is called an article's text and has the most prose; 0 if there is none."""
    best, most = 0, 0.0
    for row in range(1, len(page.nodes)):
        if page.prose[row] and page.name[row] and vocabulary.is_body_name(page.name[row]):
            worth = page.prose[row] * (SIDEBAR_WEIGHT if beside[row] else 1.0)
            if worth > most * (0.95 if row <= best + page.size[best] else 1.0):
                best, most = row, worth
    return best


def _down(page: TextDensity, prose: list[int], row: int) -> int:
    """From an element down to the smallest that still holds nearly all of its prose, and has no paragraph beside it."""
    least = MIN_REMAINING_SHARE * prose[row]
    while prose[row]:
        best = max(page.children(row), key=prose.__getitem__, default=row)
        if best == row or prose[best] < max(MIN_CHILD_SHARE * prose[row], least):
            break
        if page.tag[best] in _LEAVES - _THROUGH or page.tag[best] in vocabulary.INLINE_TAGS:
            break
        if _paragraphs(page, prose, row) > MAX_STRAY_SHARE * prose[row]:
            break
        row = best
    while page.tag[row] in _THROUGH and page.parent[row] >= 0:
        row = page.parent[row]
    return row


def _paragraphs(page: TextDensity, prose: list[int], row: int) -> int:
    """The prose of the paragraphs that stand right in an element."""
    return sum(prose[child] for child in page.children(row) if page.tag[child] in _LEAVES - _THROUGH)


def _leads(page: TextDensity, row: int, prose: list[int], beside: list[bool], title: str) -> list[int]:
    """Paragraphs that open the article, before its element: called so, in its header, or right below its headline."""
    found: list[int] = []
    top = _scope(page, row, prose)
    at, header_end = top + 1, 0
    headline, left = _headline(page, top, row, title), MAX_LEADS
    while at < row:
        around = at + page.size[at] >= row
        if not around and (page.tag[at] == "figure" or "caption" in page.name[at]):
            at += page.size[at] + 1
            continue
        if page.tag[at] == "header" and page.tag[top] in _SCOPES:
            header_end = at + page.size[at]
        opens = vocabulary.is_lead_name(page.name[at])
        if not opens and page.is_prose(at) and not beside[at] and page.tag[at] not in _HEADINGS:
            opens = (page.tag[at] == "p" and at <= header_end) or (0 < headline < at and page.text[at] <= left)
        if opens and not around and page.text_below[at] >= MIN_LEAD and not _is_linking(page, at):
            found.append(at)
            left -= page.text_below[at]
        elif around or not beside[at]:
            at += 1
            continue
        at += page.size[at] + 1
    return found


def _headline(page: TextDensity, top: int, row: int, title: str) -> int:
    """The last heading before the article's text that is its title; 0 if there is none."""
    key = vocabulary.comparison_key(title)
    found = [
        at
        for at in range(top + 1, row)
        if page.tag[at] in _HEADINGS and vocabulary.comparison_key(page.nodes[at].text()) == key
    ]
    return found[-1] if key and found else 0


def _scope(page: TextDensity, row: int, prose: list[int]) -> int:
    """The element round the article's text in which its header may be, but no other article."""
    up = row
    for _ in range(MAX_LEAD_LEVELS):
        above = page.parent[up]
        if above < 0 or page.tag[up] in _SCOPES or prose[above] > 2 * prose[row]:
            break
        up = above
    return up


def _is_linking(page: TextDensity, row: int) -> bool:
    return 2 * page.linked_below[row] > page.text_below[row]


MIN_SHORT_TEXT: Final = 20
"""Characters of a text that may be an article."""

MAX_LINK_SHARE: Final = 0.25
"""The share of links above which a block is a menu, or tells about the page."""

MAX_HEADING_LEVELS: Final = 3
"""Levels round the heading in which the blocks below it are looked for: it may stand in a header of its own."""

_ENDS: Final = frozenset({"h1", "h2", "h3", "hr"})
"""Where the blocks below a heading end: another part of the page begins."""

_LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
_ITEM: Final = re.compile(r"(?:^|\s)(?:articleBody|e-content|entry-content)(?:$|\s)")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")


def find_short_content(page: TextDensity, beside: Sequence[bool]) -> list[int]:
    """The rows of the elements that hold a page's short article, in order; none where no place tells that it is one."""
    return _called(page, beside) or _headed(page, beside)


def _called(page: TextDensity, beside: Sequence[bool]) -> list[int]:
    """The only element that is an article by what it is, and says something."""
    for kind in (_is_item, _is_article, _is_main):
        found = [row for row in range(1, len(page.nodes)) if not beside[row] and kind(page, row)]
        if len(found) == 1:
            row = found[0]
            inside = range(row, row + page.size[row] + 1)
            size = sum(page.text[at] for at in inside if not beside[at])
            linked = sum(page.linked[at] for at in inside if not beside[at])
            if linked <= MAX_LINK_SHARE * size and any(_is_sentence(page, at) for at in inside if not beside[at]):
                return found
    return []


def _is_item(page: TextDensity, row: int) -> bool:
    return bool(_ITEM.search(page.name[row]))


def _is_article(page: TextDensity, row: int) -> bool:
    return page.tag[row] == "article"


def _is_main(page: TextDensity, row: int) -> bool:
    return page.tag[row] == "main" or page.role[row] == "main"


def _headed(page: TextDensity, beside: Sequence[bool]) -> list[int]:
    """The blocks below the only first heading of a page, where one of them is a sentence."""
    heads = [row for row, tag in enumerate(page.tag) if tag == "h1" and not beside[row]]
    if len(heads) != 1:
        return []
    at = heads[0]
    for _ in range(MAX_HEADING_LEVELS):
        if page.parent[at] < 0:
            break
        found = _below(page, at, beside)
        inside = (one for row in found for one in range(row, row + page.size[row] + 1))
        if any(_is_sentence(page, one) and page.text[one] >= MIN_PROSE for one in inside if not beside[one]):
            return found
        if page.text_below[page.parent[at]] > 2 * page.text_below[heads[0]] + MIN_SHORT_TEXT:
            break
        at = page.parent[at]
    return []


def _below(page: TextDensity, row: int, beside: Sequence[bool]) -> list[int]:
    """The blocks that follow an element in its parent and say something, up to the next heading."""
    found = []
    for at in page.children(page.parent[row]):
        if at <= row or page.tag[at] in vocabulary.INLINE_TAGS or beside[at]:
            continue
        if page.tag[at] in _ENDS:
            break
        size, linked = page.text_below[at], page.linked_below[at]
        if size >= MIN_SHORT_TEXT and linked <= MAX_LINK_SHARE * size and not _lists_links(page, at):
            found.append(at)
    return found


def _lists_links(page: TextDensity, row: int) -> bool:
    """Whether an element is or holds a list with links in it: a menu, or labels about the page."""
    inside = range(row, row + page.size[row] + 1)
    return any(page.linked_below[at] and page.tag[at] in _LISTS for at in inside)


def _is_sentence(page: TextDensity, row: int) -> bool:
    """Whether an element is a block that says something, to its end, and does not link."""
    if (
        page.text[row] < MIN_SHORT_TEXT
        or page.tag[row] in vocabulary.INLINE_TAGS
        or page.linked[row] > MAX_LINK_SHARE * page.text[row]
    ):
        return False
    return bool(_SENTENCE.search(page.nodes[row].text()))
