"""What the session remembers of a thread, by the rows that are shown, in whatever order and state."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library_types import Annotation, AnnotationChange, Edit, ReadChange, Remembered
from rumor_tui.model import Thread
from rumor_tui.reading.memory import Counts, Since
from rumor_tui.reading.session import ReadingSession
from rumor_tui.row_map import RowMap
from tests.reading.sessions import family

SIZE = 8
VISIT = 1_700_000_000.0
BEFORE = VISIT - 86_400


def told(
    thread: Thread,
    *,
    read: Sequence[int] = (),
    new: Sequence[int] = (),
    visits: Sequence[float] = (BEFORE,),
    edited: Sequence[int] = (),
    gone: Sequence[int] = (),
    annotations: Sequence[Annotation] = (),
    row_map: RowMap | None = None,
) -> Remembered:
    """What a library tells; the handle of row r is 100 + r, and rows are those of the page."""
    size = len(thread)
    return Remembered(
        7,
        thread,
        row_map or RowMap.identity(size),
        array("q", range(100, 100 + size)),
        bytes(row in read for row in range(size)),
        array("d", [BEFORE + 5 if row in new else BEFORE - 5 for row in range(size)]),
        {row: Edit("before", VISIT) for row in edited},
        dict.fromkeys(gone, VISIT),
        annotations,
        visits,
    )


def dated() -> Thread:
    """The family, written one after the other."""
    thread = family()
    thread.published = array("d", [BEFORE - 100 + 20 * row for row in range(SIZE)])
    return thread


def session(thread: Thread | None = None, **known: object) -> ReadingSession:
    """A session of which the library has told."""
    made = ReadingSession(thread or family())
    made.memory.expected = True
    made.remember(told(made.order.page, **known))  # type: ignore[arg-type]
    return made


def by_id(made: ReadingSession, column: bytes) -> set[str | None]:
    """The comments whose byte is 1."""
    return {made.thread.ids[row] for row in range(len(made.thread)) if column[row]}


# Asking


def test_before_the_library_has_told_nothing_is_known() -> None:
    memory = ReadingSession(family()).memory
    assert not memory.known
    assert not memory.is_unread(0)
    assert memory.counts == Counts(0, 0)
    assert memory.counts_in(0, 5) == Counts(0, 0)
    assert memory.states() == {}
    assert memory.handle_of(3) == -1
    assert memory.handle_of(-1) == 0


def test_counts() -> None:
    memory = session(read=[0, 1, 2], new=[2, 3, 4]).memory
    assert memory.counts == Counts(5, 2)
    assert memory.counts_in(0, 4) == Counts(1, 1)
    assert [row for row in range(SIZE) if memory.is_fresh(row)] == [3, 4]
    assert memory.handle_of(3) == 103
    assert memory.row_of(103) == 3
    assert memory.row_of(999) == -1
    assert memory.row_of(0) == memory.row_of(-1) == -1


@given(st.lists(st.integers(1, 40), unique=True))
def test_rows_are_found_by_their_handles_in_any_order(handles: list[int]) -> None:
    memory = ReadingSession(family()).memory
    memory.handles = array("q", handles)
    for handle in range(50):
        assert memory.row_of(handle) == (handles.index(handle) if handle in handles else -1)


def test_on_a_first_visit_only_what_comes_during_it_is_new() -> None:
    made = session(visits=(), new=[])
    assert made.memory.counts == Counts(SIZE, 0)
    later = told(made.order.page, visits=(), new=[6])
    made.remember(later)
    assert made.memory.counts == Counts(SIZE, 1)


# Since when


def test_since_another_moment() -> None:
    made = session(new=[3])
    made.run(lambda: made.memory.choose_since(Since(BEFORE - 10)))
    assert made.memory.counts.fresh == SIZE
    made.run(lambda: made.memory.choose_since(Since(None)))
    assert made.memory.counts.fresh == 0


def test_since_a_date_goes_by_when_comments_were_written() -> None:
    made = session(dated())
    made.run(lambda: made.memory.choose_since(Since(BEFORE, "written")))
    assert [row for row in range(SIZE) if made.memory.new[row]] == [5, 6, 7]


def test_a_choice_holds_when_the_library_tells_again() -> None:
    made = session(new=[3])
    made.run(lambda: made.memory.choose_since(Since(BEFORE - 10)))
    made.remember(told(made.order.page, new=[3]))
    assert made.memory.counts.fresh == SIZE


# Changing


def test_a_change_holds_once_it_is_confirmed() -> None:
    made = session(read=[0])
    effects = made.run(lambda: made.memory.mark_read([0, 1, 2]))
    (change,) = effects.changes
    assert isinstance(change, ReadChange)
    assert list(change.handles) == [101, 102]
    assert made.memory.counts.unread == SIZE - 1
    made.run(lambda: made.memory.confirm([change]))
    assert made.memory.counts.unread == SIZE - 3


def test_what_is_so_already_is_no_change() -> None:
    made = session(read=[0])
    assert made.run(lambda: made.memory.mark_read([0])).changes == []
    assert made.run(lambda: made.memory.mark_read([1], read=False)).changes == []


def test_what_is_read_before_the_library_has_told_is_handed_over_then() -> None:
    made = ReadingSession(family())
    made.memory.expected = True
    assert made.run(lambda: made.memory.mark_read([2, 5])).changes == []
    changes = made.remember(told(made.order.page, read=[5])).changes
    assert [(list(change.handles), change.read) for change in changes if isinstance(change, ReadChange)] == [
        ([102], True),
        ([105], True),
    ]


def test_without_a_library_nothing_waits_for_one() -> None:
    made = ReadingSession(family())
    made.run(lambda: made.memory.mark_read([2]))
    assert made.remember(told(made.order.page)).changes == []


def test_what_waits_follows_its_comment() -> None:
    made = ReadingSession(dated())
    made.memory.expected = True
    made.run(lambda: made.memory.mark_read([7]))
    made.run(lambda: made.order.show("newest"))
    changes = made.remember(told(made.order.page)).changes
    assert [list(change.handles) for change in changes if isinstance(change, ReadChange)] == [[107]]


def test_annotations_come_and_go_by_their_ids() -> None:
    one, other = (Annotation(uid, "mark", 103) for uid in ("one", "other"))
    made = session(annotations=[one])
    assert list(made.memory.marked) == [3]
    made.run(lambda: made.memory.confirm([AnnotationChange(7, other, VISIT)]))
    assert {kept.uid for kept in made.memory.annotations_of(3)} == {"one", "other"}
    made.run(lambda: made.memory.confirm([AnnotationChange(7, one, VISIT, removed=True)]))
    assert [kept.uid for kept in made.memory.annotations_of(3)] == ["other"]


def test_states_of_the_search_language() -> None:
    notes = [Annotation("a", "mark", 101), Annotation("b", "note", 102, "text")]
    states = session(read=[0], new=[3], edited=[4], gone=[5], annotations=notes).memory.states()
    rows = {name: [row for row in range(SIZE) if column[row]] for name, column in states.items()}
    assert rows == {
        "new": [3],
        "unread": [1, 2, 3, 4, 5, 6, 7],
        "read": [0],
        "edited": [4],
        "gone": [5],
        "marked": [1],
        "note": [2],
    }


# Orders and states


@pytest.mark.parametrize("order", ["newest", "came", "replies"])
def test_columns_are_by_the_rows_that_are_shown(order: str) -> None:
    first, later = session(dated(), read=[0, 5], new=[3], edited=[4], gone=[6]), ReadingSession(dated())
    first.run(lambda: first.order.show(order))  # type: ignore[arg-type]
    later.run(lambda: later.order.show(order))  # type: ignore[arg-type]
    later.remember(told(later.order.page, read=[0, 5], new=[3], edited=[4], gone=[6]))
    page = family()
    for made in (first, later):
        memory = made.memory
        assert by_id(made, memory.read) == {page.ids[0], page.ids[5]}
        assert by_id(made, memory.new) == {page.ids[3]}
        assert {made.thread.ids[row] for row in memory.edited} == {page.ids[4]}
        assert {made.thread.ids[row] for row in memory.gone} == {page.ids[6]}
        assert [made.thread.ids[memory.row_of(100 + row)] for row in range(SIZE)] == list(page.ids)
        assert memory.first_seen[memory.row_of(103)] == BEFORE + 5


@given(
    st.lists(st.integers(-1, SIZE - 1), max_size=12, unique_by=lambda row: row if row >= 0 else object()),
    st.sets(st.integers(0, SIZE - 1)),
    st.sets(st.integers(0, SIZE - 1)),
)
def test_another_state_carries_the_columns_over(order: list[int], read: set[int], new: set[int]) -> None:
    made = session(read=sorted(read), new=sorted(new))
    page = made.order.page
    rows = [row for row in order if row >= 0]
    after = page.select(rows, array("i", [-1] * len(rows)))
    row_map = RowMap.from_order(rows, SIZE)
    made.replace(after, row_map)
    memory = made.memory
    assert [memory.handle_of(row) for row in range(len(rows))] == [100 + row for row in rows]
    assert [row for at, row in enumerate(rows) if memory.read[at]] == [row for row in rows if row in read]
    assert [row for at, row in enumerate(rows) if memory.new[at]] == [row for row in rows if row in new]


def test_new_comments_of_another_state_are_unread_and_have_no_handle() -> None:
    made = session(read=range(SIZE))
    page = made.order.page
    before = page.select([0, 5, 7], array("i", [-1, -1, -1]))
    smaller = session(before, read=range(3))
    smaller.replace(page, RowMap.from_order([0, -1, -1, -1, -1, 1, -1, 2], 3))
    assert [row for row in range(SIZE) if smaller.memory.is_unread(row)] == [1, 2, 3, 4, 6]
    assert smaller.memory.handle_of(1) == -1
