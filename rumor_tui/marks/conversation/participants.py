"""The people of a discussion: whom a name in a comment refers to (`Participants`), and where a text has their names.

Both look words up in tables, so that the cost does not grow with the number of people.
"""

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
from rumor_tui.marks.scanning import find_words, lazy_pattern

MAX_CALLED_WORDS: Final = 6
"""The most words of a name that are looked at."""

MAX_SHARING: Final = 8
"""A part of a name, such as a first name, that more people share refers to none of them."""

GENERIC_NAMES: Final[frozenset[str]] = frozenset(
    split_words("""
        guest anonymous anon anonymus anonym unknown admin administrator moderator mod editor author user member
        system deleted removed unsigned op op's staff team gast anonyme invitado reply quote edit
        """)
)
"""Names that many share or that are words of every page: they count only after an @ or before "wrote:"."""

ADDRESS_TITLES: Final[frozenset[str]] = frozenset(
    split_words("mr mrs ms miss dr prof sir herr frau hr fr monsieur madame mme señor señora sr sra signor signora")
)
"""Words before a name that are no part of it."""

_MAX_TYPOS: Final = ((5, 1), (9, 2))
"""A word of at least so many letters may be a name with so many letters wrong."""


class PersonMention(NamedTuple):
    """A name in a text: `text[start:end]` refers to `person`.

    `sure` is 2 if the name is written in full, as its owner writes it, and looks like a name; 1 if it is written
    differently or in part, or could be an ordinary word; 0 if it is a common word.
    """

    start: int
    end: int
    person: int
    sure: int


_name_word = lazy_pattern(r"[^\W_]+(?:_+[^\W_]+)*_*")


