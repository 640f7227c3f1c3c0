"""What is new and unread, on screen: its signs, the keys on it, and that nothing shows before it is on disk."""

from __future__ import annotations

from array import array
from random import Random
from time import time

import pytest
from textual.pilot import Pilot

from rumor_tui.library_types import Edit, PlaceChange, ReadChange
from rumor_tui.row_map import RowMap
from rumor_tui.search.query.query import Query
from rumor_tui.settings import Settings
from rumor_tui.ui.app import RumorApp
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    app_of,
    cursor,
    folded,
    hidden,
    large,
    press,
    put_cursor,
    reader,
    rows_of,
    status,
    tap,
    thread_of,
    title,
    told,
    until,
    with_ids,
    words_of,
)
from tests.ui.remembering import FIRST, PlayedLibrary, remembered, returning, services_of

ALL = set(range(8))


def comments(pilot: Pilot[None]) -> str:
    """The comments on screen."""
    return words_of(reader(pilot).panes.comments)


def line_of(pilot: Pilot[None], author: str) -> str:
    """The first line with an author's name."""
    return next(row for row in rows_of(reader(pilot).panes.comments) if author in row)


async def in_comments(pilot: Pilot[None]) -> None:
    """Wait until the library has told, and give the comments the keys."""
    await remembered(pilot)
    if reader(pilot).in_article:
        await press(pilot, "tab")


def unread(pilot: Pilot[None]) -> list[int]:
    """The rows that are known to be unread."""
    return [row for row, read in enumerate(reader(pilot).session.memory.read) if not read]


def app_with(library: PlayedLibrary, outline: str = FAMILY, *, large_one: int = 0) -> RumorApp:
    thread = large(large_one) if large_one else with_ids(thread_of(outline))
    return app_of(thread, services=services_of(library))


# Signs


