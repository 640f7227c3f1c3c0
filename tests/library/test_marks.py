"""Numbers and names that the library keeps: found by what threads state, replaced with the thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.library.marks import marks_in, number_handles, set_marks, some_have_none, threads_stating
from rumor_tui.search.index.kept_marks import pack_marks
from rumor_tui.search.query.ast import NumberTerm
from rumor_tui.search.query.parser import parse_query
from tests.library.made_libraries import new_library
from tests.search.marked_threads import marked
from tests.search.threads import make_index


@pytest.fixture
def library(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = new_library(tmp_path)
    for thread in (1, 2):
        connection.execute(
            "INSERT INTO threads(id, uid, added, active, comments, tree) VALUES(?, ?, 0, 0, 2, x'00')",
            (thread, str(thread)),
        )
    yield connection
    connection.close()


def _packed(*bodies: str, first: int = 1) -> bytes:
    return pack_marks(marked(make_index(bodies)), range(first, first + len(bodies)))


def _number(query: str) -> NumberTerm:
    term = parse_query(query)
    assert isinstance(term, NumberTerm)
    return term


def test_threads_are_found_by_the_numbers_that_they_state(library: sqlite3.Connection) -> None:
    set_marks(library, 1, _packed("600 cars", "$50"), 1.0)
    set_marks(library, 2, _packed("1,250 units", "25-65", first=11), 1.0)
    assert threads_stating(library, _number(">500")) == [2, 1]
    assert threads_stating(library, _number("units:400..700")) == [1]
    assert threads_stating(library, _number("$50")) == [1]
    assert threads_stating(library, _number("60")) == [2]  # which the exact test of the comments then leaves out
    marks = marks_in(library, 2)
    assert marks is not None
    assert number_handles(marks, _number("60")) == set()
    assert number_handles(marks, _number("65")) == {12}
    assert number_handles(marks, _number("cars:>1000")) == {11}


def test_marks_are_replaced_with_the_state_of_the_thread(library: sqlite3.Connection) -> None:
    set_marks(library, 1, _packed("600 cars", "$50"), 1.0)
    set_marks(library, 1, _packed("700 cars"), 2.0)
    assert threads_stating(library, _number("600")) == []
    assert threads_stating(library, _number("700")) == [1]
    library.execute("DELETE FROM threads WHERE id = 1")
    assert threads_stating(library, _number("700")) == []
    assert marks_in(library, 1) is None


def test_threads_that_were_not_read_are_known(library: sqlite3.Connection) -> None:
    set_marks(library, 1, _packed("600 cars"), 1.0)
    assert some_have_none(library)
    set_marks(library, 2, _packed("none"), 1.0)
    assert not some_have_none(library)


def test_bytes_that_are_no_marks_are_refused(library: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="no packed marks"):
        set_marks(library, 1, b"?", 1.0)
