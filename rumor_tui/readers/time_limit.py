"""An end to reading that takes too long, in whatever thread it runs.

Every reader is written to take linear time, and attacks are what shows where one is not. So that the next one does not
hang the program, reading has a limit that grows with the size of the source. Beyond it an exception is raised in the
thread that reads (`PyThreadState_SetAsyncExc` of Python's C API): again and again until one arrives, since Python drops
an exception that is raised in a destructor, and never after the reading has ended. It is not derived from Exception, so
that no reader takes it for broken input. It cannot interrupt a single call into C, such as a regular expression: those
have bounds of their own, or run in `rumor_tui.isolated`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

LEAST_SECONDS: Final = 3.5
"""Seconds that any source may take."""
BYTES_PER_SECOND: Final = 300_000
"""Bytes of a large source for each second that it may take: the slowest readers, those of pages and of text dumps, are
some three times as fast on a slow machine."""
AGAIN_SECONDS: Final = 0.25
"""Seconds after which an exception that did not arrive is raised once more."""
SHORTEST_WAIT: Final = 0.05
"""Seconds between two looks at the time, at least."""

T = TypeVar("T")


class ReadingTooLongError(BaseException):
    """Reading takes longer than it may. Raised in the thread that reads, by its limit alone."""


class _Limit:
    """The limit of one thread, from when it is made until it is finished."""

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._used = _clock(self._thread)
        self._end = self._used() + seconds
        self._lock = threading.Lock()
        self._finished = threading.Event()
        self._raised = False
        threading.Thread(target=self._watch, name="time-limit", daemon=True).start()

    def extend(self, seconds: float) -> None:
        """Allow the thread more time."""
        self._end += seconds

    def _watch(self) -> None:
        while not self._finished.wait(max(self._end - self._used(), SHORTEST_WAIT)):
            with self._lock:
                if not self._finished.is_set() and self._used() >= self._end:
                    self._raised = True
                    _raise_in(self._thread, ReadingTooLongError)
                    # By the thread's own clock, so that it has had that time to finish, however busy the machine is.
                    self._end = self._used() + AGAIN_SECONDS

    def finish(self) -> None:
        """End the watch, in the thread that is watched; after this no exception can come any more."""
        while not self._finished.is_set():
            try:
                with self._lock:
                    if self._raised:
                        _raise_in(self._thread, None)
                    self._finished.set()
            except ReadingTooLongError:
                continue


class _Limits(threading.local):
    """Of each thread its limit, while it has one."""

    current: _Limit | None = None


_limits: Final = _Limits()


def seconds_for(size: int) -> float:
    """The seconds that a source of so many bytes may take."""
    return max(LEAST_SECONDS, size / BYTES_PER_SECOND)


def run_limited(work: Callable[[], T], seconds: float) -> T:
    """What some work comes to. Raises ReadingTooLongError in it once this thread has used so many seconds for it.

    The seconds are processor time; where the system does not tell that of one thread, they are those of the clock. Work
    inside other limited work adds its seconds to that: what a container holds may be larger than the container.
    """
    outer = _limits.current
    if outer is not None:
        outer.extend(seconds)
        return work()
    limit = _limits.current = _Limit(seconds)
    try:
        try:
            return work()
        finally:
            limit.finish()
            _limits.current = None
    except ReadingTooLongError:  # it may have come when the work was done, and before the watch was ended
        limit.finish()
        _limits.current = None
        raise


def _clock(thread: int) -> Callable[[], float]:
    """A clock that tells the processor time of a thread, to other threads too; or one on the wall."""
    if hasattr(time, "pthread_getcpuclockid"):
        number = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(number)
    return time.monotonic


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have an exception raised in a thread at its next step, or take back the one that waits there."""
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(kind) if kind is not None else None
    )
