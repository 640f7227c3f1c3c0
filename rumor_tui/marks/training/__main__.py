"""The command that rebuilds the data: `python -m rumor_tui.marks.training --language DIR`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from rumor_tui.marks import weights
from rumor_tui.marks.training.train import learn, pairs_of, transitions_of
from rumor_tui.marks.training.words import word_table


def main() -> int:
    """Train, write the data, and say what was written; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m rumor_tui.marks.training", description=__doc__)
    parser.add_argument("--language", type=Path, default=Path("../shared/language"), help="the folder with names/")
    parser.add_argument("--out", type=Path, default=weights.DATA, help="the file to write")
    options = parser.parse_args()
    table = word_table()
    states, moves = learn(options.language / "names", table)
    data = weights.pack(table, pairs_of(states), transitions_of(moves))
    options.out.write_bytes(data)
    sys.stdout.write(f"{options.out}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
