"""The list of participants: how much each writes, from when to when, and how many replies they get."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.labels import format_date, plural
from rumor_tui.outline import Outline
from rumor_tui.search.index.authors import Participant, list_participants
from rumor_tui.text import cell_len, fold
from rumor_tui.ui.keys import PARTICIPANTS, with_overrides
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen, ThreadReader
from rumor_tui.ui.widgets.list_view import CURSOR

if TYPE_CHECKING:
    from rumor_tui.ui.screens.help import HelpSection

NAME = 28
"""Cells of the longest name where there is room for more than names."""
BAR = 12
"""Cells of the longest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉█"
MOUSE = (("click", "Put the cursor on a person; twice, go through their comments"), ("wheel", "Scroll"))


class PeopleItems:
    """The rows of the list: item k is the k-th person that is shown, `order[k]` that person's row among all `people`.

    `comments` is how many comments the thread has; `muted` are the names that are muted.
    """

    outline: Outline | None = None

    def __init__(self, people: Sequence[Participant], comments: int, palette: Palette) -> None:
        self.people = people
        self.comments = comments
        self.palette = palette
        self.order: Sequence[int] = range(len(people))
        self.focus = 0
        self.muted: frozenset[str] = frozenset()
        self.dated = any(person.first is not None for person in people)
        self.most = max((len(person.rows) for person in people), default=1)
        self.name_cells = min(max((cell_len(person.name) for person in people[:2000]), default=0), NAME)

    def heights(self, width: int) -> array[int]:
        """Each has one row."""
        return array("i", [1]) * len(self.order)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        row = self.order[item]
        return (row, item == self.focus, self.people[row].name in self.muted, self.palette.name)

    def paint(self, item: int, width: int) -> Painted:
        """The row of a person; as many columns as there is room for."""
        person, palette = self.people[self.order[item]], self.palette
        here, muted = item == self.focus, person.name in self.muted
        lead = Segment(CURSOR, palette.cursor) if here else Segment(" ", palette.text)
        cells = max(min(self.name_cells + 8, width - 10), 4)
        name = clip(person.name, cells - 8 if muted else cells)
        words = name + (" · muted" if muted else "")
        segments = [lead, Segment(words.ljust(len(words) + cells - cell_len(words)), self._name_style(person, muted))]
        used = 1 + max(cells, cell_len(words))
        for text, style in self._columns(person):
            if used + cell_len(text) > width:
                break
            segments.append(Segment(text, style))
            used += cell_len(text)
        into = Painted()
        into.add(Strip(segments).adjust_cell_length(width, palette.text))
        return into

    def _name_style(self, person: Participant, muted: bool) -> Style:
        return self.palette.quiet if muted else self.palette.author(person.name)

    def _columns(self, person: Participant) -> list[tuple[str, Style]]:
        """Count, share, replies, first and last time: each is left out, with what follows, where it does not fit."""
        palette, count = self.palette, len(person.rows)
        part = 100 * count / max(self.comments, 1)
        share = f"{round(part)} %" if part >= 1 else "<1 %"
        eighths = max(8 * BAR * count // self.most, 1)
        bar = EIGHTHS[-1] * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")
        columns = [
            (f"{count:,}".rjust(8), palette.text),
            (f"  {bar.ljust(BAR)}", palette.accent),
            (share.rjust(6), palette.quiet),
            (plural(person.replies, "reply").rjust(14) if person.replies else " " * 14, palette.quiet),
        ]
        if self.dated:
            dates = ("" if moment is None else format_date(moment) for moment in (person.first, person.last))
            columns += [(f"   {date.ljust(16)}", palette.quiet) for date in dates]
        return columns


class ParticipantsScreen(ListScreen, inherit_bindings=False):
    """Covers the thread that it is about; Enter leads through the comments of a person."""

    NOUN = "person"
    NOWHERE = "nobody"

    def __init__(self, reader: ThreadReader) -> None:
        self.reader = reader
        people = list_participants(reader.thread)
        self.unsigned = len(reader.thread) - sum(len(person.rows) for person in people)
        self.items = PeopleItems(people, len(reader.thread), reader.palette)
        self.items.muted = reader.muted
        super().__init__(self.items, with_overrides(reader.key_overrides, PARTICIPANTS), reader.palette, id="people")

    def begin(self) -> None:
        """Put the cursor on the author at the reader's cursor."""
        here = self.reader.author_here()
        self.items.focus = next((n for n, person in enumerate(self.items.people) if person.name == here), 0)
        self.call_after_refresh(lambda: self.view.go(self.items.focus))

    # The lines

    @property
    def person(self) -> Participant | None:
        """The person under the cursor."""
        order = self.items.order
        return self.items.people[order[self.view.cursor]] if len(order) else None

    def title_line(self) -> Title:
        """How many take part."""
        palette, count = self.palette, len(self.items.people)
        people = f"{count:,} {'person' if count == 1 else 'people'}"
        shown = f"{len(self.items.order):,} of {people}" if self.text else people
        unsigned = f" · {plural(self.unsigned, 'comment')} unsigned" if self.unsigned else ""
        return Title(
            [("Who takes part", palette.bar_accent)], f"{shown}{unsigned}   rumor-tui", (shown + unsigned, shown)
        )

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    # Moving

    def leap(self, rows: int) -> None:
        """Move the cursor, each person having one row; the screen moves only to keep the cursor in sight."""
        self.view.advance(rows)

    def action_page(self, pages: int) -> None:
        """A page, less a row that stays in sight."""
        self.leap(pages * max(self.view.page - 1, 1))

    # What can be done with a person

    def choose(self) -> None:
        """Go through the comments of the person, from the first one on."""
        if self.person is None:
            self.tell("Nobody is called so.")
        else:
            self.reader.read_author(self.person.name)

    action_open_entry = choose

    def action_mute(self) -> None:
        """Mute or unmute the person."""
        if self.person is not None:
            sentence = self.reader.mute(self.person.name)
            self.items.muted = self.reader.muted
            self.view.compose_rows()
            self.tell(sentence)

    def action_people(self) -> None:
        """Back to the thread."""
        self.action_quit()

    def show_items(self) -> None:
        """Show only those whose names hold the text, in any case; the cursor stays with its person, or goes to the top.

        (Not to the next person who is left, as in other lists: they are ordered by how much they write.)
        """
        needle, here = fold(self.text), self.items.order[self.view.cursor] if len(self.items.order) else -1
        rows = [row for row, person in enumerate(self.items.people) if needle in fold(person.name)]
        self.items.order = rows
        kept = rows.index(here) if here in rows else 0
        self.view.take(kept, min(self.view.kept().y, kept))
