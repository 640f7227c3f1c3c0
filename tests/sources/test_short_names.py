"""Short names of lists: what each stands for, what the help says of them, and what the command line makes of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.cli import main
from rumor_tui.cli.arguments import SHORT_NAMES, UsageError, web_address
from rumor_tui.sources.addresses import platform_name
from rumor_tui.sources.config import SITES_VARIABLE, Sites
from rumor_tui.sources.fetch import origin_of
from rumor_tui.sources.platforms import PLATFORMS
from rumor_tui.sources.short_names import expand_short_name, explain_misspelt, short_name_table
from tests.sources.server import Play

KNOWN = {
    "hn": "https://news.ycombinator.com/",
    "hn/new": "https://news.ycombinator.com/newest",
    "hn/newest": "https://news.ycombinator.com/newest",
    "hn/best": "https://news.ycombinator.com/best",
    "hn/ask": "https://news.ycombinator.com/ask",
    "hn/show": "https://news.ycombinator.com/show",
    "lobsters": "https://lobste.rs/",
    "lobsters/python": "https://lobste.rs/t/python",
    "lobsters/python,web": "https://lobste.rs/t/python,web",
    "lobsters/c++": "https://lobste.rs/t/c%2B%2B",
    "r/python": "https://www.reddit.com/r/python/",
    "r/a+b": "https://www.reddit.com/r/a%2Bb/",
    "r/python/top": "https://www.reddit.com/r/python/top/",
    "r/python/hot": "https://www.reddit.com/r/python/hot/",
    "lemmy.world/c/cars": "https://lemmy.world/c/cars",
    "lemmy.world/c/cars@lemmy.ml": "https://lemmy.world/c/cars@lemmy.ml",
    "meta.discourse.org/latest": "https://meta.discourse.org/latest",
    "mastodon.social/tags/cars": "https://mastodon.social/tags/cars",
    "mastodon.social/tags/café": "https://mastodon.social/tags/caf%C3%A9",
    "bsky/cars": "https://bsky.app/hashtag/cars",
    "so/python": "https://stackoverflow.com/questions/tagged/python",
    "so/c#": "https://stackoverflow.com/questions/tagged/c%23",
    "so/c++": "https://stackoverflow.com/questions/tagged/c%2B%2B",
    "gh/o/r.js": "https://github.com/o/r.js/issues",
}
NONE = ["", "hnx", "hn/", "hn/nwe", "r", "r/", "r/a/b/c", "r/../x", "gh/o", "page.txt", "notes/page.txt", "-", "so/a b"]


@pytest.mark.parametrize("word", KNOWN)
def test_what_a_short_name_stands_for(word: str) -> None:
    address = expand_short_name(word, Sites())
    assert address == KNOWN[word]
    platform = next(p for p in PLATFORMS for name in p.short_names if re.fullmatch(name.pattern, word))
    assert platform_name(address or "", Sites()) == platform.name
    assert platform.lists


@pytest.mark.parametrize("word", NONE)
def test_what_is_no_short_name(word: str) -> None:
    assert expand_short_name(word, Sites()) is None


@pytest.mark.parametrize("word", KNOWN)
def test_on_a_server_that_plays_the_sites(word: str) -> None:
    sites = Sites("http://127.0.0.1:8123")
    address = expand_short_name(word, sites) or ""
    assert origin_of(address) == ("127.0.0.1", 8123)
    assert platform_name(address, sites) == platform_name(KNOWN[word], Sites())


@given(st.text(max_size=60))
def test_any_word_is_a_short_name_or_not(word: str) -> None:
    address = expand_short_name(word, Sites())
    assert address is None or address.isascii()
    assert explain_misspelt(word) is None or "\n" not in word


def test_every_platform_with_short_names_has_lists_of_them() -> None:
    named = [name for platform in PLATFORMS for name in platform.short_names]
    assert {platform.name for platform in PLATFORMS if platform.lists} == set(short_name_table())
    for name in named:
        assert any(re.fullmatch(name.pattern, word) for word in KNOWN), name.words


def test_the_help_names_what_there_is() -> None:
    rows = [re.split(r"\s{3,}", line.strip()) for line in SHORT_NAMES.splitlines()]
    assert {platform: names.split("  ") for names, platform in rows} == short_name_table()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("hn/nwe", "hn/nwe is neither a file nor a short name. Near it: hn/new, hn/best, hn/ask, hn/show. "),
        ("lobster", "lobster is neither a file nor a short name. Near it: lobsters. "),
        ("gh/o", "gh/o is neither a file nor a short name. Near it: gh/OWNER/REPO. "),
    ],
)
def test_a_misspelt_one_is_one_sentence_with_what_is_near(
    word: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([word]) == 2
    assert capfd.readouterr().err == f"rumor-tui: {said}See rumor-tui --help.\n"


def test_a_file_of_that_name_is_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hn").write_text("# A file\n\nof that name\n", encoding="utf-8")
    assert main(["hn"]) == 0
    assert "of that name" in capfd.readouterr().out


def test_a_short_name_is_an_address_for_all_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SITES_VARIABLE, raising=False)
    assert web_address("r/python") == "https://www.reddit.com/r/python/"
    assert web_address("notes") is web_address("notes/page.txt") is None
    with pytest.raises(UsageError):
        web_address("r/python/topp")


def test_a_front_page_is_printed(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SITES_VARIABLE, play.base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert main(["hn"]) == 0
    out, err = capfd.readouterr()
    assert out.startswith("Hacker News\n")
    assert "#2 cleo · 2011-03-08 10:00 · 6 points\n  Thread 2 says 14 · 2 comments · example.com\n" in out
    assert f"{play.base}/hn/item?id=9002" in out
    assert err == ""


def test_a_file_and_the_help_load_no_sources(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("# A page\n", encoding="utf-8")
    code = (
        "import sys; from rumor_tui.cli import main; "
        f"main([{str(page)!r}]); main(['--help']); "
        "sys.exit(any(name.startswith('rumor_tui.sources') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
