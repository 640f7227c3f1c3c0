"""Bringing another library into this one, such as a laptop's into a desktop's, so that no state of either is lost.

A thread that only the other one has is copied. Of a thread that both have, the state that was seen last holds, with
what only the earlier one has put back; whether that is gone at the source shows with the next refresh. What a person
did is united: of two changes of one thing (read or unread, a bookmark, a note, a tag, what is followed, the place) the
later holds. Both orders of merging give the same, and merging again changes nothing.

The other library is only read. Each thread is written in one transaction, or under a row that nothing shows before the
last one: so a merge that is cut short has done a part, and can be begun again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from time import time
from typing import Final, NamedTuple
from uuid import uuid4

from rumor_tui.changes.merge import Merged, merge_threads
from rumor_tui.library import full_text, merging_states
from rumor_tui.library.chunks import (
    Chunk,
    hash_of,
    read_chunks,
    reserve_handles,
    unpack_facts,
    unpack_texts,
    write_chunk,
)
from rumor_tui.library.documents import Tree, head_of, pack_head, pack_tree
from rumor_tui.library.identify import Identity, find_thread
from rumor_tui.library.pieces import AuthorIds, Piece, PieceWriter, article_texts, discussion_places, pieces_of
from rumor_tui.library.reading_state import recount
from rumor_tui.library.rewrite import Losses, rewrite
from rumor_tui.library.stored import StoredThread, read_thread
from rumor_tui.library.transactions import one_moment
from rumor_tui.model import Thread
from rumor_tui.row_map import RowMap

_CHUNKS: Final = 16
"""Chunks of a new thread that are written in one transaction."""

_COPIED: Final = (
    "address, article, site, title, byline, published, format, repair, confidence, source, visited, active, "
    "removed, restored"
)
"""The columns of `threads` that are copied with a thread."""

_OF_STATE: Final = ("article", "site", "title", "byline", "published", "format", "repair", "confidence", "source")
"""The columns of `threads` that belong to what the source was like."""


@dataclass(slots=True)
class MergeReport:
    """What a merge brought: threads that were new, threads that both had, and comments that were new in these."""

    copied: int = 0
    united: int = 0
    comments: int = 0


class _Pair(NamedTuple):
    """A thread in both libraries, by its numbers there."""

    connection: sqlite3.Connection
    other: sqlite3.Connection
    ours: int
    theirs: int


def merge_library(
    connection: sqlite3.Connection, other: sqlite3.Connection, is_private: Callable[[str], bool] = lambda address: False
) -> Generator[None, None, MergeReport]:
    """Bring the library that `other` reads into that of `connection`, in slices. Raises LibraryError.

    That an address was loaded there says nothing here where it `is_private`: on a network that may be another one.
    """
    report = MergeReport()
    with one_moment(other):
        follows = merging_states.merge_follows(connection, other, is_private)
        yield
        for (theirs,) in other.execute("SELECT id FROM threads WHERE tree IS NOT NULL ORDER BY id").fetchall():
            ours = _find(connection, other, theirs)
            if ours is None:
                ours = yield from _copy(connection, other, theirs)
                report.copied += 1
            else:
                report.united += 1
                report.comments += _unite(_Pair(connection, other, ours, theirs))
            merging_states.merge_found(connection, other, ours, theirs, follows)
            yield
    return report


# Which thread is which


def _find(connection: sqlite3.Connection, other: sqlite3.Connection, theirs: int) -> int | None:
    """Our thread that a thread of the other library is."""
    uid, address, article, site = other.execute(
        "SELECT uid, address, article, site FROM threads WHERE id = ?", (theirs,)
    ).fetchone()
    found = connection.execute("SELECT id FROM threads WHERE uid = ? AND tree IS NOT NULL", (uid,)).fetchone()
    if found is not None:
        return int(found[0])
    hashes = [row[0] for row in other.execute("SELECT hash FROM snapshots WHERE thread = ? ORDER BY id", (theirs,))]
    locators = [row[0] for row in other.execute("SELECT locator FROM locators WHERE thread = ?", (theirs,))]
    thread = read_thread(other, theirs).thread
    known_by = [*(("", hash) for hash in hashes), *((locator, b"") for locator in locators), ("", b"")]
    for locator, hash in known_by:
        ours = find_thread(connection, Identity(locator, address if not locator else "", article, site, hash), thread)
        if ours is not None:
            return ours
    return None


# A thread that only the other library has


def _copy(connection: sqlite3.Connection, other: sqlite3.Connection, theirs: int) -> Generator[None, None, int]:
    """Copy a thread with all that belongs to it; the answer is its number here."""
    stored = read_thread(other, theirs)
    documents = stored.documents
    ours, handles = _reserve(connection, other, stored)
    known = full_text.KnownWords()
    for number, chunk in enumerate(read_chunks(other, theirs), 1):
        _copy_chunk(_Pair(connection, other, ours, theirs), stored.thread, chunk, handles, known)
        if not number % _CHUNKS:
            yield
    tree = replace(documents.tree, handles=array("q", [handles[handle] for handle in documents.tree.handles]))
    _describe(connection, ours, documents.packed_head, tree)
    full_text.set_article(connection, ours, *article_texts(stored.thread.article, repair=stored.thread.repair))
    merging_states.merge_states(connection, other, ours, theirs, handles)
    uid, added = other.execute("SELECT uid, added FROM threads WHERE id = ?", (theirs,)).fetchone()
    connection.execute("UPDATE threads SET added = ? WHERE id = ?", (added, ours))
    _name(connection, ours, uid)
    recount(connection, ours)
    return ours


def _name(connection: sqlite3.Connection, ours: int, uid: str) -> None:
    """Give a thread the name that it has elsewhere."""
    connection.execute(
        "UPDATE threads SET uid = ? WHERE id = ? AND NOT EXISTS(SELECT 1 FROM threads WHERE uid = ?)", (uid, ours, uid)
    )


def _reserve(
    connection: sqlite3.Connection, other: sqlite3.Connection, stored: StoredThread
) -> tuple[int, dict[int, int]]:
    """A row that nothing shows yet, and a handle here for each one there."""
    row = other.execute(f"SELECT {_COPIED} FROM threads WHERE id = ?", (stored.thread_id,)).fetchone()
    marks = ", ".join("?" * len(row))
    # Its name and its date are set when it is finished: an unfinished copy may be there, and an old one is dropped
    cursor = connection.execute(
        f"INSERT INTO threads(uid, added, {_COPIED}) VALUES(?, ?, {marks})", (uuid4().hex, time(), *row)
    )
    chunks = [(chunk.first, chunk.size) for chunk in stored.chunks.chunks]
    at = reserve_handles(connection, sum(size for _, size in chunks))
    handles: dict[int, int] = {}
    for first, size in chunks:
        handles |= zip(range(first, first + size), range(at, at + size), strict=True)
        at += size
    return int(cursor.lastrowid or 0), handles


def _copy_chunk(
    pair: _Pair, thread: Thread, chunk: Chunk, handles: Mapping[int, int], known: full_text.KnownWords
) -> None:
    first, connection = handles[chunk.first], pair.connection
    write_chunk(connection, pair.ours, chunk._replace(first=first))
    bounds = (chunk.first, chunk.first + chunk.size - 1)
    authors = AuthorIds(connection)
    rows = pair.other.execute(
        "SELECT comments.id, authors.name, published, first_seen, gone, seen FROM comments"
        " LEFT JOIN authors ON authors.id = author WHERE comments.id BETWEEN ? AND ?",
        bounds,
    )
    connection.executemany(
        "INSERT INTO comments(id, thread, author, published, first_seen, gone, seen) VALUES(?, ?, ?, ?, ?, ?, ?)",
        [(handles[handle], pair.ours, authors(name), *rest) for handle, name, *rest in rows],
    )
    names = unpack_facts(chunk.facts, chunk.size)["authors"]
    texts = full_text.comment_texts(names, unpack_texts(chunk.texts, chunk.size), thread.format, thread.repair)
    full_text.add_comments(connection, first, texts, known)


def _describe(connection: sqlite3.Connection, ours: int, head: bytes, tree: Tree) -> None:
    packed = pack_tree(tree)
    connection.execute(
        "UPDATE threads SET head = ?, tree = ?, hash = ?, comments = ? WHERE id = ?",
        (head, packed, hash_of(head, packed), len(tree.handles), ours),
    )


# A thread that both have


@dataclass(frozen=True, slots=True)
class _Union:
    """Two states of a thread, ours (`here`) and the other library's, and what they are together.

    `map_here` and `map_there` lead from their rows to those of `merged`. `moment` is when the newer one was seen.
    """

    pair: _Pair
    here: StoredThread
    there: StoredThread
    merged: Merged
    is_ours_newer: bool
    moment: float

    @property
    def map_here(self) -> RowMap:
        """Where our rows are."""
        return self.merged.from_new if self.is_ours_newer else self.merged.from_old

    @property
    def map_there(self) -> RowMap:
        """Where the other library's rows are."""
        return self.merged.from_old if self.is_ours_newer else self.merged.from_new

    @property
    def newer(self) -> StoredThread:
        """The state that was seen last."""
        return self.here if self.is_ours_newer else self.there


