"""The trail of a claim: every place of a thread that says it, in reading order, and what else is said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rumor_tui.marks.base import Amount, Kind
from rumor_tui.search.claims import Claims, Figure, worded
from rumor_tui.search.kinds import amount_of
from rumor_tui.search.marked import MarkIndex, Occurrence


class Subject(NamedTuple):
    """What a trail follows: a number or a name, named so that it stays the same while a thread is read anew."""

    kind: Kind
    value: str
    label: str


class Line(NamedTuple):
    """One piece of the article or one comment of a trail, and the places in it, as offsets in the item's text."""

    item: int
    places: tuple[tuple[int, int], ...]


class Trail(NamedTuple):
    """What is known of a claim so far.

    `title` is the claim in words, `details` its other forms or nouns. `noun` names what `figures` are compared by, and
    `own` is the claim among them.
    """

    subject: Subject
    title: str
    details: tuple[str, ...]
    lines: list[Line]
    total: int
    in_article: int
    noun: str = ""
    own: str = ""
    figures: tuple[Figure, ...] = ()


def lines_of(places: Iterable[Occurrence]) -> list[Line]:
    """The places in reading order, those of one item together."""
    found: list[Line] = []
    held: list[tuple[int, int]] = []
    at = -1
    for item, start, end in places:
        if item != at:
            if held:
                found.append(Line(at, tuple(held)))
            at, held = item, []
        held.append((start, end))
    if held:
        found.append(Line(at, tuple(held)))
    return found


def empty(subject: Subject) -> Trail:
    """The trail of what was not come upon yet."""
    return Trail(subject, subject.label, (), [], 0, 0)


def trail_of(subject: Subject, marks: MarkIndex, claims: Claims | None = None) -> Trail:
    """The trail of a number or name; without `claims` it is only that of its own entry, and quick."""
    id = marks.id_of(subject.kind, subject.value)
    if id is None:
        return empty(subject)
    entry = marks.entry(id)
    amount = amount_of(entry.type, entry.amount)
    if claims is None or amount is None:
        places = marks.where(id)
        title = entry.label if amount is None else worded(amount)
        return _trail(subject, title, entry.forms[1:] if entry.kind == "name" else (), places, marks)
    kind, members = claims.kind(id), claims.members(id)
    units = [marks.entry(member).amount or Amount(0, 0) for member in members]
    nouns = tuple(dict.fromkeys(unit.unit for unit in units if unit.unit))
    one = len(nouns) == 1
    title = worded(amount._replace(unit=nouns[0] if one else ""))
    if len(members) == 1 and one and nouns[0] not in entry.label:  # "18 Jahren", as the index has it
        title = entry.label
    trail = _trail(subject, title, () if one else nouns, claims.places(id), marks)
    noun = next(iter(claims.nouns(kind)), "")
    figures = tuple(claims.figures(id))
    return trail._replace(noun=noun, own=worded(amount, bare=True), figures=figures)


def _trail(subject: Subject, title: str, details: tuple[str, ...], places: list[Occurrence], marks: MarkIndex) -> Trail:
    in_article = sum(place.item < marks.first_comment for place in places)
    return Trail(subject, title, details, lines_of(places), len(places), in_article)
