"""Going through what is unread and new: from one to the next, marking as read, showing nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from time import time
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.labels import format_date, plural
from rumor_tui.reading.context import NO_COMMENTS, Commands, ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.memory import Memory, Since
from rumor_tui.reading.search import ThreadSearch

if TYPE_CHECKING:
    from rumor_tui.library_types import Change, ReadChange

DAY: Final = 86_400
NO_LIBRARY: Final = "Nothing is remembered here: the library is off."
NOT_YET: Final = "Not known yet: the library is still being asked."
ALL_READ: Final = "all read"


class SinceChoice(NamedTuple):
    """A moment from which on comments may count as new, and what it is called."""

    since: Since
    label: str


class ChooseSince(NamedTuple):
    """Asks the screen for a choice of `SinceChoice`, or for a date that is typed."""

    choices: Sequence[SinceChoice]
    current: Since


def date_choice(typed: str) -> SinceChoice | None:
    """The choice of a date that is typed as 2024-05-31, 2024-05 or 2024; None where it is none."""
    date = typed.strip()
    if not re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", date):
        return None
    from rumor_tui.search.query.parser import start_of_date

    start = start_of_date(date)
    return None if start is None else SinceChoice(Since(start, "written"), date)


class Unread:
    """The commands on what is unread. What they change shows once it is on disk, and is told then."""

    def __init__(self, reading: ReadingContext, folds: Folds, memory: Memory, search: ThreadSearch) -> None:
        self.reading = reading
        self.search = search
        self.folds = folds
        self.memory = memory
        self._words: list[tuple[ReadChange, str]] = []
        """What to say once a change is on disk."""
        self._all: ReadChange | None = None
        """What the last "mark all" marked, which the next one takes back."""
        memory.confirmed.append(self._confirmed)

    @property
    def refusal(self) -> str:
        """Why nothing can be said of what is unread; "" where it can."""
        if self.memory.known:
            return "" if len(self.reading.thread) else NO_COMMENTS
        return (self.memory.problem or NOT_YET) if self.memory.expected else NO_LIBRARY

    def _refused(self) -> bool:
        if self.refusal:
            self.reading.tell(self.refusal)
        return bool(self.refusal)

    # From one to the next

    def step(self, direction: int) -> None:
        """Go to the next (1) or the previous (-1) unread comment, among those that a filter shows."""
        if self._refused():
            return
        reading, row = self.reading, -1 if self.reading.state.in_article else self.reading.state.row
        unread = self._candidates()
        found = unread.find(1, row + 1) if direction > 0 else unread.rfind(1, 0, max(row, 0))
        if found < 0:
            found = unread.find(1) if direction > 0 else unread.rfind(1)
            if found < 0:
                reading.tell("Nothing is unread.")
                return
            if found == row:
                reading.tell("Nothing else is unread.")
                return
            reading.tell("From the top again." if direction > 0 else "From the end again.")
        reading.focus(in_article=False)
        self.folds.unhide(found)
        reading.go(found)

    def _candidates(self) -> bytes:
        unread, mask = self.memory.unread, self.folds.filter.mask
        if mask is None:
            return unread
        both = int.from_bytes(unread, "little") & int.from_bytes(mask, "little")
        return both.to_bytes(len(unread), "little")

    # Marking

    def _toggle(self, argument: int) -> None:
        """Have the comment at the cursor count as read, or as unread again."""
        if self._refused():
            return
        if not self.reading.in_comments:
            self.reading.tell("Go to the comment that you want to mark.")
            return
        row = self.reading.state.row
        unread = self.memory.is_unread(row)
        change = self.memory.mark_read([row], read=unread)
        self._say_of(change, "Marked as read." if unread else "Marked as unread.")

    def mark_branch(self, row: int) -> None:
        """Have the whole branch that a comment is in count as read."""
        if len(self.reading.thread):
            root = self.reading.outline.root(row)
            self.memory.mark_read(range(root, self.reading.outline.end(root)))

    def _mark_all(self, argument: int) -> None:
        """Have all comments count as read; where none is unread, take that back."""
        if self._refused():
            return
        change = self.memory.mark_read(range(len(self.reading.thread)))
        if change is not None:
            self._all = change
            key = self.reading.key_of("mark-all-read")
            verb = "is" if len(change.handles) == 1 else "are"
            back = f" {key} takes that back." if key else ""
            self._say_of(change, f"{plural(len(change.handles), 'comment')} {verb} marked as read.{back}")
        elif self._all is None:
            self.reading.tell("Nothing is unread.")
        else:
            rows = [row for handle in self._all.handles if (row := self.memory.row_of(handle)) >= 0]
            self._all = None
            self._say_of(self.memory.mark_read(rows, read=False), f"{plural(len(rows), 'comment')} unread as before.")

    def _say_of(self, change: ReadChange | None, words: str) -> None:
        if change is not None:
            self._words.append((change, words))

    def _confirmed(self, change: Change) -> None:
        """Say of a change that it is done."""
        for known, words in self._words:
            if known is change:
                self.reading.tell(words)
        self._words = [pair for pair in self._words if pair[0] is not change]

    # Nothing else

    def wanted(self) -> tuple[bytes, str]:
        """The rows to show where nothing else is to be: the new ones, or else all unread ones; and what they are."""
        if 1 in self.memory.new:
            return self.memory.new, "new"
        return self.memory.unread, "unread"

    def _show_only_new(self, argument: int) -> None:
        """Show only new comments with their ancestors; or all again."""
        reading, layer = self.reading, self.folds.filter
        if layer.active and layer.by == "new":
            self.folds.drop_filter()
            return
        if self._refused():
            return
        mask, word = self.wanted()
        count = mask.count(1)
        if not count:
            reading.tell("Nothing is new or unread.")
            return
        layer.active, layer.by, layer.waits = True, "new", False
        self.folds.show_only(mask, unfold=True)
        self._go_to_first(mask)
        key = reading.key_of("only-new")
        reading.tell(f"{plural(count, f'{word} comment')}; {key} or esc shows all again.")

    def _go_to_first(self, mask: bytes) -> None:
        """Stay where one is, or go to the first of some rows."""
        reading, row = self.reading, self.reading.state.row
        reading.focus(in_article=False)
        reading.go(row if mask[row] else mask.find(1))

    def refresh_filter(self) -> None:
        """What is new has changed: a filter for it shows what it is now, besides what it has shown."""
        layer = self.folds.filter
        if not (layer.active and layer.by == "new") or layer.mask is None or not self.memory.known:
            return
        both = int.from_bytes(layer.mask, "little") | int.from_bytes(self.wanted()[0], "little")
        self.folds.show_only(both.to_bytes(len(layer.mask), "little"), unfold=False)

    def _fold_others(self, argument: int) -> None:
        """Fold every branch in which nothing is new (or unread, where nothing is new)."""
        if self._refused():
            return
        reading, (mask, word) = self.reading, self.wanted()
        if 1 not in mask:
            reading.tell("Nothing is new or unread.")
            return
        outline = reading.outline
        keep = outline.with_ancestors(mask)
        parent = outline.parent
        folds = bytes(not kept and (above < 0 or keep[above]) for kept, above in zip(keep, parent, strict=True))
        self.folds.set_all(lambda: outline.fold_where(folds))
        reading.go(reading.state.row)
        count = folds.count(1)
        verb = "is" if count == 1 else "are"
        reading.tell(f"{plural(count, 'branch')} without anything {word} {verb} folded.")

    # Since when

    def choices(self) -> list[SinceChoice]:
        """The moments that are offered."""
        found = []
        if self.memory.remembered is not None:
            visits = self.memory.remembered.visits
            names = ("my last visit", "the visit before", "the third last visit", "the fourth last visit")
            found = [
                SinceChoice(Since(moment), f"{name}, {format_date(moment)}")
                for name, moment in zip(names, visits, strict=False)
            ]
        now = time()
        days = ((1, "a day ago"), (7, "a week ago"), (30, "a month ago"))
        return [*found, *(SinceChoice(Since(now - count * DAY, "written"), name) for count, name in days)]

    def _choose_since(self, argument: int) -> None:
        """Ask since when comments are to count as new."""
        if not self._refused():
            self.reading.effects.covers.append(ChooseSince(self.choices(), self.memory.since))

    def count_since(self, since: Since, label: str) -> None:
        """Comments are new from there on; say how many."""
        self.memory.choose_since(since)
        self.reading.effects.title = True
        self.refresh_filter()
        self.search.renew()
        counts = self.memory.counts
        self.reading.tell(f"New since {label}: {plural(counts.fresh, 'unread comment')}.")

    def words(self) -> str:
        """What there is to read: "37 of 412 unread, 4 new"; "" where that is not known."""
        if not self.memory.shows or not len(self.reading.thread):
            return ""
        unread, fresh = self.memory.counts
        if not unread:
            return ALL_READ
        return f"{unread:,} of {len(self.reading.thread):,} unread" + (f", {fresh:,} new" if fresh else "")

    def commands(self) -> Commands:
        """The actions on what is unread."""
        return {
            "toggle_read": self._toggle,
            "mark_all_read": self._mark_all,
            "only_new": self._show_only_new,
            "fold_others": self._fold_others,
            "since": self._choose_since,
        }
