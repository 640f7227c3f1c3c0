"""The screen's actions for following a claim: the index of numbers and names, and the trail of one of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rumor_tui.model import Span, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.comments import CommentsView
from rumor_tui.ui.finding import FindingScreen
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.view import ItemsView, Reference

if TYPE_CHECKING:
    from rumor_tui.arrivals import Services
    from rumor_tui.search.claims import Claims
    from rumor_tui.search.index import TextIndex
    from rumor_tui.search.marked import MarkIndex
    from rumor_tui.search.matches import Place
    from rumor_tui.search.trail import Subject
    from rumor_tui.ui.marking import Highlighter
    from rumor_tui.ui.screens.index import IndexState
    from rumor_tui.ui.screens.trail import TrailState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody reads: the pane, the cursor and what stands where on the screen, and the match that is lit.

    Whoever replaces the thread makes another one, in which the same comments are meant.
    """

    in_article: bool
    cursor: int
    comments: Reference
    article: Reference
    current: Place | None
    stepped_to: tuple[int, int] | None


@dataclass(slots=True)
class WayBack:
    """What Escape leads back to after a jump: the trail, and behind it the place that the reader was at before."""

    label: str
    covers: list[IndexState | TrailState]
    """What lay above the reader, the lowest first: the last is the trail."""
    standing: Standing
    opened: list[int]
    """Comments that the jump has unfolded."""
    since: tuple[Hashable, bool, int]
    """What was searched for, filtered and peeked at when it was made: what came later is taken back before it."""


class Pointed:
    """Lights up one place besides what is lit anyway."""

    def __init__(self, others: Highlighter, item: int, start: int, end: int) -> None:
        self._others = others
        self._item = item
        self._span = Span(start, end, "current")

    def state(self, item: int) -> Hashable:
        """What the spans of an item depend on."""
        return self._others.state(item), self._span if item == self._item else None

    def spans(self, item: int) -> Sequence[Span]:
        """The others' spans, and the place."""
        found = self._others.spans(item)
        return [*found, self._span] if item == self._item else found

    def hits_below(self, first: int, end: int) -> int:
        """The others' matches."""
        return self._others.hits_below(first, end)


