"""Which entries of a listing hold what is typed, in their title or byline, in any case."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump

from rumor_tui.model import Entry
from rumor_tui.text import fold, neutralise_line


class Narrowing:
    """The entries' words, made ready in a thread of their own; `text` is what they must hold."""

    @dataclass
    class Ready(Message):
        """The words are there."""

        narrowing: Narrowing

    def __init__(self, owner: MessagePump, entries: Sequence[Entry]) -> None:
        self.text = ""
        self._owner = owner
        self._entries = entries
        self._words: list[str] | None = None
        self._worker: threading.Thread | None = None

    def prepare(self) -> None:
        """Begin to read the entries, if that has not begun."""
        if self._worker is None:
            self._worker = threading.Thread(target=self._read, name="narrowing", daemon=True)
            self._worker.start()

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
        words = [fold(f"{neutralise_line(e.title)}\n{neutralise_line(e.byline or '')}") for e in self._entries]
        self._words = words
        with suppress(RuntimeError):  # the program is ending
            self._owner.post_message(self.Ready(self))
