"""Searching, filtering, and going from match to match."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual import events
from textual.geometry import Region
from textual.widgets import Input

from tests.ui.helpers import (
    FAMILY,
    WIDE,
    app_of,
    cursor,
    folded,
    hidden,
    open_search,
    press,
    read_through,
    reader,
    sample,
    status,
    thread_of,
    type_in,
    until,
    words_of,
)


async def test_searching_lights_up_and_goes_from_match_to_match() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        assert screen.session.search.open
        assert isinstance(screen.focused, Input)
        await type_in(pilot, "BMWNA")
        await until(pilot, lambda: "2 matches" in words_of(screen.search_bar.side))
        await press(pilot, "enter")
        assert not screen.session.search.open
        assert screen.focused is screen.panes.comments
        assert cursor(pilot) == 2
        await press(pilot, "n")
        assert cursor(pilot) == 4
        assert "2 of 2" in status(pilot)
        await press(pilot, "n")
        assert cursor(pilot) == 2
        await press(pilot, "N")
        assert cursor(pilot) == 4


async def test_keys_that_come_all_at_once_go_to_the_match_too() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        for key in ("/", *"BMWNA", "enter"):
            pilot.app.simulate_key(key)
        await until(pilot, lambda: "1 of 2" in status(pilot))
        assert not reader(pilot).session.search.open
        assert cursor(pilot) == 2


async def test_matches_are_found_through_both_panes() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "600")
        await press(pilot, "enter")
        seen = [screen.panes.pane is screen.panes.article]
        for _ in range(3):
            await press(pilot, "n")
            seen.append(screen.panes.pane is screen.panes.article)
        assert set(seen) == {True, False}


async def test_escape_restores_the_folds_that_a_search_has_opened() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot, "z M /")
        await type_in(pilot, "deeper still")
        await press(pilot, "enter")
        assert cursor(pilot) == 3
        assert folded(pilot) == [4, 5, 6, 7]
        await press(pilot, "escape")
        assert folded(pilot) == list(range(8))
        assert cursor(pilot) == 0
        assert not reader(pilot).session.search.active


async def test_escape_in_the_widget_searches_for_nothing() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "bmw")
        await press(pilot, "escape")
        screen = reader(pilot)
        assert (screen.session.search.open, screen.session.search.active) == (False, False)
        assert screen.focused is screen.panes.comments
        await press(pilot, "j")
        assert cursor(pilot) == 1


async def test_keys_typed_right_after_the_slash_reach_the_widget() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await pilot.press("/", "b", "m", "w")
        await until(pilot, lambda: isinstance(reader(pilot).focused, Input))
        await pilot.pause()
        assert reader(pilot).query_one("#search Input", Input).value == "bmw"


async def test_keys_typed_into_the_widget_run_no_action() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "jqzX1?")
        screen = reader(pilot)
        assert screen.query_one("#search Input", Input).value == "jqzX1?"
        assert cursor(pilot) == 0
        assert not folded(pilot)
        assert pilot.app.screen is screen


async def test_an_entry_of_the_list_is_chosen_with_the_arrows() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        screen = reader(pilot)
        await until(pilot, lambda: len(screen.search_bar.chips.entries) > 1)
        await press(pilot, "down")
        chosen = screen.search_bar.chips.entries[0].label
        assert screen.query_one("#search Input", Input).value == chosen
        await press(pilot, "up")
        assert screen.query_one("#search Input", Input).value == ""


async def test_operators_and_their_values_are_offered_and_chosen() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        screen = reader(pilot)
        field, chips = screen.query_one("#search Input", Input), screen.search_bar.chips
        await type_in(pilot, "b")
        await until(pilot, lambda: [offer.label for offer in chips.entries[:2]] == ["by:", "before:"])
        await press(pilot, "tab")
        assert field.value == "by:"
        await until(pilot, lambda: "by: wants an author" in words_of(screen.search_bar.side))
        await type_in(pilot, "g")
        await until(pilot, lambda: chips.entries[0].label == "Gabe")
        await press(pilot, "tab")
        assert field.value == "by:Gabe"
        await until(pilot, lambda: "2 matches" in words_of(screen.search_bar.side))


async def test_what_stops_half_way_keeps_the_last_result() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        screen = reader(pilot)
        await type_in(pilot, "BMWNA")
        await until(pilot, lambda: "2 matches" in words_of(screen.search_bar.side))
        await type_in(pilot, " is")
        await until(pilot, lambda: "no match" in words_of(screen.search_bar.side))
        before = screen.session.analysis.engine.matches
        await type_in(pilot, ":")
        await until(pilot, lambda: "is: wants a state" in words_of(screen.search_bar.side))
        assert screen.session.analysis.engine.matches is before
        await type_in(pilot, "leaf")
        await until(pilot, lambda: screen.session.analysis.engine.matches is not before)


async def test_facts_filter_and_are_stepped_through() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        screen = reader(pilot)
        screen.panes.comments.outline.fold(2)
        await open_search(pilot)
        await type_in(pilot, "is:folded")
        await until(pilot, lambda: "1 match" in words_of(screen.search_bar.side))
        await press(pilot, "enter")
        assert cursor(pilot) == 2


async def test_the_filter_leaves_only_matches_with_their_ancestors() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "deeper")
        await press(pilot, "enter")
        await press(pilot, "\\")
        assert hidden(pilot) == [4, 5, 6, 7]
        await press(pilot, "\\")
        assert hidden(pilot) == []


@pytest.mark.parametrize(("word", "told"), [("still", "1 comment matches;"), ("reply", "3 comments match;")])
async def test_the_filter_says_how_many_comments_are_left(word: str, told: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, word)
        await press(pilot, "enter")
        await press(pilot, "\\")
        assert told in status(pilot)


async def test_the_filter_asks_for_a_search_first_and_quit_leaves_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await press(pilot, "z 1")
        before = folded(pilot)
        await open_search(pilot, "\\")
        assert reader(pilot).session.search.open
        await type_in(pilot, "another")
        await press(pilot, "enter")
        assert [row for row in range(8) if row not in hidden(pilot)] == [0, 4]
        await press(pilot, "q")
        assert pilot.app.is_running
        assert folded(pilot) == before


async def test_a_filter_that_nothing_matches_leaves_nothing_out() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot, "\\")
        await type_in(pilot, "zebra")
        await press(pilot, "enter")
        assert hidden(pilot) == []


async def test_numbers_and_names_stay_lit_when_asked_to() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        item = screen.session.reading.first_item + 9
        assert screen.session.highlights.spans(item) == []
        await press(pilot, "H")
        assert any(span.role == "number" for span in screen.session.highlights.spans(item))
        await press(pilot, "H")
        assert screen.session.highlights.spans(item) == []


async def test_n_walks_through_every_match_in_reading_order_and_around() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "bmw")
        await until(pilot, lambda: screen.session.search.counts is not None and screen.session.search.counts.exact)
        await press(pilot, "enter")
        total = screen.session.search.counts.total if screen.session.search.counts else 0
        assert total > 9
        found = []
        for _ in range(total + 1):
            assert screen.session.search.current is not None
            found.append(screen.session.search.current[:2])
            await press(pilot, "n")
        assert found[-1] == found[0]
        assert len(set(found)) == total
        assert sum(after < before for before, after in pairwise(found)) == 1


async def test_alt_and_a_letter_toggles_though_the_terminal_sends_the_letter_too() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await open_search(pilot)
        await type_in(pilot, "gab")
        assert screen.focused is not None
        for letter in "crw":
            screen.focused.post_message(events.Key(f"alt+{letter}", letter))
            await pilot.pause()
        assert screen.search_bar.text == "gab"
        assert screen.search_bar.on == {"case", "regex", "word"}


async def test_a_burst_of_keys_after_the_slash_is_typed_and_runs_nothing() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        for round in range(2):
            for letter in "/qGX":
                pilot.app.post_message(events.Key("slash" if letter == "/" else letter, letter))
            await until(pilot, lambda: screen.search_bar.text.endswith("qGX"))
            assert pilot.app.is_running
            assert cursor(pilot) == 0
            assert not any(folded(pilot)), round
            await press(pilot, "escape")


async def test_unfolding_by_hand_outlives_the_search() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await press(pilot, "z M")
        await open_search(pilot)
        await type_in(pilot, "Cayman")
        await press(pilot, "enter")
        assert cursor(pilot) == 8
        assert screen.session.folds.opened["search"] == [8]
        await press(pilot, "z R")
        await press(pilot, "escape")
        assert folded(pilot) == []


async def test_the_line_is_edited_as_lines_are() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await open_search(pilot)
        await type_in(pilot, "abcd")
        await pilot.press("backspace", "left", "X")
        assert screen.search_bar.text == "abXc"
        await pilot.press("ctrl+u")
        assert screen.search_bar.text == "c"
        await pilot.press("home", "Y", "end", "Z")
        assert screen.search_bar.text == "YcZ"
        assert cursor(pilot) == 0


@pytest.mark.parametrize("words", ["M3s", "MSRP", "all 414"])
async def test_the_nearest_match_is_on_screen_after_the_widget_has_closed(words: str) -> None:
    async with app_of(sample()).run_test(size=(80, 24)) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, words)
        await until(pilot, lambda: screen.session.search.counts is not None and screen.session.search.counts.exact)
        await press(pilot, "enter")

        def is_lit() -> bool:
            pane, color = screen.panes.pane, screen.palette.current.bgcolor
            strips = pane.render_lines(Region(0, 0, *pane.size))
            return any(s.style is not None and s.style.bgcolor == color for strip in strips for s in strip)

        await until(pilot, is_lit)
