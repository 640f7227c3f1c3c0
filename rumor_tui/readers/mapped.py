"""A column whose values are made on demand; apart from `columns`, since it needs no JSON library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

FIRST_MOMENT = -62_135_596_800
"""The first second of the year 1, the earliest that `datetime` knows, in seconds since 1970 UTC."""

LAST_MOMENT = 253_402_300_799
"""The last second of the year 9999."""

STRETCH = 256
"""Rows that are worked out at once when a column is iterated over."""

S = TypeVar("S")
T = TypeVar("T")


class Mapped(Sequence[T]):
    """A column whose row i is `function(source[i])`, worked out at each access.

    `many`, where there is one, gives the same for a stretch of the source at once; iterating over a slice uses it.
    """

    __slots__ = ("_function", "_many", "_source")

    def __init__(
        self,
        function: Callable[[S], T],
        source: Sequence[S],
        many: Callable[[Sequence[S]], Sequence[T]] | None = None,
    ) -> None:
        self._function = function
        self._source = source
        self._many = many

    def __len__(self) -> int:
        return len(self._source)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Mapped[T]: ...

    def __getitem__(self, index: int | slice) -> T | Mapped[T]:
        if isinstance(index, slice):
            return Mapped(self._function, self._source[index], self._many)
        return self._function(self._source[index])

    def __iter__(self) -> Iterator[T]:
        if self._many is None:
            yield from map(self._function, self._source)
            return
        for start in range(0, len(self._source), STRETCH):
            yield from self._many(self._source[start : start + STRETCH])

    def arranged(self, order: Sequence[int]) -> Mapped[T]:
        """The column with its rows in another order, still worked out at each access."""
        return Mapped(self._function, [self._source[row] for row in order], self._many)
