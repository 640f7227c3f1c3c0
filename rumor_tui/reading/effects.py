"""What a command asks of the screen. The screen applies it once: one composition of rows, one status line a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from rumor_tui.reading.position import Reference

if TYPE_CHECKING:
    from rumor_tui.library_types import Change

ScrollUnit = Literal["row", "half page", "page", "end"]
"""What a scroll is counted in; "end" is the first (negative) or the last (positive) row of all."""
RequestKind = Literal["open", "copy", "stop", "quit"]
"""What the session cannot do itself: open an address, copy a text, stop what is loading, leave the thread."""


class Scroll(NamedTuple):
    """Move the rows of the pane that has the keys; negative amounts go up."""

    unit: ScrollUnit
    amount: int


class Target(NamedTuple):
    """A text to bring into sight with as little movement as that takes.

    `item` is a row of the comments, or an item of the article. With an `offset` it is the line of that offset; without
    one it is the comment's header. `only_if_hidden` leaves everything in place while that header is on screen.
    """

    in_article: bool
    item: int
    offset: int | None = None
    only_if_hidden: bool = False


class Request(NamedTuple):
    """Something to be done outside the session, and the address or text that it is done with."""

    kind: RequestKind
    value: str = ""


@dataclass(slots=True)
class Effects:
    """Collected while a command runs; a later effect of the same kind replaces an earlier one."""

    message: str | None = None
    """A sentence for the status line; None leaves what is there."""
    focus: bool = False
    """A pane was given the keys: `ReadingState.in_article` says which one."""
    refolded: tuple[int, int] | None = None
    """The rows, from the first up to but not including the second, whose folds changed."""
    relayout: bool = False
    """Heights of any comments may have changed otherwise."""
    keep_place: bool = False
    """Heights of comments on screen may have changed: what the reader looks at stays where it is on screen."""
    keep_article: bool = False
    """The same of the article."""
    target: Target | None = None
    scroll: Scroll | None = None
    restore: tuple[Reference, Reference] | None = None
    """Where the comments and the article stood before a jump."""
    repaint: bool = False
    """Spans or headers changed."""
    search_changed: bool = False
    """What the search widget and the timeline show changed."""
    title: bool = False
    quiet: bool = False
    """Nothing that the status line says changed."""
    replaced: tuple[Reference, Reference] | None = None
    """Another state of the thread took the place of the one shown: where the comments and the article stand now."""
    search_widget: Literal["open", "close"] | None = None
    covers: list[object] = field(default_factory=list)
    """Screens to show above the reader, the lowest first: requests for new ones (see `trails`), or states of earlier
    ones."""
    uncover: bool = False
    """Take away the screens above the reader."""
    requests: list[Request] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """What the library is to write down; `Memory.confirm` takes it over once that is done."""

    def note_refolded(self, start: int, end: int) -> None:
        """The folds of the rows start .. end changed."""
        before = self.refolded
        self.refolded = (start, end) if before is None else (min(before[0], start), max(before[1], end))
        self.keep_place = True
