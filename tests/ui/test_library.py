"""The library's screen: what is listed, opening, groups, narrowing, sorting, tags, deleting, following, refreshing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from rumor_tui.library_types import FollowChange, Followed, LibraryEntry, LibraryError, RemovalChange, TagChange
from rumor_tui.loading import Services
from rumor_tui.ui.screens.choice import ChoiceScreen
from rumor_tui.ui.screens.library import EMPTY, LibraryScreen
from rumor_tui.ui.screens.news import NewsScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import FAMILY, WIDE, app_of, keyed, press, rows_of, tap, thread_of, title, told, type_in, until
from tests.ui.library_samples import ENTRIES, THREADS, Refreshes, library, library_app, listed, services, shown_list


def lines(pilot: Pilot[None]) -> list[str]:
    """The list's lines that hold something."""
    return [line.rstrip() for line in rows_of(shown_list(pilot).view) if line.strip()]


def titles(pilot: Pilot[None]) -> list[str]:
    screen = shown_list(pilot)
    assert isinstance(screen, LibraryScreen)
    return [screen.items.entry(item).title for item in range(len(screen.items.rows))]


async def narrow(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "/")
    await type_in(pilot, text)
    await press(pilot, "enter")


async def test_the_threads_are_listed_by_their_last_activity_and_the_sample_last() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert [name[:20] for name in titles(pilot)] == [
            "Six hundred cars?", "The new colours, and", "Meeting", "A title that goes on", "The sample that come",
        ]  # fmt: skip
        assert "5 threads · 127 new" in title(pilot)
        assert "thread 1 of 5" in told(pilot)


async def test_a_row_tells_the_counts_the_discussions_the_tags_and_the_marks() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        first, facts = lines(pilot)[:2]
        assert first.split() == ["▌▸", "Six", "hundred", "cars?", "4", "new", "98", "unread", "473", "comments"]
        assert "2 discussions: Hacker News, Reddit r/cars · followed · #cars #figures · ★ 2 · ✎ 1" in facts


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_the_counts_stand_below_each_other(width: int) -> None:
    async with library_app().run_test(size=(width, 30)) as pilot:
        await listed(pilot)
        heads = [line for line in rows_of(shown_list(pilot).view) if " comment" in line and "·" not in line]
        assert len(heads) == 4
        assert len({line.index(" comment") for line in heads}) == 1
        assert len({line.index(" new") for line in heads if " new " in line[20:]}) <= 2  # one title has the word


async def test_enter_opens_the_thread_of_the_library_and_q_leads_back() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "The new colours" in title(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert pilot.app.is_running


async def test_enter_on_several_discussions_unfolds_them_and_h_folds_them_again() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "enter")
        assert [line.strip().split("  ")[0] for line in lines(pilot)[:6:2]] == [
            "▌▾ Six hundred cars?",
            "Hacker News",
            "Reddit r/cars",
        ]
        await press(pilot, "j j h")
        assert shown_list(pilot).view.cursor == 0
        assert len(titles(pilot)) == 5
        await press(pilot, "enter j j enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "600 cars?" in title(pilot)


async def test_the_sample_opens() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "G enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "The sample" in title(pilot)


async def test_a_sample_that_was_read_is_listed_once() -> None:
    held = FakeLibrary([replace(ENTRIES[1], source="/usr/share/sample.txt")])
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert titles(pilot) == [ENTRIES[1].title]


async def test_an_empty_library_without_a_sample_says_what_to_do() -> None:
    app = library_app(FakeLibrary())
    assert app.opened.services is not None
    app.opened = replace(app.opened, services=replace(app.opened.services, sample=None))
    async with app.run_test(size=WIDE) as pilot:
        await listed(pilot)
        assert EMPTY in "\n".join(rows_of(shown_list(pilot).note))
        await press(pilot, "enter")
        assert "no thread" in told(pilot)


async def test_narrowing_by_words_and_tags_keeps_the_cursor_on_its_thread() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j j")
        await narrow(pilot, "tag:club")
        assert titles(pilot) == ["Meeting"]
        assert "1 of 5 threads" in title(pilot)
        await press(pilot, "escape")
        assert len(titles(pilot)) == 5
        assert titles(pilot)[shown_list(pilot).view.cursor] == "Meeting"
        await narrow(pilot, "zebra")
        assert "No thread fits that." in "\n".join(rows_of(shown_list(pilot).note))


async def test_the_list_is_sorted_by_what_is_chosen() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "O")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await press(pilot, "4")
        assert titles(pilot)[:2] == [ENTRIES[4].title, "Meeting"]
        assert "title first" in title(pilot)


