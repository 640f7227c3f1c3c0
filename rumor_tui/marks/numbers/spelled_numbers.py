"""Numbers in words as they occur in a text: with their article and unit, but not in idioms and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS, DECADE_WORDS, GERMAN_CARDINALS, MONTHS, SCALES
from rumor_tui.marks.data.units import LABEL_WORDS, UNITS
from rumor_tui.marks.language import ENGLISH_FUNCTION_WORDS
from rumor_tui.marks.numbers.dates import make_decade
from rumor_tui.marks.numbers.number_words import NUMBER_WORD_CLASSES, WordNumber, read_number_words
from rumor_tui.marks.numbers.quantity import LONE_ONE, Quantity
from rumor_tui.marks.numbers.suffixes import attach_unit
from rumor_tui.marks.scanning import (
    CONTEXT_CHARS,
    case_variants,
    find_words,
    lazy_pattern,
    text_after,
    word_before,
    words_before,
)

_REACH = 80
"""Characters of a sentence that are looked at on each side."""

_sentence_ends = lazy_pattern(r"[.!?:]\s|[\n;•]")


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the number word text[start:end] is part of a name, by the capitals of its sentence.

    A word in capitals is, unless the whole sentence is in capitals or the word stresses what is counted ("TEN years").
    A capitalised word is if the words next to it are capitalised too, except in headlines.
    """
    if not text[start].isupper():
        return False
    left = _sentence_ends().split(text[max(0, start - _REACH) : start])[-1].split()
    right = _sentence_ends().split(text[end : end + _REACH], maxsplit=1)[0].split()
    after = right if text[end : end + 1] == " " else []
    if end - start > 1 and text[start:end].isupper():
        return _has_lower_case(left + right) and not (after and _is_counted_noun(after[0]))
    if text[start:end].lower() in SCALES or _is_headline([*left, *right]) or _is_amount(after):
        return False
    if left and text[start - 1] == " " and _opens_name(left[-1]):
        return True
    capitals = list(map(_has_capital, after[:2]))
    return sum(capitals) > (not left) and capitals[0]


def _has_lower_case(words: list[str]) -> bool:
    return any(char.islower() for word in words for char in word)


def _is_counted_noun(word: str) -> bool:
    """Whether a word is in lower case, and a unit or a plural noun."""
    word = word.strip(".,;:!?)\"'")
    return word.islower() and (
        word in UNITS or word in NUMBER_WORD_CLASSES or word in CURRENCY_WORDS or word.endswith("s")
    )


def _is_amount(words: list[str]) -> bool:
    """Whether the words continue an amount: Five Million, Ten Dollars, Two Years; but not Nine Inch Nails."""
    word = words[0].strip(".,;:!?)\"'").lower() if words else ""
    if word in UNITS:
        return not (len(words) > 1 and _has_capital(words[1]))
    return word in NUMBER_WORD_CLASSES or word in CURRENCY_WORDS


def _has_capital(word: str) -> bool:
    return word[:1].isupper() and word != "I" and not word.startswith("I'")


def _opens_name(word: str) -> bool:
    """Whether a word before a number word makes it part of a name, rather than a label or a date."""
    lower = word.lower()
    return (
        word.isalpha()
        and _has_capital(word)
        and not (
            lower in LABEL_WORDS or lower in MONTHS or lower in NUMBER_WORD_CLASSES or lower in ENGLISH_FUNCTION_WORDS
        )
    )


