from __future__ import annotations

import pytest

from rumor_tui.model import Listing, Thread
from rumor_tui.readers import read_source
from tests.readers.api.samples import (
    ANSWERS,
    HINT,
    item,
    lines,
    listing,
    lobster,
    lobsters,
    opened,
    t1,
    t3,
    things,
    thread,
)


def same(result: Thread | Listing, wanted: Thread | Listing) -> bool:
    """Whether two threads have the same tree and the same texts."""
    assert isinstance(result, Thread)
    assert isinstance(wanted, Thread)
    return (list(result.parent), list(result.bodies)) == (list(wanted.parent), list(wanted.bodies))


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_in_a_wrapper(kind: str) -> None:
    plain = opened(ANSWERS[kind])
    assert same(opened({"status": "ok", "code": 200, "result": ANSWERS[kind], "took": [1, 2]}), plain)
    assert same(opened({"a": {"b": ANSWERS[kind]}}), plain)


@pytest.mark.parametrize("kind", sorted(set(ANSWERS) - {"firebase", "reddit", "reddit dump", "nested records"}))
def test_several_of_every_kind_in_json_lines_are_a_listing(kind: str) -> None:
    result = read_source(lines(ANSWERS[kind], ANSWERS[kind]), HINT)
    assert isinstance(result, Listing)
    assert len(result.entries) == 2
    assert same(result.open(1), opened(ANSWERS[kind]))


def test_several_pages_of_reddit() -> None:
    page = ANSWERS["reddit"]
    result = read_source(lines(page, page), HINT)
    assert isinstance(result, Listing)
    assert same(result.open(0), opened(page))


def test_parts_beside_each_other_are_one_list() -> None:
    result = thread({"story": item(1, None), "comments": [item(2, 1), item(3, 2)]})
    assert (result.article.title, list(result.parent)) == ("Story 1", [-1, 0])
    result = thread({"submission": things(t3()), "comments": things(t1("a", "t3_post"))})
    assert (result.article.title, list(result.ids)) == ("Title of post", ["a"])


def test_parts_in_the_same_field_of_every_line() -> None:
    result = read_source(lines(*({"uuid": n, "data": item(n, n - 1 or None)} for n in range(1, 4))), HINT)
    assert isinstance(result, Thread)
    assert (result.article.title, list(result.parent)) == ("Story 1", [-1, 0])


def test_an_object_of_objects_by_their_identifiers() -> None:
    result = thread({"1": item(1, None), "2": item(2, 1)})
    assert (result.article.title, list(result.ids)) == ("Story 1", ["2"])


def test_several_algolia_items() -> None:
    items = [
        {"id": n, "title": f"S{n}", "created_at_i": 5, "children": [{"text": "x", "children": []}]} for n in (1, 2)
    ]
    assert [(entry.title, entry.comments) for entry in listing(items).entries] == [("S1", 1), ("S2", 1)]


def test_several_stories_of_lobsters_with_their_comments() -> None:
    result = listing([lobsters(lobster("a")), lobsters(lobster("b"), lobster("c", "b"))])
    assert [entry.comments for entry in result.entries] == [1, 2]
    assert result.whole is not None
    assert list(result.whole().parent) == [-1, 0, -1, 2, 3]
