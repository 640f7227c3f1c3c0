"""What a refresh finds out: the newest state of a thread, with what is known of its comments.

The library tells what is new, edited and gone, where there is one that can. Otherwise the comparison of the two states
tells it, in the same form, for as long as the thread is open.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import time
from typing import Final

from rumor_tui.changes.compare import Comparison
from rumor_tui.changes.merge import Merged, compare_threads, merge_threads, without_rows
from rumor_tui.library_types import Annotation, Edit, Library, LibraryError, Remembered
from rumor_tui.linked_page import keep_page
from rumor_tui.model import Thread
from rumor_tui.reading.memory import UNKNOWN, Memory
from rumor_tui.row_map import RowMap, invert

UNCHANGED: Final = "Nothing has changed."
NOTHING_KEPT: Final = 0
"""The id of a thread that no library has."""


@dataclass(frozen=True, slots=True)
class Before:
    """The page that is refreshed, and what is known of it by the rows that are shown: `numbers` are their page rows."""

    page: Thread
    numbers: Sequence[int]
    thread_id: int
    handles: Sequence[int]
    read: bytes
    first_seen: Sequence[float]
    edited: Mapping[int, Edit]
    gone: Mapping[int, float]
    annotations: Sequence[Annotation]
    remembered: Remembered | None

    @classmethod
    def of(cls, page: Thread, numbers: Sequence[int] | None, memory: Memory) -> Before:
        """What is known now."""
        return cls(
            page,
            range(len(page)) if numbers is None else numbers,
            memory.thread_id,
            memory.handles,
            memory.read,
            memory.first_seen,
            dict(memory.edited),
            dict(memory.gone),
            [one for kept in memory.by_handle.values() for one in kept],
            memory.remembered if memory.known else None,
        )

    def gone_rows(self) -> set[int]:
        """The page rows of what the source had no more."""
        return {self.numbers[row] for row in self.gone}

    def by_page(self, visit: float) -> Remembered:
        """The same by the rows of the page. What nobody has told of is read, and came before the visit."""
        size, known = len(self.page), self.remembered
        if known is None:
            nothing = RowMap.identity(size)
            return Remembered(
                NOTHING_KEPT, self.page, nothing, range(1, size + 1), b"\1" * size, [0.0] * size, visits=(visit,)
            )
        handles, first_seen, read = array("q", bytes(8 * size)), array("d", bytes(8 * size)), bytearray(size)
        for row, number in enumerate(self.numbers):
            handles[number], first_seen[number], read[number] = self.handles[row], self.first_seen[row], self.read[row]
        return replace(
            known,
            thread=self.page,
            handles=handles,
            read=bytes(read),
            first_seen=first_seen,
            edited={self.numbers[row]: edit for row, edit in self.edited.items()},
            gone={self.numbers[row]: since for row, since in self.gone.items()},
            annotations=self.annotations,
        )


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The newest state of a page, with what is known of it; `remembered.row_map` leads there from the rows of `page`.

    Where a library that could not be asked yet cannot be asked now, nothing is known: then the newest state is shown as
    it was loaded, and `row_map` leads there. `words` tell what has changed.
    """

    page: Thread
    newest: Thread
    row_map: RowMap
    remembered: Remembered | None
    words: str

    @property
    def thread(self) -> Thread:
        """What is to be shown."""
        return self.newest if self.remembered is None else self.remembered.thread


def ask_library(
    library: Library, before: Before, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
) -> Remembered:
    """Have the library record a page as the source has it: without what the source has no more. Raises LibraryError.

    The rows of the answer's `row_map` are those of the page.
    """
    gone = before.gone_rows()
    if not gone:
        return library.visit(before.page, visit, whole=whole, breathe=breathe)
    there, kept = without_rows(before.page, gone)
    told = library.visit(there, visit, whole=whole, breathe=breathe)
    known, row_of = before.by_page(visit), {handle: row for row, handle in enumerate(told.handles)}
    places = [row_of.get(handle, -1) for handle in known.handles]
    for place, row in enumerate(kept):
        places[row] = told.row_map.of(place)
    return replace(told, row_map=RowMap.from_order(invert(places, len(told.thread)), len(places)))


