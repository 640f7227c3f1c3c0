"""The stamps of a chat log: a date, a time of day, or both, at the beginning of a line or behind a name.

Every program writes one form of stamp throughout, but a number may be a day or a month. So a log's dates are decided
together (`Calendar`): as days first where that keeps them in order, or else as months first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from rumor_tui.markdown_format import format_iso

_MARKS = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""Invisible characters that chat programs put before stamps and around names."""

_NUMBERS = (
    r"(?P<first>\d{1,4})(?P<between>[-/.]) ?(?P<second>\d{1,2})(?P=between) ?(?P<third>\d{4}|\d{1,2})\.?"
    r"(?:\(\w{1,3}\))?"
)
_EASTERN = r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?:\s?\(?[月火水木金土日]\)?|\s?[월화수목금토일]요일)?"
_WORDS = (
    r"(?:[^\W\d_]{2,9}[.,]{0,2}\s)?(?:\d{1,2}(?:\.\s?|[-\s])[^\W\d_]{3,9}\.?(?:[-\s,]{1,2}(?:\d{4}|\d\d)(?![\d:]))?"
    r"|[^\W\d_]{3,9}\.?\s{1,2}\d{1,2}(?:,?\s\d{4})?)"
)
_TIME = (
    r"(?:(?:오전|오후|上午|下午|午前|午後)\s?)?\d{1,2}(?::[0-5]\d){1,2}(?:[.,]\d{1,9})?(?:\s?[APap]\.?\s?[Mm]\b\.?)?"
    r"(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d)\b)?"
)
_DOTTED_TIME = r"\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?"
_GAP = r"(?:[\])]?,?\s{0,2}(?:(?:at|à|um|klo|kl\.|at)\s)?[\[(]?|T|_)"

_DATE = rf"(?P<date>{_NUMBERS}|{_EASTERN}|{_WORDS})"
_STAMP = rf"(?:{_DATE}{_GAP}(?P<time>{_TIME}|{_DOTTED_TIME})|(?P<alone>{_TIME}))"
_STAMPED = re.compile(
    rf"(?P<open>[\[(<]?)\s?{_STAMP}(?: \| [^\]\n]{{3,40}}(?=\]))?[\])>]?"
    r"(?P<rest>(?:\s?[-–—|]\s|[:,]\s|\s|(?<=[\])>])(?!\()|\Z).*)",
    re.DOTALL,
)
_SIGNED = re.compile(
    rf"(?P<name>[^\n]{{1,60}}?)(?:,\s\[|\s—\s(?:[^\W\d]{{3,9}} (?:at|um|à) )?){_STAMP}(?:\s\([^()\n]{{0,40}}\))?\]?:?\Z"
)
_NAME_FIRST = re.compile(rf"\[(?P<name>[^\]\n]{{1,60}})\] \[(?P<alone>{_TIME})\] (?P<rest>.*)", re.DOTALL)
_SEPARATORS = re.compile(r"\s?[-–—|]\s|[:,]\s|\s")
_FIRST = frozenset("0123456789[(<")
MAX_STAMP = 120
"""Characters of a line in which a stamp may be."""


class Stamp(NamedTuple):
    """A stamp as written: `date` is empty where it has only a time of day; `numbers` are the date's, if it has three.

    `bracketed` says that brackets are around it, as they are in most logs and hardly elsewhere.
    """

    date: str
    time: str
    numbers: tuple[str, str, str] | None = None
    bracketed: bool = False


class StampedLine(NamedTuple):
    """A line with a stamp: its name, where that comes before the stamp, and what follows the stamp."""

    stamp: Stamp
    rest: str
    name: str = ""


def strip_marks(text: str) -> str:
    """The text without invisible characters at its ends."""
    return text.strip(_MARKS)


