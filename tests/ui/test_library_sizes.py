"""The library's screens at every size of terminal, with titles, sites and tags that are hard to lay out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rumor_tui.library_types import Followed, LibraryEntry, LibraryHit, LibraryHits, NewComment
from rumor_tui.ui.workers import LibraryView
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import press, told
from tests.ui.library_samples import ENTRIES, FOLLOWED, NEWS, THREADS, library_app, listed
from tests.ui.test_sizes import JUMPS, SIZES, check, line, roomy, sweep

LONG = "日本語の題名がとても長い " * 9
ZALGO = "e\u0301" * 60 + "\u202e\x1b[31m\x00 🙂"
HOSTILE = (
    *ENTRIES,
    LibraryEntry(11, LONG, LONG, "https://example.com/" + "a" * 300, "", 12_345_678, 12_345_678, 1_234_567, 99_999, 1,
                 tuple(f"tag{n}🙂" for n in range(40)), True, "group", active=9e18),
    LibraryEntry(12, ZALGO, ZALGO, ZALGO, ZALGO, 1, 1, 1, group="group", active=-1e18, tags=(ZALGO,)),
    LibraryEntry(13, "", active=1e9),
)  # fmt: skip
NEW = (
    *NEWS,
    NewComment(11, 11_001, LONG, LONG, ZALGO, 9e18, 1.0, LONG),
    NewComment(12, 0, "", "", None, None, 0.0, ""),
)
FOLLOWS = (*FOLLOWED, Followed("https://b.example/" + "b" * 300, "feed", LONG, 1.0, 9e18, ZALGO))
VIEWS: tuple[LibraryView, ...] = ("library", "news", "following", "everything")


def find(query: str, limit: int) -> LibraryHits:
    """Hits with spans at all ends of their snippets."""
    hits = [LibraryHit(11, n, "note", LONG, ZALGO, LONG, 1e9, LONG, ((0, 4), (20, 500))) for n in range(30)]
    return LibraryHits(hits, None, LONG)


def hostile() -> FakeLibrary:
    return FakeLibrary(HOSTILE, THREADS, NEW, FOLLOWS, find)


@pytest.mark.parametrize("view", VIEWS)
async def test_every_size(view: LibraryView) -> None:
    async with library_app(hostile(), view).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await sweep(pilot)
        await pilot.resize_terminal(80, 24)
        await press(pilot, "x escape j enter" if view == "everything" else "D j")
        for size in JUMPS[::3]:
            await pilot.resize_terminal(*size)
            check(pilot, size)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", SIZES[::6])
async def test_started_at_this_size(view: LibraryView, size: tuple[int, int]) -> None:
    async with library_app(hostile(), view).run_test(size=size) as pilot:
        await listed(pilot)
        check(pilot, size)
        assert (line(pilot).strip() in "needs 20x4 …") is not roomy(size)


async def test_unfolded_narrowed_and_asked_at_every_size() -> None:
    async with library_app(hostile()).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await press(pilot, "enter / e enter t")
        for size in JUMPS[::4]:
            await pilot.resize_terminal(*size)
            check(pilot, size)
        await press(pilot, "escape")


async def test_a_text_from_a_source_is_neutral_in_the_status_line() -> None:
    held = FakeLibrary([replace(ENTRIES[1], title=ZALGO)], THREADS)
    async with library_app(held).run_test(size=(120, 20)) as pilot:
        await listed(pilot)
        await press(pilot, "x")
        await listed(pilot)
        assert "\x1b" not in told(pilot)
        assert "\u202e" not in told(pilot)
