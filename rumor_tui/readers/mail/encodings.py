"""The encodings of mail: Content-Transfer-Encoding to bytes, and bytes to text by the charset declared.

Nothing here ever raises.
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp

from rumor_tui.readers.decode import decode_strictly, decode_text

_LINES = re.compile(rb"(?:[ \t]*[A-Za-z0-9+/]+={0,2}[ \t]*(?:\r?\n|\Z)|[ \t]*\r?\n)*")
"""Lines at the beginning that can be base64: a mailing list may have appended text below them."""

_OTHER = re.compile(rb"[^A-Za-z0-9+/]+")


def decode_base64(data: bytes) -> bytes:
    """Base64 decoded, however badly padded or wrapped."""
    try:
        return a2b_base64(data)
    except Error:
        kept = _OTHER.sub(b"", data)
        kept = kept[:-1] if len(kept) % 4 == 1 else kept
        return a2b_base64(kept + b"=" * (-len(kept) % 4))


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """The decoded bytes of a part. Text that is not encoded after all, or is below encoded text, stays as it is."""
    if encoding == "base64":
        end = _LINES.match(data).end()  # type: ignore[union-attr]  # it matches nothing at least
        return decode_base64(data[:end]) + (b"\n" + data[end:] if data[end:].strip() else b"")
    return a2b_qp(data) if encoding == "quoted-printable" else data


def decoded_size(data: bytes, encoding: str) -> int:
    """The approximate size of a part in bytes, without decoding it."""
    return len(data) * 3 // 4 if encoding == "base64" else len(data)


_SUPERSETS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "utf8": "utf-8",
}
"""What a charset's name means in practice: the superset that mailers use (WHATWG's Encoding standard)."""

_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "raw-unicode-escape", "unicode-escape"}
)
"""Python's codecs that are not charsets."""

_ONE_BYTE = re.compile(
    r"\Z|us-ascii|ascii|ansi|iso-?8859|windows-125|cp-?125|cp-?85|koi8|mac|unknown|x-unknown|default"
)
"""Charsets in which text is hardly ever valid UTF-8 by chance, and names that say nothing."""

_STATEFUL = re.compile(r"iso-?2022|utf-?7|utf-?16|utf-?32|ucs|hz")
"""Charsets in which ASCII bytes may mean other characters."""

_ASCII = bytes(range(128))
_MIN_FOR_GUESS = 8
"""Up to so many bytes beyond ASCII no charset is guessed: the statistics of a word or two say nothing."""

_ERROR_RATIO = 50
"""One in so many characters may be broken before the charset counts as wrong."""


def decode_charset(data: bytes, charset: str) -> str:
    """The bytes as text, by the declared charset; an empty name means that none was declared."""
    charset = charset.strip().lower()
    if data.isascii() and not _STATEFUL.match(charset):
        return data.decode("ascii")
    if _ONE_BYTE.match(charset) and (text := decode_strictly(data, "utf-8")) is not None:
        return text
    name = _SUPERSETS.get(charset, charset)
    text = decode_strictly(data, name) if name and name not in _NOT_CHARSETS else None
    return _decode_leniently(data, name) if text is None else text


def _decode_leniently(data: bytes, name: str) -> str:
    """Text with some wrong bytes: by its own charset if they are few, else by a guess."""
    try:
        text = "" if name in _NOT_CHARSETS else data.decode(name, "replace")
    except (LookupError, ValueError):
        text = ""
    if text and text.count("\ufffd") * _ERROR_RATIO <= len(text):
        return text
    return (
        data.decode("cp1252", "replace") if len(data.translate(None, _ASCII)) <= _MIN_FOR_GUESS else decode_text(data)
    )
