"""The column at the right of a view that shows where the screen stands in the whole."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.ui.theme import Palette


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
