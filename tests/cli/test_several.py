"""Several sources on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rumor_tui import cli
from rumor_tui.cli.arguments import UsageError, parse_arguments
from tests.readers.made_discussions import article_html, hacker_news_json, reddit_json


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in {
        "a.html": article_html(),
        "hn.json": hacker_news_json(),
        "reddit.json": reddit_json(),
        "other.html": article_html("https://other.example/else", "Another page"),
        "600": b"A file that is called like a number.",
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "v1.2").mkdir()


@pytest.mark.parametrize(
    ("words", "sources", "query"),
    [
        (["a.html", "hn.json", "reddit.json"], ("a.html", "hn.json", "reddit.json"), None),
        (["export", "a.html", "-", "--to", "json"], ("a.html", "-"), None),
        (["search", "a.html", "hn.json", "600"], ("a.html", "hn.json"), "600"),
        (["search", "a.html", "https://hn.example/1", "hn.json"], ("a.html", "https://hn.example/1", "hn.json"), ""),
        (["search", "a.html", "600", "hn.json"], ("a.html",), "600 hn.json"),
        (["search", "a.html", "v1.2"], ("a.html",), "v1.2"),
        (["search", "a.html", "--", "hn.json"], ("a.html",), "hn.json"),
        ([], (), None),
    ],
)
def test_what_a_source_is(words: list[str], sources: tuple[str, ...], query: str | None) -> None:
    if query == "":
        with pytest.raises(UsageError, match="what to search for"):
            parse_arguments(words)
        return
    arguments = parse_arguments(words)
    assert (arguments.sources, arguments.query) == (sources, query)


@pytest.mark.parametrize("words", [["-", "-"], ["export", "-", "a.html", "-", "--to", "text"]])
def test_standard_input_is_read_once(words: list[str]) -> None:
    with pytest.raises(UsageError, match="only once"):
        parse_arguments(words)


def test_an_export_of_several_is_one_thread(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "a.html", "hn.json", "reddit.json", "--to", "json"]) == 0
    thread = json.loads(capsys.readouterr().out)
    assert thread["article"]["title"] == "How many will BMW build?"
    assert [comment["site"] for comment in thread["comments"]] == ["Hacker News"] * 3 + ["Reddit r/cars"] * 3


def test_a_search_goes_through_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "a.html", "hn.json", "reddit.json", "by:gabe"]) == 0
    assert [line.split(" · ")[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["gabe", "Hacker News"],
        ["gabe", "Reddit r/cars"],
    ]


def test_the_text_form_shows_the_discussions(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hn.json", "reddit.json"]) == 0
    printed = capsys.readouterr().out
    assert "4 comments in 2 discussions" in printed
    assert "https://news.ycombinator.com/item?id=100" in printed


def test_what_does_not_belong_together_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "a.html", "other.html", "--to", "text"]) == 0
    out, told = capsys.readouterr()
    assert "not about one page" in told
    assert "Another page" in out


def test_a_source_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["a.html", f"no{os.sep}where.json"]) == 1
    assert "where.json" in capsys.readouterr().err
