"""Sources: an address on the web becomes a Thread or a Listing, step by step while it loads.

The way of an address: `addresses` chooses the API, a plan in `platforms` fetches the pieces, `readers` read the
document that they make up, and `loader` hands on what has been received; `beside` loads at the same time what a thread
points to. `fetch` handles the cache, limits and politeness; `hosts` decides which hosts may be contacted. Nothing of
this is imported before an address is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import Entry, SourceError, Stub, Thread
from rumor_tui.settings import Linked, cache_path
from rumor_tui.sources.beside import load_beside, load_with_beside
from rumor_tui.sources.config import Access, Limits, Sites, sites_in_use
from rumor_tui.sources.fetch import origin_of
from rumor_tui.sources.joined import load_joined
from rumor_tui.sources.loader import LoadContext, load_address
from rumor_tui.sources.stub_loader import load_stub

__all__ = ["Access", "Limits", "LoadContext", "Sites", "make_context", "make_services"]


def make_context(*typed: str, keep: bool = True) -> LoadContext:
    """The context for all addresses that one run opens; `typed` are those on the command line, whose hosts may be on
    a private network. Answers are looked for in the cache, and kept there, only with `keep`.

    Raises SourceError if one is not a valid address.
    """
    sites = sites_in_use()
    origins = frozenset(origin_of(address) for address in (*typed, sites.simulator) if address)
    return LoadContext(Access(typed=origins, cache=cache_path("answers") if keep else None), sites)


def services_for(addresses: Iterable[str], linked: Linked = "always", *, keep: bool = True) -> Services:
    """Services for which the hosts of these addresses may be on a private network, as far as they are addresses.

    For `keep` see `make_context`.
    """
    typed: list[str] = []
    for address in addresses:
        with suppress(SourceError):  # loading it tells what is wrong with it
            origin_of(address)
            typed.append(address)
    return make_services(make_context(*typed, keep=keep), linked)


def make_services(context: LoadContext, linked: Linked = "always") -> Services:
    """The services with which the interface opens addresses and loads what threads point to.

    `linked` says whether that is loaded with them: the page that a post links to, and the comments that a page embeds.
    """

    def open_address(address: str) -> LoadJob:
        load = load_with_beside if linked == "always" else load_address
        return lambda stop: load(context, address, stop)

    def beside(thread: Thread) -> LoadJob:
        return lambda stop: load_beside(context, thread, stop)

    def load_more(thread: Thread, stub: Stub) -> LoadJob:
        return lambda stop: load_stub(context, thread, stub, stop)

    def discussions(addresses: Sequence[str]) -> LoadJob:
        from rumor_tui.sources.discussions import find_discussions

        return lambda stop: find_discussions(context, addresses, stop)

    def joined(thread: Thread, entries: Sequence[Entry]) -> LoadJob:
        return lambda stop: load_joined(context, thread, entries, stop)

    def again(thread: Thread) -> LoadJob:
        from rumor_tui.sources.again import load_again

        return lambda stop: load_again(context, thread, stop, beside=linked == "always")

    return Services(open_address, load_more, beside, discussions, joined, again)
