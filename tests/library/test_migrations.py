"""Libraries of every earlier version are brought up to date with all they hold, also when that is cut short."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import MISSING, fields
from pathlib import Path

import msgspec
import pytest

from rumor_tui import cli
from rumor_tui.library.annotations import write_annotation
from rumor_tui.library.backup import all_copies
from rumor_tui.library.chunks import compress, decompress
from rumor_tui.library.database import (
    Readers,
    open_for_reading,
    open_for_writing,
    run_version,
    stored_version,
)
from rumor_tui.library.documents import Head, pack_head, unpack_head
from rumor_tui.library.genuine import CHOICES
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.problems import OlderLibraryError
from rumor_tui.library.recovery import find_damage
from rumor_tui.library.schema import VERSION, VERSIONS
from rumor_tui.library.transactions import transaction
from rumor_tui.library_types import Annotation, AnnotationChange, LibraryError
from rumor_tui.model import Article, Discussion, LinkedPage, Stub
from tests.library.killed_reader import page_of

EARLIER = range(1, VERSION)


def make_earlier(path: Path, version: int, threads: int = 3) -> dict[str, list[tuple[object, ...]]]:
    """Make a library of an earlier version with rows in all of its tables, and return those."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        with transaction(connection):
            for number in range(version):
                run_version(connection, number)
            for table in tables(connection):
                for row in range(1, threads + 1):
                    fill(connection, table, row)
        return contents(connection)


def tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that are not made by another one, those first to which others refer."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    virtual = [name for name, sql in rows if sql.startswith("CREATE VIRTUAL")]
    names = [name for name, _ in rows if not any(name == other or name.startswith(f"{other}_") for other in virtual)]
    return sorted(
        (name for name in names if not name.startswith("sqlite_")), key=lambda name: (name != "threads", name)
    )


def fill(connection: sqlite3.Connection, table: str, row: int) -> None:
    """Put a row into a table: numbers are that of the row, texts name the column unless only some words are allowed."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    values: list[object] = []
    for _, name, kind, *_ in columns:
        if kind in ("INTEGER", "REAL"):
            values.append(row)
        elif kind == "BLOB":
            values.append(None)
        elif words := CHOICES.get(f"{table}.{name}"):
            values.append(words[row % len(words)])
        else:
            values.append(f"{name} {row}")
    names = ", ".join(name for _, name, *_ in columns)
    blobs = [b"" if value is None and must else value for value, (*_, must, _, _) in zip(values, columns, strict=True)]
    connection.execute(f"INSERT INTO {table}({names}) VALUES({', '.join('?' * len(columns))})", blobs)


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows by table."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables(connection)
    }


def schema(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """All that the file defines."""
    return set(connection.execute("SELECT name, sql FROM sqlite_schema"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_library_becomes_one_of_today_with_all_it_holds(path: Path, tmp_path: Path, version: int) -> None:
    before = make_earlier(path, version)
    with closing(open_for_writing(path)) as connection, closing(open_for_writing(tmp_path / "new.sqlite3")) as new:
        assert stored_version(connection) == VERSION
        assert schema(connection) == schema(new)
        after = contents(connection)
    assert {table: after[table] for table in before} == before
    assert all(len(rows) == 3 for rows in before.values())


@pytest.mark.parametrize("version", EARLIER)
def test_a_copy_of_the_earlier_one_is_kept(path: Path, version: int) -> None:
    before = make_earlier(path, version)
    open_for_writing(path).close()
    (copy,) = all_copies(path)
    assert copy.name.startswith(f"library-v{version}-")
    with closing(sqlite3.connect(copy)) as connection:
        assert stored_version(connection) == version
        assert contents(connection) == before


def test_an_earlier_library_is_brought_up_to_date_by_who_reads_it(path: Path) -> None:
    make_earlier(path, 1)
    with pytest.raises(OlderLibraryError, match="by an older rumor-tui"):
        open_for_reading(path)
    readers = Readers(path)
    assert stored_version(readers.connection()) == VERSION
    readers.close()


def test_the_texts_of_an_earlier_library_are_found_afterwards(path: Path) -> None:
    keeper = Keeper(path)
    for thread in range(2):
        known = keeper.visit(page_of(1, thread, 0), 100.0)
        keeper.visit(page_of(1, thread, 4), 200.0)
        note = AnnotationChange(
            known.thread_id, Annotation(f"n{thread}", "note", known.handles[0], "my own note"), 300.0
        )
        keeper.write(lambda connection, note=note: write_annotation(connection, note))  # type: ignore[misc]
    keeper.close()
    with closing(open_for_writing(path)) as connection:
        expected = {table: words_of(connection, table) for table in ("comment_words", "article_words", "note_words")}
        with closing(sqlite3.connect(":memory:")) as earlier:
            for number in range(VERSION - 1):
                run_version(earlier, number)
            present = {name for name, _ in schema(earlier)}
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY sql LIKE '%VIRTUAL%' DESC"
        )
        for (name,) in tables.fetchall():
            if name not in present and schema_has(connection, name):
                connection.execute(f"DROP TABLE {name}")
        connection.execute(f"PRAGMA user_version={VERSION - 1}")
    with closing(open_for_writing(path)) as connection:
        assert stored_version(connection) == VERSION
        assert {table: words_of(connection, table) for table in expected} == expected
    assert all(len(words) > 2 for words in expected.values())


def schema_has(connection: sqlite3.Connection, name: str) -> bool:
    """Whether there is still something of a name: a virtual table takes its parts with it."""
    return bool(connection.execute("SELECT EXISTS(SELECT 1 FROM sqlite_schema WHERE name = ?)", (name,)).fetchone()[0])


def words_of(connection: sqlite3.Connection, table: str) -> set[tuple[str, int]]:
    """Which words an index has in which rows."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.words_of USING fts5vocab(main, {table}, 'instance')")
    found = set(connection.execute("SELECT term, doc FROM temp.words_of"))
    connection.execute("DROP TABLE temp.words_of")
    return found


