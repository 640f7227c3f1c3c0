"""The Textual app: themes, the line filter, signals, and the one screen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from rumor_tui.model import Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.theme import DARK, THEMES, Palette, palette


@dataclass(frozen=True, slots=True)
class Opened:
    """What the app is given to show."""

    thread: Thread
    settings: Settings


class RumorApp(App[None], inherit_bindings=False):
    """Shows one thread."""

    TITLE = "rumor-tui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = """
    Screen { background: $background; color: $foreground; layout: vertical; }
    #panes { height: 1fr; width: 1fr; }
    """

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.colorless = "NO_COLOR" in os.environ
        super().__init__()
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()
        self.palette = self._palette()

    def _first_theme(self) -> str:
        """The theme asked for; else ours, or the terminal's own colours where it has 16 or none."""
        asked = self.opened.settings.theme
        if asked:
            return asked
        if self.colorless or self.console.color_system in (None, "standard"):
            return "ansi-dark"
        return DARK.name

    def _palette(self) -> Palette:
        return palette(self.current_theme, colorless=self.colorless)

    def on_mount(self) -> None:
        """Show the thread."""
        from rumor_tui.ui.reader import ReaderScreen

        self.push_screen(ReaderScreen(self.opened.thread, self.opened.settings, self.palette))
        self.theme_changed_signal.subscribe(self, lambda _: self._restyle())

    def _restyle(self) -> None:
        from rumor_tui.ui.reader import ReaderScreen

        self.palette = self._palette()
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                screen.restyle(self.palette)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours as the very last."""
        from rumor_tui.ui.guard import GUARD

        return [*super().get_line_filters(), GUARD]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """No command of Textual's own: the palette has ours."""
        return ()


def run_app(thread: Thread, settings: Settings) -> int:
    """Show the thread until the reader leaves; the answer is the exit code."""
    app = RumorApp(Opened(thread, settings))
    app.run()
    return app.return_code or 0
