"""Two panes, or one where there is room for no more; and the mouse."""

from __future__ import annotations

from typing import Literal

import pytest
from textual import events
from textual.geometry import Region

from rumor_tui.model import Article, Thread
from rumor_tui.ui.panes.items_view import ItemsView
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    app_of,
    cursor,
    folded,
    large,
    open_search,
    press,
    put_cursor,
    read_through,
    reader,
    rows_of,
    sample,
    screen_row,
    tap,
    thread_of,
    type_in,
    words_of,
)

# Panes


async def test_the_other_pane() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        assert not screen.in_article
        await press(pilot, "tab")
        assert screen.in_article
        assert screen.focused is screen.panes.article
        await press(pilot, "shift+tab")
        assert screen.focused is screen.panes.comments


async def test_keys_scroll_the_article_while_it_has_them() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.article
        await tap(pilot, "tab")
        for key in ("j", "down", "J", "d", "space", "enter", "pagedown", "ctrl+e", "G", "end"):
            await tap(pilot, key)
            assert (view.top.item, view.top.row) > (0, 0), key
            assert cursor(pilot) == 0
            await tap(pilot, "g g")
            assert (view.top.item, view.top.row) == (0, 0)


async def test_the_article_never_scrolls_beyond_its_end() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab G")
        view = reader(pilot).panes.article
        last = [place for place in view.placed if place is not None][-1]
        await press(pilot, "j j space G")
        assert view.placed[-1] == last
        assert last.item == len(reader(pilot).thread.article.pieces)


async def test_indentation() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.comments
        at = next(line for line in rows_of(view) if "dan" in line).index("dan")
        await press(pilot, "]")
        assert next(line for line in rows_of(view) if "dan" in line).index("dan") == at + 3
        await press(pilot, "[ [")
        assert next(line for line in rows_of(view) if "dan" in line).index("dan") == at - 3


async def test_the_divider() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        before = screen.panes.article.size.width
        await press(pilot, ">")
        assert screen.panes.article.size.width > before
        await press(pilot, "< <")
        assert screen.panes.article.size.width < before
        await press(pilot, " ".join("<" * 12))
        assert screen.panes.article.size.width >= 20


@pytest.mark.parametrize("width", [90, 101, 120, 163])
async def test_the_rule_hangs_the_divider_where_it_stands(width: int) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(width, 30)) as pilot:
        screen = reader(pilot)
        for key in ("tab", "<", "<", ">", ">", ">"):
            await press(pilot, key)
            assert rows_of(screen.panes.rule)[0].index("┬") == screen.panes.divider.region.x


async def test_dates() -> None:
    thread = thread_of("ann: hello")
    thread.published = [1_300_000_000.0]
    async with app_of(thread).run_test(size=WIDE) as pilot:
        assert "years" in rows_of(reader(pilot).panes.comments)[0]
        await press(pilot, "D")
        assert "2011-03-1" in rows_of(reader(pilot).panes.comments)[0]


# One pane


async def test_below_ninety_columns_one_pane_fills_the_screen() -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        assert screen.panes.article.display != screen.panes.comments.display
        assert not screen.panes.divider.display
        shown = screen.panes.pane
        assert shown.size.width == NARROW[0]
        await press(pilot, "tab")
        assert screen.panes.pane is not shown
        assert screen.panes.pane.display
        assert not shown.display
        title = words_of(screen.title_bar)
        assert "article │ 100 comments" in title


async def test_a_pane_that_comes_back_shows_what_it_showed() -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        seen: dict[bool, set[str]] = {True: set(), False: set()}
        for _ in range(6):
            await press(pilot, "tab")
            seen[screen.in_article].add(words_of(screen.panes.pane))
        assert [len(texts) for texts in seen.values()] == [1, 1]
        assert all(text.strip() for texts in seen.values() for text in texts)


@pytest.mark.parametrize("key", ["}", "{", "p", "t", "X"])
async def test_keys_of_the_comments_bring_them_back_in_the_one_pane(key: str) -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        for row in (0, 43, 60, 12):
            screen.change(lambda: screen.session.reading.focus(in_article=False))
            await pilot.pause()
            put_cursor(pilot, row)
            screen.change(lambda: screen.session.reading.focus(in_article=True))
            await pilot.pause()
            await press(pilot, key)
            assert not screen.in_article
            assert screen.panes.comments.on_screen(cursor(pilot))
            assert f"#{cursor(pilot) + 1} " in words_of(screen.panes.comments) or folded(pilot)


