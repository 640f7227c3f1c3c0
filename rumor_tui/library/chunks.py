"""Chunks: up to 250 comments with consecutive handles, packed as two blobs, and unpacked when a comment is asked for.

`facts` and `texts` are MessagePack, each compressed by Zstandard as a whole. `facts` is an array of the columns of
`Facts`, each of them one value for all comments or an array; `texts` is an array of bodies. A text that cannot be
encoded (it has half a surrogate pair) is kept as bytes. `hash` is over both blobs, since SQLite notices few flipped
bits.

In a thread that is read back, the key of a comment is its *slot*: the number of its chunk in the thread, and its place
in that chunk.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import groupby
from threading import Lock
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec
import zstandard

from rumor_tui.columns import LazyColumn
from rumor_tui.library_types import LibraryError

ROWS: Final = 250
"""Comments of a chunk at most."""

SHIFT: Final = 8
"""Bits of a slot that are the place in the chunk."""

TEXTS_LEVEL, FACTS_LEVEL = 9, 12
"""The levels of Zstandard for texts and for facts, whose packing takes 6 µs a comment together: higher ones are much
slower, and hardly smaller on these sizes."""

LEVEL = 6
"""Its level for what may be long, where higher ones take far more memory."""

KEPT_FACTS, KEPT_TEXTS = 24, 12
"""Unpacked chunks that a thread keeps at hand."""

T = TypeVar("T")


class Facts(msgspec.Struct, array_like=True, gc=False):
    """What is known of the comments of a chunk but their texts: columns, as `model.Thread` has them.

    A column that holds one value in all rows is that value. Those of texts have no type here, as msgspec knows none for
    texts that may be bytes (`odd`). `discussions` are places in the thread's list of those, -1 for none.
    """

    authors: Any
    published: list[float | None] | float | None
    published_text: Any
    ids: Any
    scores: list[int | None] | int | None
    urls: Any
    deleted: list[bool] | bool
    discussions: list[int] | int
    odd: bool = False


COLUMNS: Final = Facts.__struct_fields__[:-1]
"""The columns of `Facts`."""

_TEXTS: Final = ("authors", "published_text", "ids", "urls")


class Chunk(NamedTuple):
    """A chunk as it is stored."""

    first: int
    size: int
    facts: bytes
    texts: bytes
    hash: bytes


# Packing

_encode = msgspec.msgpack.Encoder().encode
_decode_facts = msgspec.msgpack.Decoder(Facts).decode
_decode_texts = msgspec.msgpack.Decoder(list[Any]).decode


def pack(first: int, columns: dict[str, list[Any]], texts: Sequence[str]) -> Chunk:
    """Pack comments: `columns` has a list for each of `COLUMNS`, `texts` are the raw bodies."""
    facts, written = compress(encode_facts(columns), FACTS_LEVEL), compress(encode_texts(texts), TEXTS_LEVEL)
    return Chunk(first, len(texts), facts, written, chunk_hash(facts, written))


def encode_facts(columns: dict[str, list[Any]]) -> bytes:
    """The facts of comments before compression: equal facts give equal bytes."""
    values = {name: _shortened(columns[name]) for name in COLUMNS}
    values["published"] = _map(_whole, values["published"])
    try:
        return _encode(Facts(**values))
    except OverflowError:
        return encode_facts(columns | {"scores": list(map(within_64_bits, columns["scores"]))})
    except UnicodeEncodeError:
        for name in _TEXTS:
            values[name] = _map(_to_bytes, values[name])
        return _encode(Facts(**values, odd=True))


def encode_texts(texts: Sequence[str]) -> bytes:
    """Texts before compression."""
    try:
        return _encode(texts if isinstance(texts, list) else list(texts))
    except UnicodeEncodeError:
        return _encode(list(map(_to_bytes, texts)))


def chunk_hash(facts: bytes, texts: bytes) -> bytes:
    """The hash of both blobs."""
    return hash_of(facts, texts)


def hash_of(*parts: bytes) -> bytes:
    """The hash of a document that is kept in parts."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(part)
    return state.digest()


def compress(data: bytes, level: int = LEVEL) -> bytes:
    """Compressed bytes, with a checksum of what they were."""
    return zstandard.ZstdCompressor(level=level, write_checksum=True).compress(data)


