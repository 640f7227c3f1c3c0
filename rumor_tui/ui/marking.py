"""What is lit up in a text: the contract between the painter and whatever knows of marks and matches."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Protocol

from rumor_tui.model import Span


class Highlighter(Protocol):
    """Knows the spans to light up. Items are counted as the search index does: title, pieces, comments."""

    def state(self, item: int) -> Hashable:
        """Changes whenever the spans of an item, or the hits below it, may have changed."""
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
