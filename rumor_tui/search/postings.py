"""The marks of a thread as queries ask for them, over the plain interface of the mark index."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection

from rumor_tui.marks.base import Amount, Kind
from rumor_tui.search.marked import Entry, MarkIndex
from rumor_tui.text import fold


class Postings:
    """What to ask of the marks of a thread, all of which are known."""

    def __init__(self, marks: MarkIndex) -> None:
        self._marks = marks
        self._entries = list(marks.entries())

    def ids_where(self, test: Callable[[float, float, str], bool]) -> list[int]:
        """The entries whose amount passes a test."""
        told = enumerate(entry.amount for entry in self._entries)
        return [id for id, amount in told if amount is not None and test(amount.low, amount.high, amount.unit)]

    def ids_of(self, kind: Kind) -> list[int]:
        """The entries of a kind."""
        return [id for id, entry in enumerate(self._entries) if entry.kind == kind]

    def ids_named(self, text: str) -> list[int]:
        """The entries of which a form or the value holds a text."""
        wanted = fold(text)
        return [id for id, e in enumerate(self._entries) if any(wanted in fold(form) for form in (e.value, *e.forms))]

    def entry(self, id: int) -> Entry:
        """An entry."""
        return self._entries[id]

    def type_of(self, id: int) -> str:
        """The type of an entry."""
        return self._entries[id].type

    def amount(self, id: int) -> Amount | None:
        """What a number is worth."""
        return self._entries[id].amount

    def id_of(self, kind: Kind, value: str) -> int | None:
        """The number of the entry with this value."""
        return self._marks.id_of(kind, value)

    def marks_of(self, item: int) -> list[tuple[int, int, int]]:
        """(start, end, entry) of each mark of an item."""
        return list(self._marks.marks_of(item))

    def items_with(self, ids: Collection[int]) -> array[int]:
        """How many marks of some entries each item has."""
        wanted = set(ids)
        return array("I", [sum(id in wanted for _, _, id in self.marks_of(item)) for item in range(self._marks.items)])

    def spans_of(self, item: int, ids: Collection[int]) -> list[tuple[int, int]]:
        """Where the marks of some entries stand in an item."""
        return [(start, end) for start, end, id in self.marks_of(item) if id in ids]
