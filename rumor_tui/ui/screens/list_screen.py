"""What the screens over a thread share that are a list with a cursor: moving in it, and where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from rumor_tui.ui.keyed import KeyedScreen
from rumor_tui.ui.keys import Binding, with_overrides
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.widgets.list_view import FocusedItems, Lines, RowsView

if TYPE_CHECKING:
    from rumor_tui.ui.screens.reader import ReaderScreen

TICK = 0.3
"""Seconds between two looks at how far the background is."""


class RowsScreen(KeyedScreen, inherit_bindings=False):
    """Covers a reader with a list; `noun` is what one of its items is called."""

    READABLE = False
    noun = "entry"

    def __init__(
        self, reader: ReaderScreen, items: FocusedItems, bindings: Sequence[Binding], palette: Palette
    ) -> None:
        super().__init__(with_overrides(reader.key_overrides, bindings), palette)
        self.reader = reader
        self.view = RowsView(items, id="rows")
        self.note = Lines(palette, id="note")
        self.stopped = Event()

    def on_mount(self) -> None:
        """Show what is known, and look now and then what more there is."""
        self.set_interval(TICK, self.look)
        self.look()
        self.view.focus()

    def on_unmount(self) -> None:
        """End what goes on aside."""
        self.stopped.set()

    def look(self) -> None:
        """Take over what the background has found since the last look."""

    def arrange_parts(self) -> None:
        """The list, or a note why there is none, and the status line, where there is room for them."""
        roomy, some = self.roomy, bool(len(self.view.rows))
        self.view.display = roomy and some
        self.note.say([[], [("  " + self.nothing(), self.palette.quiet)]] if roomy and not some else [])
        super().arrange_parts()

    def nothing(self) -> str:
        """Why there is no item, in a sentence."""
        return f"There is no {self.noun}."

    def take_keys(self) -> None:
        """A question is out of the way."""
        self.view.focus()
        self.show_status()

    def move_to(self, item: int, otherwise: str) -> None:
        """Put the cursor on an item, or say why not."""
        if not self.view.go(item):
            self.tell(otherwise if len(self.view.rows) else self.nothing())

    def action_next(self) -> None:
        """The next item."""
        self.move_to(self.view.cursor + 1, f"This is the last {self.noun}.")

    def action_previous(self) -> None:
        """The previous item."""
        self.move_to(self.view.cursor - 1, f"This is the first {self.noun}.")

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
        """The first item."""
        self.move_to(0, "")

    def action_bottom(self) -> None:
        """The last item."""
        self.move_to(len(self.view.rows) - 1, "")

    def action_quit(self) -> None:
        """Back to the screen below."""
        self.app.pop_screen()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.view.listed.palette = self.note.palette = palette
        self.arrange_parts()
        self.view.restyle()
