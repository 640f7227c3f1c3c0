"""The program in a terminal, killed at any moment: what its screen showed as read or marked is in its library."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from rumor_tui.export import write
from rumor_tui.model import Article, Draft, ThreadBuilder
from tests.bench.programs import ROOT, ours, surroundings
from tests.bench.screen import Replay
from tests.bench.terminal import Terminal

SYNCHRONISED = b"\x1b[?2026l"
"""Ends what is painted together: only then is a screen what the reader sees."""
COUNT = 80
UNREAD = re.compile(rf"\b(\d+) of {COUNT} unread")
MARKED = re.compile(r"author(\d+) .*★")


def page(folder: Path) -> Path:
    """A page of short comments, each by somebody else."""
    builder = ThreadBuilder(Article("A page for the dying", pieces=["An article."]))
    for row in range(COUNT):
        builder.add(Draft(f"Comment number {row} says this.", f"author{row}", id=f"id{row}"))
    path = folder / "page.json"
    with path.open("w", encoding="utf-8") as out:
        write(builder.build("plain"), "json", out)
    return path


def shown(terminal: Terminal) -> tuple[int, set[int]]:
    """How many comments are unread, and which are marked, as the screen ever said it (marks are never taken away)."""
    replay = Replay(terminal.columns, terminal.rows)
    unread, marked = COUNT, set[int]()
    for chunk in terminal.chunks:
        pieces = chunk.data.split(SYNCHRONISED)
        for nth, piece in enumerate(pieces):
            replay.feed(piece + (SYNCHRONISED if nth < len(pieces) - 1 else b""))
            screen = "\n".join(replay.lines)
            if found := UNREAD.search(screen):
                unread = min(unread, int(found[1]))
            marked.update(map(int, MARKED.findall(screen)))
    return unread, marked


@pytest.mark.parametrize("seed", range(4))
def test_what_the_screen_showed_is_in_the_library_after_a_kill(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    environment = {**surroundings(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [*ours(page(tmp_path))]
    with Terminal(command, environment=environment, folder=tmp_path, columns=120, rows=30) as terminal:
        terminal.wait_text("unread")
        for _ in range(random.randint(5, 25)):
            terminal.send(random.choice((b"jm", b"jm", b"j", b"\x06jm")))
            terminal.listen(random.choice((0.02, 0.1, 0.9)))
        os.kill(terminal.pid, signal.SIGKILL)
        while terminal.pump(0.5):
            pass
        unread, marked = shown(terminal)
    with closing(sqlite3.connect(tmp_path / "data" / "rumor-tui" / "library.sqlite3")) as library:
        assert library.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        (left,) = library.execute("SELECT count(*) FROM comments WHERE coalesce(seen, 0) <= 0").fetchone()
        (kept,) = library.execute("SELECT unread FROM threads").fetchone()
        (first,) = library.execute("SELECT min(id) FROM comments").fetchone()
        marks = {handle - first for (handle,) in library.execute("SELECT comment FROM annotations WHERE kind = 'mark'")}
    assert left == kept <= unread < COUNT
    assert marked <= marks
    assert marked
