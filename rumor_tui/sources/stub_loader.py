"""Loading the missing comments that a stub stands for.

For a thread that was loaded by this run, the document is still at hand: the new pieces join it, and all is read again.
For a thread from a file the pieces are read alone and merged in, or, where that is impossible, the page is loaded anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

from rumor_tui.canonical import canonical_address
from rumor_tui.joined import Part, part_at, with_part
from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, SourceError, Stub, Thread
from rumor_tui.sources import merge_thread, messages
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.loader import AttemptState, LoadContext, load_address, load_next_page, run_plan
from rumor_tui.sources.plan_context import Document, PlanContext
from rumor_tui.sources.platform import LoadMore, Plan
from rumor_tui.sources.platforms import PLATFORMS

STUB_LOADERS = {via: loader for platform in PLATFORMS for via, loader in platform.stubs.items()}
"""By `Stub.via`. There is also "page", whose key is the address of the page."""


def load_stub(context: LoadContext, thread: Thread, stub: Stub, stop: Event) -> Iterator[LoadStep]:
    """Load one stub; see `loading.LoadJob`. Each step has the whole thread."""
    if thread.is_joined:
        return _in_discussion(context, thread, stub, stop)
    if thread.source in context.busy:
        raise SourceError(messages.already_loading())
    if stub.via == "page" and stub.keys:
        return _page(context, thread, stub, stop)
    loader = STUB_LOADERS.get(stub.via)
    if loader is None:
        raise SourceError(messages.cannot_load_stub())
    document = context.documents.get(thread.source)
    if loader.document_type is not None and loader.load_more is not None and isinstance(document, loader.document_type):
        return _extend_document(context, loader.load_more, document, stub, stop)
    address = thread.article.url or thread.source
    load = loader.load_detached
    if load is None:
        return load_address(context, address, stop)
    steps = load_detached(context, lambda work: load(work, address, stub), stop)
    return (_merged(thread, step, stub, whole=loader.whole) for step in steps)


def _in_discussion(context: LoadContext, thread: Thread, stub: Stub, stop: Event) -> Iterator[LoadStep]:
    """Load a stub of one of the discussions that a thread joins, as if that was read alone, and join them again."""
    try:
        parts, nth, row = part_at(thread, stub.parent)
    except IndexError as error:  # files may say anything of where comments are missing
        raise SourceError(messages.cannot_load_stub()) from error
    alone, own = parts[nth].thread, parts[nth].thread.article
    of_article = _is_of_article(parts[nth], thread.article)
    if of_article:  # whose further pages begin with it once more
        alone = replace(alone, article=thread.article)
    for step in load_stub(context, alone, replace(stub, parent=row), stop):
        if not isinstance(step.content, Thread):
            yield step
            continue
        loaded = replace(step.content, article=own) if of_article else step.content
        yield LoadStep(with_part(thread, parts, nth, loaded), step.status)


def _is_of_article(part: Part, article: Article) -> bool:
    """Whether a discussion is that of the article's own page, so that its row has neither a title nor a text."""
    own = part.thread.article
    is_same = not part.address or canonical_address(part.address) == canonical_address(article.url or "")
    return is_same and not own.title and not any(own.pieces)


def _page(context: LoadContext, thread: Thread, stub: Stub, stop: Event) -> Iterator[LoadStep]:
    with AsyncRunner(context.access) as runner:
        until = time.monotonic() + context.access.limits.total
        grown = load_next_page(runner, thread, stub, stop, until)
    if grown is None:
        yield LoadStep(None, messages.stopped())
    else:
        yield LoadStep(grown, "")


def _extend_document(
    context: LoadContext, load_more: LoadMore, document: Document, stub: Stub, stop: Event
) -> Iterator[LoadStep]:
    async def plan(work: PlanContext) -> None:
        work.publish(document)
        await load_more(work, document, stub)

    context.busy.add(document.address)
    try:
        with AsyncRunner(context.access) as runner:
            yield from run_plan(context, runner, plan, AttemptState(), stop)
    finally:
        context.busy.discard(document.address)


def load_detached(context: LoadContext, plan: Plan, stop: Event) -> Iterator[LoadStep]:
    """Load comments alone; see `loading.LoadJob`. Each step has a thread of just these."""
    context = LoadContext(context.access, context.sites, until=context.until)  # its documents are not kept
    with AsyncRunner(context.access) as runner:
        yield from run_plan(context, runner, plan, AttemptState(), stop)


def _merged(thread: Thread, step: LoadStep, stub: Stub, *, whole: bool) -> LoadStep:
    part = step.content
    grown = merge_thread.put_at_stub(thread, part, stub, whole=whole) if isinstance(part, Thread) else None
    return LoadStep(grown, step.status)
