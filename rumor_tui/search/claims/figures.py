"""Which numbers of a thread say the same, and which say something else about the same: claims, and figures beside them.

A *claim* is one value of one kind (see `kinds`): "600 examples", "600 units" and a bare 600 are one. The *figures*
beside it are the other values that the thread gives for that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from math import log
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
"""Figures that are told beside a claim: as many as anyone would look through."""

MAX_PLACES: Final = 500
"""Places of one bare figure whose sentences are looked at."""

_LOOKED_AT: Final = 20
"""Places of a figure whose words tell how it is meant ("around", "per month")."""

_NAMES_AT: Final = 200
"""Places of a claim, and of bare figures of no kind, at which the names beside them are compared."""


class CompetingFigure(NamedTuple):
    """Another value of the same kind: an entry that stands for it, its words, how often it occurs and where first."""

    entry: int
    label: str
    total: int
    in_article: int
    first: Occurrence


@dataclass(slots=True)
class _Bare:
    """The places of one bare figure, and of which kind each of them is told to be."""

    places: list[tuple[Occurrence, str]] = field(default_factory=list)


Value = tuple[float, float]


class Claims:
    """The numbers of a thread by kind and value, as far as they were found when this was built.

    `build` walks all marks once: run it in a worker where there are many.
    """

    def __init__(self, index: TextIndex, marks: MarkIndex) -> None:
        self.index = index
        self.marks = marks
        self.items = 0
        """The items whose marks were looked at."""
        self.total = 0
        """The marks in these."""
        self._amounts: dict[int, Amount] = {}
        self._kinds: dict[str, dict[Value, list[int]]] = {}
        self._bare: dict[Value, int] = {}
        self._places: dict[int, _Bare] = {}
        self._nouns: dict[str, dict[str, int]] = {}

    def build(self, stop: Callable[[], bool] = never_stop) -> None:
        """Look at all entries, then at the sentences of bare figures."""
        pace = TimeSlicer(stop)
        marks = self.marks
        self.items, self.total = marks.items, marks.total
        for id in marks.ids_of("number"):
            if (amount := comparable_amount(marks.type_of(id), marks.amount(id))) is not None:
                self._add(id, amount, marks.counts_of(id)[0])
            if pace.rest():
                return
        for item in range(self.items):
            self._look_at(item)
            if pace.rest():
                return

    def _add(self, id: int, amount: Amount, count: int) -> None:
        self._amounts[id] = amount
        value = amount.low, amount.high
        kind = dimension_of(amount)
        if not kind:
            self._bare.setdefault(value, id)
            self._places[id] = _Bare()
            return
        self._kinds.setdefault(kind, {}).setdefault(value, []).append(id)
        nouns = self._nouns.setdefault(kind, {})
        nouns[amount.unit] = nouns.get(amount.unit, 0) + count

    def _look_at(self, item: int) -> None:
        """Find out of which kind the bare figures of an item are."""
        marks = self.marks.marks_of(item)
        text = ""
        for n, (start, end, id) in enumerate(marks):
            bare = self._places.get(id)
            if bare is None or len(bare.places) >= MAX_PLACES:
                continue
            text = text or self.index.item_text(item)
            following = marks[n + 1] if n + 1 < len(marks) else None
            bare.places.append((Occurrence(item, start, end), self._told(text, start, end, id, following)))

    def _told(self, text: str, start: int, end: int, id: int, following: tuple[int, int, int] | None) -> str:
        """The kind of one bare figure: by the name that it counts ("100 1Ms"), or by its sentence."""
        if following is not None and following[0] == end + 1 and self._is_name(following[2]):
            return "made"
        if self._amounts[id].low < MIN_BARE_VALUE:
            return ""
        first, last = sentence_bounds(text, start, end)
        return dimension_in_sentence(text[first:last], start - first)

    def _is_name(self, id: int) -> bool:
        return self.marks.kind_of(id) == "name"

    # One claim

    def kind(self, id: int) -> str:
        """The kind of an entry; of a bare figure the one that most of its sentences tell, or else its value has."""
        amount = self._amounts.get(id)
        if amount is None:
            return ""
        bare = self._places.get(id)
        if bare is None:
            return dimension_of(amount)
        kinds = [kind for _, kind in bare.places if kind]
        if kinds or amount.low < MIN_BARE_VALUE:
            return max(kinds, key=kinds.count, default="")
        value = amount.low, amount.high
        same = [
            (len(ids), kind)
            for kind, held in self._kinds.items()
            if is_count_dimension(kind) and (ids := held.get(value))
        ]
        return max(same)[1] if same else ""

    def nouns(self, kind: str) -> list[str]:
        """The nouns or units that the thread uses for a kind, the most frequent first."""
        nouns = self._nouns.get(kind, {})
        return sorted(nouns, key=lambda noun: -nouns[noun])

    def members(self, id: int) -> list[int]:
        """The entries that say the same as this one, in the order in which the thread brings them."""
        amount = self._amounts.get(id)
        if amount is None:
            return [id]
        return sorted({id, *self._same(self.kind(id), (amount.low, amount.high))})

    def _same(self, kind: str, value: Value) -> list[int]:
        ids = list(self._kinds.get(kind, {}).get(value, ()))
        bare = self._bare.get(value)
        if bare is not None and (not kind or self._bare_places(bare, kind, value)):
            ids.append(bare)
        return ids

    def places(self, id: int) -> list[Occurrence]:
        """Where the thread says the same, in reading order."""
        amount = self._amounts.get(id)
        if amount is None:
            return self.marks.where(id)
        kind = self.kind(id)
        return self._places_of(self.members(id), kind, (amount.low, amount.high))

    def _places_of(self, ids: Iterable[int], kind: str, value: Value) -> list[Occurrence]:
        found: list[Occurrence] = []
        for id in ids:
            found += self._bare_places(id, kind, value) if kind and id in self._places else self.marks.where(id)
        return sorted(found)

    def _bare_places(self, id: int, kind: str, value: Value) -> list[Occurrence]:
        """The places of a bare figure that are of a kind or, if it is not a small one, may be."""
        if not is_count_dimension(kind):
            return []
        alone = value[0] >= MIN_BARE_VALUE
        return [place for place, of in self._places[id].places if of == kind or (alone and not of)]

    # What stands beside it

    def figures(self, id: int) -> list[CompetingFigure]:
        """The other values that the thread gives for the kind of an entry, the most telling ones first."""
        amount = self._amounts.get(id)
        if amount is None:
            return []
        kind = self.kind(id)
        others: dict[Value, list[Occurrence]] = {}
        if not kind or is_count_dimension(kind):
            others = self._bare_beside(kind, self.places(id))
        ids = self._kinds.get(kind, {})
        values = dict.fromkeys((*ids, *others))
        values.pop((amount.low, amount.high), None)
        ranked = nsmallest(MAX_FIGURES, values, key=lambda value: self._rank(kind, value, others.get(value, ())))
        found = (self._figure(kind, value, others.get(value, ())) for value in ranked)
        return [figure for figure in found if figure is not None]

    def _bare_beside(self, kind: str, own: list[Occurrence]) -> dict[Value, list[Occurrence]]:
        """The bare figures that are of a kind, or that stand beside the same names as the claim does."""
        found: dict[Value, list[Occurrence]] = {}
        names, left = self._names_of(own), _NAMES_AT
        for value, id in self._bare.items():
            for place, of in self._places[id].places:
                if of == kind and kind:
                    found.setdefault(value, []).append(place)
                elif not of and value[0] >= MIN_BARE_VALUE and left > 0 and names:
                    left -= 1
                    if self._speaks(place, kind) or not names.isdisjoint(self._names_at(place)):
                        found.setdefault(value, []).append(place)
        return found

    def _speaks(self, place: Occurrence, kind: str) -> bool:
        text = self.index.item_text(place.item)
        first, last = sentence_bounds(text, place.start, place.end)
        return any(mentions_noun(text[first:last], noun) for noun in self.nouns(kind)[:3])

    def _names_of(self, places: list[Occurrence]) -> set[int]:
        return {name for place in places[:_NAMES_AT] for name in self._names_at(place)}

    def _names_at(self, place: Occurrence) -> set[int]:
        """The names in the sentence around a place."""
        first, last = sentence_bounds(self.index.item_text(place.item), place.start, place.end)
        return set(filter(self._is_name, self.marks.entries_between(place.item, first, last)))

    def _rank(self, kind: str, value: Value, bare: Sequence[Occurrence]) -> tuple[float, int]:
        """What figures are ordered by: how often they occur and whether the article has them, then who comes first."""
        ids = self._kinds.get(kind, {}).get(value, ())
        total, inside = self._counted(ids, bare)
        points = 1 + log(max(total, 1)) + (0.5 if inside else 0)
        small = is_count_dimension(kind) and value[1] < MIN_BARE_VALUE
        return -points * (0.5 if small else 1.0), min((*ids, *([self._bare[value]] if bare else ())))

    def _counted(self, ids: Iterable[int], bare: Sequence[Occurrence]) -> tuple[int, int]:
        """How often some entries and bare figures occur, and how often of that in the article."""
        counts = [self.marks.counts_of(id) for id in ids]
        inside = sum(place.item < self.marks.first_comment for place in bare)
        return len(bare) + sum(count for count, _ in counts), inside + sum(count for _, count in counts)

    def _figure(self, kind: str, value: Value, bare: Sequence[Occurrence]) -> CompetingFigure | None:
        """A figure in words and counts, of whose places only the first few are looked at; None where it has none yet,
        since its entry is just being made."""
        ids = self._kinds.get(kind, {}).get(value, ())
        places = sorted([*bare[:_LOOKED_AT], *(at for id in ids for at in self.marks.where(id, _LOOKED_AT))])
        if not places:
            return None
        item, start, _ = first = places[0]
        entry = self.marks.entries_between(item, start, start + 1)[0]
        return CompetingFigure(entry, self._label(kind, value, places[:_LOOKED_AT]), *self._counted(ids, bare), first)

    def _label(self, kind: str, value: Value, places: list[Occurrence]) -> str:
        """A figure in words: "around 100", "25–65 per month"; what the article says flatly is not vague."""
        hedges, rates, flatly = [], [], False
        for place in places:
            text = self.index.item_text(place.item)
            hedges.append(hedge_before(text, place.start, place.end))
            flatly = flatly or (not hedges[-1] and place.item < self.marks.first_comment)
            rates.append(rate_after(text, place.end))
        vague = "" if flatly else _majority_word(hedges)
        parts = vague, format_amount(Amount(*value, self._unit(kind)), bare=True), _majority_word(rates)
        return " ".join(part for part in parts if part).replace("~ ", "~")

    def _unit(self, kind: str) -> str:
        return "" if is_count_dimension(kind) else kind


def _majority_word(words: list[str]) -> str:
    """The word that at least half of the places have, if there is one."""
    word = max(words, key=lambda word: (words.count(word), bool(word)), default="")
    return word if 2 * words.count(word) >= len(words) else ""


def format_number(value: float) -> str:
    """A value as people read it: "1,200", "2.5", "1.2 million"."""
    size = abs(value)
    for scale, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if size >= scale:
            return f"{value / scale:,.10g} {name}"
    return f"{value:,.10g}"


def format_amount(amount: Amount, *, bare: bool = False) -> str:
    """An amount in words: "600 units", "$60,000", "25–65"; `bare` leaves out a unit that is a word."""
    low, high, unit = amount.low, amount.high, amount.unit
    figures = format_number(low) if low == high else f"{format_number(low)}–{format_number(high)}"
    if low == float("-inf"):
        figures = f"up to {format_number(high)}"
    elif high == float("inf"):
        figures = f"{format_number(low)} or more"
    if unit in ("%", "¢"):
        return f"{figures}{unit}"
    if high == low == 1 and unit.endswith("s") and not unit.endswith("ss"):
        unit = unit[:-1]
    if unit and not unit[0].isalpha() and len(unit) == 1 and unit != "°":
        return f"{unit}{figures}"
    return figures if bare or not unit else f"{figures} {unit}"
