"""Numbers in a text: amounts, money, percentages, ranges, ordinals, dates, times, and figures of any kind.

One search finds each digit and one compiled pattern reads what starts there; number words and calendar words
are looked up first, and read only in a text that has such a word. Python then looks at the word that follows, in a
table, so that no pattern grows with the tables. No number reaches over the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS
from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.numbers import dates, non_quantities, spelled_numbers
from rumor_tui.marks.numbers.approximations import flag_approximation
from rumor_tui.marks.numbers.dates import CALENDAR_WORDS
from rumor_tui.marks.numbers.decimals import parse_digits
from rumor_tui.marks.numbers.non_quantities import blank_diff_headers, is_identifier, is_list_marker, savings_plan_end
from rumor_tui.marks.numbers.number_words import NUMBER_TRIGGERS
from rumor_tui.marks.numbers.patterns import number_patterns
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity, quantity_to_mark, resolve_thousands
from rumor_tui.marks.numbers.ranges import join_neighbours
from rumor_tui.marks.numbers.suffixes import attach_unit, looks_like_year
from rumor_tui.marks.scanning import text_after, word_before


def _search(text: str) -> Callable[[str, int], re.Match[str] | None]:
    """What finds the next digit of a text; for ASCII a plain range, several times as fast as any script's digits."""
    return number_patterns().start_ascii.search if text.isascii() else number_patterns().start.search


def has_digits(text: str) -> bool:
    """Whether a text has any digit or one-character fraction."""
    return _search(text)(text, 0) is not None


def find_numbers(text: str, words: AbstractSet[str], digits: bool) -> list[Mark]:
    """The numbers of a text in order, not overlapping.

    `words` are the text's words as written; `digits` tells whether the text has a digit at all.
    """
    text = blank_diff_headers(text) if digits else text
    found: list[Quantity] = []
    if not words.isdisjoint(NUMBER_TRIGGERS):
        found += spelled_numbers.find_spelled_numbers(text, words & NUMBER_TRIGGERS)
    if not words.isdisjoint(spelled_numbers.GERMAN_TRIGGERS) and detect_language(words, "") == "de":
        found += spelled_numbers.find_german_numbers(text, words & spelled_numbers.GERMAN_TRIGGERS)
    if not words.isdisjoint(CALENDAR_WORDS):
        found += dates.find_dates(text, words & CALENDAR_WORDS)
    if digits:
        found += _in_figures(text)
    if not found:
        return []
    kept = resolve_thousands(text, keep_longest(found), words)
    return [
        quantity_to_mark(flag_approximation(text, each))
        for each in join_neighbours(text, kept)
        if each.type != LONE_ONE
    ]


def keep_longest(figures: list[Quantity]) -> list[Quantity]:
    """The figures in order of start; of those that overlap, the longest (then the first)."""
    figures.sort()
    kept: list[Quantity] = []
    for each in figures:
        if not kept or kept[-1].end <= each.start:
            kept.append(each)
        elif each.end - each.start > kept[-1].end - kept[-1].start:
            kept[-1] = each
    return kept


def _in_figures(text: str) -> Iterator[Quantity]:
    """Everything that starts with a digit, with its sign and money before it."""
    search = _search(text)
    found = search(text, 0)
    while found:
        end, each = _read_figure(text, found.start())
        if each and each.type:
            yield each
        found = search(text, end)


