"""A list with further pages: the next one comes at its end, and nothing moves; points, sites, and what was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from time import time

import pytest
from rich.style import Style
from textual.pilot import Pilot

from rumor_tui.loading import LoadJob, LoadStep, Services
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.screens.listing import opening_of
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    keyed,
    listing,
    listing_of,
    press,
    rows_of,
    thread_of,
    title,
    told,
    type_in,
    until,
    words_of,
)

PAGE = 12


def entry(n: int) -> Entry:
    return Entry(f"Thread {n}", "ann", comments=n, score=n, address=f"https://example.com/{n}", site="site.example")


def page(number: int, of: int = 9, size: int = PAGE) -> Listing:
    """The page of that number, from 1, of a list."""
    entries = [entry(n) for n in range((number - 1) * size, number * size)]
    further = f"page {number + 1}" if number < of else ""

    def open_entry(row: int) -> Thread:
        raise SourceError("It is elsewhere.")

    return Listing("Front page", entries, open_entry, source="https://example.com/", elsewhere=True, further=further)


class Site:
    """Whom the list asks: each address has an opening in the hands of the test, and `asked` tells the order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.feeds: dict[str, list[Feed]] = {}

    def open(self, address: str) -> LoadJob:
        self.asked.append(address)
        feed = Feed()
        self.feeds.setdefault(address, []).append(feed)
        return feed

    def feed(self, address: str) -> Feed:
        return self.feeds[address][-1]

    def answer(self, number: int, listing: Listing | None = None) -> None:
        """Have a page come, and end."""
        feed = self.feed(f"page {number}")
        feed.put(page(number) if listing is None else listing)
        feed.end()

    @property
    def services(self) -> Services:
        return Services(self.open, lambda thread, stub: lambda stop: iter(()))


def place(pilot: Pilot[None]) -> tuple[int, int | None, str]:
    """The entry under the cursor, its row of the screen, and the first row."""
    view = listing(pilot).view
    return listing(pilot).entry, view.screen_row(view.cursor), rows_of(view)[0].rstrip("▐ ")


async def loaded(pilot: Pilot[None], entries: int) -> None:
    await until(pilot, lambda: len(listing(pilot).listing.entries) == entries and listing(pilot).loader is None)
    await pilot.pause()


async def test_the_next_page_comes_when_the_end_is_on_screen_and_nothing_moves() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "j j")
        assert site.asked == []
        assert "12+ threads" in title(pilot)
        await press(pilot, "G k")
        assert site.asked == ["page 2"]
        assert "Opening the next page …" in told(pilot)
        before = place(pilot)
        site.answer(2)
        await loaded(pilot, 2 * PAGE)
        assert place(pilot) == before
        assert before[0] == 10
        assert "24+ threads" in title(pilot)
        assert site.asked == ["page 2"]
        await press(pilot, "G")
        assert site.asked == ["page 2", "page 3"]


async def test_pages_come_until_the_screen_is_full_and_the_last_one_ends_it() -> None:
    site = Site()
    async with app_of(page(1, 3, 2), services=site.services).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: site.asked == ["page 2"])
        site.answer(2, page(2, 3, 2))
        await until(pilot, lambda: site.asked == ["page 2", "page 3"])
        site.answer(3, page(3, 3, 2))
        await loaded(pilot, 6)
        assert " 6 threads" in title(pilot)
        assert place(pilot)[0] == 0
        await press(pilot, "L")
        assert "no further page" in told(pilot)


