"""Neighbours that are one: ranges ("25 to 65"), scores ("3-1"), shares ("9 out of 10"), "the fourth of July"."""

from __future__ import annotations

import re

from rumor_tui.marks.data.number_vocabulary import MONTHS, split_words
from rumor_tui.marks.numbers.dates import iso_date
from rumor_tui.marks.numbers.decimals import digits_to_float, scale_digits
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity, quantity_value
from rumor_tui.marks.scanning import line_around, text_after, word_before

_GAPS = {
    gap: rule
    for gaps, rule in (
        (("-", "–", "—", "−", " - ", " – ", " — ", "- ", " -", "~", "..", "..."), "range"),
        ((" to ", " through ", " till ", " until "), "range"),
        ((" and ", " & ", " and a "), "and"),
        ((" or ",), "or"),
        ((" out of ", " in "), "share"),
        ((" of ", ", ", " the "), "date"),
        ((" ",), "next"),
    )
    for gap in gaps
}
"""What stands between two figures that may be one -> how they are joined."""


def join_neighbours(text: str, figures: list[Quantity]) -> list[Quantity]:
    """Make one of two figures that belong together."""
    kept = [figures[0]]
    for each in figures[1:]:
        last = kept[-1]
        gap = text[last.end : each.start].lower() if each.start - last.end < 10 else ""
        rule = _GAPS.get(gap)
        one = _RULES[rule](text, last, each, gap) if rule and _may_open(last, each, gap) else None
        if one:
            kept[-1] = one
        else:
            kept.append(each)
    return kept


def _may_open(low: Quantity, high: Quantity, gap: str) -> bool:
    """Whether two figures may belong together: a lone "one" only opens what goes on in words."""
    if high.type == LONE_ONE:
        return low.words and gap in (" to ", " and ", " or ", " in ", " out of ") and low.type != LONE_ONE
    return low.type != LONE_ONE or (high.words and gap in (" to ", "-", " and ", " or ", " in ", " out of "))


