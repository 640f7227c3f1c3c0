"""A number while it is being read (`Quantity`), and the mark that it becomes: its value and its amount.

Points that separate thousands are resolved here too: 10.000 is ten thousand in most of Europe, and ten in English.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.marks.numbers.decimals import digits_to_float, format_ordinal, normalise_digits

LONE_ONE = "one"
"""The type of a lone "one", which is a number only as a part of one ("one in five")."""


class Quantity(NamedTuple):
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


def quantity_to_mark(figure: Quantity) -> Mark:
    """The mark of a figure that has been read to its end."""
    amount = quantity_amount(figure) if figure.low else None
    return Mark(figure.start, figure.end, "number", figure.type, figure.value or quantity_value(figure), amount)


def quantity_amount(figure: Quantity) -> Amount | None:
    """What a figure is worth; None when that is no finite number."""
    low = digits_to_float(figure.low)
    high = digits_to_float(figure.high) if figure.high else low
    if low is None or high is None:
        return None
    return Amount(min(low, high), max(low, high), figure.unit, figure.about)


def quantity_value(figure: Quantity) -> str:
    """The value of a figure, from its digits and its unit."""
    type_, unit = figure.type, figure.unit
    low = normalise_digits(figure.low) if unit else figure.low
    if type_ == "range":
        return _range_value(low, normalise_digits(figure.high) if unit else figure.high, unit)
    if type_ == "ordinal":
        return format_ordinal(low)
    if type_ == "money":
        return _money_value(unit, low)
    if type_ == "percent":
        return low + "%"
    return f"{low} {unit}" if unit else low


def _range_value(low: str, high: str, unit: str) -> str:
    """Both ends with one dash, and the unit once: 5-10 km; but money has its sign at both ends: $5-$10."""
    if unit in _CURRENCIES:
        return f"{_money_value(unit, low)}-{_money_value(unit, high)}"
    return f"{low}-{high}%" if unit == "%" else f"{low}-{high} {unit}".rstrip()


_CURRENCIES = frozenset(CURRENCY_WORDS.values())


def _money_value(unit: str, digits: str) -> str:
    """The sign of money before the digits, and the minus before both."""
    return f"-{unit}{digits[1:]}" if digits.startswith("-") else unit + digits


_ABROAD = frozenset(("€", "DEM", "CHF", "SEK", "TRY", "PLN", "BRL", "₽"))
"""Money of countries that part thousands with a point."""

_PRECISE = frozenset(("%", "s", "seconds", "ms", "in", "mm", "cm", "g", "mg", "ml", "oz", "v"))
"""Units that English texts measure with to three places: 2.000 in."""


@lru_cache(maxsize=1)
def _thousands_form() -> re.Pattern[str]:
    return re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def resolve_thousands(text: str, figures: list[Quantity], words: AbstractSet[str]) -> list[Quantity]:
    """The figures of a text, where those with three digits behind one point are in thousands if the text means so.

    `words` are the text's words as written, for its language: it is asked for only where there is such a figure.
    """
    if not any("." in each.low for each in figures):
        return figures
    return [_without_points(each) if _separates_thousands(text, each, words) else each for each in figures]


def _separates_thousands(text: str, figure: Quantity, words: AbstractSet[str]) -> bool:
    """Whether the point of a figure parts its thousands."""
    digits = figure.low
    if figure.scale > 1 or figure.words or not _thousands_form().fullmatch(digits) or digits.lstrip("-") not in text:
        return False
    if text[figure.end - 1] in "-–" or detect_language(words) != "en":
        return True
    if not digits.endswith(".000"):
        return figure.unit in _ABROAD and text[figure.start].isdigit()
    return not (figure.unit in _PRECISE or (digits == "1.000" and not figure.unit))


def _without_points(figure: Quantity) -> Quantity:
    return figure._replace(low=figure.low.replace(".", ""))