class FollowingScreen(FindingScreen, inherit_bindings=False):
    """What these keys do."""

    def __init__(self, thread: Thread, settings: Settings, palette: Palette, services: Services | None = None) -> None:
        super().__init__(thread, settings, palette, services)
        self.key_overrides = settings.keys
        self.claims: Claims | None = None
        self.way_back: WayBack | None = None
        self._index_state: IndexState | None = None

    # What is known

    @property
    def index(self) -> TextIndex:
        """The texts of the thread."""
        return self.searching.index

    @property
    def marks(self) -> MarkIndex | None:
        """The numbers and names that have been found so far."""
        return self.searching.knowledge.marks

    def gather(self) -> None:
        """Have the numbers and names of the whole thread gathered."""
        self.searching.start()

    def reading_marks(self) -> str:
        """How far the numbers and names are gathered, in words; nothing when they all are."""
        knowledge = self.searching.knowledge
        if knowledge.marks_known:
            return ""
        if self.searching.fault:
            return self.searching.fault.rstrip(".")
        if knowledge.marks is None:
            return self.searching.reading() or "reading"
        return f"reading, {100 * knowledge.marks.items // max(knowledge.index.size, 1)} %"

    def date_of(self, row: int) -> str:
        """When a comment was written, as the reader wants dates; nothing of one that is no more there."""
        return self.comment_items.date(row, self.comment_items.absolute_dates) if row < len(self.thread) else ""

    def number_of(self, row: int) -> str:
        """A comment's number as its header has it; nothing of one that is no more there."""
        return self.comment_items.number(row) if row < len(self.thread) else ""

    # The screens

    def action_index(self) -> None:
        """All numbers and names."""
        self.way_back = None
        self.show_index(None)

    def show_index(self, at: Subject | None) -> None:
        """The index, above this screen alone."""
        from rumor_tui.ui.screens.index import IndexScreen, IndexState

        state = self._index_state = self._index_state or IndexState()
        if at is not None:  # another one, above what it is opened from
            state = self._index_state = replace(state, at=at, text="", part=0)
        self.app.push_screen(IndexScreen(self, state))  # type: ignore[arg-type]

    def action_trail(self) -> None:
        """The trail of the mark that the reader is at."""
        item, marks, at = self.marks_here()
        if not marks:
            where = "on this screen of the article" if self.in_article else "in this comment"
            self.tell(f"There is no number or name {where}.")
            return
        self.way_back = None
        self.follow(marks, at, item)

    def follow(self, marks: list[Subject], at: int = 0, item: int = -1) -> None:
        """Open the trail of one of the marks, which are those of an item."""
        from rumor_tui.ui.screens.trail import TrailScreen, TrailState

        self.app.push_screen(TrailScreen(self, TrailState(marks[at], marks, item)))  # type: ignore[arg-type]

    def marks_here(self) -> tuple[int, list[Subject], int]:
        """The item that the reader is at, its distinct marks, and which of them comes first.

        That is the one that the search stands at, or else the first one of the comment, or of the article's rows.
        """
        from rumor_tui.search.trail import Subject

        for item, offset in self._items_here():
            text = self.searching.index.item_text(item)
            found = self.searching.knowledge.marks_of(item)
            if not found or found[-1].end <= offset:
                continue
            subjects = [Subject(mark.kind, mark.value, text[mark.start : mark.end]) for mark in found]
            current = self.searching.current if self.searching.active else None
            if current is not None and current.item == item:
                n = next((n for n, m in enumerate(found) if m.start < current.end and m.end > current.start), None)
            else:
                n = None
            if n is None:
                n = next(n for n, mark in enumerate(found) if mark.end > offset)
            distinct = list({subject[:2]: subject for subject in reversed(subjects)}.values())[::-1]
            return item, distinct, next(k for k, subject in enumerate(distinct) if subject[:2] == subjects[n][:2])
        return -1, [], 0

    def _items_here(self) -> list[tuple[int, int]]:
        """The items that the reader may mean, each with the offset from which on it is on screen."""
        if not self.in_article:
            return [(self.comment_items.first_item + self.comments.cursor, 0)] if len(self.thread) else []
        current = self.searching.current if self.searching.active else None
        items = dict.fromkeys(place.item for place in self.article.placed if place is not None)
        if current is not None and current.item in items:
            return [(current.item, 0)]
        top, offset = self.position()
        return [(item, offset if item == top else 0) for item in items]

    def search_for(self, subject: Subject) -> None:
        """Search the thread for a number or name, and go to the nearest match."""
        from rumor_tui.search.asking import line_for
        from rumor_tui.search.base import Query

        self.come_up()
        self._point(None)
        self.searching.start()
        self.searching.change(Query(line_for(subject, self.searching.knowledge.marks)))
        self.lights_changed()
        self.to_match(0)
        if self.searching.current is not None:
            self.tell("")  # the count, not that the nearest match stands above

    def come_up(self) -> None:
        """Put away the screens above this one."""
        stack = self.app.screen_stack
        for _ in stack[stack.index(self) + 1 :]:
            self.app.pop_screen()

    # There and back

    def jump(self, label: str, item: int, start: int, end: int) -> None:
        """Go to a place of a trail; Escape then leads back."""
        from rumor_tui.ui.screens.index import IndexScreen
        from rumor_tui.ui.screens.trail import TrailScreen

        covers = [screen.state for screen in self.app.screen_stack if isinstance(screen, IndexScreen | TrailScreen)]
        standing = self.standing()
        self.come_up()
        before = list(self.searching.revealed)
        self._reach(item, start)
        opened = [row for row in self.searching.revealed if row not in before]
        self.searching.revealed = [row for row in self.searching.revealed if row not in opened]
        self.way_back = WayBack(label, covers, standing, opened, self._undoable())
        self._point((item, start, end))
        self.show_status()

    def _reach(self, item: int, start: int) -> None:
        """Bring a place into sight, whatever hides it."""
        row = item - self.comment_items.first_item
        if row < 0:
            self.show_pane(self.article)
            self.article.reach(item, start)
            return
        self.show_pane(self.comments)
        self.reveal(row)
        if self.comments.outline.hidden[row]:  # left out by the filter
            self.drop_filter()
            self.reveal(row)
        self.comments.reach(row, start)

    def _point(self, place: tuple[int, int, int] | None) -> None:
        """Light up one place, or none."""
        highlighter: Highlighter = self.searching if place is None else Pointed(self.searching, *place)
        self.article_items.highlighter = self.comment_items.highlighter = highlighter
        self.refresh_panes()

    def standing(self) -> Standing:
        """Where the reader is."""
        searching = self.searching
        return Standing(
            self.in_article,
            self.comments.cursor,
            self.comments.kept(),
            self.article.reference(),
            searching.current,
            searching.stepped_to,
        )

    def _undoable(self) -> tuple[Hashable, bool, int]:
        query = self.searching.search.query if self.searching.active else None
        return query, self.filtering, self.comment_items.peek

    @property
    def returns(self) -> bool:
        """Whether Escape, pressed now, leads back to the trail that a jump was made from."""
        if self.way_back is None:
            return False
        query, filtering, peek = self._undoable()
        since = self.way_back.since
        return query in (None, since[0]) and filtering <= since[1] and peek in (-1, since[2])

    def action_clear(self) -> None:
        """Back to the trail after a jump; else as ever."""
        if self.returns:
            self.go_back()
        else:
            super().action_clear()

    def go_back(self) -> None:
        """Show the trail again, over the place that the reader was at before."""
        from rumor_tui.ui.screens.index import IndexScreen
        from rumor_tui.ui.screens.trail import TrailScreen, TrailState

        way, self.way_back = self.way_back, None
        if way is None:
            return
        self._point(None)
        self._stand(way.standing, way.opened)
        for state in way.covers:
            screen = TrailScreen if isinstance(state, TrailState) else IndexScreen
            self.app.push_screen(screen(self, state))  # type: ignore[arg-type]

    def _stand(self, standing: Standing, opened: list[int]) -> None:
        """Put everything where it was."""
        if opened:
            tree = self.comments.outline
            self.comments.refold(lambda: tree.fold_each(opened))
        if len(self.thread):
            self.comments.comments.focus = max(self.comments.outline.seen(standing.cursor), 0)
            self.comments.put_back(standing.comments)
        self.article.put_back(standing.article)
        if self.searching.active:
            self.searching.current, self.searching.stepped_to = standing.current, standing.stepped_to
        pane: ItemsView = self.article if standing.in_article else self.comments
        self.activate(pane)
        self.refresh_panes()

    def on_comments_view_toggled(self, message: CommentsView.Toggled) -> None:
        """What is folded or unfolded by hand is not the way back's to restore. (Textual runs the search's own, too.)"""
        if self.way_back is not None and message.row in self.way_back.opened:
            self.way_back.opened.remove(message.row)

    def _search_words(self) -> str:
        """Where Escape leads, before what is searched for."""
        words = super()._search_words()
        if not self.returns or self.way_back is None:
            return words
        from rumor_tui.text import neutralise_line

        back = f"esc back to the trail of {neutralise_line(self.way_back.label)}"
        return "   ".join(part for part in (back, words.removesuffix("  esc clears")) if part)
