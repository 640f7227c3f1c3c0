"""Dumps: files of JSON lines, mostly compressed, whose records are the comments of many threads, or whole threads.

They may be far larger than memory, so lines are read as a stream, and those of comments are sorted by their threads in
a temporary file. What a thread's lines are together is read as any other source is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final, Literal, TypeGuard

import msgspec

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.source import Hint, describe_open_failure, name_source

DumpKind = Literal["reddit", "hacker news", "threads"]
"""What the lines are: posts and comments of Reddit, items of Hacker News, or a whole thread each."""

ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
"""First bytes of a Zstandard file."""

LONGEST_LINE: Final = 256 * 1024**2
"""Bytes of a line at most: more is no line of a dump."""

MAX_WINDOW: Final = 2**31
"""Bytes that a Zstandard file may refer back to; dumps of Reddit are made with the most that there is."""

_LOOKED_AT: Final = 5
_STEP: Final = 1 << 20
_FED: Final = 1 << 12
"""Bytes that Zstandard is fed at once: it may make thirty thousand times as many of them."""

_TOGETHER: Final = 5_000
_THREAD_KEYS: Final = (b'"comments"', b'"children"', b'"kind": "Listing"', b'"kind":"Listing"')


class _Record(msgspec.Struct):
    """What tells of a record which thread it belongs to."""

    id: Any = None
    link_id: Any = None
    parent: Any = None
    type: Any = None
    subreddit: Any = None
    title: Any = None
    comments: Any = None
    children: Any = None


_decode = msgspec.json.Decoder(_Record).decode


@dataclass(frozen=True, slots=True)
class DumpedThread:
    """The lines of a thread, in the order of the dump; `path` is that of the dump."""

    data: bytes
    path: str

    @property
    def hash(self) -> bytes:
        """What tells the lines from others: 16 bytes."""
        return blake2b(self.data, digest_size=16).digest()

    def read(self) -> Thread | Listing:
        """The thread, whose source is its own address where it has one. Raises SourceError."""
        from rumor_tui.readers import read_source

        content = read_source(self.data, Hint(self.path))
        if isinstance(content, Listing) or content.source != self.path:
            return content
        address = content.article.discussion_url or content.article.url
        return replace(content, source=address) if address else content


def dump_kind(path: str) -> DumpKind | None:
    """What kind of dump a file is; None where it is none, or cannot be read."""
    try:
        first = [line for line in islice(_lines(path), _LOOKED_AT) if line.strip()]
    except (SourceError, OSError, ValueError):
        return None
    kinds = {_kind_of(line) for line in first}
    return kinds.pop() if len(kinds) == 1 and (len(first) > 1 or path.endswith(".zst")) else None


def _kind_of(line: bytes) -> DumpKind | None:
    """What kind of dump a line is from."""
    try:
        record = _decode(line)
    except (msgspec.MsgspecError, UnicodeError):
        return "threads" if line.startswith(b"[") and any(key in line[:2_000] for key in _THREAD_KEYS) else None
    if isinstance(record.comments, list) or isinstance(record.children, list):
        return "threads"
    if isinstance(record.id, str) and isinstance(record.subreddit, str):
        return "reddit" if record.link_id is not None or record.title is not None else None
    known = ("story", "comment", "job", "poll", "pollopt")
    return "hacker news" if isinstance(record.id, int) and record.type in known else None


def iter_threads(paths: Sequence[str], kind: DumpKind) -> Iterator[DumpedThread]:
    """The threads of some dumps of one kind. Raises SourceError where one cannot be read to its end.

    Those of comments come once all dumps were read, so that posts and comments may be in different ones.
    """
    if kind == "threads":
        for path in paths:
            yield from (DumpedThread(line, path) for line in _lines(path) if line.strip())
        return
    with _sorter() as connection:
        for path in paths:
            _collect(connection, path, kind)
        if kind == "hacker news":
            _find_roots(connection)
        rows = connection.execute("SELECT thread, line FROM lines ORDER BY thread, place")
        for _, group in groupby(rows, itemgetter(0)):
            yield DumpedThread(b"\n".join(line for _, line in group), paths[0])


# Sorting


@contextmanager
def _sorter() -> Iterator[sqlite3.Connection]:
    """A temporary table of lines."""
    with TemporaryDirectory(prefix="rumor-tui-") as folder, _table(Path(folder, "lines")) as connection:
        yield connection


@contextmanager
def _table(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE lines(place INTEGER PRIMARY KEY, id, thread, line BLOB)")
        yield connection


def _collect(connection: sqlite3.Connection, path: str, kind: DumpKind) -> None:
    """Put the lines of a dump into the table; what is no record is left out."""
    place = _reddit_place if kind == "reddit" else _hacker_news_place
    lines = (line.rstrip(b"\r\n") for line in _lines(path))
    while some := list(islice(lines, _TOGETHER)):
        rows = [(*found, line) for line in some if (found := _placed(line, place)) is not None]
        connection.executemany("INSERT INTO lines(id, thread, line) VALUES(?, ?, ?)", rows)
    connection.commit()


_Place = tuple[int | None, int | str]
"""The number of a record, where it has one that is needed, and its thread: or, in Hacker News, what it answers."""


def _placed(line: bytes, place: Callable[[_Record], _Place | None]) -> _Place | None:
    try:
        return place(_decode(line))
    except (msgspec.MsgspecError, UnicodeError):
        return None


def _reddit_place(record: _Record) -> _Place | None:
    thread = record.id if record.link_id is None else record.link_id
    return (None, thread.removeprefix("t3_")) if isinstance(thread, str) else None


def _hacker_news_place(record: _Record) -> _Place | None:
    if not _is_number(record.id):
        return None
    return record.id, record.parent if _is_number(record.parent) else record.id


def _is_number(value: object) -> TypeGuard[int]:
    """Whether a value is a number that SQLite can hold."""
    return isinstance(value, int) and abs(value) < 2**63


def _find_roots(connection: sqlite3.Connection) -> None:
    """Give each item the story at its top for its thread: what an item answers has a smaller number."""
    connection.execute("CREATE TABLE roots(id INTEGER PRIMARY KEY, root)")
    find = "SELECT root FROM roots WHERE id = ?"
    for id, parent in connection.execute("SELECT id, thread FROM lines ORDER BY id"):
        above = connection.execute(find, (parent,)).fetchone()
        connection.execute("INSERT OR IGNORE INTO roots VALUES(?, ?)", (id, parent if above is None else above[0]))
    connection.execute("UPDATE lines SET thread = (SELECT root FROM roots WHERE roots.id = lines.id)")
    connection.commit()


# Lines


def _lines(path: str) -> Iterator[bytes]:
    """The lines of a file, decompressed. Raises SourceError."""
    hint = Hint(path)
    try:
        with Path(path).open("rb") as file:
            rest = b""
            for part in _parts(file):
                *whole, rest = (rest + part).split(b"\n")
                yield from whole
                if len(rest) > LONGEST_LINE:
                    raise SourceError(f"{name_source(hint)} has a line that is far too long: it is no dump of records.")
            if rest:
                yield rest
    except (OSError, ValueError) as error:
        raise SourceError(describe_open_failure(hint, error)) from error
    except Exception as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{name_source(hint)} is damaged, or breaks off. Download or copy it again.") from error


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """A file's content in parts, decompressed if it is compressed."""
    head = file.read(6)
    file.seek(0)
    if head.startswith(ZSTANDARD):
        return _zstandard_parts(file)
    opener = next((opener for start, opener in _OPENERS.items() if head.startswith(start)), None)
    return _read_parts(file if opener is None else opener(file))


def _gzip(file: IO[bytes]) -> IO[bytes]:
    import gzip

    return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]


def _bzip2(file: IO[bytes]) -> IO[bytes]:
    import bz2

    return bz2.BZ2File(file)


def _xz(file: IO[bytes]) -> IO[bytes]:
    import lzma

    return lzma.LZMAFile(file)


_OPENERS: Final = {b"\x1f\x8b": _gzip, b"BZh": _bzip2, b"\xfd7zXZ\x00": _xz}
"""What decompresses a file, by its first bytes."""


def _read_parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(_STEP):
        yield part


def _zstandard_parts(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a Zstandard file of one or several frames. Raises EOFError where its end is missing."""
    import zstandard

    waiting = b""
    while waiting or (waiting := file.read(_FED)):
        frame = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
        while not frame.eof:
            if not waiting and not (waiting := file.read(_FED)):
                raise EOFError
            yield frame.decompress(waiting)
            waiting = frame.unused_data
