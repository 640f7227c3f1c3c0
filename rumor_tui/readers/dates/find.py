"""Where in a line a date or an age is, in the main languages.

There are many ways to write a date, and one pattern for all of them takes longer to compile than most pages take to
read. So each way has its own patterns, which are compiled when a line first has what that way requires.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from rumor_tui.readers.dates import languages
from rumor_tui.readers.vocabulary import page_words
from rumor_tui.readers.vocabulary.matching import LazyPattern, alternation, compiled_pattern, fold

MAX_LINE_LENGTH = 220
"""Longer lines are skipped: bylines are short, and this bounds the cost of a line."""

MAX_STARTS = 24
"""A line with more positions than this where a date could begin is a table of numbers, not a byline."""

DateMatcher = Callable[[str, int], int]
"""One way of writing dates: from a line and a position, the end of the date that begins there, or -1."""

_MONTHS = frozenset(map(fold, languages.MONTHS))
_WEEKDAYS = frozenset(map(fold, languages.WEEKDAYS))
_UNITS = frozenset(map(fold, languages.UNITS))
_DAYS = frozenset(map(fold, languages.DAY_WORDS))
_AGO_AFTER = frozenset(map(fold, languages.AGO_AFTER))
_AGO_BEFORE = tuple(phrase.split()[-1] for phrase in languages.AGO_BEFORE)
_COUNT_ENDS = ("a", "an", "one", "ein", "einem", "einer", "un", "une", "una", "um", "uma")
_COUNT_STARTS = (*_COUNT_ENDS, "eine", "about", "over", "almost")
_BEFORE_MONTH = frozenset(
    ordinal + of for ordinal in ("", "st", "nd", "rd", "th", "er", "º", "ª") for of in ("", "de", "di", "of")
)
"""What may be between a day and its month; some pages leave out the space after the ordinal."""

_OPENERS = frozenset(
    phrase.split()[0].rstrip(".")
    for phrase in (
        *languages.MONTHS,
        *languages.WEEKDAYS,
        *languages.AGO_BEFORE,
        *languages.DAY_WORDS,
        *_COUNT_STARTS,
    )
)

_WORD = r"[^\W\d_]+"
_YEAR = r"(?:(?:19|20)\d\d|'\d\d|(?:13|14)\d\d)(?!\d)"
_ORDINAL = r"(?:st(?!y)|nd|rd|th|er|º|ª|\.)?"
_COUNT = r"(?:\d{1,3}|an?|one|ein(?:em|er)?|une?|una?|um|uma|about an?|about \d+|over \d+|almost \d+)"
_UNIT = rf"(?P<unit>{_WORD})\b\.?"

_NUMERIC = (
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?:13|14)\d\d[-/]\d\d?[-/]\d\d?(?!\d)"
    r"|(?P<short>\d{1,2}[./-]\d{1,2}(?:[./-]|,\s(?=(?:19|20)\d\d))(?:(?:19|20)\d\d|\d\d)(?![\d.]))"
)
_EASTERN = r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?:\s*\(?[月火水木金土日]\)?)?"
_WEEKDAY = rf"(?P<day>{_WORD}(?:-feira)?)\b\.?,?\s+(?:den\s+|the\s+|le\s+)?"
_NAMED = (
    rf"\d{{1,2}}{_ORDINAL}[\s-]*(?:de\s|di\s|of\s)?[\s-]*(?P<month>{_WORD})\.?(?:,|\s+de|\s+del)?[\s-]*{_YEAR},?",
    rf"(?P<month>{_WORD})\.?\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR},?",
    rf"(?P<month>{_WORD})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*[:.]\d)",
    rf"\d{{1,2}}{_ORDINAL}\s+(?:de\s)?(?P<month>{_WORD})\.?(?!\w)",
)
"""The word beside the number is looked up afterwards: a pattern of all months takes long to compile."""

_MONTH_ALONE = rf"(?P<month>{_WORD})\.?\s+{_YEAR}"
_AGE_AFTER_WORD = (
    rf"(?:{alternation(languages.AGO_BEFORE)})\s+(?:etwa\s+|circa\s+|environ\s+|più di\s+)?{_COUNT}\s+{_UNIT}"
)
_AGE_BEFORE_WORD = rf"{_COUNT}\s+{_UNIT},?"
_MORE = rf"\s+\d+\s+{_UNIT}"
_AND_MORE = rf"\s+(?:and\s+)?\d+\s+{_UNIT}"
_AGO = rf"\s+(?P<unit>{_WORD})\b"
_EASTERN_AGE = (
    r"\d{1,3}\s?(?:(?:秒|分鐘|分钟|分|小時|小时|時間|天|日|週|周|個月|个月|ヶ月|か月|年)\s?前"
    r"|(?:초|분|시간|일|주|개월|년)\s?전)"
)
_SHORT_AGES = r"\d{1,3}(?:mo|yr|min|[smhdwy])\s+ago\b|(?<=[·•|] )\d{1,3}(?:mo|yr|min|[smhdwy])\b"


_ZONE = (
    r"(?:\s?\(?(?:utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist)\)?(?:[+-]\d{1,2})?"
    r"|\s?[+-]\d\d:?\d\d|z\b)?"
)
_CLOCK = LazyPattern(
    lambda: (
        rf"(?:\s*(?:{alternation(page_words.CLOCK_WORDS)})?\s*"
        r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]m\b)"
        rf"(?:\s?(?:uhr|h|hrs)\b)?{_ZONE})?"
    )
)
"""An optional time of day after a date; it also matches nothing."""

_DAY_AND_TIME = LazyPattern(
    lambda: (
        rf"(?:{alternation(languages.DAY_WORDS)})(?:,?\s+(?:{alternation(page_words.CLOCK_WORDS)})?\s*"
        r"\d{1,2}[:.h]\d\d(?:\s?[ap]m\b)?)|(?<=ed )(?:today|yesterday)$"
    )
)


def _with_clock(line: str, end: int) -> int:
    clock = _CLOCK.compiled.match(line, end)
    return clock.end() if clock else end


def _match_end(source: str, line: str, start: int) -> int:
    match = compiled_pattern(source).match(line, start)
    return match.end() if match else -1


def _match_end_in(source: str, line: str, start: int, table: frozenset[str]) -> int:
    """The end of a pattern whose one group is a word of a table."""
    match = compiled_pattern(source).match(line, start)
    return match.end() if match and match.lastgroup and fold(match[match.lastgroup]) in table else -1


def _numeric(line: str, start: int) -> int:
    match = compiled_pattern(_NUMERIC).match(line, start)
    if not match:
        return -1
    end = _with_clock(line, match.end())
    return end + 1 if match["short"] and line.startswith(",", end) else end


def _eastern(line: str, start: int) -> int:
    end = _match_end(_EASTERN, line, start)
    return _with_clock(line, end) if end >= 0 else -1


def _named(line: str, start: int) -> int:
    """With the name of a month, and perhaps of a weekday."""
    weekday = _match_end_in(_WEEKDAY, line, start, _WEEKDAYS)
    for source in _NAMED:
        for place in (weekday, start):
            end = _match_end_in(source, line, place, _MONTHS) if place >= 0 else -1
            if end >= 0:
                return _with_clock(line, end)
    return _match_end_in(_MONTH_ALONE, line, start, _MONTHS)


def _ages(line: str, start: int) -> int:
    end = _match_end_in(_AGE_AFTER_WORD, line, start, _UNITS)
    if end >= 0:
        end = max(end, _match_end_in(_MORE, line, end, _UNITS))
        return max(end, _match_end(r"\s+atrás", line, end))
    end = _match_end_in(_AGE_BEFORE_WORD, line, start, _UNITS)
    if end < 0:
        return -1
    end = max(end, _match_end_in(_AND_MORE, line, end, _UNITS))
    return _match_end_in(_AGO, line, end, _AGO_AFTER)


def _days(line: str, start: int) -> int:
    match = _DAY_AND_TIME.compiled.match(line, start)
    return match.end() if match else -1


_PIECE = re.compile(r"\d+|[^\W\d_]+")
_PARTED_NUMBERS = re.compile(r"\d[-/.]\d\d?(?:[-/.]|,\s)\d")
_SHORT_AGE = re.compile(r"\d{1,3}(?:mo|yr|[smhdwy])")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉ")


def find_date(line: str) -> tuple[int, int] | None:
    """Start and end of the first date or age in `line`; None for a line without one."""
    if len(line) > MAX_LINE_LENGTH:
        return None
    low = fold(line)
    if low in _DAYS or (len(low) < 6 and _SHORT_AGE.fullmatch(low)):
        return 0, len(line)
    matchers = list(_matchers(line, low))
    return _first_date(line, matchers) if matchers else None


def _first_date(line: str, matchers: Sequence[DateMatcher]) -> tuple[int, int] | None:
    for tries, start in enumerate(_date_starts(line)):
        if tries == MAX_STARTS:
            break
        end = next((end for matcher in matchers if (end := matcher(line, start)) >= 0), -1)
        if end >= 0 and _is_complete(line, start, end):
            return start, end
    return None


def _matchers(line: str, low: str) -> Iterator[DateMatcher]:
    """The ways of writing dates for which the line has what they require; no two of them match at the same position."""
    pieces = _PIECE.findall(low)
    numbers = [i for i, piece in enumerate(pieces) if piece[0].isdecimal()]
    if not _UNITS.isdisjoint(pieces) and _has_age(pieces):
        yield _ages
    if low.endswith(("ed today", "ed yesterday")) or (numbers and any(day in low for day in _DAYS)):
        yield _days
    if numbers:
        yield from _numeric_matchers(line, low, pieces, numbers)


_BEFORE_SHORT_AGE = (" ago", "· ", "• ", "| ")
"""Strings of which a line with an age such as "3h" has one."""


def _numeric_matchers(line: str, low: str, pieces: list[str], numbers: list[int]) -> Iterator[DateMatcher]:
    if len(numbers) > 2 and _PARTED_NUMBERS.search(low):
        yield _numeric
    if _has_month(line, pieces, numbers):
        yield _named
    if "ago" in pieces or any(sign in low for sign in _BEFORE_SHORT_AGE):
        yield partial(_match_end, _SHORT_AGES)
    if "年" in low:
        yield _eastern
    if "前" in low or "전" in low:
        yield partial(_match_end, _EASTERN_AGE)


def _has_age(pieces: list[str]) -> bool:
    """Whether a count is before a unit, and a word for "ago" near them."""
    for i, unit in enumerate(pieces):
        if unit in _UNITS and i and (pieces[i - 1][0].isdecimal() or pieces[i - 1].endswith(_COUNT_ENDS)):
            if not _AGO_AFTER.isdisjoint(pieces[i + 1 : i + 5]):
                return True
            if any(piece.endswith(_AGO_BEFORE) for piece in pieces[max(0, i - 5) : i - 1]):
                return True
    return False


def _has_month(line: str, pieces: list[str], numbers: list[int]) -> bool:
    """Whether the name of a month is beside a number, with no more between them than in "3rd of May"."""
    last = len(pieces) - 1
    for i in numbers:
        if i and (pieces[i - 1] in _MONTHS or _is_glued_month(_PIECE.findall(line)[i - 1])):
            return True
        after = i + 1
        while after < min(last, i + 3) and pieces[after] in _BEFORE_MONTH:
            after += 1
        if after <= last and (pieces[after] in _MONTHS or _is_ordinal_month(pieces[after])):
            return True
    return False


def _is_glued_month(piece: str) -> bool:
    """Whether a word ends with a month that is glued to a name, with a capital of its own."""
    return not piece[1:].islower() and any(fold(piece[i:]) in _MONTHS for i in range(1, len(piece) - 1))


def _is_ordinal_month(piece: str) -> bool:
    return piece[1:] in _MONTHS or piece[2:] in _MONTHS


def _date_starts(line: str) -> Iterator[int]:
    """Positions where a date could begin: a number, a word that begins dates, such a word glued to a name."""
    for piece in _PIECE.finditer(line):
        text = piece.group()
        if text[0].isdigit() or text.casefold() in _OPENERS or text[0] > "\u2e80":
            yield piece.start()
        elif not text[1:].islower():
            for i in range(1, len(text)):
                if text[i] in _CAPITALS and text[i:].casefold() in _OPENERS:
                    yield piece.start() + i


def _is_complete(line: str, start: int, end: int) -> bool:
    """Whether no digits continue the date: a name may be glued before a date, a label after it, but not a number."""
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    return not (before.isdigit() or after.isdigit() or before in {"/", "=", ".", "_"})
