"""Which elements of a page are its article: the smallest one with nearly all of the prose that is not boilerplate.

The method is readability's, without its repeated passes: sums of prose per subtree, less what is in elements that
are called a sidebar, a share bar, related posts; then down from the body as long as one child has most of the prose.
Paragraphs between the headline and that element open it; what is beside it goes on with it from a plain heading on.

Prose alone does not tell a short text (a note, a product's description, a question of two lines) from labels, so its
place must: an element that is an article by its tag or its item property, or the blocks right below the page's only
first heading. It must have a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.article.title import find_headline
from rumor_tui.readers.html.dom import MIN_PROSE, TextDensity, subtree_sums

MAX_SIDEBAR_SHARE: Final = 0.5
"""An element called a sidebar that has this share of the page's prose is not one: `body class="has-sidebar"`."""
MAX_MODULE_SHARE: Final = 0.25
"""The share of the prose in elements of one name above which they are not modules beside the article."""
MAX_METADATA_SHARE: Final = 0.15
"""The same for metadata of the article (bylines, tags): names such as `meta` are given to many elements."""
MIN_CHILD_SHARE: Final = 0.75
"""The share of its parent's prose that a child must have for the search to descend into it."""
MIN_REMAINING_SHARE: Final = 0.6
"""The share of the page's prose that must be left where the search ends, however many steps it took."""
MIN_MARKED_SHARE: Final = 0.4
"""An element named as the article's text is taken at once if it has this share of the prose outside boilerplate,"""
MIN_MARKED_PAGE_SHARE: Final = 0.12
"""and this share of all prose, comments and sidebars included: otherwise it is a teaser's."""
MIN_PROSE_TOTAL: Final = 140
"""Characters of prose below which a page has no article, unless its element is named so."""
MIN_DENSITY: Final = 0.4
"""The share of prose in the text of an article; a page of links and labels has less."""
MAX_STRAY_SHARE: Final = 0.03
"""The share of an element's prose in paragraphs that are its own children above which the search ends there."""
MAX_FORM_BOX: Final = 300
"""Characters of a box with a form in it up to which all of it is what the form is for: a newsletter."""
MAX_TAIL_LINKS: Final = 0.12
"""The share of links in what follows the text above which it is a list of other texts."""
MIN_SHORT_TEXT: Final = 20
"""Characters of a short text that may be an article."""
MAX_LINK_SHARE: Final = 0.25
"""The share of links above which a block of a short article is a menu, or metadata."""
MAX_HEADING_LEVELS: Final = 3
"""The heading and its ancestors below which a short article is looked for: the heading may be in a header."""
MIN_SECTIONS: Final = 1.3
"""The prose of all elements named so, in parts of that of the greatest, above which all are the article."""
_TEXT_TAGS: Final = frozenset({"p", "pre", "ul", "ol", "dl", "blockquote", "figure"}) | vocabulary.HEADING_TAGS
"""Elements that are text, rather than containers of it: the search ends above them."""
_NEXT_PART: Final = frozenset({"h1", "h2", "h3", "hr"})
"""Elements with which another part of the page begins."""


@dataclass(slots=True)
class MainContent:
    """The row of the element with the article, all rows that are its text, and which rows are boilerplate.

    `is_article` says whether the element has enough to be one: it is named so, or is mostly prose.
    """

    row: int
    rows: list[int]
    boilerplate: list[bool]
    is_article: bool
    marked: int = 0
    """The element that is named as an article's text, or 0."""


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
    prose = _sums_outside(density, boilerplate)
    is_article = row > 0 and prose[row] >= max(MIN_MARKED_SHARE * prose[0], MIN_MARKED_PAGE_SHARE * density.prose[0])
    if not is_article:
        row = _densest_element(density, prose)
        text = sum(density.text[inner] for inner in density.subtree(row) if not boilerplate[inner])
        least = MIN_PROSE if density.dom.tag[row] == "pre" else MIN_PROSE_TOTAL
        is_article = prose[row] >= least and prose[row] >= MIN_DENSITY * text
    rows = [*_leads(density, row, boilerplate, title), row, *_tails(density, row, boilerplate)]
    return MainContent(row, rows, boilerplate, is_article, marked)


def find_boilerplate(density: TextDensity) -> list[bool]:
    """For each row whether it is, or is in, a menu, a sidebar, a form or the like."""
    if density.boilerplate is None:
        density.boilerplate = [False] * len(density.dom)
        _mark_boilerplate(density, density.boilerplate, 0)
    return list(density.boilerplate)


