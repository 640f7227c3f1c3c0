"""What follows a figure or number words: a scale, a percent sign, an ordinal's ending, a currency, a unit or a noun."""

from __future__ import annotations

import re

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
from rumor_tui.marks.numbers.dates import expand_year, make_decade
from rumor_tui.marks.numbers.decimals import normalise_digits, scale_digits
from rumor_tui.marks.numbers.patterns import number_patterns
from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import text_after, word_before


def attach_unit(text: str, core: Quantity) -> tuple[int, Quantity | None]:
    """Where to read on after a figure whose digits have been read, and the figure with what follows it.

    None when it turns out to be a part of a word. `core` is of type "money" when its currency stands before it.
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
        core = core._replace(
            end=end + len(tail["gap"]) + len(_base(tail)), low=scale_digits(core.low, scale), scale=scale
        )
    return core.end, without_unit(core)


_BLANKS = frozenset((" ", "\u00a0"))


def _open_ended(text: str, core: Quantity) -> tuple[int, Quantity | None]:
    """A figure with a plus behind it, which is only its bound: with its unit ("5+ years"), or alone without one."""
    end, each = attach_unit(text, core._replace(end=core.end + 1))
    return (end, each) if each and each.end > core.end + 1 else (core.end, without_unit(core))


def _is_ratio(text: str, core: Quantity) -> bool:
    """Whether two figures with a slash are a ratio or a label (65/35, 46/2008) rather than a fraction (2/3, 1/250)."""
    top, _, bottom = core.low.lstrip("-").partition("/")
    if core.type == "money" or not (top.isdecimal() and bottom.isdecimal()) or len(top) > 4 or len(bottom) > 6:
        return False
    if text[core.end : core.end + 2].lower() in ("th", "rd", "nd", "st"):
        return False
    first, second = int(top), int(bottom)
    fine = second <= 16 or second in _FINE or (first == 1 and not looks_like_year(bottom))
    return not (first < second and fine)


_FINE = frozenset((20, 24, 25, 32, 48, 64, 100, 128, 1000, 2000))
"""Bottoms of finer fractions: of an inch, of time, of a hundred."""


_CLOSED = frozenset(("", ",", ".", ";", ":", ")", "\n", "?", "!", "/"))
"""What ends a number for good, so that no unit needs to be looked for."""


def _scale_of(core: Quantity, tail: re.Match[str]) -> int | None:
    """What the word after a figure multiplies it by; None when it is no scale."""
    gap, word = tail["gap"], _base(tail)
    lower = word.lower()
    if gap:
        if "-" in gap and lower not in SCALES:
            return None
        if core.words and lower in SCALES:
            return None
        money = SCALE_SUFFIXES.get(lower) if core.type == "money" and gap == " " and lower != "t" else None
        return SCALES.get(lower) or SHORT_SCALES.get(lower) or money
    if core.words:
        return None
    if core.type == "money" or lower in ("k", "bn", "mn", "mil", "mio", "mln", "bln", "tln"):
        return SCALE_SUFFIXES.get(lower) or SHORT_SCALES.get(lower)
    if word in ("M", "MM", "B") and _stands_free(core, tail):
        return SCALE_SUFFIXES[lower]
    return SCALES.get(lower)


def _stands_free(core: Quantity, tail: re.Match[str]) -> bool:
    """Whether a letter against a figure is a scale ("10M", "1M views") rather than a code's ("the 1M")."""
    rest = tail.string[tail.end() : tail.end() + 12]
    if rest[:1].isalnum() or (rest[:1] in "'’" and rest[:1]):
        return False
    return len(core.low) > 1 or bool(re.match(r" [a-z]{3,}s\b", rest))


def without_unit(core: Quantity) -> Quantity:
    """A figure with nothing after it."""
    if core.type == "number" and not core.words and core.end - core.start == 4 and looks_like_year(core.low):
        return core._replace(type="year")
    return core


def looks_like_year(digits: str) -> bool:
    """Whether plain digits look like a year."""
    return len(digits) == 4 and digits.isdecimal() and "1500" <= digits < "2100"


