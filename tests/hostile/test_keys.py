"""The program in a terminal under random input, a bounded part of `tests.bench.random_keys`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.keys import Input, Resize, attack

SIZE = 1000
"""Bytes of a run."""


@pytest.mark.parametrize("seed", range(2))
def test_random_input_kills_nothing_and_leaves_the_terminal_clean(tmp_path: Path, seed: int) -> None:
    report = attack(seed, tmp_path, size=SIZE, resizes=8)
    assert report.deaths == []
    assert report.wrong == []
    assert report.bytes >= SIZE
    assert report.resizes >= 8


def test_the_input_is_of_all_kinds_and_the_same_each_time() -> None:
    parts = list(Input(5).parts(20_000, 10))
    assert parts == list(Input(5).parts(20_000, 10))
    assert sum(isinstance(part, Resize) for part in parts) >= 10
    data = b"".join(part for part in parts if isinstance(part, bytes))
    assert len(data) >= 20_000
    for piece in (b"\x1b[<", b"\x1b[200~", b"\x1b[201~", b"\xff", b"\x1b[48;", b"\x10", b"\x00"):
        assert piece in data
