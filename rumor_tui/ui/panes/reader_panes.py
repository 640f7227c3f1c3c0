"""The panes of the reader screen, and what stands around them: title, status and the keys of the timeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message

from rumor_tui.labels import display_title
from rumor_tui.model import Thread
from rumor_tui.reading.effects import Effects, Scroll
from rumor_tui.reading.missing_replies import total_words
from rumor_tui.reading.position import OnScreen, Reference
from rumor_tui.reading.search import mask_of_comments
from rumor_tui.reading.session import ReadingSession
from rumor_tui.search.timeline import MIN_COMMENTS, Timeline, at_hand, is_mostly_dated
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.article import ArticleItems, ArticleView
from rumor_tui.ui.panes.comment_items import CommentItems
from rumor_tui.ui.panes.comments import CommentsView
from rumor_tui.ui.panes.items_view import ItemsView
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.widgets.bars import Divider, Rule, fitting
from rumor_tui.ui.widgets.strip_widgets import PaneColumn, PaneRow
from rumor_tui.ui.widgets.timeline import TimelineBar

SETTLED = 0.2
"""Seconds after which dates that must be read one by one are gathered: the first screen stands by then."""
STEPS = {"h": -1, "left": -1, "k": -1, "up": -1, "l": 1, "right": 1, "j": 1, "down": 1}
LEAVING = ("clear", "quit", "timeline")
"""Actions whose keys only leave the timeline."""


@dataclass
class TimesGathered(Message):
    """The times of a thread's comments are gathered."""

    thread: Thread
    timeline: Timeline


class TimelineKeys:
    """What the timeline shows, and its keys.

    `post` takes a message to the screen from any thread; `go` goes to a comment and says something of it.
    """

    def __init__(self, panes: ReaderPanes, post: Callable[[Message], object], go: Callable[[int, str], None]) -> None:
        self.panes = panes
        self.session = panes.session
        self.bar = panes.timeline
        self._post = post
        self._go = go

    @property
    def has_keys(self) -> bool:
        """Whether the keys are for the timeline."""
        return self.bar.chosen >= 0

    # What it shows

    @property
    def at_hand(self) -> bool:
        """Whether the times need not be gathered one by one."""
        return at_hand(self.session.thread.published)

    def gather(self) -> None:
        """Gather the times of all comments; away from the keys where they are not there yet."""
        thread = self.session.thread
        if self.panes.dated and self.at_hand:
            self._show(Timeline(thread.published))
        elif self.panes.dated:
            threading.Thread(target=self._gather, args=(thread,), name="times", daemon=True).start()

    def _gather(self, thread: Thread) -> None:
        timeline = Timeline(thread.published)
        with suppress(RuntimeError):  # the program is ending
            self._post(TimesGathered(thread, timeline))

    def take(self, message: TimesGathered) -> None:
        """The times are gathered."""
        if message.thread is self.session.thread:
            self._show(message.timeline)

    def _show(self, timeline: Timeline) -> None:
        self.bar.take(timeline)
        self.light()
        self.point()

    def renew(self) -> None:
        """Other comments: their times are gathered anew."""
        self.bar.take(None)
        self.gather()

    def light(self) -> None:
        """Light up where the matches are, as soon as all are counted."""
        matches = self.session.search.matches
        if matches is None or not self.bar.display:
            if self.bar.hits is not None:
                self.bar.light(None)
        elif matches.known.exact:
            self.bar.light(mask_of_comments(matches))

    def point(self) -> None:
        """Mark when the comment at the cursor was written."""
        thread = self.session.thread
        self.bar.point(thread.published[self.session.state.row] if len(thread) else None, self.bar.chosen)

    # Keys

    def enter(self) -> str:
        """Give the timeline the keys; the answer is why not, or ""."""
        bar, size = self.bar, len(self.session.thread)
        if size < MIN_COMMENTS:
            return f"There are too few comments for a line of time: it takes {MIN_COMMENTS}."
        if not self.panes.dated:
            return "The comments have no dates, or most of them."
        if not bar.display:
            return "There is no room for the line of time."
        buckets = bar.buckets
        if buckets is None:
            return "Not known yet."
        bar.point(bar.current, buckets.bucket_of(bar.current) if bar.current is not None else 0)
        return ""

    def press(self, key: str, action: str | None) -> bool:
        """Work a key through while the timeline has the keys: whether it is not to do its `action`, too."""
        if key in STEPS:
            self.step(STEPS[key])
            return True
        bucket = self.bar.chosen
        self.leave()
        if key == "enter":
            self.go_to_bucket(bucket)
            return True
        return action in LEAVING

    def go_to_bucket(self, bucket: int) -> None:
        """Go to the first comment of a bucket, by time."""
        row, words = self.bar.first_row(bucket), self.bar.words(bucket)
        if row >= 0:
            self._go(row, words)

    def leave(self) -> None:
        """The keys are the panes' again."""
        self.bar.point(self.bar.current)

    def step(self, direction: int) -> None:
        """Go to the next bucket in a direction that holds comments."""
        self.bar.point(self.bar.current, self.bar.next_filled(self.bar.chosen, direction))


CONFIDENCE = {"structural": "tree from the layout", "guessed": "tree guessed"}
"""How the tree was found out, in the title line; one that the source tells itself needs no word."""
SEARCH_HINTS = ("enter keep", "esc clear", "↑↓ choose", "alt+c case", "alt+w word", "alt+r regex")
"""What the footer says while the search widget has the keys."""
TIMELINE_HINTS = (("h/l earlier, later", 2), ("enter go", 1), ("esc back", 0))
"""What the keys do on the timeline, with ranks."""

