"""What a comment shows of what is remembered: that it is new or unread, edited, or gone at its source.

Each of these is a sign or a word, so that it can be told without colours and is read out by a screen reader.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final

from rich.style import Style

from rumor_tui.labels import format_date
from rumor_tui.model import Span

if TYPE_CHECKING:
    from rumor_tui.ui.panes.comment_looks import CommentLooks

NEW, NEW_READ, UNREAD = " ●", " ○", " •"
"""Stands behind the author of a comment that is new, that is new and has been read by now, or that is only unread."""
EDITED: Final = " edited"
GONE: Final = " deleted"
ENDLESS: Final = 1 << 40
"""An offset behind the end of any text."""


def marks_state(items: CommentLooks, row: int) -> Hashable:
    """What of all this the look of a comment depends on."""
    memory = items.memory
    if memory is None or not memory.shows:
        return 0
    folded = items.tree.folded[row]
    counts = memory.counts_in(row, items.tree.end(row)) if folded else None
    return memory.is_unread(row), memory.is_new(row), row in memory.edited, memory.gone.get(row), counts


def signs(items: CommentLooks, row: int) -> list[tuple[str, Style]]:
    """What stands behind a comment's author. The sign of a folded one speaks of all that is folded with it."""
    memory, palette = items.memory, items.palette
    if memory is None or not memory.shows:
        return []
    folded = items.tree.folded[row]
    unread, fresh = memory.is_unread(row), memory.is_fresh(row)
    if folded:
        counts = memory.counts_in(row, items.tree.end(row))
        unread, fresh = counts.unread > 0, counts.fresh > 0
    found = []
    if fresh:
        found.append((NEW, palette.accent))
    elif unread or memory.is_new(row):
        found.append((UNREAD if unread else NEW_READ, palette.quiet))
    if row in memory.gone:  # an open one says so below its header
        found += [(GONE, palette.quiet)] if folded else []
    elif row in memory.edited:
        found.append((EDITED, palette.quiet))
    return found


def new_below(items: CommentLooks, row: int) -> str:
    """How many new comments are folded with one: "4 new"."""
    memory = items.memory
    fresh = memory.counts_in(row, items.tree.end(row)).fresh if memory is not None else 0
    return f"{fresh:,} new" if fresh else ""


def gone_words(items: CommentLooks, row: int) -> str:
    """That a comment is at its source no more, and since when; "" of one that is there."""
    since = items.memory.gone.get(row) if items.memory is not None else None
    return "" if since is None else f"deleted at the source since {format_date(since)}"


def gone_spans(items: CommentLooks, row: int) -> list[Span]:
    """What strikes through the text of a comment that is at its source no more."""
    return [Span(0, ENDLESS, "strike")] if items.memory is not None and row in items.memory.gone else []
