"""Where the reader is, and what everything that holds rows of a thread must be able to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.row_map import RowMap

if TYPE_CHECKING:
    from rumor_tui.search.index.conversation import PageOrder


@dataclass(frozen=True, slots=True)
class Reference:
    """What to keep in place while heights change: this offset of this item's text (-1: its start) at a screen row."""

    item: int
    offset: int
    y: int


class OnScreen(NamedTuple):
    """An item of the article of which the rows `first` to `last` are on screen; `offsets` are those of all its rows."""

    item: int
    first: int
    last: int
    offsets: Sequence[int]


class Viewport(Protocol):
    """What only the screen knows: what is in sight, and where."""

    def article_place(self) -> tuple[int, int]:
        """The article's item at the first row on screen, and the offset in its text."""
        ...

    def article_on_screen(self) -> list[OnScreen]:
        """The article's items on screen, from the top."""
        ...

    def references(self) -> tuple[Reference, Reference]:
        """Where the comments and the article stand."""
        ...


class NoViewport:
    """Nothing is on screen: the article is at its beginning."""

    def article_place(self) -> tuple[int, int]:
        """The article's head."""
        return 0, 0

    def article_on_screen(self) -> list[OnScreen]:
        """Nothing."""
        return []

    def references(self) -> tuple[Reference, Reference]:
        """Both panes stand at their beginnings."""
        return Reference(0, -1, 0), Reference(0, -1, 0)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another state of the thread, or another order of its comments, takes the place of the one that is read.

    `row_map` says where rows stand now, `outline` is the tree before, with its folds. `pieces` are the article's before
    and now: an item counts the article's head and pieces first, then the comments. `order`, where the comments only
    stand in another order, is the row before of each row now; `page` is given where that is not the page's order, and
    `replies_to` are the rows that comments answer where they are shown flat.
    """

    thread: Thread
    row_map: RowMap
    outline: Outline
    pieces: tuple[int, int]
    order: Sequence[int] | None = None
    page: PageOrder | None = None
    replies_to: Sequence[int] | None = None

    @property
    def numbers(self) -> Sequence[int] | None:
        """The comments' rows in page order, where they do not stand in it."""
        return self.page.numbers if self.page is not None else None

    def item(self, item: int) -> int:
        """Where an item stands now, or -1 where it is gone."""
        before, now = self.pieces[0] + 1, self.pieces[1] + 1
        if item < before:
            return item if item < now else -1
        row = self.row_map.of(item - before)
        return row + now if row >= 0 else -1

    def nearest(self, row: int) -> int:
        """Where a comment stands now; one that is gone is replaced by its nearest ancestor, or by the first comment."""
        return self.row_map.first((row, *self.outline.ancestors(row))) if row < len(self.outline) else 0

    def in_comments(self, kept: Reference, instead: int) -> Reference:
        """A reference in the comments; where its comment is gone, the row `instead` of the new state."""
        row = self.row_map.of(kept.item) if kept.item < len(self.outline) else -1
        return Reference(row, kept.offset, kept.y) if row >= 0 else Reference(instead, -1, kept.y)

    def in_article(self, kept: Reference) -> Reference:
        """A reference in the article; where its piece is gone, the last one."""
        return kept if kept.item <= self.pieces[1] else Reference(self.pieces[1], -1, 0)


class Remappable(Protocol):
    """Whatever holds rows of the thread."""

    def remap(self, replacement: Replacement) -> None:
        """The thread is replaced: let everything point at the same comments in the new state."""
        ...
