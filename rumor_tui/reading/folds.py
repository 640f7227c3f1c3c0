"""Folds in layers: by hand, opened by a search or a jump, and what a filter leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.effects import Scroll
from rumor_tui.reading.position import Replacement

Layer = Literal["search", "jump"]
"""What unfolds comments only for a while."""


@dataclass(slots=True)
class Filter:
    """Whether a filter is on, the comments that it shows (a byte each), and the folds from before it.

    `by` says what it goes by: the matches of a search, or what is new. `waits` says that the filter is to be applied as
    soon as all matches are counted.
    """

    active: bool = False
    by: Literal["matches", "new"] = "matches"
    waits: bool = False
    mask: bytes | None = None
    folds_before: bytes | None = None

    @property
    def engaged(self) -> bool:
        """Whether there is something to take back."""
        return self.active or self.folds_before is not None


@dataclass(slots=True)
class Folds:
    """Folds and unfolds the outline. `opened` holds, by layer, the comments to be folded again when the layer ends."""

    reading: ReadingContext
    opened: dict[Layer, list[int]] = field(default_factory=lambda: {"search": [], "jump": []})
    filter: Filter = field(default_factory=Filter)

    def remap(self, replacement: Replacement) -> None:
        """Fold and filter the new state's outline as the old one was."""
        row_map, outline, kept = replacement.row_map, self.reading.outline, self.filter
        self.opened = {layer: row_map.rows(rows) for layer, rows in self.opened.items()}
        outline.fold_where(row_map.mask(replacement.outline.folded))
        if kept.folds_before is not None:
            kept.folds_before = row_map.mask(kept.folds_before)
        if kept.mask is not None:
            kept.mask = row_map.mask(kept.mask)
            kept.waits = kept.by == "matches"
            if 1 in kept.mask:  # otherwise nothing would be left to read until the new texts are counted
                outline.show_only(kept.mask)

    # By hand

    def toggle(self, row: int) -> None:
        """Fold or unfold one comment; what is done by hand is for no layer to take back."""
        for rows in self.opened.values():
            if row in rows:
                rows.remove(row)
        outline = self.reading.outline
        change = outline.unfold if outline.folded[row] else outline.fold
        change(row)
        self.reading.note_refolded(row, outline.end(row))

    def set_all(self, change: Callable[[], None]) -> None:
        """Change the folds of the whole thread."""
        self.opened["search"].clear()
        change()
        self.reading.note_refolded()

    def open_muted(self, row: int) -> None:
        """Show a comment whose author is muted, and unfold it."""
        reading = self.reading
        reading.state.opened.add(row)
        if reading.outline.folded[row]:
            reading.outline.unfold(row)
            reading.note_refolded(row, reading.outline.end(row))
        reading.effects.keep_place = True
        reading.go(row)

    def open_at(self, row: int) -> bool:
        """Open a comment that is one line for being folded or muted; whether it was."""
        if self.reading.is_muted(row):
            self.open_muted(row)
        elif self.reading.outline.folded[row]:
            self.toggle(row)
        else:
            return False
        return True

    # Bringing comments into the open

    def unhide(self, row: int, layer: Layer | None = None) -> None:
        """Unfold a comment and what hides it, and drop a filter that leaves it out.

        What a layer unfolds is folded again when the layer ends; without one it stays unfolded. A layer shows a comment
        also where its author is muted.
        """
        self._unfold_line(row, layer)
        if self.reading.outline.hidden[row]:
            self.drop_filter()
            self._unfold_line(row, layer)
        if layer is not None and self.reading.is_muted(row):
            self.reading.state.opened.add(row)
            self.reading.effects.keep_place = True

    def _unfold_line(self, row: int, layer: Layer | None) -> None:
        outline = self.reading.outline
        folded = [above for above in (row, *outline.ancestors(row)) if outline.folded[above]]
        if not folded:
            return
        if layer is not None:
            self.opened[layer] += [above for above in folded if above not in self.opened[layer]]
        outline.unfold_each(folded[::-1])
        self.reading.note_refolded(folded[-1], outline.end(folded[-1]))

    def close_layer(self, layer: Layer) -> None:
        """Fold what a layer has unfolded."""
        rows, self.opened[layer] = self.opened[layer], []
        if rows:
            self.reading.outline.fold_each(rows)
            self.reading.note_refolded()

    # The filter

    def show_only(self, mask: bytes, *, unfold: bool) -> None:
        """Show only the comments whose byte is 1, with their ancestors; `unfold` them all first."""
        outline, kept = self.reading.outline, self.filter
        kept.mask = mask
        if kept.folds_before is None:
            kept.folds_before = bytes(outline.folded)
        if unfold:
            outline.unfold_all()
        outline.show_only(mask)
        self.reading.note_refolded()

    def drop_filter(self) -> None:
        """Show all comments again, folded as they were."""
        before, self.filter = self.filter.folds_before, Filter()
        if before is not None:
            self.opened["search"].clear()
            self.reading.outline.show_only(None)
            self.reading.outline.fold_where(before)
            self.reading.note_refolded()

    # Commands

    def press(self, row: int) -> None:
        """A comment's mark was clicked, or its header while the cursor is there: open it, or fold it."""
        if not self.open_at(row):
            self.toggle(row)

    def _fold_toggle(self, argument: int) -> None:
        """Fold or unfold the comment; in the article, a page down."""
        reading = self.reading
        if reading.state.in_article:
            reading.scroll(Scroll("page", 1))
        elif len(reading.thread) and not self.open_at(reading.state.row):
            self.toggle(reading.state.row)

    def _fold(self, argument: int) -> None:
        reading = self.reading
        if len(reading.thread) and not reading.outline.folded[reading.state.row]:
            self.toggle(reading.state.row)

    def _unfold(self, argument: int) -> None:
        reading = self.reading
        if not len(reading.thread):
            return
        row = reading.state.row
        if not reading.state.in_article:
            self.open_at(row)
        elif reading.outline.folded[row]:
            self.toggle(row)

    def _unfold_or_reply(self, argument: int) -> None:
        """Unfold; then go to the first reply."""
        reading = self.reading
        if reading.in_comments and not self.open_at(reading.state.row):
            reading.go(reading.outline.first_reply(reading.state.row), "Nobody has replied to this comment.")

    def fold_or(self, otherwise: Callable[[], None]) -> None:
        """Fold the comment; where it is folded or has no replies, do something else."""
        reading = self.reading
        if not reading.in_comments:
            return
        row = reading.state.row
        if reading.outline.size[row] and not reading.outline.folded[row]:
            self.toggle(row)
        else:
            otherwise()

    def done(self) -> None:
        """Fold the whole branch and go on to the next one."""
        reading = self.reading
        reading.focus_comments()
        if not len(reading.thread):
            return
        outline = reading.outline
        root = outline.root(reading.state.row)
        following = outline.next_root(root)
        outline.fold(root)
        reading.note_refolded(root, outline.end(root))
        reading.go(following if following >= 0 else root)
        if following < 0:
            reading.tell("This was the last branch.")

    def commands(self) -> Commands:
        """The actions of folding, but for those that others take part in (see `fold_or` and `done`)."""
        reading = self.reading
        return {
            "fold_toggle": self._fold_toggle,
            "fold": self._fold,
            "unfold": self._unfold,
            "unfold_or_reply": self._unfold_or_reply,
            "fold_all": lambda argument: self.set_all(reading.outline.fold_all),
            "unfold_all": lambda argument: self.set_all(reading.outline.unfold_all),
            "fold_deeper": lambda level: self.set_all(lambda: reading.outline.fold_deeper(level)),
        }
