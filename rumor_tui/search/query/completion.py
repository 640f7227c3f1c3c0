"""Completion: operators and their values for the word that is being typed, then words of the thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
"""The most completions that are offered."""

_STARTED: Final = re.compile(r"(-?)([A-Za-z]+):(\"?)(.*)", re.DOTALL)
_PREFIX: Final = re.compile(r"-?[a-z]+")

EntryLookup: TypeAlias = "Callable[[str], Iterable[Entry]]"
"""Returns the thread's numbers and names that contain a text, the most relevant first."""

AuthorLookup = Callable[[], Sequence[tuple[str, str, int]]]
"""Returns the authors, the most active first: the name, the same folded, and the number of comments. It is called at
every key, and there may be 30,000 of them."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion: its label, a note on it, and the line that results.

    `value` and `count` are those of an entry.
    """

    label: str
    note: str
    line: str
    kind: Literal["number", "name", "operator"]
    value: str = ""
    count: int = 0


def complete_query(line: str, narrow: EntryLookup, people: AuthorLookup, *, plain: bool = False) -> list[Completion]:
    """The completions of the last word of a line; `plain` if the line is a regular expression rather than a query."""
    if plain:
        return [_entry_completion(entry, "", entry.label) for entry in narrow(line)][:MAX_COMPLETIONS]
    start = last_word_start(line)
    before, word = line[:start], line[start:]
    started = _STARTED.fullmatch(word)
    operator = OPERATORS.get(started[2].lower()) if started else None
    if started is not None and operator is not None:
        prefix = f"{before}{started[1]}{operator.name}:"
        values = islice(_complete_value(operator, started[4], narrow, people), MAX_COMPLETIONS)
        return [replace(value, line=prefix + value.line) for value in values]
    return [*_complete_operator(before, word), *_complete_text(line, narrow)][:MAX_COMPLETIONS]


def _complete_operator(before: str, word: str) -> Iterator[Completion]:
    """The operators that begin with a word."""
    if _PREFIX.fullmatch(word):
        name = word.removeprefix("-")
        for operator in OPERATORS.values():
            if operator.name.startswith(name):
                line = f"{before}{word.removesuffix(name)}{operator.name}:"
                yield Completion(f"{operator.name}:", f" {operator.wants}", line, "operator")


def _complete_value(operator: Operator, typed: str, narrow: EntryLookup, people: AuthorLookup) -> Iterator[Completion]:
    """The values of an operator, as lines of only the value."""
    if operator.takes == "choice":
        prefix = fold(typed)
        for word, means in operator.values:
            if word.startswith(prefix):
                yield Completion(word, f" {means}", word, "operator")
    elif operator.name == "name":
        for entry in narrow(typed):
            if entry.kind == "name":
                yield _entry_completion(entry, "", _operand(entry.label))
    elif operator.takes == "name":
        yield from _complete_author(fold(typed), people)


def _complete_author(typed: str, people: AuthorLookup) -> Iterator[Completion]:
    """The authors whose names begin with the text, then those whose names contain it."""
    authors = people()
    begin = (author for author in authors if author[1].startswith(typed))
    contain = (author for author in authors if typed in author[1] and not author[1].startswith(typed))
    for name, _, count in chain(begin, contain):
        yield Completion(name, f" ×{count:,}", _operand(name), "name")


def _operand(name: str) -> str:
    return name if needs_no_quotes(name) else quote_text(name)


def _complete_text(line: str, narrow: EntryLookup) -> Iterator[Completion]:
    """The thread's numbers and names that contain the plain words at the end of a line."""
    start = last_word_start(line, plain=True)
    for entry in narrow(line[start:]):
        yield _entry_completion(entry, line[:start], query_for_label(entry.label))


def _entry_completion(entry: Entry, before: str, line: str) -> Completion:
    return Completion(entry.label, f" ×{entry.count:,}", before + line, entry.kind, entry.value, entry.count)


@lru_cache(maxsize=4_096)
def query_for_label(label: str) -> str:
    """A query that finds a number or name by its label: as it stands if the language allows it, else in quotes."""
    try:
        node = parse_query(label)
    except QueryError:
        return quote_text(label)
    return label if node == TextTerm(label) or isinstance(node, NumberTerm) else quote_text(label)
