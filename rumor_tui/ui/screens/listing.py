"""The screen of a listing: threads or pages to choose from, and what opening one of them leads to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from threading import Event
from time import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from rumor_tui.arrivals import Arrival, Opening, Services
from rumor_tui.links import openable
from rumor_tui.model import Listing, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.keyed import KeyedScreen, Status, Title
from rumor_tui.ui.keys import LISTING, with_overrides
from rumor_tui.ui.screens.listing_items import EntriesView, EntryItems
from rumor_tui.ui.screens.listing_workers import Counting, Narrowing
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.view import ItemsView
from rumor_tui.ui.workers import Arriving, Came
from rumor_tui.words import plural

if TYPE_CHECKING:
    from textual.widgets import Input

    from rumor_tui.ui.screens.help import Part

MOUSE = (
    ("click", "Put the cursor on an entry; twice, open it"),
    ("wheel", "Scroll"),
    ("drag", "Move the scrollbar"),
)


TYPING = [("enter keep", 0), ("esc shows all", 1), ("↑↓ move", 2)]
"""What the keys do while the list is narrowed by typing."""


def opening_of(listing: Listing, entry: int, services: Services | None = None) -> Opening:
    """The opening of one entry: of what is at its address where the listing has no more, else all at once."""
    if listing.elsewhere and services is not None and (address := listing.entries[entry].address):
        return services.open(address)

    def opening(stop: Event) -> Iterator[Arrival]:
        yield Arrival(listing.open(entry))

    return opening


class ListingScreen(KeyedScreen, inherit_bindings=False):
    """A list with a cursor; what is opened from it gets a screen of its own above it."""

    def __init__(
        self,
        listing: Listing,
        settings: Settings,
        palette: Palette,
        services: Services | None = None,
        arriving: Arriving | None = None,
    ) -> None:
        super().__init__(with_overrides(settings.keys, LISTING), palette)
        self.listing = listing
        self.services = services
        self.counting = Counting(self, listing.count)
        self.narrowing = Narrowing(self, listing.entries)
        self.entry_items = EntryItems(listing, palette, self.counting, now=time())
        self.entry_items.absolute_dates = settings.dates == "absolute"
        self.view = EntriesView(self.entry_items)
        self.typing = False
        self._growing = arriving

    def compose(self) -> ComposeResult:
        """Title, entries, status."""
        yield self.title_bar
        yield self.view
        yield self.status_bar

    def on_mount(self) -> None:
        """Give the list the keys; go on with what still comes."""
        self.set_interval(60, self._tick)
        self.arrange_parts()
        self.view.focus()
        if self._growing is not None:
            self.await_arrivals(self._growing)

    def on_unmount(self) -> None:
        """End the background. (Textual runs the handler below, too.)"""
        self.counting.close()
        if self._growing is not None:
            self._growing.abandon()

    def arrange_parts(self) -> None:
        """The list and the status line where there is room for them."""
        self.view.display = self.roomy
        super().arrange_parts()

    def _tick(self) -> None:
        """Time goes on: ages are told anew."""
        self.entry_items.now = time()
        self.view.compose_rows()

    def take_keys(self) -> None:
        """A question is out of the way."""
        self.typing = False
        self.view.focus()
        self.show_status()

    # The lines

    @property
    def entry(self) -> int:
        """The entry under the cursor, or -1."""
        order = self.entry_items.order
        return order[self.view.cursor] if len(order) else -1

    def title_line(self) -> Title:
        """What is listed, and how much of it."""
        palette, all_of_it = self.palette, plural(len(self.listing.entries), self.listing.noun)
        shown = f"{len(self.entry_items.order):,} of {all_of_it}" if self.narrowing.text else all_of_it
        title = neutralise_line(self.listing.title) or "(no title)"
        return Title([(title, palette.bar_accent)], f"{shown}   rumor-tui", (shown,))

    def status_line(self) -> Status:
        """What is under way or typed, or what the keys do; and where the cursor is."""
        words = self.progress()
        if not words and self.narrowing.text and self.prompt is None:
            words = f"/{neutralise_line(self.narrowing.text)}  esc shows all"
        shown = len(self.entry_items.order)
        position = f"entry {self.view.cursor + 1:,} of {shown:,}" if shown else "no entry"
        return Status(words, position, TYPING if self.typing else self.hints())

    def help_parts(self) -> Sequence[Part]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    # Moving

    def _go(self, item: int, otherwise: str) -> None:
        if not self.view.go(item):
            self.tell(otherwise if len(self.entry_items.order) else "There is no entry.")

    def action_next(self) -> None:
        """The next entry."""
        self._go(self.view.cursor + 1, "This is the last entry.")

    def action_previous(self) -> None:
        """The previous entry."""
        self._go(self.view.cursor - 1, "This is the first entry.")

    def action_page(self, pages: int) -> None:
        """A page, less an entry that stays in sight."""
        self._leap(pages * max(self.view.page // 2 - 1, 1))

    def action_half_page(self, halves: int) -> None:
        """Half a page."""
        self._leap(halves * max(self.view.page // 4, 1))

    def _leap(self, entries: int) -> None:
        """Move the cursor and the screen by entries, as far as there are some."""
        view, last = self.view, len(self.entry_items.order) - 1
        if last >= 0:
            view.entries.focus = min(max(view.cursor + entries, 0), last)
            view.scroll_rows(2 * entries)
            view.show(view.cursor)

    def action_line(self, rows: int) -> None:
        """A row."""
        self.view.scroll_rows(rows)

    def action_top(self) -> None:
        """The first entry."""
        self._go(0, "")

    def action_bottom(self) -> None:
        """The last entry."""
        self._go(len(self.entry_items.order) - 1, "")

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.entry_items.absolute_dates = not self.entry_items.absolute_dates
        self.view.compose_rows()

    # Counts

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """Another place is shown: count what is there."""
        self.count_what_is_seen()

    def count_what_is_seen(self) -> None:
        """Have the entries on screen counted whose count nobody knows; nothing while one is being opened."""
        opening = self.arriving is not None and self.arriving is not self._growing
        order = self.entry_items.order
        seen = [] if opening else [order[item] for item in self.view.on_screen_now() if item < len(order)]
        self.counting.want([entry for entry in seen if self.listing.entries[entry].comments is None])

    def on_counting_counted(self, message: Counting.Counted) -> None:
        """One more count is known."""
        if message.counting is self.counting:
            self.view.compose_rows()

    # Opening

    def action_open_entry(self) -> None:
        """Open the entry under the cursor."""
        if self.entry < 0:
            self.tell("There is no entry to open.")
            return
        if self.arriving is self._growing:
            self.arriving = None  # it goes on, and is looked at again afterwards
        name = neutralise_line(self.listing.entries[self.entry].title) or "(no title)"
        self.await_arrivals(Arriving(opening_of(self.listing, self.entry, self.services), name))
        self.count_what_is_seen()

    def on_rows_view_chosen(self, message: EntriesView.Chosen) -> None:
        """An entry was clicked twice."""
        self.view.go(message.item)
        self.action_open_entry()

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """What was opened goes on a screen of its own; a list that grows stays on this one."""
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
        """Wait for an entry no more; go back to the list's own opening, if that goes on."""
        self.forget_arrivals()
        if self._growing is not None:
            self.await_arrivals(self._growing)
        self.count_what_is_seen()

    def action_clear(self) -> None:
        """Take back one thing: what is being opened, or what the list is narrowed by."""
        arriving = self.arriving
        if arriving is not None and arriving is not self._growing:
            arriving.abandon()
            self._leave_opening()
            self.tell("Not opened.")
        elif arriving is not None:
            self.stop_arrivals()
        elif self.narrowing.text:
            self.narrow("")

    def replace_listing(self, listing: Listing) -> None:
        """Show another state of the same list; the cursor stays where it is."""
        known = self.counting.known
        old, new = self.listing.entries, listing.entries
        self.counting.close()
        self.counting = Counting(self, listing.count)
        self.counting.known = {e: n for e, n in dict(known).items() if e < len(new) and new[e] == old[e]}
        text, self.narrowing = self.narrowing.text, Narrowing(self, new)
        self.listing = self.entry_items.listing = listing
        self.entry_items.counting = self.counting
        self.narrow(text)

    # Narrowing

    def action_search(self) -> None:
        """Narrow the list by typing."""
        self.narrowing.prepare()
        self.typing = True
        self.ask("/", lambda _: None, self.narrowing.text, lambda: self.narrow(""), self.step)
        self.show_status()

    def step(self, items: int) -> None:
        """Move in the list while something is typed."""
        self.view.go(self.view.cursor + items)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        event.stop()
        self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show only the entries that hold a text; the cursor stays on its entry, or goes to the next that is left."""
        self.narrowing.text = text
        rows = self.narrowing.rows()
        if rows is None:
            return  # as soon as they are read
        entry, y = max(self.entry, 0), self.view.kept().y
        items = self.entry_items
        items.order, items.needle = rows, fold(text)
        self.view.take(min(bisect_left(rows, entry), max(len(rows) - 1, 0)), y)
        self.show_title()
        self.show_status()

    def on_narrowing_ready(self, message: Narrowing.Ready) -> None:
        """The entries are read: narrow by what was typed meanwhile."""
        if message.narrowing is self.narrowing and self.narrowing.text:
            self.narrow(self.narrowing.text)

    # What leaves the program

    def action_open_page(self) -> None:
        """Open the entry's page in the browser."""
        address = self.listing.entries[self.entry].address if self.entry >= 0 else ""
        if address:
            self.ask_to_open(address)
        else:
            self.tell("This entry has no address of its own.")

    def action_copy_link(self) -> None:
        """Copy where the entry is found."""
        address = self.listing.entries[self.entry].address if self.entry >= 0 else ""
        if address:
            shown = openable(address) or neutralise_line(address)
            self.app.copy_to_clipboard(shown)
            self.tell(f"Copied {shown}")
        else:
            self.tell("This entry has no address of its own.")

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.entry_items.palette = palette
        self.arrange_parts()
        self.view.restyle()
