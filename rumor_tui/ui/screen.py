"""The screen and its parts: title, article, comments, status. What the keys do stands elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.search.timeline import seems_dated
from rumor_tui.settings import Settings
from rumor_tui.ui.article import ArticleView
from rumor_tui.ui.article_items import ArticleItems
from rumor_tui.ui.bars import Divider
from rumor_tui.ui.comment_items import CommentItems
from rumor_tui.ui.comments import CommentsView
from rumor_tui.ui.keyed import LEAST, NEEDS, KeyedScreen
from rumor_tui.ui.keys import key_of, with_overrides
from rumor_tui.ui.missing import Missing, total_words
from rumor_tui.ui.rule import Rule
from rumor_tui.ui.searching import Searching
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.timeline import TimelineBar
from rumor_tui.ui.view import ItemsView
from rumor_tui.ui.widgets.lines import PaneColumn, PaneRow
from rumor_tui.words import title_of

if TYPE_CHECKING:
    from rumor_tui.arrivals import Services

__all__ = ["LEAST", "NARROW", "PanesScreen"]

TALL = 24
"""Rows from which on there is one for the line of time."""
NARROW = 90
"""Columns below which one pane fills the screen."""
CONFIDENCE = {"structural": "tree from the layout", "guessed": "tree guessed"}
"""How a tree was told, in the title line; one that the source tells itself needs no word."""


SEARCH_HINTS = ("enter keep", "esc clear", "↑↓ choose", "alt+c case", "alt+w word", "alt+r regex")
"""What the footer says while the search widget has the keys."""


class PanesScreen(KeyedScreen, inherit_bindings=False):
    """Owns the panes and says which of them has the keys; what the keys do stands in the classes on top of it."""

    def __init__(self, thread: Thread, settings: Settings, palette: Palette, services: Services | None = None) -> None:
        super().__init__(with_overrides(settings.keys), palette)
        self.thread = thread
        self.services = services
        self.split = settings.split
        outline = Outline(thread.parent, thread.authors)
        self.article_items = ArticleItems(thread, palette)
        self.comment_items = CommentItems(thread, outline, palette, now=time.time(), step=settings.indent)
        self.comment_items.absolute_dates = settings.dates == "absolute"
        self.comment_items.missing = self.missing_of(thread)
        self.article = ArticleView(self.article_items)
        self.comments = CommentsView(self.comment_items)
        self.timeline = TimelineBar(palette)
        self.right = PaneColumn(self.comments, self.timeline, id="right")
        self.divider = Divider(palette)
        self.rule = Rule(palette, self.divider)
        self.timed = seems_dated(thread.published)
        self.shares = (0, 0)
        self.touched = False
        self.pane: ItemsView = self.comments if len(thread) else self.article
        self.searching = Searching(self, thread, lit=settings.lit)
        facts = self.searching.search.facts
        facts.folded_rows = lambda: self.comments.outline.folded
        facts.muted = lambda: self.comment_items.muted
        self.article_items.highlighter = self.comment_items.highlighter = self.searching

    def missing_of(self, thread: Thread) -> Missing:
        """What of a thread is missing, and the key that loads it where somebody can be asked."""
        return Missing(thread, key_of("load-more", self.bindings_list) if self.services is not None else "")

    def compose(self) -> ComposeResult:
        """Title, rule, the two panes with the divider, status."""
        yield self.title_bar
        yield self.rule
        with PaneRow(id="panes"):
            yield self.article
            yield self.divider
            yield self.right
        yield self.status_bar

    def on_mount(self) -> None:
        """Arrange the panes for the first time: the article first where only one pane fits."""
        if self.size.width < NARROW and len(self.thread.article.pieces):
            self.pane = self.article
        self.arrange_panes()
        self.activate(self.pane)

    def on_resize(self, event: events.Resize) -> None:
        """One pane or two, as there is room."""
        self.arrange_panes()

    # Panes

    @property
    def single(self) -> bool:
        """Whether one pane fills the screen: for want of columns, or because the other one is empty."""
        article = self.thread.article
        return self.size.width < NARROW or not len(self.thread) or not len(article.pieces)

    def arrange_panes(self) -> None:
        """Give each part of the screen its room."""
        roomy, single = self.roomy, self.single
        self.rule.display = roomy and self.size.height >= 10
        self.status_bar.display = roomy
        self.divider.display = roomy and not single
        self.article.display = roomy and (not single or self.pane is self.article)
        self.comments.display = self.right.display = roomy and (not single or self.pane is self.comments)
        self.timeline.display = self.comments.display and self.timed and self.size.height >= TALL
        if self.shares != (shares := (1, 1) if single else (self.split, 100 - self.split)):
            self.shares = shares
            self.rule.refresh()
            self.article.styles.width, self.right.styles.width = (f"{share}fr" for share in shares)
        self.show_title()
        self.show_status()

    def activate(self, pane: ItemsView) -> None:
        """Give a pane the keys."""
        if self.single:
            pane.fit_to(self.pane.size)
        self.pane = pane
        self.comment_items.active = pane is self.comments
        self.rule.mark(pane is self.comments)
        if self.single:
            self.arrange_panes()
        else:
            self.show_title()
        pane.focus()
        self.comments.compose_rows()
        self.show_status()

    def on_divider_dragged(self, message: Divider.Dragged) -> None:
        """Move the divider with the mouse."""
        self.set_split(round(100 * message.column / max(self.size.width - 1, 1)))

    def set_split(self, percent: int) -> None:
        """The article's share of the width, within what leaves both panes readable."""
        self.split = min(max(percent, 20), 80)
        self.arrange_panes()

    def on_click(self, event: events.Click) -> None:
        """A click in a pane gives it the keys."""
        for pane in (self.article, self.comments):
            if event.widget is pane and self.pane is not pane:
                self.activate(pane)

    # Lines around the panes

    def show_title(self) -> None:
        """The title line: the article's title, or which pane is on screen."""
        palette, count = self.palette, len(self.thread)
        if not self.roomy:
            self.title_bar.say([(NEEDS, palette.bar)])
            return
        comments, told = total_words(count, self.comment_items.missing), self.told_tree()
        if self.single and count:
            here, other = palette.bar_accent, palette.bar_quiet
            left = [
                ("article", here if self.pane is self.article else other),
                (" │ ", palette.bar_quiet),
                (comments, here if self.pane is self.comments else other),
            ]
            self.title_bar.say([*left, ("  " + title_of(self.thread), palette.bar)], told, shorter=("",))
            return
        facts = f"{comments}{self._people()}"
        sure = f"{facts}   rumor-tui"
        forms = (f"{facts} · {told}   rumor-tui", f"{facts} · {told}", sure) if told else (sure,)
        self.title_bar.say([(title_of(self.thread), palette.bar_accent)], forms[0], shorter=forms[1:])

    def told_tree(self) -> str:
        """How the tree was told, where that is worth a word."""
        return CONFIDENCE.get(self.thread.confidence, "") if len(self.thread) else ""

    def _people(self) -> str:
        people = self.searching.people_count
        return f" · {people:,} {'person' if people == 1 else 'people'}" if people else ""

    def show_status(self) -> None:
        """The status line: what the keys do, or the last message; and where the reader is."""
        words = "   ".join(part for part in (self._search_words(), self.progress()) if part)
        self.say_status(words, self._position(), self._hints())

    def _hints(self) -> list[tuple[str, int]]:
        """What the keys do now, with ranks."""
        if self.searching.open:
            return [(hint, rank) for rank, hint in enumerate(SEARCH_HINTS)]
        return self.hints(other=self.pane is self.article)

    def _search_words(self) -> str:
        """What is searched for while the widget is closed, and how far the reader is through it."""
        if self.searching.open or not self.searching.active:
            return ""
        return f"/{self.searching.search.query.text}  {self.searching.account()}  n/N  \\ filter  esc clears"

    def _position(self) -> str:
        if self.pane is self.article:
            view = self.article
            total = max(view.rows.total - view.page, 0)
            at = view.rows.top_of(view.top.item) + view.top.row if len(view.rows) else 0
            return "all" if not total else f"{min(100, round(100 * at / total))} %"
        if not len(self.thread):
            return ""
        row = self.comments.cursor
        items = self.comment_items
        parts = [f"comment {items.ordinal(row):,} of {len(self.thread):,}", f"depth {items.tree.depth[row]}"]
        date = items.date(row, exact=True)
        return " · ".join([*parts, date] if date else parts)

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """Another place is shown."""
        self.show_status()

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """A key has the background give way. (Textual goes on to run what the key stands for.)"""
        self.touched = True
        self.searching.give_way()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.article_items.palette = self.comment_items.palette = palette
        for part in (self.rule, self.divider, self.timeline):
            part.palette = palette
            part.refresh()
        self.arrange_panes()
        for view in (self.article, self.comments):
            view.restyle()

    def refresh_panes(self) -> None:
        """Paint both panes anew where they changed."""
        for view in (self.article, self.comments):
            if view.display:
                view.compose_rows()
