"""Reading states, visits and places: the counters agree with the comments, and what is later holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library import reading_state
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.stored_places import place_from_json
from rumor_tui.library_types import Change, PlaceChange, ReadChange
from rumor_tui.place import Place, Spot
from tests.library.made_threads import ADDRESS, a_thread
from tests.made_threads import steady

PLACE = Place(
    cursor=Spot(3, 4),
    top=Spot(2, 3),
    comments=(2, 17),
    article=(0, 5, 1),
    in_article=True,
    folded=[1, 2],
    folded_handles=[2, 3],
    order="newest",
    query='"half \ud83d"',
    filtering=True,
    fingerprint="x",
)


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


def write(keeper: Keeper, *changes: Change) -> str:
    """Have changes written, and wait for the answer."""
    answers: list[str] = []
    done = Event()

    def answer(problem: str) -> None:
        answers.append(problem)
        done.set()

    keeper.change(changes, answer)
    assert done.wait(30)
    return answers[0]


def read_of(keeper: Keeper, visit: float = 9_000.0) -> list[int]:
    return list(keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), visit).read)


def counts(keeper: Keeper) -> tuple[int, int]:
    (entry,) = keeper.entries()
    return entry.unread, entry.fresh


def test_what_was_read_is_read_after_closing(keeper: Keeper) -> None:
    told = keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), 1_000.0)
    assert write(keeper, ReadChange(told.thread_id, told.handles[:2], True, 1_001.0)) == ""
    keeper.close()
    again = Keeper(keeper.path)
    assert read_of(again) == [1, 1, 0]
    assert counts(again) == (1, 0)
    again.close()


def test_the_later_one_holds(keeper: Keeper) -> None:
    told = keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), 1_000.0)
    number, (first, *_) = told.thread_id, told.handles
    write(keeper, ReadChange(number, [first], True, 1_005.0), ReadChange(number, [first], False, 1_003.0))
    assert read_of(keeper) == [1, 0, 0]
    write(keeper, ReadChange(number, [first], False, 1_006.0))
    assert read_of(keeper) == [0, 0, 0]
    assert counts(keeper)[0] == 3


def test_handles_of_another_thread_are_left_alone(keeper: Keeper) -> None:
    told = keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), 1_000.0)
    write(keeper, ReadChange(told.thread_id + 1, told.handles, True, 1_001.0))
    assert read_of(keeper) == [0, 0, 0]


@steady
@given(st.lists(st.tuples(st.lists(st.integers(1, 700), max_size=700), st.booleans(), st.integers(1, 9)), max_size=6))
def test_counters_agree_with_the_comments(changes: Sequence[tuple[list[int], bool, int]]) -> None:
    with TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder, "library.sqlite3"))
        thread = a_thread(["text"] * 300, ids=[str(row) for row in range(300)])
        number = keeper.visit(thread, 1_000.0).thread_id
        keeper.record(
            replace(thread, **grown(600)),  # type: ignore[arg-type]
            2_000.0,
        )
        for handles, read, moment in changes:
            write(keeper, ReadChange(number, handles, read, 3_000.0 + moment))
        counted = counts(keeper)
        keeper.write(lambda connection: reading_state.recount(connection, number))
        assert counts(keeper) == counted
        keeper.close()


def grown(size: int) -> dict[str, object]:
    thread = a_thread(["text"] * size, ids=[str(row) for row in range(size)])
    names = ("parent", "authors", "bodies", "lengths", "ids", "published", "published_text", "scores", "urls")
    return {name: getattr(thread, name) for name in (*names, "deleted", "discussions")}


def test_what_came_since_the_last_visit_is_fresh_until_the_next_one(keeper: Keeper) -> None:
    told = keeper.visit(a_thread(["one"], ids=["1"]), 1_000.0)
    keeper.record(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), 2_000.0)
    assert counts(keeper) == (3, 2)
    write(keeper, ReadChange(told.thread_id, [2], True, 2_001.0))
    assert counts(keeper) == (2, 1)
    keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), 3_000.0)
    assert counts(keeper) == (2, 0)


# Places


def test_a_place_comes_back_as_it_was(keeper: Keeper) -> None:
    told = keeper.visit(a_thread(["one"]), 1_000.0)
    assert told.place is None
    assert write(keeper, PlaceChange(told.thread_id, PLACE, 1_000.0, 1_009.0)) == ""
    assert keeper.visit(a_thread(["one"]), 2_000.0).place == PLACE
    assert keeper.place_of(ADDRESS) == PLACE
    assert keeper.place_of(f"{ADDRESS}?utm_source=mail") == PLACE
    assert keeper.place_of(f"{ADDRESS}1") is None


def test_the_later_place_holds(keeper: Keeper) -> None:
    number = keeper.visit(a_thread(["one"]), 1_000.0).thread_id
    earlier = replace(PLACE, query="earlier")
    write(keeper, PlaceChange(number, PLACE, 1_000.0, 1_009.0), PlaceChange(number, earlier, 1_000.0, 1_004.0))
    assert keeper.place_of(ADDRESS) == PLACE


def test_asking_for_a_place_makes_no_library(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "none" / "library.sqlite3")
    assert keeper.place_of(ADDRESS) is None
    assert [*keeper.entries(), *keeper.news(), *keeper.followed()] == []
    keeper.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"cursor": 1}', '{"cursor": {"row": 1}, "unknown": 2}'])
def test_a_place_that_cannot_be_read_is_none(text: str) -> None:
    assert place_from_json(text) is None
