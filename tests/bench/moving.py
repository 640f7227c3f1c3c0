"""How soon a key is answered in a big thread: small moves, and the moves that touch everything."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import ROOT, ours, running, surroundings, wait_recorded
from tests.bench.report import Bench, Row, middle, percentile, progress
from tests.bench.terminal import Reaction, Terminal

MOVES = 200
KEYS: dict[str, int] = {
    "j": 30, "k": 14, "J": 8, "K": 5, "}": 8, "{": 4, "h": 6, "l": 8, "d": 6, "u": 4, " ": 8, "G": 1, "gg": 1,
    "t": 3, "p": 3, "X": 3, "za": 3, "zo": 1, "zc": 1,
}  # fmt: skip
"""The mix: each key (or pair of keys) and how often it comes, in proportion."""
SWEEPS = {"fold all (zM)": "zM", "unfold all (zR)": "zR", "jump to the end (G)": "G"}
SIZES = ((100, 30), (120, 40))


def stroke(terminal: Terminal, keys: str) -> Reaction | None:
    """Type the keys one by one, each in silence; the reaction to the last one."""
    for prefix in keys[:-1]:
        terminal.wait_quiet()
        terminal.send(prefix.encode())
    return terminal.press(keys[-1].encode())


def moves(terminal: Terminal, count: int = MOVES, seed: int = 7) -> list[Reaction]:
    """The reactions to a seeded mix of moves; a key that painted nothing (such as `k` at the top) is left out."""
    keys = Random(seed).choices(list(KEYS), weights=list(KEYS.values()), k=count)
    reactions = [stroke(terminal, key) for key in keys]
    return [reaction for reaction in reactions if reaction]


def firsts(reactions: Sequence[Reaction]) -> list[float]:
    """Milliseconds to the first painting byte."""
    return [reaction.first * 1000 for reaction in reactions]


def wholes(reactions: Sequence[Reaction]) -> list[float]:
    """Milliseconds to the last painting byte."""
    return [reaction.whole * 1000 for reaction in reactions]


def _move_rows(reactions: Sequence[Reaction], pressed: int) -> Iterator[Row]:
    first, whole = firsts(reactions), wholes(reactions)
    note = f"{len(first)} of {pressed} keys painted, slowest {max(first):.1f} ms"
    yield Row("key to first paint, median", middle(first), "ms", limit=5, note=note)
    yield Row("key to first paint, 99th percentile", percentile(first, 0.99), "ms", limit=12)
    yield Row("key to last paint, median", middle(whole), "ms")
    yield Row("key to last paint, 99th percentile", percentile(whole, 0.99), "ms")


def measure_moves(bench: Bench) -> Iterator[Row]:
    """200 mixed moves in 100,000 comments, from a key to the first byte it paints.

    Guards the cost of one step: the search for the next visible row, the heights that it needs, the lines that
    it paints. It bites where any of those walks the thread, from about 10,000 comments on.
    """
    with running(ours(big_thread(bench))) as terminal:
        terminal.painted(thread_word(BIG))
        terminal.listen(2.0)
        reactions = [reaction for seed in range(max(1, bench.runs // 2)) for reaction in moves(terminal, seed=seed)]
        terminal.quit(b"q")
    if not reactions:
        yield Row("key to first paint, median", None, "ms", note="no key painted anything")
        return
    yield from _move_rows(reactions, MOVES * max(1, bench.runs // 2))


def measure_unread(bench: Bench) -> Iterator[Row]:
    """The same moves in a thread that the library knows, with the library and without it: what unread state costs.

    Guards what is looked at after each painting (which comments are on screen, and for how long) and the signs in the
    tree. It bites where any of that walks the thread, or is done before a key is painted.
    """
    page, found = big_thread(bench), dict[str, list[float]](off=[], on=[])
    with tempfile.TemporaryDirectory(prefix="bench-home-") as home:
        with Terminal(ours(page), environment=surroundings(Path(home)), folder=ROOT) as terminal:
            terminal.painted(thread_word(BIG))
            wait_recorded(terminal, Path(home))
            terminal.quit(b"q", 30.0)
        for run in range(max(2, bench.runs)):
            for name, options in (("off", ("--no-library",)), ("on", ())):
                command = ours(*options, page)
                with Terminal(command, environment=surroundings(Path(home)), folder=ROOT) as terminal:
                    terminal.painted(thread_word(BIG))
                    terminal.listen(5.0)
                    found[name] += wholes(moves(terminal, MOVES // 2, seed=run))
                    stroke(terminal, "gg")  # where the next one begins
                    terminal.listen(1.0)
                    terminal.quit(b"q", 30.0)
    on, off = middle(found["on"]), middle(found["off"])
    note = f"median {on:.2f} ms with a library, {off:.2f} ms without, {len(found['on'])} keys each"
    yield Row("unread state, a key", on - off, "ms", limit=1, note=note)


def measure_sweeps(bench: Bench) -> Iterator[Row]:
    """Fold all, unfold all, jump to the end and resize in 100,000 comments, until the last byte is painted.

    Guards the integer work over all comments that these may do: numbers of visible rows, heights for a new
    width. It bites from about 100,000 comments on; a Python loop over the rows is too slow already at 30,000.
    """
    found: dict[str, list[Reaction]] = {name: [] for name in (*SWEEPS, "resize")}
    with running(ours(big_thread(bench))) as terminal:
        terminal.painted(thread_word(BIG))
        terminal.listen(2.0)
        for run in range(bench.runs):
            _sweep(terminal, found)
            progress(f"sweeps: run {run + 1} of {bench.runs}")
        terminal.quit(b"q")
    for name, reactions in found.items():
        note = f"first paint {middle(firsts(reactions)):.1f} ms, {len(reactions)} times"
        yield Row(name, middle(wholes(reactions)) if reactions else None, "ms", limit=50, note=note)


def _sweep(terminal: Terminal, found: dict[str, list[Reaction]]) -> None:
    for name, keys in SWEEPS.items():
        stroke(terminal, "gg")
        found[name] += filter(None, [stroke(terminal, keys)])
    found["resize"] += filter(None, [terminal.resize(*size) for size in SIZES])


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "moves": measure_moves,
    "unread": measure_unread,
    "sweeps": measure_sweeps,
}
