"""Time slicing for background work: yield often, report progress, honour cancellation."""

from __future__ import annotations

from collections.abc import Callable
from threading import current_thread, main_thread
from time import monotonic, perf_counter, sleep
from typing import Final

SLICE: Final = 0.002
"""Seconds of work between two rests, which take about 0.1 ms each."""

REST: Final = 0.00002
"""Seconds of sleep in a rest. Zero is not enough: the same thread would take the interpreter lock straight back."""

GIVE_WAY: Final = 0.3
"""Seconds for which the background rests after a key."""

PATIENCE: Final = 10.0
"""Seconds for which work that must be done some time gives way to keys in all."""

REPORT: Final = 0.05
"""Seconds between two reports of progress."""


def never_stop() -> bool:
    """The `stop` of work that is never interrupted."""
    return False


def stop_after(seconds: float) -> Callable[[], bool]:
    """The `stop` of work with a time limit from now, such as a jump that a key press waits for."""
    end = perf_counter() + seconds
    return lambda: perf_counter() > end


def rest_while_busy(
    last_key: Callable[[], float], quiet: float = GIVE_WAY, patience: float = PATIENCE
) -> Callable[[], bool]:
    """A `stop` for a `TimeSlicer` that never stops, but rests until no key came for `quiet` seconds.

    `last_key` is when one came last, by the monotonic clock; what came before this call does not count. Rests take
    `patience` seconds in all at most: work that must be done some time is done also while a key is held.
    """
    left, before = patience, last_key()

    def rest() -> bool:
        nonlocal left
        while left > 0 and (last := last_key()) != before and (wait := last + quiet - monotonic()) > 0:
            wait = min(wait, left)
            sleep(wait)
            left -= wait
        return False

    return rest


class TimeSlicer:
    """Divides a long piece of work into slices.

    `stop` is called after each rest, in the working thread, and must be quick. In the main thread nobody is waited for.
    """

    __slots__ = ("_aside", "_report_due", "_slice_due", "_stop")

    def __init__(self, stop: Callable[[], bool] = never_stop) -> None:
        self._stop = stop
        self._aside = current_thread() is not main_thread()
        now = perf_counter()
        self._slice_due = now + SLICE
        self._report_due = now + REPORT

    def rest(self) -> bool:
        """Let other threads run if a slice of work is over; returns whether to stop."""
        if perf_counter() < self._slice_due:
            return False
        if self._aside:
            sleep(REST)
        self._slice_due = perf_counter() + SLICE
        return self._stop()

    def report_due(self) -> bool:
        """Whether a report is due: once every `REPORT` seconds."""
        now = perf_counter()
        if now < self._report_due:
            return False
        self._report_due = now + REPORT
        return True
