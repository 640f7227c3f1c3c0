"""The library is for its owner alone, whatever the umask and whatever stood there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rumor_tui.library.backup import copy_library, keep_copy, keep_version
from rumor_tui.library.database import open_for_reading, open_for_writing


@pytest.fixture(autouse=True)
def _no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The rights of the folder and of all in it, by path."""
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): path.stat().st_mode & 0o777 for path in paths}


def test_folders_are_0700_and_files_0600(tmp_path: Path) -> None:
    path = tmp_path / "share" / "rumor-tui" / "library.sqlite3"
    with closing(open_for_writing(path)) as connection, closing(open_for_reading(path)) as reader:
        connection.execute("INSERT INTO properties(name, value) VALUES('test', 1)")
        reader.execute("SELECT * FROM properties").fetchall()
        keep_copy(connection, path)
        keep_version(connection, path, 1)
        copy_library(connection, path.parent / "copy.sqlite3")
        found = modes(path.parent)
    assert {"library.sqlite3", "library.sqlite3-wal", "library.sqlite3-shm", "locks", "backups"} <= set(found)
    assert len([name for name in found if name.startswith("backups/")]) == 2
    folders = {".", "locks", "backups"}
    assert {name: mode for name, mode in found.items() if mode != (0o700 if name in folders else 0o600)} == {}


def test_missing_folders_above_are_0700_and_others_stay_as_they_are(tmp_path: Path) -> None:
    there = tmp_path / "home"
    there.mkdir(mode=0o755)
    open_for_writing(there / ".local" / "share" / "rumor-tui" / "library.sqlite3").close()
    found = modes(there)
    assert found["."] == 0o755
    assert {found[name] for name in (".local", ".local/share", ".local/share/rumor-tui")} == {0o700}


def test_what_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "rumor-tui" / "library.sqlite3"
    open_for_writing(path).close()
    path.parent.chmod(0o755)
    path.chmod(0o644)
    with closing(open_for_writing(path)) as connection:
        connection.execute("INSERT INTO properties(name, value) VALUES('test', 1)")
        found = modes(path.parent)
    assert found["."] == 0o700
    assert {mode for name, mode in found.items() if name.startswith("library")} == {0o600}
