"""Where comments stand in another state of their thread."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.row_map import RowMap, invert
from tests.made_threads import steady


@dataclass
class Ids:
    """A thread, as far as its identifiers."""

    ids: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.ids)


class Counted(Sequence[str | None]):
    """Counts how often a row is asked for."""

    def __init__(self, ids: Sequence[str | None]) -> None:
        self._ids = ids
        self.asked = 0

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, row: int) -> str | None:  # type: ignore[override]
        self.asked += 1
        return self._ids[row]


permutations = st.integers(0, 30).flatmap(lambda size: st.permutations(range(size)))
states = st.lists(st.integers(0, 40).map(str), unique=True, max_size=30)


@steady
@given(permutations, st.data())
def test_a_permutation_carries_everything(order: list[int], data: st.DataObject) -> None:
    row_map = RowMap.from_order(order)
    assert [row_map.of(row) for row in order] == list(range(len(order)))
    assert list(row_map.every()) == list(invert(order, len(order)))
    assert [row_map.inverse.of(row_map.of(row)) for row in range(len(order))] == list(range(len(order)))
    assert row_map.inverse.inverse is row_map
    column = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(order), max_size=len(order))))
    assert row_map.mask(column) == bytes(column[row] for row in order)
    assert row_map.inverse.mask(row_map.mask(column)) == column


@steady
@given(states, states, st.data())
def test_comments_are_the_same_ones_by_their_ids(old: list[str], new: list[str], data: st.DataObject) -> None:
    row_map = RowMap.between(Ids(old), Ids(new))
    wanted = [new.index(id) if id in new else -1 for id in old]
    asked = data.draw(st.lists(st.integers(0, len(old) - 1), max_size=20)) if old else []
    assert [row_map.of(row) for row in asked] == [wanted[row] for row in asked]  # in any order, and more than once
    assert list(row_map.every()) == wanted
    assert row_map.rows(range(len(old))) == [row for row in wanted if row >= 0]
    assert list(row_map.inverse.every()) == [old.index(id) if id in old else -1 for id in new]
    assert row_map.mask(b"\1" * len(old)) == bytes(id in old for id in new)


@steady
@given(st.integers(0, 5), st.integers(0, 5))
def test_without_ids_a_comment_is_the_one_in_its_row(old: int, new: int) -> None:
    row_map = RowMap.between(Ids([None] * old), Ids([None] * new))
    assert list(row_map.every()) == [row if row < new else -1 for row in range(old)]


@pytest.mark.parametrize("row", [-1, 3])
def test_a_row_outside_is_an_error(row: int) -> None:
    for row_map in (RowMap.identity(3), RowMap.from_order([2, 0, 1]), RowMap.between(Ids("abc"), Ids("cab"))):
        with pytest.raises(IndexError):
            row_map.of(row)


def test_an_order_may_leave_out_and_add_comments() -> None:
    row_map = RowMap.from_order([3, -1, 0], 4)
    assert list(row_map.every()) == [2, -1, -1, 0]
    assert list(row_map.inverse.every()) == [3, -1, 0]
    assert (row_map.first([1, 2, 3]), row_map.first([1, 2]), row_map.first([1], 7)) == (0, 0, 7)


def test_nothing_moves_under_the_identity() -> None:
    row_map = RowMap.identity(3)
    assert (list(row_map.every()), row_map.mask(b"\1\0\1"), row_map.inverse.of(2)) == ([0, 1, 2], b"\1\0\1", 2)


@pytest.mark.parametrize("added", [1, 50])
def test_a_thread_that_grows_is_not_looked_through_for_each_row(added: int) -> None:
    """Comments are added in the middle: the cost of a row, and of all, depends on how many came."""
    size, middle = 5_000, 2_500
    ids = [str(row) for row in range(size)]
    new = Counted([*ids[:middle], *(f"new {n}" for n in range(added)), *ids[middle:]])
    row_map = RowMap.between(Ids(ids), Ids(new))
    assert row_map.of(4_000) == 4_000 + added
    assert new.asked <= added + 2
    new.asked = 0
    assert row_map.rows(range(3_000, size)) == list(range(3_000 + added, size + added))
    assert new.asked <= 2 * (size - 3_000) + added + 1


def test_many_rows_are_carried_over_at_once() -> None:
    size = 10_000
    order = list(range(size - 1, -1, -1))
    for row_map in (
        RowMap.from_order(order),
        RowMap.between(Ids(list(map(str, range(size)))), Ids([*map(str, order)])),
    ):
        assert row_map.mask(b"\1" * 6_000 + bytes(size - 6_000)) == bytes(size - 6_000) + b"\1" * 6_000


def test_inverting_an_order_tells_what_is_left_out() -> None:
    assert invert([2, 0, -1], 4) == array("i", [1, -1, 0, -1])
