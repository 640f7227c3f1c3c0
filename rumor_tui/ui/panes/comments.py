"""The right pane: the tree of comments, with a cursor that follows a comment wherever it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from rumor_tui.layout import Place
from rumor_tui.reading.effects import Effects, Target
from rumor_tui.reading.position import Reference
from rumor_tui.ui.panes.comment_items import CommentItems
from rumor_tui.ui.panes.comment_lines import header_row
from rumor_tui.ui.panes.items_view import ItemsView

STICKY = 3
"""Ancestors at most that stay at the top when their own rows have scrolled away."""


class CommentsView(ItemsView):
    """A cursor on one comment, folds, and the line of ancestors that stays in sight."""

    @dataclass
    class Pressed(Message):
        """A comment was clicked; `opens` where that is to fold, unfold or open it."""

        row: int
        opens: bool

    def __init__(self, items: CommentItems, *, id: str = "comments") -> None:
        super().__init__(items, id=id)
        self.comments = items
        self.follow_bodies(items.bodies)
        self.outline = items.tree
        self.covers = 0
        """How many rows at the top the ancestors cover since the rows were made."""
        self.painted_places: Sequence[Place | None] = ()
        """What stood at each row when the screen was painted last."""
        self.painted_anew: Callable[[], object] = lambda: None
        """Told when the screen was painted."""
        self._begins_with = -1

    def render_lines(self, crop: Region) -> list[Strip]:
        """As the view does; what is painted now is what the reader can have seen."""
        lines = super().render_lines(crop)
        self.painted_places = self.placed
        self.painted_anew()
        return lines

    # The cursor

    @property
    def cursor(self) -> int:
        """The row of the comment under the cursor."""
        return self.comments.reading.row

    def margin(self, row: int) -> int:
        """The rows at the top that a comment's ancestors cover when it stands there."""
        return min(STICKY, self.outline.depth[row], max(self.page - 2, 0))

    def settle(self, effects: Effects, kept: Reference) -> None:
        """Show what a command has made of folds, heights and cursor; `kept` was taken before it ran."""
        changed = effects.refolded or effects.relayout or effects.keep_place or effects.restore or effects.target
        if not changed or not len(self.outline):
            return
        if effects.refolded is not None:
            self.rows.refold(*effects.refolded)
        if effects.relayout:
            self.relayout()
        if effects.keep_place or effects.restore is not None:
            self.put_back(kept if effects.restore is None else effects.restore[0])
            self.compose_rows()
        target = effects.target
        if target is not None and not target.in_article:
            self._bring(target)
        elif effects.refolded is not None and effects.restore is None and self.screen_row_of_cursor() is None:
            self.show_cursor()

    def _bring(self, target: Target) -> None:
        if target.offset is not None:
            self._reach(target.item, target.offset)
        elif not target.only_if_hidden or self.screen_row(target.item) is None:
            self.show(target.item, margin=self.margin(target.item))

    def show_cursor(self) -> None:
        """Bring the comment under the cursor into sight."""
        self.show(self.cursor, margin=self.margin(self.cursor))

    def _reach(self, row: int, offset: int) -> None:
        """Bring an offset of a comment's text into sight."""
        self.show(row, margin=self.margin(row))
        offsets = self.painted(row).offsets
        line = max((y for y, start in enumerate(offsets) if 0 <= start <= offset), default=0)
        y = next((y for y, p in enumerate(self.placed) if p == Place(row, line)), None)
        if y is None or y < self.covered():
            self.top = self.minus(Place(row, line), max(self.page // 4, self.margin(row)))
            self.compose_rows()
        self.reached(row, line, offset)

    def scroll_rows(self, rows: int) -> None:
        """Move the screen; the cursor goes along when its comment leaves it."""
        super().scroll_rows(rows)
        if len(self.outline) and not self.on_screen(self.cursor):
            seen = [p.item for y, p in enumerate(self.placed) if p is not None and y >= self.covered()]
            if seen:
                self.comments.reading.row = seen[0] if rows > 0 else seen[-1]
                self.compose_rows()

    # Keeping the place

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
            self.top = Place(self.outline.shown_near(self.top.item), 0)

    def reference_at_old_width(self) -> Reference:
        """The cursor's header if it is on screen, else as the view does."""
        y = self.screen_row(self.cursor)
        return Reference(self.cursor, -1, y) if y is not None else super().reference_at_old_width()

    def begin_with(self, row: int) -> None:
        """Bring a comment into sight, below the line of its ancestors, from the first painting on."""
        self._begins_with = row

    def fit_to(self, size: Size) -> None:
        """As the view does."""
        super().fit_to(size)
        row = self._begins_with
        if size.area and 0 <= row < len(self.rows):
            self._begins_with = -1
            self.show(row, margin=self.margin(row))

    def take(self, kept: Reference) -> None:
        """The items hold another thread now: put what was kept in its place."""
        tree = self.outline = self.comments.tree
        if len(tree) and tree.seen(kept.item) < 0:
            kept = Reference(self.cursor, -1, 0)
        self.renew(kept)
        if self.placed and not self.on_screen(self.cursor):
            self.show_cursor()

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
        ancestors = self.sticky()
        self.covers = len(ancestors)
        for y, row in enumerate(ancestors):
            strips[y] = header_row(self.comments, row, self.text_width, quiet=True)

    # Links and the mouse

    def has_digits(self, item: int) -> bool:
        """The digits open the links of the comment under the cursor."""
        return item == self.cursor

    def press(self, x: int, y: int) -> None:
        """A click puts the cursor on a comment; on its fold mark, or on its header when it is there already, folds."""
        ancestors = self.sticky()
        if y < len(ancestors):
            self.post_message(self.Pressed(ancestors[y], False))
            return
        place = self.placed[y] if y < len(self.placed) else None
        if place is not None:
            on_mark = abs(x - self.comments.mark_cell(place.item, self.text_width)) <= 1
            opens = place.row == 0 and (on_mark or place.item == self.cursor)
            self.post_message(self.Pressed(place.item, opens))
