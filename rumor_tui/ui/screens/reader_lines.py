"""The words of the reader screen: its title line, its status line, and what its help says."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from rumor_tui.labels import display_title
from rumor_tui.linked_page import unread_link
from rumor_tui.model import Account, Thread
from rumor_tui.reading.missing_replies import total_words
from rumor_tui.reading.session import ReadingSession
from rumor_tui.reading.unread import ALL_READ
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.reader_panes import ReaderPanes
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.widgets.bars import fitting, right_room

CONFIDENCE = {"structural": "tree from the layout", "guessed": "tree guessed"}
"""How the tree was found out, in the title line; one that the source tells itself needs no word."""
MUCH = 0.15
"""The share of the source's words from which the title says how many are neither in the article nor in a comment."""
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
    ("ann ●", "A comment that is new since your last visit (S chooses since when), and unread"),
    ("ann ○", "A comment that is new, and that you have read by now"),
    ("ann •", "A comment that is unread; on a folded line, that something in it is"),
    ("4 new", "So many comments are new, in the thread or folded in the line"),
    ("ann edited", "The text was changed at its source since you first saw it; E shows how"),
    ("ann deleted", "The comment is at its source no more: its text, struck through, is kept here"),
    ("ann ★", "A comment that is marked; ' lists all marks and notes"),
    ("ann ✎", "A comment with a note of yours, which stands below its text"),
    ("34 % set aside", "So much of the source is neither in the article nor in a comment; = shows it"),
    ("… 12 more", "Comments that the source speaks of and does not hold"),
)
"""What the help says of words that are not always there."""


class ReaderLines:
    """Puts into words what the session and the panes say; `discussion` which of an article's discussions is shown."""

    def __init__(self, session: ReadingSession, panes: ReaderPanes, discussion: Callable[[], str] = lambda: "") -> None:
        self.session = session
        self._discussion = discussion
        self.panes = panes
        self._told: tuple[Thread, int, int, int, str] | None = None
        """The comment whose place was put into words last."""
        self.account: Account | None = None
        """How much of the source the thread holds, once that is counted."""
        self.arriving = False
        """Whether comments may still be on their way: how many there are in all is told by the line at the bottom."""

    def title(self, palette: Palette) -> Title:
        """The article's title, or which pane is on screen."""
        session = self.session
        thread, in_article = session.thread, session.state.in_article
        comments, order = total_words(session.reading.missing, arriving=self.arriving), self._order()
        comments += self._new()
        aside = _joined(self._discussion(), self._reading_article(), self._aside())
        if self.panes.single and len(thread):
            here, other = palette.bar_accent, palette.bar_quiet
            left = [
                ("article", here if in_article else other),
                (" │ ", palette.bar_quiet),
                (comments, other if in_article else here),
            ]
            facts = _joined(aside, order)
            return Title([*left, ("  " + display_title(thread), palette.bar)], facts, (aside, "") if aside else ("",))
        facts = f"{comments}{self._people()}"
        plain = f"{facts}   rumor-tui"
        more = _joined(facts, aside, order)
        forms = (f"{more}   rumor-tui", more, _joined(facts, aside), plain) if more != facts else (plain,)
        return Title([(display_title(thread), palette.bar_accent)], forms[0], forms[1:])

    def notice(self) -> str:
        """What of the source is not in the thread, and how to see it; "" where nothing is missing."""
        notice, key = self.session.thread.notice, self.session.reading.key_of("source")
        return f"{notice} {key} shows the source." if notice and key else notice

    def _reading_article(self) -> str:
        """That the article is still on its way."""
        thread = self.session.thread
        return "reading the article …" if self.session.state.reads_link and unread_link(thread) else ""

    def _aside(self) -> str:
        """How much of the source is set aside, where that is much."""
        share = self.account.hidden_share if self.account is not None else 0
        if share <= MUCH:
            return ""
        key = self.session.reading.key_of("source")
        return f"{share:.0%} set aside".replace("%", " %") + (f" ({key})" if key else "")

    def _order(self) -> str:
        """The order of the comments, or how their tree was found out, where that is worth a word."""
        thread = self.session.thread
        return self.session.order.words() or (CONFIDENCE.get(thread.confidence, "") if len(thread) else "")

    def _new(self) -> str:
        fresh = self.session.memory.counts.fresh
        return f", {fresh:,} new" if fresh else ""

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
        told, key = self._told, (session.thread, session.state.row, session.memory.version, self.panes.width)
        if told is None or told[0] is not key[0] or told[1:4] != key[1:]:
            told = self._told = *key, self._comment_position(session.state.row)
        return told[4]

    def _comment_position(self, row: int) -> str:
        """Which comment a row is, how deep it stands, and when it was written."""
        session, items = self.session, self.panes.comment_items
        size = len(session.outline)
        if not size:
            return ""
        ordinal, unread = f"comment {session.state.ordinal(row):,}", session.unread.words()
        depth = f"depth {session.outline.depth[row]}"
        date = items.exact_dates.get(row)  # it is there once the comment was painted
        if date is None:
            date = items.date(row, exact=True)
        if not unread or unread == ALL_READ:
            return _joined(f"{ordinal} of {size:,}", unread, depth, date)
        forms = _joined(ordinal, unread, depth, date), _joined(ordinal, unread, date), _joined(ordinal, unread)
        room = right_room(self.panes.width)
        return next((form for form in forms if cell_len(form) <= room), unread)

    def place(self) -> Hashable:
        """Where the reader is, also while the line does not tell it."""
        state = self.session.state
        return state.in_article, state.row, self.position()


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
