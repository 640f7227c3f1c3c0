"""A line at the bottom in which something is typed, and the text field that it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from rumor_tui.text import cell_len
from rumor_tui.ui.paint.blocks import clip
from rumor_tui.ui.paint.theme import Palette

LONGEST = 100_000
"""Characters of a line that is typed in, beyond which nothing is pasted: each key paints all of it."""


class Field(Input):
    """Textual's Input, but a letter with alt is a command and types nothing, and all lines of a paste are taken."""

    def on_key(self, event: events.Key) -> None:
        """Leave alt and a letter to the widgets around it; terminals send the letter along."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Several lines become one, of which nothing is lost; Textual would keep the first. Too much of it is cut."""
        event.stop()
        event.prevent_default()
        lines = event.text.splitlines()
        text = event.text if len(lines) == 1 else " ".join(line.strip() for line in lines if line.strip())
        self.replace(text.rstrip("\r\n")[: max(LONGEST - len(self.value), 0)], *self.selection)


STEPS = {"up": -1, "down": 1}
"""Keys that move in the list that is narrowed by typing."""


class Question(Widget):
    """The words before the answer."""

    DEFAULT_CSS = "Question { height: 1; width: auto; }"

    def __init__(self, text: str, palette: Palette) -> None:
        super().__init__()
        self.text = text
        self.palette = palette

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its words, up to most of the line."""
        return min(cell_len(self.text) + 2, max(container.width, 2))

    def render_line(self, y: int) -> Strip:
        """The words, clipped to the line."""
        words = " " + clip(self.text, self.size.width - 2) + " "
        return Strip([Segment(words, self.palette.bar_accent)]).adjust_cell_length(self.size.width, self.palette.bar)


class Prompt(Horizontal, can_focus=False):
    """Asks for one thing: `answered` gets what was entered, and Escape leaves.

    Without `initial` there is nothing to type: Enter says yes. `closed` is called when the prompt goes away, `left`
    besides it when that was by Escape, and `stepped` for Up (-1) and Down (1) while something is typed. `others` are
    keys that close it with what was typed so far.
    """

    DEFAULT_CSS = """
    Prompt { dock: bottom; height: 1; background: $panel; }
    Prompt Input { border: none; height: 1; width: 1fr; padding: 0; background: $panel; }
    Prompt Input:focus { border: none; }
    """

    def __init__(
        self,
        text: str,
        palette: Palette,
        answered: Callable[[str], None],
        initial: str | None,
        closed: Callable[[], None],
        *,
        left: Callable[[], None] | None = None,
        stepped: Callable[[int], None] | None = None,
        others: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        super().__init__()
        self._text = text
        self._palette = palette
        self._answered = answered
        self._initial = initial
        self._after = closed
        self._left = left
        self._stepped = stepped
        self._others = others or {}
        self._stands = False
        self._early = ""
        self.can_focus = initial is None

    def compose(self) -> ComposeResult:
        """The question, and a field when something is to be typed."""
        yield Question(self._text, self._palette)
        if self._initial is not None:
            yield Field(self._initial, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        """Take the keys, and what was typed before."""
        self._stands = True
        self.screen.set_focus(self if self._initial is None else self.query_one("Input"))
        for character in self._early:
            self._type(character)

    def _type(self, character: str) -> None:
        from textual.widgets import Input

        self.query_one(Input).insert_text_at_cursor(character)

    def feed(self, event: events.Key) -> None:
        """Take a key that was pressed before the prompt had the focus."""
        if self._initial is not None and event.is_printable and event.character:
            if self._stands:
                self._type(event.character)
            else:
                self._early += event.character
        elif self._stands or (self._initial is not None and event.key in STEPS):
            self.on_key(event)

    def on_key(self, event: events.Key) -> None:
        """Enter answers, Escape leaves; the other keys are for the input line."""
        typing = self._initial is not None
        if typing and event.key in STEPS and self._stepped is not None:
            event.stop()
            event.prevent_default()
            self._stepped(STEPS[event.key])
            return
        if typing and event.key not in ("enter", "escape", "ctrl+c", *self._others):
            return
        event.stop()
        event.prevent_default()
        if event.key in self._others:
            typed = self._typed()
            self.close()
            self._others[event.key](typed)
            return
        if event.key != "enter":
            self.close()
            if self._left is not None:
                self._left()
            return
        answer = self._typed() if typing else ""
        self.close()
        self._answered(answer)

    def _typed(self) -> str:
        from textual.widgets import Input

        return self.query_one(Input).value

    def close(self) -> None:
        """Go away and give the keys back."""
        self.remove()
        self._after()
