"""The entries of a listing as items of a list: two rows each, the title with its count and the facts below it."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from itertools import islice
from typing import Protocol
from urllib.parse import urlsplit

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.labels import format_age, format_written, plural
from rumor_tui.links import openable
from rumor_tui.model import Entry, Listing
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip

ROWS = 2
"""Rows of an entry."""
DIGITS = 7
"""Cells of a count, right-aligned: up to 999,999."""
NOUN = 9
"""Cells of the noun behind it."""
ROOMY = 50
"""Columns from which the noun is shown."""
LONGEST = 400
"""The most characters of a title or a summary that are shown."""
POINTS = 6
"""Cells of the points, right-aligned, where a list has any."""
AGE = 9
"""Cells of an age beside the points: "11 months"."""
DATE = 16
"""Cells of an exact date there."""
_LOOKED_AT = 50
"""Entries of which one must have points, so that the facts stand in columns."""


class Counts(Protocol):
    """The comments of entries for which the listing has no number."""

    known: dict[int, int | None]

    @property
    def possible(self) -> bool:
        """Whether there is a way to count at all."""


class EntryItems:
    """Item k is the k-th entry that is shown: the row `order[k]` of the listing."""

    outline: Outline | None = None

    def __init__(self, listing: Listing, palette: Palette, counting: Counts, *, now: float) -> None:
        self.palette = palette
        self.now = now
        self.order: Sequence[int] = range(len(listing.entries))
        self.focus = 0
        self.needle = ""
        self.absolute_dates = False
        self.opened: set[str] = set()
        """The entries that have been opened, by `entry_key`: their titles are dimmed."""
        self.take_listing(listing, counting)

    def take_listing(self, listing: Listing, counting: Counts) -> None:
        """Show the entries of another state of the list."""
        self.listing = listing
        self.counting = counting
        self.has_points = any(entry.score is not None for entry in islice(listing.entries, _LOOKED_AT))
        self.host = host_of(listing.source)
        self.site_first = listing.noun == "discussion"
        """Whether entries are told apart by their sites, as they are all about the same page."""

    def heights(self, width: int) -> array[int]:
        """Each entry has the same height."""
        return array("i", [ROWS]) * len(self.order)

    def _count(self, row: int, entry: Entry) -> int | None:
        """How many comments an entry has; None if that is not known."""
        return self.counting.known.get(row) if entry.comments is None else entry.comments

    def _uncounted(self, row: int, entry: Entry) -> bool:
        """Whether an entry is still to be counted."""
        return entry.comments is None and self.counting.possible and row not in self.counting.known

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        row = self.order[item]
        entry = self.listing.entries[row]
        return (
            row,
            item == self.focus,
            self._count(row, entry),
            self._uncounted(row, entry),
            self._date(entry),
            self.has_points,
            self.absolute_dates,
            entry_key(entry) in self.opened,
            self.needle,
            self.palette.name,
        )

    def paint(self, item: int, width: int) -> Painted:
        """The two rows of an entry."""
        row = self.order[item]
        entry = self.listing.entries[row]
        into = Painted()
        into.add(self._title_row(item, entry, self._count_words(row, entry, width), width))
        into.add(self._facts_row(item, entry, width))
        return into

    def _lead(self, item: int) -> Segment:
        return Segment(CURSOR, self.palette.cursor) if item == self.focus else Segment(" ", self.palette.text)

    def _title_row(self, item: int, entry: Entry, count: str, width: int) -> Strip:
        palette = self.palette
        room = max(width - 2 - cell_len(count), 1)
        site = f"{clip(neutralise_line(entry.site), room)} · " if self.site_first and entry.site else ""
        left = max(room - cell_len(site), 0)
        title = clip(neutralise_line(entry.title[:LONGEST]) or "(no title)", left) if left else ""
        style = self._title_style(item, entry)
        words = [*highlight(site, self.needle, palette, style), *highlight(title, self.needle, palette, style)]
        gap = Segment(" " * max(left - cell_len(title), 0), palette.text)
        return row_strip([self._lead(item), *words, gap, Segment(count, palette.quiet)], width, palette)

    def _title_style(self, item: int, entry: Entry) -> Style:
        """Dimmed once it has been opened, so that what is new stands out."""
        if entry_key(entry) in self.opened:
            return self.palette.quiet
        return self.palette.strong if item == self.focus else self.palette.text

    def _count_words(self, row: int, entry: Entry, width: int) -> str:
        """The count in its column: the figures end below each other, and so do the nouns."""
        count, noun = self._count(row, entry), NOUN if width >= ROOMY else 0
        if count is None:
            return ("…" if self._uncounted(row, entry) else "").rjust(DIGITS) + " " * noun
        words = f"{count:,}".rjust(DIGITS)
        return words + (" comment" if count == 1 else " comments").ljust(noun) if noun else words

    def _facts_row(self, item: int, entry: Entry, width: int) -> Strip:
        summary = neutralise_line(entry.summary[:LONGEST]).strip()
        byline, date, site = neutralise_line(entry.byline or ""), self._date(entry), self._site(entry)
        columns = ""
        if not self.has_points:
            parts = [byline, date, site, summary]
        elif width >= ROOMY:
            columns = self._columns(entry.score, date)
            parts = [site, byline, summary]
        else:
            parts = ["" if entry.score is None else plural(entry.score, "point"), date, site, byline, summary]
        words = clip(columns + " · ".join(part for part in parts if part), max(width - 4, 1))
        blank = Segment("  ", self.palette.text)
        return row_strip([self._lead(item), blank, Segment(words, self.palette.quiet)], width, self.palette)

    def _columns(self, score: int | None, date: str) -> str:
        """The points and the date in columns of their own, with a gap behind each."""
        points = "" if score is None else f"{score:,}".rjust(POINTS) + (" point  " if score == 1 else " points  ")
        room = DATE if self.absolute_dates else AGE
        return points.ljust(POINTS + len(" points  ")) + date + " " * (max(room - cell_len(date), 0) + 2)

    def _site(self, entry: Entry) -> str:
        """Where an entry is, or what it is about; nothing where all of the list is."""
        site = neutralise_line(entry.site) or host_of(entry.address)
        return "" if site == self.host or (self.site_first and entry.site) else site

    def _date(self, entry: Entry) -> str:
        if entry.published is not None:
            return format_written(entry.published) if self.absolute_dates else format_age(entry.published, self.now)
        return clip(neutralise_line(entry.published_text or ""), 34)


def entry_key(entry: Entry) -> str:
    """What an entry is recognised by when the list is read anew."""
    return entry.address or entry.title


def host_of(address: str) -> str:
    """The host of an address on the web, in ASCII; "" for a path."""
    real = openable(address) if address else None
    return (urlsplit(real).hostname or "").removeprefix("www.") if real else ""
