"""How well the tagger of names does on the shared sets: `python -m tests.bench.names_scores`.

Prints precision, recall and F1 on the dev halves, without the thread's evidence: of exact spans, of spans that
overlap, and of characters, as the shared scorer counts them.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.names import SETS
from tests.bench.programs import ROOT

SCORER = ROOT.parent / "shared" / "tools" / "score_marks.py"
TARGETS = {"wnut17_dev": 63, "ewt_dev": 76, "btc_dev": 68}
"""The F1 of exact spans that each set has to reach."""


def scorer(path: Path = SCORER) -> Any:
    """The shared scorer as a module. Raises FileNotFoundError."""
    spec = importlib.util.spec_from_file_location("score_marks", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(f"there is no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(name: str, find: Callable[[str], list[tuple[int, int]]]) -> dict[str, tuple[float, float, float]]:
    """The measures of one set: `exact`, `overlap` and `char`, each as precision, recall and F1 from 0 to 1."""
    module = scorer()
    gold = module.load(SETS / f"{name}.jsonl")
    found = [{"id": item["id"], "spans": find(item["text"])} for item in gold]
    result: dict[str, tuple[float, float, float]] = module.score(gold, found, True)
    return result


def main() -> int:
    """Print the table; 1 when a target is missed, 2 when there is nothing to score on."""
    from rumor_tui.marks.names.tagger import tag_names

    if not SCORER.is_file() or not SETS.is_dir():
        print(f"no sets of names at {SETS}", file=sys.stderr)
        return 2
    missed = False
    print(f"{'set':12} {'exact P':>8} {'R':>6} {'F1':>6} {'target':>7} {'overlap F1':>11} {'characters F1':>14}")
    for name, target in TARGETS.items():
        result = scored(name, lambda text: [(start, end) for start, end, _ in tag_names(text)])
        precision, recall, exact = (100 * part for part in result["exact"])
        overlap, characters = 100 * result["overlap"][2], 100 * result["char"][2]
        print(f"{name:12} {precision:8.1f} {recall:6.1f} {exact:6.1f} {target:7} {overlap:11.1f} {characters:14.1f}")
        missed |= exact < target
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
