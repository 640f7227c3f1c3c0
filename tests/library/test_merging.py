"""Two libraries brought together: nothing of either is lost, in either order, and once is enough."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from time import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui import cli
from rumor_tui.library.backup import copy_library
from rumor_tui.library.changing import apply_changes
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.marks import marks_in, threads_stating
from rumor_tui.library.merging import MergeReport, merge_library
from rumor_tui.library.reading_state import recount, states_of
from rumor_tui.library.record import record
from rumor_tui.library.removal import UNFINISHED_AFTER, drop_unfinished
from rumor_tui.library.stored import read_thread
from rumor_tui.library.stored_places import place_of
from rumor_tui.library_types import (
    Annotation,
    AnnotationChange,
    Change,
    FollowChange,
    MarksChange,
    PlaceChange,
    ReadChange,
    RemovalChange,
    TagChange,
)
from rumor_tui.place import Place, Spot
from rumor_tui.search.index.kept_marks import pack_marks
from rumor_tui.search.query.ast import NumberTerm
from rumor_tui.search.query.parser import parse_query
from tests.library.killed_reader import page_of
from tests.search.marked_threads import marked
from tests.search.threads import make_index


class Library:
    """A library in which things are done at moments that the test says."""

    def __init__(self, folder: Path) -> None:
        self.keeper = Keeper(folder / "library.sqlite3")
        self.keeper.write(lambda connection: None)

    def see(self, thread: int, version: int, moment: int, *, visit: bool = True) -> None:
        """Open a page in a version."""
        record(self.keeper, page_of(1, thread, version), moment, moment if visit else None)

    def thread(self, thread: int) -> tuple[int, dict[str, int]]:
        """The number of a thread, and its handles by the comments' ids; 0 where it is not there."""
        with self.keeper.reading() as connection:
            row = connection.execute(
                "SELECT id FROM threads WHERE source = ?", (f"https://killed.example/1/{thread}",)
            ).fetchone()
            if row is None:
                return 0, {}
            stored = read_thread(connection, row[0])
            return row[0], {
                id or "": handle for id, handle in zip(stored.thread.ids, stored.documents.tree.handles, strict=True)
            }

    def change(self, *changes: Change) -> None:
        """Have changes written."""
        self.keeper.write(lambda connection: apply_changes(connection, changes))

    def merge(self, other: Library) -> MergeReport:
        """Bring another library into this one."""
        with closing(open_for_reading(other.keeper.path)) as connection:
            return self.keeper.writer.run_slices(lambda here: merge_library(here, connection))

    def copy(self, folder: Path) -> Library:
        """A copy of this library."""
        folder.mkdir()
        with self.keeper.reading() as connection:
            copy_library(connection, folder / "library.sqlite3")
        return Library(folder)

    def contents(self) -> dict[str, Any]:
        """All that the library holds, without the numbers that it gives to things."""
        with self.keeper.reading() as connection:
            rows = connection.execute("SELECT * FROM threads ORDER BY source")
            names = [column[0] for column in rows.description]
            threads = [dict(zip(names, row, strict=True)) for row in rows]
            assert all(thread["tree"] is not None for thread in threads)
            follows = connection.execute("SELECT * FROM follows ORDER BY address").fetchall()
            return {"follows": follows} | {thread["source"]: _thread(connection, thread) for thread in threads}


_NUMBERS = ("id", "head", "tree", "hash")


