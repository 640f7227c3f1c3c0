"""What a plan works with: the fetcher, the platforms' addresses, and the board on which it shows what has come."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, Protocol, TypeVar

from rumor_tui.sources import jsons, wording
from rumor_tui.sources.fetch import JSON, Answer, Fetcher
from rumor_tui.sources.sites import Sites

T = TypeVar("T")

INTERVAL = 0.7
"""Seconds between two readings of a growing thread, unless it has doubled: so all readings cost about two."""

_MOST_LOST = 12
"""Failed requests after which a plan gives up on the rest."""


class Document(Protocol):
    """All that has come of one discussion, as one document that a reader reads."""

    address: str
    """What the reader is told as the source's name."""

    def data(self) -> bytes:
        """The document's bytes."""

    def have(self) -> int:
        """How many comments have come."""

    def total(self) -> int | None:
        """How many there are by what the source says, or None."""


@dataclass(frozen=True, slots=True)
class Part:
    """A document as it was at one moment."""

    data: bytes
    address: str
    have: int
    total: int | None


class Board:
    """Where the courier's thread puts what has come, and the opening's thread takes the newest of it."""

    def __init__(self) -> None:
        self.news = Event()
        self.document: Document | None = None
        self.lacks: list[str] = []
        """Sentences on what is missing."""
        self.lost: list[wording.FetchError] = []
        """Requests that failed in the middle of a thread."""
        self.due = 0.0
        """The moment (`time.monotonic`) from which on the next part is wanted although little has come since."""
        self._shown = 0
        self._part: Part | None = None
        self._lock = Lock()

    def came(self, document: Document) -> None:
        """Note that a document is new or has grown, and put a part out when one is wanted."""
        have = document.have()
        first = self.document is not document
        self.document = document
        if first or have >= 2 * self._shown or (time.monotonic() >= self.due and have > self._shown):
            part = part_of(document)
            with self._lock:
                self._part = part
            self._shown = have
            self.due = time.monotonic() + INTERVAL
            self.news.set()

    def told(self) -> list[str]:
        """What there is to say of all that is missing."""
        return [*self.lacks, *([wording.missing(len(self.lost), str(self.lost[0]))] if self.lost else [])]

    def take(self) -> Part | None:
        """The newest part that was not taken yet."""
        with self._lock:
            part, self._part = self._part, None
        self.news.clear()
        return part


def part_of(document: Document) -> Part:
    """The document as it is now."""
    return Part(document.data(), document.address, document.have(), document.total())


@dataclass(slots=True)
class Work:
    """One plan's means."""

    fetcher: Fetcher
    sites: Sites
    board: Board

    async def get(self, address: str, accept: str = JSON) -> Answer:
        """The answer at an address. Raises FetchError."""
        return await self.fetcher.get(address, accept=accept)

    async def value(self, address: str) -> Any:
        """The JSON value at an address. Raises FetchError."""
        return told(await self.get(address))

    def came(self, document: Document) -> None:
        """Show a document that is new or has grown."""
        self.board.came(document)

    async def tried(self, request: Awaitable[T]) -> T | None:
        """What a request gives, or None when it fails: one more comment that is missing. Raises when too many have."""
        try:
            return await request
        except wording.FetchError as error:
            self.board.lost.append(error)
            if (
                len(self.board.lost) >= _MOST_LOST
                or error.status == 429
                or (error.offline and self.fetcher.copied is None)
            ):
                raise
            return None

    async def crawl(self, first: Iterable[T], visit: Callable[[T], Coroutine[Any, Any, Iterable[T]]]) -> None:
        """Visit everything in `first` and what each visit names, as many at a time as one host allows."""
        waiting = deque(first)
        running: set[asyncio.Task[Iterable[T]]] = set()
        try:
            while waiting or running:
                while waiting and len(running) < self.fetcher.limits.parallel:
                    running.add(asyncio.create_task(visit(waiting.popleft())))
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    waiting.extend(task.result())
        finally:
            for task in running:
                task.cancel()
            with suppress(Exception):
                await asyncio.gather(*running, return_exceptions=True)


def told(answer: Answer) -> Any:
    """The JSON value of an answer. Raises FetchError when it is none."""
    try:
        return jsons.value(answer.data)
    except ValueError as error:
        raise wording.FetchError(wording.no_json(answer.address)) from error
