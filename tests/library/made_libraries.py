"""Small libraries for tests."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from rumor_tui.library.database import open_for_writing


def new_library(folder: Path) -> sqlite3.Connection:
    """An empty library below a folder, open for writing outside of a transaction."""
    return open_for_writing(folder / "rumor-tui" / "library.sqlite3")
