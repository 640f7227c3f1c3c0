"""Tests of numbers: what a query asks for against the amounts in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import Final

from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.search.query.ast import Compare, NumberTerm

APPROXIMATE_SHARE: Final = 0.1
"""How far a number may be from another, as a share of it, to be about the same."""

_EPSILON: Final = 1e-9
_ONLY_EQUAL: Final = frozenset(("ordinal", "year"))
"""Types of numbers that name rather than measure: the year 2011 is not more than 500."""

_YEAR: Final = re.compile(r"[12][0-9]{3}")


def comparison_bounds(compare: Compare, low: float, high: float | None) -> tuple[float, float, bool]:
    """The lowest and the highest value that a comparison accepts, and whether the bounds are included."""
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
    """The test of a value."""
    first, last, included = comparison_bounds(compare, low, high)
    return (lambda value: first <= value <= last) if included else (lambda value: first < value < last)


def amount_test(number: NumberTerm) -> Callable[[float, float, str], bool]:
    """The test of an amount: its low, its high and its unit.

    A range in the text matches if it overlaps the numbers asked for; a single number must be one of its ends.
    """
    value, high = number.low.value, number.high.value if number.high else None
    first, last, included = comparison_bounds(number.compare, value, high)
    slack = _EPSILON * max(1.0, abs(value))
    units, any_unit = matching_units(number.unit), not number.unit
    if number.compare == "=":
        return _end_test(value, slack, units)
    if included:
        first, last = first - slack, last + slack
        return lambda low, high, unit: low <= last and high >= first and (any_unit or unit in units)
    return lambda low, high, unit: low < last and high > first and (any_unit or unit in units)


def _end_test(value: float, slack: float, units: frozenset[str]) -> Callable[[float, float, str], bool]:
    """Whether a value is an end of an amount; in any unit if there are no `units`."""
    any_unit = not units
    return lambda low, high, unit: (
        (abs(low - value) <= slack or abs(high - value) <= slack) and (any_unit or unit in units)
    )


def mark_test(number: NumberTerm) -> Callable[[Mark], bool]:
    """The test of a mark."""
    test = amount_test(number)

    def matches(mark: Mark) -> bool:
        amount: Amount | None = mark.amount
        return amount is not None and is_comparable(mark.type, number) and test(amount.low, amount.high, amount.unit)

    return matches


def is_comparable(type: str, number: NumberTerm) -> bool:
    """Whether a mark of a type is compared at all: years are compared with ranges of years, else only for equality."""
    return number.compare == "=" or type not in _ONLY_EQUAL or (type == "year" and _is_range_of_years(number))


def _is_range_of_years(number: NumberTerm) -> bool:
    """Whether both ends of a range are bare numbers of four digits."""
    ends = (number.low, number.high)
    return not number.unit and all(end is not None and not end.scale and _YEAR.fullmatch(end.digits) for end in ends)


def matching_units(unit: str) -> frozenset[str]:
    """The values of `Amount.unit` that match a unit as it was typed; for a noun also the nouns of its dimension."""
    if not unit:
        return frozenset()
    from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
    from rumor_tui.marks.data.units import MULTIWORD_UNITS, PERCENT_WORDS, UNITS
    from rumor_tui.search.claims.dimensions import nouns_alike

    if unit in PERCENT_WORDS:
        return frozenset("%")
    known = {table[unit] for table in (UNITS, CURRENCY_WORDS, MULTIWORD_UNITS) if unit in table}
    plural = f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}es" if unit.endswith(("s", "x", "ch", "sh")) else ""
    forms = {unit, f"{unit}s", plural, *known} - {""}
    return frozenset(other for form in forms for other in nouns_alike(form))


def digits_pattern(number: NumberTerm) -> re.Pattern[str] | None:
    """The pattern of a bare number as it was typed, outside words and larger figures; None for other terms."""
    if number.compare != "=" or number.unit or number.low.scale:
        return None
    digits = re.escape(number.low.digits)
    # What stands before is checked last: `re` can then skip to the digits themselves (5 times as fast).
    return re.compile(rf"{digits}(?!\w)(?![.,]\d)(?<!\w{digits})(?<!\d[.,]{digits})")
