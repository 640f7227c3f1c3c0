"""The screen of a listing: threads or pages to choose from, with their counts, narrowing, and opening one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event
from time import time
from typing import TYPE_CHECKING, Protocol

from rumor_tui.labels import plural
from rumor_tui.links import openable
from rumor_tui.loading import LoadJob, LoadStep, Services
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.reading.list_pages import append_page
from rumor_tui.settings import Settings
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.keys import LISTING, key_of, with_overrides
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen, show_rows
from rumor_tui.ui.screens.listing_items import ROWS, EntryItems, entry_key
from rumor_tui.ui.screens.listing_tasks import Counting, Narrowing
from rumor_tui.ui.workers import Came, Loader, account

if TYPE_CHECKING:
    from rumor_tui.library_types import FollowKind
    from rumor_tui.ui.screens.help import HelpSection


MOUSE = (
    ("click", "Put the cursor on an entry; twice, open it"),
    ("wheel", "Scroll"),
    ("drag", "Move the scrollbar"),
)


def opening_of(listing: Listing, entry: int, services: Services | None = None) -> LoadJob:
    """How an entry is opened: from its address where the listing says that it is there, else at once.

    Where the address gives nothing, the listing's own content stands in for it, if it has some, as feeds do.
    """
    address = listing.entries[entry].address if listing.elsewhere and services is not None else ""

    def opening(stop: Event) -> Iterator[LoadStep]:
        yield LoadStep(listing.open(entry))

    def opening_address(stop: Event) -> Iterator[LoadStep]:
        assert services is not None
        came = False
        try:
            for step in services.open(address)(stop):
                came = came or step.content is not None
                yield step
        except SourceError as error:
            content = None if came or stop.is_set() else _own_content(listing, entry)
            if content is None:
                raise
            yield LoadStep(content, account(error))

    return opening_address if address else opening


def _own_content(listing: Listing, entry: int) -> Thread | Listing | None:
    """What the listing itself holds of an entry, if anything."""
    try:
        return listing.open(entry)
    except SourceError:
        return None


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

    `loader` is the opening that the listing itself comes from, if that goes on: then the list grows. A list with
    further pages loads the next one when its end comes on screen. An `opener` opens the entries otherwise than from the
    listing or from their addresses.
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
        self._reads_links = settings.linked == "always"
        super().__init__(self.entry_items, with_overrides(settings.keys, LISTING), palette, id="entries")
        self._growing = loader
        """What the list grows by: its own opening, or that of its next page."""
        self._before: Listing | None = None
        """The list without the page that is being loaded."""
        self._stalled = False
        """Whether the next page is not loaded until it is asked for."""
        self._misread = False
        """Whether what came as the next page was no list."""
        self._chosen = ""
        """The entry that is being opened, by `entry_key`."""

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
        if self.listing.further:
            count, _, noun = all_of_it.partition(" ")
            all_of_it = f"{count}+ {noun}"
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
        """Count what is on screen now, and load the next page where the end of the list is."""
        self.count_what_is_seen()
        self.load_at_end()

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
        entry = self.listing.entries[self.entry]
        self._chosen = entry_key(entry)
        name = neutralise_line(entry.title) or "(no title)"
        opening = opening_of(self.listing, self.entry, self.services)
        self.follow_loader(Loader(opening, name, reads_links=self._reads_links))
        self.count_what_is_seen()

    action_open_entry = choose

    def action_read_all(self) -> None:
        """Open all entries as one."""
        refusal = self.opener.open_all() if self.opener is not None else "These are no discussions of one article."
        if refusal:
            self.tell(refusal)

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Show what was opened on a screen of its own, and another state of the list on this one."""
        if loader is not self._growing:
            self.entry_items.opened.add(self._chosen)
            self._leave_opening()
            self.view.compose_rows()
            self.post_message(Came(content, loader))  # it goes on loading there
        elif isinstance(content, Listing):
            self.replace_listing(content if self._before is None else append_page(self._before, content))
        else:
            self._misread = True

    def loading_ended(self, loader: Loader) -> None:
        """The list is whole, or its next page there, or an entry could not be opened."""
        super().loading_ended(loader)
        if loader is not self._growing:
            self._leave_opening()
            return
        before, self._growing, self._before = self._before, None, None
        if before is not None:
            self._end_page(before, loader)
        self.load_at_end()

    def _leave_opening(self) -> None:
        """Stop waiting for an entry; go back to the list's own opening, if that goes on."""
        self.forget_loader()
        if self._growing is not None:
            self.follow_loader(self._growing)
        self.count_what_is_seen()
        self.load_at_end()

    # The next page

    def load_at_end(self) -> None:
        """Load the next page if the end of the list is on screen, unless that failed before."""
        idle = self._growing is None and self.loader is None and not self._stalled and not self.text
        if idle and self._can_go_on() and self.view.size.area and self.is_mounted:
            last = len(self.view.rows) - 1
            if last < 0 or self.view.on_screen(last):
                self._load_next_page()

    def _can_go_on(self) -> bool:
        return bool(self.listing.further) and self.services is not None

    def _load_next_page(self) -> None:
        assert self.services is not None
        self._stalled = self._misread = False
        self._before = self.listing
        self._growing = Loader(self.services.open(self.listing.further), "the next page")
        self.follow_loader(self._growing)

    def _end_page(self, before: Listing, loader: Loader) -> None:
        """Say why nothing has been added, if so, and how to try again."""
        key = key_of("load-more", self.bindings_list)
        again = f" {key} tries again." if key else ""
        if loader.failure is not None:
            self._stalled = True
            self.tell(neutralise_line(f"The next page could not be loaded. {account(loader.failure)}{again}"))
        elif self._misread:
            self._stalled = True
            self.tell(f"The next page could not be loaded, since what came is no list.{again}")
        elif len(self.listing.entries) == len(before.entries):
            self._stalled = True
            self.tell("The next page holds nothing new." + (f" {key} goes on." if key and self.listing.further else ""))
        elif loader.stop.is_set():
            self._stalled = True

    def action_load_more(self) -> None:
        """Load the next page, wherever the cursor is."""
        if self._growing is not None:
            self.tell("More of the list is on its way.")
        elif not self._can_go_on():
            self.tell("The list has no further page.")
        elif self.loader is not None:
            self.tell("A thread is being opened. Wait for it, or stop it with esc.")
        else:
            self._load_next_page()

    def idle_keys(self) -> frozenset[str]:
        """A list without further pages has no more to load; only the discussions of one article can be read as one."""
        can = {"load-more": self._can_go_on(), "read-all": self.opener is not None}
        return super().idle_keys() | {id for id, possible in can.items() if not possible}

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
        self.listing = listing
        self.entry_items.take_listing(listing, self.counting)
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

    # Following

    def action_follow_source(self) -> None:
        """Follow the list, or no more."""
        from rumor_tui.ui.screens.follow_source import Followable, toggle_follow

        library = self.services.library if self.services is not None else None
        kind: FollowKind = "feed" if self.listing.noun == "article" else "list"
        toggle_follow(self, library, Followable(self.listing.source, kind, self.listing.title))

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
