"""What a listing has done in the background: its entries counted, and their words read for narrowing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump

from rumor_tui.model import Entry
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.workers import post, start_worker


class Counting:
    """Counts the comments of the entries on screen that the listing gives no count for, one entry after the other.

    `known` are the counts by entry, None where one is not to be had. `owner` gets a message for each.
    """

    @dataclass
    class Counted(Message):
        """One more count is known."""

        counting: Counting
        entry: int

    def __init__(self, owner: MessagePump, count: Callable[[int], int | None] | None) -> None:
        self.known: dict[int, int | None] = {}
        self._owner = owner
        self._count = count
        self._wanted: list[int] = []
        self._wake = threading.Event()
        self._closing = False
        self._started = False

    @property
    def possible(self) -> bool:
        """Whether there is a way to count at all."""
        return self._count is not None

    def want(self, entries: Sequence[int]) -> None:
        """Count these next and no others: what has gone out of sight is not wanted any more."""
        if self._count is None or self._closing:
            return
        self._wanted = [entry for entry in entries if entry not in self.known]
        if not self._wanted:
            return
        if not self._started:
            self._started = True
            start_worker(self._work, "counting")
        self._wake.set()

    def close(self) -> None:
        """Count no more."""
        self._closing = True
        self._wanted = []
        self._wake.set()

    def _work(self) -> None:
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            while (entry := next((e for e in self._wanted if e not in self.known), -1)) >= 0:
                self.known[entry] = self._counted(entry)
                if not self._closing:
                    post(self._owner, self.Counted(self, entry))

    def _counted(self, entry: int) -> int | None:
        """The count of an entry; None for one that cannot be read, which opening it will say."""
        try:
            return self._count(entry) if self._count is not None else None
        except Exception:
            return None


class Narrowing:
    """Finds the entries whose title, byline or site holds `text`, in any case; they are read once, in a thread."""

    @dataclass
    class Ready(Message):
        """The words have been read."""

        narrowing: Narrowing

    def __init__(self, owner: MessagePump, entries: Sequence[Entry]) -> None:
        self.text = ""
        self._owner = owner
        self._entries = entries
        self._words: list[str] | None = None
        self._started = False

    def prepare(self) -> None:
        """Begin to read the entries, if that has not begun."""
        if not self._started:
            self._started = True
            start_worker(self._read, "narrowing")

    def rows(self) -> Sequence[int] | None:
        """The entries that hold the text, in their order; None while they are still being read."""
        if not self.text:
            return range(len(self._entries))
        if self._words is None:
            self.prepare()
            return None
        needle = fold(self.text)
        return [row for row, words in enumerate(self._words) if needle in words]

    def _read(self) -> None:
        columns = ((entry.title, entry.byline or "", entry.site) for entry in self._entries)
        self._words = [fold("\n".join(map(neutralise_line, texts))) for texts in columns]
        post(self._owner, self.Ready(self))
