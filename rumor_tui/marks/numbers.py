"""Numbers in a text: amounts, money, percentages, ranges, ordinals, dates, times, and figures of any kind.

One search finds each digit and one compiled pattern reads what starts there; number words and calendar words
have a pattern of their own, which runs only over a text that has such a word. Python then looks at the word
that follows, in a table, so that no pattern grows with the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from rumor_tui.marks import dates
from rumor_tui.marks.amounts import figure, ordinal, scaled, spelled
from rumor_tui.marks.base import Mark, places
from rumor_tui.marks.dates import CALENDAR, FORMS
from rumor_tui.marks.number_patterns import TRIGGERS, patterns
from rumor_tui.marks.ranges import joined
from rumor_tui.marks.words import (
    CASED_UNITS,
    LONG_STARTS,
    LONG_UNITS,
    MONEY_WORDS,
    NOT_NOUNS,
    PERCENT,
    SCALES,
    SUFFIXES,
    UNITS,
)


class Core(NamedTuple):
    """A figure or number words, before the word that follows has been looked at."""

    start: int
    end: int
    value: str
    money: str = ""
    words: bool = False


def _search(text: str) -> Callable[[str, int], re.Match[str] | None]:
    """What finds the next digit of a text; for ASCII a plain range, several times as fast as any script's digits."""
    return patterns().start_ascii.search if text.isascii() else patterns().start.search


def has_digits(text: str) -> bool:
    """Whether a text has any digit or one-character fraction."""
    return _search(text)(text, 0) is not None


def find(text: str, words: AbstractSet[str], digits: bool) -> list[Mark]:
    """The numbers of a text in order, not overlapping.

    `words` are the text's words as written; `digits` tells whether the text has a digit at all.
    """
    marks: list[Mark] = []
    if not words.isdisjoint(TRIGGERS):
        marks += _in_words(text, words & TRIGGERS)
    if not words.isdisjoint(CALENDAR):
        marks += dates.find(text, words & CALENDAR)
    if digits:
        marks += _figures(text)
    return joined(text, longest(marks)) if len(marks) > 1 else marks


def longest(marks: list[Mark]) -> list[Mark]:
    """The marks in order of start; of those that overlap, the longest (then the first)."""
    marks.sort()
    kept: list[Mark] = []
    for mark in marks:
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
        elif mark.end - mark.start > kept[-1].end - kept[-1].start:
            kept[-1] = mark
    return kept


def _figures(text: str) -> Iterator[Mark]:
    """Everything that starts with a digit, with its sign and money before it."""
    search, match = _search(text), patterns().figure.match
    found = search(text, 0)
    while found:
        start = found.start()
        read = match(text, start)
        assert read is not None
        end, mark = _figure(text, start, read)
        if mark:
            yield mark
        found = search(text, end)


def _figure(text: str, start: int, read: re.Match[str]) -> tuple[int, Mark | None]:
    """Where to read on, and the mark of one figure, if it is one rather than a part of a word."""
    money, sign, begin = _lead(text, start)
    before = text[begin - 1 : begin]
    if (before.lower() != before.upper() or before == "_") and not _version(text, begin):
        return _word_end(text, read.end()), None
    form = read.lastgroup or "amount"
    if form == "s":
        form = "numeric"
    if form != "amount":
        raw = read.group(form)
        return read.end(), Mark(start, start + len(raw.rstrip(" ,")), "number", *FORMS[form](raw))
    value = sign + ("0." if text[begin:start].endswith(".") else "") + figure(read.group())
    return _complete(text, Core(begin, read.end(), value, money))


def _version(text: str, start: int) -> bool:
    """Whether a figure stands after a single v: "v2.10"."""
    return text[start - 1] in "vV" and not text[max(0, start - 2) : start - 1].isalnum()


def _word_end(text: str, end: int) -> int:
    """The end of the word that reaches over `end`."""
    size = len(text)
    while end < size and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return end


def _lead(text: str, start: int) -> tuple[str, str, int]:
    """What stands right before a figure: money in its normal form, the sign, and where they begin."""
    if start == 0 or (text[start - 1] in " (,\n" and (start == 1 or text[start - 2] in _QUIET)):
        return "", "", start
    window = max(0, start - 6)
    found = patterns().lead.search(text[window:start])
    if found is None or found.end() == found.start():
        return "", "", start
    raw = found.group()
    begin = window + found.start() + len(raw) - len(raw.lstrip())
    money = found["money"] or ""
    if not (money or found["sign"] or found["point"] or found["sign2"]):
        return "", "", start
    sign = "-" if (found["sign"] or found["sign2"] or "")[:1] in ("-", "−") else ""
    return MONEY_WORDS.get(money.lower(), money), sign, begin


