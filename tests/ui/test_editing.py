"""Writing in an editor of the reader's own: which one, its file, and the terminal before and after it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.database import open_for_reading
from rumor_tui.library_types import LibraryError
from rumor_tui.ui import editing
from rumor_tui.ui.editing import Edited
from tests.pseudo import pseudo
from tests.ui.helpers import FAMILY, thread_of


def test_the_editor_is_the_reader_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "code --wait 'a b'")
    monkeypatch.setenv("EDITOR", "vi")
    assert editing.editor_command() == ["code", "--wait", "a b"]
    monkeypatch.setenv("VISUAL", "'not closed")
    assert editing.editor_command() == ["vi"]
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", "/nowhere")
    assert editing.editor_command() == []


def test_there_is_a_file_that_nobody_else_can_read_and_none_afterwards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    edited = run_editor(monkeypatch, tmp_path, f'stat -c "%a %n" "$1" > {log}; printf "more\\n" >> "$1"')
    assert edited == Edited("so far\nmore\n")
    mode, name = log.read_text().split()
    assert mode == "600"
    assert not Path(name).exists()


@pytest.mark.parametrize("script", ['printf "more" >> "$1"; exit 3', "exit 3"])
def test_what_was_written_stays_when_the_editor_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    edited = run_editor(monkeypatch, tmp_path, script)
    assert edited.problem.startswith(f"{tmp_path / 'editor'} ended with 3; the text is in ")
    (kept,) = (tmp_path / "temporary").iterdir()
    assert str(kept) in edited.problem
    assert kept.read_text().startswith("so far\n")


def test_an_editor_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert editing.edit(Terminal(), "so far\n").problem.startswith("/no/such/editor could not be run: ")  # type: ignore[arg-type]


def test_where_there_is_no_editor_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "editor_command", list)
    assert "set EDITOR" in editing.edit(Terminal(), "").problem  # type: ignore[arg-type]


class Terminal:
    """An app that gives the terminal away."""

    def suspend(self) -> Terminal:
        """Give it away."""
        return self

    def __enter__(self) -> None:
        """It is away."""

    def __exit__(self, *error: object) -> None:
        """It is back."""


def run_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> Edited:
    """Edit a text in a shell script."""
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("VISUAL", str(editor))
    return editing.edit(Terminal(), "so far\n")  # type: ignore[arg-type]


# On a terminal

EDITOR = """\
#!/bin/sh
stty -a | grep -o -- '-\\?icanon' > "$LOG"
printf 'the editor has the terminal: '
read answer
printf '%s' "$answer" >> "$1"
exit "$CODE"
"""


def wait_for_thread(library: Path) -> None:
    """Wait until the library has taken in a thread; it may not be there yet."""
    end = monotonic() + 30
    while monotonic() < end:
        with suppress(LibraryError, sqlite3.Error), closing(open_for_reading(library)) as connection:
            if connection.execute("SELECT 1 FROM threads WHERE tree IS NOT NULL").fetchone() is not None:
                return
        sleep(0.05)
    raise AssertionError("The library took in no thread.")


@pytest.mark.parametrize(("code", "words"), [("0", b"Noted."), ("3", b"ended with 3; the text is in ")])
def test_the_terminal_is_the_editor_s_and_then_ours_again(tmp_path: Path, code: str, words: bytes) -> None:
    from rumor_tui import export

    page, editor, log = tmp_path / "page.json", tmp_path / "editor", tmp_path / "log"
    with page.open("w") as out:
        export.write(thread_of(FAMILY), "json", out)
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    env = {**folders, "VISUAL": str(editor), "LOG": str(log), "CODE": code, "TMPDIR": str(tmp_path)}
    with pseudo(["-m", "rumor_tui", str(page)], env=env, size=(160, 40)) as running:
        running.read_until(b"unread")
        wait_for_thread(tmp_path / "DATA" / "rumor-tui" / "library.sqlite3")
        ours = running.attributes()
        running.type(b"\x07")  # ctrl+g
        began = running.read_until(b"the editor has the terminal: ")
        assert running.output.rindex(b"\x1b[?1049l", 0, began) > running.output.rindex(b"\x1b[?1049h", 0, began)
        running.type(b"who says so?\n")
        there_again = running.read_until(b"\x1b[?1049h", began)
        running.read_until(words, there_again)
        assert log.read_text().strip() == "icanon"
        assert running.attributes() == ours
        running.type(b"q")
        assert running.wait() == 0
        assert running.attributes() == running.before
    with closing(open_for_reading(tmp_path / "DATA" / "rumor-tui" / "library.sqlite3")) as connection:
        texts = [one.text for one in annotations_of(connection, 1)]
    kept = [path.read_text() for path in tmp_path.glob("rumor-tui-note-*")]
    assert (texts, kept) == ((["who says so?"], []) if code == "0" else ([], ["\nwho says so?"]))
