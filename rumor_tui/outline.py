"""The tree of a thread as pre-order arrays: depth, size, indent; folds; what is visible; where to go next.

Pre-order means that the descendants of row i are the rows i + 1 .. i + size[i], so that skipping a subtree
is one sum and folding one is filling a slice. Nothing here recurses, and nothing walks the whole thread but
the one pass that builds the arrays: the rest is `bytearray.find` and `bisect`, which run in C.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

PLATEAU = 12
"""Indentation stops growing at this level: deeper comments stand where level 12 stands."""

_SHOWN = b"\0"
_HIDDEN = b"\1"


def subtree_sizes(parent: Sequence[int]) -> array[int]:
    """For each row the count of the comments below it (its whole subtree without itself)."""
    size = array("i", bytes(4 * len(parent)))
    for i in range(len(parent) - 1, -1, -1):
        above = parent[i]
        if above >= 0:
            size[above] += size[i] + 1
    return size


def depths(parent: Sequence[int]) -> array[int]:
    """For each row the count of its ancestors: 0 for a top-level comment."""
    found: list[int] = []
    add = found.append
    for above in parent:
        add(found[above] + 1 if above >= 0 else 0)
    return array("i", found)


def indents(parent: Sequence[int], size: Sequence[int], authors: Sequence[str | None]) -> array[int]:
    """For each row its level of indentation: its depth, but for two rules.

    A back-and-forth of two people does not keep indenting: a comment that is the only reply of a comment
    that is itself the only reply of one by the same author stands under its parent at the parent's level.
    And no level is above PLATEAU.
    """
    found: list[int] = []
    add = found.append
    for i, above in enumerate(parent):
        if above < 0:
            add(0)
            continue
        level = found[above]
        before = parent[above]
        if (
            before >= 0
            and size[above] == size[i] + 1
            and size[before] == size[above] + 1
            and authors[i] == authors[before]
            and authors[i] is not None
            and authors[i] != authors[above]
        ):
            add(level)
        else:
            add(level + 1 if level < PLATEAU else PLATEAU)
    return array("i", found)


class Outline:
    """The shape of a thread and its folds.

    `folded[i]` is 1 where row i is folded: its body and everything below it are out of sight, its one line stays.
    `hidden[i]` is 1 where row i has a folded ancestor, or where the filter leaves it out. The invariant that
    everything rests on: `hidden` is always what `folded` and the filter say, so a row is on screen
    exactly when its byte is 0.
    """

    def __init__(self, parent: Sequence[int], authors: Sequence[str | None]) -> None:
        self.parent = parent
        self.size = subtree_sizes(parent)
        self.depth = depths(parent)
        self.indent = indents(parent, self.size, authors)
        self.roots = array("i", [i for i, above in enumerate(parent) if above < 0])
        self._nested = bytes(map((-1).__lt__, parent))
        self.folded = bytearray(len(parent))
        self.hidden = bytearray(len(parent))
        self._left_out: bytes | None = None

    def __len__(self) -> int:
        return len(self.parent)

    # Where things are

    def end(self, row: int) -> int:
        """The first row after the subtree of `row`."""
        return row + self.size[row] + 1

    def root(self, row: int) -> int:
        """The top-level comment of the branch that `row` is in."""
        return self.roots[bisect_right(self.roots, row) - 1]

    def ancestors(self, row: int) -> Iterator[int]:
        """The parent of `row`, its parent, and so on up to the root."""
        row = self.parent[row]
        while row >= 0:
            yield row
            row = self.parent[row]

    def chained(self, row: int) -> bool:
        """Whether `row` stands under its parent without being indented (two people talking)."""
        above = self.parent[row]
        return above >= 0 and self.indent[above] == self.indent[row] < PLATEAU

    def seen(self, row: int) -> int:
        """`row` itself when it is visible, else the nearest ancestor that is; -1 where there is none."""
        while row >= 0 and self.hidden[row]:
            row = self.parent[row]
        return row

    def shown_near(self, row: int) -> int:
        """`row` itself, its nearest visible ancestor, or else the next visible comment, or the last; 0 without any.

        A filter also hides comments that have no ancestor, so that `seen` has no answer for them.
        """
        if (seen := self.seen(row)) >= 0:
            return seen
        following = self.next(row)
        return following if following >= 0 else max(self.last(), 0)

    # Where to go; each answers -1 when there is no such comment

    def next(self, row: int) -> int:
        """The next visible comment in reading order."""
        return self.hidden.find(_SHOWN, row + 1)

    def previous(self, row: int) -> int:
        """The previous visible comment in reading order."""
        return self.hidden.rfind(_SHOWN, 0, max(row, 0))

    def first(self) -> int:
        """The first visible comment."""
        return self.hidden.find(_SHOWN)

    def last(self) -> int:
        """The last visible comment."""
        return self.hidden.rfind(_SHOWN)

    def first_reply(self, row: int) -> int:
        """The first visible reply to `row`."""
        reply = self.hidden.find(_SHOWN, row + 1, self.end(row))
        return reply if reply >= 0 and self.parent[reply] == row else -1

    def next_sibling(self, row: int) -> int:
        """The next visible comment with the same parent."""
        limit = len(self) if self.parent[row] < 0 else self.end(self.parent[row])
        row = self.end(row)
        while row < limit and self.hidden[row]:
            row = self.end(row)
        return row if row < limit else -1

    def previous_sibling(self, row: int) -> int:
        """The previous visible comment with the same parent."""
        above = self.parent[row]
        before = self.previous(row)
        while before > above:
            if self.parent[before] == above:
                return before
            before = self.parent[before]
        return -1

    def next_root(self, row: int) -> int:
        """The next visible top-level comment."""
        k = bisect_right(self.roots, row)
        while k < len(self.roots) and self.hidden[self.roots[k]]:
            k += 1
        return self.roots[k] if k < len(self.roots) else -1

    def previous_root(self, row: int) -> int:
        """The top-level comment of this branch, or the one before it when `row` is one itself."""
        k = bisect_right(self.roots, row - 1) - 1
        while k >= 0 and self.hidden[self.roots[k]]:
            k -= 1
        return self.roots[k] if k >= 0 else -1

    # Folds

    def fold(self, row: int) -> None:
        """Fold one comment."""
        self.folded[row] = 1
        start, end = row + 1, self.end(row)
        self.hidden[start:end] = _HIDDEN * (end - start)

    def unfold(self, row: int) -> None:
        """Unfold one comment; comments below it that are folded stay so."""
        if self.folded[row]:
            self.folded[row] = 0
            if not self.hidden[row]:
                self._settle(row + 1, self.end(row))

    def fold_each(self, rows: Iterable[int]) -> None:
        """Fold several comments."""
        for row in rows:
            self.fold(row)

    def unfold_each(self, rows: Iterable[int]) -> None:
        """Unfold several comments; an ancestor must come before what is below it."""
        for row in rows:
            self.unfold(row)

    def fold_where(self, folded: bytes) -> None:
        """Set all folds at once; `folded` has a byte 0 or 1 per row."""
        self.folded[:] = folded
        self._settle(0, len(self))

    def fold_all(self) -> None:
        """Fold every comment."""
        self.folded[:] = _HIDDEN * len(self)
        self.hidden[:] = self._nested if self._left_out is None else _either(self._nested, self._left_out)

    def unfold_all(self) -> None:
        """Unfold every comment."""
        self.fold_where(bytes(len(self)))

    def fold_deeper(self, level: int) -> None:
        """Fold every comment that stands deeper than `level` (1: only the top-level ones are open)."""
        self.fold_where(bytes(depth >= level for depth in self.depth))

    # The filter

    def show_only(self, rows: bytes | None) -> int:
        """Show only the rows whose byte is 1, with their ancestors; None shows all again.

        The answer is how many rows are shown for their own sake.
        """
        if rows is None:
            self._left_out = None
            self._settle(0, len(self))
            return len(self)
        keep = self.with_ancestors(rows)
        self._left_out = bytes(keep).translate(bytes([1, 0]) + bytes(254))
        self._settle(0, len(self))
        return rows.count(1)

    def with_ancestors(self, rows: bytes) -> bytearray:
        """A byte a row: 1 where `rows` has one, and where a row below it does."""
        keep = bytearray(rows)
        row = rows.find(_HIDDEN)
        while row >= 0:
            above = self.parent[row]
            while above >= 0 and not keep[above]:
                keep[above] = 1
                above = self.parent[above]
            row = rows.find(_HIDDEN, row + 1)
        return keep

    def _settle(self, start: int, end: int) -> None:
        """Make `hidden` true again for the rows start .. end, none of which has a folded ancestor before start."""
        self.hidden[start:end] = self._left_out[start:end] if self._left_out is not None else bytes(end - start)
        row = self.folded.find(1, start, end)
        while row >= 0:
            stop = self.end(row)
            self.hidden[row + 1 : stop] = _HIDDEN * (stop - row - 1)
            row = self.folded.find(1, stop, end)


def _either(one: bytes, other: bytes) -> bytes:
    """Bytes 0 or 1: 1 where either has a 1."""
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")
