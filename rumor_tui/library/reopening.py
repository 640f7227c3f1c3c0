"""Threads that the library itself gave out, and that a reader hands back: they are known, whatever their source is now.

Such a thread has what its source has no more, so it must not be taken for a state of that source.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Final
from weakref import ReferenceType, ref

from rumor_tui.library.reading_state import begin_visit
from rumor_tui.library.record import Access, Recorded
from rumor_tui.library.stored import read_documents, read_thread
from rumor_tui.model import Thread
from rumor_tui.row_map import RowMap

MOST: Final = 64
"""How many threads are remembered at most."""


@dataclass(frozen=True, slots=True)
class Given:
    """A thread that was given out. It is recognised by its columns, which copies of it share; `hash` is that of its
    state in the library, None where only its comments count."""

    thread_id: int
    handles: Sequence[int]
    hash: bytes | None
    parents: ReferenceType[array[int]]
    bodies: Sequence[str]


class GivenThreads:
    """The threads that were given out and that somebody still holds, the last ones."""

    def __init__(self) -> None:
        self._given: list[Given] = []
        self._lock = RLock()  # a thread may end, and be forgotten, while this is held

    def note(self, thread: Thread, thread_id: int, handles: Sequence[int], hash: bytes | None = None) -> None:
        """A thread is given out."""
        given = Given(thread_id, handles, hash, ref(thread.parent, self._forget), thread.bodies)
        with self._lock:
            others = [one for one in self._given if not _is_given(one, thread)]
            self._given = [*others[1 - MOST :], given]

    def find(self, thread: Thread) -> Given | None:
        """What is known of a thread, if it was given out."""
        with self._lock:
            return next((one for one in self._given if _is_given(one, thread)), None)

    def _forget(self, parents: ReferenceType[array[int]]) -> None:
        with self._lock:
            self._given = [one for one in self._given if one.parents is not parents]


def _is_given(one: Given, thread: Thread) -> bool:
    return one.parents() is thread.parent and one.bodies is thread.bodies


def reopen(access: Access, given: Given, thread: Thread, visit: float) -> Recorded:
    """A thread that was given out is read. It is given back in its newest state. Raises LibraryError."""

    def write(connection: sqlite3.Connection) -> None:
        read_documents(connection, given.thread_id)  # raises, if it is not there any more
        begin_visit(connection, given.thread_id, visit)

    access.write(write)
    with access.reading() as connection:
        known = read_documents(connection, given.thread_id)
        if known.tree.handles == given.handles and given.hash in (None, known.hash):
            return Recorded(given.thread_id, thread, RowMap.identity(len(thread)), given.handles)
        newest = read_thread(connection, given.thread_id)
    rows = {handle: row for row, handle in enumerate(given.handles)}
    handles = newest.documents.tree.handles
    row_map = RowMap.from_order([rows.get(handle, -1) for handle in handles], len(thread))
    return Recorded(given.thread_id, newest.thread, row_map, handles)
