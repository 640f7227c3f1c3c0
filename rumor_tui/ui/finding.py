"""The screen's actions for searching and filtering, and what the background tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rumor_tui.labels import plural
from rumor_tui.model import Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.comments import CommentsView
from rumor_tui.ui.moving import MovingScreen
from rumor_tui.ui.search_bar import SearchBar
from rumor_tui.ui.searching import Searching, mask_of_comments
from rumor_tui.ui.theme import Palette

if TYPE_CHECKING:
    from rumor_tui.loading import Services

LOW = 10
"""Rows below which the search widget shows no list."""
TALL = 30
"""Rows from which on the search widget shows two lines of numbers and names."""


class FindingScreen(MovingScreen, inherit_bindings=False):
    """What the keys of searching and filtering do."""

    def __init__(self, thread: Thread, settings: Settings, palette: Palette, services: Services | None = None) -> None:
        super().__init__(thread, settings, palette, services)
        self.search_bar = SearchBar(palette)
        self.filtering = False
        self.folds_before_filter: bytes | None = None
        self.filter_mask: bytes | None = None
        self.filter_waits = False

    # Search

    def action_search(self) -> None:
        """Open the search widget."""
        if self.searching.open:
            return
        self.searching.open = True
        self.searching.start()
        if not self.search_bar.is_attached:
            self.mount(self.search_bar, before=self.status_bar)
        self.search_bar.open(
            self.searching.search.query, 2 if self.size.height >= TALL else int(self.size.height >= LOW)
        )
        self.lights_changed()

    def lights_changed(self) -> None:
        """What is lit, or what is searched for, changed."""
        self.searching.changed()
        self.refresh_panes()
        self.show_search()

    def show_search(self) -> None:
        """Bring the search widget, and the status line, up to date."""
        searching = self.searching
        if self.searching.open:
            error = searching.search.error
            regex = "regex" in self.search_bar.on
            entries = searching.offers(self.screenful(), self.search_bar.typed, plain=regex)
            words = error or searching.account() or "numbers and names"
            self.search_bar.show(entries, words, bool(error), searching.reading())
        self.show_status()

    def screenful(self) -> list[int]:
        """The items on screen, counted as the index does."""
        first = self.comment_items.first_item
        article = {p.item for p in self.article.placed if p is not None and self.article.display}
        comments = {p.item + first for p in self.comments.placed if p is not None and self.comments.display}
        return sorted(article | comments)

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Something was typed or toggled."""
        self.searching.give_way()
        if self.searching.change(message.query):
            self.refresh_panes()
        self.show_search()

    def on_search_bar_kept(self) -> None:
        """Keep the search and go to the nearest match."""
        self.close_search_bar()
        if not self.searching.active:
            self.drop_filter()
            return
        if self.filtering:
            self.apply_filter()
        self.to_match(0)

    def on_search_bar_left(self) -> None:
        """Search for nothing."""
        self.close_search_bar()
        self.action_clear()

    def close_search_bar(self) -> None:
        """Put the widget away and give the keys back."""
        self.search_bar.close()
        self.searching.open = False
        self.activate(self.pane)
        self.lights_changed()

    def on_searching_progress(self, message: Searching.Progress) -> None:
        """The background has got further."""
        if message.counted:
            self.searching.changed()
            if self.filter_waits and not self.searching.open:
                self.apply_filter(told=self.filter_mask is None)
            self.refresh_panes()
        self.show_title()
        self.show_search()

    def on_searching_known(self, message: Searching.Known) -> None:
        """More is known of the thread: what is painted may be other now."""
        self.searching.changed()
        self.refresh_panes()
        self.show_search()

    def to_match(self, direction: int) -> None:
        """Go to the next (1), previous (-1) or nearest (0) match from where the reader is."""
        found = self.searching.step(direction, *self.position())
        if found is None:
            counts = self.searching.counts
            self.tell("No match." if counts is None or counts.exact else "Not found yet: the rest is still being read.")
            return
        if found.wrapped:
            self.tell("From the top again." if direction >= 0 else "From the end again.")
        first = self.comment_items.first_item
        if found.item < first:
            self.show_pane(self.article)
            self.article.reach(found.item, found.start)
        else:
            self.show_pane(self.comments)
            self.reveal(found.item - first)
            if self.comments.outline.hidden[found.item - first]:  # left out by the filter of another search
                self.drop_filter()
                self.reveal(found.item - first)
            self.comments.reach(found.item - first, found.start)
        self.searching.stepped_to = self.position()
        self.refresh_panes()
        self.show_search()

    def show_pane(self, pane: object) -> None:
        """Give a pane the keys if it has not got them."""
        if self.pane is not pane:
            self.activate(self.article if pane is self.article else self.comments)

    def reveal(self, row: int) -> None:
        """Unfold what hides a comment, and the comment itself; remember it for later."""
        tree = self.comments.outline
        folded = [above for above in (row, *tree.ancestors(row)) if tree.folded[above]]
        if folded:
            self.searching.revealed += [above for above in folded if above not in self.searching.revealed]
            self.comments.refold(lambda: tree.unfold_each(folded[::-1]), folded[-1])

    def position(self) -> tuple[int, int]:
        """Where the reader is: the item and the offset in its text."""
        if self.in_article:
            top = self.article.top
            offsets = self.article.painted(top.item).offsets[: top.row + 1]
            return top.item, max([offset for offset in offsets if offset >= 0], default=0)
        return self.comment_items.first_item + self.comments.cursor, 0

    def action_next_match(self) -> None:
        """The next match."""
        self._match_or_say(1)

    def action_previous_match(self) -> None:
        """The previous match."""
        self._match_or_say(-1)

    def _match_or_say(self, direction: int) -> None:
        if self.searching.active:
            self.to_match(direction)
        else:
            self.tell("Nothing is searched for: press / first.")

    def action_clear(self) -> None:
        """Take back one thing: the filter and the search with the folds that it opened, or a peek."""
        if self.folds_before_filter is not None or self.filtering:
            self.drop_filter()
        if self.searching.active or self.searching.search.query.text:
            self.searching.clear()
            self._fold_revealed()
            self.lights_changed()
        elif self.comment_items.peek >= 0:
            self.close_peek()

    def _fold_revealed(self) -> None:
        """Restore the folds that the search has opened."""
        rows, self.searching.revealed = self.searching.revealed, []
        if rows:
            tree = self.comments.outline
            self.comments.refold(lambda: tree.fold_each(rows))

    def on_comments_view_toggled(self, message: CommentsView.Toggled) -> None:
        """What the reader folds or unfolds by hand is not the search's to restore."""
        if message.row in self.searching.revealed:
            self.searching.revealed.remove(message.row)

    def action_lit(self) -> None:
        """Keep numbers and names lit, or not."""
        self.searching.lit = not self.searching.lit
        self.lights_changed()
        self.tell(
            "Numbers and names stay lit." if self.searching.lit else "Numbers and names light up while you search."
        )

    # The filter

    def action_filter(self) -> None:
        """Show only comments that match, with their ancestors; or all again."""
        if self.filtering:
            self.drop_filter()
        elif not len(self.thread):
            self.tell("There are no comments to filter.")
        else:
            self.filtering = True
            if self.searching.active:
                self.apply_filter()
            else:
                self.action_search()

    def apply_filter(self, *, told: bool = True) -> None:
        """Leave out what does not match, as soon as that is known of all comments; say so, unless it went on before."""
        matches = self.searching.search.matches
        self.filter_waits = matches is None or not matches.known.exact
        if matches is None or self.filter_waits:
            if told:
                self.tell("Filtering as soon as all is read …")
            return
        mask = mask_of_comments(matches)
        if not any(mask):
            self.drop_filter()
            self.tell("No comment matches; nothing is left out.")
            return
        if self.filter_mask is not None and not told:
            self.narrow_to(mask)
            return
        tree = self.comments.outline
        if self.folds_before_filter is None:
            self.folds_before_filter = bytes(tree.folded)
        tree.unfold_all()
        self.narrow_to(mask)
        self.comments.go(self.comments.cursor)
        count = mask.count(1)
        self.tell(f"{plural(count, 'comment')} {'matches' if count == 1 else 'match'}; \\ or esc shows all again.")

    def narrow_to(self, mask: bytes) -> None:
        """Show only the comments whose byte is 1, with their ancestors."""
        self.filter_mask = mask
        self.comments.refold(lambda: self.comments.outline.show_only(mask))

    def drop_filter(self) -> None:
        """Show all comments again, folded as they were."""
        self.filtering = self.filter_waits = False
        folds, self.folds_before_filter, self.filter_mask = self.folds_before_filter, None, None
        if folds is not None:
            self.searching.revealed.clear()
            tree = self.comments.outline
            tree.show_only(None)
            self.comments.refold(lambda: tree.fold_where(folds))
