"""The abstract base of the screens that are a list with a cursor: moving in it, narrowing it by typing, its lines."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING, Protocol

from textual.app import ComposeResult

from rumor_tui.text import neutralise_line
from rumor_tui.ui.keys import Binding
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import BaseScreen, Status
from rumor_tui.ui.widgets.list_view import FocusedItems, Lines, ListView

if TYPE_CHECKING:
    from textual.widgets import Input

    from rumor_tui.model import Thread
    from rumor_tui.search.claims.figures import Claims
    from rumor_tui.search.claims.trail import TrailSubject
    from rumor_tui.search.index.mark_index import MarkIndex
    from rumor_tui.search.index.texts import TextIndex

TYPING = (("enter keep", 0), ("esc shows all", 1), ("↑↓ move", 2))
"""What the keys do while the list is narrowed by typing."""


class OrderedItems(FocusedItems, Protocol):
    """Items of which some may be left out: item k is the row `order[k]` of all there are."""

    order: Sequence[int]


class ThreadReader(Protocol):
    """What the lists that cover the reader ask of it: items are those of `index`, rows those of `thread`."""

    claims: Claims | None
    """The claims of the thread, kept for the next trail: a trail that compares marks puts them here."""

    @property
    def thread(self) -> Thread:
        """The thread as it is shown."""

    @property
    def palette(self) -> Palette:
        """The colours."""

    @property
    def key_overrides(self) -> Mapping[str, str]:
        """The keys that are set for bindings, by id."""

    @property
    def index(self) -> TextIndex:
        """The texts of the thread."""

    @property
    def marks(self) -> MarkIndex | None:
        """The numbers and names that have been found so far."""

    @property
    def muted(self) -> frozenset[str]:
        """The authors that are muted."""

    @property
    def in_library(self) -> bool:
        """Whether the thread is in a library."""

    def gather(self) -> None:
        """Have the numbers and names of the whole thread found."""

    def reading_marks(self) -> str:
        """How far that is, in words; "" when all have been found."""

    def number_of(self, row: int) -> str:
        """A comment's number as its header has it; "" if the comment has been removed."""

    def date_of(self, row: int) -> str:
        """When a comment was written, as the reader wants dates; "" if the comment has been removed."""

    def action_dates(self) -> None:
        """Switch between exact dates and how long ago."""

    def author_here(self) -> str:
        """The author at the reader's cursor; "" where nobody signed."""

    def follow(self, marks: list[TrailSubject], at: int = 0, item: int = -1) -> None:
        """Open the trail of one of the marks, which are those of an item, above the present screen."""

    def show_index(self, at: TrailSubject | None) -> None:
        """Open the index at one of its entries."""

    def search_for(self, subject: TrailSubject) -> None:
        """Close the lists and search the thread for a number or name."""

    def jump(self, label: str, item: int, start: int, end: int) -> None:
        """Close the lists and go to a place of the trail of `label`, the topmost screen; Escape then leads back."""

    def read_author(self, name: str) -> None:
        """Close the lists and go through the comments of an author, from the first one on."""

    def mute(self, name: str) -> str:
        """Mute an author, or unmute: the sentence that says so."""


def show_rows(view: ListView, items: OrderedItems, rows: Sequence[int]) -> None:
    """Show only these rows, which ascend; the cursor stays on its row, or goes to the next one that is left."""
    row = items.order[view.cursor] if len(items.order) else 0
    y = view.kept().y
    items.order = rows
    view.take(min(bisect_left(rows, row), max(len(rows) - 1, 0)), y)