_QUIET = frozenset("abcdefghijklmnopqrstuvwxyz,;:()\"'0123456789\n")


def _complete(text: str, core: Core) -> tuple[int, Mark | None]:
    """Read the multiplier, percent sign, ending or unit that follows a core, and make its mark."""
    start, end, value, money, words = core
    for _ in range(3):
        if text[end : end + 1] in _CLOSED:
            break
        tail = patterns().tail.match(text, end)
        if tail is None:
            break
        gap, word = tail["gap"], tail["word"]
        lower = word.lower()
        scale = SCALES.get(lower) if gap else _glued_scale(word, bool(money))
        if scale is None:
            return _with_tail(text, Core(start, end, value, money, words), tail, gap, lower)
        value, end = scaled(value, scale), tail.end()
    return end, _bare(text, Core(start, end, value, money, words))


_CLOSED = frozenset(("", ",", ".", ";", ":", ")", "\n", "?", "!", "/"))
"""What ends a number for good, so that no unit needs to be looked for."""


def _glued_scale(word: str, money: bool) -> int | None:
    """The multiplier written against a figure: k anywhere, M and bn in money or when nothing else is meant."""
    if word in ("k", "K", "bn", "mn", "mil", "mio", "million", "billion"):
        return SUFFIXES.get(word.lower()) or SCALES.get(word)
    return SUFFIXES.get(word.lower()) if money else None


def _with_tail(text: str, core: Core, tail: re.Match[str], gap: str, word: str) -> tuple[int, Mark | None]:
    """The mark of a core and the word after it, or of the core alone when that word says nothing."""
    start, end, value, money, words = core
    if word in PERCENT:
        return tail.end(), Mark(start, tail.end(), "number", "percent", value + "%")
    if word == "per" and text[tail.end() : tail.end() + 5].lower() == " cent":
        return tail.end() + 5, Mark(start, tail.end() + 5, "number", "percent", value + "%")
    if money:
        return end, _bare(text, core)
    if not gap and not words:
        return _with_glued(text, core, tail, word)
    symbol = MONEY_WORDS.get(word)
    if symbol and (tail["word"] not in ("us", "won", "Won", "rand", "Rand", "kr") or len(word) > 3):
        return tail.end(), Mark(start, tail.end(), "number", "money", symbol + value)
    unit_end, unit = _unit(text, core, tail, gap, word)
    if unit:
        return unit_end, Mark(start, unit_end, "number", "quantity", f"{value} {unit}")
    return end, _bare(text, core)


def _with_glued(text: str, core: Core, tail: re.Match[str], word: str) -> tuple[int, Mark | None]:
    """A figure with letters written against it: 3rd, 1990s, 5km, 16GB; other letters make it no number."""
    start, end, value = core.start, core.end, core.value
    stop = tail.end()
    if not (word.isascii() or word in UNITS or word in MONEY_WORDS):
        return end, _bare(text, core)
    if text[stop : stop + 1].isalnum():
        return _word_end(text, stop), None
    if word in ("st", "nd", "rd", "th") and value.isdecimal():
        return stop, Mark(start, stop, "number", "ordinal", ordinal(value))
    if word == "s" and value.isdecimal() and value.endswith("0"):
        return stop, Mark(start, stop, "number", "year", value + "s")
    if word in MONEY_WORDS:
        return stop, Mark(start, stop, "number", "money", MONEY_WORDS[word] + value)
    if word in UNITS and tail["word"] not in _CODE_ENDS:
        return stop, Mark(start, stop, "number", "quantity", f"{value} {UNITS[word]}")
    if word in SUFFIXES:
        return stop, Mark(start, stop, "number", "number", scaled(value, SUFFIXES[word]))
    if word == "s":
        return end, _bare(text, core)
    return stop, None


_CODE_ENDS = frozenset(["M", "S", "G", "X", "H", "T", "D", "Ms", "As", "Gs", "Xs", "Ds", "Is"])
"""Letters that written against a figure make a code ("1M", "3 1Ms") rather than a unit."""


