"""What follows a figure or number words: a scale, a percent sign, an ordinal's ending, a currency, a unit or a noun.

`attach_unit` reads it. The word after a figure is matched once (the pattern `tail`); the functions here decide what
that word makes of the figure. Most return where to read on and the quantity, which is None for part of a word.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS, SCALE_SUFFIXES, SCALES, SHORT_SCALES, split_words
from rumor_tui.marks.data.units import (
    AMBIGUOUS_UNITS,
    LABEL_WORDS,
    MULTIWORD_UNIT_STARTS,
    MULTIWORD_UNITS,
    NOT_COUNTED_NOUNS,
    PERCENT_WORDS,
    UNITS,
)
from rumor_tui.marks.numbers.dates import expand_year, looks_like_year, make_decade
from rumor_tui.marks.numbers.decimals import normalise_digits, scale_digits
from rumor_tui.marks.numbers.patterns import number_patterns
from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import text_after, word_before, word_end

_Read: TypeAlias = tuple[int, Quantity | None]
"""Where to read on, and the quantity; None for part of a word."""


def attach_unit(text: str, core: Quantity) -> _Read:
    """The position to read on from, and the quantity `core` with what follows it.

    It is None when the figure turns out to be part of a word. `core` is of type "money" if its currency stands before
    it.
    """
    if text[core.end : core.end + 1] == "+" and text[core.end + 1 : core.end + 2] in _BLANKS:
        return _open_ended(text, core)
    if "/" in core.low and not core.words and _is_ratio(text, core):
        return core.end, core._replace(low="", value=core.low)
    for _ in range(3):
        end = core.end
        if text[end : end + 1] in _CLOSED:
            break
        tail = number_patterns().tail.match(text, end)
        if tail is None:
            break
        scale = _scale_of(core, tail)
        if scale is None:
            return _with_tail(text, core, tail)
        end += len(tail["gap"]) + len(_base(tail))
        core = core._replace(end=end, low=scale_digits(core.low, scale), scale=scale)
    return core.end, without_unit(core)


_BLANKS = frozenset((" ", "\u00a0"))

_CLOSED = frozenset(("", ",", ".", ";", ":", ")", "\n", "?", "!", "/"))
"""Characters after which no unit can follow."""


def without_unit(core: Quantity) -> Quantity:
    """A figure with nothing after it, which may be a year."""
    if core.type == "number" and not core.words and core.end - core.start == 4 and looks_like_year(core.low):
        return core._replace(type="year")
    return core


def _alone(core: Quantity) -> tuple[int, Quantity]:
    return core.end, without_unit(core)


def _with_unit(core: Quantity, end: int, type: str, unit: str) -> tuple[int, Quantity]:
    return end, core._replace(end=end, type=type, unit=unit)


def _base(tail: re.Match[str]) -> str:
    """The word after a figure without what follows a slash in it."""
    return tail["word"][: len(tail["word"]) - len(tail["more"] or "")]


def word_continues(text: str, stop: int) -> bool:
    """Whether a word continues at `stop`."""
    return text[stop : stop + 1].isalnum()


def _open_ended(text: str, core: Quantity) -> _Read:
    """A figure with a plus after it, which only makes it a bound: with its unit ("5+ years"), or alone without one."""
    end, quantity = attach_unit(text, core._replace(end=core.end + 1))
    return (end, quantity) if quantity and quantity.end > core.end + 1 else _alone(core)


def _is_ratio(text: str, core: Quantity) -> bool:
    """Whether two figures with a slash are a ratio or a label (65/35, 46/2008) rather than a fraction (2/3, 1/250)."""
    top, _, bottom = core.low.lstrip("-").partition("/")
    if core.type == "money" or not (top.isdecimal() and bottom.isdecimal()) or len(top) > 4 or len(bottom) > 6:
        return False
    if text[core.end : core.end + 2].lower() in _ORDINAL_ENDINGS:
        return False
    first, second = int(top), int(bottom)
    fine = second <= 16 or second in _FINE_DENOMINATORS or (first == 1 and not looks_like_year(bottom))
    return not (first < second and fine)


_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))

_FINE_DENOMINATORS = frozenset((20, 24, 25, 32, 48, 64, 100, 128, 1000, 2000))
"""Denominators of finer fractions: of an inch, of time, of a hundred."""


# Scales


def _scale_of(core: Quantity, tail: re.Match[str]) -> int | None:
    """The factor of the word after a figure; None if it is no scale."""
    gap, word = tail["gap"], _base(tail)
    lower = word.lower()
    if gap:
        return _separate_scale(core, gap, lower)
    if core.words:
        return None
    if core.type == "money" or lower in _CLEAR_SUFFIXES:
        return SCALE_SUFFIXES.get(lower) or SHORT_SCALES.get(lower)
    if word in ("M", "MM", "B") and _stands_free(core, tail):
        return SCALE_SUFFIXES[lower]
    return SCALES.get(lower)


_CLEAR_SUFFIXES = frozenset(("k", "bn", "mn", "mil", "mio", "mln", "bln", "tln"))
"""Suffixes that are scales with any figure, not only with money."""


def _separate_scale(core: Quantity, gap: str, word: str) -> int | None:
    """The factor of a word that stands apart from its figure."""
    if word in SCALES:
        return None if core.words else SCALES[word]
    if "-" in gap:
        return None
    suffix = SCALE_SUFFIXES.get(word) if core.type == "money" and gap == " " and word != "t" else None
    return SHORT_SCALES.get(word) or suffix


def _stands_free(core: Quantity, tail: re.Match[str]) -> bool:
    """Whether a letter against a figure is a scale ("10M", "1M views") rather than part of a code ("the 1M")."""
    rest = tail.string[tail.end() : tail.end() + 12]
    if rest and (rest[0].isalnum() or rest[0] in "'’"):
        return False
    return len(core.low) > 1 or bool(re.match(r" [a-z]{3,}s\b", rest))


# The word after a figure


def _with_tail(text: str, core: Quantity, tail: re.Match[str]) -> _Read:
    """A figure with the word after it, or alone if that word says nothing."""
    word, gap, end = tail["word"].lower(), tail["gap"], tail.end()
    if core.type == "money":
        return _with_second_currency(core, tail)
    if percent_end := _percent_end(text, word, end):
        return _with_unit(core, percent_end, "percent", "%")
    if not gap and not core.words:
        return _with_glued(text, core, tail)
    if word == "grand" and gap == " " and not word_continues(text, end):
        return end, core._replace(end=end, type="money", low=scale_digits(core.low, 1000), unit="$")
    if word in CURRENCY_WORDS and _is_currency(text, tail):
        return _with_currency(core, end, CURRENCY_WORDS[word])
    unit_end, unit = _unit_after(text, core, tail)
    if unit:
        return _with_quantity_unit(_drop_thousands_point(core) if word in _POINTED_UNITS else core, unit_end, unit)
    return _alone(core)


_PERCENT_PHRASES = {"per": " cent", "por": " ciento", "pour": " cent"}
"""Percent signs of two words: the first one, and the rest."""


def _percent_end(text: str, word: str, end: int) -> int:
    """Where the percent sign ends whose first word ends at `end`; 0 if it is none."""
    if word in PERCENT_WORDS:
        return 0 if text[end : end + 6].lower().startswith(" point") else end
    rest = _PERCENT_PHRASES.get(word, "")
    return end + len(rest) if rest and text[end : end + len(rest)].lower() == rest else 0


_NOT_CURRENCIES = frozenset(("us", "US", "won", "Won", "rand", "Rand", "kr", "rub", "try"))
"""Currencies that more often are other words."""


def _is_currency(text: str, tail: re.Match[str]) -> bool:
    """Whether a currency after a figure belongs to it: not another word, and not the sign of the next amount."""
    if len(tail["word"]) == 1:
        return "-" not in tail["gap"] and not text[tail.end() : tail.end() + 2].strip()[:1].isdigit()
    return tail["word"] not in _NOT_CURRENCIES or len(tail["word"]) > 3


def _with_currency(core: Quantity, end: int, symbol: str) -> tuple[int, Quantity]:
    return _with_unit(_drop_thousands_point(core) if symbol == "€" else core, end, "money", symbol)


def _with_second_currency(core: Quantity, tail: re.Match[str]) -> tuple[int, Quantity]:
    """Money with its currency before it and once more, or more precisely, after it: $5 CAD, $70 billion dollars."""
    symbol = CURRENCY_WORDS.get(tail["word"].lower()) if tail["gap"] else None
    if symbol and _is_currency(tail.string, tail) and (symbol == core.unit or (core.unit == "$" and len(symbol) == 3)):
        return tail.end(), core._replace(end=tail.end(), unit=symbol)
    return core.end, core


def _drop_thousands_point(core: Quantity) -> Quantity:
    """A figure such as 10.000 without its point, as written in languages that separate thousands with points."""
    whole, _, rest = core.low.partition(".")
    if not whole.isdecimal():
        return core
    return core._replace(low=whole + rest) if len(rest) == 3 and whole != "0" and len(whole) < 4 else core


_POINTED_UNITS = frozenset(
    split_words("""
        jahre jahren tage tagen stunden minuten wochen monate monaten kilometern metern personen seiten ans années jours
        heures personnes personas años días horas kilomètres
        """)
)
"""Units in languages that separate thousands with points."""

_AGES = {"years old": "years", "months old": "months", "weeks old": "weeks", "days old": "days"}


def _with_quantity_unit(core: Quantity, end: int, unit: str) -> tuple[int, Quantity]:
    """A figure with its unit; an age is compared as a length of time."""
    quantity = core._replace(end=end, type="quantity", unit=unit)
    if unit in _AGES:
        quantity = quantity._replace(value=f"{normalise_digits(core.low)} {unit}", unit=_AGES[unit])
    return end, quantity


# Letters written against a figure


def _with_glued(text: str, core: Quantity, tail: re.Match[str]) -> _Read:
    """A figure with letters written against it: 3rd, 1990s, 5km, 16GB; other letters make it no number."""
    word, stop = tail["word"].lower(), tail.end()
    if word in _STROKES:
        stop, unit = _feet(text, core, stop)
        return _with_unit(core, stop, "quantity", unit) if unit else _with_apostrophe(text, core)
    if not (word.isascii() or word in UNITS or word in CURRENCY_WORDS):
        return _alone(core)
    if word_continues(text, stop):
        return word_end(text, stop), None
    return _with_ending(text, core, tail)


def _with_ending(text: str, core: Quantity, tail: re.Match[str]) -> _Read:
    """A figure with letters against it, which are an ordinal's ending, a decade's, a currency or a unit."""
    word, stop = tail["word"].lower(), tail.end()
    if word in _ORDINAL_ENDINGS and (core.low.isdecimal() or "/" in core.low):
        return _with_unit(core, stop, "ordinal" if core.low.isdecimal() else "number", "")
    if word == "s" and core.low.isdecimal() and core.low.endswith("0"):
        return stop, _decade(text, core, stop)
    if word in CURRENCY_WORDS:
        return _with_currency(core, stop, CURRENCY_WORDS[word]) if _is_currency(text, tail) else _alone(core)
    if word == "ish":
        return stop, core._replace(end=stop, about=True)
    return _with_glued_unit(text, core, tail)


def _with_glued_unit(text: str, core: Quantity, tail: re.Match[str]) -> _Read:
    word, stop = tail["word"].lower(), tail.end()
    unit = _glued_unit(core, tail)
    if not unit:
        return _alone(core) if word == "s" else (stop, None)
    if word in _QUOTES and _closes_quotation(text, core.start, word):
        return _alone(core)
    if word == "g" and _is_network(text, core, stop):
        return stop, None
    return _with_unit(core, tail.start("more") if tail["more"] and word not in UNITS else stop, "quantity", unit)


def _with_apostrophe(text: str, core: Quantity) -> tuple[int, Quantity]:
    """80's is a decade too."""
    stop = core.end + 2
    is_decade = core.low.isdecimal() and core.low.endswith("0") and text[core.end + 1 : stop] == "s"
    return (stop, _decade(text, core, stop)) if is_decade and not word_continues(text, stop) else _alone(core)


