"""Any keys in any order, with resizes in between: nothing raises, and the place is never lost."""

from __future__ import annotations

from random import Random

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from rumor_tui.model import Entry, Listing, Stub, Thread
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len
from rumor_tui.ui.keys import BINDINGS, LISTING
from rumor_tui.ui.screens.base import LEAST
from tests.ui.helpers import app_of, large, listing, press, reader, thread_of, until
from tests.ui.talking import let_talk
from tests.ui.test_sizes import HOSTILE, SIZES, hostile_talk

pytestmark = pytest.mark.slow

LEFT_OUT = {"quit", "quit-now", "open-page", "save", "pipe", "help", "palette", "search"}
"""Bindings that end the program or hand the keys to something else."""

CHORDS = [c.split() for b in BINDINGS if b.id not in LEFT_OUT and not b.id.startswith("link-") for c in b.chords()]
STEPS = 70


def check(pilot: Pilot[None]) -> None:
    screen = reader(pilot)
    view, tree = screen.panes.comments, screen.panes.comments.outline
    fresh = Outline(tree.parent, screen.thread.authors)
    fresh.fold_where(bytes(tree.folded))
    if screen.session.folds.filter.folds_before is None:
        assert tree.hidden == fresh.hidden
    assert not tree.hidden[view.cursor]
    if view.display and view.size.height:
        assert view.on_screen(view.cursor)
        assert all(place is None or not tree.hidden[place.item] for place in view.placed)
        assert list(view.rows.shown) == [
            0 if hidden else 1 if folded else full
            for hidden, folded, full in zip(tree.hidden, tree.folded, view.rows.full, strict=True)
        ]
    for pane in (screen.panes.article, screen.panes.comments):
        if pane.display and pane.size:
            strips = pane.render_lines(Region(0, 0, *pane.size))
            assert {cell_len(strip.text) for strip in strips} == {pane.size.width}


@pytest.mark.parametrize("thread", [large(6), thread_of(HOSTILE)], ids=["large", "hostile"])
@pytest.mark.parametrize("seed", [100, 106])
async def test_any_keys(thread: Thread, seed: int) -> None:
    chance = Random(seed)
    sizes = [size for size in SIZES if size[0] >= LEAST[0] and size[1] >= LEAST[1]]
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        for _ in range(STEPS):
            if chance.random() < 0.15:
                await pilot.resize_terminal(*chance.choice(sizes))
            else:
                for key in chance.choice(CHORDS):
                    pilot.app.simulate_key(key)
                await pilot.pause()
            check(pilot)


TALKED = (
    *("v", "V", "T", "@", "n", "N", "M", "P", "p", ".", "l", "enter", "space"),
    *("j", "k", "tab", "escape", "z M", "X"),
)


@pytest.mark.parametrize("seed", range(3))
async def test_any_keys_of_those_that_follow_who_says_what(seed: int) -> None:
    chance = Random(seed)
    states = [large(2), large(3)]
    for thread in states:
        thread.published = [1e9 + 4000 * row for row in range(len(thread))]
    async with app_of(states[0]).run_test(size=(120, 40)) as pilot:
        for _ in range(STEPS):
            if chance.random() < 0.1:
                reader(pilot).replace_thread(chance.choice(states))
                await pilot.pause()
            elif chance.random() < 0.15:
                await pilot.resize_terminal(*chance.choice(((120, 40), (80, 24), (20, 4), (100, 12))))
            elif chance.random() < 0.2 and reader(pilot).session.order.name == "page":
                let_talk(pilot, hostile_talk)
            else:
                for key in chance.choice(TALKED).split():
                    pilot.app.simulate_key(key)
                await pilot.pause()
            check(pilot)


