"""The bench: `python -m tests.bench`, from the root of the repository.

Prints one table of measures with their targets, and exits with 1 when a target is missed. The files it needs are
generated once and kept in a folder under the system's temporary folder (or in `--data DIR`).
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench import (
    generate,
    hostile,
    killing,
    knowing,
    library_adding,
    library_recording,
    library_screen,
    library_search,
    linked,
    moving,
    names,
    numerals,
    opening,
    ordering,
    pages,
    resting,
    scaling,
    searching,
)
from tests.bench.report import Bench, Row, as_data, progress, table
from tests.bench.terminal import Ended

MEASURES = {
    **opening.MEASURES,
    **moving.MEASURES,
    **searching.MEASURES,
    **knowing.MEASURES,
    **ordering.MEASURES,
    **scaling.MEASURES,
    **resting.MEASURES,
    **pages.MEASURES,
    **names.MEASURES,
    **numerals.MEASURES,
    **hostile.MEASURES,
    **linked.MEASURES,
    **killing.MEASURES,
    **library_search.MEASURES,
    **library_screen.MEASURES,
    **library_adding.MEASURES,
    **library_recording.MEASURES,
}


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure rumor-tui in a terminal.")
    parser.add_argument("--only", action="append", choices=list(MEASURES), help="one measure; may be repeated")
    parser.add_argument("--quick", action="store_true", help="two runs instead of five")
    parser.add_argument("--runs", type=int, help="how many runs a median is taken over")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "rumor-tui-bench")
    parser.add_argument("--mean", type=float, default=generate.MEAN, help="mean characters a generated body")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--list", action="store_true", help="tell what each measure guards, and stop")
    return parser.parse_args(given)


def collect(measure: Callable[[Bench], Iterator[Row]], name: str, bench: Bench) -> list[Row]:
    """The measure's rows; one failed row when the program does not do what the measure needs."""
    progress(name)
    rows: list[Row] = []
    try:
        rows.extend(measure(bench))
    except Ended as problem:
        print(problem, file=sys.stderr)
        rows.append(Row(name, None, "", note=str(problem).partition("\n")[0][:120]))
    return rows


def main() -> int:
    """Run the measures that were asked for and print the table; the exit code."""
    options = arguments()
    compileall.compile_dir("rumor_tui", quiet=1)  # as an installed program is, whatever the environment says
    if options.list:
        print("\n".join(f"{name}: {measure.__doc__}" for name, measure in MEASURES.items()))
        return 0
    bench = Bench(options.data, options.runs or (2 if options.quick else 5), options.mean)
    rows = [row for name in options.only or MEASURES for row in collect(MEASURES[name], name, bench)]
    print(table(rows))
    print(f"\nmedians of {bench.runs} runs; {os.cpu_count()} processors; 5-minute load {os.getloadavg()[1]:.1f}")
    if options.json:
        options.json.write_text(json.dumps(as_data(rows), indent=1, ensure_ascii=False), encoding="utf-8")
    return int(any(row.verdict in ("over", "failed") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
