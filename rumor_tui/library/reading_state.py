"""What a reader did with a thread: which comments were read, when it was visited, and where it was left.

`threads.unread` counts comments that were not read, `threads.fresh` those of them that came since the last visit began;
both follow every change, so that a list of threads needs no look at comments.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui.library.stored_places import place_to_json
from rumor_tui.library_types import PlaceChange, ReadChange

_GROUP: Final = 500
"""Handles that one statement asks for."""

IS_UNREAD: Final = "(seen IS NULL OR seen < 0)"
"""SQL: whether a row of `comments` was not read, or is to count as unread again."""


# Read and unread


def apply_read(connection: sqlite3.Connection, change: ReadChange) -> None:
    """Mark comments as read, or as unread again. What was written at a later moment stays."""
    moment = int(change.moment)
    since = new_since(connection, change.thread_id)
    unread = fresh = 0
    for handles in _groups(change.handles):
        marks = ",".join("?" * len(handles))
        here = f"id IN ({marks}) AND thread = ? AND (seen IS NULL OR abs(seen) <= ?)"
        given = (*handles, change.thread_id, moment)
        turned = connection.execute(
            f"SELECT count(*), coalesce(sum(first_seen > ?), 0) FROM comments WHERE {here}"
            f" AND {'' if change.read else 'NOT '}{IS_UNREAD}",
            (since, *given),
        ).fetchone()
        unread, fresh = unread + turned[0], fresh + turned[1]
        connection.execute(f"UPDATE comments SET seen = ? WHERE {here}", (moment if change.read else -moment, *given))
    sign = -1 if change.read else 1
    connection.execute(
        "UPDATE threads SET unread = max(unread + ?, 0), fresh = max(fresh + ?, 0), active = max(active, ?)"
        " WHERE id = ?",
        (sign * unread, sign * fresh, change.moment, change.thread_id),
    )


def new_since(connection: sqlite3.Connection, thread_id: int) -> float:
    """The moment since which comments are fresh: the begin of the last visit, or when the thread was added."""
    row = connection.execute("SELECT coalesce(visited, added) FROM threads WHERE id = ?", (thread_id,)).fetchone()
    return 0.0 if row is None else float(row[0])


def count_new(connection: sqlite3.Connection, thread_id: int, count: int, visit: float | None, moment: float) -> None:
    """Count comments that were added to a thread."""
    fresh = first_seen(connection, thread_id, visit, moment) > new_since(connection, thread_id)
    connection.execute(
        "UPDATE threads SET unread = unread + ?, fresh = fresh + ?, active = max(active, ?) WHERE id = ?",
        (count, count * fresh, moment if count else 0.0, thread_id),
    )


def recount(connection: sqlite3.Connection, thread_id: int) -> None:
    """Count anew what is unread and fresh in a thread, from its comments."""
    connection.execute(
        f"""UPDATE threads SET (unread, fresh) = (
            SELECT count(*), coalesce(sum(comments.first_seen > coalesce(threads.visited, threads.added)), 0)
            FROM chunks JOIN comments ON comments.id BETWEEN chunks.first AND chunks.first + chunks.count - 1
            WHERE chunks.thread = threads.id AND {IS_UNREAD}) WHERE id = ?""",
        (thread_id,),
    )


def _groups(handles: Sequence[int]) -> Iterator[Sequence[int]]:
    return (handles[start : start + _GROUP] for start in range(0, len(handles), _GROUP))


# Visits


def first_seen(connection: sqlite3.Connection, thread_id: int, visit: float | None, moment: float) -> float:
    """When new comments count as first seen: what stood there when a visit began is not new in the next one, but what
    came in the course of it is."""
    if visit is None:
        return moment
    known = connection.execute("SELECT 1 FROM visits WHERE thread = ? AND began = ?", (thread_id, visit)).fetchone()
    return max(moment, visit + 1) if known else visit


def begin_visit(connection: sqlite3.Connection, thread_id: int, visit: float) -> None:
    """Write down that a visit began, once."""
    began = connection.execute("INSERT OR IGNORE INTO visits VALUES(?, ?, ?)", (thread_id, visit, visit)).rowcount
    if began:
        connection.execute(
            "UPDATE threads SET visited = max(coalesce(visited, 0), ?), active = max(active, ?), fresh = 0,"
            " removed = NULL"
            " WHERE id = ?",
            (visit, visit, thread_id),
        )


def earlier_visits(connection: sqlite3.Connection, thread_id: int, visit: float) -> list[float]:
    """The beginnings of the visits before one, the latest first."""
    rows = connection.execute(
        "SELECT began FROM visits WHERE thread = ? AND began < ? ORDER BY began DESC", (thread_id, visit)
    )
    return [began for (began,) in rows]


# Places


def apply_place(connection: sqlite3.Connection, change: PlaceChange) -> None:
    """Write down where the reader is; what was written at a later moment stays."""
    connection.execute(
        "INSERT INTO places(thread, place, changed) SELECT id, ?, ? FROM threads WHERE id = ?"
        " ON CONFLICT(thread) DO UPDATE SET place = excluded.place, changed = excluded.changed"
        " WHERE excluded.changed >= changed",
        (place_to_json(change.place), change.moment, change.thread_id),
    )
    connection.execute(
        "UPDATE visits SET ended = max(ended, ?) WHERE thread = ? AND began = ?",
        (change.moment, change.thread_id, change.visit),
    )


# Columns


def states_of(connection: sqlite3.Connection, handles: Sequence[int]) -> Iterator[tuple[int, int | None, int | None]]:
    """For each of some comments, in order: when it was first seen, since when it is gone, and `seen`."""
    from rumor_tui.library.chunks import runs_of

    for first, count in runs_of(handles):
        yield from connection.execute(
            "SELECT first_seen, gone, seen FROM comments WHERE id BETWEEN ? AND ? ORDER BY id",
            (first, first + count - 1),
        )
