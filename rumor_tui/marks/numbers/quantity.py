"""A number while it is being read (`Quantity`), and the mark that it becomes: its value and its amount.

Points that separate thousands are resolved here too: 10.000 is ten thousand in most of Europe, and ten in English.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.marks.numbers.decimals import digits_to_float, format_ordinal, normalise_digits
from rumor_tui.marks.scanning import lazy_pattern

LONE_ONE = "one"
"""The type of a lone "one", which counts only as part of a number ("one in five")."""


class Quantity(NamedTuple):
    """A number while it is being read: `low` and `high` are plain digits ("1200000", "1/2"), `high` only for ranges.

    `unit` is as in `Amount`. `scale` is the last scale that is written with it ("4.5 million": 1,000,000), which the
    bare lower end of a range shares. `words` means that it is spelled out. `value` is set only if it does not follow
    from the rest (dates, times, versions). A quantity without `low` has no amount.
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


def quantity_to_mark(quantity: Quantity) -> Mark:
    """The mark of a quantity that has been read to its end."""
    amount = quantity_amount(quantity) if quantity.low else None
    value = quantity.value or quantity_value(quantity)
    return Mark(quantity.start, quantity.end, "number", quantity.type, value, amount)


def quantity_amount(quantity: Quantity) -> Amount | None:
    """The amount of a quantity; None if it is no finite number."""
    low = digits_to_float(quantity.low)
    high = digits_to_float(quantity.high) if quantity.high else low
    if low is None or high is None:
        return None
    return Amount(min(low, high), max(low, high), quantity.unit, quantity.about)


def quantity_value(quantity: Quantity) -> str:
    """The value of a quantity's mark, from its digits and its unit."""
    type_, unit = quantity.type, quantity.unit
    low = normalise_digits(quantity.low) if unit else quantity.low
    if type_ == "range":
        return _range_value(low, normalise_digits(quantity.high) if unit else quantity.high, unit)
    if type_ == "ordinal":
        return format_ordinal(low)
    if type_ == "money":
        return _money_value(unit, low)
    if type_ == "percent":
        return low + "%"
    return f"{low} {unit}" if unit else low


def _range_value(low: str, high: str, unit: str) -> str:
    """Both ends and the unit once: 5-10 km; but money has its sign at both ends: $5-$10."""
    if unit in _CURRENCIES:
        return f"{_money_value(unit, low)}-{_money_value(unit, high)}"
    return f"{low}-{high}%" if unit == "%" else f"{low}-{high} {unit}".rstrip()


_CURRENCIES = frozenset(CURRENCY_WORDS.values())


def _money_value(unit: str, digits: str) -> str:
    """The currency before the digits, and the minus before both."""
    return f"-{unit}{digits[1:]}" if digits.startswith("-") else unit + digits


_ABROAD = frozenset(("€", "DEM", "CHF", "SEK", "TRY", "PLN", "BRL", "₽"))
"""Currencies of countries that separate thousands with a point."""

_PRECISE = frozenset(("%", "s", "seconds", "ms", "in", "mm", "cm", "g", "mg", "ml", "oz", "v"))
"""Units in which English texts give three decimal places: 2.000 in."""

_thousands_form = lazy_pattern(r"-?[1-9]\d{0,2}\.\d{3}")


def resolve_thousands(text: str, quantities: list[Quantity], words: AbstractSet[str]) -> list[Quantity]:
    """The quantities of a text, with the point removed from those in which it separates thousands.

    `words` are the text's words as written, from which its language is detected if there is such a figure.
    """
    if not any("." in each.low for each in quantities):
        return quantities
    return [
        each._replace(low=each.low.replace(".", "")) if _separates_thousands(text, each, words) else each
        for each in quantities
    ]


def _separates_thousands(text: str, quantity: Quantity, words: AbstractSet[str]) -> bool:
    """Whether the point in a figure separates thousands."""
    digits, unit = quantity.low, quantity.unit
    if quantity.scale > 1 or quantity.words:
        return False
    if not _thousands_form().fullmatch(digits) or digits.lstrip("-") not in text:
        return False
    if text[quantity.end - 1] in "-–" or detect_language(words) != "en":
        return True
    if not digits.endswith(".000"):
        return unit in _ABROAD and text[quantity.start].isdigit()
    return not (unit in _PRECISE or (digits == "1.000" and not unit))