async def test_a_page_that_grows_and_repeats_entries() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "G")
        moved_on = [entry(11), *page(2).entries]
        site.feed("page 2").put(replace(page(2), entries=moved_on[:3], further=""), "3 threads")
        await until(pilot, lambda: len(listing(pilot).listing.entries) == PAGE + 2)
        assert "3 threads" in told(pilot)
        site.answer(2, replace(page(2), entries=moved_on))
        await loaded(pilot, 2 * PAGE)
        titles = [one.title for one in listing(pilot).listing.entries]
        assert titles == [f"Thread {n}" for n in range(2 * PAGE)]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (
            SourceError("example.com has an internal error (HTTP 500). Try again later."),
            "The next page could not be loaded. example.com has an internal error (HTTP 500). Try again later. "
            "L tries again.",
        ),
        (None, "The next page holds nothing new. L goes on."),
        (thread_of(FAMILY), "The next page could not be loaded, since what came is no list. L tries again."),
    ],
)
async def test_a_page_that_does_not_come_is_one_sentence_and_a_key_tries_again(
    failure: SourceError | Thread | None, said: str
) -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(160, 12)) as pilot:
        await press(pilot, "G")
        feed = site.feed("page 2")
        if isinstance(failure, SourceError):
            feed.fail(failure)
        else:
            feed.put(page(1) if failure is None else failure)
            feed.end()
        await until(pilot, lambda: listing(pilot).loader is None)
        await pilot.pause()
        assert said in told(pilot)
        assert len(listing(pilot).listing.entries) == PAGE
        await press(pilot, "k G k")
        assert site.asked == ["page 2"]  # not by itself again
        await press(pilot, "L")
        assert site.asked == ["page 2", "page 2"]
        site.answer(2)
        await loaded(pilot, 2 * PAGE)
        await press(pilot, "G")
        assert site.asked[-1] == "page 3"


async def test_escape_stops_a_page_and_keeps_what_came() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "G")
        site.feed("page 2").put(replace(page(2), entries=page(2).entries[:4]), "4 threads")
        await until(pilot, lambda: len(listing(pilot).listing.entries) == PAGE + 4)
        await press(pilot, "escape")
        await until(pilot, lambda: listing(pilot).loader is None)
        assert len(listing(pilot).listing.entries) == PAGE + 4
        await press(pilot, "G k")
        assert site.asked == ["page 2"]
        await press(pilot, "L")
        assert site.asked == ["page 2", "page 3"]
        await press(pilot, "L")
        assert "on its way" in told(pilot)


async def test_a_narrowed_list_loads_no_page_by_itself() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "thread 3")
        await until(pilot, lambda: "1 of 12+ threads" in title(pilot))
        await press(pilot, "enter")
        assert site.asked == []
        await press(pilot, "L")
        site.answer(2)
        await until(pilot, lambda: "1 of 24+ threads" in title(pilot))
        assert place(pilot)[0] == 3


async def test_a_thread_is_opened_while_a_page_comes_and_q_leads_back_to_the_place() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "G k k enter")
        await until(pilot, lambda: len(site.asked) == 2)
        assert site.asked == ["page 2", "https://example.com/9"]
        before = place(pilot)
        site.answer(2)
        site.feed("https://example.com/9").put(thread_of(FAMILY))
        site.feed("https://example.com/9").end()
        await until(pilot, lambda: isinstance(keyed(pilot), ReaderScreen) and keyed(pilot).is_mounted)
        await press(pilot, "q")
        await loaded(pilot, 2 * PAGE)
        assert place(pilot) == before
        assert before[0] == 9
        await press(pilot, "j k")
        assert place(pilot) == before


async def test_while_a_thread_is_being_opened_no_page_is_asked_for() -> None:
    site = Site()
    async with app_of(page(1), services=site.services).run_test(size=(80, 12)) as pilot:
        await press(pilot, "enter G L")
        await until(pilot, lambda: bool(site.asked))
        assert site.asked == ["https://example.com/0"]
        assert "A thread is being opened." in told(pilot)
        await press(pilot, "escape")
        await until(pilot, lambda: site.asked[1:] == ["page 2"])


async def test_a_list_without_services_has_one_page() -> None:
    async with app_of(page(1)).run_test(size=WIDE) as pilot:
        await press(pilot, "G")
        assert "L more" not in told(pilot)
        await press(pilot, "L")
        assert "The list has no further page." in told(pilot)


async def test_the_hint_is_there_as_long_as_there_are_pages() -> None:
    site = Site()
    async with app_of(page(1, 2), services=site.services).run_test(size=(160, 12)) as pilot:
        assert "L more" in told(pilot)
        await press(pilot, "G")
        site.answer(2, page(2, 2))
        await loaded(pilot, 2 * PAGE)
        await press(pilot, "k")
        assert "L more" not in told(pilot)


# Looks