def _range(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """Two ends of a range, of which the first may leave its unit to the second; or a score, or two times."""
    if low.type == "number" and high.type == "time":
        low = _timed(low, high) or low
    if low.type in _UNCOMPARED or high.type in _UNCOMPARED:
        both = low.type == high.type and low.type in ("date", "time")
        return _spanned(low, high) if both else None
    if not (_ranged(low) and _ranged(high)):
        return None
    if low.unit and low.unit != high.unit and high.unit:
        return None
    if high.type == "ordinal" and low.type not in ("ordinal", "number"):
        return None
    if gap in ("-", "–", "−") and _is_score(text, low, high):
        return low._replace(end=high.end, type="score", low="", value=f"{low.low}–{high.low}")
    low, high = _scaled(low, high), _year_end(low, high)
    unit = high.unit or low.unit
    value = f"{quantity_value(low)}-{quantity_value(high)}" if low.type == high.type == "ordinal" else ""
    return low._replace(end=high.end, type="range", unit=unit, high=high.low, value=value)


_UNCOMPARED = frozenset(("date", "time", "version", "score", "timecode"))


def _ranged(figure: Quantity) -> bool:
    return bool(figure.low) and not figure.high


def _timed(low: Quantity, high: Quantity) -> Quantity | None:
    """The bare hour before a time of the day: 5 to 6pm, 10 to 2pm."""
    if not low.low.isdecimal() or not 0 < len(low.low) < 3 or int(low.low) > 24 or low.unit:
        return None
    hours, end = int(low.low), int(high.value[:2])
    if hours < 12 and hours + 12 <= end:
        hours += 12
    return low._replace(type="time", value=f"{hours:02}:00", low="")


def _spanned(low: Quantity, high: Quantity) -> Quantity | None:
    """From one date or time to another, which is not compared."""
    dash = "-" if low.type == "time" else "/"
    return low._replace(end=high.end, type="range", value=f"{low.value}{dash}{high.value}", low="")


def _scaled(low: Quantity, high: Quantity) -> Quantity:
    """The lower end with the scale that only the upper one has: "10 to 20 million", "$40-50k"."""
    if high.scale == 1 or low.scale > 1 or len(low.low.partition(".")[0]) > 3:
        return low
    whole = scale_digits(low.low, high.scale)
    first, second = digits_to_float(whole), digits_to_float(high.low)
    return low._replace(low=whole) if first is not None and second is not None and first < second else low


def _year_end(low: Quantity, high: Quantity) -> Quantity:
    """The upper end of 2009-10 in full."""
    if (
        low.type == "year"
        and high.type == "number"
        and len(high.low) == 2
        and high.low.isdecimal()
        and high.low > low.low[2:]
    ):
        return high._replace(low=low.low[:2] + high.low)
    return high


def _is_score(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two bare figures are a result: 3-1, and 1-3 where the words around tell of a game."""
    if not (low.type == high.type == "number" and low.low.isdecimal() and high.low.isdecimal()):
        return False
    if low.words or high.words or max(len(low.low), len(high.low)) > 3 or low.scale > 1 or high.scale > 1:
        return False
    first, second = int(low.low), int(high.low)
    words = set(re.findall("[a-z]+", line_around(text, low.start, high.end, 40)))
    if not words.isdisjoint(_GAME):
        return True
    return first >= second and first - second < 60 and word_before(text, low.start) not in ("from", "between")


_GAME = frozenset(
    split_words(
        "won wins win beat beats lost lose loses loss defeat defeated draw drew tied score scored final lead leads led "
        "victory goal goals match halftime trailing trailed vs record season playoff playoffs scoreline"
    )
)
"""Words near a result."""


def _and(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """A range after "between"; the rest of a number after its hundreds or thousands."""
    lead = word_before(text, low.start)
    opening = text[max(0, low.start - 24) : low.start].lower()
    if lead == "between" or opening.endswith(_BETWEEN):
        return _range(text, low, high, gap)
    return _sum(low, high)


_BETWEEN = (
    "between about ",
    "between around ",
    "between roughly ",
    "between the ages of ",
    "between ages ",
    "between the ",
)
"""What else stands before two figures whose "and" makes a range of them."""


def _sum(low: Quantity, high: Quantity) -> Quantity | None:
    """'3 hundred and 21', '4 thousand 3 hundred': two parts of one number."""
    if (
        low.type != "number"
        or low.scale < 100
        or low.words
        or high.type not in ("number", "quantity", "money")
        or high.words
    ):
        return None
    if not (low.low.isdecimal() and high.low.isdecimal()) or int(high.low) >= low.scale or len(low.low) > 18:
        return None
    return high._replace(start=low.start, low=str(int(low.low) + int(high.low)), scale=high.scale)


def _or(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'two or three', '5 or 6 years': a range, where the second is not far from the first."""
    if (
        low.type not in ("number", LONE_ONE)
        or high.type not in ("number", "quantity", "money", "percent")
        or not (low.low.isdecimal() and high.low.isdecimal())
    ):
        return None
    first, second = (int(each.low) if len(each.low) < 18 else 0 for each in (low, high))
    close = first < second <= max(first * 2, first + 2)
    if not close or not ((low.words and high.words) or high.unit):
        return None
    if high.type == "number" and low.low == "1":
        return None
    return _range(text, low, high, gap)


def _share(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'9 out of 10' and '1 in 5' are fractions."""
    if low.type not in ("number", LONE_ONE) or not (low.low.isdecimal() and high.low.isdecimal()):
        return None
    if max(len(low.low), len(high.low)) > 6 or not int(low.low) < int(high.low):
        return None
    if gap == " in ":
        rare = low.low == "1" or high.low in ("10", "100", "5", "3", "4")
        if (
            high.type not in ("number", "quantity")
            or not rare
            or high.unit in _TIMES
            or text_after(text, high.end)[:1] in ("/", "-")
        ):
            return None
    elif high.type not in ("number", "quantity"):
        return None
    return low._replace(
        end=high.end if high.type == "number" else _number_end(text, high),
        value=f"{low.low}/{high.low}",
        low=f"{low.low}/{high.low}",
        type="number",
    )


_TIMES = frozenset(("years", "months", "weeks", "days", "hours", "minutes", "seconds", "in", "m"))


def _number_end(text: str, figure: Quantity) -> int:
    """Where the digits or words of a figure with a unit end."""
    raw = text[figure.start : figure.end]
    return figure.start + len(raw.rpartition(" ")[0] or raw)


def _date(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'fourth of July', 'July the fourth'."""
    for day, month in ((low, high), (high, low)):
        if day.type == "ordinal" and month.type == "date" and month.value in MONTHS and int(day.low) < 32:
            if gap == ", " or (month is low and gap == " of "):
                return None
            return low._replace(end=high.end, type="date", low="", value=iso_date(0, MONTHS[month.value], int(day.low)))
    return None


def _next(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    return _date(text, low, high, gap) or _sum(low, high)


_RULES = {"range": _range, "and": _and, "or": _or, "share": _share, "date": _date, "next": _next}
