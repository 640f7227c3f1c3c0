"""The read marks are honest: the program in a terminal, seen from outside, against what its library holds afterwards.

Each word of each comment is a word of its own, so that the terminal's screen tells which comments were there as a
whole: none but those may count as read, however fast keys come, and whatever is folded, filtered or ordered. What was
there for longer than a moment does count.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from rumor_tui.export import write
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from tests.bench.screen import Replay
from tests.bench.terminal import Terminal

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"\bc(\d+)w(\d+)\b")
SYNCHRONISED = b"\x1b[?2026l"
"""Ends what is painted together: only then is a screen what the reader sees."""
LONG_ENOUGH = 1.5
"""Seconds that are surely a moment."""
COUNT = 60
TALL = 700
"""Words that no screen holds."""


def thread() -> Thread:
    """Comments of more words than a folded line shows to more than any screen holds, some of them replies."""
    chance = Random(7)
    builder = ThreadBuilder(Article("Honest marks", pieces=["An article of one line."]))
    above: list[int] = []
    for row in range(COUNT):
        del above[chance.randrange(len(above) + 1) :]
        words = TALL if row % 20 == 9 else chance.choice((20, 20, 25, 40, 40, 90, 160))
        body = " ".join(f"c{row}w{word}" for word in range(words))
        draft = Draft(body, f"author{row % 5}", above[-1] if above else None, id=f"id{row}", score=chance.randrange(50))
        draft.published = 1_700_000_000.0 + 3_600 * chance.randrange(1_000)
        above.append(builder.add(draft))
    return builder.build("plain")


class Watch:
    """What the screen showed: the comments that were there as a whole, the words that were, and what is there now."""

    def __init__(self, sizes: Sequence[int], terminal: Terminal) -> None:
        self.sizes = sizes
        self.terminal = terminal
        self.replay = Replay(terminal.columns, terminal.rows)
        self.fed = 0
        self.ever: set[int] = set()
        self.words: dict[int, set[int]] = {}
        self.now: set[int] = set()

    def look(self) -> None:
        """Take in what has been printed, painting by painting."""
        for chunk in self.terminal.chunks[self.fed :]:
            pieces = chunk.data.split(SYNCHRONISED)
            for nth, piece in enumerate(pieces):
                self.replay.feed(piece + (SYNCHRONISED if nth < len(pieces) - 1 else b""))
                self._see()
        self.fed = len(self.terminal.chunks)

    def _see(self) -> None:
        here: dict[int, set[int]] = {}
        for row, word in WORD.findall("\n".join(self.replay.lines)):
            here.setdefault(int(row), set()).add(int(word))
        self.now = {row for row, size in enumerate(self.sizes) if here.get(row, set()) >= set(range(size))}
        self.ever |= self.now
        for row, words in here.items():
            self.words.setdefault(row, set()).update(words)

    @property
    def may_be_read(self) -> set[int]:
        """Comments that were there as a whole; of tall ones, those of which every word was there at some time."""
        return self.ever | {
            row
            for row, size in enumerate(self.sizes)
            if size == TALL and self.words.get(row, set()) >= set(range(size))
        }


FAST = "j" * 25
SCRIPTS = {
    "pages": (FAST[:3], "wait", "\x06", "wait", "\x06", "\x06", "\x06", "wait", "\x02", "wait"),
    "fast keys": (FAST, FAST, "kkkk", "\x06\x06\x06\x06\x06", "wait", FAST + FAST, "G", "wait", "gg" + FAST),
    "folds": ("zM", FAST[:4], " ", "wait", "jj", "l", "wait", "zR", FAST[:8], "X", "wait", "z2", "wait"),
    "another order": ("O", "2", "wait", FAST[:6], "}", "wait", "O", "4", FAST, "wait", "O", "1", "wait"),
    "a filter": ("/c3\r", "\\", "wait", FAST[:6], "wait", "\x1b", "wait", "zn", "jj", "wait", "nnn", "wait"),
    "an author muted": ("M", FAST[:12], "wait", "M", "wait", "@nnn", "wait", "\x1b"),
    "lines of a tall one": ("}}}}", "\x05" * 40, "wait", "\x05" * 60, "\x06\x06\x06", "wait"),
}


def run(folder: Path, size: tuple[int, int], keys: Sequence[str]) -> tuple[set[int], set[int], set[int], int]:
    """Read with some keys; the rows that are read in the library, those that may be, those that must be."""
    columns, rows = size
    page = thread()
    path = folder / "thread.json"
    with path.open("w", encoding="utf-8") as out:
        write(page, "json", out)
    homes = {name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environment = {**inherited, **homes, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    command = [sys.executable, "-m", "rumor_tui", str(path)]
    must: set[int] = set()
    branch: set[int] = set()
    with Terminal(command, environment=environment, folder=folder, columns=columns, rows=rows) as terminal:
        terminal.wait_text("Honest")
        terminal.wait_quiet(0.5)
        watch = Watch([len(body.split()) for body in page.bodies], terminal)
        if columns < 90:
            terminal.send(b"\t")
        for key in keys:
            if key == "wait":
                terminal.wait_quiet()
                watch.look()
                before = watch.now
                terminal.listen(LONG_ENOUGH)
                watch.look()
                must |= before & watch.now
            else:
                terminal.send(key.encode())
                terminal.listen(0.15)
        terminal.wait_quiet(0.3)
        watch.look()
        code = next((code for _ in range(9) if (code := terminal.quit(b"q", 2.0)) is not None), -1)
    library = sqlite3.connect(folder / "XDG_DATA_HOME" / "rumor-tui" / "library.sqlite3")
    seen = [moment for (moment,) in library.execute("SELECT seen FROM comments ORDER BY id")]
    library.close()
    assert len(seen) == COUNT
    read = {row for row, moment in enumerate(seen) if moment is not None and moment > 0}
    if "X" in keys:  # which marks a whole branch
        branch = _branches(page, read - watch.may_be_read)
    return read - branch, watch.may_be_read, must, code


def _branches(page: Thread, rows: set[int]) -> set[int]:
    """Those of some rows that are in one branch, which was marked by a key as a whole."""
    roots = [row for row, above in enumerate(page.parent) if above < 0] + [len(page)]
    within = [set(range(start, end)) for start, end in pairwise(roots)]
    return rows if sum(bool(rows & branch) for branch in within) == 1 else set()


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", SCRIPTS)
def test_only_what_was_on_screen_as_a_whole_is_read(tmp_path: Path, size: tuple[int, int], name: str) -> None:
    read, may, must, code = run(tmp_path, size, SCRIPTS[name])
    assert code == 0
    assert read <= may
    assert must <= read
    assert must
