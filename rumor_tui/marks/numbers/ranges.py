"""Neighbouring quantities that are one: ranges ("25 to 65"), scores ("3-1"), "9 out of 10", "the fourth of July"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rumor_tui.marks.data.number_vocabulary import MONTHS, split_words
from rumor_tui.marks.numbers.dates import iso_date
from rumor_tui.marks.numbers.decimals import digits_to_float, scale_digits
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity, quantity_value
from rumor_tui.marks.scanning import line_around, text_after, word_before


def join_neighbours(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities of a text in order, with those joined that belong together."""
    joined = [quantities[0]]
    for high in quantities[1:]:
        low = joined[-1]
        gap = text[low.end : high.start].lower() if high.start - low.end < 10 else ""
        join = _JOINS.get(gap)
        both = join(text, low, high, gap) if join and _may_join(low, high, gap) else None
        if both:
            joined[-1] = both
        else:
            joined.append(high)
    return joined


def _may_join(low: Quantity, high: Quantity, gap: str) -> bool:
    """Whether two quantities may belong together: a lone "one" does so only with a number in words."""
    if high.type == LONE_ONE:
        return low.words and gap in (" to ", " and ", " or ", " in ", " out of ") and low.type != LONE_ONE
    return low.type != LONE_ONE or (high.words and gap in (" to ", "-", " and ", " or ", " in ", " out of "))


# Ranges and scores


