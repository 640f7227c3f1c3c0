"""How it is to read a thread while the article that it links to is still being loaded."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter

from tests.bench.moving import firsts, stroke
from tests.bench.programs import ROOT, ours, surroundings
from tests.bench.report import Bench, Row, middle, percentile
from tests.bench.terminal import Reaction, Terminal
from tests.sources.server import LATE, Play, playing

PATH = "/lobsters/s/linked/six"
COMMENT, ARTICLE = "Comment 1 says", "Leipzig"
"""Words of the first comment, and of the article."""
KEYS = "jjjk}d"
"""Moves that always paint something: after one that does not, the turning mark of progress would be measured."""


def _open(play: Play, home: Path) -> Terminal:
    environment = {**surroundings(home), "RUMOR_TUI_SITES": play.base}
    return Terminal(ours(play.base + PATH), environment=environment, folder=ROOT, columns=140, rows=40)


def _read_meanwhile(terminal: Terminal, seconds: float) -> list[Reaction]:
    """Move for some seconds."""
    reactions: list[Reaction] = []
    ends = perf_counter() + seconds
    for key in cycle(KEYS):
        if perf_counter() > ends:
            break
        reactions += filter(None, [stroke(terminal, key)])
    return reactions


def _stays(terminal: Terminal) -> bool:
    """Whether the comments stand on the same rows before the article comes and after it."""
    before = [row[70:] for row in terminal.screen()[2:-2]]
    terminal.wait_text(ARTICLE)
    terminal.listen(1.0)
    return before == [row[70:] for row in terminal.screen()[2:-2]]


def measure_linked(bench: Bench) -> Iterator[Row]:
    """A thread of 1,000 comments on the web whose linked article takes five seconds: opening, keys, what moves.

    Guards that the comments never wait for the article, that loading and reading it are not felt at a key, and that
    nothing moves when it comes. It bites as soon as anything of it is done in the thread of the interface.
    """
    opened, keys, stayed = [], [], []
    for _ in range(bench.runs):
        with playing() as play, tempfile.TemporaryDirectory(prefix="bench-home-") as home:
            play.faults["/linked/article"] = ("late", 99)
            with _open(play, Path(home)) as terminal:
                terminal.wait_text(COMMENT)  # it is never quiet, as the mark of progress turns
                opened.append((perf_counter() - terminal.started) * 1000)
                keys += _read_meanwhile(terminal, LATE + 1.0)
                terminal.quit(b"q")
            with _open(play, Path(home)) as terminal:
                terminal.wait_text(COMMENT)
                terminal.listen(1.0)
                stayed.append(_stays(terminal))
                terminal.quit(b"q")
    first = firsts(keys)
    yield Row("thread on the web, until its comments are there", middle(opened), "ms")
    note = f"{len(first)} keys, slowest {max(first):.1f} ms"
    yield Row("key while the article is loaded, median", middle(first), "ms", limit=5, note=note)
    yield Row("key while the article is loaded, 99th percentile", percentile(first, 0.99), "ms", limit=12)
    yield Row("runs in which a comment moved when the article came", float(stayed.count(False)), "", limit=0)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"linked": measure_linked}