def _glued_unit(core: Quantity, tail: re.Match[str]) -> str:
    """The unit that letters against a figure stand for; "" if they are none."""
    written = tail["word"]
    if written == "a":
        return ""
    if written in _CODE_ENDINGS:
        return _LETTER_UNITS.get(written, "") if len(core.low) > 1 else ""
    unit = UNITS.get(written.lower()) or UNITS.get(_base(tail).lower())
    return unit or (written.lower() if len(written) > 5 and _is_plural(written) else "")


def _is_network(text: str, core: Quantity, stop: int) -> bool:
    """Whether 4g is a telephone network rather than four grams."""
    if core.low not in ("2", "3", "4", "5", "6"):
        return False
    following = text_after(text, stop).replace("-", " ").lstrip(" ").partition(" ")[0]
    return following.rstrip(".,;:!?)") in _NETWORK_WORDS


_NETWORK_WORDS = frozenset(
    split_words(
        "network networks phone phones coverage tower towers lte modem modems connection connections signal wireless "
        "speeds service internet spectrum rollout antenna antennas device devices smartphone smartphones netz handy"
    )
)
"""Words that follow the name of a telephone network."""

_CODE_ENDINGS = frozenset(["M", "S", "G", "X", "H", "T", "D", "C", "F", "Ms", "As", "Gs", "Xs", "Ds", "Is"])
"""Letters that make a figure a code ("1M", "3 1Ms") rather than a quantity."""

