"""The input line. A module of its own because it is imported late: Textual's Input is needed only for typing."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class Field(Input):
    """Textual's Input, but a letter with alt is a command and types nothing."""

    def on_key(self, event: events.Key) -> None:
        """Leave alt and a letter to the widgets around it; terminals send the letter along."""
        if event.key.startswith("alt+"):
            event.prevent_default()
