"""The one virtualised view: items of any height, of which only those on screen are parsed, wrapped and painted.

The place on screen is an anchor, `top`: the item and the row in it that the first row shows. It is never an
absolute line, so that folding, resizing and the measuring of what is far away cannot make the text jump.
Textual's own scroll offset stays at zero: the view moves by changing the anchor, and draws its scrollbar itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from rumor_tui.layout import Place, Rows
from rumor_tui.outline import Outline
from rumor_tui.reading.position import Reference
from rumor_tui.ui.paint.blocks import DIGITS, LinkSign, Painted, patch
from rumor_tui.ui.paint.bodies import Bodies
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.bars import row_at, scrollbar
from rumor_tui.ui.widgets.strip_widgets import filtered
from rumor_tui.ui.workers import post

KEPT = 600
"""Painted items that are kept: some screens' worth on the largest of terminals."""
ENDED = 4_000
"""Rows with their cell of the scrollbar that are kept."""
FAR = 6
"""Screens from the end, by guessed heights, beyond which a step of a screen surely does not reach it."""
QUIET = 0.25
"""Seconds without another change of size after which heights are guessed anew."""
WHEEL = 3
"""Rows that a turn of the mouse wheel moves."""


class Items(Protocol):
    """What a view shows. Nothing in it knows the view."""

    palette: Palette
    outline: Outline | None

    def heights(self, width: int) -> array[int]:
        """The guessed heights of all items at a width."""
        ...

    def paint(self, item: int, width: int) -> Painted:
        """The rows of one item at a width, as it is now (one row when it is folded)."""
        ...

    def state(self, item: int) -> tuple[Hashable, ...]:
        """All that `paint` depends on besides the item and the width."""
        ...


