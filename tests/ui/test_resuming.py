"""Being where one was when a thread is opened again: comment and line, folds, pane, order, search and filter."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from textual.pilot import Pilot

from rumor_tui.library_types import PlaceChange
from rumor_tui.model import Thread
from rumor_tui.place import Place, Spot
from rumor_tui.reading.places import fingerprint, is_exact
from rumor_tui.search.query.query import Query
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from tests.ui.helpers import (
    NARROW,
    WIDE,
    cursor,
    folded,
    large,
    press,
    reader,
    rows_of,
    tap,
    until,
)
from tests.ui.remembering import FIRST, PlayedLibrary, remembered, returning, services_of

SIZES = [WIDE, NARROW]


def dated(roots: int = 20) -> Thread:
    """A large thread with dates, so that it has other orders, and identifiers of its own."""
    thread = large(roots)
    chance = Random(3)
    thread.published = [1_700_000_000.0 + chance.randrange(9_000_000) for _ in range(len(thread))]
    thread.ids = [f"id{row}" for row in range(len(thread))]
    return thread


def app_at(library: PlayedLibrary, thread: Thread | None = None, *, early: bool = True) -> RumorApp:
    """The app with a thread, and what the library says of its place before the first screen, if that comes `early`."""
    place = library.place if early else None
    return RumorApp(Opened(thread or dated(), Settings(), services_of(library), place=lambda: place))


async def leave(pilot: Pilot[None], library: PlayedLibrary) -> list[list[str]]:
    """Leave the program; what the panes showed."""
    await remembered(pilot)
    panes = reader(pilot).panes
    shown = [rows_of(view) for view in panes.views if view.display]
    reader(pilot).memory.leave()
    assert library.place is not None
    return shown


async def at_rest(pilot: Pilot[None]) -> list[list[str]]:
    """What the panes show once nothing more comes."""
    await remembered(pilot)
    await pilot.pause()
    return [rows_of(view) for view in reader(pilot).panes.views if view.display]


def plain(panes: list[list[str]]) -> list[list[str]]:
    """The panes without the signs of what is unread, which is less each time, and without the scrollbar: where that
    stands depends on how many heights are known exactly."""
    return [[row[:-1].replace(" •", "  ").replace(" ●", "  ").rstrip() for row in rows] for rows in panes]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize(
    "keys",
    [
        "j j j j",
        "} } } space j",
        "ctrl+f ctrl+f ctrl+e",
        "G",
        "} } ctrl+e ctrl+e ctrl+e ctrl+e",
        "z M j j j",
        "z 2 } } l",
        "tab ctrl+f",
    ],
)
async def test_the_screen_is_as_it_was(size: tuple[int, int], early: bool, keys: str) -> None:
    library = returning()
    async with app_at(library).run_test(size=size) as pilot:
        await remembered(pilot)
        if reader(pilot).in_article:
            await press(pilot, "tab")
        await press(pilot, keys)
        before, where = await leave(pilot, library), (cursor(pilot), folded(pilot), reader(pilot).in_article)
    async with app_at(library, early=early).run_test(size=size) as pilot:
        after = await at_rest(pilot)
        assert (cursor(pilot), folded(pilot), reader(pilot).in_article) == where
        assert plain(after) == plain(before)


async def test_the_first_painting_is_right_already() -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await press(pilot, "} } } } ctrl+e")
        before = await leave(pilot, library)
    library.tells.clear()
    async with app_at(library).run_test(size=WIDE) as pilot:
        assert plain([rows_of(view) for view in reader(pilot).panes.views]) == plain(before)
        library.tells.set()


@pytest.mark.parametrize("early", [True, False])
async def test_the_order_is_as_it_was(early: bool) -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        screen = reader(pilot)
        screen.change(lambda: screen.session.order.show("newest"))
        await press(pilot, "j j space")
        before, where = await leave(pilot, library), (cursor(pilot), folded(pilot))
    assert library.place is not None
    assert library.place.order == "newest"
    async with app_at(library, early=early).run_test(size=WIDE) as pilot:
        after = await at_rest(pilot)
        assert reader(pilot).session.order.name == "newest"
        assert (cursor(pilot), folded(pilot)) == where
        assert plain(after) == plain(before)


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("filtering", [True, False])
async def test_what_was_searched_for_is_so_again(early: bool, filtering: bool) -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        session = reader(pilot).session
        reader(pilot).change(lambda: session.search.change(Query("short")))
        await until(pilot, lambda: session.search.counts is not None and session.search.counts.exact)
        await press(pilot, "n n" + (" \\" if filtering else ""))
        where = cursor(pilot)
        hidden_before = sum(session.outline.hidden)
        await leave(pilot, library)
    async with app_at(library, early=early).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        session = reader(pilot).session
        await until(pilot, lambda: session.search.counts is not None and session.search.counts.exact)
        await until(pilot, lambda: sum(session.outline.hidden) == hidden_before)
        assert session.search.query.text == "short"
        assert session.folds.filter.active is filtering
        assert cursor(pilot) == where


async def test_in_another_state_the_same_comment_is_found() -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await press(pilot, "} } } j space")
        await leave(pilot, library)
        where = reader(pilot).thread.ids[cursor(pilot)]
        folds = {reader(pilot).thread.ids[row] for row in folded(pilot)}
    page = dated()
    rows = list(range(5, len(page)))
    newer = page.select(rows, [above - 5 if above >= 0 else -1 for above in page.parent[5:]])
    library.handles = [FIRST + row for row in rows]
    assert library.place is not None
    assert not is_exact(library.place, newer)
    async with app_at(library, newer).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await pilot.pause()
        assert reader(pilot).thread.ids[cursor(pilot)] == where
        assert {reader(pilot).thread.ids[row] for row in folded(pilot)} == folds


async def test_a_place_that_is_gone_is_the_beginning() -> None:
    library = returning(place=Place(Spot(40, 77), Spot(40, 77), fingerprint="another state"))
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await pilot.pause()
        assert cursor(pilot) == 0


async def test_who_has_pressed_a_key_is_not_taken_elsewhere() -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await press(pilot, "} } } }")
        await leave(pilot, library)
    library.tells.clear()
    async with app_at(library, early=False).run_test(size=WIDE) as pilot:
        await press(pilot, "j")
        library.tells.set()
        await remembered(pilot)
        await pilot.pause()
        assert cursor(pilot) == 1


async def test_the_place_is_written_when_the_reader_rests() -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await press(pilot, "} }")
        row = cursor(pilot)
        await until(pilot, lambda: library.place is not None and library.place.cursor.row == row)
        written = [change for change in library.written if isinstance(change, PlaceChange)]
        assert written[-1].place.cursor == Spot(row, FIRST + row)


async def test_the_same_place_is_written_once() -> None:
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        reader(pilot).memory.leave()
        reader(pilot).memory.leave()
    assert sum(isinstance(change, PlaceChange) for change in library.written) == 1


@pytest.mark.parametrize("seed", range(6))
async def test_any_keys(seed: int) -> None:
    chance = Random(seed)
    keys = ["j", "k", "}", "{", "space", "h", "l", "ctrl+f", "ctrl+b", "ctrl+e", "d", "J", "K", "X", "t", "p", "n"]
    library = returning()
    async with app_at(library).run_test(size=WIDE) as pilot:
        await remembered(pilot)
        await tap(pilot, " ".join(chance.choices(keys, k=30)))
        await until(pilot, lambda: not reader(pilot).session.memory.read_meanwhile)
        before, where = await leave(pilot, library), (cursor(pilot), folded(pilot))
    async with app_at(library).run_test(size=WIDE) as pilot:
        after = await at_rest(pilot)
        assert (cursor(pilot), folded(pilot)) == where
        assert plain(after) == plain(before)


def test_fingerprints_tell_states_apart() -> None:
    page = dated()
    assert fingerprint(page) == fingerprint(dated())
    smaller = page.select(range(len(page) - 5), page.parent[:-5])
    assert fingerprint(smaller) != fingerprint(page)
    other = dated()
    other.ids = [f"other{row}" for row in range(len(page))]
    assert fingerprint(other) != fingerprint(page)
    assert not is_exact(replace(Place(Spot(0), Spot(0)), fingerprint=""), page)