class Participants:
    """The authors of the rows of a thread, numbered as `persons`; an unsigned row's person is -1."""

    def __init__(self, authors: Sequence[str]) -> None:
        self._names: list[str] = []
        self._full: dict[str, int] = {}
        self.persons: list[int] = []
        self._rows: list[list[int]] = []
        for row, author in enumerate(authors):
            key = " ".join(map(_transliterate, _name_word().findall(author.lower())))
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
        """Maps short forms of names that are no common words to the people they may refer to.

        A form that more than `MAX_SHARING` people share is left out.
        """
        parts: dict[str, list[int]] = {}
        for key, person in self._full.items():
            for form in _short_forms(key.split()) - {key}:
                if len(form) > 2 and not _is_common(form) and form not in ADDRESS_TITLES:
                    parts.setdefault(form, []).append(person)
        return {form: persons for form, persons in parts.items() if len(persons) <= MAX_SHARING}

    @cached_property
    def _begins(self) -> frozenset[str]:
        """The first words of all names: most words of a text are none of them, and are looked at no further."""
        return ADDRESS_TITLES | {key.partition(" ")[0] for names in (self._full, self._parts) for key in names}

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The last words of all names."""
        return frozenset(key.rpartition(" ")[2] for names in (self._full, self._parts) for key in names)

    def last_row(self, person: int, before: int) -> int | None:
        """The last row of a person before another row."""
        rows = self._rows[person]
        at = bisect_left(rows, before)
        return rows[at - 1] if at else None

    def rows_before(self, person: int, before: int) -> Iterator[int]:
        """The rows of a person before another row, the last one first."""
        rows = self._rows[person]
        return reversed(rows[: bisect_left(rows, before)])

    def mention_at(self, text: str, start: int, row: int) -> PersonMention | None:
        """The name that a text of row `row` has at `start`, after any titles."""
        words = self._words_from(text, start)
        mention = self._longest_mention(text, words, row)
        while mention is None and len(words) > 1 and words[0].key in ADDRESS_TITLES:
            words = words[1:]
            mention = self._longest_mention(text, words, row)
        return mention

    def mention_before(self, text: str, start: int, end: int, row: int) -> PersonMention | None:
        """The name, of words of a text between `start` and `end`, that ends there."""
        words = list(map(_NameWord.of, _name_word().finditer(text, start, end)))
        if not words or words[-1].key not in self._ends:
            return None
        mentions = (self._mention(text, words[first:], row) for first in range(-min(len(words), MAX_CALLED_WORDS), 0))
        return next((mention for mention in mentions if mention), None)

    def _words_from(self, text: str, start: int) -> list[_NameWord]:
        """The next words on the line, from `start` on; none if no name begins with the first one."""
        words: list[_NameWord] = []
        at = start
        for word in map(_NameWord.of, _name_word().finditer(text, start, start + 80)):
            gap = text[at : word.start]
            if not words and word.key not in self._begins:
                break
            if len(gap) > 3 or "\n" in gap or (words and any(mark in gap for mark in ",:;!?()–—")):
                break
            words.append(word)
            at = word.end
            if len(words) == MAX_CALLED_WORDS:
                break
        return words

    def _longest_mention(self, text: str, words: list[_NameWord], row: int) -> PersonMention | None:
        mentions = (self._mention(text, words[:last], row) for last in range(len(words), 0, -1))
        return next((mention for mention in mentions if mention), None)

    def _mention(self, text: str, words: list[_NameWord], row: int) -> PersonMention | None:
        """The person whom exactly these words name; of several, the one who spoke last before the row."""
        key = " ".join(word.key for word in words)
        start, end = words[0].start, words[-1].end
        person = self._full.get(key)
        if person is not None:
            return PersonMention(start, end, person, self._certainty(key, text[start:end], person))
        if not text[start].isupper():
            return None
        rows = [(self.last_row(person, row), person) for person in self._parts.get(key, ())]
        last = max(((at, person) for at, person in rows if at is not None), default=None)
        return PersonMention(start, end, last[1], 1) if last else None

    def _certainty(self, key: str, written: str, person: int) -> int:
        """How sure it is that a full name, as written, means the person: see `PersonMention`."""
        as_owner = written in self._names[person]
        if _is_common(key) or len(key) < 2 or (len(key) == 2 and not as_owner):
            return 0
        return 2 if as_owner and _stands_out(written) else 1

    def misspelt_mention(self, text: str, start: int) -> PersonMention | None:
        """The name that a word at `start` is with a letter or two wrong, if that is only one person's."""
        match = _name_word().match(text, start)
        if match is None or not _MAX_TYPOS[0][0] <= len(match[0]) <= MAX_TYPO_LETTERS:
            return None
        word = _transliterate(match[0].lower())
        if word in self._full or _is_common(word):
            return None
        if not (match[0][0].isupper() or "@" in text[max(0, start - 2) : start]):
            return None
        typos = max(typos for size, typos in _MAX_TYPOS if len(word) >= size)
        near = {person for form in _deletions(word) for person in self._misspelt.get(form, ())}
        persons = {person for person in near if _distance(word, self._keys[person], typos) <= typos}
        return PersonMention(start, match.end(), persons.pop(), 1) if len(persons) == 1 else None

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {person: key for key, person in self._full.items()}

    @cached_property
    def _misspelt(self) -> dict[str, list[int]]:
        """Maps each name of one word, and the name without any one of its letters, to the people it may refer to."""
        table: dict[str, list[int]] = {}
        for key, person in self._full.items():
            if " " not in key and _MAX_TYPOS[0][0] <= len(key) <= MAX_TYPO_LETTERS and not _is_common(key):
                for form in _deletions(key):
                    table.setdefault(form, []).append(person)
        return table


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe"})


class _NameWord(NamedTuple):
    """A word that may be part of a name: in the form that is compared, and where it stands."""

    key: str
    start: int
    end: int

    @classmethod
    def of(cls, match: re.Match[str]) -> _NameWord:
        """The word that `_name_word` matched."""
        return cls(_transliterate(match[0].lower()), *match.span())


def _transliterate(word: str) -> str:
    """A word in lower case without the letters that some keyboards lack: "webbär" is "webbaer"."""
    return word if word.isascii() else word.translate(_UMLAUTS)


def _short_forms(words: list[str]) -> set[str]:
    """The short forms of a name of these words: one of them, an initial and the last one, and so on."""
    if len(words) == 1:
        return {words[0].rstrip("0123456789_")}
    first, last = words[0], words[-1]
    return {*words, f"{first} {last[0]}", f"{first[0]} {last}", f"{first} {last}"}


def _stands_out(name: str) -> bool:
    """Whether a name looks like one by its capitals, its digits, or its several words."""
    return name != name.lower() or not name.isalpha()


def _is_common(word: str) -> bool:
    return word in STOP_WORDS or word in GENERIC_NAMES or word in common_words() or word.isdecimal()


def _deletions(word: str) -> set[str]:
    """A word, and the word without any one of its letters."""
    return {word, *_one_letter_less(word)}


def _one_letter_less(word: str) -> list[str]:
    """A word without one of its letters, for each of them."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _distance(word: str, other: str, most: int) -> int:
    """The edit distance of two words; counting stops beyond `most`."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for place, wanted in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted)))
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]


# Names of participants as marks of a text

