"""What is remembered of the thread that is read, by row: read, new, edited, gone, annotated; and what changes of it.

The library says it (`take`), and hears of what changes by way of the effects: `change` adds to `Effects.changes`, the
screen hands that on, and `confirm` takes it over once it is safely on disk. So nothing is shown as read, marked or
noted that a kill could take back.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rumor_tui.reading.context import ReadingContext
from rumor_tui.reading.position import Replacement

if TYPE_CHECKING:  # these types are not loaded before the library has told something
    from rumor_tui.library_types import Annotation, AnnotationChange, Change, Edit, ReadChange, Remembered

UNKNOWN = -1
"""The handle of a comment that the library does not know yet."""


class Memory:
    """The columns are by the rows that are shown; `known` says whether the library has told them."""

    def __init__(self, reading: ReadingContext) -> None:
        self.reading = reading
        self.keeps = False
        """Whether there is a library that keeps what is changed."""
        self.known = False
        self.thread_id = 0
        self.remembered: Remembered | None = None
        self.handles: Sequence[int] = ()
        self.read = b""
        """A byte a comment: 1 if it was read."""
        self.new = b""
        """A byte a comment: 1 if it came since the visit that `since` says."""
        self.edited: dict[int, Edit] = {}
        self.gone: dict[int, float] = {}
        self.by_handle: dict[int, tuple[Annotation, ...]] = {}
        """The bookmarks and notes of a comment, or of the article (`ARTICLE`)."""
        self.confirmed: list[Callable[[Change], None]] = []
        """Told of each change once it is on disk."""
        self._rows: dict[int, int] | None = None

    # Asking

    def handle_of(self, row: int) -> int:
        """The handle of a row; of the article for -1; `UNKNOWN` while the library has not told it."""
        if row < 0:
            return 0  # `library_types.ARTICLE`
        return self.handles[row] if row < len(self.handles) else UNKNOWN

    def row_of(self, handle: int) -> int:
        """The row of a handle, or -1 (also for the article)."""
        if self._rows is None:
            self._rows = {handle: row for row, handle in enumerate(self.handles)}
        return self._rows.get(handle, -1)

    def annotations_of(self, row: int) -> Sequence[Annotation]:
        """The bookmarks and notes of a row, or (-1) of the article."""
        return self.by_handle.get(self.handle_of(row), ())

    # Changing

    def change(self, change: Change) -> None:
        """Have something written down; it shows once it is."""
        self.reading.effects.changes.append(change)

    def confirm(self, changes: Sequence[Change]) -> None:
        """These changes are on disk."""
        from rumor_tui.library_types import AnnotationChange, ReadChange

        for change in changes:
            if isinstance(change, ReadChange):
                self._take_read(change)
            elif isinstance(change, AnnotationChange):
                self._take_annotation(change)
            for listener in self.confirmed:
                listener(change)
        self.reading.effects.repaint = True

    def _take_read(self, change: ReadChange) -> None:
        read = bytearray(self.read)
        for handle in change.handles:
            if (row := self.row_of(handle)) >= 0:
                read[row] = change.read
        self.read = bytes(read)

    def _take_annotation(self, change: AnnotationChange) -> None:
        one = change.annotation
        others = tuple(other for other in self.by_handle.get(one.handle, ()) if other.uid != one.uid)
        self.by_handle[one.handle] = others if change.removed else (*others, replace(one, changed=change.moment))

    # Another state

    def take(self, remembered: Remembered) -> None:
        """The library has told what it knows; the session shows `remembered.thread` already, in whatever order."""
        numbers = self.reading.state.numbers
        rows = range(len(remembered.thread)) if numbers is None else numbers
        self.keeps = self.known = True
        self.thread_id, self.remembered = remembered.thread_id, remembered
        self.handles = array("q", map(remembered.handles.__getitem__, rows))
        self.read = bytes(map(remembered.read.__getitem__, rows))
        since = remembered.visits[0] if remembered.visits else None
        first_seen = remembered.first_seen
        self.new = bytes(since is not None and first_seen[row] > since for row in rows)
        self._rows = None
        shown = {row: place for place, row in enumerate(rows)} if numbers is not None else None
        self.edited = {(shown[row] if shown else row): edit for row, edit in remembered.edited.items()}
        self.gone = {(shown[row] if shown else row): since for row, since in remembered.gone.items()}
        self.by_handle = {}
        for one in remembered.annotations:
            self.by_handle[one.handle] = (*self.by_handle.get(one.handle, ()), one)
        self.reading.effects.relayout = self.reading.effects.keep_place = True

    def remap(self, replacement: Replacement) -> None:
        """Carry the columns over to another state of the thread, in which new comments are unread."""
        row_map = replacement.row_map
        self.read, self.new = row_map.mask(self.read), row_map.mask(self.new)
        handles = array("q", [UNKNOWN]) * row_map.new_size
        for row, handle in enumerate(self.handles):
            if (now := row_map.of(row)) >= 0:
                handles[now] = handle
        self.handles, self._rows = handles, None
        self.edited = {now: edit for row, edit in self.edited.items() if (now := row_map.of(row)) >= 0}
        self.gone = {now: since for row, since in self.gone.items() if (now := row_map.of(row)) >= 0}
