"""The numbers and names of a whole thread, in columns: what they are, how often and where they occur, their ranking.

An *entry* is what a reader counts together: one number with its noun, or one name in all its forms. An *occurrence*
is one mark; occurrences are in reading order, so the first one of an entry is where the thread has it first.

Linked chains of rows lead from each entry to its occurrences and to its forms. Nothing is ever moved or sorted, so one
thread may add while others read: they see the state after the last complete item.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import compress, islice
from math import log
from typing import Final, NamedTuple

from rumor_tui.marks.mark import Amount, Kind, Mark
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.storage import NO_ROW, AmountColumns, SubstringIndex, follow_chain
from rumor_tui.text import fold

TYPE_WEIGHTS: Final = {
    "money": 3.0, "quantity": 3.0, "percent": 2.5, "range": 2.5, "score": 2.4, "product": 2.4, "acronym": 2.2,
    "organisation": 2.2, "name": 2.2, "place": 1.8, "person": 1.5, "user": 1.5, "version": 1.2, "date": 1.2,
    "time": 1.2, "timecode": 1.2, "number": 1.0, "ordinal": 0.5, "year": 0.5,
}  # fmt: skip
"""The weight of each type in `entry_score`; 1 for other types."""

_SMALL_NUMBER: Final = re.compile(r"(?:[0-9]|1[0-2])(?:st|nd|rd|th)?")
_TINY_QUANTITY: Final = re.compile(r"[0-2] ")


def entry_score(type: str, value: str, count: int, in_article: int, *, name: bool) -> float:
    """The relevance of an entry: the weight of its type, times the damped frequency, times corrections.

    - The frequency counts as 1 + ln(count), so that the twelfth mention adds less than the second. - An entry in both
    the article and the comments counts half as much again: it is being discussed. - Numbers up to 12 without a unit
    count a fifth, quantities up to 2 ("two things") a half. - An entry that occurs once, and not in the article, counts
    half; a name a quarter, since most such names are chance.
    """
    points = TYPE_WEIGHTS.get(type, 1.0) * (1 + log(count))
    if 0 < in_article < count:
        points *= 1.5
    if count == 1 and not in_article:
        points *= 0.25 if name else 0.5
    if name:
        return points
    if _SMALL_NUMBER.fullmatch(value):
        points *= 0.2
    elif type == "quantity" and _TINY_QUANTITY.match(value):
        points *= 0.5
    return points


MAX_ENTRIES: Final = 300_000
"""The most entries, of about 350 bytes each: several times as many as 100,000 comments hold."""

MAX_FORMS: Final = 400_000
"""The most forms of all entries; occurrences in other forms count for the entry's first form."""

MAX_FORMS_OF: Final = 200
"""The most forms of one entry: several times as many as any real one has."""

MAX_MARKS: Final = 2_000_000
"""The most occurrences, of 20 bytes each: 100,000 comments hold up to half a million."""

RANKED: Final = 2_000
"""The most relevant entries, which are kept in order."""

AmountTest = Callable[[float, float, str], bool]
"""Whether an amount matches: its `low`, its `high` and its unit."""


