"""What is done about a damaged file: it is set aside, and the newest backup that is whole takes its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from time import localtime, strftime
from typing import Final

from rumor_tui.library.backup import all_copies
from rumor_tui.library.folder import COMPANIONS, dated_path, make_private_file

THOROUGH: Final = 100_000_000
"""Bytes up to which everything is checked, also that indexes and tables agree."""


def find_damage(path: Path) -> bool:
    """Whether SQLite finds something wrong in the file. Takes long for a large one: about a second for each 300 MB.

    Flipped bits inside of a text are not seen here; the hashes of the chunks tell them when they are read.
    """
    check = "integrity_check" if path.stat().st_size <= THOROUGH else "quick_check"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            return bool(connection.execute(f"PRAGMA {check}(1)").fetchone()[0] != "ok")
    except sqlite3.OperationalError:
        return False  # it could not be looked into, which says nothing
    except sqlite3.DatabaseError:
        return True


def replace_damaged(path: Path) -> str:
    """Set the file aside, and restore the newest backup that is whole; a sentence that says so. The lock is held.

    Raises OSError.
    """
    aside = dated_path(path.parent, f"{path.name}.corrupt-")
    copy = next((copy for copy in all_copies(path) if not find_damage(copy)), None)
    for ending in COMPANIONS:  # a log of the old file must never meet a new one
        companion = path.with_name(path.name + ending)
        if not companion.exists():
            continue
        if ending == "-shm" or not companion.stat().st_size:  # made anew from the log, or nothing at all
            companion.unlink()
        else:
            companion.rename(aside.with_name(aside.name + ending))
    if copy is None:
        path.rename(aside)
        return f"The library was damaged, and there was no backup. A new one begins; the damaged file is {aside}."
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    make_private_file(part)
    shutil.copyfile(copy, part)
    os.link(path, aside)
    part.replace(path)  # at no moment there is no library
    made = strftime("%Y-%m-%d %H:%M", localtime(copy.stat().st_mtime))
    return f"The library was damaged. The backup of {made} took its place; the damaged file is {aside}."
