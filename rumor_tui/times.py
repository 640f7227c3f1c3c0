"""Moments as people read them: "3 h", "2 days", or the date itself."""

from __future__ import annotations

from datetime import datetime

_STEPS = ((60, 1, "s"), (3600, 60, "min"), (86400, 3600, "h"))
_DAY = 86400
_MONTH = 30.44 * _DAY
_YEAR = 365.25 * _DAY


def relative(moment: float, now: float) -> str:
    """How long `moment` is before `now` (both in seconds since 1970 UTC), in one short unit: "5 min", "3 months".

    What lies ahead by up to a day, as clocks and zones differ, is "now"; what lies further ahead is told as
    `absolute` tells it.
    """
    age = now - moment
    if age < 1:
        return "now" if age >= -_DAY else absolute(moment)
    for limit, unit, name in _STEPS:
        if age < limit:
            return f"{int(age // unit)} {name}"
    for most, length, name in ((_MONTH, float(_DAY), "day"), (_YEAR, _MONTH, "month"), (float("inf"), _YEAR, "year")):
        if age < most:
            count = max(int(age // length), 1)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return ""


def absolute(moment: float) -> str:
    """The date and time in the reader's own zone, "2011-03-08 14:05"; as UTC seconds when no calendar has it."""
    try:
        return datetime.fromtimestamp(moment).strftime("%Y-%m-%d %H:%M")
    except (OverflowError, OSError, ValueError):
        return f"{moment:.0f} s"
