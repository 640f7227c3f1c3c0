"""A library in memory, for the tests of the screens: what it is given it lists, and what it is told it keeps."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rumor_tui.library_types import (
    Answer,
    Change,
    ClaimSubject,
    FollowChange,
    Followed,
    LibraryEntry,
    LibraryError,
    LibraryHit,
    LibraryHits,
    LibraryTrail,
    NewComment,
    ReadChange,
    Remembered,
    RemovalChange,
    Statement,
    TagChange,
)
from rumor_tui.model import Thread
from rumor_tui.place import Place
from rumor_tui.row_map import RowMap
from rumor_tui.text import fold


class FakeLibrary:
    """`threads` are those of the entries by id; the handle of row r of thread t is `1000 * t + r + 1`.

    `problem`, where it is set, is why nothing can be written.
    """

    def __init__(
        self,
        entries: Sequence[LibraryEntry] = (),
        threads: Mapping[int, Thread] | None = None,
        news: Sequence[NewComment] = (),
        followed: Sequence[Followed] = (),
        search: Callable[[str, int], LibraryHits] | None = None,
    ) -> None:
        self.listed = {entry.thread_id: entry for entry in entries}
        self.removed: dict[int, LibraryEntry] = {}
        self.threads = dict(threads or {})
        self.new = list(news)
        self.follows = {one.address: one for one in followed}
        self.changes: list[Change] = []
        self.read: set[int] = set()
        self.searched: list[str] = []
        self.problem = ""
        self._search = search or self._find

    def place_of(self, source: str) -> Place | None:
        """No place is known."""
        return None

    def visit(
        self, thread: Thread, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
    ) -> Remembered:
        """A thread of the library, or (id 999) another one."""
        id = next((id for id, known in self.threads.items() if known.article.title == thread.article.title), 999)
        size = len(thread)
        handles = array("q", (1000 * id + row + 1 for row in range(size)))
        read = bytes(handle in self.read for handle in handles)
        return Remembered(id, thread, RowMap.from_order(list(range(size)), size), handles, read, [0.0] * size)

    def change(self, changes: Sequence[Change], answer: Answer = lambda problem: None) -> None:
        """Take the changes over at once, unless there is a problem."""
        if not self.problem:
            for change in changes:
                self.changes.append(change)
                self._take(change)
        answer(self.problem)

    def _take(self, change: Change) -> None:
        if isinstance(change, RemovalChange):
            before, after = (self.listed, self.removed) if change.removed else (self.removed, self.listed)
            after[change.thread_id] = before.pop(change.thread_id)
        elif isinstance(change, TagChange):
            entry = self.listed[change.thread_id]
            tags = [tag for tag in entry.tags if tag != change.tag] + ([change.tag] if change.on else [])
            self.listed[change.thread_id] = replace(entry, tags=tags)
        elif isinstance(change, FollowChange):
            self.follows.pop(change.address, None)
            if change.on:
                self.follows[change.address] = Followed(change.address, change.kind, change.title, change.moment)
        elif isinstance(change, ReadChange):
            self.read = self.read | set(change.handles) if change.read else self.read - set(change.handles)

    def stored(self, thread_id: int) -> Thread:
        """A thread. Raises LibraryError where there is none."""
        if thread_id not in self.threads:
            raise LibraryError("This thread is not in the library any more.")
        return self.threads[thread_id]

    def row_of(self, thread_id: int, handle: int) -> int:
        """The row of a handle."""
        row = handle - 1000 * thread_id - 1
        return row if 0 <= row < len(self.threads[thread_id]) else -1

    def entries(self, *, removed: bool = False) -> Sequence[LibraryEntry]:
        """The last active first."""
        held = (self.removed if removed else self.listed).values()
        return sorted(held, key=lambda entry: -entry.active)

    def news(self, limit: int = 1_000) -> Sequence[NewComment]:
        """What is not read."""
        return [one for one in self.new if one.handle not in self.read][:limit]

    def followed(self) -> Sequence[Followed]:
        """By title."""
        return sorted(self.follows.values(), key=lambda one: one.title)

    def search(self, query: str, limit: int = 50) -> LibraryHits:
        """What `search` gives that the library was made with, or the comments that hold the query."""
        self.searched.append(query)
        return self._search(query, limit)

    def _find(self, query: str, limit: int) -> LibraryHits:
        needle, hits = fold(query), list[LibraryHit]()
        for id, thread in self.threads.items():
            for row, body in enumerate(thread.bodies):
                at = fold(body).find(needle)
                if at >= 0:
                    spans = ((at, at + len(needle)),)
                    title, author = thread.article.title, thread.authors[row]
                    hits.append(LibraryHit(id, 1000 * id + row + 1, "comment", title, "", author, None, body, spans))
        return LibraryHits(hits[:limit], len(hits))

    def trail(self, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        """Every comment that has the text of the claim states it."""
        hits = self._find(subject.text, limit).hits
        statements = [Statement(hit, subject.text, same=True) for hit in hits]
        threads = len({hit.thread_id for hit in hits})
        return LibraryTrail(subject.text, statements, [(subject.text, len(hits), threads)] if hits else [])

    def notices(self) -> list[str]:
        """There is nothing to say of it."""
        return []

    def close(self) -> None:
        """There is nothing to close."""
