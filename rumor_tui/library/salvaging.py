"""What can still be read of a damaged library, brought into the one that took its place.

All rows that can be read are copied into a library of their own beside it, and what of its documents is damaged is
mended there, from backups as far as they have it. Then that library is merged like any other one: so whatever was read,
marked and noted since the backup comes back, and nothing of the backup is lost to what is damaged.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

from rumor_tui.labels import plural
from rumor_tui.library.backup import all_copies
from rumor_tui.library.borrowing import borrow_schema
from rumor_tui.library.chunks import hash_of, read_chunks, write_chunk
from rumor_tui.library.database import open_for_reading, open_for_writing
from rumor_tui.library.documents import Tree, pack_tree, unpack_tree
from rumor_tui.library.folder import COMPANIONS
from rumor_tui.library.genuine import columns_of, harden, own_tables
from rumor_tui.library.locks import FOLDER as LOCKS
from rumor_tui.library.locks import FileLock
from rumor_tui.library.merging import merge_library
from rumor_tui.library.other import check_thread
from rumor_tui.library.problems import FULL, SQLITE_ERRORS, explain_error
from rumor_tui.library.reading_state import recount
from rumor_tui.library.repairing import backups_of, mend_documents
from rumor_tui.library.replacing import note_read
from rumor_tui.library.transactions import transaction
from rumor_tui.library.writer import Writer
from rumor_tui.library_types import LibraryError
from rumor_tui.row_map import invert

DAMAGED_NOTE: Final = "(This was damaged in the library.)"
LOST_TITLE: Final = "(The title of this thread was damaged in the library.)"

_LEFT: Final = ("properties", "words", "marks", "figures")
"""What is made anew, or belongs to the file."""

_FARTHEST: Final = 1 << 40
"""Numbers up to which rows are looked for behind a damaged page."""

_VALUES: Final = {"integer": int, "real": float, "text": str, "blob": bytes, "null": type(None)}


def salvage_file(path: Path) -> Path:
    """The file in which what can be read is gathered."""
    return path.with_name(f".{path.name}.salvage")


def drop_salvage(path: Path) -> None:
    """Remove what was gathered. Raises OSError."""
    target = salvage_file(path)
    for ending in ("", *COMPANIONS):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def gather(damaged: Path, path: Path) -> Path:
    """Copy what can be read of a damaged library into a sound one beside the library at `path`.

    Raises LibraryError, OSError and sqlite3.Error.
    """
    drop_salvage(path)
    target = salvage_file(path)
    with closing(open_for_writing(target)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")  # what belongs to a row that is lost is looked after below
        if not _copy_tables(damaged, connection):
            _copy_by_backup(damaged, path, connection)
        with transaction(connection), backups_of(path) as backups:
            _take_missing_threads(connection, backups)
            mend_documents(connection, backups, older=True)
            _take_missing_chunks(connection, backups)
            _complete_threads(connection)
            _drop_unreadable(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return target


def bring_in(connection: sqlite3.Connection, target: Path) -> Generator[None, None, str]:
    """Merge what was gathered, in slices; a sentence that says what came, "" for nothing."""
    before = _counts(connection)
    with closing(open_for_reading(target)) as other:
        yield from merge_library(connection, other)
    threads, notes = (now - was for now, was in zip(_counts(connection), before, strict=True))
    found = [plural(threads, "thread")] if threads > 0 else []
    found += [plural(notes, "annotation")] if notes > 0 else []
    return f"What could be read of the damaged library came back: {' and '.join(found)}." if found else ""


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many threads there are, and how many bookmarks and notes."""
    queries = (
        "SELECT count(*) FROM threads WHERE tree IS NOT NULL",
        "SELECT count(*) FROM annotations WHERE NOT removed",
    )
    threads, notes = (int(connection.execute(query).fetchone()[0]) for query in queries)
    return threads, notes


def salvage(damaged: Path, writer: Writer) -> None:
    """Bring what can be read of a damaged file into the library, and tell the reader. One instance does it."""
    path = writer.path
    lock = FileLock(path.parent / LOCKS / "salvage")
    try:
        if lock.try_lock() and (notice := _gather_and_bring_in(damaged, writer)):
            writer.notices.append(notice)
    finally:
        drop_salvage(path)
        damaged.with_name(f"{damaged.name}-shm").unlink(missing_ok=True)
        lock.close()


def _gather_and_bring_in(damaged: Path, writer: Writer) -> str:
    """Do it; the answer is a sentence for the reader. What stops for want of time or room is tried another time."""
    try:
        if not damaged.exists():  # it was removed, and what it had is to be forgotten
            note_read(writer.path, damaged)
            return ""
        target = gather(damaged, writer.path)
        notice = writer.run_slices(lambda connection: bring_in(connection, target))
    except Exception as error:
        problem = explain_error(error, writer.path) if isinstance(error, (OSError, *SQLITE_ERRORS)) else error
        if writer.closing or str(problem).startswith(FULL.partition(":")[0]):
            return ""
        notice = f"What came since the backup could not be read from {damaged}."
    note_read(writer.path, damaged)
    return notice


