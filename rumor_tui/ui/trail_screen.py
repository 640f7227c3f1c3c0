"""The trail of a claim: every place that says it, and the other figures of the thread beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.message import Message

from rumor_tui.search.claims import Claims, Figure
from rumor_tui.search.trail import Subject, Trail, empty, trail_of
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui import strip
from rumor_tui.ui.keyed import NEEDS, KeyedScreen
from rumor_tui.ui.keys import TRAIL, with_overrides
from rumor_tui.ui.rows import Lines, RowsView
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.trail_items import TrailItems
from rumor_tui.ui.view import ItemsView
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.ui.following import FollowingScreen

AT_ONCE: Final = 3_000
"""Entries of a thread up to which they are compared at once: it takes some hundredths of a second."""
TICK: Final = 0.3
"""Seconds between two looks at how far the background is."""
SHARE: Final = 4
"""Times as long as comparing has taken it is left alone before the next time."""
LOW, TALL = 8, 14
"""Rows from which on the other figures have a line, and from which on the marks beside and the strip have theirs."""
WIDE: Final = 100
"""Columns from which on what the sign means always stands beside the figures."""
ABOVE: Final = 6
"""Rows above the place that a trail was opened from."""
ONLY: Final = "°"
"""Stands behind a figure that only comments have."""

WORDS = (
    ("°", "Only in comments, not in the article"),
    ("first comment", "The first comment that has it, in reading order"),
    ("earliest", "The comment that was written first, where that is another one"),
)
"""What the help says of words that are not always there."""

Part = tuple[str, Style]


@dataclass(slots=True)
class TrailState:
    """What a trail shows, kept while it is closed: `marks` are the subjects of the item that it was opened from (-1: of
    none). The cursor begins there."""

    subject: Subject
    marks: list[Subject] = field(default_factory=list)
    item: int = -1
    cursor: int = -1
    y: int = 0


class TrailScreen(KeyedScreen, inherit_bindings=False):
    """Covers the reader, or the index that it was opened from."""

    READABLE = False

    @dataclass
    class Compared(Message):
        """The claims of the marks so far."""

        claims: Claims

    def __init__(self, reader: FollowingScreen, state: TrailState, palette: Palette) -> None:
        super().__init__(with_overrides(reader.key_overrides, TRAIL), palette)
        self.reader = reader
        self.state = state
        self.trail: Trail = empty(state.subject)
        self.trail_items = TrailItems(reader.searching.index, palette, reader.date_of)
        self.view = RowsView(self.trail_items, id="places")
        self.head = Lines(palette, id="head")
        self.note = Lines(palette, id="note")
        self.chosen = -1
        """The other figure that is looked at, or -1."""
        self._stop = Event()
        self._comparing = False
        self._not_before = 0.0
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, figures, places or a note, status."""
        yield self.title_bar
        yield self.head
        yield self.note
        yield self.view
        yield self.status_bar

    def on_mount(self) -> None:
        """Show what is known, and look now and then what more there is."""
        self.set_interval(TICK, self.look)
        self.look()
        self.view.focus()

    def on_unmount(self) -> None:
        """End what goes on aside."""
        self._stop.set()

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for."""
        self.arrange_parts()

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
        claims.build(self._stop.is_set)
        self._not_before = monotonic() + SHARE * (monotonic() - began)
        if not self._stop.is_set():
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
        roomy, some = self.roomy, bool(self.trail.lines)
        self.status_bar.display = roomy
        self.view.display = roomy and some
        self.head.say(self._head_lines() if roomy else [])
        self.note.say([[], [("  " + self._note(), self.palette.quiet)]] if roomy and not some else [])
        self.show_title()
        self.show_status()

    def _head_lines(self) -> list[Sequence[Part]]:
        """The marks of the text, the other figures, the strip; and an empty line below them."""
        height, lines = self.size.height, []
        if height >= LOW and len(self.state.marks) > 1:
            lines.append(self._marks_line())
        if height >= LOW and self.trail.figures:
            lines.append(self._figures_line())
        if height >= TALL and self.trail.lines:
            lines.append(self._strip_line())
        return [*lines, []] if lines else []

    def _marks_line(self) -> list[Part]:
        palette = self.palette
        parts: list[list[Part]] = []
        at = 0
        for n, subject in enumerate(self.state.marks):
            here = subject.value == self.state.subject.value and subject.kind == self.state.subject.kind
            at = n if here else at
            lit = palette.number if subject.kind == "number" else palette.name_mark
            parts.append([(neutralise_line(subject.label), lit if here else palette.quiet)])
        return self._within([], parts, at, "   ", [])

    def _figures_line(self) -> list[Part]:
        """ "units: 600 ×2 · 414 ×3 · around 100 ×2°": the claim itself, then the other figures."""
        palette, trail = self.palette, self.trail
        own = [(neutralise_line(trail.own), palette.strong), (f" ×{trail.total:,}", palette.quiet)]
        if not trail.in_article:
            own.append((ONLY, palette.quiet))
        parts = [own, *(self._figure(n, figure) for n, figure in enumerate(trail.figures))]
        noun = neutralise_line(trail.noun)
        before = [(f"{noun}: " if noun else "figures: ", palette.quiet)]
        some = not trail.in_article or any(not figure.in_article for figure in trail.figures)
        legend = [(f"{ONLY} only in comments", palette.quiet)] if some else []
        return self._within(before, parts, self.chosen + 1, " · ", legend)

    def _figure(self, n: int, figure: Figure) -> list[Part]:
        palette, here = self.palette, n == self.chosen
        part = [(neutralise_line(figure.label), palette.current if here else palette.text)]
        if figure.total > 1:
            part.append((f" ×{figure.total:,}", palette.quiet))
        if not figure.in_article:
            part.append((ONLY, palette.quiet))
        return part

    def _within(
        self, before: list[Part], parts: list[list[Part]], chosen: int, gap: str, after: list[Part]
    ) -> list[Part]:
        """Parts in a row, of which the chosen one is in sight; what follows stands at the right if there is room."""
        quiet, width = self.palette.quiet, self.size.width - 3
        whole = sum(_cells(part) + len(gap) for part in parts) - len(gap) + _cells(before)
        if whole + _cells(after) + 3 > width < WIDE:
            after = []
        room = width - _cells(before) - (_cells(after) + 3 if after else 0)
        start = 0
        while start < chosen and sum(_cells(part) + len(gap) for part in parts[start : chosen + 1]) > room:
            start += 1
        line: list[Part] = [("  ", self.palette.text), *before]
        used = 0
        if start:
            line.append(("… ", quiet))
            used += 2
        for n, part in enumerate(parts[start:], start):
            lead = gap if n > start else ""
            more = 2 if n + 1 < len(parts) else 0
            if used + len(lead) + _cells(part) + more > room and n > chosen:
                line.append((" …", quiet))
                used += 2
                break
            line += [(lead, quiet), *part]
            used += len(lead) + _cells(part)
        if after:
            line += [(" " * max(room - used + 2, 2), quiet), *after]
        return line

    def _strip_line(self) -> list[Part]:
        index, width = self.reader.searching.index, max(self.size.width - 4, 1)
        shape = strip.layout(index.first_comment, index.size, width)
        items = [line.item for line in self.trail.lines for _ in line.places]
        cursor = self.view.cursor
        here = shape.cell_of(self.trail.lines[cursor].item) if cursor < len(self.trail.lines) else -1
        drawn = strip.segments(strip.cells(items, shape), self.palette, here)
        return [("  ", self.palette.text), *((s.text, s.style or self.palette.text) for s in drawn)]

    def _note(self) -> str:
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
        people = len({self.reader.searching.index.author(row) for row in self._rows()})
        if people:
            parts.append(f"{people:,} {'person' if people == 1 else 'people'}")
        if trail.in_article:
            parts.append(f"{trail.in_article:,} in the article")
        far = self.reader.reading_marks()
        told = " · ".join(parts)
        details = neutralise_line(", ".join(trail.details[:6]))
        left = [(neutralise_line(trail.title), palette.bar_accent)]
        if details:
            left.append((f"  {details}", palette.bar))
        self.title_bar.say(left, f"{told} · {far}" if far else told, shorter=(told, parts[0]))

    def _rows(self) -> list[int]:
        row_of = self.reader.searching.index.row_of
        return [row for line in self.trail.lines if (row := row_of(line.item)) is not None]

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
        self.head.say(self._head_lines() if self.roomy else [])
        self.show_status()

    # Moving

    def _go(self, item: int, otherwise: str) -> None:
        self.choose(-1)
        if not self.view.go(item):
            self.tell(otherwise if self.trail.lines else self._note())

    def action_next(self) -> None:
        """The next place."""
        self._go(self.view.cursor + 1, "This is the last place.")

    def action_previous(self) -> None:
        """The previous place."""
        self._go(self.view.cursor - 1, "This is the first place.")

    def action_page(self, pages: int) -> None:
        """A page, less two rows that stay in sight."""
        self.view.leap(pages * max(self.view.page - 2, 1))

    def action_half_page(self, halves: int) -> None:
        """Half a page."""
        self.view.leap(halves * max(self.view.page // 2, 1))

    def action_line(self, rows: int) -> None:
        """A row."""
        self.view.scroll_rows(rows)

    def action_top(self) -> None:
        """The first place."""
        self._go(0, "")

    def action_bottom(self) -> None:
        """The last place."""
        self._go(len(self.trail.lines) - 1, "")

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
            self.turn_to(Subject(entry.kind, entry.value, entry.label))
        elif self.trail.lines:
            line = self.trail.lines[self.view.cursor]
            self.reader.jump(self.state, line.item, *line.places[0])
        else:
            self.tell(self._note())

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

    def action_quit(self) -> None:
        """Back to where the reader was, or to the index."""
        self.app.pop_screen()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.trail_items.palette = self.head.palette = self.note.palette = palette
        self.arrange_parts()
        self.view.restyle()


def _cells(parts: Sequence[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)
