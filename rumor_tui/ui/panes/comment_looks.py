"""What the parts that a comment is painted of ask of the items that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.reading.annotated import Annotated
from rumor_tui.reading.context import ReadingState
from rumor_tui.reading.highlights import Highlighter
from rumor_tui.reading.missing_replies import MissingReplies
from rumor_tui.reading.quotes import ThreadQuotes
from rumor_tui.ui.paint.theme import Palette

if TYPE_CHECKING:
    from rumor_tui.reading.memory import Memory


class CommentLooks(Protocol):
    """The thread and how the reader wants it to look: see `CommentItems`, which has all of this."""

    thread: Thread
    tree: Outline
    reading: ReadingState
    palette: Palette
    memory: Memory | None
    missing: MissingReplies
    highlighter: Highlighter
    quoting: ThreadQuotes
    annotated: Annotated
    first_item: int
    original_poster: str | None

    @property
    def posters(self) -> Mapping[str | None, str | None]:
        """Who posted each discussion, by its key."""
        ...

    def lead(self, row: int, width: int, focus: bool = True) -> list[Segment]:
        """The cursor's cell and the guides of the levels above."""
        ...

    def mark_cell(self, row: int, width: int) -> int:
        """The cell of a comment's fold mark."""
        ...

    def author_of(self, row: int) -> str:
        """The author as shown."""
        ...

    def number(self, row: int) -> str:
        """The name of a comment that has no other."""
        ...

    def date(self, row: int, exact: bool) -> str:
        """When a comment was written, as far as known."""
        ...

    def first_words(self, row: int, most: int = 400) -> str:
        """How a comment's text starts, on one line."""
        ...
