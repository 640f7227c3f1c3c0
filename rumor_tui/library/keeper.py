"""The library as the interface has it: the protocol of `library_types`, over one file, one writer and its readers.

What each call does is in modules of their own, which are imported when they are needed first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rumor_tui.library.database import Readers
from rumor_tui.library.locators import locators_of
from rumor_tui.library.problems import explain_error
from rumor_tui.library.writer import Writer
from rumor_tui.library_types import (
    AnnotationChange,
    Answer,
    Change,
    FollowChange,
    LibraryError,
    MarksChange,
    PlaceChange,
    ReadChange,
    RemovalChange,
    TagChange,
)

if TYPE_CHECKING:
    from rumor_tui.library.record import Recorded
    from rumor_tui.library_types import (
        Followed,
        LibraryEntry,
        LibraryHits,
        NewComment,
        Place,
        Remembered,
    )
    from rumor_tui.model import Thread

T = TypeVar("T")


class Keeper:
    """Remembers what is read in the library at `path`, which is opened when it is needed first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = Writer(path)
        self._readers = Readers(path)

    # The file

    @property
    def folder(self) -> str:
        """Where temporary files may be made."""
        return str(self.path.parent)

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have something written in a transaction, and wait for it. Raises LibraryError."""
        return self.writer.run(work)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with, for this thread of the program. Raises LibraryError."""
        connection = self._readers.connection()
        try:
            yield connection
        except sqlite3.Error as error:
            raise explain_error(error, self.path) from error

    @property
    def exists(self) -> bool:
        """Whether there is a library."""
        return self.path.exists()

    # Threads

    def place_of(self, source: str) -> Place | None:
        """Where the reader left the thread that was last read from a source, found by its name alone."""
        if not self.exists:
            return None
        from rumor_tui.library.reading_state import place_at

        with suppress(Exception), self.reading() as connection:
            return place_at(connection, locators_of(source))
        return None

    def visit(self, thread: Thread, visit: float) -> Remembered:
        """Record a thread as it is now, and say what was known of it."""
        from rumor_tui.library.remembering import remember

        breathe = _slicer()
        recorded = self._record(thread, time(), visit, breathe)
        with self.reading() as connection:
            return remember(connection, recorded, visit, breathe)

    def record(self, thread: Thread, moment: float | None = None) -> Recorded:
        """Record a thread as it is, without a visit: for what is added or refreshed in the background."""
        return self._record(thread, time() if moment is None else moment, None, _slicer())

    def _record(self, thread: Thread, moment: float, visit: float | None, breathe: Callable[[], object]) -> Recorded:
        from rumor_tui.library.record import record

        return record(self, thread, moment, visit, breathe)

    def stored(self, thread_id: int) -> Thread:
        """A thread as it was last seen, with what the source has no more."""
        from rumor_tui.library.stored import read_thread

        with self.reading() as connection:
            return read_thread(connection, thread_id).thread

    def row_of(self, thread_id: int, handle: int) -> int:
        """The row of a comment in `stored`, or -1."""
        from rumor_tui.library.stored import read_tree

        with self.reading() as connection:
            handles = read_tree(connection, thread_id)[0].handles
        try:
            return handles.index(handle)
        except ValueError:
            return -1

    # Changes

    def change(self, changes: Sequence[Change], answer: Answer = lambda problem: None) -> None:
        """Have changes written, together, in the order of the calls."""
        wanted = tuple(changes)

        def write(connection: sqlite3.Connection) -> None:
            for change in wanted:
                _APPLY[type(change)](connection, change)

        self.writer.submit(write).add_done_callback(lambda done: answer(_problem(done)))

    # Lists

    def entries(self, *, removed: bool = False) -> Sequence[LibraryEntry]:
        """All threads, the last active first; or those that were deleted and can be put back."""
        from rumor_tui.library.listing import list_threads

        return self._read(lambda connection: list_threads(connection, removed=removed))

    def news(self, limit: int = 1_000) -> Sequence[NewComment]:
        """Unread comments that came since the last visit in threads that are followed, the newest first."""
        from rumor_tui.library.listing import list_news

        return self._read(lambda connection: list_news(connection, limit))

    def followed(self) -> Sequence[Followed]:
        """What is followed, by title."""
        from rumor_tui.library.following import list_followed

        return self._read(list_followed)

    def search(self, query: str, limit: int = 50) -> LibraryHits:
        """Search all texts. Raises QueryError for a query that is none."""
        from rumor_tui.library.search import search_library

        with self.reading() as connection:
            return search_library(connection, query, limit)

    def _read(self, read: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
        """What is read; nothing where there is no library yet."""
        if not self.exists:
            return []
        with self.reading() as connection:
            return read(connection)

    def close(self) -> None:
        """Write what is left, and close."""
        self.writer.close()
        self._readers.close()


def _slicer() -> Callable[[], object]:
    """What long work calls between its parts, so that the interface goes on."""
    from rumor_tui.search.cooperative import TimeSlicer

    return TimeSlicer().rest


def _problem(done: Future[Any]) -> str:
    """Why changes are not on disk, in a sentence; "" if they are."""
    error = done.exception()
    if error is None or isinstance(error, LibraryError):
        return "" if error is None else str(error)
    return f"The library could not be written: {type(error).__name__}. Please report this."


def _apply_read(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.reading_state import apply_read

    apply_read(connection, change)


def _apply_place(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.reading_state import apply_place

    apply_place(connection, change)


def _apply_annotation(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.annotations import write_annotation

    write_annotation(connection, change)


def _apply_tag(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.listing import apply_tag

    apply_tag(connection, change)


def _apply_follow(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.following import change_follow

    change_follow(connection, change)


def _apply_removal(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.listing import apply_removal

    apply_removal(connection, change)


def _apply_marks(connection: sqlite3.Connection, change: Any) -> None:
    from rumor_tui.library.marks import write_marks

    write_marks(connection, change)


_APPLY: Final[dict[type, Callable[[sqlite3.Connection, Any], None]]] = {
    ReadChange: _apply_read,
    PlaceChange: _apply_place,
    AnnotationChange: _apply_annotation,
    TagChange: _apply_tag,
    FollowChange: _apply_follow,
    RemovalChange: _apply_removal,
    MarksChange: _apply_marks,
}
"""What writes each kind of change."""
