"""The end of reading that takes too long: it comes, it comes once, and never afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from rumor_tui import readers
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers import Hint, Source, read_source, time_limit
from rumor_tui.readers.time_limit import ReadingTooLongError, run_limited, seconds_for


def busy(seconds: float) -> None:
    """Use processor time of this thread, step by step."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_what_is_quick_is_as_without_a_limit() -> None:
    assert run_limited(lambda: 7, 5.0) == 7
    with pytest.raises(ValueError, match="own"):
        run_limited(lambda: int("own"), 5.0)


def test_what_is_slow_is_ended_in_any_thread() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            run_limited(lambda: busy(30), 0.05)
        except ReadingTooLongError:
            ended.append(threading.current_thread().name)

    thread = threading.Thread(target=work, name="reader")
    thread.start()
    thread.join()
    work()
    assert ended == ["reader", "MainThread"]


def test_what_catches_all_exceptions_is_ended_all_the_same() -> None:
    def stubborn() -> None:
        for _ in range(3):
            try:
                busy(30)
            except BaseException:
                continue
        busy(30)

    began = time.thread_time()
    with pytest.raises(ReadingTooLongError):
        run_limited(stubborn, 0.05)
    assert time.thread_time() - began < 30


def test_what_waits_is_not_slow() -> None:
    """The limit counts the work of the thread, so a machine that is busy with other things ends nothing."""
    if not hasattr(time, "pthread_getcpuclockid"):
        pytest.skip("the system does not tell the time of one thread")
    assert run_limited(lambda: time.sleep(0.4), 0.1) is None


def test_nothing_comes_after_the_end() -> None:
    """The work ends at about the moment of the limit, over and over: an exception after it would end this test."""
    late = 0
    for turn in range(20):
        try:
            run_limited(partial(busy, 0.029 + turn * 0.0002), 0.03)
        except ReadingTooLongError:
            late += 1
    busy(0.3)
    assert 0 <= late <= 20
    assert not any(thread.name == "time-limit" and thread.is_alive() for thread in _after_a_while())


def _after_a_while() -> list[threading.Thread]:
    patience = time.monotonic() + 30
    while time.monotonic() < patience and any(thread.name == "time-limit" for thread in threading.enumerate()):
        time.sleep(0.01)
    return threading.enumerate()


def test_what_is_inside_adds_its_time() -> None:
    def outer() -> str:
        run_limited(lambda: busy(0.1), 0.4)
        return "whole"

    assert run_limited(outer, 0.06) == "whole"


def test_a_large_source_may_take_longer() -> None:
    assert seconds_for(10) == seconds_for(1_000_000) == 3.5
    assert seconds_for(300_000_000) == 1_000.0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a reader slow that takes the source."""

    def make_slow(module: str) -> None:
        reader = next(reader for reader in readers.READERS if reader.module == module)
        monkeypatch.setattr(reader.load_module(), "read", lambda *_: busy(60))
        monkeypatch.setattr(time_limit, "LEAST_SECONDS", 0.05)

    return make_slow


def test_a_text_that_takes_too_long_is_its_plain_text(slow: Callable[[str], None]) -> None:
    slow("plain_text")
    thread = read_source(b"A title\n\nSome *words*.\n", Hint("a.txt"))
    assert isinstance(thread, Thread)
    assert thread.article.title == "A title"
    assert (list(thread.article.pieces), thread.article.format) == (["Some *words*."], "plain")
    assert thread.notice == "a.txt takes too long to read: only its plain text is shown."
    assert thread.original is not None


def test_a_page_that_takes_too_long_is_its_plain_text(slow: Callable[[str], None]) -> None:
    slow("html")
    thread = read_source(b"<html><title>A page</title><body><p>Some <b>words</b>.", Hint("a.html"))
    assert isinstance(thread, Thread)
    assert (thread.article.title, thread.article.format) == ("A page", "html")
    assert "Some <b>words</b>" in "".join(thread.article.pieces)


def test_what_is_no_text_and_takes_too_long_is_refused_in_a_sentence(slow: Callable[[str], None]) -> None:
    slow("containers.zip_archive")
    with pytest.raises(SourceError, match=r"^a\.zip takes too long to read: "):
        read_source(b"PK\x03\x04" + b"\0" * 40, Hint("a.zip"))


def test_an_entry_that_takes_too_long_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from rumor_tui.readers.original import attach_original

    monkeypatch.setattr(time_limit, "LEAST_SECONDS", 0.05)

    def read_entry(number: int) -> Thread | Listing:
        busy(60)
        raise AssertionError(number)

    listing = attach_original(Listing("L", (), read_entry), b"text", Hint("a.mbox"), "text")
    assert isinstance(listing, Listing)
    with pytest.raises(SourceError, match=r"^a\.mbox takes too long to read: "):
        listing.open(0)


def test_the_plain_text_holds_all_of_a_long_text() -> None:
    from rumor_tui.readers.fallback import read_as_plain_text

    text = "\n\n".join(f"paragraph {number} " * 50 for number in range(300)) + " x" * 100_000
    thread = read_as_plain_text(Source(text.encode(), Hint("a.txt")))
    assert "".join(thread.article.pieces).split() == text.split()
