"""Each key does what the table says, and the reader never loses the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input

from rumor_tui.model import Article, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui import outside
from rumor_tui.ui.help import HelpScreen
from rumor_tui.ui.prompt import Prompt
from rumor_tui.ui.view import ItemsView
from tests.ui.helpers import (
    ADDRESS,
    FAMILY,
    NARROW,
    WIDE,
    app_of,
    large,
    read_through,
    reader,
    rows_of,
    sample,
    status,
    thread_of,
    until,
    words_of,
)


def cursor(pilot: Pilot[None]) -> int:
    return reader(pilot).comments.cursor


def folded(pilot: Pilot[None]) -> list[int]:
    return [row for row, fold in enumerate(reader(pilot).comments.outline.folded) if fold]


def hidden(pilot: Pilot[None]) -> list[int]:
    return [row for row, gone in enumerate(reader(pilot).comments.outline.hidden) if gone]


def screen_row(pilot: Pilot[None]) -> int | None:
    return reader(pilot).comments.screen_row(cursor(pilot))


async def press(pilot: Pilot[None], keys: str) -> None:
    """Press keys parted by spaces."""
    await pilot.press(*keys.split())
    await pilot.pause()


async def open_search(pilot: Pilot[None], keys: str = "/") -> None:
    """Press keys that open the search widget, and wait until it has the keys."""
    await until(pilot, lambda: reader(pilot).search_bar.is_mounted)
    await press(pilot, keys)
    await until(pilot, lambda: isinstance(reader(pilot).focused, Input))


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))
    await pilot.pause()


# Moving and folding


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
            reader(pilot).action_unfold_all()
            reader(pilot).comments.go(start)
            await press(pilot, keys)
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
            reader(pilot).comments.go(0)
            await press(pilot, keys)
            assert says in status(pilot)
            await press(pilot, "f12")
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
            reader(pilot).action_unfold_all()
            reader(pilot).comments.go(start)
            await press(pilot, keys)
            assert (start, keys, folded(pilot), cursor(pilot)) == (start, keys, folds, there)


async def test_a_folded_comment_tells_what_is_inside() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "space")
        first = rows_of(reader(pilot).comments)[0]
        assert "▸ ann · The first root" in first
        assert "4 replies" in first
        assert hidden(pilot) == [1, 2, 3, 4]


async def test_peek_shows_what_a_comment_answers_until_the_next_move() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        reader(pilot).comments.go(2)
        await press(pilot, "P")
        assert words_of(reader(pilot).comments).count("The first root") == 2
        await press(pilot, "P")
        assert words_of(reader(pilot).comments).count("The first root") == 1
        await press(pilot, "P j")
        assert words_of(reader(pilot).comments).count("The first root") == 1
        await press(pilot, "k P escape")
        assert words_of(reader(pilot).comments).count("The first root") == 1


async def test_pages_and_lines_move_the_screen_and_come_back() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).comments
        for there, back in (("pagedown", "pageup"), ("ctrl+f", "b"), ("d", "u"), ("ctrl+e", "ctrl+y")):
            before = view.top
            await press(pilot, f"{there} {there}")
            assert view.top != before
            assert view.on_screen(view.cursor)
            await press(pilot, f"{back} {back}")
            assert view.top == before


async def test_an_override_of_a_key_is_taken() -> None:
    settings = Settings(keys={"next": "n,f7"})
    async with app_of(thread_of(FAMILY), settings).run_test(size=WIDE) as pilot:
        await press(pilot, "n f7 j")
        assert cursor(pilot) == 2


# Keeping the place


def keeps(pilot: Pilot[None], before: int | None) -> bool:
    """Whether the cursor's header is where it was, or as near to it as what stands above it allows."""
    view = reader(pilot).comments
    assert before is not None
    return screen_row(pilot) == min(before, view.rows.top_of(view.cursor))


STEPS = "space, space, z M, z R, z 1, z 2, z R, P, P, [, ], ], [, D, tab, tab, H, H, z c, z o"
"""Keys that change folds, indentation or panes, but not where the cursor is."""


@pytest.mark.parametrize("row", [0, 41, 42, 43, 99])
async def test_the_cursor_keeps_its_row_of_the_screen(row: int) -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        reader(pilot).comments.go(row)
        for step in STEPS.split(", "):
            before = screen_row(pilot)
            await press(pilot, step)
            assert keeps(pilot, before), step


