"""What the interface can do with a library: remember, load anew what is followed, show the sample among its threads.

Imported for every reading, so whatever loads anything is imported when it is needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rumor_tui.loading import LoadStep, Sample, Services

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from threading import Event

    from rumor_tui.cli.again import Load
    from rumor_tui.cli.library.refreshing import Loads
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.loading import LoadJob
    from rumor_tui.model import Listing, Thread
    from rumor_tui.settings import Linked, Settings


def interface_services(
    settings: Settings,
    library: Keeper | None,
    load: Load,
    sources: Sequence[str] = (),
    content: Callable[[], Thread | Listing | None] = lambda: None,
) -> Services:
    """The services of the interface; the modules that fetch are imported on first use.

    All services of one run share one context: the documents loaded so far, and the addresses being loaded. For `load`,
    `sources` and `content` see `again.make_again`.
    """
    from functools import cache
    from threading import Lock

    from rumor_tui.cli.again import make_again

    @cache
    def make() -> Services:
        from rumor_tui import sources

        own = own_addresses(library) if library is not None else ()
        return sources.services_for(own, settings.linked, keep=settings.library)

    lock = Lock()

    def services() -> Services:
        with lock:  # jobs run in threads of their own, and `cache` alone may call twice
            return make()

    plain = Services(
        open=lambda address: lambda stop: services().open(address)(stop),  # noqa: PLW0108 - late on purpose
        more=lambda thread, stub: lambda stop: services().more(thread, stub)(stop),  # noqa: PLW0108
        beside=lambda thread: lambda stop: services().beside(thread)(stop),  # noqa: PLW0108
        discussions=lambda addresses: lambda stop: services().discussions(addresses)(stop),  # noqa: PLW0108
        joined=lambda thread, entries: lambda stop: services().joined(thread, entries)(stop),  # noqa: PLW0108
        again=make_again(lambda thread: services().again(thread), load, sources, content),
    )
    return add_library(plain, library, settings.linked)


def add_library(services: Services, library: Keeper | None, linked: Linked = "always") -> Services:
    """The services, with what a library adds to them; for `linked` see `sources.make_services`."""
    if library is None:
        return services

    def refresh(addresses: Sequence[str]) -> LoadJob:
        def job(stop: Event) -> Iterator[LoadStep]:
            from rumor_tui import sources
            from rumor_tui.cli.library.refreshing import refresh_job

            own = own_addresses(library)
            asked = sources.services_for(own, linked) if own else services
            return refresh_job(library, loads_of(asked, own), addresses)(stop)

        return job

    return replace(services, library=library, refresh=refresh, sample=_sample())


def own_addresses(library: Keeper) -> list[str]:
    """What is followed on hosts of a private network, as far as it was loaded once: then its address was typed."""
    from rumor_tui.library_types import LibraryError
    from rumor_tui.sources.hosts import is_own

    try:
        followed = library.followed()
    except LibraryError:  # whoever needs it is told
        return []
    return [one.address for one in followed if one.refreshed is not None and is_own(one.address)]


def loads_of(services: Services, typed: Sequence[str] = ()) -> Loads:
    """How what is followed is loaded anew, by these services; entries of lists without the pages that they link to,
    which would be many pages of many sites. For `typed` see `sources.services_for`."""
    from rumor_tui import sources
    from rumor_tui.cli.library.refreshing import Loads

    alone = sources.services_for(typed, "never")
    return Loads(lambda address: load_anew(services, address), lambda address: load_anew(alone, address))


def load_anew(services: Services, address: str) -> LoadJob:
    """Loads an address as it is now, past what is kept of it; or a path."""
    if address in ("", "-"):
        return _refuse
    if address.lower().startswith(("http://", "https://")):
        return services.again(_thread_at(address))

    def read(stop: Event) -> Iterator[LoadStep]:
        from rumor_tui.readers import open_if_single, read_path

        yield LoadStep(open_if_single(read_path(address)))

    return read


def _refuse(stop: Event) -> Iterator[LoadStep]:
    from rumor_tui.model import SourceError

    raise SourceError("This was read from standard input, which can be read only once.")


def _thread_at(address: str) -> Thread:
    """A thread of which only the address is known."""
    from rumor_tui.model import Article, ThreadBuilder

    return ThreadBuilder(Article()).build("plain", source=address)


def _sample() -> Sample | None:
    """The sample; None where it is missing."""
    from rumor_tui.cli.sample_thread import sample
    from rumor_tui.model import SourceError

    try:
        path = str(sample())
    except SourceError:
        return None

    def read(stop: Event) -> Iterator[LoadStep]:
        from rumor_tui.readers import open_if_single, read_path

        yield LoadStep(open_if_single(read_path(path)))

    return Sample(path, read)
