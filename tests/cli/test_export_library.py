"""`rumor-tui export --library`: every thread as a file, one's own notes, and what is followed."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rumor_tui import cli
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import ARTICLE, Annotation, AnnotationChange, FollowChange, RemovalChange, TagChange
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers import as_thread, read_path
from tests.library.test_notes_survive import keep


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, in which there is no library yet."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    return tmp_path / "XDG_DATA_HOME"


def thread_of(title: str, *bodies: str) -> Thread:
    """A thread whose comments have addresses."""
    url = f"https://example.com/{title.partition(' ')[0]}"
    builder = ThreadBuilder(Article(title, pieces=["The text of the article."], url=url))
    for n, body in enumerate(bodies):
        builder.add(Draft(body, f"person {n}", published=86_400.0 * n, id=f"c{n}", url=f"{url}#c{n}"))
    return builder.build("plain", source=url)


CARS = thread_of("600 cars: who says so?", "They say so.", "I do not *believe* it.", "Nor do I.")


def fill() -> None:
    """A library of three threads, one of them deleted, with tags, notes and what is followed."""
    keeper = Keeper()
    first = keeper.visit(CARS, 100.0)
    second = keeper.visit(thread_of("Another", "Short."), 200.0)
    third = keeper.visit(thread_of("Deleted", "Gone."), 300.0)
    note = Annotation("a" * 32, "note", first.handles[1], "I do.\n\nReally.", "believe it")
    mark = Annotation("b" * 32, "mark", first.handles[0])
    about = Annotation("c" * 32, "note", ARTICLE, "On all of it")
    keep(
        keeper,
        [
            *(AnnotationChange(first.thread_id, one, 400.0) for one in (note, mark, about)),
            TagChange(first.thread_id, "cars", on=True, moment=400.0),
            FollowChange("https://example.com/feed", "feed", "A feed", on=True, moment=400.0),
            RemovalChange(third.thread_id, removed=True, moment=400.0),
        ],
    )
    assert second.thread_id
    keeper.close()


def names(folder: Path) -> list[str]:
    """The files of a folder, each without what makes its name unique."""
    return sorted(f"{path.stem.rpartition('-')[0]}{path.suffix}" for path in folder.iterdir())


@pytest.mark.parametrize(("form", "ending"), [("json", "json"), ("markdown", "md"), ("text", "txt"), ("html", "html")])
def test_each_thread_is_a_file_that_opens(
    tmp_path: Path, form: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fill()
    folder = tmp_path / "new" / "folder"
    assert cli.main(["export", "--library", "--to", form, "-o", str(folder)]) == 0
    assert capsys.readouterr().out == f"2 threads: {folder}\n"
    assert names(folder) == [f"600-cars-who-says-so.{ending}", f"another.{ending}"]
    (path,) = folder.glob("600-*")
    thread = as_thread(read_path(str(path)))
    assert list(thread.authors) == ["person 0", "person 1", "person 2"]
    assert "Really." in path.read_text("utf-8")


def test_a_second_run_writes_the_same_files(tmp_path: Path) -> None:
    fill()
    assert cli.main(["export", "--library", "-o", str(tmp_path / "x")]) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()}
    assert cli.main(["export", "--library", "-o", str(tmp_path / "x")]) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()} == before


def test_threads_with_a_tag(tmp_path: Path) -> None:
    fill()
    assert cli.main(["export", "--library", "--tag", "cars", "-o", str(tmp_path / "x")]) == 0
    assert names(tmp_path / "x") == ["600-cars-who-says-so.md"]
    assert cli.main(["export", "--library", "--tag", "none of these", "-o", str(tmp_path / "y")]) == 0
    assert names(tmp_path / "y") == []


def test_what_the_source_has_no_more_counts_as_deleted(tmp_path: Path) -> None:
    fill()
    keeper = Keeper()
    keeper.visit(replace(CARS.select([0, 2], [-1, -1]), source=CARS.source), 500.0)
    keeper.close()
    assert cli.main(["export", "--library", "--to", "json", "--tag", "cars", "-o", str(tmp_path / "x")]) == 0
    (path,) = (tmp_path / "x").iterdir()
    comments = json.loads(path.read_text())["comments"]
    assert [(one["author"], one["deleted"]) for one in comments] == [
        ("person 0", False),
        ("person 1", True),
        ("person 2", False),
    ]
    assert comments[1]["text"] == "I do not *believe* it."
    assert comments[1]["notes"][0]["text"] == "I do.\n\nReally."
    assert cli.main(["export", "--library", "--to", "notes", "-o", str(tmp_path / "notes.md")]) == 0
    assert "1970-01-02 00:00 · deleted\n\n> believe it\n\nI do." in (tmp_path / "notes.md").read_text()


def test_notes_alone(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    assert cli.main(["export", "--library", "--to", "notes"]) == 0
    assert (
        capsys.readouterr().out
        == """\
# Bookmarks and notes

## 600 cars: who says so?

<https://example.com/600>

### The article

> all of it

On all of it

### [person 0 \\#1](<https://example.com/600#c0>) · 1970-01-01 00:00

> ★ They say so.

### [person 1 \\#2](<https://example.com/600#c1>) · 1970-01-02 00:00

> believe it

I do.

Really.
"""
    )


def test_what_is_followed(tmp_path: Path) -> None:
    fill()
    assert cli.main(["export", "--library", "--to", "opml", "-o", str(tmp_path / "x.opml")]) == 0
    outlines = ET.parse(tmp_path / "x.opml").getroot().iter("outline")
    assert [one.get("xmlUrl") for one in outlines] == ["https://example.com/feed"]


def test_without_a_library_a_sentence_says_so_and_none_is_made(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "--library", "-o", str(tmp_path / "x")]) == 1
    assert "There is no library at " in capsys.readouterr().err
    assert not data.exists()
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "json"],
        ["--to", "docx", "-o", "x"],
        ["--tag", " ", "-o", "x"],
        ["page.txt", "-o", "x"],
        ["--to", "opml", "--tag", "x"],
    ],
)
def test_what_cannot_be_meant_is_explained(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--library", *words]) == 2
    assert capsys.readouterr().err.startswith("rumor-tui: ")


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    (tmp_path / "file").write_text("")
    assert cli.main(["export", "--library", "-o", str(tmp_path / "file" / "x")]) == 1
    assert "cannot be made" in capsys.readouterr().err


def test_a_thread_that_is_damaged_is_named_and_the_others_are_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill()
    with closing(sqlite3.connect(data / "rumor-tui" / "library.sqlite3")) as connection:
        connection.execute("UPDATE threads SET hash = x'00' WHERE title = 'Another'")
        connection.commit()
    assert cli.main(["export", "--library", "-o", str(tmp_path / "x")]) == 1
    assert names(tmp_path / "x") == ["600-cars-who-says-so.md"]
    assert "damaged" in capsys.readouterr().err


def test_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--library", "--help"]) == 0
    assert "your bookmarks and notes, as Markdown" in capsys.readouterr().out
