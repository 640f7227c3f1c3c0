"""The keys on the timeline: gathering its dates, going from bar to bar, and to what was written then."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual.message import Message

from rumor_tui.model import Thread
from rumor_tui.reading.search import mask_of_comments
from rumor_tui.search.timeline import MIN_COMMENTS, Timeline, at_hand
from rumor_tui.ui.panes.reader_panes import ReaderPanes

SETTLED = 0.2
"""Seconds after which dates that must be read one by one are gathered: the first screen stands by then."""
STEPS = {"h": -1, "left": -1, "k": -1, "up": -1, "l": 1, "right": 1, "j": 1, "down": 1}
LEAVING = ("clear", "quit", "timeline")
"""Actions whose keys only leave the timeline."""


@dataclass
class TimesGathered(Message):
    """The times of a thread's comments are gathered."""

    thread: Thread
    timeline: Timeline


class TimelineKeys:
    """What the timeline shows, and its keys.

    `post` takes a message to the screen from any thread; `go` goes to a comment and says something of it.
    """

    def __init__(self, panes: ReaderPanes, post: Callable[[Message], object], go: Callable[[int, str], None]) -> None:
        self.panes = panes
        self.session = panes.session
        self.bar = panes.timeline
        self._post = post
        self._go = go

    @property
    def has_keys(self) -> bool:
        """Whether the keys are for the timeline."""
        return self.bar.chosen >= 0

    # What it shows

    @property
    def at_hand(self) -> bool:
        """Whether the times need not be gathered one by one."""
        return at_hand(self.session.thread.published)

    def gather(self) -> None:
        """Gather the times of all comments; away from the keys where they are not there yet."""
        thread = self.session.thread
        if self.panes.dated and self.at_hand:
            self._show(Timeline(thread.published))
        elif self.panes.dated:
            threading.Thread(target=self._gather, args=(thread,), name="times", daemon=True).start()

    def _gather(self, thread: Thread) -> None:
        timeline = Timeline(thread.published)
        with suppress(RuntimeError):  # the program is ending
            self._post(TimesGathered(thread, timeline))

    def take(self, message: TimesGathered) -> None:
        """The times are gathered."""
        if message.thread is self.session.thread:
            self._show(message.timeline)

    def _show(self, timeline: Timeline) -> None:
        self.bar.take(timeline)
        self.light()
        self.point()

    def renew(self) -> None:
        """Other comments: their times are gathered anew."""
        self.bar.take(None)
        self.gather()

    def light(self) -> None:
        """Light up where the matches are, as soon as all are counted, and where the new comments are."""
        if self.bar.display and len(self.session.memory.fresh) == len(self.session.thread):
            self.bar.note_fresh(self.session.memory.fresh)
        matches = self.session.search.matches
        if matches is None or not self.bar.display:
            if self.bar.hits is not None:
                self.bar.light(None)
        elif matches.known.exact:
            self.bar.light(mask_of_comments(matches))

    def point(self) -> None:
        """Mark when the comment at the cursor was written."""
        thread = self.session.thread
        self.bar.point(thread.published[self.session.state.row] if len(thread) else None, self.bar.chosen)

    # Keys

    def enter(self) -> str:
        """Give the timeline the keys; the answer is why not, or ""."""
        bar, size = self.bar, len(self.session.thread)
        if size < MIN_COMMENTS:
            return f"There are too few comments for a line of time: it takes {MIN_COMMENTS}."
        if not self.panes.dated:
            return "The comments have no dates, or most of them."
        if not bar.display:
            return "There is no room for the line of time."
        buckets = bar.buckets
        if buckets is None:
            return "Not known yet."
        bar.point(bar.current, buckets.bucket_of(bar.current) if bar.current is not None else 0)
        return ""

    def press(self, key: str, action: str | None) -> bool:
        """Work a key through while the timeline has the keys: whether it is not to do its `action`, too."""
        if key in STEPS:
            self.step(STEPS[key])
            return True
        bucket = self.bar.chosen
        self.leave()
        if key == "enter":
            self.go_to_bucket(bucket)
            return True
        return action in LEAVING

    def go_to_bucket(self, bucket: int) -> None:
        """Go to the first comment of a bucket, by time."""
        row, words = self.bar.first_row(bucket), self.bar.words(bucket)
        if row >= 0:
            self._go(row, words)

    def leave(self) -> None:
        """The keys are the panes' again."""
        self.bar.point(self.bar.current)

    def step(self, direction: int) -> None:
        """Go to the next bucket in a direction that holds comments."""
        self.bar.point(self.bar.current, self.bar.next_filled(self.bar.chosen, direction))
