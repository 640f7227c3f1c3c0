"""Opening the library's file: for writing, for reading, and bringing an older one up to date.

What SQLite does by itself and what it does not stands in the manual ("library"). Every connection has foreign keys on
and waits for others; what is written is flushed to the disk at each commit (`synchronous=FULL`).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from rumor_tui.library.folder import make_private_folder
from rumor_tui.library.schema import VERSION, VERSIONS
from rumor_tui.library_types import LibraryError

WAIT_SECONDS: Final = 30.0
"""How long a connection waits for another one's transaction."""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the library, made or brought up to date first where that is needed. Raises LibraryError."""
    try:
        make_private_folder(path.parent)
        path.touch(mode=0o600)
        connection = _connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        _migrate(connection)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"The library {path} cannot be opened: {error}.") from error
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the library so that nothing is written. Raises LibraryError, also where there is none."""
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("SELECT value FROM properties").fetchone()
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"The library {path} cannot be read: {error}.") from error
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Run the versions that the file lacks, each in a transaction of its own."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number in range(version, VERSION):
        connection.execute("BEGIN IMMEDIATE")
        for step in VERSIONS[number]:
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        connection.execute(f"PRAGMA user_version={number + 1}")
        connection.execute("COMMIT")
