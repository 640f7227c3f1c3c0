"""The people of a discussion: whom a name in a comment refers to, and where a text mentions them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.data.name_vocabulary import STOP_WORDS, common_words
from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.scanning import find_words

MAX_CALLED_WORDS: Final = 6
"""Words of a name that are looked at."""

MAX_SHARING: Final = 8
"""People who may share a part of their names, such as a first name, before it tells nobody from the others."""

GENERIC_NAMES: Final[frozenset[str]] = frozenset(
    split_words("""
        guest anonymous anon anonymus anonym unknown admin administrator moderator mod editor author user member
        system deleted removed unsigned op op's staff team gast anonyme invitado reply quote edit
        """)
)
"""Names that many share or that are words of every page: they count only behind an @ or before "wrote:"."""

ADDRESS_TITLES: Final[frozenset[str]] = frozenset(
    split_words("mr mrs ms miss dr prof sir herr frau hr fr monsieur madame mme señor señora sr sra signor signora")
)
"""Words before a name that are no part of it."""

_MAX_TYPOS: Final = ((5, 1), (9, 2))
"""From how many letters on a word may be a misspelt name, and how many letters may be wrong."""


class PersonMention(NamedTuple):
    """A name in a text: `text[start:end]` calls `person`.

    `sure` is 2 where the name is written in full, as its owner writes it, and looks like a name; 1 where it is written
    otherwise or in part, or could be any word; and 0 where it is a common word.
    """

    start: int
    end: int
    person: int
    sure: int


@lru_cache(maxsize=1)
def _name_word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:_+[^\W_]+)*_*")


class Participants:
    """The authors of the rows of a thread, numbered as `persons`; an unsigned row's person is -1."""

    def __init__(self, authors: Sequence[str]) -> None:
        self._names: list[str] = []
        self._full: dict[str, int] = {}
        self.persons: list[int] = []
        self._rows: list[list[int]] = []
        for row, author in enumerate(authors):
            key = " ".join(map(_spelt, _name_word().findall(author.lower())))
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

        What more than `MAX_SHARING` people are called by calls none of them.
        """
        parts: dict[str, list[int]] = {}
        for key, person in self._full.items():
            for form in _short_forms(key.split()) - {key}:
                if len(form) > 2 and not _is_common(form) and form not in ADDRESS_TITLES:
                    parts.setdefault(form, []).append(person)
        return {form: persons for form, persons in parts.items() if len(persons) <= MAX_SHARING}

    @cached_property
    def _begins(self) -> frozenset[str]:
        """The first words of all that anyone is called: most words of a text are none, and looked at no further."""
        return ADDRESS_TITLES | {key.partition(" ")[0] for names in (self._full, self._parts) for key in names}

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

    def called(self, text: str, start: int, row: int) -> PersonMention | None:
        """Whom a text calls by name at `start`, in row `row`; titles before the name are passed over."""
        words = self._words_from(text, start)
        call = self._longest(text, words, row)
        while call is None and len(words) > 1 and words[0][0] in ADDRESS_TITLES:
            words = words[1:]
            call = self._longest(text, words, row)
        return call

    def calls_before(self, text: str, start: int, end: int, row: int) -> PersonMention | None:
        """Whom the words of a text between `start` and `end` call that end there."""
        found = _name_word().finditer(text, start, end)
        words = [(_spelt(word[0].lower()), word.start(), word.end()) for word in found]
        if not words or words[-1][0] not in self._ends:
            return None
        for first in range(max(0, len(words) - MAX_CALLED_WORDS), len(words)):
            call = self._called(text, words[first:], row)
            if call:
                return call
        return None

    def _words_from(self, text: str, start: int) -> list[tuple[str, int, int]]:
        """The next words on the line from `start` on, in lower case, with their places."""
        words: list[tuple[str, int, int]] = []
        at = start
        first = _name_word().search(text, start, start + 80)
        if first is None or _spelt(first[0].lower()) not in self._begins:
            return words
        for found in _name_word().finditer(text, start, start + 80):
            gap = text[at : found.start()]
            if len(gap) > 3 or "\n" in gap or (words and any(mark in gap for mark in ",:;!?()–—")):
                break
            words.append((_spelt(found[0].lower()), found.start(), found.end()))
            at = found.end()
            if len(words) == MAX_CALLED_WORDS:
                break
        return words

    def _longest(self, text: str, words: list[tuple[str, int, int]], row: int) -> PersonMention | None:
        for last in range(len(words), 0, -1):
            call = self._called(text, words[:last], row)
            if call:
                return call
        return None

    def _called(self, text: str, words: list[tuple[str, int, int]], row: int) -> PersonMention | None:
        """Whom exactly these words call."""
        key = " ".join(word for word, _, _ in words)
        start, end = words[0][1], words[-1][2]
        person = self._full.get(key)
        if person is not None:
            said, name = text[start:end], self._names[person]
            if _is_common(key) or len(key) < 2 or (len(key) == 2 and said not in name):
                return PersonMention(start, end, person, 0)
            return PersonMention(start, end, person, 2 if said in name and _stands_out(said) else 1)
        persons = self._parts.get(key, ())
        heard = [(self.last_row(person, row), person) for person in persons]
        last = max(((at, person) for at, person in heard if at is not None), default=None)
        return None if last is None or not text[start].isupper() else PersonMention(start, end, last[1], 1)

    def near(self, text: str, start: int) -> PersonMention | None:
        """Whom a word at `start` calls that is a name misspelt by a letter or two, if it is one person's only."""
        found = _name_word().match(text, start)
        if found is None or len(found[0]) < _MAX_TYPOS[0][0] or len(found[0]) > 40:
            return None
        word = _spelt(found[0].lower())
        if (
            word in self._full
            or _is_common(word)
            or not (found[0][0].isupper() or "@" in text[max(0, start - 2) : start])
        ):
            return None
        wrong = max(wrong for size, wrong in _MAX_TYPOS if len(word) >= size)
        near = {p for form in _deletions(word) for p in self._misspelt.get(form, ())}
        persons = {p for p in near if _distance(word, self._keys[p], wrong) <= wrong}
        return PersonMention(start, found.end(), persons.pop(), 1) if len(persons) == 1 else None

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {person: key for key, person in self._full.items()}

    @cached_property
    def _misspelt(self) -> dict[str, list[int]]:
        """Each name of one word with any one of its letters left out -> whose it may be."""
        table: dict[str, list[int]] = {}
        for key, person in self._full.items():
            if " " not in key and _MAX_TYPOS[0][0] <= len(key) <= 40 and not _is_common(key):
                for form in _deletions(key):
                    table.setdefault(form, []).append(person)
        return table


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe"})