@pytest.mark.parametrize("seed", range(3))
async def test_any_keys_while_the_thread_comes(seed: int) -> None:
    """States of a thread of any size follow each other, in any order, between any keys."""
    chance = Random(seed)
    states = [large(n) for n in (1, 3, 6)]
    for n, thread in enumerate(states):
        thread.ids = [f"c{row}" for row in range(len(thread))]
        thread.stubs = (Stub(-1, n), Stub(2, 5, "x"), Stub(4, 0))
    async with app_of(states[0]).run_test(size=(120, 40)) as pilot:
        for _ in range(STEPS):
            if chance.random() < 0.3:
                screen, thread = reader(pilot), chance.choice(states)
                row, before = screen.panes.comments.cursor, screen.thread.ids
                screen.replace_thread(thread)
                assert row >= len(thread) or thread.ids[screen.panes.comments.cursor] == before[row]
            elif chance.random() < 0.15:
                await pilot.resize_terminal(*chance.choice(((120, 40), (80, 24), (20, 4), (100, 12))))
            else:
                for key in chance.choice(CHORDS):
                    pilot.app.simulate_key(key)
                await pilot.pause()
            check(pilot)


WORDS = ("600", "the", "zzz", "r", "")


@pytest.mark.parametrize("seed", range(4))
async def test_any_searches_filters_and_folds(seed: int) -> None:
    chance = Random(seed)
    async with app_of(large(6)).run_test(size=(120, 40)) as pilot:
        screen = reader(pilot)
        for _ in range(30):
            if chance.random() < 0.15:
                screen.replace_thread(large(chance.choice((5, 6, 7))))
                await until(pilot, lambda: not screen.session.folds.filter.waits)
                await pilot.pause()
            elif chance.random() < 0.3:
                await press(pilot, "/")
                await pilot.press("ctrl+u", *chance.choice(WORDS))
                await until(pilot, lambda: screen.session.search.counts is None or screen.session.search.counts.exact)
                await press(pilot, chance.choice(("enter", "escape")))
            else:
                await press(pilot, chance.choice(("n", "N", "n", "\\", "z M", "z R", "space", "escape", "j", "X", "l")))
            if screen.session.search.open:
                await press(pilot, "escape")
            await pilot.pause()
            check(pilot)
        await press(pilot, "escape")
        await press(pilot, "escape")
        assert not screen.session.folds.filter.active
        assert screen.session.folds.filter.folds_before is None
        assert screen.panes.comments.outline.hidden.count(0) >= 5


ENTRY_CHORDS = [
    chord.split()
    for b in LISTING
    if b.id not in LEFT_OUT and b.id not in {"open-entry", "open-page"}
    for chord in b.chords()
]


def entries(count: int) -> Listing:
    """A list whose entries stay what they are, however many there are."""
    return Listing("A list", [Entry(f"Entry {n} of {n % 7}") for n in range(count)], lambda _: large(1), lambda n: n)


@pytest.mark.parametrize("seed", range(2))
async def test_any_keys_in_a_list(seed: int) -> None:
    """The cursor is on an entry of the list and on screen, whatever the list becomes."""
    chance = Random(seed)
    async with app_of(entries(90)).run_test(size=(120, 40)) as pilot:
        screen = listing(pilot)
        for _ in range(STEPS):
            choice = chance.random()
            if choice < 0.15:
                screen.replace_listing(entries(chance.choice((1, 5, 90, 200))))
            elif choice < 0.3:
                await press(pilot, "/ ctrl+u")
                await pilot.press(*chance.choice(("", "3", "zz")))
                await press(pilot, chance.choice(("enter", "escape", "down enter")))
                await until(pilot, lambda: screen.narrowing.rows() is not None)
                await pilot.pause()
            elif choice < 0.45:
                await pilot.resize_terminal(*chance.choice(((120, 40), (80, 24), (20, 4), (100, 12))))
            else:
                for key in chance.choice(ENTRY_CHORDS):
                    pilot.app.simulate_key(key)
            await pilot.pause()
            view, shown = screen.view, len(screen.entry_items.order)
            assert len(view.rows) == shown
            if shown:
                assert 0 <= view.cursor < shown
                assert view.on_screen(view.cursor)
            assert {cell_len(s.text) for s in view.render_lines(Region(0, 0, *view.size))} <= {view.size.width}
