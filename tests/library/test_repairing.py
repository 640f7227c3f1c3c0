"""Flipped bits in a library: what a backup has whole comes back, and the rest is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading, open_for_writing
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.removal import drop_thread
from rumor_tui.library.repairing import LOST, repair_documents
from rumor_tui.library_types import ReadChange
from tests.library.killed_reader import page_of

THREAD = page_of(1, 0, 60)


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A library with a thread of several chunks, some of it read."""
    made = Keeper(tmp_path / "rumor-tui" / "library.sqlite3")
    known = made.visit(THREAD, 100.0)
    made.change([ReadChange(known.thread_id, known.handles[:5], True, 110.0)])
    made.write(lambda connection: None)
    yield made
    made.close()


def flip(keeper: Keeper, table: str, column: str, number: int = 0) -> None:
    """Flip a bit in a document."""

    def write(connection: sqlite3.Connection) -> None:
        rowid, data = connection.execute(f"SELECT rowid, {column} FROM {table} LIMIT 1 OFFSET {number}").fetchone()
        damaged = bytearray(data)
        damaged[len(data) // 2] ^= 4
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (bytes(damaged), rowid))

    keeper.write(write)


def back_up(keeper: Keeper) -> None:
    """Make a backup as the program does."""
    with closing(open_for_reading(keeper.path)) as connection:
        keep_copy(connection, keeper.path)


DOCUMENTS = [("chunks", "facts"), ("chunks", "texts"), ("threads", "head"), ("threads", "tree")]
USES: list[Callable[[Keeper], list[str]]] = [
    lambda keeper: list(keeper.stored(1).bodies),
    lambda keeper: list(keeper.visit(page_of(1, 0, 61), 200.0).thread.bodies),
    lambda keeper: list(keeper.record(page_of(1, 0, 61), 200.0).thread.bodies),
]


@pytest.mark.parametrize(("table", "column"), DOCUMENTS)
@pytest.mark.parametrize("use", USES)
def test_what_a_backup_has_comes_back(
    keeper: Keeper, table: str, column: str, use: Callable[[Keeper], list[str]]
) -> None:
    back_up(keeper)
    flip(keeper, table, column)
    assert set(use(keeper)) >= set(THREAD.bodies)
    assert keeper.notices() == ["1 part of the library had been damaged, and came back from a backup."]
    assert set(use(keeper)) >= set(THREAD.bodies)
    assert keeper.notices() == []


def test_a_backup_of_another_state_is_not_taken(keeper: Keeper) -> None:
    back_up(keeper)
    keeper.visit(page_of(1, 0, 61), 150.0)
    before = list(keeper.stored(1).bodies)
    flip(keeper, "threads", "tree")
    assert sorted(keeper.stored(1).bodies) == sorted(before)
    assert "1 could not be restored. Load the threads again to have their texts." in keeper.notices()[0]


@pytest.mark.parametrize(("table", "column"), DOCUMENTS)
def test_without_a_backup_the_source_can_be_read_again_and_what_was_read_stays(
    keeper: Keeper, table: str, column: str
) -> None:
    for copy in keeper.path.parent.glob("backups/*"):
        copy.unlink()
    flip(keeper, table, column)
    stored = keeper.stored(1)
    assert len(stored) == len(THREAD)
    (notice,) = keeper.notices()
    assert notice.startswith("1 part of the library had been damaged; 1 could not be restored.")
    known = keeper.visit(page_of(1, 0, 61), 200.0)
    assert set(page_of(1, 0, 61).bodies) <= set(known.thread.bodies)
    assert known.thread_id == 1
    with keeper.reading() as connection:
        assert connection.execute("SELECT count(*) FROM comments WHERE seen > 0").fetchone() == (5,)


def test_any_flipped_bits_leave_a_thread_that_can_be_read(keeper: Keeper) -> None:
    random = Random(5)
    for _ in range(20):
        for _ in range(random.randint(1, 4)):
            flip(keeper, *random.choice(DOCUMENTS))
        assert len(list(keeper.stored(1).bodies)) == len(THREAD)
    assert LOST


def test_a_damaged_thread_can_be_dropped(keeper: Keeper) -> None:
    for table, column in DOCUMENTS:
        flip(keeper, table, column)
    keeper.write(lambda connection: drop_thread(connection, 1))
    with closing(open_for_writing(keeper.path)) as connection:
        for table in ("threads", "chunks", "comments"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_whole_library_needs_no_mending(keeper: Keeper) -> None:
    assert keeper.write(lambda connection: repair_documents(connection, keeper.path)) == (0, 0)


def test_an_index_that_does_not_agree_with_the_texts_is_made_anew(keeper: Keeper) -> None:
    keeper.write(lambda connection: connection.execute("INSERT INTO comment_words(comment_words) VALUES('delete-all')"))
    known = keeper.visit(page_of(1, 0, 61), 200.0)
    assert set(page_of(1, 0, 61).bodies) <= set(known.thread.bodies)
    keeper.write(lambda connection: drop_thread(connection, 1))
    assert keeper.notices() == ["The search index of the library was damaged, and was made anew."]
    with keeper.reading() as connection:
        assert connection.execute(
            "SELECT count(*) FROM comment_words WHERE comment_words MATCH 'word1x0x1x0'"
        ).fetchone() == (0,)
