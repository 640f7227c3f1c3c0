"""What is remembered of the thread that is read, by row: read, new, edited, gone, annotated; and what changes of it.

The library says it (`take`), and hears of what changes by way of the effects: `change` adds to `Effects.changes`, the
screen hands that on, and `confirm` takes it over once it is safely on disk. So nothing is shown as read, marked or
noted that a kill could take back.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from time import time
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from rumor_tui.model import Thread
from rumor_tui.reading.context import ReadingContext
from rumor_tui.reading.position import Replacement

if TYPE_CHECKING:  # these types are not loaded before the library has told something
    from rumor_tui.library_types import Annotation, AnnotationChange, Change, Edit, ReadChange, Remembered

UNKNOWN = -1
"""The handle of a comment that the library does not know yet."""

_OPPOSITE = bytes([1, 0]) + bytes(254)
"""Turns bytes 0 or 1 into their opposites."""

Make: TypeAlias = "Callable[[int, int], Change]"
"""Makes a change from a thread's id in the library and a handle."""


class Since(NamedTuple):
    """From when on comments are new: they came after `moment`, or (`by` "written") were written after it, as far as
    that is known. With the moment None nothing is new."""

    moment: float | None = None
    by: Literal["came", "written"] = "came"


class Counts(NamedTuple):
    """How many comments are unread, and how many of those are new."""

    unread: int
    fresh: int


