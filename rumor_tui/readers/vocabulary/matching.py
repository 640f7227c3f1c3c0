"""Matching words and phrases in a line, at the least cost for the many lines that have none of them.

Looking phrases up in a table is faster than a pattern of hundreds of words, and needs no compilation. Patterns are
compiled when they are first used: a page needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property

_TWINS = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆᲇ", "iisвдосттъѣ")
"""Letters that a case-insensitive pattern treats as equal to others, though `str.lower` does not."""


def fold(text: str) -> str:
    """The line in lower case, letter for letter: positions in it are positions in `text`."""
    return text.lower() if text.isascii() else text.translate(_TWINS).lower()


def alternation(options: Iterable[str]) -> str:
    """The source of a pattern that matches any of the phrases, the longest first."""
    return "|".join(map(re.escape, sorted(set(options), key=len, reverse=True)))


@cache
def compiled_pattern(source: str) -> re.Pattern[str]:
    """A case-insensitive pattern, compiled when it is first needed."""
    return re.compile(source, re.IGNORECASE)


class LazyPattern:
    """A case-insensitive pattern whose source is made, and compiled, when it is first used."""

    def __init__(self, source: Callable[[], str]) -> None:
        self._source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return compiled_pattern(self._source())


class PhraseTable:
    """Phrases by their first letters."""

    __slots__ = ("_by_first",)

    def __init__(self, options: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for phrase in map(fold, options):
            by_first.setdefault(phrase[0], []).append(phrase)
        for phrases in by_first.values():
            phrases.sort(key=len, reverse=True)
        self._by_first = by_first

    def ends(self, low: str, start: int) -> Iterator[int]:
        """The ends of the phrases at `start` of a folded line, the longest first."""
        for phrase in self._by_first.get(low[start : start + 1], ()):
            if low.startswith(phrase, start):
                yield start + len(phrase)

    def end(self, low: str, start: int) -> int:
        """The end of the longest phrase at `start`, or -1."""
        for phrase in self._by_first.get(low[start : start + 1], ()):
            if low.startswith(phrase, start):
                return start + len(phrase)
        return -1

    def end_of_words(self, low: str, start: int) -> int:
        """The same for phrases not followed by a letter, a digit or an underscore."""
        for phrase in self._by_first.get(low[start : start + 1], ()):
            if low.startswith(phrase, start):
                end = start + len(phrase)
                if not is_word_character(low[end : end + 1]):
                    return end
        return -1


def is_word_character(char: str) -> bool:
    """Whether a character is a letter, a digit or an underscore; false for an empty string."""
    return char.isalnum() or char == "_"


def first_word_start(text: str) -> int:
    """The position of the first letter, digit or underscore; the length of the line where there is none."""
    for place, char in enumerate(text):
        if char.isalnum() or char == "_":
            return place
    return len(text)
