"""What is lit up in a text: by marks, by a search, and by a jump to a place; and the contract with the painter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from rumor_tui.model import Span
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.reading.worker import Analysis


class Highlighter(Protocol):
    """Knows the spans to light up. Items are counted as the search index does: title, pieces, comments."""

    def state(self, item: int) -> Hashable:
        """Changes whenever the spans of an item do."""
        ...

    def spans(self, item: int) -> Sequence[Span]:
        """The spans of an item, in its own text."""
        ...

    def hits_below(self, first: int, end: int) -> int:
        """How many matches stand in the items from `first` up to but not `end`."""
        ...


class NoHighlights:
    """Nothing is lit."""

    def state(self, item: int) -> Hashable:
        """Never changes."""
        return 0

    def spans(self, item: int) -> Sequence[Span]:
        """No spans."""
        return ()

    def hits_below(self, first: int, end: int) -> int:
        """No hits."""
        return 0


def within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans that touch start .. end, clipped to it and counted from its start."""
    return [
        Span(max(s.start, start) - start, min(s.end, end) - start, s.role, s.target)
        for s in spans
        if s.start < end and s.end > start
    ]


def within_each(spans: Sequence[Span], stretches: Iterable[tuple[int, int]]) -> Iterator[list[Span]]:
    """What `within` gives for each of the stretches, (start, end) in order and apart, in one walk through the spans."""
    waiting = sorted(spans, key=lambda span: span.start)
    going: list[Span] = []
    nth = 0
    for start, end in stretches:
        while nth < len(waiting) and waiting[nth].start < end:
            going.append(waiting[nth])
            nth += 1
        yield within(going, start, end)
        going = [span for span in going if span.end > end]


KEPT = 1_000
"""Items whose spans are kept: more than are painted on the largest of terminals."""
MANY = 2_000
"""Matches in one item from which their spans are made once, not for each step from match to match."""


class Pointed(NamedTuple):
    """A place that a jump led to, in the text of an item."""

    item: int
    start: int
    end: int


class Highlights:
    """The spans of each item: numbers and names while they are lit, matches, and the place of a jump."""

    def __init__(self, search: ThreadSearch, analysis: Analysis) -> None:
        self._search = search
        self._analysis = analysis
        self.pointed: Pointed | None = None
        self._key: tuple[Hashable, ...] = ()
        """What the spans that are kept were worked out with."""
        self._spans: dict[int, list[Span]] = {}
        self._states: dict[int, tuple[list[Span], int]] = {}
        self._many: dict[int, tuple[object, list[Span]]] = {}
        """The spans of an item with very many matches, and the matches that they were made from."""
        self._changes = 0

    def remap(self, replacement: Replacement) -> None:
        """Point at the same place, if it is still there."""
        self._spans.clear()
        self._states.clear()
        self._many = {}
        if self.pointed is not None:
            item = replacement.item(self.pointed.item)
            self.pointed = self.pointed._replace(item=item) if item >= 0 else None

    def _current_start(self, item: int) -> int:
        """Where the current match starts in an item; -1 where it is in another one."""
        current = self._search.current
        return current.start if current is not None and current.item == item else -1

    def state(self, item: int) -> Hashable:
        """A number that changes when the spans of an item do, so that items whose spans stay are not painted anew."""
        spans, before = self.spans(item), self._states.get(item)
        if before is None or before[0] != spans:
            if len(self._states) > KEPT:
                self._states.clear()
            self._changes += 1
            before = self._states[item] = spans, self._changes
        return before[1]

    def spans(self, item: int) -> list[Span]:
        """The spans of an item, in its own text; kept until what they depend on changes: do not modify the list."""
        search, knowledge = self._search, self._analysis.knowledge
        shown = search.version, search.lit or search.open, search.current, self.pointed
        key = *shown, id(knowledge), knowledge.version, knowledge.conversation is not None
        if key != self._key or len(self._spans) > KEPT:
            self._key = key
            self._spans.clear()
        spans = self._spans.get(item)
        if spans is None:
            spans = self._find_spans(item)
            if self._analysis.index.at_hand(item):
                self._spans[item] = spans
        return spans

    def _find_spans(self, item: int) -> list[Span]:
        search, pointed = self._search, self.pointed
        spans = list(self._analysis.marks(item)) if search.lit or search.open else []
        spans += self._matched(item)
        if pointed is not None and pointed.item == item:
            spans.append(Span(pointed.start, pointed.end, "current"))
        return spans

    def _matched(self, item: int) -> list[Span]:
        """The matches in an item, if its text is at hand; of very many the same list but for the current one."""
        matches, here = self._analysis.engine.matches, self._current_start(item)
        if matches is None or not self._analysis.index.at_hand(item):
            return []
        places = matches.spans(item)
        if len(places) <= MANY:
            return [Span(s, e, "current" if s == here else "match") for s, e in places]
        known = self._many.get(item)
        if known is None or known[0] is not places:
            self._many = {item: (places, [Span(s, e, "match") for s, e in places])}
        spans = list(self._many[item][1])
        at = bisect_left(places, (here,))
        if at < len(places) and places[at][0] == here:
            spans[at] = Span(*places[at], "current")
        return spans

    def hits_below(self, first: int, end: int) -> int:
        """How many matches stand in the items from `first` up to but not `end`, as far as they are counted."""
        matches = self._analysis.engine.matches
        return matches.count_below(first, end) if matches is not None else 0
