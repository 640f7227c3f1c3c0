from __future__ import annotations

import pytest

from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.query.query import Query
from rumor_tui.search.session import SearchSession
from tests.search.threads import make_knowledge


def make_search() -> SearchSession:
    return SearchSession(known(["600 examples", "600 units (rumor)"]))


def known(bodies: list[str]) -> ThreadAnalysis:
    knowledge = make_knowledge(bodies)
    knowledge.find_marks()
    return knowledge


def test_nothing_is_searched_at_first() -> None:
    search = make_search()
    assert (search.matches, search.error) == (None, "")


def test_a_query_brings_matches() -> None:
    search = make_search()
    assert search.change(Query("600"))
    assert search.matches is not None
    assert search.matches.counts().total == 2


def test_the_same_query_changes_nothing() -> None:
    search = make_search()
    search.change(Query("600"))
    matches = search.matches
    assert not search.change(Query("600"))
    assert search.matches is matches


def test_a_bad_expression_keeps_the_last_good_matches() -> None:
    search = make_search()
    search.change(Query("60", regex=True))
    matches = search.matches
    assert not search.change(Query("60(", regex=True))
    assert search.matches is matches
    assert search.error == 'The expression stops inside a group: a ")" is missing at 4.'
    assert search.change(Query("60(0)", regex=True))
    assert search.matches is not matches
    assert search.error == ""


def test_a_toggle_alone_is_a_new_query() -> None:
    search = make_search()
    search.change(Query("rumor"))
    assert search.change(Query("rumor", word=True))


def test_an_emptied_box_ends_the_search() -> None:
    search = make_search()
    search.change(Query("600"))
    assert search.change(Query(""))
    assert search.matches is None
    assert not search.change(Query(" "))


def test_clearing_keeps_the_toggles() -> None:
    search = make_search()
    search.change(Query("60(", case="sensitive", word=True, regex=True))
    search.clear()
    assert search.query == Query("", case="sensitive", word=True, regex=True)
    assert (search.matches, search.error) == (None, "")


def test_a_search_goes_on_in_other_texts() -> None:
    search = make_search()
    search.change(Query("600"))
    search.change(Query("(", regex=True))
    other = search.over(known(["600 units", "600 cars", "600 (rumor)"]))
    assert (other.query, other.error) == (search.query, search.error)
    assert other.matches is not None
    assert other.matches.counts().total == 3
    assert search.matches is not None
    assert search.matches.counts().total == 2


def test_a_search_for_nothing_goes_on_as_such() -> None:
    assert make_search().over(make_knowledge(["600"])).matches is None


def rows(search: SearchSession) -> list[int]:
    """The items that are counted."""
    assert search.matches is not None
    assert search.matches.counts().exact
    return [item for item, holds in enumerate(search.matches.items()) if holds]


@pytest.mark.parametrize("line", ["is:folded", "is:muted"])
def test_folds_and_muted_authors_are_those_of_when_the_search_began(line: str) -> None:
    folds, muted = bytearray((0, 1)), {"Ann"}
    search = SearchSession(make_knowledge(["one", "two"], ["Ben", "Ann"]), lambda: folds)
    search.columns.muted = lambda: frozenset(muted)
    search.change(Query(line))
    folds[:] = 1, 0
    muted ^= {"Ann", "Ben"}
    assert rows(search) == [2]
    grown = make_knowledge(["new", "one", "two"], ["Cy", "Ben", "Ann"])
    assert rows(search.over(grown, bytes((0, 0, 1)))) == [3]
    search.change(Query(f" {line}"))
    assert rows(search) == [1]


@pytest.mark.parametrize("line", [">", '"600', "/60(", "/6|", "600 or", "before:2011-1"])
def test_a_line_that_stops_half_way_keeps_the_last_matches(line: str) -> None:
    search = make_search()
    search.change(Query("600"))
    matches = search.matches
    assert not search.change(Query(line))
    assert search.matches is matches
    assert "missing" in search.error
    assert search.change(Query("units"))
    assert search.error == ""


def test_an_expression_by_toggle_is_no_line_of_the_language() -> None:
    search = make_search()
    assert search.change(Query("600|>", regex=True))
    assert search.error == ""
