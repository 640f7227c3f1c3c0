"""`r` shows the newest state of a thread in place: the comment, its line, folds, filters and searches stay."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from rumor_tui.cli.again import read_again
from rumor_tui.library.keeper import Keeper
from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import SourceError, Stub, Thread
from rumor_tui.readers import read_path
from rumor_tui.sources import make_services
from rumor_tui.ui.screens import refreshing
from tests.sources import server
from tests.sources.conftest import context
from tests.sources.server import ADDRESSES, playing
from tests.ui.helpers import (
    FAMILY,
    WIDE,
    Feed,
    app_of,
    cursor,
    folded,
    large,
    open_search,
    press,
    put_cursor,
    reader,
    rows_of,
    screen_row,
    status,
    thread_of,
    title,
    told,
    type_in,
    until,
)

Change = Callable[[Pilot[None]], object]


class Source:
    """Somebody who can be asked for the newest state, in the hands of a test."""

    def __init__(self, library: Keeper | None = None) -> None:
        self.feed = Feed()
        self.asked: list[Thread] = []
        self.library = library

    @property
    def services(self) -> Services:
        return Services(lambda _: self.feed, lambda *_: self.feed, again=self.again, library=self.library)

    def again(self, thread: Thread) -> LoadJob:
        self.asked.append(thread)
        return self.feed


def numbered(thread: Thread) -> Thread:
    """The thread with an identifier for each comment, which stays when its text is edited."""
    thread.ids = [f"c{9000 + row}" for row in range(len(thread))]
    return thread


def without(thread: Thread, *rows: int) -> Thread:
    """The thread without some comments that nothing answers."""
    kept = [row for row in range(len(thread)) if row not in rows]
    places = {row: place for place, row in enumerate(kept)}
    return thread.select(kept, [places.get(thread.parent[row], -1) for row in kept])


def edited(thread: Thread, row: int, text: str) -> Thread:
    bodies = list(thread.bodies)
    bodies[row] = text
    return replace(thread, bodies=bodies)


def with_new(thread: Thread, outline: str, *, first: bool = False) -> Thread:
    """The thread with more comments behind all others, or before them."""
    more = thread_of(outline)
    more.ids = [f"new{row}" for row in range(len(more))]
    return replace(more.join(thread) if first else thread.join(more), article=thread.article)


async def refresh(pilot: Pilot[None], source: Source, newest: Thread) -> None:
    await press(pilot, "r")
    source.feed.put(newest)
    source.feed.end()
    await until(pilot, lambda: reader(pilot).loader is None)


def shown(pilot: Pilot[None]) -> list[str]:
    return rows_of(reader(pilot).panes.comments)


def unnumbered(pilot: Pilot[None]) -> list[str]:
    """The rows without the comments' numbers, and without the scroll bar."""
    return [re.sub(r" #\d+ .*| *.$", "", row) for row in shown(pilot)]


@pytest.mark.parametrize("library", [False, True])
async def test_what_has_changed_is_told_and_shown(library: bool, tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "library.sqlite3") if library else None
    first = numbered(thread_of(FAMILY))
    first.source = "https://example.com/thread"
    source = Source(keeper)
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        if library:
            await until(pilot, lambda: reader(pilot).session.memory.known)
        newest = with_new(without(edited(first, 1, "A reply, edited"), 7), "hal: Entirely new")
        await refresh(pilot, source, newest)
        assert "1 new, 1 edited, 1 deleted." in told(pilot)
        assert source.asked == [first]
        memory, thread = reader(pilot).session.memory, reader(pilot).thread
        assert [thread.authors[row] for row in memory.gone] == ["gus"]
        assert [thread.authors[row] for row in memory.edited] == ["bob"]
        lines = "\n".join(shown(pilot))
        assert "The third root" in lines
        assert "deleted" in lines
        assert "Entirely new" in lines
        await press(pilot, "r")
        source.feed.put(newest)
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "Nothing has changed." in told(pilot)
    if keeper is not None:
        keeper.close()


