"""From what was read in a text to a mark: the value that groups equal figures, and the amount that compares them."""

from __future__ import annotations

from typing import NamedTuple

from rumor_tui.marks.amounts import ordinal, trimmed, worth
from rumor_tui.marks.base import Amount, Mark
from rumor_tui.marks.words import MONEY_WORDS

ONE = "one"
"""The type of a lone "one", which is a number only as a part of one ("one in five")."""


class Figure(NamedTuple):
    """A number while it is being read: `low` and `high` are plain digits ("1200000", "1/2"), `high` only for ranges.

    `unit` is as in `Amount`. `scale` is the last scale that is written with it ("4.5 million": 1,000,000), which a
    bare lower end of a range shares. `words` tells that it is spelled out. `value` is given only where it does not
    follow from the rest (dates, times, versions); a figure without `low` is not compared.
    """

    start: int
    end: int
    type: str
    low: str = ""
    unit: str = ""
    high: str = ""
    scale: int = 1
    words: bool = False
    about: bool = False
    value: str = ""


def finished(figure: Figure) -> Mark:
    """The mark of a figure that has been read to its end."""
    amount = amount_of(figure) if figure.low else None
    return Mark(figure.start, figure.end, "number", figure.type, figure.value or value_of(figure), amount)


def amount_of(figure: Figure) -> Amount | None:
    """What a figure is worth; None when that is no finite number."""
    low = worth(figure.low)
    high = worth(figure.high) if figure.high else low
    if low is None or high is None:
        return None
    return Amount(min(low, high), max(low, high), figure.unit, figure.about)


def value_of(figure: Figure) -> str:
    """The value of a figure, from its digits and its unit."""
    type_, unit = figure.type, figure.unit
    low = trimmed(figure.low) if unit else figure.low
    if type_ == "range":
        return _range(low, trimmed(figure.high) if unit else figure.high, unit)
    if type_ == "ordinal":
        return ordinal(low)
    if type_ == "money":
        return _money(unit, low)
    if type_ == "percent":
        return low + "%"
    return f"{low} {unit}" if unit else low


def _range(low: str, high: str, unit: str) -> str:
    """Both ends with one dash, and the unit once: 5-10 km; but money has its sign at both ends: $5-$10."""
    if unit in _CURRENCIES:
        return f"{_money(unit, low)}-{_money(unit, high)}"
    return f"{low}-{high}%" if unit == "%" else f"{low}-{high} {unit}".rstrip()


_CURRENCIES = frozenset(MONEY_WORDS.values())


def _money(unit: str, digits: str) -> str:
    """The sign of money before the digits, and the minus before both."""
    return f"-{unit}{digits[1:]}" if digits.startswith("-") else unit + digits