async def test_new_and_unread_comments_are_signed_behind_their_authors() -> None:
    async with app_with(returning(read=ALL - {3, 4}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        assert "dan ●" in line_of(pilot, "dan")
        assert "eve •" in line_of(pilot, "eve")
        assert "●" not in line_of(pilot, "bob")
        assert "•" not in line_of(pilot, "bob")


async def test_a_new_comment_that_was_read_keeps_another_sign() -> None:
    async with app_with(returning(read=ALL - {4}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        assert "dan ○" in line_of(pilot, "dan")
        assert reader(pilot).session.memory.counts.fresh == 0
        await press(pilot, "z n")
        assert hidden(pilot) == [4, 5, 6, 7]


async def test_a_folded_line_says_what_is_new_in_it() -> None:
    async with app_with(returning(read=ALL - {3, 4}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 0)
        await press(pilot, "space")
        assert "ann ●" in line_of(pilot, "ann")
        assert "4 replies · 1 new" in line_of(pilot, "ann")


async def test_on_a_first_visit_all_is_unread_and_nothing_is_new() -> None:
    async with app_with(PlayedLibrary()).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        memory = reader(pilot).session.memory
        assert memory.counts.fresh == 0
        assert "●" not in comments(pilot)


async def test_the_status_and_the_title_count() -> None:
    async with app_with(returning(read=ALL - {3, 4}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        assert "comment 1 · 2 of 8 unread, 1 new" in status(pilot)
        assert "8 comments, 1 new" in title(pilot)


async def test_the_count_of_unread_comments_also_fits_into_a_narrow_line() -> None:
    async with app_with(returning(read=ALL - {3, 4}, new={3})).run_test(size=NARROW) as pilot:
        await in_comments(pilot)
        assert "2 of 8 unread, 1 new" in status(pilot)


async def test_without_a_library_nothing_of_it_shows() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        assert "comment 1 of 8 · depth 0" in status(pilot)
        assert "unread" not in status(pilot)
        await press(pilot, "U")
        assert "the library is off" in told(pilot)
        await press(pilot, "n")
        assert "Nothing is searched for" in told(pilot)


async def test_an_edited_comment_says_so() -> None:
    library = returning(edited={1: Edit("Another text", time())})
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        assert "bob • edited" in line_of(pilot, "bob")


async def test_a_deleted_comment_is_struck_and_says_since_when() -> None:
    library = returning(gone={1: 0.0})
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        view = reader(pilot).panes.comments
        shown = view.painted(1)
        text = [strip.text.strip(" │") for strip in shown.strips]
        assert text[1].startswith("deleted at the source since 1970-01-01")
        struck = next(strip for strip in shown.strips if "A reply" in strip.text)
        assert any("A reply" in segment.text and segment.style and segment.style.strike for segment in struck)
        put_cursor(pilot, 1)
        await press(pilot, "space")
        assert "deleted · A reply" in line_of(pilot, "bob")


async def test_a_comment_that_the_library_puts_back_stands_at_its_place() -> None:
    library = returning(gone={1: 0.0}, read=ALL)
    before = with_ids(thread_of("ann: The first\ncy: The third"))
    after = with_ids(thread_of("ann: The first\nbob: The second\ncy: The third"))
    library.merged = after, RowMap.from_order([0, -1, 1], 2)
    async with app_of(before, services=services_of(library)).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await until(pilot, lambda: len(reader(pilot).thread) == 3)
        assert "deleted at the source since" in comments(pilot)
        assert reader(pilot).thread.authors[1] == "bob"


async def test_the_line_of_time_tells_where_something_is_new() -> None:
    thread = large(2)
    thread.published = array("d", [1_300_000_000 + 86_400 * row for row in range(10)])
    library = returning(new={8})
    async with app_of(thread, services=services_of(library)).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        bar = reader(pilot).panes.timeline
        await until(pilot, lambda: bar.buckets is not None and 1 in bar.fresh)
        buckets = bar.buckets
        assert buckets is not None
        new = [bucket for bucket in range(len(buckets)) if " · new" in bar.words(bucket)]
        assert new == [buckets.bucket_of(1_300_000_000 + 86_400 * 8)]


# Keys


async def test_n_goes_to_the_next_unread_comment_and_round_again() -> None:
    async with app_with(returning(read=ALL - {3, 6})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        visited = []
        for _ in range(3):
            await press(pilot, "n")
            visited.append(cursor(pilot))
        assert visited[:2] == [3, 6]
        assert "From the top again." in told(pilot) or "Nothing" in told(pilot)


async def test_capital_n_goes_back() -> None:
    async with app_with(returning(read=ALL - {3, 6})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 7)
        await press(pilot, "N")
        assert cursor(pilot) == 6


async def test_n_unfolds_what_hides_the_comment() -> None:
    async with app_with(returning(read=ALL - {3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "z M n")
        assert cursor(pilot) == 3
        assert 3 not in hidden(pilot)


async def test_n_says_that_nothing_is_unread() -> None:
    async with app_with(returning(read=ALL)).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "n")
        assert told(pilot).strip().startswith("Nothing is unread.")
        assert "all read" in reader(pilot).lines.position()


async def test_a_search_has_n_for_itself() -> None:
    async with app_with(returning(read=ALL - {7})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        screen = reader(pilot)
        screen.change(lambda: screen.session.search.change(Query("Deeper")))
        await until(pilot, lambda: (counts := screen.session.search.counts) is not None and counts.exact)
        await press(pilot, "n")
        assert cursor(pilot) == 2


async def test_u_toggles() -> None:
    library = returning(read=ALL - {2})
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 2)
        await press(pilot, "U")
        await until(pilot, lambda: unread(pilot) == [])
        assert "Marked as read." in told(pilot)
        await press(pilot, "U")
        await until(pilot, lambda: unread(pilot) == [2])
        assert "Marked as unread." in told(pilot)
        assert [change.read for change in library.read_changes] == [True, False]


async def test_a_marks_all_and_takes_it_back() -> None:
    library = returning(read={0, 1})
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "A")
        await until(pilot, lambda: unread(pilot) == [])
        assert "marked as read. A takes that back." in told(pilot)
        marked = {handle - FIRST for handle in library.read_changes[0].handles}
        await press(pilot, "A")
        await until(pilot, lambda: set(unread(pilot)) == marked)
        assert "unread as before." in told(pilot)


async def test_x_marks_the_branch() -> None:
    library = returning()
    async with app_with(library, large_one=20).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 50)
        await press(pilot, "X")
        await until(pilot, lambda: all(reader(pilot).session.memory.read[50:55]))
        assert cursor(pilot) == 55
        assert 50 in folded(pilot)


async def test_what_the_library_says_of_itself_is_shown_once() -> None:
    library = returning(news_of_itself=["The library was damaged. The backup of 2026-01-01 took its place."])
    async with app_with(library).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "The library was damaged." in told(pilot))
        await press(pilot, "j")
        assert "The library was damaged." not in told(pilot)


async def test_nothing_shows_before_it_is_on_disk() -> None:
    library = returning(read=ALL - {2})
    library.answers.clear()
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 2)
        await press(pilot, "U")
        await until(pilot, lambda: bool(library.held))
        assert "cy •" in line_of(pilot, "cy")
        assert unread(pilot) == [2]
        library.let_go()
        await until(pilot, lambda: unread(pilot) == [])
        assert "•" not in line_of(pilot, "cy")


async def test_trouble_is_told_once_and_nothing_is_taken_for_written() -> None:
    library = returning(read=ALL - {2}, problem="The disk is full: nothing more is remembered.")
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 2)
        await press(pilot, "U")
        await until(pilot, lambda: "The disk is full" in told(pilot))
        assert unread(pilot) == [2]
        await press(pilot, "j U")
        assert "The disk is full" not in told(pilot)


async def test_a_library_that_cannot_be_read_is_a_sentence() -> None:
    library = returning(refusal="The library cannot be read: it is damaged.")
    async with app_with(library).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "The library cannot be read" in told(pilot))
        await press(pilot, "j")
        assert cursor(pilot) == 1
        await press(pilot, "m")
        assert "Not kept. The library cannot be read" in told(pilot)


async def test_each_bookmark_that_could_not_be_kept_is_told() -> None:
    library = returning(read=ALL, problem="The disk is full: nothing more is remembered.")
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        for _ in range(2):
            await press(pilot, "m")
            await until(pilot, lambda: "The disk is full" in told(pilot))
            await press(pilot, "j")
            assert "The disk is full" not in told(pilot)


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
async def test_a_filter_shows_nothing_else_from_wherever_it_begins(steps: int) -> None:
    outline = "\n".join(f"a{row}: Words of {row}, {'more than a line of them ' * 2}" for row in range(8))
    async with app_with(returning(read=ALL - {5}, new={5}), outline).run_test(size=(60, 14)) as pilot:
        await in_comments(pilot)
        await press(pilot, "j " * steps + "z n")
        assert "Words of 5" in comments(pilot)
        assert comments(pilot).count("Words of") == 1


# Nothing else


async def test_zn_shows_only_what_is_new_with_its_ancestors() -> None:
    async with app_with(returning(read=ALL - {3, 7}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "z n")
        assert hidden(pilot) == [4, 5, 6, 7]
        assert "1 new comment; zn or esc shows all again." in told(pilot)
        await press(pilot, "z n")
        assert hidden(pilot) == []


async def test_zn_shows_what_is_unread_where_nothing_is_new() -> None:
    async with app_with(returning(read=ALL - {6})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "z n")
        assert hidden(pilot) == [0, 1, 2, 3, 4, 7]
        await press(pilot, "escape")
        assert hidden(pilot) == []


async def test_what_is_read_meanwhile_stays_in_the_filter() -> None:
    async with app_with(returning(read=ALL - {3, 7}, new={3, 7})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "z n")
        put_cursor(pilot, 3)
        await press(pilot, "U")
        await until(pilot, lambda: 3 not in unread(pilot))
        assert 3 not in hidden(pilot)


async def test_capital_zn_folds_every_branch_without_anything_new() -> None:
    async with app_with(returning(read=ALL - {3}, new={3})).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "z N")
        assert folded(pilot) == [4, 5, 7]
        assert "3 branches without anything new are folded." in told(pilot)


# Since when


async def test_since_another_visit() -> None:
    began = float(int(time()))
    library = PlayedLibrary(visits=[began - 10, began - 1000], read=set())
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        assert reader(pilot).session.memory.counts.fresh == 0
        await press(pilot, "S 2")
        await until(pilot, lambda: reader(pilot).session.memory.counts.fresh == 8)
        assert "New since the visit before" in told(pilot)


async def test_since_a_date_that_is_typed() -> None:
    thread = with_ids(thread_of(FAMILY))
    thread.published = [1_300_000_000.0] * 7 + [1_400_000_000.0]
    async with app_of(thread, services=services_of(returning())).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "S G enter")
        await pilot.press(*"2014")
        await press(pilot, "enter")
        assert [row for row in range(8) if reader(pilot).session.memory.new[row]] == [7]
        assert "New since 2014: 1 unread comment." in told(pilot)


@pytest.mark.parametrize("typed", ["yesterday", "2014-13", "14"])
async def test_what_is_no_date_is_told(typed: str) -> None:
    async with app_with(returning()).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "S G enter")
        await pilot.press(*typed.replace("-", "~").replace("~", "-"))
        await press(pilot, "enter")
        assert f"{typed} is no date" in told(pilot)


# Reading


async def test_what_is_on_screen_for_a_moment_is_read() -> None:
    library = returning()
    async with app_with(library, large_one=20).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await until(pilot, lambda: bool(library.read))
        shown = {place.item for place in reader(pilot).panes.comments.placed if place is not None}
        assert library.read <= shown
        assert max(library.read) < max(shown) or len(library.read) == len(shown)


async def test_a_step_reads_what_it_leaves() -> None:
    library = returning()
    library.tells.clear()
    async with app_with(library).run_test(size=WIDE) as pilot:
        await press(pilot, "j j")
        assert {0, 1} <= reader(pilot).session.memory.read_meanwhile
        library.tells.set()
        await until(pilot, lambda: {0, 1} <= library.read)


async def test_what_was_read_before_the_library_answered_is_written_then() -> None:
    library = returning()
    library.tells.clear()
    async with app_with(library, large_one=20).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: reader(pilot).session.tracker.next_due() is None)
        assert library.written == []
        library.tells.set()
        await until(pilot, lambda: 0 in library.read)


