"""What is new, what is followed, and the search through everything."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from textual.pilot import Pilot
from textual.widget import Widget

from rumor_tui.library_types import FollowChange, LibraryHit, LibraryHits, ReadChange
from rumor_tui.search.query.query import QueryError
from rumor_tui.ui.screens.everything import EverythingScreen
from rumor_tui.ui.screens.following import FollowingScreen
from rumor_tui.ui.screens.library import LibraryScreen
from rumor_tui.ui.screens.library_claim import LibraryClaimScreen
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.news import NewsScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import WIDE, cursor, listing_of, press, rows_of, title, told, type_in, until, words_of
from tests.ui.library_samples import Refreshes, library, library_app, listed, shown_list


def lines(pilot: Pilot[None]) -> list[str]:
    return [line.rstrip() for line in rows_of(shown_list(pilot).view) if line.strip()]


# What is new


async def test_what_is_new_is_listed_the_newest_first() -> None:
    async with library_app(view="news").run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert [line.split()[0].lstrip("▌") for line in lines(pilot)[::2]] == ["fay", "ann", "new"]
        assert "The second root" in lines(pilot)[1]
        assert "2 new comments in 1 thread · 1 new thread" in title(pilot)


async def test_enter_opens_the_thread_at_the_comment() -> None:
    async with library_app(view="news").run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "Six hundred cars?" in title(pilot)
        await until(pilot, lambda: cursor(pilot) == 6)


async def test_what_was_read_is_dimmed_when_one_comes_back_and_gone_the_next_time() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "w")
        screen = await listed(pilot)
        assert isinstance(screen, NewsScreen)
        held.problem = "Nothing but what this test says is read."
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        held.read.add(1006)
        await press(pilot, "q")
        await listed(pilot)
        assert screen.items.done == {(1, 1006)}
        assert len(lines(pilot)) == 6
        assert " read · " in lines(pilot)[0]
        assert "1 new comment in 1 thread" in title(pilot)
        await press(pilot, "q w")
        await listed(pilot)
        assert len(lines(pilot)) == 4


async def test_marking_as_read_one_and_all_once_that_is_on_disk() -> None:
    held = library()
    async with library_app(held, "news").run_test(size=WIDE) as pilot:
        screen = await listed(pilot)
        assert isinstance(screen, NewsScreen)
        held.problem = "The disk is full."
        await press(pilot, "U")
        await until(pilot, lambda: "The disk is full." in told(pilot))
        assert not screen.items.done
        held.problem = ""
        await press(pilot, "U")
        await until(pilot, lambda: screen.items.done == {(1, 1006)})
        await press(pilot, "U")
        await until(pilot, lambda: not screen.items.done)
        await press(pilot, "A")
        await until(pilot, lambda: len(screen.items.done) == 3)
        await press(pilot, "A")
        assert "Nothing here is unread." in told(pilot)
    reads = [
        (change.thread_id, list(change.handles), change.read)
        for change in held.changes
        if isinstance(change, ReadChange)
    ]
    assert reads == [(1, [1006], True), (1, [1006], False), (1, [1006, 1007], True), (3, [0], True)]


async def test_the_news_are_narrowed_by_typing() -> None:
    async with library_app(view="news").run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "/")
        await type_in(pilot, "one reply")
        await press(pilot, "enter")
        assert [line.split()[0] for line in lines(pilot)[::2]] == ["▌ann"]
        await press(pilot, "escape")
        assert len(lines(pilot)) == 6


async def test_nothing_new_is_told_with_what_to_do() -> None:
    async with library_app(FakeLibrary(), "news").run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert "Nothing is new in what is followed." in words_of(shown_list(pilot).note)


# What is followed


async def test_what_is_followed_is_listed_with_its_problem() -> None:
    async with library_app(view="following").run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert "not loaded yet" in lines(pilot)[0]
        assert "list    https://gone.example/ cannot be reached." in lines(pilot)[1]
        assert "3 followed · 1 problem" in title(pilot)


async def test_following_no_more_can_be_taken_back() -> None:
    held = library()
    async with library_app(held, "following").run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "F")
        await listed(pilot)
        assert "U takes it back" in told(pilot)
        assert len(lines(pilot)) == 4
        await press(pilot, "U")
        await listed(pilot)
        assert len(lines(pilot)) == 6
        await press(pilot, "U")
        assert "Nothing was given up here." in told(pilot)
    assert [change.on for change in held.changes if isinstance(change, FollowChange)] == [False, True]


async def test_a_followed_thread_opens_from_the_library_and_a_feed_from_its_address() -> None:
    async with library_app(view="following").run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "G enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "Six hundred cars?" in title(pilot)
        await press(pilot, "q")
        await listed(pilot)
        await press(pilot, "k enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "https://cars.example/feed.xml" in title(pilot)


async def test_one_row_or_all_are_loaded_anew() -> None:
    for keys, asked in (("j r", ("https://cars.example/feed.xml",)), ("R", ())):
        refresh = Refreshes()
        async with library_app(view="following", refresh=refresh).run_test(size=WIDE) as pilot:
            await listed(pilot)
            await press(pilot, keys)
            await until(pilot, refresh.feed.started.is_set)
            refresh.feed.put(None, "3 new comments.")
            refresh.feed.end()
            await until(pilot, lambda: "3 new comments." in told(pilot))
        assert refresh.asked == [asked]


async def test_a_list_of_threads_can_be_followed() -> None:
    held = library()
    app = library_app(held)
    content = replace(listing_of(title="Front page"), source="https://news.example/")
    app.opened = replace(app.opened, content=content, view=None)
    async with app.run_test(size=WIDE) as pilot:
        assert isinstance(pilot.app.screen, ListingScreen)
        await press(pilot, "F")
        await until(pilot, lambda: "https://news.example/" in held.follows)
        await press(pilot, "B")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen))
        await listed(pilot)
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FollowingScreen))
        await listed(pilot)
        assert any("Front page" in line for line in lines(pilot))


# Search everything


async def searched(pilot: Pilot[None], text: str) -> EverythingScreen:
    screen = shown_list(pilot)
    assert isinstance(screen, EverythingScreen)
    await until(pilot, lambda: screen.line.field.has_focus)
    await type_in(pilot, text)
    await until(pilot, lambda: screen.text == text and screen.listed == text and not screen.reading)
    return screen


def heads(pilot: Pilot[None]) -> str:
    screen = shown_list(pilot)
    assert isinstance(screen, EverythingScreen)
    widgets: list[Widget] = [screen.line, screen.account]
    return "\n".join(map(words_of, widgets))


async def test_before_anything_is_typed_the_last_threads_are_listed() -> None:
    async with library_app(view="everything").run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert "what was read last" in heads(pilot)
        assert lines(pilot)[0].split()[:3] == ["▌thread", "Six", "hundred"]


async def test_what_is_typed_is_searched_for_and_enter_opens_the_place() -> None:
    held = library()
    async with library_app(held, "everything").run_test(size=WIDE) as pilot:
        screen = await searched(pilot, "deeper still")
        assert "5 places" in heads(pilot)
        assert lines(pilot)[1].strip() == "▌  Deeper still"
        await press(pilot, "down down")
        assert screen.view.cursor == 2
        await press(pilot, "enter k enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "The new colours" in title(pilot)
        await until(pilot, lambda: cursor(pilot) == 3)
        await press(pilot, "q")
        assert pilot.app.screen is screen
        assert screen.view.cursor == 1
    assert held.searched[-1] == "deeper still"
    assert len(held.searched) < len("deeper still")


async def test_what_was_found_is_lit() -> None:
    async with library_app(view="everything").run_test(size=WIDE) as pilot:
        screen = await searched(pilot, "second")
        style = screen.palette.match
        lit = [s.text for strip in screen.view.render_lines(screen.view.size.region) for s in strip if s.style == style]
        assert lit[0] == "second"


async def test_a_query_that_is_none_is_told_and_the_earlier_hits_stay() -> None:
    def search(query: str, limit: int) -> LibraryHits:
        if query.endswith(":"):
            raise QueryError("by: needs a name.")
        return LibraryHits(
            [LibraryHit(1, 1001, "comment", "T", "", "ann", None, "some words")], None, "Of dates not all."
        )

    async with library_app(FakeLibrary(search=search), "everything").run_test(size=WIDE) as pilot:
        screen = await searched(pilot, "x by")
        assert "The best 1 of more places   Of dates not all." in heads(pilot)
        await type_in(pilot, ":")
        await until(pilot, lambda: "by: needs a name." in heads(pilot))
        assert len(screen.items.order) == 1


async def test_an_answer_that_is_late_does_not_count() -> None:
    released, asked = Event(), Event()

    def search(query: str, limit: int) -> LibraryHits:
        if query == "a":
            asked.set()
            released.wait(10)
        return LibraryHits([LibraryHit(1, 1001, "comment", query, "", "ann", None, f"of {query}")], 1)

    async with library_app(FakeLibrary(search=search), "everything").run_test(size=WIDE) as pilot:
        screen = shown_list(pilot)
        assert isinstance(screen, EverythingScreen)
        await until(pilot, lambda: screen.line.field.has_focus)
        await type_in(pilot, "a")
        await until(pilot, asked.is_set)
        await type_in(pilot, "b")
        await until(pilot, lambda: screen.listed == "ab")
        released.set()
        await pilot.pause(0.05)
        assert "of ab" in lines(pilot)[1]


async def test_escape_empties_the_line_and_then_leads_back() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, EverythingScreen))
        screen = await searched(pilot, "reply")
        await press(pilot, "escape")
        await until(pilot, lambda: screen.listed == "" and not screen.reading)
        assert screen.line.text == ""
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_nothing_found_is_told() -> None:
    async with library_app(view="everything").run_test(size=WIDE) as pilot:
        screen = await searched(pilot, "zebra")
        assert "Nothing is found." in words_of(screen.note)
        await press(pilot, "enter")
        assert "Nothing is listed" in told(pilot)


async def test_what_is_lit_is_followed_through_the_library() -> None:
    def search(query: str, limit: int) -> LibraryHits:
        hit = LibraryHit(1, 1001, "comment", "T", "", "ann", None, "It was 1600 cars.", ((8, 11),))
        return LibraryHits([hit, LibraryHit(1, 1002, "comment", "T", "", "ann", None, "none")], 2)

    async with library_app(FakeLibrary(search=search), "everything").run_test(size=WIDE) as pilot:
        await searched(pilot, "600")
        await press(pilot, "enter j c")
        assert "No number or name is lit here." in told(pilot)
        await press(pilot, "k c")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryClaimScreen))
        screen = pilot.app.screen
        assert isinstance(screen, LibraryClaimScreen)
        assert (screen.subject.kind, screen.subject.text) == ("number", "1600 cars")
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, EverythingScreen)
