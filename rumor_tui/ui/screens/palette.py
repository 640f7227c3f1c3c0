"""Every action of a screen by name: the list of them, narrowed by typing from the start, of which one is run."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, fold
from rumor_tui.ui.keys import CHOICE, pretty
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import BaseScreen, Status, Title
from rumor_tui.ui.screens.list_screen import ListScreen
from rumor_tui.ui.stage import close_screen
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip

if TYPE_CHECKING:
    from textual import events

HINTS = (("enter run", 0), ("esc leave", 1), ("↑↓ move", 2))
PAGES = {"pageup": -1, "pagedown": 1}
KEY_CELLS = 28
"""Cells that the keys of an action have at most where there is room for them beside its sentence."""


class Command(NamedTuple):
    """An action of a screen: its sentence, the keys that run it too, and how Textual calls it."""

    tip: str
    keys: str
    action: str


def commands_of(screen: BaseScreen) -> list[Command]:
    """All that can be done on a screen, the themes last."""
    bound = [Command(b.tip, pretty(b.keys), b.action) for b in screen.bindings_list if b.id != "palette"]
    return bound + [Command(f"Theme: {name}", "", f"theme('{name}')") for name in sorted(screen.app.available_themes)]


class CommandItems:
    """Item k is the command `order[k]` of all; `needle` is what was typed, folded."""

    outline: Outline | None = None

    def __init__(self, commands: Sequence[Command], palette: Palette) -> None:
        self.commands = commands
        self.palette = palette
        self.order: Sequence[int] = range(len(commands))
        self.focus = 0
        self.needle = ""
        self._tip_cells = max((cell_len(command.tip) for command in commands), default=0)

    def heights(self, width: int) -> array[int]:
        """Each has one row."""
        return array("i", [1]) * len(self.order)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        return self.order[item], item == self.focus, self.needle, self.palette.name

    def paint(self, item: int, width: int) -> Painted:
        """The sentence, with what was typed in it marked, and the keys where there is room."""
        command, palette, here = self.commands[self.order[item]], self.palette, item == self.focus
        tip = clip(command.tip, max(width - 4, 0))
        gap = min(self._tip_cells, max(width - KEY_CELLS - 6, 0)) - cell_len(tip) + 3
        keys = clip(command.keys, max(width - 4 - cell_len(tip) - max(gap, 3), 0))
        row = [
            Segment(CURSOR + " ", palette.cursor) if here else Segment("  ", palette.text),
            *highlight(tip, self.needle, palette, palette.strong if here else palette.text),
            Segment(" " * max(gap, 3) + keys, palette.quiet),
        ]
        into = Painted()
        into.add(row_strip(row, width, palette))
        return into

    def narrow(self, text: str) -> None:
        """Show only those whose sentence has each word that was typed; first those that begin with it, or have a word
        that does."""
        self.needle = needle = fold(" ".join(text.split()))
        folded = [fold(command.tip) for command in self.commands]
        words = needle.split(" ")
        found = [n for n, tip in enumerate(folded) if all(word in tip for word in words)]
        self.order = sorted(found, key=lambda n: (not folded[n].startswith(needle), f" {needle}" not in folded[n]))


class PaletteScreen(ListScreen, inherit_bindings=False):
    """Covers a screen; Enter closes this and runs there what the cursor is on, and Escape only closes this."""

    NOUN = "action"

    def __init__(self, below: BaseScreen) -> None:
        self.below = below
        self.items = CommandItems(commands_of(below), below.palette)
        super().__init__(self.items, CHOICE, below.palette, id="commands")

    def begin(self) -> None:
        """Have the list narrowed by typing at once."""
        self.action_search()

    def action_search(self) -> None:
        """Ask what to narrow the list to; the question stands as long as the screen does."""
        self.typing = True
        self.ask("Every action by name:", self._answer, self.text, self.action_quit, self.step)
        self.show_status()

    def _answer(self, typed: str) -> None:
        self.keep_narrowed(typed)
        self.choose()

    def action_quit(self) -> None:
        """Close this, whatever is typed."""
        close_screen(self)

    def title_line(self) -> Title:
        """How many there are."""
        count, shown = len(self.items.commands), len(self.items.order)
        words = f"{shown:,} of {count:,}" if shown < count else f"{count:,}"
        return Title([("Every action by name", self.palette.bar_accent)], f"{words}   rumor-tui", (words, ""))

    def status_line(self) -> Status:
        """What the keys do, and where the cursor is."""
        return Status("", self.position(), HINTS)

    def why_empty(self) -> str:
        """Why no action is shown."""
        return "" if len(self.items.order) else "No action is called that."

    def show_items(self) -> None:
        """Show what fits what was typed, with the cursor on the first of it."""
        self.items.narrow(self.text)
        self.view.take(0, 0)

    async def on_key(self, event: events.Key) -> None:
        """Move by a page; the other keys are for the line that is typed in. (Textual runs the base's handler too.)"""
        if event.key in PAGES:
            event.stop()
            self.view.advance(PAGES[event.key] * max(self.view.page - 1, 1))

    def choose(self) -> None:
        """Close this screen and run what the cursor is on; where nothing is, go on asking."""
        if not len(self.items.order):
            self.action_search()
            return
        command = self.items.commands[self.items.order[self.view.cursor]]
        close_screen(self)
        self.below.call_later(self.below.run_action, command.action)
