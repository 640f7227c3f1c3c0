"""The body of an answer while it comes: unpacked in bounded pieces, within limits, and kept without a second copy.

What is compressed may be a bomb: a megabyte that unpacks to a gigabyte. Only the encodings of zlib are accepted, which
gives pieces of at most a size that is asked for, so that a limit acts before the memory is taken.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from rumor_tui.sources import messages
from rumor_tui.sources.config import Limits
from rumor_tui.sources.messages import FetchError

_IDENTITY: Final = frozenset({"", "identity"})
"""The encodings that leave a body unchanged."""

_WINDOWS: Final = {
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": zlib.MAX_WBITS,
}
"""The encodings that are unpacked, and the format as zlib names it (RFC 9110, 8.4.1)."""

_RAW_DEFLATE: Final = -zlib.MAX_WBITS
"""What some servers send as `deflate`: without the header of zlib."""

_PIECE: Final = 2**20
"""Bytes of an unpacked piece at most."""

BEGINNING: Final = 2_000_000
"""Bytes of a body beyond the limits that may still be shown: as much as is read in a few seconds."""


class Body:
    """What has come of a body. `packing` is its Content-Encoding, `host` whom a sentence speaks of.

    Raises FetchError where the encoding is none that is accepted: not asked for, or several of them, of which a small
    piece could unpack to any size.
    """

    def __init__(self, host: str, packing: str, limits: Limits) -> None:
        self._host = host
        self._limits = limits
        self._data = BytesIO()
        self._received = 0
        packings = [one for one in map(str.strip, packing.lower().split(",")) if one not in _IDENTITY]
        if not set(packings) <= set(_WINDOWS):
            raise FetchError(messages.unknown_encoding(host, packing))
        if len(packings) > 1:
            raise FetchError(messages.nested_encoding(host))
        self._unpacker = zlib.decompressobj(_WINDOWS[packings[0]]) if packings else None
        self._packing = packings[0] if packings else ""

    def __len__(self) -> int:
        return self._data.tell()

    def data(self) -> bytes:
        """All that has come, unpacked. It is not copied as long as nothing is added afterwards."""
        return self._data.getvalue()

    def add(self, received: bytes) -> int:
        """Add what was received; the answer is how much that became. Raises FetchError beyond a limit, zlib.error."""
        before = len(self)
        self._received += len(received)
        if self._unpacker is None:
            self._keep(received)
        else:
            for piece in self._unpacked(received):
                self._keep(piece)
        if self._received > self._limits.wire:
            raise self._too_large(self._limits.wire, "holds")
        return len(self) - before

    def finish(self) -> None:
        """Nothing more comes. Raises FetchError, with what has come, where the end of what was compressed is missing.

        A body that was not compressed has a length or chunks that tell.
        """
        if self._unpacker is not None and self._received and not self._unpacker.eof:
            raise FetchError(messages.broke_off(self._host), transient=True, partial=self.data())

    def _keep(self, piece: bytes) -> None:
        if len(self) + len(piece) > self._limits.decoded:
            raise self._too_large(self._limits.decoded, "holds" if self._unpacker is None else "unpacks to")
        self._data.write(piece)

    def _too_large(self, most: int, verb: str) -> FetchError:
        """The error for a body beyond a limit, of which no more than the beginning is kept."""
        beginning = bytes(self._data.getbuffer()[:BEGINNING])
        self._data = BytesIO()
        return FetchError(messages.too_large(self._host, most, verb), partial=beginning, cut=True)

    def _unpacked(self, received: bytes) -> Iterator[bytes]:
        """The pieces that what was received unpacks to; what follows the end is ignored, unless it is packed, too."""
        assert self._unpacker is not None
        while received:
            try:
                piece = self._unpacker.decompress(received, _PIECE)
            except zlib.error:
                if self._packing != "deflate" or self._received > len(received):
                    raise
                self._packing = ""
                self._unpacker = zlib.decompressobj(_RAW_DEFLATE)
                continue
            if piece:
                yield piece
            received = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                received = self._unpacker.unused_data
                if not received.startswith(b"\x1f\x8b"):
                    return
                self._unpacker = zlib.decompressobj(_WINDOWS["gzip"])
