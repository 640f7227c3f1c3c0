"""What only the library knows of comments, as the search language asks for it."""

from __future__ import annotations

import pytest

from rumor_tui.cli.search import asks_what_is_remembered, find_matches
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.query.query import Query
from rumor_tui.search.session import SearchSession
from tests.ui.helpers import FAMILY, thread_of

STATES = {
    "new": bytes((0, 0, 0, 1, 0, 0, 0, 1)),
    "unread": bytes((0, 1, 0, 1, 0, 0, 0, 0)),
    "read": bytes((1, 0, 1, 0, 1, 1, 1, 1)),
    "edited": bytes((0, 0, 1, 0, 0, 0, 0, 0)),
    "gone": bytes((0, 0, 0, 0, 1, 0, 0, 0)),
    "marked": bytes((0, 0, 0, 0, 0, 1, 0, 0)),
    "note": bytes((0, 0, 0, 0, 0, 0, 1, 0)),
}


def session(states: dict[str, bytes] | None = None) -> SearchSession:
    """A search in a small thread of which something is remembered."""
    made = SearchSession(ThreadAnalysis(thread_of(FAMILY)))
    if states is not None:
        made.columns.states = lambda: dict(states)
    return made


def found(made: SearchSession) -> list[int]:
    """The rows with matches."""
    assert made.matches is not None
    made.matches.counts()
    items = made.matches.items()
    return [row for row, held in enumerate(items[made.columns.first :]) if held]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("is:new", [3, 7]),
        ("is:unread", [1, 3]),
        ("is:read", [0, 2, 4, 5, 6, 7]),
        ("is:edited", [2]),
        ("is:deleted", [4]),
        ("is:marked", [5]),
        ("has:note", [6]),
        ("is:unread is:new", [3]),
        ("is:new or is:marked", [3, 5, 7]),
        ("is:unread -is:new", [1]),
        ("root is:marked", [5]),
    ],
)
def test_what_is_remembered_is_found(query: str, rows: list[int]) -> None:
    made = session(STATES)
    made.change(Query(query))
    assert found(made) == rows


@pytest.mark.parametrize("query", ["is:new", "is:unread", "is:read", "is:edited", "is:marked", "has:note"])
def test_where_nothing_is_remembered_nothing_is_found(query: str) -> None:
    for made in (session(), session({})):
        made.change(Query(query))
        assert found(made) == []


def test_it_holds_as_it_was_when_the_search_began_until_that_is_renewed() -> None:
    states = dict(STATES)
    made = session(states)
    made.change(Query("is:unread"))
    states["unread"] = bytes(8)
    assert found(made) == [1, 3]
    assert made.renew()
    assert found(made) == []


def test_other_searches_need_no_renewal() -> None:
    made = session(STATES)
    assert not made.renew()
    made.change(Query("root"))
    before = made.matches
    assert not made.renew()
    assert made.matches is before


def test_states_of_another_length_are_none() -> None:
    made = session({"unread": bytes((1, 1))})
    made.change(Query("is:unread"))
    assert found(made) == []


@pytest.mark.parametrize(
    ("query", "asks"),
    [("is:unread", True), ("x -has:note", True), ("is:leaf", False), ("unread", False), ("a or is:new", True)],
)
def test_a_search_in_a_file_says_that_only_the_library_knows(query: str, asks: bool) -> None:
    told: list[str] = []
    find_matches(thread_of(FAMILY), Query(query), told.append)
    assert asks_what_is_remembered(Query(query)) is asks
    assert any("--library" in sentence for sentence in told) is asks
