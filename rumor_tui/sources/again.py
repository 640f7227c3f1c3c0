"""Loading a thread once more, past the cache: what its address shows now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

from rumor_tui.joined import split_thread
from rumor_tui.loading import LoadStep
from rumor_tui.model import Entry, SourceError, Thread
from rumor_tui.sources import messages
from rumor_tui.sources.beside import load_with_beside
from rumor_tui.sources.joined import load_joined
from rumor_tui.sources.loader import LoadContext, load_address


def load_again(context: LoadContext, thread: Thread, stop: Event, *, beside: bool = True) -> Iterator[LoadStep]:
    """Load the newest state of a thread; see `loading.LoadJob`. With `beside`, also that of what it points to.

    The discussions of a joined thread are all loaded. Raises SourceError where the thread has no address, or nothing
    could be loaded.
    """
    fresh = replace(context, access=replace(context.access, fresh=True))
    if thread.is_joined:
        return load_joined(fresh, thread, _discussions(thread), stop)
    if not _is_address(thread.source):  # those in the text of a file are nobody's to contact
        raise SourceError(messages.no_address())
    return (load_with_beside if beside else load_address)(fresh, thread.source, stop)


def _discussions(thread: Thread) -> list[Entry]:
    """The discussions that a thread joins, as entries. Raises SourceError if one has no address."""
    parts = split_thread(thread)
    lacking = [part.label for part in parts if not _is_address(part.address)]
    if lacking:
        raise SourceError(messages.no_address(", ".join(lacking)))
    return [
        Entry(part.thread.article.title, comments=part.comments, address=part.address, site=part.label)
        for part in parts
    ]


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