def _is_headline(words: list[str]) -> bool:
    """Whether most longer words are capitalised, so that capitals say nothing."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(1 for word in long if word[0].isupper()) > 0.7 * len(long)


def find_spelled_numbers(text: str, words: AbstractSet[str]) -> Iterator[Quantity]:
    """The numbers in words of a text, with their units; `words` are those of `NUMBER_TRIGGERS` that it has."""
    done = 0
    for at, word in find_words(text, words):
        end = at + len(word)
        if at < done or is_part_of_name(text, at, end) or _is_glued(text, at):
            continue
        year = DECADE_WORDS.get(word.lower())
        if year:
            if word_before(text, at) in _BEFORE_DECADE:
                yield make_decade(at, end, year)
            continue
        start = _article_start(text, at, done)
        number = read_number_words(text, start)
        if number is None and start < at:
            start, number = at, read_number_words(text, at)
        if number is None:
            continue
        end, quantity = _with_context(text, start, number)
        done = max(end, number.end)
        if quantity:
            yield quantity


_BEFORE_DECADE = ("the", "early", "mid", "late", "since")
"""Words before the nineties; but "in her twenties" is an age."""

GERMAN_TRIGGERS = case_variants(GERMAN_CARDINALS)
"""A German text without any of these words has no number in words."""


def find_german_numbers(text: str, words: AbstractSet[str]) -> Iterator[Quantity]:
    """The numbers in words of a German text, with their units; `words` are those of `GERMAN_TRIGGERS` that it has."""
    for at, word in find_words(text, words):
        core = Quantity(at, at + len(word), "number", str(GERMAN_CARDINALS[word.lower()]), words=True)
        _, quantity = attach_unit(text, core)
        if quantity:
            yield quantity


_GLUE = frozenset("'’…*")
"""Characters that join a number word to the letters before it."""


def _is_glued(text: str, at: int) -> bool:
    """Whether a word continues a broken one: I…ten; but not "well…two", where the dots separate two words."""
    if not at or text[at - 1] not in _GLUE:
        return False
    begin = at - 1
    while begin and begin > at - 5 and text[begin - 1].isalnum():
        begin -= 1
    return begin < at - 1 and (text[at - 1] != "…" or begin == at - 2)


def _article_start(text: str, at: int, done: int) -> int:
    """Where a number begins whose first number word stands at `at`: at the article before it, if there is one."""
    lead = text[max(done, at - 8) : at].lower()
    for article in ("half a ", "an ", "a "):
        if lead.endswith(article) and not lead[: -len(article)][-1:].isalnum():
            return at - len(article)
    return at


def _with_context(text: str, start: int, number: WordNumber) -> tuple[int, Quantity | None]:
    """The position to read on from, and the quantity that a number in words is with what follows it, if it counts."""
    raw = text[start : number.end].lower()
    if number.ordinal:
        idiom = _is_idiom(text, start, number.end, raw)
        return number.end, None if idiom else Quantity(start, number.end, "ordinal", number.digits, words=True)
    core = Quantity(start, number.end, "number", number.digits, scale=number.scale, words=True)
    if number.digits in ("1/2", "1/4") and (quantity := _and_a_half(text, core)):
        return quantity.end, quantity
    if raw == "half":
        return _half(text, core)
    if raw == "dozen" and word_before(text, start) not in ("few", "couple", "of", "several", "many"):
        end, quantity = attach_unit(text, core)
        return (end, quantity) if quantity and quantity.type == "quantity" else (core.end, None)
    core = apply_minus(text, core)
    if (number.size == 1 and number.scale > 1) or raw == "hundred":
        core = _several(text, core)
    end, quantity = attach_unit(text, core)
    return end, _with_final_type(text, quantity, raw) if quantity else None


def _with_final_type(text: str, quantity: Quantity, raw: str) -> Quantity:
    """The quantity as a range if it has two ends, or as a lone "one" that does not count."""
    if raw == "one" and quantity.low == "1" and quantity.type == "number" and not _is_count(text, quantity):
        return quantity._replace(type=LONE_ONE)
    return quantity._replace(type="range") if quantity.high else quantity


def apply_minus(text: str, core: Quantity) -> Quantity:
    """The number with a "minus" or "negative" before it, unless that is a subtraction."""
    lead = word_before(text, core.start)
    if lead not in ("minus", "negative") or core.low.startswith("-"):
        return core
    begin = core.start - 1 - len(lead)
    earlier = word_before(text, begin)
    subtracts = lead == "minus" and earlier in NUMBER_WORD_CLASSES and earlier not in ("a", "and")
    if earlier[-1:].isdigit() or subtracts:
        return core
    return core._replace(start=begin, low="-" + core.low)


def _several(text: str, core: Quantity) -> Quantity:
    """'a few hundred' means 2 to 9 of them, 'a couple of dozen' 2; both are estimates."""
    if core.low not in _ROUND:
        return core
    vague = _vague_count().search(text, max(0, core.start - CONTEXT_CHARS), core.start)
    if vague is None:
        return core
    scale = int(core.low)
    high = "" if vague["couple"] else str(scale * 9)
    return core._replace(start=vague.start(), low=str(scale * 2), high=high, about=True)


_vague_count = lazy_pattern(
    r"(?<!\w)(?:a[ \u00a0])?(?:(?P<couple>couple(?:[ \u00a0]of)?)|few|several|many)[ \u00a0]$", re.I
)
"""A vague number of something round, at the end of the text: "a few", "a couple of"."""

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
    before = _unit_and().search(text, max(0, core.start - CONTEXT_CHARS), core.start)
    if before is None:
        return None
    whole = NUMBER_WORD_CLASSES[before["count"].lower()][1] if before["count"] else 1
    part = {"1/2": 5, "1/4": 25}[core.low]
    return Quantity(before.start(), core.end, "quantity", f"{whole}.{part}", UNITS[before["unit"].lower()])


@lru_cache(maxsize=1)
def _unit_and() -> re.Pattern[str]:
    counts = "an?|one|two|three|four|five|six|seven|eight|nine|ten"
    units = "hours?|years?|months?|weeks?|days?|minutes?|miles?"
    return re.compile(rf"\b(?:(?P<count>{counts}) )?(?P<unit>{units}) and $", re.IGNORECASE)


def _half(text: str, core: Quantity) -> tuple[int, Quantity | None]:
    """'half' counts before a unit ("half an hour") and as a share ("more than half", "half of them")."""
    tail = text_after(text, core.end)
    article = next((article for article in (" an", " a", "-") if tail.startswith(article + " " * (article != "-"))), "")
    end, quantity = attach_unit(text, core._replace(end=core.end + len(article)))
    if quantity and quantity.type in ("quantity", "percent") and quantity.unit in _MEASURES:
        return end, quantity
    share = tail.startswith(" of ") or word_before(text, core.start) in ("than", "over", "about", "nearly", "almost")
    return core.end, core if share else None


_MEASURES = frozenset(
    ("hours", "minutes", "days", "years", "months", "weeks", "mi", "km", "in", "lb", "gal", "pt", "cups", "%")
)


def _is_idiom(text: str, start: int, end: int, raw: str) -> bool:
    """Whether an ordinal is part of an idiom ("for a second", "at first", "first of all") and counts nothing."""
    lead = word_before(text, start)
    tail = text_after(text, end)
    if raw in ("first", "second", "third") and tail[:1] == "," and _opens_sentence(text, start):
        return True
    if raw == "second":
        if lead == "the" and tail.startswith(_CLAUSES):
            return True
        return lead in ("a", "per", "every", "split", "each", "last", "one") or text[end : end + 5].lower() == "-hand"
    if raw == "first":
        return lead == "at" or tail.startswith((*_IDIOM_ENDINGS, " of all", " off", " and foremost", " place"))
    return raw == "third" and tail.startswith(_IDIOM_ENDINGS)


def _opens_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].rstrip(" \"'“*(>")[-1:] in ("", ".", "!", "?", ":", "\n")


_CLAUSES = (" you ", " i ", " he ", " she ", " they ", " we ", " it ", " you're ", " you've ", " i'm ", " that you ")
"""What follows "the second" where it means "as soon as"."""

_IDIOM_ENDINGS = ("-hand", "-party", " party", " parties", "-person", " person", "-rate")
"""What follows an ordinal in an idiom."""