class ItemsView(ScrollView, can_focus=True):
    """Shows items by rows, from the anchor downwards.

    `page` is the count of rows on screen, `text_width` the cells of a row besides the scrollbar (both at least 1).
    """

    DEFAULT_CSS = """
    ItemsView { overflow: hidden hidden; height: 1fr; width: 1fr; background: $background; }
    """

    @dataclass
    class Moved(Message):
        """The view shows another place."""

        view: ItemsView

    class BodyRead(Message, bubble=False):
        """More of what is shown has been worked out."""

    def __init__(self, items: Items, *, id: str) -> None:
        super().__init__(id=id)
        self.items = items
        self.top = Place(0, 0)
        outline = items.outline
        # The heights of a thread are guessed once, when the width is known.
        self.rows = Rows(items.heights(40) if outline is None else array("i", [1]) * len(outline), outline)
        self._placed: list[Place | None] = []
        self.link_signs: list[LinkSign] = []
        self._painted: OrderedDict[tuple[Hashable, ...], Painted] = OrderedDict()
        self._strips: list[Strip] = []
        self._before_batch: list[Strip] | None = None
        self._stale = False
        self._ended: dict[tuple[int, int], tuple[Strip, Strip, Strip]] = {}
        self._laid_out = 0
        self._guessing: Timer | None = None
        self._settled: tuple[Place, Reference] | None = None
        self._fitted = Size(0, 0)
        self._begins_at: Reference | None = None
        self.page = 1
        self.text_width = 1
        self._dragging = False
        self._bodies: Bodies | None = None

    # Painting

    def painted(self, item: int) -> Painted:
        """The rows of an item, from the cache if nothing that they depend on has changed."""
        key = (item, self.text_width, *self.items.state(item))
        found = self._painted.get(key)
        if found is None:
            found = self.items.paint(item, self.text_width)
            self._painted[key] = found
            if len(self._painted) > KEPT:
                self._painted.popitem(last=False)
        else:
            self._painted.move_to_end(key)
        return found

    def height_of(self, item: int) -> int:
        """The exact height of a visible item as it is now, which is taken over into the sums."""
        return self._measured(item, self.painted(item))

    def _measured(self, item: int, painted: Painted) -> int:
        rows = len(painted.strips)
        outline = self.items.outline
        if self.rows.full[item] != rows and (outline is None or not outline.folded[item]):
            self.rows.measure(item, rows)
        return rows

    @property
    def placed(self) -> list[Place | None]:
        """What stands at each row of the screen."""
        if self._stale:
            self._make_rows()
        return self._placed

    @contextmanager
    def paint_once(self) -> Iterator[None]:
        """Paint once, at the end, however often rows change meanwhile; no `Moved` tells of it."""
        self._before_batch = self._strips
        try:
            yield
        finally:
            before, self._before_batch = self._before_batch, None
            if self._stale:
                self._make_rows()
            if before is not self._strips:
                self._paint_changes(before)

    def compose_rows(self) -> None:
        """Make the rows of the screen anew from the anchor, and have those painted that changed.

        Within `paint_once` that waits until the rows are needed.
        """
        if self._before_batch is not None:
            self._stale = True
            return
        before = self._strips
        self._make_rows()
        self._paint_changes(before)
        self.post_message(self.Moved(self))

    def _paint_changes(self, before: list[Strip]) -> None:
        """Have the rows painted that are not as before."""
        if len(before) != len(self._strips) or not before:
            self.refresh()
        elif changed := changed_rows(before, self._strips):
            self.refresh(*[Region(0, start, self._fitted.width, end - start) for start, end in changed])

    def _make_rows(self) -> None:
        """Make the rows of the screen, without painting any.

        A view that is out of sight has no size, but comes back with its last one: its rows are kept ready.
        """
        self._stale = False
        if not self._fitted.area or not len(self.rows):
            self._strips = []
            return
        strips, self._placed, self.link_signs = self._rows_from_top()
        self._sign_links(strips)
        self.overlay(strips)
        self._strips = self._with_scrollbar(strips)

    def _rows_from_top(self) -> tuple[list[Strip], list[Place | None], list[LinkSign]]:
        strips: list[Strip] = []
        places: list[Place | None] = []
        signs: list[LinkSign] = []
        item, skip = self.top.item, self.top.row
        while item >= 0 and len(strips) < self.page:
            painted = self.painted(item)
            y = len(strips) - skip
            for row in range(skip, min(self._measured(item, painted), self.page - y)):
                strips.append(painted.strips[row])
                places.append(Place(item, row))
            if painted.links and self.has_digits(item):
                on_screen = (s for s in painted.links if 0 <= y + s.row < self.page)
                signs += [LinkSign(y + s.row, s.cell, s.target) for s in on_screen]
            item, skip = self.rows.below(item), 0
        blank = Strip([Segment(" " * self.text_width, self.items.palette.text)], self.text_width)
        missing = self.page - len(strips)
        return strips + [blank] * missing, places + [None] * missing, signs

    def has_digits(self, item: int) -> bool:
        """Whether the digits open the links of this item."""
        return True

    def overlay(self, strips: list[Strip]) -> None:
        """Draw over the first rows what must stay in sight."""

    def _sign_links(self, strips: list[Strip]) -> None:
        style = self.items.palette.accent
        for sign, digit in zip(self.link_signs, DIGITS, strict=False):
            strips[sign.row] = patch(strips[sign.row], sign.cell, digit, style)

    def _with_scrollbar(self, strips: list[Strip]) -> list[Strip]:
        """The strips with the last column added."""
        width = self._fitted.width
        if width <= 1:
            return strips
        start = self.rows.top_of(self.top.item) + self.top.row
        column = scrollbar(self.rows.total, self.page, start, self.items.palette)
        if len(self._ended) > ENDED:
            self._ended.clear()
        # The same strips as before, if they are still used: making one takes longer than looking it up, and what
        # Textual makes of a strip is kept with it.
        joined: list[Strip] = []
        for strip, end in zip(strips, column, strict=True):
            key = (id(strip), id(end))
            made = self._ended.get(key)
            if made is None or made[0] is not strip or made[1] is not end:
                made = self._ended[key] = strip, end, Strip([*strip, *end], width)
            joined.append(made[2])
        return joined

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the screen, as `render_line` has them: a view draws all its cells itself."""
        self.fit()
        size = self.size
        strips = self._strips[crop.y : crop.bottom]
        missing = crop.height - len(strips)
        strips = filtered(self, strips + [self._blank_row(size.width)] * missing)
        whole = crop.column_span == (0, size.width)
        return strips if whole else [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        self.fit()
        if y < len(self._strips):
            return self._strips[y]
        return self._blank_row(self.size.width)

    def _blank_row(self, width: int) -> Strip:
        return Strip([Segment(" " * width, self.items.palette.text)], width)

    def restyle(self) -> None:
        """Another palette, or anything else that changes how all of it looks but not its heights."""
        self._strips = []
        self.compose_rows()

    # Moving

    def plus(self, place: Place, rows: int) -> Place:
        """The place `rows` rows further down, or the last one."""
        item, row = place.item, place.row + rows
        while row >= (height := self.height_of(item)):
            below = self.rows.below(item)
            if below < 0:
                return Place(item, height - 1)
            item, row = below, row - height
        return Place(item, row)

    def minus(self, place: Place, rows: int) -> Place:
        """The place `rows` rows further up, or the first one."""
        item, row = place.item, place.row - rows
        while row < 0:
            above = self.rows.above(item)
            if above < 0:
                return Place(item, 0)
            item = above
            row += self.height_of(item)
        return Place(item, row)

    def bottom(self) -> Place:
        """The anchor with which the last row of all stands at the bottom of the screen."""
        last = self.rows.last().item
        return self.minus(Place(last, self.height_of(last) - 1), self.page - 1)

    def scroll_rows(self, rows: int) -> None:
        """Move the screen; downwards not beyond the last row."""
        if not len(self.rows):
            return
        if rows < 0:
            self.top = self.minus(self.top, -rows)
        else:
            self.top = self._not_beyond(self.plus(self.top, rows))
        self.compose_rows()

    def _not_beyond(self, there: Place) -> Place:
        """A new anchor, or the last one that leaves no blank rows (or the present one, if that is below it)."""
        if self.rows.total - self.rows.top_of(there.item) - there.row > FAR * self.page:
            return there  # measuring the end of the page is for those who are near it
        limit = max(self.bottom(), self.top, key=lambda place: (place.item, place.row))
        return min(there, limit, key=lambda place: (place.item, place.row))

    def screen_row(self, item: int) -> int | None:
        """The screen row at which the first row of an item stands; None when it is out of sight."""
        for y, place in enumerate(self.placed):
            if place is not None and place.item == item:
                return y if place.row == 0 else None
        return None

    def on_screen(self, item: int) -> bool:
        """Whether any row of an item is on screen."""
        return any(place is not None and place.item == item for place in self.placed)

    def show(self, item: int, *, margin: int = 0, row: int = 0) -> None:
        """Bring an item (or one row of it) into sight with as little movement as that takes.

        `margin` rows at the top are covered. What is far away is shown a quarter down the screen.
        """
        first, y = Place(item, row), None
        for at, place in enumerate(self.placed):
            if place is not None and place.item == item and place.row >= row:
                y = at
                break
        rest = 1 if row else len(self.painted(item).strips)
        adjacent_below = y is None and item == self._item_below_screen()
        if y is not None and self.placed[y] == first:
            if y < margin:
                self.top = self.minus(first, margin)
            elif y + rest > self.page:
                self.top = self.plus(self.top, min(y + rest - self.page, max(y - margin, 0)))
        elif adjacent_below:
            self.top = self.minus(Place(item, row + min(rest, self.page - margin) - 1), self.page - 1)
        elif y is not None or item == self.rows.above(self.top.item):
            self.top = self.minus(first, margin)
        else:
            self.top = min(
                self.minus(first, max(margin, self.page // 4)), self.bottom(), key=lambda place: (place.item, place.row)
            )
        self.compose_rows()

    def _item_below_screen(self) -> int:
        last = next((place for place in reversed(self.placed) if place is not None), None)
        return -1 if last is None else self.rows.below(last.item)

    # Keeping the place

    def reference(self) -> Reference:
        """What now stands at the first row."""
        if not self.top.row:
            return Reference(self.top.item, -1, 0)
        return self._reference_in(self.painted(self.top.item))

    def _reference_in(self, painted: Painted | None) -> Reference:
        """The first row, named by the text that stands in it or, where it is blank, above it in the item, which is then
        above the screen."""
        offsets = painted.offsets[: self.top.row + 1] if painted is not None and self.top.row else []
        offset = max(offsets, default=-1)
        return Reference(self.top.item, offset, offsets.index(offset) - self.top.row if offset >= 0 else 0)

    def begin_at(self, kept: Reference) -> None:
        """Show a reference at its place from the first painting on."""
        self._begins_at = kept

    def standing(self) -> Reference:
        """What stands where: the first row on screen that an offset names without doubt, with its screen row."""
        for y, place in enumerate(self.placed):
            if place is None:
                break
            if not place.row:
                return Reference(place.item, -1, y)
            offset, *below = self.painted(place.item).offsets[place.row : place.row + 2]
            if below and 0 <= offset < below[0]:  # a row without an offset shares the one above it: see `put_back`
                return Reference(place.item, offset, y)
        return self.reference()

    def put_back(self, kept: Reference) -> None:
        """Move the anchor so that the reference stands where it stood."""
        if not len(self.rows):
            return
        item = kept.item if self.items.outline is None else self.items.outline.shown_near(kept.item)
        row = 0
        if kept.offset >= 0 and item == kept.item:
            offsets = self.painted(item).offsets
            if kept.offset in offsets:
                row = offsets.index(kept.offset)
            else:  # rows without an offset take the one above
                row = max(bisect_right(list(accumulate(offsets, max)), kept.offset) - 1, 0)
        self.height_of(item)
        there, y = Place(item, row), min(kept.y, self.page - 1)
        self.top = self.minus(there, y) if y >= 0 else self.plus(there, -y)
        self._settled = (self.top, kept)

    # Long bodies

    def follow_bodies(self, bodies: Bodies) -> None:
        """Show long bodies of the items when they have been worked out."""
        self._bodies = bodies
        bodies.listen(lambda: post(self, self.BodyRead()))

    def on_mount(self) -> None:
        """Show what came before there was anybody to tell."""
        self._take_bodies()

    def on_items_view_body_read(self) -> None:
        """Show what has come."""
        self._take_bodies()

    def _take_bodies(self) -> None:
        """Show what has come of long bodies, and keep what stood where it stood."""
        if self._bodies is None or not self._bodies.waiting:
            return
        kept = self.what_stays()
        self._bodies.take()
        if self._fitted.area and len(self.rows):
            self.put_back(kept)
            self.compose_rows()

    def what_stays(self) -> Reference:
        """What must not move: what was last put at its place, unless the screen was moved since, or the first row."""
        if self._settled is not None and self._settled[0] == self.top and self._settled[1].offset >= 0:
            return self._settled[1]
        return self.reference()

    def reached(self, item: int, row: int, offset: int) -> None:
        """An offset of an item was brought into sight, in this row of it: if the body is not read yet, as far as it is.

        Where the offset really stands shows when the body has come.
        """
        if self._bodies is not None and self._bodies.waits(item):
            y = next((y for y, place in enumerate(self.placed) if place == Place(item, row)), 0)
            self._settled = self.top, Reference(item, offset, y)

    def on_resize(self, event: events.Resize) -> None:
        """Take the new size, if painting has not done so yet."""
        self.fit()

    def fit(self) -> None:
        """Take over the view's size when it has changed, and keep what stood where it stood.

        Textual paints before it tells of a new size: done here, the first paint at a new size is right.
        """
        self.fit_to(self.size)

    def fit_to(self, size: Size) -> None:
        """Take over a size; also one that the view is about to have, so that moving in it can begin at once."""
        if size == self._fitted or not size.area:
            return
        kept = self.reference_at_old_width() if self._laid_out and self.placed else self._begins_at
        self._begins_at = None
        shrunk, wider = size.height < self._fitted.height, size.width != self._fitted.width
        self._fitted = size
        self.page, self.text_width = max(size.height, 1), max(size.width - 1, 1)
        if not len(self.rows):
            return
        if self._laid_out != self.text_width:
            self._guess_when_quiet()
        if kept is not None and (shrunk or wider):
            self.put_back(replace(kept, y=min(kept.y, max(self.page - 3, 0))) if shrunk else kept)
        self._make_rows()
        self.post_message(self.Moved(self))

    def _guess_when_quiet(self) -> None:
        """Take the new width at once, but guess all the heights anew only when the size has come to rest.

        What is on screen is measured; the rest only moves the scrollbar, and must not make dragging stutter.
        """
        first = not self._laid_out
        self._laid_out = self.text_width
        if first:
            self.relayout()
            return
        if self._guessing is not None:
            self._guessing.stop()
        self._guessing = self.set_timer(QUIET, self._guess_anew)

    def _guess_anew(self) -> None:
        self._guessing = None
        self.relayout()
        self.compose_rows()

    def reference_at_old_width(self) -> Reference:
        """The reference, taken from what was painted before the width changed.

        While nobody has scrolled it stays the one of the resize before: else many of them would creep upwards.
        """
        if self._settled is not None and self._settled[0] == self.top and self._settled[1].offset >= 0:
            return self._settled[1]
        key = (self.top.item, self._laid_out, *self.items.state(self.top.item))
        return self._reference_in(self._painted.get(key))

    def relayout(self) -> None:
        """Guess all heights anew."""
        self._laid_out = self.text_width
        self.rows = Rows(self.items.heights(self.text_width), self.items.outline)

    def renew(self, kept: Reference) -> None:
        """The items are other ones than before: forget how they looked, and put `kept`, which is one of them, back."""
        self._painted.clear()
        self._settled = None
        fitted = bool(self._fitted.area)
        self.rows = Rows(self.items.heights(self.text_width if fitted else 40), self.items.outline)
        if fitted and len(self.rows):
            self._laid_out = self.text_width
            self.put_back(kept)
        else:
            self.top, self._placed = Place(kept.item if len(self.rows) else 0, 0), []
        self.compose_rows()

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(-WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scrollbar, or press on an item."""
        if event.x >= self.text_width:
            self._dragging = True
            self.capture_mouse()
            self._jump_to_bar(event.y)
        else:
            self.press(event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scrollbar."""
        if self._dragging:
            self._jump_to_bar(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the scrollbar."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _jump_to_bar(self, y: int) -> None:
        if len(self.rows):
            self.top = self.rows.locate(row_at(y, self.rows.total, self.page))
            self.compose_rows()

    def press(self, x: int, y: int) -> None:
        """A mouse button went down on a row."""


def changed_rows(before: Sequence[Strip], after: Sequence[Strip]) -> list[tuple[int, int]]:
    """The stretches of rows, start up to but not including end, that are not the same as before."""
    stretches: list[tuple[int, int]] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            if stretches and stretches[-1][1] == y:
                stretches[-1] = (stretches[-1][0], y + 1)
            else:
                stretches.append((y, y + 1))
    return stretches