def _spelt(word: str) -> str:
    """A word in lower case without the letters that some keyboards lack: "webbär" is "webbaer"."""
    return word if word.isascii() else word.translate(_UMLAUTS)


def _short_forms(words: list[str]) -> set[str]:
    """What a person whose name has these words is called for short: one of them, an initial and the last, and so on."""
    if len(words) == 1:
        return {words[0].rstrip("0123456789_")}
    first, last = words[0], words[-1]
    return {*words, f"{first} {last[0]}", f"{first[0]} {last}", f"{first} {last}"}


def _stands_out(name: str) -> bool:
    """Whether a name looks like one by its capitals, its figures, or its several words."""
    return name != name.lower() or not name.isalpha()


def _is_common(word: str) -> bool:
    return word in STOP_WORDS or word in GENERIC_NAMES or word in common_words() or word.isdecimal()


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


MAX_NAME_WORDS = 6
"""Words of a person's name that are looked at; a longer name is not searched for."""

MIN_TYPO_LETTERS = 6
"""Letters from which on a name is also known when one letter of it is wrong, missing or too much."""

NOT_A_NAME = frozenset(
    split_words("deleted removed anonymous anon guest unknown unsigned admin administrator moderator user author")
)
"""What pages call an author who has no name: common words that name nobody."""

MAX_TYPO_LETTERS = 40
"""Letters of a word from which on it is nobody's name with a letter wrong."""

MAX_EDGE_CHARS = 40
"""Characters of spaces and signs that may stand around a name that stands alone, or before one that is called."""

_WORD = r"\w+"
_HANDLE = r"@(?<![\w.]@)(?=\d{0,20}[^\W\d])(\w(?:[\w-]*\w)?)"


