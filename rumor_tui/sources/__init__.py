"""Sources: an address on the web becomes a Thread or a Listing, step by step as it comes.

The way of an address: `addresses` knows which API has it, a plan in `plans` fetches the pieces, `readers` read the
document that they make, and `openings` hand on what is there so far. `fetch` sees to the cache, the caps and
politeness, `hosts` to whom may be asked. Nothing of this is imported unless an address is to be opened.
"""

from __future__ import annotations

import os

from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import Stub, Thread
from rumor_tui.settings import cache_path
from rumor_tui.sources.config import Access, Limits, Sites
from rumor_tui.sources.fetch import origin_of
from rumor_tui.sources.loader import LoadContext, load_address
from rumor_tui.sources.stub_loader import load_stub

__all__ = ["Access", "Limits", "LoadContext", "Sites", "make_context", "make_services"]

SITES_VARIABLE = "RUMOR_TUI_SITES"
"""The environment variable that names a server which plays the platforms, to try things out by hand."""


def make_context(typed: str | None = None) -> LoadContext:
    """What a run of the program opens addresses with; `typed` is the address on its command line, if one is there.

    Raises SourceError when that is no address.
    """
    played = os.environ.get(SITES_VARIABLE, "").rstrip("/")
    origins = frozenset(origin_of(one) for one in (typed, played) if one)
    return LoadContext(
        Access(typed=origins, cache=cache_path("answers")), Sites.served_by(played) if played else Sites()
    )


def make_services(known: LoadContext) -> Services:
    """What the interface is given, so that it can open addresses and load more of a thread."""

    def open_address(address: str) -> LoadJob:
        return lambda stop: load_address(known, address, stop)

    def load_more(thread: Thread, stub: Stub) -> LoadJob:
        return lambda stop: load_stub(known, thread, stub, stop)

    return Services(open_address, load_more)
