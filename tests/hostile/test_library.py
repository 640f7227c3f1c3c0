"""Library files that were made to do harm, or that somebody put a bit of something else into."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from tracemalloc import get_traced_memory, reset_peak, start, stop

import msgspec
import pytest
import zstandard

from rumor_tui import cli
from rumor_tui.library.chunks import compress, decompress, hash_of, unpack_facts, unpack_texts
from rumor_tui.library.database import open_for_reading, open_for_writing, run_version
from rumor_tui.library.documents import unpack_head, unpack_tree
from rumor_tui.library.genuine import HASHES, schema_hash
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.other import open_other
from rumor_tui.library.problems import CorruptLibraryError, explain_error
from rumor_tui.library.schema import VERSIONS
from rumor_tui.library.stored_places import place_from_json
from rumor_tui.library_types import FollowChange, LibraryError, TagChange
from tests.library.killed_reader import page_of

CONTROLS = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x07\u202e"


@cache
def made() -> bytes:
    """The file of a library with a thread."""
    with TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder) / "library.sqlite3")
        keeper.record(page_of(1, 0, 9), 100.0)
        keeper.close()
        return keeper.path.read_bytes()


def make(path: Path, *statements: str) -> Path:
    """A library with a thread, into which something is put."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "rumor-tui" / "library.sqlite3"


@pytest.mark.parametrize("version", range(len(VERSIONS)))
def test_the_hash_of_each_version_is_known(version: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for number in range(version + 1):
            run_version(connection, number)
        assert schema_hash(connection) == HASHES[version]


# What a file defines

ADDED = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON tags BEGIN DELETE FROM annotations; END",
    "view": "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n FROM r",
    "table": "CREATE TABLE more(x)",
    "index": "CREATE INDEX more ON tags(changed)",
    "virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)",
    "temporary name": f'CREATE TABLE "{CONTROLS}"(x)',
}
CHANGED = {
    "a view for a table": "CREATE VIEW tags AS SELECT 1 AS thread, 'a' AS tag, 1 AS changed, 0 AS removed",
    "a column that is worked out": (
        "CREATE TABLE tags(thread INTEGER, tag TEXT AS (hex(thread)), changed REAL, removed INTEGER)"
    ),
    "a check": "CREATE TABLE tags(thread INTEGER, tag TEXT CHECK(length(tag)), changed REAL, removed INTEGER)",
    "nothing": "SELECT 1",
}
OPENINGS: list[Callable[[Path], object]] = [
    open_for_reading,
    open_for_writing,
    lambda path: open_other(path).__enter__(),
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("kind", ADDED)
def test_a_library_with_more_in_it_is_not_used_and_left_alone(
    path: Path, kind: str, opening: Callable[[Path], object]
) -> None:
    make(path, ADDED[kind])
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="holds what rumor-tui did not put there") as caught:
        opening(path)
    assert not isinstance(caught.value, CorruptLibraryError)
    assert str(caught.value).isprintable()
    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("kind", CHANGED)
def test_a_library_whose_tables_are_others_is_damaged(path: Path, kind: str, opening: Callable[[Path], object]) -> None:
    make(path, "DROP TABLE tags", CHANGED[kind])
    with pytest.raises(CorruptLibraryError, match="its tables are not those of a library"):
        opening(path)


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other(x)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="is no library of rumor-tui"):
        open_for_writing(path)
    assert path.read_bytes() == before


def test_nothing_in_a_file_is_trusted(path: Path) -> None:
    with closing(open_for_writing(make(path))) as connection, closing(open_for_reading(path)) as reader:
        for each in (connection, reader):
            names = ("trusted_schema", "cell_size_check", "mmap_size")
            found = [each.execute(f"PRAGMA {name}").fetchone() for name in names]
            assert found[:2] == [(0,), (1,)]
            assert found[2] in ((0,), None)
            with pytest.raises(sqlite3.OperationalError, match="not authorized"):
                each.execute("SELECT load_extension('x')")


# What stands at its place

PLACES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": lambda path: path.mkdir(),
    "device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("opening", OPENINGS[:2])
