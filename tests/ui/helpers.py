"""What the tests of the screen share: small threads, the app, and the screen as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, Queue
from threading import Event

from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from rumor_tui.cli import sample as sample_path
from rumor_tui.loading import LoadStep, Services
from rumor_tui.model import Article, Draft, Entry, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.base import BaseScreen
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.reading import load

WIDE, NARROW = (120, 40), (80, 24)
ADDRESS = "https://example.com/article"
PATIENCE = 6000
"""Turns of 10 ms or more that something in the background may take on a busy machine."""


def sample() -> Thread:
    """The thread that comes with the program."""
    return load(str(sample_path()))


def thread_of(outline: str, article: Article | None = None) -> Thread:
    """A thread from lines "author: body", each indented by two blanks a level; a body may hold Markdown."""
    builder = ThreadBuilder(article or Article("A title", pieces=["First piece.", "Second piece."], url=ADDRESS))
    path: list[int] = []
    for line in outline.strip("\n").splitlines():
        text = line.lstrip()
        del path[(len(line) - len(text)) // 2 :]
        author, body = text.split(": ", 1)
        parent = path[-1] if path else None
        path.append(builder.add(Draft(body, author, parent, url=f"{ADDRESS}#{len(builder.drafts)}")))
    return builder.build("markdown")


FAMILY = """
ann: The first root
  bob: A reply
    cy: Deeper
      dan: Deeper still
  eve: Another reply
fay: The second root
  ann: It has one reply
gus: The third root
"""
"""Rows 0 to 7; the parents are -1 0 1 2 0 -1 5 -1."""


def large(roots: int = 20) -> Thread:
    """`roots` top-level comments, each with a line of three and a fourth beside them, of several rows each."""
    words = "Numbers and names, 600 units and Dr. Segler, in a text that takes more than one row. " * 3
    one = [f"ann: {words}", f"  bob: {words}", f"    ann: {words}", f"      cy: {words}", "  dan: short"]
    pieces = [f"Piece {n}. {words}" for n in range(30)]
    return thread_of("\n".join(one * roots), Article("A large one", pieces=pieces, url=ADDRESS))


def app_of(
    content: Thread | Listing | None,
    settings: Settings | None = None,
    services: Services | None = None,
    opening: Feed | None = None,
) -> RumorApp:
    """The app with a thread, a listing, or an opening, not yet running."""
    return RumorApp(Opened(content, settings or Settings(), services, opening, "example.com/thread"))


class Feed:
    """An opening in the hands of a test: what is put comes, until it is ended, stopped or failed."""

    def __init__(self) -> None:
        self._queue: Queue[LoadStep | Exception | None] = Queue()
        self.stopped = Event()
        self.started = Event()

    def put(self, content: Thread | Listing | None, words: str = "") -> None:
        """Have something come."""
        self._queue.put(LoadStep(content, words))

    def fail(self, error: Exception) -> None:
        """Have it fail."""
        self._queue.put(error)

    def end(self) -> None:
        """That was all."""
        self._queue.put(None)

    def __call__(self, stop: Event) -> Iterator[LoadStep]:
        """Run it."""
        self.started.set()
        while not stop.is_set():
            try:
                step = self._queue.get(timeout=0.01)
            except Empty:
                continue
            if step is None:
                return
            if isinstance(step, Exception):
                raise step
            yield step
        self.stopped.set()


def with_ids(thread: Thread) -> Thread:
    """The thread with an id for each comment, made of its author and text."""
    thread.ids = [f"{author}/{body}" for author, body in zip(thread.authors, thread.bodies, strict=True)]
    return thread


def with_stubs(thread: Thread, *stubs: Stub) -> Thread:
    """The thread with some of it missing."""
    thread.stubs = stubs
    return thread


def listing_of(*entries: Entry, title: str = "A list") -> Listing:
    """A listing whose entries open threads of their titles."""

    def open_entry(row: int) -> Thread:
        return thread_of(FAMILY, Article(entries[row].title, pieces=["A piece."], url=ADDRESS))

    return Listing(title, entries, open_entry)


def reader(pilot: Pilot[None]) -> ReaderScreen:
    """The screen below whatever covers it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, ReaderScreen))


def listing(pilot: Pilot[None]) -> ListingScreen:
    """The topmost list."""
    return next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, ListingScreen))


def keyed(pilot: Pilot[None]) -> BaseScreen:
    """The topmost screen with a title and a status."""
    return next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, BaseScreen))


def told(pilot: Pilot[None]) -> str:
    """The line at the bottom of the topmost screen."""
    return words_of(keyed(pilot).status_bar)


def title(pilot: Pilot[None]) -> str:
    """The line at the top of the topmost screen."""
    return words_of(keyed(pilot).title_bar)


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for the background, and then for the screen to have taken in what it brought."""
    for _ in range(PATIENCE):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.01)
    raise AssertionError("It never came about.")


async def read_through(pilot: Pilot[None]) -> None:
    """Wait until all texts are read and counted, and the screen has heard of it."""
    analysis, reported = reader(pilot).session.analysis, Event()
    analysis.start()
    await until(pilot, lambda: analysis.reading() == "")
    analysis._background.run_soon(reported.set)  # the background comes to this when it has said all
    await until(pilot, reported.is_set)
    await pilot.pause()


def rows_of(widget: Widget) -> list[str]:
    """A widget's rows as text."""
    width, height = widget.size
    return [strip.text for strip in widget.render_lines(Region(0, 0, width, height))] if width and height else []


def words_of(widget: Widget) -> str:
    """A widget's rows as one text, for looking something up in it."""
    return "\n".join(rows_of(widget))


def status(pilot: Pilot[None]) -> str:
    """The line at the bottom."""
    return words_of(reader(pilot).status_bar)


async def tap(pilot: Pilot[None], keys: str) -> None:
    """Press keys parted by blanks as fast as they can be typed, and wait until all have been worked through.

    Unlike with `press`, a key may come before a screen that the one before has opened: then it is the old screen's. The
    background is not waited for.
    """
    for key in keys.split():
        pilot.app.simulate_key(key)
    await pilot.pause()


def put_cursor(pilot: Pilot[None], row: int) -> None:
    """Put the cursor on a visible comment."""
    screen = reader(pilot)
    screen.change(lambda: screen.session.reading.go(row))


def cursor(pilot: Pilot[None]) -> int:
    return reader(pilot).panes.comments.cursor


def folded(pilot: Pilot[None]) -> list[int]:
    return [row for row, fold in enumerate(reader(pilot).panes.comments.outline.folded) if fold]


def hidden(pilot: Pilot[None]) -> list[int]:
    return [row for row, gone in enumerate(reader(pilot).panes.comments.outline.hidden) if gone]


def screen_row(pilot: Pilot[None]) -> int | None:
    return reader(pilot).panes.comments.screen_row(cursor(pilot))


async def press(pilot: Pilot[None], keys: str) -> None:
    """Press keys parted by spaces."""
    await pilot.press(*keys.split())
    await pilot.pause()


async def open_search(pilot: Pilot[None], keys: str = "/") -> None:
    """Press keys that open the search widget, and wait until it has the keys."""
    await until(pilot, lambda: reader(pilot).search_bar.stands)
    await press(pilot, keys)
    await until(pilot, lambda: isinstance(reader(pilot).focused, Input))


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))
    await pilot.pause()
