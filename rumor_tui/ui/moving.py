"""The screen's actions for moving and folding."""

from __future__ import annotations

from rumor_tui.labels import plural
from rumor_tui.ui.peeking import Peek
from rumor_tui.ui.screen import PanesScreen


class MovingScreen(PanesScreen, inherit_bindings=False):
    """What the keys of moving and folding do, in the pane that has the keys."""

    @property
    def in_article(self) -> bool:
        """Whether the article has the keys."""
        return self.pane is self.article

    # Moving

    def _go(self, row: int, otherwise: str) -> None:
        if not len(self.thread):
            self.tell("There are no comments.")
        elif not self.comments.go(row):
            self.tell(otherwise)

    def action_next(self) -> None:
        """The next comment, or a row down."""
        if self.in_article:
            self.article.scroll_rows(1)
        else:
            self._go(self.comments.outline.next(self.comments.cursor), "This is the last comment.")

    def action_previous(self) -> None:
        """The previous comment, or a row up."""
        if self.in_article:
            self.article.scroll_rows(-1)
        else:
            self._go(self.comments.outline.previous(self.comments.cursor), "This is the first comment.")

    def action_next_sibling(self) -> None:
        """The next comment at the same level, or a row down."""
        if self.in_article:
            self.article.scroll_rows(1)
        elif len(self.thread):
            self._go(self.comments.outline.next_sibling(self.comments.cursor), "No further comment at this level.")

    def action_previous_sibling(self) -> None:
        """The previous comment at the same level, or a row up."""
        if self.in_article:
            self.article.scroll_rows(-1)
        elif len(self.thread):
            self._go(self.comments.outline.previous_sibling(self.comments.cursor), "No earlier comment at this level.")

    def action_next_root(self) -> None:
        """The next top-level comment."""
        self.to_comments()
        self._go(self.comments.outline.next_root(self.comments.cursor), "No further top-level comment.")

    def action_previous_root(self) -> None:
        """The previous top-level comment."""
        self.to_comments()
        self._go(self.comments.outline.previous_root(self.comments.cursor), "No earlier top-level comment.")

    def action_parent(self) -> None:
        """The comment that this one answers."""
        self.to_comments()
        if len(self.thread):
            self._go(self.comments.outline.parent[self.comments.cursor], "This comment answers the article.")

    def action_root(self) -> None:
        """The top-level comment of this branch."""
        self.to_comments()
        if len(self.thread):
            self._go(self.comments.outline.root(self.comments.cursor), "")

    def to_comments(self) -> None:
        """Give the comments the keys where they are on screen beside the article, or the only thing to move in."""
        if self.in_article and len(self.thread):
            self.activate(self.comments)

    def action_peek(self) -> None:
        """Show what the comment answers, between its header and its text; or hide it again."""
        if len(self.thread) and not self.in_article:
            row, items = self.comments.cursor, self.comment_items
            self.show_peek("answers", -1 if (items.peek, items.peek_at) == (row, "answers") else row)

    def close_peek(self) -> None:
        """Hide what is peeked at."""
        self.show_peek("answers", -1)

    def show_peek(self, at: Peek, peek: int) -> None:
        """Show something in the comment at the cursor, between its header and its text; `peek` -1 hides it again."""
        view, items = self.comments, self.comment_items
        row = view.cursor
        if items.is_muted(row):
            view.open_muted(row)
        elif items.tree.folded[row]:
            view.toggle(row)
        kept = view.kept()
        items.peek, items.peek_at = peek, at
        view.put_back(kept)
        view.compose_rows()
        if view.screen_row(row) is None:  # the header has scrolled away, and what it answers stands below that
            view.show(row, margin=view.margin(row))

    def action_page(self, pages: int) -> None:
        """A page, less two rows that stay in sight."""
        self.pane.scroll_rows(pages * max(self.pane.page - 2, 1))

    def action_half_page(self, halves: int) -> None:
        """Half a page."""
        self.pane.scroll_rows(halves * max(self.pane.page // 2, 1))

    def action_line(self, rows: int) -> None:
        """A row."""
        self.pane.scroll_rows(rows)

    def action_top(self) -> None:
        """To the beginning."""
        if self.in_article:
            self.article.top_of_page()
        else:
            self._go(self.comments.outline.first(), "")

    def action_bottom(self) -> None:
        """To the end."""
        if self.in_article:
            self.article.end_of_page()
        else:
            self._go(self.comments.outline.last(), "")

    # Folds

    def action_fold_toggle(self) -> None:
        """Fold or unfold the comment; in the article, a page down."""
        if self.in_article:
            self.action_page(1)
        elif len(self.thread):
            self.comments.toggle(self.comments.cursor)

    def action_fold(self) -> None:
        """Fold the comment."""
        view = self.comments
        if len(self.thread) and not view.outline.folded[view.cursor]:
            view.toggle(view.cursor)

    def action_unfold(self) -> None:
        """Unfold the comment."""
        view = self.comments
        if len(self.thread) and view.outline.folded[view.cursor]:
            view.toggle(view.cursor)

    def action_fold_or_parent(self) -> None:
        """Fold; if folded or a leaf, go to the parent."""
        if self.in_article or not len(self.thread):
            return
        tree, row = self.comments.outline, self.comments.cursor
        if tree.size[row] and not tree.folded[row]:
            self.comments.toggle(row)
        else:
            self.action_parent()

    def action_unfold_or_reply(self) -> None:
        """Unfold; then the first reply."""
        if self.in_article or not len(self.thread):
            return
        tree, row = self.comments.outline, self.comments.cursor
        if tree.folded[row]:
            self.comments.toggle(row)
        else:
            self._go(tree.first_reply(row), "Nobody has replied to this comment.")

    def action_fold_all(self) -> None:
        """Fold every comment."""
        self.searching.revealed.clear()
        self.comments.refold(self.comments.outline.fold_all)

    def action_unfold_all(self) -> None:
        """Unfold every comment."""
        self.searching.revealed.clear()
        self.comments.refold(self.comments.outline.unfold_all)

    def action_fold_deeper(self, level: int) -> None:
        """Fold what is deeper than a level."""
        self.searching.revealed.clear()
        self.comments.refold(lambda: self.comments.outline.fold_deeper(level))

    def action_done(self) -> None:
        """Fold the whole branch and go on to the next one."""
        self.to_comments()
        if not len(self.thread):
            return
        view = self.comments
        root = view.outline.root(view.cursor)
        following = view.outline.next_root(root)
        view.refold(lambda: view.outline.fold(root), root)
        if not view.go(following):
            view.go(root)
            self.tell("This was the last branch.")

    # Panes

    def action_other_pane(self) -> None:
        """Give the keys to the other pane."""
        if not len(self.thread):
            self.tell("There are no comments.")
            return
        self.activate(self.comments if self.in_article else self.article)

    def action_indent(self, change: int) -> None:
        """More or fewer cells a level."""
        items, view = self.comment_items, self.comments
        kept = view.kept()
        items.step = min(max(items.step + change, 1), 8)
        view.relayout()
        view.put_back(kept)
        view.compose_rows()
        self.tell(f"{plural(items.step, 'cell')} a level")

    def action_divider(self, change: int) -> None:
        """Move the divider by a twentieth of the width."""
        if self.single:
            self.tell("One pane fills the screen; there is no divider.")
        else:
            self.set_split(self.split + 5 * change)

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.comment_items.absolute_dates = not self.comment_items.absolute_dates
        self.comments.compose_rows()
