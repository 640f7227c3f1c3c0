"""The matches of one query in one thread: counted as a whole, listed only where they are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate, islice
from operator import lt
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from rumor_tui.search.base import Spans, TooSlow
from rumor_tui.search.index import TextIndex
from rumor_tui.search.pace import SLICE, Pace, never

if TYPE_CHECKING:
    from rumor_tui.search.meaning import Meaning

WHOLE_SECONDS: Final = 30.0
"""The longest that counting an expression may take, in seconds."""

_MOST: Final = 1_024
"""The most items that are counted in one go; how many they are follows the time that the last ones took."""

MAX_LISTED: Final = 50_000
"""The most matches that are listed in one item, in well under 0.1 s. A body of nothing but hits may hold a million:
what comes behind these is counted, but neither lit nor gone to."""

_HELD_SPANS: Final = 100_000
_HELD_ITEMS: Final = 1_000


class Place(NamedTuple):
    """A match: `plain[start:end]` of an item. `wrapped` tells that the search went past the end or the beginning."""

    item: int
    start: int
    end: int
    wrapped: bool


class Counts(NamedTuple):
    """How many matches there are, in all and in the article; `exact` is false while items are left to count."""

    total: int
    in_article: int
    exact: bool


class Matches:
    """Everything about the matches of a query in the items of an index.

    `counts`, run in a worker, fills `_before`: the matches in all items before the k-th, for k up to `counted`.
    From these sums follow the others at once. Before that, or while the index is not built, `spans` works for
    any item, and `next`, `previous` and `nearest` look through item after item. Nothing is counted before the meaning
    is sure.
    """

    def __init__(self, index: TextIndex, meaning: Meaning) -> None:
        self.index = index
        self.meaning = meaning
        self.too_slow: TooSlow | None = None
        """Why nothing more is matched: the expression once exceeded its time."""
        self._before = array("Q", [0])
        self._spans: dict[int, Spans] = {}
        self._held = 0
        self._version = meaning.version()

    @property
    def counted(self) -> int:
        """The items counted so far, from item 0."""
        return len(self._before) - 1

    @property
    def known(self) -> Counts:
        """The counts so far."""
        counted = self.counted
        in_article = self._before[min(counted, self.index.first_comment)]
        return Counts(self._before[counted], in_article, counted == self.index.size)

    def counts(self, stop: Callable[[], bool] = never) -> Counts:
        """Count all that is not counted yet, in a worker; not `exact` when stopped, or before what counts is sure.

        Raises TooSlow if an expression exceeds its time in one item, or `WHOLE_SECONDS` in all.
        """
        if not self.meaning.sure():
            return self.known
        pace, began, batch = Pace(stop), perf_counter(), 1
        while self.counted < self.index.size:
            since = thread_time()
            self._count_batch(batch)
            took = thread_time() - since
            if self.meaning.timed and perf_counter() - began > WHOLE_SECONDS:
                self._give_up(TooSlow(f"The expression takes longer than {WHOLE_SECONDS:.0f} seconds in this thread."))
            # No other thread runs while a batch of plain text is counted, and a body may have 1 MB.
            batch = min(2 * batch, _MOST) if took < SLICE / 2 else max(batch // 2, 1)
            if pace.rest():
                break
        return self.known

    def _count_batch(self, size: int) -> None:
        if self.too_slow:
            raise self.too_slow
        first = self.counted
        try:
            counts = self.meaning.counts(range(first, min(first + size, self.index.size)))
        except TooSlow as error:
            self._give_up(error)
        self._before.extend(islice(accumulate(counts, initial=self._before[-1]), 1, None))

    def _give_up(self, error: TooSlow) -> NoReturn:
        self.too_slow = error
        raise error

    def spans(self, item: int) -> Spans:
        """Where the query matches in an item's plain text, the first `MAX_LISTED` places.

        The list is nobody's to change. It is empty once the expression proved too slow.
        """
        if self._version != self.meaning.version():
            self._version, self._held = self.meaning.version(), 0
            self._spans.clear()
        held = self._spans.get(item)
        if held is not None:
            return held
        if item < self.counted and self._before[item] == self._before[item + 1]:
            return []
        if self.too_slow:
            return []
        try:
            return self._hold(item, list(islice(self.meaning.spots(item), MAX_LISTED)))
        except TooSlow as error:
            self.too_slow = error
            return []

    def _hold(self, item: int, spans: Spans) -> Spans:
        if len(self._spans) >= _HELD_ITEMS or self._held + len(spans) > _HELD_SPANS:
            self._spans.clear()
            self._held = 0
        self._spans[item] = spans
        self._held += len(spans)
        return spans

    def ordinal(self, item: int, start: int) -> int | None:
        """The place (from 1) among all matches of the one that starts at `start`; None while that is not known.

        The items before it must be counted for that, not its own. Where no match starts at `start`, or one behind
        the first `MAX_LISTED` of its item does, the answer is the place of the next listed one, or one more than the
        last listed place.
        """
        if item > self.counted:
            return None
        return self._before[item] + bisect_left(self.spans(item), (start,)) + 1

    def count_below(self, first: int, last: int) -> int:
        """The matches in the items from `first` up to but not `last`, as far as they are counted."""
        counted = self.counted
        return self._before[min(last, counted)] - self._before[min(first, counted)]

    def items(self) -> bytearray:
        """A byte an item: 1 where it is known to hold a match, so everywhere exact once `counts` is done."""
        before = self._before[: self.counted + 1]
        mask = bytearray(map(lt, before, islice(before, 1, None)))
        return mask.ljust(self.index.size, b"\0")

    def next(self, item: int, offset: int, stop: Callable[[], bool] = never) -> Place | None:
        """The first match that starts behind `offset`, going on at the top; None without matches or if stopped.

        An item of -1 starts at the top. Before everything is counted this may look through the whole thread.
        """
        if item >= 0:
            spans = self.spans(item)
            at = bisect_left(spans, (offset + 1,))
            if at < len(spans):
                return Place(item, *spans[at], wrapped=False)
        later = self._item_after(item, stop)
        if later is not None:
            return self._first(later, wrapped=False)
        again = None if stop() else self._item_after(-1, stop)
        return None if again is None or again > item else self._first(again, wrapped=True)

    def previous(self, item: int, offset: int, stop: Callable[[], bool] = never) -> Place | None:
        """The last match that starts before `offset`, going on at the end; None without matches or if stopped.

        An item of `index.size` starts at the end.
        """
        if item < self.index.size:
            spans = self.spans(item)
            at = bisect_left(spans, (offset,))
            if at:
                return Place(item, *spans[at - 1], wrapped=False)
        earlier = self._item_before(item, stop)
        if earlier is not None:
            return self._last(earlier, wrapped=False)
        again = None if stop() else self._item_before(self.index.size, stop)
        return None if again is None or again < item else self._last(again, wrapped=True)

    def nearest(self, item: int, offset: int, stop: Callable[[], bool] = never) -> Place | None:
        """The first match that starts at `offset` or behind, going on at the top; None without matches."""
        return self.next(item, offset - 1, stop)

    def _first(self, item: int, wrapped: bool) -> Place | None:
        spans = self.spans(item)
        return Place(item, *spans[0], wrapped) if spans else None

    def _last(self, item: int, wrapped: bool) -> Place | None:
        spans = self.spans(item)
        return Place(item, *spans[-1], wrapped) if spans else None

    def _item_after(self, item: int, stop: Callable[[], bool]) -> int | None:
        """The first item behind `item` with a match."""
        before, counted, first = self._before, self.counted, item + 1
        if first < counted and before[counted] > before[first]:
            return bisect_right(before, before[first], first) - 1
        return self._scan(range(max(first, counted), self.index.size), stop)

    def _item_before(self, item: int, stop: Callable[[], bool]) -> int | None:
        """The last item before `item` with a match."""
        before, counted = self._before, self.counted
        found = self._scan(range(item - 1, counted - 1, -1), stop)
        if found is not None or not before[min(item, counted)] or stop():
            return found
        return bisect_left(before, before[min(item, counted)]) - 1

    def _scan(self, items: range, stop: Callable[[], bool]) -> int | None:
        pace = Pace(stop)
        for item in items:
            if self.spans(item):
                return item
            if pace.rest():
                return None
        return None
