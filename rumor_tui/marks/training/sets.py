"""The sets of texts with their names marked, as units with labels for each token."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rumor_tui.marks import tokens

SETS = ("wnut17", "ewt", "gum", "btc")
"""The sets, in the order in which they are learned."""

COPIES = 10
"""Every so many units is there once more in capitals, and once more in lower case."""


class Unit(NamedTuple):
    """A paragraph of a set: its text, the spans of its names, and the set."""

    text: str
    spans: list[tuple[int, int]]
    source: str


CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep"
    " sept oct nov dec mr mrs ms dr sir god internet web ok tv pm am pst est gmt".split()
)
"""Proper nouns of the treebanks that are no names."""


def units_of(path: Path, source: str) -> Iterator[Unit]:
    """The units of a set with their spans, without what the tagger does not look for."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            text = item["text"]
            spans = [(start, end) for start, end, kind in item["spans"] if _is_name(text[start:end], kind)]
            for start, end in tokens.units(text):
                yield Unit(
                    text[start:end],
                    [(a - start, b - start) for a, b in spans if start <= a and b <= end],
                    source,
                )


def _is_name(name: str, kind: str) -> bool:
    if name[:1] in "@#":
        return False
    words = [word.strip(".,").lower() for word in name.split()]
    return kind != "NNP" or not all(word in CALENDAR or word.isdigit() for word in words)


def with_copies(units: Iterable[Unit], every: int = COPIES) -> Iterator[Unit]:
    """The units, and some of them once more in capitals and in lower case."""
    for at, unit in enumerate(units):
        yield unit
        if at % every == 0:
            for text in (unit.text.upper(), unit.text.lower()):
                if len(text) == len(unit.text):
                    yield Unit(text, unit.spans, unit.source)


def labels(found: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[str]:
    """B, I or O for each token: whether it begins a name, goes on with it, or stands outside."""
    out, at = ["O"] * len(found), 0
    for start, end in sorted(spans):
        while at < len(found) and found[at][1] <= start:
            at += 1
        inside = "B"
        while at < len(found) and found[at][0] < end:
            out[at], inside = inside, "I"
            at += 1
    return out
