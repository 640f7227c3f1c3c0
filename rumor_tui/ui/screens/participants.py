"""The screen of who takes part: how much each says, from when to when, and how often others reply."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.strip import Strip

from rumor_tui.outline import Outline
from rumor_tui.search.taking_part import Person, taking_part
from rumor_tui.text import cell_len, fold, neutralise_line
from rumor_tui.times import absolute
from rumor_tui.ui.keyed import KeyedScreen, Status, Title
from rumor_tui.ui.keys import TABLE, Binding, with_overrides
from rumor_tui.ui.paint import Painted, clip
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.widgets.list_view import CURSOR, RowsView
from rumor_tui.words import plural

if TYPE_CHECKING:
    from textual.widgets import Input

    from rumor_tui.ui.screens.help import Part
    from rumor_tui.ui.screens.reader import ReaderScreen

NAME = 28
"""Cells of the longest name where there is room for more than names."""
BAR = 12
"""Cells of the longest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉█"
TYPING = [("enter keep", 0), ("esc shows all", 1), ("↑↓ move", 2)]
MOUSE = (("click", "Put the cursor on a person; twice, go through their comments"), ("wheel", "Scroll"))
_TOLD = {
    "next": ("Next person", "j/k person", 2),
    "previous": ("Previous person", "", 0),
    "open-entry": ("Go through the comments of this person", "enter comments", 0),
    "mute": ("Mute this person, or hear them again", "M mute", 3),
    "search": ("Narrow the list by typing", "/ narrow", 1),
    "clear": ("Show the whole list again; back to the thread", "", 0),
    "people": ("Back to the thread", "", 0),
    "quit": ("Back to the thread", "q back", 4),
}
"""What keys do in this list, by the id of the binding: the sentence, the word in the footer and its rank."""


def people_bindings() -> tuple[Binding, ...]:
    """What the keys do in this list: as in any list, with words of its own."""
    found = []
    for b in TABLE:
        if b.id in _TOLD:
            tip, hint, rank = _TOLD[b.id]
            found.append(replace(b, tip=tip, hint=hint, rank=rank, article_hint=None))
        elif b.listing and b.id not in ("open-page", "copy-link", "dates"):
            found.append(replace(b, tip=b.listing, hint=b.listing_hint, article_hint=None))
    return tuple(found)


class PeopleItems:
    """Item k is the k-th person that is shown; `order` says which of all that is."""

    outline: Outline | None = None

    def __init__(self, people: Sequence[Person], comments: int, palette: Palette) -> None:
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

    def _name_style(self, person: Person, muted: bool) -> Style:
        return self.palette.quiet if muted else self.palette.author(person.name)

    def _columns(self, person: Person) -> list[tuple[str, Style]]:
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
            dates = ("" if moment is None else absolute(moment) for moment in (person.first, person.last))
            columns += [(f"   {date.ljust(16)}", palette.quiet) for date in dates]
        return columns


class PeopleScreen(KeyedScreen, inherit_bindings=False):
    """A list with a cursor, over the thread that it is about."""

    def __init__(self, reader: ReaderScreen) -> None:
        overrides = {b.id: b.keys for b in reader.bindings_list}
        super().__init__(with_overrides(overrides, people_bindings()), reader.palette)
        self.reader = reader
        people = taking_part(reader.thread)
        self.unsigned = len(reader.thread) - sum(len(person.rows) for person in people)
        self.items = PeopleItems(people, len(reader.thread), reader.palette)
        self.items.muted = reader.session.state.muted
        here = reader.session.authors.author_here()
        self.items.focus = next((n for n, person in enumerate(people) if person.name == here), 0)
        self.view = RowsView(self.items, id="people")
        self.typing = False
        self.text = ""

    def compose(self) -> ComposeResult:
        """Title, people, status."""
        yield self.title_bar
        yield self.view
        yield self.status_bar

    def on_mount(self) -> None:
        """Give the list the keys."""
        self.arrange_parts()
        self.view.focus()
        self.call_after_refresh(lambda: self.view.go(self.items.focus))

    def arrange_parts(self) -> None:
        """The list and the status line where there is room for them."""
        self.view.display = self.roomy
        super().arrange_parts()

    def take_keys(self) -> None:
        """A question is out of the way."""
        self.typing = False
        self.view.focus()
        self.show_status()

    # The lines

    @property
    def person(self) -> Person | None:
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

    def status_line(self) -> Status:
        """What is typed, or what the keys do; and where the cursor is."""
        words = f"/{neutralise_line(self.text)}  esc shows all" if self.text and self.prompt is None else ""
        shown = len(self.items.order)
        position = f"person {self.view.cursor + 1:,} of {shown:,}" if shown else "nobody"
        return Status(words, position, TYPING if self.typing else self.hints())

    def help_parts(self) -> Sequence[Part]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    # Moving

    def _leap(self, rows: int) -> None:
        last = len(self.items.order) - 1
        if last >= 0:
            self.view.go(min(max(self.view.cursor + rows, 0), last))

    def action_next(self) -> None:
        """The next person."""
        self._leap(1)

    def action_previous(self) -> None:
        """The previous person."""
        self._leap(-1)

    def action_page(self, pages: int) -> None:
        """A page, less a row that stays in sight."""
        self._leap(pages * max(self.view.page - 1, 1))

    def action_half_page(self, halves: int) -> None:
        """Half a page."""
        self._leap(halves * max(self.view.page // 2, 1))

    def action_line(self, rows: int) -> None:
        """Scroll by a row."""
        self.view.scroll_rows(rows)

    def action_top(self) -> None:
        """The first person."""
        self._leap(-len(self.items.order))

    def action_bottom(self) -> None:
        """The last person."""
        self._leap(len(self.items.order))

    # What can be done with a person

    def action_open_entry(self) -> None:
        """Go through the comments of the person, from the first one on."""
        person = self.person
        if person is None:
            self.tell("Nobody is called so.")
            return
        self.app.pop_screen()
        self.reader.look_at(person.name)
        if self.reader.session.authors.lens is not None:
            self.reader.go_to(self.reader.session.authors.lens.rows[0])

    def on_rows_view_chosen(self, message: RowsView.Chosen) -> None:
        """A person was clicked twice."""
        self.view.go(message.item)
        self.action_open_entry()

    def action_mute(self) -> None:
        """Mute the person, or hear them again."""
        if self.person is not None:
            self.reader.mute(self.person.name)
            self.items.muted = self.reader.session.state.muted
            self.view.compose_rows()
            self.tell(self.reader.message)

    def action_people(self) -> None:
        """Back to the thread."""
        self.action_quit()

    def action_clear(self) -> None:
        """Show the whole list again; then back to the thread."""
        if self.text:
            self.narrow("")
        else:
            self.action_quit()

    # Narrowing

    def action_search(self) -> None:
        """Narrow the list by typing."""
        self.typing = True
        self.ask("/", lambda _: None, self.text, lambda: self.narrow(""), self._leap)
        self.show_status()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        event.stop()
        self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show only those whose names hold a text, in any case; the cursor stays with its person if that is left."""
        self.text = text
        person, needle = self.person, fold(text)
        items = self.items
        items.order = [n for n, one in enumerate(items.people) if needle in fold(one.name)]
        kept = next((n for n, row in enumerate(items.order) if items.people[row] is person), 0)
        self.view.take(kept, min(self.view.kept().y, kept))
        self.show_title()
        self.show_status()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.items.palette = palette
        self.arrange_parts()
        self.view.restyle()
