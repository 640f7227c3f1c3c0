"""The discussion of a page: its units with their fields, who answers whom, and which of them is the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rumor_tui.model import Confidence
from rumor_tui.readers.html import families, fields, replies, words
from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.signs import Signs
from rumor_tui.readers.html.units import Unit, own_letters

PARAGRAPH: Final = 100
"""Characters of running text that make an article of what stands before the first comment."""


@dataclass(slots=True)
class Discussion:
    """The comments in document order; for each, the place of the one that it answers; and how sure that is.

    `opening` is the post that the page is about, where a unit is that: it is not among the comments.
    """

    units: list[Unit]
    parents: list[int | None]
    confidence: Confidence
    opening: Unit | None = None


NOTHING: Final = Discussion([], [], "explicit")


def find(page: Page, signs: Signs) -> Discussion:
    """The discussion of a page."""
    family = families.best(page, signs)
    if family is None:
        return NOTHING
    units = [Unit(one.number, one.ranges, one.pieces) for one in families.shares(page, signs, family.members)]
    fields.fill(page, signs, units)
    parents, confidence = replies.parents(page, units)
    opening = units[0] if _opens(page, signs, units) else None
    kept = [place for place, unit in enumerate(units) if unit is not opening and not _is_empty(page, signs, unit)]
    return Discussion([units[place] for place in kept], _without(parents, kept), confidence, opening)


def _is_empty(page: Page, signs: Signs, unit: Unit) -> bool:
    """Whether a unit is a stub: it has neither a name nor a date nor a text."""
    return unit.author is None and unit.time_at < 0 and own_letters(page, unit, unit.number, signs.loud) <= 1


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


def _opens(page: Page, signs: Signs, units: Sequence[Unit]) -> bool:
    """Whether the first unit is what the others talk about, as in a forum: nothing else on the page could be."""
    return is_forum(page) and page_number(page) <= 1 and not _has_text_before(page, signs, units[0].number)


def holder(page: Page, units: Sequence[Unit]) -> int:
    """The smallest element that holds all the units and is none of them; 0 without units."""
    return replies.common(page, units) if units else 0


def outermost(page: Page, unit: Unit) -> Iterator[int]:
    """A unit's element, and after it those that follow and belong to it."""
    number, end = unit.number, unit.ranges[-1][1] if unit.ranges else page.end[unit.number]
    while number < max(end, unit.number + 1):
        yield number
        number = page.end[number]


def is_forum(page: Page) -> bool:
    """Whether the page says, in its address or in the classes of its outermost elements, that it is a forum's."""
    said = []
    for selector, name in (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        node = page.tree.css_first(selector)
        said.append((node.attributes.get(name) or "") if node is not None else "")
    for node in (page.tree.root, page.tree.body):
        if node is not None:
            said.extend(str(node.attributes.get(name) or "") for name in ("id", "class", "data-template"))
    generator = page.tree.css_first('meta[name="generator"]')
    said.append((generator.attributes.get("content") or "") if generator is not None else "")
    for number in range(min(len(page), 400)):
        kind = page.attribute(number, "itemtype")
        if kind:
            said.append("forum" if re.search("DiscussionForumPosting|QAPage", kind) else "")
    if words.FORUM.search(" ".join(said)):
        return True
    links = sum(1 for number in range(len(page)) if _FORUM_LINK.search(page.attribute(number, "href")))
    return links >= 5


_FORUM_LINK = re.compile(
    r"viewtopic\.php|showthread\.php|showpost\.php|memberlist\.php|viewforum\.php|forumdisplay\.php|index\.php\?topic="
    r"|/topic/|/threads?/|newreply\.php|action=profile|posting\.php"
)


def page_number(page: Page) -> int:
    """Which page of several this is, by its title or its address; 1 where neither says."""
    title = page.tree.css_first("title")
    canonical = page.tree.css_first('link[rel="canonical"]')
    said = [
        title.text() if title is not None else "",
        (canonical.attributes.get("href") or "") if canonical is not None else "",
    ]
    for text in said:
        for found in words.PAGE_NUMBER.finditer(text):
            digits = next((group for group in found.groups() if group), "")
            if digits and 1 < int(digits) < 100_000 and "start" not in found[0] and "?p=" not in found[0]:
                return int(digits)
    return 1


def _has_text_before(page: Page, signs: Signs, first: int) -> bool:
    """Whether running text that could be an article stands before an element."""
    totals: dict[int, int] = {}
    for piece in range(page.first[first]):
        owner = page.owner[piece]
        if signs.quiet[piece] or page.tag[owner] in ("a", "button", "li", "option", "label"):
            continue
        block = owner if page.tag[owner] not in _INLINE else page.parent[owner]
        totals[block] = totals.get(block, 0) + len(page.pieces[piece].strip())
        if totals[block] >= PARAGRAPH and not _is_notice(page, block):
            return True
    return False


_INLINE = frozenset(("span", "b", "i", "em", "strong", "u", "font", "code", "small", "bdi"))
_NOTICE = re.compile(
    r"notice|cookie|banner|announce|alert|header|nav|menu|footer|sidebar|modal|login|register|popup|consent"
)


def _is_notice(page: Page, number: int) -> bool:
    here, steps = number, 0
    while here > 0 and steps < 8:
        if page.hidden(here) or page.tag[here] in ("nav", "header", "footer", "aside", "form"):
            return True
        if any(map(_NOTICE.search, page.names[here])) or _NOTICE.search(page.attribute(here, "id").lower()):
            return True
        here, steps = page.parent[here], steps + 1
    return False
