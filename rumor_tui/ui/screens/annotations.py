"""The list of a thread's bookmarks and notes: going there, changing and removing them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.labels import plural
from rumor_tui.outline import Outline
from rumor_tui.reading.annotated import AnnotationsState, Placed
from rumor_tui.reading.annotations import Annotations
from rumor_tui.reading.memory import Memory
from rumor_tui.text import cell_len, fold, neutralise_line
from rumor_tui.ui.keys import with_overrides
from rumor_tui.ui.library_keys import ANNOTATIONS
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.notes import PEN, STAR
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen, show_rows
from rumor_tui.ui.screens.note_writing import NoteWriting
from rumor_tui.ui.widgets.list_view import CURSOR

if TYPE_CHECKING:
    from rumor_tui.library_types import Change
    from rumor_tui.ui.screens.help import HelpSection

MOUSE = (("click", "Put the cursor on a row; twice, go there"), ("wheel", "Scroll"))
PLACE = 30
"""Cells of the longest name of what a row stands on."""


class AnnotatedReader(Protocol):
    """What the list asks of the reader that it covers."""

    @property
    def palette(self) -> Palette:
        """The colours."""

    @property
    def key_overrides(self) -> Mapping[str, str]:
        """The keys that are set for bindings, by id."""

    def change(self, change: Callable[[], object]) -> None:
        """Change parts of the session, and show the effects."""

    def jump_to(self, placed: Placed, state: AnnotationsState) -> None:
        """Close the list and go to where a bookmark or a note stands; Escape then leads back."""


class AnnotationItems:
    """The rows of the list: item k is the row `order[k]` of all there are."""

    outline: Outline | None = None

    def __init__(self, annotations: Annotations, palette: Palette) -> None:
        self.annotations = annotations
        self.palette = palette
        self.focus = 0
        self.rows: Sequence[Placed] = annotations.places.all()
        self.order: Sequence[int] = range(len(self.rows))

    def heights(self, width: int) -> array[int]:
        """Each has one row."""
        return array("i", [1]) * len(self.order)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        return (self.rows[self.order[item]], item == self.focus, self.palette.name)

    def paint(self, item: int, width: int) -> Painted:
        """The sign, the words, and at the right where it stands, as far as there is room for that."""
        palette, placed = self.palette, self.rows[self.order[item]]
        lead = Segment(CURSOR, palette.cursor) if item == self.focus else Segment(" ", palette.text)
        sign = STAR if placed.annotation.kind == "mark" else PEN
        place = clip(self.annotations.places.place_words(placed), min(PLACE, width // 3))
        words = clip(self.words(placed), max(width - cell_len(place) - 6, 1))
        style = palette.quiet if placed.annotation.kind == "mark" else palette.text
        segments = [lead, Segment(f"{sign} ", palette.accent), Segment(words, style)]
        fill = width - 4 - cell_len(words) - cell_len(place)
        if fill > 0:
            segments += [Segment(" " * fill, palette.text), Segment(place, palette.quiet)]
        into = Painted()
        into.add(Strip(segments).adjust_cell_length(width, palette.text))
        return into

    def words(self, placed: Placed) -> str:
        """The note, with the passage that it stands on behind it; of a bookmark the words that are marked."""
        one = placed.annotation
        if one.kind == "mark":
            return neutralise_line(self.annotations.places.words_of(placed))
        return neutralise_line(one.text) + (f" — “{neutralise_line(one.passage)}”" if one.passage else "")

    def found(self, text: str) -> list[int]:
        """The rows that hold a text, in any case, in their words or in what they stand on."""
        needle = fold(text)
        return [
            row
            for row, placed in enumerate(self.rows)
            if needle in fold(f"{self.words(placed)} {self.annotations.places.place_words(placed)}")
        ]


class AnnotationsScreen(ListScreen, inherit_bindings=False):
    """Covers the thread that it is about; Enter goes to where a bookmark or a note stands."""

    NOUN = "entry"
    NOWHERE = "nothing"

    def __init__(
        self, reader: AnnotatedReader, annotations: Annotations, memory: Memory, state: AnnotationsState
    ) -> None:
        self.reader = reader
        self.annotations = annotations
        self.memory = memory
        self.items = AnnotationItems(annotations, reader.palette)
        self.items.order = self.items.found(state.text)
        bindings = with_overrides(reader.key_overrides, ANNOTATIONS)
        super().__init__(self.items, bindings, reader.palette, id="annotations")
        self.writing = NoteWriting(self, annotations, reader.change)
        self.text = state.text
        self._at = state.uid

    def begin(self) -> None:
        """Put the cursor where the list was left, and hear of what changes."""
        self.memory.confirmed.append(self._hear)
        at = (k for k, row in enumerate(self.items.order) if self.items.rows[row].annotation.uid == self._at)
        self.items.focus = next(at, 0)
        self.call_after_refresh(lambda: self.view.go(self.items.focus))

    def on_unmount(self) -> None:
        """Hear of nothing more. (Textual runs the base screen's handler, too.)"""
        if self._hear in self.memory.confirmed:
            self.memory.confirmed.remove(self._hear)

    def _hear(self, change: Change) -> None:
        """Something is on disk."""
        self.items.rows = self.annotations.places.all()
        order, focus = self.items.found(self.text), self.items.focus
        self.items.order = order
        self.view.take(min(focus, max(len(order) - 1, 0)), min(self.view.kept().y, max(len(order) - 1, 0)))
        self.look()

    # The lines

    @property
    def placed(self) -> Placed | None:
        """What is under the cursor."""
        order = self.items.order
        return self.items.rows[order[self.view.cursor]] if self.view.cursor < len(order) else None

    def title_line(self) -> Title:
        """How many bookmarks and how many notes there are."""
        kinds = [placed.annotation.kind for placed in self.items.rows]
        marks, notes = kinds.count("mark"), kinds.count("note")
        counts = " · ".join((plural(n, noun) for n, noun in ((marks, "bookmark"), (notes, "note")) if n))
        return Title([("Bookmarks and notes", self.palette.bar_accent)], f"{counts}   rumor-tui", (counts,))

    def why_empty(self) -> str:
        """Nothing is left, or nothing holds the text."""
        return "Nothing here holds this text." if self.items.rows else "Nothing is marked or noted in this thread."

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse."""
        return (("Mouse", MOUSE),)

    # Moving

    def action_page(self, pages: int) -> None:
        """A page, less a row that stays in sight."""
        self.view.advance(pages * max(self.view.page - 1, 1))

    # What can be done

    def choose(self) -> None:
        """Go to where it stands."""
        if self.placed is None:
            self.tell(self.why_empty())
        else:
            self.reader.jump_to(self.placed, AnnotationsState(self.placed.annotation.uid, self.text))

    action_open_entry = choose

    def action_note(self) -> None:
        """Change the note; or write one on what is marked."""
        self._write(in_editor=False)

    def action_note_in_editor(self) -> None:
        """The same in an editor."""
        self._write(in_editor=True)

    def _write(self, *, in_editor: bool) -> None:
        if self.placed is not None:
            draft = self.annotations.draft_of(self.placed)
            self.writing.write(draft, in_editor=in_editor or "\n" in draft.text)

    def action_remove(self) -> None:
        """Take it away."""
        placed = self.placed
        if placed is not None:
            self.reader.change(lambda: self.annotations.remove(placed.annotation))
            undo = next((b.chords()[0] for b in self.bindings_list if b.id == "undo" and b.chords()), "")
            self.tell("It is taken away" + (f"; {undo} brings it back." if undo else "."))

    def action_undo(self) -> None:
        """Bring back what was taken away last."""
        self.reader.change(self._undo)

    def _undo(self) -> None:
        if not self.annotations.undo():
            self.tell("Nothing was taken away.")

    def action_annotations(self) -> None:
        """Back to the thread."""
        self.action_quit()

    # Narrowing

    def show_items(self) -> None:
        """Show only the rows that hold the text."""
        show_rows(self.view, self.items, self.items.found(self.text))
