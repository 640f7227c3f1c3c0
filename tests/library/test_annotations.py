"""Bookmarks and notes in the library's file: written, changed, taken away, brought back, and found by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rumor_tui.library.annotations import annotated_threads, annotations_of, write_annotation
from rumor_tui.library.database import open_for_writing
from rumor_tui.library_types import ARTICLE, Annotation, AnnotationChange

NOTE = Annotation("a", "note", 7, "Ask the dealer", "600 cars", 12)
MARK = Annotation("b", "mark", ARTICLE)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A library with two threads, 1 and 2."""
    connection = open_for_writing(tmp_path / "library.sqlite3")
    for thread in (1, 2):
        connection.execute(
            "INSERT INTO threads(id, uid, title, tree, added, active) VALUES (?, ?, ?, x'00', 0, 0)",
            (thread, f"thread {thread}", f"Thread {thread}"),
        )
    yield connection
    connection.close()


def change(one: Annotation, moment: float, *, removed: bool = False, thread: int = 1) -> AnnotationChange:
    return AnnotationChange(thread, one, moment, removed)


def found(library: sqlite3.Connection, word: str) -> list[int]:
    return [row for (row,) in library.execute("SELECT rowid FROM note_words(?)", (f'"{word}"',))]


def test_what_is_written_is_there(library: sqlite3.Connection) -> None:
    write_annotation(library, change(NOTE, 100.0))
    write_annotation(library, change(MARK, 101.0))
    assert annotations_of(library, 1) == [
        replace(NOTE, made=100.0, changed=100.0),
        replace(MARK, made=101.0, changed=101.0),
    ]
    assert annotations_of(library, 2) == []


def test_a_change_keeps_when_the_note_was_made_and_is_found_by_its_new_words(library: sqlite3.Connection) -> None:
    write_annotation(library, change(NOTE, 100.0))
    (identity,) = found(library, "dealer")
    write_annotation(library, change(replace(NOTE, text="The factory said so", passage=""), 200.0))
    assert annotations_of(library, 1) == [
        Annotation("a", "note", 7, "The factory said so", "", 12, made=100.0, changed=200.0)
    ]
    assert (found(library, "dealer"), found(library, "factory")) == ([], [identity])


def test_what_is_taken_away_keeps_its_row_for_a_merge_and_comes_back(library: sqlite3.Connection) -> None:
    write_annotation(library, change(NOTE, 100.0))
    write_annotation(library, change(NOTE, 200.0, removed=True))
    assert (annotations_of(library, 1), found(library, "dealer")) == ([], [])
    assert library.execute("SELECT removed, changed FROM annotations").fetchall() == [(1, 200.0)]
    write_annotation(library, change(NOTE, 300.0))
    assert [one.text for one in annotations_of(library, 1)] == ["Ask the dealer"]
    assert len(found(library, "dealer")) == 1


def test_of_two_changes_the_later_holds_in_whatever_order_they_come(library: sqlite3.Connection) -> None:
    write_annotation(library, change(NOTE, 200.0))
    write_annotation(library, change(replace(NOTE, text="An older text"), 100.0))
    assert [one.text for one in annotations_of(library, 1)] == ["Ask the dealer"]
    assert found(library, "older") == []


def test_texts_that_sqlite_would_refuse_are_kept(library: sqlite3.Connection) -> None:
    write_annotation(library, change(replace(NOTE, text="a\ud800b\0c"), 100.0))
    assert [one.text for one in annotations_of(library, 1)] == ["a\ufffdb\ufffdc"]


def test_annotated_threads_come_with_the_last_annotated_first_and_without_deleted_ones(
    library: sqlite3.Connection,
) -> None:
    write_annotation(library, change(NOTE, 100.0))
    write_annotation(library, change(MARK, 200.0, thread=2))
    assert annotated_threads(library) == [2, 1]
    library.execute("UPDATE threads SET removed = 1 WHERE id = 2")
    assert annotated_threads(library) == [1]
