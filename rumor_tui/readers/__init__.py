"""Readers: the bytes of a source become a Thread, or a Listing of what can be opened from it.

`READERS` is one ordered table. A reader is a module with `sniff(payload, hint) -> bool` and
`read(payload, hint) -> Thread | Listing`; the row says which payload it takes: the bytes as they are ("data"), those
of a JSON document, or text. The first reader whose `sniff` knows the content reads it; the name of a file decides
nothing by itself. A reader's module is imported only when its turn comes, so that opening a text loads no JSON
library and the reverse. `FOLDERS` is such a table for folders, which have no bytes.
"""

from __future__ import annotations

import os
import stat
from functools import partial
from importlib import import_module
from io import FileIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rumor_tui.readers import refuse
from rumor_tui.readers.base import Hint, SourceError
from rumor_tui.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from rumor_tui.model import Listing, Thread

__all__ = ["FOLDERS", "READERS", "Hint", "Reader", "Source", "SourceError", "load", "read_source"]

Payload = Literal["data", "json", "text"]


class Reader(NamedTuple):
    """One row of the table: a reader's name for people, the attribute of `Source` that it takes, and its module."""

    name: str
    takes: Payload
    module: str

    def sniff(self, source: Source) -> bool:
        """Whether this reader knows the content."""
        return bool(self._module().sniff(getattr(source, self.takes), source.hint))

    def read(self, source: Source) -> Thread | Listing:
        """The thread, or the listing; raises SourceError when the content is broken."""
        content: Thread | Listing = self._module().read(getattr(source, self.takes), source.hint)
        return content

    def _module(self) -> Any:
        return import_module(f"rumor_tui.readers.{self.module}")


READERS = (
    Reader("mailbox or message", "data", "mail"),
    Reader("rumor-tui's own JSON", "json", "own"),
    Reader("Hacker News item (Algolia JSON)", "json", "algolia"),
    Reader("Markdown with front matter or a discussion", "text", "markdown"),
    Reader("text copied from a web page", "text", "dump"),
    Reader("other Markdown and plain text", "text", "prose"),
)
"""Bytes come before JSON, and JSON before text: what no row has taken is refused if it looks like JSON, or is no text.
What we export comes before what others write, since a comment may quote anything; the last row takes every text."""

FOLDERS = (("folder of mail", "maildir"),)
"""For folders: a name for people, and a module with `sniff_folder(path) -> bool` and `read_folder(path)`; the first
whose `sniff_folder` knows the folder reads it."""

LARGEST = 4 * 1024**3
"""Bytes that are read from one source at most; an endless device ends here."""

_CHUNK = 65_536


def load(path: str) -> Thread | Listing:
    """What is in a file, a folder, a pipe or a device; "-" is standard input. Raises SourceError, and nothing else."""
    hint = Hint(path)
    try:
        with open(0 if path == "-" else path, "rb", buffering=0, closefd=path != "-") as file:
            data = _all_of(file, hint)
    except IsADirectoryError as error:
        return _sentenced(partial(_read_folder, path, error), hint)
    except (OSError, ValueError, MemoryError) as error:
        raise SourceError(refuse.unopened(hint, error)) from error
    return read_source(data, hint)


def read_source(data: bytes, hint: Hint) -> Thread | Listing:
    """What the bytes hold. Raises SourceError, with a sentence for people, and nothing else."""
    return _sentenced(lambda: _read(Source(data, hint)), hint)


def _sentenced(read: Callable[[], Thread | Listing], hint: Hint) -> Thread | Listing:
    """What `read` gives; whatever stops it becomes a sentence."""
    try:
        return read()
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(refuse.failed(hint, error)) from error


def _read_folder(path: str, refusal: OSError) -> Thread | Listing:
    for _, module in FOLDERS:
        reader: Any = import_module(f"rumor_tui.readers.{module}")
        if reader.sniff_folder(path):
            content: Thread | Listing = reader.read_folder(path)
            return content
    raise SourceError(refuse.unopened(Hint(path), refusal)) from refusal


def _read(source: Source) -> Thread | Listing:
    refuse.check(source.data, source.hint)
    reader = _known(source, "data") or (_known(source, "json") if source.looks_like_json else None)
    if reader is None and source.looks_like_json:
        refuse.check_json(source)
    if reader is None:
        refuse.check_text(source)
        reader = _known(source, "text") or READERS[-1]
    return reader.read(source)


def _known(source: Source, payload: Payload) -> Reader | None:
    """The first reader of this payload that knows the content."""
    return next((reader for reader in READERS if reader.takes == payload and reader.sniff(source)), None)


def _all_of(file: FileIO, hint: Hint) -> bytes:
    """Everything in an open file, unless its first bytes or its size already tell that it cannot be read."""
    head = file.read(_CHUNK) or b""
    refuse.check(head, hint)
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
