"""The programs that the bench runs, and the surroundings they run in."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import perf_counter

from tests.bench.terminal import Ended, Terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "seeds" / "bmw-1m-production-rumors.txt"
SAMPLE_WORD = "footage"
"""A word of the sample's first paragraph."""
KEPT = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


def ours(*arguments: str | Path) -> list[str]:
    """The command that runs rumor-tui from this tree with this interpreter."""
    return [sys.executable, "-m", "rumor_tui", *map(str, arguments)]


def bare(path: Path) -> list[str]:
    """The command that runs the bare Textual app."""
    return [sys.executable, str(Path(__file__).with_name("bare.py")), str(path)]


def mutt(mailbox: Path, program: str = "mutt") -> list[str]:
    """The command that shows a mailbox in mutt, threaded as we thread it: no configuration and no header cache.

    `program` may be "neomutt", which takes the same settings.
    """
    settings = ("set sort=threads", "unset header_cache", "set mark_old=no", "set quit=yes", "set folder=~")
    return [program, "-n", "-F", "/dev/null", *(part for line in settings for part in ("-e", line)),
            "-R", "-f", str(mailbox)]  # fmt: skip


def mutt_there(program: str = "mutt") -> bool:
    """Whether mutt (or neomutt) is installed."""
    return shutil.which(program) is not None


def surroundings(home: Path) -> dict[str, str]:
    """An environment with a home of its own, so that a run reads and leaves nothing of the user's."""
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
    return {"LANG": "C.UTF-8", **kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(home), **places}


def is_recorded(home: Path) -> bool:
    """Whether the library of a home (see `surroundings`) has a thread, whole."""
    path = home / "data" / "rumor-tui" / "library.sqlite3"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT 1 FROM threads WHERE tree IS NOT NULL").fetchone() is not None
    return False


def wait_recorded(terminal: Terminal, home: Path, timeout: float = 120.0) -> float:
    """Wait until the thread on screen is in the library; the seconds that this took. Raises Ended after `timeout`."""
    began = perf_counter()
    while not is_recorded(home):
        if perf_counter() > began + timeout:
            raise Ended(f"the thread was not recorded within {timeout} s\n{terminal.describe()}")
        terminal.listen(0.1)
    return perf_counter() - began


@contextmanager
def running(command: Sequence[str], *, columns: int = 120, rows: int = 40) -> Iterator[Terminal]:
    """The program under a terminal, in a new empty home (so every run is a first visit); ended afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-home-") as home,
        Terminal(command, environment=surroundings(Path(home)), folder=ROOT, columns=columns, rows=rows) as terminal,
    ):
        yield terminal