def find_unnamed_content(density: TextDensity) -> tuple[list[int], list[bool]]:
    """The element with most of the prose whatever the page calls its parts, and which rows are not shown.

    For pages whose builder calls the article a widget, a promotion or related content.
    """
    hidden = [False] * len(density.dom)
    _mark_boilerplate(density, hidden, 0, by_name=False)
    prose = _sums_outside(density, hidden)
    row = _densest_element(density, prose)
    is_article = prose[row] >= max(MIN_PROSE_TOTAL, MIN_DENSITY * density.text_below[row])
    return [row] if is_article else [], hidden


def _sums_outside(density: TextDensity, boilerplate: Sequence[bool]) -> list[int]:
    """The prose of each row without that of boilerplate in it."""
    own = zip(boilerplate, density.own_prose, strict=True)
    return subtree_sums(density.dom.parent, [0 if skip else prose for skip, prose in own])


def _mark_boilerplate(density: TextDensity, boilerplate: list[bool], root: int, *, by_name: bool = True) -> None:
    """Set which rows below an element are not shown and, by their names, tags and roles, which are boilerplate."""
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
        may_be = by_name and share < MAX_SIDEBAR_SHARE and not in_code[row - root]
        boilerplate[row] = may_be and _is_boilerplate(density, row, share, trusted)


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
    """Whether an element is not text, or is hidden and not most of the page."""
    return density.dom.no_text[row] or (density.dom.unseen[row] and 2 * density.text_below[row] <= page_text)


def _is_boilerplate(density: TextDensity, row: int, share: float, trusted: Set[str]) -> bool:
    """Whether an element with this share of the prose is boilerplate by its tag, its name or its role."""
    tag, name = density.dom.tag[row], density.dom.names[row]
    if tag in vocabulary.BOILERPLATE_TAGS:
        return share < vocabulary.BOILERPLATE_TAGS[tag] and not _is_note(density, row)
    if (name and vocabulary.is_boilerplate_name(name)) or _is_form_box(density, row, share):
        return True
    if name and share < MAX_METADATA_SHARE and set(vocabulary.module_words(name)) - trusted:
        return not vocabulary.is_body_name(name)
    return density.dom.attrs[row].get("role") in vocabulary.BOILERPLATE_ROLES


def _is_note(density: TextDensity, row: int) -> bool:
    """Whether the element belongs to the text: the source of a quotation, and the notes of a manual."""
    if density.dom.tag[row] == "footer":
        return density.dom.tag[density.dom.parent[row]] == "blockquote"
    return density.dom.tag[row] == "aside" and vocabulary.is_note_name(density.dom.names[row])


def _is_form_box(density: TextDensity, row: int, share: float) -> bool:
    """Whether an element is a small box around a form: a newsletter's, in which a heading praises it."""
    if density.text_below[row] > MAX_FORM_BOX or share >= vocabulary.BOILERPLATE_TAGS["form"]:
        return False
    return any(density.dom.tag[child] == "form" for child in density.dom.children(row))


def _marked_element(density: TextDensity, boilerplate: list[bool]) -> int:
    """The element that is named as an article's text and has the most prose; 0 if there is none.

    Of nested ones it is the inner one with nearly all of the prose.
    """
    best, most = 0, 0.0
    for row in range(1, len(density.dom)):
        if density.prose[row] > most and density.dom.names[row] and vocabulary.is_body_name(density.dom.names[row]):
            best, most = row, 0.95 * density.prose[row]
        elif row == density.dom.end[best]:
            most = density.prose[best]
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
    dom, row = density.dom, 0
    while prose[row]:
        best = max(dom.children(row), key=prose.__getitem__, default=row)
        if best == row or prose[best] < max(MIN_CHILD_SHARE * prose[row], MIN_REMAINING_SHARE * prose[0]):
            break
        if dom.tag[best] == "pre" and prose[best] >= (1 - MAX_STRAY_SHARE) * prose[0]:
            return best  # a message of a mailing list's archive, or a page of plain text
        if dom.tag[best] in _TEXT_TAGS or dom.tag[best] in vocabulary.INLINE_TAGS:
            break
        stray = sum(prose[child] for child in dom.children(row) if dom.tag[child] in _TEXT_TAGS)
        if stray > MAX_STRAY_SHARE * prose[row]:
            break
        row = best
    return row


# Opening paragraphs


