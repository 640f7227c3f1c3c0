"""One comment on a page as it is being found out: its element, what is its own, and what it says of itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.signs import Signs


@dataclass(slots=True)
class Unit:
    """A comment's element, the ranges of elements and of text pieces that are its own, and what was found in them.

    `written` is the date as the page shows it, `moment` as the page tells it to programs. `aside` are elements inside
    the body's that are none of it. Numbers are -1 where nothing was found. `told` is the body as HTML where the page
    tells it to programs alone, and has no element for it.
    """

    number: int
    ranges: list[tuple[int, int]]
    pieces: list[tuple[int, int]]
    author: str | None = None
    author_at: int = -1
    written: str | None = None
    moment: str | None = None
    time_at: int = -1
    body: int = -1
    aside: list[int] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    url: str | None = None
    score: int | None = None
    told: str | None = None

    def own(self) -> Iterator[int]:
        """The numbers of its own elements."""
        for start, end in self.ranges:
            yield from range(start, end)

    def own_pieces(self) -> Iterator[int]:
        """The numbers of its own pieces of text."""
        for start, end in self.pieces:
            yield from range(start, end)


def children(page: Page, number: int) -> Iterator[int]:
    """The numbers of an element's children."""
    child, end = number + 1, page.end[number]
    while child < end:
        yield child
        child = page.end[child]


def loud(page: Page, signs: Signs, number: int) -> int:
    """The length of an element's text that is no name, date or label."""
    return signs.loud[page.last[number]] - signs.loud[page.first[number]]


def own_letters(page: Page, unit: Unit, number: int, lengths: list[int]) -> int:
    """The length of an element's text, by running lengths of pieces, without what is inside other units."""
    first, last = page.first[number], page.last[number]
    total = 0
    for place in range(max(0, bisect_right(unit.pieces, (first, len(lengths))) - 1), len(unit.pieces)):
        start, end = unit.pieces[place]
        if start >= last:
            break
        if (a := max(start, first)) < (b := min(end, last)):
            total += lengths[b] - lengths[a]
    return total


def is_hidden(page: Page, number: int, outer: int) -> bool:
    """Whether an element, or one around it inside an outer one, is not shown."""
    while number > outer:
        if page.hidden(number):
            return True
        number = page.parent[number]
    return False
