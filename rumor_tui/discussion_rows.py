"""The rows of a joined thread (`rumor_tui.joined`): which are discussions themselves, and whose; light enough to load
with every thread."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rumor_tui.model import Stub, Thread

OWN_MARK: Final = "\x1f"
ROW_MARK: Final = "\x1e"
"""What stands in an identifier between the discussion's key and the comment's own identifier, or its row where it has
none. Keys are neutral, so that neither is in them."""


def own_id(id: str | None) -> str | None:
    """The identifier that a comment of a joined thread has in its source; None where it has none there."""
    _, mark, own = (id or "").partition(OWN_MARK)
    return own if mark else None


def discussion_rows(thread: Thread) -> list[int]:
    """The rows of the discussions that a thread joins, in any order of its rows; none of another thread."""
    if not thread.is_joined:
        return []
    return [row for row, above in enumerate(thread.parent) if above < 0 and thread.discussion_at(row) is not None]


def count_comments(thread: Thread) -> int:
    """How many comments a thread has, without the rows of discussions."""
    return len(thread) - len(discussion_rows(thread))


def is_embedded(thread: Thread, stub: Stub) -> bool:
    """Whether a stub stands for the comments of a system that the page embeds, or the page of a joined discussion."""
    row = stub.parent
    in_discussion = 0 <= row < len(thread) and thread.discussion_at(row) is not None
    return replace(stub, parent=-1).embedded if in_discussion else stub.embedded


def embedded_stubs(thread: Thread) -> list[Stub]:
    """The stubs for the comments of systems that the page embeds, or the pages of the joined discussions."""
    return [stub for stub in thread.stubs if is_embedded(thread, stub)]


def posters(thread: Thread) -> list[int]:
    """The rows by those who posted the discussion that they are in, which includes the rows of the discussions."""
    opened = {thread.ids[row]: thread.authors[row] for row in discussion_rows(thread)}
    return [
        row
        for row, (author, about) in enumerate(zip(thread.authors, thread.discussions, strict=True))
        if author is not None and about is not None and opened.get(about.key) == author
    ]
