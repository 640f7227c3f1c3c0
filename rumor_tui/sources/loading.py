"""Loading what a thread's stub stands for.

A thread that was opened here has its document kept, which the new pieces join before all is read again. One that came
from a file has its pieces read alone and grafted in, or, where they mean nothing alone, is opened anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from threading import Event
from typing import Any, NamedTuple

from rumor_tui.arrivals import Arrival
from rumor_tui.model import SourceError, Stub, Thread
from rumor_tui.sources import graft, wording
from rumor_tui.sources.addresses import Plan
from rumor_tui.sources.courier import Courier
from rumor_tui.sources.openings import Context, Progress, attempt, opening, page_added
from rumor_tui.sources.plans import discourse, hacker_news, reddit
from rumor_tui.sources.work import Document, Work


class Loader(NamedTuple):
    """How a kind of stub is loaded: into a kept document of a class, and, if that can be done, alone."""

    kept: type[Any]
    grow: Callable[[Work, Any, Stub], Awaitable[None]]
    alone: Callable[[Work, str, Stub], Awaitable[None]] | None


LOADERS = {
    "hackernews": Loader(hacker_news.Items, hacker_news.grow, hacker_news.alone),
    "reddit": Loader(reddit.Listings, reddit.grow, reddit.alone),
    "discourse": Loader(discourse.Topic, discourse.grow, None),
}
"""By `Stub.via`; "page" besides them, whose key is the page's address."""


def more(context: Context, thread: Thread, stub: Stub, stop: Event) -> Iterator[Arrival]:
    """Load one stub: the steps of `arrivals.Opening`, each with the whole thread."""
    if thread.source in context.busy:
        raise SourceError(wording.busy())
    if stub.via == "page" and stub.keys:
        return _page(context, thread, stub, stop)
    loader = LOADERS.get(stub.via)
    if loader is None:
        raise SourceError(wording.no_more())
    document = context.kept.get(thread.source)
    if isinstance(document, loader.kept):
        return _grown(context, loader, document, stub, stop)
    address = thread.article.url or thread.source
    alone = loader.alone
    if alone is None:
        return opening(context, address, stop)
    pieces = _alone(context, lambda work: alone(work, address, stub), stop)
    return (_grafted(thread, arrival, stub) for arrival in pieces)


def _page(context: Context, thread: Thread, stub: Stub, stop: Event) -> Iterator[Arrival]:
    with Courier(context.access) as courier:
        grown = page_added(courier, thread, stub, stop)
    if grown is None:
        yield Arrival(None, wording.stopped())
    else:
        yield Arrival(grown, "")


def _grown(context: Context, loader: Loader, document: Document, stub: Stub, stop: Event) -> Iterator[Arrival]:
    async def plan(work: Work) -> None:
        work.came(document)
        await loader.grow(work, document, stub)

    context.busy.add(document.address)
    try:
        with Courier(context.access) as courier:
            yield from attempt(context, courier, plan, Progress(), stop)
    finally:
        context.busy.discard(document.address)


def _alone(context: Context, plan: Plan, stop: Event) -> Iterator[Arrival]:
    context = Context(context.access, context.sites)  # the pieces alone are no document to keep
    with Courier(context.access) as courier:
        yield from attempt(context, courier, plan, Progress(), stop)


def _grafted(thread: Thread, arrival: Arrival, stub: Stub) -> Arrival:
    content = arrival.content
    return Arrival(graft.graft(thread, content, stub) if isinstance(content, Thread) else None, arrival.words)
