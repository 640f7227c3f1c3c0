"""The screen until there is something to read: what is being opened, and how far that is."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import neutralise_line
from rumor_tui.ui.keyed import KeyedScreen, Status, Title
from rumor_tui.ui.keys import BINDINGS, with_overrides
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.workers import Arriving, Came, GaveUp

KEYS = frozenset({"clear", "help", "palette", "quit", "quit-now"})
"""The bindings that are of use while there is nothing to read."""


class Blank(Widget):
    """Fills the room that is left with the background."""

    DEFAULT_CSS = "Blank { height: 1fr; width: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette

    def render_line(self, y: int) -> Strip:
        """One empty line."""
        return Strip([Segment(" " * self.size.width, self.palette.text)], self.size.width)


class WaitingScreen(KeyedScreen, inherit_bindings=False):
    """Waits for the first content of an opening, whose screen then covers this one for good."""

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
        """Start the opening."""
        self.arrange_parts()
        self.await_arrivals(self._first_arriving)

    def arrange_parts(self) -> None:
        """The background where there is room for it."""
        self.blank.display = self.roomy
        super().arrange_parts()

    def title_line(self) -> Title:
        """What is being opened."""
        palette, name = self.palette, neutralise_line(self._first_arriving.name)
        words = f"Opening {name} …" if name else "Opening …"
        return Title([(words, palette.bar_accent)], "rumor-tui", ("",))

    def status_line(self) -> Status:
        """How far it is."""
        return Status(self.progress(), "q quits")

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """Hand the first content, and the opening, to the app: another screen shows it."""
        self.forget_arrivals()
        self.post_message(Came(content, arriving))

    def arrivals_over(self, arriving: Arriving) -> None:
        """End the program: there is nothing to read."""
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
