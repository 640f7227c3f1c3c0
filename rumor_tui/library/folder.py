"""Where the library is: a folder of its own in the user's data folder, for nobody else to read."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from time import localtime, strftime
from typing import Final

FILE_NAME: Final = "library.sqlite3"

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite puts beside its file, by the ending."""


def library_path() -> Path:
    """The library's file, `$XDG_DATA_HOME/rumor-tui/library.sqlite3` or the system's own place; it may not exist."""
    from platformdirs import user_data_path

    return user_data_path("rumor-tui", appauthor=False) / FILE_NAME


def make_private_folder(folder: Path) -> None:
    """Make the folder, readable for its owner alone, or close it to others. Raises OSError.

    Folders above it that are missing are made in the same way, as the XDG specification wants it: where others may
    write, they could put another library in its place.
    """
    missing = [above for above in folder.parents if not above.exists()]
    for above in (*reversed(missing), folder):
        above.mkdir(mode=0o700, exist_ok=True)
    _close_to_others(folder)


def make_private_file(path: Path) -> None:
    """Make the file if it is not there, readable for its owner alone, or close it to others. Raises OSError.

    SQLite gives the files beside it the same mode, whatever the umask.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    _close_to_others(path)
    for ending in COMPANIONS:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            _close_to_others(companion)


def dated_path(folder: Path, stem: str, suffix: str = "") -> Path:
    """A path in a folder for what is made now, which nothing has yet: `stem`, the local time, `suffix`."""
    moment = strftime("%Y%m%dT%H%M%S", localtime())
    names = chain([moment], (f"{moment}-{number}" for number in count(2)))
    paths = (folder / f"{stem}{name}{suffix}" for name in names)
    return next(path for path in paths if not path.exists())


def _close_to_others(path: Path) -> None:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        path.chmod(mode & 0o700)
