"""The background worker: one thread with one queue of tasks, which finds out what is known of a discussion.

The steps of the analysis come in this order: all texts; who quotes and answers whom; numbers and names (in a large
thread the last two the other way round). Before each of them, and between two slices of one, come short tasks that
somebody waits for, and the exact count of the newest query. The worker rests while keys are pressed, and only reports
what it has done: how far it is says `ThreadAnalysis.progress` alone, and the widgets are touched by the screen alone.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final, Literal, NamedTuple

from rumor_tui.search.index.analysis import Step, ThreadAnalysis
from rumor_tui.search.query.query import QueryTooSlow
from rumor_tui.search.session import SearchSession

SMALL_THREAD: Final = 20_000
"""Comments up to which all is read before anyone asks for it: the texts take a third of a second then."""
IDLE: Final = 20.0
"""Seconds without a key after which the texts of a larger thread are read, and who quotes and answers whom."""
GIVE_WAY: Final = 0.3
"""Seconds for which the work rests after a key."""
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

    def __init__(self, knowledge: ThreadAnalysis, search: SearchSession, report: Callable[[What], None]) -> None:
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
        self._key = monotonic()
        self._due = 0.0
        self._run: dict[Step, Callable[[], None]] = {
            "texts": self._read_texts,
            "conversation": self._find_talk,
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

    def give_way(self) -> None:
        """A key was pressed: rest for a while, so that it is not felt."""
        self._key = monotonic()

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
            return _Next("texts", 0.0 if self._wanted else self._key + IDLE - now)
        small = len(self._knowledge.thread) <= SMALL_THREAD
        order: tuple[Step, ...] = ("conversation", "marks") if small else ("marks", "conversation")
        left = [step for step in order if step not in self._begun and (step != "marks" or self._wanted)]
        left = [step for step in left if step not in self._knowledge.progress.done]
        return _Next(left[0], self._due - now) if left else None

    def _read_texts(self) -> None:
        _ = self._knowledge.people
        self._knowledge.index.build(lambda share: self._say("progress"), self._aside)

    def _find_talk(self) -> None:
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
            left = self._key + GIVE_WAY - monotonic()
            # The texts of a search are waited for, more than anything.
            urgent = self._wanted and not self._knowledge.index.ready
            if self._closing or urgent or left <= 0:
                return self._closing
            self._wake.wait(left)


def quicken() -> None:
    """Have the interpreter change between threads often, as long as one works beside the screen."""
    sys.setswitchinterval(SWITCH_SECONDS)
