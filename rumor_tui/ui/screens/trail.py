"""The trail of a claim: every place in the thread that makes it, and the other figures given for the same thing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from textual.message import Message

from rumor_tui.labels import plural
from rumor_tui.search.claims.across import claim_across
from rumor_tui.search.claims.figures import Claims
from rumor_tui.search.claims.trail import Trail, TrailLine, TrailSubject, build_trail, empty_trail
from rumor_tui.search.cooperative import never_stop
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.text import neutralise_line
from rumor_tui.ui.keys import TRAIL, with_overrides
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen, ThreadReader
from rumor_tui.ui.screens.trail_items import ONLY, TrailItems, Word, figures_line, marks_line
from rumor_tui.ui.widgets import density_strip
from rumor_tui.ui.widgets.list_view import Lines
from rumor_tui.ui.workers import ClaimWanted, post, start_worker

AT_ONCE: Final = 1_000
"""Up to so many marks are compared at once, which takes some hundredths of a second; more of them in a thread."""
GROWTH: Final = 2
"""While marks are still being found they are compared again when there are this many times as many."""
LOW, TALL = 8, 14
"""Rows of the screen from which there are the lines of marks and of figures, and from which there is the strip."""
ABOVE: Final = 6
"""Rows above the place that the trail was opened from, when it opens."""
WORDS = (
    (ONLY, "Only in comments, not in the article"),
    ("first comment", "The first comment that has it, in reading order"),
    ("earliest", "The comment that was written first, where that is another one"),
)
"""Signs and words beside places and figures, for the help."""


@dataclass(slots=True)
class TrailState:
    """What a trail shows, kept while it is closed, so that it opens as it was left.

    `marks` are the subjects of the item that it was opened from (-1: of none), at which the cursor begins (-1: it has
    not been put there yet), `y` rows below the top. `trail` was made from the marks `of` the thread and, if they had
    been compared, from `claims`.
    """

    subject: TrailSubject
    marks: list[TrailSubject] = field(default_factory=list)
    item: int = -1
    cursor: int = -1
    y: int = 0
    trail: Trail | None = None
    of: MarkIndex | None = None
    claims: Claims | None = None


class TrailScreen(ListScreen, inherit_bindings=False):
    """Covers the reader, or the index that it was opened from."""

    PERIOD = 0.3
    NOUN = "place"

    @dataclass
    class Compared(Message):
        """The claims of the marks so far, and a trail among them."""

        claims: Claims
        trail: Trail

    def __init__(self, reader: ThreadReader, state: TrailState) -> None:
        palette = reader.palette
        self.reader = reader
        self.state = state
        self.trail: Trail = empty_trail(state.subject)
        self.trail_items = TrailItems(reader.index, palette, reader.date_of, reader.number_of)
        self.head = Lines(palette, id="head")
        bindings = with_overrides(reader.key_overrides, TRAIL)
        super().__init__(self.trail_items, bindings, palette, heads=(self.head,))
        self.chosen = -1
        """The other figure that is looked at, or -1."""
        self._comparing = False
        self._people = 0
        self._strip = ""

    def begin(self) -> None:
        """Show what was there when the trail was closed, if the thread is still the same."""
        state = self.state
        if state.trail is not None and state.of is self.reader.marks:
            self._show(state.trail)
        else:
            state.trail = None

    # What there is

    def take_news(self) -> None:
        """Follow the claim again when there are enough new marks."""
        self.reader.gather()
        marks = self.reader.marks
        if marks is not None:
            self._follow(marks)

    def _follow(self, marks: MarkIndex) -> None:
        """Compare the marks found so far: a few at once, many in a thread, and show the places meanwhile."""
        state, claims = self.state, self._claims_of(marks)
        shown = state.trail is not None and state.trail.subject == state.subject and state.of is marks
        if shown and state.claims is claims:
            return
        if marks.total <= AT_ONCE:
            self._take(*_compared(state.subject, claims, claims is not self.reader.claims))
            return
        if not shown:
            self._take(None, build_trail(state.subject, marks), marks)
        if not self._comparing:
            self._comparing = True
            self._compare_aside(state.subject, claims, claims is not self.reader.claims)

    def _claims_of(self, marks: MarkIndex) -> Claims:
        """The claims that the reader keeps, while they cover enough of the marks; else new ones, still to be built."""
        index, known = self.reader.index, self.reader.claims
        if known is not None and known.marks is marks:
            growing = marks.items < index.size and marks.total < max(GROWTH * known.total, 1)
            if growing or marks.items == known.items:
                return known
        return Claims(index, marks)

    def _compare_aside(self, subject: TrailSubject, claims: Claims, new: bool) -> None:
        stop = self.stopped.is_set

        def work() -> None:
            compared = _compared(subject, claims, new, stop)
            if not stop():
                post(self, self.Compared(*compared))

        start_worker(work, "comparing")  # which the end of the program does not wait for

    def on_trail_screen_compared(self, message: Compared) -> None:
        """Show the trail, unless another subject is followed by now."""
        self._comparing = False
        claims, state = message.claims, self.state
        if claims.marks is self.reader.marks:
            self.reader.claims = claims
            if message.trail.subject == state.subject:
                self._take(claims, message.trail)
        self.look()

    def _take(self, claims: Claims | None, trail: Trail, of: MarkIndex | None = None) -> None:
        """Keep a trail, and what it was made from, in the state, and show it."""
        state = self.state
        if claims is not None:
            self.reader.claims, of = claims, claims.marks
        state.trail, state.claims, state.of = trail, claims, of
        self._show(trail)

    def _show(self, trail: Trail) -> None:
        """Show a trail; the cursor stays on its place, or begins where the trail was opened from."""
        state, lines, before = self.state, trail.lines, self.trail
        if before.subject == trail.subject and 0 <= state.cursor < len(before.lines):
            state.cursor = bisect_left(lines, before.lines[state.cursor].item, key=_item_of)
        elif state.cursor < 0 and lines:
            here = (n for n, line in enumerate(lines) if line.item == state.item)
            state.cursor, state.y = next(here, 0), ABOVE
        self.trail = trail
        self.chosen = -1
        self._people, self._strip = self._count_people(), ""
        self.trail_items.take(self.reader.index, lines, trail.subject.kind)
        self.view.take(max(min(state.cursor, len(lines) - 1), 0), state.y)

    def turn_to(self, subject: TrailSubject) -> None:
        """Follow another subject."""
        self.state.subject = subject
        self.state.cursor = -1
        self.look()

    # The lines

    def arrange_parts(self) -> None:
        """Each part of the screen where there is room for it."""
        self.show_head()
        super().arrange_parts()

    def show_head(self) -> None:
        """Write the lines above the list: marks of the text, other figures, strip, and an empty line."""
        height, lines = self.size.height, []
        width, palette, marks = self.size.width, self.palette, self.state.marks
        if height >= LOW and len(marks) > 1:
            lines.append(marks_line(marks, self.state.subject, palette, width))
        if height >= LOW and self.trail.figures:
            lines.append(figures_line(self.trail, self.chosen, palette, width))
        if height >= TALL and self.trail.lines:
            lines.append(self._strip_line())
        self.head.say([*lines, []] if lines and self.roomy else [])

    def _strip_line(self) -> list[Word]:
        index, width = self.reader.index, max(self.size.width - 4, 1)
        shape = density_strip.layout(index.first_comment, index.size, width)
        if len(self._strip) != width:
            self._strip = density_strip.cells((line.item for line in self.trail.lines for _ in line.places), shape)
        cursor = self.view.cursor
        here = shape.cell_of(self.trail.lines[cursor].item) if cursor < len(self.trail.lines) else -1
        drawn = density_strip.segments(self._strip, self.palette, here)
        return [("  ", self.palette.text), *((s.text, s.style or self.palette.text) for s in drawn)]

    def why_empty(self) -> str:
        """Why there is no place."""
        far = self.reader.reading_marks()
        label = neutralise_line(self.state.subject.label)
        return f"Nothing more is known of “{label}” yet: {far}." if far else f"“{label}” does not occur."

    def title_line(self) -> Title:
        """What is followed, and how often it occurs."""
        palette, trail = self.palette, self.trail
        parts = [plural(trail.total, "mention")]
        if self._people:
            parts.append(f"{self._people:,} {'person' if self._people == 1 else 'people'}")
        if trail.in_article:
            parts.append(f"{trail.in_article:,} in the article")
        far = self.reader.reading_marks()
        counts = " · ".join(parts)
        details = neutralise_line(", ".join(trail.details[:6]))
        left = [(neutralise_line(trail.title), palette.bar_accent)]
        if details:
            left.append((f"  {details}", palette.bar))
        return Title(left, f"{counts} · {far}" if far else counts, (counts, parts[0]))

    def _count_people(self) -> int:
        """How many authors make the claim; all unsigned comments count as one."""
        index = self.reader.index
        rows = (index.row_of(line.item) for line in self.trail.lines)
        return len({index.thread.people[row] for row in rows if row is not None})

    def status_words(self) -> str:
        """What can be done with the figure that is looked at."""
        if self.chosen < 0:
            return ""
        return f"enter follows {neutralise_line(self.trail.figures[self.chosen].label)}   tab next   esc leaves it"

    def help_parts(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """Signs and words that stand beside places and figures."""
        return (("Words", WORDS),)

    def idle_keys(self) -> frozenset[str]:
        """Steps between marks or figures where there is only one, and what needs a library where there is none."""
        idle = set()
        if len(self.state.marks) < 2:
            idle |= {"previous-mark", "next-mark"}
        if not self.trail.figures:
            idle |= {"next-figure", "previous-figure"}
        if not self.reader.in_library:
            idle.add("in-library")
        return frozenset(idle)

    def view_moved(self) -> None:
        """Keep the place that is shown in the state, and mark it on the strip."""
        if self.trail.lines:
            self.state.cursor, self.state.y = self.view.cursor, self.view.kept().y
        self.show_head()

    def move_to(self, item: int, otherwise: str) -> None:
        """Look at a place, and at no other figure."""
        self.look_at_figure(-1)
        super().move_to(item, otherwise)

    # Marks and figures

    def action_mark(self, step: int) -> None:
        """The next mark of the text that the trail was opened from."""
        marks, subject = self.state.marks, self.state.subject
        at = next((n for n, mark in enumerate(marks) if mark[:2] == subject[:2]), -1)
        to = at + step if at >= 0 else 0
        if len(marks) > 1 and 0 <= to < len(marks):
            self.turn_to(marks[to])
        else:
            self.tell(f"There is no {'further' if step > 0 else 'earlier'} mark in that text.")

    def action_figure(self, step: int) -> None:
        """Look at another figure; beyond the last one stands the claim itself."""
        count = len(self.trail.figures)
        if not count:
            self.tell("The thread gives no other figure of this kind.")
            return
        self.look_at_figure((self.chosen + 1 + step) % (count + 1) - 1)

    def look_at_figure(self, figure: int) -> None:
        """Look at another figure, or at none (-1)."""
        if figure != self.chosen:
            self.chosen = figure
            self.arrange_parts()

    # Going there

    def choose(self) -> None:
        """Follow the figure that is looked at; else go to the place in the thread."""
        marks = self.state.of
        if self.chosen >= 0 and marks is not None:
            entry = marks.entry(self.trail.figures[self.chosen].entry)
            self.look_at_figure(-1)
            self.reader.follow([TrailSubject(entry.kind, entry.value, entry.label)])
        elif self.trail.lines:
            line = self.trail.lines[self.view.cursor]
            self.reader.jump(self.state.subject.label, line.item, *line.places[0])
        else:
            self.tell(self.why_empty())

    action_go_there = choose

    def action_search_for(self) -> None:
        """Search for it in the thread."""
        self.reader.search_for(self.state.subject)

    def action_in_library(self) -> None:
        """Follow it through the whole library."""
        self.post_message(ClaimWanted(claim_across(self.state.subject, self.state.of, self.state.claims)))

    def action_index(self) -> None:
        """The index, at this entry."""
        self.reader.show_index(self.state.subject)

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.reader.action_dates()
        self.view.compose_rows()

    def action_clear(self) -> None:
        """Look at no other figure; else back."""
        if self.chosen >= 0:
            self.look_at_figure(-1)
        else:
            super().action_clear()


def _compared(
    subject: TrailSubject, claims: Claims, new: bool, stop: Callable[[], bool] = never_stop
) -> tuple[Claims, Trail]:
    """Build claims that are new; they, and the trail of the subject among them."""
    if new:
        claims.build(stop)
    return claims, build_trail(subject, claims.marks, claims)


def _item_of(line: TrailLine) -> int:
    return line.item
