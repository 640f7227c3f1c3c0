"""Terminals that are none, are odd, or say odd things; and streams that are closed, full, or lead nowhere."""

from __future__ import annotations

import fcntl
import re
import shlex
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.bench.programs import ROOT, SAMPLE_WORD, surroundings
from tests.hostile.endings import SMALL_PAGE, modes_left, started
from tests.pseudo import Pseudo, pseudo

COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(SMALL_PAGE, encoding="utf-8")
    return path


def command(page: Path, redirected: str = "") -> str:
    """The line for a shell that opens a page."""
    return f"{shlex.join([sys.executable, '-m', 'rumor_tui', '--no-library', str(page)])} {redirected}"


def in_shell(page: Path, home: Path, redirected: str) -> subprocess.CompletedProcess[bytes]:
    """The program without a terminal, with its streams redirected by a shell."""
    return subprocess.run(
        ["sh", "-c", command(page, redirected)],
        env={**surroundings(home), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        ("<&-", 0, ""),
        (">&-", 1, "Standard output is closed"),
        ("2>&-", 0, ""),
        ("<&- >&- 2>&-", 1, ""),
        (">/dev/full", 1, "Standard output could not be written: no space left on device."),
    ],
)
def test_a_stream_that_is_closed_or_full_is_a_sentence_at_most(
    page: Path, tmp_path: Path, redirected: str, code: int, said: str
) -> None:
    run = in_shell(page, tmp_path, redirected)
    assert run.returncode == code
    assert b"Traceback" not in run.stderr
    assert b"\x1b" not in run.stdout + run.stderr
    assert said in run.stderr.decode() if said else run.stderr == b""


def test_a_reader_of_the_output_that_goes_away_ends_the_program_quietly(page: Path, tmp_path: Path) -> None:
    page.write_text(SMALL_PAGE + "  Much.\n" * 50_000, encoding="utf-8")
    script = f"{{ {command(page)}; echo $? >&2; }} | head -c 10"
    run = subprocess.run(
        ["sh", "-c", script],
        env={**surroundings(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert run.stderr.decode().strip() == str(128 + signal.SIGPIPE)


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_be_drawn_on_gets_the_text(kind: str, page: Path, tmp_path: Path) -> None:
    with started(["-m", "rumor_tui", "--no-library", str(page)], tmp_path, env={"TERM": kind}) as running:
        assert running.wait() == 0
        assert b"\x1b" not in running.output
        assert b"footage" in running.output


ODD_ANSWERS = (
    b"\x1b[?2026;99999999999$y\x1b[?2026;$y\x1b[?2048;9$y\x1b[?1;2c\x1b[>0;999999999c\x1b[99999;99999R",
    b"\x1bP>|nonsense\x1b\\\x1b]11;rgb:zz/zz/zz\x07\x1b[48;0;0;0;0t\x1b[48;99999;99999;9;9t",
)


def set_size(running: Pseudo, columns: int, rows: int) -> None:
    """Give the terminal another size, of which the kernel tells the program."""
    fcntl.ioctl(running.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def test_without_colour_odd_answers_and_sizes_leave_a_program_that_ends(page: Path, tmp_path: Path) -> None:
    environment = {**surroundings(tmp_path), "NO_COLOR": "1", "TERM": "frobozz", "COLUMNS": "9999999", "LINES": "-5"}
    with pseudo(["-m", "rumor_tui", str(page)], env={**environment, "PYTHONPATH": str(ROOT)}) as running:
        running.read_until(SAMPLE_WORD.encode())
        for answer in ODD_ANSWERS:
            running.type(answer)
        for step in range(200):
            set_size(running, *((1, 1), (0, 0), (500, 300), (80, 24), (2, 24), (80, 2))[step % 6])
            running.drain()
        set_size(running, 100, 30)
        at = len(running.drain())
        set_size(running, 80, 24)
        running.read_until(SAMPLE_WORD.encode(), at)
        running.signal(signal.SIGTERM)  # some of the answers may have been taken for keys, and asked for something
        assert running.wait() == 128 + signal.SIGTERM
        assert running.attributes() == running.before
        assert modes_left(running.output) == []
        assert COLOURS.findall(running.output) == []
