"""The widgets of a list screen: a virtualised list with a cursor, and lines of words above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.model import Span
from rumor_tui.reading.position import Reference
from rumor_tui.text import cell_len, fold
from rumor_tui.ui.paint.blocks import clip, runs
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.items_view import Items, ItemsView

CURSOR = "▌"


class FocusedItems(Items, Protocol):
    """Items for a list: `focus` is the one that the cursor is on."""

    focus: int


class ListView(ItemsView):
    """Shows items, of which the cursor is on one."""

    @dataclass
    class Chosen(Message):
        """An item was clicked twice."""

        item: int

    def __init__(self, items: FocusedItems, *, id: str) -> None:
        super().__init__(items, id=id)
        self.listed = items
        self._wanted: tuple[int, int] | None = None

    @property
    def cursor(self) -> int:
        """The item under the cursor."""
        return self.listed.focus

    def go(self, item: int) -> bool:
        """Put the cursor on an item and bring it into sight; outside the list it goes nowhere."""
        if not 0 <= item < len(self.rows):
            return False
        self.listed.focus = item
        if self._wanted is not None:  # a key came before the view has a size
            self._wanted = item, self._wanted[1]
        self.show(item)
        return True

    def leap(self, rows: int) -> None:
        """Scroll, and move the cursor with the screen; at the end of the list only the cursor moves."""
        if not len(self.rows):
            return
        y = self.screen_row(self.cursor) or 0
        before = self.top
        self.scroll_rows(rows)
        if self.top == before:
            self.go(len(self.rows) - 1 if rows > 0 else 0)
        else:
            place = next((p for p in reversed(self.placed[: y + 1]) if p is not None), self.top)
            self.go(place.item)

    def advance(self, items: int, rows: int = 0) -> None:
        """Scroll by rows, and move the cursor by items, both as far as the list goes."""
        if not len(self.rows):
            return
        self.listed.focus = min(max(self.cursor + items, 0), len(self.rows) - 1)
        if rows:
            self.scroll_rows(rows)
        self.show(self.cursor)

    def scroll_rows(self, rows: int) -> None:
        """Scroll; a cursor whose item leaves the screen moves to the nearest item that is on it."""
        super().scroll_rows(rows)
        if len(self.rows) and not self.on_screen(self.cursor):
            seen = [place.item for place in self.placed if place is not None]
            if seen:
                self.listed.focus = seen[0] if rows > 0 else seen[-1]
                self.compose_rows()

    def items_on_screen(self) -> list[int]:
        """The items that have a row on screen, in order."""
        return sorted({place.item for place in self.placed if place is not None})

    def kept(self) -> Reference:
        """The cursor's item where it stands, or the first row."""
        y = self.screen_row(self.cursor)
        return Reference(self.cursor, -1, y) if y is not None else Reference(self.top.item, -1, 0)

    def reference_at_old_width(self) -> Reference:
        """The cursor stays where it is."""
        return self.kept()

    def take(self, item: int, y: int) -> None:
        """Show other items, with the cursor on one of them at a row of the screen, without blank rows at the end.

        A view that has no size yet does this as soon as it has one.
        """
        self._wanted = None if self.size.area else (item, y)
        self.listed.focus = item
        self.renew(Reference(item, -1, y))
        if self.placed and len(self.rows):
            last = self.bottom()
            self.top = min(self.top, last, key=lambda place: (place.item, place.row))
            self.show(item)

    def fit_to(self, size: Size) -> None:
        """Take a size; with the first one, put the cursor where `take` wants it."""
        super().fit_to(size)
        if self._wanted is not None and size.area:
            self.take(*self._wanted)

    def press(self, x: int, y: int) -> None:
        """A click puts the cursor on an item."""
        place = self.placed[y] if y < len(self.placed) else None
        if place is not None:
            self.go(place.item)

    def on_click(self, event: events.Click) -> None:
        """A double click chooses the item."""
        place = self.placed[event.y] if event.y < len(self.placed) else None
        if event.chain == 2 and event.x < self.text_width and place is not None:
            self.post_message(self.Chosen(place.item))


Words = Sequence[tuple[str, Style]]


class Lines(Widget):
    """A few lines of words above or instead of a list."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def __init__(self, palette: Palette, *, id: str) -> None:
        super().__init__(id=id)
        self.palette = palette
        self.lines: list[Words] = []
        self.display = False

    def say(self, lines: list[Words]) -> None:
        """Show these lines; without any the widget takes no room."""
        if lines == self.lines:
            return
        grown = len(lines) != len(self.lines)
        self.lines = lines
        self.display = bool(lines)
        self.refresh(layout=grown)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row for each line."""
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        """One of the lines, clipped to the width."""
        width = self.size.width
        words = self.lines[y] if y < len(self.lines) else ()
        return Strip(clip_words(words, width)).adjust_cell_length(width, self.palette.text)


def clip_words(words: Words, width: int) -> list[Segment]:
    """Words as segments of at most `width` cells, the last one cut with an ellipsis if need be."""
    found: list[Segment] = []
    left = width
    for text, style in words:
        if left <= 0:
            break
        part = clip(text, left) if cell_len(text) > left else text
        found.append(Segment(part, style))
        left -= cell_len(text)
    return found


def highlight(text: str, needle: str, palette: Palette, base: Style) -> list[Segment]:
    """A text in a base style, with `needle` (folded) highlighted wherever it occurs."""
    spans, folded, size = [], fold(text), len(needle)
    at = folded.find(needle) if size else -1
    while at >= 0:
        spans.append(Span(at, at + size, "match"))
        at = folded.find(needle, at + size)
    return style_text(text, spans, palette, base)


def style_text(text: str, spans: Sequence[Span], palette: Palette, base: Style) -> list[Segment]:
    """A text with its spans in their styles."""
    found, start = [], 0
    for end, style in runs(len(text), spans, palette, base):
        found.append(Segment(text[start:end], style))
        start = end
    return found


def row_strip(segments: list[Segment], width: int, palette: Palette) -> Strip:
    """Segments as a strip of exactly this width."""
    return Strip(segments).adjust_cell_length(width, palette.text)