def _read_figure(text: str, start: int) -> tuple[int, Quantity | None]:
    """Where to read on, and what the figure at `start` is, if it is one rather than a part of a word."""
    money, sign, begin = _prefix(text, start)
    if begin and not money:
        letter = text[begin - 1]
        if letter.lower() != letter.upper() or letter == "_":
            return _after_letter(text, start)
    form = number_patterns().form.match(text, start)
    if form and not money:
        found = _read_form(text, start, form)
        if found:
            return found.end, found
    read = number_patterns().amount.match(text, start)
    assert read is not None
    end = read.end()
    if (start and text[start - 1] in _INNER) or (text[end : end + 1] in _INNER and text[end + 1 : end + 2].isalnum()):
        skipped = non_quantities.identifier_end(text, start, end)
        if skipped:
            return skipped, None
    if not money:
        if found := _special(text, start, read.group()):
            return found.end, found
        if is_list_marker(text, start, end):
            return end, None
        if plan := savings_plan_end(text, start, end):
            return plan, None
    if _is_drawn(text, start, end):
        return end, None
    digits = sign + ("0." if text[begin:start].endswith(".") else "") + parse_digits(read.group())
    unit = CURRENCY_WORDS.get(money.lower(), money)
    core = Quantity(begin, end, "money" if money else "number", digits, unit)
    stop, each = attach_unit(text, core if begin < start else spelled_numbers.apply_minus(text, core))
    if each and each.type == "number" and is_identifier(text, each):
        each = each._replace(low="", value=each.low)
    return stop, each


def _is_drawn(text: str, start: int, end: int) -> bool:
    """Whether a figure is half of a heart (<3) or the width of a field (%3n)."""
    sign = text[start - 1] if start else ""
    return (sign == "<" and text[start:end] == "3") or (sign == "%" and text[end : end + 1].isalpha())


_INNER = frozenset("-:./@#=&_\\")
"""What holds the parts of a machine's names together."""


def _after_letter(text: str, start: int) -> tuple[int, Quantity | None]:
    """A figure right after a letter: a version, a quarter, a day after its month; or a part of a word."""
    found = (
        non_quantities.read_v_version(text, start)
        or dates.read_period(text, start)
        or dates.read_glued_date(text, start)
    )
    return (found.end, found) if found else (word_end(text, start), None)


def word_end(text: str, end: int) -> int:
    """The end of the word that reaches over `end`."""
    size = len(text)
    while end < size and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return end


def _read_form(text: str, start: int, form: re.Match[str]) -> Quantity | None:
    """A figure with a form of its own (a date, a time, a version ...); None when its form deceives."""
    name = form.lastgroup or ""
    name = {"s": "numeric", "i": "iso"}.get(name, name)
    raw = form[name].rstrip(" ,")
    if name in _IDS and non_quantities.identifier_end(text, start, start + len(raw)):
        return Quantity(start, non_quantities.identifier_end(text, start, start + len(raw)), non_quantities.UNMARKED)
    return _FORMS[name](text, start, raw)


_IDS = frozenset(("ids", "clock", "iso", "numeric", "ratio"))


def _iso(text: str, start: int, raw: str) -> Quantity | None:
    value = dates.normalise_iso_date(raw)
    if not value and "." in raw:
        return non_quantities.read_dotted(text, start, raw)
    return Quantity(start, start + len(raw), "date" if value else non_quantities.UNMARKED, value=value)


def _month(text: str, start: int, raw: str) -> Quantity | None:
    """2011-03 is a month; but 2011-12 may be a season, which is told by what stands around it."""
    if text_after(text, start + len(raw)).startswith((" season", " school")) or not 1500 < int(raw[:4]) < 2100:
        return None
    return Quantity(start, start + len(raw), "date", value=dates.iso_date(int(raw[:4]), int(raw[5:]), 0))


def _numeric(text: str, start: int, raw: str) -> Quantity | None:
    version = "." in raw and (not _dotted_date(raw) or non_quantities.is_called_version(text, start))
    value = "" if version else dates.normalise_numeric_date(raw)
    if value:
        return Quantity(start, start + len(raw), "date", value=value)
    return None if "/" in raw else non_quantities.read_dotted(text, start, raw)


def _dotted_date(raw: str) -> bool:
    """Whether figures with points are written like a date rather than a version: 13.5.2015, 01.02.13."""
    return len(raw.rpartition(".")[2]) == 4 or len(raw) == 8 or 12 < int(raw.partition(".")[0]) < 32


def _date(text: str, start: int, raw: str) -> Quantity | None:
    raw = raw.rstrip(" .,-")
    if not dates.is_certain_date(text, start, raw):
        return None
    return Quantity(start, start + len(raw), "date", value=dates.normalise_date(raw.lower()))


