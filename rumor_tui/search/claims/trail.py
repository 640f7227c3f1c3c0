"""The trail of a claim: every place in the thread that states it, in reading order, with the competing figures.

Also the query that finds the same places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from rumor_tui.marks.mark import Amount, Kind
from rumor_tui.search.claims.dimensions import MIN_BARE_VALUE, comparable_amount, dimension_of, is_count_dimension
from rumor_tui.search.claims.figures import Claims, CompetingFigure, format_amount
from rumor_tui.search.index.mark_index import MarkIndex, Occurrence
from rumor_tui.search.query.ast import NameTerm, Node, NumberLiteral, NumberTerm
from rumor_tui.search.query.number_tests import amount_test
from rumor_tui.search.query.parser import parse_query
from rumor_tui.search.query.query import QueryError
from rumor_tui.search.query.unparse import quote_text, unparse


class TrailSubject(NamedTuple):
    """What a trail follows: a number or a name, identified so that it stays the same when the thread is reloaded."""

    kind: Kind
    value: str
    label: str


class TrailLine(NamedTuple):
    """A piece of the article or a comment in a trail, and the spans in its text."""

    item: int
    places: tuple[tuple[int, int], ...]


class Trail(NamedTuple):
    """What is known of a claim so far.

    `title` is the claim in words, `details` its other forms or nouns. `noun` names the dimension of the competing
    `figures`, and `own` is the claim's own figure.
    """

    subject: TrailSubject
    title: str
    details: tuple[str, ...]
    lines: list[TrailLine]
    total: int
    in_article: int
    noun: str = ""
    own: str = ""
    figures: tuple[CompetingFigure, ...] = ()


def group_into_lines(places: Iterable[Occurrence]) -> list[TrailLine]:
    """Occurrences in reading order, grouped by item."""
    return [
        TrailLine(item, tuple((place.start, place.end) for place in group))
        for item, group in groupby(places, key=lambda place: place.item)
    ]


def empty_trail(subject: TrailSubject) -> Trail:
    """The trail of a subject that is not found yet."""
    return Trail(subject, subject.label, (), [], 0, 0)


def build_trail(subject: TrailSubject, marks: MarkIndex, claims: Claims | None = None) -> Trail:
    """The trail of a number or name. Without `claims` it has only its own entry, and is quick."""
    id = marks.id_of(subject.kind, subject.value)
    if id is None:
        return empty_trail(subject)
    entry = marks.entry(id)
    amount = comparable_amount(entry.type, entry.amount)
    if amount is None:
        return _trail(subject, entry.label, entry.forms[1:] if entry.kind == "name" else (), marks.where(id), marks)
    if claims is None:
        return _trail(subject, format_amount(amount), (), marks.where(id), marks)
    members = claims.members(id)
    nouns = _nouns_of(members, marks)
    only = nouns[0] if len(nouns) == 1 else ""
    # "18 Jahren" keeps its own words: the index has it in the normal form.
    keeps_label = len(members) == 1 and only and only not in entry.label
    title = entry.label if keeps_label else format_amount(amount._replace(unit=only))
    trail = _trail(subject, title, () if only else nouns, claims.places(id), marks)
    noun = next(iter(claims.nouns(claims.dimension(id))), "")
    return trail._replace(noun=noun, own=format_amount(amount, bare=True), figures=tuple(claims.figures(id)))


def _nouns_of(members: Iterable[int], marks: MarkIndex) -> tuple[str, ...]:
    """The distinct nouns or units of some entries."""
    amounts = (marks.amount(member) for member in members)
    return tuple(dict.fromkeys(amount.unit for amount in amounts if amount is not None and amount.unit))


def _trail(
    subject: TrailSubject, title: str, details: tuple[str, ...], places: list[Occurrence], marks: MarkIndex
) -> Trail:
    in_article = sum(place.item < marks.first_comment for place in places)
    return Trail(subject, title, details, group_into_lines(places), len(places), in_article)


# The query that finds it


def query_for_subject(subject: TrailSubject, marks: MarkIndex | None) -> str:
    """A query for a number or name: its value, with a noun if that finds all of it; else its text."""
    if subject.kind == "name":
        return unparse(NameTerm("name", subject.label))
    amount = _queryable_amount(subject, marks) if marks is not None else None
    if marks is None or amount is None:
        return quote_text(subject.label)
    dimension = dimension_of(amount)
    number = NumberTerm("=", NumberLiteral(f"{Decimal(repr(amount.low)):f}".removesuffix(".0")))
    nouns: Counter[str] = Counter({amount.unit: 0})

    def is_same(low: float, high: float, unit: str) -> bool:
        if unit != amount.unit and dimension_of(amount._replace(unit=unit)) != dimension:
            return False
        nouns[unit] += 1
        return low == high == amount.low

    same = marks.ids_where(is_same)
    for noun in (nouns.most_common(1)[0][0], amount.unit):
        term = replace(number, unit=noun)
        if noun and _is_valid_query(term) and (not is_count_dimension(dimension) or _finds_exactly(term, same, marks)):
            return unparse(term)
    return unparse(number) if _is_valid_query(number) else quote_text(subject.label)


def _queryable_amount(subject: TrailSubject, marks: MarkIndex) -> Amount | None:
    """The amount of a number that a query can ask for: a single, not too large value."""
    id = marks.id_of(subject.kind, subject.value)
    if id is None:
        return None
    entry = marks.entry(id)
    amount = entry.amount if entry.type == "year" else comparable_amount(entry.type, entry.amount)
    return amount if amount is not None and amount.low == amount.high and 0 <= amount.low < 1e15 else None


def _finds_exactly(term: NumberTerm, same: list[int], marks: MarkIndex) -> bool:
    """Whether a query finds just these entries, and no bare figure may belong to them."""
    value = term.low.value
    bare = value >= MIN_BARE_VALUE and marks.ids_where(lambda low, high, unit: not unit and low == high == value)
    return not bare and marks.ids_where(amount_test(term)) == same


def _is_valid_query(node: Node) -> bool:
    try:
        return parse_query(unparse(node)) == node
    except QueryError:
        return False
