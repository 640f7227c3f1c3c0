"""The comments that a source speaks of and does not hold: where they are missing, how many, and what can load them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from rumor_tui.discussion_rows import count_comments
from rumor_tui.labels import missing_label, plural
from rumor_tui.model import Stub, Thread
from rumor_tui.outline import Outline

TOP = -1
"""The row that stands for the article, where top-level comments are missing."""


class MissingReplies:
    """The stubs of a thread, by the row below which they stand.

    `key` is the key that loads them, as people read it; "" where there is nobody who could be asked. `loadable` tells
    whether there is a way to load any, `counted` whether the source says of each gap how many are missing.
    """

    def __init__(self, thread: Thread, key: str = "") -> None:
        self.key = key
        self.comments = count_comments(thread)
        """How many comments there are."""
        self._by_row: dict[int, list[Stub]] = {}
        for stub in thread.stubs:
            if TOP <= stub.parent < len(thread):
                self._by_row.setdefault(stub.parent, []).append(stub)
        self._tops = {TOP, *(row for row in self._by_row if row > TOP and thread.discussion_at(row) is not None)}
        known = [stub for stubs in self._by_row.values() for stub in stubs]
        self.loadable = any(stub.via for stub in known)
        self.counted = all(stub.count for stub in known)
        self._rows = sorted(self._by_row)
        self._sums = [0, *accumulate(sum(s.count for s in self._by_row[row]) for row in self._rows)]

    def __bool__(self) -> bool:
        return bool(self._by_row)

    def __contains__(self, row: int) -> bool:
        return row in self._by_row

    @property
    def total(self) -> int:
        """How many are missing, as far as told."""
        return self._sums[-1]

    def within(self, first: int, end: int) -> str:
        """What is missing below the rows `first` up to but not `end`, in a word or two; "" where nothing is."""
        a, b = bisect_left(self._rows, first), bisect_left(self._rows, end)
        if a == b:
            return ""
        count = self._sums[b] - self._sums[a]
        return f"… {count:,} more" if count else "… more"

    def words(self, row: int) -> str:
        """The line that stands below a row (or TOP) for what is missing there; "" where nothing is."""
        stubs = self._by_row.get(row)
        if not stubs:
            return ""
        count = sum(stub.count for stub in stubs)
        what = missing_label(count, "comment" if row in self._tops else "reply")
        if not self.key or not any(stub.via for stub in stubs):
            return f"… {what}, not in the source"
        return f"… {what} ({self.key} loads {'it' if count == 1 else 'them'})"

    def nearest(self, tree: Outline, row: int) -> tuple[Stub, ...]:
        """The stubs of a row, or of its nearest ancestor that has some, or at the top level; those that load first.

        Of joined discussions the article has those at the top level of each.
        """
        within = row > TOP
        while row > TOP and row not in self._by_row:
            row = tree.parent[row]
        stubs = self._by_row.get(row, [])
        if not within and not stubs:
            stubs = [stub for top in sorted(self._tops - {TOP}) for stub in self._by_row[top]]
        return tuple(sorted(stubs, key=lambda stub: not stub.via))


def total_words(missing: MissingReplies, *, arriving: bool = False) -> str:
    """How many comments there are: "16 comments", "485 of 1,545 comments", "485+ comments".

    While some are `arriving`, those that are known to be missing are not all that will come, and are not counted.
    """
    shown = missing.comments
    if not missing:
        return plural(shown, "comment") if shown else "no comments"
    if missing.counted and not (arriving and shown):
        return f"{shown:,} of {plural(shown + missing.total, 'comment')}"
    return f"{shown:,}+ comments"
