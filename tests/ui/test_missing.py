"""Comments that the source does not hold: where that is told, how they are loaded; and how sure the tree is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import Confidence, SourceError, Stub, Thread
from rumor_tui.outline import Outline
from rumor_tui.reading.missing_replies import TOP, MissingReplies, total_words
from rumor_tui.settings import Settings
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    cursor,
    folded,
    press,
    reader,
    rows_of,
    screen_row,
    thread_of,
    title,
    told,
    until,
    with_stubs,
    words_of,
)


def family(*stubs: Stub) -> Thread:
    return with_stubs(thread_of(FAMILY), *stubs)


class Source:
    """Somebody who can be asked for more, in the hands of a test."""

    def __init__(self) -> None:
        self.feed = Feed()
        self.asked: list[Stub] = []

    @property
    def services(self) -> Services:
        return Services(lambda _: self.feed, self.more)

    def more(self, thread: Thread, stub: Stub) -> LoadJob:
        self.asked.append(stub)
        return self.feed


# Words


@pytest.mark.parametrize(
    ("stubs", "row", "words"),
    [
        ([Stub(1, 12, "x")], 1, "… 12 more replies (L loads them)"),
        ([Stub(1, 1, "x")], 1, "… 1 more reply (L loads it)"),
        ([Stub(1, 0, "x")], 1, "… more replies (L loads them)"),
        ([Stub(1, 12)], 1, "… 12 more replies, not in the source"),
        ([Stub(1, 1200), Stub(1, 300, "x")], 1, "… 1,500 more replies (L loads them)"),
        ([Stub(-1, 485, "x")], TOP, "… 485 more comments (L loads them)"),
        ([Stub(1, 12, "x")], 2, ""),
        ([Stub(99, 12, "x")], 1, ""),
    ],
)
def test_the_line_below_a_comment(stubs: Sequence[Stub], row: int, words: str) -> None:
    assert MissingReplies(family(*stubs), "L").words(row) == words


def test_where_nobody_can_be_asked_no_key_is_named() -> None:
    assert MissingReplies(family(Stub(1, 12, "x"))).words(1) == "… 12 more replies, not in the source"


@pytest.mark.parametrize(
    ("first", "end", "words"), [(0, 5, "… 15 more"), (1, 2, "… 12 more"), (4, 5, ""), (5, 7, "… more"), (7, 8, "")]
)
def test_what_is_missing_within_a_branch(first: int, end: int, words: str) -> None:
    missing = MissingReplies(family(Stub(3, 3), Stub(1, 12, "x"), Stub(5), Stub(-1, 100)))
    assert missing.within(first, end) == words


@pytest.mark.parametrize(
    ("stubs", "words"),
    [
        ([], "8 comments"),
        ([Stub(1, 12), Stub(-1, 1480)], "8 of 1,500 comments"),
        ([Stub(1, 12), Stub(2)], "8+ comments"),
        ([Stub(99, 12)], "8 comments"),
    ],
)
def test_the_total(stubs: Sequence[Stub], words: str) -> None:
    assert total_words(MissingReplies(family(*stubs))) == words


def test_the_total_of_nothing() -> None:
    assert total_words(MissingReplies(thread_of(""))) == "no comments"
    assert total_words(MissingReplies(with_stubs(thread_of(""), Stub(-1, 1)))) == "0 of 1 comment"


def test_the_total_while_more_is_arriving() -> None:
    assert total_words(MissingReplies(family(Stub(-1, 5))), arriving=True) == "8+ comments"
    assert total_words(MissingReplies(family()), arriving=True) == "8 comments"
    assert total_words(MissingReplies(with_stubs(thread_of(""), Stub(-1, 1))), arriving=True) == "0 of 1 comment"


@pytest.mark.parametrize(
    ("row", "keys"), [(1, ["a"]), (3, ["c", "b"]), (2, ["a"]), (5, ["d"]), (4, ["d"]), (-1, ["d"])]
)
def test_the_nearest(row: int, keys: list[str]) -> None:
    thread = family(Stub(1, 1, "x", ("a",)), Stub(3, 1, "", ("b",)), Stub(3, 1, "x", ("c",)), Stub(-1, 1, "", ("d",)))
    found = MissingReplies(thread).nearest(Outline(thread.parent, thread.authors), row)
    assert [stub.keys[0] for stub in found] == keys


# On screen


async def test_the_lines_stand_where_the_replies_are_missing() -> None:
    thread = family(Stub(1, 12, "x"), Stub(-1, 485, "x"))
    async with app_of(thread, services=Source().services).run_test(size=WIDE) as pilot:
        rows = [row.strip("▐▌│ ") for row in rows_of(reader(pilot).panes.comments)]
        bob, cy = (next(n for n, row in enumerate(rows) if name in row) for name in ("bob", "cy"))
        assert bob < rows.index("… 12 more replies (L loads them)") < cy
        last = max(n for n, row in enumerate(rows) if row)
        assert rows[last] == "… 485 more comments (L loads them)"
        assert "8 of 505 comments" in title(pilot)
        await press(pilot, "z M")
        rows = [row.strip("▐▌│ ") for row in rows_of(reader(pilot).panes.comments)]
        assert rows[0].endswith("4 replies · … 12 more")
        assert rows[3] == "… 485 more comments (L loads them)"


async def test_the_end_is_told_wherever_it_is() -> None:
    async with app_of(family(Stub(-1, 5))).run_test(size=(120, 12)) as pilot:
        for keys in ("G", "G space", "{ z M G", "z R G", "X"):
            await press(pilot, keys)
            assert "… 5 more comments, not in the source" in words_of(reader(pilot).panes.comments), keys


async def test_the_key_is_the_one_that_is_set() -> None:
    source, settings = Source(), Settings(keys={"load-more": "f9"})
    async with app_of(family(Stub(0, 2, "x")), settings, source.services).run_test(size=WIDE) as pilot:
        assert "… 2 more replies (f9 loads them)" in words_of(reader(pilot).panes.comments)
        await press(pilot, "f9")
        assert source.asked == [Stub(0, 2, "x")]
        source.feed.end()


@pytest.mark.parametrize("stub", [Stub(0, 2, "x"), Stub(0, 2), None])
async def test_the_footer_speaks_of_the_key_where_it_has_something_to_do(stub: Stub | None) -> None:
    thread = family(stub) if stub else family()
    async with app_of(thread, services=Source().services).run_test(size=(140, 30)) as pilot:
        assert ("L more" in told(pilot)) == (stub is not None and bool(stub.via))


async def test_the_title_tells_no_total_while_comments_arrive() -> None:
    source = Source()
    async with app_of(family(Stub(-1, 485, "x")), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        assert "8+ comments" in title(pilot)
        source.feed.end()
        await loaded(pilot)
        assert "8 of 493 comments" in title(pilot)


async def test_comments_of_which_none_is_there() -> None:
    source = Source()
    async with app_of(with_stubs(thread_of(""), Stub(-1, 12, "x")), services=source.services).run_test() as pilot:
        assert "0 of 12 comments" in title(pilot)
        assert "L more" in told(pilot)
        await press(pilot, "L")
        source.feed.put(thread_of(FAMILY))
        source.feed.end()
        await loaded(pilot)
        assert "8 comments came." in told(pilot)


# Loading


async def loaded(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: reader(pilot).loader is None)
    await pilot.pause()


async def test_what_is_missing_is_loaded_and_nothing_moves() -> None:
    stub, source = Stub(1, 2, "x", ("k",)), Source()
    async with app_of(family(stub), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "j j z c")
        row = screen_row(pilot)
        await press(pilot, "L")
        assert source.asked == [stub]
        assert "Opening more comments … · esc stops" in told(pilot)
        lines = FAMILY.strip("\n").split("\n")
        source.feed.put(thread_of("\n".join([*lines[:4], "    new: one", "    new: two", *lines[4:]])), "")
        source.feed.end()
        await loaded(pilot)
        assert "2 comments came." in told(pilot)
        assert len(reader(pilot).thread) == 10
        assert cursor(pilot) == 2
        assert folded(pilot) == [2]
        view = reader(pilot).panes.comments
        assert screen_row(pilot) == min(row or 0, view.rows.top_of(cursor(pilot)))  # the line above it has gone
        assert "10 comments" in title(pilot)
        await press(pilot, "L")
        assert "No comment is missing." in told(pilot)


async def test_the_last_words_say_what_came() -> None:
    source = Source()
    async with app_of(family(Stub(0, 2, "x")), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        source.feed.put(thread_of(FAMILY), "One of them is gone.")
        source.feed.end()
        await loaded(pilot)
        assert "One of them is gone." in told(pilot)


@pytest.mark.parametrize(
    ("stubs", "keys", "words"),
    [
        ([Stub(1, 2)], "j L", "nowhere to ask"),
        ([Stub(3, 2, "x")], "L", "Nothing is missing here."),
        ([], "L", "No comment is missing."),
    ],
)
async def test_where_nothing_can_be_loaded_that_is_told(stubs: Sequence[Stub], keys: str, words: str) -> None:
    source = Source()
    async with app_of(family(*stubs), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, keys)
        assert words in told(pilot)
        assert source.asked == []


async def test_without_services_there_is_nobody_to_ask() -> None:
    async with app_of(family(Stub(0, 2, "x"))).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        assert "nowhere to ask" in told(pilot)


async def test_from_the_article_the_top_level_is_loaded() -> None:
    source = Source()
    thread = family(Stub(0, 2, "x"), Stub(-1, 5, "x"))
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "tab L")
        assert source.asked == [Stub(-1, 5, "x")]
        source.feed.end()


async def test_one_thing_is_loaded_at_a_time() -> None:
    source = Source()
    async with app_of(family(Stub(0, 2, "x")), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L L")
        assert len(source.asked) == 1
        assert "esc to stop" in told(pilot)
        await press(pilot, "escape")
        await loaded(pilot)
        assert source.feed.stopped.is_set()
        assert "Nothing more came." in told(pilot)


async def test_what_cannot_be_loaded_is_told() -> None:
    source = Source()
    async with app_of(family(Stub(0, 2, "x")), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        source.feed.fail(SourceError("example.com asks to wait for 30 s."))
        await loaded(pilot)
        assert "example.com asks to wait" in told(pilot)
        assert len(reader(pilot).thread) == 8


# Confidence


@pytest.mark.parametrize(
    ("confidence", "words"), [("structural", "tree from the layout"), ("guessed", "tree guessed"), ("explicit", "")]
)
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_how_the_tree_was_told(confidence: Confidence, words: str, size: tuple[int, int]) -> None:
    thread = family()
    thread.confidence = confidence
    async with app_of(thread).run_test(size=size) as pilot:
        assert "8 comments" in title(pilot)
        assert (words in title(pilot)) if words else ("tree" not in title(pilot))


async def test_that_gives_way_first_where_room_is_short() -> None:
    thread = family()
    thread.confidence = "guessed"
    thread.article.title = "A title of a good length, so that not everything has room beside it"
    async with app_of(thread).run_test(size=(95, 24)) as pilot:
        assert "8 comments" in title(pilot)
        assert "tree" not in title(pilot)
        await pilot.resize_terminal(140, 24)
        await pilot.pause()
        assert "tree guessed" in title(pilot)


async def test_where_there_are_no_comments_there_is_no_tree() -> None:
    thread = thread_of("")
    thread.confidence = "guessed"
    async with app_of(thread).run_test(size=WIDE) as pilot:
        assert "tree" not in title(pilot)


async def test_the_help_explains_the_words() -> None:
    async with app_of(family()).run_test(size=WIDE) as pilot:
        await press(pilot, "? G")
        words = words_of(pilot.app.screen)
        assert "tree from the layout" in words
        assert "tree guessed" in words
