"""What the library's lists share: asking it away from the keys, writing to it, opening its threads, loading anew.

Abstract: the screens derived from it say what is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from textual.message import Message

from rumor_tui.library_types import Change, LibraryError
from rumor_tui.links import openable
from rumor_tui.loading import LoadJob, LoadStep, Services
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import neutralise_line
from rumor_tui.ui.keys import Binding, with_overrides
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.list_screen import ListScreen
from rumor_tui.ui.widgets.list_view import FocusedItems, Lines
from rumor_tui.ui.workers import Beginning, Came, LibraryView, Loader, ViewWanted, post, start_worker

if TYPE_CHECKING:
    from rumor_tui.library_types import Library
    from rumor_tui.ui.screens.help import HelpSection

T = TypeVar("T")

MOUSE: Final = (
    ("click", "Put the cursor on a row; twice, open it"),
    ("wheel", "Scroll"),
    ("drag", "Move the scrollbar"),
)
BUSY: Final = "Something is being loaded. Wait for it, or stop it with esc."


class Desk(NamedTuple):
    """What the library's screens work with."""

    library: Library
    services: Services
    settings: Settings


class LibraryListScreen(ListScreen, inherit_bindings=False):
    """A list of something in the library, from which threads are opened, each on a screen of its own above it."""

    READABLE = True
    PERIOD = 60.0
    VIEW: LibraryView = "library"
    """Which of the library's screens it is."""

    @dataclass
    class Done(Message):
        """Work of another thread has ended: `take` is to be called in the one of the interface."""

        take: Callable[[], None]

    def __init__(
        self,
        items: FocusedItems,
        bindings: Sequence[Binding],
        desk: Desk,
        palette: Palette,
        *,
        id: str = "rows",
        heads: Sequence[Lines] = (),
    ) -> None:
        super().__init__(items, with_overrides(desk.settings.keys, bindings), palette, id=id, heads=heads)
        self.desk = desk
        self.library, self.services, self.settings = desk
        self.reading = False
        """Whether the library is being asked what to list."""
        self.refreshing: Loader | None = None
        """What is being loaded anew; it goes on while a thread is opened."""
        self._unmounted = False
        self._question = 0
        self._covered = False
        self._beginning: Sequence[Beginning] = ()
        """Where to begin in the thread that is being opened."""

    def begin(self) -> None:
        """Ask for what there is to list."""
        self.renew()

    def on_screen_resume(self) -> None:
        """Back from a screen above: what was read there counts."""
        if self._covered:
            self._covered = False
            self.renew()

    def on_screen_suspend(self) -> None:
        """A screen above covers this one."""
        self._covered = True

    def on_unmount(self) -> None:
        """Stop what is loading. (Textual runs the handlers of the base screens, too.)"""
        self._unmounted = True
        if self.refreshing is not None:
            self.refreshing.abandon()

    def renew(self) -> None:
        """Ask the library again for what is listed."""

    # Asking and writing

    def on_library_list_screen_done(self, message: Done) -> None:
        """Take what another thread has found out."""
        if not self._unmounted:
            message.take()

    def ask_library(self, work: Callable[[], T], take: Callable[[T], None]) -> None:
        """Have the library asked in a thread; `take` gets the answer, and a problem is told in the status line.

        Only the answer to the last question counts.
        """
        self._question += 1
        question, self.reading = self._question, True

        def end(answer: Callable[[], None]) -> None:
            if question == self._question:
                self.reading = False
                answer()
                self.arrange_parts()

        def run() -> None:
            try:
                found = work()
            except LibraryError as error:
                problem = str(error)
                post(self, self.Done(lambda: end(lambda: self.tell(neutralise_line(problem)))))
            else:
                post(self, self.Done(lambda: end(lambda: take(found))))

        start_worker(run, "asking the library")

    def write(self, changes: Sequence[Change], done: Callable[[], None]) -> None:
        """Have changes written; `done` is called once they are on disk. A problem is told on the status line."""

        def answer(problem: str) -> None:
            post(self, self.Done(lambda: self.tell(neutralise_line(problem)) if problem else done()))

        self.library.change(changes, answer)

    # Opening threads

    def open_stored(self, thread_id: int, title: str, handle: int = 0) -> None:
        """Open a thread of the library as it was last seen: at one of its comments, or where the reader was."""

        def opening(stop: Event) -> Iterator[LoadStep]:
            try:
                thread = self.library.stored(thread_id)
                row = self.library.row_of(thread_id, handle) if handle else -1
                place = None if handle else self.library.place_of(thread.source)
            except LibraryError as error:
                raise SourceError(str(error)) from error
            beginning.append(Beginning(handle, row, place))
            yield LoadStep(thread)

        beginning: list[Beginning] = []
        self.open_job(opening, title, beginning)

    def open_job(self, job: LoadJob, title: str, beginning: Sequence[Beginning] = ()) -> None:
        """Open what a job loads; it may say where to begin before its first step."""
        self._beginning = beginning
        if self.loader is self.refreshing:
            self.loader = None  # it goes on; `_leave_opening` comes back to it
        self.follow_loader(Loader(job, neutralise_line(title) or "(no title)"))

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Show what was opened on a screen of its own."""
        if loader is not self.refreshing:
            self._leave_opening()
            self.post_message(Came(content, loader, self._beginning[-1] if self._beginning else None))

    def loading_ended(self, loader: Loader) -> None:
        """A thread could not be opened, or all is loaded anew: then the list is another one."""
        super().loading_ended(loader)
        if loader is self.refreshing:
            self.refreshing = None
            self.renew()
        else:
            self._leave_opening()

    def _leave_opening(self) -> None:
        """Stop waiting for a thread; go back to what is being loaded anew, if that goes on."""
        self.forget_loader()
        if self.refreshing is not None:
            self.follow_loader(self.refreshing)

    def action_clear(self) -> None:
        """Stop what is being loaded; else show the whole list again; else go back, if that leads anywhere."""
        loader = self.loader
        if loader is not None and loader is not self.refreshing:
            loader.abandon()
            self._leave_opening()
            self.tell("Not opened.")
        elif loader is not None:
            self.stop_loading()
            if self.loader is None:
                self.refreshing = None
                self.renew()
        elif self.text:
            self.narrow("")
        elif self.leads_back:
            self.action_quit()

    # Loading anew

    def refresh_addresses(self, addresses: Sequence[str], name: str) -> None:
        """Load some addresses anew, or without any all that is followed, while the list stays."""
        if self.loader is not None or self.refreshing is not None:
            self.tell(BUSY)
            return
        self.refreshing = Loader(self.services.refresh(addresses), name)
        self.follow_loader(self.refreshing)

    def action_refresh_all(self) -> None:
        """Load all that is followed anew."""
        self.refresh_addresses((), "what is followed")

    # The other screens

    def action_library(self) -> None:
        """The library."""
        self.post_message(ViewWanted("library"))

    def action_news(self) -> None:
        """What is new."""
        self.post_message(ViewWanted("news"))

    def action_followed(self) -> None:
        """What is followed."""
        self.post_message(ViewWanted("following"))

    def action_everything(self) -> None:
        """Search everything."""
        self.post_message(ViewWanted("everything"))

    # Moving and looks

    def leap(self, rows: int) -> None:
        """Move the cursor by whole rows of the list, each of two lines, and the screen with it."""
        items = max(abs(rows) // 2, 1) * (1 if rows > 0 else -1)
        self.view.advance(items, items * 2)

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    def open_in_browser(self, address: str) -> None:
        """Open an address in the browser, after asking."""
        if openable(address):
            self.ask_to_open(address)
        else:
            self.tell("This has no address on the web.")

    def copy_address(self, address: str) -> None:
        """Copy an address, or a path."""
        if address:
            shown = openable(address) or neutralise_line(address)
            self.app.copy_to_clipboard(shown)
            self.tell(f"Copied {shown}")
        else:
            self.tell("This has no address of its own.")