async def test_what_is_behind_a_list_is_not_read() -> None:
    library = returning()
    async with app_with(library).run_test(size=WIDE) as pilot:
        await press(pilot, "W")
        await until(pilot, lambda: not reader(pilot).session.tracker.shown)
        await press(pilot, "q")
        await until(pilot, lambda: bool(library.read))


async def test_what_stands_in_a_terminal_without_the_focus_is_not_read() -> None:
    library = returning()
    async with app_with(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        pilot.app.app_focus = False
        await pilot.pause()
        assert not reader(pilot).session.tracker.shown
        pilot.app.app_focus = True
        await until(pilot, lambda: bool(library.read))


async def test_in_one_pane_comments_are_not_read_behind_the_article() -> None:
    library = returning()
    async with app_with(library).run_test(size=NARROW) as pilot:
        await remembered(pilot)
        assert reader(pilot).in_article
        assert not reader(pilot).session.tracker.shown
        await press(pilot, "tab")
        await until(pilot, lambda: bool(library.read))


async def test_leaving_writes_what_was_read_and_the_place() -> None:
    library = returning()
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        await press(pilot, "j j")
        await press(pilot, "q")
    kinds = {type(change) for change in library.written}
    assert kinds == {ReadChange, PlaceChange}
    assert library.place is not None
    assert library.place.cursor.row == 2


async def test_the_reader_begins_at_a_comment_that_it_is_opened_at() -> None:
    library = returning()
    async with app_with(library).run_test(size=WIDE) as pilot:
        services, palette = services_of(library), reader(pilot).palette
        by_handle = ReaderScreen(with_ids(thread_of(FAMILY)), Settings(), palette, services, at=FIRST + 6)
        by_row = ReaderScreen(with_ids(thread_of(FAMILY)), Settings(), palette, services, at_row=5)
        for screen, row in ((by_handle, 6), (by_row, 5)):
            pilot.app.push_screen(screen)
            await until(pilot, lambda screen=screen: screen.session.memory.known)  # type: ignore[misc]
            assert (screen.session.state.row, screen.in_article) == (row, False)
            pilot.app.pop_screen()


@pytest.mark.parametrize("row", [0, 3, 7])
async def test_all_of_that_comment_is_on_screen(row: int) -> None:
    outline = "\n".join(f"{'  ' * depth}a{depth}: Words of {depth}." for depth in range(8))
    async with app_with(returning()).run_test(size=(60, 14)) as pilot:
        services, palette = services_of(returning()), reader(pilot).palette
        screen = ReaderScreen(with_ids(thread_of(outline)), Settings(), palette, services, at_row=row)
        pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.session.memory.known)
        view = screen.panes.comments
        below = words_of(view).splitlines()[view.covered() :]
        assert any(f"a{row}" in line for line in below)
        assert any(f"Words of {row}." in line for line in below)