def decompress(data: bytes) -> bytes:
    """What was compressed. Raises LibraryError for what is damaged, or becomes far larger than texts do."""
    try:
        size = zstandard.frame_content_size(data)  # what we compress tells it
        if size < 0 or size > max(AMPLE, RATIO * len(data)):
            raise LibraryError(DAMAGED)
        return zstandard.ZstdDecompressor().decompress(data)
    except (zstandard.ZstdError, MemoryError) as error:
        raise LibraryError(DAMAGED) from error


def is_sound(data: bytes) -> bool:
    """Whether bytes are for certain what was compressed, by their own checksum: earlier programs wrote none."""
    try:
        return bool(zstandard.get_frame_parameters(data).has_checksum and decompress(data) is not None)
    except (zstandard.ZstdError, LibraryError):
        return False


AMPLE: Final = 256 * 1024**2
"""Bytes that anything may become when it is unpacked."""
RATIO: Final = 100
"""How many times larger it may become beyond that."""

DAMAGED: Final = "A part of the library is damaged. Restore a backup of it, or add the thread's source again."


def _shortened(values: list[Any]) -> Any:
    """A column: the value where all are the same, else the list."""
    first = values[0] if values else None
    return first if values.count(first) == len(values) else values


def _map(function: Callable[[Any], Any], column: Any) -> Any:
    return list(map(function, column)) if isinstance(column, list) else function(column)


def _whole(moment: float | None) -> float | None:
    """A moment without the fraction that it has not: whole numbers take less room."""
    if moment is None or isinstance(moment, int):
        return moment
    return int(moment) if moment.is_integer() and abs(moment) < 2**53 else moment


def within_64_bits(score: int | None) -> int | None:
    """The nearest number that can be stored."""
    return score if score is None else max(-(2**63), min(score, 2**63 - 1))


def _to_bytes(text: Any) -> Any:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _to_texts(texts: list[Any]) -> list[Any]:
    types = set(map(type, texts))
    if not types <= {str, bytes, type(None)}:
        raise LibraryError(DAMAGED)
    if bytes not in types:
        return texts
    try:
        return [text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text for text in texts]
    except UnicodeError as error:
        raise LibraryError(DAMAGED) from error


# Unpacking


def unpack_facts(data: bytes, count: int) -> dict[str, list[Any]]:
    """The columns of a chunk, each as a list. Raises LibraryError."""
    facts = _decoded(_decode_facts, data)
    columns = {name: _spread(getattr(facts, name), count) for name in COLUMNS}
    if any(len(column) != count for column in columns.values()):
        raise LibraryError(DAMAGED)
    for name in _TEXTS:
        columns[name] = _to_texts(columns[name])
    return columns


def unpack_texts(data: bytes, count: int) -> list[str]:
    """The bodies of a chunk. Raises LibraryError."""
    texts = _decoded(_decode_texts, data)
    if len(texts) != count or None in texts:
        raise LibraryError(DAMAGED)
    return _to_texts(texts)


def count_texts(data: bytes) -> int:
    """How many bodies a chunk has. Raises LibraryError."""
    return len(_decoded(_decode_texts, data))


def _decoded(decode: Callable[[bytes], T], data: bytes) -> T:
    try:
        return decode(decompress(data))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise LibraryError(DAMAGED) from error


def _spread(column: Any, count: int) -> list[Any]:
    return column if isinstance(column, list) else [column] * count


# A thread's chunks


class _Unpacked(Generic[T]):
    """Unpacks chunks by their number, and keeps the last few. Threads may share it."""

    __slots__ = ("_kept", "_lock", "_most", "_unpack")

    def __init__(self, unpack: Callable[[int], T], most: int) -> None:
        self._unpack, self._most = unpack, most
        self._kept: OrderedDict[int, T] = OrderedDict()
        self._lock = Lock()

    def __call__(self, number: int) -> T:
        with self._lock:
            found = self._kept.get(number)
            if found is not None:
                self._kept.move_to_end(number)
                return found
        made = self._unpack(number)
        with self._lock:
            self._kept[number] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


