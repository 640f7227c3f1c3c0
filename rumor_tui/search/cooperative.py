"""Manners for long work in a thread beside the interface: rest often, report now and then, stop when asked."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, sleep
from typing import Final

SLICE: Final = 0.002
"""Seconds of work between two rests, which take about 0.1 ms each."""

REST: Final = 0.00002
"""Seconds asked for in a rest. Zero would not do: the same thread takes the interpreter lock straight back."""

REPORT: Final = 0.05
"""Seconds between two reports of progress."""


def never_stop() -> bool:
    """The `stop` of work that nobody interrupts."""
    return False


def stop_after(seconds: float) -> Callable[[], bool]:
    """The `stop` of work that may take so many seconds from now, such as a jump that a key waits for."""
    end = perf_counter() + seconds
    return lambda: perf_counter() > end


class TimeSlicer:
    """Counts the time of one long piece of work.

    `stop` is asked after each rest, in the working thread, and must be quick.
    """

    __slots__ = ("_report_due", "_slice_due", "_stop")

    def __init__(self, stop: Callable[[], bool] = never_stop) -> None:
        self._stop = stop
        now = perf_counter()
        self._slice_due = now + SLICE
        self._report_due = now + REPORT

    def rest(self) -> bool:
        """Let other threads run if a slice of work is over; true when the work is to stop."""
        if perf_counter() < self._slice_due:
            return False
        sleep(REST)
        self._slice_due = perf_counter() + SLICE
        return self._stop()

    def report_due(self) -> bool:
        """True once every `REPORT` seconds."""
        now = perf_counter()
        if now < self._report_due:
            return False
        self._report_due = now + REPORT
        return True
