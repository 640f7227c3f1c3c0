"""What a kill at any moment costs: nothing that was answered for, and never a part of something."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
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
