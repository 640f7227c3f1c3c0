"""One instance writes to the library at a time: locks of the system beside SQLite's own.

SQLite's locks alone would not do. Whoever waits for them polls at growing intervals and can starve beside a long
recording, and SQLite before 3.51.3 can damage a file when one connection copies the write-ahead log into it while
another one commits ("WAL-reset bug"). So each transaction, and each such copy, is made by the one that holds the lock
`writer`. Whoever waits for it holds `turn`, which is needed to wait: so nobody is overtaken twice.

`users` is held (shared) as long as an instance has the library open: who can have it alone knows that nobody else is
there, and that a log which was left behind was left by a crash.

The system lets go of locks when a process ends, however it ends. The files are empty, in the folder `locks`.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

FOLDER: Final = "locks"
POLL: Final = 0.002
"""Seconds between two looks at a lock; they double up to `POLL_MAX`."""
POLL_MAX: Final = 0.016
ENTRY_SECONDS: Final = 5.0


class LockBusyError(Exception):
    """Another instance held a lock all the time that was allowed."""


class FileLock:
    """A lock between processes. File systems that know no locks give it always."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_lock(self, *, shared: bool = False) -> bool:
        """Take the lock, or change the way in which it is held; False if another process is in the way."""
        try:
            fcntl.flock(self.file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # not supported here: SQLite's own locks remain
            return True
        return True

    def lock(self, until: float, *, shared: bool = False) -> None:
        """Take the lock. Raises LockBusyError if that was not possible `until` a moment of the monotonic clock."""
        pause = POLL
        while not self.try_lock(shared=shared):
            if monotonic() > until:
                raise LockBusyError
            sleep(pause)
            pause = min(2 * pause, POLL_MAX)

    def unlock(self) -> None:
        """Let go of the lock."""
        with suppress(OSError):
            fcntl.flock(self.file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock for good."""
        os.close(self.file)


class LibraryLocks:
    """The locks of the library in `folder`, which exists. Raises OSError where they cannot be made."""

    def __init__(self, folder: Path) -> None:
        place = folder / FOLDER
        place.mkdir(mode=0o700, exist_ok=True)
        self._users, self._turn, self._writer = (FileLock(place / name) for name in ("users", "turn", "writer"))
        self._inside = False

    @contextmanager
    def writing(self, seconds: float) -> Iterator[None]:
        """Be the one that writes; inside of itself it is nothing more. Raises LockBusyError after so many seconds."""
        if self._inside:
            yield
            return
        until = monotonic() + seconds
        self._turn.lock(until)
        try:
            self._writer.lock(until)
        finally:
            self._turn.unlock()
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            self._writer.unlock()

    def enter(self) -> bool:
        """Count among those that use the library; whether nobody else does at this moment."""
        alone = self._users.try_lock()
        # Shared from now on. Nobody holds it alone for longer than this takes, so the wait is short.
        with suppress(LockBusyError):
            self._users.lock(monotonic() + ENTRY_SECONDS, shared=True)
        return alone

    def close(self) -> None:
        """Use the library no more."""
        for lock in (self._users, self._turn, self._writer):
            lock.close()
