"""Bytes to text, whatever the encoding; nothing here ever raises.

In this order: a byte order mark; UTF-16 without a mark, by the positions of its zero bytes; UTF-8; the charset that
came with the text, as in an HTTP header, and the one that the text itself declares, if they decode it; UTF-8 with a few
broken bytes; a guess by chardet from a sample; Windows-1252. UTF-8 comes before a declaration because text
in another encoding hardly ever happens to be valid UTF-8, while many declarations of Latin-1 are wrong, and Latin-1
decodes everything.
"""

from __future__ import annotations

import codecs
import re

_SAMPLE = 65_536
"""Bytes that a guess is based on: enough for statistics, and fast for any size of file."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; that of little-endian UTF-32 begins with that of UTF-16, and so comes first."""

_DECLARATION = (
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|^.{0,200}?-\*-.{0,200}?coding:\s*([\w.:-]{1,40}).{0,200}?-\*-"""
    rb"""|^[#%;/* ]{1,9}(?:vim?:.{0,99}?fileencoding|coding)[:=]\s*([\w.:-]{1,40})"""
)
_DECLARED_WITHIN = 2_048
"""Declarations count in the first bytes only (HTML requires the first 1,024), not in a text about charsets."""

_EXCLUDED = frozenset(
    {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-16", "utf-32"}
    | {"raw-unicode-escape", "unicode-escape"}
)
"""Names of Python that a declaration in ASCII cannot mean, or that the HTML standard excludes as unsafe."""

_NEVER_GUESSED = (
    *("mac_cyrillic", "mac_greek", "mac_iceland", "mac_latin2", "mac_turkish"),
    *("iso8859_3", "iso8859_4", "iso8859_6", "iso8859_10"),
)
"""Encodings that hardly any text is in, while short texts in others look like them."""

_HIGH_BYTES = bytes(range(128, 256))

_NO_TEXT = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1b")) + b"\x7f"
"""Control characters that texts do not have; terminals' recordings and old printers' files have the others."""

_ASCII_CONTROLS = bytes(range(33)) + b"\x7f"
"""All of them, and the space."""

_JUNK_BEGINS = _ASCII_CONTROLS + b"\xc2\xc3\xef"
"""What `_JUNK` begins with."""

_MOST_CONTROLS = 0.01
"""The share of them up to which something is a text that was damaged. In binary data it is 0.1 and more, where any byte
is as frequent as another, and hardly ever below 0.02 in what is mostly text, such as the files of word processors."""

_JUNK = (
    rb"(?>[ \t\r\n]*(?:[\0-\x08\v\f\x0e-\x1a\x1c-\x1f\x7f]|\x1b(?![][$()])|\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]"
    rb"|\xef\xbb\xbf|\xc3\xaf\xc2\xbb\xc2\xbf))+|[ \t\r\n]+(?=<\?xml)"
)
"""Before a text: controls, byte order marks, also one that was taken for Latin-1 and encoded again; and white space
before an XML declaration, which must not be there. An escape that begins a terminal's colour, or a character set of ISO
2022, is part of the text."""


def decode_text(data: bytes, charset: str = "") -> str:
    """The bytes as text, without a byte order mark; invalid bytes become U+FFFD.

    `charset` is the one that came with them, if any.
    """
    marked = _decode_by_mark(data)
    if marked is not None:
        return marked
    candidates = (
        _utf16_order(data[:_SAMPLE]),
        _utf8_unless_ascii(data),
        _plausible_charset(charset),
        _declared_charset(data[:_DECLARED_WITHIN]),
        "utf-8",
    )
    for encoding in candidates:
        text = decode_strictly(data, encoding) if encoding else None
        if text is not None:
            return text
    text = data.decode("utf-8", "replace")
    return text if _is_mostly_valid(text, data) else data.decode(_guess_charset(data), "replace")


def to_utf8(data: bytes) -> bytes:
    """The bytes as UTF-8 without a byte order mark; without a mark (or UTF-16's zero bytes) they are unchanged."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    marked = _decode_by_mark(data)
    if marked is None and (wide := _utf16_order(data[:_SAMPLE])):
        marked = data.decode(wide, "replace")
    return data if marked is None else marked.encode("utf-8", "replace")


def _decode_by_mark(data: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def without_junk(data: bytes) -> bytes:
    """The bytes without what may stand around a text by mistake, so that its format is recognised.

    A single byte order mark stays, and so does all of UTF-16, in which zero bytes mean something.
    """
    junk = re.match(_JUNK, data) if data[:1] in _JUNK_BEGINS else None
    start = 0 if junk is None or junk[0] == codecs.BOM_UTF8 else junk.end()
    last = data[-_SAMPLE:]
    after = last[len(last.rstrip(_ASCII_CONTROLS)) :]
    end = len(data) - len(after) if after.strip(b" \t\r\n") else len(data)  # white space is no mistake
    return data if (start, end) == (0, len(data)) or looks_like_utf16(data[:_SAMPLE]) else data[start:end]


def is_binary(head: bytes) -> bool:
    """Whether something that begins so is no text, of any encoding: it has zero bytes, and too many controls.

    A few are damage, and so are those that fill the end of a file whose writer was interrupted.
    """
    if b"\0" not in head or looks_like_utf16(head):
        return False
    text = head.rstrip(b"\0")
    return len(text.translate(None, _NO_TEXT)) < (1 - _MOST_CONTROLS) * len(text) or not text


def looks_like_utf16(sample: bytes) -> bool:
    """Whether the zero bytes of a sample are those of UTF-16 or UTF-32 text."""
    return bool(_utf16_order(sample)) or sample.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS))


def _utf16_order(sample: bytes) -> str:
    """The byte order of UTF-16, of which nearly every second byte is zero, on one side only; or an empty string."""
    half = len(sample) // 2
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if half < 2 or max(even, odd) < half * 0.7 or min(even, odd) > half * 0.05:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared_charset(head: bytes) -> str:
    low = head.lower()
    if b"coding" not in low and b"charset" not in low:
        return ""
    match = re.search(_DECLARATION, head, re.IGNORECASE | re.MULTILINE)
    return _plausible_charset(next(filter(None, match.groups()), b"").decode("ascii", "replace")) if match else ""


def _plausible_charset(declared: str) -> str:
    """The encoding that a declaration names, or an empty string when it cannot be right.

    Names have several spellings ("punycode-" is one of "punycode", which takes quadratic time): all of them are looked
    up, so that none gets past `_EXCLUDED`.
    """
    name = declared.strip(" \"'").lower()
    try:
        found = codecs.lookup(name).name if len(name) <= 40 else ""
    except (LookupError, ValueError):
        return ""
    return "" if name in _EXCLUDED or found in _EXCLUDED else found


def _utf8_unless_ascii(data: bytes) -> str:
    """UTF-8 unless all bytes are ASCII: then its being valid means nothing, since ISO-2022-JP may be declared."""
    return "" if data.isascii() else "utf-8"


def decode_strictly(data: bytes, encoding: str) -> str | None:
    """The text, if all of it decodes in a text encoding that Python knows; else None."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _is_mostly_valid(text: str, data: bytes) -> bool:
    """Whether `text`, `data` decoded as UTF-8 with replacements, has no more of them than whole characters.

    Only characters beyond ASCII count: in text of another encoding nearly all of them break.
    """
    broken = text.count("\ufffd")
    ascii_size = len(data.translate(None, _HIGH_BYTES))
    return broken <= len(text) - ascii_size - broken


def _guess_charset(data: bytes) -> str:
    """chardet's best encoding for bytes that are not UTF-8; Windows-1252 when it has none, or a part of that."""
    from chardet import EncodingEra, detect

    start = max(0, _first_invalid(data) - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    eras = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO | EncodingEra.LEGACY_MAC | EncodingEra.DOS
    try:
        best = detect(sample, encoding_era=eras, compat_names=False, exclude_encodings=_NEVER_GUESSED)["encoding"]
    except Exception:  # a failing guess is not an error
        best = None
    return "cp1252" if best in (None, "ascii", "utf-8", "iso8859-1") else best


def _first_invalid(data: bytes) -> int:
    """The position of the first invalid UTF-8, where a sample says most; 0 when there is none."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0
