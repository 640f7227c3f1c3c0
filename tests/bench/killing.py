"""What a kill at any moment costs: nothing that was answered for, and never a part of something.

Run as `python -m tests.bench.killing [--runs 1000] [--seed 0]` for kills alone; it exits 1 where something is found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.report import Bench, Row, progress
from tests.library.kill_checks import measure_kills

RUNS_EACH = 40
"""Kills for each of the runs that a bench makes: 200 with the five of the standard."""


def measure_killing(bench: Bench) -> Iterator[Row]:
    """Readers of the library killed at random moments while they record, read, mark and note.

    Guards that what was answered for is on disk, that nothing is half-written, and that SQLite finds the file whole.
    """
    runs = bench.runs * RUNS_EACH
    with tempfile.TemporaryDirectory(prefix="rumor-tui-kills-") as folder:
        answered, wrong = measure_kills(Path(folder), runs)
    for run, problems in wrong.items():
        progress(f"killing, run {run}: {'; '.join(problems)[:500]}")
    yield Row(
        f"libraries with something wrong after {runs} kills", len(wrong), "", limit=0, note=f"{answered:,} answers"
    )


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"killing": measure_killing}


def main() -> int:
    """Kill readers, and say what was found after each ten."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.killing")
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()

    def tell(run: int, answered: int, wrong: Sequence[str]) -> None:
        if wrong:
            progress(f"run {run}: {'; '.join(wrong)[:500]}")
        if run % 10 == 9:
            progress(f"{run + 1} of {given.runs} kills, {answered:,} answers")

    with tempfile.TemporaryDirectory(prefix="rumor-tui-kills-") as folder:
        answered, wrong = measure_kills(Path(folder), given.runs, given.seed, tell=tell)
    print(f"{given.runs} kills, {answered:,} answers, {len(wrong)} libraries with something wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
