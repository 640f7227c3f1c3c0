"""Loading step by step: the types with which sources hand a growing thread to the interface.

The interface knows no readers and no sources; it is handed these callables and runs them in a background thread. A
module of its own, because both sides import it and it may import only the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.model import Entry, Listing, Stub, Thread

if TYPE_CHECKING:
    from rumor_tui.library_types import Library


@dataclass(frozen=True, slots=True)
class LoadStep:
    """One step of loading.

    `content` is everything received so far, complete in itself, or None if only `status` has changed. Each content
    replaces the one before it; a comment keeps its entry in `ids`. `status` describes the progress ("120 of 1,000
    comments"); in the last step, what the reader should know about the result (a copy of three days ago, a missing
    part), or nothing. A last step is `partial` where something that should have come did not, or came as an older copy.
    """

    content: Thread | Listing | None = None
    status: str = ""
    partial: bool = False


LoadJob = Callable[[Event], Iterator[LoadStep]]
"""Loads something step by step, in a background thread. Raises SourceError if nothing can be loaded; the content of
earlier steps stays valid. When the event is set, it ends soon, with a last step that has what was received."""


def nothing(stop: Event) -> Iterator[LoadStep]:
    """Loads nothing: there is nobody to ask."""
    return iter(())


class Sample(NamedTuple):
    """The thread that comes with the program: what it is read from, and how it is opened."""

    source: str
    open: LoadJob


@dataclass(frozen=True, slots=True)
class Services:
    """What the interface can load.

    `open` an address or a path; `more` of a thread's missing comments; `beside` loads what a thread only points to, the
    page that its post links to and the comments that its page would load by a script, and gives the thread with them.
    `discussions` looks for the threads about a page, given its addresses, and gives a growing listing of them; `joined`
    loads several of its entries as one thread, below the article of the thread that is given. `again` reads or fetches
    the source of a thread once more, past any cache, and gives its newest state. `library` remembers what is read;
    without one nothing is kept. `refresh` loads addresses anew into the library, all that is followed where none is
    given; its steps have no content, only how far that is. `sample` opens the thread that comes with the program.
    """

    open: Callable[[str], LoadJob]
    more: Callable[[Thread, Stub], LoadJob]
    beside: Callable[[Thread], LoadJob] = lambda thread: nothing
    discussions: Callable[[Sequence[str]], LoadJob] = lambda addresses: nothing
    joined: Callable[[Thread, Sequence[Entry]], LoadJob] = lambda thread, entries: nothing
    again: Callable[[Thread], LoadJob] = lambda thread: nothing
    library: Library | None = None
    refresh: Callable[[Sequence[str]], LoadJob] = lambda addresses: nothing
    sample: Sample | None = None
