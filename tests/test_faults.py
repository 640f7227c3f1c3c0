"""Reports of faults: one sentence, and a file that says where the fault is and quotes nothing."""

from __future__ import annotations

import gc
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rumor_tui import faults
from tests.hostile.faulty import MARK, SECRET, recurse


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reports go."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RUMOR_TUI_DEBUG", raising=False)
    return tmp_path / "rumor-tui"


def caught(act: Callable[[], object]) -> BaseException:
    """What an action raises."""
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def quoting() -> None:
    """A fault with the page in its messages, its notes, its causes and its group."""
    page = SECRET * 2
    try:
        dict[str, int]()[page]
    except KeyError as error:
        group = ExceptionGroup(page, [ValueError(page), OSError(2, page, f"/home/reader/{MARK}.html")])
        group.add_note(page)
        raise group from error


def only_report(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_the_sentence_names_the_type_and_the_report_and_quotes_nothing(folder: Path) -> None:
    told = faults.report_fault(caught(lambda: int("text of a page \x1b[31m \ud800")))
    report = only_report(folder)
    assert "(ValueError)" in told
    assert str(report) in told
    assert "text of a page" not in told
    assert "Traceback" in report.read_text(encoding="utf-8")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_report_says_where_and_quotes_nothing(folder: Path) -> None:
    facts = faults.Facts("the interface", "ReaderScreen", ("search", "next_match"))
    faults.report_fault(caught(quoting), facts)
    text = only_report(folder).read_text(encoding="utf-8")
    assert MARK not in text
    assert "/home" not in text
    assert str(Path(__file__).parent) not in text
    assert all(kind in text for kind in ("ExceptionGroup", "ValueError", "ENOENT", "KeyError"))
    assert f"tests/test_faults.py:{quoting.__code__.co_firstlineno + 4} quoting" in text
    assert "screen: ReaderScreen" in text
    assert "last actions: search, next_match" in text
    assert "textual 8" in text


def test_code_that_lies_elsewhere_is_not_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / f"{MARK}.py"
    faults.report_fault(caught(lambda: exec(compile("1 / 0", str(file), "exec"))))
    text = only_report(folder).read_text(encoding="utf-8")
    assert "<elsewhere>:1 <module>" in text
    assert MARK not in text


def test_a_recursion_is_not_told_frame_by_frame(folder: Path) -> None:
    faults.report_fault(caught(recurse))
    text = only_report(folder).read_text(encoding="utf-8")
    assert "RecursionError" in text
    assert len(text.splitlines()) < faults.SHOWN_FRAMES + 30


def test_the_last_reports_are_kept_and_the_one_that_quoted_pages_goes(folder: Path) -> None:
    folder.mkdir()
    (folder / "crash.log").write_text(SECRET)
    (folder / "another.log").write_text("")
    told = [faults.report_fault(ValueError()) for _ in range(faults.KEPT_REPORTS + 2)]
    kept = sorted(folder.glob("crash*"))
    assert len(kept) == faults.KEPT_REPORTS
    assert all(any(str(path) in sentence for sentence in told[2:]) for path in kept)
    assert (folder / "another.log").exists()


def test_debugging_shows_the_traceback_and_writes_no_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMOR_TUI_DEBUG", "1")
    assert "Traceback" in faults.report_fault(caught(quoting))
    assert not folder.exists()


def refuse(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def exhaust(*_: object, **__: object) -> None:
    raise MemoryError


@pytest.mark.parametrize("fault", [refuse, exhaust])
@pytest.mark.parametrize("where", ["os.open", "os.fdopen", "pathlib.Path.mkdir"])
def test_a_report_that_cannot_be_written_is_no_further_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None], where: str
) -> None:
    monkeypatch.setattr(where, fault)
    told = faults.report_fault(caught(quoting))
    monkeypatch.undo()
    assert told.endswith("with what RUMOR_TUI_DEBUG=1 shows.")
    assert MARK not in told


def test_a_file_where_the_folder_should_be_is_no_further_failure(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert "RUMOR_TUI_DEBUG=1" in faults.report_fault(ValueError(SECRET))


def test_what_fails_in_a_thread_or_a_finaliser_is_told_instead_of_printed(capfd: pytest.CaptureFixture[str]) -> None:
    class Falling:
        def __del__(self) -> None:
            raise LookupError(SECRET)

    found: list[tuple[str, str]] = []
    before = threading.excepthook, sys.unraisablehook
    with faults.watched_faults(lambda error, where: found.append((type(error).__name__, where))):
        for act in (quoting, lambda: sys.exit(3)):
            thread = threading.Thread(target=act, name="worker")
            thread.start()
            thread.join()
        Falling()
        gc.collect()
    assert found == [("ExceptionGroup", "the thread worker"), ("LookupError", "a finaliser")]
    assert (threading.excepthook, sys.unraisablehook) == before
    assert MARK not in "".join(capfd.readouterr())


def test_names_are_cut_and_hold_no_more_than_names_do(folder: Path) -> None:
    kind = type(f"Odd{SECRET}\n", (Exception,), {})
    faults.report_fault(kind(), faults.Facts(f"{SECRET}\n" * 100, SECRET, [SECRET]))
    text = only_report(folder).read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 1000
    assert os.linesep * 3 not in text