async def test_who_goes_on_from_that_comment_is_not_taken_back_to_it() -> None:
    library = returning()
    async with app_with(library).run_test(size=WIDE) as pilot:
        services, palette = services_of(library), reader(pilot).palette
        library.tells.clear()
        screen = ReaderScreen(with_ids(thread_of(FAMILY)), Settings(), palette, services, at=FIRST + 2, at_row=2)
        pilot.app.push_screen(screen)
        await pilot.pause()
        await press(pilot, "j")
        library.tells.set()
        await until(pilot, lambda: screen.session.memory.known)
        assert screen.session.state.row == 3


# Edits


async def test_e_shows_in_place_how_a_comment_was_edited() -> None:
    library = returning(edited={1: Edit("A long reply", time())}, read=ALL)
    async with app_with(library).run_test(size=WIDE) as pilot:
        await in_comments(pilot)
        put_cursor(pilot, 1)
        await press(pilot, "E")
        assert "A [-long-] reply" in comments(pilot)
        await press(pilot, "E")
        assert "[-long-]" not in comments(pilot)
        await press(pilot, "j E")
        assert "was not edited" in told(pilot)


# Any keys


KEYS = [*"jk}{hlXUAnNznzNS1MO2GggEw", "space", "ctrl+f", "ctrl+b", "ctrl+e", "escape", "tab", "@"]


@pytest.mark.parametrize("seed", range(8))
async def test_any_keys_and_sizes(seed: int) -> None:
    chance = Random(seed)
    library = returning(read=set(range(0, 100, 3)), new={7, 8, 50, 99}, gone={4: 0.0}, edited={9: Edit("x", 0.0)})
    async with app_with(library, large_one=20).run_test(size=WIDE) as pilot:
        for _ in range(12):
            await tap(pilot, " ".join(key for key in chance.choices(KEYS, k=8)))
            await pilot.resize_terminal(chance.choice((1, 19, 40, 80, 120, 160)), chance.choice((1, 3, 12, 24, 45)))
        await until(pilot, lambda: reader(pilot).session.memory.known)
        await pilot.pause()
        memory, thread = reader(pilot).session.memory, reader(pilot).thread
        assert len(memory.read) == len(memory.new) == len(memory.handles) == len(thread)
        assert memory.counts.unread == memory.read.count(0)
        confirmed = {memory.handle_of(row) - FIRST for row in range(len(thread)) if memory.read[row]}
        assert confirmed <= library.read