class ListScreen(BaseScreen, inherit_bindings=False):
    """A title, lines above the list (`heads`), the list or a note why it is empty, and the status.

    Abstract: a screen derived from it says what is listed, what Enter does, and what it is narrowed to (`show_items`)
    if it has the key that narrows.
    """

    READABLE = False
    NOUN = "entry"
    """What an item is called."""
    NOWHERE = ""
    """What stands for the position where there is no item."""
    PERIOD = 0.0
    """Seconds after which `look` is called again and again; 0: never."""

    def __init__(
        self,
        items: FocusedItems,
        bindings: Sequence[Binding],
        palette: Palette,
        *,
        id: str = "rows",
        heads: Sequence[Lines] = (),
    ) -> None:
        super().__init__(bindings, palette)
        self.view = ListView(items, id=id)
        self.heads = heads
        self.note = Lines(palette, id="note")
        self.text = ""
        """What the list is narrowed to."""
        self.typing = False
        self.stopped = Event()
        """Set when the screen is closed: for threads that work for it."""

    def compose(self) -> ComposeResult:
        """Title, lines above the list, the list or a note, status."""
        yield self.title_bar
        yield from self.heads
        yield self.note
        yield self.view
        yield self.status_bar

    def on_mount(self) -> None:
        """Show what there is, and look for more of it from time to time."""
        if self.PERIOD:
            self.set_interval(self.PERIOD, self.look)
        self.begin()
        self.look()
        self.view.focus()

    def on_unmount(self) -> None:
        """Stop the threads that work for it. (Textual runs the base screen's handler, too.)"""
        self.stopped.set()

    # The items

    def begin(self) -> None:
        """Prepare the list before the first `look`."""

    def look(self) -> None:
        """Bring everything up to date."""
        self.take_news()
        self.arrange_parts()

    def take_news(self) -> None:
        """Bring the items up to date, if they change by themselves."""

    def arrange_parts(self) -> None:
        """The list, or a note why it is empty, where there is room for it."""
        note = "" if len(self.view.rows) else self.why_empty()
        self.view.display = self.roomy and not note
        self.note.say([[], [("  " + note, self.palette.quiet)]] if self.roomy and note else [])
        super().arrange_parts()

    def why_empty(self) -> str:
        """Why there is no item, in a sentence that stands instead of the list; "" leaves the list empty."""
        return ""

    # The lines

    def status_line(self) -> Status:
        """What is being loaded, what the list is narrowed to, or what the keys do; and where the cursor is."""
        words = self.status_words() or self.progress()
        if not words and self.text and self.prompt is None:
            words = f"/{neutralise_line(self.text)}  esc shows all"
        return Status(words, self.position(), TYPING if self.typing else self.hints())

    def status_words(self) -> str:
        """What stands there instead of the hints, if anything."""
        return ""

    def position(self) -> str:
        """Where the cursor is."""
        count = len(self.view.rows)
        return f"{self.NOUN} {self.view.cursor + 1:,} of {count:,}" if count else self.NOWHERE

    def place(self) -> Hashable:
        """The position is that of the cursor."""
        return self.view.cursor, len(self.view.rows)

    def take_keys(self) -> None:
        """Give the keys back to the list."""
        self.typing = False
        self.view.focus()
        self.show_status()

    # Moving

    def move_to(self, item: int, otherwise: str) -> None:
        """Put the cursor on an item, or say why not."""
        if not self.view.go(item):
            self.tell(otherwise if len(self.view.rows) else self.why_empty() or f"There is no {self.NOUN}.")

    def step(self, items: int) -> None:
        """Move by items while something is typed; at the ends nothing is said."""
        self.view.go(self.view.cursor + items)

    def leap(self, rows: int) -> None:
        """Move the screen by rows, and the cursor with it."""
        self.view.leap(rows)

    def action_next(self) -> None:
        """The next item."""
        self.move_to(self.view.cursor + 1, f"This is the last {self.NOUN}.")

    def action_previous(self) -> None:
        """The previous item."""
        self.move_to(self.view.cursor - 1, f"This is the first {self.NOUN}.")

    def action_page(self, pages: int) -> None:
        """A page, less two rows that stay in sight."""
        self.leap(pages * max(self.view.page - 2, 1))

    def action_half_page(self, halves: int) -> None:
        """Half a page."""
        self.leap(halves * max(self.view.page // 2, 1))

    def action_line(self, rows: int) -> None:
        """A row."""
        self.view.scroll_rows(rows)

    def action_top(self) -> None:
        """The first item."""
        self.move_to(0, "")

    def action_bottom(self) -> None:
        """The last item."""
        self.move_to(len(self.view.rows) - 1, "")

    # Choosing

    @abstractmethod
    def choose(self) -> None:
        """Do what Enter and a double click do with the item under the cursor."""

    def on_list_view_chosen(self, message: ListView.Chosen) -> None:
        """An item was clicked twice."""
        self.move_to(message.item, "")
        self.choose()

    # Narrowing

    def action_search(self) -> None:
        """Narrow the list by typing."""
        self.typing = True
        self.ask("/", self.keep_narrowed, self.text, lambda: self.narrow(""), self.step)
        self.show_status()

    def keep_narrowed(self, typed: str) -> None:
        """Keep what was typed, though its last characters may have come too fast for the list to hear of them."""
        if typed != self.text:
            self.narrow(typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed, unless that is the answer to another question."""
        event.stop()
        if self.typing and event.value != self.text:
            self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show only the items that hold a text, in any case; all of them for an empty one."""
        self.text = text
        self.show_items()
        self.arrange_parts()

    def show_items(self) -> None:
        """Have the view show the items that hold `text`."""

    def action_clear(self) -> None:
        """Show all items again; where nothing is left out, go back."""
        if self.text:
            self.narrow("")
        else:
            self.action_quit()

    # Looks

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        for lines in (*self.heads, self.note):
            lines.palette = palette
        self.view.listed.palette = palette
        self.arrange_parts()
        self.view.restyle()
