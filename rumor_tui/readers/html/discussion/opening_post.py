"""The post that a discussion is about, where the page has one and no article: the first of a topic, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import comment_node, fields
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

MIN_PARAGRAPH: Final = 100
"""Characters of running text that make an article of what stands before the first comment."""
MAX_CALLED: Final = 12
"""Elements called an opening post that are looked at."""
MIN_POST: Final = 20
"""Characters of a post that stands apart from its answers."""


def find_opening_post(page: Dom, signs: NodeFeatures, units: Sequence[CommentNode]) -> CommentNode | None:
    """The opening post of a topic: one that is called so and stands apart from the units, or the first of them."""
    if not units or page_number(page) > 1 or not is_forum(page, units):
        return None
    apart = _apart(page, signs, units)
    if apart is not None:
        return apart
    return None if _has_text_before(page, signs, units[0].number) else units[0]


def _apart(page: Dom, signs: NodeFeatures, units: Sequence[CommentNode]) -> CommentNode | None:
    """The first post where it is of another kind than its answers: called a question, or the like."""
    numbers = [unit.number for unit in units]
    best: tuple[int, comment_node.OwnContent] | None = None
    called = (number for number in range(1, numbers[0]) if _is_called_opening(page, number))
    for number in islice(called, MAX_CALLED):
        inside = [one for one in numbers if one < page.end[number]]
        share = comment_node.own_contents(page, signs, [number, *inside])[0]
        trait = comment_node.content_traits(page, signs, [number, *inside])[0]
        full = trait.letters >= MIN_POST and trait.times and trait.authors and len(inside) < len(numbers)
        if full and (best is None or trait.letters >= 0.9 * best[0]):
            best = (trait.letters, share)
    if best is None:
        return None
    unit = CommentNode(best[1].number, best[1].ranges, best[1].pieces)
    fields.fill_fields(page, signs, [unit])
    return unit


def _is_called_opening(page: Dom, number: int) -> bool:
    return page.tag[number] not in ("body", "html", "a", "span") and any(
        map(vocabulary.OPENING_NAME.search, page.labels(number))
    )


def is_forum(page: Dom, units: Sequence[CommentNode] = ()) -> bool:
    """Whether the page says, in its address or in the classes of elements around the units, that it is a forum's."""
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
    said.extend(_around(page, units))
    if vocabulary.FORUM_SIGN.search(" ".join(said)):
        return True
    links = sum(1 for number in range(len(page)) if _FORUM_LINK.search(page.attribute(number, "href")))
    return links >= 5


def _around(page: Dom, units: Sequence[CommentNode]) -> Iterator[str]:
    """What the elements around the first unit are called."""
    if not units:
        return
    here = units[0].number
    without = r"comment|respon|thread" if any("comment" in name for name in page.labels(here)) else r"comment|respon"
    while (here := page.parent[here]) > 0:
        yield from (name for name in page.labels(here) if not re.search(without, name))


_FORUM_LINK = re.compile(
    r"viewtopic\.php|showthread\.php|showpost\.php|memberlist\.php|viewforum\.php|forumdisplay\.php|index\.php\?topic="
    r"|/topic/|/threads?/|newreply\.php|action=profile|posting\.php"
)


def page_number(page: Dom) -> int:
    """Which page of several this is, by its title or its address; 1 where neither says."""
    title = page.tree.css_first("title")
    canonical = page.tree.css_first('link[rel="canonical"]')
    said = [
        title.text() if title is not None else "",
        (canonical.attributes.get("href") or "") if canonical is not None else "",
    ]
    for text in said:
        for found in vocabulary.PAGE_NUMBER.finditer(text):
            digits = next((group for group in found.groups() if group), "")
            if digits and 1 < int(digits) < 100_000 and "start" not in found[0] and "?p=" not in found[0]:
                return int(digits)
    return 1


def _has_text_before(page: Dom, signs: NodeFeatures, first: int) -> bool:
    """Whether running text that could be an article stands between the headline, if there is one, and an element."""
    totals: dict[int, int] = {}
    headline = next((number for number in range(first) if page.tag[number] == "h1" and page.size(number)), 0)
    for piece in range(page.first[headline], page.first[first]):
        owner = page.owner[piece]
        if signs.quiet[piece] or page.tag[owner] in ("a", "button", "li", "option", "label"):
            continue
        block = owner if page.tag[owner] not in _INLINE else page.parent[owner]
        totals[block] = totals.get(block, 0) + len(page.pieces[piece].strip())
        if (
            totals[block] >= MIN_PARAGRAPH
            and not _is_notice(page, block)
            and not _ABOUT_SITE.search(page.text(block)[:800])
        ):
            return True
    return False


_INLINE = frozenset(("span", "b", "i", "em", "strong", "u", "font", "code", "small", "bdi"))
_ABOUT_SITE = re.compile(
    r"cookie|javascript|consent|einwilligung|datenschutz|privacy|confidentialité|privacidad|log in|sign (?:in|up)"
    r"|regist",
    re.IGNORECASE,
)
"""Words of what a site says to whoever comes, before anything else."""
_NOTICE = re.compile(
    r"notice|cookie|banner|announce|alert|header|nav|menu|footer|sidebar|modal|login|register|popup|consent"
)
_NOTICE_TEXT = re.compile(r"\bcookies?\b|javascript|your browser|datenschutz|confidentialit", re.IGNORECASE)


def _is_notice(page: Dom, number: int) -> bool:
    if _NOTICE_TEXT.search(page.short_text(number, 600)):
        return True
    here, steps = number, 0
    while here > 0 and steps < 8:
        if page.hidden(here) or page.tag[here] in ("nav", "header", "footer", "aside", "form"):
            return True
        if any(map(_NOTICE.search, page.names[here])) or _NOTICE.search(page.attribute(here, "id").lower()):
            return True
        here, steps = page.parent[here], steps + 1
    return False
