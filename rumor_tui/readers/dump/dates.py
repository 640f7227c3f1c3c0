"""Dates as web pages print them, in the main languages: where in a line one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumor_tui.readers.dump import words

LONGEST = 220
"""No line longer than this is looked at: bylines are short, and the cost of a line stays bounded."""


def _any(options: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(options), key=len, reverse=True))


_MONTH = rf"(?:{_any(words.MONTHS)})\.?"
_WEEKDAY = rf"(?:(?:{_any(words.WEEKDAYS)})\b\.?,?\s+(?:den\s+|the\s+|le\s+)?)?"
_UNIT = rf"(?:{_any(words.UNITS)})\b\.?"
_ZONE = (
    r"(?:\s?\(?(?:utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist)\)?(?:[+-]\d{1,2})?|\s?[+-]\d\d:?\d\d|z\b)?"
)
_CLOCK = (
    rf"(?:\s*(?:{_any(words.CLOCK_WORDS)})?\s*(?:\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d{{1,2}}\s?[ap]m\b)"
    rf"(?:\s?(?:uhr|h|hrs)\b)?{_ZONE})?"
)
_YEAR = r"(?:(?:19|20)\d\d|'\d\d|(?:13|14)\d\d)(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"
_DATES = (
    rf"(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d){_CLOCK}",
    rf"(?:13|14)\d\d[-/]\d\d?[-/]\d\d?(?!\d){_CLOCK}",
    rf"\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日(?:\s*\(?[月火水木金土日]\)?)?{_CLOCK}",
    rf"{_WEEKDAY}\d{{1,2}}{_ORDINAL}[\s-]*(?:de\s|di\s|of\s)?[\s-]*{_MONTH}(?:,|\s+de|\s+del)?[\s-]*{_YEAR},?{_CLOCK}",
    rf"{_WEEKDAY}{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR},?{_CLOCK}",
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:(?:19|20)\d\d|\d\d)(?![\d.]){_CLOCK},?",
    rf"{_WEEKDAY}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*[:.]\d){_CLOCK}",
    rf"{_WEEKDAY}\d{{1,2}}{_ORDINAL}\s+(?:de\s)?{_MONTH}(?!\w){_CLOCK}",
    rf"{_MONTH}\s+{_YEAR}",
)
_COUNT = r"(?:\d{1,3}|an?|one|ein(?:em|er)?|une?|una?|um|uma|about an?|about \d+|over \d+|almost \d+)"
_AGES = (
    rf"(?:{_any(words.AGO_BEFORE)})\s+(?:etwa\s+|circa\s+|environ\s+|più di\s+)?{_COUNT}\s+{_UNIT}"
    rf"(?:\s+(?:\d+)\s+{_UNIT})?(?:\s+atrás)?",
    rf"{_COUNT}\s+{_UNIT},?(?:\s+(?:and\s+)?\d+\s+{_UNIT})?\s+(?:{_any(words.AGO_AFTER)})\b",
    r"\d{1,3}\s?(?:秒|分鐘|分钟|分|小時|小时|時間|天|日|週|周|個月|个月|ヶ月|か月|年)\s?前",
    r"\d{1,3}\s?(?:초|분|시간|일|주|개월|년)\s?전",
    r"\d{1,3}(?:mo|yr|min|[smhdwy])\s+ago\b",
    r"(?<=[·•|] )\d{1,3}(?:mo|yr|min|[smhdwy])\b",
    rf"(?:{_any(words.DAY_WORDS)})(?:,?\s+(?:{_any(words.CLOCK_WORDS)})?\s*\d{{1,2}}[:.h]\d\d(?:\s?[ap]m\b)?)",
)
_TODAY = r"(?<=ed )(?:today|yesterday)$"
_FIND = re.compile("(?:" + "|".join((*_DATES, *_AGES, _TODAY)) + ")", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_any(words.DAY_WORDS)}|\d{{1,3}}(?:mo|yr|[smhdwy]))", re.IGNORECASE)
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=[^\W\d_])[A-ZÄÖÜÉ]")
_OPENERS = frozenset(
    phrase.split()[0].casefold().rstrip(".")
    for phrase in (
        *(*words.MONTHS, *words.WEEKDAYS, *words.AGO_BEFORE, *words.DAY_WORDS),
        *(
            "a",
            "an",
            "one",
            "ein",
            "eine",
            "einem",
            "einer",
            "un",
            "une",
            "una",
            "um",
            "uma",
            "about",
            "over",
            "almost",
        ),
    )
)
MOST_TRIES = 24
"""A line with more places than this where a date could begin is a table of numbers, not a byline."""


def find(line: str) -> tuple[int, int] | None:
    """Where the first date or age in `line` stands, as start and end; None for a line without one."""
    if len(line) > LONGEST:
        return None
    if _BARE.fullmatch(line):
        return 0, len(line)
    for tries, start in enumerate(_starts(line)):
        if tries == MOST_TRIES:
            break
        found = _FIND.match(line, start)
        if found and _whole(line, found.start(), found.end()):
            return found.start(), found.end()
    return None


def _starts(line: str) -> Iterator[int]:
    """Where a date could begin: at a number, at a word that opens dates, at such a word glued to a name."""
    for piece in _PIECE.finditer(line):
        text = piece.group()
        if text[0].isdigit() or text.casefold() in _OPENERS or text[0] > "\u2e80":
            yield piece.start()
            continue
        for capital in _CAPITAL.finditer(text):
            if text[capital.start() :].casefold() in _OPENERS:
                yield piece.start() + capital.start()


def _whole(line: str, start: int, end: int) -> bool:
    """Digits must not run on: a name may be glued before a date, and a label after it, but not a number."""
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    return not (before.isdigit() or after.isdigit() or before in {"/", "=", ".", "_"})
