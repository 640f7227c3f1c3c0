"""What the library says of a thread that a reader opens: `Remembered`."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable
from contextlib import suppress

from rumor_tui.library import reading_state
from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.chunks import DAMAGED, decompress, runs_of
from rumor_tui.library.listing import is_followed, tags_of
from rumor_tui.library.record import Recorded
from rumor_tui.library.repairing import LOST
from rumor_tui.library.stored_places import place_of
from rumor_tui.library.transactions import one_moment
from rumor_tui.library_types import Edit, LibraryError, Remembered


def remember(
    connection: sqlite3.Connection, recorded: Recorded, visit: float, breathe: Callable[[], object] = lambda: None
) -> Remembered:
    """What is known of a thread that was just recorded. Raises LibraryError."""
    thread_id, size = recorded.thread_id, len(recorded.handles)
    read, first_seen = bytearray(size), array("d", bytes(8 * size))
    gone: dict[int, float] = {}
    with one_moment(connection):
        row = -1
        for row, (first, since, seen) in enumerate(reading_state.states_of(connection, recorded.handles)):
            first_seen[row] = first
            read[row] = seen is not None and seen > 0
            if since is not None:
                gone[row] = since
            if not row % 1_000:
                breathe()
        if row + 1 != size:
            raise LibraryError(DAMAGED)
        return Remembered(
            thread_id=thread_id,
            thread=recorded.thread,
            row_map=recorded.row_map,
            handles=recorded.handles,
            read=bytes(read),
            first_seen=first_seen,
            edited=_edits(connection, recorded),
            gone=gone,
            annotations=annotations_of(connection, thread_id),
            visits=reading_state.earlier_visits(connection, thread_id, visit),
            place=place_of(connection, thread_id),
            tags=tags_of(connection, thread_id),
            followed=is_followed(connection, thread_id),
        )


def _earlier(packed: bytes) -> str:
    """What a comment said before; of what is damaged, that it is."""
    with suppress(LibraryError, UnicodeError):
        return decompress(packed).decode("utf-8", "surrogatepass")
    return LOST


def _edits(connection: sqlite3.Connection, recorded: Recorded) -> dict[int, Edit]:
    """The last edit of each comment that was edited, by row."""
    found: dict[int, Edit] = {}
    row = 0
    for first, count in runs_of(recorded.handles):
        rows = connection.execute(
            "SELECT comment, until, text FROM earlier_texts WHERE comment BETWEEN ? AND ? ORDER BY comment, until",
            (first, first + count - 1),
        )
        for handle, until, text in rows:
            found[row + handle - first] = Edit(_earlier(text), until)
        row += count
    return found
