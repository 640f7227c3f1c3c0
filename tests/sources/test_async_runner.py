"""The thread that fetches: that nobody waits for it when it cannot begin."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from rumor_tui.model import SourceError
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.config import Access
from rumor_tui.sources.fetch import Fetcher
from rumor_tui.sources.messages import FetchError
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.server import LATE, Play


def entered() -> None:
    with AsyncRunner(Access(proxies={})):
        raise AssertionError("it has begun")


def test_a_loop_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(work: Any) -> None:
        work.close()
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("rumor_tui.sources.network.asyncio.run", none_left)
    with pytest.raises(FetchError, match=r"^Nothing can be fetched on this machine just now \(OSError: .*Too many"):
        entered()


def test_a_thread_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    with pytest.raises(FetchError, match="can't start new thread"):
        entered()


@pytest.mark.parametrize(("raised", "said"), [(ValueError("no database"), "no database"), (SourceError("So."), "So.")])
def test_a_fetcher_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch, raised: Exception, said: str) -> None:
    def failing(access: Access) -> None:
        raise raised

    monkeypatch.setattr("rumor_tui.sources.async_runner.make_client", failing)
    with pytest.raises(SourceError, match=said):
        entered()


def test_what_goes_wrong_at_the_end_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(client: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("httpx2.AsyncClient.aclose", failing)
    with AsyncRunner(Access(proxies={})) as runner:
        assert runner.fetcher.requests == 0


def test_who_shares_a_client_is_as_patient_as_its_own_limits_say(play: Play) -> None:
    known = context(play)
    hasty = replace(known.access, limits=replace(QUICK, answer=LATE / 5))
    play.faults["/page"] = ("late", 1)
    with AsyncRunner(hasty):
        assert last(opened(known, f"{play.base}/page"))
    assert play.seen.count("/page") == 1


def test_what_is_loaded_at_the_same_time_shares_one_loop_and_one_client() -> None:
    access = Access(proxies={})
    with AsyncRunner(access) as one:
        with AsyncRunner(access) as other:
            assert one._loop is other._loop and one.fetcher is not other.fetcher
            assert one.fetcher._client is other.fetcher._client
        assert one.start(answered).result(60) == "answered"
    with AsyncRunner(access) as later:
        assert later._loop is not one._loop
        assert later.start(answered).result(60) == "answered"


async def answered(fetcher: Fetcher) -> str:
    return "answered"
