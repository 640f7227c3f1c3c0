"""Files that are not text and that no reader reads, by their first bytes, so that each is refused with its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class BinaryFormat(NamedTuple):
    """A format: the bytes at `offset`, its name for people, and what to do with such a file."""

    magic: bytes
    name: str
    advice: str
    offset: int = 0


_AS_TEXT = "Save its text to a file and open that."
_TEXT_INSTEAD = "Open text instead."
_UNPACK = "Unpack it first, and open what is inside."
_AS_CSV = "Save it as CSV and open that."

FORMATS: Sequence[BinaryFormat] = (
    BinaryFormat(b"%PDF-", "a PDF file", _AS_TEXT),
    BinaryFormat(b"%!PS", "a PostScript file", _AS_TEXT),
    BinaryFormat(b"{\\rtf", "a Rich Text document (RTF)", _AS_TEXT),
    BinaryFormat(b"AT&TFORM", "a DjVu document", _AS_TEXT),
    BinaryFormat(b"BOOKMOBI", "a Kindle book (MOBI)", _AS_TEXT, 60),
    BinaryFormat(b"!BDN", "an Outlook data file (PST)", "Export its mail as mbox or as .eml files, and open those."),
    BinaryFormat(b"\xcf\xad\x12\xfe", "an Outlook Express mailbox (DBX)", "Export its mail as .eml files."),
    BinaryFormat(b"SQLite format 3\x00", "an SQLite database", "Export what you want to read as JSON or CSV."),
    BinaryFormat(b"PAR1", "a Parquet table", "Export it as JSON or CSV and open that."),
    BinaryFormat(b"ARROW1", "an Arrow table", "Export it as JSON or CSV and open that."),
    BinaryFormat(b"Obj\x01", "an Avro file", "Export it as JSON and open that."),
    BinaryFormat(b"\x89HDF", "an HDF5 file", "Export it as JSON or CSV and open that."),
    BinaryFormat(b"\x04\x22\x4d\x18", "an lz4 archive", "Unpack it with unlz4 first."),
    BinaryFormat(b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    BinaryFormat(b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    BinaryFormat(b"ustar", "a tar archive", _UNPACK, 257),
    BinaryFormat(b"!<arch>\n", "a Debian package or a library (ar)", _UNPACK),
    BinaryFormat(b"\x89PNG\r\n", "an image (PNG)", _TEXT_INSTEAD),
    BinaryFormat(b"\xff\xd8\xff", "an image (JPEG)", _TEXT_INSTEAD),
    BinaryFormat(b"GIF8", "an image (GIF)", _TEXT_INSTEAD),
    BinaryFormat(b"II*\x00", "an image (TIFF)", _TEXT_INSTEAD),
    BinaryFormat(b"MM\x00*", "an image (TIFF)", _TEXT_INSTEAD),
    BinaryFormat(b"\x00\x00\x01\x00", "an icon", _TEXT_INSTEAD),
    BinaryFormat(b"WEBP", "an image (WebP)", _TEXT_INSTEAD, 8),
    BinaryFormat(b"ftypavif", "an image (AVIF)", _TEXT_INSTEAD, 4),
    BinaryFormat(b"ftyphei", "an image (HEIC)", _TEXT_INSTEAD, 4),
    BinaryFormat(b"ftypM4A", "a sound file (M4A)", _TEXT_INSTEAD, 4),
    BinaryFormat(b"ftyp", "a film (MP4)", _TEXT_INSTEAD, 4),
    BinaryFormat(b"\x1a\x45\xdf\xa3", "a film (Matroska or WebM)", _TEXT_INSTEAD),
    BinaryFormat(b"AVI ", "a film (AVI)", _TEXT_INSTEAD, 8),
    BinaryFormat(b"WAVE", "a sound file (WAV)", _TEXT_INSTEAD, 8),
    BinaryFormat(b"RIFF", "an image, a sound or a film", _TEXT_INSTEAD),
    BinaryFormat(b"ID3", "a sound file (MP3)", _TEXT_INSTEAD),
    BinaryFormat(b"\xff\xfb", "a sound file (MP3)", _TEXT_INSTEAD),
    BinaryFormat(b"OggS", "a sound or a film (Ogg)", _TEXT_INSTEAD),
    BinaryFormat(b"fLaC", "a sound file (FLAC)", _TEXT_INSTEAD),
    BinaryFormat(b"wOF", "a font", _TEXT_INSTEAD),
    BinaryFormat(b"\x00\x01\x00\x00\x00", "a font", _TEXT_INSTEAD),
    BinaryFormat(b"\x7fELF", "a program", _TEXT_INSTEAD),
    BinaryFormat(b"\xca\xfe\xba\xbe", "a program", _TEXT_INSTEAD),
    BinaryFormat(b"\xcf\xfa\xed\xfe", "a program", _TEXT_INSTEAD),
    BinaryFormat(b"\x00asm", "a program (WebAssembly)", _TEXT_INSTEAD),
    BinaryFormat(b"MZ", "a program for Windows", _TEXT_INSTEAD),
    BinaryFormat(b"BM", "an image (BMP)", _TEXT_INSTEAD),
)
"""As in the database of the `file` command. The first row that fits counts: special formats come before wider ones."""

_UNMISTAKABLE = (b"{\\rtf", b"%!PS", b"%PDF-", b"!<arch>\n")
"""Starts that no text has by chance; all other formats that begin with letters must go on with what is no text."""


def describe_document(name: str) -> str:
    """The end of a sentence on an office document or a book of this name: what it is, and what to do."""
    return f"{name}. {_AS_CSV if 'workbook' in name or 'spreadsheet' in name else _AS_TEXT}"


def binary_format(head: bytes, no_text: bool) -> BinaryFormat | None:
    """The format of a file that begins so, if it is one that is refused; None for anything else, such as text.

    `no_text` says whether the beginning is none, by the bytes in it.
    """
    for row in FORMATS:
        if head.startswith(row.magic, row.offset) and (no_text or not _may_begin_text(row.magic)):
            return row
    return None


def _may_begin_text(magic: bytes) -> bool:
    return magic not in _UNMISTAKABLE and all(32 <= byte < 127 for byte in magic)
