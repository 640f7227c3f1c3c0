"""Content-Transfer-Encoding: how a body was made to fit through old mail servers, undone. Nothing here ever raises."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp

_LINES = re.compile(rb"(?:[ \t]*[A-Za-z0-9+/]+={0,2}[ \t]*(?:\r?\n|\Z)|[ \t]*\r?\n)*")
"""Lines that can be base64, from the start; what a mailing list appended below is none."""

_OTHER = re.compile(rb"[^A-Za-z0-9+/]+")


def base64(data: bytes) -> bytes:
    """The bytes behind base64, however badly padded or wrapped."""
    try:
        return a2b_base64(data)
    except Error:
        kept = _OTHER.sub(b"", data)
        kept = kept[:-1] if len(kept) % 4 == 1 else kept
        return a2b_base64(kept + b"=" * (-len(kept) % 4))


def decoded(data: bytes, encoding: str) -> bytes:
    """A part's own bytes. Text that is not encoded after all, or stands below what is, stays as it is."""
    if encoding == "base64":
        end = _LINES.match(data).end()  # type: ignore[union-attr]  # it matches nothing at least
        return base64(data[:end]) + (b"\n" + data[end:] if data[end:].strip() else b"")
    return a2b_qp(data) if encoding == "quoted-printable" else data


def size(data: bytes, encoding: str) -> int:
    """How many bytes a part has, about, without decoding it."""
    return len(data) * 3 // 4 if encoding == "base64" else len(data)
