"""A fault anywhere in the program: the terminal is as before, one sentence is said, and nothing is quoted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rumor_tui.faults import EXIT_CODE
from tests.bench.programs import SAMPLE_WORD, is_recorded
from tests.hostile.endings import FAULT_KEY_SENT, SMALL_PAGE, modes_left, started, wait_for
from tests.hostile.faulty import FAULT_KEY, MARK, SECRET

F9 = FAULT_KEY_SENT


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page whose name, too, is not for a report."""
    path = tmp_path / f"{MARK}.txt"
    path.write_text(SMALL_PAGE, encoding="utf-8")
    return path


def assert_told(output: bytes, home: Path) -> None:
    """The last line is the sentence, with a report that exists and quotes nothing."""
    assert MARK.encode() not in output.rpartition(b"\x1b[")[2]
    assert SECRET.encode() not in output
    assert b"Traceback" not in output
    last = output.rstrip().rpartition(b"\n")[2]
    assert b"stopped at a fault of its own (" in last
    reports = list((home / "state" / "rumor-tui").iterdir())
    assert len(reports) == 1
    assert str(reports[0]).encode() in last
    assert MARK not in reports[0].read_text(encoding="utf-8")


def test_the_key_is_the_one_that_is_sent() -> None:
    assert FAULT_KEY == "f9"


@pytest.mark.parametrize("fault", ["key", "recursion", "thread"])
def test_a_fault_of_the_interface_ends_it_with_a_sentence(fault: str, page: Path, tmp_path: Path) -> None:
    with started(["-m", "tests.hostile.faulty", fault, str(page)], tmp_path) as running:
        running.read_until(SAMPLE_WORD.encode())
        if fault == "key":
            wait_for(lambda: running.drain() and is_recorded(tmp_path), "the thread is in the library")
        running.type(F9)
        assert running.wait() == EXIT_CODE
        assert running.attributes() == running.before
        assert modes_left(running.output) == []
        assert_told(running.output, tmp_path)
    if fault == "key":
        with closing(sqlite3.connect(tmp_path / "data" / "rumor-tui" / "library.sqlite3")) as library:
            assert library.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("fault", ["mount", "exit"])
def test_a_fault_at_the_start_or_the_end_is_told_too(fault: str, page: Path, tmp_path: Path) -> None:
    with started(["-m", "tests.hostile.faulty", fault, str(page)], tmp_path) as running:
        if fault == "exit":
            running.read_until(SAMPLE_WORD.encode())
            running.type(b"q")
        assert running.wait() == EXIT_CODE
        assert running.attributes() == running.before
        assert modes_left(running.output) == []
        assert_told(running.output, tmp_path)


def test_a_fault_before_the_interface_is_told_and_quotes_nothing(page: Path, tmp_path: Path) -> None:
    with started(["-m", "tests.hostile.faulty", "reader", str(page)], tmp_path) as running:
        assert running.wait() == EXIT_CODE
        assert b"\x1b" not in running.output
        assert_told(running.output, tmp_path)


def test_a_traceback_that_was_asked_for_is_neutral(page: Path, tmp_path: Path) -> None:
    asked = {"RUMOR_TUI_DEBUG": "1"}
    with started(["-m", "tests.hostile.faulty", "reader", str(page)], tmp_path, env=asked) as running:
        assert running.wait() == EXIT_CODE
        assert b"Traceback" in running.output
        assert MARK.encode() in running.output
        assert b"\x1b" not in running.output
        assert b"\x07" not in running.output
