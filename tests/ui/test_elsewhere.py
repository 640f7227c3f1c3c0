"""Where else an article is discussed: the list, a discussion beside the article, the next ones, all as one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from rumor_tui.joined import join_threads, make_part
from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import Article, Entry, Listing, SourceError, Thread
from rumor_tui.settings import Discussions, Settings
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import (
    ADDRESS,
    FAMILY,
    WIDE,
    Feed,
    app_of,
    cursor,
    folded,
    keyed,
    large,
    listing,
    press,
    put_cursor,
    rows_of,
    thread_of,
    title,
    told,
    until,
    with_ids,
    words_of,
)

ENTRIES = (
    Entry("On it", comments=8, address="https://news.example/1", site="Hacker News", score=99),
    Entry("It again", comments=2, address="https://reddit.example/2", site="Reddit r/cars", score=7),
    Entry("And again", comments=1, address="https://lobsters.example/3", site="Lobsters"),
)
TEXTS = (FAMILY, "ann: On Reddit\n  ben: Indeed", "cleo: On Lobsters")


class Web:
    """Whoever can be asked for discussions: what is asked is noted, and what comes is put by the tests."""

    def __init__(self) -> None:
        self.search = Feed()
        self.addresses: list[Sequence[str]] = []
        self.loaded: list[Sequence[Entry]] = []
        self.feeds: list[Feed] = []
        self.threads: list[Thread] = []

    @property
    def services(self) -> Services:
        feed = Feed()
        return Services(lambda _: feed, lambda _, __: feed, discussions=self.discussions, joined=self.joined)

    def discussions(self, addresses: Sequence[str]) -> LoadJob:
        self.addresses.append(addresses)
        return self.search

    def joined(self, thread: Thread, entries: Sequence[Entry]) -> LoadJob:
        feed = Feed()
        self.loaded.append(entries)
        self.threads.append(thread)
        self.feeds.append(feed)
        return feed

    def find(self, *entries: Entry, end: bool = True) -> None:
        """Have the search find these."""
        self.search.put(Listing("Discussions of example.com", entries, no_entry, elsewhere=True, noun="discussion"))
        if end:
            self.search.end()

    def come(self, number: int = -1) -> None:
        """Have what was asked for come."""
        article, entries = self.threads[number].article, self.loaded[number]
        texts = [TEXTS[ENTRIES.index(entry)] for entry in entries]
        threads = [with_ids(thread_of(text, Article(entry.title))) for text, entry in zip(texts, entries, strict=True)]
        parts = [make_part(entry.site, thread, entry.address) for entry, thread in zip(entries, threads, strict=True)]
        if len(entries) == 1:
            threads[0].article = article
        self.feeds[number].put(threads[0] if len(entries) == 1 else join_threads(article, parts))
        self.feeds[number].end()


def no_entry(entry: int) -> Thread:
    raise SourceError(f"{entry} is elsewhere.")


def top(pilot: Pilot[None]) -> ReaderScreen:
    screen = keyed(pilot)
    assert isinstance(screen, ReaderScreen)
    return screen


def comments(pilot: Pilot[None]) -> str:
    return words_of(top(pilot).panes.comments)


async def opened_list(pilot: Pilot[None], web: Web, *entries: Entry) -> None:
    """Press the key, and have these found."""
    await press(pilot, "w")
    web.find(*entries)
    await until(pilot, lambda: isinstance(keyed(pilot), ListingScreen) and keyed(pilot).loader is None)


async def come(pilot: Pilot[None], web: Web) -> None:
    """Have the discussion on screen come."""
    web.come()
    await until(pilot, lambda: top(pilot).loader is None and len(top(pilot).thread) > 0)


def test_a_reader_screen_loads_nothing_that_only_the_key_needs() -> None:
    code = "import sys, rumor_tui.ui.screens.reader; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "rumor_tui.ui.screens.elsewhere" in loaded
    assert not {"rumor_tui.canonical", "rumor_tui.ui.screens.discussions", "rumor_tui.sources"} & set(loaded)


async def test_nothing_is_asked_before_the_key_is_pressed() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await pilot.pause(0.7)
        assert not web.addresses
        await opened_list(pilot, web, *ENTRIES)
        assert list(web.addresses) == [[ADDRESS]]
        assert "Discussions of A title" in title(pilot) and "3 discussions" in title(pilot)
        assert "Hacker News · On it" in words_of(listing(pilot).view)
        assert "A all as one" in told(pilot)
        await press(pilot, "/ r e d d enter")
        assert "1 of 3 discussions" in title(pilot)


async def test_the_list_grows_while_others_are_still_asked() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await press(pilot, "w")
        web.find(ENTRIES[0], end=False)
        await until(pilot, lambda: "1 discussion" in title(pilot))
        web.find(*ENTRIES)
        await until(pilot, lambda: "3 discussions" in title(pilot))


async def test_a_thread_without_an_address_has_nothing_to_look_for() -> None:
    web = Web()
    thread = thread_of(FAMILY, Article("A title", pieces=["A piece."]))
    async with app_of(thread, services=web.services).run_test(size=WIDE) as pilot:
        await press(pilot, "w")
        assert "no address on the web" in told(pilot) and not web.addresses


async def test_a_discussion_stands_beside_the_article_and_q_leads_back() -> None:
    web = Web()
    async with app_of(large(2), services=web.services).run_test(size=WIDE) as pilot:
        origin = top(pilot)
        put_cursor(pilot, 3)
        await press(pilot, "tab d tab")
        article = rows_of(origin.panes.article)
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "j enter")
        assert [row[:-1] for row in rows_of(top(pilot).panes.article)] == [row[:-1] for row in article]
        await come(pilot, web)
        assert web.loaded == [[ENTRIES[1]]] and "On Reddit" in comments(pilot)
        assert "2 of 3 · Reddit r/cars" in title(pilot)
        assert [row[:-1] for row in rows_of(top(pilot).panes.article)] == [row[:-1] for row in article]
        await press(pilot, "q")
        assert isinstance(keyed(pilot), ListingScreen)
        await press(pilot, "q")
        assert keyed(pilot) is origin and cursor(pilot) == 3


async def test_a_key_goes_through_the_discussions_and_each_keeps_its_place() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "enter")
        await come(pilot, web)
        first = top(pilot)
        await press(pilot, "j j z c")
        place, folds = first.panes.comments.cursor, list(first.session.outline.folded)
        await press(pilot, ")")
        await come(pilot, web)
        assert "2 of 3" in title(pilot) and "On Reddit" in comments(pilot)
        await press(pilot, "(")
        assert top(pilot) is first
        assert (first.panes.comments.cursor, list(first.session.outline.folded)) == (place, folds)
        await press(pilot, "(")
        await come(pilot, web)
        assert "3 discussions as one" in title(pilot)
        await press(pilot, ")")
        assert top(pilot) is first and len(web.loaded) == 3


async def test_all_of_them_are_read_as_one() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "A")
        await come(pilot, web)
        assert web.loaded == [list(ENTRIES)]
        words = comments(pilot)
        assert "Hacker News" in words and "Reddit r/cars" in words and "Lobsters · 1 comment" in words
        thread = top(pilot).thread
        assert [row for row, above in enumerate(thread.parent) if above < 0] == [0, 9, 12]
        await press(pilot, "z M")
        assert len([row for row, fold in enumerate(top(pilot).session.outline.folded) if fold]) >= 3
        await press(pilot, "z R / C l e o enter")
        assert folded(pilot) == []


async def test_the_list_is_kept_for_the_next_time() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "enter")
        await come(pilot, web)
        await press(pilot, "w")  # from a discussion it leads back to the list
        assert isinstance(keyed(pilot), ListingScreen)
        await press(pilot, "q w")
        assert "3 discussions" in title(pilot) and len(web.addresses) == 1


async def test_where_there_are_no_others() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await press(pilot, ")")
        assert "w looks for discussions of this first." in told(pilot)
        await opened_list(pilot, web)
        assert "0 discussions" in title(pilot)
        await press(pilot, "A")
        assert "No discussion was found yet." in told(pilot)
        await press(pilot, "q")
        web.search = Feed()
        await opened_list(pilot, web, ENTRIES[0])
        await press(pilot, "enter")
        await come(pilot, web)
        await press(pilot, ")")
        assert "There is no other discussion." in told(pilot)


async def test_a_discussion_that_cannot_be_had_says_why() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "enter")
        web.feeds[-1].fail(SourceError("news.example refuses connections."))
        await until(pilot, lambda: top(pilot).loader is None)
        assert "news.example refuses connections." in told(pilot)
        assert top(pilot).panes.single  # no comments come, so that the article has all the room


async def test_a_discussion_that_could_not_be_had_is_asked_for_once_more() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), services=web.services).run_test(size=WIDE) as pilot:
        await opened_list(pilot, web, *ENTRIES)
        await press(pilot, "enter")
        web.feeds[-1].fail(SourceError("news.example refuses connections."))
        await until(pilot, lambda: top(pilot).loader is None)
        await press(pilot, "q enter")
        await come(pilot, web)
        assert web.loaded == [[ENTRIES[0]], [ENTRIES[0]]]
        await press(pilot, "q enter")
        assert len(web.loaded) == 2


async def test_what_is_looked_for_at_once_is_looked_for_once() -> None:
    web = Web()
    settings = Settings(discussions="always")
    async with app_of(thread_of(FAMILY), settings, web.services).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: len(web.addresses) == 1)
        web.search.fail(SourceError("None of 10 platforms could be asked."))
        await until(pilot, lambda: top(pilot).elsewhere._loader is None)
        top(pilot).elsewhere.look_early()
        assert len(web.addresses) == 1
        web.search = Feed()
        await opened_list(pilot, web, *ENTRIES)  # the key does ask again
        assert len(web.addresses) == 2 and "3 discussions" in title(pilot)


async def test_where_nothing_was_found_at_once_the_key_asks_again() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), Settings(discussions="always"), web.services).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: len(web.addresses) == 1)
        web.find()
        await until(pilot, lambda: top(pilot).elsewhere._loader is None)
        web.search = Feed()
        await opened_list(pilot, web, *ENTRIES)
        assert len(web.addresses) == 2 and "3 discussions" in title(pilot)


async def test_who_leaves_ends_what_is_looked_for() -> None:
    web = Web()
    async with app_of(thread_of(FAMILY), Settings(discussions="always"), web.services).run_test(size=WIDE) as pilot:
        await until(pilot, web.search.started.is_set)
        pilot.app.exit()
        await pilot.pause()
    assert web.search.stopped.wait(60)


@pytest.mark.parametrize(("when", "asked"), [("always", 1), ("ask", 0)])
async def test_the_settings_may_have_them_looked_for_at_once(when: Discussions, asked: int) -> None:
    web = Web()
    settings = Settings(discussions=when)
    async with app_of(thread_of(FAMILY), settings, web.services).run_test(size=WIDE) as pilot:
        await pilot.pause(0.8)
        await until(pilot, lambda: len(web.addresses) == asked)
        if asked:
            web.find(*ENTRIES)
            await until(pilot, lambda: "3 discussions elsewhere; w lists them." in told(pilot))
            await press(pilot, "w")
            assert "3 discussions" in title(pilot) and len(web.addresses) == 1
