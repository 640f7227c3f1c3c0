"""What all lists do alike: one status line a key, moving, narrowing, the way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from rumor_tui.model import Entry, Listing, Thread
from rumor_tui.ui.screens.base import BaseScreen
from rumor_tui.ui.screens.index import IndexScreen
from rumor_tui.ui.screens.list_screen import ListScreen
from rumor_tui.ui.screens.listing import ListingScreen
from tests.ui.helpers import FAMILY, app_of, cursor, keyed, listing_of, press, tap, thread_of, told, type_in, until

TALK = "\n".join(f"writer{n}: It takes {n}00 units, says Person{n} of Firm{n}." for n in range(1, 30))
ENTRIES = tuple(Entry(f"Entry {n}", comments=n) for n in range(40))


async def index(pilot: Pilot[None]) -> None:
    await press(pilot, "i")
    screen = a_list(pilot)
    assert isinstance(screen, IndexScreen)
    await until(pilot, lambda: screen.reader.reading_marks() == "")
    screen.look()
    await pilot.pause()


async def participants(pilot: Pilot[None]) -> None:
    await press(pilot, "W")
    await pilot.pause()


async def listing(pilot: Pilot[None]) -> None:
    await pilot.pause()


Open = Callable[[Pilot[None]], Awaitable[None]]
LISTS: tuple[tuple[Open, Thread | Listing], ...] = (
    (listing, listing_of(*ENTRIES)),
    (index, thread_of(TALK)),
    (participants, thread_of(TALK)),
)
NAMES = ["listing", "index", "participants"]


def a_list(pilot: Pilot[None]) -> ListScreen:
    screen = keyed(pilot)
    assert isinstance(screen, ListScreen)
    return screen


def counted(monkeypatch: pytest.MonkeyPatch) -> list[BaseScreen]:
    """The lists whose status line has been written since, one for each time (the reader below has its background)."""
    written: list[BaseScreen] = []
    update = BaseScreen.update_status

    def write(self: BaseScreen) -> None:
        if isinstance(self, ListScreen):
            written.append(self)
        update(self)

    monkeypatch.setattr(BaseScreen, "update_status", write)
    monkeypatch.setattr(ListScreen, "PERIOD", 0)
    for cls in (IndexScreen, ListingScreen):
        monkeypatch.setattr(cls, "PERIOD", 0)
    return written


@pytest.mark.parametrize(("opened", "content"), LISTS, ids=NAMES)
async def test_a_key_has_the_status_line_written_once(
    opened: Open, content: Thread | Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = counted(monkeypatch)
    async with app_of(content).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        for key in ("j", "k", "k", "d", "u", "pagedown", "G", "j", "ctrl+y", "g", "g"):
            written.clear()
            await press(pilot, key)
            assert written == [keyed(pilot)], key


@pytest.mark.parametrize(("opened", "content"), LISTS, ids=NAMES)
async def test_a_typed_character_has_the_status_line_written_once(
    opened: Open, content: Thread | Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = counted(monkeypatch)
    async with app_of(content).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "j j j j /")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        for key in ("1", "down", "up"):
            written.clear()
            await press(pilot, key)
            assert written == [keyed(pilot)], key


@pytest.mark.parametrize(("opened", "content"), LISTS, ids=NAMES)
async def test_the_ends_say_so(opened: Open, content: Thread | Listing) -> None:
    async with app_of(content).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        screen = a_list(pilot)
        await press(pilot, "k")
        assert f"This is the first {screen.NOUN}." in told(pilot)
        await press(pilot, "G j")
        assert f"This is the last {screen.NOUN}." in told(pilot)
        assert screen.view.cursor == len(screen.view.rows) - 1
        await press(pilot, "g g")
        assert screen.view.cursor == 0
        assert "This is" not in told(pilot)


@pytest.mark.parametrize(("opened", "content"), LISTS, ids=NAMES)
async def test_narrowing_keeps_the_cursor_on_its_item(opened: Open, content: Thread | Listing) -> None:
    async with app_of(content).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        screen = a_list(pilot)
        whole = len(screen.view.rows)
        await press(pilot, "/")
        await type_in(pilot, "1")
        await until(pilot, lambda: 0 < len(screen.view.rows) < whole)
        assert "enter keep" in told(pilot)
        await press(pilot, "down enter")
        assert screen.view.cursor == 1
        assert "/1  esc shows all" in told(pilot)
        await press(pilot, "escape")
        assert len(screen.view.rows) == whole
        assert screen.view.cursor > 0
        assert screen.text == ""


async def test_keys_that_come_while_a_list_closes_are_for_the_screen_below() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab W")
        await tap(pilot, "escape escape j j")
        await pilot.pause()
        assert pilot.app.return_code is None
        assert cursor(pilot) == 2
