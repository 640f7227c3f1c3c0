"""The one writer of the library in this process: a thread that runs what it is given, together where that is faster.

What is waiting is written in one transaction, so that it costs one flush to the disk; whoever waits is answered after
that. Long work (recording 100,000 comments) is done in slices, each a transaction of its own: short work and other
instances go between them.

Another instance's transaction is waited for, as long as it takes. A file that turns out to be damaged is set aside,
and the newest backup takes its place. Sentences for the reader about such things are in `notices`.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import Any, Final, TypeVar

from rumor_tui.library.database import open_for_writing
from rumor_tui.library.folder import make_private_folder
from rumor_tui.library.locks import LibraryLocks, LockBusyError
from rumor_tui.library.problems import (
    BUSY,
    INDEX_REFUSES,
    SQLITE_ERRORS,
    WAITING,
    CorruptLibraryError,
    explain_error,
    primary_code,
)
from rumor_tui.library.transactions import transaction
from rumor_tui.library_types import LibraryError

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], T]
"""Writes something inside a transaction that is begun already, and nothing else: it is run again where a transaction
had to be given up for another one's sake."""

Slices = Callable[[sqlite3.Connection], Generator[object, None, T]]
"""Writes something and yields wherever that much may stand on the disk; it is in a transaction all the time."""

BATCH: Final = 200
"""Works that are written together at most."""
PATIENCE: Final = 1.0
"""Seconds after which a wait for another instance looks up, whether the library is to be closed."""
LONG: Final = 3.0
"""Seconds after which the reader is told of such a wait."""
QUIET: Final = 2.0
"""Seconds without work after which the log is put into the file."""
INDEX_MADE: Final = "The search index of the library was damaged, and was made anew."
CLOSED: Final = "The library is closed."


@dataclass(slots=True)
class _Job:
    """Short work (`work`), or work that is under way in slices (`slices`, made by `start`)."""

    result: Future[Any]
    work: Work[Any] | None = None
    start: Slices[Any] | None = None
    slices: Generator[object, None, Any] | None = None
    connection: sqlite3.Connection | None = None
    """That in which the slices began."""


