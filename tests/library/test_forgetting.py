"""What is forgotten is in no file any more."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from queue import Queue

import pytest

from rumor_tui import cli
from rumor_tui.library.backup import copy_library, keep_copy, own_copies
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.forgetting import drop_copies, forget_threads, is_unfinished
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.upkeep import make_upkeep
from rumor_tui.library.writer import Writer
from rumor_tui.library_types import Annotation, AnnotationChange, FollowChange, ReadChange
from rumor_tui.model import Thread
from tests.library.killed_reader import page_of

SECRET = "zyzzyva"


def secret_page() -> Thread:
    """A page with a word that nothing else has, in all of its texts."""
    thread = page_of(1, 1, 0)
    thread.authors = [f"{SECRET} author" for _ in thread.ids]
    thread.bodies = [f"{SECRET}{number} said {body}" for number, body in enumerate(thread.bodies)]
    thread.article.title = f"{SECRET} title"
    return thread


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with two threads, one of them secret, read, noted, followed, and with a copy."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    keeper = Keeper()
    keeper.visit(page_of(1, 0, 0), 100.0)
    known = keeper.visit(secret_page(), 100.0)
    note = Annotation("n", "note", known.handles[0], f"{SECRET} note", passage=f"{SECRET}0")
    address = "https://killed.example/1/1"
    keeper.change(
        [
            ReadChange(known.thread_id, known.handles[:3], True, 110),
            AnnotationChange(known.thread_id, note, 120),
            FollowChange(address, "thread", f"{SECRET} followed", True, 130),
        ]
    )
    keeper.close()
    with closing(open_for_reading(keeper.path)) as connection:
        keep_copy(connection, keeper.path)
        copy_library(connection, keeper.path.with_name("library.sqlite3.corrupt-20260101T000000"))
        copy_library(connection, keeper.path.parent / "backups" / ".library-20260101T000000.sqlite3.part-7")
    return keeper.path


def traces(folder: Path, *words: bytes) -> list[str]:
    """The files in which one of some words is."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in words)
    ]


def test_nothing_of_a_forgotten_thread_is_in_any_file(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_for_reading(library)) as connection:
        packed = [
            bytes(blob)
            for row in connection.execute("SELECT facts, texts FROM chunks WHERE thread = 2")
            for blob in row
        ]
        packed += [bytes(row[0]) for row in connection.execute("SELECT data FROM snapshots WHERE thread = 2")]
    words = [SECRET.encode(), *(blob[20:60] for blob in packed)]
    assert len(traces(library.parent, *words)) == 4
    assert cli.main(["forget", "https://killed.example/1/1"]) == 0
    assert capsys.readouterr().out == f"Forgotten: {SECRET} title\n"
    assert traces(library.parent, *words) == []
    assert own_copies(library) == []


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_a_forgetting_that_is_cut_short_is_gone_on_with(library: Path, steps: int) -> None:
    for copy in library.parent.glob("backups/.*"):
        copy.unlink()
    drop_copies(library)

    def cut(connection: sqlite3.Connection) -> Generator[None, None, None]:
        for step, _ in enumerate(forget_threads(connection, [2], ["https://killed.example/1/1"]), 1):
            yield
            if step == steps:
                raise InterruptedError

    writer = Writer(library)
    with pytest.raises(InterruptedError):
        writer.run_slices(cut)
    writer.close()
    assert traces(library.parent, SECRET.encode()) == ["library.sqlite3"]
    writer = Writer(library, make_upkeep(library))
    writer.run(lambda connection: None)
    for _ in range(600):
        if not writer.run(is_unfinished):
            break
        time.sleep(0.1 if _ % 40 else 2.5)
    writer.close()
    assert traces(library.parent, SECRET.encode()) == []


def test_what_is_left_is_whole(library: Path) -> None:
    assert cli.main(["forget", "https://killed.example/1/1"]) == 0
    with closing(open_for_reading(library)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT source FROM threads").fetchall() == [("https://killed.example/1/0",)]
        for table in ("annotations", "follows"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        found = connection.execute(
            "SELECT count(*) FROM comment_words WHERE comment_words MATCH 'word1x0x1x0'"
        ).fetchone()
        assert found == (1,)
        parts = connection.execute(
            "SELECT words.word FROM words JOIN word_parts ON id = word_parts.rowid WHERE word_parts MATCH 'x1x'"
        )
        assert {word for (word,) in parts} >= {"word1x0x1x0"}
    keeper = Keeper()
    assert list(keeper.stored(1).bodies) == list(page_of(1, 0, 0).bodies)
    keeper.close()


def test_what_is_not_there_is_said_and_the_rest_forgotten(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forget", "https://elsewhere.example/", "https://killed.example/1/0"]) == 1
    told = capsys.readouterr()
    assert told.out == "Forgotten: 1 0 0\n"
    assert "https://elsewhere.example/ is not in the library" in told.err


def test_files_below_a_folder_are_forgotten(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keeper = Keeper()
    for name in ("threads/a.txt", "threads/deep/b.txt", "threads2/c.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
        page = page_of(2, len(name), 0)
        page.source = str(file)
        keeper.visit(page, 100.0)
    keeper.close()
    assert cli.main(["forget", str(tmp_path / "threads")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    with closing(open_for_reading(library)) as connection:
        assert connection.execute("SELECT count(*) FROM threads").fetchone() == (3,)


def test_everything_is_forgotten(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forget", "--all"]) == 0
    assert capsys.readouterr().out == f"The library is gone: {library}\n"
    assert list(tmp_path.iterdir()) == []
    assert cli.main(["forget", "--all"]) == 1
    assert "There is no library at" in capsys.readouterr().err


def test_a_reader_goes_on_when_everything_was_forgotten_beside_it(library: Path) -> None:
    keeper = Keeper()
    keeper.visit(page_of(1, 0, 0), 200.0)
    assert cli.main(["forget", "--all"]) == 0
    assert not library.exists()
    known = keeper.visit(page_of(3, 0, 0), 300.0)
    assert [entry.thread_id for entry in keeper.entries()] == [known.thread_id]
    keeper.close()


@pytest.mark.parametrize("words", [["https://killed.example/1/0"], ["--all"]])
def test_a_note_on_what_was_forgotten_meanwhile_is_a_sentence(library: Path, words: list[str]) -> None:
    keeper = Keeper()
    known = keeper.visit(page_of(1, 0, 0), 200.0)
    assert cli.main(["forget", *words]) == 0
    told: Queue[str] = Queue()
    note = Annotation("m", "note", known.handles[0], "A note")
    keeper.change([AnnotationChange(known.thread_id, note, 210.0)], told.put)
    assert told.get(timeout=30).startswith("This is in the library no more: it was forgotten elsewhere.")
    keeper.close()


@pytest.mark.parametrize("words", [[], ["--all", "page.html"]])
def test_what_to_forget_must_be_said(library: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forget", *words]) == 2
    assert "Say what to forget: SOURCE, or --all" in capsys.readouterr().err
    assert library.exists()
