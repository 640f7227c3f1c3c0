"""Loading an address step by step: what has been fetched is read and handed on, until all is there or it is stopped.

Fetching runs in the thread of the async runner, reading in the caller's. When a plan fails before anything could be
read, the next plan is tried, at last the page itself; the error of the last plan is the one that is reported.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Generator, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from rumor_tui.loading import LoadStep
from rumor_tui.model import Listing, SourceError, Stub, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.sources import merge_thread, messages, notices
from rumor_tui.sources.addresses import plans_for
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.config import Access, Sites
from rumor_tui.sources.fetch import ACCEPT_PAGE, Answer, Fetcher, origin_of
from rumor_tui.sources.plan_context import (
    SNAPSHOT_SECONDS,
    Document,
    ListingDocument,
    PlanContext,
    SingleAnswer,
    Snapshot,
    SnapshotBuffer,
    take_snapshot,
)
from rumor_tui.sources.platform import Plan
from rumor_tui.sources.platforms.web_page import to_utf8

T = TypeVar("T")

_POLL_SECONDS = 0.05
"""Seconds between two checks for a request to stop."""

_STOP_SECONDS = 2.0
"""Seconds that are waited at most for what has come, when the reader stops the loading; mostly it is there at once."""

_MAX_DOCUMENTS = 8
"""The number of documents kept so that missing comments can be added to them."""

_READING_SHARE = 4
"""A growing thread is read again after this many times the duration of its last reading."""


@dataclass(slots=True)
class LoadContext:
    """What all addresses opened by one run share: network access, platforms, and the documents that may grow."""

    access: Access
    sites: Sites
    documents: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    busy: set[str] = field(default_factory=set)
    """The addresses that are being loaded."""
    until: float = math.inf
    """When all must have come (`time.monotonic`), for what is loaded as a part of something else."""

    def keep(self, document: Document) -> None:
        """Keep a document, so that missing comments can be added later; the oldest of too many is dropped."""
        if isinstance(document, SingleAnswer | ListingDocument):
            return
        self.documents[document.address] = document
        self.documents.move_to_end(document.address)
        while len(self.documents) > _MAX_DOCUMENTS:
            self.documents.popitem(last=False)


@dataclass(slots=True)
class AttemptState:
    """The state of one attempt: the last content, the snapshot it was read from, and notes for the last step."""

    content: Thread | Listing | None = None
    snapshot: Snapshot | None = None
    stopped: bool = False
    problem: SourceError | None = None
    notes: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    """When loading the address began; all attempts share its time limit."""
    age: Callable[[], float] = lambda: 0.0
    """The age in seconds of the oldest cached copy that had to be used."""


def load_address(context: LoadContext, address: str, stop: Event) -> Generator[LoadStep, None, None]:
    """Load an address; see `loading.LoadJob`."""
    context.busy.add(address)
    try:
        yield from _load_address(context, address, stop)
    finally:
        context.busy.discard(address)


def _load_address(context: LoadContext, address: str, stop: Event) -> Iterator[LoadStep]:
    last = SourceError(messages.not_an_address(address))
    began = time.monotonic()
    for plan in plans_for(address, context.sites):
        state = AttemptState(began=began)
        try:
            with AsyncRunner(context.access) as runner:
                yield from run_plan(context, runner, plan, state, stop)
        except SourceError as error:
            last = error
            if isinstance(error, messages.FetchError) and error.final:
                break
        if state.content is not None:
            return
        if stop.is_set():
            raise SourceError(messages.stopped())
    raise last


def run_plan(
    context: LoadContext, runner: AsyncRunner, plan: Plan, state: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Run one plan. Raises SourceError if it ends and nothing could be read."""
    buffer = SnapshotBuffer()
    state.age = lambda: runner.fetcher.oldest
    until = _end_of(context, state)
    seconds = round(max(until - state.began, 0.0), 1)
    runner.fetcher.until = until
    task = runner.start(
        lambda fetcher: with_deadline(seconds, until, plan(PlanContext(fetcher, context.sites, buffer)))
    )
    task.add_done_callback(lambda _: buffer.news.set())
    while not wait_briefly(task, stop, buffer.news):
        snapshot = buffer.take()
        if snapshot is not None and (step := _step_of(snapshot, state, buffer)) is not None:
            yield step
    state.stopped = not task.done()
    if state.stopped and buffer.document is None:
        _let_end(runner, task)
    task.cancel()
    state.problem = _problem(task)
    if buffer.document is None:
        if state.stopped or state.problem is None:
            return
        raise state.problem
    yield from _finish(context, runner, buffer, state, stop)


