"""A thread that comes piece by piece: whoever reads it keeps the place, and Escape keeps what came."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from rumor_tui.columns import Constant
from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, Entry, SourceError, Thread
from rumor_tui.reading.search import mask_of_comments
from rumor_tui.row_map import RowMap
from rumor_tui.settings import Settings
from rumor_tui.ui import app
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import (
    ADDRESS,
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    cursor,
    folded,
    hidden,
    keyed,
    large,
    listing_of,
    open_search,
    press,
    put_cursor,
    read_through,
    reader,
    rows_of,
    screen_row,
    tap,
    thread_of,
    title,
    told,
    type_in,
    until,
    with_ids,
    words_of,
)

LONG = "A text that takes more than one row, whatever the width of its pane may be. " * 3


def members(count: int, prefix: str = "") -> Thread:
    """Threads of which each has all that the smaller ones have: `count` roots, each with a reply."""
    lines = [f"{prefix}{n}: root {n} {LONG}\n  re{prefix}{n}: reply {n}" for n in range(count)]
    return with_ids(thread_of("\n".join(lines)))


def preceded(thread: Thread) -> Thread:
    """The thread with another root and its reply before all others."""
    lines = ["new: the newest " + LONG, "  newer: a reply to it"]
    for row, (author, body) in enumerate(zip(thread.authors, thread.bodies, strict=True)):
        lines.append(("  " if thread.parent[row] >= 0 else "") + f"{author}: {body}")
    return with_ids(thread_of("\n".join(lines)))


# Whose rows are whose


def rows_in(new: Thread, old: Thread, rows: Iterable[int]) -> dict[int, int]:
    """Where rows of the old state stand in the new one; those that are gone are left out."""
    row_map = RowMap.between(old, new)
    return {row: there for row in rows if (there := row_map.of(row)) >= 0}


def test_rows_are_found_by_their_ids() -> None:
    old = members(3)
    assert rows_in(preceded(old), old, range(6)) == {row: row + 2 for row in range(6)}


def test_rows_without_ids_stay_where_they_are() -> None:
    old, new = thread_of(FAMILY), thread_of("ann: one\n  bob: two")
    assert rows_in(new, old, range(8)) == {0: 0, 1: 1}


def test_a_comment_that_is_gone_is_nowhere() -> None:
    assert rows_in(members(1), members(2), range(4)) == {0: 0, 1: 1}


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True), st.data())
def test_a_row_is_found_exactly_where_its_id_stands(before: list[int], after: list[int], data: st.DataObject) -> None:
    def state(numbers: list[int]) -> Thread:
        size = len(numbers)
        parent, text = array("i", [-1] * size), Constant("x", size)
        return Thread(Article(), parent, text, text, Constant(1, size), ids=[f"c{n}" for n in numbers])

    rows = data.draw(st.lists(st.sampled_from(range(len(before))))) if before else []
    found = rows_in(state(after), state(before), rows)
    assert found == {row: after.index(before[row]) for row in rows if before[row] in after}


# The place


@pytest.mark.parametrize("row", [0, 3, 10, 20])
async def test_the_cursor_stays_on_its_comment_and_on_its_row_of_the_screen(row: int) -> None:
    thread = members(15)
    async with app_of(thread).run_test(size=WIDE) as pilot:
        put_cursor(pilot, row)
        await pilot.pause()
        author, at = reader(pilot).thread.authors[row], screen_row(pilot)
        for newer in (preceded(thread), members(30), thread):
            reader(pilot).replace_thread(newer)
            await pilot.pause()
            assert newer.authors[cursor(pilot)] == author
            assert screen_row(pilot) == at
            assert words_of(reader(pilot).panes.comments).count("▾") > 1


async def test_a_place_in_the_midst_of_a_long_comment_stays() -> None:
    thread = members(15)
    thread.bodies = [LONG * 10, *list(thread.bodies)[1:]]
    thread.lengths = [len(body) for body in thread.bodies]
    async with app_of(thread).run_test(size=(120, 20)) as pilot:
        await tap(pilot, "ctrl+e ctrl+e ctrl+e ctrl+e ctrl+e")
        before = rows_of(reader(pilot).panes.comments)[1:]
        assert screen_row(pilot) is None
        newer = preceded(thread)
        newer.ids = ["new", "newer", *thread.ids]
        newer.bodies = [*list(newer.bodies)[:2], *thread.bodies]
        reader(pilot).replace_thread(newer)
        await pilot.pause()
        assert cursor(pilot) == 2
        assert [line[:-1] for line in rows_of(reader(pilot).panes.comments)[1:]] == [line[:-1] for line in before]


async def test_folds_stay_and_hide_what_comes_into_them() -> None:
    async with app_of(members(4)).run_test(size=WIDE) as pilot:
        await press(pilot, "J space")
        assert folded(pilot) == [2]
        reader(pilot).replace_thread(preceded(members(4)))
        await pilot.pause()
        assert folded(pilot) == [4]
        assert hidden(pilot) == [5]
        more = with_ids(thread_of("0: root 0 " + LONG + "\n  re0: reply 0\n1: root 1 " + LONG + "\n  x: x\n  y: y"))
        reader(pilot).replace_thread(more)
        await pilot.pause()
        assert folded(pilot) == [2]
        assert hidden(pilot) == [3, 4]


async def test_a_search_for_folds_finds_them_in_what_has_grown() -> None:
    async with app_of(members(4)).run_test(size=WIDE) as pilot:
        await press(pilot, "J space")
        await open_search(pilot)
        await type_in(pilot, "is:folded")
        await press(pilot, "enter")
        screen = reader(pilot)
        assert folded(pilot) == [], "the search has opened it to show it"
        screen.replace_thread(preceded(members(8)))
        await read_through(pilot)
        assert screen.session.analysis.fault == ""
        matches = screen.session.analysis.engine.matches
        assert matches is not None and matches.known.exact
        assert [row for row, one in enumerate(mask_of_comments(matches)) if one] == [4]


async def test_where_the_comment_is_gone_the_cursor_goes_to_what_it_answered() -> None:
    async with app_of(members(2)).run_test(size=WIDE) as pilot:
        put_cursor(pilot, 3)
        reader(pilot).replace_thread(with_ids(thread_of(f"z: z\n1: root 1 {LONG}")))
        await pilot.pause()
        assert cursor(pilot) == 1


async def test_a_peek_is_closed() -> None:
    async with app_of(members(2)).run_test(size=WIDE) as pilot:
        await press(pilot, "j P")
        assert reader(pilot).session.state.peek == 1
        reader(pilot).replace_thread(members(3))
        assert reader(pilot).session.state.peek == -1


async def test_the_article_stays_where_it_was_scrolled_to() -> None:
    thread = large()
    async with app_of(thread).run_test(size=WIDE) as pilot:
        await press(pilot, "tab d d d")
        before = rows_of(reader(pilot).panes.article)
        reader(pilot).replace_thread(large(25))
        await pilot.pause()
        assert rows_of(reader(pilot).panes.article) == before
        assert reader(pilot).in_article


async def test_the_search_goes_on_with_what_is_new() -> None:
    async with app_of(members(3)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "reply")
        await press(pilot, "enter n")
        assert reader(pilot).session.search.account() == "2 of 3"
        reader(pilot).replace_thread(preceded(members(5)))
        await until(pilot, lambda: "of 6" in reader(pilot).session.search.account())
        assert reader(pilot).session.search.account() == "3 of 6"
        await press(pilot, "n")
        assert reader(pilot).session.search.account() == "4 of 6"
        assert reader(pilot).thread.bodies[cursor(pilot)] == "reply 2"


async def test_a_wrong_expression_stays_wrong_and_the_last_good_result_stays() -> None:
    async with app_of(members(3)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await press(pilot, "alt+r")
        await type_in(pilot, "reply")
        await press(pilot, "(")
        reader(pilot).replace_thread(members(4))
        await until(pilot, lambda: "4 matches" in reader(pilot).session.search.account())
        assert reader(pilot).session.analysis.engine.error


async def test_the_filter_holds_for_what_is_new_as_soon_as_that_is_read() -> None:
    async with app_of(members(3)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "reply 1")
        await press(pilot, "enter \\")
        assert hidden(pilot) == [0, 1, 4, 5]
        newer = preceded(members(3))
        newer.bodies = [*list(newer.bodies)[:7], "reply 1 and 2"]
        reader(pilot).replace_thread(newer)
        assert hidden(pilot) == [0, 1, 2, 3, 6, 7]
        await until(pilot, lambda: not reader(pilot).session.folds.filter.waits)
        await pilot.pause()
        assert hidden(pilot) == [0, 1, 2, 3]
        await press(pilot, "escape")
        assert hidden(pilot) == []


async def test_a_filter_of_which_nothing_is_left_shows_all() -> None:
    async with app_of(members(3)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "reply 1")
        await press(pilot, "enter \\")
        reader(pilot).replace_thread(with_ids(thread_of(FAMILY)))
        assert hidden(pilot) == []
        await until(pilot, lambda: not reader(pilot).session.folds.filter.active)
        assert hidden(pilot) == []
        assert "No comment matches" in told(pilot)


async def test_the_cursor_goes_to_what_is_left_where_its_branch_is_gone() -> None:
    async with app_of(members(4)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "reply")
        await press(pilot, "enter \\ }")
        at = cursor(pilot)
        reader(pilot).replace_thread(with_ids(thread_of(f"x: x\n3: root 3 {LONG}\n  re3: reply 3")))
        await pilot.pause()
        assert at > 0
        assert hidden(pilot) == [0]
        assert cursor(pilot) == 1


async def test_numbers_stay_lit() -> None:
    async with app_of(members(3), Settings(lit=True)).run_test(size=WIDE) as pilot:
        reader(pilot).replace_thread(members(4))
        await pilot.pause()
        assert reader(pilot).session.search.lit
        assert reader(pilot).panes.comment_items.highlighter.spans(reader(pilot).session.reading.first_item)


async def test_what_is_typed_in_a_question_stays() -> None:
    async with app_of(members(3)).run_test(size=WIDE) as pilot:
        await press(pilot, "|")
        await type_in(pilot, "less")
        reader(pilot).replace_thread(members(4))
        await pilot.pause()
        prompt = reader(pilot).prompt
        assert prompt is not None
        assert prompt.query_one("Input").value == "less"  # type: ignore[attr-defined]


# The panes


def bare(comments: str, pieces: list[str]) -> Thread:
    return thread_of(comments, Article("A title", pieces=pieces, url=ADDRESS))


@pytest.mark.parametrize(
    ("size", "pieces", "in_article"), [(WIDE, ["text"], False), (NARROW, ["text"], True), (NARROW, [], False)]
)
async def test_the_first_comments_get_their_pane(size: tuple[int, int], pieces: list[str], in_article: bool) -> None:
    async with app_of(bare("", pieces)).run_test(size=size) as pilot:
        assert reader(pilot).in_article
        reader(pilot).replace_thread(bare(FAMILY, pieces))
        await pilot.pause()
        screen = reader(pilot)
        assert screen.in_article == in_article
        assert screen.focused is screen.panes.pane
        assert screen.panes.comments.display == (not in_article)
        if not in_article:
            assert "The first root" in words_of(screen.panes.comments)


async def test_whoever_reads_the_article_keeps_its_keys() -> None:
    async with app_of(bare("", ["text"])).run_test(size=WIDE) as pilot:
        await press(pilot, "j")
        reader(pilot).replace_thread(bare(FAMILY, ["text"]))
        await pilot.pause()
        assert reader(pilot).in_article
        assert reader(pilot).panes.comments.display
        await press(pilot, "tab")
        assert not reader(pilot).in_article


# An opening


async def opened(pilot: Pilot[None], feed: Feed, thread: Thread, words: str = "") -> None:
    """Have the first content of an opening come."""
    feed.put(thread, words)
    await until(pilot, lambda: any(isinstance(screen, ReaderScreen) for screen in pilot.app.screen_stack))
    await pilot.pause()


async def test_the_app_starts_before_anything_has_come() -> None:
    feed = Feed()
    async with app_of(None, opening=feed).run_test(size=NARROW) as pilot:
        assert title(pilot).startswith(" Opening example.com/thread …")
        assert "Opening example.com/thread … · esc stops" in told(pilot)
        feed.put(None, "asking example.com")
        await until(pilot, lambda: "asking example.com · esc stops" in told(pilot))
        await opened(pilot, feed, members(2), "4 of 60 comments")
        assert "article │ 4 comments" in title(pilot)
        assert "4 of 60 comments · esc stops" in told(pilot)
        feed.put(members(3), "6 of 60 comments")
        await until(pilot, lambda: "article │ 6 comments" in title(pilot))
        feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "6 of 60 comments" in told(pilot)
        await press(pilot, "j")
        assert "6 of 60" not in told(pilot)


async def test_escape_stops_and_keeps_what_came() -> None:
    feed = Feed()
    async with app_of(None, opening=feed).run_test(size=WIDE) as pilot:
        await opened(pilot, feed, members(2), "4 of 60 comments")
        await press(pilot, "escape")
        await until(pilot, lambda: reader(pilot).loader is None)
        assert feed.stopped.is_set()
        assert len(reader(pilot).thread) == 4
        await press(pilot, "q")
        assert pilot.app.return_code == 0


async def test_a_second_escape_waits_no_longer_for_what_does_not_end() -> None:
    go_on = Event()

    def deaf(stop: Event) -> Iterator[LoadStep]:
        yield LoadStep(members(2), "4 of 60 comments")
        go_on.wait(60)
        yield LoadStep(members(9), "18 of 60 comments")

    async with RumorApp(Opened(None, Settings(), None, deaf, "x")).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: any(isinstance(screen, ReaderScreen) for screen in pilot.app.screen_stack))
        await press(pilot, "escape")
        assert "stopping, esc leaves it" in told(pilot)
        await press(pilot, "escape")
        assert reader(pilot).loader is None
        assert "4 of 60 comments" in told(pilot)
        go_on.set()
        await press(pilot, "j")
        assert len(reader(pilot).thread) == 4


async def test_escape_first_takes_back_the_search() -> None:
    feed = Feed()
    async with app_of(None, opening=feed).run_test(size=WIDE) as pilot:
        await opened(pilot, feed, members(2))
        await open_search(pilot)
        await type_in(pilot, "reply")
        await press(pilot, "enter")
        assert "esc stops" not in told(pilot)
        await press(pilot, "escape")
        loader = reader(pilot).loader
        assert loader is not None
        assert not loader.stop.is_set()
        await press(pilot, "escape")
        await until(pilot, lambda: reader(pilot).loader is None)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SourceError("The rest is missing:\nexample.com is busy."), "The rest is missing: example.com is busy."),
        (KeyError("x"), "stopped at a fault of its own (KeyError)"),
    ],
)
async def test_a_failure_after_something_came_is_told_and_what_came_stays(error: Exception, words: str) -> None:
    feed = Feed()
    async with app_of(None, opening=feed).run_test(size=WIDE) as pilot:
        await opened(pilot, feed, members(2))
        feed.fail(error)
        await until(pilot, lambda: reader(pilot).loader is None)
        assert words in told(pilot)
        assert len(reader(pilot).thread) == 4


async def test_a_failure_before_anything_came_ends_the_app() -> None:
    feed = Feed()
    app = app_of(None, opening=feed)
    async with app.run_test(size=WIDE) as pilot:
        feed.fail(SourceError("Nobody answers."))
        await until(pilot, lambda: app.failure is not None)
    assert str(app.failure) == "Nobody answers."


@pytest.mark.parametrize("how", ["escape", "end"])
async def test_an_opening_without_anything_ends_the_app_with_a_sentence(how: str) -> None:
    feed = Feed()
    app = app_of(None, opening=feed)
    async with app.run_test(size=WIDE) as pilot:
        if how == "end":
            feed.end()
        else:
            await press(pilot, "escape")
        await until(pilot, lambda: app.failure is not None)
    assert isinstance(app.failure, SourceError)
    assert "example.com/thread" in str(app.failure)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_q_leaves_at_once(key: str) -> None:
    app = app_of(None, opening=Feed())
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "? escape")
        await press(pilot, key)
    assert app.return_code == 0
    assert app.failure is None


async def test_an_opening_may_bring_a_list_that_grows() -> None:
    feed = Feed()
    entries = [Entry(f"Thread {n}", comments=n) for n in range(6)]
    async with app_of(None, opening=feed).run_test(size=WIDE) as pilot:
        feed.put(listing_of(*entries[:3]), "page 1")
        await until(pilot, lambda: "3 threads" in title(pilot))
        await press(pilot, "j j")
        assert "page 1 · esc stops" in told(pilot)
        feed.put(listing_of(*entries), "page 2")
        await until(pilot, lambda: "6 threads" in title(pilot))
        assert "entry 3 of 6" in told(pilot)
        feed.end()
        await until(pilot, lambda: keyed(pilot).loader is None)


def test_run_app_raises_what_ended_the_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(self: RumorApp) -> None:
        self.failure = SourceError("Nobody answers.")

    monkeypatch.setattr(RumorApp, "run", run)
    with pytest.raises(SourceError, match="Nobody answers"):
        app.run_app(None, Settings(), opening=Feed(), name="example.com")
