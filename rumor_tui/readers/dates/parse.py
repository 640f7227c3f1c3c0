"""Dates as pages write them, in seconds since 1970 UTC.

Most dates on most pages have one of a few forms, which are parsed here in microseconds: ISO 8601, mail dates, numeric
dates, the months of `languages`, East Asian dates, the Persian calendar. All others (other months, ages such as "vor 8
Stunden") are left to dateparser, which takes 0.1 s to import, some 10 ms for each language that it tries, and then
about a millisecond a date. So it is loaded when a date first needs it, and is given a few likely languages
(`languages`) instead of all that it knows.

A date without a zone counts as UTC, since pages hardly ever state their zone: it may be wrong by up to half a day. A
date without a time of day is midnight. Without a day ("March 2011") it is not a date here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.markdown_format import FIRST_MOMENT, LAST_MOMENT
from rumor_tui.readers.dates.languages import likely_languages, month_numbers
from rumor_tui.readers.dates.time_of_day import MAX_CLOCK_LENGTH, CalendarDay, timestamp_of_day
from rumor_tui.readers.vocabulary.matching import compiled_pattern

MAX_DATE_LENGTH = 100
"""Length of a date at most, in characters. A longer line is text, and this bounds the cost of a date."""

_MAX_CONTEXT = 40
"""Characters that may surround a date: "Posted by ann on …". With more of them it is a sentence."""

_CACHE_SIZE = 4_096
"""Dates that are cached: those of an open thread are asked for again and again."""


def parse_date(written: str, base: float | None = None, language: str | None = None) -> float | None:
    """The moment of a date as written, in seconds since 1970 UTC; None when it is not a date. Never raises.

    `base` is the moment at which it was written (the date of the page, in the same unit): without it "3 hours ago",
    "Yesterday, 10:15" and "March 8" are None. `language` is that of the page as in HTML's `lang` ("de", "en-GB"): it
    decides whether 08/03/2011 begins with the day or the month (without it that is None, unless one of the numbers is
    larger than 12), and which language is tried first. Dates without a zone count as UTC.
    """
    if not written or len(written) > MAX_DATE_LENGTH * 4:
        return None
    try:
        return _parse_cached(written, base, language)
    except Exception:  # a date that a parser fails on is not a date
        return None


def parse_date_column(
    written: Sequence[str | None], base: float | None = None, language: str | None = None
) -> Sequence[float | None]:
    """The column of the moments of a column of dates; a date is parsed when its row is asked for."""

    def parse_row(text: str | None) -> float | None:
        return None if text is None else parse_date(text, base, language)

    return LazyColumn(parse_row, written)


@lru_cache(maxsize=_CACHE_SIZE)
def _parse_cached(written: str, base: float | None, language: str | None) -> float | None:
    exact = markdown_format.parse_iso(written.strip())
    if exact is not None:
        return exact
    text = _normalised(written)
    if not text or len(text) > MAX_DATE_LENGTH:
        return None
    for parser in _PARSERS:
        moment = parser(text, base, language)
        if moment is not None:
            return moment if FIRST_MOMENT <= moment <= LAST_MOMENT else None
    return None


def _normalised(written: str) -> str:
    """On one line, with all digits as 0 to 9, without invisible characters and punctuation around it."""
    if not written.isascii():
        written = "".join(map(_normalised_character, unicodedata.normalize("NFKC", written)))
    return " ".join(written.split()).strip(" ,;:|-–—·•@«»()[]")


def _normalised_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character


# Seconds, or thousandths, millionths or billionths of them, since 1970

_UNIX_TIME = r"(\d{9,10}(?:\.\d{1,9})?)|\d{13}(?:\d{3}|\d{6})?"
_UNIX_TIME_RANGE = (300_000_000, 4_102_444_800)
"""From July 1979 to 2100: other numbers are not dates."""


def _unix_time(text: str, base: float | None, language: str | None) -> float | None:
    match = compiled_pattern(_UNIX_TIME).fullmatch(text) if text[:1].isdecimal() else None
    if not match:
        return None
    seconds = float(text) if match[1] else float(f"{text[:10]}.{text[10:]}")
    return seconds if _UNIX_TIME_RANGE[0] <= seconds <= _UNIX_TIME_RANGE[1] else None


# A day in one of the common forms, with a time of day after it or before it

_MONTH = r"(?P<month>[^\W\d_]{2,14})(?![^\W_])\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d|1[34]\d\d)(?!\d)"
_NAMED = (
    rf"(?<!\d){_DAY}[\s/-]*(?:of\s|de\s|di\s)?(?<![^\W\d_]){_MONTH}(?:,|،|\sde|\sdel|\sماه)?[\s/،-]*{_YEAR}",
    rf"(?<![^\W_]){_MONTH}\s?{_DAY},?\s+{_YEAR}",
    rf"(?<![\d./-]){_YEAR}\.?[\s-]{_MONTH}[\s-]{_DAY}(?![\w:])",
    rf"(?<![^\W_]){_MONTH}\s?{_DAY}\s(?=\d\d:\d\d(?::\d\d)?\s(?:[a-z]{{1,5}}\s|[+-]\d{{4}}\s)?(?:19|20)\d\d$)",
)
"""The last one is the form of C's `asctime`, with the year at the very end of the line."""