def test_an_earlier_library_is_merged_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    file = tmp_path / "earlier" / "library.sqlite3"
    make_earlier(file, VERSION - 1)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    before = file.read_bytes()
    assert cli.main(["merge", str(file)]) == 0
    assert capsys.readouterr().out == "0 new threads, 0 known ones\n"
    with closing(open_for_reading(tmp_path / "data" / "rumor-tui" / "library.sqlite3")) as connection:
        assert connection.execute("SELECT address FROM follows ORDER BY 1").fetchall() == [
            (f"address {number}",) for number in (1, 2, 3)
        ]
    assert file.read_bytes() == before
    assert sorted(other.name for other in file.parent.iterdir()) == ["library.sqlite3"]


KILLED = """
import os, signal, sys
from pathlib import Path
from rumor_tui.library import database
path, place = Path(sys.argv[1]), int(sys.argv[2])
steps = [(number, step) for number, version in enumerate(database.VERSIONS) for step in version]
def end(connection):
    os.kill(os.getpid(), signal.SIGKILL)
versions = [list(version) for version in database.VERSIONS]
for version in versions:
    if place <= len(version):
        version.insert(place, end)
        break
    place -= len(version) + 1
database.VERSIONS = versions
database.open_for_writing(path)
"""

PLACES = range(sum(len(version) + 1 for version in VERSIONS))


@pytest.mark.parametrize("place", [*PLACES][len(VERSIONS[0]) + 1 :: 4])
def test_a_migration_that_is_killed_leaves_one_version_or_the_next_whole(
    path: Path, tmp_path: Path, place: int
) -> None:
    before = make_earlier(path, 1)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(place)], check=False)
    assert ended.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        version = stored_version(connection)
        names = {name for name, _ in schema(connection)}
        after = contents(connection)
    assert not find_damage(path)
    with closing(sqlite3.connect(tmp_path / "same.sqlite3", isolation_level=None)) as same:
        for number in range(version):
            run_version(same, number)
        assert names == {name for name, _ in schema(same)}
    assert {table: after[table] for table in before} == before
    with closing(open_for_writing(path)) as connection:
        assert stored_version(connection) == VERSION
        after = contents(connection)
    assert {table: after[table] for table in before} == before
    assert not find_damage(all_copies(path)[-1])


@pytest.mark.parametrize("place", [0, 7, 14, PLACES[-1]])
def test_a_new_library_has_all_tables_or_none(path: Path, place: int) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(place)], check=False)
    assert ended.returncode == -signal.SIGKILL
    with pytest.raises(LibraryError):
        open_for_reading(path)
    with closing(open_for_writing(path)) as connection:
        assert stored_version(connection) == VERSION


def test_a_library_that_cannot_be_copied_first_is_left_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = make_earlier(path, 1)
    (path.parent / "backups").write_bytes(b"")  # in the way of the folder
    with pytest.raises(LibraryError, match="cannot be used: File exists"):
        open_for_writing(path)
    with closing(sqlite3.connect(path)) as connection:
        assert stored_version(connection) == 1
        assert contents(connection) == before


OPENS = """
import sys
from pathlib import Path
from rumor_tui.library.database import open_for_writing
open_for_writing(Path(sys.argv[1])).close()
"""


def test_two_instances_bring_it_up_to_date_once(path: Path) -> None:
    make_earlier(path, 1)
    children = [subprocess.Popen([sys.executable, "-c", OPENS, str(path)]) for _ in range(4)]
    assert [child.wait(120) for child in children] == [0] * 4
    assert len(all_copies(path)) == 1


FIELDS: dict[type, str] = {
    Article: "title byline published published_text url pieces format score link linked discussion_url",
    LinkedPage: "url first title byline published published_text problem",
    Discussion: "key site community title comments",
    Stub: "parent count via keys",
    Head: "article discussions stubs state program source aside notice constants",
}
"""The fields that are stored by their places, as they are in libraries since version 1."""


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_stored_by_place_keeps_its_place_and_what_comes_later_has_a_default(kind: type) -> None:
    now = [*fields(kind)]
    known = FIELDS[kind].split()
    assert [field.name for field in now[: len(known)]] == known
    later = now[len(known) :]
    assert all(field.default is not MISSING or field.default_factory is not MISSING for field in later)


def test_a_head_of_before_a_field_came_is_read() -> None:
    article = Article("A title", pieces=["A text."])
    values = msgspec.msgpack.decode(decompress(pack_head(Head(article, state="s"))))
    values[1][0].pop()
    older = compress(msgspec.msgpack.encode(values))
    assert unpack_head(older).article == article
