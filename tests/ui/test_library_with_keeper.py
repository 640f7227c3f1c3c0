"""The library's screens over a real library: opened, read, found, deleted, put back, and new again after a refresh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import time

import pytest
from textual.pilot import Pilot

from rumor_tui.cli.library.services import add_library
from rumor_tui.library.keeper import Keeper
from rumor_tui.loading import Services
from rumor_tui.model import Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.everything import EverythingScreen
from rumor_tui.ui.screens.library import LibraryScreen
from rumor_tui.ui.screens.news import NewsScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import WIDE, Feed, cursor, press, rows_of, title, type_in, until
from tests.ui.library_samples import listed, shown_list, thread_named

ADDRESS = "https://example.com/thread"
HOUR = 3_600.0


def cars(*more: str) -> Thread:
    outline = ["ann: How many cars?", "  bob: Six hundred, says Dr. Segler.", "cy: I hear 414.", *more]
    thread = thread_named("Six hundred cars", "\n".join(outline), ADDRESS)
    thread.ids = [str(row) for row in range(len(thread))]
    return thread


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    opened = Keeper(tmp_path / "rumor-tui" / "library.sqlite3")
    yield opened
    opened.close()


def app_of_library(keeper: Keeper) -> RumorApp:
    plain = Services(lambda address: Feed(), lambda thread, stub: Feed())
    services = replace(add_library(plain, keeper), sample=None)
    return RumorApp(Opened(None, Settings(), services, view="library"))


def titles(pilot: Pilot[None]) -> list[str]:
    return [line.strip("▌ ") for line in rows_of(shown_list(pilot).view)[::2] if line.strip()]


async def test_reading_from_the_library(keeper: Keeper) -> None:
    keeper.record(cars(), time() - HOUR)
    keeper.record(thread_named("Another one", source="https://example.com/other"), time() - 2 * HOUR)
    async with app_of_library(keeper).run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert titles(pilot)[0].split() == ["Six", "hundred", "cars", "3", "unread", "3", "comments"]
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        await until(pilot, lambda: keeper.entries()[0].unread == 0)
        await press(pilot, "q")
        await until(pilot, lambda: titles(pilot)[0].split() == ["Six", "hundred", "cars", "3", "comments"])
        assert [entry.title for entry in keeper.entries()] == ["Six hundred cars", "Another one"]


async def test_deleting_and_putting_back(keeper: Keeper) -> None:
    keeper.record(cars(), time() - HOUR)
    async with app_of_library(keeper).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "x")
        await until(pilot, lambda: keeper.entries() == [])
        await until(pilot, lambda: titles(pilot) == [])
        await press(pilot, "U")
        await until(pilot, lambda: len(keeper.entries()) == 1)
        await until(pilot, lambda: len(titles(pilot)) == 1)


async def test_tags_and_following_are_kept(keeper: Keeper) -> None:
    keeper.record(cars(), time() - HOUR)
    async with app_of_library(keeper).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "t")
        await type_in(pilot, "club")
        await press(pilot, "enter")
        await until(pilot, lambda: "#club" in "".join(rows_of(shown_list(pilot).view)))
        await press(pilot, "F")
        await until(pilot, lambda: "followed" in "".join(rows_of(shown_list(pilot).view)))
    (entry,) = keeper.entries()
    assert (tuple(entry.tags), entry.followed) == (("club",), True)


async def test_what_is_new_after_a_refresh_is_listed_and_opened_at_its_place(keeper: Keeper) -> None:
    known = keeper.record(cars(), time() - 2 * HOUR)
    keeper.visit(keeper.stored(known.thread_id), time() - HOUR)
    async with app_of_library(keeper).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "F")
        await until(pilot, lambda: bool(keeper.followed()))
        keeper.record(cars("dan: Nobody knows."))
        await press(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewsScreen))
        await listed(pilot)
        assert [line.split()[0] for line in titles(pilot)] == ["dan"]
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert cursor(pilot) == 3
        await until(pilot, lambda: keeper.news() == [])
        await press(pilot, "q")
        await until(pilot, lambda: " read" in titles(pilot)[0])


async def test_everything_is_searched_and_opened_at_its_place(keeper: Keeper) -> None:
    keeper.record(cars(), time() - HOUR)
    async with app_of_library(keeper).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, EverythingScreen))
        screen = pilot.app.screen
        assert isinstance(screen, EverythingScreen)
        await until(pilot, lambda: screen.line.field.has_focus)
        await type_in(pilot, "segler")
        await until(pilot, lambda: screen.listed == "segler" and not screen.reading)
        assert [line.split()[0] for line in titles(pilot)] == ["bob"]
        await press(pilot, "enter enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert cursor(pilot) == 1
        assert "Six hundred cars" in title(pilot)
        await press(pilot, "q q")
        assert isinstance(pilot.app.screen, LibraryScreen)
