"""What the library is asked before the interface is loaded, in a thread beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from rumor_tui.library_types import Library
    from rumor_tui.place import Place

PATIENCE: Final = 0.05
"""Seconds that the first screen waits for the answer, if it has not come by then."""

AskPlace: TypeAlias = "Callable[[], Place | None]"
"""Gives where the reader was, or None where that is not known or not told in time."""


def ask_place(library: Library, source: str, order: str | None = None) -> AskPlace:
    """Begin to ask where the reader left a source; an `order` that is wanted now takes the place of the one then."""
    told: list[Place | None] = []
    asking = Thread(target=lambda: told.append(library.place_of(source)), name="asking for the place", daemon=True)
    asking.start()

    def answer() -> Place | None:
        asking.join(PATIENCE)
        place = told[0] if told else None
        return place if place is None or order is None else replace(place, order=order)

    return answer
