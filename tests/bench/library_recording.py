"""What it costs that a large thread is recorded while it is on screen: memory, and how soon keys are answered.

python -m tests.bench --only library-record
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from tests.bench.moving import firsts, moves
from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import ROOT, is_recorded, ours, surroundings, wait_recorded
from tests.bench.report import Bench, Row, middle, percentile, progress
from tests.bench.terminal import Terminal

AT_ONCE: Final = 20
"""Moves between two looks at whether the thread is recorded."""
PATIENCE: Final = 120.0
"""Seconds that a recording may take."""


def measure_recording(bench: Bench) -> Iterator[Row]:
    """100,000 comments: opened without a library, recorded the first time with and without keys, and opened again.

    Guards that a recording streams and gives way. Memory bites from about 10,000 comments on, keys where any call of
    the recording holds the interpreter.
    """
    plain, first, known, seconds, keys, others = [], [], [], [], list[float](), list[float]()
    for run in range(max(1, bench.runs // 2)):
        plain.append(_open(bench, Path("/nonexistent"), "--no-library").memory)
        with tempfile.TemporaryDirectory(prefix="bench-home-") as home:
            recorded = _open(bench, Path(home))
            first.append(recorded.memory)
            seconds.append(recorded.seconds)
            known.append(_open(bench, Path(home)).memory)
        with tempfile.TemporaryDirectory(prefix="bench-home-") as home:
            keys += _keys_while_recording(bench, Path(home), run)
            others += _keys_without(bench, Path(home), run)
        progress(f"recording {run + 1}: {plain[-1]:.0f}, {first[-1]:.0f}, {known[-1]:.0f} MB, {len(keys)} keys")
    yield Row("peak memory without a library, 100,000 comments", middle(plain), "MB", limit=150)
    yield Row("peak memory with a known thread", middle(known), "MB", limit=165)
    yield Row("peak memory while it is recorded", middle(first), "MB", limit=200)
    yield Row("until it is recorded, without keys", middle(seconds), "s")
    if not keys or not others:
        yield Row("key while a thread is recorded, median", None, "ms", note="no key painted anything")
        return
    yield Row("key while a thread is recorded, median", middle(keys), "ms", limit=5, note=f"{len(keys)} keys")
    yield Row(
        "key while a thread is recorded, 99th percentile",
        percentile(keys, 0.99),
        "ms",
        limit=12,
        note=f"slowest {max(keys):.1f} ms; without a library {percentile(others, 0.99):.1f}, {max(others):.1f} ms",
    )


class _Opened(NamedTuple):
    """Peak MB of one reading, and the seconds from the first screen until the thread was in the library."""

    memory: float
    seconds: float


def _open(bench: Bench, home: Path, *options: str) -> _Opened:
    command, seconds = ours(*options, big_thread(bench)), 0.0
    with Terminal(command, environment=surroundings(home), folder=ROOT) as terminal:
        terminal.painted(thread_word(BIG))
        if not options:
            seconds = wait_recorded(terminal, home)
        terminal.listen(2.0)
        memory = terminal.memory() / 1e6
        terminal.quit(b"q", 30.0)
    return _Opened(memory, seconds)


def _keys_while_recording(bench: Bench, home: Path, seed: int) -> list[float]:
    """Milliseconds to the first paint of moves, from the first screen on until the thread is in the library."""
    found: list[float] = []
    with Terminal(ours(big_thread(bench)), environment=surroundings(home), folder=ROOT) as terminal:
        terminal.painted(thread_word(BIG))
        began = perf_counter()
        while not is_recorded(home) and perf_counter() < began + PATIENCE:
            found += firsts(moves(terminal, AT_ONCE, seed=seed * 1_000 + len(found)))
        progress(f"recorded between {len(found)} keys in {perf_counter() - began:.1f} s")
        terminal.quit(b"q", 30.0)
    return found


def _keys_without(bench: Bench, home: Path, seed: int) -> list[float]:
    """The same of some moves without a library: what the machine itself adds at the moment."""
    command = ours("--no-library", big_thread(bench))
    with Terminal(command, environment=surroundings(home), folder=ROOT) as terminal:
        terminal.painted(thread_word(BIG))
        found = firsts(moves(terminal, 5 * AT_ONCE, seed=seed * 1_000))
        terminal.quit(b"q", 30.0)
    return found


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"library-record": measure_recording}
