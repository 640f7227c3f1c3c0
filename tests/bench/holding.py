"""Whether a hostile document holds the interface: `python -m tests.bench.holding [WORD …] [--runs N] [--busy]`.

Each document (of `--size` repetitions) is opened under a pseudo-terminal. Keys are pressed while it is read and
afterwards, then the program is quit; a second run quits it while it is still busy. A finding is a crash, a key that is
answered after more than `LIMIT` seconds, an end that takes more than `QUIT` seconds, or more than 1 GB of memory.

A key is answered when something is painted, or when the interface waits for the next one and nothing was (then what the
background makes it paint later is no answer). On a machine that is busy with other things the clock tells nothing: with
`--busy` a key counts as held for as long as the program used the processor meanwhile, all its threads together, if that
is less. Words limit the attack to the documents whose names hold one of them. Exits 1 on a finding.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from tests.bench.screen import Chunk, painting_moments
from tests.bench.terminal import PROC, Terminal
from tests.hostile.documents import HOSTILE_DOCUMENTS, HostileDocument

SIZE: Final = 50_000
LIMIT: Final = 0.1
QUIT: Final = 1.0
MEMORY: Final = 1_000_000_000
PATIENCE: Final = 20.0
"""Seconds after which a key is not waited for any more."""
OPENING: Final = 60.0
"""Seconds that the first screen may take, on a machine that is busy with other things."""
IDLE: Final = frozenset({"7", "22", "232", "271", "281", "441"})
"""Numbers of the system calls in which an event loop waits (epoll_wait, epoll_pwait, poll, on x86-64 and aarch64)."""
AT_REST: Final = 12
"""Looks, one each few milliseconds, at which the interface was found waiting for a key."""
STARTED: Final = b"\x1b[?1049h"
QUIT_KEY: Final = b"\x11"
ESCAPE: Final = b"\x1b"

MOVES: Final = ("?", "\x1b", "j", "j", " ", "k", "\t", "j", " ", " ", "j", "G", "k", "g", "g", "j", "\t", "G", "k")
OTHERS: Final = ("/", "a", "\r", "n", "n", "N", "\x1b", "j", "k", "y", "m", "m", "\t", "]", "[", "?", "\x1b", "j", "k")
KEYS: Final = tuple(key.encode() for key in MOVES + OTHERS)
"""Every kind of move, a search, a copy, marks, the help; the first two are mostly pressed while it is being read."""


class Held(NamedTuple):
    """A key, and for how many seconds it held the interface: by the clock, and by the processor."""

    key: bytes
    wall: float
    processor: float

    def seconds(self, busy: bool) -> float:
        """What counts."""
        return min(self.wall, self.processor) if busy else self.wall


class Outcome(NamedTuple):
    """What came of a document: seconds to the first screen, each key, seconds that the end took (and that it took while
    the program was busy), its exit code, its memory in bytes, and its last words where it ended by itself."""

    first: float
    keys: Sequence[Held]
    quit: float
    quit_busy: float
    code: int | None
    memory: int
    said: str

    def problems(self, busy: bool) -> Iterator[str]:
        """What must not be."""
        refused = self.code == 1 and self.said.rstrip().endswith((".", ")", "?", "!"))
        if self.code != 0 and not refused:
            yield f"exit code {self.code}: {self.said[-200:]!r}"
        if (worst := self.worst(busy)) is not None and worst.seconds(busy) > LIMIT:
            yield f"{worst.key!r} was answered after {worst.wall:.2f} s, {worst.processor:.2f} s of the processor"
        patience = QUIT * (5 if busy else 1)
        if max(self.quit, self.quit_busy) > patience:
            yield f"it ended after {self.quit:.1f} s, and after {self.quit_busy:.1f} s while it was busy"
        if self.memory > MEMORY:
            yield f"{self.memory // 1_000_000} MB"

    def worst(self, busy: bool) -> Held | None:
        """The key that was held longest."""
        return max(self.keys, key=lambda held: held.seconds(busy), default=None)


def processor_seconds(pid: int) -> float:
    """What the living threads of a process have used of the processor, exactly."""
    total = 0
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def waits(pid: int) -> bool:
    """Whether the interface waits for something to happen."""
    with suppress(OSError):
        return (PROC / str(pid) / "task" / str(pid) / "syscall").read_text().split()[0] in IDLE
    return False


def since_start(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """The output of the interface, without what was written before it."""
    return next((chunks[k:] for k, chunk in enumerate(chunks) if STARTED in chunk.data), ())


def begin(terminal: Terminal) -> float:
    """Wait for the first screen; the seconds that it took, or as many as were waited."""
    deadline = terminal.started + OPENING
    while perf_counter() < deadline and terminal.running and not painting_moments(since_start(terminal.chunks)):
        terminal.pump(0.02)
    return perf_counter() - terminal.started


def press(terminal: Terminal, key: bytes) -> Held:
    """Press a key and wait until it is answered."""
    before, chunks = processor_seconds(terminal.pid), len(terminal.chunks)
    began = perf_counter()
    terminal.send(key)
    idle: list[Held] = []
    while terminal.running and perf_counter() < began + PATIENCE and len(idle) < AT_REST:
        if terminal.pump(0.004) and painting_moments(terminal.chunks[chunks:]):
            idle.clear()
            break
        if waits(terminal.pid):
            idle.append(Held(key, perf_counter() - began, processor_seconds(terminal.pid) - before))
        else:
            idle.clear()
    held = idle[0] if idle else Held(key, perf_counter() - began, processor_seconds(terminal.pid) - before)
    terminal.listen(0.03)
    return held


def leave(terminal: Terminal) -> float:
    """Quit the program; the seconds that it took."""
    began = perf_counter()
    terminal.quit(QUIT_KEY, PATIENCE)
    return perf_counter() - began


def attack(file: Path, home: Path) -> Outcome:
    """Open a file twice: once to press all the keys, once to leave it at once."""
    command = [sys.executable, "-m", "rumor_tui", str(file)]
    environment = {**os.environ, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with Terminal(command, environment=environment) as terminal:
        first = begin(terminal)
        keys = [press(terminal, key) for key in KEYS if terminal.running]
        if terminal.running:
            press(terminal, ESCAPE)  # out of whatever still takes the keys
        memory = terminal.memory()
        ended = not terminal.running
        took = 0.0 if ended else leave(terminal)
        terminal.quit(b"", 2.0)
        said = b"".join(chunk.data for chunk in terminal.chunks[-4:]).decode("utf-8", "replace") if ended else ""
        code = terminal.status
    with Terminal(command, environment=environment) as terminal:
        begin(terminal)
        terminal.listen(0.2)
        took_busy = leave(terminal) if terminal.running else 0.0
    return Outcome(first, keys, took, took_busy, code, memory, said)


def chosen(words: Sequence[str]) -> list[HostileDocument]:
    """The documents whose names hold one of the words, or all."""
    return [one for one in HOSTILE_DOCUMENTS if not words or any(word in one.name for word in words)]


def main() -> int:
    """Attack with each document, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.holding", description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of the names of documents")
    parser.add_argument("--size", type=int, default=SIZE, help="repetitions in each document")
    parser.add_argument("--runs", type=int, default=1, help="how often each is opened")
    parser.add_argument("--busy", action="store_true", help="the machine is busy with other things")
    parser.add_argument("--skip", type=int, default=0, help="documents to leave out at the beginning")
    parser.add_argument("--every", type=int, default=1, help="each of so many documents only")
    given = parser.parse_args()
    compileall.compile_dir("rumor_tui", quiet=1)  # as an installed program is, whatever the environment says
    found, documents = 0, chosen(given.words)[given.skip :: given.every]
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents * given.runs):
            home = Path(folder) / f"home{number}"
            home.mkdir()
            file = Path(folder) / f"document{document.suffix}"
            file.write_bytes(document.make(given.size))
            outcome = attack(file, home)
            problems = list(outcome.problems(given.busy))
            found += bool(problems)
            worst = outcome.worst(given.busy)
            told = f"{worst.key!r} {worst.wall:.2f} s ({worst.processor:.2f})" if worst else "-"
            line = f"first {outcome.first:5.2f}  worst {told}  end {outcome.quit:.2f}, busy {outcome.quit_busy:.2f}"
            print(
                f"{'FOUND' if problems else 'ok   '} {line}  {outcome.memory // 1_000_000:4} MB  {document.name}",
                *(f"\n      {problem}" for problem in problems),
                flush=True,
            )
    print(f"{len(documents)} documents, {found} findings")
    return int(found > 0)


if __name__ == "__main__":
    raise SystemExit(main())