def _unite(pair: _Pair) -> int:
    """Unite two states of a thread; the answer is the number of comments that were not here before."""
    connection, other, ours, theirs = pair
    here, there = read_thread(connection, ours), read_thread(other, theirs)
    seen_here, seen_there = merging_states.last_seen(connection, ours), merging_states.last_seen(other, theirs)
    is_ours_newer = (*seen_here, here.documents.hash) >= (*seen_there, there.documents.hash)
    older, newer = (there, here) if is_ours_newer else (here, there)
    merged = merge_threads(older.thread, newer.thread)
    union = _Union(pair, here, there, merged, is_ours_newer, max(seen_here[0], seen_there[0]))
    handles = _unite_documents(union)
    _set_facts(pair, is_ours_newer=is_ours_newer)
    known = dict(zip(there.documents.tree.handles, map(handles.__getitem__, union.map_there.every()), strict=True))
    new = set(handles).difference(here.documents.tree.handles)
    merging_states.merge_comments(connection, other, known, new)
    # What the newer state has is not gone, whatever the older one says
    present = (row for row, handle in enumerate(newer.documents.tree.handles) if handle not in newer.gone)
    rows = (merged.from_new.of(row) for row in present)
    connection.executemany("UPDATE comments SET gone = NULL WHERE id = ?", [(handles[row],) for row in rows])
    merging_states.merge_states(connection, other, ours, theirs, known)
    edits = {handles[row]: text for row, text in merged.edited.items()}
    merging_states.keep_edits(connection, edits, int(union.moment))
    recount(connection, ours)
    return len(new)


