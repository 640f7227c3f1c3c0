"""Following what is on screen, or no more: the same from a thread, a list of threads and the library."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import time
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.canonical import canonical_address
from rumor_tui.links import openable
from rumor_tui.text import neutralise_line
from rumor_tui.ui.workers import start_worker

if TYPE_CHECKING:
    from rumor_tui.library_types import FollowKind, Library
    from rumor_tui.ui.screens.base import BaseScreen

NO_LIBRARY: Final = "There is no library in this run, so nothing can be followed or looked up."
NO_ADDRESS: Final = "This has neither an address nor a file of its own that could be followed."


class Followable(NamedTuple):
    """What may be followed: its address or path, what it is, and what it is called."""

    address: str
    kind: FollowKind
    title: str


def toggle_follow(
    screen: BaseScreen, library: Library | None, what: Followable, changed: Callable[[], None] = lambda: None
) -> None:
    """Follow something from now on, or no more if it is followed; `changed` is called once that is on disk.

    What came of it is told on the status line of the screen.
    """
    if library is None:
        screen.tell(NO_LIBRARY)
    elif not what.address or what.address == "-":
        screen.tell(NO_ADDRESS)
    else:
        if openable(what.address) is None and os.path.lexists(what.address):
            what = what._replace(address=os.path.abspath(what.address))  # noqa: PTH100 - resolve() would follow links
        start_worker(lambda: _toggle(screen, library, what, changed), "following")


def _toggle(screen: BaseScreen, library: Library, what: Followable, changed: Callable[[], None]) -> None:
    """The same in a thread of its own, since the library is asked first."""
    from rumor_tui.library_types import FollowChange, LibraryError

    def tell(words: str, *, done: bool = False) -> None:
        def take() -> None:
            screen.tell(neutralise_line(words))
            if done:
                changed()

        screen.call_later(take)

    canonical = canonical_address(what.address)
    try:
        known = next((one for one in library.followed() if canonical_address(one.address) == canonical), None)
    except LibraryError as error:
        tell(str(error))
        return
    on = known is None
    said = "Followed from now on: R in the library looks for what is new." if on else "Not followed any more."
    address = what.address if known is None else known.address
    change = FollowChange(address, what.kind, neutralise_line(what.title), on, time())
    library.change([change], lambda problem: tell(problem or said, done=not problem))
