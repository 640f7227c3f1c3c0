"""Which comments count as read, by what has been on screen and for how long. Knows no screen and no clock.

A comment is read once all of its lines have been on screen at once for a moment, or were there when a step led on from
it, downwards. One that is taller than the screen is read once each of its lines has been there in this way. What was
never on screen like that stays unread: so a line counts only as it was painted, and not while something covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from rumor_tui.reading.position import Replacement

MOMENT: Final = 0.7
"""Seconds that are a moment."""


class Seen(NamedTuple):
    """A comment on screen: its text has `lines` lines, of which those from `first` up to but not `end` are in sight.

    `fits` says that it is not taller than the screen.
    """

    row: int
    lines: int
    first: int
    end: int
    fits: bool

    @property
    def whole(self) -> bool:
        """Whether all of it is in sight."""
        return self.first == 0 and self.end >= self.lines


class _Tall:
    """A comment that is taller than the screen: which of its lines were seen, and since when those in sight are."""

    def __init__(self, lines: int) -> None:
        self.seen = bytearray(lines)
        self.since: dict[int, float] = {}

    def count(self, lines: Iterable[int]) -> None:
        for line in lines:
            self.seen[line] = 1


class ReadTracker:
    """Is told what is on screen (`show`) and of steps (`leave`), and answers which comments were read by now.

    Times are seconds of any clock that goes on steadily. A comment is told once as long as it stays on screen.
    """

    def __init__(self) -> None:
        self.shown: Sequence[Seen] = ()
        """What is on screen now."""
        self._since: dict[int, float] = {}
        """Since when a comment that fits is on screen as a whole."""
        self._tall: dict[int, _Tall] = {}
        self._told: set[int] = set()

    # What happens

    def show(self, shown: Sequence[Seen], now: float) -> list[int]:
        """This is on screen from now on; the answer are the comments that were read until now."""
        read = self.due(now)
        here = {seen.row for seen in shown}
        self._since = {seen.row: self._since.get(seen.row, now) for seen in shown if seen.fits and seen.whole}
        for seen in shown:
            if not seen.fits:
                self._see_part(seen, now)
        for row, tall in self._tall.items():
            if row not in here:
                tall.since.clear()
        self._told &= here
        self.shown = shown
        return read

    def _see_part(self, seen: Seen, now: float) -> None:
        tall = self._tall.get(seen.row)
        if tall is None or len(tall.seen) != seen.lines:  # its lines are others than before
            tall = self._tall[seen.row] = _Tall(seen.lines)
        tall.since = {line: tall.since.get(line, now) for line in range(seen.first, min(seen.end, seen.lines))}

    def due(self, now: float) -> list[int]:
        """The comments that have been on screen for a moment by now, and were not told yet."""
        long_ago = now - MOMENT
        read = [row for row, since in self._since.items() if since <= long_ago and row not in self._told]
        for seen in self.shown:
            tall = self._tall.get(seen.row) if not seen.fits else None
            if tall is not None:
                tall.count(line for line, since in tall.since.items() if since <= long_ago)
                read += self._if_complete(seen.row, tall)
        self._told.update(read)
        return read

    def _if_complete(self, row: int, tall: _Tall) -> list[int]:
        return [row] if row not in self._told and 0 not in tall.seen else []

    def leave(self, row: int) -> list[int]:
        """A step led on from a comment, downwards: it is read if it was on screen (what was in sight of a tall one)."""
        seen = next((seen for seen in self.shown if seen.row == row), None)
        if seen is None:
            return []
        if seen.fits:
            read = [row] if seen.whole and row not in self._told else []
        else:
            tall = self._tall[row]
            tall.count(range(seen.first, min(seen.end, seen.lines)))
            read = self._if_complete(row, tall)
        self._told.update(read)
        return read

    def pass_on(self, row: int) -> list[int]:
        """The screen was moved on, downwards, within a comment: what of a tall one was in sight is seen."""
        fits = next((seen.fits for seen in self.shown if seen.row == row), True)
        return [] if fits else self.leave(row)

    def next_due(self) -> float | None:
        """When `due` may next have something to tell; None while nothing on screen can become read by waiting."""
        waiting = [since for row, since in self._since.items() if row not in self._told]
        for seen in self.shown:
            if not seen.fits and (tall := self._tall.get(seen.row)) is not None and seen.row not in self._told:
                waiting += [since for line, since in tall.since.items() if not tall.seen[line]]
        return min(waiting) + MOMENT if waiting else None

    def hold(self, rows: Iterable[int]) -> None:
        """These are unread again by the reader's will: as long as they stay on screen they are not told."""
        self._told |= {seen.row for seen in self.shown} & set(rows)

    # Interruptions

    def hide(self) -> None:
        """Nothing is on screen: something covers it, or the reader looks elsewhere. Moments begin anew after that."""
        self.shown, self._since = (), {}
        for tall in self._tall.values():
            tall.since.clear()
        self._told.clear()

    def remap(self, replacement: Replacement) -> None:
        """Another state of the thread: the same comments go on being looked at."""
        row_map = replacement.row_map

        def moved(row: int) -> int:
            return row_map.of(row) if row < row_map.old_size else -1

        self.shown = [seen._replace(row=now) for seen in self.shown if (now := moved(seen.row)) >= 0]
        self._since = {now: since for row, since in self._since.items() if (now := moved(row)) >= 0}
        self._tall = {now: tall for row, tall in self._tall.items() if (now := moved(row)) >= 0}
        self._told = {now for row in self._told if (now := moved(row)) >= 0}
