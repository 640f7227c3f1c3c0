"""A dump as classified lines, posts as ranges of these lines, and where the body of each post begins and ends."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rumor_tui.readers.text_dump.byline_parser import MAX_NAME_LENGTH
from rumor_tui.readers.text_dump.lines import Line, LineClass

FURNITURE = frozenset({"blank", "label", "level", "fact", "number", "subject"})
"""Kinds of lines that stand around a body but are not part of it."""

SOLID = frozenset({"text", "quote", "heading", "form"})
"""Kinds of lines that no header holds."""

HEADER_REACH = 18
"""How many lines above a byline its header may begin: a forum's user card takes about twelve."""


class DumpPage(NamedTuple):
    """A dump's lines and their marks; both lists have the same length."""

    lines: list[Line]
    marks: list[LineClass]


class Post:
    """One post: its header is lines `top` to `start`, its body `start` to `end`, its footer `end` to the next top.

    `column` is where the post begins, `depth` the nesting that the page tells (-1 where it does not), `number` the
    post's own number (or -1), `proof` how much furniture stands around it, `foot` the line after a signature,
    `parent` the row of another plan's post that it hangs from, `answers` the name of the person whom the post says
    that it answers.
    """

    __slots__ = (
        *("top", "start", "end", "author", "date", "column"),
        *("depth", "number", "proof", "foot", "parent", "answers"),
    )

    def __init__(self, top: int, start: int, end: int, author: str | None = None, column: int = 0) -> None:
        self.top, self.start, self.end = top, start, end
        self.author, self.column = author, column
        self.date: str | None = None
        self.depth = self.number = -1
        self.proof, self.foot = 0.0, 0
        self.parent: int | None = None
        self.answers = ""

    def copy(self) -> Post:
        """Another post with the same fields."""
        twin = Post(self.top, self.start, self.end, self.author, self.column)
        twin.date, twin.depth, twin.number, twin.proof = self.date, self.depth, self.number, self.proof
        twin.foot, twin.parent, twin.answers = self.foot, self.parent, self.answers
        return twin


class Layout:
    """A reading of the page: posts in order, and what kind of evidence it rests on.

    `lead` is the post before the kept ones, left out because it does not look like them.
    """

    __slots__ = ("kind", "lead", "notes", "posts", "score")

    def __init__(self, kind: str, posts: list[Post], score: float = 0.0, notes: dict[str, str] | None = None) -> None:
        self.kind, self.posts, self.score = kind, posts, score
        self.lead: Post | None = None
        self.notes = notes or {}


def absorb_facts(post: Post, mark: LineClass) -> None:
    """Let a line of the header or the footer tell what it knows: the date, the number, the depth."""
    if mark.kind == "byline":
        post.date = post.date or mark.date or None
        post.number = mark.number if mark.number >= 0 else post.number
    post.depth = mark.depth if mark.depth >= 0 else post.depth
    post.proof += 0.25 if mark.kind in ("label", "level", "fact", "subject", "number") else 0.0


_DIGITS = re.compile(r"\d+")


def user_card_end(page: DumpPage, start: int, ceiling: int) -> int:
    """Where a user's card under the byline ends: after its last fact or subject, with only short lines before."""
    end = start
    sentences = facts = 0
    for i in range(start, min(ceiling, start + HEADER_REACH)):
        kind = page.marks[i].kind
        if kind == "text" and len(page.lines[i].text) < 100 and sentences < 1:
            sentences += 1
        elif kind in ("fact", "subject"):
            facts += 1
            end = i + 1 if not sentences or facts > 2 else end
        elif kind not in ("short", "label", "number", "blank"):
            break
    return end


class HeaderRest(NamedTuple):
    """What stands under a byline before the body: a user's card up to line `card`, and short lines to skip."""

    card: int
    skipped: Sequence[int]


def find_body_start(page: DumpPage, post: Post, below: HeaderRest) -> int:
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
        if i - start > 2 * HEADER_REACH:
            break
        if mark.kind != "blank":
            absorb_facts(post, mark)
        i += 1
    return i


MENU_SIZE = 5
"""A tight list of at least so many short items under a byline is a menu of things to do, not a body."""


def _menu_end(page: DumpPage, start: int) -> int:
    i = start
    while i < len(page.lines) and page.lines[i].bullet and page.marks[i].kind in ("short", "label", "fact"):
        i += 1
    return i if i - start >= MENU_SIZE else start


def finish_posts(page: DumpPage, posts: list[Post]) -> list[Post]:
    """The posts with their bodies' ends found: furniture before the next header is cut off."""
    for post, after in itertools.pairwise(posts):
        post.start = min(post.start, after.top)
        _close_body(page, post, after.top)
    if posts:
        _close_body(page, posts[-1], _last_end(page, posts))
    _cut_common_ends(page, posts)
    return posts


TRIM_ROUNDS = 3
"""How many printed lines at most are taken off the ends of the bodies."""


def _cut_common_ends(page: DumpPage, posts: list[Post]) -> None:
    """A line on which three bodies in ten end, numbers apart, was printed by the template."""
    for _ in range(TRIM_ROUNDS):
        ends = Counter(_last_line(page, post) for post in posts if post.end - post.start > 1)
        common = {text for text, count in ends.items() if text and count >= 3 and count * 10 >= len(posts) * 3}
        if not common:
            return
        for post in posts:
            if post.end - post.start > 1 and _last_line(page, post) in common:
                _close_body(page, post, post.end - 1)


def _last_line(page: DumpPage, post: Post) -> str:
    text = page.lines[post.end - 1].text
    return _DIGITS.sub("0", text) if len(text) < MAX_NAME_LENGTH else ""


def _close_body(page: DumpPage, post: Post, limit: int) -> None:
    end = next((i for i in range(post.start, limit) if _ends_body(page, post, i)), limit)
    while end > post.start:
        mark = page.marks[end - 1]
        if not (mark.kind in FURNITURE or (mark.kind == "byline" and not mark.name)):
            break
        absorb_facts(post, mark)
        end -= 1
    post.end = end


def _ends_body(page: DumpPage, post: Post, i: int) -> bool:
    line = page.lines[i]
    return page.marks[i].kind == "form" or (line.indent < post.column and bool(line.text))


def _last_end(page: DumpPage, posts: list[Post]) -> int:
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
        if _starts_menu(page, i):
            return i
    return len(page.lines)


def _next_label(page: DumpPage, post: Post) -> bool:
    i = post.end
    while i < len(page.lines) and page.marks[i].kind == "blank":
        i += 1
    return i < len(page.lines) and page.marks[i].kind == "label"


def _starts_menu(page: DumpPage, i: int) -> bool:
    """Does a tight list of short items begin here, as menus and side bars do?"""
    span = range(i, min(i + 3, len(page.lines)))
    return len(span) == 3 and all(
        page.lines[k].bullet and page.marks[k].kind in ("short", "label", "number") for k in span
    )
