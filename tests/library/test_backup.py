"""Copies of the library, and what is done about a damaged one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from rumor_tui import cli
from rumor_tui.library.backup import (
    BackupStoppedError,
    all_copies,
    copy_library,
    drop_parts,
    is_due,
    keep_copy,
    keep_version,
    own_copies,
)
from rumor_tui.library.database import Readers, open_for_reading, open_for_writing
from rumor_tui.library.recovery import find_damage
from rumor_tui.library.upkeep import make_upkeep
from rumor_tui.library.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


def put(connection: sqlite3.Connection, name: str, value: object = 1) -> None:
    connection.execute("INSERT INTO properties(name, value) VALUES(?, ?)", (name, value))


def names(path: Path) -> set[str]:
    with closing(open_for_reading(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM properties")} - {"library", "made"}


def test_a_copy_opens_as_a_library_and_is_one_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    with closing(open_for_writing(path)) as connection:
        put(connection, "a")
        copy_library(connection, target)
    assert names(target) == {"a"}
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["copy.sqlite3"]


def test_a_copy_is_made_while_others_write(path: Path, tmp_path: Path) -> None:
    writer = Writer(path)
    writer.run(lambda connection: put(connection, "much", b"x" * 5_000_000))
    stop, counted = Event(), [0]

    def write() -> None:
        while not stop.is_set():
            writer.run(lambda connection: put(connection, str(counted[0])))
            counted[0] += 1

    thread = Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            before = counted[0]
            with closing(open_for_reading(path)) as connection:
                copy_library(connection, tmp_path / f"{number}.sqlite3")
            after = counted[0]
            found = names(tmp_path / f"{number}.sqlite3") - {"much"}
            assert found == set(map(str, range(len(found))))
            assert before <= len(found) <= after + 1
    finally:
        stop.set()
        thread.join()
        writer.close()


def test_a_file_that_is_there_is_left_alone_unless_it_is_to_be_replaced(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_text("mine")
    with closing(open_for_writing(path)) as connection:
        with pytest.raises(FileExistsError):
            copy_library(connection, target)
        assert target.read_text() == "mine"
        copy_library(connection, target, replace=True)
    assert names(target) == set()


def test_a_copy_that_is_given_up_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        put(connection, "much", b"x" * 9_000_000)
        answers = iter([True, False])
        with pytest.raises(BackupStoppedError):
            copy_library(connection, tmp_path / "copy.sqlite3", lambda: next(answers))
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_the_last_two_own_copies_are_kept_and_those_of_older_versions(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        assert is_due(path)
        version = keep_version(connection, path, 1)
        made = []
        for number in range(4):
            copy = keep_copy(connection, path)
            copy = copy.rename(copy.with_name(f"library-2026010{number}T000000.sqlite3"))
            os.utime(copy, (1_000 + number, 1_000 + number))
            made.append(copy)
        assert is_due(path)
        last = keep_copy(connection, path)
        assert not is_due(path)
    assert own_copies(path) == [last, made[3]]
    assert set(all_copies(path)) == {last, made[3], version}


def test_a_copy_is_made_when_there_is_nothing_else_to_do(path: Path) -> None:
    writer = Writer(path, make_upkeep(path))
    writer.run(lambda connection: put(connection, "a"))
    for _ in range(600):
        if own_copies(path):
            break
        time.sleep(0.1)
    writer.close()
    (copy,) = own_copies(path)
    assert names(copy) == {"a"}


def test_what_a_cut_copy_left_is_cleared_away(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        keep_copy(connection, path)
    old, new = (path.parent / "backups" / f".library-{number}.sqlite3.part-77" for number in (1, 2))
    for file in (old, new):
        file.touch()
    os.utime(old, (1_000, 1_000))
    drop_parts(path)
    assert (old.exists(), new.exists()) == (False, True)


# Damage


def damage(path: Path) -> None:
    """Overwrite pages in the midst of the file."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x5a" * 4096 * 20)


