"""The keys for quotes and for who answers whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from textual.pilot import Pilot

from rumor_tui.export.comment_fields import ReplyTo
from rumor_tui.model import Article, Thread
from rumor_tui.reading.search import mask_of_comments
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.index.texts import TextIndex
from tests.ui.helpers import (
    FAMILY,
    app_of,
    cursor,
    folded,
    open_search,
    read_through,
    reader,
    rows_of,
    sample,
    status,
    tap,
    thread_of,
    title,
    type_in,
    until,
    with_ids,
    words_of,
)
from tests.ui.talking import Talking, let_talk, only_made_up  # noqa: F401

pytestmark = pytest.mark.usefixtures("only_made_up")

WORDS = "six hundred cars will come to these shores"
THREAD = f"""
ann: They say that {WORDS}.
bob: {WORDS}
cy: I read that {WORDS}, and do not believe it.
dan: nothing of the kind
"""


def quoted() -> Thread:
    """The first three comments say what the second piece of the article does, the third the first's words too."""
    pieces = ["First piece.", *["Filler."] * 30, f"One says: {WORDS}. So it is.", "The last piece."]
    return thread_of(THREAD, Article("A title", pieces=pieces))


def talk_of_quoted(index: TextIndex) -> Conversation:
    made = Talking(index)
    for row in range(3):
        made.quote(made.row(row), 32, WORDS)
    made.quote(made.row(2), made.row(0), WORDS)
    return made.conversation


def numbers(pilot: Pilot[None]) -> list[str]:
    """The numbers of the comments as their headers show them, from the top."""
    found = (re.search(r"(#\d+) *▐?$", row) for row in rows_of(reader(pilot).panes.comments))
    return [match[1] for match in found if match]


def comments(pilot: Pilot[None]) -> str:
    return words_of(reader(pilot).panes.comments)


def found_by_search(pilot: Pilot[None]) -> list[str | None]:
    """Who wrote the comments that match."""
    matches = reader(pilot).session.analysis.engine.matches
    assert matches is not None and matches.known.exact
    return [reader(pilot).thread.authors[row] for row, one in enumerate(mask_of_comments(matches)) if one]


# Before anything is known


@pytest.mark.parametrize("key", ["v", "V", "T"])
async def test_what_is_not_known_yet_is_said(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.reading.worker.Analysis.start_early", lambda _: None)
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await tap(pilot, key)
        assert "Not known yet" in status(pilot)


async def test_nothing_is_to_be_seen_before_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.reading.worker.Analysis.start_early", lambda _: None)
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        assert "↳" not in comments(pilot)
        let_talk(pilot)
        await pilot.pause()
        assert "Gabe ↳ bmwblog?" in comments(pilot)
        assert "Michael ↳ JRobUSC?" in comments(pilot)
        assert "┃ bmwblog: Gabe, I won" in comments(pilot)


# Quotes in place


async def test_what_is_quoted_is_shown_in_place_and_hidden_again() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot)
        await tap(pilot, "j j j j")
        before = comments(pilot)
        await tap(pilot, "v")
        assert "bmwblog #3:" in comments(pilot)
        await tap(pilot, "v")
        assert comments(pilot) == before
        await tap(pilot, "v escape")
        assert comments(pilot) == before


async def test_who_repeats_a_comment_is_shown_in_place() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot)
        await tap(pilot, "j j v")
        assert "repeated by Gabe #5" in comments(pilot)
        await tap(pilot, "j")
        assert "repeated by" not in comments(pilot)


async def test_first_what_is_quoted_then_who_repeats_it_then_nothing() -> None:
    async with app_of(quoted()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, talk_of_quoted)
        seen = []
        for _ in range(4):
            await tap(pilot, "v")
            seen.append(
                ("the article:" in rows_of(reader(pilot).panes.comments)[1], "repeated by cy #3" in comments(pilot))
            )
        assert seen == [(True, False), (False, True), (False, False), (True, False)]


async def test_a_comment_without_quotes_says_so() -> None:
    async with app_of(quoted()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, talk_of_quoted)
        await tap(pilot, "G v")
        assert "quotes nothing" in status(pilot)
        await tap(pilot, "V")
        assert "Nothing is quoted here" in status(pilot)


async def test_who_repeats_the_article_is_shown_below_the_paragraph() -> None:
    async with app_of(quoted()).run_test(size=(120, 30)) as pilot:
        let_talk(pilot, talk_of_quoted)
        await tap(pilot, "tab v")
        assert "Nothing that is on screen" in status(pilot)
        await tap(pilot, "G v")
        shown = rows_of(reader(pilot).panes.article)
        at = next(n for n, row in enumerate(shown) if "One says" in row)
        assert "┃ repeated by ann #1, bob #2, cy #3" in "".join(shown[at : at + 4])
        assert "Repeated in 3 comments" in status(pilot)
        await tap(pilot, "escape")
        assert "repeated by" not in words_of(reader(pilot).panes.article)
        await tap(pilot, "v v")
        assert "repeated by" not in words_of(reader(pilot).panes.article)


# Going there


async def test_to_the_source_and_back_and_on_to_the_next_that_repeats_it() -> None:
    async with app_of(quoted()).run_test(size=(120, 20)) as pilot:
        let_talk(pilot, talk_of_quoted)
        places = []
        for _ in range(7):
            await tap(pilot, "V")
            places.append("article" if reader(pilot).in_article else str(cursor(pilot)))
            if places[-1] == "article":
                assert "One says" in words_of(reader(pilot).panes.article)
        assert places == ["article", "1", "article", "2", "article", "0", "article"]


