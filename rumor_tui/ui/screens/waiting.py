"""The screen until there is something to read: what is being opened, and how far that is."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.text import neutralise_line
from rumor_tui.ui.keys import BINDINGS, with_overrides
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import BaseScreen, Status, Title
from rumor_tui.ui.workers import Came, GaveUp, Loader

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


class WaitingScreen(BaseScreen, inherit_bindings=False):
    """Waits for the first content of an opening, whose screen then covers this one for good."""

    READABLE = False

    def __init__(self, loader: Loader, settings: Settings, palette: Palette) -> None:
        super().__init__([b for b in with_overrides(settings.keys, BINDINGS) if b.id in KEYS], palette)
        self.blank = Blank(palette)
        self._first_loader = loader

    def compose(self) -> ComposeResult:
        """Title, nothing, status."""
        yield self.title_bar
        yield self.blank
        yield self.status_bar

    def on_mount(self) -> None:
        """Start the opening."""
        self.arrange_parts()
        self.follow_loader(self._first_loader)

    def arrange_parts(self) -> None:
        """The background where there is room for it."""
        self.blank.display = self.roomy
        super().arrange_parts()

    def title_line(self) -> Title:
        """What is being opened."""
        palette, name = self.palette, neutralise_line(self._first_loader.name)
        words = f"Opening {name} …" if name else "Opening …"
        return Title([(words, palette.bar_accent)], "rumor-tui", ("",))

    def status_line(self) -> Status:
        """How far it is."""
        return Status(self.progress(), "q quits")

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Hand the first content, and the opening, to the app: another screen shows it."""
        self.forget_loader()
        self.post_message(Came(content, loader))

    def loading_ended(self, loader: Loader) -> None:
        """End the program: there is nothing to read."""
        name = neutralise_line(loader.name) or "it"
        stopped = f"Nothing had come of {name} when the opening was stopped."
        empty = stopped if loader.stop.is_set() else f"There is nothing to read in {name}."
        self.post_message(GaveUp(loader.failure or SourceError(empty)))

    def action_clear(self) -> None:
        """Stop."""
        self.stop_loading()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.blank.palette = palette
        self.blank.refresh()
        self.arrange_parts()
