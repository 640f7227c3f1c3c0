"""Random input to the program in a terminal, in full: 100 runs of 20,000 bytes, with 1,000 resizes.

Run as `python -m tests.bench.random_keys [--runs N] [--size BYTES] [--first SEED] [--jobs N]`. Each line is a run: its
seed, how often the program was started (it ends when a key says so, and is started again with something else to read),
and how many kinds of screens, prompts and searches it showed. A run that found something prints what; the exit code is
then 1. A seed makes the same input again, though not at the same moments.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from time import monotonic

from tests.hostile.keys import Report, attack

RESIZES = 10
"""Changes of the terminal's size in a run."""
TOLD = 2000
"""Characters that are printed of what a run died of."""


def run(seed: int, size: int) -> tuple[Report, float]:
    """One run, in a folder of its own; and the seconds that it took."""
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="random-keys-", ignore_cleanup_errors=True) as folder:
        return attack(seed, Path(folder), size=size, resizes=RESIZES), monotonic() - began


def main() -> int:
    """Print a line for each run, and what was found in all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("runs", 100), ("size", 20_000), ("first", 0), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    reports = []
    with ThreadPoolExecutor(asked.jobs) as pool:
        runs = [pool.submit(run, seed, asked.size) for seed in range(asked.first, asked.first + asked.runs)]
        for done in as_completed(runs):
            report, seconds = done.result()
            reports.append(report)
            print(
                f"seed {report.seed:4}: {report.bytes:,} bytes, {report.resizes} resizes, {report.starts} starts, "
                f"{len(report.shown)} kinds shown, {len(report.deaths)} deaths, {len(report.wrong)} wrong, "
                f"{seconds:.0f} s",
                flush=True,
            )
            for words in (*report.deaths, *report.wrong):
                print(f"  {words[-TOLD:]}", flush=True)
    shown = sorted(frozenset().union(*(report.shown for report in reports)))
    each = sorted(len(report.shown) for report in reports)
    deaths = sum(len(report.deaths) for report in reports)
    wrong = sum(len(report.wrong) for report in reports)
    print(
        f"{len(reports)} runs, {sum(r.bytes for r in reports):,} bytes, {sum(r.resizes for r in reports):,} resizes, "
        f"{sum(r.starts for r in reports)} starts: {deaths} deaths, {wrong} outputs wrong\n"
        f"{len(shown)} kinds shown (median {each[len(each) // 2]} in a run): {', '.join(shown)}"
    )
    return int(bool(deaths or wrong))


if __name__ == "__main__":
    sys.exit(main())
