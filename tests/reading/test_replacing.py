"""When the thread is replaced, whatever holds rows points at the same comments."""

from __future__ import annotations

from array import array
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.model import Order, Thread
from rumor_tui.reading.highlights import Pointed
from rumor_tui.reading.orders import arranged
from rumor_tui.reading.session import ReadingSession
from rumor_tui.search.results import Match
from tests.reading.sessions import FixedViewport, Reader, family

WITHOUT_ROWS = {"trails", "excerpts", "order", "state", "unread"}
"""Parts that hold no rows themselves; `order` is what replaces the thread, and holds the page's own rows only; `state`
is carried over by `reading`."""
SIZE = 8


def test_each_part_of_the_session_takes_part() -> None:
    session = ReadingSession(family())
    holders = {name: part for name, part in vars(session).items() if hasattr(part, "reading") or hasattr(part, "remap")}
    assert {name for name, part in holders.items() if not any(part is known for known in session.parts)} == WITHOUT_ROWS
    assert all(callable(part.remap) for part in session.parts)


def test_each_holder_of_rows_is_known() -> None:
    """A new attribute of a part must be looked at here: does it hold rows, and does `remap` carry them over?"""
    session = ReadingSession(family())
    session.viewport = FixedViewport()
    held = {
        f"{type(part).__name__}.{name}"
        for part in (session.state, *session.parts)
        for name in (
            [field.name for field in fields(part)] if is_dataclass(part) and not isinstance(part, type) else vars(part)
        )
    }
    references = {
        "reading",
        "folds",
        "search",
        "analysis",
        "highlights",
        "_search",
        "_analysis",
        "engine",
        "_listener",
    } | {"memory"}
    assert {name for name in held if name.partition(".")[2] not in references} == {
        *(f"ReadingContext.{name}" for name in ("thread", "outline", "missing", "state", "effects", "viewport")),
        "ReadingContext.key_of",
        *(f"ReadingState.{name}" for name in ("row", "in_article", "peek", "peek_at", "article_peek", "muted")),
        *(f"ReadingState.{name}" for name in ("opened", "lens", "step", "absolute_dates", "numbers", "replies_to")),
        "ReadingState.link_words",
        "ReadingState.reads_link",
        *(f"Analysis.{name}" for name in ("knowledge", "_people_before", "_marks_before", "_screen_marks")),
        *(f"Analysis.{name}" for name in ("_being_marked", "_background", "_offered", "_last_key", "_marked")),
        *(f"Folds.{name}" for name in ("opened", "filter")),
        *(f"ThreadSearch.{name}" for name in ("lit", "open", "current", "stepped_to", "awaited_from", "version")),
        *(f"Highlights.{name}" for name in ("pointed", "_key", "_spans", "_states", "_changes", "_many")),
        *(f"Conversation.{name}" for name in ("quotes", "_followed")),
        "Authors.lens",
        "History.way_back",
        *(
            f"Memory.{name}"
            for name in ("known", "thread_id", "remembered", "handles", "read", "new", "edited", "gone")
        ),
        *(
            f"Memory.{name}"
            for name in ("by_handle", "confirmed", "_rows", "expected", "problem", "first_seen", "since", "presumed")
        ),
        *(f"Annotations.{name}" for name in ("places", "_undone", "_draft", "_unsaved")),
        *(f"Memory.{name}" for name in ("version", "_waiting", "read_meanwhile")),
        *(f"ReadTracker.{name}" for name in ("shown", "_since", "_tall", "_told")),
    }


def keyed(session: ReadingSession, row: int) -> str | None:
    """What comment stands in a row."""
    return session.thread.ids[row]


def of_mask(thread: Thread, mask: bytes | bytearray | None) -> set[str | None]:
    """The comments whose byte is 1."""
    return {thread.ids[row] for row, one in enumerate(mask or b"") if one}


def snapshot(session: ReadingSession) -> dict[str, object]:
    """All that the session points at, by the ids of comments."""
    thread, first = session.thread, session.reading.first_item
    way = session.history.way_back
    assert way is not None
    assert session.authors.lens is not None
    assert session.highlights.pointed is not None
    search = session.search
    items = (search.current, search.stepped_to, search.awaited_from, way.standing.current, way.standing.stepped_to)
    return {
        "cursor": keyed(session, session.state.row),
        "folded": of_mask(thread, session.outline.folded),
        "opened": {layer: {keyed(session, row) for row in rows} for layer, rows in session.folds.opened.items()},
        "mask": of_mask(thread, session.folds.filter.mask),
        "folds before": of_mask(thread, session.folds.filter.folds_before),
        "items": [keyed(session, place[0] - first) if place is not None else None for place in items],
        "pointed": keyed(session, session.highlights.pointed.item - first),
        "way back": (keyed(session, way.standing.cursor), keyed(session, way.standing.comments.item)),
        "lens": {keyed(session, row) for row in session.authors.lens.rows},
        "folds of the search": of_mask(thread, session.analysis.engine.columns.folds),
    }


