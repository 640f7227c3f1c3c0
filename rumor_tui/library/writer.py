"""The one writer of the library in this process: a thread that runs what it is given, together where that is faster."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeVar

from rumor_tui.library.database import open_for_writing
from rumor_tui.library_types import LibraryError

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], object]
"""Writes something inside a transaction that is begun already."""


class _Job(NamedTuple):
    work: Work
    result: Future[object]


class Writer:
    """Runs work in a transaction, in the order in which it is given. The library is opened by the first of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def submit(self, work: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Have work done. The future has its result once it is on disk, or raises LibraryError. Returns at once."""
        future: Future[object] = Future()
        self._jobs.put(_Job(work, future))
        if self._thread is None:
            self._thread = Thread(target=self._run, name="library", daemon=True)
            self._thread.start()
        return future  # type: ignore[return-value]

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have work done, and wait for it. Raises LibraryError."""
        return self.submit(work).result()

    def close(self, seconds: float = 5.0) -> None:
        """Do what is waiting, and close the file."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while (job := self._jobs.get()) is not None:
            try:
                if connection is None:
                    connection = open_for_writing(self.path)
                job.result.set_result(_in_transaction(connection, job.work))
            except (LibraryError, sqlite3.Error) as error:
                job.result.set_exception(
                    error
                    if isinstance(error, LibraryError)
                    else LibraryError(f"The library cannot be written: {error}.")
                )
            except Exception as error:
                job.result.set_exception(error)
        if connection is not None:
            connection.close()


def _in_transaction(connection: sqlite3.Connection, work: Work) -> object:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return result
