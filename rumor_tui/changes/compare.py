"""Which comment of one state of a thread is which one of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before[row]` is the row in the older state of each row of the newer one, -1 for a new comment.

    `edited` are rows of the newer state whose text differs, `moved` those that answer another comment than before, and
    `gone` rows of the older state that the newer one has not, or has only as deleted (`emptied`: those, by their row in
    the newer state).
    """

    before: Sequence[int]
    edited: Sequence[int] = ()
    moved: Sequence[int] = ()
    gone: Sequence[int] = ()
    emptied: Sequence[int] = ()


def compare_states(old: CommentStates, new: CommentStates) -> Comparison:
    """Tell what became of each comment."""
    raise NotImplementedError
