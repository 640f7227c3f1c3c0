"""A small choice: by Enter, by digit, by first letter; and leaving it."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from rumor_tui.ui.screens.choice import Choice, ChoiceScreen
from rumor_tui.ui.screens.help import HelpScreen
from tests.ui.helpers import FAMILY, app_of, keyed, press, rows_of, thread_of, title, told

TITLE = "Order of the comments"
CHOICES = (
    Choice("page", "as the page has it"),
    Choice("newest", "newest first", "a thread stands where its newest comment is"),
    Choice("oldest", "oldest first"),
    Choice("points", "points"),
    Choice("came", "as it came"),
)


async def opened(pilot: Pilot[None], current: str = "page", keys: dict[str, str] | None = None) -> list[str]:
    """Open the choice over the reader; the answer is what will have been chosen."""
    chosen: list[str] = []
    palette, overrides = keyed(pilot).palette, keys or {}
    pilot.app.push_screen(
        ChoiceScreen(TITLE, CHOICES, current, chosen.append, palette=palette, key_overrides=overrides)
    )
    await pilot.pause()
    return chosen


def rows(pilot: Pilot[None]) -> list[str]:
    return [row.rstrip("▐ ") for row in rows_of(pilot.app.screen.query_one("#choices"))]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("enter", "newest"),
        ("j enter", "oldest"),
        ("k enter", "page"),
        ("G enter", "came"),
        ("g g space", "page"),
        ("4", "points"),
        ("n", "newest"),
        ("p", "points"),
        ("a enter", "came"),
        ("a a enter", "page"),
    ],
)
async def test_keys_choose(keys: str, value: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, "newest")
        await press(pilot, keys)
        assert chosen == [value]
        assert not isinstance(pilot.app.screen, ChoiceScreen)


async def test_a_key_that_comes_after_the_one_that_chose_does_nothing() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, "newest")
        screen = pilot.app.screen
        assert isinstance(screen, ChoiceScreen)
        await press(pilot, "p")
        screen.take_key("4")
        await pilot.pause()
        assert chosen == ["points"]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_chooses_nothing(key: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot)
        await press(pilot, f"j {key}")
        assert chosen == []
        assert not isinstance(pilot.app.screen, ChoiceScreen)


@pytest.mark.parametrize("key", ["9", "0", "z", "x", "%", "²"])
async def test_a_key_that_stands_for_nothing_does_nothing(key: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot)
        pilot.app.simulate_key(key)
        await pilot.pause()
        assert chosen == []
        assert isinstance(pilot.app.screen, ChoiceScreen)


async def test_what_it_looks_like() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        await opened(pilot, "newest")
        assert TITLE in title(pilot)
        assert rows(pilot)[:3] == [
            "  1   as the page has it",
            "▌ 2 ✓ newest first         a thread stands where its newest comment is",
            "  3   oldest first",
        ]
        assert "row 2 of 5" in told(pilot)
        assert "enter choose" in told(pilot)
        await press(pilot, "G j")
        assert "This is the last row." in told(pilot)
        await press(pilot, "?")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert ("1 … 9", "Choose the row of that number") in pilot.app.screen.lines


@pytest.mark.parametrize("size", [(120, 40), (30, 6), (20, 4), (19, 3), (1, 1)])
async def test_at_every_size(size: tuple[int, int]) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=size) as pilot:
        chosen = await opened(pilot)
        await press(pilot, "j enter")
        assert chosen == ["newest"]


async def test_keys_that_are_set_hold_here_too() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, keys={"next": "n", "choose": "f5"})
        await press(pilot, "n n f5")
        assert chosen == ["oldest"]


async def test_a_double_click_chooses() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot)
        await pilot.click("#choices", offset=(8, 2), times=2)
        await pilot.pause()
        assert chosen == ["oldest"]