FRONT = Listing(
    "Front page",
    [
        Entry("A page", "ann", time() - 7300, None, 3, "https://example.com/1", "", 1, "news.example"),
        Entry("A text", "bob", time() - 90_000, None, 12, "https://example.com/2", "Its first words.", 12_345),
        Entry("No points", "cy", None, "yesterday", None, "https://example.com/3", "", None, "far.example"),
    ],
    lambda _: thread_of(FAMILY),
    source="https://www.example.com/front",
)


@pytest.mark.parametrize("width", [80, 160])
async def test_points_and_ages_stand_in_columns(width: int) -> None:
    async with app_of(FRONT).run_test(size=(width, 12)) as pilot:
        rows = [row.rstrip("▐ ") for row in rows_of(listing(pilot).view)]
        assert rows[1] == "▌       1 point   2 h        news.example · ann"
        assert rows[3] == "   12,345 points  1 day      bob · Its first words."
        assert rows[5].endswith("yesterday  far.example · cy")
        assert rows[1].index("news") == rows[3].index("bob") == rows[5].index("far")
        await press(pilot, "D")
        rows = [row.rstrip("▐ ") for row in rows_of(listing(pilot).view)]
        assert rows[1].index("news") == rows[3].index("bob") == rows[5].index("far")


async def test_a_small_screen_has_the_facts_in_a_row() -> None:
    async with app_of(FRONT).run_test(size=(40, 12)) as pilot:
        rows = [row.rstrip("▐ ") for row in rows_of(listing(pilot).view)]
        assert rows[1] == "▌  1 point · 2 h · news.example · ann"
        assert rows[5] == "   yesterday · far.example · cy"


async def test_what_was_opened_is_dimmed() -> None:
    def styles(pilot: Pilot[None]) -> list[Style | None]:
        view = listing(pilot).view
        return [view.painted(item).strips[0]._segments[1].style for item in range(3)]

    async with app_of(FRONT).run_test(size=NARROW) as pilot:
        palette = listing(pilot).palette
        assert styles(pilot) == [palette.strong, palette.text, palette.text]
        await press(pilot, "j enter")
        await until(pilot, lambda: isinstance(keyed(pilot), ReaderScreen) and keyed(pilot).is_mounted)
        await press(pilot, "q")
        await pilot.pause()
        assert styles(pilot) == [palette.text, palette.quiet, palette.text]
        assert words_of(listing(pilot).view)


async def test_what_could_not_be_opened_is_not() -> None:
    def refuse(row: int) -> Thread:
        raise SourceError("No.")

    async with app_of(replace(FRONT, open=refuse)).run_test(size=NARROW) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: listing(pilot).loader is None)
        assert listing(pilot).entry_items.opened == set()


# Opening


def services_with(job: LoadJob) -> Services:
    return Services(lambda address: job, lambda thread, stub: job)


def failing(stop: Event) -> Iterator[LoadStep]:
    raise SourceError("The host is away.")
    yield LoadStep()


def test_what_the_list_holds_stands_in_for_an_address_that_gives_nothing() -> None:
    wanted = thread_of(FAMILY)
    feed = replace(listing_of(entry(1)), elsewhere=True, open=lambda _: wanted)
    assert list(opening_of(feed, 0, services_with(failing))(Event())) == [LoadStep(wanted, "The host is away.")]


def test_a_list_that_holds_nothing_says_why_the_address_gave_nothing() -> None:
    with pytest.raises(SourceError, match="The host is away"):
        list(opening_of(page(1), 0, services_with(failing))(Event()))


def test_nothing_stands_in_for_an_opening_that_was_stopped() -> None:
    stop = Event()
    stop.set()
    feed = replace(listing_of(entry(1)), elsewhere=True, open=lambda _: thread_of(FAMILY))
    with pytest.raises(SourceError, match="The host is away"):
        list(opening_of(feed, 0, services_with(failing))(stop))


async def test_a_key_that_is_set_for_more_is_named() -> None:
    site = Site()
    settings = Settings(keys={"load-more": "M"})
    async with app_of(page(1), settings, site.services).run_test(size=(160, 12)) as pilot:
        await press(pilot, "G")
        site.feed("page 2").fail(SourceError("Away."))
        await until(pilot, lambda: listing(pilot).loader is None)
        assert "Away. M tries again." in told(pilot)
