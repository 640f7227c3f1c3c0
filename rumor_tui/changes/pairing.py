"""The columns of two states of a thread, and which rows were told to be the same comment so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from rumor_tui.columns import STRETCH, Constant, LazyColumn
from rumor_tui.discussion_rows import ROW_MARK

ROWS: Final = 4_096
"""Rows between two rests: about a millisecond's work."""

OPEN: Final = -1
"""Instead of a row: no pair was found yet."""


class CommentStates(Protocol):
    """What is compared of a state: columns by row, in pre-order. A `Thread` has them; so has what the library keeps."""

    @property
    def parent(self) -> Sequence[int]:
        """The row that each comment answers, or -1."""

    @property
    def ids(self) -> Sequence[str | None]:
        """The source's identifiers, where it has some."""

    @property
    def authors(self) -> Sequence[str | None]:
        """Who wrote each comment."""

    @property
    def bodies(self) -> Sequence[str]:
        """The raw texts."""

    @property
    def published(self) -> Sequence[float | None]:
        """When each was written."""

    @property
    def deleted(self) -> Sequence[bool]:
        """Whether the source itself says that a comment was deleted, and has no text of it."""

    def __len__(self) -> int: ...


def no_rest() -> None:
    """The `breathe` of work beside which nothing else goes on."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A state's columns, read whole. Identifiers that only count rows are None."""

    parent: list[int]
    ids: list[str | None]
    authors: list[str | None]
    bodies: list[str]
    published: list[float | None]
    deleted: list[bool]


def read_columns(state: CommentStates, breathe: Callable[[], object] = no_rest) -> Columns:
    """The columns of a state. Bodies that are decoded when asked for are decoded."""
    ids: list[str | None] = _whole(state.ids, breathe)
    if any(id is not None and ROW_MARK in id for id in ids[:1000]) or (ids and ids[-1] and ROW_MARK in ids[-1]):
        ids = [None if id is not None and ROW_MARK in id else id for id in ids]
    return Columns(
        list(state.parent),
        ids,
        _whole(state.authors, breathe),
        _whole(state.bodies, breathe),
        _whole(state.published, breathe),
        _whole(state.deleted, breathe),
    )


def _whole(column: Sequence[Any], breathe: Callable[[], object]) -> list[Any]:
    if isinstance(column, Constant):
        return [column.value] * len(column)
    if not isinstance(column, LazyColumn):
        return list(column)
    found: list[Any] = []
    for start in range(0, len(column), STRETCH):
        found.extend(column[start : start + STRETCH])
        breathe()
    return found


def are_equal(old: Columns, new: Columns, breathe: Callable[[], object] = no_rest) -> bool:
    """Whether two states are the same, compared by stretches, since nothing else runs while lists are compared."""
    size = len(old.parent)
    if size != len(new.parent):
        return False
    for name in Columns.__slots__:
        one, other = getattr(old, name), getattr(new, name)
        for start in range(0, size, ROWS):
            breathe()
            if one[start : start + ROWS] != other[start : start + ROWS]:
                return False
    return True


class Pairing:
    """`before` gives for each row of the newer state the one of the older, `after` the other way; `OPEN` if unknown."""

    def __init__(self, old: Columns, new: Columns, breathe: Callable[[], object] = no_rest) -> None:
        self.old = old
        self.new = new
        self.breathe = breathe
        self.before = [OPEN] * len(new.parent)
        self.after = [OPEN] * len(old.parent)

    def pair(self, old_row: int, new_row: int) -> None:
        """Say that two rows are the same comment."""
        self.before[new_row] = old_row
        self.after[old_row] = new_row

    def open_old(self) -> list[int]:
        """The older rows that are in no pair."""
        return [row for row, now in enumerate(self.after) if now < 0]

    def open_new(self) -> list[int]:
        """The newer rows that are in no pair."""
        return [row for row, was in enumerate(self.before) if was < 0]

    def parent_before(self, new_row: int) -> int | None:
        """The older row of the comment that a newer row answers: -1 at the top level, None where it is not known."""
        above = self.new.parent[new_row]
        if above < 0:
            return -1
        return self.before[above] if self.before[above] >= 0 else None
