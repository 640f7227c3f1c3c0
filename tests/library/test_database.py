"""Opening: what is made, what is refused, and reading where nothing can be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest

from rumor_tui.library.database import Readers, open_for_reading, open_for_writing
from rumor_tui.library.problems import CorruptLibraryError, NewerLibraryError, ReadOnlyLibraryError
from rumor_tui.library.schema import VERSION
from rumor_tui.library.writer import Writer, log_size
from rumor_tui.library_types import LibraryError
from tests.library.mounts import read_only_folder, small_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


def make(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        connection.execute("INSERT INTO properties(name, value) VALUES('test', 7)")


def value(connection: sqlite3.Connection) -> object:
    return connection.execute("SELECT value FROM properties WHERE name = 'test'").fetchone()[0]


def test_a_new_library_has_a_name_of_its_own_and_flushes_each_commit(path: Path) -> None:
    with closing(open_for_writing(path)) as connection:
        read = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "journal_mode", "synchronous", "foreign_keys", "auto_vacuum")
        }
        uid = connection.execute("SELECT value FROM properties WHERE name = 'library'").fetchone()[0]
    assert read == {
        "user_version": VERSION,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "auto_vacuum": 2,
    }
    assert len(uid) == 32


def test_reading_makes_nothing(path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library at"):
        open_for_reading(path)
    assert not path.parent.exists()


def test_a_reader_writes_nothing_and_sees_what_comes(path: Path) -> None:
    make(path)
    with closing(open_for_reading(path)) as reader:
        assert value(reader) == 7
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM properties")
        with closing(open_for_writing(path)) as writer:
            writer.execute("UPDATE properties SET value = 8 WHERE name = 'test'")
        assert value(reader) == 8


@pytest.mark.parametrize("opening", [open_for_reading, open_for_writing])
def test_a_newer_library_is_left_alone(path: Path, opening: object) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    before = path.read_bytes()
    assert callable(opening)
    with pytest.raises(NewerLibraryError, match="was written by a newer rumor-tui .* Update rumor-tui"):  # noqa: RUF043
        opening(path)
    assert path.read_bytes() == before


def test_what_is_no_library_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other(x)")
    with pytest.raises(LibraryError, match="is no library of rumor-tui"):
        open_for_writing(path)
    path.write_bytes(b"A letter to a friend.\n" * 100)
    with pytest.raises(CorruptLibraryError, match="is damaged"):
        open_for_writing(path)
    assert path.read_bytes().startswith(b"A letter to a friend.")


def test_each_thread_reads_by_a_connection_of_its_own_and_a_new_file_is_opened_anew(path: Path) -> None:
    make(path)
    readers = Readers(path)
    mine = readers.connection()
    assert readers.connection() is mine
    others: list[sqlite3.Connection] = []
    thread = Thread(target=lambda: others.append(readers.connection()))
    thread.start()
    thread.join()
    assert others[0] is not mine
    for file in path.parent.glob("library.sqlite3*"):
        file.unlink()
    with closing(open_for_writing(path)) as connection:
        connection.execute("INSERT INTO properties(name, value) VALUES('test', 9)")
    assert value(readers.connection()) == 9
    readers.close()


# A folder that cannot be written, and a disk that is full


@pytest.fixture
def read_only(path: Path) -> Iterator[Path]:
    """A library in a folder that can only be read."""
    make(path)
    with read_only_folder(path.parent):
        yield path


def test_a_library_in_a_read_only_folder_is_read_and_says_that_it_cannot_be_written(read_only: Path) -> None:
    with closing(open_for_reading(read_only)) as reader:
        assert value(reader) == 7
    with pytest.raises(ReadOnlyLibraryError, match="Nothing new is kept"):
        open_for_writing(read_only)
    writer = Writer(read_only)
    with pytest.raises(ReadOnlyLibraryError):
        writer.run(lambda connection: None)
    writer.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of two megabytes."""
    with small_disk(tmp_path / "small") as folder:
        yield folder


def test_on_a_full_disk_what_was_answered_for_stays_and_more_is_refused_in_a_sentence(disk: Path) -> None:
    path = disk / "data" / "library.sqlite3"
    writer = Writer(path)
    kept, problems = set[int](), set[str]()
    for number in range(200):
        work = f"INSERT INTO properties(name, value) VALUES('{number}', zeroblob(20000))"
        try:
            writer.submit(lambda connection, work=work: connection.execute(work) and None).result(60)  # type: ignore[misc]
            kept.add(number)
        except LibraryError as error:
            problems.add(str(error))
    assert problems == {
        f"The disk is full: nothing more is kept. Make room for the library {path}, then go on.",
    }
    writer.close()
    with closing(open_for_reading(path)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        names = {name for (name,) in reader.execute("SELECT name FROM properties")} - {"library", "made"}
    assert names == set(map(str, kept))
    assert len(names) > 10


def fill(filler: Path) -> None:
    """Fill the disk to the last byte."""
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1_000)


def test_once_there_is_room_again_it_goes_on(disk: Path) -> None:
    path = disk / "data" / "library.sqlite3"
    writer = Writer(path)
    writer.run(lambda connection: None)
    fill(disk / "filler")
    work = "INSERT INTO properties(name, value) VALUES('test', zeroblob(200000))"
    with pytest.raises(LibraryError, match="The disk is full"):
        writer.run(lambda connection: connection.execute(work))
    (disk / "filler").unlink()
    writer.run(lambda connection: connection.execute(work))
    writer.close()
    assert not log_size(path)


def test_a_disk_that_is_full_already_is_read_and_said_to_be_full(disk: Path) -> None:
    path = disk / "data" / "library.sqlite3"
    make(path)
    fill(disk / "filler")
    with closing(open_for_reading(path)) as reader:
        assert value(reader) == 7
    for place in (path, disk / "new" / "library.sqlite3"):
        writer = Writer(place)
        with pytest.raises(LibraryError, match="The disk is full"):
            writer.run(lambda connection: connection.execute("INSERT INTO properties VALUES('a', zeroblob(9000))"))
        writer.close()
