"""Libraries whose file is damaged in every way: nothing that never was is shown, and what can be read comes back.

Run as `python -m tests.bench.damaged [--runs 1000] [--seed 0]`: so many flips of one bit, and a fifth as many of each
other kind (pages spoiled, the log spoiled, the newest backup spoiled as well). It exits 1 where something is found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from tests.bench.report import progress
from tests.hostile import damage

KINDS: Final[dict[str, Callable[[Random], Callable[[Path], None]]]] = {
    "one bit": damage.flip,
    "pages": damage.spoil,
    "the log": damage.flip_in_log,
    "the newest backup, too": lambda random: damage.with_bad_backup(random, damage.spoil(random)),
}
"""What is done to a library, by what is damaged."""


def measure(kind: str, runs: int, seed: int, made: Path, folder: Path) -> int:
    """Damage a library so many times in one way, print what became of it, and return the number of findings."""
    noticed, found = 0, 0
    notes: Counter[int] = Counter()
    for run in range(runs):
        outcome = damage.attack(made, folder / "attacked", KINDS[kind](Random(f"{kind} {seed} {run}")))
        noticed += outcome.noticed
        notes[outcome.notes] += 1
        found += bool(outcome.findings)
        for finding in outcome.findings:
            progress(f"{kind}, run {run}: {finding[:300]}")
        if run % 50 == 49:
            progress(f"{kind}: {run + 1} of {runs}, {found} with findings")
    kept = ", ".join(f"{count} with {number} of {len(damage.NOTES)} notes" for number, count in sorted(notes.items()))
    print(f"{kind}: {runs} runs, {noticed} noticed, {found} with findings; afterwards {kept}")
    return found


def main() -> int:
    """Measure all kinds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.damaged")
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS, action="append")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rumor-tui-damaged-") as name:
        made = damage.make(Path(name) / "made")
        found = 0
        for kind in given.kind or KINDS:
            runs = given.runs if kind == "one bit" else max(1, given.runs // 5)
            found += measure(kind, runs, given.seed, made, Path(name))
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
