"""What comes in while the reader screen stands: the loader that it waits for, and other states of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rumor_tui.discussion_rows import embedded_stubs
from rumor_tui.model import Thread
from rumor_tui.reading.effects import Effects

if TYPE_CHECKING:
    from rumor_tui.ui.screens.article_screen import ArticleScreen


class ReaderArrivals:
    """Fits the reader screen to what has come, and to what is still awaited."""

    def __init__(self, screen: ArticleScreen) -> None:
        self.screen = screen
        self.session = screen.session
        self.panes = screen.panes

    def note_loader(self) -> None:
        """Keep room for the comments that surely come; say in the article what becomes of the page that it links to."""
        screen, loader, lines = self.screen, self.screen.loader, self.screen.lines
        embedded = loader is not None and loader.reads_links and bool(embedded_stubs(screen.thread))
        self.panes.expecting = embedded or (loader is not None and screen.is_discussion)
        arriving = loader is not None and not screen.refreshes(loader)
        if lines.arriving != arriving:
            lines.arriving = arriving
            screen.show_title()
        self._say_of_link()

    def _say_of_link(self) -> None:
        """Say in the article whether its page is being read, or which key has it read."""
        state, tasks = self.session.state, self.screen.tasks
        words = tasks.link_words()
        if words != state.link_words:
            state.link_words, state.reads_link = words, tasks.reads_link
            self.screen.show_title()
            self.panes.article.renew(self.panes.article.reference())

    def take_thread(self, effects: Effects, before: Thread) -> None:
        """Show another state of the thread, and give the first comments the keys where nobody has pressed any."""
        screen, panes, thread, state = self.screen, self.panes, self.session.thread, self.session.state
        if effects.replaced is not None:
            panes.take_thread(*effects.replaced)
        self.session.go_on(arriving=screen.loader is not None)
        screen.timeline_keys.renew()
        single = panes.single
        if len(thread) and not len(before) and (not thread.article.pieces or not (screen.touched or single)):
            effects.focus, state.in_article = True, False
        elif not len(thread) and not state.in_article:
            effects.focus, state.in_article = True, True
        if effects.focus:
            screen.focus_pane()
        screen.arrange_parts()