def parse_stamped_line(line: str) -> StampedLine | None:
    """The stamp of a line and what else the line has; None for a line without one."""
    line = line.lstrip(_MARKS)
    head = line[:1]
    if not head:
        return None
    if (head in _FIRST or head.isalpha()) and (match := _STAMPED.match(line)):
        separator = _SEPARATORS.match(match["rest"])
        return StampedLine(_stamp(match), match["rest"][separator.end() :] if separator else match["rest"])
    if head == "[" and (match := _NAME_FIRST.match(line)):
        return StampedLine(_stamp(match), match["rest"], match["name"])
    if len(line) <= MAX_STAMP and ("[" in line or "—" in line) and (match := _SIGNED.match(line.rstrip())):
        return StampedLine(_stamp(match), "", match["name"])
    return None


def _stamp(match: re.Match[str]) -> Stamp:
    groups = match.groupdict()
    numbers = (groups["first"], groups["second"], groups["third"]) if groups.get("first") else None
    return Stamp(
        groups.get("date") or "", groups.get("time") or groups["alone"], numbers, bool(groups.get("open", "["))
    )


class Calendar:
    """What the dates of one log mean: the order of their numbers, and the day that lines between the messages state."""

    def __init__(self, stamps: Iterable[Stamp]) -> None:
        stamps = list(stamps)
        numbers = list(dict.fromkeys(stamp.numbers for stamp in stamps if stamp.numbers))
        self._month_first = _is_month_first(numbers, any(stamp.time[-1:] in "mM." for stamp in stamps))
        self._days: dict[str, str] = {}
        self.day = ""
        """The day, in ISO 8601, of stamps without a date; empty where no line stated it."""

    def note_day(self, line: str) -> bool:
        """Whether a line states a day ("--- Day changed Wed Nov 15 2023"), which then holds for what follows."""
        from rumor_tui.readers.dates.parse import parse_date

        moment = parse_date(line.strip("-—=* "))
        if moment is not None:
            self.day = (format_iso(moment) or "")[:10]
        return moment is not None

    def written(self, stamp: Stamp) -> str:
        """The stamp as a date that `parse_date` reads, or as written where its day is not known."""
        day = self._day_of(stamp) if stamp.date else self.day
        return f"{day} {stamp.time}" if day else " ".join(filter(None, (stamp.date, stamp.time)))

    def _day_of(self, stamp: Stamp) -> str:
        day = self._days.get(stamp.date)
        if day is None:
            day = _numeric_day(stamp.numbers, self._month_first) if stamp.numbers else self._day_in_words(stamp.date)
            self._days[stamp.date] = day
        return day

    def _day_in_words(self, date: str) -> str:
        from rumor_tui.readers.dates.parse import parse_date

        moment = parse_date(date)
        if moment is None and self.day:
            moment = parse_date(f"{date} {self.day[:4]}")
        return (format_iso(moment) or "")[:10]


def _numeric_day(numbers: tuple[str, str, str], month_first: bool) -> str:
    year, month, day = _ordered(numbers, month_first)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _ordered(numbers: tuple[str, str, str], month_first: bool) -> tuple[int, int, int]:
    """Year, month and day of three numbers."""
    first, second, third = map(int, numbers)
    if len(numbers[0]) > 2:
        return first, second, third
    year = third if len(numbers[2]) > 2 else third + 2000
    return (year, first, second) if month_first else (year, second, first)


def _is_month_first(dates: list[tuple[str, str, str]], twelve_hours: bool) -> bool:
    """Whether dates begin with the month: where no day is above 12, the order that the log keeps better decides.

    Where both are as good, it is what goes with the clock: months come first where days have two halves of 12 hours.
    """
    costs = {month_first: _disorder(dates, month_first) for month_first in (False, True)}
    return costs[True] < costs[False] if costs[True] != costs[False] else twelve_hours


def _disorder(dates: list[tuple[str, str, str]], month_first: bool) -> tuple[int, int, int]:
    """How badly an order of numbers fits: dates that do not exist, dates before the last one, days that they span."""
    days = [_ordered(date, month_first) for date in dates]
    wrong = sum(not (1 <= month <= 12 and 1 <= day <= 31) for _, month, day in days)
    serial = [year * 372 + month * 31 + day for year, month, day in days]
    span = max(serial) - min(serial) if serial else 0
    return wrong, sum(late < early for early, late in pairwise(serial)), span
