"""The reader's search: the query, the current match, going from match to match, and the filter."""

from __future__ import annotations

from rumor_tui.labels import plural
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.worker import Analysis
from rumor_tui.search.cooperative import stop_after
from rumor_tui.search.query.query import Query
from rumor_tui.search.results import Match, MatchCounts, SearchResults

PATIENCE = 0.08
"""Seconds that a step to a match may take while not all is counted; longer would be felt as a dead key."""


class ThreadSearch:
    """What is searched for in the thread. `open` says that the search widget has the keys, `lit` that numbers and names
    stay lit without it."""

    def __init__(self, reading: ReadingContext, folds: Folds, analysis: Analysis, *, lit: bool) -> None:
        self.reading = reading
        self.folds = folds
        self.analysis = analysis
        self.lit = lit
        self.open = False
        self.current: Match | None = None
        """The match that the reader has gone to."""
        self.stepped_to: tuple[int, int] | None = None
        """Where the reader was after the last step: as long as that holds, the next one goes on from `current`."""
        self.awaited_from: tuple[int, int] | None = None
        """Where the reader kept a search of which no match was known yet: who is still there goes to it once it is."""
        self.version = 0
        """Incremented whenever cached spans become stale."""

    def remap(self, replacement: Replacement) -> None:
        """Stay at the match, if it is still there."""
        current, stepped = self.current, self.stepped_to
        place = replacement.item(current.item) if current is not None else -1
        self.current = current._replace(item=place) if current is not None and place >= 0 else None
        place = replacement.item(stepped[0]) if stepped is not None else -1
        self.stepped_to = (place, stepped[1]) if stepped is not None and place >= 0 else None
        awaited = self.awaited_from
        place = replacement.item(awaited[0]) if awaited is not None else -1
        self.awaited_from = (place, awaited[1]) if awaited is not None and place >= 0 else None
        self.version += 1

    # The query

    @property
    def query(self) -> Query:
        """What is searched for, as typed."""
        return self.analysis.engine.query

    @property
    def matches(self) -> SearchResults | None:
        """The matches of the last valid query."""
        return self.analysis.engine.matches

    @property
    def active(self) -> bool:
        """Whether there is something that is searched for."""
        return self.analysis.engine.matches is not None

    @property
    def counts(self) -> MatchCounts | None:
        """How many matches there are, as far as counted."""
        return self.matches.known if self.matches is not None else None

    def change(self, query: Query) -> None:
        """Take what is typed."""
        if self.analysis.engine.change(query):
            self.current = self.awaited_from = None
            self.changed()
            self.analysis.look()
        self.reading.effects.search_changed = True

    def changed(self) -> None:
        """Invalidate all cached highlight spans."""
        self.version += 1
        self.reading.effects.repaint = self.reading.effects.search_changed = True

    def renew(self) -> None:
        """What is remembered of the comments has changed: what is searched for by that is counted anew."""
        if self.analysis.engine.renew():
            self.changed()
            self.folds.filter.waits = self.folds.filter.active and self.folds.filter.by == "matches"
            self.analysis.look()

    def account(self) -> str:
        """The count in words: "3 of 41 · 9 in the article"."""
        matches, counts = self.matches, self.counts
        if matches is None or counts is None:
            return ""
        if matches.too_slow is not None:
            return str(matches.too_slow)
        if not counts.exact:
            return self.analysis.fault or (f"{counts.total:,} so far …" if counts.total else "counting …")
        if not counts.total:
            return "no match"
        here = self.current
        ordinal = matches.ordinal(here.item, here.start) if here is not None else None
        total = f"{counts.total:,}"
        first = f"{ordinal:,} of {total}" if ordinal else f"{total} {'match' if counts.total == 1 else 'matches'}"
        return first + (f" · {counts.in_article:,} in the article" if counts.in_article else "")

    # The widget

    def begin(self) -> None:
        """Open the search widget."""
        if not self.open:
            self.open = True
            self.analysis.start()
            self.reading.effects.search_widget = "open"
            self.changed()

    def keep(self) -> None:
        """Put the widget away, keep the search and go to the nearest match."""
        self.end()
        if not self.active:
            self.folds.drop_filter()
            return
        if self.folds.filter.active:
            self.apply_filter()
        counts = self.counts
        self.to_match(0)
        if self.current is None and counts is not None and not counts.exact:
            self.awaited_from = self.reading.item_here()

    def end(self) -> None:
        """Put the widget away."""
        self.open = False
        self.reading.effects.search_widget = "close"
        self.reading.effects.focus = True
        self.changed()

    def clear(self) -> bool:
        """Take back the filter and the search with the folds that it opened; whether there was a search."""
        if self.folds.filter.engaged:
            self.folds.drop_filter()
        if not self.active and not self.query.text:
            return False
        self.analysis.engine.clear()
        self.current = self.awaited_from = None
        self.folds.close_layer("search")
        self.changed()
        return True

    def toggle_lit(self) -> None:
        """Keep numbers and names lit, or not."""
        self.lit = not self.lit
        self.changed()
        self.reading.tell("Numbers and names stay lit." if self.lit else "Numbers and names light up while you search.")

    # From match to match

    def _find(self, direction: int, item: int, offset: int) -> Match | None:
        """The next (1), the previous (-1) or the nearest (0) match, seen from a place in the texts."""
        matches, here = self.matches, self.current
        if matches is None:
            return None
        if here is not None and (item, offset) == self.stepped_to and direction:
            item, offset = here.item, here.start
        else:
            offset -= direction
        find = {1: matches.next, -1: matches.previous, 0: matches.nearest}[direction]
        match = find(item, offset, stop_after(PATIENCE))
        if match is not None:
            self.current = match
        return match

    def to_match(self, direction: int) -> None:
        """Go to the next (1), previous (-1) or nearest (0) match from where the reader is."""
        reading = self.reading
        match = self._find(direction, *reading.item_here())
        if match is None:
            counts = self.counts
            known = counts is None or counts.exact
            reading.tell("No match." if known else "Not found yet: the rest is still being read.")
            return
        if match.wrapped:
            reading.tell("From the top again." if direction >= 0 else "From the end again.")
        row = match.item - reading.first_item
        if row < 0:
            reading.focus(in_article=True)
            reading.reach_in_article(match.item, match.start)
            self.stepped_to = None  # the view says where it stands when that is reached: see `arrived`
        else:
            reading.focus(in_article=False)
            self.folds.unhide(row, "search")
            reading.reach(row, match.start)
            self.stepped_to = match.item, 0
        reading.effects.repaint = reading.effects.search_changed = True

    def arrived(self) -> None:
        """The article shows what it was to bring into sight: the next step goes on from here."""
        if self.active and self.current is not None and self.stepped_to is None:
            self.stepped_to = self.reading.item_here()

    # The filter

    def toggle_filter(self) -> None:
        """Show only comments that match, with their ancestors; or all again."""
        if self.folds.filter.active:
            self.folds.drop_filter()
        elif not len(self.reading.thread):
            self.reading.tell("There are no comments to filter.")
        else:
            self.folds.filter.active = True
            if self.active:
                self.apply_filter()
            else:
                self.begin()

    def apply_filter(self, *, told: bool = True) -> None:
        """Leave out what does not match, as soon as that is known of all comments; say so, unless it went on before."""
        reading, layer, matches = self.reading, self.folds.filter, self.matches
        layer.by = "matches"
        layer.waits = matches is None or not matches.known.exact
        if matches is None or layer.waits:
            if told:
                reading.tell("Filtering as soon as all is read …")
            return
        mask = mask_of_comments(matches)
        count = mask.count(1)
        if not count:
            self.folds.drop_filter()
            reading.tell("No comment matches; nothing is left out.")
        elif layer.mask is not None and not told:
            self.folds.show_only(mask, unfold=False)
        else:
            self.folds.show_only(mask, unfold=True)
            reading.go(reading.state.row)
            verb = "matches" if count == 1 else "match"
            reading.tell(f"{plural(count, 'comment')} {verb}; \\ or esc shows all again.")

    def on_progress(self, *, counted: bool) -> None:
        """The background has got further."""
        if counted:
            self.changed()
            if self.folds.filter.waits and not self.open:
                self.apply_filter(told=self.folds.filter.mask is None)
            self._go_to_awaited()
        self.reading.effects.search_changed = True

    def _go_to_awaited(self) -> None:
        """Go to the match for which a kept search was waiting, unless the reader has gone elsewhere since."""
        counts = self.counts
        if self.awaited_from is None or counts is None or not counts.exact:
            return
        stayed = self.awaited_from == self.reading.item_here()
        self.awaited_from = None
        if stayed and self.current is None and not self.open:
            self.to_match(0)

    def commands(self) -> Commands:
        """The actions of searching, but for those that other parts share."""
        return {
            "search": lambda argument: self.begin(),
            "lit": lambda argument: self.toggle_lit(),
            "filter": lambda argument: self.toggle_filter(),
        }


def mask_of_comments(matches: SearchResults) -> bytes:
    """A byte a comment: 1 where it has a match."""
    return bytes(matches.items()[matches.index.first_comment :])
