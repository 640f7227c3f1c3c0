"""The last look at every line before it is written: no control characters, no links but http(s) ones.

All text is neutral long before it gets here; this holds even where a path was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rumor_tui.links import openable

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Guard(LineFilter):
    """Replaces what must not reach the terminal, cell for cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without controls and without links that are not validated."""
        if not any(_CONTROLS.search(text) or (style is not None and style.link) for text, style, _ in segments):
            return segments
        return [_clean(segment) for segment in segments]


class Chain(LineFilter):
    """Filters one after the other as a single one: Textual then makes and looks up one strip a line, not three."""

    def __init__(self, filters: Sequence[LineFilter]) -> None:
        super().__init__()
        self.filters = tuple(filters)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as the last of the filters leaves them."""
        for line_filter in self.filters:
            segments = line_filter.apply(segments, background)
        return segments


def _clean(segment: Segment) -> Segment:
    text, style, control = segment
    if style is not None and style.link and openable(style.link) != style.link:
        style = style.update_link(None)
    return Segment(_CONTROLS.sub("\ufffd", text), style, control)


GUARD = Guard()
