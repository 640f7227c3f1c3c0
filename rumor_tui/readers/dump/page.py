"""What the plans work on and what they give: the page as marked lines, and posts as ranges of lines."""

from __future__ import annotations

from typing import NamedTuple

from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.lines import Line

FURNITURE = frozenset({"blank", "label", "level", "fact", "number", "subject"})
"""Kinds of lines that stand around a body but are not part of it."""

SOLID = frozenset({"text", "quote", "heading", "form"})
"""Kinds of lines that no header holds."""

REACH = 18
"""How many lines above a byline its header may begin: a forum's user card takes about twelve."""


class Page(NamedTuple):
    """A dump's lines and their marks; both lists have the same length."""

    lines: list[Line]
    marks: list[Mark]


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


class Plan:
    """A reading of the page: posts in order, and what kind of evidence it rests on.

    `lead` is the post before the kept ones, left out because it does not look like them.
    """

    __slots__ = ("kind", "lead", "notes", "posts", "score")

    def __init__(self, kind: str, posts: list[Post], score: float = 0.0, notes: dict[str, str] | None = None) -> None:
        self.kind, self.posts, self.score = kind, posts, score
        self.lead: Post | None = None
        self.notes = notes or {}


def take_facts(post: Post, mark: Mark) -> None:
    """Let a line of the header or the footer tell what it knows: the date, the number, the depth."""
    if mark.kind == "byline":
        post.date = post.date or mark.date or None
        post.number = mark.number if mark.number >= 0 else post.number
    post.depth = mark.depth if mark.depth >= 0 else post.depth
    post.proof += 0.25 if mark.kind in ("label", "level", "fact", "subject", "number") else 0.0
