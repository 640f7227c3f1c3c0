"""Passages that are said again: a comment repeats the article or an earlier comment, word for word or nearly so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Quote(NamedTuple):
    """A repeated passage: `text[start:end]` of item `item` repeats `text[source_start:source_end]` of item `source`.

    Items are numbered as the texts are given, the earlier one is the source. `exact` tells that the passages are the
    same once typography is made plain.
    """

    item: int
    start: int
    end: int
    source: int
    source_start: int
    source_end: int
    exact: bool


def find_quotes(texts: Sequence[str], stop: Callable[[], bool] = lambda: False) -> list[Quote]:
    """The repeated passages of a thread's texts, which come in reading order; ordered by item and start."""
    return []
