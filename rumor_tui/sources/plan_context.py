"""What a plan works with: the fetcher, the platforms' base addresses, and the documents that it publishes."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Protocol, TypeVar

from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.sources import json_util, messages, notices
from rumor_tui.sources.config import Site, Sites
from rumor_tui.sources.fetch import ACCEPT_JSON, Answer, Fetcher

T = TypeVar("T")

SNAPSHOT_SECONDS = 0.7
"""Seconds between two buffer of a growing document, unless it has doubled in size."""

_MAX_FAILURES = 12
"""The number of failed requests after which a plan gives up."""


class Document(Protocol):
    """Everything received of one discussion, as one document that a reader can read."""

    address: str
    """The name of the source for the reader."""

    def data(self) -> bytes:
        """The document's bytes."""

    def loaded(self) -> int:
        """The number of comments received."""

    def total(self) -> int | None:
        """The number of comments according to the source, or None."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An immutable copy of a document at one moment."""

    data: bytes
    address: str
    loaded: int
    total: int | None
    content: Listing | None = None
    """What needs no reader."""


class SnapshotBuffer:
    """Passes the newest snapshot of a document from the thread that fetches to the thread that reads."""

    def __init__(self) -> None:
        self.news = Event()
        self.document: Document | None = None
        self.notices: list[str] = []
        """Sentences on what is missing."""
        self.failures: list[messages.FetchError] = []
        """Failed requests for parts of a thread."""
        self.cut: messages.FetchError | None = None
        """Why the end of a page is missing, so that what it does not hold may be there all the same."""
        self.next_due = 0.0
        """The time (`time.monotonic`) from which a new snapshot is taken even if little has been received since."""
        self._published = 0
        self._newest: Snapshot | None = None
        self._lock = Lock()

    def publish(self, document: Document) -> None:
        """Record that a document is new or has grown, and take a snapshot if one is due."""
        loaded = document.loaded()
        first = self.document is not document
        self.document = document
        is_due = time.monotonic() >= self.next_due and loaded > self._published
        if first or is_due or loaded >= 2 * self._published:
            snapshot = take_snapshot(document)
            with self._lock:
                self._newest = snapshot
            self._published = loaded
            self.next_due = time.monotonic() + SNAPSHOT_SECONDS
            self.news.set()

    def all_notices(self) -> list[str]:
        """All sentences on what is missing."""
        failed = [notices.failed_requests(len(self.failures), str(self.failures[0]))] if self.failures else []
        return [*self.notices, *failed]

    def take(self) -> Snapshot | None:
        """Take the newest snapshot; None if it was taken already."""
        with self._lock:
            snapshot, self._newest = self._newest, None
        self.news.clear()
        return snapshot


def take_snapshot(document: Document) -> Snapshot:
    """The document as it is now."""
    content = document.content() if isinstance(document, ListingDocument) else None
    return Snapshot(document.data(), document.address, document.loaded(), document.total(), content)


@dataclass(slots=True)
class PlanContext:
    """What one plan works with."""

    fetcher: Fetcher
    sites: Sites
    buffer: SnapshotBuffer

    def api(self, site: Site) -> str:
        """What the addresses of a platform's API begin with."""
        return self.sites.at(site).base

    async def get(self, address: str, accept: str = ACCEPT_JSON, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch an address; `headers` are what it wants to know besides. Raises FetchError."""
        return await self.fetcher.get(address, accept=accept, headers=headers)

    async def value(self, address: str, ask: Any = None, *, headers: Mapping[str, str] | None = None) -> Any:
        """Fetch an address and decode its JSON; `ask` is sent as JSON, by POST. Raises FetchError."""
        body = b"" if ask is None else json_util.encode_json(ask)
        return decode_answer(await self.fetcher.get(address, accept=ACCEPT_JSON, ask=body, headers=headers))

    def publish(self, document: Document) -> None:
        """Publish a document that is new or has grown."""
        self.buffer.publish(document)

    async def try_request(self, request: Awaitable[T]) -> T | None:
        """The result of a request, or None if it failed. Raises FetchError if too many have failed."""
        try:
            return await request
        except messages.FetchError as error:
            self.buffer.failures.append(error)
            if (
                len(self.buffer.failures) >= _MAX_FAILURES
                or error.status == 429
                or (error.offline and self.fetcher.copied is None)
            ):
                raise
            return None

    async def gather(self, requests: Iterable[Awaitable[list[T]]]) -> list[T]:
        """The results of several requests, made side by side. Raises the first error if all of them failed."""
        results = await asyncio.gather(*requests, return_exceptions=True)
        failures = [result for result in results if isinstance(result, BaseException)]
        if failures and len(failures) == len(results):
            raise failures[0]
        self.buffer.failures += [error for error in failures if isinstance(error, messages.FetchError)]
        return [item for result in results if not isinstance(result, BaseException) for item in result]

    async def crawl(self, first: Iterable[T], visit: Callable[[T], Coroutine[Any, Any, Iterable[T]]]) -> None:
        """Visit all of `first` and whatever each visit returns, as many in parallel as one host allows."""
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
    """Decode the JSON of an answer. Raises FetchError if it is not JSON."""
    try:
        return json_util.decode_json(answer.data)
    except ValueError as error:
        raise messages.FetchError(messages.unexpected_answer(answer.address)) from error


@dataclass(slots=True, eq=False)
class SingleAnswer:
    """A document that consists of one answer."""

    address: str
    body: bytes
    count: int = 0
    expected: int | None = None

    def data(self) -> bytes:
        """The bytes of the answer."""
        return self.body

    def loaded(self) -> int:
        """The number of comments, as far as it is known."""
        return self.count

    def total(self) -> int | None:
        """The number of comments according to the source."""
        return self.expected


def require_key(answer: Answer, address: str, key: str) -> SingleAnswer:
    """An answer as a document, if it is an object with a key. Raises FetchError if it is not."""
    value = decode_answer(answer)
    if not isinstance(value, dict) or key not in value:
        raise messages.FetchError(messages.unexpected_answer(address))
    comments = value[key]
    return SingleAnswer(address, answer.data, len(comments) if isinstance(comments, list) else 1)


@dataclass(slots=True, eq=False)
class PagedDocument:
    """A document whose comments arrive in pages; `shape` makes its JSON value from them."""

    address: str
    shape: Callable[[list[Any]], Any]
    comments: list[Any] = field(default_factory=list)
    expected: int | None = None

    def data(self) -> bytes:
        """The document as JSON."""
        return json_util.encode_json(self.shape(self.comments))

    def loaded(self) -> int:
        """The number of comments received."""
        return len(self.comments)

    def total(self) -> int | None:
        """The number of comments according to the source."""
        return self.expected


@dataclass(slots=True, eq=False)
class ListingDocument:
    """A list of threads that are at their addresses, made by a plan: no reader has to read it.

    `further` is the address of the next page of the list, if there is one.
    """

    address: str
    title: str
    entries: list[Entry] = field(default_factory=list)
    further: str = ""

    def data(self) -> bytes:
        """No bytes: see `content`."""
        return b""

    def loaded(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def total(self) -> int | None:
        """Unknown."""
        return None

    def content(self) -> Listing:
        """The list as it is now."""
        return Listing(
            self.title, tuple(self.entries), _not_here, source=self.address, elsewhere=True, further=self.further
        )


def _not_here(entry: int) -> Thread | Listing:
    raise SourceError(messages.not_in_list(entry))
