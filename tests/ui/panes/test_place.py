"""The reader never loses the place, whatever changes around it."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.ui.helpers import (
    WIDE,
    app_of,
    cursor,
    large,
    press,
    put_cursor,
    reader,
    rows_of,
    screen_row,
    tap,
)


def keeps(pilot: Pilot[None], before: int | None) -> bool:
    """Whether the cursor's header is where it was, or as near to it as what stands above it allows."""
    view = reader(pilot).panes.comments
    assert before is not None
    return screen_row(pilot) == min(before, view.rows.top_of(view.cursor))


STEPS = "space, space, z M, z R, z 1, z 2, z R, P, P, [, ], ], [, D, tab, tab, H, H, z c, z o"
"""Keys that change folds, indentation or panes, but not where the cursor is."""


@pytest.mark.parametrize("row", [0, 41, 42, 43, 99])
async def test_the_cursor_keeps_its_row_of_the_screen(row: int) -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        put_cursor(pilot, row)
        for step in STEPS.split(", "):
            before = screen_row(pilot)
            await tap(pilot, step)
            assert keeps(pilot, before), step


@pytest.mark.parametrize("row", [0, 42, 99])
async def test_a_resize_keeps_the_cursor_s_row_of_the_screen(row: int) -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        put_cursor(pilot, row)
        before = screen_row(pilot)
        for width in (100, 140, 91, 200, 120):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            assert cursor(pilot) == row
            assert keeps(pilot, before)


async def test_a_resize_keeps_the_article_s_text_at_the_first_row() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab d d d d")
        first = rows_of(reader(pilot).panes.article)[0].split()[:3]
        for width in (100, 120):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
        assert rows_of(reader(pilot).panes.article)[0].split()[:3] == first


async def test_the_cursor_stays_on_screen_when_the_height_shrinks() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "d d j j j j")
        row = cursor(pilot)
        for height in (20, 12, 8, 40):
            await pilot.resize_terminal(120, height)
            await pilot.pause()
            assert cursor(pilot) == row
            assert screen_row(pilot) is not None


async def test_an_unfold_below_the_cursor_moves_nothing_above_it() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "z M j j j")
        above = rows_of(reader(pilot).panes.comments)[:3]
        await press(pilot, "space")
        assert rows_of(reader(pilot).panes.comments)[:3] == above


async def test_ancestors_that_scrolled_away_stay_in_sight() -> None:
    async with app_of(large()).run_test(size=(120, 24)) as pilot:
        view = reader(pilot).panes.comments
        put_cursor(pilot, 43)
        await pilot.pause()
        await press(pilot, "ctrl+e ctrl+e ctrl+e ctrl+e ctrl+e ctrl+e")
        shown = view.sticky()
        assert shown
        assert shown == sorted({*view.outline.ancestors(view.cursor), view.cursor} & set(shown))
        for row, line in zip(shown, rows_of(view), strict=False):
            assert f"#{row + 1}" in line
