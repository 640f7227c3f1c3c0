"""What an order of the tree costs, from the key to the thread whose rows stand in it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import process_time

from rumor_tui.model import Thread
from rumor_tui.outline import subtree_sizes
from rumor_tui.readers import read_path
from rumor_tui.reading.orders import arrange, available
from tests.bench.opening import big_thread
from tests.bench.report import Bench, Row

REPEATS = 5
"""How often an order is made; the best time counts."""


def measure_orders(bench: Bench) -> Iterator[Row]:
    """Every order of 100,000 comments: sorting, the rows of the tree, and the columns in that order.

    Guards the key that changes the order, which is waited for. It bites from about 20,000 comments on.
    """
    thread = read_path(str(big_thread(bench)))
    assert isinstance(thread, Thread)
    thread.scores = [(row * 7919) % 1_000 for row in range(len(thread))]  # this source gives none
    size = subtree_sizes(thread.parent)  # the reader has them at hand
    for kind in available(thread)[1:]:
        arranging = _best(lambda name=kind.name: arrange(thread, name, size))  # type: ignore[misc]
        arrangement = arrange(thread, kind.name, size)
        selecting = _best(lambda made=arrangement: made.thread(thread))  # type: ignore[misc]
        note = f"of these {selecting:.0f} ms for the columns"
        yield Row(f"100,000 comments, {kind.label}", arranging + selecting, "ms", limit=100, note=note)


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    best = float("inf")
    for _ in range(REPEATS):
        gc.collect()
        began = process_time()
        work()
        best = min(best, process_time() - began)
    return best * 1000


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"orders": measure_orders}
