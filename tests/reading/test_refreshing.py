"""A refresh tells what is new, edited and gone, with a library and without; what is gone stays gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import LibraryError, Remembered
from rumor_tui.model import Thread
from rumor_tui.reading.memory import UNKNOWN
from rumor_tui.reading.refreshed import Before, Refreshed, ask_library, change_words, refresh
from rumor_tui.reading.session import ReadingSession
from tests.changes.pairs import NAMINGS, Pair, pairs
from tests.made_threads import steady
from tests.reading.sessions import FAMILY, FixedViewport, family

LATER = FAMILY.replace("    cy: Deeper with 600 units\n", "").replace("A reply", "A reply, edited since") + "hal: New\n"
"""A comment was taken out, one edited, and one is new; the identifiers are the lines."""


def with_ids(thread: Thread) -> Thread:
    """The thread with an identifier for each comment that stays when its text is edited."""
    authors = list(thread.authors)
    thread.ids = [f"{author}-{authors[:row].count(author)}" for row, author in enumerate(authors)]
    thread.source = "https://example.com/thread"
    return thread


FIRST, SECOND = with_ids(family()), with_ids(family(LATER))


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


class Broken(Keeper):
    """A library whose disk is full."""

    def visit(
        self, thread: Thread, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
    ) -> Remembered:
        raise LibraryError("The disk is full.")


def reading(thread: Thread) -> ReadingSession:
    session = ReadingSession(thread)
    session.viewport = FixedViewport()
    return session


def before(session: ReadingSession) -> Before:
    return Before.of(session.order.page, session.state.numbers, session.memory)


def show(session: ReadingSession, refreshed: Refreshed) -> None:
    assert refreshed.page is session.order.page
    session.refresh(refreshed)


def test_the_words_tell_what_there_is() -> None:
    assert change_words(3, 1, 1_000) == "3 new, 1 edited, 1,000 deleted."
    assert change_words(0, 2, 0) == "2 edited."
    assert change_words(0, 0, 0) == "Nothing has changed."


def test_without_a_library_the_comparison_tells() -> None:
    session = reading(FIRST)
    refreshed = refresh(before(session), SECOND, None, 1_000.0)
    show(session, refreshed)
    memory = session.memory
    assert refreshed.words == "1 new, 1 edited, 1 deleted."
    assert list(session.thread.bodies).count("Deeper with 600 units") == 1
    assert [session.thread.bodies[row] for row in memory.gone] == ["Deeper with 600 units"]
    assert {session.thread.bodies[row]: edit.before for row, edit in memory.edited.items()} == {
        "A reply, edited since": "A reply"
    }
    assert [session.thread.bodies[row] for row, new in enumerate(memory.fresh) if new] == ["New"]
    assert not memory.is_kept


def test_refreshed_again_what_was_told_is_still_known() -> None:
    session = reading(FIRST)
    show(session, refresh(before(session), SECOND, None, 1_000.0))
    told = dict(session.memory.gone), {row: edit.before for row, edit in session.memory.edited.items()}
    again = refresh(before(session), SECOND, None, 1_000.0)
    assert again.words == "Nothing has changed."
    show(session, again)
    assert (session.memory.gone, {row: edit.before for row, edit in session.memory.edited.items()}) == told
    assert session.memory.counts.unread == 1


def test_what_comes_back_is_not_gone() -> None:
    session = reading(FIRST)
    show(session, refresh(before(session), SECOND, None, 1_000.0))
    show(session, refresh(before(session), FIRST, None, 1_000.0))
    assert [session.thread.bodies[row] for row in session.memory.gone] == ["New"]


def test_a_part_makes_nothing_gone() -> None:
    session = reading(FIRST)
    refreshed = refresh(before(session), SECOND, None, 1_000.0, whole=False)
    assert refreshed.words == "1 new, 1 edited."
    show(session, refreshed)
    assert session.memory.gone == {}
    assert len(session.thread) == 9


def test_with_a_library_it_tells(keeper: Keeper) -> None:
    session = reading(FIRST)
    session.remember(keeper.visit(FIRST, 1_000.0))
    handles = dict(zip(session.thread.ids, session.memory.handles, strict=True))
    refreshed = refresh(before(session), SECOND, keeper, 1_000.0)
    assert refreshed.words == "1 new, 1 edited, 1 deleted."
    show(session, refreshed)
    now = dict(zip(session.thread.ids, session.memory.handles, strict=True))
    assert {id: now[id] for id in handles} == handles
    assert [session.thread.bodies[row] for row in session.memory.gone] == ["Deeper with 600 units"]
    assert session.memory.is_kept
    assert refresh(before(session), SECOND, keeper, 1_000.0).words == "Nothing has changed."


@pytest.mark.parametrize("order", ["page", "replies"])
def test_what_is_gone_stays_gone_when_the_library_is_asked_again(keeper: Keeper, order: str) -> None:
    session = reading(FIRST)
    session.remember(keeper.visit(FIRST, 1_000.0))
    session.run(lambda: session.order.show("replies" if order == "replies" else "page"))
    show(session, refresh(before(session), SECOND, keeper, 1_000.0))
    told = ask_library(keeper, before(session), 1_000.0)
    page = session.order.page
    assert [told.thread.bodies[row] for row in told.gone] == ["Deeper with 600 units"]
    assert [told.row_map.of(row) for row in range(len(page))] == [list(told.thread.ids).index(id) for id in page.ids]


def test_a_library_in_trouble_says_so_and_the_comparison_tells(keeper: Keeper) -> None:
    session = reading(FIRST)
    session.remember(keeper.visit(FIRST, 1_000.0))
    handles = dict(zip(session.thread.ids, session.memory.handles, strict=True))
    refreshed = refresh(before(session), SECOND, Broken(keeper.path), 1_000.0)
    assert refreshed.words == "1 new, 1 edited, 1 deleted. The disk is full."
    show(session, refreshed)
    now = dict(zip(session.thread.ids, session.memory.handles, strict=True))
    new = [id for id in now if id not in handles]
    assert {id: now[id] for id in handles} == handles
    assert [now[id] for id in new] == [UNKNOWN]


def test_a_library_that_never_told_anything_is_told_no_handles(keeper: Keeper) -> None:
    """Nothing may be written down of comments that the library does not know."""
    session = reading(FIRST)
    session.memory.expected = True
    session.run(lambda: session.reading.go(7))
    refreshed = refresh(before(session), SECOND, Broken(keeper.path), 1_000.0)
    assert refreshed.words == "1 new, 1 edited, 1 deleted. The disk is full."
    show(session, refreshed)
    assert list(session.thread.bodies) == list(SECOND.bodies)
    assert session.thread.authors[session.state.row] == "gus"
    assert not session.memory.known


@steady
@given(st.sampled_from(NAMINGS).flatmap(pairs), st.booleans(), st.integers(0, 13))
def test_the_reader_stays_at_the_comment(pair: Pair, ordered: bool, nth: int) -> None:
    session = reading(pair.before)
    if ordered:
        session.run(lambda: session.order.show("replies"))
    row = nth % len(session.thread)
    session.run(lambda: session.reading.go(row))
    body = session.thread.bodies[row]
    show(session, refresh(before(session), pair.after, None, 1_000.0))
    now = session.state.row
    assert session.thread.bodies[now] == body or session.memory.edited[now].before == body


@steady
@given(st.sampled_from(NAMINGS).flatmap(pairs))
def test_nothing_that_was_there_is_lost(pair: Pair) -> None:
    session = reading(pair.before)
    show(session, refresh(before(session), pair.after, None, 1_000.0))
    gone = [session.thread.bodies[row] for row in session.memory.gone]
    assert sorted(gone) == sorted(pair.before.bodies[pair.old.index(uid)] for uid in pair.gone)
    assert len(session.memory.edited) == len(pair.edited)
    assert session.memory.counts.fresh == len(set(pair.new) - set(pair.old))
