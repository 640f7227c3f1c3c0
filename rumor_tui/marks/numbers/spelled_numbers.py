"""Numbers in words where they stand in a text: with their article and unit, without idioms and parts of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS, DECADE_WORDS, GERMAN_CARDINALS, MONTHS, SCALES
from rumor_tui.marks.data.units import LABEL_WORDS, UNITS
from rumor_tui.marks.language import ENGLISH_FUNCTION_WORDS
from rumor_tui.marks.numbers import number_words
from rumor_tui.marks.numbers.dates import make_decade
from rumor_tui.marks.numbers.number_words import NUMBER_WORD_CLASSES
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity
from rumor_tui.marks.numbers.suffixes import attach_unit
from rumor_tui.marks.scanning import CONTEXT_CHARS, case_variants, find_words, text_after, word_before, words_before

_REACH = 80
"""Characters of a sentence that are looked at on each side."""


@lru_cache(maxsize=1)
def _sentence_ends() -> re.Pattern[str]:
    return re.compile(r"[.!?:]\s|[\n;•]")


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the number word text[start:end] is a part of a name, told by the capitals of its sentence.

    One in capitals is, but for sentences that are all in capitals, and where it stresses what is counted ("TEN years").
    One with a capital is where the words next to it have some too, but for headlines.
    """
    if not text[start].isupper():
        return False
    left = _sentence_ends().split(text[max(0, start - _REACH) : start])[-1].split()
    right = _sentence_ends().split(text[end : end + _REACH], maxsplit=1)[0].split()
    if end - start > 1 and text[start:end].isupper():
        return _is_mixed(left + right) and not (right and text[end] == " " and _is_counted_noun(right[0]))
    if text[start:end].lower() in SCALES:
        return False
    before = left[-1] if left and text[start - 1] == " " else ""
    after = right if text[end : end + 1] == " " else []
    if _is_headline([*left, *right]) or _is_amount(after):
        return False
    if _opens_name(before):
        return True
    return sum(1 for word in after[:2] if _has_capital(word)) > (not left) and _has_capital(after[0])


def _is_mixed(words: list[str]) -> bool:
    return any(char.islower() for word in words for char in word)


def _is_counted_noun(word: str) -> bool:
    """Whether a word is written small, and is a unit or a noun in the plural."""
    word = word.strip(".,;:!?)\"'")
    return word.islower() and (
        word in UNITS or word in NUMBER_WORD_CLASSES or word in CURRENCY_WORDS or word.endswith("s")
    )


def _is_amount(words: list[str]) -> bool:
    """Whether an amount goes on: Five Million, Ten Dollars, Two Years; but not Nine Inch Nails."""
    word = words[0].strip(".,;:!?)\"'").lower() if words else ""
    if word in UNITS:
        return not (len(words) > 1 and _has_capital(words[1]))
    return word in NUMBER_WORD_CLASSES or word in CURRENCY_WORDS


def _has_capital(word: str) -> bool:
    return word[:1].isupper() and word != "I" and not word.startswith("I'")


def _opens_name(word: str) -> bool:
    """Whether a word before a number word makes it a part of a name, rather than a label or a date of it."""
    lower = word.lower()
    return (
        word.isalpha()
        and _has_capital(word)
        and not (
            lower in LABEL_WORDS or lower in MONTHS or lower in NUMBER_WORD_CLASSES or lower in ENGLISH_FUNCTION_WORDS
        )
    )


