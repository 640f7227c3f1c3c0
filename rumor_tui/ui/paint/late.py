"""Long bodies, of which only those rows are painted that are looked at: where all rows stand is worked out before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, overload

from rich.style import Style
from textual.strip import Strip

from rumor_tui.model import Block, Span
from rumor_tui.reading.highlights import within
from rumor_tui.reading.quotes import Said
from rumor_tui.ui.paint.blocks import Frame, LateRows, LinkSign, Painted, blank_row
from rumor_tui.ui.paint.body import drawn_blocks, drawn_offsets, paint_drawn, put_signs

if TYPE_CHECKING:
    from rumor_tui.ui.paint.theme import Palette

AT_ONCE = 5_000
"""Characters of a body that is painted whole, at once: more than most screens show."""
BLOCKS_AT_ONCE = 60
"""Blocks of such a body."""

ROWS = 64
"""Rows of one block that are painted together."""

_start = attrgetter("start")
_place = attrgetter("row", "cell")


def is_long(blocks: Sequence[Block]) -> bool:
    """Whether blocks are painted as they are looked at, rather than at once."""
    return len(blocks) > BLOCKS_AT_ONCE or sum(len(block.text) for block in blocks) > AT_ONCE


class LongBody:
    """Where the rows of blocks stand, in a frame of this width: `starts` has the first row of each block.

    A blank row between two blocks belongs to the upper one. `offsets` is as in `Painted`.
    """

    def __init__(self, blocks: Sequence[Block], frame: Frame, offset: int, said: Sequence[Said] = ()) -> None:
        self.drawn = drawn_blocks(blocks, offset, said)
        self.starts: list[int] = []
        self.offsets: list[int] = []
        for one in self.drawn:
            self.starts.append(len(self.offsets))
            self.offsets += drawn_offsets(one, frame)
            if one.gap:
                self.offsets.append(-1)

    def __len__(self) -> int:
        return len(self.offsets)

    def part(self, row: int) -> tuple[int, int, int]:
        """What is painted with a row: the block that it belongs to, and the first and the last (not included) of some
        rows of that block."""
        nth = bisect_right(self.starts, row) - 1
        first, end = self.starts[nth], self.starts[nth + 1] if nth + 1 < len(self.starts) else len(self)
        last = end - self.drawn[nth].gap  # the blank row is painted with those above it
        start = row - first if row < last else last - 1 - first
        start += first - start % ROWS
        return nth, start, end if start + ROWS >= last else start + ROWS

    def stretch(self, nth: int, start: int, end: int) -> tuple[int, int]:
        """The stretch of the item's text that stands in rows of a block; in a table it is all of the block's."""
        one, offsets = self.drawn[nth], self.offsets
        last = one.start + len(one.block.text)
        if one.block.kind == "table" or one.author is not None:
            return one.start, last
        whole = end == (self.starts[nth + 1] if nth + 1 < len(self.starts) else len(self))
        return offsets[start], last if whole else offsets[end]


class _Marks:
    """Spans by where they stand."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._given = spans

    @cached_property
    def _spans(self) -> list[Span]:
        return sorted(self._given, key=_start)

    @cached_property
    def _ends(self) -> list[int]:
        """The furthest end of the spans up to each, which never decreases."""
        return list(accumulate((span.end for span in self._spans), max))

    def within(self, start: int, end: int, base: int) -> list[Span]:
        """The parts of the spans from `start` to `end`, counted from `base`, without a look at all the spans."""
        first = bisect_right(self._ends, start)
        found = within(self._spans[first : bisect_left(self._spans, end, key=_start)], start, end)
        more = start - base
        return [Span(s.start + more, s.end + more, s.role, s.target) for s in found] if more else found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A long body among the rows of an item, from row `first` on."""

    first: int
    body: LongBody
    frame: Frame
    marks: _Marks

    def paint(self, nth: int, start: int, end: int) -> Painted:
        """Some rows of its nth block: see `LongBody.part`."""
        one, first = self.body.drawn[nth], self.body.starts[nth]
        into = Painted()
        marks = self.marks.within(*self.body.stretch(nth, start, end), one.start)
        paint_drawn(one, self.frame, marks, into, slice(start - first, end - first))
        if len(into.strips) < end - start:
            into.add(blank_row(self.frame))
        return into


class LateStrips(LateRows):
    """The strips of an item with long bodies, which are painted when they are asked for."""

    def __init__(self, painted: Painted) -> None:
        self._painted = painted
        self._made: list[Strip | None] = list(painted.strips)
        self._stretches: list[_Stretch] = []
        self._width: tuple[int, Style] | None = None
        self._signs: tuple[Sequence[tuple[int, str]], Palette] | None = None

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Strip: ...
    @overload
    def __getitem__(self, index: slice) -> list[Strip]: ...
    def __getitem__(self, index: int | slice) -> Strip | list[Strip]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        strip = self._made[index]
        return self._make(index % len(self)) if strip is None else strip

    @overload
    def __setitem__(self, index: int, value: Strip) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[Strip]) -> None: ...
    def __setitem__(self, index: int | slice, value: Strip | Iterable[Strip]) -> None:
        assert isinstance(index, int) and isinstance(value, Strip)
        self._made[index] = value

    def __delitem__(self, index: int | slice) -> None:
        raise TypeError("rows are never taken away")

    def insert(self, index: int, value: Strip) -> None:
        """Append a strip: none is ever put between others."""
        assert index >= len(self)
        self._made.append(value)

    def append_body(self, body: LongBody, frame: Frame, spans: Sequence[Span]) -> None:
        """Append the rows of a long body."""
        self._stretches.append(_Stretch(len(self), body, frame, _Marks(spans)))
        self._made += [None] * len(body)

    def widen(self, width: int, style: Style) -> None:
        """Extend all strips to a width."""
        self._width = width, style
        self._made = [strip and strip.extend_cell_length(width, style) for strip in self._made]

    def sign(self, signs: Sequence[tuple[int, str]], palette: Palette) -> None:
        """Have signs stand in the margin of the long bodies: see `put_signs`."""
        self._signs = signs, palette

    def _make(self, row: int) -> Strip:
        stretch = next(one for one in reversed(self._stretches) if one.first <= row)
        nth, start, end = stretch.body.part(row - stretch.first)
        first, part = stretch.first + start, stretch.paint(nth, start, end)
        if self._width is not None:
            part.widen(*self._width)
        if self._signs is not None:
            self._sign_part(stretch, nth, end, part)
        self._made[first : first + len(part.strips)] = part.strips
        if part.links:
            self._painted.links += [LinkSign(link.row + first, link.cell, link.target) for link in part.links]
            self._painted.links.sort(key=_place)
        strip = self._made[row]
        assert strip is not None
        return strip

    def _sign_part(self, stretch: _Stretch, nth: int, end: int, part: Painted) -> None:
        """Put those signs at rows of a block that stand on their text."""
        assert self._signs is not None
        signs, palette = self._signs
        one, offsets = stretch.body.drawn[nth], stretch.body.offsets
        begins = part.offsets[0]
        ends = offsets[end] if end < len(offsets) and offsets[end - 1] >= 0 else one.start + len(one.block.text) + 1
        first, last = bisect_left(signs, (begins,)), bisect_left(signs, (ends,))
        put_signs(part, signs[first:last], palette)


def add_body(into: Painted, body: LongBody, frame: Frame, spans: Sequence[Span]) -> None:
    """Append the rows of a long body to an item's; `spans` are in the item's text."""
    strips = into.strips
    if not isinstance(strips, LateStrips):
        strips = into.strips = LateStrips(into)
    strips.append_body(body, frame, spans)
    into.offsets += body.offsets
