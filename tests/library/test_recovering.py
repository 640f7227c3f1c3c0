"""A backup takes the place of a damaged library, whatever comes in between, and what came since comes back."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event, Timer
from typing import Any

import pytest

from rumor_tui.library import recovery, replacing
from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.locks import LibraryLocks
from rumor_tui.library.recovery import find_damage, replace_damaged
from rumor_tui.library.replacing import unread_file
from rumor_tui.library.salvaging import salvage
from rumor_tui.library_types import FollowChange, LibraryError, RemovalChange
from tests.hostile import damage
from tests.library.killed_reader import page_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a backup and with what came since."""
    return damage.make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made.parent, tmp_path / "data")
    return tmp_path / "data" / made.name


def spoil(path: Path, first: int = -1, pages: int = 1) -> None:
    """Overwrite some pages: by default that of an index, which is noticed by whoever records something."""
    if first < 0:
        with closing(sqlite3.connect(path)) as connection:
            query = "SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'threads_by_activity'"
            (first,) = connection.execute(query).fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(first * damage.PAGE)
        file.write(b"\x5a" * damage.PAGE * pages)


def notes_of(keeper: Keeper) -> set[str]:
    """The notes of all threads."""
    found = set[str]()
    for entry in keeper.entries():
        with keeper.reading() as connection:
            found.update(note.text for note in annotations_of(connection, entry.thread_id))
    return found


def salvage_all(keeper: Keeper) -> None:
    """Bring in what can be read, as is done when nothing else is to do."""
    assert unread_file(keeper.path) is not None
    for _ in range(3):
        if (damaged := unread_file(keeper.path)) is not None:
            salvage(damaged, keeper.writer)
    assert unread_file(keeper.path) is None


def test_notes_and_threads_since_the_backup_come_back_and_it_is_said(path: Path) -> None:
    spoil(path)
    keeper = Keeper(path)
    keeper.record(page_of(1, 2, 3), 600.0)
    (notice,) = keeper.notices()
    assert notice.startswith("The library was damaged. The backup of ")
    assert notes_of(keeper) == set(damage.NOTES[:4])
    salvage_all(keeper)
    assert notes_of(keeper) == set(damage.NOTES)
    assert keeper.notices() == ["What could be read of the damaged library came back: 1 thread and 4 annotations."]
    bodies = {body for entry in keeper.entries() for body in keeper.stored(entry.thread_id).bodies}
    assert bodies >= {*page_of(1, 0, 30).bodies, *page_of(1, 1, 40).bodies, *page_of(1, 2, 3).bodies}
    assert not find_damage(path)
    keeper.close()


def test_a_library_whose_first_pages_are_lost_is_read_by_the_schema_of_its_backup(path: Path) -> None:
    spoil(path, 0, 1)
    keeper = Keeper(path)
    keeper.record(page_of(1, 2, 3), 600.0)
    salvage_all(keeper)
    assert notes_of(keeper) == set(damage.NOTES)
    keeper.close()


@pytest.mark.parametrize("at", [16, 18, 20, 21, 28, 44, 47, 56, 59, 96])
def test_a_flipped_bit_in_the_head_of_the_file_costs_nothing(path: Path, at: int) -> None:
    """Where the page's size, versions, formats and encoding are told (SQLite's file format, section 1.3)."""
    Keeper(path).close()  # so that the log is empty, and the head counts
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)
    keeper = Keeper(path)
    keeper.record(page_of(1, 2, 3), 600.0)
    for _ in range(3):
        if (damaged := unread_file(keeper.path)) is not None:
            salvage(damaged, keeper.writer)
    assert notes_of(keeper) == set(damage.NOTES)
    keeper.close()


@pytest.mark.parametrize("column", ["count", "facts", "texts", "hash"])
def test_a_column_that_holds_something_else_is_mended(path: Path, column: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(f"UPDATE chunks SET {column} = 'else' WHERE first = (SELECT min(first) FROM chunks)")
    keeper = Keeper(path)
    bodies = {body for entry in keeper.entries() for body in keeper.stored(entry.thread_id).bodies}
    assert bodies >= set(page_of(1, 0, 30).bodies)
    keeper.close()


def test_damage_that_was_met_is_mended_also_when_the_program_ends_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(path)
    keeper, closing_began = Keeper(path), Event()

    def late(path: Path) -> bool:
        closing_began.wait(60)
        return find_damage(path)

    keeper.write(lambda connection: None)
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "find_damage", late)
        keeper.writer.check()
        Timer(0.1, closing_began.set).start()
        keeper.close()
    assert not find_damage(path)
    assert keeper.notices()[0].startswith("The library was damaged.")


def test_an_index_that_has_a_thread_already_is_made_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        (last,) = connection.execute("SELECT max(id) FROM threads").fetchone()
        connection.execute("UPDATE article_words_docsize SET id = ? WHERE id = ?", (last + 1, last))
    keeper = Keeper(path)
    recorded = keeper.record(page_of(7, 2, 3), 600.0)
    assert recorded.thread_id == last + 1
    assert notes_of(keeper) == set(damage.NOTES)
    keeper.close()