class Writer:
    """Runs work in transactions, in the order in which it is given. The library is opened by the first of it.

    `upkeep` is called in the writer's thread when there was nothing to do for a while after something was written; it
    is to return at once when `waiting()` is true.
    """

    def __init__(self, path: Path, upkeep: Callable[[sqlite3.Connection, Writer], None] | None = None) -> None:
        self.path = path
        self.notices: deque[str] = deque()
        """Sentences that the reader ought to see once; taken from the left, in any thread."""
        self._upkeep = upkeep
        self._short: deque[_Job] = deque()
        self._long: deque[_Job] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._check: Thread | None = None
        self._closing: float | None = None
        self._connection: sqlite3.Connection | None = None
        self._locks: LibraryLocks | None = None
        self._node = 0

    def submit(self, work: Work[T]) -> Future[T]:
        """Have work done. The future has its result once it is on disk, or raises LibraryError. Returns at once."""
        return self._put(_Job(Future(), work=work), self._short)

    def submit_slices(self, start: Slices[T]) -> Future[T]:
        """Have long work done between the short one; the future has what its generator returns at its end.

        What was done before the last `yield` stays when a later slice fails.
        """
        return self._put(_Job(Future(), start=start), self._long)

    def run(self, work: Work[T]) -> T:
        """Have work done, and wait for it. Raises LibraryError."""
        return self.submit(work).result()

    def run_slices(self, start: Slices[T]) -> T:
        """Have long work done, and wait for it. Raises LibraryError."""
        return self.submit_slices(start).result()

    def check(self) -> None:
        """Look into the file, in a thread of its own, and replace it by the newest backup if it is damaged."""
        from rumor_tui.library.recovery import find_damage

        def look() -> None:
            if find_damage(self.path):
                self._put(_Job(Future(), work=_raise_damaged), self._short)

        self._check = Thread(target=look, name="library check", daemon=True)
        self._check.start()

    def restore(self, *, index: bool = False) -> bool:
        """The same at once, for who has found that it is damaged; whether anything was done.

        If it is not, but the full-text `index` complained, that is made anew.
        """
        from rumor_tui.library.recovery import find_damage

        node = _node(self.path)
        if find_damage(self.path):
            with suppress(LibraryError):
                self.run(_raise_damaged)
        elif index and _node(self.path) == node:
            self.run(self._make_index_anew)
            return True
        return _node(self.path) != node

    @property
    def closing(self) -> bool:
        """Whether the library is to be closed."""
        return self._closing is not None

    def waiting(self) -> bool:
        """Whether there is work, or the library is to be closed."""
        return bool(self._short or self._long) or self.closing

    def close(self, seconds: float = 5.0) -> None:
        """Do what is waiting as far as there is time, and close the file, once a check of it that runs has ended."""
        if self._check is not None:
            self._check.join(seconds)
        with self._changed:
            if self._closing is None:
                self._closing = monotonic() + seconds
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(seconds + PATIENCE)

    def _put(self, job: _Job, queue: deque[_Job]) -> Future[Any]:
        with self._changed:
            if self._closing is not None:
                job.result.set_exception(LibraryError(CLOSED))
                return job.result
            queue.append(job)
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="library", daemon=True)
                self._thread.start()
            self._changed.notify()
        return job.result

    # In the writer's thread

    def _serve(self) -> None:
        written = False
        while not self._over():
            jobs = self._take(QUIET if written else None)
            if jobs:
                self._do(jobs)
                written = True
            elif written:
                self._rest()
                written = False
        self._end()

    def _over(self) -> bool:
        if self._closing is None:
            return False
        return not (self._short or self._long) or monotonic() > self._closing

    def _take(self, seconds: float | None) -> list[_Job]:
        """The work to be done together next: all short work that waits, or else one long one; none after a while."""
        with self._changed:
            self._changed.wait_for(self.waiting, seconds)
            if self._short:
                return [self._short.popleft() for _ in range(min(len(self._short), BATCH))]
            return [self._long.popleft()] if self._long else []

    def _do(self, jobs: Sequence[_Job]) -> None:
        """Do the work, and answer for it whatever happens. A damaged file is replaced, and the work tried once more."""
        try:
            try:
                self._do_once(jobs)
            except CorruptLibraryError as error:
                is_index = is_of_index(error)
                if not (self._replace_damaged() or (is_index and self._rebuild_index())) or jobs[0].slices is not None:
                    raise
            else:
                return
            self._do_once(jobs)
        except Exception as error:
            self._fail(jobs, error)

    def _do_once(self, jobs: Sequence[_Job]) -> None:
        if jobs[0].work is None:
            self._do_slice(jobs[0])
        else:
            self._do_together(jobs)

    @staticmethod
    def _fail(jobs: Sequence[_Job], error: Exception) -> None:
        for job in jobs:
            if not job.result.done():
                job.result.set_exception(error)
            if job.slices is not None:
                with suppress(*SQLITE_ERRORS):  # of what it reads besides
                    job.slices.close()

    def _do_together(self, jobs: Sequence[_Job]) -> None:
        """Run short work in one transaction. What fails takes nothing else down, and is run alone to be sure of it."""
        try:
            results = self._transact(lambda connection: [_in_savepoint(connection, job.work) for job in jobs])
        except CorruptLibraryError:
            raise
        except LibraryError as error:
            if len(jobs) == 1:
                self._fail(jobs, error)
                return
            for job in jobs:
                self._do_together([job])
            return
        for job, (result, problem) in zip(jobs, results, strict=True):
            if problem is not None:
                job.result.set_exception(self._explained(problem))
            else:
                job.result.set_result(result)

    def _do_slice(self, job: _Job) -> None:
        """Go on with long work to its next `yield`; put it back in front of the other long work if it is not done."""
        more, result = self._transact(lambda connection: _next_slice(connection, job))
        if more:
            with self._changed:
                self._long.appendleft(job)
        else:
            job.result.set_result(result)

    def _transact(self, work: Work[T]) -> T:
        """Run work in a transaction that is on disk when this returns. Raises LibraryError, and what the work raises.

        Waits for other instances as long as the library is not to be closed, and tells the reader when that is long.
        """
        since, told = monotonic(), False
        while True:
            try:
                with self._locked().writing(PATIENCE):
                    connection = self._opened()
                    with transaction(connection):
                        result = work(connection)
                return result
            except LockBusyError:
                problem = LibraryError(BUSY.format(path=self.path))
            except SQLITE_ERRORS as error:
                problem = explain_error(error, self.path)
                if primary_code(error) != "SQLITE_BUSY":
                    raise problem from error
            if self._closing is not None and monotonic() > self._closing:
                raise problem
            if not told and monotonic() - since > LONG:
                told = True
                self.notices.append(WAITING.format(path=self.path))

    def _locked(self) -> LibraryLocks:
        if self._locks is None:
            try:
                make_private_folder(self.path.parent)
                self._locks = LibraryLocks(self.path.parent)
            except OSError as error:
                raise explain_error(error, self.path) from error
            if self._locks.enter() and log_size(self.path):
                self.check()  # the log was left behind, and nobody is there who writes into it
        return self._locks

    def _opened(self) -> sqlite3.Connection:
        """The connection, made anew where the file is not the one that was opened. The lock is held."""
        if self._connection is None or self._node != _node(self.path):
            self._disconnect()
            self._connection = open_for_writing(self.path, self._locks)
            self._connection.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
            self._node = _node(self.path)
        return self._connection

    def _replace_damaged(self) -> bool:
        """Replace the file by the newest backup if it is damaged, and tell the reader; whether that was done."""
        from rumor_tui.library.recovery import find_damage, replace_damaged

        self._disconnect()
        try:
            with self._locked().writing(10 * PATIENCE):
                if not find_damage(self.path):
                    return False
                self.notices.append(replace_damaged(self.path))
        except (OSError, LockBusyError, LibraryError, *SQLITE_ERRORS):
            return False
        return True

    def _rebuild_index(self) -> bool:
        """Make the full-text index anew, which does not agree with the texts; whether that could be done."""
        from rumor_tui.library.indexing import rebuild_index

        try:
            self._transact(rebuild_index)
        except LibraryError:
            return False
        self.notices.append(INDEX_MADE)
        return True

    def _make_index_anew(self, connection: sqlite3.Connection) -> None:
        """The same as work."""
        from rumor_tui.library.indexing import rebuild_index

        rebuild_index(connection)
        self.notices.append(INDEX_MADE)

    def _rest(self) -> None:
        """What is done while nothing else is: put the log into the file, and the upkeep."""
        if self._connection is None or self._locks is None:
            return
        # Another instance may be at work, and does it; what else is wrong shows with the next work
        with suppress(LockBusyError, LibraryError, OSError, *SQLITE_ERRORS):
            _put_log_into_file(self._connection, self._locks)
            if self._upkeep is not None and not self.waiting():
                self._upkeep(self._connection, self)

    def _end(self) -> None:
        waiting = [*self._short, *self._long]
        self._fail(waiting, LibraryError("The library was closed before this could be written."))
        if waiting:  # nobody listens to the answers any more
            self.notices.append("The library was closed before the last changes could be written. They are not kept.")
        for job in self._long:
            if job.slices is not None:
                job.slices.close()
        if self._connection is not None and self._locks is not None:
            with suppress(LockBusyError, *SQLITE_ERRORS):
                _put_log_into_file(self._connection, self._locks)
        self._disconnect()
        if self._locks is not None:
            self._locks.close()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _explained(self, problem: Exception) -> Exception:
        return explain_error(problem, self.path) if isinstance(problem, (OSError, *SQLITE_ERRORS)) else problem