def _with_tail(text: str, core: Quantity, tail: re.Match[str]) -> tuple[int, Quantity | None]:
    """A figure with the word after it, or alone when that word says nothing."""
    word, gap, end = tail["word"].lower(), tail["gap"], tail.end()
    if core.type == "money":
        return _with_money(core, tail)
    if word in PERCENT_WORDS and not text[end : end + 6].lower().startswith(" point"):
        return _with_unit(core, end, "percent", "%")
    cent = _CENT.get(word)
    if cent and text[end : end + len(cent)].lower() == cent:
        return _with_unit(core, end + len(cent), "percent", "%")
    if not gap and not core.words:
        return _with_glued(text, core, tail)
    if word == "grand" and gap == " " and not text[end : end + 1].isalnum():
        return end, core._replace(end=end, type="money", low=scale_digits(core.low, 1000), unit="$")
    symbol = CURRENCY_WORDS.get(word)
    if symbol and _is_money(text, tail):
        return _with_unit(_drop_thousands_point(core) if symbol == "€" else core, end, "money", symbol)
    unit_end, unit = _unit(text, core, tail)
    if unit:
        return _quantity(_drop_thousands_point(core) if word in _POINTS else core, unit_end, unit)
    return core.end, without_unit(core)


_CENT = {"per": " cent", "por": " ciento", "pour": " cent"}
"""The first word of a percent sign in two words, and the rest of it."""

_NO_MONEY = frozenset(("us", "US", "won", "Won", "rand", "Rand", "kr", "rub", "try"))
"""Currencies that are other words more often."""


def _is_money(text: str, tail: re.Match[str]) -> bool:
    """Whether a currency after a figure is its own: not another word, and not the sign of the next amount."""
    if len(tail["word"]) == 1:
        return "-" not in tail["gap"] and not text[tail.end() : tail.end() + 2].strip()[:1].isdigit()
    return tail["word"] not in _NO_MONEY or len(tail["word"]) > 3


def _drop_thousands_point(core: Quantity) -> Quantity:
    """A figure such as 10.000 whose point parts thousands, as with what is written in a language that does so."""
    whole, _, rest = core.low.partition(".")
    if not whole.isdecimal():
        return core
    return core._replace(low=whole + rest) if len(rest) == 3 and whole != "0" and len(whole) < 4 else core


_POINTS = frozenset(
    split_words("""
        jahre jahren tage tagen stunden minuten wochen monate monaten kilometern metern personen seiten ans années jours
        heures personnes personas años días horas kilomètres
        """)
)
"""Units in languages that part thousands with a point."""

_AGES = {"years old": "years", "months old": "months", "weeks old": "weeks", "days old": "days"}


def _quantity(core: Quantity, end: int, unit: str) -> tuple[int, Quantity]:
    """A figure with its unit; an age is compared as the time that it is."""
    figure = core._replace(end=end, type="quantity", unit=unit)
    if unit in _AGES:
        figure = figure._replace(value=f"{normalise_digits(core.low)} {unit}", unit=_AGES[unit])
    return end, figure


def _with_unit(core: Quantity, end: int, type_: str, unit: str) -> tuple[int, Quantity]:
    return end, core._replace(end=end, type=type_, unit=unit)


def _with_money(core: Quantity, tail: re.Match[str]) -> tuple[int, Quantity]:
    """Money whose sign stands before it, with its currency once more or more exactly: $5 CAD, $70 billion dollars."""
    symbol = CURRENCY_WORDS.get(tail["word"].lower()) if tail["gap"] else None
    if symbol and _is_money(tail.string, tail) and (symbol == core.unit or (core.unit == "$" and len(symbol) == 3)):
        return tail.end(), core._replace(end=tail.end(), unit=symbol)
    return core.end, core


