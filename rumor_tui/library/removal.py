"""Taking threads out of the library for good."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rumor_tui.library import full_text
from rumor_tui.library.chunks import read_chunk_of, unpack_facts, unpack_texts
from rumor_tui.library_types import LibraryError

if TYPE_CHECKING:
    from rumor_tui.model import Format

UNFINISHED_AFTER: Final = 3600.0
"""Seconds after which a thread that is not written to its end is given up: whoever wrote it was killed."""


def drop_thread(connection: sqlite3.Connection, thread_id: int) -> None:
    """Take a thread out, with all that belongs to it.

    The words of what is damaged stay in the full-text index, where they lead to nothing.
    """
    format, repair, head = connection.execute(
        "SELECT format, repair, head FROM threads WHERE id = ?", (thread_id,)
    ).fetchone()
    bounds = connection.execute("SELECT first, first + count - 1 FROM chunks WHERE thread = ?", (thread_id,)).fetchall()
    for first, last in bounds:
        with suppress(LibraryError):
            _drop_words(connection, first, format, repair=bool(repair))
        connection.execute("DELETE FROM comments WHERE id BETWEEN ? AND ?", (first, last))
        connection.execute("DELETE FROM earlier_texts WHERE comment BETWEEN ? AND ?", (first, last))
    if head is not None:
        _drop_texts(connection, thread_id, head, repair=bool(repair))
    connection.execute("DELETE FROM threads WHERE id = ?", (thread_id,))


def _drop_words(connection: sqlite3.Connection, first: int, format: Format, *, repair: bool) -> None:
    """Take the comments of a chunk out of the full-text index. Raises LibraryError where they cannot be read."""
    chunk = read_chunk_of(connection, first)
    if chunk is not None:
        authors = unpack_facts(chunk.facts, chunk.size)["authors"]
        bodies = unpack_texts(chunk.texts, chunk.size)
        full_text.remove_comments(connection, first, full_text.comment_texts(authors, bodies, format, repair))


def _drop_texts(connection: sqlite3.Connection, thread_id: int, head: bytes, *, repair: bool) -> None:
    """Take the article and the notes out of the full-text index."""
    from rumor_tui.library.documents import unpack_head
    from rumor_tui.library.pieces import article_texts

    with suppress(LibraryError):
        full_text.remove_article(connection, thread_id, *article_texts(unpack_head(head).article, repair=repair))
    notes = connection.execute(
        "SELECT id, text FROM annotations WHERE thread = ? AND NOT removed AND text <> ''", (thread_id,)
    ).fetchall()
    for number, text in notes:
        full_text.set_note(connection, number, text, "")


def drop_unfinished(connection: sqlite3.Connection, now: float) -> None:
    """Take out the threads whose writing a kill ended."""
    rows = connection.execute(
        "SELECT id FROM threads WHERE tree IS NULL AND added < ?", (now - UNFINISHED_AFTER,)
    ).fetchall()
    for (thread_id,) in rows:
        drop_thread(connection, thread_id)
