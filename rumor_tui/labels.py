"""Text that several views and writers share: counts with their nouns, titles, ages and dates."""

from __future__ import annotations

from datetime import UTC, datetime

from rumor_tui.model import Thread
from rumor_tui.text import mend, neutralise_line


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 reply", "1,204 replies"."""
    many = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("ch") else "s")
    return f"{count:,} {noun if count == 1 else many}"


def missing_label(count: int, noun: str) -> str:
    """The label for missing items, given their singular noun: "12 more replies", or "more replies" for a count of 0."""
    if not count:
        return "more " + plural(2, noun).partition(" ")[2]
    number, _, noun = plural(count, noun).partition(" ")
    return f"{number} more {noun}"


def display_title(thread: Thread) -> str:
    """The article's title for display and for search: neutral, on one line, repaired if the source is a text dump.

    Neutralising comes last, because repaired mojibake may turn into control characters.
    """
    title = thread.article.title
    return neutralise_line(mend(title) if thread.repair else title)


_SHORT_UNITS = ((60, 1, "s"), (3600, 60, "min"), (86400, 3600, "h"))
_DAY = 86400
_MONTH = 30.44 * _DAY
_YEAR = 365.25 * _DAY


def format_age(moment: float, now: float) -> str:
    """The age of `moment` at `now` (both in seconds since 1970 UTC) in one short unit: "5 min", "3 months".

    Times up to a day in the future are "now", since clocks and time zones differ; later ones are formatted by
    `format_date`.
    """
    age = now - moment
    if age < 1:
        return "now" if age >= -_DAY else format_date(moment)
    for limit, unit, name in _SHORT_UNITS:
        if age < limit:
            return f"{int(age // unit)} {name}"
    for most, length, name in ((_MONTH, float(_DAY), "day"), (_YEAR, _MONTH, "month"), (float("inf"), _YEAR, "year")):
        if age < most:
            count = max(int(age // length), 1)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return ""


def format_date(moment: float) -> str:
    """The date and time in the local time zone, "2011-03-08 14:05"; the UTC seconds if they are out of range."""
    try:
        return datetime.fromtimestamp(moment).strftime("%Y-%m-%d %H:%M")
    except (OverflowError, OSError, ValueError):
        return f"{moment:.0f} s"


def format_written(moment: float) -> str:
    """When something was written: the day alone at midnight UTC, as dates are kept whose time the source omits."""
    try:
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d") if moment % _DAY == 0 else format_date(moment)
    except (OverflowError, OSError, ValueError):
        return format_date(moment)
