"""The trail of a claim: every place that says it, and the other figures of the thread beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.message import Message

from rumor_tui.search.claims import Claims
from rumor_tui.search.trail import Subject, Trail, empty, trail_of
from rumor_tui.text import neutralise_line
from rumor_tui.ui import strip
from rumor_tui.ui.keyed import NEEDS
from rumor_tui.ui.keys import TRAIL
from rumor_tui.ui.rows import Lines, RowsView
from rumor_tui.ui.rows_screen import RowsScreen
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.trail_head import ONLY, Part, figures_line, marks_line
from rumor_tui.ui.trail_items import TrailItems
from rumor_tui.ui.view import ItemsView
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.ui.following import FollowingScreen

AT_ONCE: Final = 3_000
"""Entries of a thread up to which they are compared at once: it takes some hundredths of a second."""
SHARE: Final = 4
"""Times as long as comparing has taken it is left alone before the next time."""
LOW, TALL = 8, 14
"""Rows from which on the other figures have a line, and from which on the marks beside and the strip have theirs."""
ABOVE: Final = 6
"""Rows above the place that a trail was opened from."""
WORDS = (
    (ONLY, "Only in comments, not in the article"),
    ("first comment", "The first comment that has it, in reading order"),
    ("earliest", "The comment that was written first, where that is another one"),
)
"""What the help says of words that are not always there."""


@dataclass(slots=True)
class TrailState:
    """What a trail shows, kept while it is closed: `marks` are the subjects of the item that it was opened from (-1: of
    none). The cursor begins there."""

    subject: Subject
    marks: list[Subject] = field(default_factory=list)
    item: int = -1
    cursor: int = -1
    y: int = 0


class TrailScreen(RowsScreen, inherit_bindings=False):
    """Covers the reader, or the index that it was opened from."""

    noun = "place"

    @dataclass
    class Compared(Message):
        """The claims of the marks so far."""

        claims: Claims

    def __init__(self, reader: FollowingScreen, state: TrailState, palette: Palette) -> None:
        self.trail_items = TrailItems(reader.searching.index, palette, reader.date_of)
        super().__init__(reader, self.trail_items, TRAIL, palette)
        self.state = state
        self.trail: Trail = empty(state.subject)
        self.head = Lines(palette, id="head")
        self.chosen = -1
        """The other figure that is looked at, or -1."""
        self._comparing = False
        self._not_before = 0.0
        self._shown: tuple[object, ...] = ()
        self._people = 0
        self._strip = ""

    def compose(self) -> ComposeResult:
        """Title, figures, places or a note, status."""
        yield self.title_bar
        yield self.head
        yield self.note
        yield self.view
        yield self.status_bar

    # What there is

    def look(self) -> None:
        """Follow the claim anew when there are more marks than before."""
        reader = self.reader
        reader.gather()
        marks = reader.searching.knowledge.marks
        if marks is not None:
            if reader.claims is None or reader.claims.marks is not marks or reader.claims.items < marks.items:
                self._compare()
            claims = reader.claims if reader.claims is not None and reader.claims.marks is marks else None
            now = (id(marks), marks.items if len(marks) <= AT_ONCE or claims is None else claims.items, claims is None)
            if now != self._shown:
                self._shown = now
                self._take(trail_of(self.state.subject, marks, claims))
        self.arrange_parts()

    def _compare(self) -> None:
        """Look at all numbers: at once where they are few, else in a thread of its own."""
        reader = self.reader
        marks = reader.searching.knowledge.marks
        if marks is None or self._comparing:
            return
        claims = Claims(reader.searching.index, marks)
        if len(marks) <= AT_ONCE:
            claims.build()
            reader.claims = claims
        elif monotonic() >= self._not_before or marks.items == reader.searching.index.size:
            self._comparing = True
            self.run_worker(lambda: self._compare_aside(claims), thread=True, group="comparing")

    def _compare_aside(self, claims: Claims) -> None:
        began = monotonic()
        claims.build(self.stopped.is_set)
        self._not_before = monotonic() + SHARE * (monotonic() - began)
        if not self.stopped.is_set():
            self.post_message(self.Compared(claims))

    def on_trail_screen_compared(self, message: Compared) -> None:
        """Claims came."""
        self._comparing = False
        self.reader.claims = message.claims
        self.look()

    def _take(self, trail: Trail) -> None:
        """Show another state of the trail, or another trail."""
        self.trail = trail
        self.chosen = -1
        self._people, self._strip = self._count_people(), ""
        self.trail_items.take(self.reader.searching.index, trail.lines, trail.subject.kind)
        state, last = self.state, len(trail.lines) - 1
        if state.cursor < 0 and last >= 0:
            here = (n for n, line in enumerate(trail.lines) if line.item == state.item)
            state.cursor, state.y = next(here, 0), ABOVE
        self.view.take(max(min(state.cursor, last), 0), state.y)

    def turn_to(self, subject: Subject) -> None:
        """Follow something else."""
        self.state.subject = subject
        self.state.cursor = -1
        self._shown = ()
        self.look()

    # The lines

    def arrange_parts(self) -> None:
        """Each part of the screen where there is room for it."""
        self.show_head()
        super().arrange_parts()

    def show_head(self) -> None:
        """The marks of the text, the other figures, the strip; and an empty line below them."""
        height, lines = self.size.height, []
        width, palette, marks = self.size.width, self.palette, self.state.marks
        if height >= LOW and len(marks) > 1:
            lines.append(marks_line(marks, self.state.subject, palette, width))
        if height >= LOW and self.trail.figures:
            lines.append(figures_line(self.trail, self.chosen, palette, width))
        if height >= TALL and self.trail.lines:
            lines.append(self._strip_line())
        self.head.say([*lines, []] if lines and self.roomy else [])

    def _strip_line(self) -> list[Part]:
        index, width = self.reader.searching.index, max(self.size.width - 4, 1)
        shape = strip.layout(index.first_comment, index.size, width)
        if len(self._strip) != width:
            self._strip = strip.cells((line.item for line in self.trail.lines for _ in line.places), shape)
        cursor = self.view.cursor
        here = shape.cell_of(self.trail.lines[cursor].item) if cursor < len(self.trail.lines) else -1
        drawn = strip.segments(self._strip, self.palette, here)
        return [("  ", self.palette.text), *((s.text, s.style or self.palette.text) for s in drawn)]

    def nothing(self) -> str:
        """Why there is no place."""
        far = self.reader.reading_marks()
        label = neutralise_line(self.state.subject.label)
        return f"Nothing more is known of “{label}” yet: {far}." if far else f"“{label}” does not occur."

    def show_title(self) -> None:
        """What is followed, and how often it occurs."""
        palette, trail = self.palette, self.trail
        if not self.roomy:
            self.title_bar.say([(NEEDS, palette.bar)])
            return
        parts = [plural(trail.total, "mention")]
        if self._people:
            parts.append(f"{self._people:,} {'person' if self._people == 1 else 'people'}")
        if trail.in_article:
            parts.append(f"{trail.in_article:,} in the article")
        far = self.reader.reading_marks()
        told = " · ".join(parts)
        details = neutralise_line(", ".join(trail.details[:6]))
        left = [(neutralise_line(trail.title), palette.bar_accent)]
        if details:
            left.append((f"  {details}", palette.bar))
        self.title_bar.say(left, f"{told} · {far}" if far else told, shorter=(told, parts[0]))

    def _count_people(self) -> int:
        """How many people say it; all who do not sign count as one."""
        index = self.reader.searching.index
        rows = (index.row_of(line.item) for line in self.trail.lines)
        return len({index.thread.authors[row] for row in rows if row is not None})

    def show_status(self) -> None:
        """What the keys do, and where the cursor is."""
        total = len(self.trail.lines)
        position = f"place {self.view.cursor + 1:,} of {total:,}" if total else ""
        words = ""
        if self.chosen >= 0:
            words = f"enter follows {neutralise_line(self.trail.figures[self.chosen].label)}   tab next   esc leaves it"
        self.say_status(words, position, self.hints())

    def help_parts(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """What stands beside places and figures now and then."""
        return (("Words", WORDS),)

    def idle_keys(self) -> frozenset[str]:
        """There is nothing to step to where there is one mark, or no other figure."""
        idle = set()
        if len(self.state.marks) < 2:
            idle |= {"previous-mark", "next-mark"}
        if not self.trail.figures:
            idle |= {"next-figure", "previous-figure"}
        return frozenset(idle)

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """Another place is shown."""
        if self.trail.lines:
            self.state.cursor, self.state.y = self.view.cursor, self.view.kept().y
        self.show_head()
        self.show_status()

    def move_to(self, item: int, otherwise: str) -> None:
        """Look at a place, and at no other figure."""
        self.choose(-1)
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
        self.choose((self.chosen + 1 + step) % (count + 1) - 1)

    def choose(self, figure: int) -> None:
        """Look at a figure, or at none."""
        if figure != self.chosen:
            self.chosen = figure
            self.arrange_parts()

    # Going there

    def action_go_there(self) -> None:
        """Follow the figure that is looked at; else go to the place in the thread."""
        marks = self.reader.searching.knowledge.marks
        if self.chosen >= 0 and marks is not None:
            entry = marks.entry(self.trail.figures[self.chosen].entry)
            self.choose(-1)
            self.reader.follow([Subject(entry.kind, entry.value, entry.label)])
        elif self.trail.lines:
            line = self.trail.lines[self.view.cursor]
            self.reader.jump(self.state, line.item, *line.places[0])
        else:
            self.tell(self.nothing())

    def on_rows_view_chosen(self, message: RowsView.Chosen) -> None:
        """A place was clicked twice."""
        self.view.go(message.item)
        self.choose(-1)
        self.action_go_there()

    def action_search_for(self) -> None:
        """Search for it in the thread."""
        self.reader.search_for(self.state.subject)

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
            self.choose(-1)
        else:
            self.action_quit()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        self.head.palette = palette
        super().restyle(palette)
