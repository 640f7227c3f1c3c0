"""Compiles a query for a thread: in which items it matches, how often, and which spans to highlight.

An item that satisfies the whole query has a match wherever one of its texts, numbers and names occurs. An item that
satisfies it only by facts about it is a single match: its author's name, or its first word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, compress
from typing import Final

from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.query.ast import And, EmptyQuery, Node, Not, Or, RegexTerm, Term, TextTerm
from rumor_tui.search.query.operators import Requirement
from rumor_tui.search.query.predicates import SpanIterable, merge_spans, predicate_for, text_predicate
from rumor_tui.search.query.query import Query
from rumor_tui.text import fold

_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query in a thread.

    `counts` returns the number of matches of each of some items, in ascending order; `spans` returns those of one item,
    in order and without overlaps, as many as it counts. `is_exact()` is false as long as too little of the thread is
    known to count. `version()` changes whenever spans may differ from those returned before. `timed` means that the
    query has a regular expression, so that counting needs a time limit and any of these may raise QueryTooSlow. `needs`
    is what must be known of the thread for exact counts. `early` means that counting is quick even before the texts of
    the thread are built.
    """

    counts: Callable[[Sequence[int]], Sequence[int]]
    spans: Callable[[int], SpanIterable]
    is_exact: Callable[[], bool] = lambda: True
    version: Callable[[], Hashable] = lambda: 0
    timed: bool = False
    needs: frozenset[Requirement] = frozenset()
    early: bool = False


def compile_for_thread(query: Query, columns: CommentColumns) -> CompiledQuery:
    """Compile a query that is not blank. Raises QueryError if it is not valid."""
    from rumor_tui.search.query.matcher import check_length, compile_matcher
    from rumor_tui.search.query.parser import parse_query

    check_length(query)
    node = RegexTerm(query.text) if query.regex else parse_query(query.text)
    if isinstance(node, EmptyQuery):
        return CompiledQuery(lambda items: [0] * len(items), lambda item: ())
    if isinstance(node, TextTerm) or query.regex:
        text = node.text if isinstance(node, TextTerm) else query.text
        predicate = text_predicate(compile_matcher(replace(query, text=text)), columns)
        assert predicate.spans is not None
        return CompiledQuery(predicate.counts, predicate.spans, timed=query.regex, early=predicate.early)
    branches = [_Branch(branch, columns, query) for branch in (node.parts if isinstance(node, Or) else (node,))]
    needs = frozenset(need for branch in branches for need in branch.needs)
    return CompiledQuery(
        partial(_count_any, branches) if len(branches) > 1 else branches[0].counts,
        partial(_spans_of_any, branches, columns),
        partial(_is_known, columns, needs),
        partial(_knowledge_version, columns),
        timed=any(isinstance(term, RegexTerm) for term in terms_of(node)),
        needs=needs,
    )


def terms_of(node: Node) -> Iterable[Term]:
    """The terms of a query, in order, also those that a text must not have."""
    match node:
        case EmptyQuery():
            return
        case Or(parts) | And(parts):
            for part in parts:
                yield from terms_of(part)
        case Not(term):
            yield term
        case _:
            yield node


def _is_known(columns: CommentColumns, needs: frozenset[Requirement]) -> bool:
    knowledge = columns.knowledge
    return ("marks" not in needs or knowledge.marks_known) and (
        "conversation" not in needs or knowledge.conversation is not None
    )


def _knowledge_version(columns: CommentColumns) -> Hashable:
    knowledge = columns.knowledge
    return knowledge.version, knowledge.marks_known, knowledge.conversation is not None


