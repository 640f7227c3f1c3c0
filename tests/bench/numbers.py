"""How fast numbers are found, and that no pattern of the marks takes more than its share of hostile text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from time import process_time

from rumor_tui import marks
from rumor_tui.readers import load
from rumor_tui.search.index import TextIndex
from tests.bench.generate import cached
from tests.bench.number_scores import SETS, alone, pace, scorer
from tests.bench.report import Bench, Row, progress

SHORT, LONG = 250_000, 1_000_000
"""Characters of the hostile texts whose times are compared."""
PROBE = 8_000
"""Characters of the texts with which the pieces that a pattern is slowest for are found."""
LINEAR = 6.0
"""A text four times as long may take so many times as long."""
COMMENTS = 10_000
"""Comments whose prose is timed."""
PIECES = (
    "a", "A", "1", ",", ".", "-", " ", "½", "'", "’", ":", "/", "@", "€", "_", "É", "1,", "1.", "1 ", "1-", "1:",
    "1/", "1x", "22,", "1.222", "1,222", "1 222", "1'222", "111 ", "a.", "a-", "a@", "a:", "A ", "A of ", "A-",
    "http://", "www.", "one ", "one, ", "hundred and ", "one and a half ", "half a ", "million ", "a third of a ",
    "May ", "May 1", "January, ", "1 May", "12:34", "1h2m", "v1.", "1.1.1-", "5'1", "fe:", "00:11:", "deadbeef-",
    "a1-", "a.b.", "$", "$1-", "-1", "~1 ", "<3", "%1", "Q1 ", "1 per ", "1 km/", "1 square ", "Dr. ", "‘a", "“1”",
    "\n", "\n\n", "1\n", "@a ", "1M ", "of the ", "\xa0", "1\xa0",
)  # fmt: skip
"""What hostile texts repeat: pieces that patterns begin with and then go on with, or nearly so."""


def marks_patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the modules of the marks by where it stands: what they hold, make once, or write in a call."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.iter_modules(marks.__path__):
        module = importlib.import_module(f"{marks.__name__}.{info.name}")
        for name, value in vars(module).items():
            if getattr(value, "__module__", module.__name__) != module.__name__:
                continue
            made = value() if hasattr(value, "cache_info") and not signature(value).parameters else value
            for nth, each in enumerate(made if isinstance(made, tuple) else (made,)):
                pattern = each if isinstance(each, re.Pattern) else getattr(each, "__self__", None)
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    found[f"{info.name}.{name}.{nth}"] = pattern
        found |= {f"{info.name}:{line}": re.compile(raw) for line, raw in _written(Path(module.__file__ or ""))}
    return found


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """The patterns that are written as plain strings in calls of `re`, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    began = process_time()
    work()
    return process_time() - began


def growth(work: Callable[[str], object], piece: str) -> float:
    """How much longer some work takes for a hostile text of 1 MB than for one of 250 kB; 4 where it is linear."""
    short = seconds(lambda: work(piece * (SHORT // len(piece))))
    return seconds(lambda: work(piece * (LONG // len(piece)))) / max(short, 0.002)


def worst(work: Callable[[str], object]) -> tuple[float, str]:
    """The growth with the piece for which some work is slowest, and that piece."""
    work(PIECES[0])
    slowest = max(PIECES, key=lambda piece: seconds(lambda: work(piece * (PROBE // len(piece)))))
    return growth(work, slowest), slowest


def _whole(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def measure_numbers(bench: Bench) -> Iterator[Row]:
    """Numbers in generated comments and in texts full of numbers; and 1 MB of hostile text for every pattern of marks.

    Guards the promise that all numbers of 100,000 comments (30 million characters) are found in 15 s, and that no
    pattern is super-linear. A text of 1 MB takes four times as long as one of 250 kB; a quadratic one sixteen times.
    """
    index = TextIndex(load(str(cached(bench.data, "algolia", COMMENTS, mean=bench.mean))))  # type: ignore[arg-type]
    index.build()
    prose = [index.item_text(item) for item in range(index.size)]
    yield Row("30 MB of comments for their numbers", 30e6 / pace(prose, alone), "s", limit=15)
    for path in sorted(SETS.glob("*_dev.jsonl")):
        texts = [each["text"] for each in scorer().load(path)]
        yield Row(f"numbers in 1 MB of {path.stem}", 1e6 / pace(texts, alone), "s", limit=3.3)
    yield Row("hostile text, numbers", *_grown(alone))
    yield Row("hostile text, all marks", *_grown(marks.find))
    patterns = marks_patterns()
    progress(f"{len(patterns)} patterns")
    found = sorted((*worst(_whole(pattern)), name) for name, pattern in patterns.items())
    for ratio, piece, name in found[-3:]:
        yield Row(f"hostile text, {name}", ratio, "", limit=LINEAR, note=f"{piece!r} x {LONG:,} over x {SHORT:,}")
    yield Row(
        "hostile text, every pattern", float(len(found)), "", note=f"{sum(ratio > LINEAR for ratio, *_ in found)} over"
    )


def _grown(work: Callable[[str], object]) -> tuple[float, str, None, str, float, str]:
    """The figures of a row about the worst growth of some work."""
    ratio, piece = worst(work)
    return ratio, "", None, "", LINEAR, f"{piece!r} x {LONG:,} over x {SHORT:,}"


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"numbers": measure_numbers}