def _unite_documents(union: _Union) -> array[int]:
    """Write the comments, the tree and the article of both states; the answer are the handles by row."""
    connection, (head, tree, packed_head, _) = union.pair.connection, union.here.documents
    thread = union.merged.thread
    places = discussion_places(thread, head.discussions)
    gone = frozenset(union.map_here.rows(row for row, handle in enumerate(tree.handles) if handle in union.here.gone))
    as_ours = replace(union.merged, from_old=union.map_here, from_new=union.map_there, edited={}, gone=())
    rewriting = rewrite(union.here, as_ours, Losses(frozenset(), gone), places, lambda: None)
    rewriting.write(connection, union.moment)
    handles = array("q", rewriting.handles)
    new = [row for row, handle in enumerate(handles) if not handle]
    first = reserve_handles(connection, len(new))
    for handle, row in enumerate(new, first):
        handles[row] = handle
    _add_new(connection, union.pair.ours, pieces_of(thread, new, places), first, union.moment)
    absent_there = union.newer.documents.tree.absent
    newer_rows = union.merged.from_new.inverse.every()
    absent = frozenset(row for row, at in enumerate(newer_rows) if at < 0 or at in absent_there)
    new_tree = Tree(handles, thread.parent, array("I", thread.lengths), absent)
    new_head = head_of(thread, places, head.state)
    if new or rewriting.changes or new_tree != tree or pack_head(new_head) != packed_head:
        _describe(connection, union.pair.ours, pack_head(replace(new_head, state=uuid4().hex)), new_tree)
    full_text.set_article(
        connection,
        union.pair.ours,
        *article_texts(thread.article, repair=thread.repair),
        old=article_texts(union.here.thread.article, repair=union.here.thread.repair),
    )
    return handles


def _add_new(connection: sqlite3.Connection, ours: int, pieces: Iterable[Piece], first: int, moment: float) -> None:
    """Write the comments that only the other library has."""
    writer = PieceWriter(connection, moment)
    for piece in pieces:
        writer.write(ours, piece, first)
        first += piece.chunk.size


def _set_facts(pair: _Pair, *, is_ours_newer: bool) -> None:
    """Unite the rows of `threads`: what the source was like is the newer one's, and moments are the widest."""
    names = ("uid", *_OF_STATE, "address", "added", "visited", "active", "removed", "restored")
    query = f"SELECT {', '.join(names)} FROM threads WHERE id = ?"
    connection, other, ours, theirs = pair
    here = dict(zip(names, connection.execute(query, (ours,)).fetchone(), strict=True))
    there = dict(zip(names, other.execute(query, (theirs,)).fetchone(), strict=True))
    facts = {name: (here if is_ours_newer else there)[name] for name in _OF_STATE}
    newer, older = (here, there) if is_ours_newer else (there, here)
    facts |= {"address": newer["address"] or older["address"], "added": min(here["added"], there["added"])}
    for name in ("visited", "active", "removed", "restored"):
        facts[name] = max((one[name] for one in (here, there) if one[name] is not None), default=None)
    if facts["removed"] is not None and (facts["restored"] or 0.0) >= facts["removed"]:
        facts["removed"] = None
    settings = ", ".join(f"{name} = :{name}" for name in facts)
    connection.execute(f"UPDATE threads SET {settings} WHERE id = :id", facts | {"id": ours})
    _name(connection, ours, min(here["uid"], there["uid"]))
