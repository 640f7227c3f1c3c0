"""Widgets that give Textual their lines as they are: no borders, no padding, nothing to be worked out line by line.

For every repaint, however small, Textual asks every widget that overlaps it for all of its lines, also containers that
are covered by what they contain. Line by line that is most of what a key costs; here it is a list of strips.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def filtered(widget: Widget, strips: Sequence[Strip]) -> list[Strip]:
    """The strips as Textual's line filters leave them; a strip keeps what became of it."""
    background = widget.background_colors[1]
    filters = widget.get_line_filters()
    found = list(strips)
    for line_filter in filters:
        found = [strip.apply_filter(line_filter, background) for strip in found]
    return found


def blank_lines(widget: Widget, crop: Region) -> list[Strip]:
    """Lines with nothing on them, in the widget's colours."""
    return filtered(widget, [Strip.blank(crop.width, widget.visual_style.rich_style)]) * crop.height


class PaneRow(Horizontal):
    """Panes side by side, which cover it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing is to be seen of it."""
        return blank_lines(self, crop)


class PaneColumn(Vertical):
    """What stands below each other in a pane, and covers it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing is to be seen of it."""
        return blank_lines(self, crop)
