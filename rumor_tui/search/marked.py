"""All numbers and names of a thread, as columns: what they are, how often and where they occur.

An *entry* is what a reader counts together: one number with its noun, or one name in all its forms. An *occurrence*
is one mark; occurrences stand in reading order, so the first one of an entry is where the thread first says it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rumor_tui.marks.base import Amount, Kind, Mark


class Occurrence(NamedTuple):
    """One mark in an item's text."""

    item: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A number or name of the thread: what a reader counts together.

    `value` is the marks', `label` how it is mostly written, `forms` are all ways in which it is written, the most
    frequent first. `count` says how often it occurs in the article and in the comments' bodies, `in_article` how many
    of these are in the article. `amount` is what a number is worth.
    """

    kind: Kind
    type: str
    value: str
    label: str
    count: int
    in_article: int
    amount: Amount | None = None
    forms: tuple[str, ...] = ()


class MarkIndex:
    """The marks of all items so far, in reading order; `first_comment` is the text index's.

    Item after item is added in one worker; others may look at what is there at any time.
    """

    def __init__(self, first_comment: int) -> None:
        self.first_comment = first_comment
        self._ids: dict[tuple[Kind, str], int] = {}
        self._marks: list[Mark] = []
        self._forms: list[dict[str, int]] = []
        self._counts: list[list[int]] = []
        self._item = array("I")
        self._start = array("I")
        self._end = array("I")
        self._entry = array("I")
        self._firsts = array("I", [0])

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._marks)

    @property
    def items(self) -> int:
        """The items that were added, from item 0."""
        return len(self._firsts) - 1

    def add(self, text: str, marks: Iterable[Mark]) -> None:
        """Add the next item: its text, and the marks in it, with offsets in that text."""
        item = self.items
        for mark in marks:
            id = self._id_of(mark)
            form = text[mark.start : mark.end]
            self._forms[id][form] = self._forms[id].get(form, 0) + 1
            self._counts[id][0] += 1
            self._counts[id][1] += item < self.first_comment
            for column, value in zip(
                (self._item, self._start, self._end, self._entry), (item, mark.start, mark.end, id), strict=True
            ):
                column.append(value)
        self._firsts.append(len(self._item))

    def _id_of(self, mark: Mark) -> int:
        key = mark.kind, mark.value
        id = self._ids.get(key)
        if id is None:
            id = self._ids[key] = len(self._marks)
            self._marks.append(mark)
            self._forms.append({})
            self._counts.append([0, 0])
        return id

    def entry(self, id: int) -> Entry:
        """The entry with a number from 0."""
        mark, (count, in_article) = self._marks[id], self._counts[id]
        forms = tuple(sorted(self._forms[id], key=self._forms[id].__getitem__, reverse=True))
        return Entry(mark.kind, mark.type, mark.value, forms[0], count, in_article, mark.amount, forms)

    def entries(self) -> Iterator[Entry]:
        """All entries, in the order in which they first occur."""
        return map(self.entry, range(len(self)))

    def id_of(self, kind: Kind, value: str) -> int | None:
        """The number of the entry with this value."""
        return self._ids.get((kind, value))

    def marks_of(self, item: int) -> Sequence[tuple[int, int, int]]:
        """(start, end, entry) of each mark of an item that was added."""
        first, last = self._firsts[item], self._firsts[item + 1]
        return list(zip(self._start[first:last], self._end[first:last], self._entry[first:last], strict=True))

    def where(self, id: int) -> list[Occurrence]:
        """All places of an entry, in reading order."""
        return [
            Occurrence(self._item[n], self._start[n], self._end[n])
            for n, entry in enumerate(self._entry)
            if entry == id
        ]
