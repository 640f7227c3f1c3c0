"""Claims: which numbers of a thread state the same, and which compete with them.

A *claim* is one value of one dimension (see `dimensions`): "600 examples", "600 units" and a bare 600 are one. The
*figures* that compete with it are the other values that the thread gives for that dimension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from math import inf, log
from typing import Final, NamedTuple

from rumor_tui.marks.mark import Amount
from rumor_tui.search.claims.dimensions import (
    MIN_BARE_VALUE,
    comparable_amount,
    dimension_in_sentence,
    dimension_of,
    is_count_dimension,
    mentions_noun,
)
from rumor_tui.search.claims.excerpts import hedge_before, rate_after, sentence_bounds
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.mark_index import MarkIndex, Occurrence
from rumor_tui.search.index.texts import TextIndex

MAX_FIGURES: Final = 60
"""The most competing figures of a claim: as many as anyone would read."""

MAX_PLACES: Final = 500
"""The most occurrences of one bare figure whose sentences are looked at."""

_SAMPLED_PLACES: Final = 20
"""Occurrences of a figure whose context decides about "around" and "per month"."""

_COMPARED_PLACES: Final = 200
"""Occurrences of a claim, and of bare figures without a dimension, whose neighbouring names are compared."""


class CompetingFigure(NamedTuple):
    """Another value of the same dimension: an entry of it, its words, how often it occurs and where first."""

    entry: int
    label: str
    total: int
    in_article: int
    first: Occurrence


Value = tuple[float, float]
"""The low and the high end of an amount."""


class Claims:
    """The numbers of a thread by dimension and value, as far as they were known when this was built.

    `build` goes through all marks once: run it in a worker if there are many.
    """

    def __init__(self, index: TextIndex, marks: MarkIndex) -> None:
        self.index = index
        self.marks = marks
        self.items = 0
        """The items whose marks were indexed."""
        self.total = 0
        """The marks in these items."""
        self._amounts: dict[int, Amount] = {}
        self._by_dimension: dict[str, dict[Value, list[int]]] = {}
        self._bare: dict[Value, int] = {}
        """The entry of each bare figure."""
        self._bare_places: dict[int, list[tuple[Occurrence, str]]] = {}
        """By the entry of a bare figure: its occurrences, each with the dimension that its sentence suggests."""
        self._nouns: dict[str, dict[str, int]] = {}

    def build(self, stop: Callable[[], bool] = never_stop) -> None:
        """Index all entries, then the sentences of bare figures."""
        slicer = TimeSlicer(stop)
        marks = self.marks
        self.items, self.total = marks.items, marks.total
        for id in marks.ids_of("number"):
            if (amount := comparable_amount(marks.type_of(id), marks.amount(id))) is not None:
                self._add(id, amount, marks.counts_of(id)[0])
            if slicer.rest():
                return
        for item in range(self.items):
            self._add_bare_figures(item)
            if slicer.rest():
                return

    def _add(self, id: int, amount: Amount, count: int) -> None:
        self._amounts[id] = amount
        value = amount.low, amount.high
        dimension = dimension_of(amount)
        if not dimension:
            self._bare.setdefault(value, id)
            self._bare_places[id] = []
            return
        self._by_dimension.setdefault(dimension, {}).setdefault(value, []).append(id)
        nouns = self._nouns.setdefault(dimension, {})
        nouns[amount.unit] = nouns.get(amount.unit, 0) + count

    def _add_bare_figures(self, item: int) -> None:
        """Find the dimensions of the bare figures of an item."""
        marks = self.marks.marks_of(item)
        text = ""
        for n, (start, end, id) in enumerate(marks):
            places = self._bare_places.get(id)
            if places is None or len(places) >= MAX_PLACES:
                continue
            text = text or self.index.item_text(item)
            following = marks[n + 1] if n + 1 < len(marks) else None
            dimension = self._suggested_dimension(text, start, end, id, following)
            places.append((Occurrence(item, start, end), dimension))

    def _suggested_dimension(
        self, text: str, start: int, end: int, id: int, following: tuple[int, int, int] | None
    ) -> str:
        """The dimension of a bare figure: by the name that it counts ("100 1Ms"), or by its sentence."""
        if following is not None and following[0] == end + 1 and self._is_name(following[2]):
            return "made"
        if self._amounts[id].low < MIN_BARE_VALUE:
            return ""
        first, last = sentence_bounds(text, start, end)
        return dimension_in_sentence(text[first:last], start - first)

    def _is_name(self, id: int) -> bool:
        return self.marks.kind_of(id) == "name"

    # One claim

    def dimension(self, id: int) -> str:
        """The dimension of an entry. That of a bare figure is suggested by most of its sentences, or else by its
        value."""
        amount = self._amounts.get(id)
        if amount is None:
            return ""
        places = self._bare_places.get(id)
        if places is None:
            return dimension_of(amount)
        suggested = [dimension for _, dimension in places if dimension]
        if suggested or amount.low < MIN_BARE_VALUE:
            return max(suggested, key=suggested.count, default="")
        value = amount.low, amount.high
        sizes = [
            (len(values[value]), dimension)
            for dimension, values in self._by_dimension.items()
            if value in values and is_count_dimension(dimension)
        ]
        return max(sizes)[1] if sizes else ""

    def nouns(self, dimension: str) -> list[str]:
        """The nouns or units that the thread uses for a dimension, the most frequent first."""
        nouns = self._nouns.get(dimension, {})
        return sorted(nouns, key=lambda noun: -nouns[noun])

    def members(self, id: int) -> list[int]:
        """The entries that state the same as this one, in the order of the thread."""
        amount = self._amounts.get(id)
        if amount is None:
            return [id]
        return sorted({id, *self._entries_of(self.dimension(id), (amount.low, amount.high))})

    def _entries_of(self, dimension: str, value: Value) -> list[int]:
        ids = list(self._by_dimension.get(dimension, {}).get(value, ()))
        bare = self._bare.get(value)
        if bare is not None and (not dimension or self._bare_places_of(bare, dimension, value)):
            ids.append(bare)
        return ids

    def places(self, id: int) -> list[Occurrence]:
        """Where the thread states the same as this entry, in reading order."""
        amount = self._amounts.get(id)
        if amount is None:
            return self.marks.where(id)
        dimension, value = self.dimension(id), (amount.low, amount.high)
        places: list[Occurrence] = []
        for member in self.members(id):
            if dimension and member in self._bare_places:
                places += self._bare_places_of(member, dimension, value)
            else:
                places += self.marks.where(member)
        return sorted(places)

    def _bare_places_of(self, id: int, dimension: str, value: Value) -> list[Occurrence]:
        """The occurrences of a bare figure that are of a dimension or, if it is not a small one, may be."""
        if not is_count_dimension(dimension):
            return []
        may_be = value[0] >= MIN_BARE_VALUE
        return [place for place, of in self._bare_places[id] if of == dimension or (may_be and not of)]

    # The figures that compete with it

    def figures(self, id: int) -> list[CompetingFigure]:
        """The other values that the thread gives for the dimension of an entry, the most relevant first."""
        amount = self._amounts.get(id)
        if amount is None:
            return []
        dimension = self.dimension(id)
        bare: dict[Value, list[Occurrence]] = {}
        if not dimension or is_count_dimension(dimension):
            bare = self._competing_bare(dimension, self.places(id))
        values = dict.fromkeys((*self._by_dimension.get(dimension, {}), *bare))
        values.pop((amount.low, amount.high), None)
        ranked = nsmallest(MAX_FIGURES, values, key=lambda value: self._rank(dimension, value, bare.get(value, ())))
        figures = (self._figure(dimension, value, bare.get(value, ())) for value in ranked)
        return [figure for figure in figures if figure is not None]

    def _competing_bare(self, dimension: str, own: list[Occurrence]) -> dict[Value, list[Occurrence]]:
        """The bare figures of a dimension, or near the same names as the claim, with their occurrences."""
        competing: dict[Value, list[Occurrence]] = {}
        names, left = {name for place in own[:_COMPARED_PLACES] for name in self._names_at(place)}, _COMPARED_PLACES
        for value, id in self._bare.items():
            for place, of in self._bare_places[id]:
                if of == dimension and dimension:
                    competing.setdefault(value, []).append(place)
                elif not of and value[0] >= MIN_BARE_VALUE and left > 0 and names:
                    left -= 1
                    if self._mentions(place, dimension) or not names.isdisjoint(self._names_at(place)):
                        competing.setdefault(value, []).append(place)
        return competing

    def _mentions(self, place: Occurrence, dimension: str) -> bool:
        """Whether the sentence around an occurrence has a noun of the dimension."""
        text = self.index.item_text(place.item)
        first, last = sentence_bounds(text, place.start, place.end)
        return any(mentions_noun(text[first:last], noun) for noun in self.nouns(dimension)[:3])

    def _names_at(self, place: Occurrence) -> set[int]:
        """The names in the sentence around an occurrence."""
        first, last = sentence_bounds(self.index.item_text(place.item), place.start, place.end)
        return set(filter(self._is_name, self.marks.entries_between(place.item, first, last)))

    def _rank(self, dimension: str, value: Value, bare: Sequence[Occurrence]) -> tuple[float, int]:
        """The order of figures: by how often they occur and whether the article has them, then by the first
        occurrence."""
        ids = self._by_dimension.get(dimension, {}).get(value, ())
        total, in_article = self._counts(ids, bare)
        score = 1 + log(max(total, 1)) + (0.5 if in_article else 0)
        small = is_count_dimension(dimension) and value[1] < MIN_BARE_VALUE
        return -score * (0.5 if small else 1.0), min((*ids, *([self._bare[value]] if bare else ())))

    def _counts(self, ids: Iterable[int], bare: Sequence[Occurrence]) -> tuple[int, int]:
        """How often some entries and bare figures occur, and how often of that in the article."""
        counts = [self.marks.counts_of(id) for id in ids]
        in_article = sum(place.item < self.marks.first_comment for place in bare)
        return len(bare) + sum(count for count, _ in counts), in_article + sum(count for _, count in counts)

    def _figure(self, dimension: str, value: Value, bare: Sequence[Occurrence]) -> CompetingFigure | None:
        """A figure with its label, from its first occurrences; None if it has none yet, since its item is being
        added."""
        ids = self._by_dimension.get(dimension, {}).get(value, ())
        places = [*bare[:_SAMPLED_PLACES], *(place for id in ids for place in self.marks.where(id, _SAMPLED_PLACES))]
        if not places:
            return None
        places = sorted(places)[:_SAMPLED_PLACES]
        item, start, _ = places[0]
        entry = self.marks.entries_between(item, start, start + 1)[0]
        return CompetingFigure(entry, self._label(dimension, value, places), *self._counts(ids, bare), places[0])

    def _label(self, dimension: str, value: Value, places: list[Occurrence]) -> str:
        """A figure in words: "around 100", "25–65 per month"; without a hedge if the article states it without one."""
        hedges, rates, is_stated = [], [], False
        for place in places:
            text = self.index.item_text(place.item)
            hedges.append(hedge_before(text, place.start, place.end))
            is_stated = is_stated or (not hedges[-1] and place.item < self.marks.first_comment)
            rates.append(rate_after(text, place.end))
        unit = "" if is_count_dimension(dimension) else dimension
        hedge = "" if is_stated else _majority_word(hedges)
        parts = hedge, format_amount(Amount(*value, unit), bare=True), _majority_word(rates)
        return " ".join(part for part in parts if part).replace("~ ", "~")


def _majority_word(words: list[str]) -> str:
    """The word of at least half of the places, if there is one."""
    word = max(words, key=lambda word: (words.count(word), bool(word)), default="")
    return word if 2 * words.count(word) >= len(words) else ""


def format_number(value: float) -> str:
    """A value for people: "1,200", "2.5", "1.2 million"."""
    size = abs(value)
    for scale, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if size >= scale:
            return f"{value / scale:,.10g} {name}"
    return f"{value:,.10g}"


def format_amount(amount: Amount, *, bare: bool = False) -> str:
    """An amount for people: "600 units", "$60,000", "25–65"; `bare` leaves out a unit that is a word."""
    unit, figures = amount.unit, _format_range(amount.low, amount.high)
    if unit in ("%", "¢"):
        return f"{figures}{unit}"
    if len(unit) == 1 and not unit.isalpha() and unit != "°":
        return f"{unit}{figures}"
    if amount.low == amount.high == 1 and unit.endswith("s") and not unit.endswith("ss"):
        unit = unit[:-1]
    return figures if bare or not unit else f"{figures} {unit}"


def _format_range(low: float, high: float) -> str:
    if low == -inf:
        return f"up to {format_number(high)}"
    if high == inf:
        return f"{format_number(low)} or more"
    return format_number(low) if low == high else f"{format_number(low)}–{format_number(high)}"
