"""The right pane: the tree of comments, with a cursor that follows a comment wherever it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from textual.message import Message
from textual.strip import Strip

from rumor_tui.layout import Place
from rumor_tui.ui.comment_items import CommentItems
from rumor_tui.ui.view import ItemsView, Reference

STICKY = 3
"""Ancestors at most that stay at the top when their own rows have scrolled away."""


class CommentsView(ItemsView):
    """A cursor on one comment, folds, and the line of ancestors that stays in sight."""

    @dataclass
    class Toggled(Message):
        """The reader has folded or unfolded a comment."""

        row: int

    def __init__(self, items: CommentItems, *, id: str = "comments") -> None:
        super().__init__(items, id=id)
        self.comments = items
        self.outline = items.tree

    # The cursor

    @property
    def cursor(self) -> int:
        """The row of the comment under the cursor."""
        return self.comments.focus

    def margin(self, row: int) -> int:
        """The rows at the top that a comment's ancestors cover when it stands there."""
        return min(STICKY, self.outline.depth[row], max(self.page - 2, 0))

    def go(self, row: int) -> bool:
        """Put the cursor on a visible comment and bring it into sight; -1 goes nowhere."""
        if row < 0 or not len(self.outline):
            return False
        if row != self.comments.peek:
            self.comments.peek = -1
        self.comments.focus = row
        self.show(row, margin=self.margin(row))
        return True

    def reach(self, row: int, offset: int) -> None:
        """Put the cursor on a comment and bring an offset of its text into sight."""
        self.go(row)
        offsets = self.painted(row).offsets
        line = max((y for y, start in enumerate(offsets) if 0 <= start <= offset), default=0)
        y = next((y for y, p in enumerate(self.placed) if p == Place(row, line)), None)
        if y is None or y < self.covered():
            self.top = self.minus(Place(row, line), max(self.page // 4, self.margin(row)))
            self.compose_rows()

    def scroll_rows(self, rows: int) -> None:
        """Move the screen; the cursor goes along when its comment leaves it."""
        super().scroll_rows(rows)
        if len(self.outline) and not self.on_screen(self.cursor):
            seen = [p.item for y, p in enumerate(self.placed) if p is not None and y >= self.covered()]
            if seen:
                self.comments.focus = seen[0] if rows > 0 else seen[-1]
                self.compose_rows()

    # Folds

    def refold(self, change: Callable[[], object], first: int | None = None) -> None:
        """Change folds while what stands under the cursor stays where it is on screen.

        `first`: only the subtree of that row changes; None: any row may.
        """
        if not len(self.outline):
            return
        kept = self.kept()
        change()
        start, end = (0, len(self.outline)) if first is None else (first, self.outline.end(first))
        self.rows.refold(start, end)
        self.comments.focus = self.outline.seen(self.cursor)
        if self.comments.focus < 0:
            self.comments.focus = max(self.outline.first(), 0)
        self.put_back(kept)
        if self.screen_row_of_cursor() is None:
            self.show(self.cursor, margin=self.margin(self.cursor))
        self.compose_rows()

    def screen_row_of_cursor(self) -> int | None:
        """The cursor's screen row, reckoned from the anchor; None when it is above or below the screen."""
        place, y = self.top, 0
        while y < self.page and place.item >= 0:
            if place.item == self.cursor and place.row == 0:
                return y
            y += self.height_of(place.item) - place.row
            place = Place(self.rows.below(place.item), 0)
        return None

    def kept(self) -> Reference:
        """What must not move: the cursor's comment when its header is on screen, else the first row."""
        y = self.screen_row(self.cursor)
        return Reference(self.cursor, -1, y) if y is not None else self.reference()

    def put_back(self, kept: Reference) -> None:
        """As the view does, and never below the first comment."""
        super().put_back(kept)
        if len(self.outline) and self.outline.hidden[self.top.item]:
            self.top = Place(max(self.outline.seen(self.top.item), 0), 0)

    def reference_at_old_width(self) -> Reference:
        """The cursor's header if it is on screen, else as the view does."""
        y = self.screen_row(self.cursor)
        return Reference(self.cursor, -1, y) if y is not None else super().reference_at_old_width()

    def take(self, kept: Reference, row: int) -> None:
        """The items hold another thread now: put the cursor on a row, and what was kept in its place."""
        tree = self.outline = self.comments.tree
        if len(tree):
            seen = tree.seen(row)
            self.comments.focus = seen if seen >= 0 else max(tree.first(), 0)
            if tree.seen(kept.item) < 0:
                kept = Reference(self.comments.focus, -1, 0)
        else:
            self.comments.focus = 0
        self.renew(kept)
        if self.placed and not self.on_screen(self.cursor):
            self.show(self.cursor, margin=self.margin(self.cursor))

    # The line of ancestors

    def sticky(self) -> list[int]:
        """The line of the comment that is read at the top, the root first, as far as its headers have scrolled away.

        Each row that they cover may hide another of them, so the count is raised until it is enough.
        """
        if not self.placed or self.placed[0] is None or self.page < 2 * STICKY:
            return []
        gone: list[int] = []
        for covered in range(STICKY + 1):
            gone = self._out_of_sight(self._read_at(covered), covered)
            if len(gone) <= covered:
                break
        return gone

    def _read_at(self, y: int) -> int:
        """The comment at a screen row; below the last line of one, the next."""
        here, after = self.placed[y], self.placed[y + 1]
        if here is None:
            return self.top.item
        gap = here.row > 0 and after is not None and after.item != here.item
        return after.item if gap and after is not None else here.item

    def _out_of_sight(self, current: int, covered: int) -> list[int]:
        """Up to STICKY of a comment's line, itself included, whose headers stand above the screen's row `covered`."""
        hidden = {p.item for p in self.placed[:covered] if p is not None and p.row == 0}
        gone: list[int] = []
        for row in chain((current,), self.outline.ancestors(current)):
            if row < self.top.item or row in hidden or (row == self.top.item and self.top.row):
                gone.append(row)
                if len(gone) == STICKY:
                    gone[-1] = self.outline.root(current)
                    break
        gone.reverse()
        return gone

    def covered(self) -> int:
        """How many rows at the top the ancestors cover now."""
        return len(self.sticky())

    def overlay(self, strips: list[Strip]) -> None:
        """Draw the ancestors over the first rows."""
        for y, row in enumerate(self.sticky()):
            strips[y] = self.comments.header_row(row, self.text_width, quiet=True)

    # Links and the mouse

    def has_digits(self, item: int) -> bool:
        """The digits open the links of the comment under the cursor."""
        return item == self.cursor

    def press(self, x: int, y: int) -> None:
        """A click puts the cursor on a comment; on its fold mark, or on its header when it is there already, folds."""
        ancestors = self.sticky()
        if y < len(ancestors):
            self.go(ancestors[y])
            return
        place = self.placed[y] if y < len(self.placed) else None
        if place is None:
            return
        on_mark = place.row == 0 and abs(x - self.comments.mark_cell(place.item, self.text_width)) <= 1
        was_here = place.item == self.cursor
        self.go(place.item)
        if place.row == 0 and self.comments.is_muted(place.item):
            if on_mark or was_here:
                self.open_muted(place.item)
        elif place.row == 0 and (on_mark or was_here):
            self.toggle(place.item)

    def open_muted(self, row: int) -> None:
        """Show one comment whose author is muted, and unfold it."""
        kept = self.kept()
        self.comments.opened.add(row)
        if self.outline.folded[row]:
            self.refold(lambda: self.outline.unfold(row), row)
        self.put_back(kept)
        self.show(row, margin=self.margin(row))

    def toggle(self, row: int) -> None:
        """Fold or unfold one comment, as the reader wants it."""
        self.post_message(self.Toggled(row))
        self.refold(lambda: (self.outline.unfold if self.outline.folded[row] else self.outline.fold)(row), row)
