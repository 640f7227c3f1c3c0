"""Sources compressed with gzip, bzip2, xz or Zstandard: decompressed within limits, and read as what is inside.

A web archive whose records are compressed one by one stays as it is, since its records are opened one by one. A source
may be a decompression bomb: a megabyte that becomes a gigabyte and more. So it is decompressed in small steps, and
refused when it becomes too large, or much larger than text that compresses well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rumor_tui.model import SourceError
from rumor_tui.readers.source import Hint, hint_inside, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

SIGNATURES = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
"""First bytes, and the name of the program."""

ENDINGS = (".gz", ".bz2", ".xz", ".tgz", ".zst")

MAX_DECOMPRESSED_BYTES = 512 * 1024**2
"""Bytes of a decompressed source at most."""

MAX_RATIO = 300
"""The ratio of sizes allowed above `_SMALL` bytes. Threads in JSON reach about 30."""

_SMALL = 16 * 1024**2
_STEP = 1024**2
"""Bytes that one step yields at most."""

_SHORTEST, _LONGEST = 1_024, 65_536
"""Bytes that one step consumes, few at first, since a file may consist of very many short parts."""

_MEMORY = 256 * 1024**2
"""Memory in bytes that an xz or zstd file may ask for."""

_FED = 1_024
"""Bytes that Zstandard is fed at once, since it makes up to 32 MiB of them."""


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the first bytes are those of a compressed file."""
    return data.startswith(tuple(SIGNATURES))


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """What is inside. Raises SourceError when it is broken, too large, or compressed twice."""
    from rumor_tui.readers import read_source

    if _is_compressed_by_record(data):
        from rumor_tui.readers import warc

        return warc.read(data, hint)
    inside = decompress(data, hint)
    if sniff(inside, hint):
        raise SourceError(f"{name_source(hint)} is compressed more than once. Decompress it and open what is inside.")
    ending = next((ending for ending in ENDINGS if hint.name.lower().endswith(ending)), "")
    return read_source(inside, hint_inside(hint, hint.name[: len(hint.name) - len(ending)], hint.charset))


def decompress(data: bytes, hint: Hint) -> bytes:
    """The decompressed bytes. Raises SourceError when they are broken or become too large."""
    pieces: list[bytes] = []
    size = 0
    for piece, taken in _checked_steps(data, hint):
        pieces.append(piece)
        size += len(piece)
        check_decompressed_size(size, taken, hint)
    return b"".join(pieces)


def check_decompressed_size(size: int, taken: int, hint: Hint) -> None:
    """Raise SourceError where `taken` bytes became far more than text that compresses well does, or too many."""
    if size > MAX_DECOMPRESSED_BYTES or (size > _SMALL and size > MAX_RATIO * taken):
        raise SourceError(
            f"{name_source(hint)} decompresses to a far larger file: reading stopped after "
            f"{size // 1024**2:,} MiB. Decompress it yourself, if you trust it, and open a part of it."
        )


def _checked_steps(data: bytes, hint: Hint) -> Iterator[tuple[bytes, int]]:
    """The same as `_decompress_steps`, with exceptions as SourceError."""
    start, kind = next((start, name) for start, name in SIGNATURES.items() if data.startswith(start))
    try:
        yield from _decompress_steps(data, start, kind)
    except EOFError as error:
        raise SourceError(
            f"{name_source(hint)} is a {kind} file that breaks off: its end is missing. Download or copy it again."
        ) from error
    except _faults(kind) as error:
        raise SourceError(
            f"{name_source(hint)} is a {kind} file that is damaged. Download or copy it again."
        ) from error


def _faults(kind: str) -> tuple[type[Exception], ...]:
    """The exceptions of a program's library for what is damaged."""
    if kind == "zstd":
        from zstandard import ZstdError

        return ZstdError, ValueError
    from lzma import LZMAError
    from zlib import error as ZlibError

    return LZMAError, ZlibError, OSError, ValueError


def _decompress_steps(data: bytes, start: bytes, kind: str) -> Iterator[tuple[bytes, int]]:
    """Each decompressed piece, with the number of bytes consumed so far. Raises EOFError when the end is missing."""
    at = 0
    while data.startswith(start, at):
        part = _decompressor(kind)
        step, waiting = _SHORTEST, b""
        while not part.eof:
            fed = waiting or data[at : at + step]
            if not waiting:
                at, step = at + len(fed), min(step * 2, _LONGEST)
            piece = part.decompress(fed, _STEP)
            waiting = part.unconsumed_tail
            if piece:
                yield piece, at
            elif not fed:
                raise EOFError
        at -= len(part.unused_data) + len(waiting)


class _Zstandard:
    """Zstandard's decompressor with the interface of zlib's; a piece may be longer than asked for."""

    def __init__(self) -> None:
        from zstandard import ZstdDecompressor

        self._unpacker = ZstdDecompressor(max_window_size=_MEMORY).decompressobj()
        self.unconsumed_tail = b""

    def decompress(self, data: bytes, most: int) -> bytes:
        """The next piece."""
        self.unconsumed_tail = data[_FED:]
        return self._unpacker.decompress(data[:_FED])

    @property
    def eof(self) -> bool:
        """Whether this was the last piece."""
        return self._unpacker.eof

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end."""
        return self._unpacker.unused_data


class _ZlibInterface:
    """bz2's and lzma's decompressors with the interface of zlib's, which returns the input that it did not use."""

    def __init__(self, unpacker: Any) -> None:
        self._unpacker = unpacker
        self.unconsumed_tail = b""

    def decompress(self, data: bytes, most: int) -> bytes:
        """The next piece, of no more than so many bytes."""
        hungry = self._unpacker.needs_input
        piece: bytes = self._unpacker.decompress(data if hungry else b"", most)
        self.unconsumed_tail = b"" if hungry else data
        return piece

    @property
    def eof(self) -> bool:
        """Whether this was the last piece."""
        return bool(self._unpacker.eof)

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end."""
        return bytes(self._unpacker.unused_data)


def _decompressor(kind: str) -> Any:
    if kind == "gzip":
        from zlib import decompressobj

        return decompressobj(31)
    if kind == "zstd":
        return _Zstandard()
    if kind == "bzip2":
        from bz2 import BZ2Decompressor

        return _ZlibInterface(BZ2Decompressor())
    from lzma import LZMADecompressor

    return _ZlibInterface(LZMADecompressor(memlimit=_MEMORY))


def _is_compressed_by_record(data: bytes) -> bool:
    """Whether it is a web archive in gzip whose first record ends where the first gzip member ends."""
    from zlib import error as ZlibError

    if not data.startswith(b"\x1f\x8b"):
        return False
    part = _decompressor("gzip")
    try:
        head = part.decompress(data[:_LONGEST], _LONGEST)
    except ZlibError:
        return False
    ends_early = part.eof and (part.unused_data or data[_LONGEST : _LONGEST + 1])
    return head.startswith(b"WARC/") and bool(ends_early) and head.count(b"\nWARC/") == 0
