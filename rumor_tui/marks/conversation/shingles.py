"""Shingles: sequences of words by which texts are compared with each other, whatever their typography.

A *word* here is what stands between punctuation, folded; in scripts without spaces it is one character. A *shingle* is
`SHINGLE_WORDS` words in a row. `Shingles` stores where each occurs first, in bounded memory, and records as *runs* what
is repeated later.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.text import fold

SHINGLE_WORDS: Final = 5
"""Words per shingle. Four in a row recur by chance in any long thread; six would miss short quotes."""

MAX_TEXT_CHARS: Final = 200_000
"""Characters of a text that are compared; a longer body is no comment but a file."""

MAX_SLOTS: Final = 1 << 23
"""The largest table, of four bytes per slot. Shingles beyond that are looked up but not stored."""

MAX_RUNS: Final = 2_000_000
"""The most runs that are stored; only texts of nothing but repetition have so many."""

_CHUNK: Final = 4096
"""Words between two calls of `rest`: a few milliseconds of work."""

_UNPARTED: Final = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Scripts without spaces between words: Thai, kana, and Han."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The word of most texts, a character of a script without spaces, and the word of texts with such characters."""
    return re.compile(r"\w+"), re.compile(f"[{_UNPARTED}]"), re.compile(rf"[{_UNPARTED}]|[^\W{_UNPARTED}]+")


def _word(text: str) -> re.Pattern[str]:
    plain, unparted, mixed = _patterns()
    return plain if text.isascii() or not unparted.search(text) else mixed


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    text = fold(text[:MAX_TEXT_CHARS])
    return _word(text).findall(text)


class WordPositions(NamedTuple):
    """The folded words of a text, and where each starts and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def word_positions(text: str) -> WordPositions:
    """The words of `folded_words` with their positions."""
    text = fold(text[:MAX_TEXT_CHARS])
    matches = list(_word(text).finditer(text))
    return WordPositions([m[0] for m in matches], [m.start() for m in matches], [m.end() for m in matches])


class RepeatedRun(NamedTuple):
    """`length` words from word `at` of an item that repeat an earlier item `source` from its word `source_at`."""

    at: int
    source: int
    source_at: int
    length: int


class Shingles:
    """Where each shingle occurs first. `add` the words of each text in reading order, then take the `runs`.

    `room` is the expected number of words. It takes at most 4 bytes per slot, 9 per shingle and 16 per run.
    """

    def __init__(self, room: int) -> None:
        slots = 1 << max(10, (room * 3 // 2).bit_length())
        self._slots = array("I", bytes(4 * min(slots, MAX_SLOTS)))
        self._prints = array("I", [0])
        self._firsts = array("I", [0])
        self._again = bytearray(1)
        self._starts = array("I")
        self._total = 0
        self._run_first = array("I")
        self._runs = (array("I"), array("I"), array("I"))

    @property
    def total(self) -> int:
        """The number of words so far."""
        return self._total

    def add(self, words: list[str], rest: Callable[[], bool]) -> bool:
        """Add the words of the next text; returns true to stop. `rest` is called every few thousand words."""
        self._starts.append(self._total)
        self._run_first.append(len(self._runs[0]))
        for first in range(0, len(words), _CHUNK):
            self._add(words[first : first + _CHUNK + SHINGLE_WORDS - 1], self._total + first)
            if rest():
                return True
        self._total += len(words)
        return False

    def _add(self, words: list[str], base: int) -> None:
        slots, prints, firsts, again = self._slots, self._prints, self._firsts, self._again
        run_at, run_entry, run_length = self._runs
        mask, limit, began = len(slots) - 1, len(slots) * 3 // 4, self._starts[-1]
        before = 0
        columns = (words[n:] for n in range(SHINGLE_WORDS))
        for at, hashed in enumerate(map(hash, zip(*columns, strict=False)), base):
            slot, mark = hashed & mask, hashed >> 32 & 0xFFFFFFFF
            entry = slots[slot]
            while entry and prints[entry] != mark:
                slot = slot + 1 & mask
                entry = slots[slot]
            if not entry:
                if len(prints) < limit:
                    slots[slot] = len(prints)
                    prints.append(mark)
                    firsts.append(at)
                    again.append(0)
            elif firsts[entry] < began:
                if again[entry] < 255:
                    again[entry] += 1
                if entry == before + 1 and before and firsts[entry] == firsts[before] + 1:
                    run_length[-1] += 1
                elif entry != before and len(run_at) < MAX_RUNS:
                    run_at.append(at - began)
                    run_entry.append(entry)
                    run_length.append(1)
            else:
                entry = 0
            before = entry

    def runs(self, item: int, common: int = 255) -> Iterator[RepeatedRun]:
        """The runs of an item that repeat earlier items, in order, without what recurs more than `common` (at most 254)
        times.

        Neighbouring runs may overlap by `SHINGLE_WORDS` - 1 words.
        """
        starts, firsts, again = self._starts, self._firsts, self._again
        begin = self._run_first[item]
        end = self._run_first[item + 1] if item + 1 < len(self._run_first) else len(self._runs[0])
        for at, entry, length in zip(*(column[begin:end] for column in self._runs), strict=True):
            if min(again[entry : entry + length]) <= common:
                source = bisect_right(starts, firsts[entry]) - 1
                yield RepeatedRun(at, source, firsts[entry] - starts[source], length + SHINGLE_WORDS - 1)
