"""What another state of a thread changes of the comments that the library has already."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rumor_tui.changes.merge import Merged
from rumor_tui.library import full_text
from rumor_tui.library.chunks import (
    Chunk,
    chunk_hash,
    compress,
    encode_facts,
    encode_texts,
    unpack_facts,
    unpack_texts,
    write_chunk,
)
from rumor_tui.library.pieces import AuthorIds, facts_of, values_of, whole_moment
from rumor_tui.library.stored import StoredThread


@dataclass(slots=True)
class Rewriting:
    """What is to be written. `handles` are those of the merged rows, 0 for new comments.

    `texts` are what the full-text index has of comments, and what it is to have. `facts` are the author and the moment
    of those whose changed. `earlier` are raw texts before an edit. `gone` and `back` are what the source has no more,
    and has again.
    """

    thread_id: int
    handles: Sequence[int]
    chunks: list[Chunk] = field(default_factory=list)
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    facts: list[tuple[int, str | None, int | None]] = field(default_factory=list)
    earlier: list[tuple[int, str]] = field(default_factory=list)
    gone: Sequence[int] = ()
    back: Sequence[int] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to write of what is known already, but for gone comments that were so before."""
        return bool(self.chunks)

    def write(self, connection: sqlite3.Connection, moment: float) -> None:
        """Write it, as seen at a moment."""
        for chunk in self.chunks:
            write_chunk(connection, self.thread_id, chunk)
        for handle, before, now in self.texts:
            full_text.replace_comment(connection, handle, before, now)
        authors = AuthorIds(connection)
        connection.executemany(
            "UPDATE comments SET author = ?, published = ? WHERE id = ?",
            [(authors(name), date, handle) for handle, name, date in self.facts],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO earlier_texts(comment, until, text) VALUES(?, ?, ?)",
            [(handle, int(moment), compress(text.encode("utf-8", "surrogatepass"))) for handle, text in self.earlier],
        )
        connection.executemany(
            "UPDATE comments SET gone = ? WHERE id = ? AND gone IS NULL", [(int(moment), handle) for handle in self.gone]
        )
        connection.executemany("UPDATE comments SET gone = NULL WHERE id = ?", [(handle,) for handle in self.back])


def rewrite(
    old: StoredThread, merged: Merged, places: Mapping[str, int], breathe: Callable[[], object]
) -> Rewriting:
    """Find out what another state changes of the comments that are stored."""
    rows = merged.from_old.every()
    handles = array("q", [0]) * len(merged.thread)
    row_of: dict[int, int] = {}
    for handle, row in zip(old.tree.handles, rows, strict=True):
        handles[row] = handle
        row_of[handle] = row
    gone = set(merged.gone)
    found = Rewriting(
        old.thread_id,
        handles,
        earlier=[(handles[row], text) for row, text in merged.edited.items()],
        gone=[handles[row] for row in merged.gone],
        back=[handles[row] for row in rows if row not in gone],
    )
    for chunk in old.chunks.chunks:
        _rewrite_chunk(old, merged, places, chunk, row_of, found)
        breathe()
    return found


def _rewrite_chunk(
    old: StoredThread,
    merged: Merged,
    places: Mapping[str, int],
    chunk: Chunk,
    row_of: Mapping[int, int],
    found: Rewriting,
) -> None:
    """The chunk as it is to be, if the newer state differs in it."""
    rows = array("i", [row_of[handle] for handle in range(chunk.first, chunk.first + chunk.count)])
    facts, before = facts_of(merged.thread, rows, places), unpack_facts(chunk.facts, chunk.count)
    bodies, bodies_before = values_of(merged.thread.bodies, rows), unpack_texts(chunk.texts)
    same_format = (old.thread.format, old.thread.repair) == (merged.thread.format, merged.thread.repair)
    if facts == before and bodies == bodies_before and same_format:
        return
    packed, texts = compress(encode_facts(facts)), compress(encode_texts(bodies))
    if (packed, texts) != (chunk.facts, chunk.texts):
        found.chunks.append(Chunk(chunk.first, chunk.count, packed, texts, chunk_hash(packed, texts)))
    indexed = full_text.comment_texts(before["authors"], bodies_before, old.thread.format, old.thread.repair)
    to_index = full_text.comment_texts(facts["authors"], bodies, merged.thread.format, merged.thread.repair)
    for place, handle in enumerate(range(chunk.first, chunk.first + chunk.count)):
        if indexed[place] != to_index[place]:
            found.texts.append((handle, indexed[place], to_index[place]))
        now = facts["authors"][place], facts["published"][place]
        if now != (before["authors"][place], before["published"][place]):
            found.facts.append((handle, now[0], whole_moment(now[1])))
