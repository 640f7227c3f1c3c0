"""Readers: the bytes of a source become a Thread, or a Listing of what can be opened from it.

`READERS` is one ordered table. A reader is a module with `sniff(payload, hint) -> bool` and
`read(payload, hint) -> Thread | Listing`; the row says which payload it takes: the bytes as they are, the bytes of a
JSON document, or text.
The first reader whose `sniff` knows the content reads it; the name of a file decides nothing by itself. A reader's
module is imported only when its turn comes, so that opening a text loads no JSON library and the reverse.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rumor_tui.readers import refuse
from rumor_tui.readers.base import Hint, SourceError
from rumor_tui.readers.source import Source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

__all__ = [
    "FOLDERS",
    "READERS",
    "Folder",
    "Hint",
    "Reader",
    "Source",
    "SourceError",
    "check",
    "load",
    "read_source",
]

Payload = Literal["data", "json", "text"]


class Reader(NamedTuple):
    """One row of the table: a reader's name for people, the attribute of `Source` that it takes, and its module.

    `starts` are the first bytes of what it reads, where these tell; its module is not loaded for anything else.
    """

    name: str
    takes: Payload
    module: str
    starts: tuple[bytes, ...] = ()

    def sniff(self, source: Source) -> bool:
        """Whether this reader knows the content."""
        if self.takes == "json" and not source.looks_like_json:
            return False
        if self.starts and not source.data.startswith(self.starts):
            return False
        return bool(self._module().sniff(getattr(source, self.takes), source.hint))

    def read(self, source: Source) -> Thread | Listing:
        """The thread, or the listing; raises SourceError when the content is broken."""
        content: Thread | Listing = self._module().read(getattr(source, self.takes), source.hint)
        return content

    def _module(self) -> Any:
        return import_module(f"rumor_tui.readers.{self.module}")


READERS = (
    Reader("packed source (gzip, bzip2, xz)", "data", "packed", (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")),
    Reader("web archive (WARC, WET)", "data", "warc", (b"WARC/",)),
    Reader("rumor-tui's own JSON", "json", "own"),
    Reader("Hacker News item (Algolia JSON)", "json", "algolia"),
    Reader("JSON Feed", "json", "feed.json_feed"),
    Reader("feed (RSS, Atom)", "text", "feed"),
    Reader("Markdown with front matter or a discussion", "text", "markdown"),
    Reader("text copied from a web page", "text", "dump"),
    Reader("other Markdown and plain text", "text", "prose"),
)
"""What we export comes before what others write, since a comment may quote anything; the last row takes every text."""


class Folder(NamedTuple):
    """One row of the table of folders: its name for people, and a module with `sniff_folder` and `read_folder`.

    Both take the folder's path; the first row that knows a folder reads it.
    """

    name: str
    module: str

    def sniff(self, path: str) -> bool:
        """Whether this row knows the folder."""
        return bool(import_module(f"rumor_tui.readers.{self.module}").sniff_folder(path))

    def read(self, path: str) -> Thread | Listing:
        """What the folder holds; raises SourceError when it cannot be read."""
        content: Thread | Listing = import_module(f"rumor_tui.readers.{self.module}").read_folder(path)
        return content


FOLDERS = (Folder("folder of files", "folder"),)
"""The last row takes every folder."""

LARGEST = 4 * 1024**3
"""Bytes that are read from one source at most; an endless device ends here."""

_CHUNK = 65_536


def load(path: str) -> Thread | Listing:
    """What is in a file, a folder, a pipe or a device; "-" is standard input. Raises SourceError, and nothing else."""
    hint = Hint(path)
    try:
        if path != "-" and Path(path).is_dir():
            return next(row for row in FOLDERS if row.sniff(path)).read(path)
        with open(0 if path == "-" else path, "rb", buffering=0, closefd=path != "-") as file:
            data = _all_of(file, hint)
    except (OSError, ValueError, MemoryError) as error:
        raise SourceError(refuse.unopened(hint, error)) from error
    return read_source(data, hint)


def read_source(data: bytes, hint: Hint) -> Thread | Listing:
    """What the bytes hold. Raises SourceError, with a sentence for people, and nothing else."""
    try:
        return _read(Source(data, hint))
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(refuse.failed(hint, error)) from error


def _read(source: Source) -> Thread | Listing:
    check(source.data, source.hint)
    return next(reader for reader in _in_turn(source) if reader.sniff(source)).read(source)


def check(head: bytes, hint: Hint) -> None:
    """Raise SourceError for what is no text by its first bytes, unless a reader waits for just these."""
    if not any(reader.starts and head.startswith(reader.starts) for reader in READERS):
        refuse.check(head, hint)


def _in_turn(source: Source) -> Iterator[Reader]:
    """The rows in order; before the first that takes text, what is no text is refused. The last one takes all."""
    checked = False
    for reader in READERS:
        if reader.takes == "text" and not checked:
            if source.looks_like_json:
                refuse.check_json(source)
            refuse.check_text(source)
            checked = True
        yield reader


def _all_of(file: FileIO, hint: Hint) -> bytes:
    """Everything in an open file, unless its first bytes or its size already tell that it cannot be read."""
    head = file.read(_CHUNK) or b""
    check(head, hint)
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
        file.seek(0)
        return file.readall()
    data = bytearray(head)
    while len(data) <= LARGEST and (chunk := file.read(_CHUNK)):
        data += chunk
    if len(data) > LARGEST:
        raise SourceError(refuse.too_large(hint, LARGEST))
    return bytes(data)
