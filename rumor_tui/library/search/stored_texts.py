"""What a search reads of the library: the texts of comments and articles, their trees, and what is known of threads.

Everything is read when it is asked for, and the last of it is kept, for one search.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from rumor_tui.library.chunks import Chunk, read_chunk_of, unpack_facts, unpack_texts
from rumor_tui.library.documents import Head, unpack_head, unpack_tree
from rumor_tui.library.marks import marks_in
from rumor_tui.library_types import LibraryError

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Mark
    from rumor_tui.model import Format
    from rumor_tui.search.index.kept_marks import ThreadMarks

T = TypeVar("T")

KEPT_CHUNKS: Final = 160
"""Unpacked chunks that are kept at hand, some 15 MB: those of the latest thousand comments with a common word."""


class ThreadFacts(NamedTuple):
    """What is known of a thread as a whole."""

    title: str
    site: str
    address: str
    byline: str | None
    published: float | None
    format: Format
    repair: int
    confidence: str


@dataclass(frozen=True)
class CommentTree:
    """The tree of a thread: handles and parents (rows) in the order of the page."""

    handles: Sequence[int]
    parent: Sequence[int]

    @cached_property
    def rows(self) -> dict[int, int]:
        """The row of each handle."""
        return {handle: row for row, handle in enumerate(self.handles)}

    @cached_property
    def depths(self) -> Sequence[int]:
        """How many comments are above each one."""
        from rumor_tui.outline import depths

        return depths(self.parent)

    @cached_property
    def replies(self) -> Sequence[int]:
        """How many comments reply to each one directly."""
        counts = array("I", bytes(4 * len(self.parent)))
        for above in self.parent:
            if above >= 0:
                counts[above] += 1
        return counts


class _OpenChunk:
    """A chunk, unpacked as far as it was asked for."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk

    @cached_property
    def texts(self) -> list[str]:
        return unpack_texts(self.chunk.texts, self.chunk.size)

    @cached_property
    def facts(self) -> dict[str, list[Any]]:
        return unpack_facts(self.chunk.facts, self.chunk.size)


class StoredTexts:
    """Reads from one connection. What is damaged is as if it were empty, and `damaged` says so."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.damaged = False
        self._threads: dict[int, ThreadFacts] = {}
        self._trees: dict[int, CommentTree] = {}
        self._heads: dict[int, Head | None] = {}
        self._chunks: dict[int, _OpenChunk] = {}
        self._firsts: list[int] = []
        """The first handles of the chunks at hand, in order."""
        self._authors: dict[int, str] = {}
        self._marks: dict[int, ThreadMarks | None] = {}

    # Threads

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The threads that were deleted, or are not written to their end."""
        rows = self.connection.execute("SELECT id FROM threads WHERE removed IS NOT NULL OR tree IS NULL")
        return frozenset(id for (id,) in rows)

    def thread(self, id: int) -> ThreadFacts:
        """What is known of a thread."""
        if id not in self._threads:
            row = self.connection.execute(
                "SELECT CASE title WHEN '' THEN source ELSE title END, site, address, byline, published, format,"
                " repair, confidence FROM threads WHERE id = ?",
                (id,),
            ).fetchone()
            self._threads[id] = ThreadFacts._make(row)
        return self._threads[id]

    def tree(self, thread: int) -> CommentTree:
        """The tree of a thread."""
        if thread not in self._trees:
            (packed,) = self.connection.execute("SELECT tree FROM threads WHERE id = ?", (thread,)).fetchone()
            tree = self._or_none(lambda: unpack_tree(packed))
            self._trees[thread] = CommentTree((), ()) if tree is None else CommentTree(tree.handles, tree.parent)
        return self._trees[thread]

    def head(self, thread: int) -> Head | None:
        """The article of a thread, and what holds for all of it; None if it is damaged."""
        if thread not in self._heads:
            (packed,) = self.connection.execute("SELECT head FROM threads WHERE id = ?", (thread,)).fetchone()
            self._heads[thread] = self._or_none(lambda: unpack_head(packed))
        return self._heads[thread]

    def marks_of(self, thread: int, handle: int) -> list[Mark] | None:
        """The marks of a comment that are kept, names with all their forms; None if the thread has none."""
        if thread not in self._marks:
            self._marks[thread] = marks_in(self.connection, thread)
        marks = self._marks[thread]
        return None if marks is None else marks.named_marks_of(handle)

    # Comments

    def author(self, id: int | None) -> str | None:
        """An author's name by the number that comments have."""
        if id is None:
            return None
        if id not in self._authors:
            (self._authors[id],) = self.connection.execute("SELECT name FROM authors WHERE id = ?", (id,)).fetchone()
        return self._authors[id]

    def body(self, handle: int) -> str:
        """The raw body of a comment; "" if it is not there any more."""
        found = self._chunk_of(handle)
        texts = self._or_none(lambda: found.texts) if found is not None else None
        return texts[handle - found.chunk.first] if found is not None and texts is not None else ""

    def fact(self, handle: int, column: Literal["scores", "deleted"]) -> Any:
        """What a column of the thread holds for a comment; None if it is not there any more."""
        found = self._chunk_of(handle)
        facts = self._or_none(lambda: found.facts) if found is not None else None
        return facts[column][handle - found.chunk.first] if found is not None and facts is not None else None

    def _or_none(self, read: Callable[[], T]) -> T | None:
        """What is read; None for what is damaged."""
        try:
            return read()
        except LibraryError:
            self.damaged = True
            return None

    def _chunk_of(self, handle: int) -> _OpenChunk | None:
        at = bisect_right(self._firsts, handle) - 1
        if at >= 0 and handle < (found := self._chunks[self._firsts[at]]).chunk.first + found.chunk.size:
            return found
        chunk = self._or_none(lambda: read_chunk_of(self.connection, handle))
        if chunk is None:
            return None
        if len(self._chunks) >= KEPT_CHUNKS:
            oldest = next(iter(self._chunks))
            del self._chunks[oldest]
            self._firsts.remove(oldest)
        self._chunks[chunk.first] = opened = _OpenChunk(chunk)
        insort(self._firsts, chunk.first)
        return opened
