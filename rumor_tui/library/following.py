"""What is followed: threads, feeds and front pages, by their addresses; how their last refresh went; what they brought.

An address is kept as it was given, since that is what is loaded; two forms of one address are the same thing
(`canonical_address`). What a followed list brought is written down (`found_threads`), so that a new thread of it is
news although nobody opened it yet. There are hundreds of follows at most, so all of them are looked at each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from rumor_tui.canonical import canonical_address
from rumor_tui.labels import plural
from rumor_tui.library_types import ARTICLE, FollowChange, Followed, FollowKind, NewComment, ReadChange


def change_follow(connection: sqlite3.Connection, change: FollowChange) -> None:
    """Follow an address from now on, or no more. What is already followed keeps its beginning."""
    address = _known_form(connection, change.address) or change.address
    known = connection.execute("SELECT removed FROM follows WHERE address = ?", (address,)).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO follows(address, kind, title, since, changed, removed) VALUES(?, ?, ?, ?, ?, ?)",
            (address, change.kind, change.title, change.moment, change.moment, int(not change.on)),
        )
        return
    since = ", since = ?" if known[0] and change.on else ""
    connection.execute(
        f"UPDATE follows SET changed = ?, removed = ?{since} WHERE address = ?",
        (change.moment, int(not change.on), *([change.moment] if since else []), address),
    )
    if change.on and change.title:
        describe_follow(connection, address, change.kind, change.title)


def describe_follow(connection: sqlite3.Connection, address: str, kind: FollowKind, title: str) -> None:
    """Say what an address turned out to be when it was loaded; an empty title leaves the one that is known."""
    connection.execute(
        "UPDATE follows SET kind = ?, title = CASE WHEN ? = '' THEN title ELSE ? END WHERE address = ?",
        (kind, title, title, _known_form(connection, address) or address),
    )


def note_refresh(connection: sqlite3.Connection, address: str, moment: float, problem: str = "") -> None:
    """Write down that an address was loaded, or why it could not be. Then it counts as refreshed when it last was."""
    connection.execute(
        "UPDATE follows SET problem = ?, refreshed = CASE WHEN ? = '' THEN ? ELSE refreshed END WHERE address = ?",
        (problem, problem, moment, _known_form(connection, address) or address),
    )


def note_found(connection: sqlite3.Connection, address: str, thread_id: int, moment: float) -> None:
    """Write down that a followed list brought a thread."""
    connection.execute(
        "INSERT OR IGNORE INTO found_threads(thread, follow, moment) VALUES(?, ?, ?)",
        (thread_id, _known_form(connection, address) or address, moment),
    )


def note_locator(connection: sqlite3.Connection, address: str, thread_id: int) -> None:
    """Write down that an address leads to a thread, as that of a list's entry may by a redirect."""
    connection.execute(
        "INSERT OR IGNORE INTO locators(locator, thread) SELECT ?, id FROM threads WHERE id = ?",
        (canonical_address(address), thread_id),
    )


def note_seen(connection: sqlite3.Connection, change: ReadChange) -> None:
    """A new thread of a followed list was marked as read in the list of what is new, or as unread again."""
    connection.execute(
        "UPDATE found_threads SET seen = ? WHERE thread = ?", (change.moment if change.read else None, change.thread_id)
    )


def new_threads(connection: sqlite3.Connection) -> list[NewComment]:
    """The threads that followed lists brought and that nobody has opened or marked as read, the newest first.

    Each is a `NewComment` on its article, and its text tells which list brought it.
    """
    rows = connection.execute(
        """SELECT threads.id, threads.title, source, site, byline, published, found_threads.moment, comments,
               coalesce(nullif(follows.title, ''), follows.address)
           FROM found_threads JOIN threads ON threads.id = thread JOIN follows ON follows.address = follow
           WHERE seen IS NULL AND visited IS NULL AND threads.removed IS NULL AND tree IS NOT NULL
               AND NOT follows.removed
           GROUP BY threads.id ORDER BY coalesce(published, found_threads.moment) DESC, threads.id DESC"""
    )
    return [
        NewComment(
            id, ARTICLE, title or source, site, byline, published, moment, f"{plural(size, 'comment')} · from {name}"
        )
        for id, title, source, site, byline, published, moment, size, name in rows
    ]


def list_followed(connection: sqlite3.Connection) -> list[Followed]:
    """What is followed, by title."""
    rows = connection.execute(
        "SELECT address, kind, title, since, refreshed, problem FROM follows WHERE NOT removed"
    ).fetchall()
    return sorted((Followed(*row) for row in rows), key=lambda one: (one.title or one.address).casefold())


def followed_threads(connection: sqlite3.Connection) -> frozenset[int]:
    """The threads that are followed themselves, by id."""
    addresses = connection.execute("SELECT address FROM follows WHERE NOT removed AND kind = 'thread'").fetchall()
    found: set[int] = set()
    for (address,) in addresses:
        found.update(threads_at(connection, address))
    return frozenset(found)


def brought_threads(connection: sqlite3.Connection) -> frozenset[int]:
    """The threads that followed lists brought and that were opened since, by id: a mailbox has more to say in them."""
    rows = connection.execute(
        """SELECT thread FROM found_threads JOIN threads ON threads.id = thread JOIN follows ON follows.address = follow
           WHERE visited IS NOT NULL AND NOT follows.removed"""
    )
    return frozenset(thread for (thread,) in rows)


def threads_at(connection: sqlite3.Connection, address: str) -> list[int]:
    """The threads that an address or a path stands for: those read from it, and those whose own address it is."""
    forms = (address, canonical_address(address))
    rows = connection.execute(
        """SELECT thread FROM locators WHERE locator IN (?, ?)
           UNION SELECT id FROM threads WHERE address <> '' AND address IN (?, ?)""",
        forms * 2,
    )
    return [thread for (thread,) in rows]


def _known_form(connection: sqlite3.Connection, address: str) -> str | None:
    """The form in which an address is in the table already; None if it is not."""
    if connection.execute("SELECT 1 FROM follows WHERE address = ?", (address,)).fetchone():
        return address
    canonical = canonical_address(address)
    rows: Sequence[tuple[str]] = connection.execute("SELECT address FROM follows").fetchall()
    return next((known for (known,) in rows if canonical_address(known) == canonical), None)
