"""Recording threads: new ones, the same again, other states of them; what is said of each comment then."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library import record as recording
from rumor_tui.library.identify import identity_of
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.pieces import pieces_of
from rumor_tui.library.removal import drop_thread, drop_unfinished
from rumor_tui.library.snapshots import PackedSnapshot, snapshot_of
from rumor_tui.library_types import LibraryError, Remembered
from rumor_tui.model import Article, Thread
from rumor_tui.readers import Hint, read_source
from tests.library.made_threads import a_thread, columns_of
from tests.made_threads import chain, steady, threads

FIRST, SECOND, THIRD = 1_000.0, 2_000.0, 3_000.0
"""The beginnings of three visits."""


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


def rows(keeper: Keeper, sql: str, *given: object) -> list[tuple[object, ...]]:
    with keeper.reading() as connection:
        return connection.execute(sql, given).fetchall()


def check(keeper: Keeper) -> None:
    """The file is sound, and the full-text index has exactly the texts that are stored."""
    keeper.write(lambda connection: None)
    with closing(sqlite3.connect(keeper.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for number, unread in rows(keeper, "SELECT id, unread FROM threads WHERE tree IS NOT NULL"):
        thread = keeper.stored(int(str(number)))
        assert unread == len(thread)
        assert len(rows(keeper, "SELECT 1 FROM comments WHERE thread = ?", number)) == len(thread)


def found(keeper: Keeper, word: str) -> list[int]:
    """The handles of comments that have a word."""
    return [int(str(one)) for (one,) in rows(keeper, "SELECT rowid FROM comment_words(?) ORDER BY rowid", f'"{word}"')]


def texts(remembered: Remembered) -> list[str]:
    return list(remembered.thread.bodies)


# A new thread


def test_on_the_first_visit_all_is_unread_and_nothing_is_new(keeper: Keeper) -> None:
    thread = a_thread(["one", "two", "three"], [-1, 0, 1], ["1", "2", "3"])
    told = keeper.visit(thread, FIRST)
    assert told.thread is thread
    assert list(told.row_map.every()) == [0, 1, 2]
    assert told.read == bytes(3)
    assert list(told.first_seen) == [FIRST] * 3
    assert (told.visits, told.place, told.edited, told.gone, told.annotations) == ([], None, {}, {}, [])
    (entry,) = keeper.entries()
    assert (entry.comments, entry.unread, entry.fresh, entry.visited) == (3, 3, 0, FIRST)
    check(keeper)


@pytest.mark.parametrize("size", [0, 1, 999, recording.AT_ONCE, recording.AT_ONCE + 1, 3 * recording.AT_ONCE])
def test_a_thread_of_any_size_is_written_whole(keeper: Keeper, size: int) -> None:
    told = keeper.visit(chain(size), FIRST)
    assert list(told.handles) == list(range(1, size + 1))
    assert columns_of(keeper.stored(told.thread_id)) == columns_of(chain(size))
    check(keeper)


def test_handles_are_never_given_twice(keeper: Keeper) -> None:
    first = keeper.visit(a_thread(["one", "two"], source="", article=Article("A")), FIRST)
    keeper.write(lambda connection: drop_thread(connection, first.thread_id))
    second = keeper.visit(a_thread(["three"], source="", article=Article("B")), FIRST)
    assert list(second.handles) == [3]


def test_a_large_thread_whose_writing_fails_leaves_nothing(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.visit(a_thread(["one"]), FIRST)

    def fail(self: object, connection: sqlite3.Connection, thread_id: int) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(recording.Recording, "_keep_snapshot", fail)
        with pytest.raises(LibraryError):
            keeper.visit(chain(recording.AT_ONCE + 1), FIRST)
    assert rows(keeper, "SELECT count(*) FROM threads") == [(1,)]
    assert rows(keeper, "SELECT count(*) FROM comments") == [(1,)]
    assert found(keeper, "hi") == []
    check(keeper)


def test_what_a_kill_left_half_written_is_not_shown_and_goes(keeper: Keeper) -> None:
    def half(connection: sqlite3.Connection) -> None:
        task = unfinished(keeper, chain(10))
        number, first = task._reserve(connection)
        pieces = list(pieces_of(task.thread, range(10), {}))
        task._write_pieces(connection, number, first, pieces)

    keeper.write(half)
    assert keeper.entries() == []
    with pytest.raises(LibraryError, match="not hold"):
        keeper.stored(1)
    keeper.write(lambda connection: drop_unfinished(connection, FIRST + 10))
    assert rows(keeper, "SELECT count(*) FROM threads") == [(1,)], "it may still be being written"
    keeper.write(lambda connection: drop_unfinished(connection, FIRST + 10_000))
    assert rows(keeper, "SELECT (SELECT count(*) FROM threads), (SELECT count(*) FROM comments)") == [(0, 0)]
    assert found(keeper, "hi") == []


def unfinished(keeper: Keeper, thread: Thread) -> recording.Recording:
    snapshot = snapshot_of(thread, lambda: None)
    identity = identity_of(thread, snapshot.hash)
    packed = PackedSnapshot(keeper.folder)
    return recording.Recording(keeper, thread, snapshot, packed, identity, FIRST, None, True, lambda: None)


# The same state again


def test_the_same_state_changes_nothing(keeper: Keeper) -> None:
    thread = a_thread(["one", "two"], ids=["1", "2"])
    first = keeper.visit(thread, FIRST)
    before = rows(keeper, "SELECT hash, active FROM threads"), rows(keeper, "SELECT * FROM chunks")
    again = keeper.visit(replace(thread, bodies=["one", "two"]), FIRST)
    assert list(again.handles) == list(first.handles)
    assert (rows(keeper, "SELECT hash, active FROM threads"), rows(keeper, "SELECT * FROM chunks")) == before
    assert rows(keeper, "SELECT count(*) FROM snapshots") == [(1,)]


def test_visits_are_told_the_latest_first_without_the_present_one(keeper: Keeper) -> None:
    thread = a_thread(["one"])
    assert keeper.visit(thread, FIRST).visits == []
    assert keeper.visit(thread, SECOND).visits == [FIRST]
    assert keeper.visit(thread, SECOND).visits == [FIRST]
    assert keeper.visit(thread, THIRD).visits == [SECOND, FIRST]


# Another state


def test_new_comments_are_first_seen_when_the_visit_began(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one"], ids=["1"]), FIRST)
    told = keeper.visit(a_thread(["one", "two"], [-1, 0], ["1", "2"]), SECOND)
    assert list(told.first_seen) == [FIRST, SECOND]
    third = keeper.visit(a_thread(["one", "two"], [-1, 0], ["1", "2"]), THIRD)
    assert [seen > third.visits[0] for seen in third.first_seen] == [False, False]


def test_what_comes_in_the_course_of_a_visit_is_new_in_the_next_one(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one"], ids=["1"]), FIRST)
    keeper.visit(a_thread(["one", "two"], [-1, 0], ["1", "2"]), FIRST)
    third = keeper.visit(a_thread(["one", "two"], [-1, 0], ["1", "2"]), SECOND)
    assert [seen > third.visits[0] for seen in third.first_seen] == [False, True]


def test_an_edit_is_told_and_found_by_its_new_words(keeper: Keeper) -> None:
    keeper.visit(a_thread(["alpha", "beta"], ids=["1", "2"]), FIRST)
    told = keeper.visit(a_thread(["alpha gamma", "beta"], ids=["1", "2"]), SECOND)
    assert [(row, edit.before) for row, edit in told.edited.items()] == [(0, "alpha")]
    assert (found(keeper, "gamma"), found(keeper, "alpha")) == ([1], [1])
    assert list(keeper.stored(told.thread_id).bodies) == ["alpha gamma", "beta"]
    third = keeper.visit(a_thread(["delta", "beta"], ids=["1", "2"]), THIRD)
    assert third.edited[0].before == "alpha gamma"
    assert found(keeper, "alpha") == []
    check(keeper)


def test_what_is_gone_stays_at_its_place_with_its_text(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one", "two", "three"], [-1, 0, -1], ["1", "2", "3"]), FIRST)
    told = keeper.visit(a_thread(["one", "three"], ids=["1", "3"]), SECOND)
    assert texts(told) == ["one", "two", "three"]
    assert list(told.thread.parent) == [-1, 0, -1]
    assert list(told.gone) == [1]
    assert list(told.row_map.every()) == [0, 2]
    assert list(told.handles) == [1, 2, 3]
    again = keeper.visit(a_thread(["one", "three"], ids=["1", "3"]), THIRD)
    assert again.gone == told.gone
    assert texts(again) == ["one", "two", "three"]
    check(keeper)


def test_what_comes_back_is_not_gone_any_more(keeper: Keeper) -> None:
    whole = a_thread(["one", "two"], ids=["1", "2"])
    keeper.visit(whole, FIRST)
    keeper.visit(a_thread(["one"], ids=["1"]), SECOND)
    told = keeper.visit(whole, THIRD)
    assert not told.gone
    assert list(told.handles) == [1, 2]


def test_an_empty_shell_shows_what_was_there(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one", "two"], [-1, 0], ["1", "2"]), FIRST)
    shell = a_thread(["", "two"], [-1, 0], ["1", "2"], authors=[None, "author1"], deleted=[True, False])
    told = keeper.visit(shell, SECOND)
    assert texts(told) == ["one", "two"]
    assert list(told.gone) == [0]
    assert list(told.thread.authors) == ["author0", "author1"]
    assert list(keeper.stored(told.thread_id).bodies) == ["one", "two"]
    check(keeper)


def test_what_a_part_of_a_thread_lacks_is_not_gone(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), FIRST)
    told = keeper.visit(a_thread(["one", "four"], ids=["1", "4"]), SECOND, whole=False)
    assert sorted(texts(told)) == ["four", "one", "three", "two"]
    assert not told.gone
    check(keeper)


def test_scores_and_other_facts_are_those_of_the_newest_state(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one", "two"], ids=["1", "2"], scores=[1, 2]), FIRST)
    told = keeper.visit(a_thread(["one", "two"], ids=["1", "2"], scores=[5, None], urls=["u", None]), SECOND)
    thread = keeper.stored(told.thread_id)
    assert (list(thread.scores), list(thread.urls)) == ([5, None], ["u", None])
    assert not told.edited


def test_another_author_is_written_to_the_table(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one"], ids=["1"], authors=["ann"]), FIRST)
    keeper.visit(a_thread(["one"], ids=["1"], authors=["ann-marie"]), SECOND)
    assert rows(keeper, "SELECT name FROM comments JOIN authors ON authors.id = author") == [("ann-marie",)]
    assert len(found(keeper, "marie")) == 1


def test_a_moved_comment_keeps_its_handle(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one", "two", "three"], [-1, -1, 1], ["1", "2", "3"]), FIRST)
    told = keeper.visit(a_thread(["one", "three", "two"], [-1, 0, -1], ["1", "3", "2"]), SECOND)
    assert list(told.handles) == [1, 3, 2]
    assert list(keeper.stored(told.thread_id).parent) == [-1, 0, -1]


def test_another_form_of_the_bodies_is_no_edit(keeper: Keeper) -> None:
    keeper.visit(a_thread(["It is *so*.", "two"], ids=["1", "2"], format="markdown"), FIRST)
    html = a_thread(["<p>It is <em>so</em>.</p>", "<p>two</p>"], ids=["1", "2"], format="html")
    told = keeper.visit(html, SECOND)
    assert not told.edited
    assert list(keeper.stored(told.thread_id).bodies) == list(html.bodies)
    assert found(keeper, "so") == [1]
    check(keeper)


def test_the_article_is_found_by_its_new_words(keeper: Keeper) -> None:
    thread = a_thread(["one"])
    told = keeper.visit(thread, FIRST)
    keeper.visit(replace(thread, article=replace(thread.article, pieces=["Entirely rewritten."])), SECOND)
    assert rows(keeper, "SELECT rowid FROM article_words('rewritten')") == [(told.thread_id,)]
    assert rows(keeper, "SELECT rowid FROM article_words('about')") == []


@steady
@given(st.lists(threads("plain"), min_size=1, max_size=4))
def test_any_states_one_after_another(states: Sequence[Thread]) -> None:
    """Nothing is lost, whatever changes; the newest state's comments are as it has them; tables and texts agree."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder, "library.sqlite3"))
        handles: set[int] = set()
        for number, state in enumerate(states):
            state = replace(state, source="https://forum.example/t/1", stubs=())
            told = keeper.visit(state, FIRST + number)
            assert handles <= set(told.handles)
            handles = set(told.handles)
            assert len(handles) == len(told.thread) == len(told.read) == len(told.first_seen)
            for row, now in enumerate(told.row_map.every()):
                assert now in told.gone or told.thread.bodies[now] == state.bodies[row]
            assert columns_of(keeper.stored(told.thread_id)) == columns_of(told.thread)
            again = keeper.visit(state, FIRST + number)
            assert (list(again.handles), again.gone) == (list(told.handles), told.gone)
            assert columns_of(again.thread) == columns_of(told.thread)
        check(keeper)
        keeper.close()