class Occurrence(NamedTuple):
    """One mark in an item's text."""

    item: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A number or name of the thread.

    `value` is that of its marks, `label` the most frequent form, `forms` are all forms, the most frequent first.
    `count` is how often it occurs in the article and the comments, `in_article` how often of that in the article.
    `amount` is the amount of a number, `about` only if it is for all its marks.
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
    """The marks of all items so far, in reading order; `first_comment` is that of the text index.

    One worker adds item after item; others may read at any time.
    """

    def __init__(self, first_comment: int) -> None:
        self.first_comment = first_comment
        self.exact = True
        """False once something was left out because there is too much of it."""
        self._ids: tuple[dict[str, int], dict[str, int]] = ({}, {})  # of numbers, of names: value -> entry
        # One row per entry
        self._values: list[str] = []
        self._named = bytearray()
        self._types: list[str] = []
        self._type = bytearray()
        self._lead = array("I")  # the majority of its type over the others
        self._count = array("I")
        self._in_article = array("I")
        self._amount = array("I")
        self._form = array("I")
        self._last_form = array("I")
        self._form_total = array("I")
        self._first = array("I")
        self._last = array("I")
        self._amounts = AmountColumns()
        # One row per form
        self._form_ids: dict[str, int] = {}
        self._forms: list[str] = []
        self._form_entry = array("I")
        self._form_count = array("I")
        self._form_next = array("I")
        # One row per occurrence
        self._item = array("I")
        self._start = array("I")
        self._end = array("I")
        self._entry = array("I")
        self._next = array("I")
        # One row per item: its first occurrence; and one more row for the end of the last item
        self._firsts = array("I", [0])
        self._names = SubstringIndex()  # folded forms and values
        self._names_entry = array("I")
        self.ranked_items = 0
        """How many items there were when the entries were last ranked."""
        self._ranked: Sequence[int] = ()
        self._scores = array("f")

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._first)

    @property
    def items(self) -> int:
        """The number of items that were added, from item 0."""
        return len(self._firsts) - 1

    @property
    def total(self) -> int:
        """The number of occurrences in the items that were added."""
        return self._firsts[-1]

    # Adding

    def add(self, text: str, marks: Iterable[Mark]) -> None:
        """Add the next item: its text, and its marks with offsets in that text."""
        item, article = self.items, self.items < self.first_comment
        for mark in marks:
            room = len(self._item) < MAX_MARKS
            form = self._form_of(mark, text[mark.start : mark.end]) if room else None
            if form is None:
                self.exact = False
                continue
            id = self._form_entry[form]
            self._form_count[form] += 1
            self._in_article[id] += article
            self._vote(id, mark)
            self._link(id, item, mark)
            self._count[id] += 1
        self._firsts.append(len(self._item))

    def _link(self, id: int, item: int, mark: Mark) -> None:
        """Append an occurrence to its entry's chain: first the row, then the link to it, since others may be
        reading."""
        at = len(self._item)
        self._start.append(mark.start)
        self._end.append(mark.end)
        self._entry.append(id)
        self._next.append(NO_ROW)
        self._item.append(item)
        if self._count[id]:
            self._next[self._last[id]] = at
        else:
            self._first[id] = at
        self._last[id] = at

    def _vote(self, id: int, mark: Mark) -> None:
        """Count the mark's type: if types differ, the majority wins."""
        if self._types[self._type[id]] == mark.type:
            self._lead[id] += 1
        elif self._lead[id]:
            self._lead[id] -= 1
        else:
            self._type[id], self._lead[id] = self._type_of(mark.type), 1
        if mark.amount is not None and not mark.amount.about and (row := self._amount[id]) != NO_ROW:
            self._amounts.about[row] = 0

    def _type_of(self, type: str) -> int:
        if type not in self._types:
            self._types.append(type)
        return self._types.index(type)

    def _form_of(self, mark: Mark, text: str) -> int | None:
        """The form of a mark, which leads to its entry; None if there is no room for another entry."""
        key = text
        form = self._form_ids.get(key)
        if form is not None and not self._is_of(form, mark):  # the same text is a form of another entry
            key = f"{text}\n{mark.kind}\n{mark.value}"
            form = self._form_ids.get(key)
        if form is not None:
            return form
        id = self._ids[mark.kind == "name"].get(mark.value)
        if id is None:
            return self._new_entry(mark, text, key)
        full = len(self._forms) >= MAX_FORMS or self._form_total[id] >= MAX_FORMS_OF
        return self._form[id] if full else self._new_form(id, text, key)

    def _is_of(self, form: int, mark: Mark) -> bool:
        id = self._form_entry[form]
        return self._values[id] == mark.value and self._named[id] == (mark.kind == "name")

    def _new_form(self, id: int, text: str, key: str) -> int:
        """Append another form to an entry's chain."""
        form = len(self._forms)
        self._forms.append(text)
        self._form_entry.append(id)
        self._form_count.append(0)
        self._form_next.append(NO_ROW)
        self._form_ids[key] = form
        if self._form[id] == NO_ROW:
            self._form[id] = form
        else:
            self._form_next[self._last_form[id]] = form
        self._last_form[id] = form
        self._form_total[id] += 1
        self._name(id, fold(text))
        return form

    def _name(self, id: int, folded: str) -> None:
        self._names_entry.append(id)
        self._names.add(folded)

    def _new_entry(self, mark: Mark, text: str, key: str) -> int | None:
        """Add an entry with its first form; None if there is no room for it."""
        if len(self) >= MAX_ENTRIES or len(self._forms) >= MAX_FORMS:
            return None
        id, name = len(self._values), mark.kind == "name"
        value = text if text == mark.value else mark.value  # the same object, if possible
        self._values.append(value)
        self._named.append(name)
        self._type.append(self._type_of(mark.type))
        for column in (self._lead, self._count, self._in_article, self._form_total):
            column.append(0)
        amount = mark.amount
        self._amount.append(NO_ROW if amount is None else self._amounts.add(id, amount))
        self._form.append(NO_ROW)
        self._last_form.append(NO_ROW)
        self._last.append(NO_ROW)
        form = self._new_form(id, text, key)
        if (folded := fold(value)) != fold(text):
            self._name(id, folded)
        self._first.append(NO_ROW)
        self._ids[name][value] = id
        return form

    # Entries

    def entry(self, id: int) -> Entry:
        """The entry with this id, from 0."""
        forms = self._forms_of(id)
        count, in_article, amount = self._count[id], self._in_article[id], self.amount(id)
        return Entry(self.kind_of(id), self.type_of(id), self._values[id], forms[0], count, in_article, amount, forms)

    def _forms_of(self, id: int) -> tuple[str, ...]:
        """All forms of an entry, the most frequent first."""
        forms, form = [], self._form[id]
        while form != NO_ROW:
            forms.append(form)
            form = self._form_next[form]
        if len(forms) > 1:
            forms.sort(key=self._form_count.__getitem__, reverse=True)
        return tuple(map(self._forms.__getitem__, forms))

    def kind_of(self, id: int) -> Kind:
        """Whether an entry is a number or a name."""
        return "name" if self._named[id] else "number"

    def type_of(self, id: int) -> str:
        """The type of most marks of an entry."""
        return self._types[self._type[id]]

    def amount(self, id: int) -> Amount | None:
        """The amount of a number."""
        row = self._amount[id]
        return None if row == NO_ROW else self._amounts.at(row)

    def counts_of(self, id: int) -> tuple[int, int]:
        """How often an entry occurs, and how often of that in the article."""
        return self._count[id], self._in_article[id]

    def entries(self) -> Iterator[Entry]:
        """All entries, in the order in which they first occur."""
        return map(self.entry, range(len(self)))

    def id_of(self, kind: Kind, value: str) -> int | None:
        """The id of the entry with this value."""
        return self._ids[kind == "name"].get(value)

    # Lookups

    def ids_where(self, test: AmountTest) -> list[int]:
        """The entries whose amount passes a test; about 30 ms for 300,000 if the test is a plain comparison."""
        amounts, size = self._amounts, len(self)
        units = map(amounts.units.__getitem__, amounts.unit)
        found = list(compress(amounts.entry, map(test, amounts.low, amounts.high, units)))
        return found[: bisect_left(found, size)]

    def ids_of(self, kind: Kind, types: Collection[str] | None = None) -> list[int]:
        """The entries of a kind, or of some of its types only."""
        size, name = len(self), kind == "name"
        if types is None:
            return [id for id, named in enumerate(self._named[:size]) if named == name]
        wanted = {at for at, type in enumerate(self._types) if type in types}
        kinds = zip(self._named[:size], self._type[:size], strict=True)
        return [id for id, (named, type) in enumerate(kinds) if named == name and type in wanted]

    def ids_named(self, text: str) -> list[int]:
        """The entries with a form, or a value, that contains the text as search compares text; in ascending order."""
        names, size = self._names_entry, len(self)
        return sorted({id for nth in self._names.holding(fold(text)) if (id := names[nth]) < size})

    # Occurrences

    def marks_of(self, item: int) -> Sequence[tuple[int, int, int]]:
        """(start, end, entry) of each mark of an item."""
        first, last = self._firsts[item], self._firsts[item + 1]
        return list(zip(self._start[first:last], self._end[first:last], self._entry[first:last], strict=True))

    def entries_between(self, item: int, start: int, end: int) -> Sequence[int]:
        """The entries of the marks of an item that begin in a range of its text, found by bisection."""
        first, last = self._firsts[item], self._firsts[item + 1]
        at = bisect_left(self._start, start, first, last)
        return self._entry[at : bisect_left(self._start, end, at, last)]

    def marks_in(self, item: int) -> list[Mark]:
        """The marks of an item, each with the type and the amount of its entry."""
        return [
            Mark(start, end, self.kind_of(id), self.type_of(id), self._values[id], self.amount(id))
            for start, end, id in self.marks_of(item)
        ]

    def where(self, id: int, most: int | None = None) -> list[Occurrence]:
        """The occurrences of an entry, or the first few, in reading order."""
        return list(islice(self._places(id), most))

    def items_of(self, id: int) -> Iterator[int]:
        """The items in which an entry occurs, in reading order, once per occurrence."""
        return map(self._item.__getitem__, follow_chain(self._first[id], self._next))

    def first(self, id: int) -> Occurrence | None:
        """The first occurrence of an entry; None while its item is being added."""
        return next(self._places(id), None)

    def _places(self, id: int) -> Iterator[Occurrence]:
        item, start, end = self._item, self._start, self._end
        return (Occurrence(item[at], start[at], end[at]) for at in follow_chain(self._first[id], self._next))

    def items_with(self, ids: Collection[int]) -> array[int]:
        """How many marks of some entries each item has."""
        size, marks = self.items, self._firsts[-1]
        counts = array("I", bytes(4 * size))
        for item in self._items_of(ids, marks):
            if item < size:
                counts[item] += 1
        return counts

    def _items_of(self, ids: Collection[int], marks: int) -> Iterator[int]:
        """The items of all marks of some entries, unordered: by their chains or, if there are many, in one sweep."""
        if sum(map(self._count.__getitem__, ids)) < marks // 4:
            for id in ids:
                yield from self.items_of(id)
        else:
            wanted = self._mask(ids)
            yield from compress(self._item[:marks], map(wanted.__getitem__, self._entry[:marks]))

    def _mask(self, ids: Iterable[int]) -> bytearray:
        mask = bytearray(len(self._values))
        for id in ids:
            mask[id] = 1
        return mask

    def spans_of(self, item: int, ids: Collection[int]) -> list[tuple[int, int]]:
        """The spans of the marks of some entries in an item; best with a set or a dict of ids."""
        return [(start, end) for start, end, id in self.marks_of(item) if id in ids]

    # Ranking

    def rank(self, stop: Callable[[], bool] = never_stop) -> None:
        """Rank the entries so far by relevance, for `narrow`; about 1.5 µs per entry, so run it in the worker."""
        items, size, slicer = self.items, len(self), TimeSlicer(stop)
        scores = array("f")
        for id in range(size):
            scores.append(self._score(id))
            if slicer.rest():
                return
        # Python code all the way: sorting so many would hold the interpreter lock too long.
        self._ranked = nlargest(RANKED, (id for id in range(size)), key=lambda id: scores[id])
        self._scores = scores
        self.ranked_items = items

    def _score(self, id: int) -> float:
        name, type = bool(self._named[id]), self._types[self._type[id]]
        return entry_score(type, self._values[id], self._count[id] or 1, self._in_article[id], name=name)

    def narrow(self, text: str, limit: int = 200) -> list[Entry]:
        """The most relevant entries with a form or a value that contains `text` as search compares text.

        The order is that of the last ranking; entries since then come last.
        """
        if not self._ranked and len(self):
            self.rank()
        return [self.entry(id) for id in self._best(fold(text), limit)]

    def _best(self, wanted: str, limit: int) -> list[int]:
        ranked = self._ranked
        found = list(ranked[:limit]) if not wanted else []
        for id in ranked if wanted else ():
            if self._holds(id, wanted):
                found.append(id)
                if len(found) == limit:
                    break
        if len(found) == limit or len(ranked) == len(self):
            return found
        scores = self._scores
        return nlargest(limit, self.ids_named(wanted), key=lambda id: scores[id] if id < len(scores) else 0.0)

    def _holds(self, id: int, wanted: str) -> bool:
        if wanted in _folded(self._values[id]):
            return True
        form = self._form[id]
        while form != NO_ROW:
            if wanted in _folded(self._forms[form]):
                return True
            form = self._form_next[form]
        return False


_folded = lru_cache(maxsize=8_192)(fold)
"""The same values and forms, the most relevant ones, are compared at each key."""
