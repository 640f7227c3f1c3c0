"""A played server for each test, and what is needed to open addresses of it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from threading import Event

import httpcore2
import pytest

from rumor_tui.loading import LoadStep
from rumor_tui.model import Thread
from rumor_tui.sources import Access, Limits, LoadContext, Sites
from rumor_tui.sources.loader import load_address
from tests.sources.server import Play, playing

QUICK = Limits(pause=0.01, longest_pause=0.05, answer=20.0, total=60.0)
"""The limits of tests: no pause is worth waiting for."""

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


@pytest.fixture
def play() -> Iterator[Play]:
    with playing() as server:
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