# Snapshots


def test_the_bytes_of_a_source_are_kept_once(keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    data = b"# A page\n\nWith a text.\n"
    for _ in range(2):
        file.write_bytes(data)
        thread = read_source(data, Hint(str(file)))
        assert isinstance(thread, Thread)
        keeper.visit(thread, FIRST)
    ((form, size, packed),) = rows(keeper, "SELECT form, size, data FROM snapshots")
    assert (form, size) == ("source", len(data))
    assert isinstance(packed, bytes)
    assert zstandard.ZstdDecompressor().decompress(packed) == data


def test_large_bytes_of_a_source_are_kept_as_well(keeper: Keeper, tmp_path: Path) -> None:
    data = b"# A page\n\n" + b"".join(b"Paragraph %d.\n\n" % number for number in range(200_000))
    thread = read_source(data, Hint(str(tmp_path / "page.md")))
    assert isinstance(thread, Thread)
    keeper.visit(thread, FIRST)
    ((packed,),) = rows(keeper, "SELECT data FROM snapshots")
    assert isinstance(packed, bytes)
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == data


def test_our_own_json_stands_for_many_answers(keeper: Keeper) -> None:
    keeper.visit(a_thread(["one"], ids=["1"]), FIRST)
    ((form, packed),) = rows(keeper, "SELECT form, data FROM snapshots")
    assert form == "thread"
    assert isinstance(packed, bytes)
    again = read_source(zstandard.ZstdDecompressor().decompressobj().decompress(packed), Hint("x.json"))
    assert isinstance(again, Thread)
    assert list(again.bodies) == ["one"]


def test_of_what_came_step_by_step_in_one_visit_the_last_is_kept(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(FIRST, 500.0)
    monkeypatch.setattr("rumor_tui.library.keeper.time", lambda: next(clock))
    keeper.visit(a_thread(["one"], ids=["1"]), FIRST)
    keeper.visit(a_thread(["one", "two"], ids=["1", "2"]), FIRST)
    assert len(rows(keeper, "SELECT 1 FROM snapshots")) == 1
    keeper.visit(a_thread(["one", "two", "three"], ids=["1", "2", "3"]), SECOND)
    assert len(rows(keeper, "SELECT 1 FROM snapshots")) == 2
