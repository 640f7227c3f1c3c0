"""Loading step by step: the types with which sources hand a growing thread to the interface.

The interface knows no readers and no sources; it is handed these callables and runs them in a background thread. A
module of its own, because both sides import it and it may import only the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event

from rumor_tui.model import Listing, Stub, Thread


@dataclass(frozen=True, slots=True)
class LoadStep:
    """One step of loading.

    `content` is everything received so far, complete in itself, or None if only `status` has changed. Each content
    replaces the one before it; a comment keeps its entry in `ids`. `status` describes the progress ("120 of 1,000
    comments"); in the last step, what the reader should know about the result (a copy of three days ago, a missing
    part), or nothing.
    """

    content: Thread | Listing | None = None
    status: str = ""


LoadJob = Callable[[Event], Iterator[LoadStep]]
"""Loads something step by step, in a background thread. Raises SourceError if nothing can be loaded; the content of
earlier steps stays valid. When the event is set, it ends soon, with a last step that has what was received."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the interface can load: `open` an address or a path, and `more` of a thread's missing comments."""

    open: Callable[[str], LoadJob]
    more: Callable[[Thread, Stub], LoadJob]
