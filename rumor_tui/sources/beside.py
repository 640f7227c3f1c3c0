"""Loading what a thread only points to, beside the thread: the page that its post links to, and embedded comments.

Each of them is a strand with a thread of its own: the discussion is one, the linked page another, each comment system
of a page one more. Whenever one has got further, all that has come is put together and handed on as one thread, so that
nobody waits for the slowest, and whoever shows, exports or searches the thread sees no difference.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event

from rumor_tui.linked_page import unread_link, with_page, with_problem
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Listing, SourceError, Stub, Thread
from rumor_tui.sources import merge_thread, messages
from rumor_tui.sources.config import Limits
from rumor_tui.sources.link_kinds import is_login_page, unreadable_kind
from rumor_tui.sources.loader import LoadContext, load_address
from rumor_tui.sources.stub_loader import STUB_LOADERS, load_detached

PAGE_SECONDS = 60.0
"""The time that the linked page may take in all."""

_LEAST_WORDS = 12
"""Words below which a page has no article that could be shown."""

Put = Callable[[Thread, Thread], Thread]
"""Puts what a strand has loaded (the second one) to the thread that it belongs to."""


@dataclass(slots=True, eq=False)
class Strand:
    """One thing that is being loaded. `failed` puts a failure to the thread, where it is `told_in_article`."""

    job: LoadJob
    put: Put
    failed: Callable[[Thread, str], Thread] = lambda thread, sentence: thread
    told_in_article: bool = False
    key: object = None
    """What it loads, so that nothing is loaded twice."""
    content: Thread | Listing | None = None
    status: str = ""
    failure: SourceError | None = None
    ended: bool = False


def load_with_beside(context: LoadContext, address: str, stop: Event) -> Iterator[LoadStep]:
    """Load an address and, beside it, what the thread points to; see `loading.LoadJob`."""
    main = Strand(lambda stop: load_address(context, address, stop), lambda _, loaded: loaded)
    return _Weave(context, main, None).steps(stop)


def load_beside(context: LoadContext, thread: Thread, stop: Event) -> Iterator[LoadStep]:
    """Load what a thread points to, and give the thread with it. Raises SourceError if it points to nothing."""
    if not strands_of(context, thread):
        raise SourceError(messages.nothing_beside())
    return _Weave(context, None, thread).steps(stop)


def strands_of(context: LoadContext, thread: Thread) -> list[Strand]:
    """What a thread points to and does not hold."""
    link = unread_link(thread)
    found = [_page_strand(context, link)] if link else []
    embeds = [stub for stub in thread.stubs if stub.embedded and stub.via in STUB_LOADERS]
    return [*found, *(_embed_strand(context, thread, stub) for stub in embeds)]


def _page_strand(context: LoadContext, link: str) -> Strand:
    limits = context.access.limits
    few = replace(limits, total=min(limits.total, PAGE_SECONDS), pages=1)
    return Strand(
        lambda stop: _load_page(_limited(context, few), link, stop),
        with_page,
        with_problem,
        told_in_article=True,
        key=("page", link),
        status=messages.loading_page(link),
    )


def _limited(context: LoadContext, limits: Limits) -> LoadContext:
    return LoadContext(replace(context.access, limits=limits), context.sites)


def _load_page(context: LoadContext, link: str, stop: Event) -> Iterator[LoadStep]:
    """Load the article of a page, and nothing more of it. Raises SourceError where it has none."""
    kind = unreadable_kind(link)
    if kind:
        raise SourceError(messages.not_an_article(link, kind))
    content: Thread | Listing | None = None
    with closing(load_address(context, link, stop)) as steps:  # type: ignore[type-var]
        for step in steps:
            content = content if step.content is None else step.content
            if isinstance(content, Thread) and _has_text(content):
                break
    if isinstance(content, Thread) and is_login_page(link, content.source):
        raise SourceError(messages.not_an_article(link, "behind a log-in"))
    if not isinstance(content, Thread) or not _has_text(content):
        raise SourceError(messages.no_article(link))
    yield LoadStep(content)


def _has_text(thread: Thread) -> bool:
    """Whether a thread's article has enough text to be read as one."""
    from rumor_tui.blocks import body_text

    words = 0
    for piece in thread.article.pieces:
        words += len(body_text(piece, thread.article.format, thread.repair).split())
        if words >= _LEAST_WORDS:
            return True
    return False


