"""What a person did in two copies of a thread, united: of two changes of one thing the later one holds.

`handles` tells for each comment of the other library which one it is here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Set
from typing import Any, Final

from rumor_tui.canonical import canonical_address
from rumor_tui.library import full_text
from rumor_tui.library.chunks import compress, decompress
from rumor_tui.library.reading_state import states_of
from rumor_tui.library_types import LibraryError


def last_seen(connection: sqlite3.Connection, thread: int) -> tuple[float, bytes]:
    """When the newest state of a thread was seen, and its hash."""
    row = connection.execute(
        "SELECT seen, hash FROM snapshots WHERE thread = ? ORDER BY seen DESC, hash DESC LIMIT 1", (thread,)
    ).fetchone()
    return (0.0, b"") if row is None else (row[0], row[1])


# Comments


def merge_comments(
    connection: sqlite3.Connection, other: sqlite3.Connection, handles: Mapping[int, int], new: Set[int]
) -> None:
    """Unite when comments were seen first, read, and gone; `new` are those of ours that were just written."""
    theirs = list(handles)
    ours = [handles[handle] for handle in theirs]
    here = {handle: _state(connection, handle) for handle in ours}
    changed: dict[int, tuple[int, int | None, int | None]] = {}
    for handle, state in zip(ours, states_of(other, theirs), strict=True):
        before = changed.get(handle, here[handle])
        after = state if handle in new and handle not in changed else _united(before, state)
        if after != before:
            changed[handle] = after
    connection.executemany(
        "UPDATE comments SET first_seen = ?, gone = ?, seen = ? WHERE id = ?",
        [(*state, handle) for handle, state in changed.items()],
    )


def _state(connection: sqlite3.Connection, handle: int) -> tuple[int, int | None, int | None]:
    first, gone, seen = connection.execute(
        "SELECT first_seen, gone, seen FROM comments WHERE id = ?", (handle,)
    ).fetchone()
    return first, gone, seen


def _united(
    one: tuple[int, int | None, int | None], two: tuple[int, int | None, int | None]
) -> tuple[int, int | None, int | None]:
    gone = min((state[1] for state in (one, two) if state[1] is not None), default=None)
    seen = max((state[2] for state in (one, two) if state[2] is not None), key=lambda at: (abs(at), at), default=None)
    return min(one[0], two[0]), gone, seen


def keep_edits(connection: sqlite3.Connection, edits: Mapping[int, str], moment: int) -> None:
    """Keep the texts that comments had before, unless they are kept already."""
    for handle, text in edits.items():
        data = text.encode("utf-8", "surrogatepass")
        rows = connection.execute("SELECT text FROM earlier_texts WHERE comment = ?", (handle,)).fetchall()
        if data not in [_text(row[0]) for row in rows]:
            connection.execute("INSERT OR IGNORE INTO earlier_texts VALUES(?, ?, ?)", (handle, moment, compress(data)))


def _text(packed: bytes) -> bytes:
    try:
        return decompress(packed)
    except LibraryError:  # it is damaged
        return b""


# What belongs to a thread


def merge_states(
    connection: sqlite3.Connection, other: sqlite3.Connection, ours: int, theirs: int, handles: Mapping[int, int]
) -> None:
    """Unite all that belongs to a thread: earlier texts, sources, snapshots, visits, place, marks, notes and tags."""
    _merge_earlier_texts(connection, other, theirs, handles)
    for query, statement in _UNITED:
        # One after the other: a snapshot may be large
        connection.executemany(statement, ((ours, *row) for row in other.execute(query, (theirs,))))
    _merge_place(connection, other, ours, theirs, handles)
    _merge_marks(connection, other, ours, theirs, handles)
    _merge_annotations(connection, other, ours, theirs, handles)


_UNITED: Final = (
    (
        "SELECT locator FROM locators WHERE thread = ?",
        "INSERT OR IGNORE INTO locators(thread, locator) VALUES(?, ?)",
    ),
    (
        "SELECT taken, seen, locator, form, hash, size, data FROM snapshots WHERE thread = ? ORDER BY id",
        "INSERT INTO snapshots(thread, taken, seen, locator, form, hash, size, data) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(thread, hash) DO UPDATE SET taken = min(taken, excluded.taken), seen = max(seen, excluded.seen),"
        " data = coalesce(data, excluded.data)",
    ),
    (
        "SELECT began, ended FROM visits WHERE thread = ?",
        "INSERT INTO visits(thread, began, ended) VALUES(?, ?, ?)"
        " ON CONFLICT(thread, began) DO UPDATE SET ended = max(ended, excluded.ended)",
    ),
    (
        "SELECT tag, changed, removed FROM tags WHERE thread = ?",
        "INSERT INTO tags(thread, tag, changed, removed) VALUES(?, ?, ?, ?) ON CONFLICT(thread, tag) DO UPDATE"
        " SET changed = excluded.changed, removed = excluded.removed"
        " WHERE (excluded.changed, excluded.removed) > (changed, removed)",
    ),
)
"""What is read of the other library for a thread, and how it is written here."""


def _merge_earlier_texts(
    connection: sqlite3.Connection, other: sqlite3.Connection, theirs: int, handles: Mapping[int, int]
) -> None:
    rows = other.execute(
        "SELECT comment, until, text FROM chunks JOIN earlier_texts"
        " ON comment BETWEEN first AND first + count - 1 WHERE thread = ?",
        (theirs,),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO earlier_texts(comment, until, text) VALUES(?, ?, ?)",
        [(handles[handle], until, text) for handle, until, text in rows],
    )


def _merge_place(
    connection: sqlite3.Connection, other: sqlite3.Connection, ours: int, theirs: int, handles: Mapping[int, int]
) -> None:
    row = other.execute("SELECT place, changed FROM places WHERE thread = ?", (theirs,)).fetchone()
    if row is None:
        return
    connection.execute(
        "INSERT INTO places(thread, place, changed) VALUES(?, ?, ?) ON CONFLICT(thread) DO UPDATE"
        " SET place = excluded.place, changed = excluded.changed WHERE excluded.changed > changed",
        (ours, _moved_place(row[0], handles), row[1]),
    )


def _merge_marks(
    connection: sqlite3.Connection, other: sqlite3.Connection, ours: int, theirs: int, handles: Mapping[int, int]
) -> None:
    """Take the numbers and names that were found in the thread there, if they were found later than here."""
    from rumor_tui.library.marks import marks_in, set_marks

    query = "SELECT changed FROM marks WHERE thread = ?"
    there, here = (at.execute(query, (id,)).fetchone() for at, id in ((other, theirs), (connection, ours)))
    marks = marks_in(other, theirs) if there is not None and (here is None or there[0] > here[0]) else None
    if marks is not None:
        set_marks(connection, ours, marks.moved(handles), there[0])


def _moved_place(text: str, handles: Mapping[int, int]) -> str:
    """A place as it is here: its comments have other handles."""
    try:
        place: dict[str, Any] = json.loads(text)
        for name in ("cursor", "top"):
            place[name]["handle"] = handles.get(place[name]["handle"], 0)
        place["folded_handles"] = [handles[handle] for handle in place["folded_handles"] if handle in handles]
    except (ValueError, KeyError, TypeError):
        return text  # whoever reads it makes nothing of it either
    return json.dumps(place)


def _merge_annotations(
    connection: sqlite3.Connection, other: sqlite3.Connection, ours: int, theirs: int, handles: Mapping[int, int]
) -> None:
    rows = other.execute(
        "SELECT uid, comment, kind, text, passage, start, made, changed, removed FROM annotations WHERE thread = ?",
        (theirs,),
    ).fetchall()
    for uid, comment, *values in rows:
        *_, text, _passage, _start, _made, changed, removed = values
        before = connection.execute(
            "SELECT id, changed, removed, text FROM annotations WHERE uid = ?", (uid,)
        ).fetchone()
        if before is not None and (changed, removed, text) <= before[1:]:
            continue
        number = connection.execute(
            "INSERT INTO annotations(uid, thread, comment, kind, text, passage, start, made, changed, removed)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(uid) DO UPDATE SET thread = excluded.thread,"
            " comment = excluded.comment, kind = excluded.kind, text = excluded.text, passage = excluded.passage,"
            " start = excluded.start, made = excluded.made, changed = excluded.changed, removed = excluded.removed"
            " RETURNING id",
            (uid, ours, handles.get(comment, 0), *values),
        ).fetchone()[0]
        indexed = "" if before is None or before[2] else before[3]
        full_text.set_note(connection, number, indexed, "" if removed else text)


# What is followed


def merge_follows(
    connection: sqlite3.Connection, other: sqlite3.Connection, is_private: Callable[[str], bool]
) -> dict[str, str]:
    """Unite what is followed; the answer is the form here of each address there.

    What `is_private` was not loaded here: an address that was loaded once counts as one that a person typed.
    """
    here = {canonical_address(row[0]): row[0] for row in connection.execute("SELECT address FROM follows ORDER BY 1")}
    forms: dict[str, str] = {}
    rows = other.execute("SELECT address, kind, title, since, changed, removed, refreshed, problem FROM follows")
    for address, *values in rows.fetchall():
        if is_private(address):
            values[5] = None
        forms[address] = here.setdefault(canonical_address(address), address)
        connection.execute(_FOLLOW, (forms[address], *values))
    return forms


_FOLLOW: Final = """
    INSERT INTO follows(address, kind, title, since, changed, removed, refreshed, problem)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(address) DO UPDATE SET
        (kind, title, since, changed, removed) = (
            SELECT excluded.kind, excluded.title, excluded.since, excluded.changed, excluded.removed
            WHERE (excluded.changed, excluded.removed) > (changed, removed)
            UNION ALL SELECT kind, title, since, changed, removed LIMIT 1),
        problem = CASE WHEN coalesce(excluded.refreshed, 0) > coalesce(refreshed, 0)
            THEN excluded.problem ELSE problem END,
        refreshed = nullif(max(coalesce(excluded.refreshed, 0), coalesce(refreshed, 0)), 0)"""


def merge_found(
    connection: sqlite3.Connection, other: sqlite3.Connection, ours: int, theirs: int, forms: Mapping[str, str]
) -> None:
    """Unite which of the followed lists brought a thread, and when."""
    rows = other.execute("SELECT follow, moment, seen FROM found_threads WHERE thread = ?", (theirs,)).fetchall()
    connection.executemany(
        "INSERT INTO found_threads(thread, follow, moment, seen) VALUES(?, ?, ?, ?)"
        " ON CONFLICT(thread, follow) DO UPDATE SET moment = min(moment, excluded.moment),"
        " seen = coalesce(max(seen, excluded.seen), seen, excluded.seen)",
        [(ours, forms.get(follow, follow), moment, seen) for follow, moment, seen in rows],
    )
