"""Opening the library's file: for writing, for reading, and bringing an older one up to date.

What SQLite does by itself and what it does not stands in the manual ("library"). Every connection has foreign keys on
and waits for others; what is written is flushed to the disk at each commit (`synchronous=FULL`).
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from threading import get_ident
from time import time
from typing import Final

from rumor_tui.library.folder import make_private_file, make_private_folder
from rumor_tui.library.genuine import check_schema, check_sqlite, harden
from rumor_tui.library.locks import LibraryLocks, LockBusyError
from rumor_tui.library.problems import (
    ABSENT,
    BUSY,
    CORRUPT,
    NEWER,
    NO_FILE,
    NOT_OURS,
    OLDER,
    SQLITE_ERRORS,
    CorruptLibraryError,
    NewerLibraryError,
    OlderLibraryError,
    explain_error,
    primary_code,
)
from rumor_tui.library.replacing import finish
from rumor_tui.library.schema import VERSION, VERSIONS
from rumor_tui.library.transactions import transaction
from rumor_tui.library_types import LibraryError

WAIT_SECONDS: Final = 30.0
"""How long a connection waits for another one's transaction."""

APPLICATION: Final = 0x72756D6F
"""SQLite's `application_id` of our files: "rumo"."""

WAL_LIMIT: Final = 32_000_000
"""Bytes to which the write-ahead log is cut once it begins anew."""


def open_for_writing(path: Path, locks: LibraryLocks | None = None) -> sqlite3.Connection:
    """Open the library, made or brought up to date first where that is needed. Raises LibraryError.

    `ReadOnlyLibraryError` says that it may be readable all the same.
    """
    own: LibraryLocks | None = None
    try:
        check_sqlite(path)
        _check_kind(path)
        make_private_folder(path.parent)
        if locks is None:
            locks = own = LibraryLocks(path.parent)
        with locks.writing(WAIT_SECONDS):
            finish(path)
            make_private_file(path)
            return _prepared(path)
    except LockBusyError as error:
        raise LibraryError(BUSY.format(path=path)) from error
    except (OSError, *SQLITE_ERRORS) as error:
        raise explain_error(error, path) from error
    finally:
        if own is not None:
            own.close()


def _check_kind(path: Path) -> None:
    """See that there is a file at a path, or nothing. A pipe would be waited for without an end."""
    if path.exists() and not path.is_file():
        raise LibraryError(NO_FILE.format(path=path))


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the library so that nothing is written. Raises LibraryError, also where there is none.

    A library of an older version is not brought up to date by this: `OlderLibraryError`. Where not even SQLite's files
    beside it can be made, the file is read as it stands (`immutable`).
    """
    return _open_to_read(path)[0]


def _open_to_read(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The connection, and whether it takes the file for one that does not change."""
    try:
        check_sqlite(path)
        _check_kind(path)
        if not path.is_file() or not path.stat().st_size:
            raise LibraryError(ABSENT.format(path=path))
        connection, immutable = _connect_to_read(path)
        try:
            connection.execute("PRAGMA query_only=ON")
            _check_version(connection, path)
        except BaseException:
            connection.close()
            raise
    except (OSError, *SQLITE_ERRORS) as error:
        raise explain_error(error, path) from error
    return connection, immutable


