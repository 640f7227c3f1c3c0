"""Which comments the reader has seen: what is on the screen of the reader, and for how long, told to the tracker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from rumor_tui.model import Thread
from rumor_tui.reading.read_tracker import Seen
from rumor_tui.reading.session import Command

if TYPE_CHECKING:
    from rumor_tui.library_types import Change
    from rumor_tui.ui.screens.article_screen import ArticleScreen

GATHERED = 0.4
"""Seconds for which comments that were read are gathered before they are written down together."""
STEPS = ("next", "next_sibling", "next_root", "next_match", "unfold_or_reply")
"""Commands that lead on from a comment, downwards where they do."""
SCROLLS = ("page", "half_page", "line")
"""Commands that do so where they take the cursor along."""
KEPT = 1_000
"""Comments of which it is kept how many lines they have."""


class ReadWatch:
    """Looks at the comments that were painted; `hand_over` has written down which of them were read."""

    def __init__(self, screen: ArticleScreen, hand_over: Callable[[Sequence[Change]], None]) -> None:
        self.screen = screen
        self.session = screen.session
        self.view = screen.panes.comments
        self._hand_over = hand_over
        self._hidden = True
        self._placed: object = None
        self._lines: dict[tuple[int, int, int], int] = {}
        self._counted: Thread | None = None
        self._looking: Timer | None = None
        self._gathering: Timer | None = None

    def begin(self) -> None:
        """Look from now on whenever something is painted, or the terminal gets or loses the focus."""
        self.screen.watch(self.screen.app, "app_focus", self.look, init=False)
        self.view.painted_anew = self._look_soon

    def _look_soon(self) -> None:
        """Something was painted: look when it has been written to the terminal, so that no key waits for it."""
        if self.view.painted_places is not self._placed:
            self.screen.call_later(self.look)

    def look(self, *_: object) -> None:
        """See which comments are on screen: something was painted, covered or uncovered."""
        if not self.screen.is_mounted:
            return
        screen, view, tracker = self.screen, self.view, self.session.tracker
        shown = screen.is_active and view.display and screen.app.app_focus and len(self.session.thread) > 0
        if not shown:
            if not self._hidden:
                self._hidden, self._placed = True, None
                self._note(tracker.due(monotonic()))
                tracker.hide()
                self._wait()
        elif (view.painted_places is not self._placed or self._hidden) and view.placed == view.painted_places:
            self._hidden, self._placed = False, view.painted_places
            self._note(tracker.show(self._seen(), monotonic()))
            self._wait()

    def _seen(self) -> list[Seen]:
        """The open comments on screen, with the lines of their texts that are in sight."""
        view, items = self.view, self.view.comments
        spans: dict[int, tuple[int, int]] = {}
        for place in view.painted_places[view.covers :]:
            if place is not None:
                first = spans[place.item][0] if place.item in spans else place.row
                spans[place.item] = first, place.row + 1
        return [
            Seen(row, lines, first, end, fits=lines <= view.page - view.margin(row))
            for row, (first, end) in spans.items()
            if not items.tree.folded[row] and not items.is_muted(row)
            for lines in (self._lines_of(row),)
        ]

    def _lines_of(self, row: int) -> int:
        """How many lines of a comment belong to its header and its text; kept as long as its height stays."""
        view, thread = self.view, self.session.thread
        if self._counted is not thread or len(self._lines) > KEPT:
            self._counted = thread
            self._lines.clear()
        key = row, view.rows.full[row], view.text_width
        if key not in self._lines:
            offsets = view.painted(row).offsets
            text = (line + 1 for line in range(len(offsets) - 1, -1, -1) if offsets[line] >= 0)
            self._lines[key] = next(text, len(offsets) - 1)
        return self._lines[key]

    def step(self, command: Command, before: tuple[int, bool]) -> None:
        """A command was run; `before` it the cursor was at a row, and the article had the keys or not."""
        row, in_article = before
        if in_article or self.session.state.in_article:
            return
        state, tracker = self.session.state, self.session.tracker
        scrolled = command.name in SCROLLS and command.argument > 0
        if state.row > row and (command.name in STEPS or scrolled):
            self._note(tracker.leave(row))
        elif scrolled and state.row == row:
            self._note(tracker.pass_on(row))

    def _note(self, rows: Sequence[int]) -> None:
        if rows:
            self.session.memory.read_meanwhile.update(rows)
            if self._gathering is None:
                self._gathering = self.screen.set_timer(GATHERED, self.write)

    def write(self) -> None:
        """Write down what was read until now."""
        self._gathering = None
        self.session.memory.read_meanwhile.update(self.session.tracker.due(monotonic()))
        self._hand_over(self.session.run(self.session.memory.send_read).changes)

    def _wait(self) -> None:
        """Look again when something on screen will have been there for a moment."""
        if self._looking is not None:
            self._looking.stop()
        due = self.session.tracker.next_due()
        self._looking = None if due is None else self.screen.set_timer(max(due - monotonic(), 0.01), self._come_due)

    def _come_due(self) -> None:
        self._looking = None
        self._note(self.session.tracker.due(monotonic()))
        self._wait()
