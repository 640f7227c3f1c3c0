"""A line to type in. Loaded late: Textual's Input is not needed before somebody types."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class Field(Input):
    """Textual's Input, but that a key with alt is a command and not the letter."""

    def on_key(self, event: events.Key) -> None:
        """Leave alt and a letter to whoever is around: terminals send them with the letter, which is not meant."""
        if event.key.startswith("alt+"):
            event.prevent_default()
