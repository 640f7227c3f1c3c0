"""The discussion of a page: its units with their fields, who answers whom, and which of them is the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumor_tui.model import Confidence
from rumor_tui.readers.html import bodies, families, fields, openings, replies, shares, words
from rumor_tui.readers.html import platforms as known
from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.platforms import PLATFORMS, Platform
from rumor_tui.readers.html.signs import Signs
from rumor_tui.readers.html.units import Unit, own_letters


@dataclass(slots=True)
class Discussion:
    """The comments in document order; for each, the place of the one that it answers; and how sure that is.

    `opening` is the post that the page is about, where a unit is that: it is not among the comments.
    """

    units: list[Unit]
    parents: list[int | None]
    confidence: Confidence
    opening: Unit | None = None


def find(page: Page, signs: Signs, platforms: Sequence[Platform] = PLATFORMS) -> Discussion:
    """The discussion of a page, with what a table of platforms tells about it; the general way needs no table."""
    platform = known.of(page, platforms)
    selected: Sequence[int] = known.select(page, platform.unit) if platform else ()
    members = selected
    if not members:
        family = families.best(page, signs)
        if family is None:
            return _told(page)
        members = family.members
    own = shares.shares(page, signs, members)
    shares.adopt(page, signs, own)
    units = [Unit(one.number, one.ranges, one.pieces) for one in own]
    if platform is not None:
        known.fill(page, platform, units)
    fields.fill(page, signs, units)
    parents, confidence = replies.parents(page, units)
    kept = _kept(page, signs, units, parents, odd=not selected)
    if not selected and len(kept) == 1 and _is_page(page, units[kept[0]]):
        return _told(page)
    first = None
    if platform is None or not platform.apart:
        first = openings.find(page, signs, [units[place] for place in kept])
    if kept and first is units[kept[0]]:
        del kept[0]
    return Discussion([units[place] for place in kept], _without(parents, kept), confidence, first)


def _told(page: Page) -> Discussion:
    """The discussion that the page tells to programs, where it shows none."""
    from rumor_tui.readers.html import structured

    units, parents = structured.find(page)
    return Discussion(units, parents, "explicit")


def _is_page(page: Page, unit: Unit) -> bool:
    """Whether a lone unit is the page itself, and no comment on it."""
    strong = any(map(words.STRONG_UNIT_NAME.search, page.labels(unit.number)))
    return not strong and page.size(unit.number) > 0.5 * page.size(0)


def _kept(page: Page, signs: Signs, units: Sequence[Unit], parents: Sequence[int | None], *, odd: bool) -> list[int]:
    """The places of the units that are comments: stubs and rows of other things are not, unless they are answered.

    `odd` is whether units may be there that are of another kind than the rest.
    """
    answered = set(parents)
    timed = sum(1 for unit in units if unit.time_at >= 0)
    signed = sum(1 for unit in units if unit.author is not None)
    usual = Usual(timed >= 0.8 * len(units), signed >= 0.8 * len(units), max(timed, signed) >= 0.25 * len(units))
    return [
        place
        for place, unit in enumerate(units)
        if not _is_empty(page, signs, unit) and (not odd or place in answered or not _is_odd(page, signs, unit, usual))
    ]


@dataclass(frozen=True, slots=True)
class Usual:
    """What nearly all units have: a date, a name; and whether many have one of them."""

    date: bool
    name: bool
    either: bool


def _is_empty(page: Page, signs: Signs, unit: Unit) -> bool:
    """Whether a unit is a stub: it has neither a name nor a date nor a text."""
    if unit.author is not None or unit.time_at >= 0 or bodies.deleted(page, unit) >= 0:
        return False
    return own_letters(page, unit, unit.number, signs.loud) <= 1


def _is_odd(page: Page, signs: Signs, unit: Unit, usual: Usual) -> bool:
    """Whether a unit lacks what others have, and is no comment that was deleted."""
    named = any(signs.author[number] for number in unit.own())
    lacks_date = usual.date and unit.time_at < 0 and not named
    lacks_name = usual.name and unit.author is None and not any(signs.action[number] for number in unit.own())
    lacks_both = usual.either and unit.time_at < 0 and not named
    return (lacks_date or lacks_name or lacks_both) and not words.DELETED.search(page.short_text(unit.body, 200))


def _without(parents: Sequence[int | None], kept: Sequence[int]) -> list[int | None]:
    """The parents of the places that are kept, counted anew; what answers a place that goes answers its parent."""
    places = {place: new for new, place in enumerate(kept)}
    found: list[int | None] = []
    for place in kept:
        parent, steps = parents[place], 0
        while parent is not None and parent not in places and steps < len(parents):
            parent, steps = parents[parent], steps + 1
        found.append(None if parent is None else places.get(parent))
    return found


def holder(page: Page, units: Sequence[Unit]) -> int:
    """The smallest element that holds all the units and is none of them; 0 without units."""
    return replies.common(page, units) if units and units[0].told is None else 0


def outermost(page: Page, unit: Unit) -> Iterator[int]:
    """A unit's element, those that follow and belong to it, and the head before it if it has one."""
    if unit.ranges and unit.ranges[0][0] < unit.number:
        yield unit.ranges[0][0]
    number, end = unit.number, unit.ranges[-1][1] if unit.ranges else page.end[unit.number]
    while number < max(end, unit.number + 1):
        yield number
        number = page.end[number]
