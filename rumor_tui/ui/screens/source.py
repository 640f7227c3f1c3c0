"""The source of a thread as plain text, on a screen above the reader: scrolled and searched like an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rumor_tui.labels import display_title
from rumor_tui.reading.source_article import SourceArticle
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.reader import ReaderScreen

if TYPE_CHECKING:
    from rumor_tui.settings import Settings
    from rumor_tui.ui.paint.theme import Palette


class SourceScreen(ReaderScreen, inherit_bindings=False):
    """Shows the text of a source, beginning at its place; `=` and Escape lead back to the thread, as `q` does."""

    def __init__(self, source: SourceArticle, settings: Settings, palette: Palette) -> None:
        super().__init__(source.thread, settings, palette)
        self._cut = source.cut
        self._at = source.place

    def on_mount(self) -> None:
        """Go to the place once there is room. (Textual runs the reader's handler too.)"""
        self.call_after_refresh(self._go_to_place)

    def _go_to_place(self) -> None:
        if self._at is not None:
            item, offset = self._at
            self.panes.article.reach(item, offset)

    def title_line(self) -> Title:
        """What the text is."""
        what = "a part of the source" if self._cut else "the source"
        return Title([(display_title(self.thread), self.palette.bar_accent)], f"{what}   rumor-tui", (what,))

    def action_source(self) -> None:
        """Back to the thread."""
        self.action_quit()

    def stop_loading(self) -> None:
        """Escape has nothing to take back: back to the thread."""
        self.action_quit()
