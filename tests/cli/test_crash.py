from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rumor_tui.cli import crash


@pytest.fixture
def error() -> Exception:
    try:
        raise LookupError("text of a page \x1b[31m \ud800")
    except LookupError as raised:
        return raised


def test_the_sentence_names_the_type_and_the_log_but_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RUMOR_TUI_DEBUG", raising=False)
    told = crash.report_crash(error)
    log = tmp_path / "rumor-tui" / "crash.log"
    assert "(LookupError)" in told
    assert str(log) in told
    assert "text of a page" not in told
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_debugging_shows_the_traceback_and_writes_no_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("RUMOR_TUI_DEBUG", "1")
    assert "Traceback" in crash.report_crash(error)
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_is_no_further_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    (tmp_path / "rumor-tui").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RUMOR_TUI_DEBUG", raising=False)
    assert "RUMOR_TUI_DEBUG=1" in crash.report_crash(error)
