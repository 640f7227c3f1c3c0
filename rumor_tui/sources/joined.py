"""Loading discussions of an article: one below the article, or several as one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Event

from rumor_tui.joined import join_threads, make_part
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Entry, SourceError, Thread
from rumor_tui.sources import messages
from rumor_tui.sources.loader import LoadContext, load_address
from rumor_tui.sources.weave import Strand, Weave


def load_joined(context: LoadContext, thread: Thread, entries: Sequence[Entry], stop: Event) -> Iterator[LoadStep]:
    """Load discussions, given as entries of a listing, below the article of a thread; see `loading.LoadJob`.

    A single one takes the place of the thread's comments. Of several each stands below a row of its own, in the order
    of the entries and as soon as something of it has come. Raises SourceError if nothing could be loaded.
    """
    several = len(entries) > 1
    strands = [Strand(_job(context, entry.address), name=entry.site if several else "") for entry in entries]
    combine = _one(thread, strands[0]) if len(strands) == 1 else _several(thread, entries, strands)
    weave = Weave(combine)
    for strand in strands:
        weave.add(strand)
    yield from weave.steps(stop)
    failures = [strand.failure for strand in strands if strand.failure is not None]
    if failures and not any(isinstance(strand.content, Thread) for strand in strands):
        raise failures[0]
    told = [strand.status for strand in strands if strand.status]
    partial = bool(failures) or any(strand.partial for strand in strands)
    yield LoadStep(None, " ".join(dict.fromkeys([*told, *map(str, failures)])), partial)


def _job(context: LoadContext, address: str) -> LoadJob:
    def job(stop: Event) -> Iterator[LoadStep]:
        for step in load_address(context, address, stop):
            if step.content is not None and not isinstance(step.content, Thread):
                raise SourceError(messages.not_a_discussion(address))
            yield step

    return job


def _one(thread: Thread, strand: Strand) -> Callable[[], Thread | None]:
    """The comments of one discussion below the article of the thread."""

    def combine() -> Thread | None:
        return replace(strand.content, article=thread.article) if isinstance(strand.content, Thread) else None

    return combine


def _several(thread: Thread, entries: Sequence[Entry], strands: Sequence[Strand]) -> Callable[[], Thread | None]:
    """All that has come of several discussions, as one thread."""

    def combine() -> Thread | None:
        parts = [
            make_part(entry.site, strand.content, entry.address, entry.comments)
            for entry, strand in zip(entries, strands, strict=True)
            if isinstance(strand.content, Thread)
        ]
        return replace(join_threads(thread.article, parts), source=thread.source) if parts else None

    return combine
