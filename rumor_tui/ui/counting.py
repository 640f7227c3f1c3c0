"""Counts that are not known yet, found out for what is on screen, one after the other and away from the keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump


class Counting:
    """`known` are the counts by entry, None where one is not to be had."""

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
        self._worker: threading.Thread | None = None

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
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, args=(self._count,), name="counting", daemon=True)
            self._worker.start()
        self._wake.set()

    def close(self) -> None:
        """Count no more."""
        self._closing = True
        self._wanted = []
        self._wake.set()

    def _work(self, count: Callable[[int], int | None]) -> None:
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            while (entry := next((e for e in self._wanted if e not in self.known), -1)) >= 0:
                self.known[entry] = _counted(count, entry)
                if not self._closing:
                    with suppress(RuntimeError):  # the program is ending
                        self._owner.post_message(self.Counted(self, entry))


def _counted(count: Callable[[int], int | None], entry: int) -> int | None:
    """The count of an entry; None for one that cannot be read, which opening it will tell of."""
    try:
        return count(entry)
    except Exception:
        return None