def test_what_is_no_file_is_said_and_not_waited_for(path: Path, kind: str, opening: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True)
    PLACES[kind](path)
    with pytest.raises(LibraryError, match="is no file"):
        opening(path)


# Values

VALUES = {
    "a number for a text": "UPDATE threads SET title = x'00ff'",
    "a text for a number": "UPDATE threads SET comments = 'many'",
    "a text for a moment": "UPDATE comments SET first_seen = 'yesterday'",
    "no text": f"UPDATE threads SET title = CAST(x'{b'half of a sign: '.hex()}c3' AS TEXT)",
    "a kind that is none": "INSERT INTO follows VALUES('https://a.example/', 'virus', '', 1, 1, 0, NULL, '')",
    "a format that is none": "UPDATE threads SET format = 'virus'",
    "a chunk without an end": "UPDATE chunks SET count = 1000000000000",
    "a chunk with less in it": "UPDATE chunks SET count = count - 1",
    "a missing comment": "DELETE FROM comments WHERE id = 3",
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_library_with_wrong_values_is_not_merged(
    tmp_path: Path, path: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    make(path)
    before = path.read_bytes()
    other = make(tmp_path / "other.sqlite3", VALUES[kind])
    assert cli.main(["merge", str(other)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("rumor-tui: The library is damaged (")
    assert said.endswith(f"): {other}.\n")
    assert path.read_bytes() == before
    assert not [file for file in path.parent.iterdir() if "corrupt" in file.name]


def frame(size: int) -> bytes:
    """Zeros of a size, compressed."""
    packer = zstandard.ZstdCompressor(level=1).compressobj(size=size)
    part = bytes(1 << 20)
    return b"".join([*(packer.compress(part) for _ in range(size >> 20)), packer.flush()])


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """Half a gigabyte in some kilobytes."""
    return frame(1 << 29)


def packed(value: object) -> bytes:
    """A document of the library."""
    return compress(msgspec.msgpack.encode(value))


NESTED = compress(b"\x91" * 100_000 + b"\xc0")
DOCUMENTS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "a tree of a million millions": (unpack_tree, packed([[1, 10**12], b"", b"", []])),
    "a tree of no runs": (unpack_tree, packed([[1], b"\0" * 4, b"\0" * 4, []])),
    "a tree that goes back": (unpack_tree, packed([[1, -1, 1, 2], b"\0" * 4, b"\0" * 4, []])),
    "a parent above the first": (unpack_tree, packed([[1, 1], b"\x09\0\0\0", b"\0" * 4, []])),
    "a tree of half a number": (unpack_tree, packed([[1, 1], b"\0\0\0", b"\0" * 4, []])),
    "a nested tree": (unpack_tree, NESTED),
    "a nested head": (unpack_head, NESTED),
    "a head of numbers": (unpack_head, packed([False, [[1] * 10, [], [], "", "", "", "", "", {}]])),
    "a head of lists": (unpack_head, packed([False, [[["a"]] * 10, [], [], "", "", "", "", "", {}]])),
    "a head with a wrong constant": (
        unpack_head,
        packed([False, [["t", None, None, None, None, []], [], [], "", "", "", "", "", {"authors": 5}]]),
    ),
    "nested facts": (lambda data: unpack_facts(data, 1), NESTED),
    "facts of numbers": (lambda data: unpack_facts(data, 1), packed([1, 1.0, 1, 1, 1, 1, True, 1])),
    "facts of too many": (lambda data: unpack_facts(data, 1), packed([["a", "b"], 1.0, "", "", 1, "", True, 1])),
    "texts of numbers": (lambda data: unpack_texts(data, 2), packed(["a", 5])),
    "texts of bytes": (lambda data: unpack_texts(data, 1), packed([b"\xff"])),
    "too few texts": (lambda data: unpack_texts(data, 2), packed(["a"])),
    "too many texts": (lambda data: unpack_texts(data, 2), packed(["a"] * 3)),
    "nested texts": (lambda data: unpack_texts(data, 1), NESTED),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_that_was_made_to_do_harm_is_damaged(kind: str) -> None:
    unpack, data = DOCUMENTS[kind]
    with pytest.raises(LibraryError, match="A part of the library is damaged"):
        unpack(data)


def test_a_bomb_is_not_unpacked(bomb: bytes) -> None:
    start()
    reset_peak()
    for data in (bomb, bomb[:-100], b"", frame(1 << 20)[:4] + b"\xe0" + b"\xff" * 8):
        with pytest.raises(LibraryError, match="damaged"):
            decompress(data)
    assert get_traced_memory()[1] < 10_000_000
    stop()


@pytest.mark.parametrize("column", ["facts", "texts"])
def test_a_library_with_a_bomb_in_it_is_not_merged(tmp_path: Path, column: str, bomb: bytes) -> None:
    file = make(tmp_path / "other.sqlite3")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        first, *parts = connection.execute("SELECT first, facts, texts FROM chunks").fetchone()
        parts[column == "texts"] = bomb
        values = (bomb, hash_of(*parts), first)
        connection.execute(f"UPDATE chunks SET {column} = ?, hash = ? WHERE first = ?", values)
    with pytest.raises(CorruptLibraryError, match="the text of a thread cannot be read"), open_other(file):
        pass


def test_an_address_of_a_private_network_that_comes_with_a_library_was_not_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    addresses = ["http://127.1/", "http://router/", "http://[::1]/", "https://example.com/feed"]
    rows = (f"INSERT INTO follows VALUES('{one}', 'feed', '', 1, 1, 0, 5.0, '')" for one in addresses)
    other = make(tmp_path / "other.sqlite3", *rows)
    assert cli.main(["merge", str(other)]) == 0
    keeper = Keeper()
    assert {one.address: one.refreshed for one in keeper.followed()} == dict.fromkeys(addresses) | {addresses[-1]: 5.0}
    from rumor_tui.cli.library.services import own_addresses

    assert own_addresses(keeper) == []
    keeper.close()


def test_what_stands_in_a_library_is_neutral_where_it_is_shown(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    make(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for column in ("title", "site", "address", "source", "byline"):
            connection.execute(f"UPDATE threads SET {column} = ?", (f"{column} {CONTROLS}",))
        connection.execute("UPDATE authors SET name = name || ?", (CONTROLS,))
        connection.execute("UPDATE follows SET title = ?, problem = ?", (CONTROLS, CONTROLS))
    keeper = Keeper(path)
    keeper.change([TagChange(1, f"tag {CONTROLS}", True, 1.0), FollowChange(CONTROLS, "feed", CONTROLS, True, 1.0)])
    keeper.close()
    for command in (
        ["library", "list"],
        ["library", "new"],
        ["library", "follow"],
        ["search", "--library", "word1x0x1x0"],
    ):
        cli.main(command)
        shown = capsys.readouterr()
        text = shown.out + shown.err
        assert not [sign for sign in text if not (sign.isprintable() or sign in "\n\t")], (command, text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"cursor": {"row": "a"}, "top": {"row": 0}, "comments": [0, 0], "article": [0, 0, 0]}',
        '{"cursor": {"row": 1e99}, "top": {"row": 0}, "comments": [0, 0], "article": [0, 0, 0]}',
        '{"cursor": {"row": 0}, "top": {"row": 0}, "comments": [0], "article": [0, 0, 0]}',
        '{"cursor": {"row": 0}, "top": {"row": 0}, "comments": [0, 0], "article": [0, 0, 0], "query": 5}',
        '{"cursor": {"row": 0}, "top": {"row": 0}, "comments": [0, 0], "article": [0, 0, 0], "folded": [null]}',
    ],
)
def test_a_place_that_is_none_is_no_place(text: str) -> None:
    assert place_from_json(text) is None


def test_what_sqlite_says_of_a_text_does_not_quote_it(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE threads SET title = CAST(x'1b5d35323bff' AS TEXT)")
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("SELECT title FROM threads").fetchone()
    assert str(explain_error(caught.value, path)) == (
        f"The library is damaged (Could not decode to UTF-8 column 'title'): {path}."
    )
