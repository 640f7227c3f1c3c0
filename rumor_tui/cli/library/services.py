"""What the interface can do with a library: remember, load anew what is followed, show the sample among its threads.

Imported for every reading, so whatever loads anything is imported when it is needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rumor_tui.loading import LoadStep, Sample, Services

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

    from rumor_tui.cli.library.refreshing import Loads
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.loading import LoadJob
    from rumor_tui.model import Thread


def add_library(services: Services, library: Keeper | None) -> Services:
    """The services, with what a library adds to them."""
    if library is None:
        return services

    def refresh(addresses: Sequence[str]) -> LoadJob:
        def job(stop: Event) -> Iterator[LoadStep]:
            from rumor_tui.cli.library.refreshing import refresh_job

            return refresh_job(library, loads_of(services), addresses)(stop)

        return job

    return replace(services, library=library, refresh=refresh, sample=_sample())


def loads_of(services: Services) -> Loads:
    """How what is followed is loaded anew, by these services; entries of lists without the pages that they link to,
    which would be many pages of many sites."""
    from rumor_tui import sources
    from rumor_tui.cli.library.refreshing import Loads

    alone = sources.make_services(sources.make_context(), "never")
    return Loads(lambda address: load_anew(services, address), lambda address: load_anew(alone, address))


def load_anew(services: Services, address: str) -> LoadJob:
    """Loads an address as it is now, past what is kept of it; or a path."""
    if address.lower().startswith(("http://", "https://")):
        return services.again(_thread_at(address))

    def read(stop: Event) -> Iterator[LoadStep]:
        from rumor_tui.readers import open_if_single, read_path

        yield LoadStep(open_if_single(read_path(address)))

    return read


def _thread_at(address: str) -> Thread:
    """A thread of which only the address is known."""
    from rumor_tui.model import Article, ThreadBuilder

    return ThreadBuilder(Article()).build("plain", source=address)


def _sample() -> Sample | None:
    """The sample; None where it is missing."""
    from rumor_tui.cli import sample
    from rumor_tui.model import SourceError

    try:
        path = str(sample())
    except SourceError:
        return None

    def read(stop: Event) -> Iterator[LoadStep]:
        from rumor_tui.readers import open_if_single, read_path

        yield LoadStep(open_if_single(read_path(path)))

    return Sample(path, read)
