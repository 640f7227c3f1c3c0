"""Any keys in any order, with resizes in between: nothing raises, and the place is never lost."""

from __future__ import annotations

from random import Random

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from rumor_tui.model import Stub, Thread
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len
from rumor_tui.ui.keys import BINDINGS
from rumor_tui.ui.screen import LEAST
from tests.ui.helpers import app_of, large, press, reader, thread_of, until
from tests.ui.test_sizes import HOSTILE, SIZES

LEFT_OUT = {"quit", "quit-now", "open-page", "save", "pipe", "help", "palette", "search"}
"""Bindings that end the program or hand the keys to something else."""

CHORDS = [c.split() for b in BINDINGS if b.id not in LEFT_OUT and not b.id.startswith("link-") for c in b.chords()]
STEPS = 70


def check(pilot: Pilot[None]) -> None:
    screen = reader(pilot)
    view, tree = screen.comments, screen.comments.outline
    fresh = Outline(tree.parent, screen.thread.authors)
    fresh.fold_where(bytes(tree.folded))
    if screen.folds_before_filter is None:
        assert tree.hidden == fresh.hidden
    assert not tree.hidden[view.cursor]
    if view.display and view.size.height:
        assert view.on_screen(view.cursor)
        assert all(place is None or not tree.hidden[place.item] for place in view.placed)
        assert list(view.rows.shown) == [
            0 if hidden else 1 if folded else full
            for hidden, folded, full in zip(tree.hidden, tree.folded, view.rows.full, strict=True)
        ]
    for pane in (screen.article, screen.comments):
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
                row, before = screen.comments.cursor, screen.thread.ids
                screen.replace_thread(thread)
                assert row >= len(thread) or thread.ids[screen.comments.cursor] == before[row]
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
                await until(pilot, lambda: not screen.filter_waits)
                await pilot.pause()
            elif chance.random() < 0.3:
                await press(pilot, "/")
                await pilot.press("ctrl+u", *chance.choice(WORDS))
                await until(pilot, lambda: screen.searching.counts is None or screen.searching.counts.exact)
                await press(pilot, chance.choice(("enter", "escape")))
            else:
                await press(pilot, chance.choice(("n", "N", "n", "\\", "z M", "z R", "space", "escape", "j", "X", "l")))
            if screen.searching.open:
                await press(pilot, "escape")
            await pilot.pause()
            check(pilot)
        await press(pilot, "escape")
        await press(pilot, "escape")
        assert not screen.filtering
        assert screen.folds_before_filter is None
        assert screen.comments.outline.hidden.count(0) >= 5
