"""`rumor-tui discussions`: what is printed, of which page, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui import cli
from rumor_tui.cli import discussions
from rumor_tui.model import Entry
from tests.pseudo import pseudo
from tests.sources.play_discussions import SEARCHES
from tests.sources.server import Play, playing

HOUR = 3600.0


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Play]:
    """The platforms, played, and a folder of one's own with a cache in it."""
    with playing() as server:
        monkeypatch.setenv("RUMOR_TUI_SITES", server.base)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.chdir(tmp_path)
        yield server


HN = "https://news.ycombinator.com/item?id=1"
LOBSTERS = "https://lobste.rs/s/abc"
TALK = "https://en.wikipedia.org/wiki/Talk:A"
LONG = f"{'long ' * 13}title"


def entries() -> list[Entry]:
    title, now = "Six hundred\x1b[31m cars", time.time()
    return [
        Entry(title, "bob", now - 2 * HOUR, None, 1000, HN, "", 99, "Hacker News", "https://example.com/a"),
        Entry("六百", None, None, "in March", 1, LOBSTERS, "", 1, "Lobsters"),
        Entry(LONG, None, 86400.0, None, None, TALK, site="Wikipedia"),
    ]


def test_lines_for_a_terminal_are_aligned() -> None:
    out = io.StringIO()
    discussions.write_lines(entries(), out, aligned=True)
    assert out.getvalue().splitlines() == [
        f"Hacker News  1,000 comments  99 points  2 h       {'Six hundred␛[31m cars':60}  {HN}",
        f"Lobsters          1 comment    1 point  in March  六百{' ' * 56}  {LOBSTERS}",
        f"Wikipedia                               {years():8}  {LONG}  {TALK}",
    ]


def years() -> str:
    return f"{int((time.time() - 86400) // (365.25 * 86400))} years"


def test_fields_for_a_pipe_are_separated_by_tabs() -> None:
    out = io.StringIO()
    discussions.write_lines(entries()[1:], out, aligned=False)
    assert out.getvalue() == (
        f"Lobsters\t1\t1\tin March\t六百\t{LOBSTERS}\nWikipedia\t\t\t1970-01-02T00:00:00Z\t{LONG}\t{TALK}\n"
    )


def test_nothing_is_written_of_nothing() -> None:
    out = io.StringIO()
    discussions.write_lines([], out, aligned=True)
    discussions.write_lines([], out, aligned=False)
    assert out.getvalue() == ""


def test_json_is_one_array() -> None:
    out = io.StringIO()
    discussions.write_json(entries(), out)
    found = json.loads(out.getvalue())
    assert found[1] == {
        "site": "Lobsters", "title": "六百", "author": None, "comments": 1, "points": 1, "date": None,
        "address": LOBSTERS, "page": None,
    }  # fmt: skip
    assert found[0]["page"] == "https://example.com/a"
    assert found[2]["date"] == "1970-01-02T00:00:00Z"


def test_the_discussions_of_a_page(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", f"{play.base}/article?utm_source=x"]) == 0
    out, err = capfd.readouterr()
    rows = [line.split("\t") for line in out.splitlines()]
    assert {len(row) for row in rows} == {6}
    assert rows[0] == [
        "Hacker News", "1000", "99", "2011-03-08T12:00:00Z", "Six hundred cars", f"{play.base}/hn/item?id=2900",
    ]  # fmt: skip
    comments = [int(row[1] or 0) for row in rows]
    assert comments == sorted(comments, reverse=True)
    assert (len(rows), err) == (14, "")


def test_as_json(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", f"{play.base}/article", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert len(found) == 14
    assert {one["site"] for one in found} >= {"Hacker News", "Reddit r/cars", "Lemmy lemmy.example", "GitHub o/r"}


def test_of_a_discussion_those_of_its_page(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", f"{play.base}/hn/item?id=2900"]) == 0
    assert f"{play.base}/lobsters/s/abc123" in capfd.readouterr().out
    assert len([path for path in play.seen if path.startswith("/hn-api/")]) < 500


def test_of_a_saved_page_those_of_its_canonical_address(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    page = (
        f'<!doctype html><link rel="canonical" href="{play.base}/article"><article><h1>Cars</h1><p>{"Text. " * 60}</p>'
    )
    Path("page.html").write_text(page, encoding="utf-8")
    assert cli.main(["discussions", "page.html"]) == 0
    assert f"{play.base}/lobsters/s/abc123" in capfd.readouterr().out


def test_who_does_not_answer_is_told(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    play.faults[SEARCHES["Lobsters"]] = ("500", 9)
    assert cli.main(["discussions", f"{play.base}/article"]) == 0
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 13
    assert err == "rumor-tui: No full answer from Lobsters (127.0.0.1 has an internal error (HTTP 500)).\n"


def test_nothing_found_is_code_1(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", f"{play.base}/page"]) == 1
    assert capfd.readouterr() == ("", "rumor-tui: None of the 10 that answered knows a discussion of this page.\n")
    assert cli.main(["discussions", f"{play.base}/page", "--json"]) == 1
    assert json.loads(capfd.readouterr().out) == []


def test_nobody_to_ask_is_code_1(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    Path("notes.txt").write_text("Six hundred cars.\n", encoding="utf-8")
    assert cli.main(["discussions", "notes.txt"]) == 1
    out, err = capfd.readouterr()
    assert (out, play.seen) == ("", [])
    assert err.startswith("rumor-tui: This has no address on the web that others could discuss.")
    assert cli.main(["discussions", "absent.html"]) == 1
    assert "there is no such file" in capfd.readouterr().err


@pytest.mark.parametrize("words", [[], ["--wrong", "x"], ["a", "b"], ["file:///etc/passwd"]])
def test_a_wrong_command_line_is_code_2(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", *words]) == 2
    out, err = capfd.readouterr()
    assert out == "" and err.startswith("rumor-tui: ")


def test_help_tells_what_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discussions", "--help"]) == 0
    out = capfd.readouterr().out
    assert "usage: rumor-tui discussions PAGE" in out and max(map(len, out.splitlines())) <= 80


def test_on_a_terminal_the_lines_are_aligned(play: Play) -> None:
    with pseudo(["-m", "rumor_tui", "discussions", f"{play.base}/article"], env=dict(os.environ)) as running:
        running.read_until(b"1,000 comments  99 points")
        assert running.wait() == 0


def test_every_platform_that_is_asked_is_in_the_manual() -> None:
    from rumor_tui.docs import read_page
    from rumor_tui.sources.platforms import PLATFORMS

    rows = [line for line in read_page("discussions").splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0][2:] for row in rows[2:]] == [row.name for row in PLATFORMS if row.find]
