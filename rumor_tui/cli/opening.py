"""Reading what the command line names in a thread: what takes longer than a moment is waited for on the screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from rumor_tui.loading import LoadStep

if TYPE_CHECKING:
    from rumor_tui import model

    Content = model.Thread | model.Listing

SOON: Final = 0.3
"""Seconds that the first screen waits for what is read: then it shows at once what there is to read, and nothing
else."""
LOOK: Final = 0.1
"""Seconds after which it is looked whether the reader does not want to wait any more."""

Show = Callable[[str], None]
"""Takes words about how far something is."""
Load = Callable[[Show, int], "Content"]
"""Reads all of it, given the descriptor of standard input. Raises SourceError."""


class Opening:
    """Reads `sources` by `load`, from now on, in a thread.

    A thread that is still busy when the program ends does not delay that. Standard input is read from a descriptor of
    its own, so that descriptor 0 may become the keyboard meanwhile.
    """

    def __init__(self, sources: Sequence[str], load: Load) -> None:
        self.name = _name(sources)
        self._load = load
        self._input = _own_input() if "-" in sources else 0
        self._ended = Event()
        self._content: Content | None = None
        self._failure: BaseException | None = None
        self._words = ""
        Thread(target=self._work, name="opening", daemon=True).start()

    def _work(self) -> None:
        try:
            self._content = self._load(self._say, self._input)
        except BaseException as error:  # whatever it is, somebody waits for it
            self._failure = error
        finally:
            self._ended.set()

    def _say(self, words: str) -> None:
        self._words = words

    @property
    def content(self) -> Content | None:
        """What was read; None as long as nothing was."""
        return self._content

    def soon(self) -> Content | None:
        """What was read, if that takes a moment only, else None. Raises what the reading raised."""
        self._ended.wait(SOON)
        return self._result() if self._ended.is_set() else None

    def _result(self) -> Content | None:
        if self._failure is not None:
            raise self._failure
        return self._content

    def job(self, stop: Event) -> Iterator[LoadStep]:
        """Gives what is read when it is there, and tells how far it is until then (a `LoadJob`)."""
        from rumor_tui.reading.worker import quicken

        quicken()
        told = ""
        while not self._ended.wait(LOOK):
            if stop.is_set():
                return
            if self._words != told:
                told = self._words
                yield LoadStep(None, told)
        yield LoadStep(self._result())


def _name(sources: Sequence[str]) -> str:
    if len(sources) > 1:
        return f"{len(sources)} sources"
    return "standard input" if sources[0] == "-" else Path(sources[0]).name or sources[0]


def _own_input() -> int:
    try:
        return os.dup(0)
    except OSError:  # it was closed when the program started, which reading it tells
        return 0
