"""From a claim of one thread to what is followed through the library: the figure, its dimension, what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rumor_tui.search.claims.excerpts import sentence_bounds
from rumor_tui.search.claims.trail import TrailSubject
from rumor_tui.search.index.mark_index import MarkIndex, Occurrence

if TYPE_CHECKING:
    from rumor_tui.library_types import ClaimSubject
    from rumor_tui.search.claims.figures import Claims

MOST_PLACES: Final = 50
"""The most places of a claim at which names are gathered."""

MOST_NAMES: Final = 5
"""The most names that a claim is about."""

IN_TITLE: Final = 3
"""How many mentions in the sentences of a claim a name in the title is worth."""

_OF_PEOPLE: Final = frozenset(("person", "user"))


def claim_across(subject: TrailSubject, marks: MarkIndex | None, claims: Claims | None) -> ClaimSubject:
    """What to follow through the library for a number or a name of a thread. Without `claims` a number is followed by
    itself."""
    from rumor_tui.library_types import ClaimSubject

    id = marks.id_of(subject.kind, subject.value) if marks is not None else None
    if subject.kind == "name" or id is None or claims is None:
        return ClaimSubject(subject.kind, subject.label)
    return ClaimSubject("number", subject.label, claims.dimension(id), _names_about(claims, claims.places(id)))


def claim_in_words(text: str, spans: Sequence[tuple[int, int]]) -> ClaimSubject | None:
    """What to follow for the words of some thread: the first number that is among the `spans`, or else the first of
    all; None if there is none."""
    from rumor_tui.library_types import ClaimSubject
    from rumor_tui.marks import find_numbers
    from rumor_tui.search.claims.dimensions import comparable_amount, dimension_in_sentence, dimension_of

    found = [(mark, amount) for mark in find_numbers(text) if (amount := comparable_amount(mark.type, mark.amount))]
    lit = [(mark, amount) for mark, amount in found if any(s < mark.end and mark.start < e for s, e in spans)]
    if not found:
        return None
    mark, amount = (lit or found)[0]
    dimension = dimension_of(amount) or dimension_in_sentence(text, mark.start)
    return ClaimSubject("number", text[mark.start : mark.end], dimension)


def _names_about(claims: Claims, places: list[Occurrence]) -> list[str]:
    """The names in the sentences of a claim and in the title, the most frequent first; those of people say little."""
    marks, counts = claims.marks, Counter[int]()
    for place in places[:MOST_PLACES]:
        first, last = sentence_bounds(claims.index.item_text(place.item), place.start, place.end)
        counts.update(set(marks.entries_between(place.item, first, last)))
    if marks.items:
        counts.update({entry: IN_TITLE for _, _, entry in marks.marks_of(0)})
    names = (
        id for id, _ in counts.most_common() if marks.kind_of(id) == "name" and marks.type_of(id) not in _OF_PEOPLE
    )
    return [marks.entry(id).label for id, _ in zip(names, range(MOST_NAMES), strict=False)]