MAX_NAME_WORDS = 6
"""A longer name is not searched for."""

MIN_TYPO_LETTERS = 6
"""A name of at least so many letters is also found with one letter wrong, missing or too much."""

NOT_A_NAME = frozenset(
    split_words("deleted removed anonymous anon guest unknown unsigned admin administrator moderator user author")
)
"""What pages call an author without a name: common words that name nobody."""

MAX_TYPO_LETTERS = 40
"""Longer words are not compared with names for typing errors."""

MAX_EDGE_CHARS = 40
"""The most spaces and punctuation around a name that stands alone, or before one that is addressed."""

_WORD = r"\w+"
_HANDLE = r"@(?<![\w.]@)(?=\d{0,20}[^\W\d])(\w(?:[\w-]*\w)?)"


class NameDirectory(NamedTuple):
    """The names of the participants by their words.

    `names` maps the words of a name (lower case, one space between) to the name as its owner writes it, and `lengths` a
    first word to the numbers of words of the names that begin with it, the largest first. `strict` are the keys that
    are common words too, which count only as their owner writes them; `weak` those that count only alone or after an @.
    `near` maps long names of one word, and each of them with one letter left out, to the name: two words that share
    such a form differ by one letter.
    """

    names: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    strict: frozenset[str]
    weak: frozenset[str]
    near: dict[str, str]


@lru_cache(maxsize=4)
def build_directory(people: frozenset[str]) -> NameDirectory:
    """The directory of one set of people; the last few are cached."""
    names: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for name in sorted(people):
        words = [word.lower() for word in re.findall(_WORD, name)]
        if 0 < len(words) <= MAX_NAME_WORDS:
            names[" ".join(words)] = name.strip().lstrip("@")
            lengths.setdefault(words[0], set()).add(len(words))
    strict = frozenset(names.keys() & common_words())
    long = {key: name for key, name in names.items() if _may_have_typo(key) and key not in strict}
    return NameDirectory(
        names,
        {word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()},
        strict,
        weak=frozenset(filter(_names_nobody, names)),
        near={short: name for key, name in long.items() for short in _one_letter_less(key)} | long,
    )


def _may_have_typo(key: str) -> bool:
    return MIN_TYPO_LETTERS <= len(key) < MAX_TYPO_LETTERS and " " not in key


def _names_nobody(key: str) -> bool:
    return key in STOP_WORDS or key in NOT_A_NAME or len(key) == 1 or key.isdecimal()


def find_people(text: str, words: AbstractSet[str], people: Iterable[str]) -> list[Mark]:
    """The people and the @handles in a text; `words` are its words as written."""
    everyone = people if isinstance(people, frozenset) else frozenset(people)
    known = build_directory(everyone)
    marks = list(_handles(text, known)) if "@" in text else []
    if everyone and not known.lengths.keys().isdisjoint(map(str.lower, words)):
        marks += _find_listed(text, known)
    if known.near:
        marks += _near_misses(text, words, known)
    return marks


def _near_misses(text: str, words: AbstractSet[str], known: NameDirectory) -> Iterator[Mark]:
    """Names with one letter wrong: words that look like a name, or that address somebody at the start of the text."""
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
    """Whether a word has capitals or digits inside, as user names often do."""
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
    """Everyone addressed as @name; the mark leaves out the @."""
    for match in re.finditer(_HANDLE, text):
        name = match[1]
        yield Mark(match.start(1), match.end(1), "name", "user", known.names.get(name.lower(), name))


def _find_listed(text: str, known: NameDirectory) -> Iterator[Mark]:
    """The names of the directory in a text, the longest first where several begin with one word."""
    words = list(re.finditer(_WORD, text))
    at = 0
    while at < len(words):
        step = 1
        for size in known.lengths.get(words[at].group().lower(), ()):
            piece = words[at : at + size]
            key = " ".join(match.group().lower() for match in piece)
            span = text[piece[0].start() : piece[-1].end()]
            if key in known.names and len(span) <= 2 * len(known.names[key]) + 8 and _is_meant(text, span, key, known):
                yield Mark(piece[0].start(), piece[-1].end(), "name", "user", known.names[key])
                step = size
                break
        at += step


def _is_meant(text: str, span: str, key: str, known: NameDirectory) -> bool:
    """Whether a name that may be a common word is meant as the name here."""
    if key in known.weak:
        return len(text) <= len(span) + MAX_EDGE_CHARS and text.strip(" \n\t@.,:;!?") == span
    return key not in known.strict or span in known.names[key]
