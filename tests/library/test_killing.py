"""A kill at any moment, a full disk and a folder that cannot be written: nothing that was answered for is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rumor_tui.library.database import open_for_writing
from tests.library.kill_checks import measure_kills, parse_lines, problems_of
from tests.library.mounts import read_only_folder, small_disk


def test_nothing_is_lost_or_half_written_when_the_reader_is_killed(tmp_path: Path) -> None:
    answered, wrong = measure_kills(tmp_path, runs=6, seed=6, each=3)
    assert wrong == {}
    assert answered > 6


def read_to_the_end(path: Path) -> tuple[list[bytes], bytes]:
    """What a reader says that gives up after enough was refused, and its complaints."""
    command = [sys.executable, "-m", "tests.library.killed_reader", str(path), "1"]
    ended = subprocess.run(command, capture_output=True, timeout=600, check=False)
    assert ended.returncode == 0
    return ended.stdout.splitlines(keepends=True), ended.stderr


@pytest.mark.parametrize("megabytes", [1, 2, 3])
def test_on_a_full_disk_nothing_is_lost_and_the_rest_is_refused_in_a_sentence(tmp_path: Path, megabytes: int) -> None:
    with small_disk(tmp_path / "disk", megabytes) as folder:
        path = folder / "data" / "library.sqlite3"
        lines, complaints = read_to_the_end(path)
        tried = parse_lines(lines)
        assert complaints == b""
        assert set(tried.refused.values()) == {
            f"The disk is full: nothing more can be kept in the library {path}. Make room, then go on."
        }
        assert problems_of(path, 1, tried) == []
    assert tried.done


def test_in_a_folder_that_cannot_be_written_everything_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.sqlite3"
    open_for_writing(path).close()
    with read_only_folder(path.parent):
        lines, complaints = read_to_the_end(path)
    tried = parse_lines(lines)
    assert complaints == b""
    assert set(tried.refused.values()) == {
        f"The library {path} cannot be written: the file or its folder is read-only. Nothing new is kept."
    }
    assert not tried.done