def busy_session(rows: list[int]) -> ReadingSession:
    """A session in which everything that can point at a comment points at one of these rows."""
    reader = Reader()
    session = reader.session
    first = session.reading.first_item
    session.run(lambda: session.authors.look_at("ann"))
    reader.press("z 3")
    reader.search("600")
    reader.press("\\")
    session.search.current = Match(first + rows[0], 0, 1, False)
    session.search.stepped_to = (first + rows[1], 0)
    session.search.awaited_from = (first + rows[7], 0)
    session.run(lambda: session.history.jump(["trail"], "it", Pointed(first + rows[2], 0, 3)))
    session.folds.opened = {"search": rows[3:5], "jump": rows[5:6]}
    session.state.row = max(session.outline.seen(rows[6]), 0)
    return session


def permuted(thread: Thread, order: list[int]) -> Thread:
    """The thread with its comments flat and in another order."""
    return thread.select(array("i", order), array("i", [-1] * len(order)))


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(SIZE)), rows=st.permutations(range(SIZE)))
def test_after_another_order_all_points_at_the_same_comments(order: list[int], rows: list[int]) -> None:
    session = busy_session(rows)
    before = snapshot(session)
    session.replace(permuted(session.thread, order))
    after = snapshot(session)
    hidden = session.outline.hidden[session.state.row]
    assert not hidden
    assert {**after, "cursor": None} == {**before, "cursor": None}
    if not session.outline.hidden[list(session.thread.ids).index(str(before["cursor"]))]:
        assert after["cursor"] == before["cursor"]
    session.close()


@pytest.mark.parametrize("row", range(SIZE))
def test_the_place_stays_with_the_comment_in_every_order(row: int) -> None:
    thread = family()
    thread.published = [10.0 * (row * 5 % SIZE) for row in range(SIZE)]
    thread.scores = [row * 3 % SIZE for row in range(SIZE)]
    reader = Reader(thread)
    reader.put(row)
    place = keyed(reader.session, reader.row)
    names: tuple[Order, ...] = ("newest", "oldest", "points", "replies", "came", "newest", "page")
    for name in names:
        effects = reader.show_order(name)
        assert keyed(reader.session, reader.row) == place
        assert effects.replaced is not None
        assert list(reader.session.thread.ids) == list(arranged(thread, name).thread.ids)
    assert reader.session.thread is thread


def test_more_comments_keep_the_order_that_is_shown() -> None:
    thread, more = family(), family("new: A comment before all others\n" + family_text())
    for state in (thread, more):
        state.published = [float(len(id or "")) for id in state.ids]
    reader = Reader(thread)
    reader.show_order("oldest")
    reader.put(3)
    place = keyed(reader.session, reader.row)
    reader.session.replace(more)
    assert list(reader.session.thread.ids) == list(arranged(more, "oldest").thread.ids)
    assert keyed(reader.session, reader.row) == place


def family_text() -> str:
    """The family as text."""
    from tests.reading.sessions import FAMILY

    return FAMILY.strip("\n")


def test_a_comment_that_is_gone_leaves_the_cursor_on_what_it_answered() -> None:
    reader = Reader()
    reader.put(3)
    reader.session.replace(family("ann: The first root of 600 units\n  bob: A reply\n"))
    assert reader.row == 1


def test_an_order_that_the_source_does_not_tell_is_not_offered() -> None:
    reader = Reader()
    (ask,) = reader.press("O").covers
    assert [choice.name for choice in ask.choices] == ["page", "replies"]  # type: ignore[attr-defined]


def test_flat_comments_say_what_they_answer() -> None:
    thread = family()
    thread.published = [float(SIZE - row) for row in range(SIZE)]
    reader = Reader(thread)
    reader.show_order("came")
    session = reader.session
    assert list(session.thread.parent) == [-1] * SIZE
    replies_to = session.state.replies_to
    assert replies_to is not None
    answers = [keyed(session, above) if above >= 0 else None for above in replies_to]
    expected = {thread.ids[row]: thread.ids[above] if above >= 0 else None for row, above in enumerate(thread.parent)}
    assert dict(zip(session.thread.ids, answers, strict=True)) == expected
    reader.put(list(session.thread.ids).index(thread.ids[3]))
    reader.press("p")
    assert keyed(session, reader.row) == thread.ids[2]


def test_a_session_may_begin_in_an_order() -> None:
    thread = family()
    thread.published = [float(SIZE - row) for row in range(SIZE)]
    session = ReadingSession(thread, order="oldest")
    assert list(session.thread.ids) == list(arranged(thread, "oldest").thread.ids)
    assert session.order.words() == "oldest first"
    assert ReadingSession(family(), order="oldest").order.words() == ""
