"""Loading what a thread only points to, beside the thread: the page that its post links to, and embedded comments.

The discussion is one strand (`weave`), the linked page another, each comment system of a page one more; what has come
is handed on as one thread, so that whoever shows, exports or searches it sees no difference.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event

from rumor_tui.discussion_rows import embedded_stubs
from rumor_tui.linked_page import unread_link, with_page, with_problem
from rumor_tui.loading import LoadStep
from rumor_tui.model import Listing, SourceError, Stub, Thread
from rumor_tui.sources import merge_thread, messages, notices
from rumor_tui.sources.link_kinds import is_login_page, unreadable_kind
from rumor_tui.sources.loader import LoadContext, load_address
from rumor_tui.sources.stub_loader import STUB_LOADERS, load_detached
from rumor_tui.sources.weave import Strand, Weave

PAGE_SECONDS = 60.0
"""The time that the linked page may take in all."""

_STEPS_OF_A_PAGE = 2
"""Steps with a text, of which the last says whether it is complete; where there are more, a discussion is growing."""

_LEAST_WORDS = 12
"""Words below which a page has no article that could be shown."""


@dataclass(slots=True, eq=False)
class Pointed:
    """Something that a thread points to, told from others by `key`.

    `put` puts it to the thread, and `failed` puts there why it could not be loaded, where that is to be seen there.
    """

    strand: Strand
    key: Hashable
    put: Callable[[Thread, Thread], Thread]
    failed: Callable[[Thread, str], Thread] | None = None


def load_with_beside(context: LoadContext, address: str, stop: Event) -> Iterator[LoadStep]:
    """Load an address and, beside it, what the thread points to; see `loading.LoadJob`."""
    return _Beside(context, None, Strand(lambda halt: load_address(context, address, halt))).steps(stop)


def load_beside(context: LoadContext, thread: Thread, stop: Event) -> Iterator[LoadStep]:
    """Load what a thread points to, and give the thread with it. Raises SourceError if it points to nothing."""
    if not pointed_to(context, thread, again=True):
        raise SourceError(messages.nothing_beside())
    return _Beside(context, thread, None).steps(stop)


def pointed_to(context: LoadContext, thread: Thread, *, again: bool = False) -> list[Pointed]:
    """What a thread points to and does not hold; with `again` also a page that could not be read before."""
    link = unread_link(thread, again=again)
    embeds = [stub for stub in embedded_stubs(thread) if stub.via in STUB_LOADERS]
    pages = [_linked_page(context, link)] if link else []
    return [*pages, *(_embedded_comments(context, thread, stub) for stub in embeds)]


def _linked_page(context: LoadContext, link: str) -> Pointed:
    limits = context.access.limits
    few = replace(limits, total=min(limits.total, PAGE_SECONDS), pages=1)
    alone = LoadContext(replace(context.access, limits=few), context.sites, until=context.until)
    strand = Strand(lambda halt: load_page(alone, link, halt), notices.loading_page(link))
    return Pointed(strand, ("page", link), with_page, with_problem)


def load_page(context: LoadContext, link: str, stop: Event) -> Iterator[LoadStep]:
    """Load the article of a page, and nothing more of it. Raises SourceError where it has none.

    What is wrong with an article that came nevertheless, as with one that was cut off, is said in the last step.
    """
    kind = unreadable_kind(link)
    if kind:
        raise SourceError(messages.not_an_article(link, kind))
    content: Thread | Listing | None = None
    status, count = "", 0
    with closing(load_address(context, link, stop)) as steps:
        for step in steps:
            content, status = content if step.content is None else step.content, step.status
            if not isinstance(content, Thread) or not _has_text(content):
                continue
            count += 1
            if count == 1:
                yield LoadStep(_no_login(content, link))
            elif count > _STEPS_OF_A_PAGE:
                return
    if count == 0:
        trouble = _trouble(_no_login(content, link), status) if isinstance(content, Thread) else ""
        is_copy = trouble.startswith(notices.OFFLINE)  # a copy of a page without an article
        raise SourceError(messages.no_article(link) if is_copy or not trouble else trouble)
    if isinstance(content, Thread):
        yield LoadStep(None, _trouble(content, status))


def _no_login(thread: Thread, link: str) -> Thread:
    """The thread that a link led to. Raises SourceError if it is a page where one is to log in."""
    if is_login_page(link, thread.source):
        raise SourceError(messages.not_an_article(link, "behind a log-in"))
    return thread


def _trouble(thread: Thread, status: str) -> str:
    """What is wrong with a page that came, by the last words on it; those on its own comments are of no interest."""
    if status.startswith(notices.OFFLINE):
        return status
    return "" if len(thread) else status


def _has_text(thread: Thread) -> bool:
    """Whether a thread's article has enough text to be read as one."""
    from rumor_tui.blocks import body_text

    words = 0
    for piece in thread.article.pieces:
        words += len(body_text(piece, thread.article.format, thread.repair).split())
        if words >= _LEAST_WORDS:
            return True
    return False


