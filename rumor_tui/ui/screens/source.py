"""The source of a thread as plain text, on a screen above the reader: scrolled and searched like an article."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from rumor_tui.labels import display_title
from rumor_tui.model import Article, SourceText, Thread, ThreadBuilder
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.reader import ReaderScreen

if TYPE_CHECKING:
    from rumor_tui.settings import Settings
    from rumor_tui.ui.paint.theme import Palette

PIECE_LINES = 60
"""Lines of a piece, each of which is painted when it comes on screen."""

PIECE_LENGTH = 6_000
"""Characters of a piece, at most; where lines are longer they are cut."""


class SourceScreen(ReaderScreen, inherit_bindings=False):
    """Shows the text of a source, beginning at its place; `=` and Escape lead back to the thread, as `q` does."""

    def __init__(self, thread: Thread, source: SourceText, settings: Settings, palette: Palette) -> None:
        starts = piece_starts(source.text)
        super().__init__(source_thread(thread, source.text, starts), settings, palette)
        self._cut = source.cut
        self._at: tuple[int, int] | None = place_in_pieces(starts, source.at)

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


def source_thread(thread: Thread, text: str, starts: Sequence[int]) -> Thread:
    """The text of a source as an article without comments, line by line as it is."""
    ends = [*starts[1:], len(text)]
    slices = [text[start:end].strip("\n") for start, end in zip(starts, ends, strict=True)]
    pieces = [f"<pre>\n{escape(piece, quote=False)}</pre>" for piece in slices]
    article = Article(title=f"Source of {display_title(thread) or 'this page'}", pieces=pieces, format="html")
    return ThreadBuilder(article).build("html", source=thread.source)


def piece_starts(text: str) -> list[int]:
    """Where the pieces of a text begin: at its start, and at lines, if possible after an empty one."""
    starts: list[int] = []
    start = 0
    while start < len(text):
        starts.append(start)
        start = _piece_end(text, start)
        while text[start : start + 1] == "\n":
            start += 1
    return starts


def _piece_end(text: str, start: int) -> int:
    limit = start + PIECE_LENGTH
    end = start
    for _ in range(PIECE_LINES):
        following = text.find("\n", end, limit) + 1
        if not following:
            break
        end = following
    else:
        gap = text.rfind("\n\n", start, end)
        return gap + 2 if gap > start else end
    if len(text) <= limit:
        return len(text)
    return end if end > start else limit


def place_in_pieces(starts: Sequence[int], at: int) -> tuple[int, int] | None:
    """The article's item with a place of the text, and the offset in it; None where there is no place."""
    if at < 0 or not starts:
        return None
    from bisect import bisect_right

    piece = bisect_right(starts, at) - 1
    return piece + 1, at - starts[piece]