@pytest.mark.parametrize("row", [0, 42, 99])
async def test_a_resize_keeps_the_cursor_s_row_of_the_screen(row: int) -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        reader(pilot).comments.go(row)
        before = screen_row(pilot)
        for width in (100, 140, 91, 200, 120):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            assert cursor(pilot) == row
            assert keeps(pilot, before)


async def test_a_resize_keeps_the_article_s_text_at_the_first_row() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab d d d d")
        first = rows_of(reader(pilot).article)[0].split()[:3]
        for width in (100, 120):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
        assert rows_of(reader(pilot).article)[0].split()[:3] == first


async def test_the_cursor_stays_on_screen_when_the_height_shrinks() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "d d j j j j")
        row = cursor(pilot)
        for height in (20, 12, 8, 40):
            await pilot.resize_terminal(120, height)
            await pilot.pause()
            assert cursor(pilot) == row
            assert screen_row(pilot) is not None


async def test_an_unfold_below_the_cursor_moves_nothing_above_it() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "z M j j j")
        above = rows_of(reader(pilot).comments)[:3]
        await press(pilot, "space")
        assert rows_of(reader(pilot).comments)[:3] == above


async def test_ancestors_that_scrolled_away_stay_in_sight() -> None:
    async with app_of(large()).run_test(size=(120, 24)) as pilot:
        view = reader(pilot).comments
        view.go(43)
        await pilot.pause()
        await press(pilot, "ctrl+e ctrl+e ctrl+e ctrl+e ctrl+e ctrl+e")
        shown = view.sticky()
        assert shown
        assert shown == sorted({*view.outline.ancestors(view.cursor), view.cursor} & set(shown))
        for row, line in zip(shown, rows_of(view), strict=False):
            assert f"#{row + 1}" in line


# Panes


async def test_the_other_pane() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        assert not screen.in_article
        await press(pilot, "tab")
        assert screen.in_article
        assert screen.focused is screen.article
        await press(pilot, "shift+tab")
        assert screen.focused is screen.comments


async def test_keys_scroll_the_article_while_it_has_them() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).article
        await press(pilot, "tab")
        for key in ("j", "down", "J", "d", "space", "enter", "pagedown", "ctrl+e", "G", "end"):
            await press(pilot, key)
            assert (view.top.item, view.top.row) > (0, 0), key
            assert cursor(pilot) == 0
            await press(pilot, "g g")
            assert (view.top.item, view.top.row) == (0, 0)


async def test_the_article_never_scrolls_beyond_its_end() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab G")
        view = reader(pilot).article
        last = [place for place in view.placed if place is not None][-1]
        await press(pilot, "j j space G")
        assert view.placed[-1] == last
        assert last.item == len(reader(pilot).thread.article.pieces)


async def test_indentation() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).comments
        at = next(line for line in rows_of(view) if "dan" in line).index("dan")
        await press(pilot, "]")
        assert next(line for line in rows_of(view) if "dan" in line).index("dan") == at + 3
        await press(pilot, "[ [")
        assert next(line for line in rows_of(view) if "dan" in line).index("dan") == at - 3


async def test_the_divider() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        before = screen.article.size.width
        await press(pilot, ">")
        assert screen.article.size.width > before
        await press(pilot, "< <")
        assert screen.article.size.width < before
        await press(pilot, " ".join("<" * 30))
        assert screen.article.size.width >= 20


async def test_dates() -> None:
    thread = thread_of("ann: hello")
    thread.published = [1_300_000_000.0]
    async with app_of(thread).run_test(size=WIDE) as pilot:
        assert "years" in rows_of(reader(pilot).comments)[0]
        await press(pilot, "D")
        assert "2011-03-1" in rows_of(reader(pilot).comments)[0]


# One pane


async def test_below_ninety_columns_one_pane_fills_the_screen() -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        assert screen.article.display != screen.comments.display
        assert not screen.divider.display
        shown = screen.pane
        assert shown.size.width == NARROW[0]
        await press(pilot, "tab")
        assert screen.pane is not shown
        assert screen.pane.display
        assert not shown.display
        title = words_of(screen.title_bar)
        assert "article │ 100 comments" in title


async def test_a_pane_that_comes_back_shows_what_it_showed() -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        seen: dict[bool, set[str]] = {True: set(), False: set()}
        for _ in range(6):
            await press(pilot, "tab")
            seen[screen.in_article].add(words_of(screen.pane))
        assert [len(texts) for texts in seen.values()] == [1, 1]
        assert all(text.strip() for texts in seen.values() for text in texts)


