"""The comments of a thread by time, in buckets as fine as the width allows."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from math import floor

MIN_COMMENTS = 10
"""Fewer comments have no timeline."""
SAMPLED_DATES = 64
"""Comments, spread over the thread, that are sampled for dates: reading all would cost too much."""
_DAY = 86_400
BUCKET_SECONDS = (
    *(60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200),
    *(_DAY * days for days in (1, 2, 7, 14, 30, 91, 182, 365, 730, 1_826, 3_652, 36_524)),
)
"""Lengths of a bucket in seconds: a minute to a century, in steps that people use."""
OUTLIER_SHARE = 0.05
"""The share of the comments at either end that may go into the outermost bucket."""
MIN_ZOOM = 4
"""How many times shorter that must make the time range; so a late comment does not squeeze the rest."""
MAX_TIMESTAMP = 1e12
"""Dates further from 1970, in seconds, are ignored."""


def is_mostly_dated(published: Sequence[float | None]) -> bool:
    """Whether a thread is long enough and most of its comments have a date, judged by a sample."""
    size = len(published)
    if size < MIN_COMMENTS:
        return False
    some = (
        [published[size * n // SAMPLED_DATES] for n in range(SAMPLED_DATES)]
        if size > SAMPLED_DATES
        else list(published)
    )
    return 2 * sum(moment is not None for moment in some) > len(some)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Time buckets of equal length: bucket b has the comments from `edges[b]` to before `edges[b + 1]`, ordered by
    time.

    It starts at `start + b * step`, in seconds since 1970 UTC, and lasts `step` seconds; the first bucket also has all
    earlier comments, the last one all later ones.
    """

    start: float
    step: int
    edges: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.edges) - 1

    def count(self, bucket: int) -> int:
        """The number of comments in a bucket."""
        return self.edges[bucket + 1] - self.edges[bucket]

    def bucket_of(self, moment: float) -> int:
        """The bucket of a point in time."""
        return min(max(floor((moment - self.start) / self.step), 0), len(self) - 1)


def at_hand(published: Sequence[float | None]) -> bool:
    """Whether the dates are in memory, so that a `Timeline` of 100,000 takes 25 ms; other columns are read one by
    one."""
    return isinstance(published, list | tuple | array)


class Timeline:
    """The dated comments in order of time: `rows[k]` was written at `moments[k]`."""

    def __init__(self, published: Sequence[float | None]) -> None:
        self._published = published if at_hand(published) else list(published)
        known = [moment for moment in self._published if moment is not None and abs(moment) < MAX_TIMESTAMP]
        self.moments = array("d", sorted(map(float, known)))

    def __len__(self) -> int:
        return len(self.moments)

    @cached_property
    def rows(self) -> array[int]:
        """The rows in order of time, equal times in order of rows; computed on first use, since that takes 0.1 s."""
        dates = [(moment, row) for row, moment in enumerate(self._published) if moment is not None]
        return array("i", [row for moment, row in sorted(dates) if abs(moment) < MAX_TIMESTAMP])

    def buckets(self, most: int, zone: float = 0) -> Buckets:
        """At most `most` buckets (at least 1), which begin at full hours or days in the time zone `zone` seconds ahead.

        Raises ValueError if no comment has a date.
        """
        if not len(self):
            raise ValueError("no comment has a date")
        low, high = self._span()
        step = next((s for s in BUCKET_SECONDS if _bucket(high, s, zone) - _bucket(low, s, zone) < most), 0)
        if not step:
            step = floor((high - low) / most) + 1
        start = (_bucket(low, step, zone)) * step - zone
        count = min(_bucket(high, step, zone) - _bucket(low, step, zone) + 1, max(most, 1))
        inner = [bisect_left(self.moments, start + n * step) for n in range(1, count)]
        return Buckets(start, step, (0, *inner, len(self)))

    def _span(self) -> tuple[float, float]:
        """The range of time that the buckets divide, without outliers."""
        moments, size = self.moments, len(self)
        low, high = moments[0], moments[-1]
        few = floor(size * OUTLIER_SHARE)
        early, late = moments[few], moments[size - 1 - few]
        if (late - low) * MIN_ZOOM < high - low:
            high = late
        if (high - early) * MIN_ZOOM < high - low:
            low = early
        return low, high

    def holding(self, buckets: Buckets, rows: bytes) -> list[bool]:
        """Which of the buckets have one of the rows whose byte is 1."""
        inner = [buckets.start + n * buckets.step for n in range(1, len(buckets))]
        moments = (
            moment for moment in compress(self._published, rows) if moment is not None and abs(moment) < MAX_TIMESTAMP
        )
        buckets_hit = {bisect_right(inner, moment) for moment in moments}
        return [bucket in buckets_hit for bucket in range(len(buckets))]


def _bucket(moment: float, step: int, zone: float) -> int:
    return floor((moment + zone) / step)
