"""The article of a page that says little: a short note, a product's description, a question of two lines.

Prose alone does not tell such a text from labels, so its place must: an element that is an article by its tag or its
item property, or the blocks right below the only first heading of the page. A sentence must be in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from . import parts
from .measured import LEAST, Measured

SHORTEST: Final = 20
"""Characters of a text that may be an article."""

LINKING: Final = 0.25
"""The share of links above which a block is a menu, or tells about the page."""

OUT: Final = 3
"""Levels round the heading in which the blocks below it are looked for: it may stand in a header of its own."""

_ENDS: Final = frozenset({"h1", "h2", "h3", "hr"})
"""Where the blocks below a heading end: another part of the page begins."""

_LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
_ITEM: Final = re.compile(r"(?:^|\s)(?:articleBody|e-content|entry-content)(?:$|\s)")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")


def rows(page: Measured, beside: Sequence[bool]) -> list[int]:
    """The rows of the elements that hold a page's short article, in order; none where no place tells that it is one."""
    return _called(page, beside) or _headed(page, beside)


def _called(page: Measured, beside: Sequence[bool]) -> list[int]:
    """The only element that is an article by what it is, and says something."""
    for kind in (_is_item, _is_article, _is_main):
        found = [row for row in range(1, len(page.nodes)) if not beside[row] and kind(page, row)]
        if len(found) == 1:
            row = found[0]
            inside = range(row, row + page.size[row] + 1)
            size = sum(page.text[at] for at in inside if not beside[at])
            linked = sum(page.linked[at] for at in inside if not beside[at])
            if linked <= LINKING * size and any(_is_sentence(page, at) for at in inside if not beside[at]):
                return found
    return []


def _is_item(page: Measured, row: int) -> bool:
    return bool(_ITEM.search(page.name[row]))


def _is_article(page: Measured, row: int) -> bool:
    return page.tag[row] == "article"


def _is_main(page: Measured, row: int) -> bool:
    return page.tag[row] == "main" or page.role[row] == "main"


def _headed(page: Measured, beside: Sequence[bool]) -> list[int]:
    """The blocks below the only first heading of a page, where one of them is a sentence."""
    heads = [row for row, tag in enumerate(page.tag) if tag == "h1" and not beside[row]]
    if len(heads) != 1:
        return []
    at = heads[0]
    for _ in range(OUT):
        if page.parent[at] < 0:
            break
        found = _below(page, at, beside)
        inside = (one for row in found for one in range(row, row + page.size[row] + 1))
        if any(_is_sentence(page, one) and page.text[one] >= LEAST for one in inside if not beside[one]):
            return found
        if page.text_below[page.parent[at]] > 2 * page.text_below[heads[0]] + SHORTEST:
            break
        at = page.parent[at]
    return []


def _below(page: Measured, row: int, beside: Sequence[bool]) -> list[int]:
    """The blocks that follow an element in its parent and say something, up to the next heading."""
    found = []
    for at in page.children(page.parent[row]):
        if at <= row or page.tag[at] in parts.INLINE or beside[at]:
            continue
        if page.tag[at] in _ENDS:
            break
        size, linked = page.text_below[at], page.linked_below[at]
        if size >= SHORTEST and linked <= LINKING * size and not _lists_links(page, at):
            found.append(at)
    return found


def _lists_links(page: Measured, row: int) -> bool:
    """Whether an element is or holds a list with links in it: a menu, or labels about the page."""
    inside = range(row, row + page.size[row] + 1)
    return any(page.linked_below[at] and page.tag[at] in _LISTS for at in inside)


def _is_sentence(page: Measured, row: int) -> bool:
    """Whether an element is a block that says something, to its end, and does not link."""
    if page.text[row] < SHORTEST or page.tag[row] in parts.INLINE or page.linked[row] > LINKING * page.text[row]:
        return False
    return bool(_SENTENCE.search(page.nodes[row].text()))
