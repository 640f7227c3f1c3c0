"""The library as the interface has it: the protocol of `library_types`, over one file, one writer and its readers.

What each call does is in modules of their own, which are imported when they are needed first.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Lock
from time import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from rumor_tui.library.database import Readers
    from rumor_tui.library.record import Recorded
    from rumor_tui.library.reopening import GivenThreads
    from rumor_tui.library.writer import Writer
    from rumor_tui.library_types import (
        Answer,
        Change,
        ClaimSubject,
        Followed,
        LibraryEntry,
        LibraryHits,
        LibraryTrail,
        NewComment,
        Remembered,
    )
    from rumor_tui.model import Thread
    from rumor_tui.place import Place

T = TypeVar("T")


class Keeper:
    """Remembers what is read in the library at `path`, by default the user's, which is opened when it is needed first.

    Making one costs nothing, so that it can be handed to the interface before the first screen. `limit` is the number
    of bytes that it may have before old snapshots go, 0 for any (`pruning`).
    """

    def __init__(self, path: Path | None = None, limit: int = 0) -> None:
        self._path = path
        self._limit = limit
        self._lock = Lock()
        self._writer: Writer | None = None
        self._readers: Readers | None = None
        self._given: GivenThreads | None = None

    # The file

    @property
    def path(self) -> Path:
        """The library's file, which may not exist."""
        if self._path is None:
            from rumor_tui.library.folder import library_path

            self._path = library_path()
        return self._path

    @property
    def folder(self) -> str:
        """Where temporary files may be made."""
        return str(self.path.parent)

    @property
    def exists(self) -> bool:
        """Whether there is a library."""
        return self.path.exists()

    @property
    def writer(self) -> Writer:
        """The one that writes."""
        from rumor_tui.library.upkeep import make_upkeep
        from rumor_tui.library.writer import Writer

        with self._lock:
            if self._writer is None:
                self._writer = Writer(self.path, make_upkeep(self.path, self._limit))
            return self._writer

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have something written in a transaction, and wait for it. Raises LibraryError."""
        return self.writer.run(work)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with, for this thread of the program. Raises LibraryError."""

        from rumor_tui.library.database import Readers
        from rumor_tui.library.problems import SQLITE_ERRORS, CorruptLibraryError, explain_error

        with self._lock:
            if self._readers is None:
                self._readers = Readers(self.path)
            readers = self._readers
        connection = readers.connection()
        try:
            yield connection
        except SQLITE_ERRORS as error:
            problem = explain_error(error, self.path)
            if isinstance(problem, CorruptLibraryError):
                self.writer.check()
            raise problem from error

    # Threads

    def place_of(self, source: str) -> Place | None:
        """Where the reader left the thread that was last read from a source, found by its name alone."""
        if not self.exists:
            return None
        from rumor_tui.library.locators import locators_of
        from rumor_tui.library.stored_places import place_at

        with suppress(Exception), self.reading() as connection:
            return place_at(connection, locators_of(source))
        return None

    def visit(
        self, thread: Thread, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
    ) -> Remembered:
        """Record a thread as it is now, and say what was known of it."""
        return self._mending(lambda: self._visit(thread, visit, breathe or _slicer(), whole=whole))

    def _visit(self, thread: Thread, visit: float, breathe: Callable[[], object], *, whole: bool) -> Remembered:
        from rumor_tui.library.record import record
        from rumor_tui.library.remembering import remember
        from rumor_tui.library.reopening import reopen

        given = self._given_threads().find(thread)
        if given is not None:
            recorded = reopen(self, given, thread, visit)
        else:
            recorded = record(self, thread, time(), visit, breathe, whole=whole)
        if recorded.thread is not thread:  # it has what its source has no more
            self._given_threads().note(recorded.thread, recorded.thread_id, recorded.handles)
        with self.reading() as connection:
            return remember(connection, recorded, visit, breathe)

    def record(self, thread: Thread, moment: float | None = None) -> Recorded:
        """Record a thread as it is, without a visit: for what is added or refreshed in the background."""
        from rumor_tui.library.record import record

        now = time() if moment is None else moment
        return self._mending(lambda: record(self, thread, now, None, _slicer()))

    def stored(self, thread_id: int) -> Thread:
        """A thread as it was last seen, with what the source has no more."""
        return self._mending(lambda: self._stored(thread_id))

    def _stored(self, thread_id: int) -> Thread:
        from rumor_tui.library.stored import read_thread

        with self.reading() as connection:
            stored = read_thread(connection, thread_id)
        documents = stored.documents
        self._given_threads().note(stored.thread, thread_id, documents.tree.handles, documents.hash)
        return stored.thread

    def _given_threads(self) -> GivenThreads:
        """The threads that were given out."""
        from rumor_tui.library.reopening import GivenThreads

        with self._lock:
            if self._given is None:
                self._given = GivenThreads()
            return self._given

    def row_of(self, thread_id: int, handle: int) -> int:
        """The row of a comment in `stored`, or -1."""
        from rumor_tui.library.stored import read_documents

        with self.reading() as connection:
            handles = read_documents(connection, thread_id).tree.handles
        try:
            return handles.index(handle)
        except ValueError:
            return -1

    def _mending(self, use: Callable[[], T]) -> T:
        """What `use` gives; once more after damaged documents were mended, or a backup took the file's place."""
        from rumor_tui.library.chunks import DAMAGED
        from rumor_tui.library.problems import CorruptLibraryError
        from rumor_tui.library.writer import is_of_index
        from rumor_tui.library_types import LibraryError

        try:
            return use()
        except CorruptLibraryError as error:
            if not self.writer.restore(index=is_of_index(error)):
                raise
        except LibraryError as error:
            if str(error) != DAMAGED or not self._mend():
                raise
        except Exception:  # a damaged file may hold what nobody expects; in a sound one it is a fault of the program
            if not self.writer.restore():
                raise
        # Outside of `except`, where the error would keep a cursor, and so the state before the mending
        return use()

    def _mend(self) -> bool:
        """Mend damaged documents, and tell the reader; whether there were any."""
        from rumor_tui.library.repairing import repair_documents

        repair = self.write(lambda connection: repair_documents(connection, self.path))
        if any(repair):
            self.writer.notices.append(repair.notice)
        return any(repair)

    # Changes

    def change(self, changes: Sequence[Change], answer: Answer = lambda problem: None) -> None:
        """Have changes written, together, in the order of the calls."""
        from rumor_tui.library.changing import apply_changes

        wanted = tuple(changes)
        future = self.writer.submit(lambda connection: apply_changes(connection, wanted))
        future.add_done_callback(lambda done: answer(_problem(done)))

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

        return self._mending(lambda: self._with(lambda connection: search_library(connection, query, limit)))

    def trail(self, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        """Follow a number or a name through all threads."""
        from rumor_tui.library.claims import library_trail

        return self._mending(lambda: self._with(lambda connection: library_trail(connection, subject, limit)))

    def _read(self, read: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
        """What is read; nothing where there is no library yet."""
        return self._with(read) if self.exists else []

    def _with(self, read: Callable[[sqlite3.Connection], T]) -> T:
        with self.reading() as connection:
            return read(connection)

    def notices(self) -> list[str]:
        """Sentences about the library itself that the reader ought to see, such as that it was restored; each once."""
        found: list[str] = []
        while self._writer is not None and self._writer.notices:
            found.append(self._writer.notices.popleft())
        return found

    def close(self) -> None:
        """Write what is left, and close."""
        with self._lock:
            writer, readers = self._writer, self._readers
            self._readers = None
        if writer is not None:
            writer.close()
        if readers is not None:
            readers.close()


def _slicer() -> Callable[[], object]:
    """What long work calls between its parts, so that the interface goes on."""
    from rumor_tui.search.cooperative import TimeSlicer

    return TimeSlicer().rest


def _problem(done: Future[None]) -> str:
    """Why changes are not on disk, in a sentence; "" if they are."""
    from rumor_tui.library_types import LibraryError

    error = done.exception()
    if error is None or isinstance(error, LibraryError):
        return "" if error is None else str(error)
    return f"The library could not be written: {type(error).__name__}. Please report this."
