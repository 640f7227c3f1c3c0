"""A claim is followed through all threads: who gives a figure for the same thing, and who names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import ClaimSubject, LibraryTrail, MarksChange, RemovalChange
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.kept_marks import pack_marks
from tests.library.made_libraries import library_of
from tests.search.threads import make_thread


@pytest.fixture
def cars(tmp_path: Path) -> Iterator[Keeper]:
    keeper = library_of(
        tmp_path,
        make_thread(
            ["They made around 600 examples of the Velostar.", "I heard of 400 units a month.", "It costs $50,000."],
            ["Gabe", "Ann", None],
            title="Velostar rumours",
        ),
        make_thread(
            ["The Velostar: 1,250 cars.", "Only 600 units of the Velostar. 12 people came.", "600 km is far."],
            ["Ben", "Cay", "Dee"],
            title="Something else",
        ),
        make_thread(["90 units of another thing", "And 600 cars of a third"], ["Eve", "Fay"], title="Not about it"),
    )
    yield keeper
    keeper.close()


def _told(trail: LibraryTrail) -> list[tuple[int, int, str, bool]]:
    return sorted((one.hit.thread_id, one.hit.handle, one.figure, one.same) for one in trail.statements)


def test_figures_for_the_same_thing_are_found_in_all_threads(cars: Keeper) -> None:
    trail = cars.trail(ClaimSubject("number", "600 examples", "made", ["Velostar"]))
    assert _told(trail) == [
        (1, 1, "around 600", True),
        (1, 2, "400 per month", False),  # by the title of its thread
        (2, 4, "1,250", False),
        (2, 5, "600", True),
        (3, 8, "600", True),
    ]
    assert trail.figures[0] == ("600", 2, 2)
    assert [one.same for one in trail.statements] == [True, True, True, False, False]


def test_a_statement_says_who_made_it_where(cars: Keeper) -> None:
    trail = cars.trail(ClaimSubject("number", "1,250 cars", "made", ["Velostar"]))
    hit = trail.statements[0].hit
    assert (hit.thread_title, hit.author, hit.snippet) == ("Something else", "Ben", "The Velostar: 1,250 cars.")
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["1,250 cars"]
    assert trail.title == "1,250 cars"


def test_without_names_only_the_claim_itself_is_followed(cars: Keeper) -> None:
    trail = cars.trail(ClaimSubject("number", "600 units", "made"))
    assert {figure for _, _, figure, _ in _told(trail)} == {"around 600", "600"}
    assert cars.trail(ClaimSubject("number", "$50,000", "$")).statements[0].hit.handle == 3


def test_a_figure_of_a_thread_that_was_read_is_found_however_it_is_written(tmp_path: Path) -> None:
    keeper = library_of(tmp_path, make_thread(["They built six hundred cars.", "600"]))
    subject = ClaimSubject("number", "600 cars", "made")
    assert _told(keeper.trail(subject)) == []
    analysis = ThreadAnalysis(keeper.stored(1))
    analysis.index.build()
    analysis.find_marks()
    assert analysis.marks is not None
    keeper.change([MarksChange(1, pack_marks(analysis.marks, [1, 2]), 2.0)])
    keeper.write(lambda connection: None)
    assert _told(keeper.trail(subject)) == [(1, 1, "600", True)]
    keeper.close()


def test_a_name_is_followed_by_its_words(cars: Keeper) -> None:
    trail = cars.trail(ClaimSubject("name", "Velostar"))
    assert [handle for _, handle, _, _ in _told(trail)] == [1, 4, 5]
    assert trail.figures == ()
    assert cars.trail(ClaimSubject("name", "…")).statements == ()


def test_threads_that_were_deleted_say_nothing(cars: Keeper) -> None:
    cars.change([RemovalChange(2, removed=True, moment=3.0)])
    cars.write(lambda connection: None)
    assert {thread for thread, *_ in _told(cars.trail(ClaimSubject("name", "Velostar")))} == {1}


def test_no_more_than_asked_for(cars: Keeper) -> None:
    trail = cars.trail(ClaimSubject("number", "600 examples", "made", ["Velostar"]), 2)
    assert len(trail.statements) == 2
    assert sum(count for _, count, _ in trail.figures) == 5
