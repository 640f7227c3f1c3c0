"""Finds the numbers of a text: amounts, money, percentages, ranges, ordinals, dates, times, and figures of any kind.

One search finds each digit and one compiled pattern reads what starts there; number words and calendar words are
searched only in a text that has any. The word that follows is looked up in a table, so that no pattern grows with the
tables. No number continues on the next line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.numbers import dates
from rumor_tui.marks.numbers.approximations import flag_approximation
from rumor_tui.marks.numbers.dates import CALENDAR_WORDS
from rumor_tui.marks.numbers.decimals import parse_digits
from rumor_tui.marks.numbers.non_quantities import (
    UNMARKED,
    blank_diff_headers,
    identifier_end,
    is_called_version,
    is_identifier,
    is_list_marker,
    read_dotted,
    read_height,
    read_named_version,
    read_ratio,
    read_size,
    read_v_version,
    savings_plan_end,
)
from rumor_tui.marks.numbers.number_words import NUMBER_TRIGGERS
from rumor_tui.marks.numbers.patterns import number_patterns
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity, quantity_to_mark, resolve_thousands
from rumor_tui.marks.numbers.ranges import join_neighbours
from rumor_tui.marks.numbers.spelled_numbers import (
    GERMAN_TRIGGERS,
    apply_minus,
    find_german_numbers,
    find_spelled_numbers,
)
from rumor_tui.marks.numbers.suffixes import attach_unit
from rumor_tui.marks.scanning import text_after, word_before, word_end


def _digit_search(text: str) -> Callable[[str, int], re.Match[str] | None]:
    """The search for the next digit; an ASCII text needs only a plain range, several times as fast as any script's."""
    return number_patterns().start_ascii.search if text.isascii() else number_patterns().start.search


def has_digits(text: str) -> bool:
    """Whether a text has any digit or one-character fraction."""
    return _digit_search(text)(text, 0) is not None


def find_numbers(text: str, words: AbstractSet[str], digits: bool) -> list[Mark]:
    """The numbers of a text in order, not overlapping.

    `words` are the text's words as written; `digits` says whether the text has a digit at all.
    """
    text = blank_diff_headers(text) if digits else text
    quantities: list[Quantity] = []
    if not words.isdisjoint(NUMBER_TRIGGERS):
        quantities += find_spelled_numbers(text, words & NUMBER_TRIGGERS)
    if not words.isdisjoint(GERMAN_TRIGGERS) and detect_language(words, "") == "de":
        quantities += find_german_numbers(text, words & GERMAN_TRIGGERS)
    if not words.isdisjoint(CALENDAR_WORDS):
        quantities += dates.find_dates(text, words & CALENDAR_WORDS)
    if digits:
        quantities += _find_figures(text)
    if not quantities:
        return []
    joined = join_neighbours(text, resolve_thousands(text, keep_longest(quantities), words))
    return [quantity_to_mark(flag_approximation(text, each)) for each in joined if each.type != LONE_ONE]


def keep_longest(quantities: list[Quantity]) -> list[Quantity]:
    """The quantities in order of start; of those that overlap, the longest, or else the first."""
    quantities.sort()
    kept: list[Quantity] = []
    for each in quantities:
        if not kept or kept[-1].end <= each.start:
            kept.append(each)
        elif each.end - each.start > kept[-1].end - kept[-1].start:
            kept[-1] = each
    return kept


def _find_figures(text: str) -> Iterator[Quantity]:
    """Everything that starts with a digit, with the sign and currency before it."""
    search = _digit_search(text)
    match = search(text, 0)
    while match:
        end, quantity = _read_figure(text, match.start())
        if quantity and quantity.type:
            yield quantity
        match = search(text, end)


def _read_figure(text: str, start: int) -> tuple[int, Quantity | None]:
    """The position to read on from, and the quantity whose first digit is at `start`; None if it is part of a word."""
    currency, sign, begin = _read_prefix(text, start)
    if begin and not currency and _is_letter(text[begin - 1]):
        return _read_after_letter(text, start)
    if not currency and (form := number_patterns().form.match(text, start)):
        quantity = _read_form(text, start, form)
        if quantity:
            return quantity.end, quantity
    match = number_patterns().amount.match(text, start)
    assert match is not None
    end = match.end()
    if skipped := _identifier_end(text, start, end):
        return skipped, None
    if not currency and (quantity := _read_special(text, start, match.group())):
        return quantity.end, quantity
    if skipped := _skipped_end(text, start, end, currency):
        return skipped, None
    digits = sign + ("0." if text[begin:start].endswith(".") else "") + parse_digits(match.group())
    unit = CURRENCY_WORDS.get(currency.lower(), currency)
    core = Quantity(begin, end, "money" if currency else "number", digits, unit)
    return _complete(text, core if begin < start else apply_minus(text, core))


