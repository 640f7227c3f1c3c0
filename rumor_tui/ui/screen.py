"""The screen and its parts: title, article, comments, status. Keys become actions here; the actions stand elsewhere."""

from __future__ import annotations

import time

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.settings import Settings
from rumor_tui.text import cell_len
from rumor_tui.ui.article import ArticleView
from rumor_tui.ui.article_items import ArticleItems
from rumor_tui.ui.bars import Bar, Divider
from rumor_tui.ui.comment_items import CommentItems
from rumor_tui.ui.comments import CommentsView
from rumor_tui.ui.keys import Chords, key_name, with_overrides
from rumor_tui.ui.rule import Rule
from rumor_tui.ui.searching import Searching
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.view import ItemsView
from rumor_tui.words import plural, title_of

NARROW = 90
"""Columns below which one pane fills the screen."""
LEAST = (20, 4)
"""Columns and rows below which there is no room for anything."""


SEARCH_HINTS = ("enter keep", "esc clear", "↑↓ choose", "alt+c case", "alt+w word", "alt+r regex")
"""What the footer says while the search widget has the keys."""


class PanesScreen(Screen[None], inherit_bindings=False):
    """Owns the panes and says which of them has the keys; what the keys do stands in the classes on top of it."""

    AUTO_FOCUS = None

    def __init__(self, thread: Thread, settings: Settings, palette: Palette) -> None:
        super().__init__()
        self.thread = thread
        self.palette = palette
        self.bindings_list = with_overrides(settings.keys)
        self.chords = Chords.of(self.bindings_list)
        self.split = settings.split
        outline = Outline(thread.parent, thread.authors)
        self.article_items = ArticleItems(thread, palette)
        self.comment_items = CommentItems(thread, outline, palette, now=time.time(), step=settings.indent)
        self.comment_items.absolute_dates = settings.dates == "absolute"
        self.article = ArticleView(self.article_items)
        self.comments = CommentsView(self.comment_items)
        self.title_bar = Bar(palette, id="title")
        self.status_bar = Bar(palette, id="status")
        self.divider = Divider(palette)
        self.rule = Rule(palette, self.divider)
        self.message = ""
        self.shares = (0, 0)
        self.pane: ItemsView = self.comments if len(thread) else self.article
        self.searching = Searching(self, thread, lit=settings.lit)
        self.article_items.highlighter = self.comment_items.highlighter = self.searching

    def compose(self) -> ComposeResult:
        """Title, rule, the two panes with the divider, status."""
        yield self.title_bar
        yield self.rule
        with Horizontal(id="panes"):
            yield self.article
            yield self.divider
            yield self.comments
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

    @property
    def roomy(self) -> bool:
        """Whether there is room for anything but a line that asks for some."""
        return self.size.width >= LEAST[0] and self.size.height >= LEAST[1]

    def arrange_panes(self) -> None:
        """Give each part of the screen its room."""
        roomy, single = self.roomy, self.single
        self.rule.display = roomy and self.size.height >= 10
        self.status_bar.display = roomy
        self.divider.display = roomy and not single
        self.article.display = roomy and (not single or self.pane is self.article)
        self.comments.display = roomy and (not single or self.pane is self.comments)
        if self.shares != (shares := (1, 1) if single else (self.split, 100 - self.split)):
            self.shares = shares
            self.rule.refresh()
            self.article.styles.width, self.comments.styles.width = (f"{share}fr" for share in shares)
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
            self.title_bar.say([("needs 20x4", palette.bar)])
            return
        comments = plural(count, "comment") if count else "no comments"
        if self.single and count:
            here, other = palette.bar_accent, palette.bar_quiet
            left = [
                ("article", here if self.pane is self.article else other),
                (" │ ", palette.bar_quiet),
                (comments, here if self.pane is self.comments else other),
            ]
            self.title_bar.say([*left, ("  " + title_of(self.thread), palette.bar)])
            return
        self.title_bar.say([(title_of(self.thread), palette.bar_accent)], f"{comments}{self._people()}   rumor-tui")

    def _people(self) -> str:
        people = self.searching.people_count
        return f" · {people:,} {'person' if people == 1 else 'people'}" if people else ""

    def show_status(self) -> None:
        """The status line: what the keys do, or the last message; and where the reader is."""
        words = self.message or self._search_words()
        style = self.palette.bar_accent if self.message else self.palette.bar_quiet
        position = self._position()
        if self.message and cell_len(self.message) + cell_len(position) + 4 > self.size.width:
            position = ""
        self.status_bar.say([(words, style)] if words else [], position, self._hints())

    def _hints(self) -> list[tuple[str, int]]:
        """What the keys do now, with ranks."""
        if self.searching.open:
            return [(hint, rank) for rank, hint in enumerate(SEARCH_HINTS)]
        article = self.pane is self.article
        hints = [
            (b.article_hint if article and b.article_hint is not None else b.hint, b.rank) for b in self.bindings_list
        ]
        return [(hint, rank) for hint, rank in hints if hint]

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
        parts = [f"comment {row + 1:,} of {len(self.thread):,}", f"depth {self.comment_items.tree.depth[row]}"]
        date = self.comment_items.date(row, exact=True)
        return " · ".join([*parts, date] if date else parts)

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """Another place is shown."""
        self.show_status()

    def tell(self, message: str) -> None:
        """Say something in the status line, until the next key."""
        self.message = message
        self.show_status()

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Run the action that a key, or the last key of a chord, stands for."""
        self.searching.give_way()
        key = key_name(event.key, event.character)
        action = self.chords.press(key)
        if self.message and not self.chords.pending:
            self.tell("")
        if action is None:
            return
        event.stop()
        event.prevent_default()
        if action:
            await self.run_action(action)
            self.show_status()  # now, not when the view's message comes: the line is then painted with the pane
        elif self.chords.pending:
            self.tell(self.chords.pending + " …")

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        self.palette = palette
        self.article_items.palette = self.comment_items.palette = palette
        for part in (self.title_bar, self.status_bar, self.rule, self.divider):
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