def _with_glued(text: str, core: Quantity, tail: re.Match[str]) -> tuple[int, Quantity | None]:
    """A figure with letters written against it: 3rd, 1990s, 5km, 16GB; other letters make it no number."""
    written, stop = tail["word"], tail.end()
    word, digits = written.lower(), core.low
    if word in ("’", "′"):
        stop, unit = _feet(text, core, stop)
        return _with_unit(core, stop, "quantity", unit) if unit else _apostrophe(text, core)
    if not (word.isascii() or word in UNITS or word in CURRENCY_WORDS):
        return core.end, without_unit(core)
    if text[stop : stop + 1].isalnum():
        return _word_end(text, stop), None
    if word in ("st", "nd", "rd", "th") and (digits.isdecimal() or "/" in digits):
        return _with_unit(core, stop, "ordinal" if digits.isdecimal() else "number", "")
    if digits.isdecimal() and word == "s" and digits.endswith("0"):
        return stop, _decade(text, core, stop)
    if word in CURRENCY_WORDS:
        money = CURRENCY_WORDS[word]
        return (
            _with_unit(_drop_thousands_point(core) if money == "€" else core, stop, "money", money)
            if _is_money(text, tail)
            else (core.end, without_unit(core))
        )
    if word == "ish":
        return stop, core._replace(end=stop, about=True)
    unit = _glued_unit(core, tail, word, written)
    if unit:
        if word in _QUOTES and _closes(text, core.start, word):
            return core.end, without_unit(core)
        if word == "g" and _is_network(text, core, stop):
            return stop, None
        return _with_unit(core, tail.start("more") if tail["more"] and word not in UNITS else stop, "quantity", unit)
    if word == "s":
        return core.end, without_unit(core)
    return stop, None


def _apostrophe(text: str, core: Quantity) -> tuple[int, Quantity]:
    """80's is a decade too."""
    stop = core.end + 2
    if (
        text[core.end + 1 : stop] == "s"
        and core.low.isdecimal()
        and core.low.endswith("0")
        and not word_continues(text, stop)
    ):
        return stop, _decade(text, core, stop)
    return core.end, without_unit(core)


def _glued_unit(core: Quantity, tail: re.Match[str], word: str, written: str) -> str:
    """The unit of letters that are written against a figure; '' when they are none."""
    if written == "a":
        return ""
    if written in _CODE_ENDS:
        return _LETTER_UNITS.get(written, "") if len(core.low) > 1 else ""
    base = _base(tail).lower()
    unit = UNITS.get(word) or UNITS.get(base) or ""
    return unit or (word if len(word) > 5 and _is_plural(written) else "")


def _is_network(text: str, core: Quantity, stop: int) -> bool:
    """Whether 4g is a network of telephones rather than four grams."""
    if core.low not in ("2", "3", "4", "5", "6"):
        return False
    return text_after(text, stop).replace("-", " ").lstrip(" ").partition(" ")[0].rstrip(".,;:!?)") in _TELEPHONES


_TELEPHONES = frozenset(
    split_words(
        "network networks phone phones coverage tower towers lte modem modems connection connections signal wireless "
        "speeds service internet spectrum rollout antenna antennas device devices smartphone smartphones netz handy"
    )
)
"""What follows the name of a network of telephones."""

_CODE_ENDS = frozenset(["M", "S", "G", "X", "H", "T", "D", "C", "F", "Ms", "As", "Gs", "Xs", "Ds", "Is"])
"""Letters that written against a figure make a code ("1M", "3 1Ms") rather than a unit."""

_LETTER_UNITS = {"G": "gb", "C": "°c", "F": "°f"}
"""Those of them that measure after two digits or more."""


def _decade(text: str, core: Quantity, stop: int) -> Quantity:
    """The 1990s, the 90s; but "in his 20s" is an age, and 600s are no years."""
    digits = core.low
    if looks_like_year(digits):
        return make_decade(core.start, stop, int(digits))
    lead = word_before(text, core.start)
    if len(digits) == 2 and ((digits > "20" and lead not in _AGE) or lead in _BEFORE_DECADE):
        return make_decade(core.start, stop, expand_year(digits))
    high = str(int(digits) + 9) if len(digits) == 2 else ""
    return core._replace(end=stop, high=high, value=digits + "s")


_AGE = frozenset(("his", "her", "their", "my", "your", "our", "its", "low", "lower", "high", "upper", "mid", "into"))
"""Words before figures such as 60s that are an age or a temperature."""

_BEFORE_DECADE = frozenset(("the", "early", "late", "since"))
"""Words before a decade, for those that are also small numbers."""


