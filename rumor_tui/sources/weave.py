"""Several things that are loaded at the same time and handed on as one.

Each is a strand with a thread of its own. Whenever one has got further, all that has come is put together and handed
on, so that nobody waits for the slowest one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event

from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.sources import messages

MAX_STRANDS = 8
"""Strands that run at the same time; the others wait for their turn."""


@dataclass(slots=True, eq=False)
class Strand:
    """One thing that is being loaded: what has come of it, how far it is, and why it failed.

    `name` is what it is called before how far it is, where several of a kind are loaded. `partial` is as in `LoadStep`.
    """

    job: LoadJob
    status: str = ""
    content: Thread | Listing | None = None
    failure: SourceError | None = None
    ended: bool = False
    name: str = ""
    partial: bool = False


class Weave:
    """Runs strands. `combine` puts together what they have, and is called after each change; `took` is told before that
    which strand has got further, and may start others. Both are called in the thread that asks for steps.
    """

    def __init__(
        self, combine: Callable[[], Thread | Listing | None], took: Callable[[Strand], None] = lambda strand: None
    ) -> None:
        self._combine = combine
        self._took = took
        self._waiting: list[Strand] = []
        self._halt = _Halt()
        self._news: SimpleQueue[tuple[Strand, LoadStep | Exception | None]] = SimpleQueue()
        self.strands: list[Strand] = []

    def add(self, strand: Strand) -> None:
        """Start a strand, now or as soon as another one has ended; none any more once the loading is to stop."""
        if self._halt.is_set():
            return
        self.strands.append(strand)
        self._waiting.append(strand)
        self._start_waiting()

    def steps(self, stop: Event) -> Iterator[LoadStep]:
        """A step whenever a strand has got further, until all have ended; see `loading.LoadJob`.

        There is no last step that sums up: what the strands said last, and their failures, are read from them.
        """
        self._halt.follow(stop)
        try:
            while not all(strand.ended for strand in self.strands):
                strand, news = self._news.get()
                if news is None:
                    strand.ended = True
                    self._start_waiting()
                    continue
                changed = self._take(strand, news)
                yield LoadStep(self._combine() if changed else None, self._words())
        finally:
            self._halt.set()

    def _take(self, strand: Strand, news: LoadStep | Exception) -> bool:
        """Note how far a strand is; whether there is other content now. A failure changes the content, too."""
        if isinstance(news, Exception):
            strand.failure = news if isinstance(news, SourceError) else _as_source_error(news)
            strand.status = ""
        else:
            strand.content = strand.content if news.content is None else news.content
            strand.status, strand.partial = news.status, news.partial
        self._took(strand)
        return isinstance(news, Exception) or news.content is not None

    def _words(self) -> str:
        """How far it is, in the order of the strands."""
        told = [strand for strand in self.strands if strand.status and not strand.ended]
        return " · ".join(f"{strand.name}: {strand.status}" if strand.name else strand.status for strand in told)

    def _start_waiting(self) -> None:
        running = sum(not strand.ended for strand in self.strands) - len(self._waiting)
        while self._waiting and running < MAX_STRANDS:
            strand = self._waiting.pop(0)
            threading.Thread(target=self._run, args=(strand,), name="strand", daemon=True).start()
            running += 1

    def _run(self, strand: Strand) -> None:
        try:
            for step in strand.job(self._halt):
                self._news.put((strand, step))
        except Exception as error:  # a thread's end is silent: the others would wait for ever
            self._news.put((strand, error))
        self._news.put((strand, None))


def _as_source_error(error: Exception) -> SourceError:
    failure = SourceError(messages.unreadable_answer(error))
    failure.__cause__ = error
    return failure


class _Halt(Event):
    """Is set when the reader stops the loading, or when nobody wants it any more."""

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()

    def follow(self, stop: Event) -> None:
        """Count as set whenever `stop` is set."""
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to end."""
        return super().is_set() or self._stop.is_set()