class _Branch:
    """One side of an `or`: terms that must all hold."""

    def __init__(self, node: And | Not | Term, columns: CommentColumns, query: Query) -> None:
        terms = node.parts if isinstance(node, And) else (node,)
        tests = [
            (predicate_for(term.term if isinstance(term, Not) else term, columns, query), not isinstance(term, Not))
            for term in terms
        ]
        self._tests = sorted(tests, key=lambda test: test[0].cost)
        self.lit = [predicate for predicate, wanted in self._tests if wanted and predicate.spans is not None]
        """The predicates whose spans are highlighted."""
        self.needs = {predicate.needs for predicate, _ in self._tests}
        self._columns = columns
        self._disjoint = never_overlap([predicate.needle for predicate in self.lit])
        """Whether their spans never overlap, so that matches are counted without finding the spans."""

    def counts(self, items: Sequence[int]) -> Sequence[int]:
        """The number of matches of each item."""
        if len(self._tests) == 1 and self.lit:
            return self.lit[0].counts(items)
        matching, numbers = self._matching(items)
        if len(matching) == len(items):
            return numbers
        counts = dict(zip(matching, numbers, strict=True))
        return [counts.get(item, 0) for item in items]

    def _matching(self, items: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """The items in which all terms hold, and their numbers of matches."""
        columns: list[Sequence[int]] = []
        for predicate, wanted in self._tests:
            if not items:
                return (), ()
            counts = predicate.counts(items)
            holds = counts if wanted else [not count for count in counts]
            if wanted and predicate.spans is not None:
                columns.append(counts)
            if not all(holds):
                items = list(compress(items, holds))
                columns = [list(compress(column, holds)) for column in columns]
        return items, self._total(items, columns)

    def _total(self, items: Sequence[int], columns: list[Sequence[int]]) -> Sequence[int]:
        """The number of matches of each item, from the counts of its highlighted terms."""
        if not columns:
            first, text = self._columns.first, self._columns.text
            return [1 if item >= first or text(item) else 0 for item in items]
        if len(columns) == 1:
            return columns[0]
        if self._disjoint:
            return list(map(sum, zip(*columns, strict=True)))
        return [len(self.spans(item)) for item in items]

    def spans(self, item: int) -> list[tuple[int, int]]:
        """The spans of the highlighted terms, in an item in which all terms hold."""
        return merge_spans(*(predicate.spans(item) for predicate in self.lit if predicate.spans is not None))


def never_overlap(needles: Sequence[str]) -> bool:
    """Whether occurrences of these texts never overlap; "" stands for a text that is not known."""
    if not all(needles):
        return len(needles) < 2
    folded = map(fold, needles)  # some may be case-sensitive and others not
    return not any(_may_overlap(first, second) for first, second in combinations(folded, 2))


def _may_overlap(first: str, second: str) -> bool:
    sizes = range(1, min(len(first), len(second)))
    return (
        first in second
        or second in first
        or any(first.endswith(second[:size]) or second.endswith(first[:size]) for size in sizes)
    )


def _count_any(branches: Sequence[_Branch], items: Sequence[int]) -> list[int]:
    """The number of matches of each item, where any of several branches is enough."""
    columns = [branch.counts(items) for branch in branches]
    disjoint = all(len(branch.lit) < 2 for branch in branches) and never_overlap(
        [predicate.needle for branch in branches for predicate in branch.lit]
    )
    lit = [bool(branch.lit) for branch in branches]
    totals: list[int] = []
    for item, counts in zip(items, zip(*columns, strict=True), strict=True):
        shown = list(filter(None, compress(counts, lit)))
        if len(shown) > 1 and not disjoint:
            matching = compress(branches, counts)
            totals.append(len(merge_spans(*(branch.spans(item) for branch in matching))))
        else:
            totals.append(sum(shown) or int(any(counts)))
    return totals


def _spans_of_any(branches: Sequence[_Branch], columns: CommentColumns, item: int) -> SpanIterable:
    """The matches of an item."""
    matching = [branch for branch in branches if branch.counts((item,))[0]]
    if not matching:
        return ()
    if len(matching) == 1 and len(matching[0].lit) == 1:
        spans = matching[0].lit[0].spans
        assert spans is not None
        return spans(item)
    return merge_spans(*(branch.spans(item) for branch in matching)) or header_span(columns, item)


def header_span(columns: CommentColumns, item: int) -> list[tuple[int, int]]:
    """The author's name of an item, or else its first word."""
    size = columns.index.header(item)
    if size:
        return [(0, size)]
    text = columns.text(item)
    word = _WORD.search(text)
    return [word.span()] if word else [(0, 1)] if text else []