_FORMS: dict[str, Callable[[str, int, str], Quantity | None]] = {
    "iso": _iso,
    "month": _month,
    "numeric": _numeric,
    "date": _date,
    "ids": non_quantities.read_dotted,
    "clock": dates.read_clock,
    "ratio": non_quantities.read_ratio,
    "hour": dates.read_hour,
    "span": dates.read_duration,
    "height": non_quantities.read_height,
    "size": non_quantities.read_size,
}


def _special(text: str, start: int, raw: str) -> Quantity | None:
    """A figure that is more than its digits: a version after that word, 24/7, 50/50, a day as 4/22, a year as '07."""
    end = start + len(raw)
    if "/" in raw:
        if raw == "24/7":
            return Quantity(start, end, "number", value=raw)
        day = _short_date(text, start, raw)
        if not day and _is_split(raw):
            return Quantity(start, end, "number", value=raw)
        return Quantity(start, end, "date", value=day) if day else None
    if text[start - 1 : start] in ("'", "’", "‘") and len(raw) == 2 and start:
        return _short_year(text, start, raw)
    return non_quantities.read_named_version(text, start)


def _is_split(raw: str) -> bool:
    """Whether figures with a slash part a whole ("50/50", "80/20") rather than being a fraction."""
    one, _, two = raw.partition("/")
    return len(one) == len(two) == 2 and one.isdecimal() and two.isdecimal() and int(one) + int(two) == 100


def _short_year(text: str, start: int, raw: str) -> Quantity | None:
    """'07 and '90s, with the apostrophe."""
    end = start + 2
    if not raw.isdecimal() or not raw.isascii() or text[start - 2 : start - 1].isalnum():
        return None
    if text[end : end + 1] in "sS" and raw[1] == "0" and text[end : end + 1] and not text[end + 1 : end + 2].isalnum():
        return dates.make_decade(start - 1, end + 1, dates.expand_year(raw))
    if text[end : end + 1].isalnum() or text[end : end + 1] in ("'", "’", '"'):
        return None
    return Quantity(start - 1, end, "year", str(dates.expand_year(raw)))


def _short_date(text: str, start: int, raw: str) -> str:
    """A day without a year, such as 4/22, as 04-22; a month such as 3/2015, as 2015-03; '' for a fraction."""
    one, _, two = raw.partition("/")
    if (
        one.isdecimal()
        and len(one) < 3
        and 1 <= int(one) <= 12
        and len(two) == 4
        and looks_like_year(two)
        and two != "2000"
    ):
        return dates.iso_date(int(two), int(one), 0)
    if not (one.isdecimal() and two.isdecimal() and len(one) < 3 and len(two) < 3):
        return ""
    first, second = int(one), int(two)
    if not (1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31):
        return ""
    told = word_before(text, start) in ("on", "since", "until", "till", "through", "thru", "each", "every", "dated")
    zero = one[0] == "0" or two[0] == "0"
    if not (told or zero or second not in _BOTTOMS):
        return ""
    month, day = (first, second) if first <= 12 else (second, first)
    return dates.iso_date(0, month, day)


_BOTTOMS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24))
"""Bottoms of fractions, where they could also be days."""


def _prefix(text: str, start: int) -> tuple[str, str, int]:
    """What stands right before a figure: money as written, the sign, and where they begin."""
    if start == 0 or (text[start - 1] in " (,\n" and (start == 1 or text[start - 2] in _QUIET)):
        return "", "", start
    window = max(0, start - 8)
    found = number_patterns().lead.search(text[window:start])
    if found is None or found.end() == found.start():
        return "", "", start
    raw = found.group()
    begin = window + found.start() + len(raw) - len(raw.lstrip())
    money = found["money"] or ""
    if not (money or found["sign"] or found["point"] or found["sign2"]):
        return "", "", start
    sign = "-" if (found["sign"] or found["sign2"] or "")[:1] in ("-", "−") else ""
    return "".join(money.split()), sign, begin


_QUIET = frozenset("abcdefghijklmnopqrstuvwxyz,;:()\"'0123456789\n")
