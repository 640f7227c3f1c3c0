"""The search as the screen uses it: what is lit, where the matches are, and what is known of the thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from rumor_tui.model import Span, Thread
from rumor_tui.search.cooperative import stop_after
from rumor_tui.search.index.analysis import FIRST_ITEMS, ThreadAnalysis
from rumor_tui.search.query.query import Query
from rumor_tui.search.results import Match, MatchCounts, SearchResults
from rumor_tui.search.session import SearchSession
from rumor_tui.ui.background import Background, What, quicken

if TYPE_CHECKING:
    from rumor_tui.marks import Mark
    from rumor_tui.search.index.mark_index import Entry, MarkIndex
    from rumor_tui.search.query.completion import Completion

PATIENCE = 0.08
"""Seconds that a step to a match may take while not all is counted; longer would be felt as a dead key."""
LONG = 10_000
"""Characters of one text in which numbers and names are looked for at once; in a longer one a thread of its own does
it, at about 5 ms a thousand characters in the worst case."""
WARM_UP = "Ann Lee of BMW paid $5 for 600 units on 3 May."
"""What is looked at first, so that what that needs is loaded."""


class Searching:
    """Knows the spans to light up, and goes from match to match."""

    @dataclass
    class Progress(Message):
        """The background has got further; `counted` when matches were counted, so that what is painted may change."""

        counted: bool = False

    @dataclass
    class Known(Message):
        """More is known, so that what is painted may change: `what` is "talk", "evidence" (of names) or "marks"."""

        what: What

    def __init__(
        self,
        owner: MessagePump,
        thread: Thread,
        *,
        lit: bool,
        before: Searching | None = None,
        folds: bytes = b"",
    ) -> None:
        self.thread = thread
        self.knowledge: ThreadAnalysis = ThreadAnalysis(thread, before.knowledge if before is not None else None)
        self.index = self.knowledge.index
        self.search: SearchSession = (
            before.search.over(self.knowledge, folds) if before is not None else SearchSession(self.knowledge)
        )
        self.lit = lit
        self.open = False
        self.current: Match | None = None
        self.stepped_to: tuple[int, int] | None = None
        self.revealed: list[int] = []
        self._owner = owner
        self._people_before = before.people_count if before is not None else 0
        self._marks_before = before._marks_so_far() if before is not None else None
        self._version = 0
        self._screen_marks: tuple[Hashable, MarkIndex] | None = None
        self._looking: set[int] = set()
        self._background = Background(self.knowledge, self.search, self._tell)

    def follow(self, thread: Thread, item_of: Callable[[int], int], folds: bytes = b"") -> Searching:
        """The same search in another state of the thread. `item_of` tells where an item stands there, or -1.

        `folds` are those of when the search began, a byte a comment of that state.

        This one ends; the other reads what is new, once it is started, and does what takes long only when it has
        stood for a while.
        """
        self.close()
        other = Searching(self._owner, thread, lit=self.lit, before=self, folds=folds)
        other._background.wait_for_more()
        other.open = self.open
        if self.current is not None and (item := item_of(self.current.item)) >= 0:
            other.current = self.current._replace(item=item)
        if self.stepped_to is not None and (item := item_of(self.stepped_to[0])) >= 0:
            other.stepped_to = (item, self.stepped_to[1])
        return other

    @property
    def people_count(self) -> int:
        """How many people take part; 0 while that is not known yet."""
        return self.knowledge.people_count or self._people_before

    # What is lit

    @property
    def lighting(self) -> bool:
        """Whether numbers and names are lit now."""
        return self.lit or self.open

    @property
    def active(self) -> bool:
        """Whether there is something that is searched for."""
        return self.search.matches is not None

    def state(self, item: int) -> Hashable:
        """What the spans of an item depend on."""
        current, knowledge = self.current, self.knowledge
        here = current.start if current is not None and current.item == item else -1
        return (self._version, knowledge.version, knowledge.talk is not None, here)

    def changed(self) -> None:
        """All spans may be other ones now."""
        self._version += 1

    def spans(self, item: int) -> Sequence[Span]:
        """Numbers and names when they are lit, and matches."""
        found = list(self.marks(item)) if self.lighting else []
        matches = self.search.matches
        if matches is not None:
            current = self.current
            here = current.start if current is not None and current.item == item else -1
            found += [Span(s, e, "current" if s == here else "match") for s, e in matches.spans(item)]
        return found

    def marks(self, item: int) -> list[Span]:
        """The numbers and names of an item's body; those of a long one come later, and `Known` tells of them."""
        return [Span(mark.start, mark.end, mark.kind) for mark in self._marks_of(item) or ()]

    def _marks_of(self, item: int) -> list[Mark] | None:
        """The marks of an item; None for a long one that is only being looked at."""
        found = self.knowledge.held(item)
        if found is None and len(self.index.item_text(item)) > LONG:
            if item not in self._looking:
                self._looking.add(item)
                quicken()
                threading.Thread(target=self._look_at, args=(item,), name="marks", daemon=True).start()
            return None
        return found if found is not None else self.knowledge.marks_of(item)

    def _look_at(self, item: int) -> None:
        self.knowledge.marks_of(item)
        self._looking.discard(item)
        self._tell("marks")

    def hits_below(self, first: int, end: int) -> int:
        """Matches in a range of items, as far as they are counted."""
        matches = self.search.matches
        return matches.count_below(first, end) if matches is not None else 0

    # The query

    def change(self, query: Query) -> bool:
        """Take what is typed; whether the matches are other ones now."""
        if not self.search.change(query):
            return False
        self.current = None
        self.changed()
        self._background.look()
        return True

    def clear(self) -> None:
        """Search for nothing."""
        self.search.clear()
        self.current = None
        self.changed()

    @property
    def counts(self) -> MatchCounts | None:
        """How many matches there are, as far as counted."""
        return self.search.matches.known if self.search.matches is not None else None

    def account(self) -> str:
        """The count in words: "3 of 41 · 9 in the article"."""
        matches, counts = self.search.matches, self.counts
        if matches is None or counts is None:
            return ""
        if matches.too_slow is not None:
            return str(matches.too_slow)
        if not counts.exact:
            return self.fault or (f"{counts.total:,} so far …" if counts.total else "counting …")
        if not counts.total:
            return "no match"
        here = self.current
        ordinal = matches.ordinal(here.item, here.start) if here is not None else None
        total = f"{counts.total:,}"
        first = f"{ordinal:,} of {total}" if ordinal else f"{total} {'match' if counts.total == 1 else 'matches'}"
        return first + (f" · {counts.in_article:,} in the article" if counts.in_article else "")

    # From match to match

    def step(self, direction: int, item: int, offset: int) -> Match | None:
        """The next (1), the previous (-1) or the nearest (0) match, seen from a place in the texts.

        As long as the reader stays where the last step has led, the next one goes on from that match.
        """
        matches = self.search.matches
        if matches is None:
            return None
        here = self.current
        if here is not None and (item, offset) == self.stepped_to and direction:
            item, offset = here.item, here.start
        else:
            offset -= direction
        go = {1: matches.next, -1: matches.previous, 0: matches.nearest}[direction]
        found = go(item, offset, stop_after(PATIENCE))
        if found is not None:
            self.current = found
        return found

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

    def warm_up(self, items: Sequence[int]) -> None:
        """Load what the first search needs, and look at the items on screen, so that it opens at once."""
        quicken()
        threading.Thread(target=self._warm_up, args=(items,), name="warm-up", daemon=True).start()

    def _warm_up(self, items: Sequence[int]) -> None:
        from rumor_tui.marks import find_marks

        find_marks(WARM_UP, self.knowledge.evidence)
        for item in items:
            self._marks_of(item)

    def close(self) -> None:
        """End the background."""
        self._background.close()

    def _tell(self, what: What) -> None:
        """Pass on to the screen what the background says."""
        news = self.Progress(what == "counted") if what in ("progress", "counted") else self.Known(what)
        self._owner.post_message(news)

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
        found = [self._marks_of(item) for item in items]
        state = items, self.knowledge.version, found.count(None)
        if self._screen_marks is None or self._screen_marks[0] != state:
            from rumor_tui.search.index.mark_index import MarkIndex

            marks = MarkIndex(sum(item < self.index.first_comment for item in items))
            for item, those in zip(items, found, strict=True):
                marks.add(self.index.item_text(item), those or ())
            self._screen_marks = (state, marks)
        return self._screen_marks[1]

    def reading(self) -> str:
        """How far the background has read, in words; "" when it is through."""
        if self.fault or self._background.share >= 1:
            marks = self.knowledge.marks
            return self.fault or ("" if marks is None or marks.exact else "not all are listed")
        return f"reading, {round(100 * self._background.share)} %"


def mask_of_comments(matches: SearchResults) -> bytes:
    """A byte a comment: 1 where it has a match."""
    return bytes(matches.items()[matches.index.first_comment :])
