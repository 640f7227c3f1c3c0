"""Where the rows of one state of a thread stand in another: after more comments came, or in another order.

Whoever holds rows (a cursor, folds, matches, a way back) asks a `RowMap` for the new ones when the thread is replaced.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol

GONE: Final = -1
"""The new row of a comment that is not in the new state."""

_FEW: Final = 2_000
"""Rows up to which one is looked for by steps, and up to which several are mapped one by one."""


class Rows(Protocol):
    """What is asked of a thread: its length, and the identifiers of its comments."""

    @property
    def ids(self) -> Sequence[str | None]:
        """The identifier of each row, where it has one."""
        ...

    def __len__(self) -> int: ...


class RowMap:
    """A map from old rows to new ones. Make it with `identity`, `from_order` or `between`.

    `old_size` and `new_size` are the numbers of rows of the two states.
    """

    __slots__ = ("_back", "_every", "_find", "_inverse", "new_size", "old_size")

    def __init__(
        self,
        old_size: int,
        new_size: int,
        find: Callable[[int], int],
        every: Callable[[], Sequence[int]],
        back: Callable[[], RowMap],
    ) -> None:
        """`find` gives the new row of one old row, `every` those of all old rows, `back` the map the other way."""
        self.old_size = old_size
        self.new_size = new_size
        self._find = find
        self._every = every
        self._back = back
        self._inverse: RowMap | None = None

    @classmethod
    def identity(cls, size: int) -> RowMap:
        """Every row stays where it is."""
        return cls(size, size, range(size).__getitem__, lambda: range(size), lambda: cls.identity(size))

    @classmethod
    def from_order(cls, order: Sequence[int], old_size: int | None = None) -> RowMap:
        """`order[i]` is the old row of what stands in row i now, or -1 for a new comment.

        `old_size` must be given where the order leaves out rows; without it the order is a permutation.
        """
        size = len(order) if old_size is None else old_size
        return cls._of_rows(invert(order, size), order)

    @classmethod
    def _of_rows(cls, new_rows: Sequence[int], order: Sequence[int]) -> RowMap:
        return cls(
            len(new_rows), len(order), new_rows.__getitem__, lambda: new_rows, lambda: cls._of_rows(order, new_rows)
        )

    @classmethod
    def between(cls, old: Rows, new: Rows) -> RowMap:
        """The map between two states of a thread: a comment is the same one by its id where it has one, else by row.

        Rows are looked up when they are asked for. Where comments were only added, that costs about as many steps as
        were added, and nowhere more than one pass over the identifiers.
        """
        search = _IdSearch(old, new)
        return cls(len(old), len(new), search.find, search.every, lambda: cls.between(new, old))

    def of(self, row: int) -> int:
        """The new row of an old one, or -1 where its comment is gone. Raises IndexError outside the old state."""
        if not 0 <= row < self.old_size:
            raise IndexError(row)
        return self._find(row)

    def rows(self, rows: Iterable[int]) -> list[int]:
        """The new rows of several old ones, in the order given, without those that are gone."""
        return [new for row in rows if (new := self.of(row)) >= 0]

    def first(self, rows: Iterable[int], default: int = 0) -> int:
        """The new row of the first one that is still there (a comment, then its ancestors), or `default`."""
        return next((new for row in rows if (new := self.of(row)) >= 0), default)

    def mask(self, column: bytes | bytearray) -> bytes:
        """A byte a row, carried over: 1 where a comment stands whose byte was 1, and 0 where nothing was known."""
        marked = column.count(1)
        carried = bytearray(self.new_size)
        new_rows = self._every() if marked > _FEW else None
        for row in _marked_rows(column):
            new = self.of(row) if new_rows is None else new_rows[row]
            if new >= 0:
                carried[new] = 1
        return bytes(carried)

    def every(self) -> Sequence[int]:
        """The new row of each old one, -1 where it is gone."""
        return self._every()

    @property
    def inverse(self) -> RowMap:
        """The map from the new rows to the old ones, where the new comments are the ones that are gone."""
        if self._inverse is None:
            self._inverse = self._back()
            self._inverse._inverse = self
        return self._inverse


def invert(order: Sequence[int], size: int) -> array[int]:
    """For each of `size` rows its place in an order, -1 where it has none: `invert(order, n)[order[i]] == i`."""
    places = array("i", [GONE]) * size
    for place, row in enumerate(order):
        if row >= 0:
            places[row] = place
    return places


def _marked_rows(column: bytes | bytearray) -> Iterator[int]:
    """The rows whose byte is 1."""
    row = column.find(1)
    while row >= 0:
        yield row
        row = column.find(1, row + 1)


class _IdSearch:
    """Looks for the comments of one state of a thread in another one.

    Comments are mostly added in between, so that a row moves down by as many as were added before it: the search
    begins where the last row that was found says and goes as far as additions can have moved a row, or `_FEW` rows.
    Only for what is not found there it makes a table of all identifiers.
    """

    def __init__(self, old: Rows, new: Rows) -> None:
        self._old, self._new = old, new
        self._grown = max(0, len(new) - len(old))
        self._last = (0, 0)
        self._table: dict[str | None, int] | None = None

    def find(self, row: int) -> int:
        """The new row of an old one. Where several comments share an identifier, it may be that of any of them."""
        new = self._new
        id = self._old.ids[row]
        if row < len(new) and (id is None or id == new.ids[row]):
            return row
        if id is None:
            return GONE
        if self._table is None:
            place = self._find_nearby(row, id)
            if place >= 0:
                return place
            self._table = _places(list(new.ids))
        return self._table.get(id, GONE)

    def _find_nearby(self, row: int, id: str) -> int:
        """The new row, if it is one to which a few additions may have moved it."""
        ids, (last_row, last_place) = self._new.ids, self._last
        start = row + (last_place - last_row) if row >= last_row else row + 1
        for place in range(start, min(row + self._grown + 1, start + _FEW, len(ids))):
            if ids[place] == id:
                self._last = (row, place)
                return place
        return GONE

    def every(self) -> Sequence[int]:
        """The new rows of all old ones: the same as by `find`, but in one pass."""
        ids = list(self._new.ids)
        table, size = _places(ids), len(ids)
        table[None] = GONE
        return array(
            "i",
            [
                row if row < size and (id is None or id == ids[row]) else table.get(id, GONE)
                for row, id in enumerate(self._old.ids)
            ],
        )


def _places(ids: Sequence[str | None]) -> dict[str | None, int]:
    """The row of each identifier, the first one where it comes twice."""
    return dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))
