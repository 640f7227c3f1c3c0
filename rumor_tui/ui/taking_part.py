"""The screen's actions for people and time: the author lens, muting, participants, the timeline."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.message import Message

from rumor_tui.model import Thread
from rumor_tui.search.timeline import LEAST, Timeline, at_hand, seems_dated
from rumor_tui.settings import Settings
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.answering import AnsweringScreen
from rumor_tui.ui.bars import fitting
from rumor_tui.ui.keys import key_name
from rumor_tui.ui.searching import Searching, mask_of_comments
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.timeline import TimelineBar
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.arrivals import Services

SETTLED = 0.2
"""Seconds after which dates that must be read one by one are gathered: the first screen stands by then."""
STRIP_KEYS = {"h": -1, "left": -1, "k": -1, "up": -1, "l": 1, "right": 1, "j": 1, "down": 1}
STRIP_HINTS = (("h/l earlier, later", 2), ("enter go", 1), ("esc back", 0))
"""What the keys do on the line of time, with ranks."""


class Lens(NamedTuple):
    """The author whose comments are gone through, and their rows."""

    name: str
    rows: Sequence[int]


class TakingPartScreen(AnsweringScreen, inherit_bindings=False):
    """What these keys do."""

    @dataclass
    class Timed(Message):
        """The times of a thread's comments are gathered."""

        thread: Thread
        timeline: Timeline

    def __init__(self, thread: Thread, settings: Settings, palette: Palette, services: Services | None = None) -> None:
        super().__init__(thread, settings, palette, services)
        self.lens: Lens | None = None

    def on_mount(self) -> None:
        """Have the times on the first screen, or soon after it. (Textual runs the panes' own handler too.)"""
        if at_hand(self.thread.published):
            self.gather_times()
        else:
            self.set_timer(SETTLED, self.gather_times)

    def thread_replaced(self) -> None:
        """Other comments: those of the author are looked up anew, and the times gathered."""
        super().thread_replaced()
        if self.lens is not None:
            self.look_at(self.lens.name)
        self.timed = seems_dated(self.thread.published)
        self.timeline.take(None)
        self.gather_times()

    # One author

    def author_here(self) -> str:
        """The author of the comment at the cursor, or of the article while that has the keys; "" where unsigned."""
        if self.in_article or not len(self.thread):
            return neutralise_line(self.thread.article.byline or "")
        return self.comment_items.author_of(self.comments.cursor)

    def action_lens(self) -> None:
        """Go through the comments of the author at the cursor; or no more."""
        name = self.author_here()
        if self.lens is not None and name in (self.lens.name, ""):
            self.leave_lens()
        elif not name:
            self.tell("Nobody has signed the article." if self.in_article else "This comment is not signed.")
        else:
            self.look_at(name)
            if self.lens is None:
                self.tell(f"{name} has written no comment.")

    def look_at(self, name: str) -> None:
        """Accent the comments of an author, through which n and N then lead."""
        from rumor_tui.search.taking_part import written_by

        rows = written_by(self.thread, name)
        self.lens = Lens(name, rows) if len(rows) else None
        self.comment_items.lens = name if self.lens is not None else ""
        self.refresh_panes()
        self.show_status()

    def leave_lens(self) -> None:
        """No author is looked at any more."""
        self.lens, self.comment_items.lens = None, ""
        self.refresh_panes()
        self.show_status()

    def action_next_match(self) -> None:
        """The next match; else the author's next comment."""
        self._step(1)

    def action_previous_match(self) -> None:
        """The previous match; else the author's previous comment."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        if self.searching.active or self.lens is None:
            super().action_next_match() if direction > 0 else super().action_previous_match()
            return
        rows, row = self.lens.rows, self.comments.cursor if not self.in_article else -1
        nth = bisect_right(rows, row) if direction > 0 else bisect_left(rows, max(row, 0)) - 1
        if list(rows) == [row]:
            self.tell(f"This is the only comment of {self.lens.name}.")
        elif not 0 <= nth < len(rows):
            self.tell("From the top again." if direction > 0 else "From the end again.")
        self.go_to(rows[nth % len(rows)])

    def go_to(self, row: int) -> None:
        """Put the cursor on a comment, whatever hides it."""
        self.show_pane(self.comments)
        self.unfold_to(row)
        self.comments.go(row)

    def _search_words(self) -> str:
        """What is searched for; else whose comments are gone through; with the line of time, what it is at."""
        if self.timeline.chosen >= 0:
            words = self.timeline.words(self.timeline.chosen)
            return f"{words}   {fitting(STRIP_HINTS, self.size.width - cell_len(words) - 5)}".rstrip()
        words = super()._search_words()
        if words or self.lens is None or self.searching.open:
            return words
        name, rows = self.lens
        nth = bisect_left(rows, self.comments.cursor)
        at = f"{nth + 1:,} of " if nth < len(rows) and rows[nth] == self.comments.cursor else ""
        return f"{name} · {at}{plural(len(rows), 'comment')}  n/N  esc leaves"

    def _position(self) -> str:
        """Where the reader is; on the line of time its own words need the room."""
        return "" if self.timeline.chosen >= 0 else super()._position()

    @property
    def escape_stops(self) -> bool:
        """Escape first goes back from a jump, and takes back what is searched for, filtered, peeked at or looked at."""
        taken_back = self.returns or self.filtering or self.searching.open or self.searching.active or self.peeking
        return not (taken_back or self.lens is not None or self.timeline.chosen >= 0)

    def action_clear(self) -> None:
        """Take back one thing; the author comes last."""
        nothing = not (self.filtering or self.searching.active or self.searching.search.query.text or self.peeking)
        if nothing and self.lens is not None:
            self.leave_lens()
        else:
            super().action_clear()

    # Muting

    def action_mute(self) -> None:
        """Mute the author at the cursor, or hear them again."""
        name = self.author_here()
        if name and not self.in_article:
            self.mute(name)
        else:
            self.tell("Go to a comment of whom you want to mute." if self.in_article else "This comment is not signed.")

    def mute(self, name: str) -> None:
        """Show the comments of an author as one line each, or again as they are."""
        from rumor_tui.search.taking_part import written_by

        items, view, count = self.comment_items, self.comments, len(written_by(self.thread, name))
        kept = view.kept()
        items.muted ^= {name}
        items.opened.clear()
        if items.peek >= 0 and items.is_muted(items.peek):
            items.peek = -1
        view.relayout()
        view.put_back(kept)
        view.compose_rows()
        comments = plural(count, "comment") + f" of {name} "
        if name in items.muted:
            self.tell(comments + ("is muted." if count == 1 else "are muted."))
        else:
            self.tell(comments + ("is heard again." if count == 1 else "are heard again."))

    def _opens_muted(self) -> bool:
        """Open the comment at the cursor if it is one line for being muted."""
        if self.in_article or not len(self.thread) or not self.comment_items.is_muted(self.comments.cursor):
            return False
        self.comments.open_muted(self.comments.cursor)
        return True

    def action_fold_toggle(self) -> None:
        """Fold or unfold; open what is muted."""
        if not self._opens_muted():
            super().action_fold_toggle()

    def action_unfold(self) -> None:
        """Unfold; open what is muted."""
        if not self._opens_muted():
            super().action_unfold()

    def action_unfold_or_reply(self) -> None:
        """Unfold; open what is muted; then the first reply."""
        if not self._opens_muted():
            super().action_unfold_or_reply()

    def reveal(self, row: int) -> None:
        """Unfold what hides a comment; a match is shown even where its author is muted."""
        super().reveal(row)
        if self.comment_items.is_muted(row):
            self.comments.open_muted(row)

    # Who takes part

    def action_people(self) -> None:
        """List who takes part."""
        if not len(self.thread):
            self.tell("There are no comments.")
            return
        from rumor_tui.ui.participants import PeopleScreen

        self.app.push_screen(PeopleScreen(self))

    # Time

    def gather_times(self) -> None:
        """Gather the times of all comments; away from the keys where they are not there yet."""
        if self.timed and at_hand(self.thread.published):
            self.show_times(Timeline(self.thread.published))
        elif self.timed:
            threading.Thread(target=self._gather, args=(self.thread,), name="times", daemon=True).start()

    def _gather(self, thread: Thread) -> None:
        timeline = Timeline(thread.published)
        with suppress(RuntimeError):  # the program is ending
            self.post_message(self.Timed(thread, timeline))

    def on_taking_part_screen_timed(self, message: Timed) -> None:
        """The times are gathered."""
        if message.thread is self.thread:
            self.show_times(message.timeline)

    def show_times(self, timeline: Timeline) -> None:
        """Show on the line of time when the comments were written."""
        self.timeline.take(timeline)
        self.light_times()
        self.point_at_time()

    def light_times(self) -> None:
        """Light up on the line of time where the matches are, as soon as all are counted."""
        matches = self.searching.search.matches
        if matches is None or not self.timeline.display:
            self.timeline.light(None)
        elif matches.known.exact:
            self.timeline.light(mask_of_comments(matches))

    def on_searching_progress(self, message: Searching.Progress) -> None:
        """The background has got further. (Textual runs the handlers below, too.)"""
        if message.counted:
            self.light_times()

    def lights_changed(self) -> None:
        """What is lit, or what is searched for, changed."""
        super().lights_changed()
        self.light_times()

    def point_at_time(self) -> None:
        """Mark on the line of time when the comment at the cursor was written."""
        row = self.comments.cursor
        self.timeline.point(self.thread.published[row] if len(self.thread) else None, self.timeline.chosen)

    def show_status(self) -> None:
        """The status line, and with it the line of time."""
        super().show_status()
        if self.timeline.display:
            self.point_at_time()

    def arrange_panes(self) -> None:
        """As the panes need it; without room for the line of time the keys leave it."""
        super().arrange_panes()
        if not self.timeline.display and self.timeline.chosen >= 0:
            self.leave_timeline()

    def action_timeline(self) -> None:
        """Put the keys on the line of time."""
        buckets = self.timeline.buckets if self.timeline.display else None
        if len(self.thread) < LEAST:
            self.tell(f"There are too few comments for a line of time: it takes {LEAST}.")
        elif not self.timed:
            self.tell("The comments have no dates, or most of them.")
        elif buckets is None:
            self.tell("There is no room for the line of time." if not self.timeline.display else "Not known yet.")
        else:
            moment = self.timeline.current
            self.timeline.point(moment, buckets.bucket_of(moment) if moment is not None else 0)
            self.show_status()

    def leave_timeline(self) -> None:
        """The keys are the panes' again."""
        self.timeline.point(self.timeline.current)
        self.show_status()

    def on_timeline_bar_picked(self, message: TimelineBar.Picked) -> None:
        """A bucket was clicked."""
        self.go_to_bucket(message.bucket)

    def go_to_bucket(self, bucket: int) -> None:
        """Go to the first comment of a bucket, by time."""
        row, words = self.timeline.first_row(bucket), self.timeline.words(bucket)
        if row >= 0:
            self.go_to(row)
            self.tell(words)

    async def on_key(self, event: events.Key) -> None:
        """While the keys are on the line of time: earlier, later, there, back; any other key leaves it."""
        bar = self.timeline
        if bar.chosen < 0 or self.prompt is not None or self.searching.open:
            return
        self.message = ""
        key = key_name(event.key, event.character)
        if key in STRIP_KEYS:
            bar.point(bar.current, bar.next_filled(bar.chosen, STRIP_KEYS[key]))
        elif key == "enter":
            bucket = bar.chosen
            self.leave_timeline()
            self.go_to_bucket(bucket)
        else:
            self.leave_timeline()
            if self.chords.table.get(key) not in ("clear", "quit", "timeline"):
                return
        event.stop()
        event.prevent_default()
        self.show_status()
