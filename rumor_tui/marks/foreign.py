"""Names in languages that the tagger does not know: capitals in the middle of a sentence, judged by rule.

Where nouns have capitals (German) a capital tells little. There a name is what stands without an article before it,
again and again, and looks like no noun; or a run of two and more such words; or what a title stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.base import Mark
from rumor_tui.marks.german import DETERMINERS, NOUN_ENDING, NOUNS, PLACES, PLURAL, TITLES
from rumor_tui.marks.language import ENGLISH, NOUN_CAPITALS, OTHERS
from rumor_tui.marks.words import listed

RECURS: Final = 2
NOUN_RECURS: Final = 4
"""Times that a capitalised word must stand in the middle of sentences before it counts as a name by itself; the second
is for languages in which nouns have capitals."""

_SHORT_TITLES: Final = frozenset(("Dr", "Prof", "Mr", "Mrs", "St"))
"""Titles with a full stop that does not end the sentence."""

TOLD: Final = 7
"""The share, of 9, of a word's forms in English texts that have a capital, from which on it is known as a name."""

_LINKS: Final = frozenset(listed("de da do di du del della dos das la le los van der den ter bin ibn y e"))
_NOUN_LINKS: Final = frozenset(listed("de di van la"))


class Word(NamedTuple):
    """A word of a text: where it stands, whether it has a capital, and whether a sentence begins with it."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w]|[-’'](?=\w))*")


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    found, last = [], 0
    for match in _pattern().finditer(text):
        start, end = match.span()
        gap = text[last:start]
        opens = not last or any(mark in gap for mark in '.!?:\n…•„“"»«()*|–—') or gap.count(" ") > 2
        word = match.group()
        found.append(Word(start, end, word, word[0].isupper(), opens))
        last = end
    return found


class Capitals(NamedTuple):
    """How often a word with a capital stood in the middle of a sentence, and how often behind an article there."""

    seen: int = 0
    determined: int = 0


def capitals(text: str) -> Iterator[tuple[str, bool]]:
    """Each capitalised word in the middle of a sentence, and whether an article or the like stands before it."""
    before = ""
    for word in words_of(text):
        if word.capital and not word.opens and len(word.text) > 1:
            yield word.text, before in DETERMINERS
        before = word.text.lower()


def find(text: str, language: str, recurring: Mapping[str, Capitals]) -> list[Mark]:
    """The names of a text in a language other than English; `recurring` are the capitals of the whole thread."""
    nouns = language in NOUN_CAPITALS
    known = OTHERS.get(language, frozenset()) | ENGLISH | (DETERMINERS if nouns else frozenset())
    runs = (_trimmed(run, known) for run in _runs(text, _NOUN_LINKS if nouns else _LINKS, known))
    if nouns:
        return [_mark(text, name) for run in runs for name in _german(run, recurring)]
    return [_mark(text, run.words) for run in runs if run.words and _is_name(run, recurring)]


def _trimmed(run: Run, known: AbstractSet[str]) -> Run:
    """A run without the function words that a sentence begins with: "In Uganda"."""
    words, before = run.words, run.before
    while words and words[0].opens and words[0].text.lower() in known:
        before = words[0].text.lower()
        words = words[1:]
    return Run(words, before)


class Run(NamedTuple):
    """Capitalised words in a row, and the word before them in lower case."""

    words: list[Word]
    before: str


def _runs(text: str, links: AbstractSet[str], known: AbstractSet[str]) -> Iterator[Run]:
    words = words_of(text)
    at = 0
    while at < len(words):
        end = at
        if words[at].capital:
            end = _run_end(text, words, at, links, known)
            yield Run(words[at:end], words[at - 1].text.lower() if at and not words[at].opens else "")
        at = max(end, at + 1)


def _run_end(text: str, words: list[Word], at: int, links: AbstractSet[str], known: AbstractSet[str]) -> int:
    """The word behind the last one of the run that starts at a word."""
    end = at + 1
    while end < len(words) and text[words[end - 1].end : words[end].start] in (" ", ". "):
        if (
            text[words[end - 1].end] == "."
            and words[end - 1].text not in _SHORT_TITLES
            and words[end - 1].end - words[end - 1].start > 1
        ):
            break
        if text[words[end - 1].end] == "." and words[end].text.lower() in known:
            break  # another sentence
        step = 1
        while end + step < len(words) and step < 3 and words[end + step - 1].text in links:
            step += 1
        if not words[end + step - 1].capital:
            break
        end += step
    return end


def _is_name(run: Run, recurring: Mapping[str, Capitals]) -> bool:
    """Whether a run is a name where nouns have no capitals."""
    first = run.words[0]
    recurs = recurring.get(first.text, Capitals()).seen >= RECURS
    return len(first.text) > 1 and (len(run.words) > 1 or not first.opens or recurs)


def _german(run: Run, recurring: Mapping[str, Capitals]) -> Iterator[list[Word]]:
    """The name in a run of German words, if there is one: with its title, or from the first word known as one."""
    words = run.words
    title = next((at for at, word in enumerate(words[:-1]) if word.text in TITLES), -1)
    if title >= 0:
        yield words[title:]
        return
    while words and not (_is_told(words[0].text) or _recurs(words[0].text, recurring)):
        words = words[1:]
    while words and _is_noun(words[-1].text):
        words = words[:-1]
    if words and not (len(words) == 1 and len(words[0].text) < 3):
        yield words


def _is_told(word: str) -> bool:
    """Whether a word is known as a name: as a place, or since English texts hardly ever write it small."""
    from rumor_tui.marks.tagger import model

    return word in PLACES or (not _is_noun(word) and model().data.known(word.lower()).title >= TOLD)


def _is_noun(word: str) -> bool:
    """Whether a German word looks like an ordinary noun."""
    return word in NOUNS or NOUN_ENDING(word) is not None


def _recurs(word: str, recurring: Mapping[str, Capitals]) -> bool:
    counts = recurring.get(word, Capitals())
    plural = PLURAL(word) is not None and word not in PLACES
    return counts.seen >= NOUN_RECURS and counts.determined == 0 and not plural and not _is_noun(word)


def _mark(text: str, words: Sequence[Word]) -> Mark:
    start, end = words[0].start, words[-1].end
    return Mark(start, end, "name", "name", " ".join(text[start:end].split()))
