"""Dates in a text: the calendar's words, and what a date in words or in figures is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.base import cased, places
from rumor_tui.marks.context import after, word_before
from rumor_tui.marks.values import Figure
from rumor_tui.marks.words import DAYS, MONTHS, OTHER_MONTHS, WEAK_CALENDAR, listed

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = "(?:" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")\b\.?"
ANY_MONTH = "(?:" + "|".join(sorted([*MONTHS, *OTHER_MONTHS], key=len, reverse=True)) + r")\b\.?"
TH = "(?:st|nd|rd|th)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
"""Pieces of patterns, for figures too: a month's name, a day's name, the ending of an ordinal, a year."""

CALENDAR = cased([*MONTHS, *DAYS])
"""Words without one of which a text holds no date in words."""

_CALENDAR = rf"""(?ix)
    (?:{DAY},?[ -](?:the\ |of\ )?(?=\d|{MONTH}[ -]\d))?
    (?:{MONTH}[ ,/-]{{1,2}}(?:the\ )?\d{{1,2}}{TH}?(?:\ ?(?:[-–]|to|and)\ ?\d{{1,2}}{TH}?)?(?![\w:]|[.,]\d{{1,2}}\b)
         (?:(?:,?\ {{1,2}}|[-,/]|\ of\ ){YEAR}|,?\ ['’]\d\d\b)?
      |{MONTH}(?:\ of)?[, '’-]{{1,2}}(?:{YEAR}|(?<=['’])\d\d\b)
      |\d{{1,2}}{TH}?\ (?:of\ )?{MONTH}(?:,?\ {YEAR})?
      |\d{{1,2}}{TH}\b
      |(?:{MONTH}|{DAY})
    )"""


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(_CALENDAR)


def find(text: str, words: AbstractSet[str]) -> Iterator[Figure]:
    """Dates that start with the name of a month or of a day; `words` are those of `CALENDAR` that the text has."""
    done = 0
    for at, _ in places(text, words):
        found = _pattern().match(text, at) if at >= done else None
        if found is None:
            continue
        raw = found.group().rstrip(" .,")
        if not (raw and sure(text, at, raw)):
            continue
        done = found.end()
        yield Figure(at, at + len(raw), "date", value=date_value(raw.lower()))


def glued(text: str, start: int) -> Figure | None:
    """A date whose month is written against the day's figure that starts at `start`: 'april22', 'Mar3,2016'."""
    begin = start
    while begin and begin > start - 10 and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1
    if text[begin:start].lower() not in MONTHS or (text[begin - 1 : begin].isalnum() and begin):
        return None
    found = _glued().match(text, start)
    if found is None:
        return None
    return Figure(begin, found.end(), "date", value=date_value(f"{text[begin:start]} {found.group()}".lower()))


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    return re.compile(rf"\d{{1,2}}(?:{TH})?(?:,? ?{YEAR})?(?![\w:/]|[.,]\d)")


def sure(text: str, start: int, raw: str) -> bool:
    """Whether a date is one even if its month or day is also another word ("may", "march", "sun")."""
    words = re.findall("[A-Za-z]+", raw)
    if words[0].lower() not in WEAK_CALENDAR:
        return True
    if len(raw) == len(words[0]):
        return _sure_alone(text, start, raw)
    if words[0][0].isupper() or words[0].lower() not in ("may", "march", "sun", "sat", "wed"):
        return True
    tail = after(text, start + len(raw))
    if raw[0].isdigit():
        return re.search(rf"{TH}\b|\bof\b|{YEAR}|-", raw) is not None or tail[:1] in _ENDS
    day_only = raw[-1:].isdigit() and not re.search(YEAR, raw)
    return not day_only or word_before(text, start) in _BEFORE_DATE or tail[:1] in _ENDS or tail[1:3] in ("at", "to")


def _sure_alone(text: str, start: int, raw: str) -> bool:
    """Whether a weak calendar word that stands alone is a date: "In March", "in may"."""
    lead = word_before(text, start)
    if raw.isupper() and len(raw) > 3:
        return False
    return lead in (_BEFORE_MONTH if raw[0].isupper() else ("in", "since", "early", "late", "mid"))


