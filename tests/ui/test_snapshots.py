"""How a few screens look, as pictures: `pytest tests/ui/test_snapshots.py --snapshot-update` makes them anew.

The sample holds no date that is told as an age, so nothing here depends on the clock.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from rumor_tui.settings import Settings
from rumor_tui.ui.theme import DARK, LIGHT
from tests.ui.helpers import NARROW, WIDE, app_of, read_through, reader, sample, until

Compare = Callable[..., bool]


async def settled(pilot: Pilot[None]) -> None:
    """Until the background has nothing more to tell."""
    await until(pilot, lambda: reader(pilot).search_bar.is_mounted)
    await read_through(pilot)
    await pilot.pause()


async def searched(pilot: Pilot[None]) -> None:
    """With the search widget open and something in it."""
    await settled(pilot)
    await pilot.press("/", "6", "0", "0")
    await until(pilot, lambda: "match" in reader(pilot).searching.account())
    query = pilot.app.screen.query_one("#search Input")
    query.cursor_blink = False  # type: ignore[attr-defined]
    await pilot.pause()


async def folded(pilot: Pilot[None]) -> None:
    """With a folded comment and the cursor on another one."""
    await settled(pilot)
    await pilot.press("j", "j", "space", "j", "j")
    await pilot.pause()


async def in_comments(pilot: Pilot[None]) -> None:
    """With the comments in the one pane."""
    await settled(pilot)
    if reader(pilot).in_article:
        await pilot.press("tab")
    await pilot.pause()


@pytest.mark.parametrize(
    ("theme", "size", "before"),
    [
        (DARK.name, WIDE, folded),
        (DARK.name, WIDE, searched),
        (DARK.name, NARROW, in_comments),
        (LIGHT.name, WIDE, settled),
    ],
    ids=["wide", "search", "one_pane", "light"],
)
def test_looks(snap_compare: Compare, theme: str, size: tuple[int, int], before: Callable[..., object]) -> None:
    assert snap_compare(app_of(sample(), Settings(theme=theme)), terminal_size=size, run_before=before)
