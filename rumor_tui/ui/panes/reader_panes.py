"""The two panes of the reader screen, with the divider and the timeline: their places, and effects applied to them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from textual.geometry import Size

from rumor_tui.reading.effects import Effects, Scroll
from rumor_tui.reading.position import OnScreen, Reference
from rumor_tui.reading.session import ReadingSession
from rumor_tui.search.timeline import is_mostly_dated
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.article import ArticleItems, ArticleView
from rumor_tui.ui.panes.comment_items import CommentItems
from rumor_tui.ui.panes.comments import CommentsView
from rumor_tui.ui.panes.items_view import ItemsView
from rumor_tui.ui.widgets.bars import Divider, Rule
from rumor_tui.ui.widgets.strip_widgets import PaneColumn, PaneRow
from rumor_tui.ui.widgets.timeline import TimelineBar

NARROW = 90
"""Columns below which one pane fills the screen."""
TALL = 24
"""Rows from which on there is one for the timeline."""
RULED = 10
"""Rows from which on there is one for the rule below the title."""
SPLITS = (20, 80)
"""The least and the greatest share of the width, in percent, that the article may have."""


class ReaderPanes:
    """Owns the widgets between title and status, gives them room, and tells the session what is in sight.

    Which pane has the keys is the session's to say (`ReadingState.in_article`).
    """

    def __init__(self, session: ReadingSession, split: int, palette: Palette) -> None:
        self.session = session
        self.split = split
        thread, state = session.thread, session.state
        self.article_items = ArticleItems(thread, palette, state)
        missing, now = session.reading.missing, time.time()
        self.comment_items = CommentItems(
            thread, session.outline, palette, now=now, reading=state, missing=missing, memory=session.memory
        )
        self.article_items.highlighter = self.comment_items.highlighter = session.highlights
        self.article_items.quoting = self.comment_items.quoting = session.conversation.quotes
        self.article_items.annotated = self.comment_items.annotated = session.annotations.places
        self.article = ArticleView(self.article_items)
        self.comments = CommentsView(self.comment_items)
        self.timeline = TimelineBar(palette)
        self.right = PaneColumn(self.comments, self.timeline, id="right")
        self.divider = Divider(palette)
        self.rule = Rule(palette, self.divider)
        self.dated = is_mostly_dated(thread.published)
        self._focused: ItemsView = self.pane
        self.expecting = False
        """Whether comments are being loaded, so that their room is kept though there are none yet."""
        self._size = Size(0, 0)
        self._shares = (0, 0)

    def container(self) -> PaneRow:
        """The widgets below the rule, side by side."""
        return PaneRow(self.article, self.divider, self.right, id="panes")

    @property
    def views(self) -> tuple[ItemsView, ItemsView]:
        """Both panes."""
        return self.article, self.comments

    @property
    def pane(self) -> ItemsView:
        """The pane that has the keys."""
        return self.article if self.session.state.in_article else self.comments

    # Room

    @property
    def single(self) -> bool:
        """Whether one pane fills the screen: because the terminal is too narrow, or the other pane stays empty."""
        thread = self.session.thread
        article = thread.article
        no_comments = not len(thread) and not self.expecting
        return self._size.width < NARROW or no_comments or not (len(article.pieces) or article.link)

    def arrange(self, size: Size, *, roomy: bool) -> None:
        """Give each widget its room on a screen of this size."""
        self._size = size
        single, in_article = self.single, self.session.state.in_article
        self.rule.display = roomy and size.height >= RULED
        self.divider.display = roomy and not single
        self.article.display = roomy and (not single or in_article)
        self.comments.display = self.right.display = roomy and (not single or not in_article)
        self.timeline.display = self.comments.display and self.dated and size.height >= TALL
        shares = (1, 1) if single else (self.split, 100 - self.split)
        if self._shares != shares:
            self._shares = shares
            self.rule.call_after_refresh(self.rule.refresh)  # the divider stands elsewhere once that is laid out
            self.article.styles.width, self.right.styles.width = (f"{share}fr" for share in shares)

    @property
    def width(self) -> int:
        """The columns of the screen."""
        return self._size.width

    def set_split(self, percent: int) -> None:
        """The article's share of the width, within what leaves both panes readable."""
        self.split = min(max(percent, SPLITS[0]), SPLITS[1])

    def prepare_focus(self) -> None:
        """A pane gets the keys: where it fills the screen, it takes the size of the one that had them."""
        if self.single:
            self.pane.fit_to(self._focused.size)
        self._focused = self.pane
        self.rule.mark(not self.session.state.in_article)

    # Content

    def take_thread(self, comments: Reference, article: Reference) -> None:
        """Show the session's thread, which is another state of the one before, at these places."""
        session = self.session
        self.article_items.take(session.thread)
        self.comment_items.take(session.thread, session.outline, session.reading.missing)
        self.dated = is_mostly_dated(session.thread.published)
        self.comments.take(comments)
        self.article.renew(article)

    @contextmanager
    def paint_once(self) -> Iterator[None]:
        """Paint each pane once, at the end."""
        with self.article.paint_once(), self.comments.paint_once():
            yield

    def settle(self, effects: Effects, kept: tuple[Reference, Reference]) -> None:
        """Show what a command has changed; `kept` are the references from before it."""
        target, restore = effects.target, effects.restore
        self.comments.settle(effects, kept[0])
        if effects.keep_article or restore is not None or (target is not None and target.in_article):
            self.article.settle(effects, kept[1])
        if effects.scroll is not None:
            self._scroll(effects.scroll)
        if effects.repaint or effects.focus or effects.relayout or effects.keep_place:
            self.repaint()

    def _scroll(self, scroll: Scroll) -> None:
        pane = self.pane
        if scroll.unit == "end":
            self.article.scroll_to_end(scroll.amount)
            return
        rows = {"row": 1, "half page": max(pane.page // 2, 1), "page": max(pane.page - 2, 1)}[scroll.unit]
        pane.scroll_rows(scroll.amount * rows)

    def repaint(self) -> None:
        """Paint both panes anew where they changed."""
        for view in self.views:
            if view.display:
                view.compose_rows()

    def restyle(self, palette: Palette) -> None:
        """Use another palette from now on; the panes are painted by `restyle_views`, once all is arranged."""
        self.article_items.palette = self.comment_items.palette = palette
        for part in (self.rule, self.divider, self.timeline):
            part.palette = palette
            part.refresh()

    # What is in sight

    def article_place(self) -> tuple[int, int]:
        """The article's item at the first row on screen, and the offset in its text."""
        top = self.article.top
        offsets = self.article.painted(top.item).offsets[: top.row + 1]
        return top.item, max([offset for offset in offsets if offset >= 0], default=0)

    def article_on_screen(self) -> list[OnScreen]:
        """The article's items on screen, from the top."""
        rows: dict[int, list[int]] = {}
        for place in self.article.placed:
            if place is not None:
                rows.setdefault(place.item, []).append(place.row)
        return [OnScreen(item, seen[0], seen[-1], self.article.painted(item).offsets) for item, seen in rows.items()]

    def references(self) -> tuple[Reference, Reference]:
        """Where the comments and the article stand."""
        return self.comments.kept(), self.article.reference()

    def items_on_screen(self) -> list[int]:
        """The items on screen, counted as the search index does."""
        first = self.comment_items.first_item
        article = {p.item for p in self.article.placed if p is not None and self.article.display}
        comments = {p.item + first for p in self.comments.placed if p is not None and self.comments.display}
        return sorted(article | comments)
