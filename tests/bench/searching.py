"""How soon a search shows its first matches, and how soon it knows them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench import generate
from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import ours, running
from tests.bench.report import Bench, Row, middle, progress
from tests.bench.screen import Chunk, Replay
from tests.bench.terminal import Terminal

QUERIES = ("600", "car", "kel", "my car", "€4")
"""Each has another number of matches than it has without its last letter, so that its total must change."""
TOTAL = re.compile(r"(?:\bof (?P<of>\d[\d,.]*)|(?P<all>\d[\d,.]*) match)")
"""The total as the search bar says it: `3 of 40`, or `40 matches`."""
SETTLED = 0.45
"""Seconds of silence after which the total on the screen is final; a text cursor blinks every half second."""
WARM_UP = 5.0
"""Seconds that a warm run waits before it searches, for an index to be built."""
ESCAPE = b"\x1b"


@dataclass(frozen=True, slots=True)
class Search:
    """One typed query: milliseconds from its last key to three moments, and the total that the bar then shows.

    `first` is the first painting byte, `lit` the first change above the search bar, `counted` the moment at
    which the final total appears; None for what did not happen.
    """

    query: str
    first: float | None
    lit: float | None
    counted: float | None
    total: int | None


def total_on(lines: Sequence[str]) -> int | None:
    """The total that the search bar shows, in the lowest of the bottom rows that has one."""
    for line in reversed(lines[-6:]):
        if found := TOTAL.search(line):
            return int(re.sub(r"[,.]", "", found["of"] or found["all"]))
    return None


def follow(
    terminal: Terminal, replay: Replay, chunks: Sequence[Chunk]
) -> tuple[float | None, float | None, int | None]:
    """When the text above the bar first changed, when the final total came (both in milliseconds), and the total."""
    body = set(range(2, terminal.rows - 6))
    lit, counted, total = None, None, total_on(replay.lines)
    for at, data in chunks:
        after = (at - terminal.pressed) * 1000
        if replay.feed(data) & body and lit is None:
            lit = after
        if (shown := total_on(replay.lines)) != total:
            counted, total = after, shown
    return lit, counted, total


def type_query(terminal: Terminal, query: str) -> Search:
    """Open the search, type the query a key at a time, each in silence, and close the search again."""
    for key in f"/{query[:-1]}":
        terminal.press(key.encode())
    terminal.wait_quiet(SETTLED)
    replay, before = terminal.replay(), len(terminal.chunks)
    reaction = terminal.press(query[-1].encode(), gap=SETTLED)
    lit, counted, total = follow(terminal, replay, terminal.chunks[before:])
    for _ in range(2):
        terminal.press(ESCAPE, gap=SETTLED)
    return Search(query, reaction.first * 1000 if reaction else None, lit, counted, total)


def _rows(state: str, searches: Sequence[Search], counts: dict[str, int]) -> Iterator[Row]:
    right = ", ".join(f"{each.query}: {each.total} (counted {counts[each.query]})" for each in searches[: len(counts)])
    for what, limit, note in (("first", None, ""), ("lit", 50, ""), ("counted", 300, right)):
        values = [value for each in searches if (value := getattr(each, what)) is not None]
        name = {"first": "first paint", "lit": "text lit", "counted": "exact total"}[what]
        note = note or f"{len(values)} of {len(searches)}, slowest {max(values, default=0):.0f} ms"
        yield Row(f"search {state}: {name}", middle(values) if values else None, "ms", limit=limit, note=note)


def measure_cold(bench: Bench) -> Iterator[Row]:
    """A search that begins as soon as the first screen is there, in 100,000 comments.

    Guards the wait for an index that does not exist yet: the visible matches must not wait for it. It bites
    from about 10,000 comments on. Of all runs' queries each is the first search of its process.
    """
    searches = []
    for run in range(bench.runs):
        with running(ours(big_thread(bench))) as terminal:
            terminal.painted(thread_word(BIG), gap=0.1)
            searches.append(type_query(terminal, QUERIES[run % len(QUERIES)]))
            terminal.quit(b"q")
        progress(f"cold search {run + 1} of {bench.runs}")
    asked = [search.query for search in searches]
    yield from _rows("cold", searches, generate.occurrences(BIG, asked, mean=bench.mean))


def measure_warm(bench: Bench) -> Iterator[Row]:
    """Searches in 100,000 comments that have been open for five seconds.

    Guards the cost of one search over the whole text, and of lighting what is on screen. It bites from about
    10,000 comments on; at 100,000 folding the text anew for each key takes 0.8 s.
    """
    with running(ours(big_thread(bench))) as terminal:
        terminal.painted(thread_word(BIG))
        terminal.listen(WARM_UP)
        searches = [type_query(terminal, query) for _ in range(max(1, bench.runs // 2)) for query in QUERIES]
        terminal.quit(b"q")
    yield from _rows("warm", searches, generate.occurrences(BIG, QUERIES, mean=bench.mean))


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"cold-search": measure_cold, "warm-search": measure_warm}
