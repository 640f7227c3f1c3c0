"""How much of the program one key passes through: `python -m tests.bench.calls`.

Guards the cost of understanding a key, and with it that of the key itself: each module and each call that a key goes
through is read by whoever looks for what it does. It is counted, not timed, on the sample at 120 x 40.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

from textual.pilot import Pilot

import rumor_tui
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from tests.ui.helpers import open_search, read_through, sample, tap

ROOT = Path(rumor_tui.__file__).parent
STATUS = "update_status"
"""The function that writes the status line."""
PAINTING = frozenset({"painted", "render_line", "render_lines", "get_line_filters", "apply", "_make_rows"})
"""Functions that turn what is known into cells: looking painted rows up, rows of a view, widgets' lines, filters."""


class Calls:
    """Counts the calls of our own functions in the interface's thread, by module; `way` leaves out the painting."""

    def __init__(self) -> None:
        self.modules: Counter[str] = Counter()
        self.way: Counter[str] = Counter()
        self._painting = 0
        self.status_updates = 0
        self._names: dict[CodeType, str] = {}

    def _name(self, code: CodeType) -> str:
        """The module of a function; "" of one that is not ours."""
        if code not in self._names:
            path = Path(code.co_filename)
            ours = path.is_relative_to(ROOT)
            self._names[code] = ".".join(path.relative_to(ROOT).with_suffix("").parts) if ours else ""
        return self._names[code]

    def note(self, frame: FrameType, event: str, argument: object) -> None:
        """For `sys.setprofile`."""
        if event not in ("call", "return") or not (name := self._name(frame.f_code)):
            return
        function, called = frame.f_code.co_name, event == "call"
        painting = name.startswith("ui.") and function in PAINTING
        if called:
            self.modules[name] += 1
            self.way[name] += not (painting or self._painting)
            self.status_updates += function == STATUS and name == "ui.screens.base"
        if painting:
            self._painting += 1 if called else -1

    def report(self, what: str) -> str:
        """The counts in words: without and with the painting, in all and by module."""
        way = +self.way
        head = (
            f"{what}: {len(way)} modules and {way.total()} calls up to what is to be painted, "
            f"{len(self.modules)} and {self.modules.total()} with the painting; "
            f"{self.status_updates} updates of the status line"
        )
        names = sorted(self.modules, key=lambda name: (-way[name], -self.modules[name]))
        return "\n".join([head, *(f"  {way[name]:5} {self.modules[name]:5} {name}" for name in names)])


async def counted(pilot: Pilot[None], key: str) -> Calls:
    """What one key passes through."""
    calls = Calls()
    sys.setprofile(calls.note)
    try:
        await tap(pilot, key)
    finally:
        sys.setprofile(None)
    return calls


async def measure() -> tuple[Calls, Calls]:
    """What `j` passes through, and the second character that is typed in the search."""
    app = RumorApp(Opened(sample(), Settings()))
    async with app.run_test(size=(120, 40)) as pilot:
        await read_through(pilot)
        await tap(pilot, "j")
        moved = await counted(pilot, "j")
        await open_search(pilot)
        await tap(pilot, "b")
        await pilot.pause(0.5)
        typed = await counted(pilot, "m")
    return moved, typed


def main() -> None:
    """Print both."""
    moved, typed = asyncio.run(measure())
    print(moved.report("j"))
    print(typed.report("a typed character"))


if __name__ == "__main__":
    main()
