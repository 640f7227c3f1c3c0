"""The Textual app: themes, the line filter, signals, and the one screen."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from textual import events
from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.screen import Screen

from rumor_tui.model import Listing, Thread
from rumor_tui.settings import Settings, SettingsError
from rumor_tui.text import neutralise
from rumor_tui.ui.keys import PLACES, with_overrides
from rumor_tui.ui.paint.theme import DARK, THEMES, Palette, palette
from rumor_tui.ui.screens.base import BaseScreen
from rumor_tui.ui.stage import TYPED, Turns, open_screen, uncover_screen
from rumor_tui.ui.workers import Beginning, Came, ClaimWanted, GaveUp, LibraryView, Loader, SourceRead, ViewWanted

if TYPE_CHECKING:
    from rich.traceback import Trace
    from textual.driver import Driver

    from rumor_tui.faults import Facts
    from rumor_tui.library_types import LibraryEntry
    from rumor_tui.loading import LoadJob, Services
    from rumor_tui.place import Place
    from rumor_tui.ui.system import Chain


LARGEST_SIZE = 2000
"""The most columns or lines that the environment may give."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the app is given to show: some content, or an opening, whose content is yet to come, and its name.

    `services` is whom it may ask for more. With a `view` one of the library's screens is shown; `entries` gives those
    of the library itself, where they were asked for early, and `place` where the reader was in what is opened.
    """

    content: Thread | Listing | None
    settings: Settings
    services: Services | None = None
    opening: LoadJob | None = None
    name: str = ""
    view: LibraryView | None = None
    entries: Callable[[], Sequence[LibraryEntry]] | None = None
    place: Callable[[], Place | None] | None = None


class RumorApp(App[None], inherit_bindings=False):
    """Shows a thread, or a list of them, each on a screen of its own."""

    TITLE = "rumor-tui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = """
    Screen { background: $background; color: $foreground; layout: vertical; overflow: hidden hidden; }
    #panes { height: 1fr; width: 1fr; }
    """

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.colorless = bool(os.environ.get("NO_COLOR"))
        self._chain: Chain | None = None
        self._turns = Turns(self, self._hand_on)
        self._leaving = _leaving_keys(opened.settings)
        self._ask_place = opened.place
        """Where the reader was in the first thread that is shown."""
        super().__init__(ansi_color=True if self.colorless else None)
        self.animation_level = "none"
        self.failure: Exception | None = None
        self.fault = ""
        """The sentence that reports a fault of the interface; empty as long as there was none."""
        self.fault_told = threading.Event()
        self.on_fault: Callable[[], bool] | None = None
        """Called when a fault was found, in any thread; the answer is whether it is to be reported."""
        self.last_actions: deque[str] = deque(maxlen=20)
        """The names of the last actions, for a report."""
        self.error_console = Console(file=StringIO(), width=120)  # tracebacks quote the page: not on the screen
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()
        self.palette = self._palette()

    def _first_theme(self) -> str:
        """The theme asked for; else ours, or the terminal's own colours where it has 16 or none."""
        asked = self.opened.settings.theme
        if asked and asked not in self.available_themes:
            names = ", ".join(sorted(self.available_themes))
            raise SettingsError(f"There is no theme {asked}. The themes are {names}.")
        if asked:
            return asked
        if self.colorless or self.console.color_system in (None, "standard"):
            return "ansi-dark"
        return DARK.name

    def _palette(self) -> Palette:
        return palette(self.current_theme, colorless=self.colorless)

    def end_soon(self, code: int) -> None:
        """End with an exit code; may be called from any thread."""
        with suppress(RuntimeError):  # not running yet, or no more
            self.call_later(self.exit, return_code=code)

    def get_driver_class(self) -> type[Driver]:
        """Ours for a terminal, unless the surroundings name another."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from rumor_tui.ui.driver import TerminalDriver

        return TerminalDriver

    # Faults of the program

    def bell(self) -> None:
        """Note the fault for which Textual rings: it does so before it shows a traceback of the exception in hand.

        (`App._fatal_error` in 8.2.8; the traceback has local variables, and may take long.) Nothing else rings.
        """
        error = sys.exception()
        if error is not None:
            self.note_fault(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Note the fault of which Textual has no more than a traceback: one in the thread that reads the keys."""
        from rich.traceback import Traceback

        for one in renderables:
            if isinstance(one, Traceback):
                self.note_fault(None, "the keys", one.trace)
        super().panic(*renderables)

    def note_fault(self, error: BaseException | None, where: str = "the interface", trace: Trace | None = None) -> None:
        """Report a fault, the first one only, and end; may be called from any thread."""
        on_fault, self.on_fault = self.on_fault, None
        if on_fault is None or not on_fault():
            return
        from rumor_tui import faults

        stacks = () if trace is None else faults.read_trace(trace)
        self.fault = faults.report_fault(error, self._facts(where), stacks)
        self.fault_told.set()

    def _facts(self, where: str) -> Facts:
        from rumor_tui.faults import Facts

        stack = self.screen_stack if self.is_running else ()
        return Facts(where, type(stack[-1]).__name__ if stack else "", tuple(self.last_actions))

    async def run_action(
        self,
        action: str | tuple[str, str, tuple[Any, ...]],
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; its name, without what it is given, is remembered for a report."""
        self.last_actions.append(action.partition("(")[0] if isinstance(action, str) else action[1])
        return await super().run_action(action, default_namespace, namespaces)

    def get_default_screen(self) -> Screen[None]:
        """The screen for what is opened, with nothing below it."""
        opened = self.opened
        if opened.view is not None:
            return self._library_view(opened.view, opened.entries)
        reads_links = opened.settings.linked == "always"
        loader = None
        if opened.opening is not None:
            loader = Loader(opened.opening, opened.name, reads_links=reads_links)
        if opened.content is not None:
            return self.screen_for(opened.content, loader)
        from rumor_tui.ui.screens.waiting import WaitingScreen

        return WaitingScreen(loader or Loader(lambda _: iter(()), opened.name), opened.settings, self.palette)

    def screen_for(
        self, content: Thread | Listing, loader: Loader | None = None, beginning: Beginning | None = None
    ) -> BaseScreen:
        """A screen for some content, of which more may come."""
        opened = self.opened
        if isinstance(content, Thread):
            from rumor_tui.ui.screens.reader import ReaderScreen

            if beginning is None and self._ask_place is not None:
                beginning, self._ask_place = Beginning(place=self._ask_place()), None
            at, row, place = beginning or Beginning()
            return ReaderScreen(
                content, opened.settings, self.palette, opened.services, loader, place=place, at=at, at_row=row
            )
        from rumor_tui.ui.screens.listing import ListingScreen

        return ListingScreen(content, opened.settings, self.palette, opened.services, loader)

    def _library_view(self, view: LibraryView, first: Callable[[], Sequence[LibraryEntry]] | None = None) -> BaseScreen:
        """One of the library's screens; there must be a library."""
        from rumor_tui.ui.screens.library_list import Desk
        from rumor_tui.ui.screens.library_views import make_view

        services = self.opened.services
        assert services is not None
        assert services.library is not None
        return make_view(view, Desk(services.library, services, self.opened.settings), self.palette, first)

    def on_view_wanted(self, message: ViewWanted) -> None:
        """Show one of the library's screens: one that is open below, or a new one; or say that there is no library."""
        services, screen = self.opened.services, self.screen
        if services is not None and services.library is not None:
            from rumor_tui.ui.screens.library_list import LibraryListScreen

            views = (one for one in self.screen_stack if isinstance(one, LibraryListScreen))
            known = next((one for one in views if message.view == one.VIEW), None)
            if known is None:
                open_screen(self, self._library_view(message.view))
            else:
                uncover_screen(known)
        elif isinstance(screen, BaseScreen):
            from rumor_tui.ui.screens.follow_source import NO_LIBRARY

            screen.tell(NO_LIBRARY)

    def action_palette(self) -> None:
        """Every action of the topmost screen by name, above it."""
        from rumor_tui.ui.screens.palette import PaletteScreen

        screen = self.screen
        if isinstance(screen, BaseScreen):
            open_screen(self, PaletteScreen(screen))

    def on_claim_wanted(self, message: ClaimWanted) -> None:
        """Show the trail of a claim through the library, or say that there is none."""
        services, screen = self.opened.services, self.screen
        if services is not None and services.library is not None:
            from rumor_tui.ui.screens.library_claim import LibraryClaimScreen
            from rumor_tui.ui.screens.library_list import Desk

            desk = Desk(services.library, services, self.opened.settings)
            open_screen(self, LibraryClaimScreen(desk, self.palette, message.subject))
        elif isinstance(screen, BaseScreen):
            from rumor_tui.ui.screens.follow_source import NO_LIBRARY

            screen.tell(NO_LIBRARY)

    def on_came(self, message: Came) -> None:
        """Show what came, above the screen that there is."""
        gc.freeze()  # see `_quieten_collector`
        open_screen(self, self.screen_for(message.content, message.loader, message.beginning))

    def on_source_read(self, message: SourceRead) -> None:
        """Show the text of a source, above the thread that was read from it."""
        from rumor_tui.ui.screens.source import SourceScreen

        open_screen(self, SourceScreen(message.source, self.opened.settings, self.palette))

    def on_gave_up(self, message: GaveUp) -> None:
        """There is nothing to show, and never will be."""
        self.failure = message.failure
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        """Have keys, the mouse and what is pasted take turns; all else is Textual's."""
        if isinstance(event, TYPED) and not event.is_forwarded:
            await self._turns.take(event)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: events.Event) -> None:
        """Give a key to whatever has the focus, unless it leaves the program from wherever the reader is."""
        if isinstance(event, events.Key) and event.key in self._leaving:
            self.exit()
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Follow the theme and the terminal, and take notice of what fails outside of any handler."""
        asyncio.get_running_loop().set_exception_handler(self._failed_in_loop)
        if threading.current_thread() is threading.main_thread():
            from rumor_tui.terminal.commands import renew_after_stops

            renew_after_stops(lambda: self.call_later(self._renew))
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.theme_changed_signal.subscribe(self, lambda _: self._restyle())

    def _renew(self) -> None:
        """Bring the terminal into our modes again: whoever had it meanwhile may have left them."""
        with self.suspend():
            pass

    def _failed_in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.note_fault(error, "a task")

    def _restyle(self) -> None:
        self.palette = self._palette()
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.restyle(self.palette)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours as the very last, as one."""
        from rumor_tui.ui.system import GUARD, Chain

        filters = (*super().get_line_filters(), GUARD)
        if self._chain is None or self._chain.filters != filters:
            self._chain = Chain(filters)
        return (self._chain,)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """No command of Textual's own: the palette has ours."""
        return ()


