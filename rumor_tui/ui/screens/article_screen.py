"""What the parts of the reader screen, and the discussions of an article, ask of the screens that show one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from rumor_tui.model import Thread
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.session import ReadingSession
from rumor_tui.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from rumor_tui.ui.panes.reader_panes import ReaderPanes
    from rumor_tui.ui.panes.timeline_keys import TimelineKeys
    from rumor_tui.ui.screens.covers import ReaderCovers
    from rumor_tui.ui.screens.reader_lines import ReaderLines
    from rumor_tui.ui.screens.reader_tasks import ReaderTasks
    from rumor_tui.ui.workers import Loader


class ArticleScreen(BaseScreen, inherit_bindings=False):
    """Shows an article and comments beside it. Abstract: the reader is such a screen."""

    session: ReadingSession
    panes: ReaderPanes
    lines: ReaderLines
    tasks: ReaderTasks
    covers: ReaderCovers
    timeline_keys: TimelineKeys
    touched: bool
    """Whether a key was pressed."""

    @property
    @abstractmethod
    def thread(self) -> Thread:
        """The thread as it is shown."""

    @abstractmethod
    def change(self, change: Callable[[], object]) -> None:
        """Change parts of the session otherwise than by a command, and show the effects."""

    @abstractmethod
    def perform(self, run: Callable[[], Effects]) -> None:
        """Have the session do something, and apply the effects once."""

    @abstractmethod
    def focus_pane(self) -> None:
        """Give the keys to the pane that the session says."""

    @abstractmethod
    def refreshes(self, loader: Loader) -> bool:
        """Whether a loader loads the newest state of what is shown already."""

    @property
    @abstractmethod
    def is_discussion(self) -> bool:
        """Whether it shows one of several discussions of an article, or all of them."""

    @abstractmethod
    def show_article_at(self, other: Self) -> None:
        """Show the article where another screen of the same article has it."""

    @abstractmethod
    def close_kept(self) -> None:
        """End a screen that was kept for coming back to it."""
