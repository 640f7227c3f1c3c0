"""Whatever ends the program, in whichever state: a part of `python -m tests.bench.endings`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import endings
from tests.hostile.endings import Place, Trial

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for the children of a process")


@pytest.fixture(scope="module")
def where() -> Iterator[Place]:
    with endings.place(small=True) as place:
        yield place


@pytest.mark.parametrize(
    "trial",
    [
        Trial("loading", "tty", "INT"),
        Trial("command", "tty", "TERM"),
        Trial("editor", "piped", "HUP"),
        Trial("loading", "tty", "hangup-ignored"),
    ],
    ids=str,
)
def test_what_ends_the_program_leaves_the_terminal_as_it_was_and_no_process(trial: Trial, where: Place) -> None:
    outcome = endings.strike(trial, where)
    assert [finding for finding in outcome.findings if not finding.startswith("ended after")] == []


def test_a_program_that_is_suspended_gives_the_terminal_back_and_paints_the_same_screen_again(where: Place) -> None:
    assert endings.suspend_and_resume(where, 1) == []


def test_a_program_that_is_stopped_unasked_goes_on_and_ends(where: Place) -> None:
    assert endings.survive("idle", "tty", "STOP", where).findings == ()
