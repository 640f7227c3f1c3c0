"""Which elements of a page are its article: the smallest one with nearly all of the prose that is not boilerplate.

The method is readability's, without its repeated passes: sums of prose per subtree, less what is in elements that
are called a sidebar, a share bar, related posts; then down from the body as long as one child has most of the prose.

Prose alone does not tell a short text (a note, a product's description, a question of two lines) from labels, so its
place must: an element that is an article by its tag or its item property, or the blocks right below the page's only
first heading. It must have a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import MIN_PROSE, TextDensity, subtree_sums

MAX_SIDEBAR_SHARE: Final = 0.5
"""An element called a sidebar that has this share of the page's prose is not one: `body class="has-sidebar"`."""
MAX_MODULE_SHARE: Final = 0.25
"""The share of the prose in elements of one name above which they are not modules beside the article."""
MAX_METADATA_SHARE: Final = 0.15
"""The same for metadata of the article (bylines, tags): names such as `meta` are given to many elements."""
MIN_CHILD_SHARE: Final = 0.85
"""The share of its parent's prose that a child must have for the search to descend into it."""
MIN_MARKED_SHARE: Final = 0.4
"""An element named as the article's text is taken at once if it has this share of the prose outside boilerplate,"""
MIN_MARKED_PAGE_SHARE: Final = 0.12
"""and this share of all prose, comments and sidebars included: otherwise it is a teaser's."""
SIDEBAR_WEIGHT: Final = 0.4
"""The weight of the prose of such an element inside something called a sidebar."""
MIN_PROSE_TOTAL: Final = 140
"""Characters of prose below which a page has no article, unless its element is named so."""
MIN_DENSITY: Final = 0.4
"""The share of prose in the text of an article; a page of links and labels has less."""
MIN_REMAINING_SHARE: Final = 0.6
"""The share of the page's prose that must be left where the search ends."""
MAX_STRAY_SHARE: Final = 0.03
"""The share of an element's prose in paragraphs that are its own children above which the search ends there."""
MAX_NOTICE: Final = 1_500
"""Characters of a site's notice to its visitors: an element called so that has more is a page of them."""
MAX_LEAD_LEVELS: Final = 5
"""Ancestors of the article's text in which its opening paragraph is looked for."""
MIN_LEAD: Final = 20
"""Characters of an opening paragraph."""
MAX_LEADS: Final = 700
"""Characters between the headline and the text that may be opening paragraphs without being named so."""
MIN_SHORT_TEXT: Final = 20
"""Characters of a short text that may be an article."""
MAX_LINK_SHARE: Final = 0.25
"""The share of links above which a block of a short article is a menu, or metadata."""
MAX_HEADING_LEVELS: Final = 3
"""The heading and its ancestors below which a short article is looked for: the heading may be in a header."""
MIN_SECTIONS: Final = 1.3
"""The prose of all elements named so, in parts of that of the greatest, above which all are the article."""
_SCOPES: Final = frozenset({"article", "main"})
_LAYOUT_TAGS: Final = frozenset({"table", "tbody", "tr"})
_TEXT_TAGS: Final = frozenset({"p", "pre", "ul", "ol", "dl", "blockquote", "figure"}) | vocabulary.HEADING_TAGS
"""Elements that are text, rather than containers of it: the search ends above them."""
_NEXT_PART: Final = frozenset({"h1", "h2", "h3", "hr"})
"""Elements with which another part of the page begins."""
_LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
_ARTICLE_ITEM: Final = re.compile(r"(?:^|\s)(?:articleBody|e-content|entry-content)(?:$|\s)")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")


@dataclass(slots=True)
class MainContent:
    """The row of the element with the article, the paragraphs before it that open it, and which rows are boilerplate.

    `is_article` says whether the element has enough to be one: it is named so, or is mostly prose.
    """

    row: int
    leads: list[int]
    boilerplate: list[bool]
    is_article: bool
    marked: int = 0
    """The element that is named as an article's text, or 0."""
    tails: list[int] = field(default_factory=list)
    """The parts of the article behind the element, in the same `main` or `article`: a verdict, a note."""


def find_main_content(density: TextDensity, title: str = "") -> MainContent:
    """The main content of a page whose title may be known; row 0 if nothing smaller has most of the prose."""
    memo = density.dom.memo if density is density.dom.density else {}
    if "main_content" not in memo:
        memo["main_content"] = title, _find_main_content(density, title)
    known, content = memo["main_content"]
    return content if known == title else _find_main_content(density, title)


