"""The harness sees what a terminal would show, knows paint from what is not, and leaves no process behind."""

from __future__ import annotations

import sys
from pathlib import Path
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.programs import surroundings
from tests.bench.report import Row, cells, percentile, table
from tests.bench.screen import Chunk, Replay, Tokens, painted_at, painting_moments
from tests.bench.searching import total_on
from tests.bench.terminal import Ended, Terminal, process_tree

PATIENCE = 60.0
"""Seconds that what certainly comes may take on a busy machine."""

KEYS = """
import os, shutil, signal, sys, tty
tty.setraw(0)
def show(text):
    sys.stdout.write(text)
    sys.stdout.flush()
def resized(*_):
    size = os.get_terminal_size(0)
    show(f"size {size.columns}x{size.lines};")
signal.signal(signal.SIGWINCH, resized)
show("ready;")
while True:
    key = os.read(0, 1).decode()
    if key == "q":
        sys.exit(5)
    show({"m": "\\x1b[?2026h\\x1b[?2026l", "c": "\\x1b[2;3H\\x1b[1m"}.get(key, f"<{key}>"))
"""
"""A program that echoes its keys, changes modes on `m`, moves the cursor on `c`, and ends with 5 on `q`."""


def python(code: str, home: Path, columns: int = 40, rows: int = 8) -> Terminal:
    return Terminal([sys.executable, "-c", code], environment=surroundings(home), columns=columns, rows=rows)


def gone(pid: int) -> bool:
    """Whether the process ends within a minute (a zombie that another process must bury has ended)."""
    for _ in range(6000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        sleep(0.01)
    return False


def chunk(data: bytes, at: float = 0.0) -> Chunk:
    return Chunk(at, data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[?2026h\x1b[?2026l",
        b"\x1b[?2026$p\x1b[>1u\x1b[?1004h",
        b"\x1b[5;7H\x1b[1;31m\x1b(B\x1b7\x1b8",
        b"\x1b]0;a title\x07\x1b]52;c;AAAA\x1b\\",
        b"\x1bPsome string\x1b\\",
        b"\r\n\x07",
        b"\x1b[38;2;1;2",
        b"\x1b",
        b"\x1b]0;half a title",
    ],
)
def test_modes_colours_moves_and_titles_are_not_paint(data: bytes) -> None:
    assert painting_moments([chunk(data)]) == []


@pytest.mark.parametrize("data", [b"x", b" ", "é".encode(), b"\x1b[2J", b"\x1b[K", b"\x1b[3L", b"\x1b[?2026h\x1b[1mx"])
def test_characters_and_erasing_are_paint(data: bytes) -> None:
    assert painting_moments([chunk(data, 2.5)]) == [2.5]


def test_a_sequence_cut_in_two_is_one_sequence() -> None:
    chunks = [chunk(b"\x1b[38;2;1", 1), chunk(b"0;20;30m", 2), chunk(b"\x1b]0;ti", 3), chunk(b"tle\x07x", 4)]
    assert painting_moments(chunks) == [4]


@given(st.lists(st.sampled_from([b"\x1b[1m", b"abc", b"\x1b[2;4H", b"\r\n", b"\x1b]0;t\x07", b"\x1b(B"])), st.data())
def test_tokens_do_not_depend_on_where_the_chunks_are_cut(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    cut = data.draw(st.integers(0, len(stream)))
    tokens = Tokens()
    found = [token.group() for piece in (stream[:cut], stream[cut:]) for token in tokens.feed(piece)]
    assert b"".join(found) == stream
    assert [token for token in found if token.startswith(b"\x1b")] == [
        part for part in parts if part.startswith(b"\x1b")
    ]


def test_the_replay_copes_with_what_pyte_would_print() -> None:
    replay = Replay(20, 4)
    assert replay.feed(b"\x1b[?2026$p\x1b[>1u\x1b[=1u\x1bPjunk\x1b\\ab\x1b[3bc\x1b[4;1H\xe2\x80") == {0}
    assert replay.feed(b"\x9d") == {3}
    assert replay.lines == ["abbbbc", "", "", "”"]


def test_painted_is_when_the_body_stays_and_the_edges_have_text() -> None:
    chunks = [
        chunk(b"\x1b[1;1Htop\x1b[2;1Hone", 1),
        chunk(b"\x1b[3;1Htwo", 2),
        chunk(b"\x1b[4;1H10%", 3),
        chunk(b"\x1b[4;1H99%\x1b[1m", 4),
    ]
    assert painted_at(chunks, 20, 4) == 3
    assert painted_at([*chunks, chunk(b"\x1b[2;1Hnew", 5), chunk(b"\x1b[2;1Hone", 6)], 20, 4) == 6


def test_keys_are_answered_and_the_exit_code_comes_back(tmp_path: Path) -> None:
    with python(KEYS, tmp_path) as terminal:
        terminal.wait_text("ready;")
        reaction = terminal.press(b"j", timeout=PATIENCE)
        assert reaction is not None
        assert 0 < reaction.first <= reaction.whole
        assert terminal.screen()[0] == "ready;<j>"
        assert terminal.quit(b"q", timeout=PATIENCE) == 5


def test_a_key_that_only_changes_modes_or_the_cursor_has_no_reaction(tmp_path: Path) -> None:
    with python(KEYS, tmp_path) as terminal:
        terminal.wait_text("ready;")
        assert terminal.press(b"m", timeout=0.2) is None
        assert terminal.press(b"c", timeout=0.2) is None
        while b"\x1b[?2026h" not in b"".join(each.data for each in terminal.chunks):
            assert terminal.pump(PATIENCE)


def test_a_key_that_ends_the_program_is_told_of(tmp_path: Path) -> None:
    with python(KEYS, tmp_path) as terminal:
        terminal.wait_text("ready;")
        with pytest.raises(Ended, match="ended by itself"):
            terminal.press(b"q", timeout=PATIENCE)


def test_the_program_learns_of_its_size_and_of_a_new_one(tmp_path: Path) -> None:
    code = "import os; print(os.get_terminal_size(0), flush=True)\n" + KEYS
    with python(code, tmp_path, columns=77, rows=9) as terminal:
        terminal.wait_text("ready;")
        assert b"columns=77, lines=9" in b"".join(each.data for each in terminal.chunks)
        assert terminal.resize(60, 12, timeout=PATIENCE) is not None
        assert "size 60x12;" in terminal.screen()[1]


def test_painted_text_comes_after_the_first_byte(tmp_path: Path) -> None:
    code = "import time; print('first', flush=True); time.sleep(0.1); print('last', flush=True); time.sleep(60)"
    with python(code, tmp_path) as terminal:
        assert terminal.painted("last", gap=0.1) > terminal.first_byte()


def test_queries_are_answered(tmp_path: Path) -> None:
    code = (
        "import os, sys, tty; tty.setraw(0); sys.stdout.write('\\x1b[?2026$p\\x1b[c'); sys.stdout.flush()\n"
        "while True: print(os.read(0, 99), flush=True)"
    )
    with python(code, tmp_path) as terminal:
        terminal.wait_text("62;22c")
        assert b"2026;2$y" in b"".join(each.data for each in terminal.chunks)


def test_a_program_that_ends_too_soon_is_told_with_its_last_words(tmp_path: Path) -> None:
    with python("print('no such file')", tmp_path) as terminal, pytest.raises(Ended, match="no such file"):
        terminal.wait_text("footer")


def test_last_words_that_hold_the_text_are_no_first_screen(tmp_path: Path) -> None:
    with python("print('Error: footer')", tmp_path) as terminal, pytest.raises(Ended, match="ended by itself"):
        terminal.painted("footer", gap=PATIENCE)


def test_a_program_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with (
        Terminal(["no-such-program-here"], environment=surroundings(tmp_path)) as terminal,
        pytest.raises(Ended, match="No such file"),
    ):
        terminal.wait_text("anything")


def test_memory_and_processor_time_count_children(tmp_path: Path) -> None:
    hungry = "b = bytearray(60_000_000); any(i < 0 for i in range(3_000_000)); print('fed', flush=True)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {(hungry + '; input()')!r}])"
    with python(code, tmp_path) as terminal:
        terminal.wait_text("fed")
        assert len(process_tree(terminal.pid)) == 2
        assert terminal.memory() > 60_000_000
        assert terminal.cpu() > 0


def test_nothing_is_left_behind_even_of_programs_that_ignore_signals(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]; "
        "print('here', flush=True); time.sleep(60)"
    )
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {stubborn!r}])"
    with python(code, tmp_path) as terminal:
        terminal.wait_text("here")
        family = process_tree(terminal.pid)
        assert terminal.quit(b"q", timeout=0.1) is None
    assert len(family) == 2
    assert all(map(gone, family))
    assert not Path(f"/proc/{terminal.pid}").exists()


