"""The shapes that the parts of search share: what is asked, what it becomes, what can be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Case = Literal["smart", "sensitive", "insensitive"]

Spans: TypeAlias = list[tuple[int, int]]
"""Stretches of a text, start up to but not including end, left to right, neither empty nor overlapping."""

Find: TypeAlias = Callable[[str], Iterator[tuple[int, int]]]
Count: TypeAlias = Callable[[str], int]
CountAll: TypeAlias = Callable[[list[str]], list[int]]


class QueryError(ValueError):
    """A query that cannot be searched for; the text is a sentence for people.

    `position` is where in the query the fault lies, counted from 0, when that is known.
    """

    def __init__(self, sentence: str, position: int | None = None) -> None:
        super().__init__(sentence)
        self.position = position


class TooSlow(QueryError):
    """An expression that took more time than it was given."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    `case` "smart" asks for the same case only when the query holds a capital. `word` asks for whole words.
    `regex` reads the query as a regular expression in the dialect of the `regex` package.
    """

    text: str = ""
    case: Case = "smart"
    word: bool = False
    regex: bool = False

    @property
    def blank(self) -> bool:
        """True when there is nothing to look for: no text at all, or only space that is no expression."""
        return not (self.text if self.regex else self.text.strip())


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled query.

    `prepare` turns an item's plain text into the text that is compared, of the same length, which `find` and
    `count` read; it is `fold` when `folded` is true, so that an index's folded texts can be used as they are.
    For every text `count(text)` is the number of spans that `find(text)` gives, left to right. All but `prepare`
    raise TooSlow for an expression that exceeds its time.

    `count_all`, where there is one, counts in many texts at once what `count` does in each. `needle` is what every
    match is in the text that is compared, letter by letter, where there is only one such text; `part` is a stretch that
    every match holds there, where that is known.
    """

    query: Query
    folded: bool
    prepare: Callable[[str], str]
    find: Find
    count: Count
    count_all: CountAll | None = None
    needle: str = ""
    part: str = ""

    def spans(self, plain: str) -> Spans:
        """Where the query matches in an item's plain text."""
        return list(self.find(self.prepare(plain)))