def _find_main_content(density: TextDensity, title: str) -> MainContent:
    boilerplate = find_boilerplate(density)
    row = marked = _marked_element(density, boilerplate)
    if row:
        ancestor = row
        while ancestor >= 0:
            boilerplate[ancestor] = False
            ancestor = density.dom.parent[ancestor]
        _mark_boilerplate(density, boilerplate, row)
    prose = subtree_sums(
        density.dom.parent, [0 if skip else own for skip, own in zip(boilerplate, density.own_prose, strict=True)]
    )
    is_article = row > 0 and prose[row] >= max(MIN_MARKED_SHARE * prose[0], MIN_MARKED_PAGE_SHARE * density.prose[0])
    if not is_article:
        row = _densest_element(density, prose)
        text = sum(density.text[inner] for inner in density.subtree(row) if not boilerplate[inner])
        least = MIN_PROSE if density.dom.tag[row] == "pre" else MIN_PROSE_TOTAL
        is_article = prose[row] >= least and prose[row] >= MIN_DENSITY * text
    leads = _leads(density, row, prose, boilerplate, title)
    return MainContent(row, leads, boilerplate, is_article, marked, _tails(density, row, prose, boilerplate))


def find_boilerplate(density: TextDensity) -> list[bool]:
    """For each row whether it is, or is in, a menu, a sidebar, a form or the like."""
    if density.boilerplate is None:
        density.boilerplate = [False] * len(density.dom)
        _mark_boilerplate(density, density.boilerplate, 0)
    return list(density.boilerplate)


def unlinked_text_length(density: TextDensity, boilerplate: Sequence[bool]) -> int:
    """The characters of the page outside links and boilerplate."""
    return sum(
        text - linked for text, linked, skip in zip(density.text, density.linked, boilerplate, strict=True) if not skip
    )


def _mark_boilerplate(density: TextDensity, boilerplate: list[bool], root: int) -> None:
    """Set which rows below an element are boilerplate, or are not shown."""
    trusted = frozenset(_names_of_text(density, root))
    dom, total = density.dom, density.prose[root]
    in_code = [False] * len(density.subtree(root))
    for row in density.subtree(root)[1:]:
        parent = dom.parent[row]
        in_code[row - root] = in_code[parent - root] or dom.tag[row] in vocabulary.CODE_TAGS
        if density.excluded[row] or boilerplate[parent] or _is_unseen(density, row, density.text_below[root]):
            boilerplate[row] = True
            continue
        share = density.prose[row] / total if total else 0.0
        boilerplate[row] = (
            share < MAX_SIDEBAR_SHARE and not in_code[row - root] and _is_boilerplate(density, row, share, trusted)
        )


def _names_of_text(density: TextDensity, root: int) -> Iterator[str]:
    """The words for modules of a page whose elements have so much of the prose that they are what it is built of."""
    dom = density.dom
    prose: Counter[str] = Counter()
    end: dict[str, int] = {}
    for row in density.subtree(root)[1:]:
        if density.own_prose[row] or not density.prose[row] or not dom.names[row]:
            continue
        for word in vocabulary.module_words(dom.names[row]):
            if row >= end.get(word, 0):
                end[word] = dom.end[row]
                prose[word] += density.prose[row]
    return (word for word, amount in prose.items() if amount >= MAX_MODULE_SHARE * density.prose[root])


def _is_unseen(density: TextDensity, row: int, page_text: int) -> bool:
    """Whether an element is not text, is hidden, or is a site's notice to its visitors."""
    text, name = density.text_below[row], density.dom.names[row]
    if density.dom.no_text[row] or (density.dom.unseen[row] and 2 * text <= page_text):
        return True
    return text <= MAX_NOTICE and bool(name) and vocabulary.is_notice_name(name)


def _is_boilerplate(density: TextDensity, row: int, share: float, trusted: Set[str]) -> bool:
    """Whether an element with this share of the prose is boilerplate by its tag, its name or its role."""
    tag, name = density.dom.tag[row], density.dom.names[row]
    if tag in vocabulary.BOILERPLATE_TAGS:
        return share < vocabulary.BOILERPLATE_TAGS[tag] and not _is_note(density, row)
    if name and vocabulary.is_boilerplate_name(name):
        return True
    if name and share < MAX_METADATA_SHARE and set(vocabulary.module_words(name)) - trusted:
        return not vocabulary.is_body_name(name)
    return density.dom.attrs[row].get("role") in vocabulary.BOILERPLATE_ROLES


def _is_note(density: TextDensity, row: int) -> bool:
    """Whether the element belongs to the text: the source of a quote, and the notes of a manual."""
    if density.dom.tag[row] == "footer":
        return density.dom.tag[density.dom.parent[row]] == "blockquote"
    return density.dom.tag[row] == "aside" and vocabulary.is_note_name(density.dom.names[row])


