"""A library for tests of the reader: it tells what it is made with, and keeps what it is told until it is let go on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from time import time

from textual.pilot import Pilot

from rumor_tui.library_types import (
    Annotation,
    Answer,
    Change,
    ClaimSubject,
    Edit,
    Followed,
    LibraryEntry,
    LibraryError,
    LibraryHits,
    LibraryTrail,
    NewComment,
    PlaceChange,
    ReadChange,
    Remembered,
)
from rumor_tui.loading import LoadJob, Services, nothing
from rumor_tui.model import Stub, Thread
from rumor_tui.place import Place
from rumor_tui.row_map import RowMap
from tests.ui.helpers import reader, until

FIRST = 1001
"""The handle of row 0, as long as nothing else is said."""


@dataclass
class PlayedLibrary:
    """Row r has the handle `FIRST + r`, or `handles[r]`; the rows in `read` were read, those in `new` came since.

    `problem` is why nothing can be written, `refusal` why nothing can be read, `news_of_itself` what it says once.
    While `answers` is not set, changes are kept back; while `tells` is not set, so is what is known.
    """

    read: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    edited: Mapping[int, Edit] = field(default_factory=dict)
    gone: Mapping[int, float] = field(default_factory=dict)
    annotations: Sequence[Annotation] = ()
    visits: Sequence[float] = ()
    place: Place | None = None
    handles: Sequence[int] = ()
    merged: tuple[Thread, RowMap] | None = None
    problem: str = ""
    refusal: str = ""
    news_of_itself: list[str] = field(default_factory=list)
    visited: list[tuple[Thread, bool]] = field(default_factory=list)
    written: list[Change] = field(default_factory=list)
    held: list[tuple[Sequence[Change], Answer]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers, self.tells = Event(), Event()
        self.answers.set()
        self.tells.set()

    def place_of(self, source: str) -> Place | None:
        """The place."""
        return self.place

    def visit(
        self, thread: Thread, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
    ) -> Remembered:
        """What this is made with; comments that came in a later call of a visit have handles behind the others."""
        self.tells.wait()
        if self.refusal:
            raise LibraryError(self.refusal)
        self.visited.append((thread, whole))
        told, row_map = self.merged or (thread, RowMap.identity(len(thread)))
        size = len(told)
        handles = self.handles or range(FIRST, FIRST + size)
        before = self.visits[0] if self.visits else visit
        return Remembered(
            1,
            told,
            row_map,
            array("q", handles),
            bytes(handle - FIRST in self.read for handle in handles),
            array("d", [before + 1 if row in self.new else before - 1 for row in range(size)]),
            self.edited,
            self.gone,
            self.annotations,
            self.visits,
            self.place,
        )

    def change(self, changes: Sequence[Change], answer: Answer = lambda problem: None) -> None:
        """Write changes down, unless there is a problem; at once, or when that is let go on."""
        if self.answers.is_set():
            self._write(changes, answer)
        else:
            self.held.append((changes, answer))

    def _write(self, changes: Sequence[Change], answer: Answer) -> None:
        if not self.problem:
            self.written += changes
            for change in changes:
                if isinstance(change, ReadChange):
                    rows = {handle - FIRST for handle in change.handles}
                    self.read = self.read | rows if change.read else self.read - rows
                elif isinstance(change, PlaceChange):
                    self.place = change.place
        answer(self.problem)

    def let_go(self) -> None:
        """Write what was held back."""
        self.answers.set()
        held, self.held = self.held, []
        for changes, answer in held:
            self._write(changes, answer)

    def stored(self, thread_id: int) -> Thread:
        """Nothing is stored."""
        raise LibraryError("Nothing is stored.")

    def row_of(self, thread_id: int, handle: int) -> int:
        """Nothing is stored."""
        return -1

    def entries(self, *, removed: bool = False) -> Sequence[LibraryEntry]:
        """Nothing is listed."""
        return ()

    def news(self, limit: int = 1_000) -> Sequence[NewComment]:
        """Nothing is listed."""
        return ()

    def followed(self) -> Sequence[Followed]:
        """Nothing is followed."""
        return ()

    def search(self, query: str, limit: int = 50) -> LibraryHits:
        """Nothing is found."""
        return LibraryHits((), 0)

    def trail(self, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        """Nothing is found."""
        return LibraryTrail("", ())

    def notices(self) -> list[str]:
        """What `news_of_itself` holds, once."""
        told, self.news_of_itself = self.news_of_itself, []
        return told

    def close(self) -> None:
        """Write what was held back."""
        self.let_go()

    @property
    def read_changes(self) -> list[ReadChange]:
        """What was written of reading."""
        return [change for change in self.written if isinstance(change, ReadChange)]


def services_of(library: PlayedLibrary, again: Callable[[Thread], LoadJob] = lambda thread: nothing) -> Services:
    """Services that load nothing, with a library."""

    def none_more(thread: Thread, stub: Stub) -> LoadJob:
        return nothing

    return Services(open=lambda address: nothing, more=none_more, again=again, library=library)


def returning(**known: object) -> PlayedLibrary:
    """A library in which the thread was visited a day ago."""
    return PlayedLibrary(visits=[float(int(time())) - 86_400], **known)  # type: ignore[arg-type]


async def remembered(pilot: Pilot[None]) -> None:
    """Wait until the library has told what it knows."""
    await until(pilot, lambda: reader(pilot).session.memory.known)
