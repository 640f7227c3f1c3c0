"""Copies of the library: on request, before an older one is brought up to date, and now and then by itself.

A copy is made by SQLite's own way of copying a file that others write to, under another name first, so that there is
never half of one. The program's own copies are in the folder `backups` beside the library: the last two, and those of
older versions.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from time import time
from typing import Final

from rumor_tui.library.folder import dated_path, make_private_file, make_private_folder
from rumor_tui.library.transactions import one_moment

FOLDER: Final = "backups"
KEPT: Final = 2
"""Own copies that are kept."""
INTERVAL: Final = 7 * 86_400.0
"""Seconds between two of them."""
_ABANDONED: Final = 3_600.0
"""Seconds without a write after which a copy that is not complete was given up."""
_PAGES: Final = 500
"""Pages that are copied between two looks at whether to go on."""


class BackupStoppedError(Exception):
    """A copy was given up before it was complete; nothing of it is left."""


def copy_library(
    connection: sqlite3.Connection, target: Path, go_on: Callable[[], bool] = lambda: True, *, replace: bool = False
) -> None:
    """Copy the library to `target`, for nobody else to read. Raises OSError (also where the file exists, unless it is
    to be replaced), sqlite3.Error, and BackupStoppedError once `go_on` answers no."""
    if target.exists() and not replace:
        raise FileExistsError(None, "the file exists", str(target))
    part = target.with_name(f".{target.name}.part-{os.getpid()}")

    def look(status: int, remaining: int, total: int) -> None:
        if not go_on():
            raise BackupStoppedError

    try:
        make_private_file(part)
        # In a transaction, so that it is of one moment and never begins again when somebody writes meanwhile
        with closing(sqlite3.connect(part)) as copy, one_moment(connection):
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
            connection.backup(copy, pages=_PAGES, progress=look, sleep=0.01)
        with closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, that can be opened where nothing can be written
        flush(part)
        if not replace and target.exists():
            raise FileExistsError(None, "the file exists", str(target))
        part.replace(target)
        flush(target.parent)
    finally:
        part.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk when this returns. Raises OSError."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def drop_parts(path: Path) -> None:
    """Remove what copies left that a kill cut short. Raises OSError."""
    for part in parts(path):
        if time() - part.stat().st_mtime > _ABANDONED:
            part.unlink(missing_ok=True)


def parts(path: Path) -> Sequence[Path]:
    """The copies that are being made, or were when a kill came."""
    return [*path.parent.glob(f"{FOLDER}/.{path.stem}*.part-*"), *path.parent.glob(f".{path.name}.salvage*")]


def keep_version(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy a library of an older version before it is brought up to date."""
    return _keep(connection, path, f"-v{version}", lambda: True)


def keep_copy(connection: sqlite3.Connection, path: Path, go_on: Callable[[], bool] = lambda: True) -> Path:
    """Make an own copy, and drop those that are too many."""
    target = _keep(connection, path, "", go_on)
    for old in own_copies(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def _keep(connection: sqlite3.Connection, path: Path, version: str, go_on: Callable[[], bool]) -> Path:
    folder = path.parent / FOLDER
    make_private_folder(folder)
    target = dated_path(folder, f"{path.stem}{version}-", path.suffix)
    copy_library(connection, target, go_on)
    return target


def own_copies(path: Path) -> Sequence[Path]:
    """The copies that were made now and then, the newest first."""
    return _newest_first(path.parent.glob(f"{FOLDER}/{path.stem}-[0-9]*{path.suffix}"))


def all_copies(path: Path) -> Sequence[Path]:
    """All copies that the program made by itself, the newest first; also those of older versions."""
    return _newest_first(path.parent.glob(f"{FOLDER}/{path.stem}-*{path.suffix}"))


def _newest_first(files: Iterable[Path]) -> Sequence[Path]:
    return sorted(files, key=lambda file: (file.stat().st_mtime, file.name), reverse=True)


def is_due(path: Path) -> bool:
    """Whether the last own copy is old enough for another one."""
    copies = own_copies(path)
    return not copies or time() - copies[0].stat().st_mtime > INTERVAL
