"""What goes when a library is too large, in which order, and what never does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from pathlib import Path
from time import time

import pytest

from rumor_tui.library.annotations import write_annotation
from rumor_tui.library.following import change_follow
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.listing import apply_removal, apply_tag
from rumor_tui.library.pruning import KEPT_DAYS, drop_expired, free_pages, prune, used_bytes
from rumor_tui.library.transactions import transaction
from rumor_tui.library_types import ARTICLE, Annotation, AnnotationChange, FollowChange, RemovalChange, TagChange
from tests.library.killed_reader import page_of
from tests.library.made_libraries import new_library

SIZE = 100_000
"""Bytes of each snapshot."""


@pytest.fixture
def library(tmp_path: Path) -> sqlite3.Connection:
    return new_library(tmp_path)


def add(connection: sqlite3.Connection, thread: int, *seen: float, visited: float | None = None) -> None:
    """A thread with snapshots that were seen at some moments."""
    connection.execute(
        "INSERT INTO threads(id, uid, address, tree, added, visited, active) VALUES(?, ?, ?, x'00', 1, ?, 1)",
        (thread, f"uid {thread}", f"https://pruned.example/{thread}", visited),
    )
    for moment in seen:
        connection.execute(
            "INSERT INTO snapshots(thread, taken, seen, locator, form, hash, size, data)"
            " VALUES(?, ?, ?, '', 'source', ?, ?, ?)",
            (thread, moment, moment, os.urandom(32), SIZE, os.urandom(SIZE)),
        )


def work_off(connection: sqlite3.Connection, slices: Generator[None, None, int]) -> int:
    """Run slices, each in a transaction, to their end."""
    while True:
        with transaction(connection):
            try:
                next(slices)
            except StopIteration as end:
                return int(end.value)


def kept(connection: sqlite3.Connection) -> list[tuple[int, float]]:
    """The snapshots whose bytes are there, as thread and moment."""
    return connection.execute(
        "SELECT thread, seen FROM snapshots WHERE data IS NOT NULL ORDER BY thread, seen"
    ).fetchall()


def prune_to(connection: sqlite3.Connection, snapshots: float) -> int:
    """Prune to the size that leaves about so many snapshots less than there are."""
    goal = used_bytes(connection) - snapshots * SIZE
    return work_off(connection, prune(connection, int(goal / 0.95)))


def test_without_a_limit_or_below_it_nothing_goes(library: sqlite3.Connection) -> None:
    add(library, 1, 10, 20)
    assert work_off(library, prune(library, 0)) == 0
    assert work_off(library, prune(library, used_bytes(library))) == 0
    assert len(kept(library)) == 2


def test_earlier_snapshots_of_unmarked_threads_go_first_the_oldest_first(library: sqlite3.Connection) -> None:
    add(library, 1, 10, 40, 50)
    add(library, 2, 20, 30)
    assert prune_to(library, 1.5) == 2
    assert kept(library) == [(1, 40), (1, 50), (2, 30)]


@pytest.mark.parametrize("marked", ["mark", "tag", "follow"])
def test_those_of_marked_threads_go_after_that_and_the_last_ones_of_these_never(
    library: sqlite3.Connection, marked: str
) -> None:
    add(library, 1, 10, 20)
    add(library, 2, 30, 40)
    if marked == "mark":
        write_annotation(library, AnnotationChange(1, Annotation("u", "mark", ARTICLE), 5))
    elif marked == "tag":
        apply_tag(library, TagChange(1, "cars", True, 5))
    else:
        change_follow(library, FollowChange("https://pruned.example/1", "thread", "", True, 5))
    assert prune_to(library, 0.5) == 1
    assert kept(library) == [(1, 10), (1, 20), (2, 40)]
    assert prune_to(library, 0.5) == 1
    assert kept(library) == [(1, 20), (2, 40)]
    assert prune_to(library, 2) == 1
    assert kept(library) == [(1, 20)]
    assert prune_to(library, 1) == 0


def test_last_snapshots_go_from_what_was_read_least_recently(library: sqlite3.Connection) -> None:
    add(library, 1, 50, visited=60)
    add(library, 2, 10, visited=90)
    add(library, 3, 70)
    assert prune_to(library, 1.5) == 2
    assert kept(library) == [(2, 10)]


def test_what_a_mark_was_taken_off_is_unmarked(library: sqlite3.Connection) -> None:
    add(library, 1, 10, 20)
    write_annotation(library, AnnotationChange(1, Annotation("u", "mark", ARTICLE), 5))
    write_annotation(library, AnnotationChange(1, Annotation("u", "mark", ARTICLE), 6, removed=True))
    assert prune_to(library, 2) == 2
    assert kept(library) == []


def test_the_room_is_given_back_and_the_rows_stay(library: sqlite3.Connection, tmp_path: Path) -> None:
    add(library, 1, *range(10, 40))
    library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "rumor-tui" / "library.sqlite3"
    before = path.stat().st_size
    assert prune_to(library, 19.5) == 20
    library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert free_pages(library) == 0
    assert path.stat().st_size < before - 19 * SIZE
    assert library.execute("SELECT count(*) FROM snapshots WHERE hash IS NOT NULL").fetchone() == (30,)


def test_texts_stay_whatever_the_limit(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "rumor-tui" / "library.sqlite3", limit=1)
    known = keeper.visit(page_of(1, 0, 2), 100.0)
    assert keeper.writer.run_slices(lambda connection: prune(connection, 1)) == 1
    assert list(keeper.stored(known.thread_id).bodies) == list(known.thread.bodies)
    assert keeper.visit(page_of(1, 0, 2), 200.0).thread_id == known.thread_id
    keeper.close()


def test_what_was_deleted_goes_for_good_after_a_month(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "rumor-tui" / "library.sqlite3")
    now = time()
    old, recent, restored = (keeper.visit(page_of(1, thread, 0), now).thread_id for thread in range(3))
    month = KEPT_DAYS * 86_400
    for thread, moment in ((old, now - month - 9), (recent, now - month + 9), (restored, now - month - 9)):
        change = RemovalChange(thread, True, moment)
        keeper.write(lambda connection, change=change: apply_removal(connection, change))  # type: ignore[misc]
    keeper.write(lambda connection: apply_removal(connection, RemovalChange(restored, False, now)))
    assert keeper.writer.run_slices(lambda connection: drop_expired(connection, now)) == 1
    with keeper.reading() as connection:
        assert connection.execute("SELECT id FROM threads ORDER BY id").fetchall() == [(recent,), (restored,)]
        assert connection.execute("SELECT DISTINCT thread FROM comments ORDER BY 1").fetchall() == [
            (recent,),
            (restored,),
        ]
    keeper.close()
