from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Draft
from rumor_tui.readers import preorder
from tests.made_threads import steady

PARENTS = st.lists(st.none() | st.integers(-3, 30), max_size=25)


@steady
@given(PARENTS)
def test_every_row_comes_once_with_its_parent_before_it(parents: list[int | None]) -> None:
    order, owners = preorder.to_preorder(parents)
    assert sorted(order) == list(range(len(parents)))
    for place, (row, owner) in enumerate(zip(order, owners, strict=True)):
        assert -1 <= owner < place
        assert owner == -1 or parents[row] == order[owner]


@steady
@given(PARENTS)
def test_descendants_follow_without_a_gap(parents: list[int | None]) -> None:
    _, owners = preorder.to_preorder(parents)
    path: list[int] = []
    for place, owner in enumerate(owners):
        while path and path[-1] != owner:
            path.pop()
        assert owner == -1 or path
        path.append(place)


@steady
@given(PARENTS)
def test_only_a_bad_parent_or_a_circle_puts_a_row_at_the_top(parents: list[int | None]) -> None:
    order, owners = preorder.to_preorder(parents)
    size = len(parents)
    for row, owner in zip(order, owners, strict=True):
        if owner == -1:
            step = parents[row]
            seen = {row}
            while step is not None and 0 <= step < size and step not in seen:
                seen.add(step)
                step = parents[step]
            assert parents[row] is None or not 0 <= (parents[row] or 0) < size or step == row


def test_siblings_keep_their_order_and_a_circle_is_cut_at_its_first_row() -> None:
    assert preorder.to_preorder([None, 2, 0, 0]) == ([0, 2, 1, 3], [-1, 0, 1, 0])
    assert preorder.to_preorder([1, 2, 0]) == ([0, 2, 1], [-1, 0, 1])


def test_a_long_chain_needs_no_recursion() -> None:
    parents: list[int | None] = [*range(1, 20_000), None]
    assert preorder.to_preorder(parents) == (list(range(19_999, -1, -1)), list(range(-1, 19_999)))


def test_drafts_in_order_stay_as_they_are() -> None:
    drafts = [Draft("a"), Draft("b", parent=0)]
    assert preorder.arrange_drafts(drafts) is drafts
    assert preorder.arrange_drafts([Draft("b", parent=1), Draft("a")]) == [Draft("a"), Draft("b", parent=0)]


def test_a_long_chain_is_unfolded_without_recursion() -> None:
    node: dict[str, Any] = {"below": []}
    for _ in range(5_000):
        node = {"below": [node]}
    rows, owners = preorder.flatten_nested([node], lambda item: item["below"])
    assert len(rows) == 5_001
    assert owners[:3] == [-1, 0, 1]
