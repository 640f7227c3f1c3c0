"""A reader's changes are written: a table of what writes each kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from rumor_tui.library import following, listing, marks, reading_state
from rumor_tui.library.annotations import write_annotation
from rumor_tui.library_types import (
    ARTICLE,
    AnnotationChange,
    Change,
    FollowChange,
    MarksChange,
    PlaceChange,
    ReadChange,
    RemovalChange,
    TagChange,
)


def _apply_read(connection: sqlite3.Connection, change: ReadChange) -> None:
    reading_state.apply_read(connection, change)
    if ARTICLE in change.handles:
        following.note_seen(connection, change)


def _write_marks(connection: sqlite3.Connection, change: MarksChange) -> None:
    marks.set_marks(connection, change.thread_id, change.marks, change.moment)


WRITERS: Final[Mapping[type, Callable[[sqlite3.Connection, Any], None]]] = MappingProxyType(
    {
        ReadChange: _apply_read,
        PlaceChange: reading_state.apply_place,
        AnnotationChange: write_annotation,
        TagChange: listing.apply_tag,
        FollowChange: following.change_follow,
        RemovalChange: listing.apply_removal,
        MarksChange: _write_marks,
    }
)


def apply_changes(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Write changes, in their order."""
    for change in changes:
        WRITERS[type(change)](connection, change)
