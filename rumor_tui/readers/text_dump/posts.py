"""A dump as classified lines, posts as ranges of these lines, and where the body of each post begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rumor_tui.readers.text_dump.byline_parser import MAX_NAME_LENGTH
from rumor_tui.readers.text_dump.lines import Line, LineClass

FURNITURE = frozenset({"blank", "label", "level", "fact", "number", "subject"})
"""Kinds of lines that surround a body but are not part of it."""

SOLID = frozenset({"text", "quote", "heading", "form"})
"""Kinds of lines that no header contains."""

HEADER_REACH = 18
"""How many lines above a byline its header may begin: a forum's user card takes about twelve."""


class DumpPage(NamedTuple):
    """A dump's lines and their classes; both lists have the same length."""

    lines: list[Line]
    classes: list[LineClass]


@dataclass(slots=True)
class Post:
    """One post: its header is lines `top` to `start`, its body `start` to `end`, its footer `end` to the next top.

    `column` is where the post begins, `depth` the nesting that the page states (-1 where it does not), `number` the
    post's own number (or -1), `proof` how much furniture surrounds it, `foot` the line after a byline at its end,
    `parent` the row of the post that holds it in a combined layout, and `answers` the name of the person whom the
    post says it answers.
    """

    top: int
    start: int
    end: int
    author: str | None = None
    column: int = 0
    date: str | None = None
    depth: int = -1
    number: int = -1
    proof: float = 0.0
    foot: int = 0
    parent: int | None = None
    answers: str = ""


@dataclass(slots=True)
class Layout:
    """One way to read the page: posts in order, and the kind of evidence that it rests on.

    `lead` is the post before the kept ones, left out because it does not look like them.
    """

    kind: str
    posts: list[Post]
    score: float = 0.0
    notes: dict[str, str] = field(default_factory=dict)
    lead: Post | None = None


def absorb_facts(post: Post, line_class: LineClass) -> None:
    """Take what a line of the header or the footer says of its post: the date, the number, the depth."""
    if line_class.kind == "byline":
        post.date = post.date or line_class.date or None
        post.number = line_class.number if line_class.number >= 0 else post.number
    post.depth = line_class.depth if line_class.depth >= 0 else post.depth
    post.proof += 0.25 if line_class.kind in ("label", "level", "fact", "subject", "number") else 0.0


_DIGITS = re.compile(r"\d+")


def user_card_end(page: DumpPage, start: int, ceiling: int) -> int:
    """Where a user's card under the byline ends: after its last fact or subject, with only short lines before."""
    end = start
    sentences = facts = 0
    for i in range(start, min(ceiling, start + HEADER_REACH)):
        kind = page.classes[i].kind
        if kind == "text" and len(page.lines[i].text) < 100 and sentences < 1:
            sentences += 1
        elif kind in ("fact", "subject"):
            facts += 1
            end = i + 1 if not sentences or facts > 2 else end
        elif kind not in ("short", "label", "number", "blank"):
            break
    return end


class HeaderRest(NamedTuple):
    """What comes between a byline and the body: a user's card up to line `card`, and short lines to skip."""

    card: int
    skipped: Sequence[int]


def find_body_start(page: DumpPage, post: Post, below: HeaderRest) -> int:
    """The first line of the body, after the card; the facts in skipped lines are taken into the post."""
    i = menu_end = below.card
    limit = min(len(page.lines), below.card + 2 * HEADER_REACH + 1)
    while i < limit:
        line_class = page.classes[i]
        if i >= menu_end:
            menu_end = _menu_end(page, i)
        if i >= menu_end and i not in below.skipped and not _is_of_header(line_class, post.author):
            break
        if line_class.kind != "blank":
            absorb_facts(post, line_class)
        i += 1
    return i


def _is_of_header(line_class: LineClass, author: str | None) -> bool:
    """Whether a line is furniture, a byline without another name, or the author's name again."""
    if line_class.kind == "byline":
        return not line_class.name or line_class.name == author
    return line_class.kind in FURNITURE or (line_class.kind == "short" and line_class.name == author)


MENU_SIZE = 5
"""A list of at least this many short items without blank lines, right under a byline, is a menu and not a body."""


def _menu_end(page: DumpPage, start: int) -> int:
    i = start
    while i < len(page.lines) and page.lines[i].bullet and page.classes[i].kind in ("short", "label", "fact"):
        i += 1
    return i if i - start >= MENU_SIZE else start


def finish_posts(page: DumpPage, posts: list[Post]) -> list[Post]:
    """The posts with the ends of their bodies: furniture before the next header is cut off."""
    for post, after in pairwise(posts):
        post.start = min(post.start, after.top)
        _close_body(page, post, after.top)
    if posts:
        _close_body(page, posts[-1], _last_end(page, posts))
    _cut_common_ends(page, posts)
    return posts


TRIM_ROUNDS = 3
"""How many template lines at most are taken off the ends of the bodies."""


def _cut_common_ends(page: DumpPage, posts: list[Post]) -> None:
    """Cut off the line on which three bodies in ten end, numbers aside: the template printed it."""
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
    end = next((i for i in range(post.start, limit) if page.classes[i].kind == "form"), limit)
    while end > post.start:
        line_class = page.classes[end - 1]
        if not (line_class.kind in FURNITURE or (line_class.kind == "byline" and not line_class.name)):
            break
        absorb_facts(post, line_class)
        end -= 1
    post.end = end


def _last_end(page: DumpPage, posts: list[Post]) -> int:
    """Where the last post's body ends: at a form, a heading, an outdent, or the button that ends the other bodies."""
    last = posts[-1]
    ended = [page.classes[p.end].kind == "label" for p in posts[:-1]]
    by_label = sum(ended) * 5 >= len(ended) * 3 and len(ended) > 1
    column = min([last.column, *(line.indent for line in page.lines[last.start : last.start + 1])])
    for i in range(last.start, len(page.lines)):
        line, line_class = page.lines[i], page.classes[i]
        if not line.text:
            continue
        ends = line_class.kind in ("form", "heading") or (by_label and line_class.kind == "label")
        if ends or line.indent < column:
            return i
    return len(page.lines)
