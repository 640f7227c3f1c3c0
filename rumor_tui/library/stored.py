"""A thread as the library has it: read at once as documents and packed chunks, its comments unpacked when asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, get_args

from rumor_tui.columns import Constant, LazyColumn
from rumor_tui.library.chunks import DAMAGED, ChunkStore, hash_of, read_chunks, runs_of
from rumor_tui.library.documents import Head, Tree, unpack_head, unpack_tree
from rumor_tui.library.transactions import one_moment
from rumor_tui.library_types import LibraryError
from rumor_tui.model import Confidence, Discussion, Format, Thread

NO_THREAD: Final = "The library does not hold this thread any more. Open its source again."


class Documents(NamedTuple):
    """The documents of a thread, without its comments: the head also as it is packed, and the hash of its state."""

    head: Head
    tree: Tree
    packed_head: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class StoredThread:
    """A thread at one moment: `thread` has the rows of its tree, `gone` are handles of what its source has no more."""

    thread_id: int
    thread: Thread
    documents: Documents
    chunks: ChunkStore
    gone: frozenset[int]

    @property
    def tree(self) -> Tree:
        """The order of its comments."""
        return self.documents.tree

    @property
    def head(self) -> Head:
        """What holds for all of it."""
        return self.documents.head

    @property
    def packed_head(self) -> bytes:
        """The head as it is stored."""
        return self.documents.packed_head

    @property
    def hash(self) -> bytes:
        """What tells this state from another one."""
        return self.documents.hash


def read_documents(connection: sqlite3.Connection, thread_id: int) -> Documents:
    """The documents of a thread. Raises LibraryError."""
    row = connection.execute("SELECT head, tree, hash FROM threads WHERE id = ?", (thread_id,)).fetchone()
    if row is None or row[1] is None:
        raise LibraryError(NO_THREAD)
    if hash_of(row[0], row[1]) != row[2]:
        raise LibraryError(DAMAGED)
    return Documents(unpack_head(row[0]), unpack_tree(row[1]), row[0], row[2])


def read_thread(connection: sqlite3.Connection, thread_id: int) -> StoredThread:
    """A thread as it was last seen, with what its source has no more. Raises LibraryError."""
    with one_moment(connection):
        documents = read_documents(connection, thread_id)
        format, repair, confidence = connection.execute(
            "SELECT format, repair, confidence FROM threads WHERE id = ?", (thread_id,)
        ).fetchone()
        if format not in get_args(Format) or confidence not in get_args(Confidence):
            raise LibraryError(DAMAGED)
        chunks = ChunkStore(read_chunks(connection, thread_id))
        gone = gone_handles(connection, thread_id)
    head, tree = documents.head, documents.tree
    thread = Thread(
        article=head.article,
        parent=tree.parent,
        lengths=tree.lengths,
        format=format,
        repair=bool(repair),
        confidence=confidence,
        source=head.source,
        aside=head.aside,
        notice=head.notice,
        stubs=head.stubs,
        **_columns(chunks, tree, head),
    )
    if head.discussions:
        from rumor_tui.joined import tell_apart

        thread = tell_apart(thread)
    return StoredThread(thread_id, thread, documents, chunks, gone)


def gone_handles(connection: sqlite3.Connection, thread_id: int) -> frozenset[int]:
    """The comments of a thread that its source has no more."""
    rows = connection.execute(
        "SELECT comments.id FROM chunks"
        " JOIN comments ON comments.id BETWEEN chunks.first AND chunks.first + chunks.count - 1"
        " WHERE chunks.thread = ? AND gone IS NOT NULL",
        (thread_id,),
    )
    return frozenset(handle for (handle,) in rows)


def _columns(chunks: ChunkStore, tree: Tree, head: Head) -> dict[str, Any]:
    """The columns of a thread, all by the same slots, so that selecting rows costs once."""
    slots = chunks.slots(runs_of(tree.handles))
    size = len(slots)
    columns: dict[str, Any] = {"bodies": chunks.texts(slots)}
    for name in ("authors", "published", "published_text", "ids", "scores", "urls", "deleted"):
        known = name in head.constants
        columns[name] = Constant(head.constants[name], size) if known else chunks.column(name, slots)
    if head.discussions:
        columns["discussions"] = _discussions(chunks, slots, head.discussions)
    return columns


def _discussions(
    chunks: ChunkStore, slots: Sequence[int], discussions: Sequence[Discussion]
) -> LazyColumn[Discussion | None]:
    places = chunks.column("discussions", slots)
    named = dict(enumerate(discussions))  # the place of none is -1

    def many(slots: Sequence[int]) -> list[Discussion | None]:
        assert places.many is not None
        return list(map(named.get, places.many(slots)))

    return LazyColumn(lambda slot: named.get(places.function(slot)), slots, many)
