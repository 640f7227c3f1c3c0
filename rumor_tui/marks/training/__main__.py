"""The command that rebuilds the data: `python -m rumor_tui.marks.training --language DIR`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

from rumor_tui.marks import weights
from rumor_tui.marks.training.train import learn_names, learn_types
from rumor_tui.marks.training.words import word_table


def say(text: str) -> None:
    """Tell how far the training is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Train, write the data, and say what was written; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m rumor_tui.marks.training", description=__doc__)
    parser.add_argument("--language", type=Path, default=Path("../shared/language"), help="the folder with names/")
    parser.add_argument("--out", type=Path, default=weights.DATA, help="the file to write")
    options = parser.parse_args()
    folder = options.language / "names"
    if missing := [name for name in ("pycrfsuite", "spacy_lookups_data") if find_spec(name) is None]:
        sys.stderr.write(f"Training needs {' and '.join(missing)}: pip install 'rumor-tui[train]'\n")
        return 2
    if not folder.is_dir():
        sys.stderr.write(f"There are no sets of names in {folder}.\n")
        return 2
    table = word_table()
    say(f"{len(table):,} words in the table")
    types = learn_types(folder, table)
    say(f"{len(types):,} attributes tell types")
    pairs, moves = learn_names(folder, table, say)
    content = weights.pack(table, pairs, moves, types)
    options.out.write_bytes(weights.squeeze(content))
    say(f"{len(pairs):,} attributes tell names; {options.out.stat().st_size:,} bytes in {options.out}")
    say(f"sha256 of the content: {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
