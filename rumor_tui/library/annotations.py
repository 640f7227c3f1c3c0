"""Bookmarks and notes in the library: written, taken away, and read again.

A row is never deleted: what was taken away has `removed` set, so that a copy of the library that still has it hears of
that when the two are merged. The full text of notes follows every change in the same transaction.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from rumor_tui.library import full_text
from rumor_tui.library_types import Annotation, AnnotationChange, AnnotationKind

_UNBINDABLE: Final = re.compile("[\0\ud800-\udfff]")
"""What SQLite refuses in a text, or takes for its end."""
_COLUMNS: Final = "uid, kind, comment, text, passage, start, made, changed"


def annotations_of(connection: sqlite3.Connection, thread_id: int) -> list[Annotation]:
    """The bookmarks and notes of a thread that were not taken away, in the order in which they were made."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM annotations WHERE thread = ? AND NOT removed ORDER BY made, id", (thread_id,)
    )
    return [_annotation(row) for row in rows]


def write_annotation(connection: sqlite3.Connection, change: AnnotationChange) -> None:
    """Make, change or take away a bookmark or a note; of two changes of one the later holds."""
    one = change.annotation
    before = connection.execute(
        "SELECT id, text, changed, removed FROM annotations WHERE uid = ?", (one.uid,)
    ).fetchone()
    if before is not None and before[2] > change.moment:
        return
    text, passage = _UNBINDABLE.sub("\ufffd", one.text), _UNBINDABLE.sub("\ufffd", one.passage)
    values = (change.thread_id, one.handle, one.kind, text, passage, one.start, change.moment, change.removed)
    if before is None:
        cursor = connection.execute(
            "INSERT INTO annotations(thread, comment, kind, text, passage, start, changed, removed, uid, made)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, one.uid, one.made or change.moment),
        )
        identity, old_text = int(cursor.lastrowid or 0), ""
    else:
        identity, old_text = before[0], "" if before[3] else before[1]
        connection.execute(
            "UPDATE annotations SET thread = ?, comment = ?, kind = ?, text = ?, passage = ?, start = ?, changed = ?,"
            " removed = ? WHERE id = ?",
            (*values, identity),
        )
    new_text = "" if change.removed else text
    if old_text != new_text:
        full_text.set_note(connection, identity, old_text, new_text)


def annotated_threads(connection: sqlite3.Connection) -> list[int]:
    """The threads that have bookmarks or notes and were not deleted, the one that was annotated last first."""
    rows = connection.execute(
        "SELECT threads.id FROM threads JOIN annotations ON annotations.thread = threads.id"
        " WHERE threads.tree IS NOT NULL AND threads.removed IS NULL AND NOT annotations.removed"
        " GROUP BY threads.id ORDER BY max(annotations.changed) DESC, threads.id"
    )
    return [thread_id for (thread_id,) in rows]


def _annotation(row: tuple[str, AnnotationKind, int, str, str, int, float, float]) -> Annotation:
    uid, kind, handle, text, passage, start, made, changed = row
    return Annotation(uid, kind, handle, text, passage, start, made, changed)
