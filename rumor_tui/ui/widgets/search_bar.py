"""The search widget: a line to type in, what may be toggled, the count, and the thread's numbers and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rumor_tui.search.query.query import Case, Query
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from rumor_tui.search.query.completion import Completion

TOGGLES = (("case", "Aa", "alt+c"), ("regex", ".*", "alt+r"), ("word", "word", "alt+w"))


class Part(NamedTuple):
    """Some words of the line, and which toggle a click on them switches."""

    text: str
    style: Style
    toggle: str | None = None


class Side(Widget):
    """What stands right of the typed text: the toggles and the count."""

    DEFAULT_CSS = "Side { height: 1; width: auto; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.on: frozenset[str] = frozenset()
        self.words = ""
        self.wrong = False
        self.parts: list[Part] = []

    def say(self, on: frozenset[str], words: str, wrong: bool) -> None:
        """Show which toggles are on, and the count or what is wrong."""
        if (on, words, wrong) != (self.on, self.words, self.wrong):
            self.on, self.words, self.wrong = on, words, wrong
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the fullest form that leaves what is typed a third of the line."""
        room = max(container.width - 12, 0) if self.wrong else container.width * 2 // 3
        for parts in self._forms():
            cells, self.parts = _cells(parts), parts
            if cells <= room:
                return cells
        self.parts = [self.parts[-1]._replace(text=clip(self.parts[-1].text, room))]
        return _cells(self.parts)

    def _forms(self) -> list[list[Part]]:
        """What may stand here, the fullest form first: the count matters most, and a toggle that is on."""
        palette = self.palette
        gap = Part(" ", palette.bar)
        words = Part(f"{self.words} ", palette.bar_accent if self.wrong else palette.bar)
        toggles = [
            (
                name in self.on,
                [Part(f"[{label}]", palette.bar_accent if name in self.on else palette.bar_quiet, name), gap],
            )
            for name, label, _ in TOGGLES
        ]
        every = [part for _, parts in toggles for part in parts]
        those_on = [part for on, parts in toggles if on for part in parts]
        return [
            [gap, *every, gap, words, Part("· esc clears ", palette.bar_quiet)],
            [gap, *every, gap, words],
            [gap, *those_on, words],
            [gap, words],
        ]

    def render_line(self, y: int) -> Strip:
        """The toggles and the count."""
        segments = [Segment(part.text, part.style) for part in self.parts]
        return Strip(segments).adjust_cell_length(self.size.width, self.palette.bar)

    def toggle_at(self, x: int) -> str | None:
        """The toggle at a cell of this widget."""
        at = 0
        for part in self.parts:
            at += cell_len(part.text)
            if x < at:
                return part.toggle
        return None


def _cells(parts: Sequence[Part]) -> int:
    return cell_len("".join([part.text for part in parts]))


