"""The line of time below the comments: how many were written when, where the hits are, and where the reader is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.labels import format_date, plural
from rumor_tui.search.timeline import Buckets, Timeline
from rumor_tui.text import cell_len
from rumor_tui.ui.paint.theme import Palette

BARS = " ▁▂▃▄▅▆▇█"
LABELLED = 60
"""Columns from which on the first and the last date stand at the ends."""
_DAY = 86_400


class TimelineBar(Widget):
    """One row of bars. Nothing in it walks through the thread when it is painted.

    `current` is the time of the comment under the cursor, and `chosen` the bucket that the keys are on, or -1.
    """

    DEFAULT_CSS = "TimelineBar { height: 1; width: 1fr; }"

    @dataclass
    class Picked(Message):
        """A bucket was clicked."""

        bucket: int

    def __init__(self, palette: Palette, *, id: str = "timeline") -> None:
        super().__init__(id=id)
        self.palette = palette
        self.timeline: Timeline | None = None
        self.hits: bytes | None = None
        self.fresh = b""
        """A byte a row, 1 for a comment that is new and unread; empty where there is none."""
        self.current: float | None = None
        self.chosen = -1
        self._fitted: tuple[Timeline, int, Buckets, list[int], list[bool]] | None = None
        self._new: list[bool] = []
        """Which of the buckets hold something new."""

    # What is shown

    def take(self, timeline: Timeline | None) -> None:
        """Show the times of another thread, or none as long as they are not known."""
        self.timeline, self.hits, self.chosen, self.fresh = timeline, None, -1, b""
        self._changed()

    def light(self, hits: bytes | None) -> None:
        """Light up where these comments are, a byte 0 or 1 a row; None: nothing is searched for."""
        if hits != self.hits:
            self.hits = hits
            self._changed()

    def note_fresh(self, fresh: bytes) -> None:
        """Show where these comments are, which are new and unread, a byte 0 or 1 a row."""
        fresh = fresh if 1 in fresh else b""
        if fresh != self.fresh:
            self.fresh = fresh
            self._changed()

    def point(self, current: float | None, chosen: int = -1) -> None:
        """Mark where the reader is, and where the keys are."""
        if (current, chosen) != (self.current, self.chosen):
            self.current, self.chosen = current, chosen
            self.refresh()

    def _changed(self) -> None:
        self._fitted = None
        self.refresh()

    # Geometry

    @property
    def buckets(self) -> Buckets | None:
        """The buckets at the present width; None where there are none."""
        fitted = self._fit()
        return fitted[2] if fitted is not None else None

    def _fit(self) -> tuple[Timeline, int, Buckets, list[int], list[bool]] | None:
        """The buckets of the present width, with their bars and whether they hold a hit, kept until that changes."""
        timeline, width = self.timeline, self.size.width
        if timeline is None or not len(timeline) or width < 3:
            return None
        if self._fitted is None or self._fitted[1] != width:
            buckets = timeline.buckets(self._cells(timeline, width), zone_at(timeline.moments[0]))
            counts = [buckets.count(n) for n in range(len(buckets))]
            most = max(counts)
            bars = [-(-count * (len(BARS) - 1) // most) for count in counts]
            lit = [False] * len(buckets) if self.hits is None else timeline.holding(buckets, self.hits)
            self._fitted = timeline, width, buckets, bars, lit
            self._new = timeline.holding(buckets, self.fresh) if self.fresh else [False] * len(buckets)
        return self._fitted

    def _cells(self, timeline: Timeline, width: int) -> int:
        """How many cells are left for the bars."""
        return max(width - 2 - sum(cell_len(label) + 1 for label in self._labels(timeline, width) if label), 1)

    def _labels(self, timeline: Timeline, width: int) -> tuple[str, str]:
        if width < LABELLED:
            return "", ""
        return ends(timeline.moments[0], timeline.moments[-1])

    def bucket_at(self, x: int) -> int:
        """The bucket that is drawn in a column, the nearest one beside them; -1 where there are none."""
        fitted = self._fit()
        if fitted is None:
            return -1
        timeline, width, buckets = fitted[:3]
        cells, (left, _) = self._cells(timeline, width), self._labels(timeline, width)
        at = min(max(x - 1 - (cell_len(left) + 1 if left else 0), 0), cells - 1)
        return at * len(buckets) // cells

    # Painting

    def render_line(self, y: int) -> Strip:
        """The row."""
        width, palette = self.size.width, self.palette
        fitted = self._fit()
        if fitted is None:
            return Strip([Segment(" " * width, palette.text)], width)
        left, right = self._labels(fitted[0], width)
        segments = [
            Segment(f" {left} " if left else " ", palette.quiet),
            *self._bars(fitted[2], fitted[3], fitted[4], self._cells(fitted[0], width)),
            Segment(f" {right} " if right else " ", palette.quiet),
        ]
        return Strip(segments).adjust_cell_length(width, palette.text)

    def _bars(self, buckets: Buckets, bars: list[int], lit: list[bool], cells: int) -> Iterator[Segment]:
        here = buckets.bucket_of(self.current) if self.current is not None else -1
        shown = ((BARS[bars[n]], self._style(n, here, lit[n])) for n in (x * len(bars) // cells for x in range(cells)))
        for style, group in groupby(shown, key=lambda pair: pair[1]):
            yield Segment("".join(bar for bar, _ in group), style)

    def _style(self, bucket: int, here: int, lit: bool) -> Style:
        palette = self.palette
        if bucket == self.chosen:
            return palette.current
        if bucket == here:
            return palette.match + Style(underline=True) if lit else palette.cursor + Style(underline=True)
        if lit:
            return palette.match
        return palette.accent if self._new[bucket] else palette.quiet

    def words(self, bucket: int) -> str:
        """What a bucket is, and how much it holds: "2011-03-08 14:00–15:00 · 12 comments · hits"."""
        fitted = self._fit()
        if fitted is None or not 0 <= bucket < len(fitted[2]):
            return ""
        timeline, _, buckets, _, lit = fitted
        start, end = buckets.start + bucket * buckets.step, buckets.start + (bucket + 1) * buckets.step
        when = stretch(start, end)
        if buckets.step >= 2 * _DAY:  # the strip's ends are those of the comments: so are the outermost buckets'
            days = (
                format_date(max(start, timeline.moments[0]))[:10],
                format_date(min(end - 1, timeline.moments[-1]))[:10],
            )
            when = " to ".join(dict.fromkeys(days))
        if not bucket and timeline.moments[0] < start:
            when = f"until {format_date(end)}"
        elif bucket == len(buckets) - 1 and timeline.moments[-1] >= end:
            when = f"from {format_date(start)} on"
        new, hits = " · new" if self._new[bucket] else "", " · hits" if lit[bucket] else ""
        return f"{when} · {plural(buckets.count(bucket), 'comment')}{new}{hits}"

    def first_row(self, bucket: int) -> int:
        """The earliest comment of a bucket, or of the next one that holds any; -1 where there is none."""
        fitted = self._fit()
        if fitted is None or not 0 <= bucket < len(fitted[2]):
            return -1
        at = fitted[2].edges[bucket]
        return fitted[0].rows[at] if at < len(fitted[0]) else -1

    def next_filled(self, bucket: int, direction: int) -> int:
        """The next bucket in a direction that holds comments; the same one where there is none."""
        fitted = self._fit()
        if fitted is None:
            return -1
        edges, size = fitted[2].edges, len(fitted[2])
        if direction > 0:
            there = bisect_right(edges, edges[bucket + 1]) - 1
            return there if there < size else bucket
        there = bisect_left(edges, edges[bucket]) - 1
        return there if there >= 0 else bucket

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click on a bar goes there."""
        event.stop()
        if (bucket := self.bucket_at(event.x)) >= 0:
            self.post_message(self.Picked(bucket))


def zone_at(moment: float) -> float:
    """How many seconds the reader's clock is ahead of UTC at a moment."""
    try:
        offset = datetime.fromtimestamp(moment).astimezone().utcoffset()
    except (OverflowError, OSError, ValueError):
        return 0
    return offset.total_seconds() if offset is not None else 0


def stretch(start: float, end: float) -> str:
    """A stretch of time: "2011-03-08 14:00–15:00", "2011-03-08", "2011-03-01 to 2011-03-07"."""
    first, last = format_date(start), format_date(end)
    if end - start < _DAY:
        return f"{first}–{last[11:]}" if len(last) > len("0000-00-00 ") else first
    if end - start < 2 * _DAY:
        return first[:10]
    return f"{first[:10]} to {format_date(end - 1)[:10]}"


def ends(first: float, last: float) -> tuple[str, str]:
    """How the ends of a thread's time are written: with the time of day where that is little."""
    one, other = format_date(first), format_date(last)
    if last - first > 2 * _DAY:
        return one[:10], other[:10]
    return one, other[11:] if one[:10] == other[:10] else other[5:]
