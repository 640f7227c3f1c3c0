"""Comments out of many threads as items of a list: who wrote what where and when, and below it the words themselves."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.labels import format_age, format_written
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Span
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, fold, neutralise_line
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip, style_text

ROWS: Final = 2
"""Lines of a passage."""
AUTHOR: Final = 20
"""Cells of an author's name where there is a column for it, and the columns of the screen from which there is one."""
COLUMN_FROM: Final = 76
DATED_FROM: Final = 30
LONGEST: Final = 400
"""The most characters of a title or of the words that are shown."""


class Passage(NamedTuple):
    """Words of a thread of the library, and where they stand. Without an author `label` says what they are.

    `spans` are what of `text`, which is neutral and on one line, is to be lit.
    """

    thread_id: int
    handle: int
    title: str
    site: str = ""
    author: str | None = None
    label: str = ""
    moment: float | None = None
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    address: str = ""

    @property
    def words(self) -> str:
        """What a list is narrowed by, folded."""
        return fold("\n".join(map(neutralise_line, (self.title, self.site, self.author or "", self.label, self.text))))


class PassageItems:
    """Item k is the passage `order[k]` of all; those in `done` (by thread and handle) are dimmed."""

    outline: Outline | None = None

    def __init__(self, palette: Palette, *, now: float) -> None:
        self.palette = palette
        self.now = now
        self.passages: Sequence[Passage] = ()
        self.order: Sequence[int] = ()
        self.done: set[tuple[int, int]] = set()
        self.focus = 0
        self.needle = ""
        self.absolute_dates = False

    def passage(self, item: int) -> Passage:
        """The passage of an item."""
        return self.passages[self.order[item]]

    def is_done(self, passage: Passage) -> bool:
        """Whether it is dimmed."""
        return (passage.thread_id, passage.handle) in self.done

    def heights(self, width: int) -> array[int]:
        """Each has the same height."""
        return array("i", [ROWS]) * len(self.order)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        passage = self.passage(item)
        look = self.needle, self.absolute_dates, self.palette.name
        return passage, item == self.focus, self.is_done(passage), self._date(passage), *look

    def paint(self, item: int, width: int) -> Painted:
        """The two lines of a passage."""
        into, passage = Painted(), self.passage(item)
        into.add(self._head(item, passage, width))
        into.add(self._words(item, passage, width))
        return into

    def _lead(self, item: int) -> Segment:
        return Segment(CURSOR, self.palette.cursor) if item == self.focus else Segment(" ", self.palette.text)

    def _head(self, item: int, passage: Passage, width: int) -> Strip:
        palette = self.palette
        told = ("read" if self.is_done(passage) else "", self._date(passage))
        date = " · ".join(filter(None, told)) if width >= DATED_FROM else ""
        room = max(width - 2 - (cell_len(date) + 2 if date else 0), 0)
        name = clip(neutralise_line(passage.author or passage.label)[:LONGEST] or UNSIGNED, min(room, AUTHOR))
        column = AUTHOR if width >= COLUMN_FROM else cell_len(name)
        gap = " " * (max(column - cell_len(name), 0) + 2)
        left = max(room - cell_len(name) - len(gap), 0)
        title = clip(" · ".join(filter(None, map(neutralise_line, (passage.title[:LONGEST], passage.site)))), left)
        segments = [
            self._lead(item),
            *highlight(name, self.needle, palette, self._name_style(passage)),
            Segment(gap, palette.text),
            *highlight(title, self.needle, palette, palette.quiet),
            Segment(" " * max(left - cell_len(title), 0), palette.text),
            Segment(f"  {date}" if date else "", palette.quiet),
        ]
        return row_strip([segment for segment in segments if segment.text], width, palette)

    def _name_style(self, passage: Passage) -> Style:
        if self.is_done(passage):
            return self.palette.quiet
        return self.palette.author(passage.author) if passage.author else self.palette.accent

    def _words(self, item: int, passage: Passage, width: int) -> Strip:
        palette = self.palette
        base = palette.quiet if self.is_done(passage) else palette.strong if item == self.focus else palette.text
        words = clip(neutralise_line(passage.text[:LONGEST]), max(width - 4, 1))
        if self.needle:
            parts = highlight(words, self.needle, palette, base)
        else:
            shown = len(words)
            spans = [Span(start, min(end, shown), "match") for start, end in passage.spans if start < shown]
            parts = style_text(words, spans, palette, base)
        return row_strip([self._lead(item), Segment("  ", palette.text), *parts], width, palette)

    def _date(self, passage: Passage) -> str:
        if passage.moment is None:
            return ""
        return format_written(passage.moment) if self.absolute_dates else format_age(passage.moment, self.now)
