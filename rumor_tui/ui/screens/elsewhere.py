"""Where else an article is discussed: looked for on a key or, if the settings say so, when the article is opened.

What that needs is imported then: every reader screen has this, and few ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from rumor_tui.labels import plural
from rumor_tui.model import Listing
from rumor_tui.ui.workers import Loader

if TYPE_CHECKING:
    from rumor_tui.loading import LoadJob, LoadStep, Services
    from rumor_tui.settings import Settings
    from rumor_tui.ui.screens.article_screen import ArticleScreen
    from rumor_tui.ui.screens.discussions import MakeScreen


class Elsewhere:
    """Looks for the other discussions of what a reader screen shows, and opens the list of them."""

    def __init__(
        self, screen: ArticleScreen, settings: Settings, services: Services | None, make_screen: MakeScreen
    ) -> None:
        self._screen = screen
        self._make_screen = make_screen
        self._settings = settings
        self._services = services
        self._loader: Loader | None = None
        """The search in the background, which the list goes on with."""
        self._found: Listing | None = None
        self._looked = False
        """Whether that was done without being asked for: once is enough, whatever came of it."""

    def close(self) -> None:
        """End the search in the background."""
        if self._loader is not None:
            self._loader.abandon()

    def look_early(self) -> None:
        """Look for them in the background, if the settings say so and nobody has looked yet."""
        wanted = self._settings.discussions == "always" and not self._screen.is_discussion
        if wanted and not self._looked and self._loader is None and self._found is None:
            self._loader = self._start()
            if self._loader is not None:
                self._looked = True
                self._loader.tell(self._screen)

    def hear(self, loader: Loader) -> None:
        """The search in the background has got further."""
        if loader is not self._loader:
            return
        found = loader.take()
        if isinstance(found, Listing):
            self._found = found
        if loader.ended:
            self._loader = None
            self.keep(self._found)
            key = self._screen.session.reading.key_of("where-else")
            if self._found is not None:
                count = plural(len(self._found.entries), "discussion")
                self._screen.tell(f"{count} elsewhere; {key} lists {'it' if count.startswith('1 ') else 'them'}.")

    def keep(self, found: Listing | None) -> None:
        """Show these the next time, without looking again, if there are any."""
        self._found = found if found is not None and found.entries else None

    def show(self) -> None:
        """Show the list of them, and go on looking, or begin to."""
        screen, services = self._screen, self._services
        if screen.is_discussion:
            screen.action_quit()
            return
        loader, found = self._loader, self._found
        if loader is None and found is None:
            loader = self._start()
        if services is None or (loader is None and found is None):
            screen.tell("This has no address on the web by which discussions could be looked for.")
            return
        from rumor_tui.ui.screens.discussions import Discussions, empty_listing

        self._loader = None
        listing = found if found is not None else empty_listing(screen.session.thread)
        Discussions(screen, self._settings, services, self._make_screen, self.keep).open_list(
            listing, loader, screen.palette
        )

    def _start(self) -> Loader | None:
        from rumor_tui.canonical import addresses_of
        from rumor_tui.ui.screens.discussions import title_of_list

        thread = self._screen.session.order.page
        addresses = addresses_of(thread)
        if self._services is None or not addresses:
            return None
        return Loader(_titled(self._services.discussions(addresses), title_of_list(thread)), "discussions elsewhere")


def _titled(job: LoadJob, title: str) -> LoadJob:
    """A search whose listing has the title of what the discussions are about."""

    def titled(stop: Event) -> Iterator[LoadStep]:
        for step in job(stop):
            content = step.content
            yield replace(step, content=replace(content, title=title)) if isinstance(content, Listing) else step

    return titled
