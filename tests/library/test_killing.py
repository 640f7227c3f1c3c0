"""A kill at any moment, a full disk and a folder that cannot be written: nothing that was answered for is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from rumor_tui import export
from rumor_tui.library.database import open_for_reading, open_for_writing
from rumor_tui.library.stored import read_thread
from rumor_tui.library_types import LibraryError
from rumor_tui.model import Thread as Comments
from tests.library.kill_checks import measure_kills, parse_lines, problems_of
from tests.library.killed_reader import page_of
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
            f"The disk is full: nothing more is kept. Make room for the library {path}, then go on."
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
    assert set(tried.refused.values()) == {f"Nothing new is kept: the library is read-only ({path})."}
    assert not tried.done


def test_an_add_that_is_killed_again_and_again_has_only_whole_threads_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    pages = {f"{number}.json": page_of(9, number, 900 if number % 9 == 3 else 20) for number in range(4, 40)}
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, page in pages.items():
        with (folder / name).open("w", encoding="utf-8") as out:
            export.write(page, "json", out)
    path = tmp_path / "data" / "rumor-tui" / "library.sqlite3"
    command, moments = [sys.executable, "-m", "rumor_tui", "add", str(folder)], Random(3)
    for _ in range(5):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            time.sleep(0.4 + 2.5 * moments.random())
            child.kill()
        if path.exists():
            assert whole_threads(path, pages) >= 0
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert whole_threads(path, pages) == len(pages)


def whole_threads(path: Path, pages: dict[str, Comments]) -> int:
    """How many threads the library shows, all of which must be equal to their pages."""
    bodies = {page.article.title: list(page.bodies) for page in pages.values()}
    try:
        connection = open_for_reading(path)
    except LibraryError as error:
        assert "There is no library" in str(error)
        return 0
    with closing(connection):
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        titles = connection.execute("SELECT id, title FROM threads WHERE tree IS NOT NULL").fetchall()
        assert all(list(read_thread(connection, thread).thread.bodies) == bodies[title] for thread, title in titles)
        return len({title for _, title in titles}) if len(titles) == len(set(titles)) else -1