MOUSE = (
    ("click", "Put the cursor on a comment; on its mark, fold"),
    ("wheel", "Scroll"),
    ("drag", "Move the divider or the scrollbar"),
)
WORDS = (
    ("tree from the layout", "Who answers whom is told by how the page is laid out"),
    ("tree guessed", "Who answers whom is only likely; the page does not say"),
    ("tree as inferred", "Comments stand below what they likely answer, as their texts tell"),
    ("newest first", "The comments stand in another order than the page's; O chooses one"),
    ("ann ↳ bob", "Whom a comment answers, while comments are shown flat, as they came"),
    ("ann ↳ bob?", "Whom a comment likely answers, as its text tells; P says how that shows"),
    ("┃ bob: …", "A passage that repeats the article or an earlier comment, and whose it is"),
    ("❝2", "Two comments repeat the passage that begins here; v says which"),
    ("… 12 more", "Comments that the source speaks of and does not hold"),
)
"""What the help says of words that are not always there."""


class ReaderLines:
    """Puts into words what the session and the panes say."""

    def __init__(self, session: ReadingSession, panes: ReaderPanes) -> None:
        self.session = session
        self.panes = panes

    def title(self, palette: Palette) -> Title:
        """The article's title, or which pane is on screen."""
        session = self.session
        thread, in_article = session.thread, session.state.in_article
        comments, order = total_words(len(thread), session.reading.missing), self._order()
        if self.panes.single and len(thread):
            here, other = palette.bar_accent, palette.bar_quiet
            left = [
                ("article", here if in_article else other),
                (" │ ", palette.bar_quiet),
                (comments, other if in_article else here),
            ]
            return Title([*left, ("  " + display_title(thread), palette.bar)], order, ("",))
        facts = f"{comments}{self._people()}"
        plain = f"{facts}   rumor-tui"
        forms = (f"{facts} · {order}   rumor-tui", f"{facts} · {order}", plain) if order else (plain,)
        return Title([(display_title(thread), palette.bar_accent)], forms[0], forms[1:])

    def _order(self) -> str:
        """The order of the comments, or how their tree was found out, where that is worth a word."""
        thread = self.session.thread
        return self.session.order.words() or (CONFIDENCE.get(thread.confidence, "") if len(thread) else "")

    def _people(self) -> str:
        people = self.session.analysis.people_count
        return f" · {people:,} {'person' if people == 1 else 'people'}" if people else ""

    def words(self, width: int) -> str:
        """What is searched for, where Escape leads, whose comments are gone through; on the timeline, what it is at."""
        session, timeline = self.session, self.panes.timeline
        if timeline.chosen >= 0:
            words = timeline.words(timeline.chosen)
            return f"{words}   {fitting(TIMELINE_HINTS, width - cell_len(words) - 5)}".rstrip()
        words = self._search_words() if session.analysis.engine.matches is not None else ""
        if session.history.way_back is not None and (back := session.history.words()):
            parts = (neutralise_line(back), words.removesuffix("  esc clears"))
            words = "   ".join(part for part in parts if part)
        if words or session.search.open or session.authors.lens is None:
            return words
        return session.authors.words()

    def _search_words(self) -> str:
        """What is searched for while the widget is closed, and how far the reader is through it."""
        search = self.session.search
        if search.open:
            return ""
        return f"/{search.query.text}  {search.account()}  n/N  \\ filter  esc clears"

    def position(self) -> str:
        """Where the reader is; on the timeline its own words need the room."""
        if self.panes.timeline.chosen >= 0:
            return ""
        session, view = self.session, self.panes.article
        if session.state.in_article:
            total = max(view.rows.total - view.page, 0)
            at = view.rows.top_of(view.top.item) + view.top.row if len(view.rows) else 0
            return "all" if not total else f"{min(100, round(100 * at / total))} %"
        size = len(session.outline)
        if not size:
            return ""
        row, items = session.state.row, self.panes.comment_items
        parts = [
            f"comment {session.state.ordinal(row):,} of {size:,}",
            f"depth {session.outline.depth[row]}",
        ]
        date = items.date(row, exact=True)
        return " · ".join([*parts, date] if date else parts)

    def place(self) -> Hashable:
        """Where the reader is, also while the line does not tell it."""
        state = self.session.state
        return state.in_article, state.row, self.position()


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
        self.comment_items = CommentItems(thread, session.outline, palette, now=now, reading=state, missing=missing)
        self.article_items.highlighter = self.comment_items.highlighter = session.highlights
        self.article_items.quoting = self.comment_items.quoting = session.conversation.quotes
        self.article = ArticleView(self.article_items)
        self.comments = CommentsView(self.comment_items)
        self.timeline = TimelineBar(palette)
        self.right = PaneColumn(self.comments, self.timeline, id="right")
        self.divider = Divider(palette)
        self.rule = Rule(palette, self.divider)
        self.dated = is_mostly_dated(thread.published)
        self._focused: ItemsView = self.pane
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
        """Whether one pane fills the screen: because the terminal is too narrow, or the other pane is empty."""
        thread = self.session.thread
        return self._size.width < NARROW or not len(thread) or not len(thread.article.pieces)

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
            self.rule.refresh()
            self.article.styles.width, self.right.styles.width = (f"{share}fr" for share in shares)

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
