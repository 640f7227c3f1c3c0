"""What the plans work on and what they give: the page as marked lines, and posts as ranges of lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.kinds import Mark

FURNITURE = frozenset({"blank", "label", "level", "fact", "number", "subject"})
"""Kinds of lines that stand around a body but are not part of it."""

SOLID = frozenset({"text", "quote", "heading", "form"})
"""Kinds of lines that no header holds."""

REACH = 18
"""How many lines above a byline its header may begin: a forum's user card takes about twelve."""


@dataclass(slots=True)
class Page:
    """A dump's lines and their marks; both lists have the same length."""

    lines: list[Line]
    marks: list[Mark]


@dataclass(slots=True)
class Post:
    """One post: its header is lines `top` to `start`, its body `start` to `end`, its footer `end` to the next top.

    `column` is where the post begins, `depth` the nesting that the page tells (-1 where it does not), `number` the
    post's own number (or -1), `proof` how much furniture stands around it,
    `foot` the line after a signature, `parent` the row of another plan's post
    that it hangs from, `answers` the name of the person whom the post says that it answers.
    """

    top: int
    start: int
    end: int
    author: str | None = None
    date: str | None = None
    column: int = 0
    depth: int = -1
    number: int = -1
    proof: float = 0.0
    foot: int = 0
    parent: int | None = None
    answers: str = ""


@dataclass(slots=True)
class Plan:
    """A reading of the page: posts in order, and what kind of evidence it rests on.

    `lead` is the post before the kept ones, left out because it does not look like them.
    """

    kind: str
    posts: list[Post]
    score: float = 0.0
    lead: Post | None = None
    notes: dict[str, str] = field(default_factory=dict)


def take_facts(post: Post, mark: Mark) -> None:
    """Let a line of the header or the footer tell what it knows: the date, the number, the depth."""
    if mark.kind == "byline":
        post.date = post.date or mark.date or None
        post.number = mark.number if mark.number >= 0 else post.number
    post.depth = mark.depth if mark.depth >= 0 else post.depth
    post.proof += 0.25 if mark.kind in ("label", "level", "fact", "subject", "number") else 0.0
