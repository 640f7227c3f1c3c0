"""What all full screens share: a line at the top and at the bottom, keys that become actions, and what is loading."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, Self

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from rumor_tui.links import openable
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui import system
from rumor_tui.ui.keys import Binding, Chords, key_name
from rumor_tui.ui.paint.blocks import clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.stage import close_screen, give_back, is_outdated, open_screen
from rumor_tui.ui.widgets.bars import Bar
from rumor_tui.ui.widgets.prompt import Prompt
from rumor_tui.ui.widgets.strip_widgets import blank_lines
from rumor_tui.ui.workers import MARKS, Loader, ViewWanted, account

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread
    from rumor_tui.ui.panes.items_view import ItemsView
    from rumor_tui.ui.screens.help import HelpSection


LINE_KEYS = frozenset({"enter", "escape", "ctrl+c", "up", "down"})
"""What a line that is typed in takes besides characters."""
LEAST = (20, 4)
"""Columns and rows below which there is no room for anything."""
NEEDS = "needs 20x4"
PACE = 0.1
"""Least seconds between two states of what is being loaded that are shown."""
SHARE = 4
"""After a state has been shown the screen is left alone for this many times as long as showing it took."""
TURN = 0.25
"""Seconds that the progress mark stands still before it turns."""
LONGEST_NAME = 40
"""Cells of the name of what is being opened, in the status line."""


class KeySink(Protocol):
    """A line that is typed in."""

    def feed(self, event: events.Key) -> None:
        """Take a key that was pressed before the line had the focus."""


class Status(NamedTuple):
    """What the status line says while there is no message: words, or else hints (each with its rank); and the place."""

    words: str = ""
    position: str = ""
    hints: Sequence[tuple[str, int]] = ()


class Title(NamedTuple):
    """What the title line says: its left part, and its right part, which shrinks to the `shorter` ones step by step."""

    left: list[tuple[str, Style]]
    right: str = ""
    shorter: Sequence[str] = ()


class BaseScreen(Screen[None], inherit_bindings=False):
    """Keys, messages and loading. Abstract: what is shown between the two lines is for the screens derived from it.

    (It cannot have the metaclass of ABC, since Textual's widgets have one of their own; mypy and a test see to it that
    it is never instantiated.)
    """

    AUTO_FOCUS: ClassVar[str | None] = None
    READABLE = True
    """Whether one may want to come back to it: then the screens above it lead back instead of ending the program."""

    def __init__(self, bindings: Sequence[Binding], palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.bindings_list = tuple(bindings)
        self.chords = Chords.of(self.bindings_list)
        self.title_bar = Bar(palette, id="title")
        self.status_bar = Bar(palette, id="status")
        self.message = ""
        self.prompt: Prompt | None = None
        self.loader: Loader | None = None
        self._turns = 0
        self._turning: Timer | None = None
        self._later: Timer | None = None
        self._not_before = 0.0
        self._in_key = False
        self._status_stale = False
        self._place: Hashable = None
        self._painted = False

    def on_mount(self) -> None:
        """From the first layout on, which paints all of it, the screen is repainted when that is asked for."""
        self.call_after_refresh(self._note_painted)

    def _note_painted(self) -> None:
        self._painted = True

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint all of the screen, but not while it is being built: Textual asks for it at each mount and focus."""
        return super().refresh(*regions, repaint=repaint and self._painted, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing is to be seen of the screen itself."""
        return blank_lines(self, crop)

    @property
    def roomy(self) -> bool:
        """Whether there is room for anything but a line that asks for some."""
        return self.size.width >= LEAST[0] and self.size.height >= LEAST[1]

    # What is being loaded

    def follow_loader(self, loader: Loader) -> None:
        """Show what an opening loads, from now on; one that is still going on is abandoned."""
        if self.loader is not None:
            self.loader.abandon()
        self.loader = loader
        self._not_before = 0.0
        if self._turning is None:
            self._turning = self.set_interval(TURN, self._turn)
        loader.tell(self)
        self.show_status()

    def on_loader_news(self, message: Loader.News) -> None:
        """Another state has been loaded, or the opening has ended."""
        if message.loader is self.loader:
            self.check_loader()

    def check_loader(self) -> None:
        """Show the newest state, but not too soon after the last one: then a little later."""
        loader = self.loader
        if loader is None:
            return
        ended, wait = loader.ended, self._not_before - monotonic()
        if loader.waiting and wait > 0 and not ended:
            if self._later is None:
                self._later = self.set_timer(wait, self._look_later)
        elif (content := loader.take()) is not None:
            began = monotonic()
            self.accept(content, loader)
            took = monotonic() - began
            self._not_before = began + took + max(PACE, SHARE * took)
        if ended and self.loader is loader:
            self.forget_loader()
            self.loading_ended(loader)
        self.show_status()

    def _look_later(self) -> None:
        self._later = None
        self.check_loader()

    def forget_loader(self) -> None:
        """Wait for nothing any more."""
        self.loader = None
        for timer in (self._turning, self._later):
            if timer is not None:
                timer.stop()
        self._turning = self._later = None

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Show a state that has been loaded."""

    def loading_ended(self, loader: Loader) -> None:
        """The opening has ended: say how, until the next key."""
        words = loader.words if loader.failure is None else account(loader.failure)
        if words:
            self.tell(neutralise_line(words))

    def _turn(self) -> None:
        self._turns += 1
        self.show_status()

    def progress(self) -> str:
        """What is being loaded and how far that is, with a turning mark; "" when nothing is."""
        loader = self.loader
        if loader is None:
            return ""
        words = neutralise_line(loader.words) or f"Opening {clip(neutralise_line(loader.name), LONGEST_NAME)} …"
        how = "stopping, esc leaves it" if loader.stop.is_set() else "esc stops"
        ends = f" · {how}" if self.escape_stops else ""
        return f"{MARKS[self._turns % len(MARKS)]} {words}{ends}"

    @property
    def escape_stops(self) -> bool:
        """Whether Escape, pressed now, would stop the opening."""
        return True

    def stop_loading(self) -> None:
        """Ask the opening to end; the second time, abandon it. What has been loaded stays."""
        loader = self.loader
        if loader is None:
            return
        if not loader.stop.is_set():
            loader.stop.set()
        else:
            if (content := loader.take()) is not None:
                self.accept(content, loader)
            if self.loader is not loader:  # another screen has taken it over
                return
            loader.abandon()
            self.forget_loader()
            self.loading_ended(loader)
        self.show_status()

    def on_unmount(self) -> None:
        """Abandon what is still being loaded."""
        if self.loader is not None:
            self.loader.abandon()

    # The lines

    @abstractmethod
    def title_line(self) -> Title:
        """What the line at the top says where there is room for more than that line."""

    @abstractmethod
    def status_line(self) -> Status:
        """What the line at the bottom says while there is no message."""

    def place(self) -> Hashable:
        """What the status line tells of the place on screen: it is told anew when a view has moved and this changed."""
        return self.status_line().position

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for."""
        if not is_outdated(self, event):
            self.arrange_parts()

    def arrange_parts(self) -> None:
        """Show each part of the screen for which there is room; a screen with parts of its own extends this."""
        self.status_bar.display = self.roomy
        if self.prompt is not None:
            self.prompt.display = self.roomy
        self.show_title()
        self.show_status()

    def show_title(self) -> None:
        """Bring the line at the top up to date."""
        if self.roomy:
            left, right, shorter = self.title_line()
            self.title_bar.say(left, right, shorter=shorter)
        else:
            self.title_bar.say([(NEEDS, self.palette.bar)])

    def show_status(self) -> None:
        """Bring the line at the bottom up to date: at once, or at the end of the key that is being worked through."""
        self._status_stale = True
        if not self._in_key:
            self.update_status()

    def update_status(self) -> None:
        """Write the line at the bottom: the last message, or else what `status_line` says."""
        self._status_stale = False
        self._place = self.place()
        words, position, hints = self.status_line()
        style: Style = self.palette.bar_accent if self.message else self.palette.bar_quiet
        words = self.message or words
        if self.message and cell_len(self.message) + cell_len(position) + 4 > self.size.width:
            position = ""
        self.status_bar.say([(words, style)] if words else [], position, hints)

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """Another place is shown: tell so, unless a key has led there, at the end of which the line was told anew."""
        message.stop()
        self.view_moved()
        if self.place() != self._place:
            self.show_status()

    def view_moved(self) -> None:
        """A view shows another place."""

    def tell(self, message: str) -> None:
        """Say something in the status line, until the next key."""
        self.message = message
        self.show_status()

    # Questions

    def ask(
        self,
        question: str,
        answered: Callable[[str], None],
        initial: str | None,
        left: Callable[[], None] | None = None,
        stepped: Callable[[int], None] | None = None,
        *,
        others: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        """Ask one thing at the bottom; `left` is called when that is not answered, `stepped` for Up and Down, `others`
        for further keys with what is typed by then."""
        if self.prompt is not None:
            self.prompt.remove()
        self.prompt = Prompt(
            question, self.palette, answered, initial, self._asked, left=left, stepped=stepped, others=others
        )
        self.mount(self.prompt, before=self.status_bar)

    def _asked(self) -> None:
        """A question is out of the way."""
        self.prompt = None
        self.take_keys()

    def take_keys(self) -> None:
        """The keys are the screen's again."""

    def ask_to_open(self, address: str, base: str | None = None) -> None:
        """Show where a link, relative to `base`, really leads, and open it on Enter."""
        real = openable(address, base)
        if real is None:
            self.tell(f"Only http, https and mailto are opened, not this: {neutralise_line(address)[:200]}")
        else:
            self.ask(f"Open {real}   enter yes · esc no", lambda _: self._open(real), None)

    def _open(self, address: str) -> None:
        self.tell(system.open_in_browser(self.app, address))

    # Keys

    def key_sink(self) -> KeySink | None:
        """The line that is typed in and has all keys, also those that come before the focus is there."""
        return self.prompt

    def take_key(self, key: str) -> bool:
        """Whether a mode of the screen has taken a key, which is then no key of the table of bindings."""
        return False

    async def on_key(self, event: events.Key) -> None:
        """Have a key do what it is for; screens say in `key_sink`, `take_key` and their actions what that is.

        A key that comes when another screen has covered or replaced this one is for that screen.
        """
        if give_back(self, event):
            return
        self._in_key = True
        try:
            await self._work_through(event)
        finally:
            self._in_key = False
        if self._status_stale:  # now, not when the view's message comes: the line is then painted with the pane
            self.update_status()

    async def _work_through(self, event: events.Key) -> None:
        sink = self.key_sink()
        if sink is not None:
            event.prevent_default()
            if event.is_printable or event.key in LINE_KEYS:  # a line that has the focus keeps these to itself
                event.stop()
                sink.feed(event)
            return
        key = key_name(event.key, event.character)
        if self.take_key(key):
            event.stop()
            event.prevent_default()
            return
        action = self.chords.press(key)
        if self.message and not self.chords.pending:
            self.tell("")
        if action is None:
            return
        event.stop()
        event.prevent_default()
        if action:
            await self.run_action(action)
            self.show_status()
        elif self.chords.pending:
            self.tell(self.chords.pending + " …")

    # The program

    def help_parts(self) -> Sequence[HelpSection]:
        """What the help says besides the keys."""
        return ()

    def action_help(self) -> None:
        """Show all keys."""
        from rumor_tui.ui.screens.help import HelpScreen

        open_screen(self.app, HelpScreen(self.bindings_list, self.palette, self.help_parts()))

    async def action_palette(self) -> None:
        """Every action by name; the app opens it, as the palette is such a screen itself."""
        await self.app.run_action("app.palette")

    @property
    def leads_back(self) -> bool:
        """Whether there is a screen below that one may come back to."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        return any(isinstance(screen, BaseScreen) and screen.READABLE for screen in below)

    def idle_keys(self) -> frozenset[str]:
        """The bindings, by id, that have nothing to do now, so that no hint speaks of them."""
        return frozenset()

    def hints(self, *, other: bool = False) -> list[tuple[str, int]]:
        """What the keys do, with ranks; `other`: in the article."""
        found, idle = [], self.idle_keys()
        for b in self.bindings_list:
            hint = b.article_hint if other and b.article_hint is not None else b.hint
            if b.id == "quit" and self.leads_back:
                hint = hint.replace("quit", "back")
            if hint and b.id not in idle:
                found.append((hint, b.rank))
        return found

    def action_quit(self) -> None:
        """Back to the screen below; where there is none to read, leave the program."""
        if self.leads_back:
            close_screen(self)
        else:
            self.app.exit()

    def action_quit_now(self) -> None:
        """Leave the program."""
        self.app.exit()

    def action_library(self) -> None:
        """The library, above this screen."""
        self.post_message(ViewWanted("library"))

    def action_theme(self, name: str) -> None:
        """Paint in another theme."""
        self.app.theme = name

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        self.palette = palette
        for bar in (self.title_bar, self.status_bar):
            bar.palette = palette
            bar.refresh()
