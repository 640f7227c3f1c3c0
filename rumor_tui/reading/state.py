"""The part of a reading that shows in the panes: where the reader is, and how the reader wants comments to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rumor_tui.model import Thread
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.quotes import Passage
from rumor_tui.text import neutralise_line

Peek = Literal["answers", "quotes", "repeats"]
"""What is shown in place: the comments that one answers, the passages that it quotes, the comments that repeat it."""


@dataclass(slots=True)
class ReadingState:
    """Shared by the session, which changes it, and the items of the panes, which paint by it.

    `row` is the comment under the cursor and `in_article` says which pane has the keys. `numbers` are the comments'
    rows in page order where they stand in another order here, and `replies_to` their parents where they are shown flat.
    """

    row: int = 0
    in_article: bool = False
    peek: int = -1
    """The comment in which something is shown in place, or -1; `peek_at` says what."""
    peek_at: Peek = "answers"
    article_peek: tuple[int, Passage] | None = None
    """The article's item with the passage of which it is shown who repeats it, and that passage."""
    muted: frozenset[str] = frozenset()
    opened: set[int] = field(default_factory=set)
    """Comments of muted authors that were opened one by one."""
    lens: str = ""
    """The author whose comments are accented."""
    step: int = 2
    """Cells of indentation per level."""
    absolute_dates: bool = False
    numbers: Sequence[int] | None = None
    replies_to: Sequence[int] | None = None

    def remap(self, replacement: Replacement) -> None:
        """Keep the cursor; what was opened in place belonged to the old state."""
        self.row = replacement.nearest(self.row)
        self.peek, self.article_peek = -1, None
        self.opened.clear()
        self.numbers, self.replies_to = replacement.numbers, replacement.replies_to

    def ordinal(self, row: int) -> int:
        """The comment's position in page order, from 1."""
        return (self.numbers[row] if self.numbers is not None else row) + 1

    def is_muted(self, row: int, thread: Thread) -> bool:
        """Whether a comment is shown as one line because its author is muted."""
        return bool(self.muted) and row not in self.opened and author_of(thread, row) in self.muted


def author_of(thread: Thread, row: int) -> str:
    """A comment's author as shown; "" where nobody signed."""
    return neutralise_line(thread.authors[row] or "")