def _thread(connection: sqlite3.Connection, facts: dict[str, Any]) -> dict[str, Any]:
    thread = facts["id"]
    stored = read_thread(connection, thread)
    head, tree = stored.documents.head, stored.documents.tree
    ids, handles = list(stored.thread.ids), tree.handles
    id_of = dict(zip(handles, ids, strict=True))
    states = list(states_of(connection, handles))
    for id, body, handle in zip(ids, stored.thread.bodies, handles, strict=True):
        word = body.split()[0]
        found = connection.execute("SELECT rowid FROM comment_words WHERE comment_words MATCH ?", (f'"{word}"',))
        assert found.fetchall() == [(handle,)], (id, word)
    place = place_of(connection, thread)
    before = (facts["unread"], facts["fresh"])
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        recount(copy, thread)
        assert copy.execute("SELECT unread, fresh FROM threads WHERE id = ?", (thread,)).fetchone() == before
    return {
        "facts": {name: value for name, value in facts.items() if name not in _NUMBERS},
        "rows": list(zip(ids, stored.thread.authors, stored.thread.bodies, tree.parent, states, strict=True)),
        "absent": tree.absent,
        "head": (head.article, head.discussions, head.source),
        "earlier": sorted(
            (id_of[handle], until)
            for handle, until in connection.execute("SELECT comment, until FROM earlier_texts")
            if handle in id_of
        ),
        "place": place and (id_of.get(place.cursor.handle), place.query, [id_of[one] for one in place.folded_handles]),
        "notes": sorted(
            (uid, id_of.get(handle), *rest)
            for uid, handle, *rest in connection.execute(
                "SELECT uid, comment, kind, text, made, changed, removed FROM annotations WHERE thread = ?", (thread,)
            )
        ),
        "found notes": sorted(
            uid
            for (uid,) in connection.execute(
                "SELECT uid FROM note_words JOIN annotations ON id = note_words.rowid"
                " WHERE note_words MATCH 'note' AND thread = ?",
                (thread,),
            )
        ),
        **{
            table: sorted(connection.execute(f"SELECT {columns} FROM {table} WHERE thread = ?", (thread,)))
            for table, columns in (
                ("tags", "tag, changed, removed"),
                ("visits", "began, ended"),
                ("locators", "locator"),
                ("snapshots", "hex(hash), taken, seen, form, size, hex(data)"),
            )
        },
    }


def do(library: Library, what: tuple[Any, ...], moment: int) -> None:
    """Do one of the things that `deeds` draws."""
    kind, thread, number, on = what
    if kind == "see":
        library.see(thread, number % 6, moment, visit=on)
        return
    if kind == "follow":
        library.change(FollowChange(f"https://killed.example/1/{number % 2}", "thread", f"{moment}", on, moment))
        return
    id, handles = library.thread(thread)
    if not id:
        return
    handle = list(handles.values())[number % len(handles)]
    note = Annotation(f"note {number % 3} {thread}", "note", handle, f"note {moment}", made=float(moment))
    place = Place(Spot(0, handle), Spot(0, handle), folded_handles=[handle], query=f"{moment}")
    changes: dict[str, Change] = {
        "read": ReadChange(id, [handle], on, moment),
        "note": AnnotationChange(id, note, moment, removed=not on),
        "tag": TagChange(id, f"tag {number % 3}", on, moment),
        "place": PlaceChange(id, place, moment, moment),
        "remove": RemovalChange(id, on, moment),
    }
    library.change(changes[kind])


KINDS = st.sampled_from(["see", "see", "read", "read", "note", "tag", "follow", "place", "remove"])
DEEDS = st.lists(
    st.tuples(st.booleans(), st.tuples(KINDS, st.integers(0, 1), st.integers(0, 40), st.booleans())), max_size=14
)


@settings(max_examples=15)
@given(DEEDS, DEEDS)
def test_either_order_gives_the_same_and_once_is_enough(
    common: list[tuple[bool, tuple[Any, ...]]], apart: list[tuple[bool, tuple[Any, ...]]]
) -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as closing_up:
        folder = Path(name)
        one = Library(folder / "one")
        for at, (_, what) in enumerate(common, 100):
            do(one, what, at)
        two = one.copy(folder / "two")
        for at, (here, what) in enumerate(apart, 200):
            do(one if here else two, what, at)
        both, also = one.copy(folder / "both"), two.copy(folder / "also")
        for library in (one, two, both, also):
            closing_up.callback(library.keeper.close)
        both.merge(two)
        also.merge(one)
        merged = both.contents()
        assert merged == also.contents()
        both.merge(two)
        both.merge(also)
        assert both.contents() == merged
        for library in (one, two):
            lost_nothing(library.contents(), merged)


