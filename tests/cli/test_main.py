from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rumor_tui import __version__, cli, export
from rumor_tui.cli import console, progress, sample_thread
from rumor_tui.loading import Services
from rumor_tui.model import Article, Entry, Listing, SourceError, Thread
from rumor_tui.settings import Settings, SettingsError
from tests.pseudo import pseudo

PAGE = "A page of ours\n\nIt has a paragraph that says something about six hundred examples.\n"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, logs or library of whoever runs the tests."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path_factory.mktemp(variable)))
    monkeypatch.delenv("RUMOR_TUI_DEBUG", raising=False)


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    return str(file)


def run(words: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, without a terminal."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "rumor_tui", *words], capture_output=True, timeout=60, check=False, **options
    )


@pytest.mark.parametrize("words", [["--version"], ["--version", "--theme", "nord"]])
def test_the_version(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 0
    assert capsys.readouterr().out == f"rumor-tui {__version__}\n"


def test_the_version_needs_no_heavy_module() -> None:
    program = "import sys; from rumor_tui.cli import main; main(['--version']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert not {"argparse", "textual", "rumor_tui.readers", "rumor_tui.settings", "re"} & set(loaded.stdout.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--help"], "rumor-tui page.txt | less"), (["-h"], "--theme NAME"), (["export", "--help"], "--to FORMAT")],
)
def test_help(words: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")  # the help is as wide as the terminal that the tests happen to run in
    assert cli.main(words) == 0
    shown = capsys.readouterr().out
    assert told in shown
    assert "examples:" in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--unknown"], "--unknown"),
        (["-", "two", "-"], "only once"),
        (["--theme"], "expected one argument"),
        (["export"], "./export"),
        (["export", "page.txt"], "json, markdown, text or html"),
        (["export", "page.txt", "--to", "pdf"], "'pdf'"),
        (["export", "page.txt", "-o", "page.pdf"], "json, markdown, text or html"),
        (["--order", "best"], "choose from"),
        (["export", "page.txt", "--to", "text", "--order", "best"], "newest"),
        (["--\x1b[31m", "--\x1b]0;title\x07"], "␛]0;title␇"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_code_2(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert told in shown.err
    assert shown.err.count("\n") == 1
    assert "\x1b" not in shown.err


def test_without_a_terminal_the_text_form_is_printed(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([page]) == 0
    assert "six hundred examples" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["missing.txt", "\x1b[31mred.txt", "new\nline.txt", ""])
def test_a_source_that_cannot_be_read_is_one_sentence_and_code_1(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main([name]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("rumor-tui: Cannot open ")
    assert shown.err.count("\n") == 1
    assert "\x1b" not in shown.err


@pytest.mark.parametrize("words", [[], ["-"]])
def test_standard_input_is_read(words: list[str]) -> None:
    ended = run(words, input=PAGE.encode())
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"six hundred examples" in ended.stdout


def test_a_file_called_export_is_reached_by_its_path(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(page).rename("export")
    assert cli.main(["./export"]) == 0
    assert "six hundred" in capsys.readouterr().out


@pytest.mark.parametrize("to", export.FORMATS)
def test_export_to_standard_output(to: str, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", page, "--to", to]) == 0
    assert "six hundred examples" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["json", "JSON", "md", "txt", "html"])
def test_the_ending_of_a_file_tells_the_form(ending: str, page: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{ending}"
    assert cli.main(["export", page, "-o", str(file)]) == 0
    assert "six hundred examples" in file.read_text(encoding="utf-8")


def test_what_is_exported_as_json_is_json(page: str, tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    assert cli.main(["export", page, "--to", "json", "-o", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))


def test_json_tells_whom_comments_answer(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert cli.main(["export", str(cli.sample()), "-o", str(file)]) == 0
    comments = json.loads(file.read_text(encoding="utf-8"))["comments"]
    told = {comment["index"]: comment["reply_to"] for comment in comments if "reply_to" in comment}
    assert {row: (reply["index"], reply["evidence"]) for row, reply in told.items()} == {
        2: (1, "name"),
        4: (2, "quote"),
        5: (3, "name"),
    }


def test_an_export_that_cannot_be_written_is_one_sentence_and_code_1(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", page, "-o", str(tmp_path / "missing" / "out.md")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_had_enough_is_no_failure(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(PAGE * 20_000)
    program = [sys.executable, "-m", "rumor_tui", str(file)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 128 + signal.SIGPIPE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["-"]])
def test_a_full_disk_is_one_sentence_and_code_1(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "rumor_tui", *words],
            input=PAGE.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr == b"rumor-tui: Standard output could not be written: no space left on device.\n"


def test_settings_that_cannot_be_used_are_one_sentence_and_code_2(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("indent = 99")
    assert cli.main(["--config", str(config), page]) == 2
    assert capsys.readouterr().err == f'rumor-tui: "indent" in {config} must be a whole number from 1 to 8.\n'


def test_a_fault_of_our_own_is_one_sentence_and_code_70(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("text of the page")

    monkeypatch.setattr(export, "write", fail)
    assert cli.main([page]) == 70
    shown = capsys.readouterr().err
    assert "(ZeroDivisionError)" in shown
    assert "text of the page" not in shown
    assert shown.count("\n") == 1


def test_ctrl_c_ends_quietly(page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "write", interrupt)
    assert cli.main([page]) == 130
    assert capsys.readouterr().err == ""


def test_the_sample_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.sample().is_file()
    for place in ("package/seeds", "seeds"):
        monkeypatch.setattr(sample_thread, "__file__", str(tmp_path / "package" / "cli" / "__init__.py"))
        file = tmp_path / place / sample_thread.SAMPLE
        file.parent.mkdir(parents=True)
        file.touch()
        assert cli.sample() == file
        file.unlink()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Thread, Settings]]:
    """What the app was given to show, with a stand-in for the app and for the terminal."""
    from contextlib import nullcontext

    from rumor_tui import terminal
    from rumor_tui.ui import app

    given: list[tuple[Thread, Settings]] = []

    def run_app(thread: Thread, settings: Settings, services: Services, **_: object) -> int:
        given.append((thread, settings))
        if settings.theme == "none such":
            raise SettingsError("There is no such theme.")
        return 5

    monkeypatch.setattr(app, "run_app", run_app)
    monkeypatch.setattr(terminal, "terminal_streams", nullcontext)
    monkeypatch.setattr(console, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    return given


def test_on_a_terminal_the_app_opens_and_gives_the_exit_code(page: str, shown: list[tuple[Thread, Settings]]) -> None:
    assert cli.main(["--theme", "nord", page]) == 5
    thread, settings = shown[0]
    assert thread.source or thread.article.title
    assert settings == Settings(theme="nord")


def test_without_a_source_the_sample_opens(shown: list[tuple[Thread, Settings]]) -> None:
    assert cli.main([]) == 5
    assert shown[0][0].article.title == "BMW 1M Production Rumors"


def test_without_a_source_the_library_is_shown_once_there_is_something_in_it(
    shown: list[tuple[Thread, Settings]], page: str
) -> None:
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.readers import as_thread, read_path

    keeper = Keeper()
    keeper.record(as_thread(read_path(page)))
    keeper.close()
    assert cli.main([]) == 5
    assert cli.main(["--no-library"]) == 5
    assert cli.main(["library"]) == 5
    assert [content is None for content, _ in shown] == [True, False, True]


def test_a_setting_that_the_app_refuses_is_code_2(
    page: str, shown: list[tuple[Thread, Settings]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--theme", "none such", page]) == 2
    assert capsys.readouterr().err == "rumor-tui: There is no such theme.\n"


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_dumb_terminal_gets_the_text_form(
    term: str | None,
    page: str,
    shown: list[tuple[Thread, Settings]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if term is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", term)
    assert cli.main([page]) == 0
    assert shown == []
    assert "six hundred examples" in capsys.readouterr().out


class Screen(io.StringIO):
    """A standard stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


def large_file(folder: Path) -> Path:
    """A file that is large by its size and small on the disk."""
    file = folder / "large \x1b[31m file.txt"
    with file.open("wb") as out:
        out.truncate(540_000_000)
    return file


def test_the_wait_for_a_large_file_is_announced_and_the_line_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rumor_tui import readers

    during: list[str] = []
    screen = Screen()

    def load(_: str) -> Thread:
        during.append(screen.getvalue())
        return Thread(article=Article(), parent=array("i"), authors=[], bodies=[], lengths=[])

    monkeypatch.setattr(readers, "read_path", load)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((80, 24)))
    assert cli.main([str(large_file(tmp_path))]) == 0
    assert during == ["Reading large ␛[31m file.txt (540 MB) …"]
    assert screen.getvalue() == during[0] + "\r" + " " * len(during[0]) + "\r"


@pytest.mark.parametrize("columns", [1, 10, 21, 30])
def test_the_announcement_never_takes_a_second_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr(sys, "stderr", Screen())
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    assert len(progress._notice(str(large_file(tmp_path)))) < columns


def announced_while(source: str, seen: list[str], screen: Screen, ready: Callable[[], bool]) -> None:
    with progress.announce_wait(source):
        for _ in range(1000):
            if ready():
                break
            time.sleep(0.01)
        seen.append(screen.getvalue())


def test_a_small_file_is_announced_only_when_it_is_waited_for(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, seen = Screen(), list[str]()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((80, 24)))
    monkeypatch.setattr(progress, "ANNOUNCE_AFTER", 1000.0)
    announced_while(page, seen, screen, lambda: True)
    assert seen == [""] and screen.getvalue() == ""
    monkeypatch.setattr(progress, "ANNOUNCE_AFTER", 0.0)
    announced_while("-", seen, screen, lambda: bool(screen.getvalue()))
    assert seen[1] == "Reading standard input …"
    assert screen.getvalue() == seen[1] + "\r" + " " * len(seen[1]) + "\r"


def test_a_page_from_a_pipe_opens_and_takes_keys(page: str) -> None:
    with Path(page).open() as source:
        streams = {0: source.fileno()}
        with pseudo(["-m", "rumor_tui", "-"], streams=streams) as running:
            running.read_until(b"A page of ours")
            running.type(b"q")
            assert running.wait() == 0
            assert running.attributes() == running.before


def test_without_a_controlling_terminal_a_pipe_cannot_be_shown() -> None:
    with (
        Path("/dev/null").open() as nothing,
        pseudo(["-m", "rumor_tui", str(cli.sample())], streams={0: nothing.fileno()}, controlling=False) as running,
    ):
        running.read_until(b"There is no terminal to take keys from.")
        assert running.wait() == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1])
def test_a_signal_ends_the_program_and_leaves_the_terminal_as_it_was(page: str, number: int) -> None:
    with pseudo(["-m", "rumor_tui", page]) as running:
        running.read_until(b"A page of ours")
        running.signal(number)
        assert running.wait() == 128 + number
        assert running.attributes() == running.before
        assert running.output.rfind(b"\x1b[?1049l") > running.output.rfind(b"\x1b[?1049h")


def test_a_list_of_threads_is_shown_as_one_and_printed_as_its_titles(
    page: str,
    shown: list[tuple[Thread, Settings]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from rumor_tui import readers

    def _none(entry: int) -> Thread:
        raise SourceError("Nobody opens it.")

    listing = Listing("A mailbox", [Entry("First", "ann", comments=3), Entry("Second")], _none)
    monkeypatch.setattr(readers, "read_path", lambda source: listing)
    assert cli.main([page]) == 5
    assert shown[0][0] is listing  # type: ignore[comparison-overlap]
    monkeypatch.setenv("TERM", "dumb")
    assert cli.main([page]) == 0
    printed = capsys.readouterr().out
    assert [word in printed for word in ("A mailbox", "ann", "First · 3 comments", "Second")] == [True] * 4