async def test_tags_are_put_on_and_taken_away_by_what_is_typed() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j j t")
        await type_in(pilot, "new #cars")
        await press(pilot, "enter")
        await listed(pilot)
        assert "Tagged #club #new #cars." in told(pilot)
        await press(pilot, "t")
        await press(pilot, " ".join(["backspace"] * len("club new cars ")))
        await type_in(pilot, "cars")
        await press(pilot, "enter")
        await listed(pilot)
    changes = [(change.tag, change.on) for change in held.changes if isinstance(change, TagChange)]
    assert changes == [("new", True), ("cars", True), ("club", False), ("new", False)]


async def test_what_is_deleted_can_be_put_back_here_and_later() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j x")
        await listed(pilot)
        assert ENTRIES[1].title not in titles(pilot)
        assert "U puts it back" in told(pilot)
        await press(pilot, "U")
        await listed(pilot)
        assert ENTRIES[1].title in titles(pilot)
        await press(pilot, "U")
        assert "Nothing was deleted here" in told(pilot)
        await press(pilot, "x X")
        await listed(pilot)
        assert "Deleted from the library" in title(pilot)
        assert titles(pilot) == [ENTRIES[1].title]
        await press(pilot, "enter")
        assert "U puts it back" in told(pilot)
        await press(pilot, "U")
        await listed(pilot)
        assert titles(pilot) == []
        await press(pilot, "X")
        await listed(pilot)
        assert ENTRIES[1].title in titles(pilot)
    assert [change.removed for change in held.changes if isinstance(change, RemovalChange)] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("key", ["escape", "q", "X"])
async def test_from_what_was_deleted_the_way_leads_back_to_the_library(key: str) -> None:
    async with library_app(library()).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j x")
        await listed(pilot)
        left = titles(pilot)
        await press(pilot, "X")
        await until(pilot, lambda: titles(pilot) != left)
        await press(pilot, key)
        await until(pilot, lambda: titles(pilot) == left)


async def test_several_discussions_are_deleted_together() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "x")
        await listed(pilot)
        assert "Deleted 2 threads." in told(pilot)
        assert set(held.removed) == {1, 3}
        await press(pilot, "U")
        await listed(pilot)
        assert not held.removed


async def test_the_sample_is_nothing_to_change() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        for key in ["x", "t", "F", "r"]:
            await press(pilot, f"G {key}")
            assert "The sample is no thread of the library" in told(pilot)
    assert held.changes == []


async def test_following_and_no_more() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j F")
        await until(pilot, lambda: "/home/ann/colours.html" in held.follows)
        await until(pilot, lambda: "Followed from now on" in told(pilot))
        await press(pilot, "F")
        await until(pilot, lambda: "/home/ann/colours.html" not in held.follows)
    follows = [change for change in held.changes if isinstance(change, FollowChange)]
    assert [(change.kind, change.on) for change in follows] == [("thread", True), ("thread", False)]


async def test_a_thread_is_loaded_anew_with_its_progress_and_escape_stops_it() -> None:
    refresh = Refreshes()
    async with library_app(refresh=refresh).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j r")
        refresh.feed.put(None, "0 of 1")
        await until(pilot, lambda: "0 of 1" in told(pilot))
        assert "esc stops" in told(pilot)
        await press(pilot, "R")
        assert "Something is being loaded" in told(pilot)
        await press(pilot, "escape")
        await until(pilot, refresh.feed.stopped.is_set)
        await until(pilot, lambda: shown_list(pilot).refreshing is None)
    assert refresh.asked == [("/home/ann/colours.html",)]


async def test_loading_anew_goes_on_while_a_thread_is_read_and_the_list_is_then_another() -> None:
    refresh, held = Refreshes(), library()
    async with library_app(held, refresh=refresh).run_test(size=WIDE) as pilot:
        screen = await listed(pilot)
        await press(pilot, "R")
        await until(pilot, refresh.feed.started.is_set)
        await press(pilot, "j enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        held.listed[2] = replace(ENTRIES[1], fresh=7)
        refresh.feed.put(None, "1 new comment.")
        refresh.feed.end()
        await until(pilot, lambda: screen.refreshing is None)
        await press(pilot, "q")
        await listed(pilot)
        assert "134 new" in title(pilot)
    assert refresh.asked == [()]


async def test_a_thread_that_is_gone_is_told() -> None:
    held = library()
    del held.threads[2]
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j enter")
        await until(pilot, lambda: "not in the library any more" in told(pilot))
        assert isinstance(pilot.app.screen, LibraryScreen)


class Broken(FakeLibrary):
    """Cannot be read."""

    def entries(self, *, removed: bool = False) -> list[LibraryEntry]:
        """Nothing."""
        raise LibraryError("The library /x cannot be read: the disk is gone.")


async def test_a_library_that_cannot_be_read_is_told_and_the_sample_is_no_way_out_of_it() -> None:
    async with library_app(Broken()).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "The library /x cannot be read" in told(pilot))


