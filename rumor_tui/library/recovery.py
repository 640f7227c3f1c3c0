"""What is done about a damaged file: it is set aside, and the newest backup that is whole takes its place.

The new file is made complete beside the old one before anything is moved (`replacing`). What of the damaged file can
still be read is brought into the new one afterwards (`salvaging`).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from time import localtime, strftime, time
from typing import Final
from uuid import uuid4

from rumor_tui.library.backup import all_copies, flush
from rumor_tui.library.database import begin_library
from rumor_tui.library.folder import make_private_file
from rumor_tui.library.genuine import INDEXES, check_schema, check_values, harden
from rumor_tui.library.problems import CorruptLibraryError, explain_error, has_odd_head
from rumor_tui.library.replacing import finish, next_aside, note_unread, restored_file
from rumor_tui.library.schema import VERSION
from rumor_tui.library_types import LibraryError

THOROUGH: Final = 100_000_000
"""Bytes up to which everything is checked, also that indexes and tables agree, and that values are of their types."""

LEAP: Final = 1_000_000
"""How far the numbers of threads and comments leap when a backup takes the place of a newer state: whoever still has
that open must never write to what got the same numbers since."""


def find_damage(path: Path) -> bool:
    """Whether something is wrong in the file. Takes long for a large one: about a second for each 300 MB.

    Flipped bits inside of a text are not seen here; the hashes of the chunks tell them when they are read.
    """
    if has_odd_head(path):
        return True
    is_small = path.stat().st_size <= THOROUGH
    check = "integrity_check" if is_small else "quick_check"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            harden(connection)
            if connection.execute(f"PRAGMA {check}(1)").fetchone()[0] != "ok":
                return True
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if 0 < version <= VERSION:
                check_schema(connection, path, version)
            if version == VERSION and is_small:
                check_values(connection, path)
            for index in INDEXES if version == VERSION else ():
                connection.execute(f"SELECT 1 FROM {index} LIMIT 0")  # raises where it cannot even be made anew
            return bool(version < 0)
    except sqlite3.OperationalError as error:  # most say that it could not be looked into, which says nothing
        return isinstance(explain_error(error, path), CorruptLibraryError)
    except (sqlite3.DatabaseError, LibraryError, UnicodeError):  # SQLite may quote what is no text
        return True


def replace_damaged(path: Path) -> str:
    """Set the file aside, and restore the newest backup that is whole; a sentence that says so. The lock is held.

    Raises OSError and sqlite3.Error; then the file stands where it was.
    """
    aside = next_aside(path)
    copy = next((copy for copy in all_copies(path) if not find_damage(copy)), None)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    make_private_file(part)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            if copy is not None:
                shutil.copyfile(copy, part)
                _leap(connection)
            else:
                begin_library(connection)
        flush(part)
        note_unread(path, aside)
        part.replace(restored_file(path, aside))
    finally:
        for file in (part, part.with_name(f"{part.name}-journal")):
            file.unlink(missing_ok=True)
    flush(path.parent)
    finish(path)
    if copy is None:
        return f"The library was damaged, and there was no backup. A new one begins; the damaged file is {aside}."
    made = strftime("%Y-%m-%d %H:%M", localtime(copy.stat().st_mtime))
    return f"The library was damaged. The backup of {made} took its place; the damaged file is {aside}."


def _leap(connection: sqlite3.Connection) -> None:
    """Let the numbers that are given next be far from those of the damaged file."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return  # nothing is open that was written by this program
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM threads").fetchone()
    # A row that nothing shows, as of a thread that is being added; it goes by itself once there are others
    connection.execute(
        "INSERT INTO threads(id, uid, added, active) VALUES(?, ?, ?, 0)", (last + LEAP, uuid4().hex, time())
    )
    connection.execute("UPDATE properties SET value = value + ? WHERE name = 'next_handle'", (LEAP,))