@pytest.mark.parametrize("key", ["}", "{", "p", "t", "X"])
async def test_keys_of_the_comments_bring_them_back_in_the_one_pane(key: str) -> None:
    async with app_of(large()).run_test(size=NARROW) as pilot:
        screen = reader(pilot)
        for row in (0, 43, 60, 12):
            screen.activate(screen.comments)
            await pilot.pause()
            screen.comments.go(row)
            screen.activate(screen.article)
            await pilot.pause()
            await press(pilot, key)
            assert not screen.in_article
            assert screen.comments.on_screen(cursor(pilot))
            assert f"#{cursor(pilot) + 1} " in words_of(screen.comments) or folded(pilot)


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
            lit = [s for strip in screen.pane.render_lines(Region(0, 0, *screen.pane.size)) for s in strip]
            assert any(s.style is not None and s.text == "1M" and s.style.bgcolor == style.bgcolor for s in lit)


async def test_a_resize_through_ninety_columns_shows_both_panes_again() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        screen.comments.go(42)
        await pilot.resize_terminal(89, 40)
        await pilot.pause()
        assert not screen.article.display
        await pilot.resize_terminal(90, 40)
        await pilot.pause()
        assert screen.article.display
        assert screen.comments.display
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
        panes: dict[str, ItemsView] = {"article": screen.article, "comments": screen.comments}
        assert panes[left].size.width == WIDE[0]
        assert [pane.display for pane in panes.values()].count(True) == 1
        for binding in screen.bindings_list:
            if binding.group in ("Moving", "Folds", "Panes"):
                await pilot.press(*binding.chords()[0].split())
                assert [pane.display for pane in panes.values()].count(True) == 1


# Search


async def test_searching_lights_up_and_goes_from_match_to_match() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        assert screen.searching.open
        assert isinstance(screen.focused, Input)
        await type_in(pilot, "BMWNA")
        await until(pilot, lambda: "2 matches" in words_of(screen.search_bar.side))
        await press(pilot, "enter")
        assert not screen.searching.open
        assert screen.focused is screen.comments
        assert cursor(pilot) == 2
        await press(pilot, "n")
        assert cursor(pilot) == 4
        assert "2 of 2" in status(pilot)
        await press(pilot, "n")
        assert cursor(pilot) == 2
        await press(pilot, "N")
        assert cursor(pilot) == 4


async def test_matches_are_found_through_both_panes() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "600")
        await press(pilot, "enter")
        seen = [screen.pane is screen.article]
        for _ in range(3):
            await press(pilot, "n")
            seen.append(screen.pane is screen.article)
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
        assert not reader(pilot).searching.active


async def test_escape_in_the_widget_searches_for_nothing() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "bmw")
        await press(pilot, "escape")
        screen = reader(pilot)
        assert (screen.searching.open, screen.searching.active) == (False, False)
        assert screen.focused is screen.comments
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


async def test_the_filter_asks_for_a_search_first_and_quit_leaves_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await press(pilot, "z 1")
        before = folded(pilot)
        await open_search(pilot, "\\")
        assert reader(pilot).searching.open
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
        item = screen.comment_items.first_item + 9
        assert screen.searching.spans(item) == []
        await press(pilot, "H")
        assert any(span.role == "number" for span in screen.searching.spans(item))
        await press(pilot, "H")
        assert screen.searching.spans(item) == []


# Links and text

LINKED = "ann: See [one](https://example.com/1) and [two](https://bücher.example/2) or [bad](javascript:x)"


