"""The help: all bindings of a screen, and what else there is to know about it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.screen import ModalScreen
from textual.strip import Strip

from rumor_tui.text import cell_len
from rumor_tui.ui.keys import Binding, grouped, key_name
from rumor_tui.ui.paint.blocks import clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.stage import close_screen, is_outdated

_MOVES = {"j": 1, "down": 1, "k": -1, "up": -1, "ctrl+e": 1, "ctrl+y": -1}
_PAGES = {"space": 1, "pagedown": 1, "d": 0.5, "pageup": -1, "b": -1, "u": -0.5}


HelpSection = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and the rows below it: a key or a word, and what it means."""


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """Covers the screen until a key that does not scroll is pressed."""

    DEFAULT_CSS = "HelpScreen { background: $background; }"

    def __init__(self, bindings: Sequence[Binding], palette: Palette, more: Sequence[HelpSection] = ()) -> None:
        super().__init__()
        self.palette = palette
        self.top = 0
        sections: list[HelpSection] = [*grouped(bindings), *more]
        self.key_width = max(cell_len(keys) for _, rows in sections for keys, _ in rows)
        self.lines: list[tuple[str, str]] = []
        for heading, rows in sections:
            self.lines += [("", heading), *rows, ("", "")]
        self.lines.append(("", "esc or q closes this help"))

    def render_line(self, y: int) -> Strip:
        """One line of the help."""
        width, palette = self.size.width, self.palette
        if y == 0:
            return Strip([Segment(clip(" Help", width), palette.bar_accent)]).adjust_cell_length(width, palette.bar)
        at = self.top + y - 2
        if y < 2 or not 0 <= at < len(self.lines):
            return Strip([Segment(" " * width, palette.text)], width)
        keys, tip = self.lines[at]
        if not keys:
            segments = [Segment(" " + clip(tip, width - 1), palette.heading)]
        else:
            key_width = min(self.key_width, max(width // 3, 6))
            shown = clip(keys, key_width)
            segments = [
                Segment("   " + shown + " " * (key_width - cell_len(shown) + 2), palette.accent),
                Segment(clip(tip, max(width - key_width - 5, 0)), palette.text),
            ]
        return Strip(segments).adjust_cell_length(width, palette.text)

    def on_resize(self, event: events.Resize) -> None:
        """Show no blank rows below the text where there is room for more of it."""
        if not is_outdated(self, event):
            self.scroll_lines(0)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        event.stop()
        event.prevent_default()
        key = key_name(event.key, event.character)
        page = max(self.size.height - 3, 1)
        if key in _MOVES or key in _PAGES:
            self.scroll_lines(_MOVES[key] if key in _MOVES else int(_PAGES[key] * page))
        elif key in ("g", "home"):
            self.scroll_lines(-len(self.lines))
        elif key in ("G", "end"):
            self.scroll_lines(len(self.lines))
        else:
            close_screen(self)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        self.scroll_lines(-3)

    def scroll_lines(self, lines: int) -> None:
        """Move by lines, within the text."""
        most = max(len(self.lines) + 2 - self.size.height, 0)
        self.top = min(max(self.top + lines, 0), most)
        self.refresh()