def _unit(text: str, core: Core, tail: re.Match[str], gap: str, word: str) -> tuple[int, str]:
    """Where the unit or counted noun after a core ends, and its normal form; an empty one when there is none."""
    at = tail.start("word")
    if word in LONG_STARTS and (unit := _long_unit(text, at)):
        return unit
    if word == "per" and (found := patterns().long.match(text, at)):
        phrase = " ".join(found.group().lower().split()[:2])
        return at + len(phrase), phrase
    stop = tail.end()
    if text[stop : stop + 1].isalnum() or (word in ("in", '"') and text[stop : stop + 2].strip(" .,;:!?)")):
        return core.end, ""
    if word in UNITS:
        return (core.end, "") if _doubtful(core, tail["word"], word) else (stop, UNITS[word])
    if gap != " " or not _plural(tail["word"]) or _year(core.value) or (core.words and core.value == "1"):
        return core.end, ""
    return stop, word


def _doubtful(core: Core, written: str, word: str) -> bool:
    """Whether a word that is also a unit is more likely the word or letter that it looks like."""
    if word not in CASED_UNITS:
        return core.words and core.value == "1" and word in ("day", "time", "point", "guy", "man", "kid", "person")
    return (
        word in ("a", "us", "st", "head", "x", "t") or (core.words and word != "h") or written in ("A", "M", "S", "I")
    )


def _long_unit(text: str, at: int) -> tuple[int, str] | None:
    """The unit of two or three words that starts at `at`."""
    found = patterns().long.match(text, at)
    if found is None:
        return None
    raw = found.group()
    parts = raw.lower().split(" ")
    for size in range(len(parts), 0, -1):
        unit = LONG_UNITS.get(" ".join(parts[:size]))
        if unit:
            return at + len(" ".join(parts[:size])), unit
    return None


def _plural(word: str) -> bool:
    """Whether a word looks like the plural of something that is counted."""
    if len(word) < 4 or word[-1] not in "sS" or word[-2:] in ("ss", "us", "is", "SS", "US", "IS"):
        return False
    return (word.islower() or word.isupper() or word[1:].islower()) and word.lower() not in NOT_NOUNS


def _year(value: str) -> bool:
    return len(value) == 4 and value.isdecimal() and "1500" <= value < "2100"


def _bare(text: str, core: Core) -> Mark | None:
    """The mark of a core with nothing after it."""
    start, end, value, money, words = core
    if money:
        return Mark(start, end, "number", "money", _money(money, value))
    if _year(value) and not words and end - start == 4:
        return Mark(start, end, "number", "year", value)
    if words and value == "1":
        return None
    return Mark(start, end, "number", "number", value)


def _money(money: str, value: str) -> str:
    return "-" + money + value[1:] if value.startswith("-") else money + value


def _matches(pattern: re.Pattern[str], text: str, words: AbstractSet[str]) -> Iterator[re.Match[str]]:
    """What a pattern finds, one after the other, where one of the words stands in the text."""
    done = 0
    for at, _ in places(text, words):
        if at < done:
            continue
        found = pattern.match(text, _article(text, at, done)) or pattern.match(text, at)
        if found:
            done = found.end()
            yield found


def _article(text: str, at: int, done: int) -> int:
    """Where a number begins whose first number word stands at `at`: at the article before it, if there is one."""
    before = text[max(done, at - 8) : at].lower()
    for article in ("half a ", "an ", "a "):
        if before.endswith(article) and not before[: -len(article)][-1:].isalnum():
            return at - len(article)
    return at


def _in_words(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """Spelled-out numbers with their units."""
    for found in _matches(patterns().spelled, text, words):
        raw = found.group().lower()
        value, is_ordinal = spelled(raw.replace("-", " ").replace(",", " ").split())
        if is_ordinal:
            if not _is_moment(text, found.start(), raw):
                yield Mark(found.start(), found.end(), "number", "ordinal", value)
            continue
        if raw in _LONELY:
            continue
        _, mark = _complete(text, Core(found.start(), found.end(), value, words=True))
        if mark:
            yield mark


_LONELY = frozenset(("half", "quarter", "quarters", "halves", "hundredths", "seconds", "dozen"))


def _is_moment(text: str, start: int, raw: str) -> bool:
    """Whether 'second' is a moment ("for a second", "per second") rather than the one after the first."""
    before = text[max(0, start - 7) : start].lower().split()
    return raw == "second" and bool(before) and before[-1] in ("a", "per", "every", "split", "each", "last", "one")
