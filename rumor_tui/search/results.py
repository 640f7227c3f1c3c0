"""The matches of one query in one thread: counted for the whole thread, listed only where they are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate, islice
from operator import lt
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from rumor_tui.search.cooperative import SLICE, TimeSlicer, never_stop
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.search.query.query import QueryTooSlow, Spans

if TYPE_CHECKING:
    from rumor_tui.search.query.compile import CompiledQuery

WHOLE_SECONDS: Final = 30.0
"""Time limit for counting a regular expression in a whole thread, in seconds."""

_MAX_BATCH: Final = 1_024
"""The most items that are counted in one batch; its size follows the time that the last one took."""

MAX_LISTED: Final = 10_000
"""The most matches that are listed in one item, in about 20 ms. A body of nothing but matches may have a million:
the ones beyond are counted, but neither highlighted nor visited."""

_CACHED_SPANS: Final = 100_000
_CACHED_ITEMS: Final = 1_000


class Match(NamedTuple):
    """A match: `plain[start:end]` of an item. `wrapped` means that the search went past the end or the beginning."""

    item: int
    start: int
    end: int
    wrapped: bool


class MatchCounts(NamedTuple):
    """The number of matches, in all and in the article; `exact` is false while there are items left to count."""

    total: int
    in_article: int
    exact: bool


class SearchResults:
    """The matches of a query in the items of an index.

    `counts`, run in a worker, fills `_before`: the number of matches in all items before the k-th, for k up to
    `counted`. From these sums the rest follows at once. Before that, or while the index is not built, `spans` works for
    any item, and `next`, `previous` and `nearest` search item by item. Nothing is counted before the query is exact.
    """

    def __init__(self, index: TextIndex, compiled: CompiledQuery) -> None:
        self.index = index
        self.compiled = compiled
        self.too_slow: QueryTooSlow | None = None
        """Why nothing more is matched: the expression exceeded its time limit."""
        self._before = array("Q", [0])
        self._spans: dict[int, Spans] = {}
        self._cached = 0
        self._version = compiled.version()

    @property
    def counted(self) -> int:
        """The items counted so far, from item 0."""
        return len(self._before) - 1

    @property
    def known(self) -> MatchCounts:
        """The counts so far."""
        counted = self.counted
        in_article = self._before[min(counted, self.index.first_comment)]
        return MatchCounts(self._before[counted], in_article, counted == self.index.size)

    def counts(self, stop: Callable[[], bool] = never_stop) -> MatchCounts:
        """Count the items that are not counted yet, in a worker; not `exact` if stopped or if the query is not exact
        yet.

        Raises QueryTooSlow if an expression exceeds its time limit in one item, or `WHOLE_SECONDS` in all.
        """
        if not self.compiled.is_exact():
            return self.known
        pace, began, batch = TimeSlicer(stop), perf_counter(), 1
        while self.counted < self.index.size:
            since = thread_time()
            self._count_batch(batch)
            took = thread_time() - since
            if self.compiled.timed and perf_counter() - began > WHOLE_SECONDS:
                self._give_up(
                    QueryTooSlow(f"The expression takes longer than {WHOLE_SECONDS:.0f} seconds in this thread.")
                )
            # No other thread runs while a batch of plain text is counted, and a body may be 1 MB long.
            batch = min(2 * batch, _MAX_BATCH) if took < SLICE / 2 else max(batch // 2, 1)
            if pace.rest():
                break
        return self.known

    def _count_batch(self, size: int) -> None:
        if self.too_slow:
            raise self.too_slow
        first = self.counted
        try:
            counts = self.compiled.counts(range(first, min(first + size, self.index.size)))
        except QueryTooSlow as error:
            self._give_up(error)
        self._before.extend(islice(accumulate(counts, initial=self._before[-1]), 1, None))

    def _give_up(self, error: QueryTooSlow) -> NoReturn:
        self.too_slow = error
        raise error

    def spans(self, item: int) -> Spans:
        """The spans of the first `MAX_LISTED` matches in an item's plain text; do not modify the list.

        It is empty once the expression proved too slow, and as long as the text is a long one that is not built yet:
        whoever asks does not wait for that.
        """
        if not self.index.at_hand(item):
            return []
        if self._version != self.compiled.version():
            self._version, self._cached = self.compiled.version(), 0
            self._spans.clear()
        cached = self._spans.get(item)
        if cached is not None:
            return cached
        if item < self.counted and self._before[item] == self._before[item + 1]:
            return []
        if self.too_slow:
            return []
        try:
            return self._cache(item, list(islice(self.compiled.spans(item), MAX_LISTED)))
        except QueryTooSlow as error:
            self.too_slow = error
            return []

    def _cache(self, item: int, spans: Spans) -> Spans:
        if len(self._spans) >= _CACHED_ITEMS or self._cached + len(spans) > _CACHED_SPANS:
            self._spans.clear()
            self._cached = 0
        self._spans[item] = spans
        self._cached += len(spans)
        return spans

    def ordinal(self, item: int, start: int) -> int | None:
        """The 1-based number among all matches of the one that starts at `start`; None while it is not known.

        It is known once the items before are counted. If no listed match starts at `start`, it is the number of the
        next listed one, or one more than that of the last.
        """
        if item > self.counted:
            return None
        return self._before[item] + bisect_left(self.spans(item), (start,)) + 1

    def count_below(self, first: int, last: int) -> int:
        """The number of matches in the items from `first` to before `last`, as far as they are counted."""
        counted = self.counted
        return self._before[min(last, counted)] - self._before[min(first, counted)]

    def items(self) -> bytearray:
        """A byte per item: 1 if it is known to have a match; exact once `counts` is done."""
        before = self._before[: self.counted + 1]
        mask = bytearray(map(lt, before, islice(before, 1, None)))
        return mask.ljust(self.index.size, b"\0")

    def next(self, item: int, offset: int, stop: Callable[[], bool] = never_stop) -> Match | None:
        """The first match that starts after `offset`, wrapping at the end; None without matches or if stopped.

        An item of -1 starts at the top. Before everything is counted this may search the whole thread.
        """
        if item >= 0:
            spans = self.spans(item)
            at = bisect_left(spans, (offset + 1,))
            if at < len(spans):
                return Match(item, *spans[at], wrapped=False)
        later = self._item_after(item, stop)
        if later is not None:
            return self._first(later, wrapped=False)
        again = None if stop() else self._item_after(-1, stop)
        return None if again is None or again > item else self._first(again, wrapped=True)

    def previous(self, item: int, offset: int, stop: Callable[[], bool] = never_stop) -> Match | None:
        """The last match that starts before `offset`, wrapping at the top; None without matches or if stopped.

        An item of `index.size` starts at the end.
        """
        if item < self.index.size:
            spans = self.spans(item)
            at = bisect_left(spans, (offset,))
            if at:
                return Match(item, *spans[at - 1], wrapped=False)
        earlier = self._item_before(item, stop)
        if earlier is not None:
            return self._last(earlier, wrapped=False)
        again = None if stop() else self._item_before(self.index.size, stop)
        return None if again is None or again < item else self._last(again, wrapped=True)

    def nearest(self, item: int, offset: int, stop: Callable[[], bool] = never_stop) -> Match | None:
        """The first match that starts at `offset` or later, wrapping at the end; None without matches."""
        return self.next(item, offset - 1, stop)

    def _first(self, item: int, wrapped: bool) -> Match | None:
        spans = self.spans(item)
        return Match(item, *spans[0], wrapped) if spans else None

    def _last(self, item: int, wrapped: bool) -> Match | None:
        spans = self.spans(item)
        return Match(item, *spans[-1], wrapped) if spans else None

    def _item_after(self, item: int, stop: Callable[[], bool]) -> int | None:
        """The first item after `item` with a match."""
        before, counted, first = self._before, self.counted, item + 1
        if first < counted and before[counted] > before[first]:
            return bisect_right(before, before[first], first) - 1
        return self._scan(range(max(first, counted), self.index.size), stop)

    def _item_before(self, item: int, stop: Callable[[], bool]) -> int | None:
        """The last item before `item` with a match."""
        before, counted = self._before, self.counted
        uncounted = self._scan(range(item - 1, counted - 1, -1), stop)
        if uncounted is not None or not before[min(item, counted)] or stop():
            return uncounted
        return bisect_left(before, before[min(item, counted)]) - 1

    def _scan(self, items: range, stop: Callable[[], bool]) -> int | None:
        pace = TimeSlicer(stop)
        for item in items:
            if self.spans(item):
                return item
            if pace.rest():
                return None
        return None
