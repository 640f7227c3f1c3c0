"""The line under the title: bright over the pane that has the keys."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.ui.theme import Palette


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
