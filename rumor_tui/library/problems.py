"""What can be wrong with the library's file, in sentences for people."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rumor_tui.library_types import LibraryError


class ReadOnlyLibraryError(LibraryError):
    """The library can be read but not written."""


class CorruptLibraryError(LibraryError):
    """The library's file is damaged."""


class NewerLibraryError(LibraryError):
    """The library was written by a later version of the program."""


class OlderLibraryError(LibraryError):
    """The library has to be opened for writing once before it can be read."""


FULL: Final = "The disk is full: nothing more is kept. Make room for the library {path}, then go on."
READ_ONLY: Final = "Nothing new is kept: the library is read-only ({path})."
DENIED: Final = "The library cannot be opened: permission denied. Make {path} and its folder your own."
CORRUPT: Final = "The library is damaged ({detail}): {path}."
NOT_OURS: Final = "{path} is no library of rumor-tui. Name another file, or move this one away."
STRANGE: Final = (
    "{path} holds what rumor-tui did not put there ({names}), and is not used. Take that out, or name another file."
)
TOO_OLD: Final = (
    "The library needs SQLite {needed} or a later one; this Python has {version}. Nothing is kept ({path})."
)
NO_INDEX: Final = (
    "The library needs an SQLite that was built with FTS5; this Python's was not. Nothing is kept ({path})."
)
NO_FILE: Final = "{path} is no file: a library cannot be kept there. Move it away, or name another place."
BUSY: Final = "Another program is writing to the library, and does not stop. Close it, then go on ({path})."
WAITING: Final = "Another program holds the library. What you do from now on is kept once it lets go of it ({path})."
NEWER: Final = "The library was written by a newer rumor-tui (format {version}). Update rumor-tui to use it ({path})."
OLDER: Final = "The library was written by an older rumor-tui; once it can be written, it is updated ({path})."
ABSENT: Final = "There is no library at {path} yet: it begins with the first thread that you open."
GONE: Final = "This is in the library no more: it was forgotten elsewhere. Open it again to have it kept ({path})."
OTHER: Final = "The library cannot be used: {detail} ({path})."

_NEEDED: Final = 100_000
"""Bytes of room without which an error of the system means that there is none."""

SQLITE_ERRORS: Final = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where it quotes what is no text, as only a damaged file has it."""

INDEX_REFUSES: Final = "constraint failed"
"""What is said where the full-text index has something already that it is given; of a table it is said which."""

_BY_SQLITE: Final[Mapping[str, tuple[type[LibraryError], str]]] = MappingProxyType(
    {
        "SQLITE_FULL": (LibraryError, FULL),
        "SQLITE_READONLY": (ReadOnlyLibraryError, READ_ONLY),
        "SQLITE_PERM": (LibraryError, DENIED),
        "SQLITE_AUTH": (LibraryError, DENIED),
        "SQLITE_CORRUPT": (CorruptLibraryError, CORRUPT),
        "SQLITE_NOTADB": (CorruptLibraryError, CORRUPT),
        "SQLITE_BUSY": (LibraryError, BUSY),
        "SQLITE_LOCKED": (LibraryError, BUSY),
        "SQLITE_CONSTRAINT": (LibraryError, GONE),  # what is written belongs to a thread that is no more there
    }
)
"""What SQLite's codes mean, by the name of the primary one."""

_BY_WORDS: Final[Mapping[str, tuple[type[LibraryError], str]]] = MappingProxyType(
    {
        "Could not decode to UTF-8": (CorruptLibraryError, CORRUPT),  # a flipped bit in a text
        "vtable constructor failed": (CorruptLibraryError, CORRUPT),
        "no such table": (CorruptLibraryError, CORRUPT),
        "no such column": (CorruptLibraryError, CORRUPT),
        "malformed database schema": (CorruptLibraryError, CORRUPT),
        "invalid fts5 file format": (CorruptLibraryError, CORRUPT),
        "unsupported file format": (CorruptLibraryError, CORRUPT),  # a flipped bit in the head of the file
        "no such module": (LibraryError, NO_INDEX),
        "error in tokenizer constructor": (LibraryError, NO_INDEX),
    }
)
"""What errors mean that have no code of their own, by the first words."""

_LONGEST: Final = 200
"""Characters of SQLite's own words that are shown."""

_BY_SYSTEM: Final[Mapping[int, tuple[type[LibraryError], str]]] = MappingProxyType(
    {
        errno.ENOSPC: (LibraryError, FULL),
        errno.EDQUOT: (LibraryError, FULL),
        errno.EROFS: (ReadOnlyLibraryError, READ_ONLY),
        errno.EACCES: (ReadOnlyLibraryError, READ_ONLY),
        errno.EPERM: (ReadOnlyLibraryError, READ_ONLY),
    }
)
"""What the system's errors mean when the folder or a file is made."""


def explain_error(error: OSError | sqlite3.Error | UnicodeDecodeError, path: Path) -> LibraryError:
    """The error in a sentence that names the file, and what to do."""
    if isinstance(error, OSError):
        kind, words = _BY_SYSTEM.get(error.errno or 0, (LibraryError, OTHER))
        detail = error.strerror or str(error)
    else:
        code = primary_code(error)
        if code in ("SQLITE_IOERR", "SQLITE_CANTOPEN") and _is_full(path.parent):
            code = "SQLITE_FULL"
        if code == "SQLITE_READONLY" and has_odd_head(path):
            code = "SQLITE_CORRUPT"
        kind, words = _BY_SQLITE.get(code, (LibraryError, OTHER))
        detail = _shown(str(error))
        for beginning, known in _BY_WORDS.items():
            if detail.startswith(beginning):
                kind, words = known
    return kind(words.format(path=path, detail=detail))


def has_odd_head(path: Path) -> bool:
    """Whether a file says that it is written in a way that no SQLite knows, which makes it read-only.

    Bytes 18 and 19 are 1, or 2 with a write-ahead log (SQLite's file format, section 1.3.3).
    """
    try:
        with path.open("rb") as file:
            return max(file.read(20)[18:], default=0) > 2
    except OSError:
        return False


def _shown(words: str) -> str:
    """SQLite's words, without the text of a row that they may quote."""
    return words.split(" with text ", maxsplit=1)[0].split("\n", maxsplit=1)[0][:_LONGEST]


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room for the files that SQLite needs beside its own."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _NEEDED or (disk.f_files > 0 and not disk.f_favail)


def primary_code(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """The name of SQLite's primary code, such as SQLITE_BUSY; empty where the error did not come from SQLite."""
    if isinstance(error, UnicodeDecodeError) or str(error) == INDEX_REFUSES:
        return "SQLITE_CORRUPT"
    name = getattr(error, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])
