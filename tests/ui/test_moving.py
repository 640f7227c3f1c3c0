"""Keys that move the cursor, fold and page, each as the table of bindings says."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.settings import Settings
from tests.ui.helpers import (
    FAMILY,
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
    words_of,
)

MOVES: Sequence[tuple[int, str, int]] = (
    (0, "j", 1),
    (0, "down", 1),
    (7, "j", 7),
    (1, "k", 0),
    (1, "up", 0),
    (0, "k", 0),
    (1, "J", 4),
    (1, "shift+down", 4),
    (0, "J", 5),
    (4, "J", 4),
    (4, "K", 1),
    (4, "shift+up", 1),
    (1, "K", 1),
    (3, "}", 5),
    (5, "}", 7),
    (7, "}", 7),
    (3, "{", 0),
    (5, "{", 0),
    (0, "{", 0),
    (3, "p", 2),
    (0, "p", 0),
    (3, "t", 0),
    (6, "t", 5),
    (5, "G", 7),
    (5, "end", 7),
    (5, "g g", 0),
    (5, "home", 0),
    (3, "h", 2),
    (3, "left", 2),
    (0, "l", 1),
    (0, "right", 1),
    (3, "l", 3),
    (3, "X", 5),
    (7, "X", 7),
    (0, "g j", 0),
    (0, "j j j k", 2),
)
"""Where the cursor is, what is pressed, and where it is then."""


async def test_moving() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        for start, keys, there in MOVES:
            await reader(pilot).run_action("unfold_all")
            put_cursor(pilot, start)
            await tap(pilot, keys)
            assert (start, keys, cursor(pilot)) == (start, keys, there)
            assert f"comment {there + 1} of 8" in status(pilot)


SAYINGS: Sequence[tuple[str, str]] = (
    ("k", "This is the first comment."),
    ("K", "No earlier comment at this level."),
    ("{", "No earlier top-level comment."),
    ("G j", "This is the last comment."),
    ("G J", "No further comment at this level."),
    ("G }", "No further top-level comment."),
    ("p", "This comment answers the article."),
    ("G l", "Nobody has replied to this comment."),
    ("n", "Nothing is searched for"),
    ("1", "There is no link here."),
    ("z", "z …"),
)
"""What is pressed at the first comment, and what the status line says."""


async def test_what_cannot_be_is_said_until_the_next_key() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        for keys, says in SAYINGS:
            put_cursor(pilot, 0)
            await tap(pilot, keys)
            assert says in status(pilot)
            await tap(pilot, "f12")
            assert says not in status(pilot)


FOLDS: Sequence[tuple[int, str, list[int], int]] = (
    (1, "space", [1], 1),
    (1, "enter", [1], 1),
    (1, "space space", [], 1),
    (1, "z a", [1], 1),
    (1, "z a z a", [], 1),
    (1, "z c", [1], 1),
    (1, "z c z c", [1], 1),
    (1, "z c z o", [], 1),
    (1, "z o", [], 1),
    (1, "h", [1], 1),
    (1, "h h", [1], 0),
    (1, "h l", [], 1),
    (1, "h l l", [], 2),
    (3, "z M", list(range(8)), 0),
    (3, "z M z R", [], 0),
    (3, "z 1", [1, 2, 3, 4, 6], 1),
    (3, "z 2", [2, 3], 2),
    (3, "z 3", [3], 3),
    (3, "z 9", [], 3),
    (2, "X", [0], 5),
    (6, "X X", [5, 7], 7),
)
"""Where the cursor is, what is pressed, what is folded then, and where the cursor is."""


async def test_folding() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        for start, keys, folds, there in FOLDS:
            await reader(pilot).run_action("unfold_all")
            put_cursor(pilot, start)
            await tap(pilot, keys)
            assert (start, keys, folded(pilot), cursor(pilot)) == (start, keys, folds, there)


async def test_a_folded_comment_tells_what_is_inside() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "space")
        first = rows_of(reader(pilot).panes.comments)[0]
        assert "▸ ann · The first root" in first
        assert "4 replies" in first
        assert hidden(pilot) == [1, 2, 3, 4]


async def test_peek_shows_what_a_comment_answers_until_the_next_move() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        put_cursor(pilot, 2)
        await press(pilot, "P")
        assert words_of(reader(pilot).panes.comments).count("The first root") == 2
        await press(pilot, "P")
        assert words_of(reader(pilot).panes.comments).count("The first root") == 1
        await press(pilot, "P j")
        assert words_of(reader(pilot).panes.comments).count("The first root") == 1
        await press(pilot, "k P escape")
        assert words_of(reader(pilot).panes.comments).count("The first root") == 1


async def test_pages_and_lines_move_the_screen_and_come_back() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).panes.comments
        for there, back in (("pagedown", "pageup"), ("ctrl+f", "b"), ("d", "u"), ("ctrl+e", "ctrl+y")):
            before = view.top
            await tap(pilot, f"{there} {there}")
            assert view.top != before
            assert view.on_screen(view.cursor)
            await tap(pilot, f"{back} {back}")
            assert view.top == before


async def test_an_override_of_a_key_is_taken() -> None:
    settings = Settings(keys={"next": "n,f7"})
    async with app_of(thread_of(FAMILY), settings).run_test(size=WIDE) as pilot:
        await press(pilot, "n f7 j")
        assert cursor(pilot) == 2