def lost_nothing(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Whether all comments, notes, tags and visits of a library are in what it was merged into."""
    assert {row[0] for row in before["follows"]} <= {row[0] for row in after["follows"]}
    for source in set(before) - {"follows"}:
        old, new = before[source], after[source]
        assert {row[0] for row in old["rows"]} <= {row[0] for row in new["rows"]}
        assert {row[0] for row in old["notes"]} <= {row[0] for row in new["notes"]}
        assert {row[0] for row in old["tags"]} <= {row[0] for row in new["tags"]}
        assert {row[0] for row in old["snapshots"]} <= {row[0] for row in new["snapshots"]}
        assert set(old["visits"]) <= set(new["visits"])
        assert set(old["locators"]) <= set(new["locators"])
        assert set(old["earlier"]) <= set(new["earlier"])


@pytest.fixture
def two(tmp_path: Path) -> tuple[Library, Library]:
    return Library(tmp_path / "one"), Library(tmp_path / "two")


def test_of_two_marks_the_later_holds(two: tuple[Library, Library]) -> None:
    for library in two:
        library.see(0, 0, 100)
    one, other = two
    (id, handles), (other_id, other_handles) = one.thread(0), other.thread(0)
    one.change(ReadChange(id, [handles["1"], handles["2"]], True, 110), ReadChange(id, [handles["2"]], False, 130))
    other.change(
        ReadChange(other_id, [other_handles["1"]], False, 120), ReadChange(other_id, [other_handles["2"]], True, 120)
    )
    one.merge(other)
    seen = {row[0]: row[4][2] for row in one.contents()["https://killed.example/1/0"]["rows"]}
    assert (seen["1"], seen["2"], seen["3"]) == (-120, -130, None)


def test_a_thread_that_is_written_in_several_slices_comes_over_whole(two: tuple[Library, Library]) -> None:
    one, other = two
    other.see(3, 0, 100)
    report = one.merge(other)
    assert (report.copied, report.united, report.comments) == (1, 0, 0)
    assert one.contents() == other.contents()


def test_a_merge_that_is_cut_short_can_be_done_again(two: tuple[Library, Library]) -> None:
    one, other = two
    for thread in (0, 3, 1):
        other.see(thread, 0, 100)

    def cut(steps: int) -> Callable[[sqlite3.Connection], Any]:
        def slices(connection: sqlite3.Connection) -> Any:
            with closing(open_for_reading(other.keeper.path)) as there:
                for step, _ in enumerate(merge_library(connection, there)):
                    yield
                    if step == steps:
                        raise InterruptedError

        return slices

    for steps in range(4):
        with pytest.raises(InterruptedError):
            one.keeper.writer.run_slices(cut(steps))
    one.keeper.write(lambda connection: drop_unfinished(connection, time() + UNFINISHED_AFTER + 1))
    report = one.merge(other)
    assert report.copied + report.united == 3
    assert one.contents() == other.contents()


def test_the_numbers_that_were_found_come_over_to_the_handles_here(two: tuple[Library, Library]) -> None:
    one, other = two
    one.see(1, 0, 100)  # so that handles differ
    other.see(0, 0, 100)
    id, handles = other.thread(0)
    packed = pack_marks(marked(make_index(["600 cars", "$50"])), [handles["7"], handles["3"]])
    other.change(MarksChange(id, packed, 110))
    one.merge(other)
    ours, moved = one.thread(0)
    with one.keeper.reading() as connection:
        marks = marks_in(connection, ours)
        assert threads_stating(connection, number("$50")) == [ours]
    assert marks is not None
    found = {id: [mark.value for mark in marks.marks_of(handle)] for id, handle in moved.items()}
    assert {id: values for id, values in found.items() if values} == {"7": ["600 cars"], "3": ["50 $"]}


def number(query: str) -> NumberTerm:
    """A query for a number."""
    term = parse_query(query)
    assert isinstance(term, NumberTerm)
    return term


def test_the_command(
    two: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one, other = two
    for library in two:
        library.see(0, 0, 100)
    other.see(0, 1, 200)
    other.see(1, 0, 100)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    target = tmp_path / "data" / "rumor-tui"
    target.parent.mkdir()
    one.keeper.close()
    one.keeper.path.parent.rename(target)
    assert cli.main(["merge", str(other.keeper.path)]) == 0
    assert capsys.readouterr().out == "1 new thread, 1 known one with 6 new comments\n"
    assert cli.main(["merge", str(target / "library.sqlite3")]) == 1
    assert "is this library itself. Give the file of another one." in capsys.readouterr().err
    assert cli.main(["merge", str(tmp_path / "nothing")]) == 1
    assert "is no file. Give the file of the other library" in capsys.readouterr().err
