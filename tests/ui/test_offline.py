"""What was read online paints the same rows offline: a story with its page, a page with its comments, a front page."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from rumor_tui.settings import Settings
from rumor_tui.sources import make_services
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.sources import play_linked, threads
from tests.sources.conftest import QUICK, context
from tests.sources.play_lists import COUNTS, LISTS
from tests.sources.server import Play, playing
from tests.ui.helpers import WIDE, keyed, listing, press, read_through, reader, rows_of, told, until

SIZE = 60
"""Comments of the story: each is a request."""


@pytest.fixture(autouse=True)
def _few_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    items = threads.hn_items(SIZE)
    monkeypatch.setattr(play_linked, "_items", lambda: items)


def app_at(server: Play, cache: Path, path: str) -> RumorApp:
    """The app of a new run that opens an address, with the answers that earlier runs kept."""
    services = make_services(context(server, QUICK, cache))
    address = server.base + path
    return RumorApp(Opened(None, Settings(), services, services.open(address), address))


def shut_down(server: Play) -> None:
    server.shutdown()
    server.server_close()


async def read_to_the_end(pilot: Pilot[None]) -> list[str]:
    """All rows of both panes, a screen after the other."""
    await until(pilot, lambda: isinstance(keyed(pilot), ReaderScreen) and keyed(pilot).is_mounted)
    await until(pilot, lambda: reader(pilot).loader is None)
    await read_through(pilot)
    rows: list[str] = []
    for pane in (reader(pilot).panes.article, reader(pilot).panes.comments):
        pane.focus()
        await press(pilot, "g g")
        screens = [rows_of(pane)]
        while len(screens) < 2 or screens[-1] != screens[-2]:
            await press(pilot, "pagedown")
            screens.append(rows_of(pane))
        rows += [row for screen in screens for row in screen]
    return rows


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/hn/item?id=2900", ("Leipzig builds six hundred cars", "Comment 60 says 420.")),
        ("/embeds/coral", ("There are six hundred cars in the town", "Comment 330 says 2310.")),
        ("/own/ghost/six/", ("four hundred and fourteen", "Comment 179 says 1253.")),
    ],
)
async def test_a_thread_is_painted_alike(tmp_path: Path, path: str, words: tuple[str, ...]) -> None:
    with playing() as server:
        async with app_at(server, tmp_path, path).run_test(size=WIDE) as pilot:
            online = await read_to_the_end(pilot)
        shut_down(server)
        async with app_at(server, tmp_path, path).run_test(size=WIDE) as pilot:
            await until(pilot, lambda: "Offline: a copy of just now." in told(pilot))
            offline = await read_to_the_end(pilot)
    assert offline == online
    text = "\n".join(online)
    assert all(word in text for word in words)


async def list_to_the_end(pilot: Pilot[None]) -> list[str]:
    """The rows of all pages of a list, a screen after the other, and where each screen was the last."""
    await until(pilot, lambda: isinstance(keyed(pilot), ListingScreen) and keyed(pilot).is_mounted)
    await until(pilot, lambda: listing(pilot).loader is None)
    while listing(pilot).listing.further:
        size = len(listing(pilot).listing.entries)
        await press(pilot, "G")
        await until(pilot, lambda: len(listing(pilot).listing.entries) > size)  # noqa: B023 - awaited at once
        await until(pilot, lambda: listing(pilot).loader is None)
    await press(pilot, "g g")
    rows = rows_of(listing(pilot).view)
    await press(pilot, "G")
    return [*rows, *rows_of(listing(pilot).view)]


async def test_a_front_page_is_painted_alike(tmp_path: Path) -> None:
    with playing() as server:
        async with app_at(server, tmp_path, LISTS["Lobsters"]).run_test(size=WIDE) as pilot:
            online = await list_to_the_end(pilot)
        shut_down(server)
        async with app_at(server, tmp_path, LISTS["Lobsters"]).run_test(size=WIDE) as pilot:
            await until(pilot, lambda: "Offline: a copy of just now." in told(pilot))
            offline = await list_to_the_end(pilot)
    assert offline == online
    assert f"Thread {COUNTS['lobsters']} says" in "\n".join(online)
