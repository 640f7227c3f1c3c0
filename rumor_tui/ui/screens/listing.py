"""The screen of a listing: threads or pages to choose from, with their counts, narrowing, and opening one of them."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from time import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from rich.segment import Segment
from textual.message import Message
from textual.message_pump import MessagePump
from textual.strip import Strip

from rumor_tui.labels import format_age, format_written, plural
from rumor_tui.links import openable
from rumor_tui.loading import LoadJob, LoadStep, Services
from rumor_tui.model import Entry, Listing, Thread
from rumor_tui.outline import Outline
from rumor_tui.settings import Settings
from rumor_tui.text import cell_len, fold, neutralise_line
from rumor_tui.ui.keys import LISTING, with_overrides
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen, show_rows
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip
from rumor_tui.ui.workers import Came, Loader, post, start_worker

if TYPE_CHECKING:
    from rumor_tui.ui.screens.help import HelpSection


class Counting:
    """Counts the comments of the entries on screen that the listing gives no count for, one entry after the other.

    `known` are the counts by entry, None where one is not to be had. `owner` gets a message for each.
    """

    @dataclass
    class Counted(Message):
        """One more count is known."""

        counting: Counting
        entry: int

    def __init__(self, owner: MessagePump, count: Callable[[int], int | None] | None) -> None:
        self.known: dict[int, int | None] = {}
        self._owner = owner
        self._count = count
        self._wanted: list[int] = []
        self._wake = threading.Event()
        self._closing = False
        self._started = False

    @property
    def possible(self) -> bool:
        """Whether there is a way to count at all."""
        return self._count is not None

    def want(self, entries: Sequence[int]) -> None:
        """Count these next and no others: what has gone out of sight is not wanted any more."""
        if self._count is None or self._closing:
            return
        self._wanted = [entry for entry in entries if entry not in self.known]
        if not self._wanted:
            return
        if not self._started:
            self._started = True
            start_worker(self._work, "counting")
        self._wake.set()

    def close(self) -> None:
        """Count no more."""
        self._closing = True
        self._wanted = []
        self._wake.set()

    def _work(self) -> None:
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            while (entry := next((e for e in self._wanted if e not in self.known), -1)) >= 0:
                self.known[entry] = self._counted(entry)
                if not self._closing:
                    post(self._owner, self.Counted(self, entry))

    def _counted(self, entry: int) -> int | None:
        """The count of an entry; None for one that cannot be read, which opening it will say."""
        try:
            return self._count(entry) if self._count is not None else None
        except Exception:
            return None


class Narrowing:
    """Finds the entries whose title or byline holds `text`, in any case; their words are read once, in a thread."""

    @dataclass
    class Ready(Message):
        """The words have been read."""

        narrowing: Narrowing

    def __init__(self, owner: MessagePump, entries: Sequence[Entry]) -> None:
        self.text = ""
        self._owner = owner
        self._entries = entries
        self._words: list[str] | None = None
        self._started = False

    def prepare(self) -> None:
        """Begin to read the entries, if that has not begun."""
        if not self._started:
            self._started = True
            start_worker(self._read, "narrowing")

    def rows(self) -> Sequence[int] | None:
        """The entries that hold the text, in their order; None while they are still being read."""
        if not self.text:
            return range(len(self._entries))
        if self._words is None:
            self.prepare()
            return None
        needle = fold(self.text)
        return [row for row, words in enumerate(self._words) if needle in words]

    def _read(self) -> None:
        self._words = [fold(f"{neutralise_line(e.title)}\n{neutralise_line(e.byline or '')}") for e in self._entries]
        post(self._owner, self.Ready(self))


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


class EntryItems:
    """Item k is the k-th entry that is shown: the row `order[k]` of the listing."""

    outline: Outline | None = None

    def __init__(self, listing: Listing, palette: Palette, counting: Counting, *, now: float) -> None:
        self.listing = listing
        self.palette = palette
        self.counting = counting
        self.now = now
        self.order: Sequence[int] = range(len(listing.entries))
        self.focus = 0
        self.needle = ""
        self.absolute_dates = False

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
        title = clip(neutralise_line(entry.title[:LONGEST]) or "(no title)", room)
        words = highlight(title, self.needle, palette, palette.strong if item == self.focus else palette.text)
        gap = Segment(" " * max(room - cell_len(title), 0), palette.text)
        return row_strip([self._lead(item), *words, gap, Segment(count, palette.quiet)], width, palette)

    def _count_words(self, row: int, entry: Entry, width: int) -> str:
        """The count in its column: the figures end below each other, and so do the nouns."""
        count, noun = self._count(row, entry), NOUN if width >= ROOMY else 0
        if count is None:
            return ("…" if self._uncounted(row, entry) else "").rjust(DIGITS) + " " * noun
        words = f"{count:,}".rjust(DIGITS)
        return words + (" comment" if count == 1 else " comments").ljust(noun) if noun else words

    def _facts_row(self, item: int, entry: Entry, width: int) -> Strip:
        summary = neutralise_line(entry.summary[:LONGEST]).strip()
        parts = [neutralise_line(entry.byline or ""), self._date(entry), host_of(entry.address), summary]
        words = clip(" · ".join(part for part in parts if part), max(width - 4, 1))
        blank = Segment("  ", self.palette.text)
        return row_strip([self._lead(item), blank, Segment(words, self.palette.quiet)], width, self.palette)

    def _date(self, entry: Entry) -> str:
        if entry.published is not None:
            return format_written(entry.published) if self.absolute_dates else format_age(entry.published, self.now)
        return clip(neutralise_line(entry.published_text or ""), 34)


def host_of(address: str) -> str:
    """The host of an address on the web, in ASCII; "" for a path."""
    real = openable(address) if address else None
    return (urlsplit(real).hostname or "").removeprefix("www.") if real else ""


MOUSE = (
    ("click", "Put the cursor on an entry; twice, open it"),
    ("wheel", "Scroll"),
    ("drag", "Move the scrollbar"),
)


def opening_of(listing: Listing, entry: int, services: Services | None = None) -> LoadJob:
    """How an entry is opened: from its address where the listing itself does not hold the content, else at once."""
    if listing.elsewhere and services is not None and (address := listing.entries[entry].address):
        return services.open(address)

    def opening(stop: Event) -> Iterator[LoadStep]:
        yield LoadStep(listing.open(entry))

    return opening


class Opener(Protocol):
    """Opens the entries of a list otherwise than the list itself would."""

    def open_entry(self, entry: int) -> None:
        """Show an entry."""

    def open_all(self) -> str:
        """Show all entries as one; the answer is a sentence that says why not, or empty."""

    def close(self) -> None:
        """The list is closed."""


class ListingScreen(ListScreen, inherit_bindings=False):
    """Entries to open, each on a screen of its own above this one.

    `loader` is the opening that the listing itself comes from, if that goes on: then the list grows. An `opener` opens
    the entries otherwise than from the listing or from their addresses.
    """

    READABLE = True
    NOWHERE = "no entry"
    PERIOD = 60.0

    def __init__(
        self,
        listing: Listing,
        settings: Settings,
        palette: Palette,
        services: Services | None = None,
        loader: Loader | None = None,
        *,
        opener: Opener | None = None,
    ) -> None:
        self.opener = opener
        self.listing = listing
        self.services = services
        self.counting = Counting(self, listing.count)
        self.narrowing = Narrowing(self, listing.entries)
        self.entry_items = EntryItems(listing, palette, self.counting, now=time())
        self.entry_items.absolute_dates = settings.dates == "absolute"
        super().__init__(self.entry_items, with_overrides(settings.keys, LISTING), palette, id="entries")
        self._growing = loader

    def begin(self) -> None:
        """Go on loading the list."""
        if self._growing is not None:
            self.follow_loader(self._growing)

    @property
    def complete(self) -> bool:
        """Whether the list does not grow any more."""
        return self._growing is None

    def on_unmount(self) -> None:
        """End counting and loading. (Textual runs the handlers of the base screens, too.)"""
        self.counting.close()
        if self._growing is not None:
            self._growing.abandon()
        if self.opener is not None:
            self.opener.close()

    def take_news(self) -> None:
        """Bring ages up to date."""
        self.entry_items.now = time()
        self.view.compose_rows()

    # Moving

    def leap(self, rows: int) -> None:
        """Move the cursor by whole entries, at least by one, and the screen with it."""
        entries = max(abs(rows) // ROWS, 1) * (1 if rows > 0 else -1)
        self.view.advance(entries, entries * ROWS)

    # The lines

    @property
    def entry(self) -> int:
        """The entry under the cursor, or -1."""
        order = self.entry_items.order
        return order[self.view.cursor] if len(order) else -1

    def title_line(self) -> Title:
        """What is listed, and how many entries there are."""
        palette, all_of_it = self.palette, plural(len(self.listing.entries), self.listing.noun)
        shown = f"{len(self.entry_items.order):,} of {all_of_it}" if self.text else all_of_it
        title = neutralise_line(self.listing.title) or "(no title)"
        return Title([(title, palette.bar_accent)], f"{shown}   rumor-tui", (shown,))

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.entry_items.absolute_dates = not self.entry_items.absolute_dates
        self.view.compose_rows()

    # Counts

    def view_moved(self) -> None:
        """Count what is on screen now."""
        self.count_what_is_seen()

    def count_what_is_seen(self) -> None:
        """Have the entries on screen counted that have no count; none while an entry is being opened."""
        opening = self.loader is not None and self.loader is not self._growing
        order = self.entry_items.order
        seen = [] if opening else [order[item] for item in self.view.items_on_screen() if item < len(order)]
        self.counting.want([entry for entry in seen if self.listing.entries[entry].comments is None])

    def on_counting_counted(self, message: Counting.Counted) -> None:
        """Show another count."""
        if message.counting is self.counting:
            self.view.compose_rows()

    # Opening

    def choose(self) -> None:
        """Open the entry under the cursor."""
        if self.entry < 0:
            self.tell("There is no entry to open.")
            return
        if self.opener is not None:
            self.opener.open_entry(self.entry)
            return
        if self.loader is self._growing:
            self.loader = None  # the list goes on loading; `_leave_opening` comes back to it
        name = neutralise_line(self.listing.entries[self.entry].title) or "(no title)"
        self.follow_loader(Loader(opening_of(self.listing, self.entry, self.services), name))
        self.count_what_is_seen()

    action_open_entry = choose

    def action_read_all(self) -> None:
        """Open all entries as one."""
        refusal = self.opener.open_all() if self.opener is not None else "These are no discussions of one article."
        if refusal:
            self.tell(refusal)

    def idle_keys(self) -> frozenset[str]:
        """Only the discussions of one article can be read as one."""
        return super().idle_keys() if self.opener is not None else super().idle_keys() | {"read-all"}

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Show what was opened on a screen of its own, and another state of the list on this one."""
        if loader is not self._growing:
            self._leave_opening()
            self.post_message(Came(content))
        elif isinstance(content, Listing):
            self.replace_listing(content)

    def loading_ended(self, loader: Loader) -> None:
        """The list is whole, or an entry could not be opened."""
        super().loading_ended(loader)
        if loader is self._growing:
            self._growing = None
        else:
            self._leave_opening()

    def _leave_opening(self) -> None:
        """Stop waiting for an entry; go back to the list's own opening, if that goes on."""
        self.forget_loader()
        if self._growing is not None:
            self.follow_loader(self._growing)
        self.count_what_is_seen()

    def action_clear(self) -> None:
        """Stop what is being opened; else show the whole list again."""
        loader = self.loader
        if loader is not None and loader is not self._growing:
            loader.abandon()
            self._leave_opening()
            self.tell("Not opened.")
        elif loader is not None:
            self.stop_loading()
        elif self.text:
            self.narrow("")

    def replace_listing(self, listing: Listing) -> None:
        """Show another state of the same list; the cursor stays where it is."""
        known = self.counting.known
        old, new = self.listing.entries, listing.entries
        self.counting.close()
        self.counting = Counting(self, listing.count)
        self.counting.known = {e: n for e, n in dict(known).items() if e < len(new) and new[e] == old[e]}
        self.narrowing = Narrowing(self, new)
        self.listing = self.entry_items.listing = listing
        self.entry_items.counting = self.counting
        self.narrow(self.text)

    # Narrowing

    def action_search(self) -> None:
        """Narrow the list by typing."""
        self.narrowing.prepare()
        super().action_search()

    def show_items(self) -> None:
        """Show the entries that hold the text, as soon as they have been read."""
        self.narrowing.text = self.text
        rows = self.narrowing.rows()
        if rows is not None:
            self.entry_items.needle = fold(self.text)
            show_rows(self.view, self.entry_items, rows)

    def on_narrowing_ready(self, message: Narrowing.Ready) -> None:
        """The entries have been read: narrow by what was typed meanwhile."""
        if message.narrowing is self.narrowing and self.text:
            self.narrow(self.text)

    # Browser and clipboard

    def action_open_page(self) -> None:
        """Open the entry's page in the browser."""
        address = self.listing.entries[self.entry].address if self.entry >= 0 else ""
        if address:
            self.ask_to_open(address)
        else:
            self.tell("This entry has no address of its own.")

    def action_copy_link(self) -> None:
        """Copy the entry's address."""
        address = self.listing.entries[self.entry].address if self.entry >= 0 else ""
        if address:
            shown = openable(address) or neutralise_line(address)
            self.app.copy_to_clipboard(shown)
            self.tell(f"Copied {shown}")
        else:
            self.tell("This entry has no address of its own.")