def _leaving_keys(settings: Settings) -> frozenset[str]:
    """The keys that leave the program from wherever the reader is; ctrl+c only closes a question or the help."""
    chords = next((b.chords() for b in with_overrides(settings.keys) if b.id == "quit-now"), ())
    return frozenset(chord for chord in chords if " " not in chord and "+" in chord) - {"ctrl+c"}


def _check_keys(settings: Settings) -> None:
    """Raise SettingsError for keys that are set for something that does not exist."""
    if not settings.keys:
        return
    from rumor_tui.ui.library_keys import LIBRARY_PLACES

    known = {binding.id for bindings in (*PLACES.values(), *LIBRARY_PLACES.values()) for binding in bindings}
    for name in settings.keys:
        if name not in known:
            from difflib import get_close_matches

            near = ", ".join(get_close_matches(name, known, 3, 0.5)) or ", ".join(sorted(known))
            raise SettingsError(f"{settings.file}: [keys] has {name}, but nothing is called so. Near to it: {near}.")


def _forget_odd_sizes() -> None:
    """Take a number of columns or lines from the environment only where a terminal can have so many.

    Textual believes these variables more than the terminal, and lays out a screen of any size.
    """
    for name in ("COLUMNS", "LINES"):
        value = os.environ.get(name, "")
        if value and not (value.isascii() and value.isdecimal() and 0 < int(value[:9]) <= LARGEST_SIZE):
            del os.environ[name]


