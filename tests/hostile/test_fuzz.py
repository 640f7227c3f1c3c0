"""Some hostile inputs for every target, the same ones each time; `python -m tests.bench.fuzzing --all` has more."""

from __future__ import annotations

import pytest

from rumor_tui.readers import READERS
from tests.hostile.fuzz_running import smallest
from tests.hostile.fuzz_targets import targets

RUNS = 30
TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_inputs_do_no_harm(name: str) -> None:
    target = TARGETS[name]
    mutator = target.mutator(2_026)
    for _ in range(RUNS):
        target.run(target.next_input(mutator))


def test_every_reader_is_a_target() -> None:
    assert {reader.module for reader in READERS} <= set(TARGETS)


def test_most_of_what_a_reader_gets_is_recognised() -> None:
    target = TARGETS["api.reddit"]
    mutator = target.mutator(1)
    known = sum(target.run(target.next_input(mutator)) is not None for _ in range(60))
    assert known >= 20


def test_the_same_seed_makes_the_same_inputs() -> None:
    one, other = (TARGETS["containers.zip_archive"].mutator(5) for _ in range(2))
    target = TARGETS["containers.zip_archive"]
    assert [target.next_input(one) for _ in range(9)] == [target.next_input(other) for _ in range(9)]


def test_a_problem_is_shown_with_a_small_input() -> None:
    def run(data: bytes) -> None:
        if b"x" in data and b"y" in data:
            raise ValueError

    assert smallest(run, b"aaxbbbbycc" * 9, "ValueError at ?") in (b"xy", b"yx")
