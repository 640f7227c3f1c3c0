"""What is done for the library when nothing else is to do: a backup once a week, what has expired, and its size."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock, Thread
from time import time
from typing import Final

from rumor_tui.library.backup import BackupStoppedError, drop_parts, is_due, keep_copy
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.forgetting import forget_threads, is_unfinished
from rumor_tui.library.problems import SQLITE_ERRORS
from rumor_tui.library.pruning import drop_expired, expired, free_pages, prune, used_bytes
from rumor_tui.library.replacing import unread_file
from rumor_tui.library.writer import Writer
from rumor_tui.library_types import LibraryError

ROOM: Final = 4
"""A backup is only made where the disk has room for so many of them."""

MANY_FREE: Final = 0.2
"""The share of free pages from which they are given back."""


def make_upkeep(path: Path, limit: int = 0) -> Callable[[sqlite3.Connection, Writer], None]:
    """The upkeep of the library at `path`, which is to have at most `limit` bytes (0: any number)."""
    copying = Lock()
    tried: set[Path] = set()

    def copy(writer: Writer) -> None:
        with copying, suppress(BackupStoppedError, LibraryError, OSError, *SQLITE_ERRORS):
            from rumor_tui.library.inspecting import is_whole

            drop_parts(path)
            if not is_whole(path, writer):
                return
            with closing(open_for_reading(path)) as connection:
                keep_copy(connection, path, lambda: not writer.closing)

    def bring_in(damaged: Path | None, writer: Writer) -> None:
        with copying, suppress(LibraryError, OSError, *SQLITE_ERRORS):
            from rumor_tui.library.salvaging import salvage

            while damaged is not None and damaged not in tried:
                tried.add(damaged)
                salvage(damaged, writer)
                damaged = unread_file(path)

    def upkeep(connection: sqlite3.Connection, writer: Writer) -> None:
        damaged = unread_file(path)
        if damaged is not None:  # before there is a new backup, for which an old one would have to go
            if damaged not in tried:
                Thread(target=bring_in, args=(damaged, writer), name="library salvage", daemon=True).start()
            return
        if is_unfinished(connection):  # before a copy is made
            writer.submit_slices(lambda connection: forget_threads(connection, (), ()))
            return
        size = used_bytes(connection)
        if not copying.locked() and is_due(path) and shutil.disk_usage(path.parent).free > ROOM * size:
            # Beside the writer, which goes on: a large library takes seconds
            Thread(target=copy, args=(writer,), name="library backup", daemon=True).start()
        now = time()
        if expired(connection, now):
            writer.submit_slices(lambda connection: drop_expired(connection, now))
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        if (limit and size > limit) or free_pages(connection) * page_size > MANY_FREE * size:
            writer.submit_slices(lambda connection: prune(connection, limit))

    return upkeep
