"""Where the library is: a folder of its own in the user's data folder, for nobody else to read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILE_NAME: Final = "library.sqlite3"


def library_path() -> Path:
    """The library's file, `$XDG_DATA_HOME/rumor-tui/library.sqlite3` or the system's own place; it may not exist."""
    from platformdirs import user_data_path

    return user_data_path("rumor-tui", appauthor=False) / FILE_NAME


def make_private_folder(folder: Path) -> None:
    """Make the folder, readable for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
