"""The line under the title: bright over the pane that has the keys."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.ui.theme import Palette


class Rule(Widget):
    """A horizontal rule that the divider hangs from."""

    DEFAULT_CSS = "Rule { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette, *, id: str = "rule") -> None:
        super().__init__(id=id)
        self.palette = palette
        self.column = -1
        self.right_active = True

    def mark(self, column: int, right_active: bool) -> None:
        """The divider's column (-1: there is none) and which side has the keys."""
        if (column, right_active) != (self.column, self.right_active):
            self.column, self.right_active = column, right_active
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The rule."""
        width, palette = self.size.width, self.palette
        if not 0 <= self.column < width:
            return Strip([Segment("━" * width, palette.rule_bright)], width)
        left, right = ("─", "━") if self.right_active else ("━", "─")
        left_style, right_style = (
            (palette.rule, palette.rule_bright) if self.right_active else (palette.rule_bright, palette.rule)
        )
        return Strip(
            [
                Segment(left * self.column, left_style),
                Segment("┬", palette.rule),
                Segment(right * (width - self.column - 1), right_style),
            ],
            width,
        )
