"""Columns that cost little, and threads of some rows of another, or of the rows of two."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.columns import Constant, LazyColumn, chain_columns, join_columns, select_rows
from rumor_tui.model import COLUMNS, Article, Stub, Thread
from tests.made_threads import parents, steady, threads


def column(values: list[int], kind: str) -> Sequence[int]:
    """The values as a column of a kind."""
    kinds: dict[str, Callable[[], Sequence[int]]] = {
        "list": lambda: values,
        "array": lambda: array("i", values),
        "constant": lambda: Constant(7, len(values)),
        "lazy": lambda: LazyColumn(abs, values),
        "negated": lambda: LazyColumn(lambda value: -value, values),
        "nested": lambda: LazyColumn(abs, LazyColumn(lambda value: 2 * value, values)),
        "range": lambda: range(len(values)),
    }
    return kinds[kind]()


kinds = st.sampled_from(["list", "array", "constant", "lazy", "negated", "nested", "range"])
columns = st.builds(column, st.lists(st.integers(-9, 9), max_size=9), kinds)


@steady
@given(columns, st.data())
def test_selecting_gives_the_rows_in_the_order_asked_for(values: Sequence[int], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(values) - 1), unique=True)) if len(values) else []
    selected = select_rows(values, rows)
    assert (list(selected), len(selected)) == ([values[row] for row in rows], len(rows))


@steady
@given(st.lists(columns, max_size=5), st.data())
def test_a_chain_has_the_rows_of_all(parts: list[Sequence[int]], data: st.DataObject) -> None:
    chained, wanted = chain_columns(parts), [value for part in parts for value in part]
    assert (list(chained), [chained[row] for row in range(len(chained))]) == (wanted, wanted)
    start, stop = (data.draw(st.integers(0, len(wanted))) for _ in range(2))
    assert list(chained[start:stop]) == wanted[start:stop]
    rows = data.draw(st.lists(st.integers(0, len(wanted) - 1))) if wanted else []
    assert list(select_rows(chained, rows)) == [wanted[row] for row in rows]
    again = chain_columns([chained[start:stop], *parts])
    assert list(again) == [again[row] for row in range(len(again))] == wanted[start:stop] + wanted
    assert list(join_columns(chained, again)) == wanted + wanted[start:stop] + wanted


@steady
@given(st.lists(columns, min_size=2, max_size=5))
def test_joining_gives_the_rows_of_all(parts: list[Sequence[int]]) -> None:
    joined, wanted = parts[0], list(parts[0])
    for part in parts[1:]:
        joined = join_columns(joined, part)
        wanted += part
    assert (list(joined), [joined[row] for row in range(len(joined))]) == (wanted, wanted)


def test_nothing_lazy_is_worked_out_before_it_is_asked_for() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    first, nested = LazyColumn(double, [1, 2, 3]), LazyColumn(abs, LazyColumn(double, [4, 5]))
    joined = join_columns(join_columns(first, LazyColumn(double, [6])), nested)
    chosen = select_rows(joined, [5, 3, 0])
    assert (asked, len(chosen)) == ([], 3)
    assert (list(chosen), asked) == ([10, 12, 2], [5, 6, 1])


def test_a_lazy_column_works_out_many_rows_at_once_where_it_can() -> None:
    stretches: list[int] = []

    def double_many(numbers: Sequence[int]) -> list[int]:
        stretches.append(len(numbers))
        return [2 * number for number in numbers]

    def double(number: int) -> int:
        return 2 * number

    column = LazyColumn(double, list(range(600)), double_many)
    assert list(column) == list(column[:][0:600]) == [column[row] for row in range(600)]
    assert stretches == [256, 256, 88] * 2
    stretches.clear()
    assert list(join_columns(select_rows(column, [3, 1]), column[:1])) == [6, 2, 0]
    assert stretches == [3]


def test_however_many_columns_are_joined_none_is_deeper() -> None:
    joined: Sequence[int] = [0]
    for number in range(1, 3_000):
        joined = join_columns(joined, LazyColumn(lambda value: value + 1, [number - 1]))
    assert (joined[0], joined[2_999], len(joined)) == (0, 2_999, 3_000)


def test_columns_that_share_their_keys_go_on_sharing_them() -> None:
    keys = [3, 1, 2]
    selected: dict[int, object] = {}
    first = select_rows(LazyColumn(str, keys), [2, 0], selected)
    second = select_rows(LazyColumn(abs, keys), [2, 0], selected)
    assert isinstance(first, LazyColumn) and isinstance(second, LazyColumn) and first.keys is second.keys


def rows_of(thread: Thread) -> list[tuple[object, ...]]:
    """What the columns hold, row by row."""
    return list(zip(*(getattr(thread, name) for name in COLUMNS), strict=True))


@steady
@given(threads(), st.data())
def test_a_selection_holds_the_same_comments(thread: Thread, data: st.DataObject) -> None:
    rows = data.draw(st.permutations(range(len(thread))))[: data.draw(st.integers(0, len(thread)))]
    selected = thread.select(rows, [-1] * len(rows))
    assert rows_of(selected) == [rows_of(thread)[row] for row in rows]
    assert list(selected.parent) == [-1] * len(rows)
    assert (selected.article, selected.format, selected.source) == (thread.article, thread.format, thread.source)
    kept = [stub for stub in thread.stubs if stub.parent < 0 or stub.parent in rows]
    assert [(stub.count, stub.via, stub.keys) for stub in selected.stubs] == [
        (stub.count, stub.via, stub.keys) for stub in kept
    ]
    assert [rows[stub.parent] if stub.parent >= 0 else -1 for stub in selected.stubs] == [stub.parent for stub in kept]


@steady
@given(threads(), threads())
def test_a_joined_thread_holds_the_comments_of_both(first: Thread, second: Thread) -> None:
    joined = first.join(second)
    assert rows_of(joined) == rows_of(first) + rows_of(second)
    size = len(first)
    assert list(joined.parent) == [*first.parent, *(above + size if above >= 0 else -1 for above in second.parent)]
    assert joined.article is first.article
    assert [stub.count for stub in joined.stubs] == [stub.count for stub in (*first.stubs, *second.stubs)]


@steady
@given(parents())
def test_a_thread_without_dates_goes_on_without_them(parent: array[int]) -> None:
    size = len(parent)
    thread = Thread(Article(), parent, ["a"] * size, ["b"] * size, [1] * size)
    thread.stubs = [Stub(-1, 3)]
    selected = thread.select(range(size), parent)
    assert isinstance(selected.published, Constant) or not size
    assert (list(selected.parent), selected.stubs) == (list(parent), [Stub(-1, 3)])
