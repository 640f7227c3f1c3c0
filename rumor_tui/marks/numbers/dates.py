"""Dates and times of day in a text: calendar words, clock times, time codes, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from rumor_tui.marks.data.number_vocabulary import AMBIGUOUS_CALENDAR_WORDS, DAYS, FOREIGN_MONTHS, MONTHS, split_words
from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import (
    ascii_word_start,
    case_variants,
    find_words,
    lazy_pattern,
    line_around,
    text_after,
    word_before,
)

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = "(?:" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")\b\.?"
ANY_MONTH = "(?:" + "|".join(sorted([*MONTHS, *FOREIGN_MONTHS], key=len, reverse=True)) + r")\b\.?"
TH = "(?:st|nd|rd|th)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
"""Parts of patterns: a month's name, a day's name, the ending of an ordinal, a year."""

CALENDAR_WORDS = case_variants([*MONTHS, *DAYS])
"""A text without any of these words has no date in words."""

_CALENDAR_PATTERN = rf"""(?ix)
    (?:{DAY},?[ -](?:the\ |of\ )?(?=\d|{MONTH}[ -]\d))?
    (?:{MONTH}[ ,/-]{{1,2}}(?:the\ )?\d{{1,2}}{TH}?(?:\ ?(?:[-–]|to|and)\ ?\d{{1,2}}{TH}?)?(?![\w:]|[.,]\d{{1,2}}\b)
         (?:(?:,?\ {{1,2}}|[-,/]|\ of\ ){YEAR}|,?\ ['’]\d\d\b)?
      |{MONTH}(?:\ of)?[, '’-]{{1,2}}(?:{YEAR}|(?<=['’])\d\d\b)
      |\d{{1,2}}{TH}?\ (?:of\ )?{MONTH}(?:,?\ {YEAR})?
      |\d{{1,2}}{TH}\b
      |(?:{MONTH}|{DAY})
    )"""

_calendar_pattern = lazy_pattern(_CALENDAR_PATTERN)


def find_dates(text: str, words: AbstractSet[str]) -> Iterator[Quantity]:
    """Dates that start with the name of a month or of a day; `words` are those of `CALENDAR_WORDS` that the text
    has."""
    done = 0
    for at, _ in find_words(text, words):
        match = _calendar_pattern().match(text, at) if at >= done else None
        if match is None:
            continue
        raw = match.group().rstrip(" .,")
        if not (raw and is_certain_date(text, at, raw)):
            continue
        done = match.end()
        yield Quantity(at, at + len(raw), "date", value=normalise_date(raw.lower()))


def read_glued_date(text: str, start: int) -> Quantity | None:
    """A date with its month written against the day's figure, which starts at `start`: 'april22', 'Mar3,2016'."""
    begin = ascii_word_start(text, start, 10)
    if text[begin:start].lower() not in MONTHS or (begin and text[begin - 1].isalnum()):
        return None
    match = _glued_pattern().match(text, start)
    if match is None:
        return None
    return Quantity(begin, match.end(), "date", value=normalise_date(f"{text[begin:start]} {match.group()}".lower()))


_glued_pattern = lazy_pattern(rf"\d{{1,2}}(?:{TH})?(?:,? ?{YEAR})?(?![\w:/]|[.,]\d)")


def is_certain_date(text: str, start: int, raw: str) -> bool:
    """Whether what looks like a date is one, although its month or day may be another word ("may", "march", "sun")."""
    words = re.findall("[A-Za-z]+", raw)
    if words[0].lower() not in AMBIGUOUS_CALENDAR_WORDS:
        return True
    if len(raw) == len(words[0]):
        return _is_certain_alone(text, start, raw)
    if words[0][0].isupper() or words[0].lower() not in ("may", "march", "sun", "sat", "wed"):
        return True
    tail = text_after(text, start + len(raw))
    if raw[0].isdigit():
        return re.search(rf"{TH}\b|\bof\b|{YEAR}|-", raw) is not None or tail[:1] in _ENDS
    day_only = raw[-1:].isdigit() and not re.search(YEAR, raw)
    return not day_only or word_before(text, start) in _BEFORE_DATE or tail[:1] in _ENDS or tail[1:3] in ("at", "to")


