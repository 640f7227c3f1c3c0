"""Small libraries for tests."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from rumor_tui.library.database import open_for_writing
from rumor_tui.library.keeper import Keeper
from rumor_tui.model import Thread


def new_library(folder: Path) -> sqlite3.Connection:
    """An empty library below a folder, open for writing outside of a transaction."""
    return open_for_writing(folder / "rumor-tui" / "library.sqlite3")


def library_of(folder: Path, *threads: Thread) -> Keeper:
    """A library below a folder that holds some threads; those without a source get one each, so that none are taken
    for the same."""
    keeper = Keeper(folder / "rumor-tui" / "library.sqlite3")
    for number, thread in enumerate(threads):
        keeper.record(replace(thread, source=thread.source or f"https://made.example/{number}"), float(1_000 + number))
    return keeper
