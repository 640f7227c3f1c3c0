"""The threads of the library as lists: all of them, what is new in those that are followed; tags, and removal."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui.library import following
from rumor_tui.library.reading_state import IS_UNREAD
from rumor_tui.library_types import LibraryEntry, NewComment, RemovalChange, TagChange
from rumor_tui.text import neutralise_line

BEGINNING: Final = 200
"""Characters of a new comment's text that a list is told."""

_RAW: Final = 2_000
"""Characters of a raw text that are looked at for them."""


def list_threads(connection: sqlite3.Connection, *, removed: bool = False) -> list[LibraryEntry]:
    """All threads, the last active first; or those that were deleted and can be put back."""
    tags = _tags(connection)
    annotated = _annotated(connection)
    followed = following.followed_threads(connection)
    rows = connection.execute(
        "SELECT id, CASE title WHEN '' THEN source ELSE title END, site, address, source, comments, unread, fresh,"
        " published, added, visited, active, article"
        f" FROM threads WHERE tree IS NOT NULL AND removed IS {'NOT ' if removed else ''}NULL"
        " ORDER BY active DESC, id DESC"
    ).fetchall()
    articles = Counter(row[-1] for row in rows)
    return [
        LibraryEntry(  # type: ignore[call-arg]
            *row[:8],
            *annotated.get(row[0], (0, 0)),
            tags.get(row[0], ()),
            row[0] in followed,
            row[-1] if row[-1] and articles[row[-1]] > 1 else "",
            *row[8:12],
        )
        for row in rows
    ]


def _annotated(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """How many bookmarks and notes the threads have that have some, by their ids."""
    rows = connection.execute(
        "SELECT thread, sum(kind = 'mark'), sum(kind = 'note') FROM annotations WHERE NOT removed GROUP BY thread"
    )
    return {thread: (marks, notes) for thread, marks, notes in rows}


# Tags


def _tags(connection: sqlite3.Connection) -> dict[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for thread, tag in connection.execute("SELECT thread, tag FROM tags WHERE NOT removed ORDER BY thread, tag"):
        found[thread].append(tag)
    return {thread: tuple(tags) for thread, tags in found.items()}


def tags_of(connection: sqlite3.Connection, thread_id: int) -> tuple[str, ...]:
    """The tags of a thread, in alphabetical order."""
    rows = connection.execute("SELECT tag FROM tags WHERE thread = ? AND NOT removed ORDER BY tag", (thread_id,))
    return tuple(tag for (tag,) in rows)


def apply_tag(connection: sqlite3.Connection, change: TagChange) -> None:
    """Put a tag on a thread, or take it away; what was written at a later moment stays."""
    connection.execute(
        "INSERT INTO tags(thread, tag, changed, removed) SELECT id, ?, ?, ? FROM threads WHERE id = ?"
        " ON CONFLICT(thread, tag) DO UPDATE SET changed = excluded.changed, removed = excluded.removed"
        " WHERE excluded.changed >= changed",
        (clean_tag(change.tag), change.moment, not change.on, change.thread_id),
    )


def clean_tag(tag: str) -> str:
    """A tag as it is kept: on one line, without white space around it."""
    return neutralise_line(tag).strip()


# Removal


def apply_removal(connection: sqlite3.Connection, change: RemovalChange) -> None:
    """Delete a thread so that it can be put back, or put it back."""
    column = "removed = ?" if change.removed else "removed = NULL, restored = ?"
    connection.execute(f"UPDATE threads SET {column} WHERE id = ?", (change.moment, change.thread_id))


# What is new


def is_followed(connection: sqlite3.Connection, thread_id: int) -> bool:
    """Whether a thread is followed itself."""
    return thread_id in following.followed_threads(connection)


def list_news(connection: sqlite3.Connection, limit: int) -> list[NewComment]:
    """What is new, the newest first: unread comments that came since the last visit in threads that are followed, and
    threads that followed lists brought."""
    followed = following.followed_threads(connection) | following.brought_threads(connection)
    threads = connection.execute(
        "SELECT id, title, source, site, format, repair, coalesce(visited, added) FROM threads"
        " WHERE fresh > 0 AND tree IS NOT NULL AND removed IS NULL"
    ).fetchall()
    found = [(fresh, thread) for thread in threads if thread[0] in followed for fresh in _fresh(connection, thread)]
    found.sort(key=lambda one: (one[0][3] if one[0][3] is not None else one[0][2], one[0][0]), reverse=True)
    texts = _Beginnings(connection)
    comments = [
        NewComment(number, handle, title or source, site, author, published, first_seen, texts(handle, format, repair))
        for (handle, author, first_seen, published), (number, title, source, site, format, repair, _) in found[:limit]
    ]
    news = [*comments, *following.new_threads(connection)]
    return sorted(news, key=lambda one: one.first_seen if one.published is None else one.published, reverse=True)[
        :limit
    ]


_Fresh = tuple[int, str | None, int, int | None]


def _fresh(connection: sqlite3.Connection, thread: Sequence[object]) -> Iterator[_Fresh]:
    """What is fresh in a thread: handle, author, when it was first seen, when it was written."""
    return connection.execute(
        "SELECT comments.id, authors.name, first_seen, published FROM chunks"
        " JOIN comments ON comments.id BETWEEN chunks.first AND chunks.first + chunks.count - 1"
        " LEFT JOIN authors ON authors.id = comments.author"
        f" WHERE chunks.thread = ? AND first_seen > ? AND gone IS NULL AND {IS_UNREAD}",
        (thread[0], thread[6]),
    )


class _Beginnings:
    """Gives the beginnings of comments' texts on one line; neighbours are in the same chunk mostly."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._chunks: dict[int, tuple[int, list[str]]] = {}

    def __call__(self, handle: int, format: str, repair: int) -> str:
        from rumor_tui.blocks import body_text

        raw = self._raw(handle)[:_RAW]
        return neutralise_line(body_text(raw, format, bool(repair)))[:BEGINNING]  # type: ignore[arg-type]

    def _raw(self, handle: int) -> str:
        from rumor_tui.library.chunks import read_chunk_of, unpack_texts

        for first, texts in self._chunks.values():
            if first <= handle < first + len(texts):
                return texts[handle - first]
        chunk = read_chunk_of(self._connection, handle)
        if chunk is None:
            return ""
        self._chunks[chunk.first] = chunk.first, unpack_texts(chunk.texts, chunk.size)
        if len(self._chunks) > 50:
            del self._chunks[next(iter(self._chunks))]
        return self._chunks[chunk.first][1][handle - chunk.first]
