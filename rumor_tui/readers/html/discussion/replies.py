"""Who answers whom on a page, by what the page shows of it.

In this order: a unit inside another one; an attribute or a link that names the unit that is answered; a depth told in
a class, an attribute or an indentation; a container of replies beside the unit that they answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rumor_tui.model import Confidence
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode, children
from rumor_tui.readers.html.dom import Dom

_PARENT_ATTRIBUTE = re.compile(r"parent|reply-?to|topid|irt")
"""An attribute that names what is answered."""
_DEPTH_ATTRIBUTES: Final = ("data-depth", "data-level", "data-nesting", "data-nesting-level", "depth", "aria-level",
                            "data-comment-depth", "data-indent", "data-ct-column")  # fmt: skip
_DEPTH_NAME = re.compile(
    r"(?:^|[-_])(?:depth|level|lvl|indent|nest|nesting|niveau|ebene|thread-level|deep)[-_]{0,2}(\d{1,3})$"
)
_DEPTH_TEXT = re.compile(r"^(?:level|ebene|niveau|depth)\s+(\d{1,2})$", re.IGNORECASE)
_INDENT = re.compile(
    r"(?:margin|padding)(?:-left|-inline-start|-right)?\s*:\s*(?:0\s+0\s+0\s+)?(\d+(?:\.\d+)?)(px|em|%|rem)?"
)
_SHIFT = re.compile(r"(?:margin|padding)-(?:left|inline-start)\s*:\s*(\d+(?:\.\d+)?)")
_ANSWER_LABEL = re.compile(
    r"in reply to|replying to|reply to|antwort auf|en réponse à|en respuesta|^@|^>>|^↑|^↩|parent|^to\b", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"[0-9a-zA-Z]{5,}|\d+")


def find_parents(page: Dom, units: Sequence[CommentNode]) -> tuple[list[int | None], Confidence]:
    """For each unit, in document order, the number of the unit that it answers, and how surely."""
    nested = _nested(page, units)
    named = _named(page, units)
    depths = None
    if not any(one is not None for one in nested):
        depths = _depths(page, units)
    if any(one is not None for one in named):
        return _together(named, nested if depths is None else _from_depths(depths)), "explicit"
    if any(one is not None for one in nested):
        return nested, "explicit"
    if depths is not None:
        return _from_depths(depths), "structural"
    contained = _contained(page, units)
    if any(one is not None for one in contained):
        return contained, "structural"
    depths = _depths(page, units, (_named_depth,))
    if depths is not None:
        return _from_depths(depths), "structural"
    return nested, "structural" if len(units) < 2 else "guessed"


def _together(named: Sequence[int | None], placed: Sequence[int | None]) -> list[int | None]:
    """What is named; for units that name none, what their place tells, if it agrees with those that do."""
    told = [(name, place) for name, place in zip(named, placed, strict=True) if name is not None]
    agree = sum(1 for name, place in told if name == place or place is None)
    trusted = agree >= 0.7 * len(told)
    return [name if name is not None else place if trusted else None for name, place in zip(named, placed, strict=True)]


def _nested(page: Dom, units: Sequence[CommentNode]) -> list[int | None]:
    found: list[int | None] = []
    stack: list[int] = []
    for place, unit in enumerate(units):
        while stack and unit.number >= page.end[units[stack[-1]].number]:
            stack.pop()
        found.append(stack[-1] if stack else None)
        stack.append(place)
    return found


def _named(page: Dom, units: Sequence[CommentNode]) -> list[int | None]:
    """By attributes and links that name a unit."""
    places: dict[str, int] = {}
    for place, unit in enumerate(units):
        for name in unit.ids:
            places.setdefault(name, place)
        for name in unit.ids[:4]:
            for token in _TOKEN.findall(name)[-1:]:
                places.setdefault(token, place)
    found: list[int | None] = []
    for place, unit in enumerate(units):
        target = _target(page, unit, places, place)
        found.append(target if target is not None and target != place else None)
    return found


def _target(page: Dom, unit: CommentNode, places: dict[str, int], place: int) -> int | None:
    for number in unit.own():
        for name, value in page.attrs[number].items():
            if value and _PARENT_ATTRIBUTE.search(name):
                answer = _look_up(str(value), places)
                if answer is not None and answer != place:
                    return answer
    for number in unit.own():
        if page.tag[number] != "a" or (unit.body != unit.number and unit.body <= number < page.end[unit.body]):
            continue
        address = page.attribute(number, "href")
        if not address or not _says_answer(page, number):
            continue
        answer = _look_up(address.partition("#")[2] or address.rsplit("/", 1)[-1], places)
        if answer is not None and answer < place:
            return answer
    return None


def _says_answer(page: Dom, number: int) -> bool:
    text = page.short_text(number, 60)
    if _ANSWER_LABEL.search(text) or any(
        "parent" in name or "inreplyto" in name or "in-reply" in name for name in page.names[number]
    ):
        return True
    above = page.parent[number]
    return above > 0 and page.size(above) < 100 and bool(_ANSWER_LABEL.search(page.text(above)[:40]))


def _look_up(value: str, places: dict[str, int]) -> int | None:
    if value in places:
        return places[value]
    tokens = _TOKEN.findall(value)
    return places.get(tokens[-1]) if tokens else None


# Depths

Way = Callable[[Dom, CommentNode], float | None]
"""How the depth of a unit is told, if it is."""


def _depths(page: Dom, units: Sequence[CommentNode], ways: Sequence[Way] | None = None) -> list[int] | None:
    """The depth of each unit where the page tells depths in one of the usual ways; None where it tells none."""
    for way in ways or (_told_depth, _indent_depth):
        found = [way(page, unit) for unit in units]
        known = [one for one in found if one is not None]
        if len(known) >= 0.7 * len(units) and len(set(known)) > 1:
            return _ranked([one if one is not None else min(known) for one in found])
    return _indents(page, units) if ways is None else None


def _indents(page: Dom, units: Sequence[CommentNode]) -> list[int] | None:
    """The depths where only answers have an indentation: a margin of their own elements, in whole steps."""
    found = [_SHIFT.search(page.attribute(unit.number, "style").lower()) for unit in units]
    shifts = [float(one[1]) if one else 0.0 for one in found]
    step = min((one for one in shifts if one), default=0.0)
    if not step or shifts[0] or any(one % step for one in shifts):
        return None
    return _ranked(shifts)


def _ranked(values: Sequence[float]) -> list[int]:
    steps = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return [steps[value] for value in values]


def _told_depth(page: Dom, unit: CommentNode) -> float | None:
    above = page.parent[unit.number]
    for number in [*([above] if above > 0 else []), *_some(unit)]:
        for name in page.names[number]:
            if found := _DEPTH_NAME.search(name):
                return float(found[1])
        for name in _DEPTH_ATTRIBUTES:
            value = page.attribute(number, name)
            if value.isdigit():
                return float(value)
        if number > unit.number and (found := _DEPTH_TEXT.match(page.short_text(number, 12))):
            return float(found[1])
    return None


def _some(unit: CommentNode, most: int = 40) -> Iterator[int]:
    for count, number in enumerate(unit.own()):
        if count == most:
            return
        yield number


def _indent_depth(page: Dom, unit: CommentNode) -> float | None:
    """The indentation by a margin, by a spacer image's width, or by a cell's attribute."""
    above = page.parent[unit.number]
    for number in [*([above] if above > 0 else []), *_some(unit, 12)]:
        attrs = page.attrs[number]
        if found := _INDENT.search((attrs.get("style") or "").lower()):
            return float(found[1])
        indent = attrs.get("indent") or ""
        if indent.isdigit():
            return float(indent)
        if (
            page.tag[number] == "img"
            and (attrs.get("width") or "").isdigit()
            and (attrs.get("height") or "") in ("1", "0", "")
        ):
            return float(attrs["width"])
    return None


def _named_depth(page: Dom, unit: CommentNode) -> float | None:
    """Two levels, told by a class such as "indented" on the lower ones."""
    for number in (unit.number, page.parent[unit.number]):
        if number > 0 and any(map(vocabulary.CHILD_NAME.search, page.names[number])):
            return 1.0
    return 0.0


def _from_depths(depths: Sequence[int]) -> list[int | None]:
    found: list[int | None] = []
    stack: list[tuple[int, int]] = []
    for place, depth in enumerate(depths):
        while stack and stack[-1][0] >= depth:
            stack.pop()
        found.append(stack[-1][1] if stack else None)
        stack.append((depth, place))
    return found


# Containers


def _contained(page: Dom, units: Sequence[CommentNode]) -> list[int | None]:
    """By containers of replies: one that stands beside a unit, and is of another kind, holds what answers it."""
    found: list[int | None] = [None] * len(units)
    if len(units) < 2:
        return found
    place_of = {unit.number: place for place, unit in enumerate(units)}
    inside = _counts(page, units)
    work: list[tuple[int, int | None]] = [(_common(page, units), None)]
    while work:
        node, owner = work.pop()
        last: int | None = None
        before = -1
        for child in children(page, node):
            count = inside[page.end[child]] - inside[child]
            if not count:
                continue
            answers = last is not None and _holds_answers(page, child, before, count, len(units))
            if child in place_of and not any(map(vocabulary.CHILD_NAME.search, page.names[child])):
                answers = False
            above = last if answers else owner
            if child in place_of:
                found[place_of[child]] = above
            else:
                work.append((child, above))
            if not answers:
                before, last = child, inside[child] if count == 1 or child in place_of else None
    return found


def _holds_answers(page: Dom, child: int, before: int, count: int, all_units: int) -> bool:
    """Whether an element is a container of answers to the unit before it: it is of another kind than that."""
    if _alike(page, child, before) or not _is_container(page, child):
        return False
    return count < 0.6 * all_units or any(map(vocabulary.CHILD_NAME.search, page.names[child]))


def _counts(page: Dom, units: Sequence[CommentNode]) -> list[int]:
    flags = bytearray(len(page) + 1)
    for unit in units:
        flags[unit.number] = 1
    total, counts = 0, []
    for flag in flags:
        counts.append(total)
        total += flag
    return [*counts, total]


def _alike(page: Dom, child: int, model: int) -> bool:
    """Whether two elements are of one kind: the same tag, and a class in common or none at all."""
    if page.tag[child] != page.tag[model]:
        return False
    mine, theirs = (
        {name for name in page.names[one] if not vocabulary.ALTERNATING_NAME.fullmatch(name)} for one in (child, model)
    )
    return bool(mine & theirs) or (not mine and not theirs) or child == model


def _is_container(page: Dom, child: int) -> bool:
    return page.tag[child] in ("div", "ul", "ol", "dl", "section", "blockquote", "dd", "table", "details", "li")


def _common(page: Dom, units: Sequence[CommentNode]) -> int:
    """The smallest element that holds all the units."""
    first, last = units[0].number, max(unit.number for unit in units)
    here = page.parent[first]
    while here > 0 and not page.inside(last, here):
        here = page.parent[here]
    return max(here, 0)


def common_container(page: Dom, units: Sequence[CommentNode]) -> int:
    """The smallest element that holds all the units, but is none of them."""
    return _common(page, units)
