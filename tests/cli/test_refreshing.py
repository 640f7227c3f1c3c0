"""Loading anew what is followed: threads, lists, problems, stopping; and what is new afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event
from time import time

import pytest

from rumor_tui.cli.library import refreshing
from rumor_tui.cli.library.refreshing import MOST_NEW, Loads, Outcome, refresh_job
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import ARTICLE, FollowChange, FollowKind, ReadChange
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Article, Draft, Entry, Listing, SourceError, Thread, ThreadBuilder

FRONT = "https://news.example/"
Content = Thread | Listing | SourceError | str


def thread(address: str, *bodies: str, title: str = "A thread") -> Thread:
    builder = ThreadBuilder(Article(title, url=address))
    for number, body in enumerate(bodies):
        builder.add(Draft(body, "ann", id=f"{number}"))
    return builder.build("plain", source=address)


class Web:
    """Addresses and what is there; a word stands for what the last step says."""

    def __init__(self) -> None:
        self.pages: dict[str, Content] = {}
        self.asked: list[str] = []
        self.notes: dict[str, str] = {}
        self.reached = Event()
        self.hold = Event()
        self.hold.set()

    def __call__(self, address: str) -> LoadJob:
        def job(stop: Event) -> Iterator[LoadStep]:
            self.asked.append(address)
            self.reached.set()
            while not self.hold.wait(0.01) and not stop.is_set():
                pass
            if stop.is_set():
                return
            page = self.pages[address]
            if isinstance(page, SourceError):
                raise page
            assert not isinstance(page, str)
            yield LoadStep(page, self.notes.get(address, ""), address in self.notes)

        return job


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    """Ten seconds pass between any two looks at the clock, since the library counts in whole ones."""
    began = time()
    seconds = count(0, 10)

    def tick() -> float:
        return began + next(seconds)

    monkeypatch.setattr(refreshing, "time", tick)
    return tick


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "rumor-tui" / "library.sqlite3")
    yield keeper
    keeper.close()


@pytest.fixture
def web() -> Web:
    return Web()


Follow = Callable[..., None]


@pytest.fixture
def follow(library: Keeper) -> Follow:
    def follow(address: str, kind: FollowKind = "thread") -> None:
        done = Event()
        library.change([FollowChange(address, kind, "", True, time())], lambda problem: done.set())
        assert done.wait(30)

    return follow


def refresh(library: Keeper, web: Web, *addresses: str) -> tuple[list[Outcome], str]:
    """The outcomes by address, and the last word."""
    outcomes: list[Outcome] = []
    words = ""
    for step in refresh_job(library, Loads(web, web), addresses, outcomes.append)(Event()):
        assert step.content is None
        words = step.status
    return sorted(outcomes, key=lambda one: one.address), words


def front_page(web: Web, size: int) -> Listing:
    """A list of threads that are at their addresses."""
    addresses = [f"https://news.example/item?id={n}" for n in range(size)]
    web.pages.update({address: thread(address, "one", "two", title=f"Story {address[-1]}") for address in addresses})
    entries = [Entry(f"Story {n}", address=address) for n, address in enumerate(addresses)]

    def open_entry(entry: int) -> Thread:
        raise SourceError("This is elsewhere.")

    return Listing("The front page", entries, open_entry, source=FRONT, elsewhere=True)


def test_nothing_is_followed(library: Keeper, web: Web) -> None:
    outcomes, words = refresh(library, web)
    assert not outcomes
    assert "Nothing is followed yet." in words


def test_new_comments_of_a_followed_thread_are_counted_and_listed(library: Keeper, web: Web, follow: Follow) -> None:
    address = "https://a.example/1"
    web.pages[address] = thread(address, "one", "two")
    follow(address)
    refresh(library, web)
    assert library.news() == []
    web.pages[address] = thread(address, "one", "two", "three is new", "four is, too")
    outcomes, words = refresh(library, web)
    assert [(one.comments, one.threads, one.problem) for one in outcomes] == [(2, 0, "")]
    assert words == "1 of 1 loaded · 2 new comments."
    assert sorted(one.text for one in library.news()) == ["four is, too", "three is new"]
    (followed,) = library.followed()
    assert (followed.title, followed.kind, followed.problem) == ("A thread", "thread", "")
    assert followed.refreshed is not None


def test_a_list_brings_the_threads_that_are_not_known_yet(library: Keeper, web: Web, follow: Follow) -> None:
    web.pages[FRONT] = front_page(web, 2)
    follow(FRONT, "list")
    outcomes, _ = refresh(library, web)
    assert [one.threads for one in outcomes] == [2]
    web.asked.clear()
    web.pages[FRONT] = front_page(web, 3)
    outcomes, _ = refresh(library, web)
    assert [one.threads for one in outcomes] == [1]
    assert web.asked == [FRONT, "https://news.example/item?id=2"]
    news = library.news()
    assert {one.thread_title for one in news} == {"Story 0", "Story 1", "Story 2"}
    assert {one.handle for one in news} == {ARTICLE}
    assert news[0].text == "2 comments · from The front page"


def test_a_new_thread_is_no_news_once_it_was_opened_or_marked(library: Keeper, web: Web, follow: Follow) -> None:
    web.pages[FRONT] = front_page(web, 3)
    follow(FRONT, "list")
    refresh(library, web)
    first, second, _ = library.news()
    library.visit(library.stored(first.thread_id), time())
    done = Event()
    library.change([ReadChange(second.thread_id, [ARTICLE], True, time())], lambda problem: done.set())
    assert done.wait(30)
    assert len(library.news()) == 1


def test_a_list_brings_only_so_much_at_once(library: Keeper, web: Web, follow: Follow) -> None:
    web.pages[FRONT] = front_page(web, MOST_NEW + 5)
    follow(FRONT, "list")
    outcomes, _ = refresh(library, web)
    assert [one.threads for one in outcomes] == [MOST_NEW]
    outcomes, _ = refresh(library, web)
    assert [one.threads for one in outcomes] == [5]


def test_an_entry_that_leads_elsewhere_is_asked_for_once(library: Keeper, web: Web, follow: Follow) -> None:
    web.pages[FRONT] = front_page(web, 1)
    web.pages["https://news.example/item?id=0"] = thread("https://moved.example/0", "one")
    follow(FRONT, "list")
    refresh(library, web)
    web.asked.clear()
    refresh(library, web)
    assert web.asked == [FRONT]


def test_what_a_feed_holds_itself_stands_in_for_an_address_that_gives_nothing(
    library: Keeper, web: Web, follow: Follow
) -> None:
    address = "https://blog.example/post"
    web.pages[address] = SourceError("Not there.")
    entries = [Entry("A post", address=address)]
    web.pages["https://blog.example/feed"] = Listing(
        "A blog", entries, lambda _: thread(address, title="A post"), elsewhere=True
    )
    follow("https://blog.example/feed", "feed")
    outcomes, _ = refresh(library, web)
    assert [(one.threads, one.problem) for one in outcomes] == [(1, "")]
    assert [entry.title for entry in library.entries()] == ["A post"]


def test_one_that_fails_is_told_and_does_not_keep_the_others(library: Keeper, web: Web, follow: Follow) -> None:
    good, bad = "https://a.example/1", "https://b.example/1"
    web.pages[good], web.pages[bad] = thread(good, "one"), SourceError("b.example cannot be reached.\nTry later.")
    for address in (good, bad):
        follow(address)
    outcomes, words = refresh(library, web)
    assert [one.problem for one in outcomes] == ["", "b.example cannot be reached. Try later."]
    assert "1 problem: see what is followed." in words
    assert [one.problem for one in library.followed()] == ["", "b.example cannot be reached. Try later."]
    web.pages[bad] = thread(bad, "one")
    refresh(library, web)
    assert not any(one.problem for one in library.followed())


def test_threads_of_a_list_that_fail_are_counted_and_asked_for_again(library: Keeper, web: Web, follow: Follow) -> None:
    web.pages[FRONT] = front_page(web, 3)
    web.pages["https://news.example/item?id=1"] = SourceError("Too many requests.")
    follow(FRONT, "list")
    outcomes, _ = refresh(library, web)
    assert [(one.threads, one.problem) for one in outcomes] == [
        (2, "1 thread of it could not be loaded: Too many requests.")
    ]
    web.asked.clear()
    refresh(library, web)
    assert web.asked == [FRONT, "https://news.example/item?id=1"]


def test_comments_that_an_incomplete_answer_lacks_are_not_gone(library: Keeper, web: Web, follow: Follow) -> None:
    address = "https://a.example/1"
    web.pages[address] = thread(address, "one", "two", "three")
    follow(address)
    refresh(library, web)
    web.pages[address], web.notes[address] = thread(address, "one"), "This is a copy of three days ago."
    refresh(library, web)
    (entry,) = library.entries()
    remembered = library.visit(library.stored(entry.thread_id), time())
    assert not remembered.gone
    assert len(remembered.thread) == 3


def test_an_address_that_is_not_followed_can_be_loaded_anew(library: Keeper, web: Web) -> None:
    address = "https://a.example/1"
    web.pages[address] = thread(address, "one")
    outcomes, _ = refresh(library, web, address)
    assert [one.threads for one in outcomes] == [1]
    assert library.followed() == []


def test_the_address_that_a_list_prints_is_loaded_from_where_the_thread_was_read(library: Keeper, web: Web) -> None:
    source, printed = "http://www.a.example/1?utm_source=b", "https://a.example/1"
    library.record(thread(source, "one"), time())
    assert [entry.address for entry in library.entries()] == [printed]
    web.pages[source] = thread(source, "one", "two")
    outcomes, _ = refresh(library, web, printed)
    assert web.asked == [source]
    assert [one.comments for one in outcomes] == [1]


def test_stopping_keeps_what_was_loaded_and_notes_no_problem(library: Keeper, web: Web, follow: Follow) -> None:
    address = "https://a.example/1"
    web.pages[address] = thread(address, "one")
    follow(address)
    web.hold.clear()
    stop = Event()
    steps = refresh_job(library, Loads(web, web), ())(stop)
    next(steps)
    assert web.reached.wait(30)
    stop.set()
    words = [step.status for step in steps][-1]
    assert words.startswith("Stopped.")
    (followed,) = library.followed()
    assert (followed.refreshed, followed.problem) == (None, "")


def test_hosts_are_asked_side_by_side_and_one_host_in_turn(library: Keeper, web: Web, follow: Follow) -> None:
    at_once: dict[str, int] = {}
    most: dict[str, int] = {}
    both = Event()

    def load(address: str) -> LoadJob:
        def job(stop: Event) -> Iterator[LoadStep]:
            host = address.split("/")[2]
            at_once[host] = at_once.get(host, 0) + 1
            most[host] = max(most.get(host, 0), at_once[host])
            if len(at_once) == 2:
                both.set()
            assert both.wait(30)
            with suppress(KeyError):
                yield LoadStep(thread(address, "one"))
            at_once[host] -= 1

        return job

    for host in ("a.example", "b.example"):
        for number in range(3):
            follow(f"https://{host}/{number}")
    words = [step.status for step in refresh_job(library, Loads(load, load), ())(Event())][-1]
    assert words == "6 of 6 loaded · 6 new threads."
    assert most == {"a.example": 1, "b.example": 1}


def test_new_comments_of_threads_that_a_mailbox_brought_are_news_once_they_were_opened(
    library: Keeper, web: Web, follow: Follow, clock: Callable[[], float]
) -> None:
    path = "/home/ann/mailbox"
    held = [thread("https://list.example/0", "one"), thread("https://list.example/1", "two")]

    def mailbox() -> Listing:
        return Listing("A mailbox", [Entry(one.article.title) for one in held], held.__getitem__)

    web.pages[path] = mailbox()
    follow(path, "list")
    refresh(library, web)
    first, second = library.news()
    opened = library.stored(first.thread_id)
    library.visit(opened, clock())
    held[:] = [thread("https://list.example/0", "one", "more"), thread("https://list.example/1", "two", "more")]
    web.pages[path] = mailbox()
    outcomes, _ = refresh(library, web)
    assert [(one.comments, one.threads) for one in outcomes] == [(2, 0)]
    news = {one.thread_id: (one.handle == ARTICLE, one.text) for one in library.news()}
    assert news == {
        first.thread_id: (False, "more"),
        second.thread_id: (True, "2 comments · from A mailbox"),
    }
