"""Sources: an address on the web becomes a Thread or a Listing, step by step as it comes.

The way of an address: `addresses` knows which API has it, a plan in `plans` fetches the pieces, `readers` read the
document that they make, and `openings` hand on what is there so far. `fetch` sees to the cache, the caps and
politeness, `hosts` to whom may be asked. Nothing of this is imported unless an address is to be opened.
"""

from __future__ import annotations

import os

from rumor_tui.arrivals import Opening, Services
from rumor_tui.model import Stub, Thread
from rumor_tui.settings import cache_path
from rumor_tui.sources.fetch import origin_of
from rumor_tui.sources.limits import Access, Limits
from rumor_tui.sources.loading import more
from rumor_tui.sources.openings import Context, opening
from rumor_tui.sources.sites import Sites

__all__ = ["Access", "Context", "Limits", "Sites", "context", "services"]

PLAYED = "RUMOR_TUI_SITES"
"""The environment variable that names a server which plays the platforms, to try things out by hand."""


def context(typed: str | None = None) -> Context:
    """What a run of the program opens addresses with; `typed` is the address on its command line, if one is there.

    Raises SourceError when that is no address.
    """
    played = os.environ.get(PLAYED, "").rstrip("/")
    origins = frozenset(origin_of(one) for one in (typed, played) if one)
    return Context(Access(typed=origins, cache=cache_path("answers")), Sites.played_at(played) if played else Sites())


def services(known: Context) -> Services:
    """What the interface is given, so that it can open addresses and load more of a thread."""

    def open_address(address: str) -> Opening:
        return lambda stop: opening(known, address, stop)

    def load_more(thread: Thread, stub: Stub) -> Opening:
        return lambda stop: more(known, thread, stub, stop)

    return Services(open_address, load_more)
