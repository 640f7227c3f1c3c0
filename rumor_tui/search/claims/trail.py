"""The trail of a claim: every place in the thread that states it, in reading order, with the competing figures.

Also the query that finds the same places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
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
    """What a trail follows: a number or a name, named so that it stays the same while a thread is read anew."""

    kind: Kind
    value: str
    label: str


class TrailLine(NamedTuple):
    """One piece of the article or one comment of a trail, and the places in it, as offsets in the item's text."""

    item: int
    places: tuple[tuple[int, int], ...]


class Trail(NamedTuple):
    """What is known of a claim so far.

    `title` is the claim in words, `details` its other forms or nouns. `noun` names what `figures` are compared by, and
    `own` is the claim among them.
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
    """The places in reading order, those of one item together."""
    found: list[TrailLine] = []
    held: list[tuple[int, int]] = []
    at = -1
    for item, start, end in places:
        if item != at:
            if held:
                found.append(TrailLine(at, tuple(held)))
            at, held = item, []
        held.append((start, end))
    if held:
        found.append(TrailLine(at, tuple(held)))
    return found


def empty_trail(subject: TrailSubject) -> Trail:
    """The trail of what was not come upon yet."""
    return Trail(subject, subject.label, (), [], 0, 0)


def build_trail(subject: TrailSubject, marks: MarkIndex, claims: Claims | None = None) -> Trail:
    """The trail of a number or name; without `claims` it is only that of its own entry, and quick."""
    id = marks.id_of(subject.kind, subject.value)
    if id is None:
        return empty_trail(subject)
    entry = marks.entry(id)
    amount = comparable_amount(entry.type, entry.amount)
    if claims is None or amount is None:
        places = marks.where(id)
        title = entry.label if amount is None else format_amount(amount)
        return _trail(subject, title, entry.forms[1:] if entry.kind == "name" else (), places, marks)
    kind, members = claims.kind(id), claims.members(id)
    units = [marks.entry(member).amount or Amount(0, 0) for member in members]
    nouns = tuple(dict.fromkeys(unit.unit for unit in units if unit.unit))
    one = len(nouns) == 1
    title = format_amount(amount._replace(unit=nouns[0] if one else ""))
    if len(members) == 1 and one and nouns[0] not in entry.label:  # "18 Jahren", as the index has it
        title = entry.label
    trail = _trail(subject, title, () if one else nouns, claims.places(id), marks)
    noun = next(iter(claims.nouns(kind)), "")
    figures = tuple(claims.figures(id))
    return trail._replace(noun=noun, own=format_amount(amount, bare=True), figures=figures)


def _trail(
    subject: TrailSubject, title: str, details: tuple[str, ...], places: list[Occurrence], marks: MarkIndex
) -> Trail:
    in_article = sum(place.item < marks.first_comment for place in places)
    return Trail(subject, title, details, group_into_lines(places), len(places), in_article)


def query_for_subject(subject: TrailSubject, marks: MarkIndex | None) -> str:
    """A query for a number or name: its value, with the noun where that leaves nothing out; else its text."""
    if subject.kind == "name":
        return unparse(NameTerm("name", subject.label))
    id = marks.id_of(subject.kind, subject.value) if marks is not None else None
    entry = marks.entry(id) if marks is not None and id is not None else None
    amount = (
        None if entry is None else entry.amount if entry.type == "year" else comparable_amount(entry.type, entry.amount)
    )
    if marks is None or amount is None or amount.low != amount.high or not 0 <= amount.low < 1e15:
        return quote_text(subject.label)
    kind, digits = dimension_of(amount), f"{Decimal(repr(amount.low)):f}".removesuffix(".0")
    bare = NumberTerm("=", NumberLiteral(digits))
    nouns: Counter[str] = Counter({amount.unit: 0})

    def is_same(low: float, high: float, unit: str) -> bool:
        if unit != amount.unit and dimension_of(amount._replace(unit=unit)) != kind:
            return False
        nouns[unit] += 1
        return low == high == amount.low

    same = marks.ids_where(is_same)
    for noun in (nouns.most_common(1)[0][0], amount.unit):
        asked = NumberTerm("=", NumberLiteral(digits), None, noun)
        if noun and _is_valid_query(asked) and (not is_count_dimension(kind) or _finds_exactly(asked, same, marks)):
            return unparse(asked)
    return unparse(bare) if _is_valid_query(bare) else quote_text(subject.label)


def _finds_exactly(asked: NumberTerm, same: list[int], marks: MarkIndex) -> bool:
    """Whether a query finds just these entries, and no bare figure may belong to them."""
    value = asked.low.value
    bare = value >= MIN_BARE_VALUE and marks.ids_where(lambda low, high, unit: not unit and low == high == value)
    return not bare and marks.ids_where(amount_test(asked)) == same


def _is_valid_query(node: Node) -> bool:
    try:
        return parse_query(unparse(node)) == node
    except QueryError:
        return False
