"""The library's screens by what they are called: the one place that makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rumor_tui.ui.screens.everything import EverythingScreen
from rumor_tui.ui.screens.following import FollowingScreen
from rumor_tui.ui.screens.library import LibraryScreen
from rumor_tui.ui.screens.news import NewsScreen

if TYPE_CHECKING:
    from rumor_tui.library_types import LibraryEntry
    from rumor_tui.ui.paint.theme import Palette
    from rumor_tui.ui.screens.library_list import Desk, LibraryListScreen
    from rumor_tui.ui.workers import LibraryView


def make_view(
    view: LibraryView,
    desk: Desk,
    palette: Palette,
    first: Callable[[], Sequence[LibraryEntry]] | None = None,
) -> LibraryListScreen:
    """One of the library's screens. `first` gives the entries for the library itself, where they were asked for."""
    if view == "library":
        return LibraryScreen(desk, palette, first)
    screens: dict[str, Callable[[Desk, Palette], LibraryListScreen]]
    screens = {"news": NewsScreen, "following": FollowingScreen, "everything": EverythingScreen}
    return screens[view](desk, palette)