class ChunkStore:
    """The chunks of one thread as they were at one moment, packed in memory; columns unpack what is asked for.

    It depends on no connection, so that a thread that is on screen stays as it is whatever is written meanwhile.
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.firsts = array("q", [chunk.first for chunk in chunks])
        self._facts = _Unpacked(lambda number: unpack_facts(chunks[number].facts, chunks[number].size), KEPT_FACTS)
        self._texts = _Unpacked(lambda number: unpack_texts(chunks[number].texts, chunks[number].size), KEPT_TEXTS)

    def slots(self, runs: Iterable[tuple[int, int]]) -> array[int]:
        """The slots of runs of handles, each given by its first one and their number. Raises LibraryError for a
        handle that no chunk has."""
        found = array("q")
        for first, count in runs:
            end = first + count
            while first < end:
                number = bisect_right(self.firsts, first) - 1
                chunk = self.chunks[number] if number >= 0 else None
                if chunk is None or first >= chunk.first + chunk.size:
                    raise LibraryError(DAMAGED)
                upto = min(end, chunk.first + chunk.size)
                base = number << SHIFT
                found.extend(range(base + first - chunk.first, base + upto - chunk.first))
                first = upto
        return found

    def column(self, name: str, slots: Sequence[int]) -> LazyColumn[Any]:
        """A column of `COLUMNS`, lazily."""
        facts, mask = self._facts, (1 << SHIFT) - 1

        def one(slot: int) -> Any:
            return facts(slot >> SHIFT)[name][slot & mask]

        def many(slots: Sequence[int]) -> list[Any]:
            return _gathered(slots, lambda number: facts(number)[name])

        return LazyColumn(one, slots, many)

    def texts(self, slots: Sequence[int]) -> LazyColumn[str]:
        """The bodies, lazily."""
        texts, mask = self._texts, (1 << SHIFT) - 1

        def one(slot: int) -> str:
            return texts(slot >> SHIFT)[slot & mask]

        def many(slots: Sequence[int]) -> list[str]:
            return _gathered(slots, texts)

        return LazyColumn(one, slots, many)


def _gathered(slots: Sequence[int], unpack: Callable[[int], Sequence[T]]) -> list[T]:
    """The values of slots, unpacking each chunk once for neighbours."""
    found: list[T] = []
    mask = (1 << SHIFT) - 1
    for number, run in groupby(slots, lambda slot: slot >> SHIFT):
        values = unpack(number)
        found += [values[slot & mask] for slot in run]
    return found


# Tables


def runs_of(handles: Sequence[int]) -> list[tuple[int, int]]:
    """Handles as runs of consecutive ones: the first of each, and their number."""
    runs: list[tuple[int, int]] = []
    start = count = 0
    for handle in handles:
        if count and handle == start + count:
            count += 1
            continue
        if count:
            runs.append((start, count))
        start, count = handle, 1
    if count:
        runs.append((start, count))
    return runs


def reserve_handles(connection: sqlite3.Connection, count: int) -> int:
    """Take the next handles, for good; the answer is the first of them. Handles are never given twice.

    None of those that comments have are given, either, should the number be damaged.
    """
    found = connection.execute("SELECT value FROM properties WHERE name = 'next_handle'").fetchone()
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM comments").fetchone()
    first = max(1 if found is None else int(found[0]), int(last) + 1)
    connection.execute("INSERT OR REPLACE INTO properties VALUES('next_handle', ?)", (first + count,))
    return first


def write_chunk(connection: sqlite3.Connection, thread: int, chunk: Chunk) -> None:
    """Write a chunk of a thread, or write it anew."""
    connection.execute(
        "INSERT OR REPLACE INTO chunks(first, thread, count, facts, texts, hash) VALUES(?, ?, ?, ?, ?, ?)",
        (chunk.first, thread, chunk.size, chunk.facts, chunk.texts, chunk.hash),
    )


def read_chunks(connection: sqlite3.Connection, thread: int) -> list[Chunk]:
    """All chunks of a thread, by handle. Raises LibraryError for what is damaged."""
    rows = connection.execute(
        "SELECT first, count, facts, texts, hash FROM chunks WHERE thread = ? ORDER BY first", (thread,)
    )
    return [_checked(Chunk(*row)) for row in rows]


def read_chunk_of(connection: sqlite3.Connection, handle: int) -> Chunk | None:
    """The chunk that a comment is in; None where it is in none. Raises LibraryError."""
    row = connection.execute(
        "SELECT first, count, facts, texts, hash FROM chunks WHERE first <= ? ORDER BY first DESC LIMIT 1", (handle,)
    ).fetchone()
    if row is None or handle >= row[0] + row[1]:
        return None
    return _checked(Chunk(*row))


def is_intact(chunk: Chunk) -> bool:
    """Whether a chunk is as it was written; in a damaged file any column may hold anything."""
    try:
        return 0 < chunk.size <= 1 << SHIFT and chunk_hash(chunk.facts, chunk.texts) == chunk.hash
    except TypeError:
        return False


def _checked(chunk: Chunk) -> Chunk:
    if not is_intact(chunk):
        raise LibraryError(DAMAGED)
    return chunk