class Chips(Widget):
    """What may be chosen: operators with what they want, numbers and names with their counts, in one or two lines."""

    DEFAULT_CSS = "Chips { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.entries: Sequence[Completion] = ()
        self.chosen = -1
        self.note = ""
        self.lines = 1
        self.cells: list[tuple[int, int, int, int]] = []

    def say(self, entries: Sequence[Completion], chosen: int, note: str) -> None:
        """Show these entries with one of them chosen (-1: none)."""
        if (list(entries), chosen, note) != (list(self.entries), self.chosen, self.note):
            self.entries, self.chosen, self.note = entries, chosen, note
            self.refresh()

    def _lines(self) -> list[list[Segment]]:
        """The lines that the chosen entry is in, or the first ones."""
        width, rows = max(self.size.width - 2, 1), max(self.size.height, 1)
        lines: list[list[Segment]] = [[]]
        self.cells = []
        used = chosen_line = 0
        for n, entry in enumerate(self.entries):
            label, count = clip(neutralise_line(entry.label), min(40, width - 6)), clip(entry.note, width // 2)
            size = cell_len(label) + cell_len(count) + 3
            if used + size > width and used:
                lines.append([])
                used = 0
            self.cells.append((len(lines) - 1, used + 1, used + size, n))
            chosen_line = len(lines) - 1 if n == self.chosen else chosen_line
            lines[-1] += self._chip(label, count, entry, n == self.chosen)
            used += size
        first = max(0, min(chosen_line - rows + 1, len(lines) - rows)) if chosen_line >= rows else 0
        if first + rows < len(lines):  # there is more: in the gap behind the last one
            lines[first + rows - 1][-1] = Segment(" … ", self.palette.quiet)
        self.cells = [(line - first, start, end, n) for line, start, end, n in self.cells]
        return lines[first : first + rows]

    def _chip(self, label: str, count: str, entry: Completion, chosen: bool) -> list[Segment]:
        palette = self.palette
        styles = {"number": palette.number, "name": palette.name_mark, "operator": palette.text + Style(bold=True)}
        style = palette.current if chosen else styles[entry.kind]
        return [Segment(label, style), Segment(count, palette.quiet), Segment("   ", palette.text)]

    def render_line(self, y: int) -> Strip:
        """One line of entries."""
        lines = self._lines()
        segments = [Segment("  ", self.palette.text), *(lines[y] if y < len(lines) else [])]
        if not self.entries and y == 0:
            segments.append(Segment("nothing to choose here", self.palette.quiet))
        strip = Strip(segments).adjust_cell_length(self.size.width, self.palette.text)
        if y == self.size.height - 1 and self.note:
            note = Strip([Segment(f" {self.note} ", self.palette.quiet)])
            if note.cell_length < self.size.width // 2:
                return Strip.join([strip.crop(0, self.size.width - note.cell_length), note])
        return strip

    def entry_at(self, x: int, y: int) -> int:
        """The entry at a cell, or -1."""
        return next((n for line, start, end, n in self.cells if line == y and start <= x - 1 < end), -1)


class SearchBar(Vertical, can_focus=False):
    """Typing narrows the list and searches at once. It knows no thread: it asks by messages and is told."""

    DEFAULT_CSS = """
    SearchBar { height: auto; background: $panel; }
    SearchBar Horizontal { height: 1; background: $panel; }
    SearchBar Input { border: none; height: 1; width: 1fr; padding: 0; background: $panel; }
    SearchBar Input:focus { border: none; }
    SearchBar .slash { width: 3; height: 1; }
    """

    @dataclass
    class Changed(Message):
        """Another text, or another toggle; `typed` is what narrows the list."""

        query: Query
        typed: str

    class Kept(Message):
        """Enter: keep the search."""

    class Left(Message):
        """Escape: search for nothing."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(id="search")
        self.on: set[str] = set()
        self.typed = ""
        self.question = Question("/", palette)
        self.side = Side(palette)
        self.chips = Chips(palette)
        self.display = False
        self._choosing = False
        self._wanted: Query | None = None
        self._prepared = False
        self._stands = False
        self._early: list[events.Key] = []

    @property
    def stands(self) -> bool:
        """Whether its parts are there."""
        return self._stands

    def prepare(self) -> None:
        """Make its parts, if that has not been done: after the first screen, which shows none of them."""
        if not self._prepared:
            self._prepared = True
            self.call_later(self._make_parts)

    async def _make_parts(self) -> None:
        """The line to type in, then the list; and open, if that was asked for before."""
        from rumor_tui.ui.widgets.prompt import Field

        if not self.is_attached:  # the program ends before its first screen is complete
            return
        field = Field(select_on_focus=False, compact=True)
        await self.mount(Horizontal(self.question, field, self.side), self.chips)
        self._stands = True
        if self._wanted is not None:
            self.open(self._wanted, self.chips.lines)

    def open(self, query: Query, rows: int) -> None:
        """Show the widget with a query in it and `rows` rows of numbers and names, and take the keys."""
        self._wanted = query
        self.chips.lines = rows
        self.chips.styles.height = rows
        self.chips.display = rows > 0
        if not self._stands:
            self.prepare()
            return
        from textual.widgets import Input

        states = (("case", query.case == "sensitive"), ("word", query.word), ("regex", query.regex))
        self.on = {name for name, on in states if on}
        self.typed = query.text
        self._choosing = False
        self.chips.chosen = -1
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = query.text
        field.select_all()
        self.display = True
        self.screen.set_focus(field)
        early, self._early = self._early, []
        for event in early:
            self.feed(event)

    def feed(self, event: events.Key) -> None:
        """A key that was on its way when the widget was opened."""
        if not self._stands:
            self._early.append(event)
        elif event.is_printable and event.character:
            from textual.widgets import Input

            self.query_one(Input).insert_text_at_cursor(event.character)
        else:
            self.on_key(event)

    def close(self) -> None:
        """Put the widget away."""
        self._wanted = None
        self.display = False

    def restyle(self, palette: Palette) -> None:
        """Paint in another palette."""
        for part in (self.question, self.side, self.chips):
            part.palette = palette
            part.refresh()

    @property
    def text(self) -> str:
        """What is typed or chosen now."""
        from textual.widgets import Input

        if self._stands:
            return self.query_one(Input).value
        return "".join(event.character or "" for event in self._early if event.is_printable)

    def query_now(self) -> Query:
        """The query as it stands."""
        case: Case = "sensitive" if "case" in self.on else "smart"
        return Query(self.text, case=case, word="word" in self.on, regex="regex" in self.on)

    def show(self, entries: Sequence[Completion], words: str, wrong: bool, note: str) -> None:
        """Take over what the screen found."""
        self.side.say(frozenset(self.on), words, wrong)
        self.chips.say(entries, min(self.chips.chosen, len(entries) - 1) if self._choosing else -1, note)

    def on_input_changed(self, message: Message) -> None:
        """Search as it is typed; a choice from the list does not narrow the list."""
        message.stop()
        if not self._choosing or self.text != self._chosen_line():
            self._choosing = False
            self.typed = self.text
        self.post_message(self.Changed(self.query_now(), self.typed))

    def _chosen_line(self) -> str:
        at = self.chips.chosen
        return self.chips.entries[at].line if 0 <= at < len(self.chips.entries) else ""

    def on_key(self, event: events.Key) -> None:
        """The keys of the widget; all others are for the line that is typed in."""
        toggle = next((name for name, _, key in TOGGLES if key == event.key), None)
        if event.key == "enter":
            # Keys may come faster than the line tells of its changes: what is kept is all that is typed.
            self.post_message(self.Changed(self.query_now(), self.typed))
            self.post_message(self.Kept())
        elif event.key in ("escape", "ctrl+c"):
            self.post_message(self.Left())
        elif event.key in ("down", "up", "tab", "shift+tab"):
            self.choose(self.chips.chosen + (1 if event.key in ("down", "tab") else -1))
        elif toggle is not None:
            self.toggle(toggle)
        else:
            return
        event.stop()
        event.prevent_default()

    def toggle(self, name: str) -> None:
        """Switch one of the toggles."""
        self.on ^= {name}
        self.post_message(self.Changed(self.query_now(), self.typed))

    def choose(self, at: int) -> None:
        """Choose an entry of the list and search for it; before the first one stands what was typed."""
        from textual.widgets import Input

        if not self.chips.entries:
            return
        at = max(-1, min(at, len(self.chips.entries) - 1))
        self._choosing = at >= 0
        self.chips.say(self.chips.entries, at, self.chips.note)
        field = self.query_one(Input)
        field.value = self._chosen_line() if at >= 0 else self.typed
        field.cursor_position = len(field.value)

    def on_click(self, event: events.Click) -> None:
        """A toggle or an entry was clicked."""
        if event.widget is self.side:
            name = self.side.toggle_at(event.x)
            if name is not None:
                self.toggle(name)
        elif event.widget is self.chips:
            at = self.chips.entry_at(event.x, event.y)
            if at >= 0:
                self.choose(at)
