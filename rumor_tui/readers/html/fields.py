"""What comments on a page say of themselves: author, date, identifiers, permalink, score; and their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui.readers.dump import dates
from rumor_tui.readers.html import alike, authors, bodies, words
from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.signs import LONGEST_DATE, Signs
from rumor_tui.readers.html.units import Unit

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


def fill(page: Page, signs: Signs, units: Sequence[Unit]) -> None:
    """Find out all of some units: each by itself, then by what they have in common."""
    for unit in units:
        authors.find(page, signs, unit)
        _time(page, signs, unit)
        authors.find_said(page, signs, unit)
        if unit.body < 0:
            unit.body = bodies.deleted(page, unit)
        if unit.body < 0:
            unit.body = bodies.find(page, signs, unit)
        authors.find_near(page, signs, unit)
    alike.agree(page, signs, units)
    for unit in units:
        unit.aside = _outermost(page, [*unit.aside, *bodies.aside(page, signs, unit)])
        unit.ids = tuple(_identifiers(page, unit))
        unit.url = _permalink(page, signs, unit)
        unit.score = _score(page, unit)


def _outermost(page: Page, numbers: Sequence[int]) -> list[int]:
    """Some elements in order, without those that stand in others of them."""
    found: list[int] = []
    for number in sorted(set(numbers)):
        if not found or number >= page.end[found[-1]]:
            found.append(number)
    return found


# The date


def _time(page: Page, signs: Signs, unit: Unit) -> None:
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
    place = dates.find(text)
    unit.written = text[place[0] : place[1]] if place else text[:LONGEST_DATE] or moment


def _is_other_date(page: Page, number: int) -> bool:
    """Whether a date is that of an edit, or of when somebody joined."""
    attrs = page.attrs[number]
    if words.NOT_POSTED.search(f"{attrs.get('itemprop') or ''} {attrs.get('class') or ''}"):
        return True
    above = page.parent[number]
    if above > 0 and words.NOT_POSTED.search(page.attribute(above, "class")):
        return True
    piece = page.first[number]
    before = page.pieces[piece - 1].strip() if piece else ""
    if words.NOT_POSTED.search(page.short_text(number, 200)[:LONGEST_DATE]):
        return True
    return len(before) < 30 and bool(words.NOT_POSTED.search(before))


# Identifiers, permalink, score


def _identifiers(page: Page, unit: Unit) -> Iterator[str]:
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


def _permalink(page: Page, signs: Signs, unit: Unit) -> str | None:
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


def _permalink_rank(page: Page, signs: Signs, number: int, address: str, ids: set[str]) -> int:
    low = address.lower()
    if low.startswith("javascript") or words.REPLY_ADDRESS.search(low) or words.PROFILE.search(low):
        return 0
    if any("permalink" in name for name in page.names[number]):
        return 4
    if address.partition("#")[2] in ids:
        return 3
    return 2 if signs.times[page.end[number]] - signs.times[number] else 0


def _score(page: Page, unit: Unit) -> int | None:
    for number in unit.own():
        if any(map(_SCORE_NAME.search, page.names[number])):
            found = _SCORE.match(page.short_text(number, 24))
            if found:
                return int(found[1].replace(",", "").replace(".", ""))
    return None