def _join_range(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """The ends of a range, where the first may share the unit of the second; or a score, or two times."""
    if low.type == "number" and high.type == "time":
        low = _as_hour(low, high) or low
    if low.type in _NOT_COMPARED or high.type in _NOT_COMPARED:
        return _join_dates(low, high) if low.type == high.type and low.type in ("date", "time") else None
    if not _are_range_ends(low, high):
        return None
    if gap in ("-", "–", "−") and _is_score(text, low, high):
        return low._replace(end=high.end, type="score", low="", value=f"{low.low}–{high.low}")
    low, high = _with_shared_scale(low, high), _with_century(low, high)
    value = f"{quantity_value(low)}-{quantity_value(high)}" if low.type == high.type == "ordinal" else ""
    return low._replace(end=high.end, type="range", unit=high.unit or low.unit, high=high.low, value=value)


_NOT_COMPARED: Final = frozenset(("date", "time", "version", "score", "timecode"))


def _are_range_ends(low: Quantity, high: Quantity) -> bool:
    """Whether two figures may be the ends of a range: both single ones, of one unit, and both ordinals or neither."""
    if not (low.low and high.low) or low.high or high.high:
        return False
    if low.unit and high.unit and low.unit != high.unit:
        return False
    return high.type != "ordinal" or low.type in ("ordinal", "number")


def _as_hour(low: Quantity, high: Quantity) -> Quantity | None:
    """The bare hour before a time of day, as a time: 5 to 6pm, 10 to 2pm."""
    if not low.low.isdecimal() or not 0 < len(low.low) < 3 or int(low.low) > 24 or low.unit:
        return None
    hours, end = int(low.low), int(high.value[:2])
    if hours < 12 and hours + 12 <= end:
        hours += 12
    return low._replace(type="time", value=f"{hours:02}:00", low="")


def _join_dates(low: Quantity, high: Quantity) -> Quantity:
    """From one date or time to another, without an amount."""
    dash = "-" if low.type == "time" else "/"
    return low._replace(end=high.end, type="range", value=f"{low.value}{dash}{high.value}", low="")


def _with_shared_scale(low: Quantity, high: Quantity) -> Quantity:
    """The lower end with the scale that only the upper one has: "10 to 20 million", "$40-50k"."""
    if high.scale == 1 or low.scale > 1 or len(low.low.partition(".")[0]) > 3:
        return low
    scaled = scale_digits(low.low, high.scale)
    first, second = digits_to_float(scaled), digits_to_float(high.low)
    return low._replace(low=scaled) if first is not None and second is not None and first < second else low


def _with_century(low: Quantity, high: Quantity) -> Quantity:
    """The upper end of 2009-10 in full."""
    is_short_year = low.type == "year" and high.type == "number" and len(high.low) == 2 and high.low.isdecimal()
    return high._replace(low=low.low[:2] + high.low) if is_short_year and high.low > low.low[2:] else high


def _is_score(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two bare figures are a score: 3-1, or 1-3 with words of a game around."""
    if not all(each.type == "number" and each.low.isdecimal() and len(each.low) < 4 for each in (low, high)):
        return False
    if low.words or high.words or low.scale > 1 or high.scale > 1:
        return False
    words = set(re.findall("[a-z]+", line_around(text, low.start, high.end, 40)))
    if not words.isdisjoint(_GAME_WORDS):
        return True
    first, second = int(low.low), int(high.low)
    return first >= second and first - second < 60 and word_before(text, low.start) not in ("from", "between")


_GAME_WORDS: Final = frozenset(
    split_words(
        "won wins win beat beats lost lose loses loss defeat defeated draw drew tied score scored final lead leads led "
        "victory goal goals match halftime trailing trailed vs record season playoff playoffs scoreline"
    )
)
"""Words around a score."""


# What "and", "or", "in" and other gaps join


def _join_and(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """A range after "between", or a number with the rest after its hundreds or thousands."""
    opening = text[max(0, low.start - 24) : low.start].lower()
    if word_before(text, low.start) == "between" or opening.endswith(_BETWEEN):
        return _join_range(text, low, high, gap)
    return _join_sum(low, high)


_BETWEEN: Final = (
    *("between about ", "between around ", "between roughly ", "between the ages of ", "between ages "),
    "between the ",
)
"""Phrases before two figures that make a range of them."""


def _join_sum(low: Quantity, high: Quantity) -> Quantity | None:
    """'3 hundred and 21', '4 thousand 3 hundred': two parts of one number."""
    if low.type != "number" or high.type not in ("number", "quantity", "money"):
        return None
    if low.scale < 100 or low.words or high.words or not (low.low.isdecimal() and high.low.isdecimal()):
        return None
    if int(high.low) >= low.scale or len(low.low) > 18:
        return None
    return high._replace(start=low.start, low=str(int(low.low) + int(high.low)), scale=high.scale)


def _join_or(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'two or three', '5 or 6 years': a range if the second is not far from the first."""
    if low.type not in ("number", LONE_ONE) or high.type not in ("number", "quantity", "money", "percent"):
        return None
    if not (low.low.isdecimal() and high.low.isdecimal()) or not ((low.words and high.words) or high.unit):
        return None
    first, second = (int(each.low) if len(each.low) < 18 else 0 for each in (low, high))
    if not first < second <= max(first * 2, first + 2) or (high.type == "number" and low.low == "1"):
        return None
    return _join_range(text, low, high, gap)


def _join_share(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'9 out of 10' and '1 in 5' are fractions."""
    if low.type not in ("number", LONE_ONE) or high.type not in ("number", "quantity"):
        return None
    if not (low.low.isdecimal() and high.low.isdecimal()) or max(len(low.low), len(high.low)) > 6:
        return None
    if not int(low.low) < int(high.low) or (gap == " in " and not _is_one_in(text, low, high)):
        return None
    end = high.end if high.type == "number" else _number_end(text, high)
    fraction = f"{low.low}/{high.low}"
    return low._replace(end=end, value=fraction, low=fraction, type="number")


_NOT_SHARED: Final = frozenset(("years", "months", "weeks", "days", "hours", "minutes", "seconds", "in", "m"))
"""Units that make "1 in 5 years" no fraction."""


def _is_one_in(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether "in" between two figures means a share of the second."""
    is_common = low.low == "1" or high.low in ("10", "100", "5", "3", "4")
    return is_common and high.unit not in _NOT_SHARED and text_after(text, high.end)[:1] not in ("/", "-")


def _number_end(text: str, quantity: Quantity) -> int:
    """Where the digits or words of a quantity with a unit end."""
    raw = text[quantity.start : quantity.end]
    return quantity.start + len(raw.rpartition(" ")[0] or raw)


def _join_day(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    """'fourth of July', 'July the fourth'."""
    for day, month in ((low, high), (high, low)):
        if day.type == "ordinal" and month.type == "date" and month.value in MONTHS and int(day.low) < 32:
            if gap == ", " or (month is low and gap == " of "):
                return None
            return low._replace(end=high.end, type="date", low="", value=iso_date(0, MONTHS[month.value], int(day.low)))
    return None


def _join_next(text: str, low: Quantity, high: Quantity, gap: str) -> Quantity | None:
    return _join_day(text, low, high, gap) or _join_sum(low, high)


_JOINS: Final[dict[str, Callable[[str, Quantity, Quantity, str], Quantity | None]]] = {
    gap: join
    for gaps, join in (
        (("-", "–", "—", "−", " - ", " – ", " — ", "- ", " -", "~", "..", "..."), _join_range),
        ((" to ", " through ", " till ", " until "), _join_range),
        ((" and ", " & ", " and a "), _join_and),
        ((" or ",), _join_or),
        ((" out of ", " in "), _join_share),
        ((" of ", ", ", " the "), _join_day),
        ((" ",), _join_next),
    )
    for gap in gaps
}
"""How two quantities are joined, by the text between them."""
