"""The comparison of two states says exactly what was done between them, wherever that can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.changes.compare import Comparison, compare_states
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from tests.changes.pairs import NAMINGS, Naming, Pair, pairs
from tests.made_threads import steady


def thread(*rows: tuple[str | None, str | None, str], above: Sequence[int] = ()) -> Thread:
    """A thread of (identifier, author, text); all at the top level unless `above` says which rows they answer."""
    builder = ThreadBuilder(Article("A title"))
    for row, (id, author, text) in enumerate(rows):
        parent = above[row] if above else -1
        builder.add(Draft(text, author, None if parent < 0 else parent, id=id, deleted=not text))
    return builder.build("plain")


def check(pair: Pair) -> None:
    """Compare, by the comments themselves."""
    told = compare_states(pair.before, pair.after)
    uids = [pair.old[row] if row >= 0 else -1 for row in told.before]
    assert uids == [uid if uid in pair.old else -1 for uid in pair.new]
    assert {pair.new[row] for row in told.edited} == pair.edited
    assert {pair.new[row] for row in told.emptied} == pair.emptied
    assert {pair.old[row] for row in told.gone} == pair.gone
    assert {pair.new[row] for row in [*told.moved, *told.hoisted]} == pair.moved


@pytest.mark.parametrize("naming", NAMINGS)
def test_what_was_done_is_told(naming: Naming) -> None:
    @steady
    @given(pairs(naming))
    def told(pair: Pair) -> None:
        check(pair)

    told()


@steady
@given(st.sampled_from(NAMINGS).flatmap(pairs))
def test_a_state_compared_with_itself_has_not_changed(pair: Pair) -> None:
    assert compare_states(pair.after, pair.after).unchanged
    assert compare_states(pair.after, replace(pair.after, bodies=LazyColumn(str, pair.after.bodies))).unchanged


FIRST = ("7", "ann", "The new model will be built in Leipzig from March on.")
SECOND = ("8", "bob", "Nobody has seen a prototype on the road so far.")
THIRD = ("9", "cy", "My dealer takes no orders, and knows no price at all.")


def test_nothing_is_new_where_only_the_order_is_another() -> None:
    told = compare_states(thread(FIRST, SECOND, THIRD), thread(THIRD, FIRST, SECOND))
    assert told == Comparison([2, 0, 1], [], [], [], [], [])
    assert not told.unchanged


def test_numbers_that_are_given_anew_are_no_identity() -> None:
    before = thread(("1", *FIRST[1:]), ("2", *SECOND[1:]), ("3", *THIRD[1:]))
    told = compare_states(before, thread(("1", *SECOND[1:]), ("2", *THIRD[1:])))
    assert (told.before, told.gone, told.edited) == ([1, 2], [0], [])


def test_a_number_that_another_has_now_is_a_new_comment() -> None:
    told = compare_states(thread(("1", *FIRST[1:]), ("2", *SECOND[1:])), thread(("1", *FIRST[1:]), ("2", *THIRD[1:])))
    assert (told.before, told.gone, told.new) == ([0, -1], [1], [1])


def test_an_identifier_holds_though_all_of_the_text_is_another() -> None:
    told = compare_states(thread(("c9001", "ann", FIRST[2])), thread(("c9001", "ann", "Taken back.")))
    assert (told.before, told.edited) == ([0], [0])


def test_what_was_said_again_under_another_identifier_is_new() -> None:
    before, after = thread(("c9001", *FIRST[1:]), SECOND), thread(SECOND, ("c9105", *FIRST[1:]))
    told = compare_states(replace(before, ids=["c9001", "c9002"]), replace(after, ids=["c9002", "c9105"]))
    assert (told.before, told.gone) == ([1, -1], [0])


def test_identifiers_that_several_have_are_none() -> None:
    before = thread(("x9000", *FIRST[1:]), ("x9000", *SECOND[1:]), ("x9000", *THIRD[1:]))
    told = compare_states(before, thread(("x9000", *SECOND[1:]), ("x9000", *THIRD[1:])))
    assert (told.before, told.gone) == ([1, 2], [0])


def test_a_deleted_comment_without_identifier_stands_where_it_stood() -> None:
    before = thread((None, *FIRST[1:]), (None, *SECOND[1:]), (None, *THIRD[1:]))
    told = compare_states(before, thread((None, *FIRST[1:]), (None, None, ""), (None, *THIRD[1:])))
    assert (told.before, told.emptied, told.gone) == ([0, 1, 2], [1], [1])


def test_short_texts_are_told_apart_by_what_they_answer() -> None:
    rows = [(None, *FIRST[1:]), (None, "dee", "Yes."), (None, *SECOND[1:]), (None, "dee", "Yes.")]
    told = compare_states(thread(*rows, above=[-1, 0, -1, 2]), thread(*rows[2:], above=[-1, 0]))
    assert (told.before, told.gone) == ([2, 3], [0, 1])


def test_an_author_who_has_left_wrote_it_all_the_same() -> None:
    told = compare_states(thread((None, *FIRST[1:]), (None, *SECOND[1:])), thread((None, None, FIRST[2])))
    assert (told.before, told.gone, told.edited) == ([0], [1], [])


def test_replies_of_what_is_gone_are_hoisted_and_not_moved() -> None:
    before = thread(FIRST, SECOND, THIRD, above=[-1, 0, 1])
    told = compare_states(before, thread(FIRST, THIRD, above=[-1, 0]))
    assert (told.gone, told.hoisted, told.moved) == ([1], [1], [])
    told = compare_states(before, thread(FIRST, THIRD))
    assert (told.gone, told.hoisted, told.moved) == ([1], [1], [])


def test_what_answers_another_comment_has_moved() -> None:
    told = compare_states(
        thread(FIRST, SECOND, THIRD, above=[-1, 0, 0]), thread(FIRST, SECOND, THIRD, above=[-1, 0, 1])
    )
    assert (told.moved, told.before) == ([2], [0, 1, 2])


def test_a_text_that_reads_the_same_is_no_edit() -> None:
    before, after = thread(("7", "ann", "<p>One and two</p>")), thread(("7", "ann", '<p class="x">One and two</p>'))
    assert compare_states(before, after).edited == [0]
    assert compare_states(before, after, same_text=lambda one, other: True).edited == []


def test_hardly_more_texts_are_compared_than_there_are() -> None:
    """Where all has changed and nothing has an identifier, still only a few candidates are looked at."""

    def count_rests(size: int) -> int:
        rests: list[int] = []
        olds = thread(*[(None, None, f"word{n} stands here with number{n % 7} and more") for n in range(size)])
        news = thread(*[(None, None, f"other{n} is there without digit{n % 7} but so") for n in range(size)])
        assert compare_states(olds, news, breathe=lambda: rests.append(1)).gone == list(range(size))
        return len(rests)

    assert count_rests(1_200) < 6 * count_rests(300)
