"""Walks with keys through every screen, over content that is made of hostile texts; what is wrong is told.

A scene takes texts and gives what the terminal must not have got (`Watched.wrong`). The terminal is fairly large,
so that few pages show much.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from textual.widgets import Input

from rumor_tui.library_types import ClaimSubject, LibraryTrail, Statement
from rumor_tui.loading import LoadStep, Services
from rumor_tui.model import Format, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.workers import LibraryView
from tests.hostile import places
from tests.hostile.watched import Watched, watched
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import Feed, app_of, press, read_through, until
from tests.ui.library_samples import listed, services
from tests.ui.remembering import FIRST, remembered, returning, services_of

Scene = Callable[[Sequence[str]], Coroutine[Any, Any, list[str]]]
SIZE: Final = (120, 50)
PAGE: Final = 40
"""Rows that a page goes on by at least, in a terminal of that size."""
SHORT: Final = 60
"""Characters of texts that fit into the fields that are there once, next to each other."""


def title_of(texts: Sequence[str]) -> str:
    """As many of the texts as are short, in one: for what a thread has one of."""
    return " | ".join(text for text in texts if len(text) < SHORT)[:4000]


async def _page_through(app: Watched, rows: int) -> None:
    """Show all pages of the pane that has the keys."""
    await press(app.pilot, "g g " + "ctrl+f " * (rows // PAGE + 2))


async def reading(texts: Sequence[str], format: Format, thread: Thread | None = None) -> list[str]:
    """A thread in both panes, folded, with marks, copied, saved, piped, its links asked for, its lists and its help."""
    shown = thread or places.thread_of_texts(texts, format, title_of(texts))
    async with watched(app_of(places.with_dates(shown)), SIZE) as app:
        await read_through(app.pilot)
        await _page_through(app, 24 * len(shown))
        await press(app.pilot, "tab")
        await _page_through(app, 24 * len(texts))
        await press(
            app.pilot, "tab G H D z M z R y Y P v V T @ n escape escape O escape S escape | escape s escape o escape"
        )
        for link in "159":
            await press(app.pilot, f"{link} escape")
        for key in ("i", "W", "=", "'", "?", "."):
            await press(app.pilot, f"{key} ctrl+f y G escape escape")
        return app.wrong(copies=True)


async def searching(texts: Sequence[str], format: Format) -> list[str]:
    """A search for a part of each text, with its counts, matches, filter and errors; and the trail of a claim."""
    async with watched(app_of(places.thread_of_texts(texts, format, title_of(texts))), SIZE) as app:
        await read_through(app.pilot)
        for text in texts:
            await press(app.pilot, "/")
            field = app.pilot.app.focused
            if isinstance(field, Input):
                field.value = text[:40]
            await press(app.pilot, "enter n \\ escape escape escape")
        await press(app.pilot, "/")
        if isinstance(app.pilot.app.focused, Input):
            app.pilot.app.focused.value = "600"
        await press(app.pilot, "enter n c ctrl+f y D tab i escape escape escape")
        return app.wrong(copies=True)


async def joined(texts: Sequence[str], format: Format) -> list[str]:
    """Discussions that are read as one."""
    return await reading(texts, format, places.joined_of_texts(texts, format, title_of(texts)))


async def remembering(texts: Sequence[str], format: Format) -> list[str]:
    """Notes, bookmarks, what was edited, what is gone, and what a library says of itself."""
    thread = places.thread_of_texts(texts, format, title_of(texts))
    rows = range(len(thread))
    known = returning(
        annotations=places.annotations_of(texts, [FIRST + row for row in rows]),
        edited=places.edits_of(texts, format),
        gone={row: 1e9 for row in rows if row % 3 == 0},
        new=set(rows),
        news_of_itself=list(texts),
    )
    async with watched(app_of(thread, services=services_of(known)), SIZE) as app:
        await remembered(app.pilot)
        await _page_through(app, 30 * len(thread))
        await press(app.pilot, "g g E j E m e escape")
        await press(app.pilot, "'")
        await _page_through(app, 6 * len(thread))
        await press(app.pilot, "g g e escape x U / x escape y enter escape")
        return app.wrong(copies=True)


async def listing(texts: Sequence[str]) -> list[str]:
    """A list whose entries do not open, and say why."""
    async with watched(app_of(places.listing_of_texts(texts)), SIZE) as app:
        await _page_through(app, 5 * len(texts))
        await press(app.pilot, "g g D")
        for _ in texts[:60]:
            await press(app.pilot, "enter y o escape j")
        await press(app.pilot, "/ x escape ? escape A L escape")
        return app.wrong(copies=True)


async def loading(texts: Sequence[str]) -> list[str]:
    """What is said while something loads, when it failed, and when more of it came."""
    wrong: list[str] = []
    feed = Feed()
    thread = places.thread_of_texts(texts[:3], "html", texts[0])
    async with watched(app_of(thread, opening=feed), SIZE) as app:
        for text in texts:
            feed.put(None, text)
            await until(app.pilot, feed._queue.empty)
        feed.fail(SourceError(" ".join(texts[:9])))
        await until(app.pilot, feed._queue.empty)
        await app.pilot.pause()
        wrong += app.wrong()
    waiting = Feed()
    opened = Opened(None, Settings(), None, waiting, title_of(texts))
    async with watched(RumorApp(opened), SIZE) as app:
        for text in texts[:40]:
            waiting.put(None, text)
            await until(app.pilot, waiting._queue.empty)
        return wrong + app.wrong()


async def elsewhere(texts: Sequence[str]) -> list[str]:
    """Where else an article is discussed: a list beside it."""
    found = Services(
        open=lambda address: lambda stop: iter(()),
        more=lambda thread, stub: lambda stop: iter(()),
        discussions=lambda addresses: lambda stop: iter([LoadStep(places.listing_of_texts(texts), texts[0])]),
    )
    async with watched(app_of(places.thread_of_texts(texts[:5], "html", "x"), services=found), SIZE) as app:
        await press(app.pilot, "w")
        await _page_through(app, 5 * len(texts))
        await press(app.pilot, "g g y D / x escape escape")
        return app.wrong(copies=True)


def _held(texts: Sequence[str]) -> FakeLibrary:
    entries = places.library_entries(texts)
    threads = {entry.thread_id: places.thread_of_texts([entry.title], "html", entry.title) for entry in entries}
    hits = places.library_hits(texts)
    held = FakeLibrary(entries, threads, places.library_news(texts), places.library_follows(texts), lambda *_: hits)

    def trail(subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        said = [Statement(hit, text, n % 2 == 0) for n, (hit, text) in enumerate(zip(hits.hits, texts, strict=True))]
        return LibraryTrail(texts[0], said, [(text, 2, 1) for text in texts], texts[0])

    held.trail = trail  # type: ignore[method-assign]
    return held


async def library(texts: Sequence[str], view: LibraryView) -> list[str]:
    """One of the library's screens: its rows, its tags, what it asks before it deletes."""
    opened = Opened(None, Settings(dates="absolute"), services(_held(texts)), view=view)
    async with watched(RumorApp(opened), SIZE) as app:
        await listed(app.pilot)
        await _page_through(app, 5 * len(texts))
        await press(app.pilot, "g g t escape x U X escape y o escape D O escape / x escape r F F enter escape ? escape")
        return app.wrong(copies=True)


