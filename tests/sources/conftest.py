"""A played server for each test, and what is needed to open addresses of it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any

import httpcore2
import pytest
from httpx2 import URL

from rumor_tui.loading import LoadStep
from rumor_tui.model import Thread
from rumor_tui.sources import Access, Limits, LoadContext, Sites, discussions
from rumor_tui.sources.fetch import Fetcher
from rumor_tui.sources.loader import load_address
from tests.sources.server import Play, playing

QUICK = Limits(pause=0.01, longest_pause=0.05, answer=60.0, total=1000.0)
"""The limits of tests: no pause is worth waiting for, and a busy machine may be slow."""

Opened = Callable[..., list[LoadStep]]


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """Reading the certificates of the system takes longer than most of what the tests do with a connection."""
    read = httpcore2.default_ssl_context

    @cache
    def certificates(file: str | None) -> ssl.SSLContext:
        return read()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", lambda: certificates(os.environ.get("SSL_CERT_FILE")))
        yield


@pytest.fixture(autouse=True)
def _patient_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for discussions gives up after seconds, of which a busy machine may need more."""
    monkeypatch.setattr(discussions, "DEADLINE", QUICK.total)
    monkeypatch.setattr(discussions, "ANSWER_SECONDS", QUICK.answer)


class _Patient(Fetcher):
    """Another fetcher, with all that it counts, that gives an answer as much time as there is."""

    def __init__(self, hasty: Fetcher) -> None:
        self.__dict__ = hasty.__dict__

    @property
    def limits(self) -> Limits:  # type: ignore[override]
        limits: Limits = self.__dict__["limits"]
        return replace(limits, answer=max(limits.answer, QUICK.answer))


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """A played server. Only its faults are waited for impatiently: a busy machine is late with good answers, too."""
    request = Fetcher._request
    with playing() as server:

        async def impatient_with_faults(fetcher: Fetcher, url: URL, *given: Any, **named: Any) -> Any:
            faulty = url.path in server.faults or url.path.startswith("/fault/")
            return await request(fetcher if faulty else _Patient(fetcher), url, *given, **named)

        monkeypatch.setattr(Fetcher, "_request", impatient_with_faults)
        yield server


def context(play: Play, limits: Limits = QUICK, cache: Path | None = None) -> LoadContext:
    """What opens addresses of a played server, as if its own was typed."""
    access = Access(limits=limits, typed=frozenset({("127.0.0.1", play.server_port)}), cache=cache, proxies={})
    return LoadContext(access, Sites(play.base))


def opened(known: LoadContext, address: str) -> list[LoadStep]:
    """All arrivals of an address."""
    return list(load_address(known, address, Event()))


def last(arrivals: list[LoadStep]) -> Thread:
    """The thread that there is in the end."""
    found = next(one.content for one in reversed(arrivals) if one.content is not None)
    assert isinstance(found, Thread)
    return found
