"""What is lit up in a text: the contract between the painter and whatever knows of marks and matches."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
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
