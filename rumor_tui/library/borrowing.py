"""A damaged file read by the schema of a backup: the pages that tell what is where may be lost, and the rest whole.

The tables of a library are made once, and its copies are copies of its pages, so that they stand at the same places.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_INTERIOR: Final = 5
"""The first byte of a page that leads to other ones of a table."""

_HEADER: Final = 100
"""Bytes of the first page that are the header of the file."""


def borrow_schema(damaged: Path, backup: Path, target: Path) -> None:
    """Copy a damaged file to `target` with the schema and the header of a backup. Raises OSError and ValueError."""
    shutil.copyfile(damaged, target)
    log = damaged.with_name(f"{damaged.name}-wal")
    if log.exists():
        shutil.copyfile(log, target.with_name(f"{target.name}-wal"))
    with backup.open("rb") as source, target.open("r+b") as out:
        size = _page_size(source.read(_HEADER))
        pages = target.stat().st_size // size
        for number in _schema_pages(backup, size):
            source.seek((number - 1) * size)
            out.seek((number - 1) * size)
            out.write(source.read(size))
        out.seek(24)  # the counter of changes, the number of pages, and no free ones
        out.write(b"\0\0\0\1" + pages.to_bytes(4, "big") + bytes(8))
        out.seek(92)  # for which change that number holds
        out.write(b"\0\0\0\1")


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    return 65_536 if size == 1 else size


def _schema_pages(file: Path, size: int) -> Iterator[int]:
    """The pages of the table that holds the schema. Raises ValueError."""
    with file.open("rb") as source:
        waiting, seen = [1], set[int]()
        while waiting:
            number = waiting.pop()
            if number < 1 or number in seen:
                raise ValueError("This is no file of SQLite.")
            seen.add(number)
            yield number
            source.seek((number - 1) * size)
            page = source.read(size)
            start = _HEADER if number == 1 else 0
            if len(page) < size or page[start] != _INTERIOR:
                continue
            cells = int.from_bytes(page[start + 3 : start + 5], "big")
            waiting.append(int.from_bytes(page[start + 8 : start + 12], "big"))
            for cell in range(cells):
                at = int.from_bytes(page[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
                waiting.append(int.from_bytes(page[at : at + 4], "big"))