def _leads(density: TextDensity, row: int, boilerplate: Sequence[bool], title: str) -> list[int]:
    """The paragraphs between the headline and an element: a standfirst that is outside of the text's element."""
    leads: list[int] = []
    at = find_headline(density.dom, title) or row
    while at < row:
        after = density.dom.end[at]
        if after > row:
            at += 1  # an ancestor of the element, or of the headline
        elif boilerplate[at] or density.dom.tag[at] == "figure":
            at = after
        elif density.is_prose(at) and _is_sentence(density, at) and density.dom.tag[at] not in vocabulary.HEADING_TAGS:
            leads.append(at)
            at = after
        else:
            at += 1
    return leads


def _tails(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> list[int]:
    """What follows an element beside it, from a heading that is no link: a review's verdict, a list of the staff."""
    dom = density.dom
    rows = [other for other in dom.children(dom.parent[row]) if other > row and not boilerplate[other]]
    while rows and not _has_plain_heading(density, rows[0]):
        rows.pop(0)
    text, linked = (sum(below[other] for other in rows) for below in (density.text_below, density.linked_below))
    has_sentence = any(_has_sentence(density, other, boilerplate) for other in rows)
    return rows if has_sentence and linked <= MAX_TAIL_LINKS * text else []


def _has_plain_heading(density: TextDensity, row: int) -> bool:
    headings = [inner for inner in density.subtree(row) if density.dom.tag[inner] in vocabulary.HEADING_TAGS]
    return bool(headings) and not any(density.linked_below[heading] for heading in headings)


# Short articles


def find_short_content(density: TextDensity, boilerplate: Sequence[bool]) -> list[int]:
    """The rows with a page's short article, in order; none if no element is marked as one."""
    dom = density.dom
    kinds: tuple[Callable[[int], bool], ...] = (
        lambda row: vocabulary.is_body_name(dom.names[row]),
        lambda row: dom.tag[row] == "article",
        lambda row: dom.tag[row] == "main" or dom.attribute(row, "role") == "main",
    )
    for is_kind in kinds:
        rows = [row for row in range(1, len(dom)) if not boilerplate[row] and is_kind(row)]
        if len(rows) == 1 and _has_sentence(density, rows[0], boilerplate):
            return rows
    return _below_heading(density, boilerplate)


def _below_heading(density: TextDensity, boilerplate: Sequence[bool]) -> list[int]:
    """The blocks below the only first heading of a page, if one of them has a sentence.

    The heading may be in a header: then the blocks that follow that.
    """
    dom = density.dom
    headings = [row for row, tag in enumerate(dom.tag) if tag == "h1" and not boilerplate[row]]
    row = headings[0] if len(headings) == 1 else 0
    for _ in range(MAX_HEADING_LEVELS):
        blocks = _following_blocks(density, row, boilerplate) if row > 0 else []
        if any(_has_sentence(density, block, boilerplate) for block in blocks):
            return blocks
        row = dom.parent[row] if row > 0 else 0
    return []


def _following_blocks(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> list[int]:
    """The blocks with text that follow an element in its parent, up to the next part of the page."""
    blocks = []
    for sibling in density.dom.children(density.dom.parent[row]):
        if sibling <= row or density.dom.tag[sibling] in vocabulary.INLINE_TAGS or boilerplate[sibling]:
            continue
        if density.dom.tag[sibling] in _NEXT_PART:
            break
        text, linked = density.text_below[sibling], density.linked_below[sibling]
        if text >= MIN_SHORT_TEXT and linked <= MAX_LINK_SHARE * text:
            blocks.append(sibling)
    return blocks


def _has_sentence(density: TextDensity, row: int, boilerplate: Sequence[bool]) -> bool:
    """Whether an element has a block that ends as a sentence does, and not mostly links."""
    inside = [inner for inner in density.subtree(row) if not boilerplate[inner]]
    text = sum(density.text[inner] for inner in inside)
    linked = sum(density.linked[inner] for inner in inside)
    return linked <= MAX_LINK_SHARE * text and any(_is_sentence(density, inner) for inner in inside)


def _is_sentence(density: TextDensity, row: int) -> bool:
    """Whether an element is a block that ends as a sentence does, and hardly links."""
    text = density.text[row]
    if text < MIN_SHORT_TEXT or density.dom.tag[row] in vocabulary.INLINE_TAGS:
        return False
    return density.linked[row] <= MAX_LINK_SHARE * text and bool(
        vocabulary.SENTENCE_END.search(density.dom.nodes[row].text())
    )