def _complete(text: str, core: Quantity) -> tuple[int, Quantity | None]:
    """The position to read on from, and the quantity with what follows its digits; an identifier has no amount."""
    end, quantity = attach_unit(text, core)
    if quantity and quantity.type == "number" and is_identifier(text, quantity):
        quantity = quantity._replace(low="", value=quantity.low)
    return end, quantity


def _skipped_end(text: str, start: int, end: int, currency: str) -> int:
    """Where to read on after a figure that is no number: a list marker, a savings plan, a drawing; 0 for others."""
    if not currency:
        if is_list_marker(text, start, end):
            return end
        if plan := savings_plan_end(text, start, end):
            return plan
    return end if _is_drawing(text, start, end) else 0


def _is_letter(char: str) -> bool:
    return char.lower() != char.upper() or char == "_"


_ID_JOINTS = frozenset("-:./@#=&_\\")
"""Characters that join the parts of an identifier."""


def _identifier_end(text: str, start: int, end: int) -> int:
    """Where the identifier ends that a figure is part of; 0 if it is part of none."""
    joined_before = start and text[start - 1] in _ID_JOINTS
    joined_after = text[end : end + 1] in _ID_JOINTS and text[end + 1 : end + 2].isalnum()
    return identifier_end(text, start, end) if joined_before or joined_after else 0


def _is_drawing(text: str, start: int, end: int) -> bool:
    """Whether a figure is half of a heart (<3) or the width of a format field (%3n)."""
    sign = text[start - 1] if start else ""
    return (sign == "<" and text[start:end] == "3") or (sign == "%" and text[end : end + 1].isalpha())


def _read_after_letter(text: str, start: int) -> tuple[int, Quantity | None]:
    """A figure right after a letter: a version, a quarter, a day after its month, or else part of a word."""
    quantity = read_v_version(text, start) or dates.read_period(text, start) or dates.read_glued_date(text, start)
    return (quantity.end, quantity) if quantity else (word_end(text, start), None)


# Figures with a form of their own


def _read_form(text: str, start: int, form: re.Match[str]) -> Quantity | None:
    """A figure with a form of its own (a date, a time, a version ...); None if it only looks like one."""
    name = form.lastgroup or ""
    name = {"s": "numeric", "i": "iso"}.get(name, name)
    raw = form[name].rstrip(" ,")
    if name in _MAY_BE_IDS and (end := identifier_end(text, start, start + len(raw))):
        return Quantity(start, end, UNMARKED)
    return _FORMS[name](text, start, raw)


_MAY_BE_IDS = frozenset(("ids", "clock", "iso", "numeric", "ratio"))


def _read_iso_date(text: str, start: int, raw: str) -> Quantity | None:
    value = dates.normalise_iso_date(raw)
    if not value and "." in raw:
        return read_dotted(text, start, raw)
    return Quantity(start, start + len(raw), "date" if value else UNMARKED, value=value)


def _read_year_month(text: str, start: int, raw: str) -> Quantity | None:
    """2011-03 is a month; but 2011-12 may be a season, which the context decides."""
    if text_after(text, start + len(raw)).startswith((" season", " school")) or not 1500 < int(raw[:4]) < 2100:
        return None
    return Quantity(start, start + len(raw), "date", value=dates.iso_date(int(raw[:4]), int(raw[5:]), 0))


def _read_numeric_date(text: str, start: int, raw: str) -> Quantity | None:
    is_version = "." in raw and (not _is_dotted_date(raw) or is_called_version(text, start))
    value = "" if is_version else dates.normalise_numeric_date(raw)
    if value:
        return Quantity(start, start + len(raw), "date", value=value)
    return None if "/" in raw else read_dotted(text, start, raw)