async def test_matches_are_on_screen_in_the_one_pane() -> None:
    async with app_of(sample()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "1M")
        await press(pilot, "enter")
        style = screen.palette.current
        for _ in range(12):
            await press(pilot, "n")
            lit = [s for strip in screen.panes.pane.render_lines(Region(0, 0, *screen.panes.pane.size)) for s in strip]
            assert any(s.style is not None and s.text == "1M" and s.style.bgcolor == style.bgcolor for s in lit)


async def test_a_resize_through_ninety_columns_shows_both_panes_again() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        put_cursor(pilot, 42)
        await pilot.resize_terminal(89, 40)
        await pilot.pause()
        assert not screen.panes.article.display
        await pilot.resize_terminal(90, 40)
        await pilot.pause()
        assert screen.panes.article.display
        assert screen.panes.comments.display
        assert cursor(pilot) == 42
        assert screen_row(pilot) is not None


@pytest.mark.parametrize(
    ("thread", "left"),
    [
        (
            Thread(
                Article("Lonely", pieces=["Text."]),
                parent=thread_of(FAMILY).parent[:0],
                authors=[],
                bodies=[],
                lengths=[],
            ),
            "article",
        ),
        (thread_of(FAMILY, Article("No text")), "comments"),
    ],
    ids=["no comments", "no article"],
)
async def test_an_empty_pane_takes_no_room(thread: Thread, left: Literal["article", "comments"]) -> None:
    async with app_of(thread).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        panes: dict[str, ItemsView] = {"article": screen.panes.article, "comments": screen.panes.comments}
        assert panes[left].size.width == WIDE[0]
        assert [pane.display for pane in panes.values()].count(True) == 1
        for binding in screen.bindings_list:
            if binding.group in ("Moving", "Folds", "Panes"):
                await tap(pilot, binding.chords()[0])
                assert [pane.display for pane in panes.values()].count(True) == 1


# The mouse


async def test_a_click_puts_the_cursor_on_a_comment_and_a_second_one_on_its_header_folds_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.comments
        row = view.screen_row(4)
        assert row is not None
        await pilot.click("#comments", offset=(20, row))
        assert (cursor(pilot), folded(pilot)) == (4, [])
        await pilot.click("#comments", offset=(20, row))
        assert (cursor(pilot), folded(pilot)) == (4, [4])


async def test_a_click_on_the_fold_mark_folds_at_once() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.comments
        row = view.screen_row(1)
        assert row is not None
        await pilot.click("#comments", offset=(rows_of(view)[row].index("▾"), row))
        assert (cursor(pilot), folded(pilot)) == (1, [1])


async def test_a_click_gives_a_pane_the_keys() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await pilot.click("#article", offset=(5, 5))
        assert screen.in_article
        await pilot.click("#comments", offset=(5, 1))
        assert not screen.in_article


def wheel(view: ItemsView, kind: type[events.MouseScrollDown] | type[events.MouseScrollUp]) -> events.MouseEvent:
    return kind(view, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)


async def test_the_wheel_scrolls_the_pane_that_it_is_over() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        screen.panes.article.post_message(wheel(screen.panes.article, events.MouseScrollDown))
        await pilot.pause()
        assert screen.panes.article.placed[0] != screen.panes.comments.placed[0]
        assert screen.panes.comments.top.item == screen.panes.comments.top.row == 0
        screen.panes.article.post_message(wheel(screen.panes.article, events.MouseScrollUp))
        await pilot.pause()
        assert screen.panes.article.top.item == screen.panes.article.top.row == 0


async def test_the_divider_is_dragged() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await pilot.mouse_down("#divider", offset=(0, 10))
        await pilot.hover(offset=(80, 12))
        await pilot.mouse_up(offset=(80, 12))
        await pilot.pause()
        assert abs(screen.panes.divider.region.x - 80) <= 1
        await pilot.hover(offset=(40, 12))
        await pilot.pause()
        assert abs(screen.panes.divider.region.x - 80) <= 1


async def test_the_scrollbar_is_dragged_to_the_end_and_back() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.comments
        x, last = view.size.width - 1, view.size.height - 1
        await pilot.mouse_down("#comments", offset=(x, last))
        await pilot.pause()
        assert view.top.item > 80
        await pilot.hover("#comments", offset=(x, 0))
        await pilot.mouse_up("#comments", offset=(x, 0))
        assert (view.top.item, view.top.row) == (0, 0)
