"""What the comments of a page have in common: the elements of one kind that hold all their texts, or all their names.

Where classes say nothing, as in pages with generated ones, a name is what stands in the same place in every comment,
is short, differs from one to the next, and comes before the text; and the text is what there is most of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import author, body
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

MIN_COMMENTS: Final = 2
"""Comments that are needed to tell what comments have in common."""
MIN_SHARE: Final = 0.6
"""The share of comments in which a kind of element must stand to be common."""
MAX_ELEMENTS: Final = 200
"""Elements of a comment that are looked at."""
MAX_NAME: Final = 40
"""Characters of a name that is told by its place alone."""

MAX_SLACK: Final = 8
"""Characters of labels and figures that may stand outside a body."""

ElementKind = tuple[str, ...]


def apply_consensus(page: Dom, signs: NodeFeatures, units: Sequence[CommentNode]) -> None:
    """Change the bodies and authors of units that were found otherwise than those of most."""
    if len(units) < MIN_COMMENTS:
        return
    _agree_on_bodies(page, units)
    nameless = [unit for unit in units if unit.author is None]
    unclear = [unit for unit in units if _is_unclear(page, unit)]
    if len(nameless) < MIN_SHARE * len(units) and len(unclear) < MIN_SHARE * len(units):
        return
    kinds = _kinds(page, signs, units)
    if len(nameless) >= MIN_SHARE * len(units):
        _learn_authors(page, signs, units, kinds)
    if len(unclear) >= MIN_SHARE * len(units):
        _learn_bodies(page, signs, units, kinds)


def element_kind(page: Dom, number: int) -> ElementKind:
    """What an element is: its tag and its classes, without those that are for looks in turn."""
    return (page.tag[number], *(name for name in page.names[number] if not vocabulary.ALTERNATING_NAME.fullmatch(name)))


def _is_unclear(page: Dom, unit: CommentNode) -> bool:
    """Whether a unit's body is all of it, with its byline."""
    return unit.body == unit.number or unit.body < unit.time_at < page.end[unit.body]


def _agree_on_bodies(page: Dom, units: Sequence[CommentNode]) -> None:
    found = [element_kind(page, unit.body) for unit in units]
    usual, count = Counter(found).most_common(1)[0]
    if len(usual) < 2 or count < MIN_SHARE * len(units) or count == len(units):
        return
    for unit, one in zip(units, found, strict=True):
        if one != usual and unit.body != unit.number and body.find_deleted_notice(page, unit) < 0:
            same = [number for number in unit.own() if element_kind(page, number) == usual]
            if len(same) == 1 and not page.hidden(same[0]):
                unit.body = same[0]


@dataclass(slots=True)
class _Seen:
    """The elements of one kind: in which units, and where, those that are the only one in theirs."""

    at: dict[int, int] = field(default_factory=dict)
    twice: set[int] = field(default_factory=set)


def _kinds(page: Dom, signs: NodeFeatures, units: Sequence[CommentNode]) -> dict[ElementKind, dict[int, int]]:
    """For each kind of element that stands once in most units, its element by the place of the unit."""
    seen: dict[ElementKind, _Seen] = defaultdict(_Seen)
    for place, unit in enumerate(units):
        for count, number in enumerate(unit.own()):
            if count == MAX_ELEMENTS:
                break
            if number == unit.number or page.first[number] == page.last[number]:
                continue
            one = seen[(*element_kind(page, page.parent[number]), "/", *element_kind(page, number))]
            if place in one.at:
                one.twice.add(place)
            else:
                one.at[place] = number
    common = {}
    for path, found in seen.items():
        alone = {place: number for place, number in found.at.items() if place not in found.twice}
        if len(alone) >= MIN_SHARE * len(units):
            common[path] = alone
    return common


def _learn_bodies(
    page: Dom, signs: NodeFeatures, units: Sequence[CommentNode], kinds: dict[ElementKind, dict[int, int]]
) -> None:
    """Take for bodies the kind of element that has nearly all the text of each, and has no date in it."""
    telling = [_telling(page, signs, unit) for unit in units]
    same = Counter(text for texts in telling for text in set(texts.values()))
    often = MIN_SHARE * len(units)
    told = [{piece: text for piece, text in texts.items() if same[text] < often} for texts in telling]
    best: tuple[int, dict[int, int]] | None = None
    for found in kinds.values():
        if any(_holds(page, units[place].time_at, number) for place, number in found.items()):
            continue
        total, missed = 0, 0
        for place, number in found.items():
            inside = sum(len(text) for piece, text in told[place].items() if _has(page, number, piece))
            total += inside
            missed += sum(map(len, told[place].values())) - inside > MAX_SLACK + 0.1 * inside
        if total and missed <= 0.05 * len(found) and (best is None or total >= best[0]):
            best = (total, found)
    if best is not None:
        for place, number in best[1].items():
            if body.find_deleted_notice(page, units[place]) < 0:
                units[place].body = number


def _telling(page: Dom, signs: NodeFeatures, unit: CommentNode) -> dict[int, str]:
    """The pieces of a unit's text that are no name, date or label."""
    return {
        piece: page.pieces[piece].strip()
        for piece in unit.own_pieces()
        if not signs.quiet[piece] and page.owner[piece] != unit.author_at and page.tag[page.owner[piece]] != "button"
    }


def _has(page: Dom, number: int, piece: int) -> bool:
    return page.first[number] <= piece < page.last[number]


def _holds(page: Dom, inner: int, outer: int) -> bool:
    return outer <= inner < page.end[outer]


def _learn_authors(
    page: Dom, signs: NodeFeatures, units: Sequence[CommentNode], kinds: dict[ElementKind, dict[int, int]]
) -> None:
    """Take for names the kind of element nearest to the dates that has short texts, not all the same."""
    best: tuple[float, dict[int, str], dict[int, int]] | None = None
    for found in kinds.values():
        names = {}
        for place, number in found.items():
            name = _short_name(page, signs, units[place], number)
            if name:
                names[place] = name
        if len(names) < max(MIN_SHARE * len(units), 0.95 * len(found)) or len(set(names.values())) < min(len(names), 2):
            continue
        if any(map(str.isdigit, names.values())):
            continue
        apart = sum(_distance(found[place], units[place].time_at) for place in names) / len(names)
        rank = (len(set(names.values())) > 0.3 * len(names)) * 1000 - apart
        if best is None or rank >= best[0]:
            best = (rank, names, found)
    if best is not None:
        for place, name in best[1].items():
            if units[place].author is None:
                units[place].author, units[place].author_at = name, best[2][place]


def _distance(number: int, time: int) -> int:
    """How far a name is from a date; those that stand before it are nearer."""
    return time - number if number < time else number - time + 6


def _short_name(page: Dom, signs: NodeFeatures, unit: CommentNode, number: int) -> str:
    """An element's text, if it could be a name."""
    if signs.time[number] or signs.action[number] or page.tag[number] == "button":
        return ""
    if not _is_unclear(page, unit) and _holds(page, number, unit.body):
        return ""
    if page.last[number] - page.first[number] != 1 or page.owner[page.first[number]] != number:
        return ""
    name = author.clean_author(page.short_text(number, MAX_NAME))
    return name if len(name) > 1 and any(map(str.isalpha, name)) else ""