def _is_headline(words: list[str]) -> bool:
    """Whether nearly all longer words have a capital, so that one says nothing."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(1 for word in long if word[0].isupper()) > 0.7 * len(long)


def find_spelled_numbers(text: str, words: AbstractSet[str]) -> Iterator[Quantity]:
    """Spelled-out numbers with their units."""
    done = 0
    for at, word in find_words(text, words):
        if (
            at < done
            or is_part_of_name(text, at, at + len(word))
            or (at and text[at - 1] in _GLUE and _is_glued(text, at))
        ):
            continue
        years = DECADE_WORDS.get(word.lower())
        if years:
            yield from _decade(text, at, at + len(word), years)
            continue
        start = _article(text, at, done)
        found = number_words.read_number_words(text, start)
        if found is None and start < at:
            start, found = at, number_words.read_number_words(text, at)
        if found is None:
            continue
        end, each = _spelled(text, start, found)
        done = max(end, found.end)
        if each:
            yield each


GERMAN_TRIGGERS = case_variants(GERMAN_CARDINALS)
"""Words without one of which a German text holds no spelled-out number."""


def find_german_numbers(text: str, words: AbstractSet[str]) -> Iterator[Quantity]:
    """Spelled-out numbers of a German text with their units; `words` are those of `GERMAN_TRIGGERS` that it has."""
    for at, word in find_words(text, words):
        core = Quantity(at, at + len(word), "number", str(GERMAN_CARDINALS[word.lower()]), words=True)
        _, each = attach_unit(text, core)
        if each:
            yield each


_GLUE = frozenset("'’…*")
"""What glues a number word to the letters before it, so that it is a part of their word."""


def _is_glued(text: str, at: int) -> bool:
    """Whether a word goes on a broken one: I…ten; but not "well…two", where the dots part two words."""
    begin = at - 1
    while begin and begin > at - 5 and text[begin - 1].isalnum():
        begin -= 1
    return begin < at - 1 and (text[at - 1] != "…" or begin == at - 2)


def _decade(text: str, start: int, end: int, year: int) -> Iterator[Quantity]:
    """The nineties; but "in her twenties" is an age."""
    if word_before(text, start) in ("the", "early", "mid", "late", "since"):
        yield make_decade(start, end, year)


def _article(text: str, at: int, done: int) -> int:
    """Where a number begins whose first number word stands at `at`: at the article before it, if there is one."""
    lead = text[max(done, at - 8) : at].lower()
    for article in ("half a ", "an ", "a "):
        if lead.endswith(article) and not lead[: -len(article)][-1:].isalnum():
            return at - len(article)
    return at


def _spelled(text: str, start: int, found: number_words.WordNumber) -> tuple[int, Quantity | None]:
    """Where to read on, and the figure that a number in words is with what follows it."""
    raw = text[start : found.end].lower()
    if found.ordinal:
        idle = _is_idle(text, start, found.end, raw)
        return found.end, None if idle else Quantity(start, found.end, "ordinal", found.digits, words=True)
    core = Quantity(start, found.end, "number", found.digits, scale=found.scale, words=True)
    if found.digits in ("1/2", "1/4") and (each := _and_a_half(text, core)):
        return each.end, each
    if raw == "half" or (raw == "dozen" and word_before(text, start) not in ("few", "couple", "of", "several", "many")):
        return _lonely(text, core, raw)
    core = apply_minus(text, core)
    if (found.size == 1 and found.scale > 1) or raw == "hundred":
        core = _several(text, core)
    end, each = attach_unit(text, core)
    if each and each.low == "1" and each.type == "number" and raw == "one" and not _is_count(text, each):
        return end, each._replace(type=LONE_ONE)
    return end, each._replace(type="range") if each and each.high else each


def apply_minus(text: str, core: Quantity) -> Quantity:
    """The number with the "minus" or "negative" that stands before it, unless that takes away."""
    lead = word_before(text, core.start)
    if lead not in ("minus", "negative") or core.low.startswith("-"):
        return core
    begin = core.start - 1 - len(lead)
    earlier = word_before(text, begin)
    if earlier[-1:].isdigit() or (
        lead == "minus" and earlier in number_words.NUMBER_WORD_CLASSES and earlier not in ("a", "and")
    ):
        return core
    return core._replace(start=begin, low="-" + core.low)


def _several(text: str, core: Quantity) -> Quantity:
    """'a few hundred' is taken for 2 to 9 of them, 'a couple of dozen' for 2; both are estimates."""
    if core.low not in _ROUND:
        return core
    found = _vaguely().search(text, max(0, core.start - CONTEXT_CHARS), core.start)
    if found is None:
        return core
    scale = int(core.low)
    high = "" if found["couple"] else str(scale * 9)
    return core._replace(start=found.start(), low=str(scale * 2), high=high, about=True)


@lru_cache(maxsize=1)
def _vaguely() -> re.Pattern[str]:
    """How many of something round there are, more or less: "a few", "a couple of"."""
    return re.compile(r"(?<!\w)(?:a[ \u00a0])?(?:(?P<couple>couple(?:[ \u00a0]of)?)|few|several|many)[ \u00a0]$", re.I)


_ROUND = frozenset(("12", "100", "1000", "1000000", "1000000000"))


def _is_count(text: str, core: Quantity) -> bool:
    """Whether "one" counts ("only one", "one more") rather than standing for a noun ("that one", "one of them")."""
    lead = words_before(text, core.start, 2)
    if lead and text[core.start - 1] == " " and lead[-1] in _BEFORE_ONE:
        return lead[0] != "the" and (lead[-1] != "but" or lead[0] in ("all", "last", "none"))
    following = text_after(text, core.end).split()[:1]
    return bool(following) and text[core.end] == " " and following[0].strip(".,;:!?)") in _AFTER_ONE


_BEFORE_ONE = frozenset(
    ("only", "just", "exactly", "least", "most", "than", "number", "but", "negative", "minus", "plus")
)
_AFTER_ONE = frozenset(("last", "more", "final", "single", "extra", "additional"))


def _and_a_half(text: str, core: Quantity) -> Quantity | None:
    """'an hour and a half', 'a year and a half': the half belongs to the unit before it."""
    found = _unit_and().search(text, max(0, core.start - CONTEXT_CHARS), core.start)
    if found is None:
        return None
    whole = number_words.NUMBER_WORD_CLASSES[found["count"].lower()][1] if found["count"] else 1
    low = {"1/2": 5, "1/4": 25}[core.low]
    return Quantity(found.start(), core.end, "quantity", f"{whole}.{low}", UNITS[found["unit"].lower()])


@lru_cache(maxsize=1)
def _unit_and() -> re.Pattern[str]:
    counts = "an?|one|two|three|four|five|six|seven|eight|nine|ten"
    units = "hours?|years?|months?|weeks?|days?|minutes?|miles?"
    return re.compile(rf"\b(?:(?P<count>{counts}) )?(?P<unit>{units}) and $", re.IGNORECASE)


def _lonely(text: str, core: Quantity, raw: str) -> tuple[int, Quantity | None]:
    """'half' counts before a unit ("half an hour") and as a share ("more than half", "half of them")."""
    if raw != "half":
        end, each = attach_unit(text, core)
        return (end, each) if each and each.type == "quantity" else (core.end, None)
    tail = text_after(text, core.end)
    skipped = 4 if tail.startswith(" an ") else 3 if tail.startswith(" a ") else 1 if tail[:1] == "-" else 0
    end, each = attach_unit(text, core._replace(end=core.end + skipped - (skipped > 1)))
    if each and each.type in ("quantity", "percent") and each.unit in _MEASURES:
        return end, each
    share = tail.startswith(" of ") or word_before(text, core.start) in ("than", "over", "about", "nearly", "almost")
    return core.end, core if share else None


_MEASURES = frozenset(
    ("hours", "minutes", "days", "years", "months", "weeks", "mi", "km", "in", "lb", "gal", "pt", "cups", "%")
)


def _is_idle(text: str, start: int, end: int, raw: str) -> bool:
    """Whether an ordinal is a turn of speech ("for a second", "at first", "first of all") and counts nothing."""
    lead = word_before(text, start)
    tail = text_after(text, end)
    if raw in ("first", "second", "third") and tail[:1] == "," and _opens_sentence(text, start):
        return True
    if raw == "second":
        if lead == "the" and tail.startswith(_CLAUSES):
            return True
        return lead in ("a", "per", "every", "split", "each", "last", "one") or text[end : end + 5].lower() == "-hand"
    if raw == "first":
        return lead == "at" or tail.startswith((*_IDLE, " of all", " off", " and foremost", " place"))
    return raw == "third" and tail.startswith(_IDLE)


def _opens_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].rstrip(" \"'“*(>")[-1:] in ("", ".", "!", "?", ":", "\n")


_CLAUSES = (" you ", " i ", " he ", " she ", " they ", " we ", " it ", " you're ", " you've ", " i'm ", " that you ")
"""What follows "the second" where it means "as soon as"."""

_IDLE = ("-hand", "-party", " party", " parties", "-person", " person", "-rate")
"""What follows an ordinal in a turn of speech."""
