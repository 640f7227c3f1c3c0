"""Putting a thread into the library: a new one, another state of a known one, or the same state again.

All that takes long (packing, comparing) is done outside of the transactions, which only insert. A new large thread is
written in many of them under a row that nothing shows before the last one (`tree IS NULL`), so that a kill in between
leaves nothing half-written; `remove_unfinished` takes away what it leaves. Another state of a known thread is written
in one transaction, which begins again where another instance was faster.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeVar
from uuid import uuid4

from rumor_tui import __version__
from rumor_tui.changes.compare import Comparison
from rumor_tui.changes.merge import Merged, merge_states, merge_threads
from rumor_tui.library import full_text, reading_state
from rumor_tui.library.chunks import hash_of, reserve_handles
from rumor_tui.library.documents import Tree, head_of, pack_head, pack_tree
from rumor_tui.library.folder import FILE_NAME
from rumor_tui.library.identify import Identity, find_thread, identity_of
from rumor_tui.library.locators import clean, lasting_source
from rumor_tui.library.pieces import Piece, PieceWriter, article_texts, discussion_places, pieces_of
from rumor_tui.library.problems import explain_error
from rumor_tui.library.removal import drop_thread, drop_unfinished
from rumor_tui.library.rewrite import Losses, rewrite
from rumor_tui.library.snapshots import PackedSnapshot, Snapshot, snapshot_of
from rumor_tui.library.stored import Documents, StoredThread, gone_handles, read_documents, read_thread
from rumor_tui.library_types import LibraryError
from rumor_tui.model import Thread
from rumor_tui.row_map import RowMap

T = TypeVar("T")

AT_ONCE: Final = 4_000
"""Comments that one transaction writes at most: about a tenth of a second."""

ATTEMPTS: Final = 5
"""How often another state is compared anew because another instance wrote one meanwhile."""


class Access(Protocol):
    """How the library's file is reached: one writer, and connections to read with."""

    @property
    def folder(self) -> str:
        """Where temporary files may be made."""

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have something written in a transaction, and wait for it."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection to read with."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A thread that is in the library now. `thread` has what its source has no more; `row_map` leads there from the
    rows of the thread that was given. `handles` are by the rows of `thread`. `is_new` says that it was not known."""

    thread_id: int
    thread: Thread
    row_map: RowMap
    handles: Sequence[int]
    is_new: bool = False


def record(
    access: Access,
    thread: Thread,
    moment: float,
    visit: float | None = None,
    breathe: Callable[[], object] = lambda: None,
    *,
    whole: bool = True,
    snapshot: Snapshot | None = None,
) -> Recorded:
    """Put a thread into the library as it is at a moment; `visit` is when a reader opened it, None for none.

    What a thread lacks that is not `whole` is not gone. `snapshot` is what is kept of the source, if that is known
    already. Raises LibraryError; then the library is as before.
    """
    try:
        return _record(access, thread, moment, visit, breathe, whole=whole, snapshot=snapshot)
    except OSError as error:  # of the temporary file
        raise explain_error(error, Path(access.folder) / FILE_NAME) from error


def _record(
    access: Access,
    thread: Thread,
    moment: float,
    visit: float | None,
    breathe: Callable[[], object],
    *,
    whole: bool,
    snapshot: Snapshot | None,
) -> Recorded:
    snapshot = snapshot or snapshot_of(thread, breathe)
    identity = identity_of(thread, snapshot.hash)
    access.write(lambda connection: drop_unfinished(connection, moment))  # also makes the file where there is none
    with closing(PackedSnapshot(access.folder)) as packed:
        for _ in range(ATTEMPTS):
            recorded = Recording(access, thread, snapshot, packed, identity, moment, visit, whole, breathe).record()
            if recorded is not None:
                return recorded
    raise LibraryError("Other instances of rumor-tui kept changing this thread in the library. Try again later.")


class Prepared(NamedTuple):
    """A new thread that only need be written: its comments, its head, and the title and the text of its article."""

    pieces: Sequence[Piece]
    head: bytes
    texts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recording:
    """One attempt to record a thread."""

    access: Access
    thread: Thread
    snapshot: Snapshot
    packed: PackedSnapshot
    identity: Identity
    moment: float
    visit: float | None
    whole: bool
    breathe: Callable[[], object]

    def record(self) -> Recorded | None:
        """Do it; None where it must be done again, since something else was written meanwhile."""
        with self.access.reading() as connection:
            thread_id = find_thread(connection, self.identity, self.thread)
            if thread_id is None:
                return self._add()
            if self._is_latest(connection, thread_id):
                known = read_documents(connection, thread_id)
                if self._is_same(known) and not gone_handles(connection, thread_id):
                    same = RowMap.identity(len(self.thread))
                    seen = Recorded(thread_id, self.thread, same, known.tree.handles)
                    return self._see_again(seen, known.hash)
            old = read_thread(connection, thread_id)
            if self._is_latest(connection, thread_id) and (again := self._put_back(old)) is not None:
                return self._see_again(again, old.hash)
        return self._update(old, merge_threads(old.thread, self.thread, self.breathe))

    # A new thread

    def prepare(self) -> Prepared:
        """Make a new thread ready to be written at once."""
        self.packed.fill(self.snapshot, self.thread, self.breathe)
        places = discussion_places(self.thread)
        pieces = pieces_of(self.thread, range(len(self.thread)), places)
        return Prepared(list(pieces), pack_head(head_of(self.thread, places, uuid4().hex)), self._article())

    def add_prepared(
        self, connection: sqlite3.Connection, ready: Prepared, known: full_text.KnownWords | None = None
    ) -> Recorded | None:
        """Write a new thread; None where it is in the library meanwhile."""
        if find_thread(connection, self.identity, self.thread) is not None:
            return None
        thread_id, first = self._reserve(connection)
        self._write_pieces(connection, thread_id, first, ready.pieces, known)
        return self._show(connection, thread_id, first, ready.head, ready.texts)

    def _add(self) -> Recorded | None:
        if len(self.thread) <= AT_ONCE:
            ready = self.prepare()
            return self.access.write(lambda connection: self.add_prepared(connection, ready))
        self.packed.fill(self.snapshot, self.thread, self.breathe)
        places = discussion_places(self.thread)
        pieces = pieces_of(self.thread, range(len(self.thread)), places)
        head = pack_head(head_of(self.thread, places, uuid4().hex))
        thread_id, first = self.access.write(self._reserve)
        try:
            return self._add_in_slices(thread_id, first, pieces, head)
        except BaseException:
            self.access.write(lambda connection: drop_thread(connection, thread_id))
            raise

    def _add_in_slices(self, thread_id: int, first: int, pieces: Iterator[Piece], head: bytes) -> Recorded | None:
        at = first
        while some := list(islice(pieces, AT_ONCE // 1_000)):
            start, at = at, at + sum(piece.chunk.size for piece in some)
            self.access.write(lambda connection: self._write_pieces(connection, thread_id, start, some))  # noqa: B023
            self.breathe()
        texts = self._article()

        def finish(connection: sqlite3.Connection) -> Recorded | None:
            if find_thread(connection, self.identity, self.thread) is not None:
                return None
            return self._show(connection, thread_id, first, head, texts)

        recorded = self.access.write(finish)
        if recorded is None:
            self.access.write(lambda connection: drop_thread(connection, thread_id))
        return recorded

    def _reserve(self, connection: sqlite3.Connection) -> tuple[int, int]:
        """A row for a thread that nothing shows yet, and the first of its handles."""
        cursor = connection.execute(
            "INSERT INTO threads(uid, format, repair, added, active) VALUES(?, ?, ?, ?, ?)",
            (uuid4().hex, self.thread.format, self.thread.repair, self.moment, self.moment),
        )
        return int(cursor.lastrowid or 0), reserve_handles(connection, len(self.thread))

    def _write_pieces(
        self,
        connection: sqlite3.Connection,
        thread_id: int,
        first: int,
        pieces: Sequence[Piece],
        known: full_text.KnownWords | None = None,
    ) -> None:
        first_seen = reading_state.first_seen(connection, thread_id, self.visit, self.moment)
        writer = PieceWriter(connection, first_seen, known)
        for piece in pieces:
            writer.write(thread_id, piece, first)
            first += piece.chunk.size

    def _article(self) -> tuple[str, str]:
        """What is indexed of the article; not worked out in a transaction, which the end of the program waits for."""
        return article_texts(self.thread.article, repair=self.thread.repair)

    def _show(
        self, connection: sqlite3.Connection, thread_id: int, first: int, head: bytes, texts: tuple[str, str]
    ) -> Recorded:
        """Make the row of a thread that was written show."""
        size = len(self.thread)
        handles = array("q", range(first, first + size))
        tree = Tree(handles, self.thread.parent, array("I", self.thread.lengths))
        self._describe(connection, thread_id, head, tree)
        connection.execute("UPDATE threads SET unread = ? WHERE id = ?", (size, thread_id))
        full_text.set_article(connection, thread_id, *texts)
        self._keep_snapshot(connection, thread_id)
        self._begin_visit(connection, thread_id)
        return Recorded(thread_id, self.thread, RowMap.identity(size), handles, is_new=True)

    def _describe(self, connection: sqlite3.Connection, thread_id: int, head: bytes, tree: Tree) -> None:
        """Write what holds for the whole thread."""
        packed, article = pack_tree(tree), self.thread.article
        values = {
            "address": self.identity.address,
            "article": self.identity.article,
            "site": self.identity.site,
            "title": clean(article.title),
            "byline": None if article.byline is None else clean(article.byline),
            "published": article.published,
            "format": self.thread.format,
            "repair": self.thread.repair,
            "confidence": self.thread.confidence,
            "source": lasting_source(self.thread),
            "comments": len(tree.handles),
            "head": head,
            "tree": packed,
            "hash": hash_of(head, packed),
        }
        settings = ", ".join(f"{name} = :{name}" for name in values)
        connection.execute(f"UPDATE threads SET {settings} WHERE id = :id", values | {"id": thread_id})
        self._keep_locator(connection, thread_id)

    # The same state again

    def _is_latest(self, connection: sqlite3.Connection, thread_id: int) -> bool:
        """Whether the newest snapshot of the thread is equal to this one."""
        row = connection.execute(
            "SELECT hash FROM snapshots WHERE thread = ? ORDER BY seen DESC, id DESC LIMIT 1", (thread_id,)
        ).fetchone()
        return row is not None and row[0] == self.snapshot.hash

    def _is_same(self, known: Documents) -> bool:
        """Whether the same program makes the same thread of the snapshot, but for comments' texts."""
        places = discussion_places(self.thread, known.head.discussions)
        head = pack_head(head_of(self.thread, places, known.head.state))
        return known.tree.parent == self.thread.parent and head == known.packed_head

    def _put_back(self, old: StoredThread) -> Recorded | None:
        """The newest state once more, with what it lacks; None where it must be compared all the same.

        Which comment is which is known: the rows that its tree has of it, in their order.
        """
        tree, rows = old.tree, old.tree.present()
        gone = [row for row, handle in enumerate(tree.handles) if handle in old.gone]
        forms = [(one.format, one.repair, one.is_joined) for one in (old.thread, self.thread)]
        if len(rows) != len(self.thread) or old.head.program != __version__ or forms[0] != forms[1]:
            return None
        if self.whole and not tree.absent.issubset(gone):  # what was only not loaded is gone by now
            return None
        emptied = set(gone) - tree.absent
        merged = merge_states(
            old.thread,
            self.thread,
            Comparison(
                array("i", rows),
                gone=gone,
                emptied=[now for now, row in enumerate(rows) if row in emptied],
                hoisted=[now for now, row in enumerate(rows) if tree.parent[row] in tree.absent],
            ),
        )
        if merged.thread.parent != tree.parent or list(merged.from_old.every()) != list(range(len(tree.handles))):
            return None
        return Recorded(old.thread_id, merged.thread, merged.from_new, tree.handles)

    def _see_again(self, recorded: Recorded, state: bytes) -> Recorded | None:
        """Write down that the thread was seen as it was."""
        thread_id = recorded.thread_id

        def write(connection: sqlite3.Connection) -> Recorded | None:
            if not _is_state(connection, thread_id, state):
                return None
            self._keep_locator(connection, thread_id)
            self._keep_latest(connection, thread_id)
            self._begin_visit(connection, thread_id)
            return recorded

        return self.access.write(write)

    def _keep_latest(self, connection: sqlite3.Connection, thread_id: int) -> None:
        """Make the snapshot the newest one, if it is not. (SQLite would write all its bytes again.)"""
        connection.execute(
            "UPDATE snapshots SET seen = ? WHERE thread = ? AND hash = ? AND seen < ("
            "SELECT max(seen) FROM snapshots WHERE thread = ?)",
            (self.moment, thread_id, self.snapshot.hash, thread_id),
        )

    # Another state

    def _update(self, old: StoredThread, merged: Merged) -> Recorded | None:
        """Write what changed, and put back what is gone."""
        places = discussion_places(merged.thread, old.head.discussions)
        losses = Losses.of(merged, whole=self.whole)
        rewriting = rewrite(old, merged, losses, places, self.breathe)
        fresh = list(pieces_of(merged.thread, merged.new, places))
        handles = array("q", rewriting.handles)
        tree = Tree(handles, merged.thread.parent, array("I", merged.thread.lengths), losses.absent)
        head = pack_head(head_of(merged.thread, places, newest=self.thread, state=old.head.state))
        if not (merged.new or rewriting.changes or head != old.packed_head) and tree == old.tree:
            return self._see_again(Recorded(old.thread_id, merged.thread, merged.from_new, handles), old.hash)
        self.packed.fill(self.snapshot, self.thread, self.breathe)
        head = pack_head(head_of(merged.thread, places, newest=self.thread, state=uuid4().hex))
        texts, before = self._article(), article_texts(old.thread.article, repair=old.thread.repair)

        def write(connection: sqlite3.Connection) -> Recorded | None:
            if not _is_state(connection, old.thread_id, old.hash):
                return None
            first = reserve_handles(connection, len(merged.new))
            for handle, row in enumerate(merged.new, first):
                handles[row] = handle
            self._write_pieces(connection, old.thread_id, first, fresh)
            rewriting.write(connection, self.moment)
            self._describe(connection, old.thread_id, head, tree)
            full_text.set_article(connection, old.thread_id, *texts, old=before)
            self._keep_snapshot(connection, old.thread_id)
            reading_state.count_new(connection, old.thread_id, len(merged.new), self.visit, self.moment)
            self._begin_visit(connection, old.thread_id)
            return Recorded(old.thread_id, merged.thread, merged.from_new, handles)

        return self.access.write(write)

    # What all have in common

    def _keep_locator(self, connection: sqlite3.Connection, thread_id: int) -> None:
        if self.identity.locator:
            connection.execute("INSERT OR REPLACE INTO locators VALUES(?, ?)", (self.identity.locator, thread_id))

    def _begin_visit(self, connection: sqlite3.Connection, thread_id: int) -> None:
        if self.visit is not None:
            reading_state.begin_visit(connection, thread_id, self.visit)

    def _keep_snapshot(self, connection: sqlite3.Connection, thread_id: int) -> None:
        """Keep the bytes, once. What was put together in the same visit before, as more came, is a part of this."""
        if self.visit is not None and self.snapshot.form == "thread":
            connection.execute(
                "DELETE FROM snapshots WHERE thread = ? AND form = 'thread' AND taken >= ? AND hash <> ?",
                (thread_id, self.visit, self.snapshot.hash),
            )
        locator = "" if self.snapshot.form == "comments" else self.identity.locator or self.identity.address
        row, present = connection.execute(
            "INSERT INTO snapshots(thread, taken, seen, locator, form, hash, size) VALUES(?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(thread, hash) DO UPDATE SET seen = max(seen, excluded.seen) RETURNING id, data IS NOT NULL",
            (thread_id, self.moment, self.moment, locator, self.snapshot.form, self.snapshot.hash, self.snapshot.size),
        ).fetchone()
        if not present:
            self.packed.write(connection, row)


def _is_state(connection: sqlite3.Connection, thread_id: int, state: bytes) -> bool:
    """Whether a thread is still as it was read."""
    row = connection.execute("SELECT hash FROM threads WHERE id = ?", (thread_id,)).fetchone()
    return row is not None and row[0] == state
