"""Taking threads out of the library for good."""

from __future__ import annotations

import sqlite3
from typing import Final

from rumor_tui.library import full_text
from rumor_tui.library.chunks import read_chunks, unpack_facts, unpack_texts

UNFINISHED_AFTER: Final = 3600.0
"""Seconds after which a thread that is not written to its end is given up: whoever wrote it was killed."""


def drop_thread(connection: sqlite3.Connection, thread_id: int) -> None:
    """Take a thread out, with all that belongs to it. Raises LibraryError where it cannot be read."""
    format, repair, head = connection.execute(
        "SELECT format, repair, head FROM threads WHERE id = ?", (thread_id,)
    ).fetchone()
    for chunk in read_chunks(connection, thread_id):
        authors, bodies = unpack_facts(chunk.facts, chunk.size)["authors"], unpack_texts(chunk.texts)
        texts = full_text.comment_texts(authors, bodies, format, bool(repair))
        full_text.remove_comments(connection, chunk.first, texts)
        handles = (chunk.first, chunk.first + chunk.size - 1)
        connection.execute("DELETE FROM comments WHERE id BETWEEN ? AND ?", handles)
        connection.execute("DELETE FROM earlier_texts WHERE comment BETWEEN ? AND ?", handles)
    if head is not None:
        _drop_texts(connection, thread_id, head, repair=bool(repair))
    connection.execute("DELETE FROM threads WHERE id = ?", (thread_id,))


def _drop_texts(connection: sqlite3.Connection, thread_id: int, head: bytes, *, repair: bool) -> None:
    """Take the article and the notes out of the full-text index."""
    from rumor_tui.library.documents import unpack_head
    from rumor_tui.library.pieces import article_texts

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
