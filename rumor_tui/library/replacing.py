"""Putting a restored file in the place of a damaged library, in steps that a kill may come between.

The new file stands ready as `.library.sqlite3.restored-MOMENT`, and the damaged one becomes
`library.sqlite3.corrupt-MOMENT`. Whoever opens the library for writing calls `finish` first, which goes on where it was
cut short. As long as the empty file `.library.sqlite3.unread-MOMENT` is there, something of the damaged one may still
have to be brought in.
"""

from __future__ import annotations

import os
from pathlib import Path

from rumor_tui.library.backup import flush
from rumor_tui.library.folder import COMPANIONS, dated_path, make_private_file


def next_aside(path: Path) -> Path:
    """The path that the library's file is to have when it is set aside now."""
    return dated_path(path.parent, f"{path.name}.corrupt-")


def restored_file(path: Path, aside: Path) -> Path:
    """The file that is to take the library's place."""
    return path.with_name(f".{path.name}.restored-{_moment(aside)}")


def finish(path: Path) -> None:
    """Put a restored file in the library's place, if one is ready; the old one is set aside. The lock is held.

    Raises OSError.
    """
    for restored in path.parent.glob(f".{path.name}.restored-*"):
        aside = path.with_name(f"{path.name}.corrupt-{_moment(restored)}")
        if path.exists() and not aside.exists():
            try:
                os.link(path, aside)
            except OSError:  # the file system knows no second names
                path.rename(aside)
        for ending in COMPANIONS:  # a log of the old file must never meet a new one
            companion = path.with_name(path.name + ending)
            if not companion.exists():
                continue
            if ending == "-shm" or not companion.stat().st_size:  # made anew from the log, or nothing at all
                companion.unlink()
            else:
                companion.rename(aside.with_name(aside.name + ending))
        restored.replace(path)  # at no moment there is no library
        flush(path.parent)


def note_unread(path: Path, aside: Path) -> None:
    """Write down that something of a damaged file may still have to be brought in. Raises OSError."""
    make_private_file(path.with_name(f".{path.name}.unread-{_moment(aside)}"))


def note_read(path: Path, aside: Path) -> None:
    """Write down that a damaged file has nothing more to give. Raises OSError."""
    path.with_name(f".{path.name}.unread-{_moment(aside)}").unlink(missing_ok=True)


def unread_file(path: Path) -> Path | None:
    """A damaged file of which something may still have to be brought into the library; None if there is none."""
    marks = sorted(path.parent.glob(f".{path.name}.unread-*"))
    files = [path.with_name(f"{path.name}.corrupt-{_moment(mark)}") for mark in marks]
    # A restoring that was cut short early leaves the mark of a file that never was set aside
    return next((file for file in files if file.exists()), files[0] if files else None)


def _moment(file: Path) -> str:
    """The moment in the name of a file, and what follows it there."""
    return file.name.rpartition(".")[2].partition("-")[2]