def _marked_element(density: TextDensity, boilerplate: list[bool]) -> int:
    """The element that is named as an article's text and has the most prose; 0 if there is none."""
    best, most = 0, 0.0
    for row in range(1, len(density.dom)):
        if density.prose[row] and density.dom.names[row] and vocabulary.is_body_name(density.dom.names[row]):
            weighted = density.prose[row] * (SIDEBAR_WEIGHT if boilerplate[row] else 1.0)
            if weighted > most * (0.95 if row in density.subtree(best) else 1.0):
                best, most = row, weighted
    return _with_same_named(density, boilerplate, best) if best else 0


def _with_same_named(density: TextDensity, boilerplate: list[bool], row: int) -> int:
    """The element around those named as an element is, where that is only one section of several."""
    dom = density.dom
    sections = [
        other
        for other in range(1, len(dom))
        if dom.names[other] == dom.names[row] and density.prose[other] and not boilerplate[other]
    ]
    if sum(density.prose[section] for section in sections) < MIN_SECTIONS * density.prose[row]:
        return row
    around = row
    while not (around <= sections[0] and sections[-1] < dom.end[around]):
        around = dom.parent[around]
    return around if dom.tag[around] not in ("html", "body") else row


def _densest_element(density: TextDensity, prose: list[int]) -> int:
    """The smallest element that has nearly all of the prose, without leaving out a paragraph."""
    row = 0
    least = MIN_REMAINING_SHARE * prose[row]
    while prose[row]:
        best = max(density.dom.children(row), key=prose.__getitem__, default=row)
        if best == row or prose[best] < max(MIN_CHILD_SHARE * prose[row], least):
            break
        if density.dom.tag[best] == "pre" and prose[best] >= (1 - MAX_STRAY_SHARE) * prose[0]:
            return best  # a message of a mailing list's archive, or a page of plain text
        if density.dom.tag[best] in _TEXT_TAGS or density.dom.tag[best] in vocabulary.INLINE_TAGS:
            break
        stray = sum(prose[child] for child in density.dom.children(row) if density.dom.tag[child] in _TEXT_TAGS)
        if stray > MAX_STRAY_SHARE * prose[row]:
            break
        row = best
    while density.dom.tag[row] in _LAYOUT_TAGS and density.dom.parent[row] >= 0:
        row = density.dom.parent[row]
    return row


# Opening paragraphs


def _leads(density: TextDensity, row: int, prose: list[int], boilerplate: Sequence[bool], title: str) -> list[int]:
    """The paragraphs before an element that open the article: named so, in its header, or right below its headline."""
    leads: list[int] = []
    top = _scope(density, row, prose)
    headline = _headline(density, range(top + 1, row), title)
    header_end, remaining = 0, MAX_LEADS
    at = top + 1
    while at < row:
        after = density.subtree(at).stop
        is_ancestor = after > row
        if not is_ancestor and _is_figure(density, at):
            at = after
            continue
        if density.dom.tag[at] == "header" and density.dom.tag[top] in _SCOPES:
            header_end = after - 1
        limit = remaining if 0 < headline < at else 0
        is_near_title = not boilerplate[at] and _is_near_title(density, at, header_end, limit)
        if not is_ancestor and _is_lead(density, at, is_near_title):
            leads.append(at)
            remaining -= density.text_below[at]
            at = after
        else:
            at = after if boilerplate[at] and not is_ancestor else at + 1
    return leads


def _tails(density: TextDensity, row: int, prose: list[int], boilerplate: Sequence[bool]) -> list[int]:
    """What follows an element in its `main` or `article` with a heading and a sentence: a review's verdict."""
    top = _scope(density, row, prose)
    if density.dom.tag[top] not in _SCOPES or row == top:
        return []
    tails: list[int] = []
    while row != top:
        tails += [
            sibling
            for sibling in density.dom.children(density.dom.parent[row])
            if sibling > row and not boilerplate[sibling] and _is_tail(density, sibling, boilerplate)
        ]
        row = density.dom.parent[row]
    return tails


