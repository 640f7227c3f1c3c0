"""The lines around the panes: title and status, the rule, the divider and the scrollbar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.text import cell_len
from rumor_tui.ui.paint.blocks import clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.strip_widgets import filtered


def right_room(width: int) -> int:
    """How many cells the right part of a bar may have at most; a longer one is left out."""
    return max(width * 2 // 3, width - 24)


class Bar(Widget):
    """One line: something at the left, something quieter at the right."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette, *, id: str) -> None:
        super().__init__(id=id)
        self.palette = palette
        self._left: list[tuple[str, Style]] = []
        self._right = ""
        self._shorter: Sequence[str] = ()
        self._hints: Sequence[tuple[str, int]] = ()

    def say(
        self,
        left: list[tuple[str, Style]],
        right: str = "",
        hints: Sequence[tuple[str, int]] = (),
        *,
        shorter: Sequence[str] = (),
    ) -> None:
        """Show these parts; nothing is painted when they are the same as before.

        `hints` are (words, rank): as many as fit, the lowest ranks first, stand at the left in their own order.
        `shorter` is what the right part shrinks to, step by step, rather than cut the left one short.
        """
        if (left, right, hints, shorter) != (self._left, self._right, self._hints, self._shorter):
            self._left, self._right, self._hints, self._shorter = left, right, hints, shorter
            self.refresh()

    def _right_part(self, width: int) -> str:
        """The right part, of which the shortest form stands firm while it leaves the left one some room."""
        room = width - 4 - sum(cell_len(text) for text, _ in self._left)
        forms = (self._right, *self._shorter)
        right = next((form for form in forms if cell_len(form) <= room), forms[-1])
        return right if cell_len(right) <= right_room(width) else ""

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def render_line(self, y: int) -> Strip:
        """The line at the widget's width."""
        width, palette = self.size.width, self.palette
        right = self._right_part(width)
        segments = [Segment(" ", palette.bar)]
        room = width - 2 - (cell_len(right) + 2 if right else 0)
        used = 0
        for text, style in self._left or [(fitting(self._hints, room), palette.bar_quiet)]:
            part = clip(text, room - used)
            segments.append(Segment(part, style))
            used += cell_len(part)
        if right:
            segments += [Segment(" " * max(width - used - cell_len(right) - 2, 1), palette.bar)]
            segments += [Segment(right + " ", palette.bar_quiet)]
        return Strip(segments).adjust_cell_length(width, palette.bar)


def fitting(hints: Sequence[tuple[str, int]], room: int) -> str:
    """As many hints as fit in `room` cells, the lowest ranks first, in their own order."""
    shown: list[str] = []
    used = -2
    for hint, _ in sorted(hints, key=itemgetter(1)):
        cells = cell_len(hint) + 2
        if used + cells <= room:
            shown.append(hint)
            used += cells
    return "  ".join(hint for hint, _ in hints if hint in shown)


class Divider(Widget):
    """The rule between the panes; it can be dragged."""

    DEFAULT_CSS = "Divider { width: 1; height: 1fr; }"

    @dataclass
    class Dragged(Message):
        """The divider is pulled to a column of the screen."""

        column: int

    def __init__(self, palette: Palette, *, id: str = "divider") -> None:
        super().__init__(id=id)
        self.palette = palette
        self._held = False

    def render_line(self, y: int) -> Strip:
        """One cell of the rule."""
        return Strip(
            [Segment("┃" if self._held else "│", self.palette.rule_bright if self._held else self.palette.rule)], 1
        )

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rule: all its cells are the same."""
        return filtered(self, [self.render_line(crop.y)]) * crop.height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        event.stop()
        self._held = True
        self.capture_mouse()
        self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        if self._held:
            self.post_message(self.Dragged(event.screen_x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self._held = False
        self.release_mouse()
        self.refresh()


class Rule(Widget):
    """A horizontal rule that the divider hangs from."""

    DEFAULT_CSS = "Rule { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette, divider: Widget, *, id: str = "rule") -> None:
        super().__init__(id=id)
        self.palette = palette
        self.divider = divider
        self.right_active = True

    def mark(self, right_active: bool) -> None:
        """Say which side of the divider has the keys."""
        self.right_active = right_active
        self.refresh()

    @property
    def column(self) -> int:
        """Where the divider stands, -1 where there is none; asked when painting, after the layout is made."""
        return self.divider.region.x if self.divider.display else -1

    def render_line(self, y: int) -> Strip:
        """The rule."""
        width, palette, column = self.size.width, self.palette, self.column
        if not 0 <= column < width:
            return Strip([Segment("━" * width, palette.rule_bright)], width)
        left, right = ("─", "━") if self.right_active else ("━", "─")
        left_style, right_style = (
            (palette.rule, palette.rule_bright) if self.right_active else (palette.rule_bright, palette.rule)
        )
        return Strip(
            [
                Segment(left * column, left_style),
                Segment("┬", palette.rule),
                Segment(right * (width - column - 1), right_style),
            ],
            width,
        )


def scrollbar(total: int, page: int, start: int, palette: Palette) -> list[Strip]:
    """One strip of one cell for each of `page` rows; a thumb where `start` of `total` rows stands at the top.

    Nothing is drawn when all rows are on screen.
    """
    track, thumb = _cells(palette)
    if total <= page and not start:
        return [track] * page
    size = max(1, min(page, page * page // max(total, 1)))
    at = min(page - size, start * (page - size) // max(total - page, 1)) if total > page else 0
    return [thumb if at <= y < at + size else track for y in range(page)]


@lru_cache(maxsize=16)
def _cells(palette: Palette) -> tuple[Strip, Strip]:
    """The strips of the track and of the thumb, the same ones each time."""
    return Strip([Segment(" ", palette.text)], 1), Strip([Segment("▐", palette.guide)], 1)


def row_at(y: int, total: int, page: int) -> int:
    """The row that stands at the top when the thumb is pulled to the cell `y`."""
    return max(0, total - page) * max(y, 0) // max(page - 1, 1)
