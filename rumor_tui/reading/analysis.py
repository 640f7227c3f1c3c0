"""What is known of the thread: its texts, numbers and names, and who answers whom, found in the background."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor
from typing import TYPE_CHECKING

from rumor_tui.model import Span, Thread
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.worker import Background, What
from rumor_tui.search.index.analysis import FIRST_ITEMS, ThreadAnalysis
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.search.inferred_tree import hand_over_analysis
from rumor_tui.search.query.query import Query, QueryError
from rumor_tui.search.results import SearchResults
from rumor_tui.search.session import SearchSession

if TYPE_CHECKING:
    from rumor_tui.marks import Mark
    from rumor_tui.search.index.conversation import PageOrder
    from rumor_tui.search.index.mark_index import Entry, MarkIndex
    from rumor_tui.search.query.completion import Completion

LONG = 10_000
"""Characters of one text in which numbers and names are looked for at once; in a longer one the background does it, at
about 5 ms a thousand characters in the worst case."""
WARM_UP = "Ann Lee of BMW paid $5 for 600 units on 3 May."
"""What is looked at first, so that what that needs is loaded."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The background has got further; `counted` when matches were counted, so that what is painted may change."""

    counted: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """More is known, so that what is painted may change: `what` is "conversation", "lexicon" (of names) or "marks"."""

    what: What


News = Progress | Known
Listener = Callable[[News], None]
"""Is called by the threads that work in the background, and is to pass the news on to the one of the interface."""


