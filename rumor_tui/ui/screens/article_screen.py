"""What the discussions of an article ask of the screens that show it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Self

from rumor_tui.reading.session import ReadingSession
from rumor_tui.ui.screens.base import BaseScreen


class ArticleScreen(BaseScreen, inherit_bindings=False):
    """Shows an article and comments beside it. Abstract: the reader is such a screen."""

    session: ReadingSession

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
