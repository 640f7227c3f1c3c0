"""The screen before anything has come: what is being opened, and how far that is."""

from __future__ import annotations

from textual.app import ComposeResult

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import neutralise_line
from rumor_tui.ui.arriving import Arriving, Came, GaveUp
from rumor_tui.ui.blank import Blank
from rumor_tui.ui.keyed import NEEDS, KeyedScreen
from rumor_tui.ui.keys import BINDINGS, with_overrides
from rumor_tui.ui.theme import Palette

KEYS = frozenset({"clear", "help", "palette", "quit", "quit-now"})
"""The bindings that mean something while there is nothing to read."""


class WaitingScreen(KeyedScreen, inherit_bindings=False):
    """Waits for the first content of an opening; a screen for that then covers it for good."""

    READABLE = False

    def __init__(self, arriving: Arriving, settings: Settings, palette: Palette) -> None:
        super().__init__([b for b in with_overrides(settings.keys, BINDINGS) if b.id in KEYS], palette)
        self.blank = Blank(palette)
        self._first_arriving = arriving

    def compose(self) -> ComposeResult:
        """Title, nothing, status."""
        yield self.title_bar
        yield self.blank
        yield self.status_bar

    def on_mount(self) -> None:
        """Begin."""
        self.arrange_parts()
        self.await_arrivals(self._first_arriving)

    def on_resize(self) -> None:
        """Show as much as there is room for."""
        self.arrange_parts()

    def arrange_parts(self) -> None:
        """The title where there is no room for anything else."""
        self.blank.display = self.status_bar.display = self.roomy
        self.show_title()
        self.show_status()

    def show_title(self) -> None:
        """What is being opened."""
        palette, name = self.palette, neutralise_line(self._first_arriving.name)
        if not self.roomy:
            self.title_bar.say([(NEEDS, palette.bar)])
            return
        words = f"Opening {name} …" if name else "Opening …"
        self.title_bar.say([(words, palette.bar_accent)], "rumor-tui", shorter=("",))

    def show_status(self) -> None:
        """How far it is."""
        self.say_status(self.progress(), "q quits", ())

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """The first content: let another screen show it, and what comes after it; nobody comes back to this one."""
        self.forget_arrivals()
        self.post_message(Came(content, arriving))

    def arrivals_over(self, arriving: Arriving) -> None:
        """Nothing came."""
        name = neutralise_line(arriving.name) or "it"
        stopped = f"Nothing had come of {name} when the opening was stopped."
        empty = stopped if arriving.stop.is_set() else f"There is nothing to read in {name}."
        self.post_message(GaveUp(arriving.failure or SourceError(empty)))

    def action_clear(self) -> None:
        """Stop."""
        self.stop_arrivals()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.blank.palette = palette
        self.blank.refresh()
        self.arrange_parts()
