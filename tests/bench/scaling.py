"""How opening and moving grow with the number of comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import linear_regression

from tests.bench.moving import firsts, moves
from tests.bench.opening import big_thread, thread_word
from tests.bench.programs import ours, running
from tests.bench.report import Bench, Row, middle, percentile, progress, spread

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOVES = 60
FLAT = 1.5
"""By what factor a key may take longer in the largest thread than in the smallest."""


@dataclass(slots=True)
class Size:
    """What was found at one number of comments: seconds to the first screen, and milliseconds a key."""

    count: int
    opened: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)


def slope(sizes: Sequence[Size]) -> float:
    """The least-squares slope of the median opening times, in microseconds a comment."""
    counts = [float(size.count) for size in sizes]
    return linear_regression(counts, [middle(size.opened) for size in sizes]).slope * 1e6


def _visit(bench: Bench, size: Size, *, with_moves: bool) -> None:
    with running(ours(big_thread(bench, size.count))) as terminal:
        size.opened.append(terminal.painted(thread_word(size.count)))
        if with_moves:
            terminal.listen(2.0)
            size.keys += firsts(moves(terminal, MOVES))
        terminal.quit(b"q")
    progress(f"{size.count:,} comments: {size.opened[-1]:.3f} s")


def measure_growth(bench: Bench) -> Iterator[Row]:
    """Opening 1,000, 10,000, 100,000 and 1,000,000 comments, the slope of that, and a key's time at each.

    Guards the cost a comment before the first screen, and the promise that a key costs the same in any thread.
    It bites from 100,000 comments on, where 4 µs a comment are 0.4 s.
    """
    sizes = [Size(count) for count in SIZES]
    for run in range(bench.runs):
        for size in sizes:
            _visit(bench, size, with_moves=run == bench.runs - 1)
    for size in sizes:
        yield Row(f"open {size.count:,} comments", middle(size.opened), "s", note=spread(size.opened))
    yield Row("opening time a comment (slope)", slope(sizes), "µs", limit=4)
    for size in sizes:
        note = f"99th percentile {percentile(size.keys, 0.99):.1f} ms" if size.keys else "no key painted"
        yield Row(f"key at {size.count:,} comments, median", middle(size.keys), "ms", limit=6, note=note)
    yield Row("key, largest thread by smallest", middle(sizes[-1].keys), "ms", middle(sizes[0].keys),
              f"at {SIZES[0]:,}", FLAT)  # fmt: skip


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"growth": measure_growth}
