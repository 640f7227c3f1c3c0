"""The way back: what Escape leads to after a jump to a place of a trail, or of another list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from rumor_tui.reading.context import ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.highlights import Highlights, Pointed
from rumor_tui.reading.position import Reference, Replacement
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.search.results import Match


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader was: the pane, the cursor, what stands where on the screen, and the match that is lit."""

    in_article: bool
    cursor: int
    comments: Reference
    article: Reference
    current: Match | None
    stepped_to: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Since:
    """What was searched for, filtered and peeked at when a jump was made; what came later is taken back before it."""

    query: Hashable
    filtering: bool
    peek: int


@dataclass(slots=True)
class WayBack:
    """`covers` are the states of the screens that covered the reader, the lowest first; `label` says what the last of
    them is: "the trail of 600"."""

    covers: Sequence[object]
    label: str
    standing: Standing
    since: Since


class History:
    """Jumps, and leads back."""

    def __init__(self, reading: ReadingContext, folds: Folds, search: ThreadSearch, highlights: Highlights) -> None:
        self.reading = reading
        self.folds = folds
        self.search = search
        self.highlights = highlights
        self.way_back: WayBack | None = None

    def remap(self, replacement: Replacement) -> None:
        """Lead back to where the same comments stand now."""
        way = self.way_back
        if way is None:
            return
        before = way.standing
        cursor = replacement.nearest(before.cursor)
        current, stepped = before.current, before.stepped_to
        item = replacement.item(current.item) if current is not None else -1
        stepped_item = replacement.item(stepped[0]) if stepped is not None else -1
        way.standing = replace(
            before,
            cursor=cursor,
            comments=replacement.in_comments(before.comments, cursor),
            article=replacement.in_article(before.article),
            current=current._replace(item=item) if current is not None and item >= 0 else None,
            stepped_to=(stepped_item, stepped[1]) if stepped is not None and stepped_item >= 0 else None,
        )
        way.since = replace(way.since, peek=-1)

    def forget(self) -> None:
        """Escape leads back no more; what the jump has unfolded stays so."""
        self.way_back = None
        self.folds.opened["jump"].clear()

    def jump(self, covers: Sequence[object], label: str, place: Pointed) -> None:
        """Go to a place of a list, above which nothing stays; Escape then leads back."""
        reading, search = self.reading, self.search
        comments, article = reading.viewport.references()
        state = reading.state
        standing = Standing(state.in_article, state.row, comments, article, search.current, search.stepped_to)
        reading.effects.uncover = True
        self.forget()
        row = place.item - reading.first_item
        if row < 0:
            reading.focus(in_article=True)
            reading.reach_in_article(place.item, place.start)
        else:
            reading.focus(in_article=False)
            self.folds.unhide(row, "jump")
            reading.reach(row, place.start)
        self.way_back = WayBack(covers, label, standing, self._since())
        self.point(place)

    def point(self, place: Pointed | None) -> None:
        """Light up one place, or none."""
        self.highlights.pointed = place
        self.reading.effects.repaint = True

    def _since(self) -> Since:
        query = self.search.query if self.search.active else None
        return Since(query, self.folds.filter.active, self.reading.state.peek)

    @property
    def returns(self) -> bool:
        """Whether Escape, pressed now, leads back to the list that a jump was made from."""
        if self.way_back is None:
            return False
        now, since = self._since(), self.way_back.since
        return now.query in (None, since.query) and now.filtering <= since.filtering and now.peek in (-1, since.peek)

    def words(self) -> str:
        """Where Escape leads; "" where it does not lead back."""
        return f"esc back to {self.way_back.label}" if self.returns and self.way_back is not None else ""

    def go_back(self) -> None:
        """Show the list again, over the place that the reader was at before."""
        way, self.way_back = self.way_back, None
        if way is None:
            return
        reading, standing = self.reading, way.standing
        self.point(None)
        self.folds.close_layer("jump")
        if len(reading.thread):
            reading.state.row = reading.outline.shown_near(standing.cursor)
        reading.effects.restore = standing.comments, standing.article
        if self.search.active:
            self.search.current, self.search.stepped_to = standing.current, standing.stepped_to
        reading.state.in_article, reading.effects.focus = standing.in_article, True
        reading.effects.covers += way.covers