_NUMBERS = (
    r"(?<![\d./:-])(?:(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<sign>[-/.])\s?(?P<second>\d{1,2})(?:(?P=sign)\s?|,\s(?=\d{4}))(?P<last>\d{4}|\d\d))"
    r"(?![\d/-]|\.\d)"
)
_EASTERN = r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]?"

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-ca", "es-us", "fil"})
"""Languages that write the month first, by the short dates of Unicode's CLDR; all others write the day first."""

_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "sv", "fa", "mn"})
"""Languages that write the year first, in which three short numbers with slashes may mean anything."""


def _common_date(text: str, base: float | None, language: str | None) -> float | None:
    """A day in an unambiguous form, with its time."""
    for finder in _DAYS:
        day = finder(text, language)
        if day is not None:
            around = len(text) - (day.end - day.start)
            return timestamp_of_day(text, day) if around <= _MAX_CONTEXT + MAX_CLOCK_LENGTH else None
    return None


def _named_day(text: str, language: str | None) -> CalendarDay | None:
    for source in _NAMED:
        for match in compiled_pattern(source).finditer(text):
            if month := month_numbers().get(match["month"].lower()):
                year = int(match.groupdict().get("year") or text[-4:])
                return CalendarDay(*_to_gregorian(year, month, int(match["day"])), match.start(), match.end())
    return None


def _numeric_day(text: str, language: str | None) -> CalendarDay | None:
    match = compiled_pattern(_NUMBERS).search(text)
    if not match:
        return None
    if match["year"]:
        numbers = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        order = _day_and_month(
            int(match["first"]), int(match["second"]), match["sign"], len(match["last"]) == 4, language
        )
        if order is None:
            return None
        numbers = _full_year(match["last"]), order[1], order[0]
    return CalendarDay(*_to_gregorian(*numbers), match.start(), match.end())


def _day_and_month(first: int, second: int, sign: str, long_year: bool, language: str | None) -> tuple[int, int] | None:
    """Day and month from two numbers in either order; None when that is ambiguous."""
    if first == second and long_year:
        return first, second
    if first > 12 and (long_year or sign == "." or _months_first(language) is not None):
        return first, second
    if second > 12:
        return second, first
    months_first = False if sign == "." else _months_first(language)
    if months_first is None:
        return None
    return (second, first) if months_first else (first, second)


def _months_first(language: str | None) -> bool | None:
    """Whether a language writes the month before the day; None when that is unknown."""
    if not language:
        return None
    tag = language.lower().replace("_", "-")
    if tag in _MONTH_FIRST:
        return True
    return None if tag.split("-")[0] in _YEAR_FIRST else False


def _full_year(written: str) -> int:
    """The year, also from two digits, of which the earliest is 1970."""
    year = int(written)
    return year if len(written) == 4 else year + (1900 if year >= 70 else 2000)


def _eastern_day(text: str, language: str | None) -> CalendarDay | None:
    match = compiled_pattern(_EASTERN).search(text)
    return CalendarDay(int(match["year"]), int(match["month"]), int(match["day"]), *match.span()) if match else None


_DAYS: tuple[Callable[[str, str | None], CalendarDay | None], ...] = (
    _named_day,
    _numeric_day,
    _eastern_day,
)

