"""Loading an address step by step: what has been fetched is read and handed on, until all is there or it is stopped.

Fetching runs in the thread of the async runner, reading in the caller's. When a plan fails before anything could be
read, the next plan is tried, at last the page itself; the error of the last plan is the one that is reported.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from rumor_tui.loading import LoadStep
from rumor_tui.model import Listing, SourceError, Stub, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.sources import merge_thread, messages
from rumor_tui.sources.addresses import Plan, plans_for
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.config import Access, Sites
from rumor_tui.sources.fetch import ACCEPT_PAGE, Answer, Fetcher, origin_of
from rumor_tui.sources.plan_context import (
    SNAPSHOT_SECONDS,
    Document,
    PlanContext,
    SingleAnswer,
    Snapshot,
    SnapshotBuffer,
    take_snapshot,
)
from rumor_tui.sources.plans.web_page import to_utf8

T = TypeVar("T")

_POLL_SECONDS = 0.05
"""Seconds between two looks at whether somebody wants the opening to stop."""

_MAX_DOCUMENTS = 8
"""Documents that are kept, so that more can be added to them."""

_READING_SHARE = 4
"""How many times longer than its last reading a growing thread is left alone."""


@dataclass(slots=True)
class LoadContext:
    """What all openings of one run share: the terms, the platforms' addresses, and the documents to add to."""

    access: Access
    sites: Sites
    kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    busy: set[str] = field(default_factory=set)
    """The addresses of which something is coming just now."""

    def keep(self, document: Document) -> None:
        """Keep a document for what may be loaded later; the oldest goes when there are many."""
        if isinstance(document, SingleAnswer):
            return
        self.kept[document.address] = document
        self.kept.move_to_end(document.address)
        while len(self.kept) > _MAX_DOCUMENTS:
            self.kept.popitem(last=False)


@dataclass(slots=True)
class AttemptState:
    """How far one attempt came: the last content, the part that it was read from, what is to be said in the end."""

    content: Thread | Listing | None = None
    part: Snapshot | None = None
    stopped: bool = False
    problem: SourceError | None = None
    notes: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    """When the opening began; all attempts of one share its time."""
    age: Callable[[], float] = lambda: 0.0
    """How old the oldest copy is that stands for what could not be had, in seconds."""


def load_address(context: LoadContext, address: str, stop: Event) -> Iterator[LoadStep]:
    """Open an address: the steps of `arrivals.Opening`."""
    context.busy.add(address)
    try:
        yield from _load_address(context, address, stop)
    finally:
        context.busy.discard(address)


def _load_address(context: LoadContext, address: str, stop: Event) -> Iterator[LoadStep]:
    last = SourceError(messages.not_an_address(address))
    began = time.monotonic()
    for plan in plans_for(address, context.sites):
        progress = AttemptState(began=began)
        try:
            with AsyncRunner(context.access) as runner:
                yield from run_plan(context, runner, plan, progress, stop)
        except SourceError as error:
            last = error
        if progress.content is not None:
            return
        if stop.is_set():
            raise SourceError(messages.stopped())
    raise last


