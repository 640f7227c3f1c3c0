"""Looking phrases up at a place in a line: quicker than a pattern of hundreds of words, and with nothing to compile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TWINS = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆᲇ", "iisвдосттъѣ")
"""Letters that a pattern which ignores case takes for others, though `str.lower` does not."""


def fold(text: str) -> str:
    """The line in lower case, letter for letter: places in it are places in `text`."""
    return text.lower() if text.isascii() else text.translate(_TWINS).lower()


def alternation(options: Iterable[str]) -> str:
    """The source of a pattern for any of the phrases, the longest first."""
    return "|".join(map(re.escape, sorted(set(options), key=len, reverse=True)))


class PhraseTable:
    """A table of phrases, by their first letters."""

    __slots__ = ("_by_first",)

    def __init__(self, options: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for phrase in map(fold, options):
            by_first.setdefault(phrase[0], []).append(phrase)
        for phrases in by_first.values():
            phrases.sort(key=len, reverse=True)
        self._by_first = by_first

    def ends(self, low: str, start: int) -> Iterator[int]:
        """Where the phrases end that stand at `start` of a folded line, the longest first."""
        for phrase in self._by_first.get(low[start : start + 1], ()):
            if low.startswith(phrase, start):
                yield start + len(phrase)

    def end(self, low: str, start: int) -> int:
        """Where the longest phrase at `start` ends, or -1."""
        for phrase in self._by_first.get(low[start : start + 1], ()):
            if low.startswith(phrase, start):
                return start + len(phrase)
        return -1

    def end_of_words(self, low: str, start: int) -> int:
        """The same for phrases that no letter, digit or underscore follows."""
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
    """Where the first letter, digit or underscore stands; the line's length where there is none."""
    for place, char in enumerate(text):
        if char.isalnum() or char == "_":
            return place
    return len(text)