def _connect_to_read(path: Path) -> tuple[sqlite3.Connection, bool]:
    address = path.absolute().as_uri()
    connection = _connect(f"{address}?mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except SQLITE_ERRORS as error:
        connection.close()
        if primary_code(error) not in _NOTHING_BESIDE:
            raise
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:  # without it the file is half of a state
            raise
        return _connect(f"{address}?immutable=1"), True
    return connection, False


_NOTHING_BESIDE: Final = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_FULL")
"""What SQLite says when it cannot make its files beside the library's."""


def _connect(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    harden(connection)
    return connection


def _prepared(path: Path) -> sqlite3.Connection:
    connection = _connect(path.absolute().as_uri())
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        is_new = not path.stat().st_size
        if not is_new:
            _check_ours(connection, path)  # before anything is written
        if is_new:
            _name_file(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA journal_size_limit={WAL_LIMIT}")
        # What was deleted is overwritten on the pages that stay; `forget` gives the freed ones back
        connection.execute("PRAGMA secure_delete=FAST")
        migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """See that a file is a library of ours of a version that is known, or an empty one. Raises LibraryError."""
    version = stored_version(connection)
    if version > VERSION:
        raise NewerLibraryError(NEWER.format(path=path, version=version))
    if version < 0:
        raise CorruptLibraryError(CORRUPT.format(path=path, detail="it has no version"))
    if version:
        check_schema(connection, path, version)
    elif connection.execute("SELECT EXISTS(SELECT 1 FROM sqlite_schema)").fetchone()[0]:
        raise LibraryError(NOT_OURS.format(path=path))


def stored_version(connection: sqlite3.Connection) -> int:
    """The version of the tables that a file has; 0 if it has none."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Run the versions that the file lacks, each in a transaction of its own, after a copy of the file was made.

    Whoever calls it holds the lock of the writer, and has seen that the file is ours.
    """
    version = stored_version(connection)
    if not version:
        _make(connection)
        return
    if version < VERSION and connection.execute("SELECT EXISTS(SELECT 1 FROM threads)").fetchone()[0]:
        from rumor_tui.library.backup import keep_version

        keep_version(connection, path, version)
    for number in range(version, VERSION):
        with transaction(connection):
            run_version(connection, number)


def begin_library(connection: sqlite3.Connection) -> None:
    """Make a library of an empty file."""
    _name_file(connection)
    _make(connection)


def _name_file(connection: sqlite3.Connection) -> None:
    """Set what only counts before the first table is made."""
    connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
    connection.execute(f"PRAGMA application_id={APPLICATION}")


def _make(connection: sqlite3.Connection) -> None:
    """Make all tables at once: a new library has all of them or none."""
    with transaction(connection):
        for number in range(VERSION):
            run_version(connection, number)
        connection.executemany(
            "INSERT INTO properties(name, value) VALUES(?, ?)", [("library", uuid.uuid4().hex), ("made", time())]
        )


def run_version(connection: sqlite3.Connection, number: int) -> None:
    """Make version `number` + 1 out of version `number`, inside a transaction."""
    for step in VERSIONS[number]:
        if callable(step):
            step(connection)
        else:
            connection.execute(step)
    connection.execute(f"PRAGMA user_version={number + 1}")


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = stored_version(connection)
    if version > VERSION:
        raise NewerLibraryError(NEWER.format(path=path, version=version))
    if not version:  # killed before the tables were made
        raise LibraryError(ABSENT.format(path=path))
    if version < 0:
        raise CorruptLibraryError(CORRUPT.format(path=path, detail="it has no version"))
    check_schema(connection, path, version)
    if version < VERSION:
        raise OlderLibraryError(OLDER.format(path=path))


class Readers:
    """The connections that read the library, one for each thread that asks.

    A file that was replaced (because it was damaged, or forgotten) is opened anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: dict[int, tuple[int, sqlite3.Connection]] = {}

    def connection(self) -> sqlite3.Connection:
        """The connection of this thread. Raises LibraryError."""
        thread = get_ident()
        node = self._node()
        held = self._open.get(thread)
        if held is not None and held[0] == node:
            return held[1]
        if held is not None:
            held[1].close()
            del self._open[thread]
        connection, immutable = open_up_to_date(self.path)
        # One that takes the file for unchanging must not outlive this use of it
        self._open[thread] = (-1 if immutable else self._node(), connection)
        return connection

    def close(self) -> None:
        """Close them all; nobody may be reading any more."""
        while self._open:
            self._open.popitem()[1][1].close()

    def _node(self) -> int:
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0


def open_up_to_date(path: Path) -> tuple[sqlite3.Connection, bool]:
    """Open the library for reading; an older one is brought up to date first. Raises LibraryError.

    Also whether the connection takes the file for one that does not change, and is to be used for a moment only.
    """
    try:
        return _open_to_read(path)
    except OlderLibraryError:
        open_for_writing(path).close()
        return _open_to_read(path)
