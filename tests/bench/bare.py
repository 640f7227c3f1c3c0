"""The bare Textual app that start-up is compared with: a Static and a Footer, and the text of one file.

Run as a script, with the file's path: the least that any Textual program has to do before it can paint.
"""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Bare(App[None]):
    """Shows a text; `q` quits."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - Textual's own form

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text, and the keys."""
        yield Static(self._text, markup=False)
        yield Footer()


if __name__ == "__main__":
    Bare(Path(sys.argv[1]).read_text(encoding="utf-8")).run()
