"""Clock times, time codes and lengths of time that are written with colons or letters."""

from __future__ import annotations

import re

from rumor_tui.marks.context import around, word_before
from rumor_tui.marks.values import Figure
from rumor_tui.marks.words import listed


def clock(text: str, start: int, raw: str) -> Figure:
    """'3:05 pm', '14:30' and "at 9:30" are times of the day; '1:50 mark' and '1:02:03' are time codes."""
    half = _half_day(raw)
    digits = re.split(r"[^\d:.]", raw)[0].rstrip(".")
    end = start + len(raw)
    if half or (digits.count(":") == 2 and _after_date(text, start)):
        return _at(start, end, digits, half)
    if _is_time(text, start, end, digits, raw.lower()):
        return _at(start, end, digits, "")
    return timecode(start, end, digits)


def _after_date(text: str, start: int) -> bool:
    """Whether a date stands right before: 2024-08-04 14:26:59."""
    return (
        re.search(r"\d{1,4}[-/.]\d\d[-/.]\d{1,4},? $|\b(?:19|20)\d\d,? (?:at )?$", text[max(0, start - 16) : start])
        is not None
    )


def _is_time(text: str, start: int, end: int, digits: str, raw: str) -> bool:
    """Whether a figure with a colon tells the time of the day."""
    hours, _, minutes = digits.partition(":")
    if ":" in minutes or "." in minutes or int(minutes) > 59 or int(hours) > 24 or raw.endswith("mark"):
        return False
    if raw.endswith("clock"):
        return True
    words = set(re.findall("[a-z]+", around(text, start, end, 60)))
    if not words.isdisjoint(_VIDEO):
        return False
    return len(hours) == 2 or word_before(text, start) in _BEFORE_TIME or not words.isdisjoint(_ZONES)


_VIDEO = frozenset(
    listed(
        "video videos clip footage song track watch youtube vid trailer episode skip minute mark timestamp podcast lap"
    )
)
"""Words near a time code."""

_BEFORE_TIME = frozenset(listed("at by until till around about from before after since between and to past @ is was"))
"""Words that stand before a time of the day."""

_ZONES = frozenset(
    listed("uhr utc gmt est edt pst pdt cet cest cst pt et clock tonight morning afternoon evening tomorrow today")
)


def timecode(start: int, end: int, digits: str) -> Figure:
    """A time code, which is a place in a recording: it has no amount, so that none is found among bare figures."""
    return Figure(start, end, "timecode", value=digits)


def hour(text: str, start: int, raw: str) -> Figure:
    """'3 pm', '3.30 am', "3 o'clock"."""
    digits = re.split(r"[^\d.]", raw)[0].rstrip(".").replace(".", ":")
    return _at(start, start + len(raw), digits, _half_day(raw))


def _half_day(raw: str) -> str:
    found = re.search(r"[ap](?=\.?m)", raw.lower())
    return found.group() if found and "mark" not in raw else ""


def _at(start: int, end: int, digits: str, half: str) -> Figure:
    """A time of the day as 15:00, or 15:00:30."""
    hours, _, rest = digits.partition(":")
    number = int(hours)
    if half and number <= 12:
        number = number % 12 + 12 * (half == "p")
    return Figure(start, end, "time", value=f"{number:02}:{rest or '00'}")


def span(text: str, start: int, raw: str) -> Figure:
    """'1h30m' and '3m 20s', as the time codes 1:30:00 and 3:20."""
    parts = {unit: int(digits) for digits, unit in re.findall(r"(\d+) ?([hms]?)", raw.lower().replace("\u00a0", " "))}
    hours, minutes, seconds = parts.get("h", 0), parts.get("m", parts.get("", 0)), parts.get("s", 0)
    written = f"{hours}:{minutes:02}:{seconds:02}" if hours or "h" in parts else f"{minutes}:{seconds:02}"
    return timecode(start, start + len(raw), written)