def _let_end(runner: AsyncRunner, task: Future[Any]) -> None:
    """Give a plan that is to stop, and has published nothing, a moment to publish what has come of its first answer."""
    runner.fetcher.halted = True
    runner.start(lambda fetcher: fetcher.halt())
    with suppress(Exception, CancelledError):
        task.result(_STOP_SECONDS)


def _end_of(context: LoadContext, state: AttemptState) -> float:
    """When all attempts must have ended (`time.monotonic`)."""
    return min(state.began + context.access.limits.total, context.until)


def _finish(
    context: LoadContext, runner: AsyncRunner, buffer: SnapshotBuffer, state: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Read the final document, load further pages, and report what is missing."""
    snapshot = _last_snapshot(runner, buffer, state)
    assert buffer.document is not None
    context.keep(buffer.document)
    if state.stopped:
        state.notes.append(notices.stopped_at(snapshot.loaded, snapshot.total, _noun(snapshot)))
    elif state.problem is not None:
        problem, noun = str(state.problem), _noun(snapshot)
        state.notes.append(notices.incomplete(snapshot.loaded, snapshot.total, problem, noun))
    else:
        yield from _load_further_pages(context, runner, state, stop)
    why = runner.fetcher.copied
    copies = [] if why is None else [notices.from_cache(runner.fetcher.oldest, why)]
    rest = _loadable_notice(state)
    partial = bool(copies or state.notes or buffer.failures or buffer.cut is not None)
    yield LoadStep(state.content, " ".join([*copies, *state.notes, *buffer.all_notices(), *rest]), partial)


def _loadable_notice(state: AttemptState) -> list[str]:
    """A sentence on how many comments could still be loaded, if there is no other problem."""
    content = state.content
    if state.stopped or state.problem or not isinstance(content, Thread):
        return []
    count = sum(stub.count for stub in content.stubs if stub.via)
    return [notices.more_available(count)] if count else []


def _last_snapshot(runner: AsyncRunner, buffer: SnapshotBuffer, state: AttemptState) -> Snapshot:
    """Read the final snapshot; if that fails, the one that was read before. Raises SourceError without either."""
    try:
        snapshot = _snapshot(runner, buffer)
        _take(snapshot, state, buffer)
    except SourceError as error:
        if state.content is None or state.snapshot is None:
            raise
        state.problem = state.problem or error
        return state.snapshot
    return snapshot


def _snapshot(runner: AsyncRunner, buffer: SnapshotBuffer) -> Snapshot:
    """A snapshot taken in the thread in which the document grows. Raises FetchError if its form is invalid."""

    async def taken(_: Fetcher) -> Snapshot:
        assert buffer.document is not None
        return take_snapshot(buffer.document)

    return _result(runner.start(taken))


def _step_of(snapshot: Snapshot, state: AttemptState, buffer: SnapshotBuffer) -> LoadStep | None:
    """Read a snapshot into a step; None if it cannot be read but an earlier one could. Raises SourceError otherwise."""
    began = time.monotonic()
    if not _take(snapshot, state, buffer):
        return None
    buffer.next_due = time.monotonic() + max(SNAPSHOT_SECONDS, _READING_SHARE * (time.monotonic() - began))
    return LoadStep(state.content, notices.load_progress(snapshot.loaded, snapshot.total, _noun(snapshot)))


def _noun(snapshot: Snapshot) -> str:
    """What a snapshot counts."""
    return "comment" if snapshot.content is None else snapshot.content.noun


def _take(snapshot: Snapshot, state: AttemptState, buffer: SnapshotBuffer) -> bool:
    """Read a snapshot, unless it is the last one read; False on failure.

    Raises SourceError without earlier content: of a page whose end is missing, the one that says why.
    """
    if snapshot == state.snapshot:
        return True
    try:
        state.content = snapshot.content or _read(snapshot.data, snapshot.address, state.age())
    except SourceError as error:
        if state.content is not None:
            return False
        if buffer.cut is not None:
            raise buffer.cut from error
        raise
    state.snapshot = snapshot
    return True


def _read(data: bytes, address: str, age: float) -> Thread | Listing:
    return read_source(data, Hint(address, moment=time.time() - age))


async def with_deadline(seconds: float, until: float, work: Awaitable[T]) -> T:
    """Await `work` until the time `until` (`time.monotonic`). Raises FetchError with the limit of `seconds`."""
    try:
        async with asyncio.timeout(until - time.monotonic()):
            return await work
    except TimeoutError as error:
        raise messages.FetchError(messages.total_timeout(seconds)) from error


def wait_briefly(task: Future[T], stop: Event, news: Event | None = None) -> bool:
    """Wait a moment for the task, or for news of it. True if it is done or should stop."""
    if news is not None:
        news.wait(_POLL_SECONDS)
    else:
        with suppress(TimeoutError, CancelledError):
            task.exception(_POLL_SECONDS)
    return task.done() or stop.is_set()


def _problem(task: Future[Any]) -> SourceError | None:
    """Why a task failed; None if it did not, or was cancelled.

    An answer may have a form that no plan expects (a list for a number, arrays a thousand levels deep). Any exception
    that this raises counts as a failure of the plan, so that the next plan is tried.
    """
    error = None if not task.done() or task.cancelled() else task.exception()
    if error is None or isinstance(error, SourceError):
        return error
    if not isinstance(error, Exception):
        raise error
    failure = messages.FetchError(messages.unreadable_answer(error))
    failure.__cause__ = error
    return failure


def _result(task: Future[T]) -> T:
    """The result of a finished task. Raises SourceError if it failed."""
    with suppress(Exception):
        return task.result()
    raise _problem(task) or SourceError(messages.stopped())


def _load_further_pages(
    context: LoadContext, runner: AsyncRunner, state: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Load the further pages of a thread, as long as they are on the same host and within the limits."""
    seen: set[str] = set()
    for number in range(2, context.access.limits.pages + 1):
        thread = state.content
        stub = _page_stub(thread, seen) if isinstance(thread, Thread) else None
        if stub is None or not isinstance(thread, Thread):
            return
        until = _end_of(context, state)
        if time.monotonic() > until:
            state.notes.append(messages.total_timeout(context.access.limits.total))
            return
        seen.add(stub.keys[0])
        yield LoadStep(thread, notices.page_progress(number, len(thread)))
        try:
            state.content = load_next_page(runner, thread, stub, stop, until)
        except SourceError as error:
            state.notes.append(notices.incomplete(len(thread), None, str(error)))
            return
        if state.content is None:
            state.content, state.stopped = thread, True
            state.notes.insert(0, notices.stopped_at(len(thread), None))
            return


def _page_stub(thread: Thread, seen: set[str]) -> Stub | None:
    """The stub of the next page, if there is one."""
    for stub in thread.stubs:
        if (
            stub.via == "page"
            and stub.keys
            and stub.parent < 0
            and stub.keys[0] not in seen
            and _is_same_host(thread, stub)
        ):
            return stub
    return None


def _is_same_host(thread: Thread, stub: Stub) -> bool:
    """Whether the page of a stub is on the host that the thread came from."""
    try:
        return origin_of(stub.keys[0]) == origin_of(thread.source)
    except messages.FetchError:
        return False


def load_next_page(runner: AsyncRunner, thread: Thread, stub: Stub, stop: Event, until: float) -> Thread | None:
    """The thread with the comments of the page of a stub; None if it was stopped. Raises SourceError.

    The page must have come at the time `until` (`time.monotonic`).
    """
    answer = fetch_page(runner, stub.keys[0], stop, until)
    if answer is None:
        return None
    page = _read(to_utf8(answer), answer.address, answer.age or 0.0)
    if not isinstance(page, Thread):
        raise SourceError(messages.not_a_thread_page(answer.address))
    return merge_thread.merge_page(thread, page, stub)


def fetch_page(runner: AsyncRunner, address: str, stop: Event, until: float) -> Answer | None:
    """Fetch the page at an address, until a time; None if it was stopped. Raises SourceError."""
    seconds = round(max(until - time.monotonic(), 0.0), 1)
    task = runner.start(lambda fetcher: with_deadline(seconds, until, fetcher.get(address, accept=ACCEPT_PAGE)))
    while not wait_briefly(task, stop):
        pass
    if not task.done():
        task.cancel()
        return None
    return _result(task)
