"""How soon a search shows its first matches, and how soon it knows them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench import generate
from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import ours, running
from tests.bench.report import Bench, Row, middle, progress
from tests.bench.screen import Replay
from tests.bench.terminal import Terminal

QUERIES = ("600", "car", "kel", "my car", "€4")
"""Each has another number of matches than it has without its last letter, so that its total must change."""
WORDS = ("car", "kel", "parser", "my car", "warranty")
"""The same for words alone: the total of a number is known only when all numbers of the thread are."""
TOTAL = re.compile(r"\bof (?P<of>\d[\d,.]*)|(?P<all>\d[\d,.]*) match|(?P<none>no match)")
"""The total as the search bar says it when it is exact: `3 of 40`, `40 matches` or `no match`."""
SETTLED = 0.45
"""Seconds of silence in which a bar has said what it says; a text cursor blinks every half second."""
WINDOWS = (1.0, *[2.0] * 10)
"""Seconds of listening for the exact total; the screen is replayed only between them, as that takes time."""
WARM_UP = 5.0
"""Seconds that a warm run waits before its first search."""
ESCAPE = b"\x1b"


@dataclass(frozen=True, slots=True)
class Search:
    """One typed query, in milliseconds; None for what did not happen.

    `opened` is from `/` to the first painting byte, and `keys` the same for each letter. From the last letter,
    `lit` is to the first change above the search bar, `counted` to the exact `total` that the bar shows.
    """

    query: str
    opened: float | None
    keys: list[float]
    lit: float | None
    counted: float | None
    total: int | None


def total_on(lines: Sequence[str]) -> int | None:
    """The exact total in the search bar, which is the lowest line that begins with a slash; None without one."""
    bar = next((line for line in reversed(lines[-6:]) if line.lstrip().startswith("/")), "")
    found = TOTAL.search(bar)
    if not found or found["none"]:
        return 0 if found else None
    return int(re.sub(r"[,.]", "", found["of"] or found["all"]))


def follow(terminal: Terminal, replay: Replay, since: int) -> tuple[float | None, float | None, int | None]:
    """Listen after a key until the exact total is there, with `replay` at the screen before; chunks from `since`.

    Tells when the text above the bar first changed, when the total came (both in milliseconds), and the total.
    """
    body = set(range(2, terminal.rows - 6))
    lit, counted, total = None, None, total_on(replay.lines)
    for seconds in WINDOWS:
        terminal.listen(seconds)
        new, since = terminal.chunks[since:], len(terminal.chunks)
        for at, data in new:
            touched, after = replay.feed(data), (at - terminal.pressed) * 1000
            lit = after if lit is None and touched & body else lit
            if (shown := total_on(replay.lines)) != total:
                counted, total = after, shown
        if total is not None:
            break
    return lit, counted, total


def type_query(terminal: Terminal, query: str) -> Search:
    """Open the search, type the query a key at a time, each in silence, and close the search again."""
    opened, *keys = [terminal.press(key.encode()) for key in f"/{query[:-1]}"]
    terminal.listen(SETTLED)
    replay, before = terminal.replay(), len(terminal.chunks)
    keys.append(terminal.press(query[-1].encode()))
    lit, counted, total = follow(terminal, replay, before)
    terminal.press(ESCAPE, gap=SETTLED)
    letters = [reaction.first * 1000 for reaction in keys if reaction]
    return Search(query, opened.first * 1000 if opened else None, letters, lit, counted, total)


def _row(name: str, values: Sequence[float | None], limit: float, note: str = "") -> Row:
    found = [value for value in values if value is not None]
    note = note or f"{len(found)} of {len(values)} times, slowest {max(found, default=0):.0f} ms"
    return Row(name, middle(found) if found else None, "ms", limit=limit, note=note)


def _rows(state: str, searches: Sequence[Search], counts: dict[str, int], limit: float = 300) -> Iterator[Row]:
    totals = {each.query: each.total for each in searches}
    note = "shown/counted: " + ", ".join(f"{query} {totals[query]}/{counts[query]}" for query in totals)
    yield _row(f"search {state}: slash to first paint", [each.opened for each in searches], 50)
    yield _row(f"search {state}: letter to first paint", [key for each in searches for key in each.keys], 50)
    yield _row(f"search {state}: last letter to text lit", [each.lit for each in searches], 50)
    yield _row(f"search {state}: last letter to exact total", [each.counted for each in searches], limit, note)


def measure_cold(bench: Bench) -> Iterator[Row]:
    """A search that begins as soon as the first screen is there, in 100,000 comments.

    Guards the wait for an index that does not exist yet: the visible matches must not wait for it. It bites
    from about 10,000 comments on. Of all runs' queries each is the first search of its process.
    """
    searches = []
    for run in range(bench.runs):
        with running(ours(big_thread(bench))) as terminal:
            terminal.painted(thread_word(BIG), gap=0.1)
            searches.append(type_query(terminal, WORDS[run % len(WORDS)]))
            terminal.quit(b"q")
        progress(f"cold search {run + 1} of {bench.runs}")
    asked = [search.query for search in searches]
    yield from _rows("cold", searches, generate.occurrences(BIG, asked, mean=bench.mean), 500)


def measure_warm(bench: Bench) -> Iterator[Row]:
    """Searches in 100,000 comments that have been open for five seconds and have been searched once before.

    Guards the cost of one search over the whole text, and of lighting what is on screen. It bites from about
    10,000 comments on; at 100,000 folding the text anew for each key takes 0.8 s.
    """
    with running(ours(big_thread(bench))) as terminal:
        terminal.painted(thread_word(BIG))
        terminal.listen(WARM_UP)
        first = type_query(terminal, "zz")
        progress(f"the search that warms up: {first.counted or float('inf'):.0f} ms to its exact total")
        searches = [type_query(terminal, query) for _ in range(max(1, bench.runs // 2)) for query in QUERIES]
        terminal.quit(b"q")
    yield from _rows("warm", searches, generate.occurrences(BIG, QUERIES, mean=bench.mean))


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"cold-search": measure_cold, "warm-search": measure_warm}
