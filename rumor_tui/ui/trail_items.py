"""The places of a claim as items of a view: who says it and when, and the sentence with the mark lit in it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from rumor_tui.layout import wrap
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Span
from rumor_tui.outline import Outline
from rumor_tui.search.claims.excerpts import make_excerpt
from rumor_tui.search.claims.trail import TrailLine
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import cell_len
from rumor_tui.ui.body import MEASURE
from rumor_tui.ui.paint import Painted, clip, runs
from rumor_tui.ui.rows import CURSOR, row_of
from rumor_tui.ui.theme import Palette

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind

WIDE = 64
"""Columns from which on who says it stands beside the sentence rather than above it."""
APART = 30
"""Columns from which on an empty row parts two places."""
MOST_ROWS = 6
"""Rows that a sentence takes at most."""


class TrailItems:
    """Item k is the k-th line of a trail."""

    outline: Outline | None = None

    def __init__(
        self, index: TextIndex, palette: Palette, date: Callable[[int], str], number: Callable[[int], str]
    ) -> None:
        self.index = index
        self.palette = palette
        self.date = date
        """The date of a comment's row, as it is to be shown."""
        self.number = number
        """The number of a comment's row on its page."""
        self.lines: Sequence[TrailLine] = ()
        self.kind: Kind = "number"
        self.first_comment = -1
        self.earliest = -1
        self.focus = 0

    def take(self, index: TextIndex, lines: Sequence[TrailLine], kind: Kind) -> None:
        """Show these lines from now on."""
        self.index, self.lines, self.kind = index, lines, kind
        self.first_comment = next((n for n, line in enumerate(lines) if index.row_of(line.item) is not None), -1)
        self.earliest = self._earliest()

    def _earliest(self) -> int:
        """The line that was written first, where that is another one than the first comment; else -1."""
        moments = self.index.thread.published
        dated = [
            (moment, n)
            for n, line in enumerate(self.lines)
            if (row := self.index.row_of(line.item)) is not None and (moment := moments[row]) is not None
        ]
        found = min(dated)[1] if dated else -1
        return found if found != self.first_comment else -1

    def heights(self, width: int) -> array[int]:
        """What a line mostly takes."""
        return array("i", [3 if width >= APART else 2]) * len(self.lines)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        line = self.lines[item]
        row = self.index.row_of(line.item)
        date = "" if row is None else self.date(row)
        return (line, item == self.focus, self._told(item), date, self.palette.name)

    def _told(self, item: int) -> str:
        """What is said of a line besides its date."""
        if item == self.first_comment:
            return "first comment" if item else ""
        return "earliest" if item == self.earliest else ""

    def who(self, item: int) -> tuple[str, str]:
        """Where a line stands: "article", or the comment's number; and its author."""
        place = self.lines[item].item
        row = self.index.row_of(place)
        if row is None:
            return "article" if place else "title", ""
        return self.number(row), self.index.author(row) or UNSIGNED

    # Painting

    def paint(self, item: int, width: int) -> Painted:
        """The rows of a line."""
        into, palette = Painted(), self.palette
        beside = min(max(width // 4, 18), 30) if width >= WIDE else 0
        text, spans = self._sentence(item)
        room = max(min(width - beside - 3, MEASURE), 1)
        left = self._beside(item, beside) if beside else []
        rows = self._wrapped(text, spans, room)
        lead = Segment(CURSOR if item == self.focus else " ", palette.cursor)
        if not beside:
            into.add(row_of([lead, Segment(" ", palette.text), *self._above(item, width - 2)], width, palette))
        for n in range(max(len(rows), len(left))):
            side = left[n] if n < len(left) else [Segment(" " * (beside + 1 if beside else 1), palette.text)]
            into.add(row_of([lead, *side, *(rows[n] if n < len(rows) else [])], width, palette))
        if width >= APART:
            into.add(row_of([], width, palette))
        return into

    def _sentence(self, item: int) -> tuple[str, list[Span]]:
        line = self.lines[item]
        said = make_excerpt(self.index.item_text(line.item), line.places, self.index.body_start(line.item))
        return said.text, [Span(start, end, self.kind) for start, end in said.spans]

    def _wrapped(self, text: str, spans: list[Span], room: int) -> list[list[Segment]]:
        """The rows of a sentence, cut where there are too many."""
        stops = runs(len(text), spans, self.palette, self.palette.text)
        lines = wrap(text, room)
        rows = [_segments(text, line, stops) for line in lines[:MOST_ROWS]]
        if len(lines) > MOST_ROWS:
            start, end = lines[MOST_ROWS - 1]
            while end > start and cell_len(text[start:end]) > room - 2:
                end -= 1
            rows[-1] = [*_segments(text, (start, end), stops), Segment(" …", self.palette.quiet)]
        return rows

    def _beside(self, item: int, cells: int) -> list[list[Segment]]:
        """Who and when, on two rows, each `cells` and a gap wide."""
        palette = self.palette
        place, author = self.who(item)
        row = self.index.row_of(self.lines[item].item)
        when = "" if row is None else self.date(row)
        facts = " · ".join(part for part in (when, self._told(item)) if part)
        first = self._named(place, author, cells - 1)
        rows = [[Segment(" ", palette.text), *first, Segment(" " * (cells - _cells(first)), palette.text)]]
        if facts:
            shown = clip(facts, cells - 1)
            rows.append([Segment(" ", palette.text), Segment(shown.ljust(cells), palette.quiet)])
            rows[-1].append(Segment(" " * max(cells - max(cell_len(shown), cells), 0), palette.text))
        return rows

    def _above(self, item: int, cells: int) -> list[Segment]:
        """Who and when, on one row."""
        place, author = self.who(item)
        row = self.index.row_of(self.lines[item].item)
        when = "" if row is None else self.date(row)
        named = self._named(place, author, cells)
        more = clip("".join(f" · {part}" for part in (when, self._told(item)) if part), cells - _cells(named))
        return [*named, Segment(more, self.palette.quiet)]

    def _named(self, place: str, author: str, cells: int) -> list[Segment]:
        palette = self.palette
        if not author:
            return [Segment(clip(place, cells), palette.strong)]
        style: Style = palette.quiet if author == UNSIGNED else palette.author(author)
        number = clip(place + " ", cells)
        return [Segment(number, palette.quiet), Segment(clip(author, cells - cell_len(number)), style)]


def _cells(segments: Sequence[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in segments)


def _segments(text: str, line: tuple[int, int], stops: Sequence[tuple[int, Style]]) -> list[Segment]:
    """A line of a text in its styles."""
    at, end = line
    found: list[Segment] = []
    for stop, style in stops:
        if stop > at:
            found.append(Segment(text[at : min(stop, end)], style))
            at = stop
        if at >= end:
            break
    return found
