"""Names in languages that the tagger does not know: capitalised words in the middle of a sentence, judged by rules.

Where nouns are capitalised (German) a capital says little. There a name is a word that recurs without an article before
it and does not look like a noun, or a run of two or more such words, or what follows a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from rumor_tui.marks.data.name_vocabulary import GERMAN_DETERMINERS, GERMAN_NOUNS, GERMAN_PLACES, GERMAN_TITLES
from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.language import ENGLISH_FUNCTION_WORDS, FUNCTION_WORDS, NOUN_CAPITALS
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.scanning import lazy_pattern

_NOUN_ENDING: Final = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ismus|tät|täten|nis|nisse|chen|lein|"
    r"ling|linge|tum|enz|anz|erei|ierung|igkeit|lern|gabe|zeug|werk|weise|freund|freunde)"
).fullmatch
_PLURAL: Final = re.compile(r".*(?:[^i]en|ern|eln)").fullmatch

MIN_RECURRENCE: Final = 2
MIN_NOUN_RECURRENCE: Final = 4
"""Occurrences in the middle of sentences after which a capitalised word counts as a name by itself; the second is for
languages that capitalise nouns."""

_SHORT_TITLES: Final = frozenset(("Dr", "Prof", "Mr", "Mrs", "St"))
"""Titles whose full stop does not end the sentence."""

KNOWN_NAME_SHARE: Final = 7
"""The share of capitalised forms, of 9, of a word in English texts from which on the word is known as a name."""

_LINKS: Final = frozenset(split_words("de da do di du del della dos das la le los van der den ter bin ibn y e"))
_NOUN_LINKS: Final = frozenset(split_words("de di van la"))


class CasedWord(NamedTuple):
    """A word of a text: where it stands, whether it is capitalised, and whether it opens a sentence."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


_word = lazy_pattern(r"[^\W\d_](?:[\w]|[-’'](?=\w))*")


def cased_words(text: str) -> list[CasedWord]:
    """The words of a text in order."""
    words, last = [], 0
    for match in _word().finditer(text):
        start, end = match.span()
        gap = text[last:start]
        opens = not last or any(mark in gap for mark in '.!?:\n…•„“"»«()*|–—') or gap.count(" ") > 2
        word = match.group()
        words.append(CasedWord(start, end, word, word[0].isupper(), opens))
        last = end
    return words


class CapitalCounts(NamedTuple):
    """How often a capitalised word stood in the middle of a sentence, and how often of that after a determiner."""

    seen: int = 0
    determined: int = 0


def capitalised_mid_sentence(text: str) -> Iterator[tuple[str, bool]]:
    """Each capitalised word in the middle of a sentence, and whether a determiner stands before it."""
    before = ""
    for word in cased_words(text):
        if word.capital and not word.opens and len(word.text) > 1:
            yield word.text, before in GERMAN_DETERMINERS
        before = word.text.lower()


def find_foreign_names(text: str, language: str, recurring: Mapping[str, CapitalCounts]) -> list[Mark]:
    """The names of a text in a language other than English; `recurring` counts the capitals of the whole thread."""
    nouns = language in NOUN_CAPITALS
    known = FUNCTION_WORDS.get(language, frozenset()) | ENGLISH_FUNCTION_WORDS
    if nouns:
        known |= GERMAN_DETERMINERS
    runs = (_without_opening(run, known) for run in _capital_runs(text, _NOUN_LINKS if nouns else _LINKS, known))
    if nouns:
        return [_mark(text, name) for run in runs for name in _german_names(run, recurring)]
    return [_mark(text, run) for run in runs if run and _is_name(run, recurring)]


def _without_opening(run: list[CasedWord], known: AbstractSet[str]) -> list[CasedWord]:
    """A run without the function words that open a sentence: "In Uganda"."""
    while run and run[0].opens and run[0].text.lower() in known:
        run = run[1:]
    return run


def _capital_runs(text: str, links: AbstractSet[str], known: AbstractSet[str]) -> Iterator[list[CasedWord]]:
    """The runs of capitalised words of a text."""
    words = cased_words(text)
    at = 0
    while at < len(words):
        end = at
        if words[at].capital:
            end = _run_end(text, words, at, links, known)
            yield words[at:end]
        at = max(end, at + 1)


def _run_end(text: str, words: list[CasedWord], at: int, links: AbstractSet[str], known: AbstractSet[str]) -> int:
    """The index after the last word of the run that starts at word `at`."""
    end = at + 1
    while end < len(words) and text[words[end - 1].end : words[end].start] in (" ", ". "):
        last = words[end - 1]
        if text[last.end] == "." and (
            (last.text not in _SHORT_TITLES and len(last.text) > 1) or words[end].text.lower() in known
        ):
            break  # the next sentence
        step = 1
        while end + step < len(words) and step < 3 and words[end + step - 1].text in links:
            step += 1
        if not words[end + step - 1].capital:
            break
        end += step
    return end


def _is_name(run: list[CasedWord], recurring: Mapping[str, CapitalCounts]) -> bool:
    """Whether a run is a name, in a language that does not capitalise nouns."""
    first = run[0]
    recurs = recurring.get(first.text, CapitalCounts()).seen >= MIN_RECURRENCE
    return len(first.text) > 1 and (len(run) > 1 or not first.opens or recurs)


def _german_names(words: list[CasedWord], recurring: Mapping[str, CapitalCounts]) -> Iterator[list[CasedWord]]:
    """The name in a run of German words, if there is one: with its title, or from the first word that is known."""
    title = next((at for at, word in enumerate(words[:-1]) if word.text in GERMAN_TITLES), -1)
    if title >= 0:
        yield words[title:]
        return
    while words and not (_is_known_name(words[0].text) or _recurs(words[0].text, recurring)):
        words = words[1:]
    while words and _is_noun(words[-1].text):
        words = words[:-1]
    if words and not (len(words) == 1 and len(words[0].text) < 3):
        yield words


def _is_known_name(word: str) -> bool:
    """Whether a word is known as a name: a place, or a word that English texts hardly ever write in lower case."""
    from rumor_tui.marks.names.tagger import load_model

    return word in GERMAN_PLACES or (
        not _is_noun(word) and load_model().data.known(word.lower()).title >= KNOWN_NAME_SHARE
    )


def _is_noun(word: str) -> bool:
    """Whether a German word looks like an ordinary noun."""
    return word in GERMAN_NOUNS or _NOUN_ENDING(word) is not None


def _recurs(word: str, recurring: Mapping[str, CapitalCounts]) -> bool:
    counts = recurring.get(word, CapitalCounts())
    plural = _PLURAL(word) is not None and word not in GERMAN_PLACES
    return counts.seen >= MIN_NOUN_RECURRENCE and counts.determined == 0 and not plural and not _is_noun(word)


def _mark(text: str, words: Sequence[CasedWord]) -> Mark:
    start, end = words[0].start, words[-1].end
    return Mark(start, end, "name", "name", " ".join(text[start:end].split()))
