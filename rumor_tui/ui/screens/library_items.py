"""The rows of the library's list as items: two lines each, the title with its counts and the facts below it."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.labels import format_age, format_written, plural
from rumor_tui.library_types import LibraryEntry
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.library_rows import SAMPLE, Row, merge_entries
from rumor_tui.ui.screens.listing_items import AGE, DATE, LONGEST, host_of
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip

ROWS: Final = 2
"""Lines of a row."""
COLUMNS: Final = (("new", 6, 20, 40), ("unread", 8, 76, 76), ("comments", 9, 32, 50))
"""The counts at the right: their nouns, the cells of a number, and the columns of the screen from which there are the
numbers, and the nouns too."""
TAGS: Final = 12
"""The most tags that a row tells."""


class LibraryItems:
    """Item k is the row `rows[k]`; `entries` are all threads of the library."""

    outline: Outline | None = None

    def __init__(self, palette: Palette, *, now: float) -> None:
        self.palette = palette
        self.now = now
        self.entries: Sequence[LibraryEntry] = ()
        self.rows: Sequence[Row] = ()
        self.focus = 0
        self.needle = ""
        self.absolute_dates = False
        self._grouped = False
        self._merged: dict[tuple[int, ...], LibraryEntry] = {}

    def take(self, entries: Sequence[LibraryEntry], rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self.entries, self.rows = entries, rows
        self._merged = {}
        self._grouped = any(len(row.entries) > 1 for row in rows)

    def entry(self, item: int) -> LibraryEntry:
        """What a row stands for: a thread, or all discussions of an article together."""
        places = self.rows[item].entries
        if len(places) == 1:
            return self.entries[places[0]]
        if places not in self._merged:
            self._merged[places] = merge_entries([self.entries[at] for at in places])
        return self._merged[places]

    def heights(self, width: int) -> array[int]:
        """Each row has the same height."""
        return array("i", [ROWS]) * len(self.rows)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        row, entry = self.rows[item], self.entry(item)
        counts = entry.comments, entry.unread, entry.fresh, entry.marked, entry.notes
        told = entry.title, entry.site, tuple(entry.tags), entry.followed, self._date(entry)
        look = item == self.focus, self.absolute_dates, self._grouped, self.needle, self.palette.name
        return row.nested, row.unfolded, len(row.entries), entry.thread_id, *counts, *told, *look

    def paint(self, item: int, width: int) -> Painted:
        """The two lines of a row."""
        into = Painted()
        into.add(self._title_row(item, width))
        into.add(self._facts_row(item, width))
        return into

    # The title and the counts

    def _lead(self, item: int) -> Segment:
        return Segment(CURSOR, self.palette.cursor) if item == self.focus else Segment(" ", self.palette.text)

    def _sign(self, row: Row) -> str:
        """What stands before the title: the sign of a group, and room for it where there are any."""
        if len(row.entries) > 1:
            return "▾ " if row.unfolded else "▸ "
        return "    " if row.nested else "  " if self._grouped else ""

    def _title_row(self, item: int, width: int) -> Strip:
        row, entry, palette = self.rows[item], self.entry(item), self.palette
        counts = self._counts(entry, width)
        room = width - 2 - sum(cell_len(text) for text, _ in counts)
        sign = clip(self._sign(row), max(room, 0))
        left = max(room - cell_len(sign), 0)
        words = neutralise_line((entry.site if row.nested else entry.title)[:LONGEST]) or "(no title)"
        title = clip(words, left) if left else ""
        parts = [
            self._lead(item),
            Segment(sign, palette.quiet),
            *highlight(title, self.needle, palette, self._title_style(item, entry)),
            Segment(" " * max(left - cell_len(title), 0), palette.text),
            *(Segment(text, style) for text, style in counts),
        ]
        return row_strip(parts, width, palette)

    def _title_style(self, item: int, entry: LibraryEntry) -> Style:
        """Dimmed where nothing is left to read, so that what is unread stands out."""
        if item == self.focus:
            return self.palette.strong
        return self.palette.text if entry.unread or entry.thread_id == SAMPLE else self.palette.quiet

    def _counts(self, entry: LibraryEntry, width: int) -> list[tuple[str, Style]]:
        """The counts in their columns: the figures end below each other, and so do the nouns. A zero is left blank."""
        counts = {"new": entry.fresh, "unread": entry.unread, "comments": entry.comments}
        cells: list[tuple[str, Style]] = []
        for noun, digits, least, roomy in COLUMNS:
            if width < least:
                continue
            count, name = counts[noun], f" {noun}" if width >= roomy else ""
            number = f"{'' if name or noun != 'new' else '+'}{count:,}"
            words = number.rjust(digits) + (name[:-1] if count == 1 and noun == "comments" else name)
            cells_wide = digits + len(name)
            style = self.palette.accent if noun == "new" else self.palette.quiet
            cells.append((words.ljust(cells_wide) if count else " " * cells_wide, style))
        return cells

    # The facts

    def _facts_row(self, item: int, width: int) -> Strip:
        row, entry, palette = self.rows[item], self.entry(item), self.palette
        date, room = self._date(entry), DATE if self.absolute_dates else AGE
        column = date + " " * (max(room - cell_len(date), 0) + 2)
        facts = " · ".join(filter(None, self._facts(row, entry)))
        indent = "  " + " " * cell_len(self._sign(row))
        words = clip(indent + column + facts, max(width - 2, 1))
        return row_strip([self._lead(item), *highlight(words, self.needle, palette, palette.quiet)], width, palette)

    def _facts(self, row: Row, entry: LibraryEntry) -> list[str]:
        """What is told of a thread besides its counts."""
        site = neutralise_line(entry.site) or host_of(entry.address or entry.source)
        site = site or neutralise_line(entry.source.rpartition("/")[2])
        several = f"{plural(len(row.entries), 'discussion')}: {site}" if len(row.entries) > 1 else site
        title = neutralise_line(entry.title[:LONGEST])
        return [
            title if row.nested else several,
            "followed" if entry.followed else "",
            " ".join(f"#{neutralise_line(tag)}" for tag in entry.tags[:TAGS]),
            f"★ {entry.marked:,}" if entry.marked else "",
            f"✎ {entry.notes:,}" if entry.notes else "",
        ]

    def _date(self, entry: LibraryEntry) -> str:
        """When something in a thread last changed."""
        if entry.thread_id == SAMPLE:
            return ""
        return format_written(entry.active) if self.absolute_dates else format_age(entry.active, self.now)