class Analysis:
    """Owns the knowledge of one thread after the other, the engine that searches it, and the work in the background."""

    def __init__(self, thread: Thread, listener: Listener, page: PageOrder | None = None) -> None:
        self.knowledge = ThreadAnalysis(thread, page=page)
        self.engine = SearchSession(self.knowledge)
        self._listener = listener
        self._people_before = 0
        self._marks_before: MarkIndex | None = None
        self._screen_marks: tuple[Hashable, MarkIndex] | None = None
        self._being_marked: set[int] = set()
        self._background = Background(self.knowledge, self.engine, self._report)

    @property
    def index(self) -> TextIndex:
        """The texts."""
        return self.knowledge.index

    @property
    def people_count(self) -> int:
        """How many people take part; 0 while that is not known yet."""
        return self.knowledge.people_count or self._people_before

    def remap(self, replacement: Replacement) -> None:
        """Go on with another state of the thread; what takes long is begun only when that has stood for a while.

        Where the comments only stand in another order, what is known of their texts is kept.
        """
        before = self.knowledge
        folds = replacement.row_map.mask(self.engine.columns.folds) if self.engine.matches is not None else b""
        self._people_before, self._marks_before = self.people_count, self._marks_so_far()
        self._background.close()
        self.knowledge = ThreadAnalysis(replacement.thread, before, replacement.page)
        self.engine = self.engine.over(self.knowledge, folds if 1 in folds else b"")
        if replacement.order is not None:
            hand_over_analysis(before, replacement.order, self.knowledge)
        self._screen_marks, self._being_marked = None, set()
        self._background = Background(self.knowledge, self.engine, self._report)
        self._background.wait_for_more()

    # Numbers and names

    def marks(self, item: int) -> list[Span]:
        """The numbers and names of an item's body; those of a long one come later, and `Known` tells of them."""
        return [Span(mark.start, mark.end, mark.kind) for mark in self._marks_of(item) or ()]

    def _marks_of(self, item: int) -> list[Mark] | None:
        """The marks of an item; None for a long one that is only being looked at."""
        known = self.knowledge.held(item)
        if known is None and len(self.index.item_text(item)) > LONG:
            if item not in self._being_marked:
                self._being_marked.add(item)
                self._background.run_soon(partial(self._find_marks, self.knowledge, item))
            return None
        return known if known is not None else self.knowledge.marks_of(item)

    def _find_marks(self, knowledge: ThreadAnalysis, item: int) -> None:
        knowledge.marks_of(item)
        if knowledge is self.knowledge:
            self._being_marked.discard(item)
            self._report("marks")

    def wanted(self, screenful: Sequence[int], text: str, limit: int = 60) -> list[Entry]:
        """The most telling numbers and names that hold `text`; those of the screen until the rest is read."""
        return (self._marks_so_far() or self._marks_on(tuple(screenful))).narrow(text, limit)

    def offers(self, screenful: Sequence[int], typed: str, *, plain: bool) -> list[Completion]:
        """What may be chosen for what is typed; `plain` when all of it is an expression."""
        from rumor_tui.search.query.completion import complete_query

        return complete_query(typed, lambda text: self.wanted(screenful, text), self.knowledge.names, plain=plain)

    def _marks_so_far(self) -> MarkIndex | None:
        """The thread's marks when there are those of the article and of the first screen at least."""
        marks, index = self.knowledge.marks, self.index
        if marks is not None and marks.items >= min(index.first_comment + FIRST_ITEMS, index.size):
            self._marks_before = None
            return marks
        return self._marks_before

    def _marks_on(self, items: tuple[int, ...]) -> MarkIndex:
        """The marks of a screen, kept while the screen stays the same."""
        by_item = [self._marks_of(item) for item in items]
        state = items, self.knowledge.version, by_item.count(None)
        if self._screen_marks is None or self._screen_marks[0] != state:
            from rumor_tui.search.index.mark_index import MarkIndex

            marks = MarkIndex(sum(item < self.index.first_comment for item in items))
            for item, those in zip(items, by_item, strict=True):
                marks.add(self.index.item_text(item), those or ())
            self._screen_marks = (state, marks)
        return self._screen_marks[1]

    # Without a background

    def find_all(self, query: Query) -> SearchResults:
        """All matches of a query, counted, in the thread that asks, however long that takes.

        Only what the query needs is found out, and only if it is not known yet. Raises QueryError for a query that is
        not valid or asks for nothing, and TooSlow.
        """
        engine, knowledge = self.engine, self.knowledge
        engine.take(query)
        matches = engine.matches
        if matches is None:
            raise QueryError("Say what to search for.")
        knowledge.index.build()
        needs = matches.compiled.needs - knowledge.progress.done
        if "marks" in needs:
            knowledge.find_marks()
        if "conversation" in needs:
            knowledge.find_conversation()
        matches.counts()
        return matches

    # The background

    @property
    def fault(self) -> str:
        """Why the background has ended before its time."""
        return self._background.fault

    def start(self) -> None:
        """Begin to read the thread in the background, if that has not begun."""
        self._background.start()

    def start_early(self) -> None:
        """The thread is all there: begin at once where that costs next to nothing, else when the reader is idle."""
        self._background.start_early()

    def give_way(self) -> None:
        """A key was pressed: the background rests for a while, so that it is not felt."""
        self._background.give_way()

    def look(self) -> None:
        """There is another query: count it."""
        self._background.look()

    def warm_up(self, items: Sequence[int]) -> None:
        """Load what the first search needs, and look at the items on screen, so that it opens at once."""
        self._background.run_soon(partial(self._warm_up, items))

    def _warm_up(self, items: Sequence[int]) -> None:
        from rumor_tui.marks import find_marks

        find_marks(WARM_UP, self.knowledge.lexicon)
        for item in items:
            self._marks_of(item)

    def close(self) -> None:
        """End the background."""
        self._background.close()

    def _report(self, what: What) -> None:
        """Pass on what the background says."""
        self._listener(Progress(what == "counted") if what in ("progress", "counted") else Known(what))

    # How far it is

    def reading(self) -> str:
        """How far the background has read, in words; "" when it is through."""
        progress, marks = self.knowledge.progress, self.knowledge.marks
        if self.fault or "marks" in progress.done:
            return self.fault or ("" if marks is None or marks.exact else "not all are listed")
        return f"reading, {floor(100 * progress.share)} %"

    def reading_marks(self) -> str:
        """How far the numbers and names are gathered, in words; "" when they all are."""
        knowledge = self.knowledge
        if knowledge.marks_known:
            return ""
        if self.fault:
            return self.fault.rstrip(".")
        if knowledge.marks is None:
            return self.reading() or "reading"
        return f"reading, {min(100 * knowledge.marks.items // knowledge.index.size, 99)} %"