def record_openings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of a browser, a list that gets each address."""
    opened: list[str] = []

    def take(_app: object, address: str) -> str:
        opened.append(address)
        return f"Opened {address}"

    monkeypatch.setattr(outside, "open_in_browser", take)
    return opened


async def test_a_digit_shows_the_address_and_enter_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_openings(monkeypatch)
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        prompt = reader(pilot).query_one(Prompt)
        assert "https://xn--bcher-kva.example/2" in "".join(words_of(child) for child in prompt.children)
        assert opened == []
        await press(pilot, "enter")
        assert opened == ["https://xn--bcher-kva.example/2"]
        assert not reader(pilot).query(Prompt)
        assert "Opened" in status(pilot)
        assert reader(pilot).focused is reader(pilot).comments


async def test_any_key_but_enter_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_openings(monkeypatch)
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        for key in ("escape", "j", "q", "n"):
            await press(pilot, f"1 {key}")
            assert opened == []
            assert not reader(pilot).query(Prompt)
            assert pilot.app.is_running


async def test_what_is_no_web_address_is_not_opened() -> None:
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        links = [sign.target for sign in reader(pilot).comments.link_signs]
        number = next((n for n, target in enumerate(links, 1) if target.startswith("javascript")), 9)
        await press(pilot, str(number))
        assert not reader(pilot).query(Prompt)


async def test_the_page_of_the_comment_or_of_the_article() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "j o")
        assert f"{ADDRESS}#1 " in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape tab o")
        assert f"{ADDRESS} " in words_of(reader(pilot).query_one(Prompt).children[0])


async def test_copying() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "j y")
        assert pilot.app.clipboard == f"{ADDRESS}#1"
        await press(pilot, "Y")
        assert pilot.app.clipboard == "A reply"


async def test_saving(tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("saved") / "thread.txt"
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        field = reader(pilot).query_one("Prompt Input", Input)
        assert field.value == "a-title.md"
        field.value = str(target)
        await press(pilot, "enter")
        assert "The second root" in target.read_text(encoding="utf-8")
        await press(pilot, "s")
        reader(pilot).query_one("Prompt Input", Input).value = str(target)
        target.write_text("mine")
        await press(pilot, "enter")
        assert "exists" in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape")
        assert target.read_text() == "mine"


async def test_piping_asks_for_a_command_and_escape_leaves_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "|")
        assert "Pipe to" in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape")
        assert not reader(pilot).query(Prompt)


# The program


@pytest.mark.parametrize("key", ["?", "f1"])
async def test_help_opens_scrolls_and_closes(key: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=NARROW) as pilot:
        await press(pilot, key)
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        assert "Next comment" in words_of(screen)
        await press(pilot, "j d G")
        assert "closes this help" in words_of(screen)
        await press(pilot, "g")
        assert "Next comment" in words_of(screen)
        await press(pilot, "escape")
        assert pilot.app.screen is reader(pilot)
        await press(pilot, "j")
        assert cursor(pilot) <= 1


async def test_the_palette_runs_an_action() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p")
        assert pilot.app.screen is not reader(pilot)
        await type_in(pilot, "fold every comment")
        await pilot.pause(0.5)
        await press(pilot, "down enter")
        await until(pilot, lambda: pilot.app.screen is reader(pilot))
        await until(pilot, lambda: len(folded(pilot)) in (0, 8))
        assert pilot.app.is_running


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_quit(key: str) -> None:
    app = app_of(thread_of(FAMILY))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.return_code == 0


async def test_every_theme_paints_the_screen() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        before = words_of(reader(pilot).comments)
        for name in pilot.app.available_themes:
            reader(pilot).action_theme(name)
            await pilot.pause()
            assert words_of(reader(pilot).comments) == before


# The mouse


async def test_a_click_puts_the_cursor_on_a_comment_and_a_second_one_on_its_header_folds_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).comments
        row = view.screen_row(4)
        assert row is not None
        await pilot.click("#comments", offset=(20, row))
        assert (cursor(pilot), folded(pilot)) == (4, [])
        await pilot.click("#comments", offset=(20, row))
        assert (cursor(pilot), folded(pilot)) == (4, [4])


async def test_a_click_on_the_fold_mark_folds_at_once() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        view = reader(pilot).comments
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
        screen.article.post_message(wheel(screen.article, events.MouseScrollDown))
        await pilot.pause()
        assert screen.article.placed[0] != screen.comments.placed[0]
        assert screen.comments.top.item == screen.comments.top.row == 0
        screen.article.post_message(wheel(screen.article, events.MouseScrollUp))
        await pilot.pause()
        assert screen.article.top.item == screen.article.top.row == 0


async def test_the_divider_is_dragged() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        await pilot.mouse_down("#divider", offset=(0, 10))
        await pilot.hover(offset=(80, 12))
        await pilot.mouse_up(offset=(80, 12))
        await pilot.pause()
        assert abs(screen.divider.region.x - 80) <= 1
        await pilot.hover(offset=(40, 12))
        await pilot.pause()
        assert abs(screen.divider.region.x - 80) <= 1


async def test_the_scrollbar_is_dragged_to_the_end_and_back() -> None:
    async with app_of(large()).run_test(size=WIDE) as pilot:
        view = reader(pilot).comments
        x, last = view.size.width - 1, view.size.height - 1
        await pilot.mouse_down("#comments", offset=(x, last))
        await pilot.pause()
        assert view.top.item > 80
        await pilot.hover("#comments", offset=(x, 0))
        await pilot.mouse_up("#comments", offset=(x, 0))
        assert (view.top.item, view.top.row) == (0, 0)
