"""A folder as the listing of the files that can be read and of its subfolders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers.source import Hint, describe_open_failure, name_source

MAX_ENTRIES = 10_000
"""Files and folders of one folder that are listed, in the order of their names."""

MAX_NAMES = 500_000
"""Names that are read of one folder."""

MAX_COUNTED_BYTES = 64 * 1024**2
"""Bytes up to which a file is read only to count its comments."""

_HEAD = 4_096
"""Bytes of each file that are checked, to leave out files that are not text."""

_UNITS = ("kB", "MB", "GB", "TB")


class FolderEntry(NamedTuple):
    """A file or a folder: its path, its name as shown, its size in bytes, and when it was last changed (1970 UTC)."""

    path: Path
    name: str
    folder: bool
    size: int
    changed: float


def sniff_folder(path: str) -> bool:
    """Always: this row comes last, and every folder is at least a folder of files."""
    return True


def read_folder(path: str) -> Listing:
    """The listing of a folder. Raises SourceError when it cannot be read, or has nothing that can be opened."""
    names, total = _names(path)
    entries = [entry for name in names if (entry := _folder_entry(Path(path, name))) is not None]
    if not entries:
        raise SourceError(
            f"{name_source(Hint(path))} is a folder without anything that could be opened: no text, Markdown, JSON, "
            "feed or archive. Name another one."
        )
    name = markdown_format.clean_field(Path(path).absolute().name) or markdown_format.clean_field(path) or "Folder"
    return Listing(
        title=f"{name} (only the first {MAX_ENTRIES:,} of {total:,} names are looked at)"
        if total > MAX_ENTRIES
        else name,
        entries=LazyColumn(_entry, entries),
        open=lambda index: _open_with_related(index, entries),
        count=lambda index: _count(entries[index]),
        source=path,
        noun="file",
    )


def _names(path: str) -> tuple[Sequence[str], int]:
    """The first names that are not hidden, in order, and the number of all of them."""
    try:
        with os.scandir(path) as entries:
            names = [entry.name for entry in islice(entries, MAX_NAMES) if not entry.name.startswith(".")]
    except OSError as error:
        raise SourceError(describe_open_failure(Hint(path), error)) from error
    names.sort(key=lambda name: (name.casefold(), name))
    return names[:MAX_ENTRIES], len(names)


def _folder_entry(path: Path) -> FolderEntry | None:
    """The entry of a path; None if it cannot be read, is not a file or folder, or does not begin as text."""
    shown = markdown_format.clean_field(path.name) or "?"
    with suppress(OSError, ValueError, SourceError):
        status = path.stat()  # of the target of a link; fails where links form a circle
        if path.is_dir():
            return FolderEntry(path, f"{shown}/", True, 0, status.st_mtime) if _is_listable(path) else None
        if path.is_file() and _is_readable_file(path):
            return FolderEntry(path, shown, False, status.st_size, status.st_mtime)
    return None


def _is_listable(path: Path) -> bool:
    """Whether the folder may be listed, and is not a link to a folder that contains the link."""
    if path.is_symlink():
        here, there = path.absolute().parent.resolve(), path.resolve()
        if there == here or there in here.parents:
            return False
    return os.access(path, os.R_OK | os.X_OK)


def _is_readable_file(path: Path) -> bool:
    """Whether the file may be read; raises SourceError where it begins as something that is refused."""
    from rumor_tui.readers import check_head

    with path.open("rb", buffering=0) as file:
        check_head(file.read(_HEAD) or b"", Hint(str(path)))
    return True


def _entry(entry: FolderEntry) -> Entry:
    return Entry(
        title=entry.name,
        published=entry.changed,
        address=markdown_format.clean_field(str(entry.path)) or "",
        summary="" if entry.folder else format_size(entry.size),
    )


def format_size(count: int) -> str:
    """A number of bytes for people: "1 byte", "12.3 kB"."""
    if count < 1000:
        return f"{count} byte{'' if count == 1 else 's'}"
    size = float(count)
    for unit in _UNITS:
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size:,.0f} {_UNITS[-1]}"


def _open(entry: FolderEntry) -> Thread | Listing:
    from rumor_tui.readers import open_if_single, read_path

    return open_if_single(read_path(str(entry.path)))


def _open_with_related(index: int, entries: Sequence[FolderEntry]) -> Thread | Listing:
    """An entry, joined with those of the folder that speak of the same page."""
    from rumor_tui.readers.related import Member, open_with_related

    def member(entry: FolderEntry) -> Member:
        return Member(entry.size, partial(_read_bytes, entry), partial(_open, entry))

    return open_with_related(index, LazyColumn(member, entries))


def _read_bytes(entry: FolderEntry) -> bytes:
    """The bytes of a file, none of a folder or of a file that is too large to be looked at."""
    from rumor_tui.readers.related import MAX_BYTES

    if entry.folder or entry.size > MAX_BYTES:
        return b""
    try:
        return entry.path.read_bytes()
    except OSError as error:
        raise SourceError(describe_open_failure(Hint(str(entry.path)), error)) from error


def _count(entry: FolderEntry) -> int | None:
    if entry.folder or entry.size > MAX_COUNTED_BYTES:
        return None
    try:
        content = _open(entry)
    except SourceError:
        return None
    return len(content) if isinstance(content, Thread) else None