# Reading a damaged file


def _open_damaged(damaged: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    harden(connection)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def _copy_tables(damaged: Path, connection: sqlite3.Connection) -> bool:
    """Copy what can be read; whether anything could."""
    is_readable = False
    with closing(_open_damaged(damaged)) as other, transaction(connection):
        for table in _readable_tables(other, connection):
            _copy_table(other, connection, table)
            is_readable = True
    return is_readable


def _copy_by_backup(damaged: Path, path: Path, connection: sqlite3.Connection) -> None:
    """The same with the schema of the newest backup, where that of the file itself is lost."""
    target = path.with_name(f"{salvage_file(path).name}-by-backup")
    for copy in all_copies(path)[:1]:
        try:
            borrow_schema(damaged, copy, target)
            _copy_tables(target, connection)
        except ValueError:
            return
        finally:
            for ending in ("", *COMPANIONS):
                target.with_name(target.name + ending).unlink(missing_ok=True)


def _readable_tables(other: sqlite3.Connection, connection: sqlite3.Connection) -> Iterator[str]:
    """The tables that are defined in a damaged file as they are in ours: what else it defines is not touched."""
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
    try:
        found = set(other.execute(query))
    except SQLITE_ERRORS:
        return
    expected = dict(connection.execute(query).fetchall())
    yield from (one for one in own_tables(connection) if one not in _LEFT and (one, expected[one]) in found)


def _copy_table(other: sqlite3.Connection, connection: sqlite3.Connection, table: str) -> None:
    """Copy the rows of a table that can be read and whose values are of their types."""
    columns = list(columns_of(connection, table))
    kinds = [tuple(_VALUES[type] for type in types) for _, types in columns]
    names, marks = ", ".join(name for name, _ in columns), ", ".join("?" * len(columns))
    reading = _Reading(other, table, names, _key(connection, table))
    statement = f"INSERT OR IGNORE INTO {table}({names}) VALUES({marks})"
    for row in reading.rows():
        if all(isinstance(value, kind) for value, kind in zip(row, kinds, strict=True)):
            if table == "annotations":
                row = list(map(_marked, row))
            with suppress(sqlite3.IntegrityError):
                connection.execute(statement, row)


def _marked(value: Any) -> Any:
    """A text of a person, which says so if some of it could not be read."""
    return f"{DAMAGED_NOTE} {value}" if isinstance(value, str) and "\ufffd" in value else value


def _key(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table's key."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return tuple(name for place, name in sorted((row[5], row[1]) for row in rows) if place)


class _Reading(NamedTuple):
    """Reads as many rows of a table as can be read: from both ends, and behind each damaged page."""

    connection: sqlite3.Connection
    table: str
    names: str
    key: tuple[str, ...]

    def rows(self) -> Iterator[Sequence[Any]]:
        """The rows; some may come twice."""
        if len(self.key) == 1 and self.table not in _NAMED_KEYS:
            yield from self._numbered()
            return
        yield from self._until_damage("")
        yield from self._until_damage(f" ORDER BY {', '.join(f'{name} DESC' for name in self.key)}")

    def _numbered(self) -> Iterator[Sequence[Any]]:
        """The rows of a table by number, with a look behind what cannot be read: farther each time, and back."""
        (key,) = self.key
        place = self.names.split(", ").index(key)
        last, step = -1, 1
        while step < _FARTHEST:
            is_damaged, found = False, False
            try:
                for row in self.connection.execute(
                    f"SELECT {self.names} FROM {self.table} WHERE {key} > ? ORDER BY {key}", (last,)
                ):
                    yield row
                    last, found = row[place], True
            except SQLITE_ERRORS:
                is_damaged = True
            if not is_damaged:
                break
            step = 1 if found else 2 * step
            last += step
        yield from self._until_damage(f" ORDER BY {key} DESC")

    def _until_damage(self, order: str) -> Iterator[Sequence[Any]]:
        with suppress(*SQLITE_ERRORS):
            yield from self.connection.execute(f"SELECT {self.names} FROM {self.table}{order}")


_NAMED_KEYS: Final = ("locators", "follows")
"""Tables whose key is one word."""


# Making a sound library of it


def _take_missing_threads(connection: sqlite3.Connection, backups: Sequence[sqlite3.Connection]) -> None:
    """Give what belongs to a thread whose row is lost its thread again: from a backup, or an empty one."""
    for (thread,) in connection.execute(_ORPHANS).fetchall():
        names = ", ".join(name for name, _ in columns_of(connection, "threads"))
        row = _first(backups, f"SELECT {names} FROM threads WHERE id = ? AND tree IS NOT NULL", thread)
        if row is None:
            connection.execute(
                "INSERT INTO threads(id, uid, title, added, active, head, tree, hash) VALUES(?, ?, ?, 0, 0, ?, ?, ?)",
                (thread, uuid4().hex, LOST_TITLE, b"", b"", b""),
            )
        else:
            connection.execute(f"INSERT OR IGNORE INTO threads({names}) VALUES({', '.join('?' * len(row))})", row)


_ORPHANS: Final = "SELECT thread FROM ({}) WHERE thread NOT IN (SELECT id FROM threads)".format(
    " UNION ".join(f"SELECT thread FROM {table}" for table in ("annotations", "tags", "chunks"))
)


def _take_missing_chunks(connection: sqlite3.Connection, backups: Sequence[sqlite3.Connection]) -> None:
    """Take the comments that a thread has lost, and what is known of them, from the backups."""
    for thread, tree in connection.execute("SELECT id, tree FROM threads WHERE tree IS NOT NULL").fetchall():
        lost = set(unpack_tree(tree).handles) - _held(connection, thread)
        for backup in backups if lost else ():
            with suppress(*SQLITE_ERRORS, LibraryError):
                for chunk in read_chunks(backup, thread):
                    if not lost.issuperset(range(chunk.first, chunk.first + chunk.size)):
                        continue
                    write_chunk(connection, thread, chunk)
                    bounds = (chunk.first, chunk.first + chunk.size - 1)
                    rows = backup.execute("SELECT * FROM comments WHERE id BETWEEN ? AND ?", bounds)
                    connection.executemany("INSERT OR IGNORE INTO comments VALUES(?, ?, ?, ?, ?, ?, ?)", rows)
                    lost.difference_update(range(chunk.first, chunk.first + chunk.size))


def _held(connection: sqlite3.Connection, thread: int) -> set[int]:
    """The comments of a thread that its chunks have."""
    held: set[int] = set()
    for first, count in connection.execute("SELECT first, count FROM chunks WHERE thread = ?", (thread,)):
        held.update(range(first, first + count))
    return held


def _first(backups: Sequence[sqlite3.Connection], query: str, *values: object) -> Sequence[Any] | None:
    """The first row that a backup has."""
    for backup in backups:
        with suppress(*SQLITE_ERRORS):
            row: Sequence[Any] | None = backup.execute(query, values).fetchone()
            if row is not None:
                return row
    return None


def _complete_threads(connection: sqlite3.Connection) -> None:
    """Let the tree of each thread have the comments that there are, and each comment its row."""
    connection.execute("DELETE FROM threads WHERE tree IS NULL")
    for thread, head, tree, added in connection.execute("SELECT id, head, tree, added FROM threads").fetchall():
        held = _held(connection, thread)
        connection.executemany(
            "INSERT OR IGNORE INTO comments(id, thread, first_seen) VALUES(?, ?, ?)",
            [(handle, thread, int(added)) for handle in held],
        )
        kept = _only(unpack_tree(tree), held)
        packed = pack_tree(kept)
        connection.execute(
            "UPDATE threads SET tree = ?, hash = ?, comments = ? WHERE id = ?",
            (packed, hash_of(head, packed), len(kept.handles), thread),
        )
        recount(connection, thread)


def _drop_unreadable(connection: sqlite3.Connection) -> None:
    """Leave out what is no sound thread all the same, so that it keeps nothing else from coming back."""
    for (thread,) in connection.execute("SELECT id FROM threads").fetchall():
        try:
            check_thread(connection, thread)
        except LibraryError:
            connection.execute("DELETE FROM threads WHERE id = ?", (thread,))


def _only(tree: Tree, held: set[int]) -> Tree:
    """A tree with the comments that there are: answers to what is lost stand below what that answered."""
    rows = [row for row, handle in enumerate(tree.handles) if handle in held]
    if len(rows) == len(tree.handles):
        missing = sorted(held.difference(tree.handles))
        if not missing:
            return tree
        handles = tree.handles + array("q", missing)
        return Tree(
            handles,
            tree.parent + array("i", [-1]) * len(missing),
            tree.lengths + array("I", [0]) * len(missing),
            tree.absent,
        )
    places = invert(rows, len(tree.handles))
    parents = array("i")
    for row in rows:
        above = tree.parent[row]
        while above >= 0 and places[above] < 0:
            above = tree.parent[above]
        parents.append(places[above] if above >= 0 else -1)
    kept = Tree(
        array("q", [tree.handles[row] for row in rows]),
        parents,
        array("I", [tree.lengths[row] for row in rows]),
        frozenset(places[row] for row in tree.absent if places[row] >= 0),
    )
    return _only(kept, held)
