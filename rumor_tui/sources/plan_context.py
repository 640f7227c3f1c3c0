"""What a plan works with: the fetcher, the platforms' base addresses, and the documents that it publishes."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Protocol, TypeVar

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Sites
from rumor_tui.sources.fetch import ACCEPT_JSON, Answer, Fetcher

T = TypeVar("T")

SNAPSHOT_SECONDS = 0.7
"""Seconds between two readings of a growing thread, unless it has doubled: so all readings cost about two."""

_MAX_FAILURES = 12
"""Failed requests after which a plan gives up on the rest."""


class Document(Protocol):
    """All that has come of one discussion, as one document that a reader reads."""

    address: str
    """What the reader is told as the source's name."""

    def data(self) -> bytes:
        """The document's bytes."""

    def loaded(self) -> int:
        """How many comments have come."""

    def total(self) -> int | None:
        """How many there are by what the source says, or None."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document as it was at one moment."""

    data: bytes
    address: str
    loaded: int
    total: int | None


class SnapshotBuffer:
    """Where the courier's thread puts what has come, and the opening's thread takes the newest of it."""

    def __init__(self) -> None:
        self.news = Event()
        self.document: Document | None = None
        self.notices: list[str] = []
        """Sentences on what is missing."""
        self.failures: list[messages.FetchError] = []
        """Requests that failed in the middle of a thread."""
        self.next_due = 0.0
        """The moment (`time.monotonic`) from which on the next part is wanted although little has come since."""
        self._published = 0
        self._newest: Snapshot | None = None
        self._lock = Lock()

    def publish(self, document: Document) -> None:
        """Note that a document is new or has grown, and put a part out when one is wanted."""
        have = document.loaded()
        first = self.document is not document
        self.document = document
        if first or have >= 2 * self._published or (time.monotonic() >= self.next_due and have > self._published):
            part = take_snapshot(document)
            with self._lock:
                self._newest = part
            self._published = have
            self.next_due = time.monotonic() + SNAPSHOT_SECONDS
            self.news.set()

    def all_notices(self) -> list[str]:
        """What there is to say of all that is missing."""
        return [
            *self.notices,
            *([messages.failed_requests(len(self.failures), str(self.failures[0]))] if self.failures else []),
        ]

    def take(self) -> Snapshot | None:
        """The newest part that was not taken yet."""
        with self._lock:
            part, self._newest = self._newest, None
        self.news.clear()
        return part


def take_snapshot(document: Document) -> Snapshot:
    """The document as it is now."""
    return Snapshot(document.data(), document.address, document.loaded(), document.total())


@dataclass(slots=True)
class PlanContext:
    """One plan's means."""

    fetcher: Fetcher
    sites: Sites
    board: SnapshotBuffer

    async def get(self, address: str, accept: str = ACCEPT_JSON) -> Answer:
        """The answer at an address. Raises FetchError."""
        return await self.fetcher.get(address, accept=accept)

    async def value(self, address: str) -> Any:
        """The JSON value at an address. Raises FetchError."""
        return decode_answer(await self.get(address))

    def publish(self, document: Document) -> None:
        """Show a document that is new or has grown."""
        self.board.publish(document)

    async def try_request(self, request: Awaitable[T]) -> T | None:
        """What a request gives, or None when it fails: one more comment that is missing. Raises when too many have."""
        try:
            return await request
        except messages.FetchError as error:
            self.board.failures.append(error)
            if (
                len(self.board.failures) >= _MAX_FAILURES
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


def decode_answer(answer: Answer) -> Any:
    """The JSON value of an answer. Raises FetchError when it is none."""
    try:
        return json_util.decode_json(answer.data)
    except ValueError as error:
        raise messages.FetchError(messages.unexpected_answer(answer.address)) from error


@dataclass(slots=True, eq=False)
class SingleAnswer:
    """One answer that is the whole document already."""

    address: str
    body: bytes
    count: int = 0
    expected: int | None = None

    def data(self) -> bytes:
        """The answer's bytes."""
        return self.body

    def loaded(self) -> int:
        """How many comments it holds, as far as that was looked at."""
        return self.count

    def total(self) -> int | None:
        """How many there are by what the source says."""
        return self.expected


@dataclass(slots=True, eq=False)
class PagedDocument:
    """A document made of a `head` and of the comments that have come; `shape` makes the JSON value of the two."""

    address: str
    shape: Callable[[list[Any]], Any]
    comments: list[Any] = field(default_factory=list)
    expected: int | None = None

    def data(self) -> bytes:
        """The document as JSON."""
        return json_util.encode_json(self.shape(self.comments))

    def loaded(self) -> int:
        """How many comments have come."""
        return len(self.comments)

    def total(self) -> int | None:
        """How many there are by what the source says."""
        return self.expected