def _is_certain_alone(text: str, start: int, raw: str) -> bool:
    """Whether an ambiguous calendar word that stands alone is a date: "In March", "in may"."""
    lead = word_before(text, start)
    if raw.isupper() and len(raw) > 3:
        return False
    return lead in (_BEFORE_MONTH if raw[0].isupper() else ("in", "since", "early", "late", "mid"))


_ENDS = ("", ".", ",", ";", "!", "?", ")")
_BEFORE_DATE = frozenset(split_words("on since until till by from before after through starting ending due"))
_BEFORE_MONTH = _BEFORE_DATE | frozenset(split_words("in last next this early late mid of to during for and"))


def normalise_date(raw: str) -> str:
    """A date in words, in lower case, as 2007-01-05, 01-05 or 2007-01; two days as 01-05/01-07; otherwise its words."""
    year, month, days = _date_parts(raw)
    if month and (days or year):
        return "/".join(iso_date(year, month, day) for day in days or [0])
    if month:
        return next(name for name, number in MONTHS.items() if number == month)
    return " ".join(DAYS.get(word.rstrip("."), word) for word in raw.replace(",", "").split())


def _date_parts(raw: str) -> tuple[int, int, list[int]]:
    """The year, the month and the days of a date in words; 0 for what it does not have."""
    month = year = 0
    days: list[int] = []
    for word in re.findall(r"['’]\d\d\b|\d+|[^\W\d_]+", raw):
        digits = word.lstrip("'’")
        if not digits.isdigit():
            month = MONTHS.get(word) or FOREIGN_MONTHS.get(word) or month
        elif digits != word or len(word) == 4:
            year = expand_year(digits)
        else:
            days.append(int(word))
    return year, month, days


def iso_date(year: int, month: int, day: int) -> str:
    """2007-01-05, or without the parts that are 0: 01-05, 2007-01."""
    return "-".join([f"{year:04}"] * bool(year) + [f"{month:02}"] + [f"{day:02}"] * bool(day))


