"""The comments of a thread by the time at which they were written, in buckets that are as fine as there is room for."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from math import floor

LEAST = 10
"""Comments below which there is no point in a line of time."""
LOOKED_AT = 64
"""Comments, spread over the thread, by which it is told whether most have a date: asking all would cost too much."""
_DAY = 86_400
STEPS = (
    *(60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200),
    *(_DAY * days for days in (1, 2, 7, 14, 30, 91, 182, 365, 730, 1_826, 3_652, 36_524)),
)
"""Lengths of a bucket in seconds: a minute to a century, in steps that people count in."""
TAIL = 0.05
"""The share of the comments at either end that may be gathered in the outermost bucket."""
FAR = 4
"""How many times shorter that must make the time that is shown: else a late comment would leave room for nothing."""
MOST = 1e12
"""Seconds from 1970 beyond which a date is none."""


def seems_dated(published: Sequence[float | None]) -> bool:
    """Whether most comments of a thread that is long enough have a date, as far as a look at some of them tells."""
    size = len(published)
    if size < LEAST:
        return False
    some = [published[size * n // LOOKED_AT] for n in range(LOOKED_AT)] if size > LOOKED_AT else list(published)
    return 2 * sum(moment is not None for moment in some) > len(some)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Equal stretches of time: bucket b holds the comments from `edges[b]` up to but not `edges[b + 1]`, by time.

    It goes from `start + b * step` on, in seconds since 1970 UTC, for `step` seconds; but the first one holds all that
    is earlier too, and the last one all that is later.
    """

    start: float
    step: int
    edges: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.edges) - 1

    def count(self, bucket: int) -> int:
        """How many comments a bucket holds."""
        return self.edges[bucket + 1] - self.edges[bucket]

    def bucket_of(self, moment: float) -> int:
        """The bucket that a moment falls into."""
        return min(max(floor((moment - self.start) / self.step), 0), len(self) - 1)


def at_hand(published: Sequence[float | None]) -> bool:
    """Whether the dates are there already, so that a `Timeline` of 100,000 takes 25 ms; others are read one by one."""
    return isinstance(published, list | tuple | array)


class Timeline:
    """The comments that have a date, ordered by it: `rows[k]` was written at `moments[k]`."""

    def __init__(self, published: Sequence[float | None]) -> None:
        self._published = published if at_hand(published) else list(published)
        known = [moment for moment in self._published if moment is not None and abs(moment) < MOST]
        self.moments = array("d", sorted(map(float, known)))

    def __len__(self) -> int:
        return len(self.moments)

    @cached_property
    def rows(self) -> array[int]:
        """The rows by time, and those of one moment as they stand; made when first asked for, as that takes 0.1 s."""
        dates = [(moment, row) for row, moment in enumerate(self._published) if moment is not None]
        return array("i", [row for moment, row in sorted(dates) if abs(moment) < MOST])

    def buckets(self, most: int, zone: float = 0) -> Buckets:
        """At most `most` (at least 1) buckets; they begin at full hours or days where clocks are `zone` seconds ahead.

        Raises ValueError where no comment has a date.
        """
        if not len(self):
            raise ValueError("no comment has a date")
        low, high = self._span()
        step = next((s for s in STEPS if _bucket(high, s, zone) - _bucket(low, s, zone) < most), 0)
        if not step:
            step = floor((high - low) / most) + 1
        start = (_bucket(low, step, zone)) * step - zone
        count = min(_bucket(high, step, zone) - _bucket(low, step, zone) + 1, max(most, 1))
        inner = [bisect_left(self.moments, start + n * step) for n in range(1, count)]
        return Buckets(start, step, (0, *inner, len(self)))

    def _span(self) -> tuple[float, float]:
        """The first and the last moment that are shown apart."""
        moments, size = self.moments, len(self)
        low, high = moments[0], moments[-1]
        few = floor(size * TAIL)
        early, late = moments[few], moments[size - 1 - few]
        if (late - low) * FAR < high - low:
            high = late
        if (high - early) * FAR < high - low:
            low = early
        return low, high

    def holding(self, buckets: Buckets, rows: bytes) -> list[bool]:
        """Which of the buckets hold one of the rows whose byte is 1."""
        inner = [buckets.start + n * buckets.step for n in range(1, len(buckets))]
        moments = (moment for moment in compress(self._published, rows) if moment is not None and abs(moment) < MOST)
        found = {bisect_right(inner, moment) for moment in moments}
        return [bucket in found for bucket in range(len(buckets))]


def _bucket(moment: float, step: int, zone: float) -> int:
    return floor((moment + zone) / step)
