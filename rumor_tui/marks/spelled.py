"""Numbers in words where they stand in a text: with their article, their unit, and the turns of speech to pass over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks import numerals
from rumor_tui.marks.base import cased, places
from rumor_tui.marks.capitals import is_named
from rumor_tui.marks.context import WINDOW, after, before, word_before
from rumor_tui.marks.dates import decade
from rumor_tui.marks.following import complete
from rumor_tui.marks.units import UNITS
from rumor_tui.marks.values import ONE, Figure
from rumor_tui.marks.words import DECADES, GERMAN


def find(text: str, words: AbstractSet[str]) -> Iterator[Figure]:
    """Spelled-out numbers with their units."""
    done = 0
    for at, word in places(text, words):
        if at < done or is_named(text, at, at + len(word)) or (at and text[at - 1] in _GLUE and _is_glued(text, at)):
            continue
        years = DECADES.get(word.lower())
        if years:
            yield from _decade(text, at, at + len(word), years)
            continue
        start = _article(text, at, done)
        found = numerals.read(text, start)
        if found is None and start < at:
            start, found = at, numerals.read(text, at)
        if found is None:
            continue
        end, each = _spelled(text, start, found)
        done = max(end, found.end)
        if each:
            yield each


GERMAN_TRIGGERS = cased(GERMAN)
"""Words without one of which a German text holds no spelled-out number."""


def find_german(text: str, words: AbstractSet[str]) -> Iterator[Figure]:
    """Spelled-out numbers of a German text with their units; `words` are those of `GERMAN_TRIGGERS` that it has."""
    for at, word in places(text, words):
        core = Figure(at, at + len(word), "number", str(GERMAN[word.lower()]), words=True)
        _, each = complete(text, core)
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


def _decade(text: str, start: int, end: int, year: int) -> Iterator[Figure]:
    """The nineties; but "in her twenties" is an age."""
    if word_before(text, start) in ("the", "early", "mid", "late", "since"):
        yield decade(start, end, year)


def _article(text: str, at: int, done: int) -> int:
    """Where a number begins whose first number word stands at `at`: at the article before it, if there is one."""
    lead = text[max(done, at - 8) : at].lower()
    for article in ("half a ", "an ", "a "):
        if lead.endswith(article) and not lead[: -len(article)][-1:].isalnum():
            return at - len(article)
    return at


def _spelled(text: str, start: int, found: numerals.Numeral) -> tuple[int, Figure | None]:
    """Where to read on, and the figure that a number in words is with what follows it."""
    raw = text[start : found.end].lower()
    if found.ordinal:
        idle = _is_idle(text, start, found.end, raw)
        return found.end, None if idle else Figure(start, found.end, "ordinal", found.digits, words=True)
    core = Figure(start, found.end, "number", found.digits, scale=found.scale, words=True)
    if found.digits in ("1/2", "1/4") and (each := _and_a_half(text, core)):
        return each.end, each
    if raw == "half" or (raw == "dozen" and word_before(text, start) not in ("few", "couple", "of", "several", "many")):
        return _lonely(text, core, raw)
    core = negative(text, core)
    if (found.size == 1 and found.scale > 1) or raw == "hundred":
        core = _several(text, core)
    end, each = complete(text, core)
    if each and each.low == "1" and each.type == "number" and raw == "one" and not _is_count(text, each):
        return end, each._replace(type=ONE)
    return end, each._replace(type="range") if each and each.high else each


def negative(text: str, core: Figure) -> Figure:
    """The number with the "minus" or "negative" that stands before it, unless that takes away."""
    lead = word_before(text, core.start)
    if lead not in ("minus", "negative") or core.low.startswith("-"):
        return core
    begin = core.start - 1 - len(lead)
    earlier = word_before(text, begin)
    if earlier[-1:].isdigit() or (lead == "minus" and earlier in numerals.SORTS and earlier not in ("a", "and")):
        return core
    return core._replace(start=begin, low="-" + core.low)


def _several(text: str, core: Figure) -> Figure:
    """'a few hundred' is taken for 2 to 9 of them, 'a couple of dozen' for 2; both are estimates."""
    if core.low not in _ROUND:
        return core
    found = _vaguely().search(text, max(0, core.start - WINDOW), core.start)
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


def _is_count(text: str, core: Figure) -> bool:
    """Whether "one" counts ("only one", "one more") rather than standing for a noun ("that one", "one of them")."""
    lead = before(text, core.start, 2)
    if lead and text[core.start - 1] == " " and lead[-1] in _BEFORE_ONE:
        return lead[0] != "the" and (lead[-1] != "but" or lead[0] in ("all", "last", "none"))
    following = after(text, core.end).split()[:1]
    return bool(following) and text[core.end] == " " and following[0].strip(".,;:!?)") in _AFTER_ONE


_BEFORE_ONE = frozenset(
    ("only", "just", "exactly", "least", "most", "than", "number", "but", "negative", "minus", "plus")
)
_AFTER_ONE = frozenset(("last", "more", "final", "single", "extra", "additional"))


def _and_a_half(text: str, core: Figure) -> Figure | None:
    """'an hour and a half', 'a year and a half': the half belongs to the unit before it."""
    found = _unit_and().search(text, max(0, core.start - WINDOW), core.start)
    if found is None:
        return None
    whole = numerals.SORTS[found["count"].lower()][1] if found["count"] else 1
    low = {"1/2": 5, "1/4": 25}[core.low]
    return Figure(found.start(), core.end, "quantity", f"{whole}.{low}", UNITS[found["unit"].lower()])


@lru_cache(maxsize=1)
def _unit_and() -> re.Pattern[str]:
    counts = "an?|one|two|three|four|five|six|seven|eight|nine|ten"
    units = "hours?|years?|months?|weeks?|days?|minutes?|miles?"
    return re.compile(rf"\b(?:(?P<count>{counts}) )?(?P<unit>{units}) and $", re.IGNORECASE)


def _lonely(text: str, core: Figure, raw: str) -> tuple[int, Figure | None]:
    """'half' counts before a unit ("half an hour") and as a share ("more than half", "half of them")."""
    if raw != "half":
        end, each = complete(text, core)
        return (end, each) if each and each.type == "quantity" else (core.end, None)
    tail = after(text, core.end)
    skipped = 4 if tail.startswith(" an ") else 3 if tail.startswith(" a ") else 1 if tail[:1] == "-" else 0
    end, each = complete(text, core._replace(end=core.end + skipped - (skipped > 1)))
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
    tail = after(text, end)
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
