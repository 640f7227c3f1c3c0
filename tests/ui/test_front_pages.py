"""A front page from its short name to a thread of it and back, against the played platforms over real sockets."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from rumor_tui.settings import Settings
from rumor_tui.sources import make_services
from rumor_tui.sources.short_names import expand_short_name
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.sources.conftest import context, play  # noqa: F401 - a fixture
from tests.sources.play_lists import COUNTS
from tests.sources.server import SIZES, Play
from tests.ui.helpers import keyed, listing, press, reader, rows_of, told, until


def app_at(server: Play, word: str) -> RumorApp:
    """The app as the command line starts it with a short name."""
    known = context(server)
    services = make_services(known)
    address = expand_short_name(word, known.sites) or ""
    return RumorApp(Opened(None, Settings(), services, services.open(address), address))


async def shown(pilot: Pilot[None]) -> None:
    """Wait for the first page of the list, and until nothing loads any more."""
    await until(pilot, lambda: isinstance(keyed(pilot), ListingScreen) and keyed(pilot).is_mounted)
    await until(pilot, lambda: listing(pilot).loader is None)
    await pilot.pause()


async def read_to_the_end(pilot: Pilot[None]) -> None:
    """Go to the end of the list again and again until no more comes."""
    while listing(pilot).listing.further:
        size = len(listing(pilot).listing.entries)
        await press(pilot, "G")
        await until(pilot, lambda: len(listing(pilot).listing.entries) > size)  # noqa: B023 - awaited at once
        await until(pilot, lambda: listing(pilot).loader is None)


@pytest.mark.parametrize(
    ("word", "key"),
    [("hn", "hn"), ("lobsters", "lobsters"), ("r/cars", "reddit"), ("lemmy.world/c/cars", "lemmy")],
)
async def test_a_front_page_is_read_to_its_end(play: Play, word: str, key: str) -> None:  # noqa: F811
    async with app_at(play, word).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        assert "Thread 1 says 7" in rows_of(listing(pilot).view)[0]
        await read_to_the_end(pilot)
        assert len(listing(pilot).listing.entries) == COUNTS[key]


async def test_a_thread_of_it_is_opened_and_q_leads_back(play: Play) -> None:  # noqa: F811
    async with app_at(play, "lobsters").run_test(size=(100, 24)) as pilot:
        await shown(pilot)
        await press(pilot, "G g g")
        await until(pilot, lambda: len(listing(pilot).listing.entries) > 25)
        before = rows_of(listing(pilot).view)[2:]
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(keyed(pilot), ReaderScreen) and keyed(pilot).is_mounted)
        await until(pilot, lambda: len(reader(pilot).session.thread) == SIZES["lobsters"])
        await press(pilot, "q")
        await until(pilot, lambda: isinstance(keyed(pilot), ListingScreen))
        assert rows_of(listing(pilot).view)[2:] == before
        assert listing(pilot).entry == 0


async def test_a_page_that_fails_is_said_and_asked_for_again(play: Play) -> None:  # noqa: F811
    async with app_at(play, "lobsters").run_test(size=(160, 24)) as pilot:
        await shown(pilot)
        play.faults["/lobsters/page/2.json"] = play.faults["/lobsters/page/2"] = ("500", 99)
        await press(pilot, "G")
        await until(pilot, lambda: "HTTP 500" in told(pilot))
        assert "L tries again." in told(pilot)
        assert len(listing(pilot).listing.entries) == 25
        play.faults.clear()
        await press(pilot, "L")
        await until(pilot, lambda: len(listing(pilot).listing.entries) == 50)