async def test_the_place_stays_where_comments_come_and_go() -> None:
    first = numbered(large())
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "tab")
        put_cursor(pilot, 52)
        await press(pilot, "z c")
        put_cursor(pilot, 57)
        await press(pilot, "ctrl+e ctrl+e")
        at, lines, folds = screen_row(pilot), unnumbered(pilot), folded(pilot)
        ids = list(reader(pilot).thread.ids)
        newest = with_new(without(first, 4, 14, 99), "hal: New\n  ida: Newer\nkim: More", first=True)
        await refresh(pilot, source, newest)
        now = list(reader(pilot).thread.ids)
        assert now[cursor(pilot)] == ids[57]
        assert screen_row(pilot) == at
        assert [now[row] for row in folded(pilot)] == [ids[row] for row in folds]
        assert unnumbered(pilot)[3:] == lines[3:]
        assert len(now) == 103


async def test_a_search_and_its_filter_stay() -> None:
    first = numbered(thread_of(FAMILY))
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "root")
        await press(pilot, "enter")
        await press(pilot, "\\ n")
        await until(pilot, lambda: "The second root" in "\n".join(shown(pilot)))
        author = reader(pilot).thread.authors[cursor(pilot)]
        await refresh(pilot, source, with_new(first, "hal: Something else\nida: A new root"))
        await until(pilot, lambda: "A new root" in "\n".join(shown(pilot)))
        assert reader(pilot).thread.authors[cursor(pilot)] == author
        assert "Something else" not in "\n".join(shown(pilot))
        assert "A reply" not in "\n".join(shown(pilot))


async def test_nothing_is_shown_before_all_has_come() -> None:
    first = numbered(thread_of(FAMILY))
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        total = title(pilot)
        await press(pilot, "r")
        source.feed.put(without(first, 1, 2, 3, 4), "4 of 8 comments")
        await until(pilot, lambda: "4 of 8 comments" in told(pilot))
        assert len(reader(pilot).thread) == 8
        assert title(pilot) == total
        await press(pilot, "r")
        assert "Wait for what is loading" in told(pilot)
        source.feed.put(first)
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert len(reader(pilot).thread) == 8


async def test_escape_stops_it_and_all_stays() -> None:
    first = numbered(thread_of(FAMILY))
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "r")
        source.feed.put(without(first, 1, 2, 3, 4), "4 of 8 comments")
        await until(pilot, lambda: "4 of 8 comments" in told(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "Refreshing was stopped. What is here stays as it was." in told(pilot)
        assert reader(pilot).thread is first


async def test_a_failure_says_why_and_all_stays() -> None:
    first = numbered(thread_of(FAMILY))
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "r")
        source.feed.fail(SourceError("The host does not answer. Try again later."))
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "The host does not answer." in told(pilot)
        assert reader(pilot).thread is first


async def test_without_anybody_to_ask_it_says_so() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "r")
        assert "There is nobody here who could be asked" in told(pilot)


async def test_a_library_that_answers_meanwhile_is_no_hindrance() -> None:
    """The page that was compared is not shown any more when the newest state has come."""
    first = numbered(thread_of(FAMILY))
    source = Source()
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "r")
        reader(pilot).replace_thread(replace(first))
        source.feed.put(with_new(first, "hal: New"))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None and len(reader(pilot).thread) == 9)
        assert "1 new." in told(pilot)


async def test_an_address_is_refreshed(monkeypatch: pytest.MonkeyPatch) -> None:
    with playing() as play:
        services = make_services(context(play), "never")
        services = replace(services, library=None)
        opening = services.open(play.base + ADDRESSES["Discourse"])
        async with app_of(None, services=services, opening=opening).run_test(size=WIDE) as pilot:  # type: ignore[arg-type]
            await until(pilot, lambda: any(hasattr(one, "session") for one in pilot.app.screen_stack))
            await until(pilot, lambda: reader(pilot).loader is None)
            asked, ids = len(play.seen), list(reader(pilot).thread.ids)
            await press(pilot, "tab j j j")
            at = cursor(pilot)
            await press(pilot, "r")
            await until(pilot, lambda: reader(pilot).loader is None)
            assert "Nothing has changed." in told(pilot)
            assert (cursor(pilot), list(reader(pilot).thread.ids)) == (at, ids)
            assert len(play.seen) > asked


