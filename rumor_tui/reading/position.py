"""Where the reader is, and what everything that holds rows of a thread must be able to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from rumor_tui.row_map import RowMap


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the comments: the comment's `row`, and a `line` of it, counted from 0 (its header)."""

    row: int = 0
    line: int = 0

    def moved(self, row_map: RowMap, ancestors: Iterable[int] = ()) -> Position:
        """The same place in another state of the thread.

        Where the comment is gone, it is the first line of the nearest of its `ancestors` (rows of the old state, the
        parent first) that is still there, or else of the first comment.
        """
        row = row_map.of(self.row) if self.row < row_map.old_size else -1
        return Position(row, self.line) if row >= 0 else Position(row_map.first(ancestors))


class Remappable(Protocol):
    """Whatever holds rows of the thread."""

    def remap(self, row_map: RowMap) -> None:
        """The thread is replaced: let everything point at the same comments in the new state."""
        ...
