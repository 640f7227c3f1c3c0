"""A strip of cells that shows where in a thread something occurs: the article at its left, the comments after it.

A cell of dots stands for two stretches of the text, and the more dots a stretch has the more occurs in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment

from rumor_tui.ui.paint.theme import Palette

NOTHING, BORDER = "·", "│"
APART = 8
"""Cells from which on article and comments stand apart, with a border between them."""
FEW = 5
"""Up to so many in one stretch dots tell the count itself, beyond it the share of the highest one."""
ARTICLE_SHARE = 5
"""The article gets one cell in so many, however short it is beside its comments."""

_LEFT = (0, 0x40, 0x44, 0x46, 0x47)
_RIGHT = (0, 0x80, 0xA0, 0xB0, 0xB8)
"""The dots of a half cell by their count, from the bottom up, as bits of the Braille block."""


class Layout(NamedTuple):
    """How many cells the article and the comments have, and the items that stand behind them."""

    article: int
    comments: int
    first_comment: int
    size: int

    def cell_of(self, item: int) -> int:
        """The cell of the strip that an item stands in."""
        if item < self.first_comment and self.article:
            return item * self.article // self.first_comment
        start = self.first_comment if self.article else 0
        lead = self.article + 1 if self.article and self.comments else self.article
        return lead + max(item - start, 0) * self.comments // max(self.size - start, 1)


def layout(first_comment: int, size: int, width: int) -> Layout:
    """Share out a width; without comments, or with little room, nothing stands apart."""
    if size <= first_comment:
        return Layout(width, 0, first_comment, size)
    if width < APART:
        return Layout(0, width, first_comment, size)
    article = max(width // ARTICLE_SHARE, 2)
    return Layout(article, width - article - 1, first_comment, size)


def cells(items: Iterable[int], shape: Layout) -> str:
    """The cells of a strip for the items that something occurs in, an item once for each time."""
    article = [0] * (2 * shape.article)
    comments = [0] * (2 * shape.comments)
    first = shape.first_comment if shape.article else 0
    span = max(shape.size - first, 1)
    for item, times in Counter(items).items():  # counted first: that is quick, and an item may be there many times
        if item < first:
            article[item * len(article) // first] += times
        elif comments:
            comments[min((item - first) * len(comments) // span, len(comments) - 1)] += times
    border = BORDER if shape.article and shape.comments else ""
    most = max(article + comments, default=0)
    return _dots(article, most) + border + _dots(comments, most)


def _dots(counts: list[int], most: int) -> str:
    return "".join(_cell(counts[at], counts[at + 1], most) for at in range(0, len(counts), 2))


def _cell(left: int, right: int, most: int) -> str:
    return chr(0x2800 + _LEFT[_height(left, most)] + _RIGHT[_height(right, most)]) if left or right else NOTHING


def _height(count: int, most: int) -> int:
    """Dots for a count: two at least, which are seen better than one; four for what is near the highest count."""
    if not count:
        return 0
    if most <= FEW:
        return 2 if count == 1 else 3 if count < FEW else 4
    return 2 + (3 * count > most) + (3 * count > 2 * most)


def segments(drawn: str, palette: Palette, here: int = -1) -> list[Segment]:
    """A drawn strip in its colours; the cell `here` stands out."""
    found: list[Segment] = []
    for at, cell in enumerate(drawn):
        style = palette.guide if cell in (NOTHING, BORDER) else palette.accent
        style = palette.current if at == here else style
        if found and found[-1].style == style:
            found[-1] = Segment(found[-1].text + cell, style)
        else:
            found.append(Segment(cell, style))
    return found