def expand_year(digits: str) -> int:
    """'07' -> 2007, '83' -> 1983, '2011' -> 2011."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 40 else 1900)


def normalise_iso_date(raw: str) -> str:
    """2007-1-5 -> 2007-01-05, with the time after it; '' if there is no such day."""
    date, letter, time = raw.upper().partition("T")
    year, month, day = (int(part) for part in re.split("[-/.]", date))
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year < 3000):
        return ""
    return iso_date(year, month, day) + letter + time


def normalise_numeric_date(raw: str) -> str:
    """8/17/2000 -> 2000-08-17; '' if there is no such day.

    If both figures may be the month, the first one is, as in the United States; with points it is the day.
    """
    *figures, year = re.split("[-/.]", raw)
    first, second = map(int, figures)
    if "." in raw and second <= 12:
        first, second = second, first
    day = month_and_day(first, second)
    return iso_date(expand_year(year), *day) if day else ""


def month_and_day(first: int, second: int) -> tuple[int, int] | None:
    """The month and the day of two figures, of which the first is the month if it can be; None if they are no date."""
    if not (1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31):
        return None
    return (first, second) if first <= 12 else (second, first)


def looks_like_year(digits: str) -> bool:
    """Whether plain digits look like a year."""
    return len(digits) == 4 and digits.isdecimal() and "1500" <= digits < "2100"


_PERIOD_PATTERN = rf"""(?ix)
    (?P<letters>Q|H|FY|CY)[ ]?(?:(?P<part>[1-4])(?:(?:[ ](?:of[ ])?|[ ]?['’]|[ ]?[-/][ ]?|)
        (?P<year>{YEAR}|(?<=['’])\d\d))?
    |(?P<whole>{YEAR}|['’]?\d\d))(?![\w/]|[.,-]\d)"""

_period_pattern = lazy_pattern(_PERIOD_PATTERN)


def read_period(text: str, start: int) -> Quantity | None:
    """A quarter, half or full business year whose first figure is at `start`: Q3 2011, Q1'02, H1 2012, FY12."""
    begin = start - 2 if text[start - 1] in "yY" else start - 1
    match = _period_pattern().match(text, begin) if begin >= 0 and not text[begin - 1 : begin].isalnum() else None
    if match is None:
        return None
    letters, part, year = match["letters"].upper(), match["part"], match["year"] or match["whole"] or ""
    if letters not in (("Q", "H") if part else ("FY", "CY")):
        return None
    if not year and (letters == "H" or word_before(text, begin) not in _BEFORE_MONTH):
        return None
    written = str(expand_year(year.lstrip("'’"))) if year else ""
    value = f"{written}-{letters}{part}".lstrip("-") if part else letters + written
    return Quantity(begin, match.end(), "date", value=value)


def make_decade(start: int, end: int, year: int) -> Quantity:
    """A decade such as the 1990s, whose amount is all its years."""
    return Quantity(
        start, end, "year", str(year), high=str(year + (99 if year % 100 == 0 and year < 2000 else 9)), value=f"{year}s"
    )


def read_clock(text: str, start: int, raw: str) -> Quantity:
    """'3:05 pm', '14:30' and "at 9:30" are times of the day; '1:50 mark' and '1:02:03' are time codes."""
    half = _half_day(raw)
    digits = re.split(r"[^\d:.]", raw)[0].rstrip(".")
    end = start + len(raw)
    if half or (digits.count(":") == 2 and _follows_date(text, start)):
        return _time_of_day(start, end, digits, half)
    if _is_time(text, start, end, digits, raw.lower()):
        return _time_of_day(start, end, digits, "")
    return make_timecode(start, end, digits)


def _follows_date(text: str, start: int) -> bool:
    """Whether a date stands right before: 2024-08-04 14:26:59."""
    before = text[max(0, start - 16) : start]
    return re.search(r"\d{1,4}[-/.]\d\d[-/.]\d{1,4},? $|\b(?:19|20)\d\d,? (?:at )?$", before) is not None


def _is_time(text: str, start: int, end: int, digits: str, raw: str) -> bool:
    """Whether a figure with a colon is a time of day."""
    hours, _, minutes = digits.partition(":")
    if ":" in minutes or "." in minutes or int(minutes) > 59 or int(hours) > 24 or raw.endswith("mark"):
        return False
    if raw.endswith("clock"):
        return True
    words = set(re.findall("[a-z]+", line_around(text, start, end, 60)))
    if not words.isdisjoint(_VIDEO):
        return False
    return len(hours) == 2 or word_before(text, start) in _BEFORE_TIME or not words.isdisjoint(_ZONES)


_VIDEO = frozenset(
    split_words(
        "video videos clip footage song track watch youtube vid trailer episode skip minute mark timestamp podcast lap"
    )
)
"""Words that occur near a time code."""

_BEFORE_TIME = frozenset(
    split_words("at by until till around about from before after since between and to past @ is was")
)
"""Words that stand before a time of day."""

_ZONES = frozenset(
    split_words("uhr utc gmt est edt pst pdt cet cest cst pt et clock tonight morning afternoon evening tomorrow today")
)


def make_timecode(start: int, end: int, digits: str) -> Quantity:
    """A time code, a position in a recording. It has no amount, so that it is not found among bare figures."""
    return Quantity(start, end, "timecode", value=digits)


def read_hour(text: str, start: int, raw: str) -> Quantity:
    """'3 pm', '3.30 am', "3 o'clock"."""
    digits = re.split(r"[^\d.]", raw)[0].rstrip(".").replace(".", ":")
    return _time_of_day(start, start + len(raw), digits, _half_day(raw))


def _half_day(raw: str) -> str:
    """The half of the day: "a" for am, "p" for pm, or ""."""
    match = re.search(r"[ap](?=\.?m)", raw.lower())
    return match.group() if match and "mark" not in raw else ""


def _time_of_day(start: int, end: int, digits: str, half: str) -> Quantity:
    """A time of day as 15:00 or 15:00:30."""
    hours, _, rest = digits.partition(":")
    number = int(hours)
    if half and number <= 12:
        number = number % 12 + 12 * (half == "p")
    return Quantity(start, end, "time", value=f"{number:02}:{rest or '00'}")


def read_duration(text: str, start: int, raw: str) -> Quantity:
    """'1h30m' and '3m 20s', as the time codes 1:30:00 and 3:20."""
    parts = {unit: int(digits) for digits, unit in re.findall(r"(\d+) ?([hms]?)", raw.lower().replace("\u00a0", " "))}
    hours, minutes, seconds = parts.get("h", 0), parts.get("m", parts.get("", 0)), parts.get("s", 0)
    written = f"{hours}:{minutes:02}:{seconds:02}" if hours or "h" in parts else f"{minutes}:{seconds:02}"
    return make_timecode(start, start + len(raw), written)
