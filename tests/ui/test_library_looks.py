"""How the library's screens look, as pictures: `pytest tests/ui/test_library_looks.py --snapshot-update` renews them.

All dates are told as dates, and are days alone, so nothing here depends on the clock or its zone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from rumor_tui.settings import Settings
from rumor_tui.ui.paint.theme import DARK, LIGHT
from rumor_tui.ui.workers import LibraryView
from tests.ui.helpers import NARROW, WIDE, until, words_of
from tests.ui.library_samples import library_app, listed, shown_list

Compare = Callable[..., bool]


async def beside_the_first(pilot: Pilot[None]) -> None:
    """With the library's answer there, its one group unfolded, and the cursor behind it."""
    await listed(pilot)
    if shown_list(pilot).VIEW == "library":
        await pilot.press("enter")
    await pilot.press("j")
    await pilot.pause()


async def found(pilot: Pilot[None]) -> None:
    """With what a query finds."""
    await listed(pilot)
    await pilot.press(*"second")
    await until(pilot, lambda: "5 places" in words_of(pilot.app.screen.query_one("#account")))
    await pilot.press("enter", "j")
    await pilot.pause()


@pytest.mark.parametrize(
    ("view", "theme", "size", "before"),
    [
        ("library", DARK.name, WIDE, beside_the_first),
        ("library", LIGHT.name, NARROW, beside_the_first),
        ("news", DARK.name, NARROW, beside_the_first),
        ("following", DARK.name, NARROW, beside_the_first),
        ("everything", DARK.name, NARROW, found),
    ],
    ids=["wide", "light", "news", "following", "everything"],
)
def test_the_library_looks_so(
    snap_compare: Compare, view: LibraryView, theme: str, size: tuple[int, int], before: Callable[..., object]
) -> None:
    app = library_app(view=view, settings=Settings(theme=theme, dates="absolute"))
    assert snap_compare(app, terminal_size=size, run_before=before)
