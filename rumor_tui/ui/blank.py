"""A stretch of the screen with nothing on it, in the colours of the theme."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.ui.theme import Palette


class Blank(Widget):
    """Takes the room that is left."""

    DEFAULT_CSS = "Blank { height: 1fr; width: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette

    def render_line(self, y: int) -> Strip:
        """One empty line."""
        return Strip([Segment(" " * self.size.width, self.palette.text)], self.size.width)
