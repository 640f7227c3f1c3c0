"""Dates and times in a text: the calendar's words, and what a date or a clock time is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.base import Mark, cased, places
from rumor_tui.marks.words import DAYS, MONTHS, WEAK_CALENDAR, listed

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = "(?:" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")\b\.?"
TH = "(?:st|nd|rd|th)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
"""Pieces of patterns, for figures too: a month's name, a day's name, the ending of an ordinal, a year."""

CALENDAR = cased([*MONTHS, *DAYS])
"""Words without one of which a text holds no date in words."""

_CALENDAR = rf"""(?ix)
    (?:{DAY},?\s(?:the\s)?(?=\d|{MONTH}\s\d))?
    (?:{MONTH}\s{{1,2}}(?:the\s)?\d{{1,2}}{TH}?(?![\w:]|[.,]\d{{1,2}}\b)(?:,?\s{{1,2}}{YEAR})?
      |{MONTH}(?:\sof)?[,\s'’-]{{1,2}}(?:{YEAR}|(?<=['’])\d\d\b)
      |\d{{1,2}}{TH}?\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?
      |\d{{1,2}}{TH}\b
      |(?:{MONTH}|{DAY})
    )"""


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(_CALENDAR)


def find(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """Dates that start with the name of a month or of a day; `words` are those of `CALENDAR` that the text has."""
    done = 0
    for at, _ in places(text, words):
        found = _pattern().match(text, at) if at >= done else None
        if found is None:
            continue
        done = found.end()
        raw = found.group().rstrip(" .,")
        lower = raw.lower()
        if lower.rstrip(".") in WEAK_CALENDAR and not _sure(text, found.start(), raw):
            continue
        if raw:
            yield Mark(found.start(), found.start() + len(raw), "number", "date", date_value(lower))


def _sure(text: str, start: int, raw: str) -> bool:
    """Whether a weak calendar word that stands alone is a date: "March" in capitals, "in May"."""
    if not raw[0].isupper() or raw.isupper():
        return False
    before = text[max(0, start - 8) : start].lower().split()
    return bool(before) and before[-1] in _BEFORE_MONTH


_BEFORE_MONTH = frozenset(
    listed("in since until till by last next this early late mid of from to before after through on")
)


def date_value(raw: str) -> str:
    """A date in words, in lower case, as 2007-01-05, 01-05 or 2007-01; otherwise its words."""
    month = day = year = 0
    for word in re.findall(r"\d+|[a-z]+", raw):
        if word.isdigit():
            year, day = (int(word), day) if len(word) == 4 else (year, int(word))
        elif word in MONTHS:
            month = MONTHS[word]
    if not month:
        return " ".join(DAYS.get(word, word) for word in raw.replace(",", "").split())
    if not (day or year):
        return raw.rstrip(".")
    return "-".join([f"{year}"] * bool(year) + [f"{month:02}"] + [f"{day:02}"] * bool(day))


def _iso(raw: str) -> tuple[str, str]:
    parts = raw[:10].replace("/", "-").rstrip("Tt").split("-")
    return "date", "-".join(part.zfill(2) for part in parts) + raw[10:]


def _numeric(raw: str) -> tuple[str, str]:
    return "date", "/".join(part.lstrip("0") or "0" for part in re.split(r"[-/.]", raw))


def _clock(raw: str) -> tuple[str, str]:
    """A clock time when the day's half is told or when it can be one of 24 hours; otherwise a time code."""
    digits = re.split(r"[^\d:.]", raw)[0].rstrip(".")
    if re.search(r"[ap]\.?m", raw.lower()) and "mark" not in raw:
        return _hour(raw)
    if raw.endswith("mark") or len(digits) != 5 or digits > "23:59":
        return "timecode", digits
    return "time", digits


def _hour(raw: str) -> tuple[str, str]:
    """'3 pm' -> 15:00, '12:05 a.m.' -> 00:05."""
    parts = re.findall(r"\d+", raw)
    hour, minute = int(parts[0]), parts[1] if len(parts) > 1 else "00"
    half = re.search(r"[ap](?=\.?m)", raw.lower())
    if half:
        hour = hour % 12 + (12 if half.group() == "p" else 0) if hour <= 12 else hour
    return "time", f"{hour:02}:{minute}"


FORMS: dict[str, Callable[[str], tuple[str, str]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "date": lambda raw: ("date", date_value(raw.lower())),
    "plain": lambda raw: ("number", "".join(raw.split())),
    "clock": _clock,
    "hour": _hour,
}
