"""A key takes one way: one composition of rows, one status line."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.pilot import Pilot

from rumor_tui.ui.panes.items_view import ItemsView
from rumor_tui.ui.screens.base import BaseScreen
from tests.ui.helpers import FAMILY, WIDE, app_of, open_search, read_through, reader, tap, thread_of, until


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often status lines were written, and panes had changed rows painted."""
    counted: Counter[str] = Counter()
    update, paint = BaseScreen.update_status, ItemsView._paint_changes

    def update_status(self: BaseScreen) -> None:
        counted["status"] += 1
        update(self)

    def paint_changes(self: ItemsView, before: list[object]) -> None:
        counted[self.id or ""] += 1
        paint(self, before)  # type: ignore[arg-type]

    monkeypatch.setattr(BaseScreen, "update_status", update_status)
    monkeypatch.setattr(ItemsView, "_paint_changes", paint_changes)
    return counted


def is_counted(pilot: Pilot[None]) -> bool:
    """Whether all matches of what is typed are counted."""
    counts = reader(pilot).session.search.counts
    return counts is not None and counts.exact


@pytest.mark.parametrize("key", ["j", "k", "J", "}", "space", "h", "l", "X", "P", "G", "d", "ctrl+e", "M", "@", "D"])
async def test_a_key_is_told_and_painted_once(key: str, counts: Counter[str]) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await tap(pilot, "j j")
        counts.clear()
        await tap(pilot, key)
        assert counts["status"] == 1
        assert counts["comments"] <= 1
        assert counts["article"] <= 1


async def test_a_typed_character_is_told_and_painted_once(counts: Counter[str]) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await tap(pilot, "r")
        await until(pilot, lambda: is_counted(pilot))
        await read_through(pilot)  # the background has told of it
        counts.clear()
        await tap(pilot, "o")
        await until(pilot, lambda: is_counted(pilot))
        await pilot.pause(0.3)  # nothing more comes
        assert counts["status"] == 1
        assert counts["comments"] <= 2  # as it is typed, and once more when the matches are counted
