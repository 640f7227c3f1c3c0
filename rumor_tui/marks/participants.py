"""Those who take part in a discussion, found by what others call them, and what they said last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.name_words import STOP, common_words
from rumor_tui.marks.words import listed

LONGEST: Final = 6
"""Words of a name that are looked at."""

SHARED: Final = 8
"""People who may share a part of their names, such as a first name, before it tells nobody from the others."""

NOBODY: Final[frozenset[str]] = frozenset(
    listed("""
        guest anonymous anon anonymus anonym unknown admin administrator moderator mod editor author user member
        system deleted removed unsigned op op's staff team gast anonyme invitado reply quote edit
        """)
)
"""Names that many share or that are words of every page: they count only behind an @ or before "wrote:"."""

TITLES: Final[frozenset[str]] = frozenset(
    listed("mr mrs ms miss dr prof sir herr frau hr fr monsieur madame mme señor señora sr sra signor signora")
)
"""Words before a name that are no part of it."""

_NEAR: Final = ((5, 1), (9, 2))
"""From how many letters on a word may be a misspelt name, and how many letters may be wrong."""


class Call(NamedTuple):
    """A name in a text: `text[start:end]` calls `person`.

    `sure` is 2 where the name is written in full, as its owner writes it, and looks like a name; 1 where it is written
    otherwise or in part, or could be any word; and 0 where it is a common word.
    """

    start: int
    end: int
    person: int
    sure: int


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:_+[^\W_]+)*_*")


class Participants:
    """The authors of the rows of a thread, numbered as `persons`; an unsigned row's person is -1."""

    def __init__(self, authors: Sequence[str]) -> None:
        self._names: list[str] = []
        self._full: dict[str, int] = {}
        self.persons: list[int] = []
        self._rows: list[list[int]] = []
        for row, author in enumerate(authors):
            key = " ".join(map(_spelt, _word().findall(author.lower())))
            if not key:
                self.persons.append(-1)
                continue
            person = self._full.setdefault(key, len(self._names))
            if person == len(self._names):
                self._names.append(author)
                self._rows.append([])
            self._rows[person].append(row)
            self.persons.append(person)

    @cached_property
    def _parts(self) -> dict[str, list[int]]:
        """Words of longer names, and names without the figures at their end, that are no common words.

        What more than `SHARED` people are called by calls none of them.
        """
        parts: dict[str, list[int]] = {}
        for key, person in self._full.items():
            for form in _forms(key.split()) - {key}:
                if len(form) > 2 and not _is_common(form) and form not in TITLES:
                    parts.setdefault(form, []).append(person)
        return {form: persons for form, persons in parts.items() if len(persons) <= SHARED}

    @cached_property
    def _begins(self) -> frozenset[str]:
        """The first words of all that anyone is called: most words of a text are none, and looked at no further."""
        return TITLES | {key.partition(" ")[0] for names in (self._full, self._parts) for key in names}

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The last words of all that anyone is called."""
        return frozenset(key.rpartition(" ")[2] for names in (self._full, self._parts) for key in names)

    def last_row(self, person: int, before: int) -> int | None:
        """The last row of a person that comes before another row."""
        rows = self._rows[person]
        at = bisect_left(rows, before)
        return rows[at - 1] if at else None

    def rows_before(self, person: int, before: int) -> Iterator[int]:
        """A person's rows before another row, the last one first."""
        rows = self._rows[person]
        return reversed(rows[: bisect_left(rows, before)])

    def called(self, text: str, start: int, row: int) -> Call | None:
        """Whom a text calls by name at `start`, in row `row`; titles before the name are passed over."""
        words = self._words_from(text, start)
        call = self._longest(text, words, row)
        while call is None and len(words) > 1 and words[0][0] in TITLES:
            words = words[1:]
            call = self._longest(text, words, row)
        return call

    def calls_before(self, text: str, start: int, end: int, row: int) -> Call | None:
        """Whom the words of a text between `start` and `end` call that end there."""
        found = _word().finditer(text, start, end)
        words = [(_spelt(word[0].lower()), word.start(), word.end()) for word in found]
        if not words or words[-1][0] not in self._ends:
            return None
        for first in range(max(0, len(words) - LONGEST), len(words)):
            call = self._called(text, words[first:], row)
            if call:
                return call
        return None

    def _words_from(self, text: str, start: int) -> list[tuple[str, int, int]]:
        """The next words on the line from `start` on, in lower case, with their places."""
        words: list[tuple[str, int, int]] = []
        at = start
        first = _word().search(text, start, start + 80)
        if first is None or _spelt(first[0].lower()) not in self._begins:
            return words
        for found in _word().finditer(text, start, start + 80):
            gap = text[at : found.start()]
            if len(gap) > 3 or "\n" in gap or (words and any(mark in gap for mark in ",:;!?()–—")):
                break
            words.append((_spelt(found[0].lower()), found.start(), found.end()))
            at = found.end()
            if len(words) == LONGEST:
                break
        return words

    def _longest(self, text: str, words: list[tuple[str, int, int]], row: int) -> Call | None:
        for last in range(len(words), 0, -1):
            call = self._called(text, words[:last], row)
            if call:
                return call
        return None

    def _called(self, text: str, words: list[tuple[str, int, int]], row: int) -> Call | None:
        """Whom exactly these words call."""
        key = " ".join(word for word, _, _ in words)
        start, end = words[0][1], words[-1][2]
        person = self._full.get(key)
        if person is not None:
            said, name = text[start:end], self._names[person]
            if _is_common(key) or len(key) < 2 or (len(key) == 2 and said not in name):
                return Call(start, end, person, 0)
            return Call(start, end, person, 2 if said in name and _stands_out(said) else 1)
        persons = self._parts.get(key, ())
        heard = [(self.last_row(person, row), person) for person in persons]
        last = max(((at, person) for at, person in heard if at is not None), default=None)
        return None if last is None or not text[start].isupper() else Call(start, end, last[1], 1)

    def near(self, text: str, start: int) -> Call | None:
        """Whom a word at `start` calls that is a name misspelt by a letter or two, if it is one person's only."""
        found = _word().match(text, start)
        if found is None or len(found[0]) < _NEAR[0][0] or len(found[0]) > 40:
            return None
        word = _spelt(found[0].lower())
        if (
            word in self._full
            or _is_common(word)
            or not (found[0][0].isupper() or "@" in text[max(0, start - 2) : start])
        ):
            return None
        wrong = max(wrong for size, wrong in _NEAR if len(word) >= size)
        near = {p for form in _deletions(word) for p in self._misspelt.get(form, ())}
        persons = {p for p in near if _distance(word, self._keys[p], wrong) <= wrong}
        return Call(start, found.end(), persons.pop(), 1) if len(persons) == 1 else None

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {person: key for key, person in self._full.items()}

    @cached_property
    def _misspelt(self) -> dict[str, list[int]]:
        """Each name of one word with any one of its letters left out -> whose it may be."""
        table: dict[str, list[int]] = {}
        for key, person in self._full.items():
            if " " not in key and _NEAR[0][0] <= len(key) <= 40 and not _is_common(key):
                for form in _deletions(key):
                    table.setdefault(form, []).append(person)
        return table


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe"})


def _spelt(word: str) -> str:
    """A word in lower case without the letters that some keyboards lack: "webbär" is "webbaer"."""
    return word if word.isascii() else word.translate(_UMLAUTS)


def _forms(words: list[str]) -> set[str]:
    """What a person whose name has these words is called for short: one of them, an initial and the last, and so on."""
    if len(words) == 1:
        return {words[0].rstrip("0123456789_")}
    first, last = words[0], words[-1]
    return {*words, f"{first} {last[0]}", f"{first[0]} {last}", f"{first} {last}"}


def _stands_out(name: str) -> bool:
    """Whether a name looks like one by its capitals, its figures, or its several words."""
    return name != name.lower() or not name.isalpha()


def _is_common(word: str) -> bool:
    return word in STOP or word in NOBODY or word in common_words() or word.isdecimal()


def _deletions(word: str) -> set[str]:
    """A word, and the word without any one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are added, left out or changed between two words; counting ends beyond `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, wanted in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted)))
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]