def _word_end(text: str, end: int) -> int:
    size = len(text)
    while end < size and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return end


def _unit(text: str, core: Quantity, tail: re.Match[str]) -> tuple[int, str]:
    """Where the unit or counted noun after a figure ends, and its normal form; an empty one when there is none."""
    at, written = tail.start("word"), tail["word"]
    word, stop = written.lower(), tail.end()
    first = _base(tail).lower()
    if first in MULTIWORD_UNIT_STARTS and (unit := _long_unit(text, at)):
        return unit
    if word == "per" and (found := number_patterns().per.match(text, at)):
        return found.end(), found.group().lower()
    if word in _QUOTES and _closes(text, core.start, word):
        return core.end, ""
    if text[stop : stop + 1].isalnum() or (
        word in ("in", '"') and text[stop : stop + 2].partition("\n")[0].strip(" .,;:!?)")
    ):
        return core.end, ""
    if word in ("’", "′"):
        return _feet(text, core, stop)
    if word not in UNITS and tail["more"]:
        word, written, stop = first, _base(tail), tail.start("more")
    if word in UNITS:
        return (core.end, "") if _doubtful(core, written, word) else (stop, UNITS[word])
    if tail["gap"] != " " or not _is_plural(written) or not _is_counting(text, core):
        return core.end, ""
    return stop, word


_QUOTES = frozenset('"”″')


def _closes(text: str, start: int, mark: str) -> bool:
    """Whether a mark after a figure ends a quotation that began on its line, rather than saying inches."""
    line = text[max(0, start - 80) : start].rpartition("\n")[2]
    return line.rfind("“") > line.rfind("”") if mark == "”" else mark == '"' and line.count('"') % 2 == 1


def _feet(text: str, core: Quantity, stop: int) -> tuple[int, str]:
    """A stroke after a figure says feet, unless it ends a quotation."""
    quoted = "‘" in text[max(0, core.start - 60) : core.start].rpartition("\n")[2]
    return (
        (core.end, "")
        if quoted or stop > core.end + 1 or word_continues(text, stop) or len(core.low) < 2
        else (stop, "ft")
    )


def word_continues(text: str, stop: int) -> bool:
    """Whether a word goes on at `stop`."""
    return text[stop : stop + 1].isalnum()


def _base(tail: re.Match[str]) -> str:
    """The word after a figure without what stands behind a slash."""
    return tail["word"][: len(tail["word"]) - len(tail["more"] or "")]


def _is_counting(text: str, core: Quantity) -> bool:
    """Whether a figure before a plural noun counts it, rather than being a year or a label ("page 5 shows")."""
    if (looks_like_year(core.low) and not core.words) or normalise_digits(core.low) == "1":
        return False
    return word_before(text, core.start).rstrip(".") not in LABEL_WORDS


def _doubtful(core: Quantity, written: str, word: str) -> bool:
    """Whether a word that is also a unit is more likely the word or letter that it looks like."""
    if word not in AMBIGUOUS_UNITS:
        return core.words and core.low == "1" and word in ("day", "time", "point", "guy", "man", "kid", "person")
    return (
        word in ("a", "us", "st", "head", "x", "t") or (core.words and word != "h") or written in ("A", "M", "S", "I")
    )


def _long_unit(text: str, at: int) -> tuple[int, str] | None:
    """The unit of two or three words that starts at `at`."""
    found = number_patterns().long.match(text, at)
    if found is None:
        return None
    parts = found.group().lower().split(" ")
    for size in range(len(parts), 0, -1):
        phrase = " ".join(parts[:size])
        unit = MULTIWORD_UNITS.get(phrase)
        if unit and not text[at + len(phrase) : at + len(phrase) + 1].isalnum():
            return at + len(phrase), unit
    return None


def _is_plural(word: str) -> bool:
    """Whether a word looks like the plural of something that is counted."""
    if len(word) < 4 or word[-1] not in "sS" or word[-2:] in ("ss", "us", "is", "SS", "US", "IS"):
        return False
    return (word.islower() or word.isupper() or word[1:].islower()) and word.lower() not in NOT_COUNTED_NOUNS
