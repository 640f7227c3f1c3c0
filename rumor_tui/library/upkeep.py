"""What is done for the library when nothing else is to do: a backup once a week, what has expired, and its size."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Final

from rumor_tui.library.backup import BackupStoppedError, is_due, keep_copy
from rumor_tui.library.pruning import drop_expired, expired, free_pages, prune, used_bytes
from rumor_tui.library.writer import Writer

ROOM: Final = 4
"""A backup is only made where the disk has room for so many of them."""

MANY_FREE: Final = 0.2
"""The share of free pages from which they are given back."""


def make_upkeep(path: Path, limit: int = 0) -> Callable[[sqlite3.Connection, Writer], None]:
    """The upkeep of the library at `path`, which is to have at most `limit` bytes (0: any number)."""

    def upkeep(connection: sqlite3.Connection, writer: Writer) -> None:
        size = used_bytes(connection)
        if is_due(path) and shutil.disk_usage(path.parent).free > ROOM * size:
            with suppress(BackupStoppedError):
                keep_copy(connection, path, lambda: not writer.waiting())
        now = time()
        if expired(connection, now):
            writer.submit_slices(lambda connection: drop_expired(connection, now))
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        if (limit and size > limit) or free_pages(connection) * page_size > MANY_FREE * size:
            writer.submit_slices(lambda connection: prune(connection, limit))

    return upkeep
