"""A merged thread holds what both states have, each comment once, in pre-order; merged again it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rumor_tui.changes.compare import compare_states
from rumor_tui.changes.merge import Merged, merge_threads
from rumor_tui.joined import Part, join_threads
from rumor_tui.model import COLUMNS, Article, Stub, Thread
from rumor_tui.outline import subtree_sizes
from tests.changes.pairs import NAMINGS, Pair, pairs
from tests.changes.test_compare import FIRST, SECOND, THIRD, thread
from tests.made_threads import steady

any_pair = st.sampled_from(NAMINGS).flatmap(pairs)


def columns(thread: Thread) -> dict[str, list[Any]]:
    return {"parent": list(thread.parent), **{name: list(getattr(thread, name)) for name in COLUMNS}}


def is_preorder(parent: Sequence[int]) -> bool:
    size = subtree_sizes(parent)
    return all(above < row and (above < 0 or row <= above + size[above]) for row, above in enumerate(parent))


def uids(pair: Pair, merged: Merged) -> list[int]:
    """Which comment stands in each row."""
    old, new = merged.from_old.inverse.every(), merged.from_new.inverse.every()
    return [pair.new[after] if after >= 0 else pair.old[before] for before, after in zip(old, new, strict=True)]


@steady
@given(any_pair)
def test_everything_is_there_once_and_in_preorder(pair: Pair) -> None:
    merged = merge_threads(pair.before, pair.after)
    there = uids(pair, merged)
    assert sorted(there) == sorted({*pair.old, *pair.new})
    assert is_preorder(merged.thread.parent)
    assume(not compare_states(pair.before, pair.after).hoisted)  # what moved to the top from below one that is gone
    assert [uid for uid in there if uid in pair.new] == pair.new
    assert {there[row] for row in merged.gone} == pair.gone
    assert {there[row] for row in merged.edited} == pair.edited
    assert {there[row] for row in merged.moved} == pair.moved
    assert {there[row] for row in merged.new} == set(pair.new) - set(pair.old)


@steady
@given(any_pair)
def test_what_is_gone_has_its_text_and_answers_what_it_answered(pair: Pair) -> None:
    merged = merge_threads(pair.before, pair.after)
    there = uids(pair, merged)
    for row in merged.gone:
        was = pair.old.index(there[row])
        assert merged.thread.bodies[row] == pair.before.bodies[was]
        assert merged.thread.authors[row] == pair.before.authors[was]
        above, before = merged.thread.parent[row], pair.before.parent[was]
        if there[row] not in pair.moved:
            assert (there[above] if above >= 0 else -1) == (pair.old[before] if before >= 0 else -1)
    for row, text in merged.edited.items():
        assert text == pair.before.bodies[pair.old.index(there[row])]


@steady
@given(any_pair)
def test_merging_again_changes_nothing(pair: Pair) -> None:
    once = merge_threads(pair.before, pair.after)
    again = merge_threads(once.thread, pair.after)
    assert columns(again.thread) == columns(once.thread)
    assert (again.gone, again.edited, again.moved, again.new) == (once.gone, {}, [], [])


def test_nothing_is_made_anew_where_nothing_is_gone() -> None:
    before, after = thread(FIRST, SECOND), thread(FIRST, SECOND, THIRD)
    merged = merge_threads(before, after)
    assert merged.thread is after
    assert (merged.new, merged.unchanged) == ([2], False)
    assert merge_threads(before, before).unchanged


def test_what_is_gone_stands_behind_the_sibling_that_it_followed() -> None:
    before = thread(FIRST, SECOND, THIRD, ("10", "dee", "The fourth of them all."))
    merged = merge_threads(before, thread(THIRD, FIRST))
    assert list(merged.thread.ids) == ["9", "10", "7", "8"]
    merged = merge_threads(before, thread(THIRD))
    assert list(merged.thread.ids) == ["7", "8", "9", "10"]


def test_replies_hang_below_what_is_gone_again() -> None:
    before = thread(FIRST, SECOND, THIRD, above=[-1, 0, 1])
    merged = merge_threads(before, thread(FIRST, THIRD))
    assert list(merged.thread.parent) == [-1, 0, 1]
    assert (merged.gone, merged.moved) == ([1], [])
    assert [merged.from_new.of(row) for row in range(2)] == [0, 2]


def test_a_circle_through_what_is_gone_is_none() -> None:
    """The second answered the first by way of one that is gone; now the first answers the second."""
    before = thread(FIRST, THIRD, SECOND, above=[-1, 0, 1])
    merged = merge_threads(before, thread(SECOND, FIRST, above=[-1, 0]))
    assert sorted(map(str, merged.thread.ids)) == ["7", "8", "9"]
    assert is_preorder(merged.thread.parent)


def test_a_shell_with_the_number_of_another_comment_is_not_that_one() -> None:
    """The comments are counted: where the second was taken out, the third, which was deleted, is the second now."""
    before = thread(
        ("1", *FIRST[1:]), ("2", *SECOND[1:]), ("3", *THIRD[1:]), ("4", "dee", "Yes."), above=[-1, -1, -1, 2]
    )
    after = thread(("1", *FIRST[1:]), ("2", None, ""), ("3", "dee", "Yes."), above=[-1, -1, 1])
    once = merge_threads(before, after)
    again = merge_threads(once.thread, after)
    assert list(once.thread.bodies) == list(before.bodies)
    assert (list(again.thread.bodies), again.gone) == (list(before.bodies), once.gone)


def test_stubs_stay_where_they_are() -> None:
    after = thread(SECOND, THIRD, above=[-1, 0])
    after.stubs = [Stub(1, 3, "page"), Stub(-1, 2)]
    merged = merge_threads(thread(FIRST, SECOND, THIRD, above=[-1, -1, 1]), after)
    assert [(stub.parent, stub.count) for stub in merged.thread.stubs] == [(2, 3), (-1, 2)]


def test_what_a_stub_stands_for_is_not_gone() -> None:
    before = thread(FIRST, SECOND, THIRD, above=[-1, 0, 1])
    after = thread(FIRST)
    after.stubs = [Stub(0, 2, "reddit", ("8",))]
    merged = merge_threads(before, after)
    assert (merged.gone, merged.unloaded, merged.thread.stubs) == ([], [1, 2], [])
    again = merge_threads(merged.thread, after)
    assert columns(again.thread) == columns(merged.thread)
    assert again.thread.stubs == []


def test_a_stub_that_was_there_before_says_nothing_of_what_is_gone() -> None:
    before, after = thread(FIRST, SECOND, THIRD, above=[-1, 0, 0]), thread(FIRST, SECOND, above=[-1, 0])
    before.stubs = after.stubs = [Stub(0, 5, "reddit", ("10",))]
    merged = merge_threads(before, after)
    assert (merged.gone, merged.unloaded, merged.thread.stubs) == ([2], [], before.stubs)


def test_a_stub_for_more_than_was_loaded_stays() -> None:
    after = thread(FIRST)
    after.stubs = [Stub(0, 7, "reddit", ("8",))]
    merged = merge_threads(thread(FIRST, SECOND, above=[-1, 0]), after)
    assert (merged.unloaded, merged.thread.stubs) == ([1], after.stubs)


def test_what_is_not_in_a_part_is_not_gone() -> None:
    merged = merge_threads(thread(FIRST, SECOND, THIRD), thread(SECOND), whole=False)
    assert (merged.gone, merged.unloaded, len(merged.thread)) == ([], [0, 2], 3)


def test_an_older_state_in_another_format_is_the_same_comments() -> None:
    plain = thread((None, "ann", FIRST[2]), (None, "bob", SECOND[2]))
    html = thread((None, "ann", f"<p>{FIRST[2]}</p>"))
    html.format = "html"
    merged = merge_threads(plain, html)
    assert (merged.gone, merged.edited, merged.new) == ([1], {}, [])
    assert merged.thread.bodies[1] == f"<p>{SECOND[2]}</p>"


@pytest.mark.parametrize("gone", [0, 1])
def test_joined_discussions_keep_their_rows(gone: int) -> None:
    def join(*rows: tuple[str | None, str | None, str]) -> Thread:
        parts = [
            Part("Reddit", thread(*rows), "r/cars"),
            Part(
                "Hacker News",
                thread(
                    ("7", "ann", "Elsewhere."),
                ),
            ),
        ]
        return join_threads(Article("A title"), parts)

    rows = [FIRST, SECOND]
    merged = merge_threads(join(*rows), join(rows[1 - gone]))
    assert merged.gone == [1 + gone]
    assert list(merged.thread.authors) == list(join(*rows).authors)
    assert list(merged.thread.people) == list(join(*rows).people)
    assert compare_states(join(*rows), merged.thread).unchanged
