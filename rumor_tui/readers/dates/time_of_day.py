"""The time of day beside a date, with its zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from rumor_tui.readers.vocabulary.matching import compiled_pattern


class CalendarDay(NamedTuple):
    """A day in a line, with the start and the end of its position."""

    year: int
    month: int
    day: int
    start: int
    end: int


_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
}  # fmt: skip
"""Hours east of UTC of common zone names; the American ones are those of RFC 2822, section 4.3."""

MAX_CLOCK_LENGTH = 25
"""Length of a time of day with its zone at most, in characters."""

_AFTERNOON = ("下午", "午後", "오후", "晚上", "中午")
_HALF = "上午|午前|오전|凌晨|早上|" + "|".join(_AFTERNOON)
_CLOCK = (
    rf"(?P<half>{_HALF})?\s?(?<!\d)(?P<hour>\d{{1,2}})\s?(?:[:h時时點点시]|\.(?=\d\d(?!\d)))\s?(?P<minute>\d\d)[分분]?"
    r"(?:\s?[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?[秒초]?(?!\d)(?:\s?(?P<noon>[ap])\.?\s?m\b\.?)?"
)
_HOUR_ALONE = r"(?P<half>)(?P<hour>\d{1,2})(?P<minute>)(?P<second>)\s?(?P<noon>[ap])\.?m\b\.?"
_BEFORE_CLOCK = r"[^\d+]{0,14}?"
_ZONE = (
    r"\s?(?:uhr|uur|hrs?|h)?\.?[\s(]{0,2}(?:(?:gmt|utc)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)"
    rf"|(?P<name>{'|'.join(_ZONES)})\b)"
)


def timestamp_of_day(text: str, day: CalendarDay) -> float | None:
    """The moment of a day at the time beside it in the text, or at midnight; None if it is invalid."""
    clock = _clock_after(text, day.end) or _clock_before(text, day.start)
    zone_at = max(clock.end(), day.end) if clock else day.end
    zone = compiled_pattern(_ZONE).match(text, zone_at)
    if clock and not zone:
        zone = compiled_pattern(_ZONE).match(text, clock.end())
    hour, minute, second = _time(clock) if clock else (0, 0, 0)
    try:
        date = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=_zone(zone))
        return date.timestamp()
    except (ValueError, OverflowError):
        return None


def _clock_after(text: str, end: int) -> re.Match[str] | None:
    for source in (_CLOCK, _HOUR_ALONE):
        if match := compiled_pattern(_BEFORE_CLOCK + source).match(text, end):
            return match
    return None


def _clock_before(text: str, start: int) -> re.Match[str] | None:
    for source in (_CLOCK, _HOUR_ALONE):
        if match := compiled_pattern(source).search(text, 0, start):
            return match
    return None


def _time(clock: re.Match[str]) -> tuple[int, int, int]:
    """Hour, minute and second; an invalid hour is kept, and rejected when the date is made."""
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    late = clock["half"] in _AFTERNOON or (clock["noon"] or "").lower() == "p"
    early = bool(clock["half"] or clock["noon"]) and not late
    if hour <= 12 and (late or early):
        hour = hour % 12 + 12 * late
    return hour, minute, second


def _zone(match: re.Match[str] | None) -> timezone:
    if match is None:
        return UTC
    if match["name"]:
        return timezone(timedelta(hours=_ZONES[match["name"].lower()]))
    away = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-away if match["sign"] == "-" else away)
