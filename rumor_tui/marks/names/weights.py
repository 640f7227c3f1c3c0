"""The data of the name tagger, as stored and as used.

The file is compressed. It begins with a line of JSON that gives the length of each part; then come the parts. Words are
grouped by frequency class and sorted within each, so that the class takes no space and the words compress well.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

from rumor_tui.marks.names.features import UNKNOWN_WORD, WordInfo

DATA = Path(__file__).parents[1] / "data" / "names.bin"

T = TypeVar("T")

LabelScores = tuple[int, int]
"""What an attribute adds to the scores of B and I, relative to O, in steps of 1/`SCALE`."""

SCALE = 24
"""Steps per unit of weight."""

TYPE_SCALE = 24
"""Steps per unit of the type weights."""

NameType = Literal["person", "organisation", "product", "place", "name"]

NAME_TYPES: Final[tuple[NameType, ...]] = ("person", "organisation", "product", "place", "name")
"""The types of names, in the order of their weights; `name` stands for any other type."""


class Transitions(NamedTuple):
    """What it adds to a score that one label follows another, relative to O after O, in steps of 1/`SCALE`.

    `start` is for B as the first label of a unit.
    """

    start: int
    ob: int
    bo: int
    bb: int
    bi: int
    io: int
    ib: int
    ii: int


class WordNumbers:
    """Maps words to numbers in a tenth of the memory of a dict; a lookup is a binary search and takes about 5 µs."""

    def __init__(self, words: Sequence[str]) -> None:
        """The number of a word is its index in `words`."""
        self._numbers = array("I", sorted(range(len(words)), key=words.__getitem__))
        self._text = "".join([words[number] for number in self._numbers])
        self._ends = array("I", accumulate(len(words[number]) for number in self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> str:
        """The word at a place in alphabetical order."""
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]

    def get(self, word: str) -> int | None:
        """The number of a word, or None."""
        place = bisect_left(self, word)
        return self._numbers[place] if place < len(self) and self[place] == word else None


@dataclass(frozen=True)
class Weights:
    """Everything that the tagger knows.

    `words` gives each word its number n; `ranks[n]`, `cases[n]` and `paths[n]` hold what is known of it, in the codes
    of `pack_weights`.
    """

    words: WordNumbers
    ranks: bytes
    cases: bytes
    paths: array[int]
    clusters: Sequence[str]
    pairs: Mapping[str, LabelScores]
    transitions: Transitions
    types: Mapping[str, tuple[int, ...]]

    def known(self, word: str) -> WordInfo:
        """What the word table knows of a word in lower case."""
        number = self.words.get(word)
        if number is None:
            return UNKNOWN_WORD
        case = self.cases[number]
        return WordInfo(case & 15, case >> 4 & 3, case >> 6, self.ranks[number], self.clusters[self.paths[number]])


def pack_weights(
    table: Mapping[str, WordInfo],
    pairs: Mapping[str, LabelScores],
    transitions: Transitions,
    types: Mapping[str, tuple[int, ...]],
) -> bytes:
    """The data as bytes, not yet compressed. All weights must fit in a signed byte."""
    words = sorted(table, key=lambda word: (table[word].rank, word))
    names, typed = sorted(pairs), sorted(types)
    parts = {
        **_pack_words([table[word] for word in words]),
        "words": "\n".join(words).encode(),
        "names": "\n".join(names).encode(),
        "begin": bytes(pairs[name][0] & 255 for name in names),
        "inside": bytes(pairs[name][1] & 255 for name in names),
        "kinds": "\n".join(typed).encode(),
        "types": bytes(types[name][at] & 255 for at in range(len(NAME_TYPES)) for name in typed),
    }
    ranks = Counter(known.rank for known in table.values())
    head = {
        "sizes": {name: len(parts[name]) for name in _PARTS},
        "ranks": sorted(map(list, ranks.items())),
        "transitions": list(transitions),
    }
    return json.dumps(head).encode() + b"\n" + b"".join(parts[name] for name in _PARTS)


_PARTS: Final = ("words", "cases", "low", "high", "clusters", "names", "begin", "inside", "kinds", "types")
"""The parts of the file, in order."""


def _pack_words(rows: Sequence[WordInfo]) -> dict[str, bytes]:
    """What is known of the words: their case classes, and the numbers of their clusters in two bytes."""
    clusters = sorted({row.cluster for row in rows})
    number = {path: at for at, path in enumerate(clusters)}
    paths = [number[row.cluster] for row in rows]
    return {
        "cases": bytes(row.title | row.upper << 4 | row.mixed << 6 for row in rows),
        "low": bytes(path & 255 for path in paths),
        "high": bytes(path >> 8 for path in paths),
        "clusters": "\n".join(clusters).encode(),
    }


def compress_weights(content: bytes) -> bytes:
    """The data as stored."""
    import lzma

    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def unpack_weights(content: bytes) -> Weights:
    """The data as used, from what `pack_weights` returned."""
    line, _, rest = content.partition(b"\n")
    head: dict[str, Any] = json.loads(line)
    parts, at = {}, 0
    for name, size in head["sizes"].items():
        parts[name] = rest[at : at + size]
        at += size
    words = parts["words"].decode().split("\n")
    pairs = zip(array("b", parts["begin"]), array("b", parts["inside"]), strict=True)
    kinds = parts["kinds"].decode().split("\n")
    types = array("b", parts["types"])
    columns = [types[at : at + len(kinds)] for at in range(0, len(types), len(kinds))]
    return Weights(
        words=WordNumbers(words),
        ranks=b"".join(bytes([rank]) * count for rank, count in head["ranks"]),
        cases=parts["cases"],
        paths=array("H", [low + 256 * high for low, high in zip(parts["low"], parts["high"], strict=True)]),
        clusters=parts["clusters"].decode().split("\n"),
        pairs=dict(zip(parts["names"].decode().split("\n"), _shared(pairs), strict=True)),
        transitions=Transitions(*head["transitions"]),
        types=dict(zip(kinds, _shared(zip(*columns, strict=True)), strict=True)),
    )


def _shared(rows: Iterable[T]) -> list[T]:
    """The rows, with equal ones as the same object: only one pair in twenty differs from all before."""
    known: dict[T, T] = {}
    return [known.setdefault(row, row) for row in rows]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The data that ship with the package, read once."""
    import lzma

    return unpack_weights(lzma.decompress(DATA.read_bytes()))
