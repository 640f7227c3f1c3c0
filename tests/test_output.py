from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from rumor_tui.output import OutputError, write_file, write_standard_output
from rumor_tui.text import neutralise


def hello(out: TextIO) -> None:
    out.write("héllo\n")


def broken(out: TextIO) -> None:
    out.write("half")
    out.flush()
    raise LookupError("in the middle")


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_file(str(tmp_path / "page"), hello)
    assert (tmp_path / "page").read_bytes() == "héllo\n".encode()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_failure_keeps_what_was_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_text("before")
    with pytest.raises(LookupError):
        write_file(str(file), broken)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_permissions_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_text("before")
    file.chmod(0o640)
    write_file(str(file), hello)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    link, file = tmp_path / "link", tmp_path / "page"
    file.write_text("before")
    link.symlink_to(file)
    write_file(str(link), hello)
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "héllo\n"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_file(str(pipe), hello)
        assert reader.communicate()[0] == "héllo\n".encode()
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["", "missing/page", "nul\0", "x" * 300])
def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as raised:
        write_file(f"{tmp_path}/{name}", hello)
    assert str(raised.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_a_loop_of_links_is_told_in_a_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(OutputError):
        write_file(str(loop), hello)


def test_being_told_to_stop_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_text("before")
    program = """
import os, signal, sys
from rumor_tui.output import write_file
def write(out):
    out.write("half")
    os.kill(os.getpid(), signal.SIGTERM)
    while True:
        pass
write_file(sys.argv[1], write)
"""
    ended = subprocess.run([sys.executable, "-c", program, file], timeout=60, check=False)
    assert ended.returncode == 143
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "before"


def test_what_the_encoding_cannot_say_becomes_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert write_standard_output(hello) == 0
    assert raw.getvalue() == b"h?llo\n"


def test_an_encoding_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert write_standard_output(hello, encoding="utf-8") == 0
    assert raw.getvalue() == "héllo\n".encode()


def test_a_closed_standard_output_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="closed"):
        write_standard_output(hello)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_neutral_text_in_whatever_pieces_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a\x1b]2;x\x07\n\u202e" + "b\u0301\u0301\u0301\u0301\x9b2J 👩\u200d👧\ttab\rx\nlast \x1b"
    for size in (1, 2, 5, 100):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert write_standard_output(lambda out, given=pieces: out.writelines(given)) == 0  # type: ignore[misc]
        assert terminal.getvalue() == neutralise(text)


def test_what_is_no_terminal_gets_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    write_standard_output(lambda out: out.writelines(["👩\u200d👧\n"]))
    assert pipe.getvalue() == "👩\u200d👧\n"
