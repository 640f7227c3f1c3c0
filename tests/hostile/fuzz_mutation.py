"""Sources made hostile: small documents that a seeded generator changes by bytes, by pieces and by their structure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from tests.hostile.fuzz_seeds import ODD
from tests.json_places import json_places

_PIECE = re.compile(rb"</?[A-Za-z][^<>\n]{0,60}>|[\w.@:/+-]+|[ \t]+|\r?\n|.", re.DOTALL)
_MOST_PIECES = 4_000
_SHORT = 0.8
"""How often the shorter one of two is taken."""

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 5.5, 10**30, 1e308, "", "x", "5", "t1_a", "0.1.2", "2017-99-99", "\x1b]0;x\x07"),
    *([], {}, [None], [[]], [{}], {"a": 1}, {"kind": "t1"}, {"kind": "Listing", "data": {"children": [5]}}, [1, "x"]),
    *("\ud83d", 1_500_000_000, 1_500_000_000_000, "<p>x", "https://a.example/", "http://[", {"rendered": "x"}, 2**63),
)
"""What may stand in JSON where something else is expected."""


class Mutator:
    """Makes hostile sources from a growing pool of small ones; the same seed makes the same ones.

    `longest` is the number of bytes of a source at most.
    """

    def __init__(self, seeds: Sequence[bytes], seed: int, longest: int = 1_500, *, as_json: bool = False) -> None:
        self.dice = Random(seed)
        self.longest = longest
        self.pool = [item for item in seeds if len(item) <= longest] or [item[:longest] for item in seeds[:1]] or [b"x"]
        self.as_json = as_json
        odd = [piece.encode("utf-8", "surrogatepass") for piece in ODD]
        found = {piece for item in self.pool for piece in _PIECE.findall(item[:2_000]) if 1 < len(piece) <= 60}
        self.pieces: list[bytes] = [*odd, *odd, *sorted(found)[:_MOST_PIECES]]
        self._values: dict[bytes, Any] = {}
        self._changes: tuple[Callable[[bytes], bytes], ...] = (
            self._without, self._twice, self._with_piece, self._with_piece, self._over_piece, self._over_piece,
            self._swapped, self._flipped, self._joined, self._cut, self._repeated, self._lines_mixed,
        )  # fmt: skip

    def add(self, data: bytes) -> None:
        """Take a source into the pool, since it led somewhere new."""
        self.pool.append(data)

    def make(self) -> bytes:
        """One hostile source."""
        dice = self.dice
        data = self._pick()
        if self.as_json and dice.random() < 0.6:
            data = self.mutated_json(data)
            if dice.random() < 0.7:
                return data[: self.longest] if len(data) > self.longest else data
        for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5))):
            data = dice.choice(self._changes)(data)
        return data[: self.longest]

    def _pick(self) -> bytes:
        """One of the pool, mostly a short one: as much goes wrong in it, and it takes less time."""
        one, other = self.dice.choice(self.pool), self.dice.choice(self.pool)
        return min(one, other, key=len) if self.dice.random() < _SHORT else one

    def change(self, text: bytes) -> bytes:
        """A piece of a container, changed once or twice, or left alone."""
        for _ in range(self.dice.choice((0, 1, 1, 2))):
            text = self.dice.choice(self._changes)(text)
        return text[: self.longest]

    def _stretch(self, data: bytes) -> tuple[int, int]:
        start = self.dice.randrange(len(data) + 1)
        return start, min(len(data), start + self.dice.choice((1, 2, 4, 8, 20, 60, 200)))

    def _piece_at(self, data: bytes) -> tuple[int, int]:
        """Where a piece of the source is."""
        found = _PIECE.search(data, self.dice.randrange(len(data) + 1)) or _PIECE.search(data)
        return found.span() if found else (0, 0)

    def _without(self, data: bytes) -> bytes:
        start, end = self._stretch(data) if self.dice.random() < 0.5 else self._piece_at(data)
        return data[:start] + data[end:]

    def _twice(self, data: bytes) -> bytes:
        start, end = self._stretch(data)
        at = self.dice.randrange(len(data) + 1)
        return data[:at] + data[start:end] + data[at:]

    def _with_piece(self, data: bytes) -> bytes:
        at = self._piece_at(data)[0]
        return data[:at] + self.dice.choice(self.pieces) + data[at:]

    def _over_piece(self, data: bytes) -> bytes:
        start, end = self._piece_at(data)
        return data[:start] + self.dice.choice(self.pieces) + data[end:]

    def _swapped(self, data: bytes) -> bytes:
        (start, end), (other, stop) = sorted((self._piece_at(data), self._piece_at(data)))
        if end > other:
            return data
        return data[:start] + data[other:stop] + data[end:other] + data[start:end] + data[stop:]

    def _flipped(self, data: bytes) -> bytes:
        if not data:
            return data
        at = self.dice.randrange(len(data))
        return (
            data[:at]
            + bytes((self.dice.choice((data[at] ^ 1 << self.dice.randrange(8), 0, 255, 10, 32)),))
            + data[at + 1 :]
        )

    def _joined(self, data: bytes) -> bytes:
        other = self.dice.choice(self.pool)
        start, end = self._stretch(other)
        return data[: self._piece_at(data)[0]] + (other[start:end] if self.dice.random() < 0.5 else other[start:])

    def _cut(self, data: bytes) -> bytes:
        return data[: self.dice.randrange(len(data) + 1)]

    def _repeated(self, data: bytes) -> bytes:
        start, end = self._piece_at(data)
        piece = data[start:end] if self.dice.random() < 0.6 else self.dice.choice(self.pieces)
        return data[:start] + piece * self.dice.choice((2, 3, 9, 40)) + data[end:]

    def _lines_mixed(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        if len(lines) < 2:
            return data
        one, other = self.dice.randrange(len(lines)), self.dice.randrange(len(lines))
        what = self.dice.randrange(4)
        if what == 0:
            lines[one], lines[other] = lines[other], lines[one]
        elif what == 1:
            lines.insert(one, lines[other])
        elif what == 2:
            del lines[one]
        else:
            lines[one] = b" " * self.dice.randrange(9) + lines[one].lstrip()
        return b"\n".join(lines)

    # Structure

    def mutated_json(self, data: bytes) -> bytes:
        """A JSON document with something taken away, put elsewhere, or replaced."""
        value = self._value_of(data)
        for _ in range(self.dice.choice((1, 1, 2, 3))):
            places = json_places(value)
            if not places:
                break
            self._mutilate(places)
        return json.dumps(value, ensure_ascii=self.dice.random() < 0.8).encode("utf-8", "surrogatepass")

    def _value_of(self, data: bytes) -> Any:
        if data not in self._values:
            try:
                self._values[data] = json.loads(data)
            except (ValueError, RecursionError):
                self._values[data] = None
        return deepcopy(self._values[data])

    def _mutilate(self, places: list[tuple[Any, Any]]) -> None:
        dice = self.dice
        holder, key = dice.choice(places)
        what = dice.randrange(6)
        if what == 0:
            del holder[key]
        elif what == 1:
            holder[key] = deepcopy(dice.choice(ODD_VALUES))
        elif what == 2 and isinstance(holder, list):
            holder.insert(dice.randrange(len(holder) + 1), deepcopy(holder[key]))
        elif what == 3 and isinstance(holder, dict) and isinstance(key, str):
            holder[dice.choice(self.pieces).decode("utf-8", "replace")] = holder.pop(key)
        elif what == 4 and isinstance(holder[key], str):
            holder[key] = self.change(holder[key].encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        else:
            other, there = dice.choice(places)
            holder[key] = deepcopy(other[there])
