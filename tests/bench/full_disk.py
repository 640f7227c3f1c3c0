"""A disk that is full at a hundred moments of what a reader does: nothing is lost, and the sentences are true.

Run as `python -m tests.bench.full_disk [--offsets 100]`, by whoever may mount a small disk; it exits 1 on a finding.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.keeper import Keeper
from tests.bench.report import progress
from tests.hostile.shortage import attack, offsets
from tests.library.killed_reader import page_of
from tests.library.mounts import small_disk


def main() -> int:
    """Try all offsets."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.full_disk")
    parser.add_argument("--offsets", type=int, default=100)
    given = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory(prefix="rumor-tui-full-") as name:
        keeper = Keeper(Path(name) / "made" / "library.sqlite3")
        keeper.record(page_of(1, 0, 3), 100.0)
        with closing(open_for_reading(keeper.path)) as connection:
            keep_copy(connection, keeper.path)
        keeper.close()
        with small_disk(Path(name) / "disk", 4) as folder:
            for room in offsets(given.offsets):
                for wrong in attack(keeper.path, folder, room):
                    found += 1
                    progress(wrong[:300])
    print(f"{given.offsets} offsets, {found} findings")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
