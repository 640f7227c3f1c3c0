"""The numbers and names of a thread as the library keeps them: packed, about a tenth of the size of the texts.

Packed marks are MessagePack, compressed by Zstandard: the entries (kind, type, value, forms, low, high, unit), and four
columns of 32-bit little-endian numbers for the occurrences: handle (as the difference to the one before), start,
length, entry. Only those of comments are kept: an article is short, and its marks are found when it is searched.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import inf
from typing import Final, NamedTuple

from rumor_tui.marks.mark import Amount, Kind, Mark
from rumor_tui.search.claims.dimensions import comparable_amount, dimension_of
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.text import fold

MAX_FORMS: Final = 8
"""The most forms of a name that are kept."""

LEVEL: Final = 6
"""The level of Zstandard."""

UNCOMPARED: Final = "#"
"""Begins the dimension of figures that are no amounts: years, ordinals, dates."""


class KeptEntry(NamedTuple):
    """A number or a name, and for a name its forms, folded."""

    kind: Kind
    type: str
    value: str
    forms: Sequence[str] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def amount(self) -> Amount | None:
        """What a number amounts to."""
        return None if self.low is None or self.high is None else Amount(self.low, self.high, self.unit)

    @property
    def dimension(self) -> str:
        """What a number counts or measures: see `dimensions`. Of numbers that are not compared, their type."""
        amount = comparable_amount(self.type, self.amount)
        return f"{UNCOMPARED}{self.type}" if amount is None else dimension_of(amount)

    @property
    def figure(self) -> tuple[str, float, float]:
        """A number by its dimension and its ends; one that amounts to nothing is in no range."""
        return self.dimension, inf if self.low is None else self.low, -inf if self.high is None else self.high


def pack_marks(marks: MarkIndex, handles: Sequence[int], stop: Callable[[], bool] = never_stop) -> bytes:
    """Pack the marks of a thread's comments, in whatever order its rows are; `handles` has the handle of each row.

    b"" if stopped.
    """
    slicer = TimeSlicer(stop)
    used: dict[int, int] = {}
    columns = [array("I") for _ in range(4)]
    before = 0
    for row in sorted(range(len(handles)), key=handles.__getitem__):
        for start, end, entry in marks.marks_of(marks.first_comment + row):
            values = handles[row] - before, start, end - start, used.setdefault(entry, len(used))
            before = handles[row]
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        if slicer.rest():
            return b""
    entries = []
    for id in used:
        entries.append(_kept_entry(marks, id))
        if slicer.rest():
            return b""
    return _compress(entries, columns)


def _kept_entry(marks: MarkIndex, id: int) -> KeptEntry:
    entry = marks.entry(id)
    if entry.kind == "name":
        value = fold(entry.value)
        forms = dict.fromkeys(map(fold, entry.forms[:MAX_FORMS]))
        return KeptEntry("name", entry.type, entry.value, [form for form in forms if form != value])
    amount = entry.amount
    if amount is None:
        return KeptEntry("number", entry.type, entry.value)
    return KeptEntry("number", entry.type, entry.value, (), amount.low, amount.high, amount.unit)


def _compress(entries: Sequence[KeptEntry], columns: Sequence[array[int]]) -> bytes:
    import msgspec
    import zstandard

    packed = msgspec.msgpack.encode([entries, [_little_endian(column).tobytes() for column in columns]])
    return zstandard.ZstdCompressor(level=LEVEL).compress(packed)


def _little_endian(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column


MOST: Final = 256 * 1024**2
RATIO: Final = 100
"""Bytes that marks may become when they are unpacked, or how many times larger."""


class ThreadMarks:
    """The marks of a thread that were packed. Raises ValueError if the bytes are none."""

    def __init__(self, packed: bytes) -> None:
        import msgspec
        import zstandard

        try:
            if not 0 <= zstandard.frame_content_size(packed) <= max(MOST, RATIO * len(packed)):
                raise ValueError("These marks would be far too large.")
            data = zstandard.ZstdDecompressor().decompress(packed)
            entries, columns = msgspec.msgpack.decode(data, type=tuple[list[KeptEntry], list[bytes]])
            steps, self._starts, self._sizes, self._entries = map(_numbers, columns)
        except (msgspec.MsgspecError, zstandard.ZstdError, UnicodeError, MemoryError) as error:
            raise ValueError("These are no packed marks.") from error
        self.entries: Sequence[KeptEntry] = entries
        """The distinct numbers and names."""
        self._handles = array("q", accumulate(steps))

    def marks_of(self, handle: int) -> list[Mark]:
        """The marks of a comment, in order; offsets are in its whole text, which begins with its author."""
        first, last = bisect_left(self._handles, handle), bisect_right(self._handles, handle)
        return list(map(self._mark, range(first, last)))

    def _mark(self, at: int) -> Mark:
        entry, start = self.entries[self._entries[at]], self._starts[at]
        return Mark(start, start + self._sizes[at], entry.kind, entry.type, entry.value, entry.amount)

    def named_marks_of(self, handle: int) -> list[Mark]:
        """The same, with all forms of a name as its value, so that it is found by any of them."""
        first, last = bisect_left(self._handles, handle), bisect_right(self._handles, handle)
        values = [" | ".join((e.value, *e.forms)) for e in map(self.entries.__getitem__, self._entries[first:last])]
        return [mark._replace(value=value) for mark, value in zip(self.marks_of(handle), values, strict=True)]

    def where(self, wanted: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Where some entries occur, by their places in `entries`: (handle, start, end), in the order of handles."""
        mask = bytearray(len(self.entries))
        for id in wanted:
            mask[id] = 1
        for at, id in enumerate(self._entries):
            if mask[id]:
                yield self._handles[at], self._starts[at], self._starts[at] + self._sizes[at]

    def moved(self, handles: Mapping[int, int]) -> bytes:
        """The same packed for comments that have other handles; those that are not among them are left out."""
        places = [at for at, handle in enumerate(self._handles) if handle in handles]
        places.sort(key=lambda at: handles[self._handles[at]])
        steps, before = array("I"), 0
        for at in places:
            handle = handles[self._handles[at]]
            steps.append(handle - before)
            before = handle
        others = (self._starts, self._sizes, self._entries)
        return _compress(self.entries, [steps, *(array("I", map(column.__getitem__, places)) for column in others)])

    @cached_property
    def figures(self) -> frozenset[tuple[str, float, float]]:
        """The distinct numbers by dimension and ends."""
        return frozenset(entry.figure for entry in self.entries if entry.kind == "number")


def _numbers(data: bytes) -> array[int]:
    column = array("I")
    column.frombytes(data)
    return _little_endian(column)