_PERSIAN_NEW_YEAR = datetime(1921, 3, 21)
"""The first day of 1300 in the Persian calendar, from which its days are counted here."""

_PERSIAN_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Leap years by year modulo 33: exact from 1244 to 1472 (1865 to 2094)."""


def _to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The same day in the Gregorian calendar, if the year is a Persian one (1300 to 1471, that is 1921 to 2093)."""
    if not 1300 <= year <= 1471 or not 1 <= month <= 12 or not 1 <= day <= 31:
        return year, month, day
    leaps = sum(other % 33 in _PERSIAN_LEAPS for other in range(1300, year))
    days = (year - 1300) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    date = _PERSIAN_NEW_YEAR + timedelta(days=days)
    return date.year, date.month, date.day


# Other forms, by dateparser

_CLOCK_ALONE = r"\d{1,2}\s?[:.h]\s?\d\d(?::\d\d)?"
_FULL_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_WORD = r"[^\W\d_]{3}|[^\x00-\u024f\W\d_]"
"""Three letters in a row, or one of a script that needs fewer."""

_SHORT_AGE = r"(?:il y a |h[aá] )?\d{1,4}\s?[a-z]{1,4}(?: fa)?"
_REWRITES = ((r"(?<=\d)\sh\s(?=\d\d\b)", "h"), (r"\bmart\b", "mar"))
"""What dateparser misreads, and how it is rewritten: "14 h 05", and Turkish for March, which is a time zone to it."""

_DEFAULT_BASE = 3_155_759_999
"""The end of 2069: the base for two-digit years where there is no other."""


def _other_date(text: str, base: float | None, language: str | None) -> float | None:
    """What dateparser makes of the text, or else of the part of it that looks like a date."""
    if not _may_be_date(text, base):
        return None
    for written, meant in _REWRITES:
        text = compiled_pattern(written).sub(meant, text)
    moment = _by_dateparser(text, base, language)
    if moment is not None:
        return moment
    from rumor_tui.readers.dates import find

    span = find.find_date(text)
    if span is None or span == (0, len(text)) or len(text) - (span[1] - span[0]) > _MAX_CONTEXT:
        return None
    return _by_dateparser(text[span[0] : span[1]].strip(" ,"), base, language)


def _may_be_date(text: str, base: float | None) -> bool:
    """A cheap check: there is a word, and without a base there are the numbers of a day and a year."""
    if not compiled_pattern(_WORD).search(text):
        return base is not None and bool(compiled_pattern(_SHORT_AGE).fullmatch(text))
    return base is not None or len(compiled_pattern(r"\d+").findall(compiled_pattern(_CLOCK_ALONE).sub(" ", text))) > 1


def _by_dateparser(text: str, base: float | None, language: str | None) -> float | None:
    likely = likely_languages(text, language)
    if not likely:
        return None
    ages, days = _dateparser_parsers(likely, base)
    if base is not None and not compiled_pattern(_FULL_YEAR).search(text):
        date = ages.get_date_data(text).date_obj
        if date is not None:
            return float(date.timestamp())
    if not any(map(str.isdecimal, text)):
        return None
    data = days.get_date_data(text)
    missing = {"year", "month", "day"} - set(data.parts)
    if data.date_obj is None or missing - ({"year"} if base is not None else set()):
        return None
    if compiled_pattern(_NUMBERS).search(text) and _months_first(data.locale) is not False:
        return None
    return float(data.date_obj.timestamp())


@lru_cache(maxsize=32)
def _dateparser_parsers(likely: tuple[str, ...], base: float | None) -> tuple[Any, Any]:
    """dateparser's parsers of ages and of dates, for these languages and relative to `base`."""
    from dateparser.date import DateDataParser

    settings = {
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": datetime.fromtimestamp(_DEFAULT_BASE if base is None else base, UTC).replace(tzinfo=None),
    }
    ages, days = (
        DateDataParser(
            languages=list(likely),
            use_given_order=True,
            try_previous_locales=False,
            settings={**settings, "PARSERS": [kind]},
        )
        for kind in ("relative-time", "absolute-time")
    )
    return ages, days


_PARSERS: tuple[Callable[[str, float | None, str | None], float | None], ...] = (_unix_time, _common_date, _other_date)
