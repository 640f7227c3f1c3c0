"""The people of a discussion, found in a text by look-up and not by a pattern per name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.base import Mark, places
from rumor_tui.marks.name_words import STOP, common_words
from rumor_tui.marks.words import listed

LONGEST = 6
"""Words of a person's name that are looked at; a longer name is not searched for."""

NEAR = 6
"""Letters from which on a name is also known when one letter of it is wrong, missing or too much."""

NOBODY = frozenset(
    listed("deleted removed anonymous anon guest unknown unsigned admin administrator moderator user author")
)
"""What pages call an author who has no name: common words that name nobody."""

FAR = 40
"""Letters of a word from which on it is nobody's name with a letter wrong."""

EDGE = 40
"""Characters of spaces and signs that may stand around a name that stands alone, or before one that is called."""

_WORD = r"\w+"
_HANDLE = r"@(?<![\w.]@)(?=\d{0,20}[^\W\d])(\w(?:[\w-]*\w)?)"


class Directory(NamedTuple):
    """Names by their words: `lengths` tells, for a first word, how many words its names have, longest first.

    `names` maps the words of a name (lower case, one space between) to the name as its owner writes it.
    `strict` are those keys that are common words too, which count only as their owner writes them; `weak`
    are those that only stand alone or after an @. `near` maps long names of one word, and each of them with one letter
    left out, to the name: two words with such a form in common differ by a letter.
    """

    names: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    strict: frozenset[str]
    weak: frozenset[str]
    near: dict[str, str]


@lru_cache(maxsize=4)
def directory(people: frozenset[str]) -> Directory:
    """The look-up for one set of people, built once."""
    names: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for name in sorted(people):
        words = [word.lower() for word in re.findall(_WORD, name)]
        if 0 < len(words) <= LONGEST:
            names[" ".join(words)] = name.strip().lstrip("@")
            lengths.setdefault(words[0], set()).add(len(words))
    strict = frozenset(names.keys() & common_words())
    weak = frozenset(key for key in names if key in STOP or key in NOBODY or len(key) == 1 or key.isdecimal())
    long = {key: name for key, name in names.items() if NEAR <= len(key) < FAR and " " not in key and key not in strict}
    near = {short: name for key, name in long.items() for short in _shortened(key)} | long
    return Directory(names, {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()}, strict, weak, near)


def _shortened(word: str) -> list[str]:
    """A word without one of its letters, in every way."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def find(text: str, words: AbstractSet[str], people: Iterable[str]) -> list[Mark]:
    """The people and the @handles in a text. `words` are its words as written."""
    everyone = people if isinstance(people, frozenset) else frozenset(people)
    known = directory(everyone)
    marks = list(_handles(text, known)) if "@" in text else []
    if everyone and not known.lengths.keys().isdisjoint(map(str.lower, words)):
        marks += _people(text, known)
    if known.near:
        marks += _near_misses(text, words, known)
    return marks


def _near_misses(text: str, words: AbstractSet[str], known: Directory) -> Iterator[Mark]:
    """Names that are off by a letter: of words that look like a name, or that begin the text as a call."""
    for word in words:
        if not NEAR - 1 <= len(word) <= FAR or word.islower() or word.lower() in known.names:
            continue
        name = _nearest(word.lower(), known)
        if name is None or word.lower() in common_words():
            continue
        for at, _ in places(text, (word,)):
            if _odd(word) or _calls(text, at, word):
                yield Mark(at, at + len(word), "name", "user", name)


def _nearest(key: str, known: Directory) -> str | None:
    """The name from which a word differs by one letter."""
    if key in known.near:
        return known.near[key]
    return next((known.near[short] for short in _shortened(key) if short in known.near), None)


def _odd(word: str) -> bool:
    """Whether a word has capitals or digits inside, as made-up names do and others do not."""
    return not word[1:].islower() and not word.isupper()


def _calls(text: str, at: int, word: str) -> bool:
    """Whether a word at the start of a text addresses somebody."""
    end = at + len(word)
    return at < EDGE and not text[:at].strip() and text[end : end + EDGE].lstrip()[:1] in (",", ":", "-", "–", "—")


def _handles(text: str, known: Directory) -> Iterator[Mark]:
    """Everyone addressed as @name; the mark leaves the @ out."""
    for found in re.finditer(_HANDLE, text):
        name = found.group(1)
        yield Mark(found.start(1), found.end(1), "name", "user", known.names.get(name.lower(), name))


def _people(text: str, known: Directory) -> Iterator[Mark]:
    """The known people, the longest name first where several start with one word."""
    found = list(re.finditer(_WORD, text))
    at = 0
    while at < len(found):
        step = 1
        for size in known.lengths.get(found[at].group().lower(), ()):
            piece = found[at : at + size]
            key = " ".join(match.group().lower() for match in piece)
            span = text[piece[0].start() : piece[-1].end()]
            if key in known.names and len(span) <= 2 * len(known.names[key]) + 8 and _counts(text, span, key, known):
                yield Mark(piece[0].start(), piece[-1].end(), "name", "user", known.names[key])
                step = size
                break
        at += step


def _counts(text: str, span: str, key: str, known: Directory) -> bool:
    """Whether a name that is a common word as well is meant as the name here."""
    if key in known.weak:
        return len(text) <= len(span) + EDGE and text.strip(" \n\t@.,:;!?") == span
    return key not in known.strict or span in known.names[key]
