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
    """One step of an opening.

    `content` is all that has come so far, whole and readable, or None when only the words changed: each content
    replaces the one before it, and a comment keeps its `ids` entry from one to the next. `words` say how far it is
    ("120 of 1,000 comments"); with the last arrival, what there is to say in the end (a copy of three days ago, a part
    that is missing), or nothing.
    """

    content: Thread | Listing | None = None
    words: str = ""


LoadJob = Callable[[Event], Iterator[LoadStep]]
"""Runs an opening, away from the interface. It raises SourceError when nothing can be had; what came before stays.

When the event is set it ends soon, after an arrival with what it has."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the interface may ask for: `open` an address or a path, and load `more` of a thread's missing comments."""

    open: Callable[[str], LoadJob]
    more: Callable[[Thread, Stub], LoadJob]
