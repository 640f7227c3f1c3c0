"""Compact storage for the mark index: amounts in columns, chains of rows, and short texts that are searched as one."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from rumor_tui.marks.mark import Amount

NO_ROW: Final = 0xFFFFFFFF
"""The end of a chain, and the row of something that does not exist."""


class AmountColumns:
    """Amounts in columns, one per row."""

    def __init__(self) -> None:
        self.low = array("d")
        self.high = array("d")
        self.unit = array("I")
        self.about = bytearray()
        self.entry = array("I")
        self.units: list[str] = []
        self._units: dict[str, int] = {}

    def add(self, entry: int, amount: Amount) -> int:
        """Add the amount of an entry; returns its row."""
        unit = self._units.get(amount.unit)
        if unit is None:
            self.units.append(amount.unit)
            unit = self._units[amount.unit] = len(self.units) - 1
        self.low.append(amount.low)
        self.high.append(amount.high)
        self.unit.append(unit)
        self.about.append(amount.about)
        self.entry.append(entry)
        return len(self.entry) - 1

    def at(self, row: int) -> Amount:
        """The amount in a row."""
        return Amount(self.low[row], self.high[row], self.units[self.unit[row]], bool(self.about[row]))


def follow_chain(at: int, following: array[int]) -> Iterator[int]:
    """The rows of a linked chain that begins at row `at`; `following[row]` is the next one."""
    while at != NO_ROW:
        yield at
        at = following[at]


BLOCK_TEXTS: Final = 4096
"""Texts per block: few enough that searching those that are not joined yet costs little."""

_END: Final = "\n"


class SubstringIndex:
    """Texts of one line, numbered from 0, that are searched for substrings; one thread adds, any thread may search.

    They are joined into blocks, each searched by `str.find`. A text takes its own characters and 5 bytes, where a
    string of its own would take 50 bytes more.
    """

    def __init__(self) -> None:
        self._blocks: list[tuple[str, array[int]]] = []  # texts with a newline after each, and their starts
        self._waiting: tuple[int, list[str]] = (0, [])  # the first text that is in no block, and the rest

    def __len__(self) -> int:
        first, waiting = self._waiting
        return first + len(waiting)

    def add(self, text: str) -> None:
        """Add a text; newlines in it become spaces."""
        first, waiting = self._waiting
        waiting.append(text.replace(_END, " ") if _END in text else text)
        if len(waiting) == BLOCK_TEXTS:
            # In this order another thread may see a text twice, but never misses one.
            self._blocks.append(_joined(waiting))
            self._waiting = (first + BLOCK_TEXTS, [])

    def holding(self, part: str) -> Iterator[int]:
        """The numbers of the texts that contain `part`, in ascending order; a text that is being joined may come
        twice."""
        if _END in part:
            return
        first, waiting = self._waiting
        rest = list(waiting)
        for nth, (text, starts) in enumerate(self._blocks):
            yield from _holding(nth * BLOCK_TEXTS, text, starts, part)
        yield from (first + nth for nth, text in enumerate(rest) if part in text)


def _joined(texts: list[str]) -> tuple[str, array[int]]:
    starts, at = array("I"), 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return _END.join(texts) + _END, starts


def _holding(first: int, text: str, starts: array[int], part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        nth = bisect_right(starts, at)
        yield first + nth - 1
        at = text.find(part, starts[nth]) if nth < len(starts) else -1
