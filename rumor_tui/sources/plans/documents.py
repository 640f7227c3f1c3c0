"""Documents that are put together from pages of an API: one shape for most platforms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.sources import jsons


@dataclass(slots=True, eq=False)
class Whole:
    """One answer that is the whole document already."""

    address: str
    body: bytes
    count: int = 0
    expected: int | None = None

    def data(self) -> bytes:
        """The answer's bytes."""
        return self.body

    def have(self) -> int:
        """How many comments it holds, as far as that was looked at."""
        return self.count

    def total(self) -> int | None:
        """How many there are by what the source says."""
        return self.expected


@dataclass(slots=True, eq=False)
class Grown:
    """A document made of a `head` and of the comments that have come; `shape` makes the JSON value of the two."""

    address: str
    shape: Callable[[list[Any]], Any]
    comments: list[Any] = field(default_factory=list)
    expected: int | None = None

    def data(self) -> bytes:
        """The document as JSON."""
        return jsons.written(self.shape(self.comments))

    def have(self) -> int:
        """How many comments have come."""
        return len(self.comments)

    def total(self) -> int | None:
        """How many there are by what the source says."""
        return self.expected
