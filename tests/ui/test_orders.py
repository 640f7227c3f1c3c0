"""The orders of the comments on screen: the choice, the title, the place that stays."""

from __future__ import annotations

import pytest

from rumor_tui.model import Stub, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.screens.choice import ChoiceScreen
from tests.ui.helpers import (
    FAMILY,
    NARROW,
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
    thread_of,
    title,
    told,
    with_ids,
    with_stubs,
    words_of,
)


def dated(thread: Thread) -> Thread:
    """The thread with the last comments written first."""
    thread.published = [1e9 - 4000 * row for row in range(len(thread))]
    return thread


async def test_an_order_is_chosen_and_told_in_the_title() -> None:
    async with app_of(dated(thread_of(FAMILY))).run_test(size=WIDE) as pilot:
        await press(pilot, "O")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await press(pilot, "o")
        assert "oldest first" in title(pilot)
        assert "Order: oldest first." in told(pilot)
        assert reader(pilot).thread.authors[0] == "gus"
        assert cursor(pilot) > 0
        assert "comment 1 of 8" in told(pilot)
        await press(pilot, "O escape")
        assert "oldest first" in title(pilot)
        await press(pilot, "O 1")
        assert "oldest first" not in title(pilot)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_place_stays_on_its_row_of_the_screen(size: tuple[int, int]) -> None:
    async with app_of(dated(large())).run_test(size=size) as pilot:
        if reader(pilot).in_article:
            await press(pilot, "tab")
        put_cursor(pilot, 42)
        await press(pilot, "ctrl+y")
        row, text = screen_row(pilot), reader(pilot).thread.urls[cursor(pilot)]
        for order in "23456":
            await press(pilot, f"O {order}")
            if reader(pilot).session.order.name == "page":
                continue
            assert reader(pilot).thread.urls[cursor(pilot)] == text
            there = screen_row(pilot)
            assert there == row or cursor(pilot) < 8
            await press(pilot, "O 1")
            assert reader(pilot).thread.urls[cursor(pilot)] == text


async def test_flat_comments_tell_what_they_answer() -> None:
    async with app_of(dated(thread_of(FAMILY))).run_test(size=WIDE) as pilot:
        await press(pilot, "O a")
        assert "as they came" in title(pilot)
        await press(pilot, "g g")
        headers = [line for line in rows_of(reader(pilot).panes.comments) if "↳" in line]
        assert headers[0].split()[1:4] == ["ann", "↳", "fay"]
        await press(pilot, "j P")
        assert "The second root" in words_of(reader(pilot).panes.comments)


async def test_without_dates_and_points_there_is_little_to_choose() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "O")
        screen = pilot.app.screen
        assert isinstance(screen, ChoiceScreen)
        assert [choice.value for choice in screen.choices if choice.value != "inferred"] == ["page", "replies"]
        await press(pilot, "escape")
    async with app_of(thread_of("")).run_test(size=WIDE) as pilot:
        await press(pilot, "O")
        assert "There are no comments." in told(pilot)


async def test_the_order_of_the_settings_is_the_first_one() -> None:
    async with app_of(dated(thread_of(FAMILY)), Settings(order="oldest")).run_test(size=WIDE) as pilot:
        assert "oldest first" in title(pilot)
        assert reader(pilot).thread.authors[0] == "gus"
        assert "comment 8 of 8" in told(pilot)


async def test_an_order_goes_on_when_comments_come() -> None:
    async with app_of(thread_of(""), Settings(order="oldest")).run_test(size=WIDE) as pilot:
        reader(pilot).replace_thread(dated(with_ids(thread_of(FAMILY))))
        await pilot.pause()
        assert "oldest first" in title(pilot)
        await press(pilot, "G")
        before = reader(pilot).thread.ids[cursor(pilot)]
        reader(pilot).replace_thread(dated(with_ids(thread_of(FAMILY + "zoe: one more"))))
        await pilot.pause()
        assert reader(pilot).thread.authors[0] == "zoe"
        assert reader(pilot).thread.ids[cursor(pilot)] == before


async def test_what_is_missing_is_asked_for_by_the_page() -> None:
    thread = dated(with_stubs(thread_of(FAMILY), Stub(1, 3, "x")))
    async with app_of(thread, Settings(order="oldest")).run_test(size=WIDE) as pilot:
        session = reader(pilot).session
        (stub,) = session.thread.stubs
        assert session.thread.authors[stub.parent] == "bob"
        assert session.order.stub_on_page(stub) == Stub(1, 3, "x")
        put_cursor(pilot, stub.parent)
        await tap(pilot, "L")
        assert "nowhere to ask" in told(pilot)
