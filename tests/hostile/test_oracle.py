"""The oracle itself: it passes what Textual writes, and tells of everything else."""

from __future__ import annotations

import base64

import pytest

from rumor_tui.terminal import RESET_SEQUENCES, UNRESET_BY_TEXTUAL
from tests.hostile.oracle import copied, plain, violations

GOOD = (
    b"\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[>25u\x1b[?2026$p\x1b[?2048$p",
    b"\x1b[?2026h\x1b[1;1H\x1b[1;38;2;1;22;255;48;5;17mWords\x1b[0m and \x1b[4;91mmore\x1b[0m\x1b[24;80H\x1b[?2026l",
    b"\x1b[?2026l\x07\x1b[?2026h",
    b"\x1b]22;pointer\x07\x1b]22;default\x07",
    b"\x1b]8;id=12;https://example.com/a;b?c\x1b\\\x1b[4mit\x1b[0m\x1b]8;;\x1b\\",
    "ünï 漢字 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u2400\ufffd\r\n".encode(),
    "\u0645\u06cc\x1b[1m\u200c\x1b[0m\u062e".encode(),
    RESET_SEQUENCES.encode(),
    UNRESET_BY_TEXTUAL.encode(),
)

BAD = (
    *(bytes([code]) + b"x" for code in (*range(0x0A), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)),
    *(b"x" + chr(code).encode() + b"x" for code in range(0x80, 0xA0)),
    *(b"\xc3", b"\xff", b"\xed\xa0\x80", b"\x9b31m", b"\xc0\x9b"),
    *(b"\x1b]0;t\x07", b"\x1b]2;t\x1b\\", b"\x1b]52;c;eA==\x07", b"\x1b]8;;https://example.com\x1b\\", b"\x1b]9;x\x07"),
    b"\x1b]8;id=1;javascript:x\x1b\\",
    b"\x1b]8;id=1;https://example.com\x1b]52;c;eA==\x07\x1b\\",
    b"\x1b]8;id=1;https://example.com/\xc2\x9b\x1b\\",
    *(b"\x1bP1$qm\x1b\\", b"\x1b_x\x1b\\", b"\x1b^x\x1b\\", b"\x1bXx\x1b\\", b"\x1bc", b"\x1b(0", b"\x1b#8", b"\x1b7"),
    *(b"\x1b[2J", b"\x1b[8m", b"\x1b[5n", b"\x1b[c", b"\x1b[1;2", b"\x1b[", b"\x1b", b"\x1b]0;endless", b"\x1b[21t"),
    *(b"\x1b[?1049s", b"\x1b[?47h", b"\x1b[>1u", b"\x1b[38;2;1;2m", b"\x1b[1:2m", b"\x1b[3;1Hx\x07"),
    *("x\u202ey".encode(), "x\u200by".encode(), "a\ufe0f".encode(), b"x" + "\u0301".encode() * 4, b"x\xef\xbf\xbe"),
    "a\u200d".encode() + b"\x1b[1mb",
    "\U000e0041".encode(),
)


@pytest.mark.parametrize("output", GOOD)
def test_what_textual_writes_passes(output: bytes) -> None:
    assert violations(output) == []


def test_everything_else_is_told() -> None:
    assert [output for output in BAD if not violations(output)] == []
    assert [output for output in BAD if not violations(GOOD[0] + GOOD[1] + output + GOOD[1])] == []


def test_a_copy_is_neutral_and_wanted() -> None:
    neutral = b"\x1b]52;c;" + base64.b64encode("Möwe\n👩‍👩‍👧".encode()) + b"\x07"
    assert violations(neutral) != []
    assert violations(neutral, copies=True) == []
    assert copied(b"x" + neutral) == ["Möwe\n👩‍👩‍👧"]
    assert violations(b"\x1b]52;c;" + base64.b64encode(b"rm\x1b[2J") + b"\x07", copies=True) != []


def test_a_program_that_was_killed_may_end_anywhere() -> None:
    whole = GOOD[1] + "漢\U0001f600".encode()
    for end in range(len(whole)):
        assert violations(whole[:end], complete=False) == []


def test_printed_text_may_hold_joined_emoji() -> None:
    assert violations("👩‍👩‍👧\r\n".encode()) != []
    assert violations("👩‍👩‍👧\r\n".encode(), painted=False) == []


def test_the_text_without_its_sequences() -> None:
    assert plain(GOOD[1]) == "Words and more"
