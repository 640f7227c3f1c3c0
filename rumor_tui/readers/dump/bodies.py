"""Where bodies begin and end: what the header, the footer and the page's furniture leave over."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rumor_tui.readers.dump.names import LONGEST_NAME
from rumor_tui.readers.dump.page import FURNITURE, REACH, Page, Post, take_facts

_DIGITS = re.compile(r"\d+")


def card_end(page: Page, start: int, ceiling: int) -> int:
    """Where a user's card under the byline ends: after its last fact or subject, with only short lines before."""
    end = start
    sentences = facts = 0
    for i in range(start, min(ceiling, start + REACH)):
        kind = page.marks[i].kind
        if kind == "text" and len(page.lines[i].text) < 100 and sentences < 1:
            sentences += 1
        elif kind in ("fact", "subject"):
            facts += 1
            end = i + 1 if not sentences or facts > 2 else end
        elif kind not in ("short", "label", "number", "blank"):
            break
    return end


class Below(NamedTuple):
    """What stands under a byline before the body: a user's card up to line `card`, and short lines to skip."""

    card: int
    skipped: Sequence[int]


def body_start(page: Page, post: Post, below: Below) -> int:
    """The first line of the body, after the card; what is passed over tells the post its facts."""
    i = menu_end = start = below.card
    while i < len(page.lines):
        mark = page.marks[i]
        if i >= menu_end:
            menu_end = _menu_end(page, i)
        bare = mark.kind == "byline" and (not mark.name or mark.name == post.author)
        own = mark.kind == "short" and mark.name == post.author
        if not (mark.kind in FURNITURE or bare or own or i in below.skipped or i < menu_end):
            break
        if i - start > 2 * REACH:
            break
        if mark.kind != "blank":
            take_facts(post, mark)
        i += 1
    return i


MENU = 5
"""A tight list of at least so many short items under a byline is a menu of things to do, not a body."""


def _menu_end(page: Page, start: int) -> int:
    i = start
    while i < len(page.lines) and page.lines[i].bullet and page.marks[i].kind in ("short", "label", "fact"):
        i += 1
    return i if i - start >= MENU else start


def finish(page: Page, posts: list[Post]) -> list[Post]:
    """The posts with their bodies' ends found: furniture before the next header is cut off."""
    for post, after in itertools.pairwise(posts):
        post.start = min(post.start, after.top)
        _close(page, post, after.top)
    if posts:
        _close(page, posts[-1], _last_end(page, posts))
    _cut_common_ends(page, posts)
    return posts


ROUNDS = 3
"""How many printed lines at most are taken off the ends of the bodies."""


def _cut_common_ends(page: Page, posts: list[Post]) -> None:
    """A line on which three bodies in ten end, numbers apart, was printed by the template."""
    for _ in range(ROUNDS):
        ends = Counter(_ending(page, post) for post in posts if post.end - post.start > 1)
        common = {text for text, count in ends.items() if text and count >= 3 and count * 10 >= len(posts) * 3}
        if not common:
            return
        for post in posts:
            if post.end - post.start > 1 and _ending(page, post) in common:
                _close(page, post, post.end - 1)


def _ending(page: Page, post: Post) -> str:
    text = page.lines[post.end - 1].text
    return _DIGITS.sub("0", text) if len(text) < LONGEST_NAME else ""


def _close(page: Page, post: Post, limit: int) -> None:
    end = next((i for i in range(post.start, limit) if _breaks(page, post, i)), limit)
    while end > post.start:
        mark = page.marks[end - 1]
        if not (mark.kind in FURNITURE or (mark.kind == "byline" and not mark.name)):
            break
        take_facts(post, mark)
        end -= 1
    post.end = end


def _breaks(page: Page, post: Post, i: int) -> bool:
    line = page.lines[i]
    return page.marks[i].kind == "form" or (line.indent < post.column and bool(line.text))


def _last_end(page: Page, posts: list[Post]) -> int:
    """Where the last post's body ends: at a form, a heading, an outdent, or the button that ends the other bodies."""
    last = posts[-1]
    ended = [page.marks[p.end].kind == "label" or _next_label(page, p) for p in posts[:-1]]
    by_label = sum(ended) * 5 >= len(ended) * 3 and len(ended) > 1
    for i in range(last.start, len(page.lines)):
        line, mark = page.lines[i], page.marks[i]
        if not line.text:
            continue
        if mark.kind in ("form", "heading") or line.indent < last.column or (by_label and mark.kind == "label"):
            return i
        if _menu(page, i):
            return i
    return len(page.lines)


def _next_label(page: Page, post: Post) -> bool:
    i = post.end
    while i < len(page.lines) and page.marks[i].kind == "blank":
        i += 1
    return i < len(page.lines) and page.marks[i].kind == "label"


def _menu(page: Page, i: int) -> bool:
    """Does a tight list of short items begin here, as menus and side bars do?"""
    span = range(i, min(i + 3, len(page.lines)))
    return len(span) == 3 and all(
        page.lines[k].bullet and page.marks[k].kind in ("short", "label", "number") for k in span
    )
