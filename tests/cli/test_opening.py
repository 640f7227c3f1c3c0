"""What takes longer than a moment to read is waited for on the screen, where keys answer."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

import pytest

from rumor_tui.cli.opening import Opening, Show
from rumor_tui.model import Article, SourceError, Thread, ThreadBuilder
from tests.pseudo import PATIENCE, pseudo

CONTENT = ThreadBuilder(Article(title="it")).build("plain")


def test_what_is_read_soon_is_there() -> None:
    assert Opening(["a"], lambda show, descriptor: CONTENT).soon() is CONTENT


def test_what_fails_soon_fails_as_it_did() -> None:
    def load(show: Show, descriptor: int) -> Thread:
        raise SourceError("There is nothing.")

    with pytest.raises(SourceError, match="There is nothing"):
        Opening(["a"], load).soon()


@pytest.mark.parametrize("fails", [False, True])
def test_what_takes_longer_comes_by_a_job(fails: bool) -> None:
    goes_on = Event()

    def load(show: Show, descriptor: int) -> Thread:
        show("half of it")
        assert goes_on.wait(PATIENCE)
        if fails:
            raise SourceError("There is nothing.")
        return CONTENT

    opening = Opening(["folder/a.json"], load)
    assert opening.name == "a.json"
    assert opening.soon() is None
    steps = opening.job(Event())
    assert next(steps).status == "half of it"
    goes_on.set()
    if fails:
        with pytest.raises(SourceError):
            next(steps)
    else:
        assert next(steps).content is CONTENT


def test_a_job_that_is_stopped_ends() -> None:
    goes_on, stop = Event(), Event()

    def load(show: Show, descriptor: int) -> Thread:
        goes_on.wait(PATIENCE)
        return CONTENT

    steps = Opening(["a", "b"], load).job(stop)
    stop.set()
    assert list(steps) == []
    goes_on.set()


@pytest.mark.parametrize("key", [b"q", b"\x03", b"\x1b"])
def test_keys_answer_while_a_file_does_not_come(tmp_path: Path, key: bytes) -> None:
    pipe = tmp_path / "slow.md"
    os.mkfifo(pipe)
    with pseudo(["-m", "rumor_tui", str(pipe)], env={"HOME": str(tmp_path)}) as program:
        program.read_until(b"slow.md")
        program.read_until(b"q quits")
        program.type(key)
        assert program.wait() == (1 if key == b"\x1b" else 0)
        assert program.attributes() == program.before


def test_what_comes_late_through_a_pipe_is_shown(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with pseudo(["-m", "rumor_tui"], env={"HOME": str(tmp_path)}, streams={0: reading}) as program:
        os.close(reading)
        program.read_until(b"standard input")
        os.write(writing, b"# Late words\n\nThey came after all.\n")
        os.close(writing)
        program.read_until(b"came after all")
        program.type(b"q")
        assert program.wait() == 0
