"""A thread that is opened from the library is not taken for a state of its source."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from rumor_tui.library.keeper import Keeper
from rumor_tui.library.reopening import GivenThreads
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder

ADDRESS = "https://example.com/thread"
EARLIER, LATER, LAST = 1_000_000.0, 2_000_000.0, 3_000_000.0


def thread(*bodies: str, source: str = ADDRESS) -> Thread:
    builder = ThreadBuilder(Article("A thread"))
    for body in bodies:
        builder.add(Draft(body, "ann", id=body.split()[0]))
    return builder.build("plain", source=source)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "rumor-tui" / "library.sqlite3")
    yield keeper
    keeper.close()


def test_what_the_source_has_no_more_stays_so_when_the_thread_is_opened_from_the_library(library: Keeper) -> None:
    known = library.record(thread("one", "two", "three"), EARLIER)
    library.record(thread("one", "three"), LATER)
    stored = library.stored(known.thread_id)
    assert list(stored.bodies) == ["one", "two", "three"]
    remembered = library.visit(stored, LAST)
    assert remembered.gone == {1: LATER}
    assert remembered.thread is stored
    assert [entry.comments for entry in library.entries()] == [3]


def test_a_thread_of_a_file_is_opened_as_the_same_thread(library: Keeper, tmp_path: Path) -> None:
    path = tmp_path / "thread.txt"
    path.write_text("whatever", encoding="utf-8")
    known = library.record(thread("one", source=str(path)), EARLIER)
    remembered = library.visit(library.stored(known.thread_id), LAST)
    assert remembered.thread_id == known.thread_id
    assert len(library.entries()) == 1


def test_a_copy_of_a_thread_that_was_given_out_is_known_too(library: Keeper) -> None:
    known = library.record(thread("one", "two"), EARLIER)
    stored = library.stored(known.thread_id)
    assert library.visit(replace(stored, notice="A notice."), LAST).thread_id == known.thread_id


def test_what_came_while_it_was_open_is_given_with_its_rows(library: Keeper) -> None:
    known = library.record(thread("one", "two"), EARLIER)
    stored = library.stored(known.thread_id)
    library.record(thread("zero", "one", "two"), LATER)
    remembered = library.visit(stored, LAST)
    assert list(remembered.thread.bodies) == ["zero", "one", "two"]
    assert [remembered.row_map.of(row) for row in range(2)] == [1, 2]
    assert not remembered.gone


def test_the_same_thread_can_be_visited_again_as_it_was_given_back(library: Keeper) -> None:
    library.record(thread("one", "two"), EARLIER)
    first = library.visit(thread("one"), LATER)
    again = library.visit(first.thread, LAST)
    assert again.gone == first.gone
    assert list(again.gone) == [1]
    assert again.visits == [LATER]


def test_a_new_state_of_the_source_is_one_also_after_that(library: Keeper) -> None:
    known = library.record(thread("one", "two"), EARLIER)
    library.visit(library.stored(known.thread_id), LATER)
    remembered = library.visit(thread("one"), LAST)
    assert remembered.thread_id == known.thread_id
    assert list(remembered.gone) == [1]


def test_a_thread_with_other_texts_is_another_state_though_it_has_the_same_tree(library: Keeper) -> None:
    first = library.visit(thread("one", "two"), LATER)
    edited = replace(first.thread, bodies=["one", "two, corrected"], lengths=[3, 14])
    remembered = library.visit(edited, LAST)
    assert remembered.thread_id == first.thread_id
    assert list(remembered.edited) == [1]


def test_what_nobody_holds_is_not_kept(library: Keeper) -> None:
    given = GivenThreads()
    held = thread("one")
    bodies = WeakBodies(["one"])
    held.bodies = bodies
    seen = ref(bodies)
    given.note(held, 1, [1])
    assert given.find(held) is not None
    del held, bodies
    gc.collect()
    assert seen() is None


class WeakBodies(list[str]):
    """A column that can be watched."""


def test_a_file_is_known_by_its_whole_path(library: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thread.txt").write_text("whatever", encoding="utf-8")
    known = library.record(thread("one", source="thread.txt"), EARLIER)
    monkeypatch.chdir("/")
    assert library.stored(known.thread_id).source == str(tmp_path / "thread.txt")
    assert [entry.source for entry in library.entries()] == [str(tmp_path / "thread.txt")]
