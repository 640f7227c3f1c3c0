"""The key that shows the source of a thread as plain text, at the place of the cursor, and the title's share."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from textual.pilot import Pilot

from rumor_tui.model import Account, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.reading.source_article import piece_starts, place_in_pieces
from rumor_tui.ui.screens.source import SourceScreen
from tests.ui.helpers import FAMILY, WIDE, app_of, press, put_cursor, reader, rows_of, status, thread_of, title, until

SYLLABLES = ("ba", "ke", "di", "lo", "mu", "na", "pe", "ri", "so", "tu")
NAMES = ("ann", "bob", "cy", "dan", "eve")


def word(number: int) -> str:
    """A made-up word for a number of three digits."""
    return "".join(SYLLABLES[number // 10**place % 10] for place in range(3))


def sentence(number: int) -> str:
    """A sentence whose words no other number gives, but for the last one's."""
    return " ".join(word((number * 7 + n) % 1000) for n in range(10)).capitalize() + f" mark{number}"


def text_source(count: int = 60) -> str:
    comments = [f"  • {NAMES[n % 5]} {n + 1} minutes ago\n    {sentence(n)}.\n" for n in range(count)]
    return "A title of the page\n\nWhat it is about, in one paragraph.\n\nComments\n\n" + "\n".join(comments)


def page_source(count: int = 60) -> str:
    comments = "".join(
        f'<li class="comment" id="comment-{n}"><cite class="author">{NAMES[n % 5]}</cite>'
        f'<p class="body">{sentence(n).replace(" ", " <b>", 1).replace(" mark", "</b> mark")}.</p></li>'
        for n in range(count)
    )
    article = "".join(f"<p>{sentence(900 + n)} and so on.</p>" for n in range(4))
    return (
        f"<!DOCTYPE html><title>A page</title><body><article><h1>A page</h1>{article}</article>"
        f'<ol class="comments">{comments}</ol></body>'
    )


def json_source(count: int = 60) -> str:
    return json.dumps([{"id": n, "author": NAMES[n % 5], "text": f"é {sentence(n)}"} for n in range(count)])


SOURCES = {"text": text_source, "page": page_source, "json": json_source}


def opened(name: str) -> Thread:
    thread = read_source(SOURCES[name]().encode(), Hint("source"))
    assert isinstance(thread, Thread)
    return thread


def source_screen(pilot: Pilot[None]) -> SourceScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SourceScreen)
    return screen


async def show_source(pilot: Pilot[None]) -> str:
    """What is on screen of the source, after the key."""
    await press(pilot, "equals_sign")
    await until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
    await until(pilot, lambda: any(row.strip() for row in rows_of(source_screen(pilot).panes.article)))
    await pilot.pause()
    return "\n".join(rows_of(source_screen(pilot).panes.article))


@pytest.mark.parametrize("name", list(SOURCES))
async def test_the_source_is_shown_at_the_comment(name: str) -> None:
    thread = opened(name)
    row = len(thread) * 2 // 3
    async with app_of(thread).run_test(size=WIDE) as pilot:
        put_cursor(pilot, row)
        await press(pilot, "tab") if reader(pilot).in_article else await pilot.pause()
        shown = await show_source(pilot)
        assert f"mark{row}" in " ".join(shown.split())
        assert "mark0 " not in " ".join(shown.split())
        assert "the source" in title(pilot)


@pytest.mark.parametrize("key", ["equals_sign", "escape", "q"])
async def test_the_key_leads_back(key: str) -> None:
    async with app_of(opened("text")).run_test(size=WIDE) as pilot:
        put_cursor(pilot, 40)
        await show_source(pilot)
        await press(pilot, key)
        assert pilot.app.screen is reader(pilot)
        assert not isinstance(pilot.app.screen, SourceScreen)
        assert reader(pilot).session.state.row == 40


async def test_json_is_indented_and_its_escapes_are_undone() -> None:
    async with app_of(opened("json")).run_test(size=WIDE) as pilot:
        shown = await show_source(pilot)
        assert '    "author": "ann",' in shown
        assert "é Ba" in shown


async def test_from_the_article_its_place_is_shown() -> None:
    async with app_of(opened("page")).run_test(size=WIDE) as pilot:
        if not reader(pilot).in_article:
            await press(pilot, "tab")
        shown = await show_source(pilot)
        assert "A page" in shown or "mark900" in shown


async def test_a_thread_without_a_source_says_so() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "equals_sign")
        assert "not read from a text" in status(pilot)


@pytest.mark.parametrize(("aside", "said"), [(34, "34 % set aside (=)"), (10, "")])
async def test_the_title_says_how_much_is_set_aside(aside: int, said: str) -> None:
    counted = Event()

    def account(thread: Thread, breathe: Callable[[], object]) -> Account:
        counted.set()
        return Account(comments=100 - aside, aside=aside)

    thread = opened("page")
    assert thread.original is not None
    thread.original = replace(thread.original, account=account)
    async with app_of(thread).run_test(size=WIDE) as pilot:
        await until(pilot, counted.is_set)
        await until(pilot, lambda: reader(pilot).lines.account is not None)
        await pilot.pause()
        assert said in title(pilot)
        assert ("set aside" in title(pilot)) == bool(said)


async def test_what_is_left_out_is_said_until_the_next_key() -> None:
    rows = [{"author": "ann", "text": sentence(n)} for n in range(4)]
    rows[0]["odd"] = {"text": sentence(70)}  # type: ignore[assignment]
    thread = read_source(json.dumps(rows).encode(), Hint("source"))
    assert isinstance(thread, Thread)
    async with app_of(thread).run_test(size=WIDE) as pilot:
        assert "1 text of the source stands in no comment" in status(pilot)
        await press(pilot, "j")
        assert "stands in no comment" not in status(pilot)


def test_pieces_are_whole_lines_where_they_can_be() -> None:
    text = "\n".join(f"line {n}" for n in range(200)) + "\n\n\n" + "x" * 20_000
    starts = piece_starts(text)
    assert starts[0] == 0
    assert all(text[start - 1] == "\n" for start in starts[1:4])
    assert max(b - a for a, b in zip(starts, [*starts[1:], len(text)], strict=True)) <= 6_010
    assert place_in_pieces(starts, -1) is None
    piece = place_in_pieces(starts, text.index("line 150"))
    assert piece is not None
    assert text.startswith("line 150", starts[piece[0] - 1] + piece[1])


def test_a_text_of_nothing_has_no_piece() -> None:
    assert piece_starts("") == []
