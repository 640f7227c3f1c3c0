"""Orders of the tree: nothing is lost, replies stay below what they answer, and siblings stand as the order says."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.columns import Constant, LazyColumn
from rumor_tui.model import Article, Order, Thread
from rumor_tui.outline import subtree_sizes
from rumor_tui.reading.orders import BY_NAME, ORDERS, SAMPLED, Arrangement, arrange, available
from tests.made_threads import chain, steady, threads

NAMES = [kind.name for kind in ORDERS]
TREES = [kind.name for kind in ORDERS if not kind.flat]

TREE = [-1, 0, 0, -1, 3, 3, -1]
"""Three top-level comments, of which the first two have two replies each."""


def thread_of(
    parent: Sequence[int], published: Sequence[float | None] = (), scores: Sequence[int | None] = ()
) -> Thread:
    size = len(parent)
    return Thread(
        Article(), array("i", parent), ["ann"] * size, ["hi"] * size, [2] * size, published=published, scores=scores
    )


def answered(thread: Thread, arrangement: Arrangement) -> list[int]:
    """By the page's rows, what each comment answers in the arrangement."""
    above = arrangement.answers or arrangement.parents
    found = [0] * len(thread)
    for row, owner in zip(arrangement.rows, above, strict=True):
        found[row] = arrangement.rows[owner] if owner >= 0 else -1
    return found


@steady
@given(threads(), st.sampled_from(NAMES))
def test_an_order_loses_nothing_and_changes_no_answer(thread: Thread, order: Order) -> None:
    arrangement = arrange(thread, order)
    assert sorted(arrangement.rows) == list(range(len(thread)))
    assert answered(thread, arrangement) == list(thread.parent)
    ordered = arrangement.thread(thread)
    assert list(ordered.ids) == [thread.ids[row] for row in arrangement.rows]
    assert [arrangement.row_map.of(row) for row in arrangement.rows] == list(range(len(thread)))
    assert arrange(thread, order, subtree_sizes(thread.parent)) == arrangement


@steady
@given(threads(), st.sampled_from(TREES))
def test_a_tree_stays_in_pre_order(thread: Thread, order: Order) -> None:
    path: list[int] = []
    for row, parent in enumerate(arrange(thread, order).parents):
        while path and path[-1] != parent:
            path.pop()
        assert (path[-1] if path else -1) == parent
        path.append(row)


def branch(thread: Thread, row: int) -> range:
    return range(row, row + subtree_sizes(thread.parent)[row] + 1)


def newest_in_branch(thread: Thread, row: int) -> float | None:
    return max((time for at in branch(thread, row) if (time := thread.published[at]) is not None), default=None)


def negated(value: float | None) -> float | None:
    return None if value is None else -value


KEYS: dict[Order, Callable[[Thread, int], float | None]] = {
    "page": lambda thread, row: row,
    "newest": lambda thread, row: negated(newest_in_branch(thread, row)),
    "oldest": lambda thread, row: thread.published[row],
    "points": lambda thread, row: negated(thread.scores[row]),
    "replies": lambda thread, row: -len(branch(thread, row)),
    "came": lambda thread, row: thread.published[row],
}
"""What siblings are ordered by, worked out anew in the simplest way; None comes last."""


@steady
@given(threads(), st.sampled_from(NAMES))
def test_siblings_are_ordered_and_equal_ones_stay_as_the_page_has_them(thread: Thread, order: Order) -> None:
    arrangement = arrange(thread, order)
    siblings: dict[int, list[int]] = {}
    for row, above in zip(arrangement.rows, arrangement.parents, strict=True):
        siblings.setdefault(above, []).append(row)
    for rows in siblings.values():
        keys = {row: KEYS[order](thread, row) for row in rows}
        wanted = sorted(sorted(rows), key=lambda row: (keys[row] is None, keys[row] or 0))
        assert rows == wanted


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("page", [0, 1, 2, 3, 4, 5, 6]),
        ("newest", [0, 2, 1, 6, 3, 5, 4]),  # the first one's second reply is the newest of all
        ("oldest", [0, 1, 2, 3, 5, 4, 6]),
        ("points", [3, 5, 4, 6, 0, 2, 1]),
        ("replies", [0, 1, 2, 3, 4, 5, 6]),
        ("came", [0, 1, 3, 5, 6, 2, 4]),
    ],
)
def test_orders_of_a_small_tree(order: Order, rows: list[int]) -> None:
    thread = thread_of(TREE, [10, 20, 90, 30, None, 40, 50], [1, None, 3, 8, 2, 4, 5])
    assert list(arrange(thread, order).rows) == rows


def test_a_flat_order_tells_what_each_comment_answers() -> None:
    arrangement = arrange(thread_of([-1, 0, 1, -1], [1, 4, 3, 2]), "came")
    assert list(arrangement.rows) == [0, 3, 2, 1]
    assert list(arrangement.parents) == [-1] * 4
    assert list(arrangement.answers) == [-1, -1, 3, 0]  # a reply may be older than what it answers says it is


def test_the_branch_with_most_comments_comes_first() -> None:
    assert list(arrange(thread_of([-1, -1, 1, 1, -1, 4]), "replies").rows) == [1, 2, 3, 4, 5, 0]


@pytest.mark.parametrize(
    ("thread", "names"),
    [
        (thread_of([-1, -1]), ["page"]),
        (thread_of([-1, 0]), ["page", "replies"]),
        (thread_of([-1, -1], [None, 3.0]), ["page", "newest", "oldest", "came"]),
        (thread_of([-1, -1], scores=[0, None]), ["page", "points"]),
        (thread_of(TREE, [1] * 7, [1] * 7), NAMES),
        (thread_of([]), ["page"]),
    ],
)
def test_only_what_the_source_tells_enough_for_is_offered(thread: Thread, names: list[str]) -> None:
    assert [kind.name for kind in available(thread)] == names


def test_offering_orders_parses_few_dates() -> None:
    asked: list[int] = []

    def never(row: int) -> None:
        asked.append(row)

    size = 40 * SAMPLED
    thread = thread_of([-1] * size, LazyColumn(never, range(size)))
    assert [kind.name for kind in available(thread)] == ["page"]
    assert len(asked) == SAMPLED


def test_a_deep_thread_needs_no_recursion() -> None:
    thread = chain(20_000)
    thread.published = Constant(1.0, len(thread))
    for order in NAMES:
        assert list(arrange(thread, order).rows) == list(range(len(thread)))


def test_every_order_has_its_words() -> None:
    assert all(kind.label for kind in ORDERS)
    assert sorted(BY_NAME) == sorted(get_args(Order))
