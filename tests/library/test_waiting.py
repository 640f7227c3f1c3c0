"""Beside other programs: a writer that stopped holds nothing up, and what is answered for is flushed to the disk."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rumor_tui.library import writer
from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading, open_for_writing
from rumor_tui.library.folder import make_private_folder
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.problems import FULL, WAITING
from rumor_tui.library_types import LibraryError, TagChange
from tests.hostile.shortage import attack
from tests.library.killed_reader import page_of
from tests.library.mounts import small_disk


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A library with a thread."""
    made = Keeper(tmp_path / "data" / "library.sqlite3")
    made.record(page_of(1, 0, 3), 100.0)
    yield made
    made.close()


HOLDS = """
import os, signal, sys
from pathlib import Path
from rumor_tui.library.database import open_for_writing
from rumor_tui.library.locks import LibraryLocks
from rumor_tui.library.transactions import transaction
path = Path(sys.argv[1])
locks = LibraryLocks(path.parent)
connection = open_for_writing(path, locks)
with locks.writing(60), transaction(connection):
    connection.execute("INSERT INTO properties(name, value) VALUES('held', 1)")
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""


def test_a_writer_that_was_stopped_holds_nothing_up_and_is_told_of(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    monkeypatch.setattr(writer, "LONG", 0.2)
    answers: list[str] = []
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(keeper.path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        keeper.change([TagChange(1, "mine", True, 200.0)], answers.append)
        notices: list[str] = []
        while not notices:  # and meanwhile all can be read
            assert [entry.title for entry in keeper.entries()] == ["1 0 3"]
            assert len(keeper.stored(1).bodies) > 20
            notices = keeper.notices()
        assert notices == [WAITING.format(path=keeper.path)]
        assert answers == []
        child.send_signal(signal.SIGCONT)
        assert child.wait(120) == 0
    keeper.write(lambda connection: None)
    assert answers == [""]
    assert [entry.tags for entry in keeper.entries()] == [("mine",)]
    assert keeper.notices() == []


def test_what_could_not_be_written_before_the_end_is_said(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    with closing(open_for_writing(keeper.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        keeper.change([TagChange(1, "first", True, 200.0)])
        time.sleep(0.3)
        keeper.change([TagChange(1, "second", True, 200.0)])
        keeper.writer.close(0)
    notices: list[str] = []
    while not any("are not kept" in notice for notice in notices):
        notices += keeper.notices()


def test_an_sqlite_that_is_too_old_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(LibraryError, match=r"The library needs SQLite 3\.35 or a later one; this Python has"):
            opening(tmp_path / "library.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_removed_while_it_is_open_is_made_anew(keeper: Keeper) -> None:
    shutil.rmtree(keeper.path.parent)
    keeper.record(page_of(1, 1, 3), 200.0)
    assert [entry.title for entry in keeper.entries()] == ["1 1 3"]


# What is flushed

NOTES = """
import sys
from pathlib import Path
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import Annotation, AnnotationChange
from threading import Event
keeper = Keeper(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    done, one = Event(), Annotation(str(number), "note", 0, "A note.")
    keeper.change([AnnotationChange(1, one, 200.0 + number)], lambda problem: print(problem or "kept") or done.set())
    assert done.wait(100)
"""


def traced(log: Path, *command: str) -> str:
    """What a program flushed, as strace tells it."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace")
    ended = subprocess.run(
        [strace, "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(log), sys.executable, "-c", *command],
        capture_output=True,
        check=False,
    )
    if ended.returncode or not log.exists():
        pytest.skip("strace may trace nothing here")
    return log.read_text()


def test_each_note_that_is_answered_for_is_flushed(keeper: Keeper, tmp_path: Path) -> None:
    found = traced(tmp_path / "log", NOTES, str(keeper.path), "5")
    assert len(re.findall(r"f(?:data)?sync\(\d+<[^>]*library\.sqlite3-wal>\)\s*= 0", found)) >= 5


BACKS_UP = """
import sys
from pathlib import Path
from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading
path = Path(sys.argv[1])
keep_copy(open_for_reading(path), path)
"""


def test_a_backup_and_its_name_are_flushed(keeper: Keeper, tmp_path: Path) -> None:
    found = traced(tmp_path / "log", BACKS_UP, str(keeper.path))
    assert re.search(r"fsync\(\d+<[^>]*/\.library-[^>]*part-\d+>\)\s*= 0", found)
    assert re.search(r"fsync\(\d+<[^>]*/backups>\)\s*= 0", found)


# A full disk


def test_on_a_disk_that_is_full_at_any_moment_all_is_read_and_nothing_lost(keeper: Keeper, tmp_path: Path) -> None:
    with closing(open_for_reading(keeper.path)) as connection:
        keep_copy(connection, keeper.path)
    keeper.close()
    with small_disk(tmp_path / "disk", 4) as folder:
        make_private_folder(folder / "data")
        for room in (0, 5_000, 40_000, 90_000, 200_000, 600_000):
            assert attack(keeper.path, folder, room) == []
    assert "full" in FULL
