"""Where a reader left a thread: the one thing of the library that is asked for before the first screen.

A module of its own, since the other types of the library take a while to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A comment to come back to: its page row when this was written down, and its handle (0 while not known)."""

    row: int
    handle: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left a thread. Rows are those of the page's order; the library keeps this as it is.

    `comments` and `article` are what stood at a screen row: (item, offset in its text, screen row); the item of
    `comments` is `top`. `fingerprint` tells whether the thread is in the same state, so that rows can be used as they
    are; otherwise handles count. `order` and `query` are the order that was shown and what was searched for. `read` and
    `new` tell, packed, which comments were read and which came during that visit: what the next first screen shows of
    them, before the library has told.
    """

    cursor: Spot
    top: Spot
    comments: tuple[int, int] = (-1, 0)
    article: tuple[int, int, int] = (0, -1, 0)
    in_article: bool = False
    folded: Sequence[int] = ()
    folded_handles: Sequence[int] = ()
    order: str = "page"
    query: str = ""
    filtering: bool = False
    fingerprint: str = ""
    read: str = ""
    new: str = ""
