"""The command that rebuilds the data: `python -m rumor_tui.marks.names.training --language DIR`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

from rumor_tui.marks.names import weights
from rumor_tui.marks.names.training.corpora import build_word_table
from rumor_tui.marks.names.training.train import train_names, train_types


def print_progress(text: str) -> None:
    """Write a line of progress at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Train, write the data and report what was written; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m rumor_tui.marks.names.training", description=__doc__)
    parser.add_argument("--language", type=Path, default=Path("../shared/language"), help="the folder with names/")
    parser.add_argument("--out", type=Path, default=weights.DATA, help="the file to write")
    options = parser.parse_args()
    folder = options.language / "names"
    if missing := [name for name in ("pycrfsuite", "spacy_lookups_data") if find_spec(name) is None]:
        sys.stderr.write(f"Training needs {' and '.join(missing)}: pip install 'rumor-tui[train]'\n")
        return 2
    if not folder.is_dir():
        sys.stderr.write(f"There are no corpora in {folder}.\n")
        return 2
    table = build_word_table()
    print_progress(f"{len(table):,} words in the table")
    types = train_types(folder, table)
    print_progress(f"{len(types):,} attributes for types")
    pairs, moves = train_names(folder, table, print_progress)
    content = weights.pack_weights(table, pairs, moves, types)
    options.out.write_bytes(weights.compress_weights(content))
    print_progress(f"{len(pairs):,} attributes for names; {options.out.stat().st_size:,} bytes in {options.out}")
    print_progress(f"sha256 of the content: {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