def _quieten_collector() -> None:
    """Have the garbage collector stay away from the keys: a full collection takes 10 ms and more, and is felt.

    The thread lives as long as the program, so it is never walked again. What is young is collected a little at a
    time (50,000 objects take 12 ms, during which no other thread runs), and all of it by the screen once a minute.
    """
    gc.freeze()
    gc.set_threshold(5_000, 10_000, 1_000)


def run_app(
    content: Thread | Listing | None,
    settings: Settings,
    services: Services | None = None,
    opening: LoadJob | None = None,
    name: str = "",
    *,
    view: LibraryView | None = None,
    entries: Callable[[], Sequence[LibraryEntry]] | None = None,
    place: Callable[[], Place | None] | None = None,
) -> int:
    """Show a thread or a list of threads until the reader leaves; the answer is the exit code.

    With an `opening`, of what `name` says, the app starts at once and shows what comes (in the end in place of
    `content`, if there is some). Raises what ended the opening, mostly SourceError, if nothing came before, and
    ReportedFault when the interface stopped at a fault. With a
    `view` one of the library's screens is shown instead; `entries` gives those of the library itself, where they were
    asked for early, and `place` where the reader was in what is opened.
    """
    from rumor_tui.faults import EXIT_CODE, ReportedFault, watched_faults
    from rumor_tui.terminal import GRACE_SECONDS, guarded_terminal

    _check_keys(settings)
    _forget_odd_sizes()
    _quieten_collector()
    app = RumorApp(Opened(content, settings, services, opening, name, view, entries, place))
    with guarded_terminal(app.end_soon) as guard, watched_faults(app.note_fault):
        app.on_fault = lambda: guard.end(
            EXIT_CODE, lambda: neutralise(f"rumor-tui: {app.fault or 'stopped at a fault of its own'}")
        )
        app.run()
    guard.see_out()
    # The thread in which it was may still be writing the report.
    if guard.code == EXIT_CODE and app.fault_told.wait(GRACE_SECONDS):
        raise ReportedFault(app.fault)
    if app.failure is not None and guard.code is None:
        raise app.failure
    return guard.exit_code(app.return_code or 0)
