"""What another state of a thread changes of the comments that the library has already."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from rumor_tui.changes.merge import Merged
from rumor_tui.library import full_text
from rumor_tui.library.chunks import (
    FACTS_LEVEL,
    TEXTS_LEVEL,
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
from rumor_tui.model import Format, Thread


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
        """Whether there is anything to write of what is known already."""
        return bool(self.chunks or self.gone or self.back)

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
            "UPDATE comments SET gone = ? WHERE id = ?", [(int(moment), handle) for handle in self.gone]
        )
        connection.executemany("UPDATE comments SET gone = NULL WHERE id = ?", [(handle,) for handle in self.back])


@dataclass(frozen=True, slots=True)
class Losses:
    """What a newer state of a thread has not: comments, by their rows in the merged one.

    `absent` are not in it at all. `gone` are those, and what it has as deleted; but what it lacks because it is not the
    whole thread is not gone.
    """

    absent: frozenset[int]
    gone: frozenset[int]

    @classmethod
    def of(cls, merged: Merged, *, whole: bool) -> Losses:
        """The losses of a merged state."""
        absent = frozenset(row for row, now in enumerate(merged.from_new.inverse.every()) if now < 0)
        gone = frozenset(merged.gone)
        return cls(absent, gone if whole else gone - absent)


def rewrite(
    old: StoredThread, merged: Merged, losses: Losses, places: Mapping[str, int], breathe: Callable[[], object]
) -> Rewriting:
    """Find out what another state changes of the comments that are stored."""
    rows = merged.from_old.every()
    handles = array("q", [0]) * len(merged.thread)
    row_of: dict[int, int] = {}
    for handle, row in zip(old.tree.handles, rows, strict=True):
        handles[row] = handle
        row_of[handle] = row
    found = Rewriting(
        old.thread_id,
        handles,
        earlier=[(handles[row], text) for row, text in merged.edited.items()],
        gone=[handle for row in losses.gone if (handle := handles[row]) not in old.gone],
        back=[handle for handle in old.gone if (row := row_of[handle]) not in losses.gone | losses.absent],
    )
    for chunk in old.chunks.chunks:
        rows = array("i", [row_of[handle] for handle in range(chunk.first, chunk.first + chunk.size)])
        _rewrite_chunk(_State.stored(old, chunk), _State.merged(merged.thread, rows, places), chunk, found)
        breathe()
    return found


class _State(NamedTuple):
    """The comments of a chunk in one state."""

    facts: dict[str, list[Any]]
    bodies: list[str]
    format: Format
    repair: bool

    @classmethod
    def stored(cls, old: StoredThread, chunk: Chunk) -> _State:
        """As they are stored."""
        facts, bodies = unpack_facts(chunk.facts, chunk.size), unpack_texts(chunk.texts, chunk.size)
        return cls(facts, bodies, old.thread.format, old.thread.repair)

    @classmethod
    def merged(cls, thread: Thread, rows: Sequence[int], places: Mapping[str, int]) -> _State:
        """As they are now, in the given rows."""
        return cls(facts_of(thread, rows, places), values_of(thread.bodies, rows), thread.format, thread.repair)

    def texts(self) -> list[str]:
        """What the full-text index has of them."""
        return full_text.comment_texts(self.facts["authors"], self.bodies, self.format, self.repair)

    def index_facts(self) -> list[tuple[str | None, float | None]]:
        """Their authors and moments."""
        return list(zip(self.facts["authors"], self.facts["published"], strict=True))


def _rewrite_chunk(before: _State, now: _State, chunk: Chunk, found: Rewriting) -> None:
    """Add what is to be written where the newer state differs from what a chunk has."""
    if before == now:
        return
    packed = compress(encode_facts(now.facts), FACTS_LEVEL)
    texts = compress(encode_texts(now.bodies), TEXTS_LEVEL)
    if (packed, texts) != (chunk.facts, chunk.texts):
        found.chunks.append(Chunk(chunk.first, chunk.size, packed, texts, chunk_hash(packed, texts)))
    for handle, was, text in zip(count(chunk.first), before.texts(), now.texts(), strict=False):
        if was != text:
            found.texts.append((handle, was, text))
    for handle, earlier, facts in zip(count(chunk.first), before.index_facts(), now.index_facts(), strict=False):
        if earlier != facts:
            found.facts.append((handle, facts[0], whole_moment(facts[1])))