def _is_tail(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> bool:
    """Whether an element is a part of a text: it has a heading that is no link, and a sentence, and hardly links."""
    tags = density.dom.tag
    headings = [inner for inner in density.subtree(row) if tags[inner] in vocabulary.HEADING_TAGS]
    if len(headings) != 1 or density.linked_below[headings[0]]:
        return False
    return 4 * density.linked_below[row] <= density.text_below[row] and _has_sentence(density, row, boilerplate)


def _is_figure(density: TextDensity, row: int) -> bool:
    return density.dom.tag[row] == "figure" or "caption" in density.dom.names[row]


def _is_near_title(density: TextDensity, row: int, header_end: int, limit: int) -> bool:
    """Whether an element is a paragraph in the header, or has up to `limit` characters below the headline."""
    return (density.dom.tag[row] == "p" and row <= header_end) or density.text[row] <= limit


def _is_lead(density: TextDensity, row: int, is_near_title: bool) -> bool:
    """Whether an element is a paragraph that opens the article: named so, or prose near the title."""
    is_prose = density.is_prose(row) and density.dom.tag[row] not in vocabulary.HEADING_TAGS
    if not (vocabulary.is_lead_name(density.dom.names[row]) or (is_near_title and is_prose)):
        return False
    return density.text_below[row] >= MIN_LEAD and 2 * density.linked_below[row] <= density.text_below[row]


def _headline(density: TextDensity, rows: range, title: str) -> int:
    """The last heading among some rows that is the title; 0 if there is none."""
    key = vocabulary.comparison_key(title)
    headings = (row for row in reversed(rows) if density.dom.tag[row] in vocabulary.HEADING_TAGS)
    return next((row for row in headings if key and vocabulary.comparison_key(density.dom.nodes[row].text()) == key), 0)


def _scope(density: TextDensity, row: int, prose: list[int]) -> int:
    """The element around the article's text in which its header may be, but no other article."""
    scope = row
    for _ in range(MAX_LEAD_LEVELS):
        parent = density.dom.parent[scope]
        if parent < 0 or density.dom.tag[scope] in _SCOPES or prose[parent] > 2 * prose[row]:
            break
        scope = parent
    return scope


# Short articles


def find_short_content(density: TextDensity, boilerplate: Sequence[bool]) -> list[int]:
    """The rows with a page's short article, in order; none if no element is marked as one."""
    kinds: tuple[Callable[[int], bool], ...] = (
        lambda row: bool(_ARTICLE_ITEM.search(density.dom.names[row])),
        lambda row: density.dom.tag[row] == "article",
        lambda row: density.dom.tag[row] == "main" or density.dom.attribute(row, "role") == "main",
    )
    for is_kind in kinds:
        rows = [row for row in range(1, len(density.dom)) if not boilerplate[row] and is_kind(row)]
        if len(rows) == 1 and _has_sentence(density, rows[0], boilerplate):
            return rows
    return _below_heading(density, boilerplate)


def _has_sentence(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> bool:
    """Whether an element has a sentence, and not mostly links."""
    inside = [inner for inner in density.subtree(row) if not boilerplate[inner]]
    text = sum(density.text[inner] for inner in inside)
    linked = sum(density.linked[inner] for inner in inside)
    return linked <= MAX_LINK_SHARE * text and any(_is_sentence(density, inner) for inner in inside)


def _below_heading(density: TextDensity, boilerplate: Sequence[bool]) -> list[int]:
    """The blocks below the only first heading of a page, if one of them is a sentence."""
    headings = [row for row, tag in enumerate(density.dom.tag) if tag == "h1" and not boilerplate[row]]
    if len(headings) != 1:
        return []
    row = headings[0]
    for _ in range(MAX_HEADING_LEVELS):
        parent = density.dom.parent[row]
        if parent < 0:
            break
        blocks = _following_blocks(density, row, boilerplate)
        if any(_has_long_sentence(density, block, boilerplate) for block in blocks):
            return blocks
        if density.text_below[parent] > 2 * density.text_below[headings[0]] + MIN_SHORT_TEXT:
            break
        row = parent
    return []


def _has_long_sentence(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> bool:
    shown = (inner for inner in density.subtree(row) if not boilerplate[inner])
    return any(density.text[inner] >= MIN_PROSE and _is_sentence(density, inner) for inner in shown)


def _following_blocks(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> list[int]:
    """The blocks with text that follow an element in its parent, up to the next heading."""
    blocks = []
    for sibling in density.dom.children(density.dom.parent[row]):
        if sibling <= row or density.dom.tag[sibling] in vocabulary.INLINE_TAGS or boilerplate[sibling]:
            continue
        if density.dom.tag[sibling] in _NEXT_PART:
            break
        text, linked = density.text_below[sibling], density.linked_below[sibling]
        if text >= MIN_SHORT_TEXT and linked <= MAX_LINK_SHARE * text and not _has_linked_list(density, sibling):
            blocks.append(sibling)
    return blocks


def _has_linked_list(density: TextDensity, row: int) -> bool:
    """Whether an element is or contains a list with links: a menu, or metadata."""
    return any(density.linked_below[inner] and density.dom.tag[inner] in _LISTS for inner in density.subtree(row))


def _is_sentence(density: TextDensity, row: int) -> bool:
    """Whether an element is a block that ends as a sentence does, and hardly links."""
    text = density.text[row]
    if text < MIN_SHORT_TEXT or density.dom.tag[row] in vocabulary.INLINE_TAGS:
        return False
    return density.linked[row] <= MAX_LINK_SHARE * text and bool(_SENTENCE.search(density.dom.nodes[row].text()))
