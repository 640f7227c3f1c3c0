"""The kinds of lines that a dump has, and what is known of one line."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "blank", "label", "level", "heading", "form", "fact", "number", "byline", "subject", "quote", "short", "text"
]


class Mark(NamedTuple):
    """What one line is. `name` and `date` are what a byline holds of them; `number` is a post's own number.

    `total` is how many comments the line says there are; `depth` is the nesting that the line itself tells
    ("level 2", "#4.1"), from 0 for the top. All three are -1 where the line does not say.
    """

    kind: Kind
    shape: str = ""
    name: str = ""
    date: str = ""
    number: int = -1
    depth: int = -1
    total: int = -1
