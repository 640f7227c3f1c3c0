"""An opening, step by step: what has come is read and handed on, until all is there or somebody has had enough.

Fetching runs in the courier's thread, reading in the caller's. A plan that comes to nothing gives way to the next one,
which is the page itself; the sentence of the last failure is the one that is told.
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

from rumor_tui.arrivals import Arrival
from rumor_tui.model import Listing, SourceError, Stub, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.sources import graft, wording
from rumor_tui.sources.addresses import Plan, plans
from rumor_tui.sources.courier import Courier
from rumor_tui.sources.fetch import PAGE, Answer, Fetcher, origin_of
from rumor_tui.sources.limits import Access
from rumor_tui.sources.plans.documents import Whole
from rumor_tui.sources.plans.page import in_utf8
from rumor_tui.sources.sites import Sites
from rumor_tui.sources.work import INTERVAL, Board, Document, Part, Work, part_of

T = TypeVar("T")

_GLANCE = 0.05
"""Seconds between two looks at whether somebody wants the opening to stop."""

_KEPT = 8
"""Documents that are kept, so that more can be added to them."""

_READING_SHARE = 4
"""How many times longer than its last reading a growing thread is left alone."""


@dataclass(slots=True)
class Context:
    """What all openings of one run share: the terms, the platforms' addresses, and the documents to add to."""

    access: Access
    sites: Sites
    kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    busy: set[str] = field(default_factory=set)
    """The addresses of which something is coming just now."""

    def keep(self, document: Document) -> None:
        """Keep a document for what may be loaded later; the oldest goes when there are many."""
        if isinstance(document, Whole):
            return
        self.kept[document.address] = document
        self.kept.move_to_end(document.address)
        while len(self.kept) > _KEPT:
            self.kept.popitem(last=False)


@dataclass(slots=True)
class Progress:
    """How far one attempt came: the last content, the part that it was read from, what is to be said in the end."""

    content: Thread | Listing | None = None
    part: Part | None = None
    stopped: bool = False
    problem: SourceError | None = None
    notes: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    """When the opening began; all attempts of one share its time."""
    age: Callable[[], float] = lambda: 0.0
    """How old the oldest copy is that stands for what could not be had, in seconds."""


def opening(context: Context, address: str, stop: Event) -> Iterator[Arrival]:
    """Open an address: the steps of `arrivals.Opening`."""
    context.busy.add(address)
    try:
        yield from _opening(context, address, stop)
    finally:
        context.busy.discard(address)


def _opening(context: Context, address: str, stop: Event) -> Iterator[Arrival]:
    last = SourceError(wording.unfit(address))
    began = time.monotonic()
    for plan in plans(address, context.sites):
        progress = Progress(began=began)
        try:
            with Courier(context.access) as courier:
                yield from attempt(context, courier, plan, progress, stop)
        except SourceError as error:
            last = error
        if progress.content is not None:
            return
        if stop.is_set():
            raise SourceError(wording.stopped())
    raise last


def attempt(context: Context, courier: Courier, plan: Plan, progress: Progress, stop: Event) -> Iterator[Arrival]:
    """Follow one plan. Raises SourceError when it ends and nothing of it could be read."""
    board = Board()
    progress.age = lambda: courier.fetcher.oldest
    seconds = context.access.limits.total
    until = progress.began + seconds
    task = courier.start(lambda fetcher: within(seconds, until, plan(Work(fetcher, context.sites, board))))
    task.add_done_callback(lambda _: board.news.set())
    while not waited(task, stop, board.news):
        part = board.take()
        if part is not None and (arrival := _shown(part, progress, board)) is not None:
            yield arrival
    progress.stopped = not task.done()
    task.cancel()
    progress.problem = _problem(task)
    if board.document is None:
        if progress.stopped or progress.problem is None:
            return
        raise progress.problem
    yield from _finished(context, courier, board, progress, stop)


def _finished(context: Context, courier: Courier, board: Board, progress: Progress, stop: Event) -> Iterator[Arrival]:
    """Read all that came once more, follow the pages, and say what there is to say."""
    part = _last_part(courier, board, progress)
    assert board.document is not None
    context.keep(board.document)
    if progress.stopped:
        progress.notes.append(wording.stopped_at(part.have, part.total))
    elif progress.problem is not None:
        progress.notes.append(wording.partly(part.have, part.total, str(progress.problem)))
    else:
        yield from _pages(context, courier, progress, stop)
    why = courier.fetcher.copied
    copies = [] if why is None else [wording.from_cache(courier.fetcher.oldest, why)]
    rest = _left(progress)
    yield Arrival(progress.content, " ".join([*copies, *progress.notes, *board.told(), *rest]))