class NameDirectory(NamedTuple):
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
def build_directory(people: frozenset[str]) -> NameDirectory:
    """The look-up for one set of people, built once."""
    names: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for name in sorted(people):
        words = [word.lower() for word in re.findall(_WORD, name)]
        if 0 < len(words) <= MAX_NAME_WORDS:
            names[" ".join(words)] = name.strip().lstrip("@")
            lengths.setdefault(words[0], set()).add(len(words))
    strict = frozenset(names.keys() & common_words())
    weak = frozenset(key for key in names if key in STOP_WORDS or key in NOT_A_NAME or len(key) == 1 or key.isdecimal())
    long = {
        key: name
        for key, name in names.items()
        if MIN_TYPO_LETTERS <= len(key) < MAX_TYPO_LETTERS and " " not in key and key not in strict
    }
    near = {short: name for key, name in long.items() for short in _one_letter_less(key)} | long
    return NameDirectory(names, {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()}, strict, weak, near)


def _one_letter_less(word: str) -> list[str]:
    """A word without one of its letters, in every way."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def find_people(text: str, words: AbstractSet[str], people: Iterable[str]) -> list[Mark]:
    """The people and the @handles in a text. `words` are its words as written."""
    everyone = people if isinstance(people, frozenset) else frozenset(people)
    known = build_directory(everyone)
    marks = list(_handles(text, known)) if "@" in text else []
    if everyone and not known.lengths.keys().isdisjoint(map(str.lower, words)):
        marks += _find_listed(text, known)
    if known.near:
        marks += _near_misses(text, words, known)
    return marks


def _near_misses(text: str, words: AbstractSet[str], known: NameDirectory) -> Iterator[Mark]:
    """Names that are off by a letter: of words that look like a name, or that begin the text as a call."""
    for word in words:
        if not MIN_TYPO_LETTERS - 1 <= len(word) <= MAX_TYPO_LETTERS or word.islower() or word.lower() in known.names:
            continue
        name = _nearest(word.lower(), known)
        if name is None or word.lower() in common_words():
            continue
        for at, _ in find_words(text, (word,)):
            if _has_inner_capitals(word) or _opens_address(text, at, word):
                yield Mark(at, at + len(word), "name", "user", name)


def _nearest(key: str, known: NameDirectory) -> str | None:
    """The name from which a word differs by one letter."""
    if key in known.near:
        return known.near[key]
    return next((known.near[short] for short in _one_letter_less(key) if short in known.near), None)


def _has_inner_capitals(word: str) -> bool:
    """Whether a word has capitals or digits inside, as made-up names do and others do not."""
    return not word[1:].islower() and not word.isupper()


def _opens_address(text: str, at: int, word: str) -> bool:
    """Whether a word at the start of a text addresses somebody."""
    end = at + len(word)
    return (
        at < MAX_EDGE_CHARS
        and not text[:at].strip()
        and text[end : end + MAX_EDGE_CHARS].lstrip()[:1] in (",", ":", "-", "–", "—")
    )


def _handles(text: str, known: NameDirectory) -> Iterator[Mark]:
    """Everyone addressed as @name; the mark leaves the @ out."""
    for found in re.finditer(_HANDLE, text):
        name = found.group(1)
        yield Mark(found.start(1), found.end(1), "name", "user", known.names.get(name.lower(), name))


def _find_listed(text: str, known: NameDirectory) -> Iterator[Mark]:
    """The known people, the longest name first where several start with one word."""
    found = list(re.finditer(_WORD, text))
    at = 0
    while at < len(found):
        step = 1
        for size in known.lengths.get(found[at].group().lower(), ()):
            piece = found[at : at + size]
            key = " ".join(match.group().lower() for match in piece)
            span = text[piece[0].start() : piece[-1].end()]
            if key in known.names and len(span) <= 2 * len(known.names[key]) + 8 and _is_meant(text, span, key, known):
                yield Mark(piece[0].start(), piece[-1].end(), "name", "user", known.names[key])
                step = size
                break
        at += step


def _is_meant(text: str, span: str, key: str, known: NameDirectory) -> bool:
    """Whether a name that is a common word as well is meant as the name here."""
    if key in known.weak:
        return len(text) <= len(span) + MAX_EDGE_CHARS and text.strip(" \n\t@.,:;!?") == span
    return key not in known.strict or span in known.names[key]
