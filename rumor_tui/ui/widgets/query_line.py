"""A line at the top of a list in which a query is typed, and which stays while the list has the keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.prompt import STEPS, Field, Question


class QueryLine(Horizontal, can_focus=False):
    """What is typed comes as Textual's `Input.Changed`; Enter, Escape, Up and Down come as messages."""

    DEFAULT_CSS = """
    QueryLine { height: 1; background: $panel; }
    QueryLine Input { border: none; height: 1; width: 1fr; padding: 0; background: $panel; }
    QueryLine Input:focus { border: none; }
    """

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

    @dataclass
    class Left(Message):
        """Escape was pressed."""

    @dataclass
    class Stepped(Message):
        """Up (-1) or Down (1) was pressed."""

        items: int

    def __init__(self, label: str, palette: Palette, *, id: str) -> None:
        super().__init__(id=id)
        self.question = Question(label, palette)
        self.field = Field("", select_on_focus=False, compact=True)

    def compose(self) -> ComposeResult:
        """What is asked, and the field."""
        yield self.question
        yield self.field

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.value

    def take_keys(self) -> None:
        """Have the keys from now on."""
        self.screen.set_focus(self.field)

    def clear(self) -> None:
        """Empty the field."""
        self.field.value = ""

    def feed(self, event: events.Key) -> None:
        """Take a key that was pressed before the field had the focus."""
        if event.is_printable and event.character:
            self.field.insert_text_at_cursor(event.character)
        else:
            self.on_key(event)

    def on_key(self, event: events.Key) -> None:
        """Tell of the keys that are not for typing."""
        messages: dict[str, Message] = {"enter": self.Entered(), "escape": self.Left(), "ctrl+c": self.Left()}
        messages |= {key: self.Stepped(step) for key, step in STEPS.items()}
        if event.key in messages:
            event.stop()
            event.prevent_default()
            self.post_message(messages[event.key])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Textual's own word for Enter says nothing more."""
        event.stop()

    def restyle(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.question.palette = palette
        self.question.refresh()
