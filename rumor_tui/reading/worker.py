"""The analysis of a thread in the background: one queue of tasks, one progress, and what the session asks of it."""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from math import floor
from time import monotonic
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rumor_tui.model import Span, Thread
from rumor_tui.reading.position import Replacement
from rumor_tui.search.cooperative import GIVE_WAY
from rumor_tui.search.index.analysis import FIRST_ITEMS, Step, ThreadAnalysis
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.search.inferred_tree import hand_over_analysis
from rumor_tui.search.query.query import Query, QueryError, QueryTooSlow
from rumor_tui.search.results import SearchResults
from rumor_tui.search.session import SearchSession

if TYPE_CHECKING:
    from rumor_tui.marks import Mark
    from rumor_tui.search.index.conversation import PageOrder
    from rumor_tui.search.index.mark_index import MarkIndex
    from rumor_tui.search.query.completion import Completion


SMALL_THREAD: Final = 20_000
"""Comments up to which all is read before anyone asks for it: the texts take a third of a second then."""
IDLE: Final = 20.0
"""Seconds without a key after which the texts of a larger thread are read, and who quotes and answers whom."""
SWITCH_SECONDS: Final = 0.0001
"""How long the background holds the interpreter each time that a key waits for it, which is about a dozen times a key:
Python's own 5 ms would be felt."""
RATE: Final = 500_000
"""Characters of raw text a second, about, that the whole work gets through; see `Background.wait_for_more`."""

What = Literal["progress", "counted", "conversation", "lexicon", "marks"]
"""What there is to report: that the work goes on; that matches were counted; or that so much more is known."""


class _Next(NamedTuple):
    """The next step of the analysis, and how many seconds it is to wait still."""

    step: Step
    wait: float


class Background:
    """The work on what is known of one thread; `report` is called in the worker, and is to pass the word on.

    Between the texts and what takes longer it waits, if it is told to, in case the thread goes on growing.
    """

    def __init__(
        self,
        knowledge: ThreadAnalysis,
        search: SearchSession,
        report: Callable[[What], None],
        last_key: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.search = search
        self.fault = ""
        """Why the work has ended before its time, in a sentence."""
        self._knowledge = knowledge
        self._report = report
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._soon: deque[Callable[[], None]] = deque()
        self._wanted = False
        self._may_read = False
        self._begun: set[Step] = set()
        self._closing = False
        self._last_key = last_key
        self._created = monotonic()
        self._due = 0.0
        self._run: dict[Step, Callable[[], None]] = {
            "texts": self._read_texts,
            "conversation": self._find_conversation,
            "marks": self._find_marks,
        }

    def start(self) -> None:
        """Begin, if that has not been done, and go through with it all."""
        self._wanted = True
        self._begin()

    def start_early(self) -> None:
        """Begin at once where that costs next to nothing, elsewhere when the reader has been idle for a while."""
        self._due = 0.0
        if len(self._knowledge.thread) <= SMALL_THREAD:
            self._wanted = True
        self._begin()

    def wait_for_more(self) -> None:
        """The thread may soon be replaced by a larger state of itself.

        What takes longer than the texts then begins when this state has stood for as long as that will take: however
        often there is another one, at most half of the time is wasted.
        """
        self._due = monotonic() + sum(self._knowledge.thread.lengths) / RATE

    def _gave_way(self) -> float:
        """When the work last had to give way, by the monotonic clock."""
        return max(self._created, self._last_key())

    def look(self) -> None:
        """There is another query."""
        self._wake.set()

    def run_soon(self, task: Callable[[], None]) -> None:
        """Have a short task done before whatever is left of the analysis, which need not have begun."""
        self._soon.append(task)
        self._spawn()

    def close(self) -> None:
        """End the work."""
        self._closing = True
        self._wake.set()

    def _begin(self) -> None:
        self._may_read = True
        self._spawn()

    def _spawn(self) -> None:
        quicken()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="analysis", daemon=True)
            self._thread.start()
        self._wake.set()

    # In the worker

    def _work(self) -> None:
        try:
            while not self._closing:
                self._serve()
                following = self._next()
                if self._closing:
                    break
                if following is not None and following.wait <= 0:
                    self._begun.add(following.step)
                    self._run[following.step]()
                else:
                    self._wake.wait(None if following is None else following.wait)
        except Exception as error:  # a thread's end is silent: the widget would wait for ever
            self.fault = f"The search stopped at a fault of its own ({type(error).__name__})."
            self._say("progress")

    def _say(self, what: What) -> None:
        if not self._closing:
            self._report(what)

    def _serve(self) -> None:
        """Do what somebody waits for: short tasks, and counting the newest query, unless a still newer one comes."""
        self._wake.clear()
        while self._soon and not self._closing:
            self._soon.popleft()()
        matches = self.search.matches
        if matches is None or matches.known.exact or matches.too_slow is not None:
            return
        if not (self._knowledge.index.ready or matches.compiled.early):
            return
        with suppress(QueryTooSlow):
            matches.counts(lambda: self._closing or self.search.matches is not matches)
        if self.search.matches is matches:
            self._say("counted")

    def _next(self) -> _Next | None:
        """What is to be done next. In a large thread numbers and names come first, once they are wanted."""
        if not self._may_read:
            return None
        now = monotonic()
        if "texts" not in self._begun:
            return _Next("texts", 0.0 if self._wanted else self._gave_way() + IDLE - now)
        small = len(self._knowledge.thread) <= SMALL_THREAD
        order: tuple[Step, ...] = ("conversation", "marks") if small else ("marks", "conversation")
        left = [step for step in order if step not in self._begun and (step != "marks" or self._wanted)]
        left = [step for step in left if step not in self._knowledge.progress.done]
        return _Next(left[0], self._due - now) if left else None

    def _read_texts(self) -> None:
        _ = self._knowledge.people
        self._knowledge.index.build(lambda share: self._say("progress"), self._aside)

    def _find_conversation(self) -> None:
        self._knowledge.find_conversation(self._aside)
        self._say("conversation")

    def _find_marks(self) -> None:
        knowledge, version = self._knowledge, self._knowledge.version

        def report(share: float) -> None:
            nonlocal version
            self._say("marks" if share == 1 else "progress" if knowledge.version == version else "lexicon")
            version = knowledge.version

        knowledge.find_marks(report, self._aside)

    def _aside(self) -> bool:
        """Between two slices: do first what somebody waits for, and rest while keys are pressed; whether to stop."""
        while True:
            if self._wake.is_set():
                self._serve()
            left = self._gave_way() + GIVE_WAY - monotonic()
            # The texts of a search are waited for, more than anything.
            urgent = self._wanted and not self._knowledge.index.ready
            if self._closing or urgent or left <= 0:
                return self._closing
            self._wake.wait(left)


