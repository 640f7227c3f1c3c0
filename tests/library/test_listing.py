"""The threads as a list, tags, removal, and what is new in those that are followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import Annotation, AnnotationChange, FollowChange, ReadChange, RemovalChange, TagChange
from rumor_tui.model import Article, Thread
from tests.library.made_threads import a_thread
from tests.library.test_reading_state import write


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


def thread(number: int, *texts: str) -> Thread:
    address = f"https://forum.example/t/{number}"
    return a_thread(texts, ids=[str(row) for row in range(len(texts))], article=Article(f"T{number}"), source=address)


def test_the_last_active_one_comes_first(keeper: Keeper) -> None:
    numbers = [keeper.record(thread(number, "one"), 1_000.0 + number).thread_id for number in range(3)]
    assert [entry.title for entry in keeper.entries()] == ["T2", "T1", "T0"]
    write(keeper, ReadChange(numbers[0], [1], True, 2_000.0))
    assert [entry.title for entry in keeper.entries()] == ["T0", "T2", "T1"]


def test_bookmarks_notes_tags_and_follows_are_told(keeper: Keeper) -> None:
    number = keeper.record(thread(1, "one"), 1_000.0).thread_id
    write(
        keeper,
        AnnotationChange(number, Annotation("a", "mark", 1), 1_001.0),
        AnnotationChange(number, Annotation("b", "note", 1, "text"), 1_001.0),
        AnnotationChange(number, Annotation("c", "note", 1, "taken away"), 1_001.0),
        AnnotationChange(number, Annotation("c", "note", 1), 1_002.0, removed=True),
        TagChange(number, "one", True, 1_001.0),
        TagChange(number, "two", True, 1_001.0),
        TagChange(number, "two", False, 1_002.0),
        TagChange(number, "one", False, 900.0),
        FollowChange("https://forum.example/t/1", "thread", "T1", True, 1_001.0),
    )
    (entry,) = keeper.entries()
    assert (entry.marked, entry.notes, entry.tags, entry.followed) == (1, 1, ("one",), True)
    assert entry.site == "forum.example"


def test_what_is_deleted_can_be_put_back(keeper: Keeper) -> None:
    number = keeper.record(thread(1, "one"), 1_000.0).thread_id
    write(keeper, RemovalChange(number, True, 1_001.0))
    assert keeper.entries() == []
    assert [entry.thread_id for entry in keeper.entries(removed=True)] == [number]
    write(keeper, RemovalChange(number, False, 1_002.0))
    assert [entry.thread_id for entry in keeper.entries()] == [number]
    assert keeper.entries(removed=True) == []


def test_a_deleted_thread_that_is_opened_again_is_back(keeper: Keeper) -> None:
    number = keeper.record(thread(1, "one"), 1_000.0).thread_id
    write(keeper, RemovalChange(number, True, 1_001.0))
    keeper.record(thread(1, "one", "two"), 1_002.0)
    assert keeper.entries() == []
    keeper.visit(thread(1, "one", "two"), 1_003.0)
    assert [entry.thread_id for entry in keeper.entries()] == [number]


def test_news_are_what_came_in_threads_that_are_followed(keeper: Keeper) -> None:
    for number in (1, 2):
        keeper.visit(thread(number, "old"), 1_000.0)
    write(keeper, FollowChange("https://forum.example/t/1", "thread", "T1", True, 1_001.0))
    for number in (1, 2):
        keeper.record(thread(number, "old", "first\nnew", "second new \x1b[31m"), 2_000.0 + number)
    found = keeper.news()
    assert [(one.thread_title, one.text, one.author) for one in found] == [
        ("T1", "second new ␛[31m", "author2"),
        ("T1", "first new", "author1"),
    ]
    assert [keeper.row_of(one.thread_id, one.handle) for one in found] == [2, 1]
    write(keeper, ReadChange(found[0].thread_id, [found[0].handle], True, 3_000.0))
    assert len(keeper.news()) == 1
    assert keeper.news(0) == []
    keeper.visit(thread(1, "old", "first\nnew", "second new \x1b[31m"), 4_000.0)
    assert keeper.news() == []


def test_a_row_that_is_not_there_is_minus_one(keeper: Keeper) -> None:
    number = keeper.record(thread(1, "one")).thread_id
    assert keeper.row_of(number, 999) == -1
