"""How well numbers are found, on texts with marked numbers: `python -m tests.bench.number_scores [--errors SET]`.

The sets and the scorer lie beside the checkout, in `shared/language/numbers` and `shared/tools`. For each set it
prints the scorer's line (span, overlap and character scores, in per cent) and the speed in characters a second, for
the numbers alone; what `marks.find` gives, where names win over numbers, is scored in the second line.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from rumor_tui.marks import Mark, find_marks
from rumor_tui.marks.numbers import number_finder
from rumor_tui.marks.scanning import blank_addresses, word_set

SHARED = Path(__file__).parents[2].parent / "shared"
SETS = SHARED / "language" / "numbers"
SCORER = SHARED / "tools" / "score_marks.py"


def scorer() -> ModuleType:
    """The scorer's module, which is no part of the project."""
    spec = importlib.util.spec_from_file_location("score_marks", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def alone(text: str) -> list[Mark]:
    """The numbers of a text as they are found before names are looked for."""
    text = blank_addresses(text)
    return number_finder.find_numbers(text, word_set(text), number_finder.has_digits(text))


def merged(text: str) -> list[Mark]:
    """The numbers that are left when names have won."""
    return [mark for mark in find_marks(text) if mark.kind == "number"]


def pace(texts: list[str], work: Callable[[str], object], runs: int = 3) -> float:
    """Characters a second of processor time, the best of some runs after one that warms up."""
    for text in texts:
        work(text)
    best = float("inf")
    for _ in range(runs):
        began = process_time()
        for text in texts:
            work(text)
        best = min(best, process_time() - began)
    return sum(map(len, texts)) / best


def score(module: ModuleType, gold: list[dict[str, Any]], work: Callable[[str], list[Mark]]) -> tuple[str, list[Any]]:
    """The scorer's line for one set, and its errors."""
    found = [{"id": each["id"], "spans": [[m.start, m.end] for m in work(each["text"])]} for each in gold]
    result, errors = module.score(gold, found, True, return_errors=True)
    return module.fmt(result), errors


def main() -> int:
    """Print the table; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.number_scores", description=__doc__)
    parser.add_argument("--errors", metavar="SET", help="print the misses of one set too")
    parser.add_argument("sets", nargs="*", help="names of sets, all by default")
    options = parser.parse_args()
    if not SCORER.exists():
        print(f"There is no scorer at {SCORER}.")
        return 1
    module = scorer()
    for path in sorted(SETS.glob("*.jsonl")):
        if options.sets and path.stem not in options.sets:
            continue
        gold = module.load(path)
        line, errors = score(module, gold, alone)
        print(f"{path.stem:15} {line}  {pace([each['text'] for each in gold], alone):12,.0f} characters/s")
        print(f"{'  with names':15} {score(module, gold, merged)[0]}")
        if options.errors == path.stem:
            print(*(f"{kind} {where}".replace("\n", "/") for kind, where in errors), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