_FOR_ALL: Final = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CORRUPT")
"""What SQLite says when the whole transaction is not to be trusted."""


def _in_savepoint(connection: sqlite3.Connection, work: Work[Any] | None) -> tuple[Any, Exception | None]:
    """The result of work, or why it failed, having left nothing. Raises what ended the whole transaction."""
    assert work is not None
    connection.execute("SAVEPOINT work")
    try:
        result = work(connection)
    except CorruptLibraryError:
        raise
    except Exception as error:
        if not connection.in_transaction or (isinstance(error, SQLITE_ERRORS) and primary_code(error) in _FOR_ALL):
            raise
        connection.execute("ROLLBACK TO work")
        connection.execute("RELEASE work")
        return None, error
    connection.execute("RELEASE work")
    return result, None


def _next_slice(connection: sqlite3.Connection, job: _Job) -> tuple[bool, Any]:
    """Run long work to its next `yield`: whether there is more of it, and its result if not."""
    if job.slices is None:
        assert job.start is not None
        job.slices, job.connection = job.start(connection), connection
    if job.connection is not connection:
        raise LibraryError("The library was replaced while this was written. Try it again.")
    try:
        next(job.slices)
    except StopIteration as end:
        return False, end.value
    return True, None


def is_of_index(error: BaseException) -> bool:
    """Whether only the full-text index complained, which the check of a file does not look into."""
    cause = error.__cause__
    return getattr(cause, "sqlite_errorname", "") == "SQLITE_CORRUPT_VTAB" or str(cause) == INDEX_REFUSES


def _raise_damaged(connection: sqlite3.Connection) -> None:
    raise CorruptLibraryError("The library was damaged.")


def _put_log_into_file(connection: sqlite3.Connection, locks: LibraryLocks) -> None:
    """Copy the write-ahead log into the file and empty it, as far as nobody reads an older state of it."""
    with locks.writing(PATIENCE):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def log_size(path: Path) -> int:
    """The bytes of the write-ahead log."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        return 0


def _node(path: Path) -> int:
    """What tells a file from another one that took its name; 0 if there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0
