"""The reading in the background: a thread of its own that finds out what is known of a discussion.

It works in this order: all texts; the exact count of the newest query; who quotes and answers whom; numbers and names.
It steps aside for a newer query and for keys, and only tells what it has done: the widgets are touched by the
screen alone.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final, Literal

from rumor_tui.search.base import TooSlow
from rumor_tui.search.knowledge import Knowledge
from rumor_tui.search.session import Search

SMALL_THREAD: Final = 20_000
"""Comments up to which all is read before anyone asks for it: the texts take a third of a second then."""
IDLE: Final = 20.0
"""Seconds without a key after which the texts of a larger thread are read, and who quotes and answers whom."""
BUILD_SHARE: Final = 0.05
"""The texts' share of the background's work, for telling how far it is."""
GIVE_WAY: Final = 0.3
"""Seconds for which the work rests after a key."""
SWITCH_SECONDS: Final = 0.0001
"""How long the background holds the interpreter each time that a key waits for it, which is about a dozen times a key:
Python's own 5 ms would be felt."""
RATE: Final = 500_000
"""Characters of raw text a second, about, that the whole work gets through; see `Background.wait_for_more`."""

What = Literal["progress", "counted", "talk", "evidence", "marks"]
"""What there is to tell: that the work goes on; that matches were counted; or that so much more is known."""


class Background:
    """The work on what is known of one thread; `tell` is called in the worker, and is to pass the word on.

    Between the texts and what takes longer it waits, if it is told to, in case the thread goes on growing.
    """

    def __init__(self, knowledge: Knowledge, search: Search, tell: Callable[[What], None]) -> None:
        self.search = search
        self.fault = ""
        """Why the work has ended before its time, in a sentence."""
        self.share = 0.0
        """How much of the work is done, from 0 to 1, quotes and answers left aside."""
        self._knowledge = knowledge
        self._tell = tell
        self._worker: threading.Thread | None = None
        self._wake = threading.Event()
        self._wanted = False
        self._closing = False
        self._key = monotonic()
        self._due = 0.0

    def start(self) -> None:
        """Begin, if that has not been done, and go through with it all."""
        self._wanted = True
        self._spawn()

    def start_early(self) -> None:
        """Begin at once where that costs next to nothing, elsewhere when the reader has been idle for a while."""
        self._due = 0.0
        if len(self._knowledge.thread) <= SMALL_THREAD:
            self._wanted = True
        self._spawn()

    def wait_for_more(self) -> None:
        """The thread may soon be replaced by a larger state of itself.

        What takes longer than the texts then begins when this state has stood for as long as that will take: however
        often there is another one, at most half of the time is wasted.
        """
        self._due = monotonic() + sum(self._knowledge.thread.lengths) / RATE

    def give_way(self) -> None:
        """A key was pressed: rest for a while, so that it is not felt."""
        self._key = monotonic()

    def look(self) -> None:
        """There is another query."""
        self._wake.set()

    def close(self) -> None:
        """End the work."""
        self._closing = True
        self._wake.set()

    # In the worker

    def _spawn(self) -> None:
        quicken()
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="search", daemon=True)
            self._worker.start()
        self._wake.set()

    def _work(self) -> None:
        try:
            self._read_all()
        except Exception as error:  # a thread's end is silent: the widget would wait for ever
            self.fault = f"The search stopped at a fault of its own ({type(error).__name__})."
            self._say("progress")

    def _say(self, what: What) -> None:
        if not self._closing:
            self._tell(what)

    def _read_all(self) -> None:
        self._await_idleness()
        knowledge = self._knowledge
        if not self._closing:
            _ = knowledge.people
            knowledge.index.build(self._building, self._aside)
            self._count()
            self._say("progress")
        while not self._closing:
            task, left = self._next(), self._due - monotonic()
            if task is not None and left <= 0:
                task()
                self._count()
                continue
            self._wake.wait(None if task is None else left)
            self._wake.clear()
            self._count()

    def _await_idleness(self) -> None:
        """Wait until the reader has been idle, or wants it all now."""
        while not self._closing and not self._wanted:
            left = self._key + IDLE - monotonic()
            if left <= 0:
                return
            self._wake.wait(left)
            self._wake.clear()

    def _next(self) -> Callable[[], None] | None:
        """What is to be done next. In a large thread numbers and names come first, once they are wanted."""
        knowledge = self._knowledge
        marks = self._find_marks if self._wanted and not knowledge.marks_known else None
        talk = self._find_talk if knowledge.talk is None else None
        small = len(knowledge.thread) <= SMALL_THREAD
        return (talk or marks) if small else (marks or talk)

    def _building(self, share: float) -> None:
        self.share = BUILD_SHARE * share
        self._say("progress")

    def _find_talk(self) -> None:
        self._knowledge.find_talk(self._aside)
        self._say("talk")

    def _find_marks(self) -> None:
        version = self._knowledge.version

        def progress(share: float) -> None:
            nonlocal version
            self.share = 1.0 if share == 1 else BUILD_SHARE + (1 - BUILD_SHARE) * share
            self._say("marks" if share == 1 else "progress" if self._knowledge.version == version else "evidence")
            version = self._knowledge.version

        self._knowledge.find_marks(progress, self._aside)

    def _aside(self) -> bool:
        """Between two steps: count a newer query first, and rest while keys are pressed; whether to stop."""
        while True:
            if self._wake.is_set():
                self._wake.clear()
                self._count()
            left = self._key + GIVE_WAY - monotonic()
            # The texts of a search are waited for, more than anything.
            urgent = self._wanted and not self._knowledge.index.ready
            if self._closing or urgent or left <= 0:
                return self._closing
            self._wake.wait(left)

    def _count(self) -> None:
        """Count the newest query, unless a still newer one comes."""
        matches = self.search.matches
        if matches is None or matches.known.exact or matches.too_slow is not None:
            return
        if not (self._knowledge.index.ready or matches.meaning.early):
            return
        with suppress(TooSlow):
            matches.counts(lambda: self._closing or self.search.matches is not matches)
        if self.search.matches is matches:
            self._say("counted")


def quicken() -> None:
    """Have the interpreter change between threads often, as long as one works beside the screen."""
    sys.setswitchinterval(SWITCH_SECONDS)