def test_a_damaged_number_of_the_next_comment_stops_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE properties SET value = 3 WHERE name = 'next_handle'")
    keeper = Keeper(path)
    keeper.record(page_of(7, 2, 3), 600.0)
    bodies = {body for entry in keeper.entries() for body in keeper.stored(entry.thread_id).bodies}
    assert bodies >= {*page_of(1, 0, 30).bodies, *page_of(7, 2, 3).bodies}
    assert notes_of(keeper) == set(damage.NOTES)
    keeper.close()


def test_what_a_person_did_since_then_is_united_with_what_comes_back(path: Path) -> None:
    keeper = Keeper(path)
    keeper.change([FollowChange("https://example.com/feed", "feed", "A feed", True, 500.0)])
    keeper.change([RemovalChange(1, True, 500.0)])
    keeper.close()
    spoil(path)
    keeper = Keeper(path)
    thread = keeper.record(page_of(1, 1, 41))
    assert thread.thread_id > recovery.LEAP
    salvage_all(keeper)
    assert [one.address for one in keeper.followed()] == ["https://example.com/feed"]
    (entry,) = [one for one in keeper.entries() if one.title == "1 1 41"]
    assert entry.thread_id == thread.thread_id
    assert entry.notes == 3
    assert [one.title for one in keeper.entries(removed=True)] == ["1 0 31"]
    keeper.close()


def test_who_has_a_thread_open_that_the_backup_lacks_writes_into_no_other(path: Path) -> None:
    other = Keeper(path)
    stored = other.stored(2)
    assert len(stored)
    spoil(path)
    keeper = Keeper(path)
    keeper.record(page_of(1, 2, 3), 600.0)
    problems: list[str] = []
    other.change([RemovalChange(2, True, 800.0)], problems.append)
    other.write(lambda connection: None)
    assert [entry.title for entry in keeper.entries(removed=True)] == []
    with pytest.raises(LibraryError, match="does not hold this thread any more"):
        other.visit(stored, 900.0)
    keeper.close()
    other.close()


def test_a_file_that_is_removed_is_not_brought_in(path: Path) -> None:
    spoil(path)
    keeper = Keeper(path)
    keeper.record(page_of(1, 2, 3), 600.0)
    (aside,) = path.parent.glob("*.corrupt-*[0-9]")
    aside.unlink()
    salvage_all(keeper)
    assert notes_of(keeper) == set(damage.NOTES[:4])
    assert len(keeper.notices()) == 1
    keeper.close()


def test_a_damaged_file_is_never_made_a_backup(path: Path) -> None:
    from rumor_tui.library.inspecting import is_whole

    keeper = Keeper(path)
    assert is_whole(path, keeper.writer)
    spoil(path)
    assert not is_whole(path, keeper.writer)
    assert is_whole(path, keeper.writer)
    assert keeper.notices()[0].startswith("The library was damaged. The backup of ")
    keeper.close()


def killed_at(step: int, work: Callable[[], object]) -> int:
    """Do work in a process that kills itself before its so-many-th change of a file; how that ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [step]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return function(*args, **named)

        return call

    try:
        for place, name in (
            (os, "link"),
            (os, "fsync"),
            (os, "open"),
            (Path, "rename"),
            (Path, "replace"),
            (Path, "unlink"),
            (shutil, "copyfile"),
            (replacing, "flush"),
        ):
            setattr(place, name, counted(getattr(place, name)))
        work()
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.parametrize(("backup", "steps"), [(True, range(0, 40, 3)), (False, range(1, 40, 4))])
def test_a_restoring_that_is_killed_anywhere_is_gone_on_with(
    made: Path, tmp_path: Path, backup: bool, steps: range
) -> None:
    ends = list[int]()
    for step in steps:
        folder = tmp_path / str(step)
        shutil.copytree(made.parent, folder)
        path = folder / made.name
        damage.with_log(path)
        if not backup:
            shutil.rmtree(folder / "backups")
        spoil(path)
        ends.append(killed_at(step, lambda path=path: restore(path)))  # type: ignore[misc]
        keeper = Keeper(path)
        keeper.record(page_of(1, 2, 3), 600.0)
        assert not find_damage(path)
        salvage_all(keeper)
        assert notes_of(keeper) == set(damage.NOTES)
        assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []
        assert len([*folder.glob("*.corrupt-*[0-9]")]) == 1
        keeper.close()
        if ends[-1] == 0:
            break
    assert ends == [-signal.SIGKILL] * (len(ends) - 1) + [0]
    assert len(ends) > 2


def restore(path: Path) -> None:
    """Restore a library, as the writer does."""
    locks = LibraryLocks(path.parent)
    with locks.writing(60):
        replace_damaged(path)


@pytest.mark.parametrize("kind", ["flip", "spoil", "flip_in_log", "with_bad_backup"])
def test_damage_of_any_kind_shows_nothing_that_never_was_and_is_mended(made: Path, tmp_path: Path, kind: str) -> None:
    for run in range(2):
        random = Random(f"{kind} {run}")
        if kind == "with_bad_backup":
            what = damage.with_bad_backup(random, damage.spoil(random))
        else:
            what = getattr(damage, kind)(random)
        assert damage.attack(made, tmp_path / "attacked", what).findings == []
