"""A small library for the tests of its screens: threads, what is new in them, what is followed."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

from textual.pilot import Pilot

from rumor_tui.library_types import Followed, LibraryEntry, NewComment
from rumor_tui.loading import LoadJob, LoadStep, Sample, Services
from rumor_tui.model import Article, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.library_list import LibraryListScreen
from rumor_tui.ui.workers import LibraryView
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import FAMILY, Feed, keyed, thread_of, until

MARCH = 1_299_542_400.0
"""8 March 2011, midnight UTC: told as a date alone, wherever the tests run."""
DAY = 86_400.0
CARS = "https://cars.example/article"


def thread_named(title: str, outline: str = FAMILY, source: str = "") -> Thread:
    """A thread with a title of its own."""
    thread = thread_of(outline, Article(title, pieces=["A piece."]))
    thread.source = source
    return thread


ENTRIES = (
    LibraryEntry(
        1, "Six hundred cars?", "Hacker News", "https://news.example/1", "https://news.example/1", 412, 37, 4, 2, 1,
        ("cars", "figures"), True, CARS, MARCH, MARCH, MARCH, MARCH + 5 * DAY,
    ),
    LibraryEntry(
        2, "The new colours, and why nobody likes them", "", "", "/home/ann/colours.html", 1_545, 0,
        active=MARCH + 4 * DAY, added=MARCH + DAY,
    ),
    LibraryEntry(
        3, "600 cars?", "Reddit r/cars", "https://forum.example/3", "https://forum.example/3", 61, 61, 0,
        group=CARS, active=MARCH + 3 * DAY, added=MARCH + 2 * DAY,
    ),
    LibraryEntry(4, "Meeting", "mail", "", "/home/ann/mail.mbox", 1, 1, active=MARCH, added=MARCH, tags=("club",)),
    LibraryEntry(
        5, "A title that goes on and on, as such titles do, until there is no room left for all of what it says", "",
        "https://long.example/", "https://long.example/", 12_345, 1_234, 123, active=MARCH - DAY, added=MARCH - DAY,
    ),
)  # fmt: skip
THREADS = {entry.thread_id: thread_named(entry.title, source=entry.source) for entry in ENTRIES}
NEWS = (
    NewComment(1, 1006, "Six hundred cars?", "Hacker News", "fay", MARCH + 5 * DAY, MARCH + 5 * DAY, "The second root"),
    NewComment(1, 1007, "Six hundred cars?", "Hacker News", "ann", None, MARCH + 4 * DAY, "It has one reply"),
    NewComment(3, 0, "600 cars?", "Reddit r/cars", None, None, MARCH + 3 * DAY, "A piece."),
)
FOLLOWED = (
    Followed("https://news.example/1", "thread", "Six hundred cars?", MARCH, MARCH + 5 * DAY),
    Followed("https://cars.example/feed.xml", "feed", "Cars every day", MARCH, MARCH + 5 * DAY, ""),
    Followed("https://gone.example/", "list", "", MARCH, None, "https://gone.example/ cannot be reached."),
)


def library() -> FakeLibrary:
    """The library."""
    return FakeLibrary(ENTRIES, THREADS, NEWS, FOLLOWED)


class Refreshes:
    """What is loaded anew, in the hands of a test."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.feed = Feed()

    def __call__(self, addresses: object) -> LoadJob:
        """Note what is asked for."""
        assert isinstance(addresses, list | tuple)
        self.asked.append(tuple(addresses))
        return self.feed


def _open_sample(stop: Event) -> Iterator[LoadStep]:
    yield LoadStep(thread_named("The sample"))


def services(library: FakeLibrary, refresh: Refreshes | None = None) -> Services:
    """Services with a library and a sample; an address opens as a thread of that title."""

    def open_address(address: str) -> LoadJob:
        return lambda stop: iter([LoadStep(thread_named(address, source=address))])

    return Services(
        open_address,
        lambda thread, stub: Feed(),
        library=library,
        refresh=refresh or Refreshes(),
        sample=Sample("/usr/share/sample.txt", _open_sample),
    )


def library_app(
    held: FakeLibrary | None = None,
    view: LibraryView = "library",
    settings: Settings | None = None,
    refresh: Refreshes | None = None,
) -> RumorApp:
    """The app with one of the library's screens."""
    with_dates = settings or Settings(dates="absolute")
    return RumorApp(Opened(None, with_dates, services(held or library(), refresh), view=view))


def shown_list(pilot: Pilot[None]) -> LibraryListScreen:
    """The topmost screen, which is one of the library's."""
    screen = keyed(pilot)
    assert isinstance(screen, LibraryListScreen)
    return screen


async def listed(pilot: Pilot[None]) -> LibraryListScreen:
    """Wait until the library has answered."""
    screen = shown_list(pilot)
    await until(pilot, lambda: not screen.reading)
    return screen
