"""What all full screens share: a line at the top and at the bottom, keys that become actions, and what comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from rumor_tui.links import openable
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui import outside
from rumor_tui.ui.arriving import MARKS, Arriving, account
from rumor_tui.ui.bars import Bar
from rumor_tui.ui.keys import Binding, Chords, key_name
from rumor_tui.ui.paint import clip
from rumor_tui.ui.prompt import Prompt
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.widgets.lines import blank_lines

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread
    from rumor_tui.ui.help import Part

LEAST = (20, 4)
"""Columns and rows below which there is no room for anything."""
NEEDS = "needs 20x4"
PACE = 0.1
"""Seconds at least between two contents that are taken over."""
SHARE = 4
"""Times as long as a content has taken the screen is left to the reader before the next one."""
TURN = 0.2
"""Seconds of one step of the running mark."""
LONGEST_NAME = 40
"""Cells of the name of what is opened, in the status line."""


class Typed(Protocol):
    """Something that is typed in."""

    def feed(self, event: events.Key) -> None:
        """A key that was on its way when it was opened."""


def feed(wanted: Typed, event: events.Key) -> None:
    """Give a key to what is typed in."""
    event.prevent_default()  # else Textual goes on to the screen's other handlers
    if event.is_printable or event.key in ("enter", "escape"):  # a line that has the focus keeps these to itself
        event.stop()
        wanted.feed(event)


class KeyedScreen(Screen[None], inherit_bindings=False):
    """Keys, messages and arrivals; what is shown between the two lines is for the classes on top of it."""

    AUTO_FOCUS = None
    READABLE = True
    """Whether there is something on it that one may want to come back to."""

    def __init__(self, bindings: Sequence[Binding], palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.bindings_list = tuple(bindings)
        self.chords = Chords.of(self.bindings_list)
        self.title_bar = Bar(palette, id="title")
        self.status_bar = Bar(palette, id="status")
        self.message = ""
        self.prompt: Prompt | None = None
        self.arriving: Arriving | None = None
        self._turns = 0
        self._turning: Timer | None = None
        self._later: Timer | None = None
        self._not_before = 0.0

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing is to be seen of the screen itself."""
        return blank_lines(self, crop)

    @property
    def roomy(self) -> bool:
        """Whether there is room for anything but a line that asks for some."""
        return self.size.width >= LEAST[0] and self.size.height >= LEAST[1]

    # What comes in

    def await_arrivals(self, arriving: Arriving) -> None:
        """Show what an opening brings, from now on and instead of any other."""
        if self.arriving is not None:
            self.arriving.abandon()
        self.arriving = arriving
        self._not_before = 0.0
        if self._turning is None:
            self._turning = self.set_interval(TURN, self._turn)
        arriving.tell(self)
        self.show_status()

    def on_arriving_news(self, message: Arriving.News) -> None:
        """Something came, or that was all."""
        if message.arriving is self.arriving:
            self.look_at_arrivals()

    def look_at_arrivals(self) -> None:
        """Take over what came, unless the last time is too short ago; then a little later."""
        arriving = self.arriving
        if arriving is None:
            return
        ended, wait = arriving.ended, self._not_before - monotonic()
        if arriving.waiting and wait > 0 and not ended:
            if self._later is None:
                self._later = self.set_timer(wait, self._look_later)
        elif (content := arriving.take()) is not None:
            began = monotonic()
            self.accept(content, arriving)
            took = monotonic() - began
            self._not_before = began + took + max(PACE, SHARE * took)
        if ended and self.arriving is arriving:
            self.forget_arrivals()
            self.arrivals_over(arriving)
        self.show_status()

    def _look_later(self) -> None:
        self._later = None
        self.look_at_arrivals()

    def forget_arrivals(self) -> None:
        """Nothing is awaited any more."""
        self.arriving = None
        for timer in (self._turning, self._later):
            if timer is not None:
                timer.stop()
        self._turning = self._later = None

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """Show what came."""

    def arrivals_over(self, arriving: Arriving) -> None:
        """The opening has ended: say how, until the next key."""
        words = arriving.words if arriving.failure is None else account(arriving.failure)
        if words:
            self.tell(neutralise_line(words))

    def _turn(self) -> None:
        self._turns += 1
        self.show_status()

    def progress(self) -> str:
        """What is under way, with a running mark; nothing when nothing is."""
        arriving = self.arriving
        if arriving is None:
            return ""
        words = neutralise_line(arriving.words) or f"Opening {clip(neutralise_line(arriving.name), LONGEST_NAME)} …"
        how = "stopping, esc leaves it" if arriving.stop.is_set() else "esc stops"
        ends = f" · {how}" if self.escape_stops else ""
        return f"{MARKS[self._turns % len(MARKS)]} {words}{ends}"

    @property
    def escape_stops(self) -> bool:
        """Whether Escape, pressed now, would stop the opening."""
        return True

    def stop_arrivals(self) -> None:
        """End the opening, or wait no longer for one that does not end; what came stays."""
        arriving = self.arriving
        if arriving is None:
            return
        if not arriving.stop.is_set():
            arriving.stop.set()
        else:
            if (content := arriving.take()) is not None:
                self.accept(content, arriving)
            if self.arriving is not arriving:  # another screen has taken it over
                return
            arriving.abandon()
            self.forget_arrivals()
            self.arrivals_over(arriving)
        self.show_status()

    def on_unmount(self) -> None:
        """Nobody waits for what still comes."""
        if self.arriving is not None:
            self.arriving.abandon()

    # The lines

    def show_title(self) -> None:
        """The line at the top."""

    def show_status(self) -> None:
        """The line at the bottom: the last message, or what the keys do."""

    def say_status(self, words: str, position: str, hints: Sequence[tuple[str, int]]) -> None:
        """The line at the bottom: the last message, or these words, or the hints; and where the reader is."""
        style: Style = self.palette.bar_accent if self.message else self.palette.bar_quiet
        words = self.message or words
        if self.message and cell_len(self.message) + cell_len(position) + 4 > self.size.width:
            position = ""
        self.status_bar.say([(words, style)] if words else [], position, hints)

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
    ) -> None:
        """Ask one thing at the bottom; `left` is called when that is not answered."""
        if self.prompt is not None:
            self.prompt.remove()
        self.prompt = Prompt(question, self.palette, answered, initial, self._asked, left=left)
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
        self.tell(outside.open_in_browser(self.app, address))

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Run the action that a key, or the last key of a chord, stands for.

        While something is typed no key is for the screen, not even those that come before the focus is there.
        """
        if self.prompt is not None:
            feed(self.prompt, event)
            return
        key = key_name(event.key, event.character)
        action = self.chords.press(key)
        if self.message and not self.chords.pending:
            self.tell("")
        if action is None:
            return
        event.stop()
        event.prevent_default()
        if action:
            await self.run_action(action)
            self.show_status()  # now, not when the view's message comes: the line is then painted with the pane
        elif self.chords.pending:
            self.tell(self.chords.pending + " …")

    # The program

    def help_parts(self) -> Sequence[Part]:
        """What the help says besides the keys."""
        return ()

    def action_help(self) -> None:
        """Show all keys."""
        from rumor_tui.ui.help import HelpScreen

        self.app.push_screen(HelpScreen(self.bindings_list, self.palette, self.help_parts()))

    def action_palette(self) -> None:
        """Every action by name."""
        from rumor_tui.ui.commands import open_palette

        open_palette(self)

    @property
    def leads_back(self) -> bool:
        """Whether there is a screen below that one may come back to."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        return any(isinstance(screen, KeyedScreen) and screen.READABLE for screen in below)

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
            self.app.pop_screen()
        else:
            self.app.exit()

    def action_quit_now(self) -> None:
        """Leave the program."""
        self.app.exit()

    def action_theme(self, name: str) -> None:
        """Paint in another theme."""
        self.app.theme = name

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        self.palette = palette
        for bar in (self.title_bar, self.status_bar):
            bar.palette = palette
            bar.refresh()
