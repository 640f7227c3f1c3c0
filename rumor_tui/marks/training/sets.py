"""The sets of texts with their names marked, as units with labels for each token."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rumor_tui.marks import tokens

SETS = ("wnut17", "ewt", "gum", "btc")
"""The sets, in the order in which they are learned."""

TYPES = {
    "person": "person",
    "PER": "person",
    "location": "place",
    "LOC": "place",
    "group": "organisation",
    "corporation": "organisation",
    "ORG": "organisation",
    "product": "product",
    "creative-work": "name",
}
"""The types of the sets that tell them -> ours."""

COPIES = 10
"""Every so many units is there once more in capitals, and once more in lower case."""


Span = tuple[int, int, str]
"""Where a name starts and ends, in characters, and its type."""

RUN = "NNP"
"""The type of what a treebank calls a run of proper nouns, which is not quite a name."""

LINKS = frozenset((" of ", " of the ", " & "))
"""What may stand between two runs that are one name."""


class Unit(NamedTuple):
    """A paragraph of a set: its text, and its names with the types that the set gives them."""

    text: str
    spans: list[Span]


_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec mr mrs ms dr sir god internet web ok tv pm am pst est gmt
    """
CALENDAR = frozenset(_CALENDAR.split())
"""Proper nouns of the treebanks that are no names."""

_ROLES = """
    mr mrs ms miss dr sir president senator sen gov governor prof professor minister prime captain capt general gen
    judge secretary rep sheikh chief director mayor chairman bishop professor doctor ambassador justice colonel col lt
    lieutenant sgt sergeant detective deputy vice manager officer fellow congressman chancellor
    """
ROLES = frozenset(_ROLES.split())
"""Proper nouns of the treebanks that stand before a name and are no part of it."""


def units_of(path: Path) -> Iterator[Unit]:
    """The units of a set with their spans, without what the tagger does not look for."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            text = item["text"]
            runs = joined(text, [without_role(text, *span) for span in item["spans"]])
            spans = [(start, end, kind) for start, end, kind in runs if _is_name(text[start:end], kind)]
            for start, end in tokens.units(text):
                inside = [(a - start, b - start, kind) for a, b, kind in spans if start <= a and b <= end]
                yield Unit(text[start:end], inside)


def without_role(text: str, start: int, end: int, kind: str) -> Span:
    """A run of proper nouns without the titles that it begins with; empty where it has nothing else."""
    while kind == RUN and start < end:
        word = text[start:end].split(maxsplit=1)[0]
        if word.lower().rstrip(".") not in ROLES:
            break
        start += len(word)
        start += len(text[start:end]) - len(text[start:end].lstrip(" ."))
    return start, end, kind


def joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans with those runs of proper nouns in one that only "of" or "&" stands between: University of Oxford."""
    out: list[Span] = []
    for start, end, kind in spans:
        if kind == RUN and out and out[-1][0] < out[-1][1] and text[out[-1][1] : start] in LINKS:
            out[-1] = out[-1][0], end, kind
        elif start < end:
            out.append((start, end, kind))
    return out


def _is_name(name: str, kind: str) -> bool:
    if name[:1] in "@#":
        return False
    words = [word.strip(".,").lower() for word in name.split()]
    return kind != RUN or not all(word in CALENDAR or word.isdigit() for word in words)


def with_copies(units: Iterable[Unit], every: int = COPIES) -> Iterator[Unit]:
    """The units, and some of them once more in capitals and in lower case."""
    for at, unit in enumerate(units):
        yield unit
        if at % every == 0:
            for text in (unit.text.upper(), unit.text.lower()):
                if len(text) == len(unit.text):
                    yield Unit(text, unit.spans)


def labels(found: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[str]:
    """B, I or O for each token: whether it begins a name, goes on with it, or stands outside."""
    out, at = ["O"] * len(found), 0
    for start, end, _ in sorted(spans):
        while at < len(found) and found[at][1] <= start:
            at += 1
        inside = "B"
        while at < len(found) and found[at][0] < end:
            out[at], inside = inside, "I"
            at += 1
    return out
