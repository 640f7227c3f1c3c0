"""Error messages for sources that cannot be read: one sentence on what is wrong, and one on what to do about it."""

from __future__ import annotations

from errno import EACCES, EISDIR, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM

from rumor_tui.readers.decode import looks_like_utf16
from rumor_tui.readers.hint import Hint, SourceError

_LONGEST_NAME = 120
_HEAD = 65_536

_OPEN_ERRORS = {
    ENOENT: "there is no such file. Check the name, or the folder that you are in.",
    ENOTDIR: "a part of its path is a file, not a folder. Check the name.",
    EISDIR: "it is a folder, and not one of mail. Name a file in it.",
    EACCES: "you may not read it. Ask its owner, or change its permissions.",
    EPERM: "you may not read it. Ask its owner, or change its permissions.",
    ENAMETOOLONG: "its name is too long for a file. Check the name.",
}

_MAGIC = (
    (b"%PDF-", "a PDF file. Save its text to a file and open that"),
    (b"PK\x03\x04", "a zip archive (or an office document). Unpack it, or save its text, and open that"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive. Unpack it with unzstd first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive. Unpack it first"),
    (b"\x89PNG\r\n", "an image. Open text instead"),
    (b"\xff\xd8\xff", "an image. Open text instead"),
    (b"GIF8", "an image. Open text instead"),
    (b"RIFF", "an image, a sound or a film. Open text instead"),
    (b"ID3", "a sound file. Open text instead"),
    (b"OggS", "a sound or a film. Open text instead"),
    (b"\x7fELF", "a program. Open text instead"),
    (b"SQLite format 3\x00", "an SQLite database. Open text instead"),
)
"""First bytes of well-known binary formats, as in the database of the `file` command, and the message for each."""


def name_of(hint: Hint) -> str:
    """The name of the source as the subject of a message: on one line, without control characters, not too long."""
    return "Standard input" if hint.name == "-" else _shown_path(hint) or "The source"


def _shown_path(hint: Hint) -> str:
    from rumor_tui import text

    shown = text.neutralise_line(hint.name)
    return shown if len(shown) <= _LONGEST_NAME else "…" + shown[1 - _LONGEST_NAME :]


def describe_open_failure(hint: Hint, error: Exception) -> str:
    """The message for a file that could not be opened or read."""
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError):
        why = "it is larger than the free memory."
    elif number in _OPEN_ERRORS:
        why = _OPEN_ERRORS[number]
    elif isinstance(error, OSError) and error.strerror:
        why = f"the system says: {error.strerror}. Check the name and the disk."
    else:
        why = "no file can have this name. Check the name."
    return f"Cannot open {_shown_path(hint) or 'a file without a name'}: {why}"


def describe_read_failure(hint: Hint, error: Exception) -> str:
    """The message for an exception in a reader."""
    if isinstance(error, RecursionError):
        return f"{name_of(hint)} is nested too deeply to be read."
    if isinstance(error, MemoryError):
        return f"{name_of(hint)} needs more memory than is free. Close other programs, or open a smaller file."
    if isinstance(error, UnicodeError):
        return f"{name_of(hint)} has characters that cannot be decoded. Save it as UTF-8 and open it again."
    return f"{name_of(hint)} could not be read: its reader stopped with {type(error).__name__}. Please report this."


def describe_too_large(hint: Hint, largest: int) -> str:
    """The message for a source above the limit, which is given in bytes."""
    return f"{name_of(hint)} is larger than {largest // 1024**3} GiB, the most that is read. Open a part of it."


def check_head(head: bytes, hint: Hint) -> None:
    """Raise SourceError when the first bytes show that the source is empty or not text."""
    head = head[:_HEAD]
    if not head:
        raise SourceError(f"{name_of(hint)} is empty: there is nothing to read in it.")
    if head.strip() == b"null":
        raise SourceError(f"{name_of(hint)} is “null”, which sites send for what they do not have. Check the address.")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise SourceError(f"{name_of(hint)} is {what}.")
    if b"\0" in head and not head.startswith(b"From ") and not looks_like_utf16(head):  # mail may hold anything
        raise SourceError(f"{name_of(hint)} is binary data, not text. Open a text, Markdown or JSON file.")


def describe_broken_json(hint: Hint, error: ValueError) -> str:
    """The message for broken JSON: where it ends too early or is invalid."""
    from json import JSONDecodeError

    if not isinstance(error, JSONDecodeError):
        return f"{name_of(hint)} is JSON that cannot be read: it has a number that is far too long."
    if error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip():
        return (
            f"{name_of(hint)} is JSON that breaks off after {len(error.doc):,} characters: the end is missing. "
            "Download or copy it again."
        )
    return (
        f"{name_of(hint)} is broken JSON: {error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno:,}, "
        f"column {error.colno:,}. Download or copy it again."
    )
