"""The index of numbers and names as list items: one row for each group, under the heading of its section."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.outline import Outline
from rumor_tui.search.claims.dimensions import dimension_of, is_count_dimension
from rumor_tui.search.claims.figures import format_amount
from rumor_tui.search.claims.grouping import Grouping
from rumor_tui.search.claims.trail import TrailSubject
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets import density_strip
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip

LONGEST = 200
"""The most characters of a label that are shown."""
MOST_PLACES = 50_000
"""The most places of one entry that are counted for its group's strip."""
KEPT = 500
"""How many strips are cached: those of a few screens."""
GAP = 2
"""Cells between columns."""


class Columns(NamedTuple):
    """Widths of the columns of a row in cells; 0 for a column that does not fit."""

    label: int
    times: int
    article: int
    first: int
    strip: int


def columns(width: int) -> Columns:
    """The columns at a width: where there is room, first the strip, then the first place, then the article's share."""
    times = 6 if width < 60 else 8
    places = 0 if width < 34 else 10 if width < 60 else 16 if width < 90 else 26 if width < 140 else 40
    first = 0 if width < 60 else 16 if width < 90 else 20 if width < 140 else 28
    article = 0 if width < 100 else 13
    used = 2 + sum(cells + GAP for cells in (times, places, first, article) if cells)
    return Columns(max(width - used, 4), times, article, first, places)


class IndexItems:
    """Item k is the k-th group that is shown; the first of a section has its heading above it."""

    outline: Outline | None = None

    def __init__(self, index: TextIndex, palette: Palette, number: Callable[[int], str]) -> None:
        self.index = index
        self.palette = palette
        self.number = number
        """The number of a comment's row on its page."""
        self.marks = MarkIndex(0)
        self.grouping = Grouping()
        self._strips: dict[int, tuple[Hashable, str]] = {}
        self.order: Sequence[int] = ()
        self.starts: list[int] = []
        self.headings: list[str] = []
        self.needle = ""
        self.focus = 0

    def take(self, sections: Sequence[tuple[str, Sequence[int]]], needle: str) -> None:
        """Show these sections, none of them empty, from now on; `needle` (folded) is highlighted."""
        order = array("I")
        self.starts, self.headings = [], []
        for heading, groups in sections:
            self.starts.append(len(order))
            self.headings.append(heading)
            order.extend(groups)
        self.order = order
        self.needle = needle

    # Geometry

    def heights(self, width: int) -> array[int]:
        """One row for each group, and the rows of its heading."""
        rows = array("i", [1]) * len(self.order)
        for n, start in enumerate(self.starts):
            rows[start] += 2 if n else 1
        return rows

    def section(self, item: int) -> int:
        """The section that an item stands in; -1 where there is none."""
        return bisect_right(self.starts, item) - 1

    def _heading(self, item: int) -> str:
        n = self.section(item)
        return self.headings[n] if n >= 0 and self.starts[n] == item else ""

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        group = self.order[item]
        return (
            group,
            self.grouping.counts[group],
            self.grouping.items,
            self.grouping.of(group),
            item == self.focus,
            self._heading(item),
            item == 0,
            self.needle,
            self.palette.name,
        )

    # Painting

    def subject(self, item: int) -> TrailSubject:
        """What an item stands for."""
        entry = self.marks.entry(self.order[item])
        return TrailSubject(entry.kind, entry.value, entry.label)

    def paint(self, item: int, width: int) -> Painted:
        """A group's row, under its section's heading if it is the first one there."""
        into, palette = Painted(), self.palette
        if heading := self._heading(item):
            if item:
                into.add(row_strip([], width, palette))
            into.add(
                row_strip([Segment("  " + clip(neutralise_line(heading), width - 2), palette.heading)], width, palette)
            )
        into.add(self._group(item, width))
        return into

    def _group(self, item: int, width: int) -> Strip:
        palette, shape, group = self.palette, columns(width), self.order[item]
        focused = item == self.focus
        inside = self.grouping.in_article[group]
        row = [Segment(CURSOR + " ", palette.cursor) if focused else Segment("  ", palette.text)]
        row += self._label(group, shape.label, palette.strong if focused else palette.text)
        row += _column(f"×{self.grouping.counts[group]:,}", shape.times, palette.text, right=True)
        if shape.article:
            row += _column(f"{inside:,} in article" if inside else "", shape.article, palette.quiet)
        if shape.first:
            row += _column(self._first(group), shape.first, palette.quiet)
        if shape.strip:
            row += [Segment("  ", palette.text), *density_strip.segments(self._strip(group, shape.strip), palette)]
        return row_strip(row, width, palette)

    def _strip(self, group: int, width: int) -> str:
        """The strip of a group, cached: its row is painted again each time the cursor comes or goes."""
        made_of = (self.marks, self.grouping.items, self.index, width)
        held = self._strips.get(group)
        if held is None or held[0] != made_of:
            if len(self._strips) >= KEPT:
                self._strips = {}
            shape = density_strip.layout(self.index.first_comment, self.index.size, width)
            held = self._strips[group] = made_of, density_strip.cells(self._items(group), shape)
        return held[1]

    def _items(self, group: int) -> Iterator[int]:
        """The items in which a group occurs, an item once for each time."""
        return chain.from_iterable(islice(self.marks.items_of(id), MOST_PLACES) for id in self.grouping.of(group))

    def _first(self, group: int) -> str:
        firsts = [place.item for id in self.grouping.of(group) if (place := self.marks.first(id)) is not None]
        item = min(firsts, default=-1)
        row = self.index.row_of(item) if item >= 0 else None
        if row is None:
            return "" if item < 0 else "article" if item else "title"
        return f"{self.number(row)} {self.index.author(row)}".rstrip()

    def words(self, group: int) -> tuple[str, str]:
        """A group's label, and the quiet words behind it: its nouns, or its other forms."""
        entry = self.marks.entry(group)
        members = self.grouping.of(group)
        if entry.amount is None or len(members) == 1:
            forms = entry.forms[1:4] if entry.kind == "name" else ()
            return neutralise_line(entry.label[:LONGEST]), neutralise_line(", ".join(forms)[:LONGEST])
        units = [amount.unit for id in members if (amount := self.marks.entry(id).amount) is not None and amount.unit]
        one = units[0] if not is_count_dimension(dimension_of(entry.amount)) else ""
        label = format_amount(entry.amount._replace(unit=one))
        return neutralise_line(label), "" if one else neutralise_line(", ".join(dict.fromkeys(units)))

    def _label(self, group: int, cells: int, base: Style) -> list[Segment]:
        label, more = self.words(group)
        label = clip(label, cells)
        left = cells - cell_len(label) - GAP
        more = clip(more, left) if left > 3 else ""
        segments = highlight(label, self.needle, self.palette, base)
        if more:
            segments += [
                Segment("  ", self.palette.text),
                *highlight(more, self.needle, self.palette, self.palette.quiet),
            ]
            left -= cell_len(more)
        else:
            left += GAP
        return [*segments, Segment(" " * max(left, 0), self.palette.text)]


def _column(text: str, cells: int, style: Style, *, right: bool = False) -> list[Segment]:
    """A column, with the gap before it."""
    text = clip(text, cells)
    blank = " " * (cells - cell_len(text))
    return [Segment(" " * GAP + (blank if right else ""), style), Segment(text + ("" if right else blank), style)]