def _embed_strand(context: LoadContext, thread: Thread, stub: Stub) -> Strand:
    loader = STUB_LOADERS[stub.via]
    address = thread.article.url or thread.source
    load = loader.load_detached
    assert load is not None  # only those that a page cannot name can do without

    def put(main: Thread, loaded: Thread) -> Thread:
        held = next((one for one in main.stubs if (one.via, one.keys) == (stub.via, stub.keys)), stub)
        return merge_thread.put_at_stub(main, loaded, held, whole=loader.whole)

    return Strand(
        lambda stop: load_detached(context, lambda work: load(work, address, stub), stop),
        put,
        key=(stub.via, stub.keys),
        status=messages.loading_comments(),
    )


class _Weave:
    """Runs strands at the same time. `main` is the discussion itself; without one, `thread` is it."""

    def __init__(self, context: LoadContext, main: Strand | None, thread: Thread | None) -> None:
        self._context = context
        self._main = main
        self._thread = thread
        self._strands: list[Strand] = []
        self._news: SimpleQueue[tuple[Strand, LoadStep | Exception | None]] = SimpleQueue()

    def steps(self, stop: Event) -> Iterator[LoadStep]:
        """See `loading.LoadJob`."""
        halt = _Halt(stop)
        try:
            if self._main is not None:
                self._start(self._main, halt)
            else:
                self._start_beside(halt)
            while not all(strand.ended for strand in self._strands):
                strand, news = self._news.get()
                yield from self._take(strand, news, halt)
            if self._main is not None and self._main.failure is not None:
                raise self._main.failure
            yield LoadStep(None, self._final_words())
        finally:
            halt.set()

    def _start(self, strand: Strand, stop: Event) -> None:
        self._strands.append(strand)

        def work() -> None:
            try:
                for step in strand.job(stop):
                    self._news.put((strand, step))
            except Exception as error:
                self._news.put((strand, error))
            self._news.put((strand, None))

        threading.Thread(target=work, name="beside", daemon=True).start()

    def _start_beside(self, stop: Event) -> None:
        """Start what the thread points to and was not started yet."""
        main = self._thread
        if main is None or stop.is_set():
            return
        started = {strand.key for strand in self._strands}
        for strand in strands_of(self._context, main):
            if strand.key not in started:
                self._start(strand, stop)

    def _take(self, strand: Strand, news: LoadStep | Exception | None, stop: Event) -> Iterator[LoadStep]:
        """What to hand on when a strand has got further, failed, or ended."""
        if news is None:
            strand.ended = True
            return
        if isinstance(news, Exception):
            self._fail(strand, news)
        else:
            strand.content = strand.content if news.content is None else news.content
            strand.status = news.status
        changed = isinstance(news, Exception) or news.content is not None
        if strand is self._main and isinstance(strand.content, Thread):
            self._thread = strand.content
            self._start_beside(stop)
        yield LoadStep(self._content() if changed else None, self._words())

    def _fail(self, strand: Strand, failure: Exception) -> None:
        """Note the failure of a strand. Raises that of the discussion itself if nothing has come of it."""
        if strand is self._main and (strand.content is None or not isinstance(failure, SourceError)):
            raise failure
        known = failure if isinstance(failure, SourceError) else SourceError(messages.unreadable_answer(failure))
        strand.failure, strand.status = known, ""

    def _content(self) -> Thread | Listing | None:
        """All that has come, put together."""
        if self._main is not None and not isinstance(self._main.content, Thread):
            return self._main.content
        thread = self._thread
        for strand in self._strands:
            if strand is self._main or thread is None:
                continue
            if isinstance(strand.content, Thread):
                thread = strand.put(thread, strand.content)
            elif strand.failure is not None:
                thread = strand.failed(thread, str(strand.failure))
        return thread

    def _words(self) -> str:
        """How far it is: of the discussion first."""
        return " · ".join(strand.status for strand in self._strands if strand.status and not strand.ended)

    def _final_words(self) -> str:
        """What the reader should know about the result; what is said of the linked page stands in the article."""
        told = [strand.status for strand in self._strands if strand.status]
        failed = [str(one.failure) for one in self._strands if one.failure is not None and not one.told_in_article]
        return " ".join(dict.fromkeys([*told, *failed]))


class _Halt(Event):
    """Is set when the reader stops the loading, or when nobody wants it any more."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to end."""
        return super().is_set() or self._stop.is_set()