def quicken() -> None:
    """Have the interpreter change between threads often, as long as one works beside the screen."""
    sys.setswitchinterval(SWITCH_SECONDS)


LONG = 10_000
"""Characters of one text in which numbers and names are looked for at once; in a longer one the background does it, at
about 5 ms a thousand characters in the worst case."""
MANY_MARKS = 1_000
"""Marks of one item from which its spans are made once; of a screen's items as many are offered for a search."""
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
    """Owns the knowledge of one thread after the other, the engine that searches it, and the work in the background.

    `last_key` tells when a key was pressed last, by the monotonic clock: the background gives way to it.
    """

    def __init__(
        self,
        thread: Thread,
        listener: Listener,
        page: PageOrder | None = None,
        last_key: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.knowledge = ThreadAnalysis(thread, page=page)
        self.engine = SearchSession(self.knowledge)
        self._listener = listener
        self._last_key = last_key
        self._people_before = 0
        self._marks_before: MarkIndex | None = None
        self._screen_marks: tuple[Hashable, MarkIndex] | None = None
        self._offered: tuple[MarkIndex, Hashable, list[Completion]] | None = None
        """What was offered last, from which marks and for what; kept as long as those stay the same."""
        self._being_marked: set[int] = set()
        self._marked: dict[int, tuple[object, list[Span]]] = {}
        """The spans of an item with very many marks, and the marks that they were made from."""
        self._background = Background(self.knowledge, self.engine, self._report, self._last_key)

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
        grown = len(replacement.thread) > 2 * len(before.thread)  # then so many more may take part
        self._people_before, self._marks_before = 0 if grown else self.people_count, self._marks_so_far()
        self._background.close()
        self.knowledge = ThreadAnalysis(replacement.thread, before, replacement.page)
        self.engine = self.engine.over(self.knowledge, folds if 1 in folds else b"")
        if replacement.order is not None:
            hand_over_analysis(before, replacement.order, self.knowledge)
        self._screen_marks, self._offered, self._being_marked, self._marked = None, None, set(), {}
        self._background = Background(self.knowledge, self.engine, self._report, self._last_key)
        self._background.wait_for_more()

    # Numbers and names

    def marks(self, item: int) -> list[Span]:
        """The numbers and names of an item's body; those of a long one come later, and `Known` tells of them."""
        marks = self._marks_of(item) or ()
        known = self._marked.get(item)
        if known is None or known[0] is not marks:
            spans = [Span(mark.start, mark.end, mark.kind) for mark in marks]
            if len(marks) < MANY_MARKS:
                return spans
            known = (marks, spans)
            self._marked = {item: known}
        return known[1]

    def _marks_of(self, item: int) -> list[Mark] | None:
        """The marks of an item; None for a long one that is only being looked at."""
        knowledge, index = self.knowledge, self.index
        is_long = not index.at_hand(item) or len(index.item_text(item)) > LONG
        if is_long and not knowledge.is_kept(item):
            if item not in self._being_marked:
                self._being_marked.add(item)
                self._background.run_soon(partial(self._find_marks, knowledge, item))
            return None
        known = knowledge.held(item)
        return known if known is not None else knowledge.marks_of(item)

    def _find_marks(self, knowledge: ThreadAnalysis, item: int) -> None:
        knowledge.marks_of(item)
        if knowledge is self.knowledge:
            self._being_marked.discard(item)
            self._report("marks")

    def offers(self, screenful: Sequence[int], typed: str, *, plain: bool) -> list[Completion]:
        """What may be chosen for what is typed; `plain` when all of it is an expression.

        The thread's numbers and names are those of the items in `screenful` until the rest is read.
        """
        marks = self._marks_so_far() or self._marks_on(tuple(screenful))
        state = typed, plain, marks.items, marks.ranked_items
        offered = self._offered
        if offered is None or offered[0] is not marks or offered[1] != state:
            from rumor_tui.search.query.completion import MAX_COMPLETIONS, complete_query

            narrow = partial(marks.narrow, limit=MAX_COMPLETIONS)
            found = complete_query(typed, narrow, self.knowledge.names, plain=plain)
            offered = self._offered = marks, state, found
        return offered[2]

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
                some = (those or ())[:MANY_MARKS]
                marks.add(self.index.item_text(item) if some else "", some)
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
        for part in ("completion", "compile", "parser"):
            import_module(f"rumor_tui.search.query.{part}")

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
