"""Addresses on the command line."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest

from rumor_tui.cli import main
from rumor_tui.model import Listing, Stub, Thread
from rumor_tui.settings import Settings
from tests.sources.server import ADDRESSES, Play


@pytest.fixture
def here(play: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of one's own, with a cache in it, and the platforms played."""
    monkeypatch.setenv("RUMOR_TUI_SITES", play.base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in ("Stack Exchange", "a forum")])
def test_export(play: Play, here: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["export", play.base + ADDRESSES[name], "--to", "text"]) == 0
    out, err = capfd.readouterr()
    assert "says" in out
    assert err == ""


def test_the_text_form_of_an_address(play: Play, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([f"{play.base}/page"]) == 0
    out, err = capfd.readouterr()
    assert "The page itself says 600." in out
    assert err == ""
    assert (here / "cache" / "rumor-tui" / "answers").is_dir()


def test_without_a_library_nothing_is_kept(play: Play, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--no-library", f"{play.base}/page"]) == 0
    out, err = capfd.readouterr()
    assert "The page itself says 600." in out
    assert err == ""
    assert not (here / "cache").exists()


def test_without_a_library_nothing_is_kept_of_what_is_opened_later(play: Play, here: Path) -> None:
    from rumor_tui.cli import services_for

    for _ in services_for(Settings(library=False)).open(f"{play.base}/page")(Event()):
        pass
    assert not (here / "cache").exists()


def test_the_settings_that_are_named_count_without_a_screen(
    play: Play, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "quiet.toml").write_text('linked = "never"', encoding="utf-8")
    assert main(["--config", "quiet.toml", f"{play.base}/hn/item?id=2900"]) == 0
    assert "Comment 1 says" in capfd.readouterr().out
    assert not any("/linked/" in path for path in play.seen)


def test_what_is_missing_is_said(play: Play, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([f"{play.base}/fault/cut"]) == 0
    out, err = capfd.readouterr()
    assert "says 600" in out
    assert err == "rumor-tui: 127.0.0.1 broke off in the middle. Try again later. What came of it (1 kB) is shown.\n"


def test_an_address_that_cannot_be_had(play: Play, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["export", f"{play.base}/fault/500", "--to", "json"]) == 1
    assert capfd.readouterr() == ("", "rumor-tui: 127.0.0.1 has an internal error (HTTP 500). Try again later.\n")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("file:///etc/passwd", "Give the path of a file by itself, without file: before it."),
        ("ftp://example.com/x", "ftp: addresses cannot be opened."),
        ("javascript:alert(1)", "javascript: addresses cannot be opened."),
        ("mailto:ann@example.com", "mailto: addresses cannot be opened."),
        ("gopher://example.com", "gopher: addresses cannot be opened."),
    ],
)
def test_other_schemes(here: Path, capfd: pytest.CaptureFixture[str], source: str, said: str) -> None:
    assert main([source]) == 2
    assert capfd.readouterr().err.startswith(f"rumor-tui: {said}")


@pytest.mark.parametrize("source", ["page.txt", "notes/page.txt", "12:30", "a:b", "x.md", "./example.com/x", "C:x"])
def test_what_is_no_address_is_a_file(here: Path, capfd: pytest.CaptureFixture[str], source: str) -> None:
    assert main([source]) == 1
    assert capfd.readouterr().err.startswith(f"rumor-tui: Cannot open {source}: there is no such file.")


@pytest.mark.parametrize("name", ["file:x", "example.com/x", "javascript:x"])
def test_a_file_of_that_name_is_opened(here: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    file = here / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("# A file\n\nof that name\n", encoding="utf-8")
    assert main([name]) == 0
    assert "of that name" in capfd.readouterr().out


def test_a_folder_of_a_hosts_name_is_a_folder(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "example.com").mkdir()
    assert main(["example.com/missing"]) == 1
    assert "there is no such file" in capfd.readouterr().err


def test_an_address_without_its_scheme(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rumor_tui import cli

    opened: list[str] = []

    def fetched(address: str, settings: Settings | None, show: object) -> Thread | Listing:
        opened.append(address)
        return cli._load(str(cli.sample()))

    monkeypatch.setattr(cli, "_load_address", fetched)
    assert main(["export", "news.ycombinator.com/item?id=1", "--to", "text"]) == 0
    assert opened == ["https://news.ycombinator.com/item?id=1"]


def test_all_openings_of_a_run_share_one_context(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Barrier
    from threading import Thread as Running

    from rumor_tui import cli, sources
    from rumor_tui.loading import Services

    asked: list[object] = []
    together = Barrier(4, timeout=60)

    def made(typed: str | None = None, *, keep: bool = True) -> object:
        asked.append(typed)
        return object()

    def given(known: object, linked: str) -> Services:
        return Services(lambda address: lambda stop: iter(()), lambda thread, stub: lambda stop: iter(()))

    monkeypatch.setattr(sources, "make_context", made)
    monkeypatch.setattr(sources, "make_services", given)
    services = cli.services_for(Settings())
    assert asked == []

    def opened() -> None:
        together.wait()
        list(services.open("https://example.com/")(Event()))
        list(services.more(cast("Any", None), Stub(-1, 1))(Event()))

    running = [Running(target=opened) for _ in range(4)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    assert asked == [None]
