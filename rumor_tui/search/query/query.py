"""The types that all of search shares: the query as typed, its matcher, and its errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Case = Literal["smart", "sensitive", "insensitive"]

Spans: TypeAlias = list[tuple[int, int]]
"""Ranges of a text, (start, end), in order, neither empty nor overlapping."""

FindSpans: TypeAlias = Callable[[str], Iterator[tuple[int, int]]]
CountMatches: TypeAlias = Callable[[str], int]
CountInTexts: TypeAlias = Callable[[list[str]], list[int]]


class QueryError(ValueError):
    """A query that is not valid; the message is a sentence for people.

    `position` is the offset of the fault in the query, if it is known.
    """

    def __init__(self, sentence: str, position: int | None = None) -> None:
        super().__init__(sentence)
        self.position = position


class QueryTooSlow(QueryError):
    """A regular expression that exceeded its time limit."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for.

    `case` "smart" makes the search case-sensitive only if the query has a capital. `word` searches for whole words.
    `regex` reads the query as a regular expression in the dialect of the `regex` package.
    """

    text: str = ""
    case: Case = "smart"
    word: bool = False
    regex: bool = False

    @property
    def blank(self) -> bool:
        """True if there is nothing to search for: no text, or only space that is no regular expression."""
        return not (self.text if self.regex else self.text.strip())


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds one text or regular expression in a text.

    `prepare` turns an item's plain text into the text that is compared, of the same length, which `find` and `count`
    take; if `folded` is true it is `fold`, so that an index's folded texts can be used as they are. `count(text)` is
    always the number of spans that `find(text)` yields, in order. All but `prepare` raise QueryTooSlow for an
    expression that exceeds its time limit.

    `count_all`, if there is one, counts in many texts at once. `needle` is the text of every match, if it is always the
    same; `part` is a part that every match contains, if one is certain.
    """

    query: Query
    folded: bool
    prepare: Callable[[str], str]
    find: FindSpans
    count: CountMatches
    count_all: CountInTexts | None = None
    needle: str = ""
    part: str = ""

    def spans(self, plain: str) -> Spans:
        """Where the query matches in an item's plain text."""
        return list(self.find(self.prepare(plain)))
