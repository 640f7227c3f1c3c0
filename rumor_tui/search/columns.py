"""Columns that the index of marks is made of: amounts, and chains of rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final

from rumor_tui.marks.base import Amount

NONE: Final = 0xFFFFFFFF
"""The end of a chain, and the row of what is not there."""


class Amounts:
    """What the numbers are worth, a row an amount."""

    def __init__(self) -> None:
        self.low = array("d")
        self.high = array("d")
        self.unit = array("I")
        self.about = bytearray()
        self.entry = array("I")
        self.units: list[str] = []
        self._units: dict[str, int] = {}

    def add(self, entry: int, amount: Amount) -> int:
        """Add the amount of an entry; its row."""
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


def chain(at: int, following: array[int]) -> Iterator[int]:
    """The rows of a chain."""
    while at != NONE:
        yield at
        at = following[at]
