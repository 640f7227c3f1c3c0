"""The view of a list: its cursor, also before the view has a size."""

from __future__ import annotations

from textual.geometry import Size

from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.screens.listing_items import EntryItems
from rumor_tui.ui.widgets.list_view import ListView


class NotCounted:
    """The counts of a listing that counts nothing."""

    possible = False

    def __init__(self) -> None:
        self.known: dict[int, int | None] = {}


def refuse(entry: int) -> Thread:
    raise SourceError("Nothing is opened here.")


def test_a_move_before_the_view_has_a_size_holds() -> None:
    listing = Listing("List", [Entry(name) for name in "abc"], refuse)
    view = ListView(EntryItems(listing, palette(DARK), NotCounted(), now=0), id="rows")
    view.take(0, 0)
    assert view.go(2)
    view.fit_to(Size(40, 10))
    assert view.cursor == 2