_LETTER_UNITS = {"G": "gb", "C": "°c", "F": "°f"}
"""Those of them that are units after two digits or more."""


def _decade(text: str, core: Quantity, stop: int) -> Quantity:
    """The 1990s, the 90s; but "in his 20s" is an age, and 600s are no years."""
    digits = core.low
    if looks_like_year(digits):
        return make_decade(core.start, stop, int(digits))
    lead = word_before(text, core.start)
    if len(digits) == 2 and ((digits > "20" and lead not in _BEFORE_AGE) or lead in _BEFORE_DECADE):
        return make_decade(core.start, stop, expand_year(digits))
    high = str(int(digits) + 9) if len(digits) == 2 else ""
    return core._replace(end=stop, high=high, value=digits + "s")


_BEFORE_AGE = frozenset(
    ("his", "her", "their", "my", "your", "our", "its", "low", "lower", "high", "upper", "mid", "into")
)
"""Words before figures such as 60s that make them an age or a temperature."""

_BEFORE_DECADE = frozenset(("the", "early", "late", "since"))
"""Words before figures that make them a decade although they are small numbers too."""


# Units and counted nouns


def _unit_after(text: str, core: Quantity, tail: re.Match[str]) -> tuple[int, str]:
    """Where the unit or counted noun after a figure ends, and its normal form; "" if there is none."""
    none = core.end, ""
    if phrase := _multiword_unit(text, tail):
        return phrase
    word, written, stop = tail["word"].lower(), tail["word"], tail.end()
    if word_continues(text, stop) or _is_other_sign(text, core, word, stop):
        return none
    if word in _STROKES:
        return _feet(text, core, stop)
    if word not in UNITS and tail["more"]:
        word, written, stop = _base(tail).lower(), _base(tail), tail.start("more")
    if word in UNITS:
        return none if _is_doubtful(core, written, word) else (stop, UNITS[word])
    is_noun = tail["gap"] == " " and _is_plural(written) and _is_counting(text, core)
    return (stop, word) if is_noun else none