class Memory:
    """The columns are by the rows that are shown; `known` says whether the library has told them.

    `expected` says that there is a library, which is yet to tell what it knows; `problem` is why it could not.
    """

    def __init__(self, reading: ReadingContext) -> None:
        self.reading = reading
        self.known = False
        self.presumed = False
        """Whether the columns are presumed: shown until the library has told what they are."""
        self.expected = False
        self.problem = ""
        self.thread_id = 0
        self.remembered: Remembered | None = None
        self.handles: Sequence[int] = ()
        self.read = b""
        """A byte a comment: 1 if it was read."""
        self.new = b""
        """A byte a comment: 1 if it is new, as `since` says."""
        self.first_seen: Sequence[float] = ()
        self.since = Since()
        self.version = 0
        """Incremented whenever columns change."""
        self.edited: dict[int, Edit] = {}
        self.gone: dict[int, float] = {}
        self.by_handle: dict[int, tuple[Annotation, ...]] = {}
        """The bookmarks and notes of a comment, or of the article (`ARTICLE`)."""
        self.confirmed: list[Callable[[Change], None]] = []
        """Told of each change once it is on disk."""
        self.read_meanwhile: set[int] = set()
        """Rows that were read and are yet to be written down as such."""
        self._waiting: list[tuple[int, Make]] = []
        self._rows: dict[int, int] | None = None

    # Asking

    @property
    def is_kept(self) -> bool:
        """Whether what is changed is written down: not what a refresh alone has told, without a library."""
        return self.expected or (self.known and self.thread_id > 0)

    @property
    def shows(self) -> bool:
        """Whether there is something to show of what is read: known, or presumed."""
        return self.known or self.presumed

    def handle_of(self, row: int) -> int:
        """The handle of a row; of the article for -1; `UNKNOWN` while the library has not told it."""
        if row < 0:
            return 0  # `library_types.ARTICLE`
        return self.handles[row] if row < len(self.handles) else UNKNOWN

    def row_of(self, handle: int) -> int:
        """The row of a handle, or -1 (also for the article)."""
        if handle <= 0:
            return -1
        likely = handle - self.handles[0] if len(self.handles) else -1
        if 0 <= likely < len(self.handles) and self.handles[likely] == handle:
            return likely  # handles are allotted in the page's order: a table of all would take 10 MB in a large thread
        if self._rows is None:
            self._rows = {handle: row for row, handle in enumerate(self.handles)}
        return self._rows.get(handle, -1)

    def annotations_of(self, row: int) -> Sequence[Annotation]:
        """The bookmarks and notes of a row, or (-1) of the article."""
        return self.by_handle.get(self.handle_of(row), ())

    def is_unread(self, row: int) -> bool:
        """Whether a comment is known to be unread."""
        return self.shows and row < len(self.read) and not self.read[row]

    def is_new(self, row: int) -> bool:
        """Whether a comment is new, read or not."""
        return self.shows and row < len(self.new) and self.new[row] == 1

    def is_fresh(self, row: int) -> bool:
        """Whether a comment is new and unread."""
        return self.shows and row < len(self.fresh) and self.fresh[row] == 1

    @property
    def unread(self) -> bytes:
        """A byte a comment: 1 if it is unread."""
        return self.read.translate(_OPPOSITE)

    @cached_property
    def fresh(self) -> bytes:
        """A byte a comment: 1 if it is new and unread."""
        size = len(self.new)
        both = int.from_bytes(self.new, "little") & ~int.from_bytes(self.read, "little")
        return both.to_bytes(size, "little")

    @cached_property
    def counts(self) -> Counts:
        """How many comments of the thread are unread and new."""
        return Counts(self.read.count(0), self.fresh.count(1))

    def counts_in(self, start: int, end: int) -> Counts:
        """The same of the rows start .. end."""
        return Counts(self.read.count(0, start, end), self.fresh.count(1, start, end)) if self.shows else Counts(0, 0)

    @property
    def marked(self) -> Iterable[int]:
        """The rows that have bookmarks or notes."""
        found = (self.row_of(handle) for handle, kept in self.by_handle.items() if kept)
        return [row for row in found if row >= 0]

    def states(self) -> Mapping[str, bytes]:
        """By the words of the search language, a byte a comment: 1 if it is in that state. Empty while unknown."""
        if not self.known:
            return {}
        kinds = {row: {one.kind for one in self.annotations_of(row)} for row in self.marked}
        return {
            "new": self.new,
            "unread": self.unread,
            "read": self.read,
            "edited": self._mask(self.edited),
            "gone": self._mask(self.gone),
            "marked": self._mask(row for row, held in kinds.items() if "mark" in held),
            "note": self._mask(row for row, held in kinds.items() if "note" in held),
        }

    def _mask(self, rows: Iterable[int]) -> bytes:
        mask = bytearray(len(self.read))
        for row in rows:
            mask[row] = 1
        return bytes(mask)

    def with_gone_deleted(self, page: Thread) -> Thread:
        """The thread in the page's order, in which what its source has no more counts as deleted."""
        if not self.gone:
            return page
        deleted = list(page.deleted)
        for row in self.gone:
            deleted[self.reading.state.ordinal(row) - 1] = True
        return replace(page, deleted=deleted)

    def _changed(self) -> None:
        """Columns changed: what is worked out from them is stale."""
        self.version += 1
        self.reading.effects.title = True
        for name in ("fresh", "counts"):
            self.__dict__.pop(name, None)

    # Changing

    def change(self, change: Change) -> None:
        """Have something written down; it shows once it is."""
        self.reading.effects.changes.append(change)

    def change_at(self, row: int, make: Make) -> None:
        """Have something written down about a comment (-1: the article), as soon as its handle is known."""
        handle = self.handle_of(row)
        if self.known and handle != UNKNOWN:
            self.change(make(self.thread_id, handle))
        elif self.known or self.expected:
            self._waiting.append((row, make))

    def mark_read(self, rows: Iterable[int], *, read: bool = True) -> ReadChange | None:
        """Have comments count as read, or as unread again: those that do not. The change, if there is one now."""
        from rumor_tui.library_types import ReadChange

        moment = time()
        if not self.known:
            for row in rows if self.expected else ():
                self._waiting.append((row, lambda thread, handle: ReadChange(thread, (handle,), read, moment)))
            return None
        column, known, size, handles = self.read, self.handles, len(self.read), []
        for row in rows:
            if row < size and known[row] != UNKNOWN:
                if column[row] != read:
                    handles.append(known[row])
            else:
                self._waiting.append((row, lambda thread, handle: ReadChange(thread, (handle,), read, moment)))
        if not handles:
            return None
        change = ReadChange(self.thread_id, handles, read, moment)
        self.change(change)
        return change

    def send_read(self) -> None:
        """Have what was read meanwhile count as read."""
        rows, self.read_meanwhile = sorted(self.read_meanwhile), set()
        self.mark_read(rows)

    def _send_waiting(self) -> None:
        """Have written down what waited for handles."""
        waiting, self._waiting = self._waiting, []
        for row, make in waiting:
            self.change_at(row, make)

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
        self._changed()
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
        self.reading.effects.keep_place = True

    # Another state

    def presume(self, read: bytes, new: bytes) -> None:
        """Show these columns until the library has told."""
        self.presumed, self.read, self.new = True, read, new
        self._changed()

    def presume_nothing(self) -> None:
        """The library will not tell."""
        if self.presumed and not self.known:
            self.presumed, self.read, self.new = False, b"", b""
            self._changed()
            self.reading.effects.repaint = True

    def take(self, remembered: Remembered) -> None:
        """The library has told what it knows; the session shows `remembered.thread` already, in whatever order.

        Where that is what was presumed, nothing is painted again.
        """
        effects, numbers = self.reading.effects, self.reading.state.numbers
        shown = (self.read, self.new) if self.presumed else None
        first = not self.known
        self.known, self.thread_id, self.remembered = True, remembered.thread_id, remembered
        self.problem = "" if self.thread_id > 0 else self.problem
        self._rows = None
        if numbers is None:
            self.handles, self.first_seen, self.read = remembered.handles, remembered.first_seen, remembered.read
            self.edited, self.gone = dict(remembered.edited), dict(remembered.gone)
        else:
            self.handles = array("q", map(remembered.handles.__getitem__, numbers))
            self.first_seen = array("d", map(remembered.first_seen.__getitem__, numbers))
            self.read = bytes(map(remembered.read.__getitem__, numbers))
            place_of = {row: place for place, row in enumerate(numbers)}
            self.edited = {place_of[row]: edit for row, edit in remembered.edited.items()}
            self.gone = {place_of[row]: since for row, since in remembered.gone.items()}
        self.by_handle = {}
        for one in remembered.annotations:
            self.by_handle[one.handle] = (*self.by_handle.get(one.handle, ()), one)
        if first:  # on the first visit only what comes during it is new
            self.since = Since(remembered.visits[0] if remembered.visits else max(self.first_seen, default=None))
        painted = effects.repaint, effects.title
        self.presumed = False
        self.choose_since(self.since)
        signs = bool(self.gone or self.by_handle)
        if shown == (self.read, self.new) and not (signs or self.edited):
            effects.repaint, effects.title = painted
        else:
            effects.keep_place = True
            effects.relayout = effects.relayout or signs
        self._send_waiting()

    def choose_since(self, since: Since) -> None:
        """Comments are new from there on."""
        self.since, moment = since, since.moment
        if moment is None:
            self.new = bytes(len(self.read))
        elif since.by == "came":
            self.new = bytes(map(float(moment).__lt__, self.first_seen))
        else:
            published = self.reading.thread.published
            self.new = bytes(
                (seen if written is None else written) >= moment
                for written, seen in zip(published, self.first_seen, strict=True)
            )
        self._changed()
        self.reading.effects.repaint = True

    def remap(self, replacement: Replacement) -> None:
        """Carry the columns over to another state of the thread, in which new comments are unread."""
        row_map = replacement.row_map
        size = len(self.handles)
        self.read_meanwhile = set(row_map.rows(row for row in self.read_meanwhile if row < row_map.old_size))
        self._waiting = [
            (now, make) for row, make in self._waiting if (now := row if row < 0 else row_map.of(row)) >= 0 or row < 0
        ]
        if not self.shows:
            return
        self.read, self.new = row_map.mask(self.read), row_map.mask(self.new)
        if not self.known:
            self._changed()
            return
        handles, first_seen = array("q", [UNKNOWN]) * row_map.new_size, array("d", [time()]) * row_map.new_size
        for row, now in enumerate(row_map.every()[:size]):
            if now >= 0:
                handles[now], first_seen[now] = self.handles[row], self.first_seen[row]
        self.handles, self.first_seen, self._rows = handles, first_seen, None
        self.edited = {now: edit for row, edit in self.edited.items() if (now := row_map.of(row)) >= 0}
        self.gone = {now: since for row, since in self.gone.items() if (now := row_map.of(row)) >= 0}
        self._changed()
