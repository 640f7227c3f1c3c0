"""What goes by itself when the library has become larger than it may be, and what never does.

The texts of threads, and whatever a person wrote or marked, never go by themselves. What goes are *snapshots*: the
bytes of the pages that threads were read from, which the library keeps beside what it understood of them. As many go
as it takes, in the order of `RULES`, and in each the oldest first:

1. earlier snapshots of threads without a bookmark, a note or a tag that are not followed (the last one stays);
2. earlier snapshots of all other threads;
3. last snapshots of threads without a bookmark, a note or a tag that are not followed, the least recently read first.

A snapshot's row stays, with its hash and date: by it a file is known again.

Whatever its size, a library drops for good the threads that a person deleted and did not put back within `KEPT_DAYS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from typing import Final

KEPT_DAYS: Final = 30
"""Days for which a deleted thread can be put back."""

SLACK: Final = 0.95
"""The share of the limit down to which the library is brought, so that this need not be done for each new thread."""

_BATCH: Final = 50
"""Snapshots that go in one transaction."""

_PAGES: Final = 1_000
"""Free pages that are given back to the system in one transaction."""

_MARKED: Final = """
    thread IN (SELECT thread FROM annotations WHERE NOT removed)
    OR thread IN (SELECT thread FROM tags WHERE NOT removed)
    OR thread IN (SELECT threads.id FROM threads JOIN follows USING (address) WHERE NOT follows.removed)
    OR thread IN (SELECT locators.thread FROM locators JOIN follows ON address = locator WHERE NOT follows.removed)"""

_EARLIER: Final = "seen < (SELECT max(seen) FROM snapshots AS other WHERE other.thread = snapshots.thread)"

RULES: Final[Sequence[str]] = (
    f"{_EARLIER} AND NOT ({_MARKED}) ORDER BY seen, id",
    f"{_EARLIER} ORDER BY seen, id",
    f"NOT ({_MARKED}) ORDER BY (SELECT coalesce(visited, added) FROM threads WHERE threads.id = thread), id",
)
"""Which snapshots go, in the order of these rules."""


def used_bytes(connection: sqlite3.Connection) -> int:
    """The bytes of the file that hold something."""
    values = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count"))
    size, pages = values
    return int(size * (pages - free_pages(connection)))


def free_pages(connection: sqlite3.Connection) -> int:
    """The pages of the file that hold nothing."""
    return int(connection.execute("PRAGMA freelist_count").fetchone()[0])


def drop_expired(connection: sqlite3.Connection, now: float) -> Generator[None, None, int]:
    """Drop for good the threads that were deleted `KEPT_DAYS` ago, one in a slice; the number of those."""
    from rumor_tui.library.removal import drop_thread

    threads = expired(connection, now)
    for thread in threads:
        drop_thread(connection, thread)
        yield
    return len(threads)


def expired(connection: sqlite3.Connection, now: float) -> Sequence[int]:
    """The threads that are to be dropped for good."""
    rows = connection.execute("SELECT id FROM threads WHERE removed < ?", (now - KEPT_DAYS * 86_400,))
    return [id for (id,) in rows]


def prune(connection: sqlite3.Connection, limit: int) -> Generator[None, None, int]:
    """Drop snapshots while the library is larger than `limit` bytes (0: never), in slices; the number of those."""
    dropped = 0
    if limit and used_bytes(connection) > limit:
        for rule in RULES:
            while (excess := used_bytes(connection) - int(limit * SLACK)) > 0:
                ids = _chosen(connection, rule, excess)
                if not ids:
                    break
                connection.executemany("UPDATE snapshots SET data = NULL WHERE id = ?", [(id,) for id in ids])
                dropped += len(ids)
                yield
    yield from give_back(connection)
    return dropped


def _chosen(connection: sqlite3.Connection, rule: str, excess: int) -> Sequence[int]:
    """The next snapshots by a rule, as few as it takes, and a batch at most."""
    chosen = []
    query = f"SELECT id, length(data) FROM snapshots WHERE data IS NOT NULL AND {rule} LIMIT {_BATCH}"
    for id, size in connection.execute(query):
        if excess <= 0:
            break
        chosen.append(id)
        excess -= size
    return chosen


def give_back(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """Give free pages back to the system, in slices; what stood on them is in the file no more."""
    left = free_pages(connection)
    while left:
        for _ in range(min(left, _PAGES)):  # sqlite3 runs the statement for one page, whatever number it is given
            connection.execute("PRAGMA incremental_vacuum(1)").fetchall()
        before, left = left, free_pages(connection)
        if left >= before:  # a file that was not made by us, without the map that this needs
            return
        yield
