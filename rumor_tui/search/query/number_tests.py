"""How figures compare: what a query asks for against what a number in the text is worth."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import Final

from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.search.query.ast import Compare, NumberTerm

APPROXIMATE_SHARE: Final = 0.1
"""How far from a figure, as a share of it, another one may be to be about the same."""

_EPSILON: Final = 1e-9
_ONLY_EQUAL: Final = frozenset(("ordinal", "year"))
"""Types of numbers that name rather than measure: 2011 is no more than 500 of anything."""

_YEAR: Final = re.compile(r"[12][0-9]{3}")


def comparison_bounds(compare: Compare, low: float, high: float | None) -> tuple[float, float, bool]:
    """The lowest and the highest value that is asked for, and whether the edges count."""
    if compare == "~":
        around = abs(low) * APPROXIMATE_SHARE
        return low - around, low + around, True
    table = {
        "=": (low, low, True),
        ">": (low, inf, False),
        ">=": (low, inf, True),
        "<": (-inf, low, False),
        "<=": (-inf, low, True),
        "..": (min(low, high or 0.0), max(low, high or 0.0), True),
    }
    return table[compare]


def comparison_test(compare: Compare, low: float, high: float | None) -> Callable[[float], bool]:
    """What tells whether a value is asked for."""
    first, last, edges = comparison_bounds(compare, low, high)
    return (lambda value: first <= value <= last) if edges else (lambda value: first < value < last)


def amount_test(number: NumberTerm) -> Callable[[float, float, str], bool]:
    """What tells whether an amount (its low, its high and its unit) is asked for.

    A range in the text is, where it overlaps what is asked; where one value alone is, that must be one of its ends.
    """
    first, last, edges = comparison_bounds(number.compare, number.low.value, number.high.value if number.high else None)
    slack = _EPSILON * max(1.0, abs(number.low.value))
    units = matching_units(number.unit)
    any_unit = not number.unit
    if number.compare == "=":
        return lambda low, high, unit: (
            (abs(low - first) <= slack or abs(high - first) <= slack) and (any_unit or unit in units)
        )
    if edges:
        first, last = first - slack, last + slack
        return lambda low, high, unit: low <= last and high >= first and (any_unit or unit in units)
    return lambda low, high, unit: low < last and high > first and (any_unit or unit in units)


def mark_test(number: NumberTerm) -> Callable[[Mark], bool]:
    """The same for a mark of a text."""
    test = amount_test(number)

    def wanted(mark: Mark) -> bool:
        amount: Amount | None = mark.amount
        return amount is not None and is_comparable(mark.type, number) and test(amount.low, amount.high, amount.unit)

    return wanted


def is_comparable(type: str, number: NumberTerm) -> bool:
    """Whether a mark of a type is compared at all: years are with a range of years, and else only as they stand."""
    return number.compare == "=" or type not in _ONLY_EQUAL or (type == "year" and _is_years(number))


def _is_years(number: NumberTerm) -> bool:
    """Whether a range is one of years: two bare figures of four digits."""
    figures = (number.low, number.high)
    return not number.unit and all(f is not None and not f.scale and _YEAR.fullmatch(f.digits) for f in figures)


def matching_units(unit: str) -> frozenset[str]:
    """What `Amount.unit` may be for a unit as it was typed: for a noun also the nouns that count the same."""
    if not unit:
        return frozenset()
    from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
    from rumor_tui.marks.data.units import MULTIWORD_UNITS, PERCENT_WORDS, UNITS
    from rumor_tui.search.claims.dimensions import nouns_alike

    if unit in PERCENT_WORDS:
        return frozenset("%")
    known = {table[unit] for table in (UNITS, CURRENCY_WORDS, MULTIWORD_UNITS) if unit in table}
    several = f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}es" if unit.endswith(("s", "x", "ch", "sh")) else ""
    forms = {unit, f"{unit}s", several, *known} - {""}
    return frozenset(other for form in forms for other in nouns_alike(form))


def digits_pattern(number: NumberTerm) -> re.Pattern[str] | None:
    """What finds a bare figure in the text as it was typed, outside words and bigger figures; None for all others."""
    if number.compare != "=" or number.unit or number.low.scale:
        return None
    digits = re.escape(number.low.digits)
    # What stands before is looked at last: `re` then skips to the digits themselves (5 times as fast).
    return re.compile(rf"{digits}(?!\w)(?![.,]\d)(?<!\w{digits})(?<!\d[.,]{digits})")