def test_the_home_is_the_run_s_own(tmp_path: Path) -> None:
    environment = surroundings(tmp_path)
    assert environment["HOME"] == str(tmp_path)
    assert {key for key, value in environment.items() if str(tmp_path) in value} >= {"XDG_DATA_HOME", "XDG_STATE_HOME"}
    assert (environment["TERM"], environment["COLORTERM"]) == ("xterm-256color", "truecolor")


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("a", 1.2, "s", 1.0, "other", 1.3), "ok"),
        (Row("a", 1.4, "s", 1.0, "other", 1.3), "over"),
        (Row("a", 200.0, "MB", limit=200), "ok"),
        (Row("a", 201.0, "MB", limit=200), "over"),
        (Row("a", float("inf"), "ms", limit=6), "over"),
        (Row("a", 5.0, "ms"), ""),
        (Row("a", None, "ms", limit=6), "failed"),
    ],
)
def test_a_row_knows_whether_its_target_is_met(row: Row, verdict: str) -> None:
    assert row.verdict == verdict


def test_the_table_shows_figures_ratios_and_targets() -> None:
    row = Row("open", 0.5, "s", 1.0, "mutt", 0.6)
    assert cells(row) == ("open", "0.500 s", "1.000 s mutt", "0.50x", "≤ 0.6x", "ok", "")
    assert "0.50x" in table([row]).splitlines()[1]


@given(st.lists(st.floats(0, 1000), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_enough_values_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ([" / 600     3 of 4 · 1 in the article", "comment 1 of 100"], 4),
        (["/ car    21,943 matches", "", ""], 21943),
        (["/ car    1 of 21,943 · 2 in the article"], 21943),
        (["/ k      1 match"], 1),
        (["/ zzz    no match"], 0),
        (["/ car    12 so far …"], None),
        (["comment 1 of 100"], None),
    ],
)
def test_the_total_is_read_from_the_search_bar(lines: list[str], total: int | None) -> None:
    assert total_on(lines) == total