async def test_what_cannot_be_written_is_told_and_nothing_changes() -> None:
    held = library()
    held.problem = "The disk is full."
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "j x")
        await until(pilot, lambda: "The disk is full." in told(pilot))
        assert ENTRIES[1].title in titles(pilot)


async def test_the_reader_opens_the_library_and_comes_back() -> None:
    app = app_of(thread_of(FAMILY), services=services(library()))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "B")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen))
        await listed(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await press(pilot, "B")
        await listed(pilot)
        await press(pilot, "B")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_without_a_library_the_reader_says_so() -> None:
    plain = Services(lambda address: lambda stop: iter(()), lambda thread, stub: lambda stop: iter(()))
    async with app_of(thread_of(FAMILY), services=plain).run_test(size=WIDE) as pilot:
        for key in ("B", "F"):
            await press(pilot, key)
            await until(pilot, lambda: "There is no library in this run" in told(pilot))
            await press(pilot, "j")


async def test_the_reader_follows_its_thread() -> None:
    held, thread = library(), thread_of(FAMILY)
    thread.source = "https://example.com/thread"
    async with app_of(thread, services=services(held)).run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await until(pilot, lambda: "Followed from now on" in told(pilot))
    assert isinstance(held.follows["https://example.com/thread"], Followed)


async def test_the_hints_are_honest() -> None:
    """Each hint's key does what it says: none is told that does nothing here."""
    async with library_app().run_test(size=(200, 30)) as pilot:
        await listed(pilot)
        words = told(pilot)
        for hint in ("enter open", "/ narrow", "w new", "s search all", "f followed", "t tag", "R refresh", "q quit"):
            assert hint in words
        await press(pilot, "w")
        await listed(pilot)
        assert "q back" in told(pilot)


async def test_keys_that_are_pressed_before_the_library_has_answered_do_no_harm() -> None:
    slow, held = Event(), library()
    entries = held.entries()

    class Slow(FakeLibrary):
        def entries(self, *, removed: bool = False) -> list[LibraryEntry]:
            slow.wait(10)
            return list(entries)

    async with library_app(Slow(entries, held.threads)).run_test(size=WIDE) as pilot:
        await tap(pilot, "j k G x t enter F r h escape / a escape")
        await press(pilot, "escape")
        slow.set()
        await listed(pilot)
        assert len(titles(pilot)) == 5
        assert keyed(pilot) is shown_list(pilot)


async def test_a_screen_of_the_library_that_is_open_below_is_gone_back_to() -> None:
    async with library_app().run_test(size=WIDE) as pilot:
        await listed(pilot)
        first = pilot.app.screen
        await press(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewsScreen))
        await listed(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        await press(pilot, "B")
        await until(pilot, lambda: pilot.app.screen is first)
        assert len(pilot.app.screen_stack) == 1


async def test_what_was_piped_in_cannot_be_loaded_anew() -> None:
    held = FakeLibrary([replace(ENTRIES[1], source="-")], THREADS)
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "r")
        assert "standard input" in told(pilot)
        await press(pilot, "F")
        assert "could be followed" in told(pilot)


async def test_a_file_is_followed_by_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()
    held, thread = library(), thread_of(FAMILY)
    thread.source = "page.txt"
    async with app_of(thread, services=services(held)).run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await until(pilot, lambda: str(tmp_path / "page.txt") in held.follows)


async def test_of_several_discussions_those_that_are_followed_are_given_up_first() -> None:
    held = library()
    async with library_app(held).run_test(size=WIDE) as pilot:
        await listed(pilot)
        await press(pilot, "F")
        await until(pilot, lambda: "https://news.example/1" not in held.follows)
        assert "https://forum.example/3" not in held.follows
        held.listed[1] = replace(ENTRIES[0], followed=False)
        shown_list(pilot).renew()
        await listed(pilot)
        await press(pilot, "F")
        await until(pilot, lambda: {"https://news.example/1", "https://forum.example/3"} <= set(held.follows))
