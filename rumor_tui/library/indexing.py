"""Indexing all texts of the library: those of an older one, which has no index yet, or anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rumor_tui.library import full_text
from rumor_tui.library.chunks import read_chunk_of, unpack_facts, unpack_texts
from rumor_tui.library.documents import unpack_head
from rumor_tui.library.pieces import article_texts
from rumor_tui.library.pruning import give_back
from rumor_tui.library_types import LibraryError

if TYPE_CHECKING:
    from rumor_tui.model import Format

MUCH: Final = 0.1
"""The share of all comments from which on the index is merged after they were added."""

FEW: Final = 10_000
"""Comments that are too few for it: their parts of the index are merged as more come."""


def merge_after_adding(connection: sqlite3.Connection, added: int, few: int = FEW) -> Generator[None, None, None]:
    """Merge the index of comments after so many were added, in slices, where that is worth its while.

    It writes the whole index again, so it is not done for a few comments in a large library.
    """
    (comments,) = connection.execute("SELECT coalesce(sum(comments), 0) FROM threads").fetchone()
    if added >= max(few, MUCH * comments):
        yield from full_text.merge_index(connection, "comment_words")
        yield from give_back(connection)


def index_all(connection: sqlite3.Connection) -> None:
    """Index all texts of a library that has no index yet, chunk by chunk, but for those that are damaged."""
    known = full_text.KnownWords()
    for thread, format, repair, head in connection.execute("SELECT id, format, repair, head FROM threads").fetchall():
        _index_comments(connection, thread, format, bool(repair), known)
        with suppress(LibraryError):
            if head is not None:
                texts = article_texts(unpack_head(head).article, repair=bool(repair))
                full_text.set_article(connection, thread, *texts)
    for id, text in connection.execute("SELECT id, text FROM annotations WHERE NOT removed").fetchall():
        full_text.set_note(connection, id, "", text)


def _index_comments(
    connection: sqlite3.Connection, thread: int, format: Format, repair: bool, known: full_text.KnownWords
) -> None:
    for (first,) in connection.execute("SELECT first FROM chunks WHERE thread = ?", (thread,)).fetchall():
        with suppress(LibraryError):
            chunk = read_chunk_of(connection, first)
            assert chunk is not None
            authors = unpack_facts(chunk.facts, chunk.size)["authors"]
            texts = full_text.comment_texts(authors, unpack_texts(chunk.texts, chunk.size), format, repair)
            full_text.add_comments(connection, first, texts, known)


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make the full-text index anew, inside a transaction: it takes a minute for a million comments.

    The index keeps no texts, so what stood in it of a text that is lost cannot be taken out by itself; and taking out
    what does not stand in it damages it.
    """
    for table in ("comment_words", "article_words", "note_words", "word_parts"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    connection.execute("DELETE FROM words")
    index_all(connection)
