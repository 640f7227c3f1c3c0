"""Any keys in any order in the library's screens, from one to the other: nothing raises, nothing is shown wrongly."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from rumor_tui.text import cell_len
from rumor_tui.ui import system
from rumor_tui.ui.library_keys import LIBRARY_PLACES
from rumor_tui.ui.screens.base import LEAST
from rumor_tui.ui.screens.list_screen import ListScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import keyed
from tests.ui.library_samples import library_app, listed
from tests.ui.test_library_sizes import VIEWS, hostile
from tests.ui.test_sizes import SIZES

pytestmark = pytest.mark.slow

LEFT_OUT = {"quit-now", "help", "palette"}
"""Bindings that end the program or hand the keys to something else."""

CHORDS = sorted(
    {chord for place in LIBRARY_PLACES.values() for b in place if b.id not in LEFT_OUT for chord in b.chords()}
)
TYPED = ("a", "s", "i", "s", "colon", "n", "backspace", "enter", "escape", "escape")
READING = ("j", "space", "U", "escape", "q", "B", "F")
"""What is pressed in a thread that was opened from there."""
STEPS = 60


def check(pilot: Pilot[None]) -> None:
    screen = keyed(pilot)
    if not isinstance(screen, ListScreen) or not screen.view.display or not screen.view.size.area:
        return
    view = screen.view
    if len(view.rows):
        assert 0 <= view.cursor < len(view.rows)
        assert view.on_screen(view.cursor)
    width, height = view.size
    assert {cell_len(strip.text) for strip in view.render_lines(Region(0, 0, width, height))} == {width}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", range(2))
async def test_any_keys(view: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "open_in_browser", lambda app, address: f"Opened {address}")
    chance = Random(f"{view} {seed}")
    sizes = [size for size in SIZES if size[0] >= LEAST[0] and size[1] >= LEAST[1]]
    held = hostile()
    app = library_app(held)
    app.opened = replace(app.opened, view=view)  # type: ignore[arg-type]
    async with app.run_test(size=(100, 30)) as pilot:
        await listed(pilot)
        for _ in range(STEPS):
            if chance.random() < 0.12:
                await pilot.resize_terminal(*chance.choice(sizes))
            else:
                held.problem = "The disk is full." if chance.random() < 0.1 else ""
                reading = isinstance(keyed(pilot), ReaderScreen)
                for key in chance.choice(READING if reading else (*CHORDS, *TYPED)).split():
                    if key in ("q", "escape") and len(app.screen_stack) == 1:
                        continue  # that would be the end
                    app.simulate_key(key)
                await pilot.pause()
            if not app.is_running:  # what ended it is raised behind this
                break
            check(pilot)
