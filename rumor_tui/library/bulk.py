"""Many threads put into the library, several in one transaction: for what is added, not for what is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rumor_tui.library.full_text import KnownWords
from rumor_tui.library.identify import find_thread, identity_of
from rumor_tui.library.listing import apply_removal, apply_tag
from rumor_tui.library.locators import locators_of
from rumor_tui.library.record import AT_ONCE, Access, Prepared, Recorded, Recording, record
from rumor_tui.library.removal import drop_unfinished
from rumor_tui.library.snapshots import PackedSnapshot, Snapshot, snapshot_of
from rumor_tui.library_types import RemovalChange, TagChange
from rumor_tui.model import Thread

TOGETHER: Final = 5_000
"""Comments from which on what waits is written."""


@dataclass(slots=True)
class Added:
    """What came of adding: threads that are new, threads that were known, the comments of the new ones, and the
    comments that came to the known ones."""

    new: int = 0
    known: int = 0
    comments: int = 0
    since: int = 0


class BulkRecorder:
    """Adds threads, for one thread of the program. What waits is written by `flush`, which must be called at the end.

    All that is added at one `moment` is tagged with `tags`, and a thread that was deleted is put back.
    """

    def __init__(self, access: Access, moment: float, tags: Sequence[str] = ()) -> None:
        self.added = Added()
        self._access = access
        self._moment = moment
        self._tags = tags
        self._known_words = KnownWords()
        self._waiting: list[tuple[Recording, Prepared]] = []
        self._size = 0
        access.write(lambda connection: drop_unfinished(connection, moment))  # also makes the file where there is none

    def is_recorded(self, hash: bytes, path: str = "") -> bool:
        """Whether a source whose bytes have this hash was added already; it is counted as known then.

        A copy in another file, `path`, is from then on known by its path as well: the first file may go.
        """
        with self._access.reading() as connection:
            known = connection.execute("SELECT thread FROM snapshots WHERE hash = ?", (hash,)).fetchone()
        if known is None:
            return False
        self.added.known += 1
        self._access.write(lambda connection: self._mark(connection, int(known[0]), path))
        return True

    def add(self, thread: Thread, hash: bytes = b"") -> None:
        """Add a thread. With the `hash` of its record in a dump only that is kept as a snapshot.

        Raises LibraryError; then nothing of it is in the library, nor of what waited with it.
        """
        snapshot = Snapshot("comments", hash, 0) if hash else snapshot_of(thread, _no_rest)
        identity = identity_of(thread, snapshot.hash)
        packed = PackedSnapshot(self._access.folder)
        recording = Recording(self._access, thread, snapshot, packed, identity, self._moment, None, True, _no_rest)
        with self._access.reading() as connection:
            is_known = find_thread(connection, identity, thread) is not None
        if is_known or len(thread) > AT_ONCE:
            packed.close()
            self._record(thread, snapshot)
            return
        self._waiting.append((recording, recording.prepare()))
        self._size += len(thread) + 1
        if self._size >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what waits. Raises LibraryError; then nothing of it is in the library."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        if not waiting:
            return
        try:
            written = self._access.write(lambda connection: self._write(connection, waiting))
        finally:
            for recording, _ in waiting:
                recording.packed.close()
        for (recording, _), recorded in zip(waiting, written, strict=True):
            if recorded is None:
                self._record(recording.thread, recording.snapshot)
            else:
                self._count(recorded)

    def _write(
        self, connection: sqlite3.Connection, waiting: Sequence[tuple[Recording, Prepared]]
    ) -> list[Recorded | None]:
        """Write new threads; None for one that came into the library meanwhile. May be called again if it fails."""
        words, self._known_words = self._known_words, KnownWords()  # what fails must not count as known
        written = [recording.add_prepared(connection, ready, words) for recording, ready in waiting]
        for recorded in written:
            if recorded is not None:
                self._mark(connection, recorded.thread_id)
        self._known_words = words
        return written

    def _record(self, thread: Thread, snapshot: Snapshot) -> None:
        with self._access.reading() as connection:
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM comments").fetchone()
        recorded = record(self._access, thread, self._moment, snapshot=snapshot)
        if not recorded.is_new:  # handles ascend, so those of new comments are above all that there were
            self.added.since += sum(handle > last for handle in recorded.handles)
        self._access.write(lambda connection: self._mark(connection, recorded.thread_id))
        self._count(recorded)

    def _mark(self, connection: sqlite3.Connection, thread_id: int, path: str = "") -> None:
        for locator in locators_of(path)[:1]:
            connection.execute("INSERT OR REPLACE INTO locators VALUES(?, ?)", (locator, thread_id))
        apply_removal(connection, RemovalChange(thread_id, False, self._moment))
        for tag in self._tags:
            apply_tag(connection, TagChange(thread_id, tag, True, self._moment))

    def _count(self, recorded: Recorded) -> None:
        if recorded.is_new:
            self.added.new += 1
            self.added.comments += len(recorded.thread)
        else:
            self.added.known += 1


def _no_rest() -> None:
    """There is no interface that waits."""
