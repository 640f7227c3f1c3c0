"""The library as the interface has it: it answers once changes are on disk, whoever asks, and says why they are not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from subprocess import run
from sys import executable
from threading import Barrier, current_thread

import pytest

from rumor_tui import cli
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import FollowChange, LibraryError, ReadChange, TagChange
from rumor_tui.model import Article, Thread
from tests.library.made_threads import a_thread
from tests.library.test_reading_state import write


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


def thread(number: int) -> Thread:
    address = f"https://forum.example/t/{number}"
    return a_thread(["one", "two"], ids=["1", "2"], article=Article(f"T{number}"), source=address)


def test_making_one_loads_and_makes_nothing(tmp_path: Path) -> None:
    code = "import sys; from rumor_tui.library.keeper import Keeper; Keeper(); print(*sys.modules)"
    loaded = run([executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"sqlite3", "msgspec", "zstandard", "rumor_tui.library_types", "platformdirs"}.isdisjoint(loaded)
    assert list(tmp_path.iterdir()) == []


def test_what_is_answered_with_nothing_is_on_disk(keeper: Keeper) -> None:
    told = keeper.visit(thread(1), 1_000.0)
    assert write(keeper, ReadChange(told.thread_id, told.handles, True, 1_001.0)) == ""
    other = Keeper(keeper.path)
    (entry,) = other.entries()
    assert entry.unread == 0
    other.close()


def test_changes_are_written_together_or_not_at_all(keeper: Keeper) -> None:
    told = keeper.visit(thread(1), 1_000.0)
    unwritable = TagChange(told.thread_id, "x", True, "no moment")  # type: ignore[arg-type]
    problem = write(keeper, ReadChange(told.thread_id, told.handles, True, 1_001.0), unwritable, object())  # type: ignore[arg-type]
    assert problem.endswith(".")
    assert keeper.entries()[0].unread == 2
    assert write(keeper, ReadChange(told.thread_id, told.handles, True, 1_001.0)) == ""


def test_a_closed_library_answers_with_a_sentence(keeper: Keeper) -> None:
    keeper.visit(thread(1), 1_000.0)
    keeper.close()
    keeper.close()
    assert write(keeper, ReadChange(1, [1], True, 1_001.0)) == "The library is closed."


def test_a_file_that_is_no_library_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"This is a text, not a library. " * 100)
    keeper = Keeper(path)
    assert keeper.place_of("x") is None
    with pytest.raises(LibraryError):
        keeper.entries()
    keeper.close()


def test_threads_of_the_program_visit_and_read_at_once(keeper: Keeper) -> None:
    begin = Barrier(6)

    def work(number: int) -> tuple[str, int]:
        begin.wait(30)
        told = keeper.visit(thread(number % 3), 1_000.0 + number)
        keeper.stored(told.thread_id)
        keeper.entries()
        return current_thread().name, told.thread_id

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(work, range(6)))
    assert len({name for name, _ in found}) == 6
    assert len({number for _, number in found}) == len(keeper.entries()) == 3


def test_two_instances_that_open_the_same_thread_make_one(keeper: Keeper) -> None:
    other = Keeper(keeper.path)
    with ThreadPoolExecutor(2) as pool:
        numbers = {told.thread_id for told in pool.map(lambda one: one.visit(thread(1), 1_000.0), (keeper, other))}
    assert len(numbers) == len(keeper.entries()) == 1
    other.close()


def test_what_is_followed_is_listed(keeper: Keeper) -> None:
    write(keeper, FollowChange("https://forum.example/t/1", "thread", "T1", True, 1_000.0))
    assert [one.title for one in keeper.followed()] == ["T1"]


@pytest.mark.parametrize(("words", "remembers"), [([], True), (["--no-library"], False)])
def test_the_reader_is_handed_a_library_unless_it_is_not_wanted(
    words: list[str], remembers: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def run_app(content: object, settings: object, services: object, *_: object, **__: object) -> int:
        given.append(getattr(services, "library", None))
        return 0

    monkeypatch.setattr("rumor_tui.ui.app.run_app", run_app)
    monkeypatch.setattr("rumor_tui.terminal.terminal_streams", nullcontext)
    monkeypatch.setattr("rumor_tui.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "page.md").write_text("# A title\n\nText.\n", encoding="utf-8")
    assert cli.main([*words, str(tmp_path / "page.md")]) == 0
    assert (given[0] is not None) is remembers
    assert not (tmp_path / "data").exists()
