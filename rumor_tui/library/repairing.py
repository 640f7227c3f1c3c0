"""Mending documents that are damaged: chunks, heads and trees whose bytes are not those that their hash is of.

SQLite notices few flipped bits, so each document has a hash, and is checked when it is read. A damaged one is taken
from the newest backup that has it whole. Where none has, what can still be read of it stays, and what cannot is
replaced: texts by a sentence, a tree by a flat one. So a thread is never lost for a part of it, and its source can be
read into it again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple, TypeVar
from uuid import uuid4

from rumor_tui.labels import plural
from rumor_tui.library.backup import all_copies
from rumor_tui.library.chunks import (
    COLUMNS,
    ROWS,
    Chunk,
    chunk_hash,
    count_texts,
    hash_of,
    is_intact,
    is_sound,
    pack,
    read_chunk_of,
    unpack_facts,
    unpack_texts,
    write_chunk,
)
from rumor_tui.library.documents import Head, Tree, pack_head, pack_tree, unpack_head, unpack_tree
from rumor_tui.library.indexing import rebuild_index
from rumor_tui.library.problems import SQLITE_ERRORS
from rumor_tui.library_types import LibraryError
from rumor_tui.model import Article

LOST: Final = "(This text was damaged in the library, and no backup has it.)"

T = TypeVar("T")


class Repair(NamedTuple):
    """How many documents were mended from backups, and how many in part only."""

    mended: int = 0
    lost: int = 0

    @property
    def notice(self) -> str:
        """A sentence on it."""
        words = f"{plural(self.mended + self.lost, 'part')} of the library had been damaged"
        if not self.lost:
            return f"{words}, and came back from a backup."
        return f"{words}; {self.lost:,} could not be restored. Load the threads again to have their texts."


def repair_documents(connection: sqlite3.Connection, path: Path) -> Repair:
    """Mend all damaged documents of the library at `path`, inside a transaction. Looks at all of them."""
    with backups_of(path) as backups:
        repair = mend_documents(connection, backups)
    if repair.lost:
        rebuild_index(connection)
    return repair


def mend_documents(
    connection: sqlite3.Connection, backups: Sequence[sqlite3.Connection], *, older: bool = False
) -> Repair:
    """The same without the index; `older` texts of the same comments are taken, too, where a backup has no others."""
    repaired = [*_repair_chunks(connection, backups, older=older), *_repair_threads(connection, backups)]
    return Repair(sum(repaired), len(repaired) - sum(repaired))


def has_damaged_documents(connection: sqlite3.Connection) -> bool:
    """Whether the bytes of a chunk, a head or a tree are not those that their hash is of. Looks at all of them."""
    rows = connection.execute("SELECT head, tree, hash FROM threads WHERE tree IS NOT NULL")
    return bool(_damaged_chunks(connection)) or any(hash_of(head, tree) != hash for head, tree, hash in rows)


@contextmanager
def backups_of(path: Path) -> Iterator[Sequence[sqlite3.Connection]]:
    """The backups of this form, the newest first."""
    with ExitStack() as stack:
        found = []
        for copy in all_copies(path):
            backup = stack.enter_context(closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)))
            try:
                backup.execute("SELECT first FROM chunks LIMIT 1").fetchall()
            except SQLITE_ERRORS:  # it is damaged itself
                continue
            found.append(backup)
        yield found


# Chunks


def _repair_chunks(
    connection: sqlite3.Connection, backups: Sequence[sqlite3.Connection], *, older: bool
) -> Iterator[bool]:
    """Mend the damaged chunks; for each, whether a backup had it."""
    for first, thread in _damaged_chunks(connection):
        found = connection.execute("SELECT count, facts, texts, hash FROM chunks WHERE first = ?", (first,)).fetchone()
        size = _if_of(int, found[0], 0)
        facts, texts, hash = (_if_of(bytes, part, b"") for part in found[1:])
        whole = _from_backup(backups, "SELECT facts, texts FROM chunks WHERE first = ? AND hash = ?", (first, hash))
        if whole is None and chunk_hash(facts, texts) == hash:
            whole = facts, texts  # only their number is wrong
        if whole is not None:
            write_chunk(connection, thread, Chunk(first, count_texts(whole[1]), *whole, hash))
        elif older and (chunk := _older_chunk(backups, first, size)) is not None:
            write_chunk(connection, thread, chunk)
        else:
            write_chunk(connection, thread, _readable_chunk(connection, Chunk(first, size, facts, texts, hash)))
        yield whole is not None


def _if_of(kind: type[T], value: object, other: T) -> T:
    """What a damaged file has in a column, or another value if that is of a wrong type."""
    return value if isinstance(value, kind) else other


def _damaged_chunks(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    rows = connection.execute("SELECT thread, first, count, facts, texts, hash FROM chunks")
    return [(row[1], row[0]) for row in rows if not _is_whole(Chunk(*row[1:]))]


def _is_whole(chunk: Chunk) -> bool:
    """Whether the bytes of a chunk are those that were written, and their number of comments is the one beside them."""
    if not is_intact(chunk):
        return False
    try:
        return count_texts(chunk.texts) == chunk.size
    except LibraryError:
        return False


def _from_backup(
    backups: Sequence[sqlite3.Connection], query: str, parameters: tuple[object, bytes]
) -> tuple[bytes, bytes] | None:
    """Both parts of a document as a backup has them whole; the second parameter is their hash."""
    for backup in backups:
        try:
            row = backup.execute(query, parameters).fetchone()
        except SQLITE_ERRORS:
            continue
        if row is not None and hash_of(*row) == parameters[1]:
            return row[0], row[1]
    return None


def _older_chunk(backups: Sequence[sqlite3.Connection], first: int, size: int) -> Chunk | None:
    """The same comments as a backup has them whole, as they were once."""
    for backup in backups:
        with suppress(LibraryError, *SQLITE_ERRORS):
            chunk = read_chunk_of(backup, first)
            if chunk is not None and (chunk.first, chunk.size) == (first, size):
                return chunk
    return None


def _sound(data: bytes) -> bytes:
    """The same bytes. Raises LibraryError unless their own checksum says that they are sound: damaged ones may still
    unpack to something."""
    if not is_sound(data):
        raise LibraryError
    return data


def _readable_chunk(connection: sqlite3.Connection, chunk: Chunk) -> Chunk:
    """A chunk of what can be read of a damaged one, with what the table knows of its comments besides."""
    with suppress(LibraryError):
        chunk = chunk._replace(size=count_texts(_sound(chunk.texts)))
    chunk = chunk._replace(size=max(1, min(chunk.size, ROWS)))
    try:
        facts = unpack_facts(_sound(chunk.facts), chunk.size)
    except LibraryError:
        facts = {name: [None] * chunk.size for name in COLUMNS}
        facts |= {"deleted": [False] * chunk.size, "discussions": [-1] * chunk.size}
        rows = connection.execute(
            "SELECT name, published FROM comments LEFT JOIN authors ON authors.id = author"
            " WHERE comments.id BETWEEN ? AND ? ORDER BY comments.id",
            (chunk.first, chunk.first + chunk.size - 1),
        ).fetchall()
        if len(rows) == chunk.size:
            facts["authors"], facts["published"] = (list(column) for column in zip(*rows, strict=True))
    try:
        texts = unpack_texts(_sound(chunk.texts), chunk.size)
    except LibraryError:
        texts = [LOST] * chunk.size
    return pack(chunk.first, facts, texts)


# Heads and trees


def _repair_threads(connection: sqlite3.Connection, backups: Sequence[sqlite3.Connection]) -> Iterator[bool]:
    """Mend the damaged heads and trees; for each pair, whether a backup had it."""
    rows = connection.execute("SELECT id, uid, head, tree, hash FROM threads WHERE tree IS NOT NULL").fetchall()
    for thread, uid, head, tree, hash in rows:
        if hash_of(head, tree) == hash:
            continue
        whole = _from_backup(backups, "SELECT head, tree FROM threads WHERE uid = ? AND hash = ?", (uid, hash))
        parts = whole or (_readable_head(connection, thread, head), _readable_tree(connection, thread, tree))
        connection.execute(
            "UPDATE threads SET head = ?, tree = ?, hash = ? WHERE id = ?", (*parts, hash_of(*parts), thread)
        )
        yield whole is not None


def _readable_head(connection: sqlite3.Connection, thread: int, data: bytes) -> bytes:
    try:
        unpack_head(_sound(data))
    except LibraryError:
        title, source = connection.execute("SELECT title, source FROM threads WHERE id = ?", (thread,)).fetchone()
        return pack_head(Head(Article(title=title, pieces=[LOST]), state=uuid4().hex, source=source))
    return data


def _readable_tree(connection: sqlite3.Connection, thread: int, data: bytes) -> bytes:
    rows = connection.execute("SELECT first, count FROM chunks WHERE thread = ? ORDER BY first", (thread,))
    handles = array("q", [handle for first, count in rows for handle in range(first, first + count)])
    try:
        if sorted(unpack_tree(_sound(data)).handles) == list(handles):
            return data
    except LibraryError:
        pass  # nothing of it can be read
    size = len(handles)
    return pack_tree(Tree(handles, array("i", [-1]) * size, array("I", [len(LOST)]) * size))