def _is_dotted_date(raw: str) -> bool:
    """Whether figures with points look like a date rather than a version: 13.5.2015, 01.02.13."""
    return len(raw.rpartition(".")[2]) == 4 or len(raw) == 8 or 12 < int(raw.partition(".")[0]) < 32


def _read_worded_date(text: str, start: int, raw: str) -> Quantity | None:
    raw = raw.rstrip(" .,-")
    if not dates.is_certain_date(text, start, raw):
        return None
    return Quantity(start, start + len(raw), "date", value=dates.normalise_date(raw.lower()))


_FORMS: dict[str, Callable[[str, int, str], Quantity | None]] = {
    "iso": _read_iso_date,
    "month": _read_year_month,
    "numeric": _read_numeric_date,
    "date": _read_worded_date,
    "ids": read_dotted,
    "clock": dates.read_clock,
    "ratio": read_ratio,
    "hour": dates.read_hour,
    "span": dates.read_duration,
    "height": read_height,
    "size": read_size,
}
"""How each group of the `form` pattern is read."""


def _read_special(text: str, start: int, raw: str) -> Quantity | None:
    """A figure that is more than its digits: a version after that word, 24/7, 50/50, a day as 4/22, a year as '07."""
    end = start + len(raw)
    if "/" in raw:
        day = _short_date(text, start, raw) if raw != "24/7" else ""
        if day:
            return Quantity(start, end, "date", value=day)
        return Quantity(start, end, "number", value=raw) if raw == "24/7" or _is_split(raw) else None
    if start and text[start - 1] in "'’‘" and len(raw) == 2:
        return _read_short_year(text, start, raw)
    return read_named_version(text, start)


def _is_split(raw: str) -> bool:
    """Whether figures with a slash are the shares of a whole ("50/50", "80/20") rather than a fraction."""
    shares = raw.split("/")
    return all(len(share) == 2 and share.isdecimal() for share in shares) and sum(map(int, shares)) == 100


def _read_short_year(text: str, start: int, raw: str) -> Quantity | None:
    """'07 and '90s, with the apostrophe."""
    if not raw.isdecimal() or not raw.isascii() or text[start - 2 : start - 1].isalnum():
        return None
    end = start + 2
    following = text[end : end + 1]
    if following and following in "sS" and raw[1] == "0" and not text[end + 1 : end + 2].isalnum():
        return dates.make_decade(start - 1, end + 1, dates.expand_year(raw))
    if following.isalnum() or following in ("'", "’", '"'):
        return None
    return Quantity(start - 1, end, "year", str(dates.expand_year(raw)))


_BEFORE_DAY = frozenset(("on", "since", "until", "till", "through", "thru", "each", "every", "dated"))
"""Words before figures with a slash that make them a date."""

_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24))
"""Denominators of common fractions; others are taken for days."""


def _short_date(text: str, start: int, raw: str) -> str:
    """A day without a year, such as 4/22, as 04-22; a month such as 3/2015, as 2015-03; "" for a fraction."""
    top, _, bottom = raw.partition("/")
    if not (top.isdecimal() and bottom.isdecimal() and len(top) < 3):
        return ""
    first, second = int(top), int(bottom)
    if len(bottom) == 4 and dates.looks_like_year(bottom) and bottom != "2000" and 1 <= first <= 12:
        return dates.iso_date(second, first, 0)
    day = dates.month_and_day(first, second) if len(bottom) < 3 else None
    if day is None:
        return ""
    is_date = word_before(text, start) in _BEFORE_DAY or "0" in (top[0], bottom[0]) or second not in _DENOMINATORS
    return dates.iso_date(0, *day) if is_date else ""


_NO_PREFIX = frozenset("abcdefghijklmnopqrstuvwxyz,;:()\"'0123456789\n")
"""Characters before a space, a bracket or a comma by which a figure has no sign and no currency."""


def _read_prefix(text: str, start: int) -> tuple[str, str, int]:
    """What stands right before a figure: the currency as written, the sign, and where they begin."""
    if start == 0 or (text[start - 1] in " (,\n" and (start == 1 or text[start - 2] in _NO_PREFIX)):
        return "", "", start
    window = max(0, start - 8)
    match = number_patterns().lead.search(text[window:start])
    if match is None or not match.group():
        return "", "", start
    sign = "-" if (match["sign"] or match["sign2"] or "")[:1] in ("-", "−") else ""
    return "".join((match["money"] or "").split()), sign, window + match.start()
