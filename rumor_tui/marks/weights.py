"""The data of the tagger of names, as they are stored and as they are used.

The file is compressed. In it stands a line of JSON that says how long each part is, then the parts. Words stand in
classes of frequency, sorted within each, so that the class needs no room and the sorted words compress well.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

from rumor_tui.marks.features import UNKNOWN, Known

DATA = Path(__file__).with_name("data") / "names.bin"

T = TypeVar("T")

Pair = tuple[int, int]
"""What an attribute adds to the score of B and of I, in `SCALE`ths, against O."""

SCALE = 24
"""Steps of a whole weight."""

TYPE_SCALE = 24
"""The same for the weights of types."""

Type = Literal["person", "organisation", "product", "place", "name"]

TYPES: Final[tuple[Type, ...]] = ("person", "organisation", "product", "place", "name")
"""The types of names, in the order of their weights; `name` is any other."""


class Transitions(NamedTuple):
    """What it adds to a score that one label follows another, in `SCALE`ths, against O after O.

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
    """Words and their numbers, in a tenth of what a dict takes; a look-up is a search by halves, about 5 µs."""

    def __init__(self, words: Sequence[str]) -> None:
        """The number of a word is its place in `words`."""
        self._numbers = array("I", sorted(range(len(words)), key=words.__getitem__))
        self._text = "".join([words[number] for number in self._numbers])
        self._ends = array("I", accumulate(len(words[number]) for number in self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> str:
        """The word at a place in their order."""
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]

    def get(self, word: str) -> int | None:
        """The number of a word, if it is one of them."""
        place = bisect_left(self, word)
        return self._numbers[place] if place < len(self) and self[place] == word else None


@dataclass(frozen=True)
class Weights:
    """Everything that the tagger knows.

    `words` gives each word its number; `cases` and `paths` say what is known of word number n, in the codes of `pack`.
    """

    words: WordNumbers
    ranks: bytes
    cases: bytes
    paths: array[int]
    clusters: Sequence[str]
    pairs: Mapping[str, Pair]
    transitions: Transitions
    types: Mapping[str, tuple[int, ...]]

    def known(self, word: str) -> Known:
        """What the word table says of a word in lower case."""
        number = self.words.get(word)
        if number is None:
            return UNKNOWN
        case = self.cases[number]
        return Known(case & 15, case >> 4 & 3, case >> 6, self.ranks[number], self.clusters[self.paths[number]])


def pack(
    table: Mapping[str, Known],
    pairs: Mapping[str, Pair],
    transitions: Transitions,
    types: Mapping[str, tuple[int, ...]],
) -> bytes:
    """The data in one piece. All weights have to lie within a signed byte."""
    groups: dict[int, list[str]] = {}
    for word, known in table.items():
        groups.setdefault(known.rank, []).append(word)
    words = [word for rank in sorted(groups) for word in sorted(groups[rank])]
    clusters = sorted({known.cluster for known in table.values()})
    number = {path: at for at, path in enumerate(clusters)}
    rows = [table[word] for word in words]
    names, kinds = sorted(pairs), sorted(types)
    paths = [number[row.cluster] for row in rows]
    parts = {
        "words": "\n".join(words).encode(),
        "cases": bytes(row.title | row.upper << 4 | row.mixed << 6 for row in rows),
        "low": bytes(path & 255 for path in paths),
        "high": bytes(path >> 8 for path in paths),
        "clusters": "\n".join(clusters).encode(),
        "names": "\n".join(names).encode(),
        "begin": bytes(pairs[name][0] & 255 for name in names),
        "inside": bytes(pairs[name][1] & 255 for name in names),
        "kinds": "\n".join(kinds).encode(),
        "types": bytes(types[name][at] & 255 for at in range(len(TYPES)) for name in kinds),
    }
    head = {
        "sizes": {name: len(part) for name, part in parts.items()},
        "ranks": [[rank, len(groups[rank])] for rank in sorted(groups)],
        "transitions": list(transitions),
    }
    return json.dumps(head).encode() + b"\n" + b"".join(parts.values())


def squeeze(content: bytes) -> bytes:
    """The data as they are stored."""
    import lzma

    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def unpack(content: bytes) -> Weights:
    """The data as they are used."""
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
    """The rows, of which equal ones are the same object: one pair in twenty differs from all before it."""
    known: dict[T, T] = {}
    return [known.setdefault(row, row) for row in rows]


@lru_cache(maxsize=1)
def load() -> Weights:
    """The data that ship, read once."""
    import lzma

    return unpack(lzma.decompress(DATA.read_bytes()))
