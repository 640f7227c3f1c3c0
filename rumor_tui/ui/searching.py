"""The search as the screen uses it: what is lit, where the matches are, and the reading in the background.

One daemon thread does the slow work in this order: the index of all texts, then the exact count of the newest
query, then the tally of names and numbers, which steps aside for a newer query. It only posts messages;
the widgets are touched by the screen alone.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from textual.message import Message
from textual.message_pump import MessagePump

from rumor_tui.marks.base import Mark
from rumor_tui.model import Span, Thread
from rumor_tui.search.base import Query, TooSlow
from rumor_tui.search.knowledge import Knowledge
from rumor_tui.search.matches import Counts, Matches, Place
from rumor_tui.search.pace import after
from rumor_tui.search.session import Search
from rumor_tui.search.tally import Entry, Tally, people_of, tally_thread

SMALL_THREAD = 20_000
"""Comments up to which the index is built before anyone searches: it takes a third of a second."""
BUILD_SHARE = 0.2
"""The index's share of the background's work, for telling how far it is."""
GIVE_WAY = 0.3
"""Seconds for which the tally rests after a key."""
PATIENCE = 0.08
"""Seconds that a step to a match may take while not all is counted; longer would be felt as a dead key."""
MARKED = 200_000
"""Characters of one text in which numbers and names are looked for: as many as are ever shown of it."""
KEPT_MARKS = 400
SWITCH_SECONDS = 0.0005
"""How long the background holds the interpreter while a key waits: Python's own 5 ms would be felt at every key."""


