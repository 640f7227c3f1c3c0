"""A small choice: a few rows, one of which is chosen by Enter, by its digit or by its first letter."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, fold
from rumor_tui.ui.keys import CHOICE, with_overrides
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.list_screen import ListScreen
from rumor_tui.ui.stage import close_screen
from rumor_tui.ui.widgets.list_view import CURSOR, row_strip

if TYPE_CHECKING:
    from rumor_tui.ui.screens.help import HelpSection

DIRECT = (("1 … 9", "Choose the row of that number"), ("letter", "Choose the row that begins with it, or go to it"))
"""What the help says of keys that are not in the table of bindings."""
CURRENT = "✓"
GAP = 3
"""Cells between what a row is called and what is said of it."""


class Choice(NamedTuple):
    """A row: what is chosen by it, what it is called, and a few words on what it means."""

    value: str
    label: str
    note: str = ""


class ChoiceItems:
    """Item k is the k-th choice; `current` is the one that holds now, or -1."""

    outline: Outline | None = None

    def __init__(self, choices: Sequence[Choice], current: int, palette: Palette) -> None:
        self.choices = choices
        self.current = current
        self.palette = palette
        self.focus = max(current, 0)
        self._label_cells = max((cell_len(choice.label) for choice in choices), default=0)

    def heights(self, width: int) -> array[int]:
        """Each has one row."""
        return array("i", [1]) * len(self.choices)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        return self.choices[item], item == self.focus, item == self.current, self.palette.name

    def paint(self, item: int, width: int) -> Painted:
        """The row of a choice: its digit, its label, and what it means if there is room."""
        choice, palette, here = self.choices[item], self.palette, item == self.focus
        digit = str(item + 1) if item < 9 else " "
        label = clip(choice.label, max(width - 6, 0))
        gap = self._label_cells - cell_len(label) + GAP
        into = Painted()
        row = [
            Segment(CURSOR + " ", palette.cursor) if here else Segment("  ", palette.text),
            Segment(f"{digit} ", palette.quiet),
            Segment(f"{CURRENT if item == self.current else ' '} ", palette.accent),
            Segment(label, palette.strong if here else palette.text),
            Segment(" " * gap + clip(choice.note, max(width - 6 - cell_len(label) - gap, 0)), palette.quiet),
        ]
        into.add(row_strip(row, width, palette))
        return into


class ChoiceScreen(ListScreen, inherit_bindings=False):
    """Covers the screen that it is opened from; `chosen` is called with what was chosen, when it is closed again.

    `current` is the value that holds now: the cursor begins there. Nothing is called where the choice is left.
    """

    NOUN = "row"

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        current: str,
        chosen: Callable[[str], None],
        *,
        palette: Palette,
        key_overrides: Mapping[str, str],
    ) -> None:
        self.choices = choices
        self.question = title
        self._chosen = chosen
        at = next((n for n, choice in enumerate(choices) if choice.value == current), -1)
        items = ChoiceItems(choices, at, palette)
        super().__init__(items, with_overrides(key_overrides, CHOICE), palette, id="choices")

    def title_line(self) -> Title:
        """What is to be chosen."""
        return Title([(self.question, self.palette.bar_accent)], "rumor-tui", ("",))

    def help_parts(self) -> Sequence[HelpSection]:
        """The keys that choose directly."""
        return (("Choosing", DIRECT),)

    def take_key(self, key: str) -> bool:
        """A digit chooses its row, and so does the first letter of one row; of several rows it goes to the next one.

        A letter that is bound to something else keeps doing that.
        """
        if self.chords.pending or key in self.chords.table or key in self.chords.prefixes or len(key) > 1:
            return False
        if key.isdecimal():
            items = [int(key) - 1] if 0 < int(key) <= len(self.choices) else []
        else:
            items = [n for n, choice in enumerate(self.choices) if fold(choice.label).startswith(fold(key))]
        if not items:
            return False
        self.message = ""
        self.move_to(next((item for item in items if item > self.view.cursor), items[0]), "")
        if len(items) == 1:
            self.choose()
        self.show_status()
        return True

    def choose(self) -> None:
        """Close this screen and say what was chosen; keys that were typed after that one come too late."""
        if self.app.screen is not self:
            return
        choice = self.choices[self.view.cursor]
        close_screen(self)
        self._chosen(choice.value)

    action_choose = choose
