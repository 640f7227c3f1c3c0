"""The full attack with hostile texts: `python -m tests.bench.hostile_texts [--only PART]`; exits 1 on a finding.

The parts: every scene of the screens with all texts (`scenes`), documents of all formats, read and exported (`pages`),
all 1,114,112 code points in seven contexts (`points`), 20,000 strings of brackets (`brackets`), and the program itself
on a pseudo-terminal and in tmux (`terminals`). All of it takes about 20 minutes of one processor.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Final

from tests.hostile import brackets, code_points, terminals
from tests.hostile.oracle import violations
from tests.hostile.pages import HOSTILE_PAGES
from tests.hostile.reading import page_wrong
from tests.hostile.scenes import SCENES
from tests.hostile.texts import HOSTILE_TEXTS

TEXTS: Final = [text for _, text in HOSTILE_TEXTS]
SOME: Final = 60
"""Texts of a scene that types each of them."""

Found = Iterator[tuple[str, Sequence[str]]]


def _scenes(runs: int) -> Found:
    for name, scene in SCENES.items():
        step = len(TEXTS) // SOME if name.startswith("searching") and not runs else 1
        yield name, asyncio.run(scene(TEXTS[::step]))


def _pages(runs: int) -> Found:
    for page in HOSTILE_PAGES:
        yield page.name, page_wrong(page, TEXTS)


def _points(runs: int) -> Found:
    for plane in range(17):
        contexts = code_points.CONTEXTS[::3] if plane in code_points.UNIFORM else code_points.CONTEXTS
        yield f"plane {plane}", code_points.wrong(range(plane << 16, (plane + 1) << 16), contexts)


def _brackets(runs: int) -> Found:
    yield "brackets", asyncio.run(brackets.wrong(runs or 20_000))


def _terminals(runs: int) -> Found:
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path(name) / "home"
        (folder / "named").mkdir()
        for page in HOSTILE_PAGES:
            output, code = terminals.walk([str(terminals.write_page(folder, page, TEXTS))], home)
            yield f"walk through {page.name}", violations(output, copies=True) + ([f"exit code {code}"] if code else [])
        path = terminals.write_page(folder, HOSTILE_PAGES[0], TEXTS)
        yield "commands", terminals.commands_wrong(path, home)
        yield "errors", terminals.errors_wrong(path, home)
        yield "file names", terminals.names_wrong(folder / "named", home, TEXTS[::20])
        yield "tmux", terminals.in_tmux([str(path)], home, [*"jjjG", *["\x06"] * 20, *"gg", "=", "\x1b"])


PARTS: Final[dict[str, Callable[[int], Found]]] = {
    "scenes": _scenes,
    "pages": _pages,
    "points": _points,
    "brackets": _brackets,
    "terminals": _terminals,
}


def main() -> int:
    """Run the parts that were asked for, print what was found in each; 1 if something was."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hostile_texts", description="Attack with texts.")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; may be repeated")
    parser.add_argument("--runs", type=int, default=0, help="how many strings of brackets; searches for all texts")
    given = parser.parse_args()
    count = 0
    for part in given.only or PARTS:
        began = process_time()
        for name, wrong in PARTS[part](given.runs):
            print(f"{part}, {name}: {len(wrong)} findings, {process_time() - began:.1f} s", *wrong[:9], sep="\n   ")
            sys.stdout.flush()
            count += len(wrong)
            began = process_time()
    print(f"{len(TEXTS)} texts, {len(HOSTILE_PAGES)} kinds of documents, {len(SCENES)} scenes: {count} findings")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
