"""Columns of a thread that cost little: one value in all rows, and values that are made when a row is asked for.

Columns are never changed once a thread has them, so selecting rows and joining columns may share what they hold.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Final, Generic, TypeVar, overload

STRETCH: Final = 256
"""Rows of a lazy column that are worked out at once when it is iterated over."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Constant(Sequence[T]):
    """A column that holds one value in all of its rows, at no cost per row."""

    __slots__ = ("_size", "value")

    def __init__(self, value: T, size: int) -> None:
        self.value = value
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Constant):
            return NotImplemented
        return bool(self._size == other._size and self.value == other.value)

    def __hash__(self) -> int:
        return hash(self._size)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Constant[T]: ...

    def __getitem__(self, index: int | slice) -> T | Constant[T]:
        if isinstance(index, slice):
            return Constant(self.value, len(range(self._size)[index]))
        if not -self._size <= index < self._size:
            raise IndexError(index)
        return self.value


class LazyColumn(Sequence[T_co], Generic[T_co]):
    """A column whose row i is `function(keys[i])`, worked out at each access.

    `many`, where there is one, gives the same for a stretch of keys at once; iterating uses it.
    """

    __slots__ = ("function", "keys", "many")

    def __init__(
        self,
        function: Callable[[Any], T_co],
        keys: Sequence[Any],
        many: Callable[[Sequence[Any]], Sequence[T_co]] | None = None,
    ) -> None:
        self.function = function
        self.keys = keys
        self.many = many

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[T_co]:
        return map(self.function, self.keys) if self.many is None else _in_stretches(self.many, self.keys)

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> LazyColumn[T_co]: ...

    def __getitem__(self, index: int | slice) -> T_co | LazyColumn[T_co]:
        if isinstance(index, slice):
            return LazyColumn(self.function, self.keys[index], self.many)
        return self.function(self.keys[index])


def _in_stretches(many: Callable[[Sequence[Any]], Sequence[T]], keys: Sequence[Any]) -> Iterator[T]:
    for start in range(0, len(keys), STRETCH):
        yield from many(keys[start : start + STRETCH])


def select_rows(column: Sequence[T], rows: Sequence[int], selected: dict[int, Any] | None = None) -> Sequence[T]:
    """The given rows of a column, in the order given: `select_rows(column, rows)[i] == column[rows[i]]`.

    No row is looked at before it is asked for, but of arrays, whose rows are copied. However often rows are selected,
    columns do not nest. `selected` are the results so far by the `id` of the column, for columns that share their keys.
    """
    selected = {} if selected is None else selected
    if id(column) in selected:
        return selected[id(column)]  # type: ignore[no-any-return]
    found: Any
    if isinstance(column, Constant):
        found = Constant(column.value, len(rows))
    elif isinstance(column, LazyColumn):
        found = LazyColumn(column.function, select_rows(column.keys, rows, selected), column.many)
    elif isinstance(column, array | range):
        values = list(map(column.__getitem__, rows))
        found = array(column.typecode if isinstance(column, array) else "i", values)
    else:
        found = LazyColumn(column.__getitem__, rows if isinstance(rows, array) else array("i", rows))
    selected[id(column)] = found
    return found  # type: ignore[no-any-return]


def join_columns(first: Sequence[T], second: Sequence[T]) -> Sequence[T]:
    """The rows of both columns, one behind the other; what is lazy in either stays so."""
    if isinstance(first, Constant) and isinstance(second, Constant) and first.value is second.value:
        return Constant(first.value, len(first) + len(second))
    if isinstance(first, LazyColumn) and isinstance(second, LazyColumn) and first.function == second.function:
        many = first.many if first.many == second.many else None
        return LazyColumn(first.function, join_columns(first.keys, second.keys), many)
    if isinstance(first, LazyColumn) or isinstance(second, LazyColumn):
        return LazyColumn(_call, [*_calls(first), *_calls(second)])
    if isinstance(first, array) and isinstance(second, array) and first.typecode == second.typecode:
        return first + second
    return [*first, *second]


def _call(call: tuple[Callable[[Any], T], Any]) -> T:
    function, key = call
    return function(key)


def _calls(column: Sequence[Any]) -> Sequence[tuple[Callable[[Any], Any], Any]]:
    """For each row the function and the key that give its value: joined columns do not nest, however many they are."""
    if not isinstance(column, LazyColumn):
        return [(_same, value) for value in column]
    if column.function is _call:
        return column.keys
    if isinstance(column.function, _Chain):
        return list(map(column.function.call, column.keys))
    if isinstance(column.keys, LazyColumn):  # whose values are not to be worked out yet
        return [(column.__getitem__, row) for row in range(len(column))]
    return [(column.function, key) for key in column.keys]


def _same(value: T) -> T:
    return value


def chain_columns(columns: Sequence[Sequence[T]]) -> Sequence[T]:
    """The rows of several columns one behind the other; where one of them is lazy, at no cost per row."""
    first = columns[0] if columns else ()
    if isinstance(first, Constant) and all(isinstance(one, Constant) and one.value is first.value for one in columns):
        return Constant(first.value, sum(map(len, columns)))
    if not any(isinstance(one, LazyColumn) for one in columns):
        return list(chain.from_iterable(map(_at_hand, columns)))
    chained = _Chain(list(chain.from_iterable(map(_links_of, columns))))
    return LazyColumn(chained, range(chained.size), chained.rows)


def _links_of(column: Sequence[T]) -> Sequence[Sequence[T]]:
    """The columns that a stretch of a chain is made of, so that chains of chains do not nest; any other one itself."""
    if isinstance(column, LazyColumn) and isinstance(column.function, _Chain) and isinstance(column.keys, range):
        return column.function.links(column.keys)
    return (column,)


def _at_hand(column: Sequence[T]) -> Sequence[T]:
    return [column.value] * len(column) if isinstance(column, Constant) else column


class _Chain(Generic[T]):
    """Gives the rows of several columns by their places in the chain of them."""

    __slots__ = ("_columns", "_starts", "size")

    def __init__(self, columns: Sequence[Sequence[T]]) -> None:
        self._columns = [column for column in columns if len(column)]
        self._starts = list(accumulate(map(len, self._columns), initial=0))
        self.size = self._starts.pop()

    def __call__(self, row: int) -> T:
        part = bisect_right(self._starts, row) - 1
        return self._columns[part][row - self._starts[part]]

    def call(self, row: int) -> tuple[Callable[[Any], Any], Any]:
        """The function and the key that give a row."""
        part = bisect_right(self._starts, row) - 1
        column, at = self._columns[part], row - self._starts[part]
        if not isinstance(column, LazyColumn):
            return _same, column[at]
        if column.function is _call:
            return column.keys[at]  # type: ignore[no-any-return]
        return (column.__getitem__, at) if isinstance(column.keys, LazyColumn) else (column.function, column.keys[at])

    def rows(self, rows: Sequence[int]) -> Sequence[T]:
        """The same of several rows; of a range of them a column is asked for its rows at once."""
        if not isinstance(rows, range) or rows.step != 1:
            return list(map(self, rows))
        return list(chain.from_iterable(self.links(rows)))

    def links(self, rows: range) -> list[Sequence[T]]:
        """The stretches of the columns that a stretch of rows is made of."""
        if rows.step != 1:
            return [LazyColumn(self, rows)]
        ends = [(max(rows.start - start, 0), rows.stop - start) for start in self._starts]
        links = [column[low : max(high, 0)] for column, (low, high) in zip(self._columns, ends, strict=True)]
        return [link for link in links if len(link)]
