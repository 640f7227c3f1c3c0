"""How a few screens look, as pictures: `pytest tests/ui/test_snapshots.py --snapshot-update` makes them anew.

The sample holds no date that is told as an age, so nothing here depends on the clock.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from rumor_tui.library_types import ARTICLE, Annotation
from rumor_tui.loading import Services
from rumor_tui.model import Entry, Listing, Stub
from rumor_tui.settings import Settings
from rumor_tui.ui.paint.theme import DARK, LIGHT
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    listing,
    read_through,
    reader,
    sample,
    thread_of,
    until,
    with_stubs,
)
from tests.ui.remembering import FIRST, PlayedLibrary, remembered, services_of

Compare = Callable[..., bool]


async def settled(pilot: Pilot[None]) -> None:
    """Until the background has nothing more to tell."""
    await until(pilot, lambda: reader(pilot).search_bar.stands)
    await read_through(pilot)
    await pilot.pause()


async def searched(pilot: Pilot[None]) -> None:
    """With the search widget open and something in it."""
    await settled(pilot)
    await pilot.press("/", "6", "0", "0")
    await until(pilot, lambda: "match" in reader(pilot).session.search.account())
    query = pilot.app.screen.query_one("#search Input")
    query.cursor_blink = False  # type: ignore[attr-defined]
    await pilot.pause()


async def folded(pilot: Pilot[None]) -> None:
    """With a folded comment and the cursor on another one."""
    await settled(pilot)
    await pilot.press("j", "j", "space", "j", "j")
    await pilot.pause()


async def followed(pilot: Pilot[None]) -> None:
    """With the trail of the first number in the index."""
    await settled(pilot)
    await pilot.press("i")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def in_comments(pilot: Pilot[None]) -> None:
    """With the comments in the one pane."""
    await settled(pilot)
    if reader(pilot).in_article:
        await pilot.press("tab")
    await pilot.pause()


@pytest.mark.parametrize(
    ("theme", "size", "before"),
    [
        (DARK.name, WIDE, folded),
        (DARK.name, WIDE, searched),
        (DARK.name, NARROW, in_comments),
        (LIGHT.name, WIDE, settled),
        (DARK.name, WIDE, followed),
    ],
    ids=["wide", "search", "one_pane", "light", "trail"],
)
def test_looks(snap_compare: Compare, theme: str, size: tuple[int, int], before: Callable[..., object]) -> None:
    assert snap_compare(app_of(sample(), Settings(theme=theme)), terminal_size=size, run_before=before)


LIST = Listing(
    "Mailbox of the club",
    [
        Entry("Six hundred cars?", "ann", None, "8 March 2011", 16, "https://www.example.com/1"),
        Entry("The new colours, and why nobody likes them", "bob", None, "7 March 2011", 1_545),
        Entry("Meeting", "cy", None, "7 March 2011", 1, summary="At the usual place, at eight."),
        Entry("A title that goes on and on, as such titles do, until there is no room left for what it says", "dan"),
        Entry("Nobody has answered", "eve", None, "yesterday", 0, "https://www.example.com/5"),
    ],
    lambda _: thread_of(FAMILY),
    lambda _: 7,
)


async def chosen(pilot: Pilot[None]) -> None:
    """With the counts there, and the cursor on the second entry."""
    await until(pilot, lambda: 3 in listing(pilot).counting.known)
    await pilot.press("j")
    await pilot.pause()


async def narrowed(pilot: Pilot[None]) -> None:
    """With some of the entries."""
    await pilot.press("/", "e", "d", "enter")
    await until(pilot, lambda: len(listing(pilot).entry_items.order) == 2)
    await pilot.pause()


@pytest.mark.parametrize("before", [chosen, narrowed])
def test_a_list_looks_so(snap_compare: Compare, before: Callable[..., object]) -> None:
    assert snap_compare(app_of(LIST, Settings(theme=DARK.name)), terminal_size=NARROW, run_before=before)


def test_missing_replies_look_so(snap_compare: Compare) -> None:
    thread = with_stubs(thread_of(FAMILY), Stub(1, 12, "x"), Stub(4, 0), Stub(5, 3, "x"), Stub(-1, 485, "x"))
    thread.confidence = "guessed"
    services = Services(lambda _: Feed(), lambda _, __: Feed())

    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("}", "space")
        await pilot.pause()

    app = app_of(thread, Settings(theme=DARK.name), services)
    assert snap_compare(app, terminal_size=WIDE, run_before=before)


NOTES = [
    Annotation("a", "note", ARTICLE, "Who counted them?", "the US was only going to see 600 examples of the 1M"),
    Annotation("b", "mark", ARTICLE, "", "Dr. Segler has promised this will be a collectors car."),
    Annotation("c", "mark", FIRST + 1),
    Annotation("d", "note", FIRST + 2, "Said in March.\n\nAsk him again in May.", "in an official way"),
    Annotation("e", "note", FIRST + 2, "Elsewhere he says 700.", "words that were here before an edit"),
    Annotation("f", "note", FIRST + 3, "A V8 Benz, says the next one too."),
]


async def annotated(pilot: Pilot[None]) -> None:
    """With bookmarks and notes, on wholes and on passages, also on one that is gone."""
    await settled(pilot)
    await remembered(pilot)
    await pilot.pause()


async def listed(pilot: Pilot[None]) -> None:
    """With the list of these, and the cursor on the second entry."""
    await annotated(pilot)
    await pilot.press("apostrophe")
    await pilot.pause()
    await pilot.press("j")
    await pilot.pause()


@pytest.mark.parametrize(("theme", "before"), [(DARK.name, annotated), (LIGHT.name, annotated), (DARK.name, listed)])
def test_notes_look_so(snap_compare: Compare, theme: str, before: Callable[..., object]) -> None:
    services = services_of(PlayedLibrary(read=set(range(16)), annotations=NOTES))
    assert snap_compare(app_of(sample(), Settings(theme=theme), services), terminal_size=WIDE, run_before=before)
