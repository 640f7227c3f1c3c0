"""How fast numbers are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rumor_tui.readers import read_path
from rumor_tui.search.index.texts import TextIndex
from tests.bench.generate import cached
from tests.bench.number_scores import SETS, alone, pace, scorer
from tests.bench.report import Bench, Row

COMMENTS = 10_000
"""Comments whose prose is timed."""


def measure_numbers(bench: Bench) -> Iterator[Row]:
    """Numbers in generated comments and in texts full of numbers.

    Guards the promise that all numbers of 100,000 comments (30 million characters) are found in 15 s.
    """
    index = TextIndex(read_path(str(cached(bench.data, "algolia", COMMENTS, mean=bench.mean))))  # type: ignore[arg-type]
    index.build()
    prose = [index.item_text(item) for item in range(index.size)]
    yield Row("30 MB of comments for their numbers", 30e6 / pace(prose, alone), "s", limit=15)
    for path in sorted(SETS.glob("*_dev.jsonl")):
        texts = [each["text"] for each in scorer().load(path)]
        yield Row(f"numbers in 1 MB of {path.stem}", 1e6 / pace(texts, alone), "s", limit=3.3)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"numbers": measure_numbers}