def make_with_backup(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        put(connection, "backed up", b"x" * 500_000)
        keep_copy(connection, path)
        put(connection, "later")


def test_a_damaged_file_is_set_aside_and_the_newest_whole_backup_takes_its_place(path: Path) -> None:
    make_with_backup(path)
    with closing(open_for_writing(path)) as connection:
        broken = keep_copy(connection, path)
        broken = broken.rename(broken.with_name("library-20990101T000000.sqlite3"))
    damage(broken)
    damage(path)
    writer = Writer(path)
    readers = Readers(path)
    writer.run(lambda connection: put(connection, "new"))
    (notice,) = writer.notices
    (aside,) = path.parent.glob("library.sqlite3.corrupt-*")
    assert notice.startswith("The library was damaged. The backup of ")
    assert notice.endswith(f"took its place; the damaged file is {aside}.")
    assert names(path) == {"backed up", "new"}
    assert readers.connection().execute("SELECT count(*) FROM properties").fetchone()[0] == 4
    readers.close()
    writer.close()
    assert aside.stat().st_mode & 0o777 == 0o600


def test_without_a_backup_a_new_library_begins_and_the_damaged_one_stays(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        put(connection, "old", b"x" * 500_000)
    path.write_bytes(b"\x5a" * 100_000)
    writer = Writer(path)
    writer.run(lambda connection: put(connection, "new"))
    writer.close()
    assert names(path) == {"new"}
    assert writer.notices[0].startswith("The library was damaged, and there was no backup. A new one begins;")
    (aside,) = path.parent.glob("library.sqlite3.corrupt-*")
    assert aside.read_bytes() == b"\x5a" * 100_000


def test_damage_that_shows_while_it_is_open_is_cured_and_the_work_done(path: Path) -> None:
    make_with_backup(path)
    writer = Writer(path)
    writer.run(lambda connection: put(connection, "a"))
    with closing(open_for_writing(path)) as other:  # so that the writer holds no page of it in memory any more
        other.execute("UPDATE properties SET value = 2 WHERE name = 'made'")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(path)
    writer.run(lambda connection: put(connection, "b"))
    assert names(path) == {"backed up", "b"}
    assert len(writer.notices) == 1
    writer.close()


CRASHES = """
import os, signal, sys
from pathlib import Path
from rumor_tui.library.writer import Writer
writer = Writer(Path(sys.argv[1]))
writer.run(lambda connection: connection.execute("INSERT INTO properties(name, value) VALUES('crashed', 1)"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def crash(path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", CRASHES, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL


def test_after_a_crash_the_file_is_looked_into_and_replaced_if_it_is_damaged(path: Path) -> None:
    make_with_backup(path)
    with closing(open_for_writing(path)) as connection:
        put(connection, "unread", b"x" * 500_000)
    crash(path)
    log = path.with_name("library.sqlite3-wal")
    assert log.stat().st_size
    with path.open("r+b") as file:  # where nothing looks that only writes
        size = path.stat().st_size
        file.seek(size - 4096 * 60)
        file.write(b"\x5a" * 4096 * 10)
    damaged = find_damage(path)
    writer = Writer(path)
    for _ in range(600):
        writer.run(lambda connection: connection.execute("UPDATE properties SET value = 3 WHERE name = 'made'"))
        if writer.notices:
            break
        Event().wait(0.05)
    writer.close()
    assert damaged
    assert "The backup of" in writer.notices[0]
    assert names(path) == {"backed up"}


def test_after_a_crash_a_whole_file_stays(path: Path) -> None:
    crash(path)
    writer = Writer(path)
    writer.run(lambda connection: put(connection, "next"))
    writer.close()
    assert names(path) == {"crashed", "next"}
    assert not writer.notices


# The command


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's library."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "data" / "rumor-tui" / "library.sqlite3"
    with closing(open_for_writing(path)) as connection:
        put(connection, "a")
    return path


def test_the_command_makes_a_copy_and_replaces_none(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.sqlite3"
    assert cli.main(["backup", str(target)]) == 0
    assert capsys.readouterr().out.endswith(f" MB: {target}\n")
    assert names(target) == {"a"}
    with closing(open_for_writing(library)) as connection:
        put(connection, "b")
    assert cli.main(["backup", str(target)]) == 1
    assert capsys.readouterr().err == (
        f"rumor-tui: {target} exists. Name another file, or replace it with --replace.\n"
    )
    assert names(target) == {"a"}
    assert cli.main(["backup", str(target), "--replace"]) == 0
    assert names(target) == {"a", "b"}


def test_the_command_names_the_copy_in_a_folder(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    assert cli.main(["backup", str(folder)]) == 0
    (copy,) = folder.iterdir()
    assert copy.name.startswith("rumor-tui-2")
    assert names(copy) == {"a"}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("data/rumor-tui/library.sqlite3", "is the library itself. Name another file for the copy."),
        ("nowhere/copy.sqlite3", "could not be written: No such file or directory."),
    ],
)
def test_the_command_says_why_there_is_no_copy(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, words: str
) -> None:
    assert cli.main(["backup", str(tmp_path / target), "--replace"]) == 1
    assert words in capsys.readouterr().err
    assert names(library) == {"a"}


def test_without_a_library_there_is_nothing_to_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert cli.main(["backup", str(tmp_path / "copy.sqlite3")]) == 1
    assert "There is no library at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