def _left(progress: Progress) -> list[str]:
    """How many comments could still be loaded, when nothing else is amiss."""
    content = progress.content
    if progress.stopped or progress.problem or not isinstance(content, Thread):
        return []
    count = sum(stub.count for stub in content.stubs if stub.via)
    return [wording.left(count)] if count else []


def _last_part(courier: Courier, board: Board, progress: Progress) -> Part:
    """All that came, read; or else the part that was read before. Raises SourceError when neither is there."""
    try:
        part = _snapshot(courier, board)
        _take(part, progress)
    except SourceError as error:
        if progress.content is None or progress.part is None:
            raise
        progress.problem = progress.problem or error
        return progress.part
    return part


def _snapshot(courier: Courier, board: Board) -> Part:
    """The document as it is now, taken in the thread that makes it grow. Raises FetchError when it has no form."""

    async def taken(_: Fetcher) -> Part:
        assert board.document is not None
        return part_of(board.document)

    return _result(courier.start(taken))


def _shown(part: Part, progress: Progress, board: Board) -> Arrival | None:
    """The arrival of a part; None when it cannot be read and an earlier one could. Raises SourceError otherwise."""
    began = time.monotonic()
    if not _take(part, progress):
        return None
    board.due = time.monotonic() + max(INTERVAL, _READING_SHARE * (time.monotonic() - began))
    return Arrival(progress.content, wording.so_far(part.have, part.total))


def _take(part: Part, progress: Progress) -> bool:
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


async def within(seconds: float, until: float, work: Awaitable[T]) -> T:
    """What the work gives before a moment (`time.monotonic`). Raises FetchError, which tells `seconds`, otherwise."""
    try:
        async with asyncio.timeout(until - time.monotonic()):
            return await work
    except TimeoutError as error:
        raise wording.FetchError(wording.late(seconds)) from error


def waited(task: Future[T], stop: Event, news: Event | None = None) -> bool:
    """Wait a moment for the task, or for news of it; whether it is done, or somebody wants to stop."""
    if news is not None:
        news.wait(_GLANCE)
    else:
        with suppress(TimeoutError, CancelledError):
            task.exception(_GLANCE)
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
    sentence = wording.FetchError(wording.unknown_form(error))
    sentence.__cause__ = error
    return sentence


def _result(task: Future[T]) -> T:
    """What a task gives, when it is done. Raises SourceError when it failed."""
    with suppress(Exception):
        return task.result()
    raise _problem(task) or SourceError(wording.stopped())


def _pages(context: Context, courier: Courier, progress: Progress, stop: Event) -> Iterator[Arrival]:
    """Follow a thread's further pages, as long as they are of the same host and the limit allows."""
    seen: set[str] = set()
    for number in range(2, context.access.limits.pages + 1):
        thread = progress.content
        stub = _page_stub(thread, seen) if isinstance(thread, Thread) else None
        if stub is None or not isinstance(thread, Thread):
            return
        if time.monotonic() - progress.began > context.access.limits.total:
            progress.notes.append(wording.late(context.access.limits.total))
            return
        seen.add(stub.keys[0])
        yield Arrival(thread, wording.page(number, len(thread)))
        try:
            progress.content = page_added(courier, thread, stub, stop)
        except SourceError as error:
            progress.notes.append(wording.partly(len(thread), None, str(error)))
            return
        if progress.content is None:
            progress.content, progress.stopped = thread, True
            progress.notes.insert(0, wording.stopped_at(len(thread), None))
            return


def _page_stub(thread: Thread, seen: set[str]) -> Stub | None:
    """The stub of a page to follow."""
    for stub in thread.stubs:
        if stub.via == "page" and stub.keys and stub.parent < 0 and stub.keys[0] not in seen and _beside(thread, stub):
            return stub
    return None


def _beside(thread: Thread, stub: Stub) -> bool:
    """Whether a stub's page is of the host that the thread came from."""
    try:
        return origin_of(stub.keys[0]) == origin_of(thread.source)
    except wording.FetchError:
        return False


def page_added(courier: Courier, thread: Thread, stub: Stub, stop: Event) -> Thread | None:
    """The thread with the comments of a stub's page; None when it was stopped. Raises SourceError."""
    answer = answered(courier, stub.keys[0], stop)
    if answer is None:
        return None
    page = _read(in_utf8(answer), answer.address, answer.age or 0.0)
    if not isinstance(page, Thread):
        raise SourceError(wording.no_page(answer.address))
    return graft.next_page(thread, page, stub)


def answered(courier: Courier, address: str, stop: Event) -> Answer | None:
    """The page at an address, or None when it was stopped. Raises SourceError."""
    task = courier.start(lambda fetcher: fetcher.get(address, accept=PAGE))
    while not waited(task, stop):
        pass
    if not task.done():
        task.cancel()
        return None
    return _result(task)
