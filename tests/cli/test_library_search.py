"""Searching the library on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rumor_tui import cli
from rumor_tui.cli.library import searching
from rumor_tui.library.folder import library_path
from tests.library.made_libraries import library_of
from tests.search.threads import make_thread


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    threads = [
        make_thread(
            ["The turbo of\n\nthe car.", "600 units"], ["Ga\x1bbe", None], title="Turbo cars", pieces=["More."]
        ),
        make_thread(["No turbo here"], ["Ann"], title="K2"),
    ]
    library_of(tmp_path, *threads).close()
    assert library_path().exists()


def run(*words: str) -> int:
    return cli.main(["search", "--library", *words])


@pytest.mark.usefixtures("library")
def test_a_line_for_each_hit_with_the_title_of_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("turbo", "-by:ann") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "Turbo cars · made.example · article · Turbo cars",
        "Turbo cars · made.example · Ga␛be · The turbo of the car.",
    ]
    assert printed.err == ""


@pytest.mark.usefixtures("library")
def test_json_has_an_object_for_each_hit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "units") == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "thread": 1,
            "comment": 2,
            "kind": "comment",
            "title": "Turbo cars",
            "site": "made.example",
            "address": "https://made.example/0",
            "author": None,
            "published": None,
            "text": "600 units",
            "matches": ["units"],
        }
    ]


@pytest.mark.usefixtures("library")
def test_matches_are_bold_on_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert searching.search_all("units", 10, as_json=False, bold=True) == 0
    assert capsys.readouterr().out.endswith("(unsigned) · 600 \x1b[1munits\x1b[22m\n")


@pytest.mark.usefixtures("library")
def test_what_is_not_answered_exactly_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(">500") == 1
    assert "threads that were not read" in capsys.readouterr().err


@pytest.mark.usefixtures("library")
def test_exit_codes_are_those_of_grep(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nowhere") == 1
    assert run("by:") == 2
    assert run("  ") == 2
    assert run() == 2
    assert "behind --library" in capsys.readouterr().err


def test_without_a_library_nothing_is_found_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run("turbo") == 1
    assert searching.NO_LIBRARY in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("library")
def test_the_best_are_printed_where_there_are_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--limit", "1", "turbo") == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert "There is more: these are the best 1 hits." in printed.err
    assert run("turbo", "--limit=3") == 0
    printed = capsys.readouterr()
    assert (len(printed.out.splitlines()), printed.err) == (3, "")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("words", [("--limit", "0", "turbo"), ("--limit", "x", "turbo")])
def test_a_limit_is_a_number_from_1(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert f"{words[1]} is no number from 1" in capsys.readouterr().err


def test_a_limit_is_for_the_library() -> None:
    assert cli.main(["search", "page.txt", "turbo", "--limit", "3"]) == 2


@pytest.mark.usefixtures("library")
def test_the_word_limit_can_be_searched_for() -> None:
    assert run("--", "--limit", "nowhere") == 1
