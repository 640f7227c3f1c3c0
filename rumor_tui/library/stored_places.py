"""Where a reader left a thread, as the library keeps it: as JSON that the interface makes and reads.

Light: this is asked for before the first screen stands.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from rumor_tui.place import Place, Spot

_LARGEST: Final = 2**62


def place_of(connection: sqlite3.Connection, thread_id: int) -> Place | None:
    """Where the reader left a thread."""
    row = connection.execute("SELECT place FROM places WHERE thread = ?", (thread_id,)).fetchone()
    return None if row is None else place_from_json(row[0])


def place_at(connection: sqlite3.Connection, locators: Sequence[str]) -> Place | None:
    """Where the reader left the thread that was last read from one of some locators."""
    for locator in locators:
        row = connection.execute(
            "SELECT place FROM locators JOIN places USING(thread) JOIN threads ON threads.id = thread"
            " WHERE locator = ? AND threads.removed IS NULL",
            (locator,),
        ).fetchone()
        if row is not None:
            return place_from_json(row[0])
    return None


def place_to_json(place: Place) -> str:
    """A place as it is stored."""
    fields = asdict(place) | {"folded": list(place.folded), "folded_handles": list(place.folded_handles)}
    return json.dumps(fields)


def place_from_json(text: str) -> Place | None:
    """The place that was stored; None for one that a newer program wrote, or that is damaged."""
    try:
        fields: dict[str, Any] = json.loads(text)
        fields |= {name: Spot(**fields[name]) for name in ("cursor", "top")}
        fields |= {name: tuple(fields[name]) for name in ("comments", "article")}
        place = Place(**fields)
        return place if _is_sound(place) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _is_sound(place: Place) -> bool:
    """Whether all of it are numbers and words where these belong."""
    spots = (place.cursor.row, place.cursor.handle, place.top.row, place.top.handle)
    numbers = [*spots, *place.comments, *place.article, *place.folded, *place.folded_handles]
    words = (place.order, place.query, place.fingerprint, place.read, place.new)
    return (
        (len(place.comments), len(place.article)) == (2, 3)
        and all(type(number) is int and abs(number) < _LARGEST for number in numbers)
        and all(isinstance(word, str) for word in words)
    )