def _embedded_comments(context: LoadContext, thread: Thread, stub: Stub) -> Pointed:
    loader = STUB_LOADERS[stub.via]
    key = _key_of(thread, stub)
    own = thread.urls[stub.parent] if stub.parent >= 0 else thread.article.url
    address = own or thread.source
    load = loader.load_detached
    assert load is not None  # only a platform whose stubs stand in its own threads does without

    def put(main: Thread, loaded: Thread) -> Thread:
        held = next((one for one in main.stubs if _key_of(main, one) == key), None)
        if held is None and main.is_joined:
            return main  # in which there may be other rows by now
        held = stub if held is None else held
        return merge_thread.put_at_stub(main, loaded, held, whole=loader.whole)

    strand = Strand(
        lambda halt: load_detached(context, lambda work: load(work, address, stub), halt), notices.loading_comments()
    )
    return Pointed(strand, key, put)


def _key_of(thread: Thread, stub: Stub) -> Hashable:
    """What tells a stub from others, in any state of a thread."""
    about = thread.discussions[stub.parent] if 0 <= stub.parent < len(thread) else None
    return stub.via, stub.keys, about.key if about is not None else ""


class _Beside:
    """The discussion, which comes from the strand `main` or is there already, and what it points to."""

    def __init__(self, context: LoadContext, thread: Thread | None, main: Strand | None) -> None:
        self._context = replace(context, until=time.monotonic() + context.access.limits.total)
        self._thread = thread
        self._main = main
        self._pointed: list[Pointed] = []
        self._weave = Weave(self._content, self._look)

    def steps(self, stop: Event) -> Iterator[LoadStep]:
        """See `loading.LoadJob`. The failure of the discussion itself is raised once everything else has come."""
        if self._main is not None:
            self._weave.add(self._main)
        else:
            self._add_pointed()
        for step in self._weave.steps(stop):
            if self._main is not None and self._main.failure is not None and self._main.content is None:
                break
            yield step
        if self._main is not None and self._main.failure is not None:
            raise self._main.failure
        yield LoadStep(None, self._last_words(), self._is_partial())

    def _look(self, strand: Strand) -> None:
        """Another state of the discussion may point to something."""
        if strand is self._main and isinstance(strand.content, Thread):
            self._thread = strand.content
            self._add_pointed()

    def _add_pointed(self) -> None:
        known = {pointed.key for pointed in self._pointed}
        if self._thread is None:
            return
        for pointed in pointed_to(self._context, self._thread, again=self._main is None):
            if pointed.key not in known:
                self._pointed.append(pointed)
                self._weave.add(pointed.strand)

    def _content(self) -> Thread | Listing | None:
        """All that has come, put together."""
        if self._main is not None and not isinstance(self._main.content, Thread):
            return self._main.content
        thread = self._thread
        for pointed in self._pointed:
            content, failure = pointed.strand.content, pointed.strand.failure
            if thread is None:
                break
            if isinstance(content, Thread):
                thread = pointed.put(thread, content)
            elif failure is not None and pointed.failed is not None:
                thread = pointed.failed(thread, str(failure))
        return thread

    def _is_partial(self) -> bool:
        """Whether comments are missing that should have come; a linked page is none of them."""
        strands = [pointed.strand for pointed in self._pointed if pointed.failed is None]
        strands += [self._main] if self._main is not None else []
        return any(strand.partial or strand.failure is not None for strand in strands)

    def _last_words(self) -> str:
        """What the reader should know about the result; what is said of the linked page stands in the article."""
        own = self._main.status if self._main is not None else ""
        told = [own, *(self._words_of(pointed, own) for pointed in self._pointed)]
        untold = [pointed.strand.failure for pointed in self._pointed if pointed.failed is None]
        return " ".join(dict.fromkeys([*filter(None, told), *(str(failure) for failure in untold if failure)]))

    @staticmethod
    def _words_of(pointed: Pointed, own: str) -> str:
        """What is to be said of something that came; that it is a copy only where the discussion itself is none."""
        status = pointed.strand.status
        if not status.startswith(notices.OFFLINE):
            return status
        return "" if own.startswith(notices.OFFLINE) else notices.beside_from_cache(status, page=bool(pointed.failed))
