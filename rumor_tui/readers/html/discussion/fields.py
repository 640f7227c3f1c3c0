"""What comments on a page say of themselves: author, date, identifiers, permalink, score; and their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui.readers.dates import find
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import author, body, consensus
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import MAX_DATE, NodeFeatures
from rumor_tui.readers.html.dom import Dom

_TIME_ATTRIBUTES: Final = (
    "datetime", "content", "data-at-unix", "data-publishtime", "data-timestamp", "data-time", "data-utime", "title",
)  # fmt: skip
_ID_ATTRIBUTES: Final = (
    "id", "data-id", "data-pid", "data-comment-id", "data-commentid", "data-post-id", "data-postid", "data-shortid",
    "thingid", "data-fullname", "data-content", "name",
)  # fmt: skip
_ISO = re.compile(r"\d{4}-\d\d-\d\d|^\d{9,13}$")
_SCORE = re.compile(r"^\W*(-?\d[\d,.]{0,8})\s*(?:points?|votes?|likes?|pts?|punkte)?\W*$", re.IGNORECASE)
_SCORE_NAME = re.compile(r"(?:^|[-_])(?:score|vote-?count|vote-result|karma|upvotes?|points|vote-number)(?:$|[-_])")


def fill_fields(page: Dom, signs: NodeFeatures, units: Sequence[CommentNode]) -> None:
    """Find out all of some units: each by itself, then by what they have in common."""
    for unit in units:
        author.find_author(page, signs, unit)
        _time(page, signs, unit)
        author.find_author_in_byline(page, signs, unit)
        if unit.body < 0:
            unit.body = body.find_deleted_notice(page, unit)
        if unit.body < 0:
            unit.body = body.find_body(page, signs, unit)
        author.find_author_near_date(page, signs, unit)
    consensus.apply_consensus(page, signs, units)
    for unit in units:
        unit.aside = _outermost(page, [*unit.aside, *body.find_asides(page, signs, unit)])
        unit.ids = tuple(_identifiers(page, unit))
        unit.url = _permalink(page, signs, unit)
        unit.score = _score(page, unit)


def _outermost(page: Dom, numbers: Sequence[int]) -> list[int]:
    """Some elements in order, without those that stand in others of them."""
    found: list[int] = []
    for number in sorted(set(numbers)):
        if not found or number >= page.end[found[-1]]:
            found.append(number)
    return found


# The date


def _time(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    best: tuple[tuple[bool, bool], int, str | None] | None = None
    given = unit.time_at
    for number in [given] if given >= 0 else [one for one in unit.own() if signs.time[one]]:
        attrs = page.attrs[number]
        moment = next((str(v) for k in _TIME_ATTRIBUTES if (v := attrs.get(k)) and _ISO.search(str(v))), None)
        rank = (not _is_other_date(page, number), bool(moment) or page.tag[number] == "time")
        if best is None or rank > best[0]:
            best = (rank, number, moment)
    if best is None:
        return
    _, number, moment = best
    unit.moment, unit.time_at = moment, number
    text = page.short_text(number, 200) or str(page.attrs[number].get("title") or "")
    place = find.find_date(text)
    unit.written = text[place[0] : place[1]] if place else text[:MAX_DATE] or moment


def _is_other_date(page: Dom, number: int) -> bool:
    """Whether a date is that of an edit, or of when somebody joined."""
    attrs = page.attrs[number]
    if vocabulary.OTHER_DATE.search(f"{attrs.get('itemprop') or ''} {attrs.get('class') or ''}"):
        return True
    above = page.parent[number]
    if above > 0 and vocabulary.OTHER_DATE.search(page.attribute(above, "class")):
        return True
    piece = page.first[number]
    before = page.pieces[piece - 1].strip() if piece else ""
    if vocabulary.OTHER_DATE.search(page.short_text(number, 200)[:MAX_DATE]):
        return True
    return len(before) < 30 and bool(vocabulary.OTHER_DATE.search(before))


# Identifiers, permalink, score


def _identifiers(page: Dom, unit: CommentNode) -> Iterator[str]:
    """The identifiers that a comment goes by, its own element's first."""
    seen = set()
    before_body = max(unit.body, unit.number + 12)
    for number in unit.own():
        if number > before_body:
            return
        attrs = page.attrs[number]
        for name in _ID_ATTRIBUTES:
            value = attrs.get(name)
            if value and value not in seen and (name != "name" or page.tag[number] == "a"):
                seen.add(value)
                yield str(value)


def _permalink(page: Dom, signs: NodeFeatures, unit: CommentNode) -> str | None:
    ids = set(unit.ids)
    best: tuple[int, str] | None = None
    for number in unit.own():
        address = page.attribute(number, "href")
        if page.tag[number] != "a" or address in ("", "#") or unit.body < number < page.end[unit.body]:
            continue
        rank = _permalink_rank(page, signs, number, address, ids)
        if rank and (best is None or rank > best[0]):
            best = (rank, address)
    return best[1] if best else None


def _permalink_rank(page: Dom, signs: NodeFeatures, number: int, address: str, ids: set[str]) -> int:
    low = address.lower()
    if low.startswith("javascript") or vocabulary.REPLY_ADDRESS.search(low) or vocabulary.PROFILE_ADDRESS.search(low):
        return 0
    if any("permalink" in name for name in page.names[number]):
        return 4
    if address.partition("#")[2] in ids:
        return 3
    return 2 if signs.times[page.end[number]] - signs.times[number] else 0


def _score(page: Dom, unit: CommentNode) -> int | None:
    for number in unit.own():
        if any(map(_SCORE_NAME.search, page.names[number])):
            found = _SCORE.match(page.short_text(number, 24))
            if found:
                return int(found[1].replace(",", "").replace(".", ""))
    return None