async def everything(texts: Sequence[str]) -> list[str]:
    """The search through everything that was read, and a claim followed through it."""
    opened = Opened(None, Settings(), services(_held(texts)), view="library")
    async with watched(RumorApp(opened), SIZE) as app:
        await listed(app.pilot)
        await press(app.pilot, "s x x x enter")
        await app.pilot.pause(0.5)
        await _page_through(app, 5 * len(texts))
        await press(app.pilot, "g g c ctrl+f ctrl+f y escape escape")
        thread = places.thread_of_texts([places.NUMBER], "plain", "600 cars")
        app.pilot.app.push_screen(app.app.screen_for(thread))
        await app.pilot.pause()
        await press(app.pilot, "c enter")
        await press(app.pilot, "L ctrl+f ctrl+f G y escape")
        return app.wrong(copies=True)


def _in(scene: Callable[..., Coroutine[Any, Any, list[str]]], *more: object) -> Scene:
    return lambda texts: scene(texts, *more)


SCENES: Final[dict[str, Scene]] = {
    **{f"reading, {format}": _in(reading, format) for format in places.FORMATS},
    **{f"joined, {format}": _in(joined, format) for format in places.FORMATS},
    **{f"remembering, {format}": _in(remembering, format) for format in places.FORMATS},
    "searching, plain": _in(searching, "plain"),
    "listing": listing,
    "loading": loading,
    "elsewhere": elsewhere,
    **{f"library, {view}": _in(library, view) for view in ("library", "news", "following")},
    "everything": everything,
}
"""All scenes by name. The bench shows all texts in each of them."""