async def test_what_an_address_shows_now_is_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    with playing() as play:
        services = make_services(context(play), "never")
        opening = services.open(play.base + "/page")
        async with app_of(None, services=services, opening=opening).run_test(size=WIDE) as pilot:  # type: ignore[arg-type]
            await until(pilot, lambda: any(hasattr(one, "session") for one in pilot.app.screen_stack))
            await until(pilot, lambda: reader(pilot).loader is None)
            put_cursor(pilot, 2)
            later = server.PAGE.replace("414, I hear.", "415, I hear by now.")
            later = later.replace("- **(unsigned)** · #3\n\n  Naïve – we shall see.", "- **dan** · #3\n\n  At last.")
            monkeypatch.setattr(server, "PAGE", later)
            await press(pilot, "r")
            await until(pilot, lambda: reader(pilot).loader is None)
            assert "1 new, 1 edited, 1 deleted." in told(pilot)
            thread = reader(pilot).thread
            assert thread.bodies[cursor(pilot)] == "Naïve – we shall see."
            assert list(thread.authors) == ["ann", "ben", None, "dan"]
            play.faults["/page"] = ("503", 99)
            await press(pilot, "r")
            await until(pilot, lambda: reader(pilot).loader is None)
            assert reader(pilot).thread is thread
            assert "127.0.0.1" in told(pilot)


PAGE = """# Six hundred cars

How many cars?

## 2 comments

- **ann** · #1

  The page itself says 600.

  - **ben** · #2

    414, I hear.
"""


async def test_a_file_that_changes_offers_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "LOOKED", 0.05)
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    thread = read_path(str(path))
    assert isinstance(thread, Thread)
    services = Services(
        lambda _: Feed(), lambda *_: Feed(), again=lambda one: read_again(one, (), lambda _: read_path(str(path)))
    )
    async with app_of(thread, services=services).run_test(size=WIDE) as pilot:
        put_cursor(pilot, 1)
        screen = reader(pilot)
        await until(pilot, lambda: screen.refreshing.stamp is not None)
        path.write_text(PAGE + "\n- **cy** · #3\n\n  One more.\n")
        os.utime(path, (1, 1))
        await until(pilot, lambda: "The file has changed: r shows it." in status(pilot))
        assert len(screen.thread) == 2
        await press(pilot, "r")
        await until(pilot, lambda: screen.loader is None)
        assert "1 new." in told(pilot)
        assert list(screen.thread.authors) == ["ann", "ben", "cy"]
        assert cursor(pilot) == 1


async def test_what_is_gone_stays_so_when_more_is_loaded(tmp_path: Path) -> None:
    """The library is asked again then, of a page in which comments stand that the source has no more."""
    keeper = Keeper(tmp_path / "library.sqlite3")
    first = numbered(thread_of(FAMILY))
    first.source = "https://example.com/thread"
    first.stubs = [Stub(0, 1, "x")]
    source = Source(keeper)
    async with app_of(first, services=source.services).run_test(size=WIDE) as pilot:
        session = reader(pilot).session
        await until(pilot, lambda: session.memory.known)
        await refresh(pilot, source, without(first, 7))
        assert [session.thread.authors[row] for row in session.memory.gone] == ["gus"]
        page = session.order.page
        put_cursor(pilot, 0)
        source.feed = Feed()
        await press(pilot, "L")
        source.feed.put(replace(with_new(page, "hal: Loaded later"), stubs=[]))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None and -1 not in session.memory.handles)
        await until(pilot, lambda: len(session.memory.handles) == 9)
        assert [session.thread.authors[row] for row in session.memory.gone] == ["gus"]
        (entry,) = keeper.entries()
        assert entry.comments == 9
    keeper.close()
