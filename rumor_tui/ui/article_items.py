"""The article as items of a view: its head (title, byline, date), then its pieces."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

from rich.segment import Segment

from rumor_tui.layout import guess_heights
from rumor_tui.model import Block, Thread
from rumor_tui.outline import Outline
from rumor_tui.text import neutralise_line
from rumor_tui.times import absolute
from rumor_tui.ui.body import MEASURE, body_blocks, paint_blocks
from rumor_tui.ui.marking import Highlighter, NoHighlights, within
from rumor_tui.ui.paint import Frame, Painted, blank_row, paint_block
from rumor_tui.ui.theme import Palette
from rumor_tui.words import title_of


class ArticleItems:
    """Item 0 is the head, item k the k-th piece."""

    outline: Outline | None = None

    def __init__(self, thread: Thread, palette: Palette) -> None:
        self.take(thread)
        self.palette = palette
        self.highlighter: Highlighter = NoHighlights()

    def take(self, thread: Thread) -> None:
        """Show this thread's article from now on."""
        self.thread = thread
        self.article = thread.article

    def heights(self, width: int) -> array[int]:
        """The guessed heights at a width."""
        pieces = self.article.pieces
        return array("i", [3]) + guess_heights([len(piece) for piece in pieces], min(width, MEASURE) - 2, 1)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        return (self.palette.name, self.highlighter.state(item))

    def paint(self, item: int, width: int) -> Painted:
        """The rows of the head or of a piece."""
        into = Painted()
        frame = Frame(self.palette, width, (Segment(" ", self.palette.text),), 1)
        narrow = Frame(self.palette, max(min(width - 1, MEASURE), 1), frame.before, 1)
        if item == 0:
            self._paint_head(narrow, into)
        else:
            blocks = body_blocks(self.article.pieces[item - 1], self.article.format, self.thread.repair)
            paint_blocks(blocks, narrow, self.highlighter.spans(item), 0, into)
        into.add(blank_row(frame))
        if narrow.width < width:
            into.strips = [strip.extend_cell_length(width, self.palette.text) for strip in into.strips]
        return into

    def _paint_head(self, frame: Frame, into: Painted) -> None:
        title = title_of(self.thread) or "(no title)"
        paint_block(Block("heading", title, level=1), frame, within(self.highlighter.spans(0), 0, len(title)), 0, into)
        facts = self._facts()
        if facts:
            quiet = Frame(self.palette, frame.width, frame.before, 1, self.palette.quiet)
            paint_block(Block("paragraph", facts), quiet, (), -1, into)

    def _facts(self) -> str:
        article = self.article
        date = absolute(article.published) if article.published is not None else article.published_text
        score = None if article.score is None else f"{article.score} points"
        parts = [article.byline, date, score, article.url]
        return " · ".join(neutralise_line(part) for part in parts if part)
