"""What may be typed next: operators and their values for the word that is being typed, then the thread's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rumor_tui.search.query.ast import NumberTerm, TextTerm
from rumor_tui.search.query.operators import OPERATORS, Operator
from rumor_tui.search.query.parser import last_word_start, parse_query
from rumor_tui.search.query.query import QueryError
from rumor_tui.search.query.unparse import needs_no_quotes, quote_text
from rumor_tui.text import fold

if TYPE_CHECKING:
    from rumor_tui.search.index.mark_index import Entry

MAX_COMPLETIONS: Final = 60
"""The most that is offered."""

_STARTED: Final = re.compile(r"(-?)([A-Za-z]+):(\"?)(.*)", re.DOTALL)
_PREFIX: Final = re.compile(r"-?[a-z]+")

EntryLookup: TypeAlias = "Callable[[str], Iterable[Entry]]"
"""Gives the thread's numbers and names that hold a text, the most telling ones first."""

AuthorLookup = Callable[[], Sequence[tuple[str, str, int]]]
"""Gives the authors: the name, the same folded, and the number of comments; whoever says most first. It is asked at
every key, and there may be 30,000 of them."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to choose: what is shown of it, a note on it, and the line that it makes of what was typed.

    `value` and `count` are an entry's.
    """

    label: str
    note: str
    line: str
    kind: Literal["number", "name", "operator"]
    value: str = ""
    count: int = 0


def complete_query(line: str, narrow: EntryLookup, people: AuthorLookup, *, plain: bool = False) -> list[Completion]:
    """What may stand for the word that a line ends in; `plain` where the line is no language but an expression."""
    if plain:
        return [_entry(entry, "", entry.label) for entry in narrow(line)][:MAX_COMPLETIONS]
    start = last_word_start(line)
    before, word = line[:start], line[start:]
    started = _STARTED.fullmatch(word)
    operator = OPERATORS.get(started[2].lower()) if started else None
    if started is not None and operator is not None:
        found = _values(operator, started[4], narrow, people)
        return [_with(offer, f"{before}{started[1]}{operator.name}:") for offer in islice(found, MAX_COMPLETIONS)]
    return [*_operators(before, word), *_entries(line, narrow)][:MAX_COMPLETIONS]


def _operators(before: str, word: str) -> Iterator[Completion]:
    """The operators that a word is the beginning of."""
    if _PREFIX.fullmatch(word):
        name = word.removeprefix("-")
        for operator in OPERATORS.values():
            if operator.name.startswith(name):
                line = f"{before}{word.removesuffix(name)}{operator.name}:"
                yield Completion(f"{operator.name}:", f" {operator.wants}", line, "operator")


def _values(operator: Operator, typed: str, narrow: EntryLookup, people: AuthorLookup) -> Iterator[Completion]:
    """What may follow an operator, as lines that have only the value."""
    wanted = fold(typed)
    if operator.takes == "choice":
        for word, means in operator.values:
            if word.startswith(wanted):
                yield Completion(word, f" {means}", word, "operator")
    elif operator.name == "name":
        for entry in narrow(typed):
            if entry.kind == "name":
                yield _entry(entry, "", _value(entry.label))
    elif operator.takes == "name":
        told = people()
        begun = (one for one in told if one[1].startswith(wanted))
        held = (one for one in told if wanted in one[1] and not one[1].startswith(wanted))
        for author, _, count in chain(begun, held):
            yield Completion(author, f" ×{count:,}", _value(author), "name")


def _value(name: str) -> str:
    return name if needs_no_quotes(name) else quote_text(name)


def _with(offer: Completion, before: str) -> Completion:
    return Completion(offer.label, offer.note, before + offer.line, offer.kind, offer.value, offer.count)


def _entries(line: str, narrow: EntryLookup) -> Iterator[Completion]:
    """The thread's own numbers and names that hold the words at the end of a line."""
    start = last_word_start(line, plain=True)
    for entry in narrow(line[start:]):
        yield _entry(entry, line[:start], query_for_label(entry.label))


def _entry(entry: Entry, before: str, line: str) -> Completion:
    return Completion(entry.label, f" ×{entry.count:,}", before + line, entry.kind, entry.value, entry.count)


def query_for_label(label: str) -> str:
    """A line that finds a number or name by its label: as it stands if the language lets it, else in quotes."""
    try:
        node = parse_query(label)
    except QueryError:
        return quote_text(label)
    return label if node == TextTerm(label) or isinstance(node, NumberTerm) else quote_text(label)