class Searching:
    """Knows the spans to light up, and goes from match to match."""

    @dataclass
    class Progress(Message):
        """The background has got further; `counted` when matches were counted, so that what is painted may change."""

        counted: bool = False

    def __init__(self, owner: MessagePump, thread: Thread, *, lit: bool) -> None:
        self.thread = thread
        self.knowledge = Knowledge(thread)
        self.index = self.knowledge.index
        self.search = Search(self.index)
        self.tally: Tally | None = None
        self.fault = ""
        self._built = 0.0
        self._tallied_share = 0.0
        self._screen_tally: tuple[tuple[int, ...], Tally] | None = None
        self.lit = lit
        self.open = False
        self.current: Place | None = None
        self.stepped_to: tuple[int, int] | None = None
        self.revealed: list[int] = []
        self._owner = owner
        self._people: frozenset[str] | None = None
        self._people_before = 0
        self._version = 0
        self._marks: OrderedDict[int, list[Span]] = OrderedDict()
        self._worker: threading.Thread | None = None
        self._wake = threading.Event()
        self._closing = False
        self._rest_until = 0.0

    def follow(self, thread: Thread, item_of: Callable[[int], int]) -> Searching:
        """The same search in another state of the thread. `item_of` tells where an item stands there, or -1.

        This one ends; the other reads all texts anew, once it is started.
        """
        self.close()
        other = Searching(self._owner, thread, lit=self.lit)
        other.open = self.open
        other.search = self.search.over(other.index)
        other._people_before = self.people_count
        if self.current is not None and (item := item_of(self.current.item)) >= 0:
            other.current = self.current._replace(item=item)
        if self.stepped_to is not None and (item := item_of(self.stepped_to[0])) >= 0:
            other.stepped_to = (item, self.stepped_to[1])
        return other

    # The people

    @property
    def people(self) -> frozenset[str]:
        """The authors of the thread."""
        if self._people is None:
            self._people = people_of(self.thread)
        return self._people

    @property
    def people_count(self) -> int:
        """How many people take part; 0 while that is not known yet."""
        return len(self._people) if self._people is not None else self._people_before

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
        current = self.current
        return (self._version, current.start if current is not None and current.item == item else -1)

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
        """The numbers and names of an item's body."""
        found = self._marks.get(item)
        if found is None:
            start = self.index.body_start(item)
            text = self.index.item_text(item)[start:]
            found = [Span(m.start + start, m.end + start, m.kind) for m in self._find(text)]
            self._marks[item] = found
            if len(self._marks) > KEPT_MARKS:
                self._marks.popitem(last=False)
        return found

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
        self._wake.set()
        return True

    def clear(self) -> None:
        """Search for nothing."""
        self.search.clear()
        self.current = None
        self.changed()

    @property
    def counts(self) -> Counts | None:
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

    def step(self, direction: int, item: int, offset: int) -> Place | None:
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
        found = go(item, offset, after(PATIENCE))
        if found is not None:
            self.current = found
        return found

    # The background

    def start(self) -> None:
        """Begin to read the thread in the background, if that has not begun."""
        if self._worker is None:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._worker = threading.Thread(target=self._work, name="search", daemon=True)
            self._worker.start()

    def start_early(self) -> None:
        """Begin at once where that costs next to nothing."""
        if len(self.thread) <= SMALL_THREAD:
            self.start()

    def give_way(self) -> None:
        """A key was pressed: the tally rests for a while, so that it is not felt."""
        self._rest_until = monotonic() + GIVE_WAY

    def warm_up(self) -> None:
        """Load what the first search needs, so that it opens at once."""
        threading.Thread(target=self._find, args=("",), name="warm-up", daemon=True).start()

    def close(self) -> None:
        """End the background."""
        self._closing = True
        self._wake.set()

    def wanted(self, screenful: Sequence[int], text: str, limit: int = 60) -> list[Entry]:
        """The most telling numbers and names that hold `text`; those of the screen until the rest is read."""
        return (self.tally or self._tally_of(tuple(screenful))).narrow(text, limit)

    def _tally_of(self, items: tuple[int, ...]) -> Tally:
        """The tally of a screen, kept while the screen stays the same."""
        if self._screen_tally is None or self._screen_tally[0] != items:
            tally = Tally(self.index.first_comment)
            for item in items:
                body = self.index.item_text(item)[self.index.body_start(item) :]
                tally.add(item, body, self._find(body))
            self._screen_tally = (items, tally)
        return self._screen_tally[1]

    def reading(self) -> str:
        """How far the background has read, in words; "" when it is through."""
        if self.fault or (self.tally is not None and self._tallied_share >= 1):
            exact = self.tally is None or self.tally.exact
            return self.fault or ("" if exact else "the rarest are left out")
        return f"reading, {round(100 * (BUILD_SHARE * self._built + (1 - BUILD_SHARE) * self._tallied_share))} %"

    def _find(self, text: str) -> list[Mark]:
        from rumor_tui.marks import find

        return find(text[:MARKED], self.knowledge.evidence)

    def _post(self, counted: bool = False) -> None:
        if not self._closing:
            self._owner.post_message(self.Progress(counted))

    def _work(self) -> None:
        try:
            self._read_all()
        except Exception as error:  # a thread's end is silent: the widget would wait for ever
            self.fault = f"The search stopped at a fault of its own ({type(error).__name__})."
            self._post()

    def _building(self, share: float) -> None:
        self._built = share
        self._post()

    def _read_all(self) -> None:
        self._people = people_of(self.thread)
        self.index.build(self._building, lambda: self._closing)
        self._built = 1.0
        self._count()
        self._post()
        if not self._closing:
            tally_thread(self.index, self.people, self._tallied, self._aside)
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            self._count()

    def _tallied(self, tally: Tally, share: float) -> None:
        self.tally, self._tallied_share = tally, share
        self._post()

    def _aside(self) -> bool:
        """Between two steps of the tally: count a newer query first, and rest while keys are pressed."""
        while True:
            if self._wake.is_set():
                self._wake.clear()
                self._count()
            left = self._rest_until - monotonic()
            if self._closing or left <= 0:
                return self._closing
            self._wake.wait(left)

    def _count(self) -> None:
        """Count the newest query, unless a still newer one comes."""
        matches = self.search.matches
        if matches is None or not self.index.ready or matches.known.exact or matches.too_slow is not None:
            return
        with suppress(TooSlow):
            matches.counts(lambda: self._closing or self.search.matches is not matches)
        if self.search.matches is matches:
            self._post(counted=True)


def mask_of_comments(matches: Matches) -> bytes:
    """A byte a comment: 1 where it has a match."""
    return bytes(matches.items()[matches.index.first_comment :])
