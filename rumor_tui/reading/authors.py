"""People: going through the comments of one author, and muting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rumor_tui.labels import plural
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.position import Replacement
from rumor_tui.text import neutralise_line


class Lens(NamedTuple):
    """The author whose comments are gone through, and their rows."""

    name: str
    rows: Sequence[int]


class Authors:
    """Looks at the comments of one author, and mutes others."""

    def __init__(self, reading: ReadingContext, folds: Folds) -> None:
        self.reading = reading
        self.folds = folds
        self.lens: Lens | None = None

    def remap(self, replacement: Replacement) -> None:
        """Look the author's comments up anew: there may be more of them."""
        if self.lens is not None:
            self.look_at(self.lens.name)

    def author_here(self) -> str:
        """The author of the comment at the cursor, or of the article while that has the keys; "" where unsigned."""
        reading = self.reading
        if reading.in_comments:
            return reading.author_of(reading.state.row)
        return neutralise_line(reading.thread.article.byline or "")

    # The lens

    def toggle_lens(self) -> None:
        """Go through the comments of the author at the cursor; or no more."""
        name, reading = self.author_here(), self.reading
        if self.lens is not None and name in (self.lens.name, ""):
            self.leave_lens()
        elif not name:
            in_article = reading.state.in_article
            reading.tell("Nobody has signed the article." if in_article else "This comment is not signed.")
        else:
            self.look_at(name)
            if self.lens is None:
                reading.tell(f"{name} has written no comment.")

    def look_at(self, name: str) -> None:
        """Accent the comments of an author, through which n and N then lead."""
        from rumor_tui.search.index.authors import rows_by_author

        rows = rows_by_author(self.reading.thread, name)
        self.lens = Lens(name, rows) if len(rows) else None
        self._show_lens()

    def read(self, name: str) -> None:
        """Go through the comments of an author, from the first one on."""
        self.look_at(name)
        if self.lens is not None:
            self.go_to(self.lens.rows[0])

    def leave_lens(self) -> None:
        """No author is looked at any more."""
        self.lens = None
        self._show_lens()

    def _show_lens(self) -> None:
        self.reading.state.lens = self.lens.name if self.lens is not None else ""
        self.reading.effects.repaint = True

    def step(self, direction: int) -> None:
        """The author's next (1) or previous (-1) comment."""
        reading = self.reading
        if self.lens is None:
            return
        rows, row = self.lens.rows, -1 if reading.state.in_article else reading.state.row
        nth = bisect_right(rows, row) if direction > 0 else bisect_left(rows, max(row, 0)) - 1
        if list(rows) == [row]:
            reading.tell(f"This is the only comment of {self.lens.name}.")
        elif not 0 <= nth < len(rows):
            reading.tell("From the top again." if direction > 0 else "From the end again.")
        self.go_to(rows[nth % len(rows)])

    def go_to(self, row: int) -> None:
        """Put the cursor on a comment, whatever hides it."""
        self.reading.focus(in_article=False)
        self.folds.unhide(row)
        self.reading.go(row)

    def words(self) -> str:
        """Whose comments are gone through, and how far; "" without a lens."""
        if self.lens is None:
            return ""
        (name, rows), row = self.lens, self.reading.state.row
        nth = bisect_left(rows, row)
        at = f"{nth + 1:,} of " if nth < len(rows) and rows[nth] == row else ""
        return f"{name} · {at}{plural(len(rows), 'comment')}  n/N  esc leaves"

    # Muting

    def toggle_mute_here(self) -> None:
        """Mute or unmute the author at the cursor."""
        name, in_article = self.author_here(), self.reading.state.in_article
        if name and not in_article:
            self.toggle_mute(name)
        else:
            unsigned = "This comment is not signed."
            self.reading.tell("Go to a comment of whom you want to mute." if in_article else unsigned)

    def toggle_mute(self, name: str) -> None:
        """Show the comments of an author as one line each, or again as they are."""
        from rumor_tui.search.index.authors import rows_by_author

        reading, state = self.reading, self.reading.state
        count = len(rows_by_author(reading.thread, name))
        state.muted ^= {name}
        state.opened.clear()
        if state.peek >= 0 and reading.is_muted(state.peek):
            state.peek = -1
        reading.effects.relayout = reading.effects.keep_place = True
        comments = plural(count, "comment") + f" of {name} "
        if name in state.muted:
            reading.tell(comments + ("is muted." if count == 1 else "are muted."))
        else:
            reading.tell(comments + ("is no longer muted." if count == 1 else "are no longer muted."))

    def commands(self) -> Commands:
        """The actions on authors."""
        return {"lens": lambda argument: self.toggle_lens(), "mute": lambda argument: self.toggle_mute_here()}