def run_plan(
    context: LoadContext, runner: AsyncRunner, plan: Plan, progress: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Follow one plan. Raises SourceError when it ends and nothing of it could be read."""
    board = SnapshotBuffer()
    progress.age = lambda: runner.fetcher.oldest
    seconds = context.access.limits.total
    until = progress.began + seconds
    task = runner.start(lambda fetcher: with_deadline(seconds, until, plan(PlanContext(fetcher, context.sites, board))))
    task.add_done_callback(lambda _: board.news.set())
    while not wait_briefly(task, stop, board.news):
        part = board.take()
        if part is not None and (arrival := _step_of(part, progress, board)) is not None:
            yield arrival
    progress.stopped = not task.done()
    task.cancel()
    progress.problem = _problem(task)
    if board.document is None:
        if progress.stopped or progress.problem is None:
            return
        raise progress.problem
    yield from _finish(context, runner, board, progress, stop)


def _finish(
    context: LoadContext, runner: AsyncRunner, board: SnapshotBuffer, progress: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Read all that came once more, follow the pages, and say what there is to say."""
    part = _last_snapshot(runner, board, progress)
    assert board.document is not None
    context.keep(board.document)
    if progress.stopped:
        progress.notes.append(messages.stopped_at(part.loaded, part.total))
    elif progress.problem is not None:
        progress.notes.append(messages.incomplete(part.loaded, part.total, str(progress.problem)))
    else:
        yield from _load_further_pages(context, runner, progress, stop)
    why = runner.fetcher.copied
    copies = [] if why is None else [messages.from_cache(runner.fetcher.oldest, why)]
    rest = _loadable_notice(progress)
    yield LoadStep(progress.content, " ".join([*copies, *progress.notes, *board.all_notices(), *rest]))


def _loadable_notice(progress: AttemptState) -> list[str]:
    """How many comments could still be loaded, when nothing else is amiss."""
    content = progress.content
    if progress.stopped or progress.problem or not isinstance(content, Thread):
        return []
    count = sum(stub.count for stub in content.stubs if stub.via)
    return [messages.more_available(count)] if count else []


def _last_snapshot(runner: AsyncRunner, board: SnapshotBuffer, progress: AttemptState) -> Snapshot:
    """All that came, read; or else the part that was read before. Raises SourceError when neither is there."""
    try:
        part = _snapshot(runner, board)
        _take(part, progress)
    except SourceError as error:
        if progress.content is None or progress.part is None:
            raise
        progress.problem = progress.problem or error
        return progress.part
    return part


def _snapshot(runner: AsyncRunner, board: SnapshotBuffer) -> Snapshot:
    """The document as it is now, taken in the thread that makes it grow. Raises FetchError when it has no form."""

    async def taken(_: Fetcher) -> Snapshot:
        assert board.document is not None
        return take_snapshot(board.document)

    return _result(runner.start(taken))


def _step_of(part: Snapshot, progress: AttemptState, board: SnapshotBuffer) -> LoadStep | None:
    """The arrival of a part; None when it cannot be read and an earlier one could. Raises SourceError otherwise."""
    began = time.monotonic()
    if not _take(part, progress):
        return None
    board.next_due = time.monotonic() + max(SNAPSHOT_SECONDS, _READING_SHARE * (time.monotonic() - began))
    return LoadStep(progress.content, messages.load_progress(part.loaded, part.total))


def _take(part: Snapshot, progress: AttemptState) -> bool:
    """Read a part, unless it was; whether that went well. Raises SourceError when it did not and none did before."""
    if part == progress.part:
        return True
    try:
        progress.content = _read(part.data, part.address, progress.age())
    except SourceError:
        if progress.content is None:
            raise
        return False
    progress.part = part
    return True


def _read(data: bytes, address: str, age: float) -> Thread | Listing:
    return read_source(data, Hint(address, moment=time.time() - age))


async def with_deadline(seconds: float, until: float, work: Awaitable[T]) -> T:
    """What the work gives before a moment (`time.monotonic`). Raises FetchError, which tells `seconds`, otherwise."""
    try:
        async with asyncio.timeout(until - time.monotonic()):
            return await work
    except TimeoutError as error:
        raise messages.FetchError(messages.total_timeout(seconds)) from error


def wait_briefly(task: Future[T], stop: Event, news: Event | None = None) -> bool:
    """Wait a moment for the task, or for news of it; whether it is done, or somebody wants to stop."""
    if news is not None:
        news.wait(_POLL_SECONDS)
    else:
        with suppress(TimeoutError, CancelledError):
            task.exception(_POLL_SECONDS)
    return task.done() or stop.is_set()


def _problem(task: Future[Any]) -> SourceError | None:
    """Why a task failed, as a sentence; None when it did not, or was cancelled.

    An answer can have a form that no plan thought of (a list for a number, arrays a thousand deep): what is raised
    then is a failure like any other, so that the next plan gets its turn.
    """
    error = None if not task.done() or task.cancelled() else task.exception()
    if error is None or isinstance(error, SourceError):
        return error
    if not isinstance(error, Exception):
        raise error
    sentence = messages.FetchError(messages.unreadable_answer(error))
    sentence.__cause__ = error
    return sentence


def _result(task: Future[T]) -> T:
    """What a task gives, when it is done. Raises SourceError when it failed."""
    with suppress(Exception):
        return task.result()
    raise _problem(task) or SourceError(messages.stopped())


def _load_further_pages(
    context: LoadContext, runner: AsyncRunner, progress: AttemptState, stop: Event
) -> Iterator[LoadStep]:
    """Follow a thread's further pages, as long as they are of the same host and the limit allows."""
    seen: set[str] = set()
    for number in range(2, context.access.limits.pages + 1):
        thread = progress.content
        stub = _page_stub(thread, seen) if isinstance(thread, Thread) else None
        if stub is None or not isinstance(thread, Thread):
            return
        if time.monotonic() - progress.began > context.access.limits.total:
            progress.notes.append(messages.total_timeout(context.access.limits.total))
            return
        seen.add(stub.keys[0])
        yield LoadStep(thread, messages.page_progress(number, len(thread)))
        try:
            progress.content = load_next_page(runner, thread, stub, stop)
        except SourceError as error:
            progress.notes.append(messages.incomplete(len(thread), None, str(error)))
            return
        if progress.content is None:
            progress.content, progress.stopped = thread, True
            progress.notes.insert(0, messages.stopped_at(len(thread), None))
            return


def _page_stub(thread: Thread, seen: set[str]) -> Stub | None:
    """The stub of a page to follow."""
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
    """Whether a stub's page is of the host that the thread came from."""
    try:
        return origin_of(stub.keys[0]) == origin_of(thread.source)
    except messages.FetchError:
        return False


def load_next_page(runner: AsyncRunner, thread: Thread, stub: Stub, stop: Event) -> Thread | None:
    """The thread with the comments of a stub's page; None when it was stopped. Raises SourceError."""
    answer = fetch_page(runner, stub.keys[0], stop)
    if answer is None:
        return None
    page = _read(to_utf8(answer), answer.address, answer.age or 0.0)
    if not isinstance(page, Thread):
        raise SourceError(messages.not_a_thread_page(answer.address))
    return merge_thread.merge_page(thread, page, stub)


def fetch_page(runner: AsyncRunner, address: str, stop: Event) -> Answer | None:
    """The page at an address, or None when it was stopped. Raises SourceError."""
    task = runner.start(lambda fetcher: fetcher.get(address, accept=ACCEPT_PAGE))
    while not wait_briefly(task, stop):
        pass
    if not task.done():
        task.cancel()
        return None
    return _result(task)
