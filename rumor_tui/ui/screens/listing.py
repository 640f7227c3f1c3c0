"""The screen of a listing: threads or pages to choose from and to open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event
from time import time
from typing import TYPE_CHECKING

from rumor_tui.labels import plural
from rumor_tui.links import openable
from rumor_tui.loading import LoadJob, LoadStep, Services
from rumor_tui.model import Listing, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.keyed import Title
from rumor_tui.ui.keys import LISTING, with_overrides
from rumor_tui.ui.screens import listing_items
from rumor_tui.ui.screens.list_screen import ListScreen, show_rows
from rumor_tui.ui.screens.listing_items import EntryItems
from rumor_tui.ui.screens.listing_workers import Counting, Narrowing
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.workers import Arriving, Came

if TYPE_CHECKING:
    from rumor_tui.ui.screens.help import HelpSection

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


class ListingScreen(ListScreen, inherit_bindings=False):
    """Entries to open, each on a screen of its own above this one.

    `arriving` is the opening that the listing itself comes from, if that goes on: then the list grows.
    """

    READABLE = True
    NOWHERE = "no entry"
    PERIOD = 60.0
    ROWS = listing_items.ROWS

    def __init__(
        self,
        listing: Listing,
        settings: Settings,
        palette: Palette,
        services: Services | None = None,
        arriving: Arriving | None = None,
    ) -> None:
        self.listing = listing
        self.services = services
        self.counting = Counting(self, listing.count)
        self.narrowing = Narrowing(self, listing.entries)
        self.entry_items = EntryItems(listing, palette, self.counting, now=time())
        self.entry_items.absolute_dates = settings.dates == "absolute"
        super().__init__(self.entry_items, with_overrides(settings.keys, LISTING), palette, id="entries")
        self._growing = arriving

    def begin(self) -> None:
        """Go on loading the list."""
        if self._growing is not None:
            self.await_arrivals(self._growing)

    def on_unmount(self) -> None:
        """End counting and loading. (Textual runs the handlers of the base screens, too.)"""
        self.counting.close()
        if self._growing is not None:
            self._growing.abandon()

    def take_news(self) -> None:
        """Bring ages up to date."""
        self.entry_items.now = time()
        self.view.compose_rows()

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
        opening = self.arriving is not None and self.arriving is not self._growing
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
        if self.arriving is self._growing:
            self.arriving = None  # the list goes on loading; `_leave_opening` comes back to it
        name = neutralise_line(self.listing.entries[self.entry].title) or "(no title)"
        self.await_arrivals(Arriving(opening_of(self.listing, self.entry, self.services), name))
        self.count_what_is_seen()

    action_open_entry = choose

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """Show what was opened on a screen of its own, and another state of the list on this one."""
        if arriving is not self._growing:
            self._leave_opening()
            self.post_message(Came(content))
        elif isinstance(content, Listing):
            self.replace_listing(content)

    def arrivals_over(self, arriving: Arriving) -> None:
        """The list is whole, or an entry could not be opened."""
        super().arrivals_over(arriving)
        if arriving is self._growing:
            self._growing = None
        else:
            self._leave_opening()

    def _leave_opening(self) -> None:
        """Stop waiting for an entry; go back to the list's own opening, if that goes on."""
        self.forget_arrivals()
        if self._growing is not None:
            self.await_arrivals(self._growing)
        self.count_what_is_seen()

    def action_clear(self) -> None:
        """Stop what is being opened; else show the whole list again."""
        arriving = self.arriving
        if arriving is not None and arriving is not self._growing:
            arriving.abandon()
            self._leave_opening()
            self.tell("Not opened.")
        elif arriving is not None:
            self.stop_arrivals()
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
