"""What a query means in a thread: in which items it holds, how often, and what lights up there.

An item in which all of the query holds has a match wherever one of its texts, numbers and names stands; one in which
only facts make it hold is a single match, which is its author's name, or its first word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from typing import Final

from rumor_tui.search.base import Query
from rumor_tui.search.facts import Facts
from rumor_tui.search.parts import Part, Spots, merged, part_of, text_part
from rumor_tui.search.states import Needs
from rumor_tui.search.terms import All, Either, Node, Not, Nothing, Pattern, Term, Words
from rumor_tui.text import fold

_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query in a thread.

    `counts` tells how many matches each of some rising items has, and `spots` gives those of one item, left to right
    without overlaps: as many. `sure()` is false as long as too little is known of the thread to count. `version()`
    changes when spots that were given before may be other ones now. `timed` tells that a stranger's expression is part
    of the query, so that counting needs a limit; `needs` is what must be known for it to be sure. All may
    raise TooSlow then. `early` tells that counting is quick before the texts of the thread are built.
    """

    counts: Callable[[Sequence[int]], Sequence[int]]
    spots: Callable[[int], Spots]
    sure: Callable[[], bool] = lambda: True
    version: Callable[[], Hashable] = lambda: 0
    timed: bool = False
    needs: frozenset[Needs] = frozenset()
    early: bool = False


def meaning_of(query: Query, facts: Facts) -> Meaning:
    """What a query that is not blank means. Raises QueryError where it is not valid."""
    from rumor_tui.search.query import compile_query, node_of

    node = node_of(query)
    if isinstance(node, Nothing):
        return Meaning(lambda items: [0] * len(items), lambda item: ())
    if isinstance(node, Words) or query.regex:
        text = node.text if isinstance(node, Words) else query.text
        part = text_part(compile_query(replace(query, text=text)), facts)
        assert part.spots is not None
        return Meaning(part.counts, part.spots, timed=query.regex, early=part.early)
    sides = [_side(side, facts, query) for side in (node.parts if isinstance(node, Either) else (node,))]
    parts = [part for side in sides for part in (*side.lit, *side.facts)]
    needs = frozenset(part.needs for part in parts)
    return Meaning(
        partial(_counts, sides) if len(sides) > 1 else sides[0].counts,
        partial(_spots, sides, facts),
        partial(_is_sure, facts, needs),
        lambda: (facts.knowledge.version, facts.knowledge.marks_known, facts.knowledge.talk is not None),
        timed=any(isinstance(term, Pattern) for term in _terms(node)),
        needs=needs,
    )


def _terms(node: Node) -> Iterable[Term]:
    match node:
        case Nothing():
            return
        case Either(parts) | All(parts):
            for part in parts:
                yield from _terms(part)
        case Not(term):
            yield term
        case _:
            yield node


def _is_sure(facts: Facts, needs: frozenset[Needs]) -> bool:
    knowledge = facts.knowledge
    return ("marks" not in needs or knowledge.marks_known) and ("talk" not in needs or knowledge.talk is not None)


class _Side:
    """What stands on one side of an `or`: terms that must all hold. `lit` are those that show where."""

    def __init__(self, parts: Iterable[tuple[Part, bool]], facts: Facts) -> None:
        told = sorted(parts, key=lambda part: part[0].cost)
        self.lit = [part for part, wanted in told if wanted and part.spots is not None]
        self.facts = [part for part, wanted in told if not wanted or part.spots is None]
        self._tests = [(part, wanted, wanted and part.spots is not None) for part, wanted in told]
        self._index = facts.index
        self._first = facts.first
        # Texts that cannot overlap are counted without a look at where they stand.
        self._apart = are_apart([part.needle for part in self.lit])

    def counts(self, items: Sequence[int]) -> Sequence[int]:
        """How many matches each of some items has."""
        if len(self._tests) == 1 and self.lit:
            return self.lit[0].counts(items)
        left, numbers = self._left(items)
        if len(left) == len(items):
            return numbers
        counts = dict(zip(left, numbers, strict=True))
        return [counts.get(item, 0) for item in items]

    def _left(self, items: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """The items in which all terms hold, and their counts."""
        left, columns = items, list[Sequence[int]]()
        for part, wanted, lit in self._tests:
            if not left:
                return (), ()
            found = part.counts(left)
            holds = found if wanted else [not count for count in found]
            if not all(holds):
                left = list(compress(left, holds))
                columns = [list(compress(column, holds)) for column in columns]
                found = list(compress(found, holds)) if lit else found
            if lit:
                columns.append(found)
        if not columns:
            return left, [1 if item >= self._first or self._index.item_text(item) else 0 for item in left]
        if len(columns) == 1:
            return left, columns[0]
        if self._apart:
            return left, list(map(sum, zip(*columns, strict=True)))
        return left, [len(self.spots(item)) for item in left]

    def spots(self, item: int) -> list[tuple[int, int]]:
        """The places of the terms that show where, in an item in which all terms hold."""
        return merged(*(part.spots(item) for part in self.lit if part.spots is not None))


def are_apart(needles: Sequence[str]) -> bool:
    """Whether places of these texts never overlap; "" stands for a text of which that is not known."""
    if not all(needles):
        return len(needles) < 2
    needles = [fold(needle) for needle in needles]  # some may tell upper and lower case apart
    return not any(
        a in b or b in a or any(a.endswith(b[:size]) or b.endswith(a[:size]) for size in range(1, min(len(a), len(b))))
        for n, a in enumerate(needles)
        for b in needles[n + 1 :]
    )


def _side(node: All | Not | Term, facts: Facts, query: Query) -> _Side:
    parts = node.parts if isinstance(node, All) else (node,)
    return _Side(
        [
            (part_of(part.term, facts, query), False) if isinstance(part, Not) else (part_of(part, facts, query), True)
            for part in parts
        ],
        facts,
    )


def _counts(sides: Sequence[_Side], items: Sequence[int]) -> list[int]:
    """How many matches each item has where one side of several is enough."""
    columns = [side.counts(items) for side in sides]
    apart = all(len(side.lit) < 2 for side in sides) and are_apart([p.needle for side in sides for p in side.lit])
    lit = [bool(side.lit) for side in sides]
    total: list[int] = []
    for n, row in enumerate(zip(*columns, strict=True)):
        shown = [count for count, shows in zip(row, lit, strict=True) if count and shows]
        if len(shown) > 1 and not apart:
            item = items[n]
            total.append(len(merged(*(side.spots(item) for side, count in zip(sides, row, strict=True) if count))))
        else:
            total.append(sum(shown) or int(any(row)))
    return total


def _spots(sides: Sequence[_Side], facts: Facts, item: int) -> Spots:
    """The matches of an item."""
    holding = [side for side in sides if side.counts((item,))[0]]
    if not holding:
        return ()
    if len(holding) == 1 and len(holding[0].lit) == 1:
        spots = holding[0].lit[0].spots
        assert spots is not None
        return spots(item)
    return merged(*(side.spots(item) for side in holding)) or head_of(facts, item)


def head_of(facts: Facts, item: int) -> list[tuple[int, int]]:
    """The author's name of an item, or else its first word."""
    size = facts.index.header(item)
    if size:
        return [(0, size)]
    text = facts.text(item)
    word = _WORD.search(text)
    return [word.span()] if word else [(0, 1)] if text else []
