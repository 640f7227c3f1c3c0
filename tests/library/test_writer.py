"""The one writer: together, in order, in slices, and whatever happens to the file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from rumor_tui.library.database import open_for_reading, open_for_writing
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.locks import LibraryLocks
from rumor_tui.library.writer import Writer, log_size
from rumor_tui.library_types import LibraryError
from tests.library.killed_reader import page_of


def put(writer: Writer, name: str, value: object = 1) -> Future[object]:
    return writer.submit(lambda connection: _insert(connection, name, value))


def _insert(connection: sqlite3.Connection, name: str, value: object) -> object:
    connection.execute("INSERT INTO properties(name, value) VALUES(?, ?)", (name, value))
    return value


def names(path: Path) -> set[str]:
    """The properties that a test wrote."""
    connection = open_for_reading(path)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM properties")} - {"library", "made"}
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


def test_what_was_answered_for_is_on_disk(path: Path) -> None:
    writer = Writer(path)
    assert put(writer, "a", 5).result() == 5
    assert names(path) == {"a"}
    writer.close()


def test_nothing_is_made_before_something_is_written(path: Path) -> None:
    writer = Writer(path)
    writer.close()
    assert not path.parent.exists()


def test_what_waits_is_written_together_and_a_failure_takes_nothing_down(path: Path) -> None:
    writer = Writer(path)
    begun, go_on, commits = Event(), Event(), list[str]()

    def hold(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(lambda line: commits.append(line) if line == "COMMIT" else None)
        begun.set()
        assert go_on.wait(60)

    held = writer.submit(hold)
    assert begun.wait(60)
    good = [put(writer, f"good {number}") for number in range(50)]
    bad = writer.submit(lambda connection: _insert(connection, "bad", 1) and connection.execute("SELEC"))
    worse = writer.submit(lambda connection: 1 // 0)
    last = put(writer, "last")
    go_on.set()
    wait(list[Future[Any]]([held, *good, bad, worse, last]))
    assert commits == ["COMMIT", "COMMIT"]
    with pytest.raises(LibraryError, match='cannot be used: near "SELEC"'):
        bad.result()
    with pytest.raises(ZeroDivisionError):
        worse.result()
    assert names(path) == {*(f"good {number}" for number in range(50)), "last"}
    writer.close()


def test_short_work_goes_between_the_slices_of_long_work(path: Path) -> None:
    writer = Writer(path)
    order = list[str]()
    short: list[Future[object]] = []

    def long(connection: sqlite3.Connection) -> Generator[None, None, str]:
        for number in range(3):
            order.append(f"slice {number}")
            _insert(connection, f"slice {number}", 1)
            if not number:
                short.append(writer.submit(lambda connection: order.append("short")))
            yield
        return "done"

    assert writer.run_slices(long) == "done"
    assert order == ["slice 0", "short", "slice 1", "slice 2"]
    assert names(path) == {"slice 0", "slice 1", "slice 2"}
    writer.close()


def test_a_slice_that_fails_leaves_the_earlier_ones(path: Path) -> None:
    def long(connection: sqlite3.Connection) -> Generator[None, None, None]:
        _insert(connection, "first", 1)
        yield
        _insert(connection, "second", 1)
        raise KeyError("second")

    writer = Writer(path)
    with pytest.raises(KeyError):
        writer.run_slices(long)
    put(writer, "later").result()
    assert names(path) == {"first", "later"}
    writer.close()


def test_closing_does_what_waits_and_nothing_more_after_that(path: Path) -> None:
    writer = Writer(path)
    waiting = [put(writer, str(number)) for number in range(1_000)]
    writer.close(60)
    assert all(future.result() == 1 for future in waiting)
    assert len(names(path)) == 1_000
    assert not log_size(path)
    with pytest.raises(LibraryError, match="closed"):
        put(writer, "late").result()


def test_long_work_that_is_not_done_in_time_is_given_up_and_said_so(path: Path) -> None:
    def endless(connection: sqlite3.Connection) -> Generator[None, None, None]:
        while True:
            yield

    writer = Writer(path)
    future = writer.submit_slices(endless)
    put(writer, "short").result()
    writer.close(0)
    with pytest.raises(LibraryError, match="closed before"):
        future.result()
    assert names(path) == {"short"}


def test_another_instances_transaction_is_waited_for(path: Path) -> None:
    open_for_writing(path).close()
    locks = LibraryLocks(path.parent)
    writer = Writer(path)
    with locks.writing(60):
        future = put(writer, "mine")
        with pytest.raises(TimeoutError):
            future.result(1.5)  # longer than one wait of its own
    future.result(60)
    writer.close()
    locks.close()


def test_a_lock_of_another_program_is_waited_for(path: Path) -> None:
    other = open_for_writing(path)
    other.execute("BEGIN IMMEDIATE")
    writer = Writer(path)
    future = put(writer, "mine")
    with pytest.raises(TimeoutError):
        future.result(1.5)
    other.execute("ROLLBACK")
    future.result(60)
    writer.close()
    other.close()


def test_what_cannot_be_written_before_the_end_is_not_answered_for(path: Path) -> None:
    other = open_for_writing(path)
    other.execute("BEGIN IMMEDIATE")
    writer = Writer(path)
    future = put(writer, "mine")
    writer.close(0.1)
    with pytest.raises(LibraryError, match="Another program is writing"):
        future.result(60)
    other.close()


def test_a_full_disk_is_said_and_later_work_goes_on(path: Path) -> None:
    writer = Writer(path)
    pages = writer.run(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
    put(writer, "before").result()
    writer.run(lambda connection: connection.execute(f"PRAGMA max_page_count={pages + 4}").fetchone())
    with pytest.raises(LibraryError, match="disk is full: nothing more is kept"):
        put(writer, "too much", b"x" * 1_000_000).result()
    put(writer, "small").result()
    assert names(path) == {"before", "small"}
    writer.close()


def test_among_work_that_is_written_together_only_what_has_no_room_fails(path: Path) -> None:
    writer = Writer(path)
    begun, go_on = Event(), Event()

    def hold(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 4}")
        begun.set()
        assert go_on.wait(60)

    writer.submit(hold)
    assert begun.wait(60)
    futures = [put(writer, "a"), put(writer, "too much", b"x" * 1_000_000), put(writer, "b")]
    go_on.set()
    wait(futures)
    assert [future.exception() is None for future in futures] == [True, False, True]
    assert names(path) == {"a", "b"}
    writer.close()


def test_upkeep_is_done_when_there_is_nothing_else_and_the_log_is_empty_then(path: Path) -> None:
    done = Event()
    sizes = list[int]()

    def upkeep(connection: sqlite3.Connection, writer: Writer) -> None:
        sizes.append(log_size(path))
        done.set()

    writer = Writer(path, upkeep)
    put(writer, "a").result()
    assert done.wait(60)
    assert sizes == [0]
    writer.close()


def test_a_file_that_was_replaced_is_opened_anew(path: Path) -> None:
    writer = Writer(path)
    put(writer, "old").result()
    for file in path.parent.glob("library.sqlite3*"):
        file.unlink()
    put(writer, "new").result()
    assert names(path) == {"new"}
    writer.close()


READS_MUCH = """
import sys
from pathlib import Path
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import ReadChange
from tests.library.killed_reader import page_of
keeper, half = Keeper(Path(sys.argv[1])), int(sys.argv[2])
known = keeper.visit(page_of(1, 4, 4_700), 100.0)
problems = []
for number, handle in enumerate(known.handles[half * 10_000 : half * 10_000 + 10_000]):
    keeper.change([ReadChange(known.thread_id, [handle], True, 200.0 + number)], problems.append)
    if number % 7 == 0:
        keeper.write(lambda connection: None)
keeper.writer.close(60)
assert problems == [""] * 10_000, set(problems)
"""


def test_two_instances_that_write_10_000_reading_states_at_once_lose_none(path: Path) -> None:
    keeper = Keeper(path)
    known = keeper.visit(page_of(1, 4, 4_700), 100.0)
    assert len(known.handles) > 20_000
    command = [sys.executable, "-c", READS_MUCH, str(path)]
    children = [subprocess.Popen([*command, half], stderr=subprocess.PIPE) for half in "01"]
    for child in children:
        _, problem = child.communicate(timeout=900)
        assert (child.returncode, problem) == (0, b"")
    with keeper.reading() as connection:
        seen = connection.execute("SELECT count(*), min(id), max(id) FROM comments WHERE seen > 0").fetchone()
        assert seen == (20_000, known.handles[0], known.handles[19_999])
        unread = connection.execute("SELECT unread FROM threads").fetchone()[0]
        assert unread == len(known.handles) - 20_000
    keeper.close()
