"""`rumor-tui follow`, `unfollow`, `refresh` and `new`, with files and with a played server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rumor_tui import cli
from rumor_tui.cli.arguments import UsageError
from rumor_tui.cli.library.news import moment_of
from tests.sources.server import Play, playing


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    with playing() as server:
        monkeypatch.setenv("RUMOR_TUI_SITES", server.base)
        yield server


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(list(words))
        out, err = capsys.readouterr()
        return code, out, err

    return run


def page(path: Path, comments: Sequence[str]) -> Path:
    """A thread in our own Markdown."""
    rows = "\n".join(f"- **ann** · #{n}\n\n  {text}\n" for n, text in enumerate(comments, 1))
    path.write_text(f"# Six hundred cars\n\nHow many?\n\n## {len(comments)} comments\n\n{rows}", encoding="utf-8")
    return path


def test_nothing_is_followed_and_nothing_new(run: Run) -> None:
    assert run("new") == (1, "", "")
    code, out, err = run("follow")
    assert (code, out) == (0, "")
    assert "Nothing is followed yet." in err
    assert run("refresh")[1].startswith("Nothing is followed yet.")


def test_a_file_is_followed_and_its_new_comments_are_printed(run: Run, tmp_path: Path) -> None:
    path = page(tmp_path / "thread.md", ["one", "two"])
    assert run("follow", "thread.md") == (0, "Followed: Six hundred cars\n", "")
    code, out, _ = run("follow")
    kind, loaded, title, address, problem = out.rstrip("\n").split("\t")
    assert (code, kind, title, address, problem) == (0, "thread", "Six hundred cars", str(path), "")
    assert loaded
    age_library(tmp_path)
    page(path, ["one", "two", "three\x1b[31m is new"])
    assert run("refresh") == (0, "1 of 1 loaded · 1 new comment.\n", "")
    code, out, _ = run("new")
    assert code == 0
    fields = out.rstrip("\n").split("\t")
    assert fields[1:3] == ["ann", "Six hundred cars"]
    assert fields[4].startswith("three")
    assert "\x1b" not in out
    code, out, _ = run("new", "--json")
    found = json.loads(out)
    assert (found["author"], found["title"]) == ("ann", "Six hundred cars")
    assert run("new", "--since", "2w")[0] == 0


def age_library(folder: Path) -> None:
    """The library was written an hour ago, since it counts in whole seconds."""
    import sqlite3

    (path,) = (folder / "XDG_DATA_HOME").rglob("library.sqlite3")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE threads SET added = added - 3600")
        connection.execute("UPDATE comments SET first_seen = first_seen - 3600")
    connection.close()


def test_what_is_not_there_is_not_followed(run: Run, tmp_path: Path) -> None:
    code, out, err = run("follow", "nothing.md")
    assert (code, out) == (1, "")
    assert "nothing.md is neither a file nor an address." in err
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    code, _, err = run("follow", "broken.json")
    assert code == 1
    assert "broken.json: " in err
    assert run("follow")[1] == ""


def test_a_file_that_goes_away_is_a_problem_that_is_listed(run: Run, tmp_path: Path) -> None:
    path = page(tmp_path / "thread.md", ["one"])
    run("follow", "thread.md")
    path.unlink()
    code, out, err = run("refresh")
    assert code == 1
    assert out == "1 of 1 loaded · nothing new. 1 problem: see what is followed.\n"
    assert f"{path}: " in err
    assert "thread.md" in run("follow")[1].split("\t")[4]


def test_no_more_followed(run: Run, tmp_path: Path) -> None:
    page(tmp_path / "thread.md", ["one"])
    run("follow", "thread.md")
    assert run("unfollow", "thread.md") == (0, "Not followed any more: Six hundred cars\n", "")
    code, out, err = run("unfollow", "thread.md")
    assert (code, out) == (1, "")
    assert "thread.md is not followed." in err
    assert run("unfollow")[0] == 2
    assert "usage: rumor-tui unfollow" in run("unfollow", "--help")[1]


def test_opml_in_and_out(run: Run, tmp_path: Path) -> None:
    outlines = '<outline text="A"><outline type="rss" text="Cars" xmlUrl="https://cars.example/feed.xml"/></outline>'
    (tmp_path / "mine.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    assert run("follow", "mine.opml")[:2] == (0, "1 of mine.opml followed. rumor-tui refresh loads them.\n")
    page(tmp_path / "thread.md", ["one"])
    run("follow", "thread.md")
    code, out, err = run("follow", "--opml")
    assert code == 0
    assert 'xmlUrl="https://cars.example/feed.xml"' in out
    assert "thread.md" not in out
    assert "1 file left out" in err
    assert run("follow", "--opml", "-o", "out.opml")[0] == 0
    assert (tmp_path / "out.opml").read_text(encoding="utf-8") == out
    run("unfollow", "https://cars.example/feed.xml")
    assert run("follow", "out.opml")[0] == 0
    assert "https://cars.example/feed.xml" in run("follow")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("follow", "--opml", "thread.md"), "takes no ADDRESS"),
        (("follow", "-o", "x.opml"), "-o is the file for --opml"),
        (("new", "--since", "soon"), "--since soon is no time"),
        (("follow", "ftp://example.com/"), "ftp: addresses cannot be opened"),
    ],
)
def test_wrong_words_are_told(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_front_page_is_followed_and_brings_its_threads(run: Run, played: Play) -> None:
    code, out, err = run("follow", f"{played.base}/lobsters/")
    assert (code, err) == (0, "")
    assert out.startswith("Followed: ")
    assert run("follow")[1].startswith("list\t")
    code, out, _ = run("new")
    assert code == 0
    assert all(" · from " in line.split("\t")[4] for line in out.splitlines())
    before = len(played.seen)
    assert "nothing new" in run("refresh")[1]
    assert len(played.seen) - before < 5  # threads that are known are not asked for again


def test_opml_without_feeds_is_refused_before_anything_is_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_text('<opml><body><outline text="A" xmlUrl="https://h.test/"/></body></opml>', "utf-8")
    (tmp_path / "b.opml").write_text('<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>', "utf-8")
    code, out, err = run("follow", "a.opml", "b.opml")
    assert (code, out) == (1, "")
    assert "b.opml names no address on the web." in err
    assert run("follow")[1] == ""


def test_what_was_followed_on_a_host_of_ones_own_is_loaded_from_there_again(run: Run) -> None:
    with playing() as server:  # not the sites in use: just a server on this machine
        code, out, err = run("follow", f"{server.base}/page")
        assert (code, err) == (0, ""), err
        code, out, err = run("refresh")
        assert (code, out) == (0, "1 of 1 loaded · nothing new.\n"), err


def test_what_only_a_list_names_on_a_host_of_ones_own_is_not_asked_for(run: Run, tmp_path: Path) -> None:
    with playing() as server:
        outline = f'<outline text="A" type="rss" xmlUrl="{server.base}/page"/>'
        (tmp_path / "a.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>', encoding="utf-8")
        assert run("follow", "a.opml")[0] == 0
        code, _, err = run("refresh")
        assert code == 1
        assert "an address of this machine or of a private network" in err
        assert server.seen == []
        assert run("refresh", f"{server.base}/page")[0] == 0
        assert run("refresh")[0] == 0


def test_moments() -> None:
    assert moment_of("90min", 10_000.0) == 4_600.0
    assert moment_of("2d", 200_000.0) == 27_200.0
    assert moment_of("1970-01-03T00:00:00+00:00", 0.0) == 172_800.0
    for words in ("", "yesterday", "5", "d", "-3d", "99999-01-01"):
        with pytest.raises(UsageError, match="is no time"):
            moment_of(words, 0.0)
