"""The discussions of one article: the list of them, each on a screen of its own beside the article, all of them as one.

Whoever reads goes from the article to the list (`w`), from there to a discussion, and on to the next ones. Each keeps
its place, its folds and its search as long as the list is open; the article stands where it was read last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rumor_tui.labels import display_title, plural
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.text import neutralise_line
from rumor_tui.ui.stage import keep_screen, open_screen, replace_screen
from rumor_tui.ui.workers import Loader

if TYPE_CHECKING:
    from textual.app import App

    from rumor_tui.loading import Services
    from rumor_tui.settings import Settings
    from rumor_tui.ui.paint.theme import Palette
    from rumor_tui.ui.screens.article_screen import ArticleScreen
    from rumor_tui.ui.screens.listing import ListingScreen

MakeScreen = Callable[[Thread, Loader, "Discussions"], "ArticleScreen"]
"""Makes the screen for a thread that is loaded further, one of some discussions."""

Keep = Callable[[Listing], None]
"""Keeps a list that is complete for the next time."""

ALL: Final = -1
"""The place of all discussions as one."""


def empty_listing(thread: Thread) -> Listing:
    """The list of a thread's discussions before any was found."""
    return Listing(title_of_list(thread), (), _not_here, elsewhere=True, noun="discussion")


def title_of_list(thread: Thread) -> str:
    """What the list of a thread's discussions is called."""
    return f"Discussions of {display_title(thread) or 'this page'}"


def _not_here(entry: int) -> Thread:
    raise SourceError("This discussion is on the web, and not in the list. Open its address.")


class Discussions:
    """The discussions that are listed, and the screens of those that were opened.

    `origin` is the screen that they were looked for from, whose article stands beside each of them; `make_screen` makes
    another one like it.
    """

    def __init__(
        self, origin: ArticleScreen, settings: Settings, services: Services, make_screen: MakeScreen, keep: Keep
    ) -> None:
        self.origin = origin
        self._make_screen = make_screen
        self._keep = keep
        self._settings = settings
        self._services = services
        self._list: ListingScreen | None = None
        self._screens: dict[int, ArticleScreen] = {}
        self._loaders: dict[int, Loader] = {}
        """What each of the screens is loaded by."""
        self._entries: Sequence[Entry] = ()
        """The entries when all of them were opened as one."""

    @property
    def app(self) -> App[None]:
        """The app."""
        return self.origin.app

    @property
    def entries(self) -> Sequence[Entry]:
        """The discussions that were found so far."""
        return self._list.listing.entries if self._list is not None else ()

    def open_list(self, listing: Listing, loader: Loader | None, palette: Palette) -> None:
        """Show the list, which grows as long as the loader goes on."""
        from rumor_tui.ui.screens.listing import ListingScreen

        self._list = ListingScreen(listing, self._settings, palette, self._services, loader, opener=self)
        open_screen(self.app, self._list)

    # For the list

    def open_entry(self, entry: int) -> None:
        """Show a discussion beside the article."""
        open_screen(self.app, self._screen(entry))

    def open_all(self) -> str:
        """Show all discussions as one; the answer says why not, if that is so."""
        if not self.entries:
            return "No discussion was found yet."
        open_screen(self.app, self._screen(ALL))
        return ""

    def close(self) -> None:
        """The list is closed: of all that, only a list that is complete is kept, for the next time."""
        if self._list is not None and self._list.complete:
            self._keep(self._list.listing)
        for screen in self._screens.values():
            screen.close_kept()
        self._screens = {}
        self._list = None

    # For the discussions

    def step(self, screen: ArticleScreen, direction: int) -> str:
        """Go from one discussion to the next; the answer says so where there is none."""
        places = [*range(len(self.entries)), ALL] if len(self.entries) > 1 else [*range(len(self.entries))]
        at = next((place for place, shown in self._screens.items() if shown is screen), None)
        if at is None or len(places) < 2:
            return "There is no other discussion."
        wanted = places[(places.index(at) + direction) % len(places)]
        following = self._screen(wanted)
        following.show_article_at(screen)
        replace_screen(screen, following)
        return ""

    def words(self, screen: ArticleScreen) -> str:
        """Which of the discussions a screen shows, for its title line."""
        at = next((place for place, shown in self._screens.items() if shown is screen), None)
        if at is None:
            return ""
        if at == ALL:
            return f"{plural(len(self._entries), 'discussion')} as one"
        return f"{at + 1:,} of {len(self.entries):,} · {neutralise_line(self.entries[at].site)}"

    def _screen(self, place: int) -> ArticleScreen:
        """The screen of a discussion, or of all as one; it is made when it is first asked for.

        It is made anew where nothing could be had, or more discussions were found since.
        """
        kept = self._screens.get(place)
        failed = kept is not None and self._loaders[place].failure is not None and not len(kept.session.thread)
        grown = place == ALL and len(self._entries) != len(self.entries)
        if kept is not None and (failed or grown):
            self._screens.pop(place).close_kept()
        if place not in self._screens:
            self._screens[place] = self._make(place)
        return self._screens[place]

    def _make(self, place: int) -> ArticleScreen:
        entries = list(self.entries) if place == ALL else [self.entries[place]]
        if place == ALL:
            self._entries = entries
        thread = self.origin.session.order.page
        name = "all discussions" if place == ALL else neutralise_line(entries[0].site or entries[0].address)
        loader = self._loaders[place] = Loader(self._services.joined(thread, entries), name)
        empty = replace(thread.select([], []), stubs=[], original=None, notice="", source=entries[0].address)
        screen = self._make_screen(empty, loader, self)
        keep_screen(self.app, screen)
        return screen
