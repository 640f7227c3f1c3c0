"""The discussion of a page: its units with their fields, who answers whom, and which of them is the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumor_tui.model import Confidence
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import body, candidates, comment_node, fields, opening_post, replies
from rumor_tui.readers.html.discussion import platforms as known
from rumor_tui.readers.html.discussion.comment_node import CommentNode, own_text_length
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.discussion.platforms import PLATFORMS, Platform
from rumor_tui.readers.html.dom import Dom


@dataclass(slots=True)
class Discussion:
    """The comments in document order; for each, the place of the one that it answers; and how sure that is.

    `opening` is the post that the page is about, where a unit is that: it is not among the comments.
    """

    units: list[CommentNode]
    parents: list[int | None]
    confidence: Confidence
    opening: CommentNode | None = None


def find_discussion(page: Dom, signs: NodeFeatures, platforms: Sequence[Platform] = PLATFORMS) -> Discussion:
    """The discussion of a page, with what a table of platforms tells about it; the general way needs no table."""
    platform = known.detect_platform(page, platforms)
    selected: Sequence[int] = known.select_numbers(page, platform.unit) if platform else ()
    members = selected
    if not members:
        family = candidates.find_comment_group(page, signs)
        if family is None:
            return _told(page)
        members = family.members
    own = comment_node.own_contents(page, signs, members)
    comment_node.attach_preceding_head(page, signs, own)
    units = [CommentNode(one.number, one.ranges, one.pieces) for one in own]
    if platform is not None:
        known.fill_from_platform(page, platform, units)
    fields.fill_fields(page, signs, units)
    parents, confidence = replies.find_parents(page, units)
    kept = _kept(page, signs, units, parents, odd=not selected)
    if not selected and len(kept) == 1 and _is_page(page, units[kept[0]]):
        return _told(page)
    first = None
    if platform is None or not platform.apart:
        first = opening_post.find_opening_post(page, signs, [units[place] for place in kept])
    if kept and first is units[kept[0]]:
        del kept[0]
    return Discussion([units[place] for place in kept], _without(parents, kept), confidence, first)


def _told(page: Dom) -> Discussion:
    """The discussion that the page tells to programs, where it shows none."""
    from rumor_tui.readers.html.discussion import json_ld

    units, parents = json_ld.find_json_ld_comments(page)
    return Discussion(units, parents, "explicit")


def _is_page(page: Dom, unit: CommentNode) -> bool:
    """Whether a lone unit is the page itself, and no comment on it."""
    strong = any(map(vocabulary.STRONG_UNIT_NAME.search, page.labels(unit.number)))
    return not strong and page.size(unit.number) > 0.5 * page.size(0)


def _kept(
    page: Dom, signs: NodeFeatures, units: Sequence[CommentNode], parents: Sequence[int | None], *, odd: bool
) -> list[int]:
    """The places of the units that are comments: stubs and rows of other things are not, unless they are answered.

    `odd` is whether units may be there that are of another kind than the rest.
    """
    answered = set(parents)
    timed = sum(1 for unit in units if unit.time_at >= 0)
    signed = sum(1 for unit in units if unit.author is not None)
    usual = UsualFields(timed >= 0.8 * len(units), signed >= 0.8 * len(units), max(timed, signed) >= 0.25 * len(units))
    return [
        place
        for place, unit in enumerate(units)
        if not _is_empty(page, signs, unit) and (not odd or place in answered or not _is_odd(page, signs, unit, usual))
    ]


@dataclass(frozen=True, slots=True)
class UsualFields:
    """What nearly all units have: a date, a name; and whether many have one of them."""

    date: bool
    name: bool
    either: bool


def _is_empty(page: Dom, signs: NodeFeatures, unit: CommentNode) -> bool:
    """Whether a unit is a stub: it has neither a name nor a date nor a text."""
    if unit.author is not None or unit.time_at >= 0 or body.find_deleted_notice(page, unit) >= 0:
        return False
    return own_text_length(page, unit, unit.number, signs.loud) <= 1


def _is_odd(page: Dom, signs: NodeFeatures, unit: CommentNode, usual: UsualFields) -> bool:
    """Whether a unit lacks what others have, and is no comment that was deleted."""
    named = any(signs.author[number] for number in unit.own())
    lacks_date = usual.date and unit.time_at < 0 and not named
    lacks_name = usual.name and unit.author is None and not any(signs.action[number] for number in unit.own())
    lacks_both = usual.either and unit.time_at < 0 and not named
    return (lacks_date or lacks_name or lacks_both) and not vocabulary.DELETED_NOTICE.search(
        page.short_text(unit.body, 200)
    )


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


def find_container(page: Dom, units: Sequence[CommentNode]) -> int:
    """The smallest element that holds all the units and is none of them; 0 without units."""
    return replies.common_container(page, units) if units and units[0].told is None else 0


def outermost_elements(page: Dom, unit: CommentNode) -> Iterator[int]:
    """A unit's element, those that follow and belong to it, and the head before it if it has one."""
    if unit.ranges and unit.ranges[0][0] < unit.number:
        yield unit.ranges[0][0]
    number, end = unit.number, unit.ranges[-1][1] if unit.ranges else page.end[unit.number]
    while number < max(end, unit.number + 1):
        yield number
        number = page.end[number]