def _is_other_sign(text: str, core: Quantity, word: str, stop: int) -> bool:
    """Whether a sign that may mean inches ends a quotation, or is followed by more text."""
    if word in ("in", '"') and text[stop : stop + 2].partition("\n")[0].strip(" .,;:!?)"):
        return True
    return word in _QUOTES and _closes_quotation(text, core.start, word)


def _multiword_unit(text: str, tail: re.Match[str]) -> tuple[int, str] | None:
    """The unit of two or three words after a figure, and where it ends."""
    at = tail.start("word")
    if _base(tail).lower() in MULTIWORD_UNIT_STARTS and (match := number_patterns().long.match(text, at)):
        parts = match.group().lower().split(" ")
        for size in range(len(parts), 0, -1):
            phrase = " ".join(parts[:size])
            if phrase in MULTIWORD_UNITS and not word_continues(text, at + len(phrase)):
                return at + len(phrase), MULTIWORD_UNITS[phrase]
    if tail["word"].lower() == "per" and (match := number_patterns().per.match(text, at)):
        return match.end(), match.group().lower()
    return None


_QUOTES = frozenset('"”″')
_STROKES = frozenset("’′")


def _closes_quotation(text: str, start: int, mark: str) -> bool:
    """Whether a mark after a figure ends a quotation that began on its line, rather than meaning inches."""
    line = text[max(0, start - 80) : start].rpartition("\n")[2]
    return line.rfind("“") > line.rfind("”") if mark == "”" else mark == '"' and line.count('"') % 2 == 1


def _feet(text: str, core: Quantity, stop: int) -> tuple[int, str]:
    """A stroke after a figure means feet, unless it ends a quotation."""
    quoted = "‘" in text[max(0, core.start - 60) : core.start].rpartition("\n")[2]
    if quoted or stop > core.end + 1 or word_continues(text, stop) or len(core.low) < 2:
        return core.end, ""
    return stop, "ft"


def _is_counting(text: str, core: Quantity) -> bool:
    """Whether a figure before a plural noun counts it, rather than being a year or a label ("page 5 shows")."""
    if (looks_like_year(core.low) and not core.words) or normalise_digits(core.low) == "1":
        return False
    return word_before(text, core.start).rstrip(".") not in LABEL_WORDS


def _is_doubtful(core: Quantity, written: str, word: str) -> bool:
    """Whether a word that is also a unit is more likely the word or letter that it looks like."""
    if word not in AMBIGUOUS_UNITS:
        return core.words and core.low == "1" and word in _SINGULAR_NOUNS
    return word in _RARE_UNITS or (core.words and word != "h") or written in ("A", "M", "S", "I")


_SINGULAR_NOUNS = frozenset(("day", "time", "point", "guy", "man", "kid", "person"))
"""Nouns that "one" seldom counts: one day, one time."""

_RARE_UNITS = frozenset(("a", "us", "st", "head", "x", "t"))
"""Ambiguous units that are never taken for units after a gap."""


def _is_plural(word: str) -> bool:
    """Whether a word looks like the plural of something that is counted."""
    if len(word) < 4 or word[-1] not in "sS" or word[-2:] in ("ss", "us", "is", "SS", "US", "IS"):
        return False
    return (word.islower() or word.isupper() or word[1:].islower()) and word.lower() not in NOT_COUNTED_NOUNS
