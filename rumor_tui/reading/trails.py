"""Following a claim: the number or name that the reader is at, and searching for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.history import History
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.reading.worker import Analysis
from rumor_tui.search.query.query import Query

if TYPE_CHECKING:
    from rumor_tui.marks import Mark
    from rumor_tui.search.claims.trail import TrailSubject


class MarksHere(NamedTuple):
    """The distinct numbers and names of an item (-1: of none), and which of them the reader is at."""

    item: int
    subjects: list[TrailSubject]
    at: int


class OpenTrail(NamedTuple):
    """Asks the screen for the trail of one of these."""

    marks: MarksHere


class OpenIndex(NamedTuple):
    """Asks the screen for the index of all numbers and names."""


class OpenParticipants(NamedTuple):
    """Asks the screen for the list of those who take part."""


class Trails:
    """Opens the index and the trails, and searches for what they list."""

    def __init__(self, reading: ReadingContext, search: ThreadSearch, analysis: Analysis, history: History) -> None:
        self.reading = reading
        self.search = search
        self.analysis = analysis
        self.history = history

    def marks_here(self) -> MarksHere:
        """The numbers and names of the item that the reader is at.

        The one that the reader is at is the one that the search stands at, or else the first one of the comment, or of
        the article's rows on screen.
        """
        from rumor_tui.search.claims.trail import TrailSubject

        for item, offset in self._items_here():
            text = self.analysis.index.item_text(item)
            marks = self.analysis.knowledge.marks_of(item)
            if not marks or marks[-1].end <= offset:
                continue
            subjects = [TrailSubject(mark.kind, mark.value, text[mark.start : mark.end]) for mark in marks]
            here = subjects[self._nth_here(item, marks, offset)][:2]
            distinct = list({subject[:2]: subject for subject in reversed(subjects)}.values())[::-1]
            return MarksHere(item, distinct, next(k for k, subject in enumerate(distinct) if subject[:2] == here))
        return MarksHere(-1, [], 0)

    def _nth_here(self, item: int, marks: list[Mark], offset: int) -> int:
        current = self.search.current if self.search.active else None
        if current is not None and current.item == item:
            nth = next((n for n, m in enumerate(marks) if m.start < current.end and m.end > current.start), None)
            if nth is not None:
                return nth
        return next(n for n, mark in enumerate(marks) if mark.end > offset)

    def _items_here(self) -> list[tuple[int, int]]:
        """The items that the reader may mean, each with the offset from which on it is on screen."""
        reading = self.reading
        if not reading.state.in_article:
            return [reading.item_here()] if len(reading.thread) else []
        current = self.search.current if self.search.active else None
        items = [shown.item for shown in reading.viewport.article_on_screen()]
        if current is not None and current.item in items:
            return [(current.item, 0)]
        top, offset = reading.item_here()
        return [(item, offset if item == top else 0) for item in items]

    def open_trail(self) -> None:
        """The trail of the mark that the reader is at."""
        marks = self.marks_here()
        if marks.subjects:
            self.history.forget()
            self.reading.effects.covers.append(OpenTrail(marks))
        else:
            where = "on this screen of the article" if self.reading.state.in_article else "in this comment"
            self.reading.tell(f"There is no number or name {where}.")

    def open_index(self) -> None:
        """All numbers and names."""
        self.history.forget()
        self.reading.effects.covers.append(OpenIndex())

    def search_for(self, subject: TrailSubject) -> None:
        """Search the thread for a number or name, and go to the nearest match."""
        from rumor_tui.search.claims.trail import query_for_subject

        self.reading.effects.uncover = True
        self.history.point(None)
        self.analysis.start()
        self.search.change(Query(query_for_subject(subject, self.analysis.knowledge.marks)))
        self.search.changed()
        self.search.to_match(0)
        if self.search.current is not None:
            self.reading.tell("")  # the count, not that the nearest match stands above

    def commands(self) -> Commands:
        """The actions of following claims."""
        return {"index": lambda argument: self.open_index(), "trail": lambda argument: self.open_trail()}
