"""What the program costs while nobody touches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import SAMPLE, SAMPLE_WORD, bare, ours, running
from tests.bench.report import Bench, Row, middle, progress, spread

SETTLING = 8.0
"""Seconds given to an index that is built in the background before idleness is measured."""
IDLE = 3.0
"""Seconds of idleness whose processor time is taken; the clock's tick makes steps of 0.33 %."""


def measure_rest(bench: Bench) -> Iterator[Row]:
    """Memory after background work has ended, and processor time in three idle seconds, at 100,000 comments.

    Guards against an index that outweighs the text, and against timers and endless redraws. Memory bites from
    100,000 comments on, idle work at any size.
    """
    peaks, shares = [], []
    for run in range(bench.runs):
        with running(ours(big_thread(bench))) as terminal:
            terminal.painted(thread_word(BIG))
            terminal.listen(SETTLING)
            before = terminal.cpu()
            terminal.listen(IDLE)
            shares.append((terminal.cpu() - before) / IDLE * 100)
            peaks.append(terminal.memory() / 1e6)
            terminal.quit(b"q")
        progress(f"rest {run + 1} of {bench.runs}: {peaks[-1]:.1f} MB, {shares[-1]:.2f} %")
    yield Row("peak memory at rest, 100,000 comments", middle(peaks), "MB", limit=200, note=spread(peaks, "MB"))
    yield Row("idle processor, 100,000 comments", middle(shares), "%", limit=1, note=spread(shares, "%"))


def measure_small_rest(bench: Bench) -> Iterator[Row]:
    """The sample's memory beside a bare Textual app's.

    Guards the cost of imports, which every reader pays. It bites at any size.
    """
    peaks: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(bench.runs):
        for name, command in (("ours", ours(SAMPLE)), ("bare", bare(SAMPLE))):
            with running(command) as terminal:
                terminal.painted(SAMPLE_WORD)
                peaks[name].append(terminal.memory() / 1e6)
                terminal.quit(b"q")
    yield Row("peak memory, the sample", middle(peaks["ours"]), "MB", middle(peaks["bare"]), "bare Textual")


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"rest": measure_rest, "small-rest": measure_small_rest}