async def test_going_there_unfolds_what_hides_it() -> None:
    async with app_of(thread_of(f"ann: hm\n  bob: {WORDS}\ncy: {WORDS}")).run_test(size=(120, 30)) as pilot:
        let_talk(pilot, lambda index: Talking(index).quote(5, 4, WORDS).conversation)
        await tap(pilot, "z M G V")
        assert cursor(pilot) == 1
        assert folded(pilot) == [2]


# Whom a comment answers


async def test_the_peek_at_what_a_comment_answers_tells_how_that_shows() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot)
        await tap(pilot, "j j j j j P")
        shown = comments(pilot)
        assert "(likely answers JRobUSC #4, by name: “JBRobUSC –”" in shown
        assert shown.count("I don’t know what kind of car") == 2
        await tap(pilot, "v")
        assert "likely answers" in comments(pilot), "a comment that quotes nothing keeps what it shows"
        await tap(pilot, "P")
        assert "likely answers" not in comments(pilot)


async def test_to_the_parent_that_the_text_tells_of() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot)
        await tap(pilot, "j j j j j p")
        assert cursor(pilot) == 3
        assert "It likely answers JRobUSC #4" in status(pilot)
        await tap(pilot, "p")
        assert cursor(pilot) == 3
        assert "answers the article" in status(pilot)


async def test_to_the_parent_that_the_page_tells_of() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, lambda index: Talking(index).answer(2, 0, "name", "Deeper").conversation)
        await tap(pilot, "j j p")
        assert cursor(pilot) == 1


# The tree


async def test_the_tree_as_inferred_and_as_written() -> None:
    async with app_of(sample()).run_test(size=(120, 90)) as pilot:
        let_talk(pilot)
        await tap(pilot, "j j j j j")
        before = comments(pilot)
        y = reader(pilot).panes.comments.screen_row(cursor(pilot))
        await tap(pilot, "T")
        assert "tree as inferred" in title(pilot)
        assert cursor(pilot) == 5
        assert "2 comments stand below what they likely answer" in status(pilot)
        assert reader(pilot).panes.comments.screen_row(cursor(pilot)) == y
        assert "Michael ↳ JRobUSC?" in comments(pilot)
        assert list(reader(pilot).thread.parent)[:6] == [-1, -1, -1, 2, -1, 4]
        await tap(pilot, "T")
        assert comments(pilot) == before
        assert "tree as inferred" not in title(pilot)
        assert list(reader(pilot).thread.parent) == list(sample().parent)
        await tap(pilot, "T g g")
        assert numbers(pilot)[:6] == ["#1", "#2", "#3", "#5", "#4", "#6"]


async def test_folds_and_search_go_along() -> None:
    async with app_of(sample()).run_test(size=(120, 60)) as pilot:
        await read_through(pilot)
        let_talk(pilot)
        await tap(pilot, "j j j space")
        await open_search(pilot)
        await type_in(pilot, "catch back up")
        await tap(pilot, "enter")
        await until(pilot, lambda: cursor(pilot) == 5)
        await tap(pilot, "T")
        assert folded(pilot) == [4]
        current = reader(pilot).session.search.current
        assert current is not None
        row = current.item - reader(pilot).session.reading.first_item
        assert reader(pilot).thread.authors[row] == "Michael"
        await read_through(pilot)
        await tap(pilot, "T")
        assert folded(pilot) == [3]


async def test_a_search_for_folds_goes_along() -> None:
    async with app_of(sample()).run_test(size=(120, 60)) as pilot:
        await read_through(pilot)
        let_talk(pilot)
        await tap(pilot, "j j j space")
        authors = [reader(pilot).thread.authors[row] for row in folded(pilot)]
        await open_search(pilot)
        await type_in(pilot, "is:folded")
        await tap(pilot, "enter")
        for _ in range(2):
            await tap(pilot, "T")
            await read_through(pilot)
            assert found_by_search(pilot) == authors


async def test_the_background_does_not_overrule_the_talk_of_the_page() -> None:
    async with app_of(sample()).run_test(size=(120, 60)) as pilot:
        let_talk(pilot)
        await tap(pilot, "T")
        screen = reader(pilot)
        screen.session.analysis.knowledge.conversation = Conversation()
        screen.change(screen.session.conversation.look)
        assert "Michael ↳ JRobUSC?" in comments(pilot)
        assert screen.session.analysis.knowledge.conversation.answers


async def test_where_no_text_tells_the_tree_stays() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, lambda index: Conversation())
        await tap(pilot, "T")
        assert "No comment says whom it answers" in status(pilot)
        assert "tree as inferred" not in title(pilot)


async def test_what_comes_is_shown_as_written() -> None:
    async with app_of(with_ids(thread_of(THREAD))).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, lambda index: Talking(index).answer(3, 0, "name", "nothing").conversation)
        await tap(pilot, "G T")
        assert cursor(pilot) == 1
        reader(pilot).replace_thread(with_ids(thread_of(THREAD + "eve: one more")))
        await pilot.pause()
        assert list(reader(pilot).thread.parent) == [-1] * 5
        assert cursor(pilot) == 3
        assert reader(pilot).session.order.name == "page"


async def test_what_is_saved_is_the_thread_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[tuple[Thread, dict[int, int]]] = []

    def save(thread: Thread, path: str, replies: Mapping[int, ReplyTo], notes: object, stop: object) -> str:
        saved.append((thread, {row: reply.index for row, reply in replies.items()}))
        return "Saved."

    monkeypatch.setattr("rumor_tui.ui.system.save", save)
    thread = sample()
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        let_talk(pilot)
        conversation = reader(pilot).session.analysis.knowledge.conversation
        assert conversation is not None
        await tap(pilot, "T s enter")
        await until(pilot, lambda: bool(saved))
        written = {answer.row: answer.to for answer in conversation.answers.values()}
        assert saved == [(thread, written)]
