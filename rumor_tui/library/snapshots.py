"""Snapshots: the bytes of a source as it was at a moment, compressed, equal ones once.

Where a thread was put together from many answers there are no such bytes: its own JSON export stands for them. What is
a part of a larger file (a thread of a mailbox) has only the hash of its comments, since the chunks hold them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from tempfile import TemporaryFile
from typing import IO, Final, Literal

import zstandard

from rumor_tui.library.chunks import LEVEL, compress, encode_facts, encode_texts
from rumor_tui.library.documents import head_of, pack_head
from rumor_tui.library.locators import MEMBER, locator_of
from rumor_tui.library.pieces import discussion_places, facts_of, values_of
from rumor_tui.model import Thread

Form = Literal["source", "thread", "comments"]
"""What a snapshot holds: the bytes of the source, our own JSON, or nothing but the hash of the comments."""

_STEP: Final = 1 << 16
_ROWS: Final = 250
_IN_MEMORY: Final = 1 << 20
"""Bytes of a source up to which its snapshot is made in memory."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot before it is written; `data` are the bytes of the source, if these are it."""

    form: Form
    hash: bytes
    size: int
    data: bytes | None = None


def snapshot_of(thread: Thread, breathe: Callable[[], object]) -> Snapshot:
    """The snapshot of a thread. It goes through all comments where there are no bytes of the source."""
    data = thread.original.data if thread.original is not None else None
    if data is not None:
        return Snapshot("source", sha256(data).digest(), len(data), data)
    form: Form = "comments" if MEMBER in locator_of(thread) else "thread"
    state, size = blake2b(digest_size=32), 0
    for part in _state_parts(thread):
        state.update(part)
        size += len(part)
        breathe()
    return Snapshot(form, state.digest(), size)


def _state_parts(thread: Thread) -> Iterator[bytes]:
    """What makes a state of a thread another one than a different state."""
    places = discussion_places(thread)
    yield pack_head(head_of(thread, places, ""))
    yield f"{thread.format} {thread.repair} {thread.confidence}".encode()
    yield thread.parent.tobytes()
    for start in range(0, len(thread), _ROWS):
        rows = range(start, min(start + _ROWS, len(thread)))
        yield encode_facts(facts_of(thread, rows, places))
        yield encode_texts(values_of(thread.bodies, rows))


class PackedSnapshot:
    """The bytes of a snapshot, compressed: in memory if they are few, else in a temporary file of the folder given."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._size = 0
        self._file: IO[bytes] | None = None
        self._data: bytes | None = None

    def fill(self, snapshot: Snapshot, thread: Thread, breathe: Callable[[], object]) -> None:
        """Compress the bytes, if that was not done yet."""
        if snapshot.form == "comments" or self._data is not None or self._file is not None:
            return
        if snapshot.data is not None and len(snapshot.data) <= _IN_MEMORY:
            self._data = compress(snapshot.data)
            return
        self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
        with zstandard.ZstdCompressor(level=LEVEL).stream_writer(self._file, closefd=False) as out:
            for part in _parts(snapshot.data) if snapshot.data is not None else _export(thread):
                out.write(part)
                breathe()
        self._size = self._file.tell()

    def write(self, connection: sqlite3.Connection, row: int) -> None:
        """Put the bytes into a row of `snapshots`; may be called again."""
        if self._file is None:
            connection.execute("UPDATE snapshots SET data = ? WHERE id = ?", (self._data, row))
            return
        connection.execute("UPDATE snapshots SET data = zeroblob(?) WHERE id = ?", (self._size, row))
        self._file.seek(0)
        with connection.blobopen("snapshots", "data", row) as blob:
            while part := self._file.read(_STEP):
                blob.write(part)

    def close(self) -> None:
        """Let go of the temporary file."""
        if self._file is not None:
            self._file.close()


def _parts(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    return (bytes(view[start : start + _STEP]) for start in range(0, len(data), _STEP))


def _export(thread: Thread) -> Iterator[bytes]:
    """Our own JSON of a thread, a few comments at a time."""
    from rumor_tui.export import json_writer

    out = _Parts()
    json_writer.write(thread, out)  # type: ignore[arg-type]
    return iter(out.parts)


class _Parts:
    """Collects what is written as encoded parts."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, text: str) -> None:
        """Take a text."""
        self.parts.append(text.encode("utf-8", "replace"))