_ENDS = ("", ".", ",", ";", "!", "?", ")")
_BEFORE_DATE = frozenset(listed("on since until till by from before after through starting ending due"))
_BEFORE_MONTH = _BEFORE_DATE | frozenset(listed("in last next this early late mid of to during for and"))


def date_value(raw: str) -> str:
    """A date in words, in lower case, as 2007-01-05, 01-05 or 2007-01; two days as 01-05/01-07; otherwise its words."""
    month = year = 0
    days: list[int] = []
    for word in re.findall(r"['’]\d\d\b|\d+|[^\W\d_]+", raw):
        if word[0] in "'’":
            year = full_year(word[1:])
        elif word.isdigit():
            if len(word) == 4:
                year = int(word)
            else:
                days.append(int(word))
        else:
            month = MONTHS.get(word) or OTHER_MONTHS.get(word) or month
    if not month:
        return " ".join(DAYS.get(word.rstrip("."), word) for word in raw.replace(",", "").split())
    if not (days or year):
        return next(name for name, number in MONTHS.items() if number == month)
    return "/".join(iso(year, month, day) for day in days or [0])


def iso(year: int, month: int, day: int) -> str:
    """2007-01-05, and without what is 0: 01-05, 2007-01."""
    return "-".join([f"{year:04}"] * bool(year) + [f"{month:02}"] + [f"{day:02}"] * bool(day))


def full_year(digits: str) -> int:
    """'07' -> 2007, '83' -> 1983, '2011' -> 2011."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 40 else 1900)


def from_iso(raw: str) -> str:
    """2007-1-5 -> 2007-01-05, with the time behind it; '' when that is no day."""
    date, letter, time = raw.upper().partition("T")
    year, month, day = (int(part) for part in re.split("[-/.]", date))
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year < 3000):
        return ""
    return iso(year, month, day) + letter + time


def from_figures(raw: str) -> str:
    """8/17/2000 -> 2000-08-17; '' for no day.

    When both figures may be the month, the first one is, as in the United States; but with points it is the day.
    """
    one, two, year = re.split("[-/.]", raw)
    first, second = int(one), int(two)
    if not (1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31):
        return ""
    if "." in raw and second <= 12:
        return iso(full_year(year), second, first)
    month, day = (first, second) if first <= 12 else (second, first)
    return iso(full_year(year), month, day)


_PERIOD = rf"""(?ix)
    (?P<letters>Q|H|FY|CY)[ ]?(?:(?P<part>[1-4])(?:(?:[ ](?:of[ ])?|[ ]?['’]|[ ]?[-/][ ]?|)
        (?P<year>{YEAR}|(?<=['’])\d\d))?
    |(?P<whole>{YEAR}|['’]?\d\d))(?![\w/]|[.,-]\d)"""


@lru_cache(maxsize=1)
def _period() -> re.Pattern[str]:
    return re.compile(_PERIOD)


def period(text: str, start: int) -> Figure | None:
    """A quarter, half or whole business year whose first figure is at `start`: Q3 2011, Q1'02, H1 2012, FY12."""
    begin = start - 2 if text[start - 1] in "yY" else start - 1
    found = _period().match(text, begin) if begin >= 0 and not text[begin - 1 : begin].isalnum() else None
    if found is None or found["letters"].lower() not in (("q", "h") if found["part"] else ("fy", "cy")):
        return None
    letters, year = found["letters"].upper(), found["year"] or found["whole"] or ""
    if not year and (letters == "H" or word_before(text, begin) not in _BEFORE_MONTH):
        return None
    written = str(full_year(year.lstrip("'’"))) if year else ""
    value = f"{written}-{letters}{found['part']}".lstrip("-") if found["part"] else letters + written
    return Figure(begin, found.end(), "date", value=value)


def decade(start: int, end: int, year: int) -> Figure:
    """The 1990s: worth all its years."""
    return Figure(
        start, end, "year", str(year), high=str(year + (99 if year % 100 == 0 and year < 2000 else 9)), value=f"{year}s"
    )
