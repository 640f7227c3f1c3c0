"""What only leads to other pages, with names and dates as comments have: teasers, rows of lists of topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rumor_tui.readers.html import shares, words
from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.signs import LONGEST_LABEL, Signs, answers
from rumor_tui.readers.html.units import loud

_DISCUSSION = re.compile(
    r"comment|kommentar|comentario|disqus|(?:^|[-_])(?:replies|responses|answers|reviews)(?:$|[-_])"
)
_COUNT = re.compile(
    r"\W*\d[\d.,k]*\s*(?:comments?|replies|responses|answers|kommentare?|commentaires?|comentarios?|discuss)\W*",
    re.IGNORECASE,
)
"""A link to a discussion, with the number of what is said there."""
_TITLE = re.compile(
    r"(?:^|[-_])(?:title|topic-?title|thread-?title|headline|heading|teaser-?link|card-?link)(?:$|[-_])"
)


def are_teasers(page: Page, signs: Signs, members: Sequence[int]) -> bool:
    """Whether elements only lead to other pages: by a heading that is a link, or with hardly any text but links.

    Members that nest are a tree, and so are no teasers; nor are those in which one can answer, nor those that all
    have the same heading, as the posts of a topic have.
    """
    if len(members) > 1 and any(b < page.end[a] for a, b in pairwise(members)):
        return False
    if _is_in_discussion(page, members[0]):
        return False
    ends = shares.led(page, signs, members)
    found = (_teaser(page, signs, member, ends.get(member, page.end[member])) for member in members)
    titles = [title for title in found if title is not None]
    return len(titles) >= 0.6 * len(members) and len(set(titles)) >= 0.6 * len(titles)


def _is_in_discussion(page: Page, number: int) -> bool:
    """Whether an element around one is called a discussion."""
    here = page.parent[number]
    while here > 0:
        if any(_DISCUSSION.search(name) and not words.NOT_UNIT_NAME.search(name) for name in page.labels(here)):
            return page.tag[here] not in ("body", "html")
        here = page.parent[here]
    return False


def _teaser(page: Page, signs: Signs, member: int, end: int) -> str | None:
    """What an element leads to, if that is all that it does."""
    linked = 0
    for number in range(member, end):
        if page.tag[number] == "a":
            linked += loud(page, signs, number)
            address = page.attribute(number, "href")
            if _COUNT.fullmatch(page.short_text(number, LONGEST_LABEL)):
                return str(member)
            size = 0 if signs.author[number] or signs.time[number] else page.size(number)
            if size > 3 and address and "#" not in address and _is_heading(page, number, member):
                if any(answers(page, one) for one in range(member, end) if signs.action[one]):
                    return None
                return words.SUBJECT.sub("", page.text(number)).casefold()
    text = signs.loud[shares.last_piece(page, member, end)] - signs.loud[page.first[member]]
    return str(member) if linked > 0.6 * text > 0 and not any(signs.action[member:end]) else None


def _is_heading(page: Page, number: int, outer: int) -> bool:
    """Whether a link is a heading, stands in one, or holds one."""
    above = page.parent[number]
    inner = range(number + 1, min(page.end[number], number + 6))
    return any(
        page.tag[one] in ("h1", "h2", "h3", "h4", "h5") or any(map(_TITLE.search, page.names[one]))
        for one in (number, *((above,) if above >= outer else ()), *inner)
    )