def refresh(
    before: Before,
    newest: Thread,
    library: Library | None,
    visit: float,
    *,
    whole: bool = True,
    breathe: Callable[[], object] = lambda: None,
) -> Refreshed:
    """Find out what has changed since a page was read. What a state lacks that is not `whole` is not gone.

    Takes its time: it is for the background.
    """
    newest = replace(keep_page(before.page, newest), source=before.page.source or newest.source)
    problem = ""
    if library is not None:
        try:
            told = library.visit(newest, visit, whole=whole)
        except LibraryError as error:
            problem = str(error)
        else:
            refreshed = _told_by_library(before, newest, told, breathe)
            if refreshed is not None:
                return refreshed
    merged, earlier = merge_threads(before.page, newest, breathe, whole=whole), before.gone_rows()
    origin = merged.from_old.inverse.every()
    gone = [row for row in merged.gone if origin[row] not in earlier]
    words = f"{change_words(len(merged.new), len(merged.edited), len(gone))} {problem}".strip()
    if library is not None and before.remembered is None:
        places = merged.from_new.every()
        return Refreshed(before.page, newest, _between(origin, places, len(before.page)), None, words)
    remembered = _carried_over(before.by_page(visit), merged, time())
    return Refreshed(before.page, newest, merged.from_old, remembered, words)


def _between(origin: Sequence[int], places: Sequence[int], size: int) -> RowMap:
    """Where the `size` rows of a page stand in its newest state, whose rows stand at `places` in the merged one;
    `origin` gives for the rows of that those of the page."""
    return RowMap.from_order([origin[place] for place in places], size)


def _told_by_library(
    before: Before, newest: Thread, told: Remembered, breathe: Callable[[], object]
) -> Refreshed | None:
    """What the library tells; None where it lacks comments of the page, which it was never told of then."""
    comparison = compare_threads(before.page, told.thread, breathe)
    if comparison.gone:
        return None
    row_map, earlier = RowMap.from_order(comparison.before, len(before.page)), before.gone_rows()
    gone = [row for row in told.gone if comparison.before[row] >= 0 and comparison.before[row] not in earlier]
    words = change_words(len(comparison.new), len(_edits(comparison, told)), len(gone))
    return Refreshed(before.page, newest, row_map, replace(told, row_map=row_map), words)


def _edits(comparison: Comparison, told: Remembered) -> list[int]:
    """The rows that were edited since, as far as the source has them."""
    return [row for row in comparison.edited if row not in told.gone]


def _carried_over(known: Remembered, merged: Merged, moment: float) -> Remembered:
    """What is known of a page, by the rows of its newest state; new comments are unread."""
    origin = merged.from_old.inverse.every()
    size, kept = len(merged.thread), known.thread_id != NOTHING_KEPT
    handles, first_seen, read = array("q", bytes(8 * size)), array("d", [moment]) * size, bytearray(size)
    free = max(known.handles, default=0) + 1
    for row, was in enumerate(origin):
        if was >= 0:
            handles[row], first_seen[row], read[row] = known.handles[was], known.first_seen[was], known.read[was]
        else:
            handles[row] = UNKNOWN if kept else free
            free += 1
    unloaded = set(merged.unloaded)
    edited = {row: edit for was, edit in known.edited.items() if (row := merged.from_old.of(was)) >= 0}
    gone = {row: since for was, since in known.gone.items() if (row := merged.from_old.of(was)) in unloaded}
    return replace(
        known,
        thread=merged.thread,
        row_map=merged.from_old,
        handles=handles,
        read=bytes(read),
        first_seen=first_seen,
        edited=edited | {row: Edit(text, moment) for row, text in merged.edited.items()},
        gone=gone | {row: known.gone.get(origin[row], moment) for row in merged.gone},
    )


def change_words(new: int, edited: int, gone: int) -> str:
    """What has changed, for the status line."""
    told = [(new, "new"), (edited, "edited"), (gone, "deleted")]
    return ", ".join(f"{count:,} {word}" for count, word in told if count) + "." if new or edited or gone else UNCHANGED
