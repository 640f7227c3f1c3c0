"""Finding a passage again in a text that may have changed since somebody wrote it down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from rumor_tui.text import fold

LONGEST: Final = 600
"""Characters of a passage that are kept and looked for."""

_LEAST_WORDS: Final = 3
"""Words of a passage that is looked for by likeness: fewer are found in texts that have nothing to do with it."""
_LEAST_LIKENESS: Final = 0.6
"""Share of a passage's words that must be there in their order, when it was edited."""
_MOST_WORDS: Final = 50_000
"""Words of a text in which an edited passage is looked for."""
_WORD: Final = re.compile(r"\w+")
# A run of stops, or of newlines, is looked at once, from its beginning: texts may have a million of them.
_STOP: Final = r"(?<![.!?…])(?>[.!?…]+)(?>[\"'”’)\]]*)\s+"
_SENTENCE_START: Final = re.compile(rf"(?:{_STOP}|(?<!\n)(?>\n+))(?=\S)")
_SENTENCE_END: Final = re.compile(_STOP)


class Stretch(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def find_passage(text: str, passage: str, near: int = -1, *, alike: bool = True) -> Stretch | None:
    """Where a passage stands in a text: as it was, else but for case and white space, else the part most like it.

    Where it stands several times, the place nearest to `near` is meant. None if nothing in the text is like it, or
    nothing is the same where likeness is not enough (`alike`).
    """
    passage = passage.strip()
    if not passage:
        return None
    near = max(near, 0)
    found = _exactly(text, passage, near) or min(
        _folded(text, passage), key=lambda stretch: abs(stretch.start - near), default=None
    )
    if found is not None:
        return found
    return _most_alike(text, passage) if alike else None


def _exactly(text: str, passage: str, near: int) -> Stretch | None:
    """The place of a passage nearest to `near`; of two as near as each other the first."""
    before, after = text.rfind(passage, 0, near + len(passage)), text.find(passage, near)
    places = [at for at in (before, after) if at >= 0]
    at = min(places, key=lambda place: abs(place - near), default=-1)
    return Stretch(at, at + len(passage)) if at >= 0 else None


def _folded(text: str, passage: str) -> Iterator[Stretch]:
    """The places of a passage whatever the case of its letters and the white space between its words."""
    pattern = r"\s+".join(map(re.escape, fold(passage).split()))
    for found in re.finditer(pattern, fold(text)):
        yield Stretch(*found.span())


def _most_alike(text: str, passage: str) -> Stretch | None:
    """The part of a text that shares most words with a passage, in their order."""
    wanted = [found[0] for found in _WORD.finditer(fold(passage))]
    places = [found.span() for found in _WORD.finditer(fold(text))][:_MOST_WORDS]
    if len(wanted) < _LEAST_WORDS or not places:
        return None
    folded = fold(text)
    words = [folded[start:end] for start, end in places]
    first = _densest_window(words, wanted)
    margin = len(wanted) // 2
    window = words[max(first - margin, 0) : first + len(wanted) + margin]
    blocks = SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
    same = [block for block in blocks if block.size]
    if sum(block.size for block in same) < _LEAST_LIKENESS * len(wanted):
        return None
    begin = max(first - margin, 0)
    last = same[-1]
    return Stretch(places[begin + same[0].a][0], places[begin + last.a + last.size - 1][1])


def _densest_window(words: Sequence[str], wanted: Sequence[str]) -> int:
    """Where the run of as many words begins that has most of the wanted ones in common, each as often as wanted."""
    size, lack = len(wanted), Counter(wanted)
    shared = best = best_at = 0
    for at, word in enumerate(words):
        shared += lack[word] > 0
        lack[word] -= 1
        if at >= size:
            gone = words[at - size]
            lack[gone] += 1
            shared -= lack[gone] > 0
        if shared > best:
            best, best_at = shared, max(at - size + 1, 0)
    return best_at


def sentence_from(text: str, offset: int) -> Stretch:
    """The first sentence that begins at an offset or behind it; where none does, the one that the offset is in."""
    line = max(text.rfind("\n", 0, offset), 0)
    starts = (found.end() for found in _SENTENCE_START.finditer(text, line))
    begin = next((start for start in starts if start >= offset), offset) if offset else 0
    return sentence_around(text, min(begin, max(len(text) - 1, 0)), begin)


def sentence_around(text: str, start: int, end: int) -> Stretch:
    """The sentence that a stretch of a text stands in, within its line; about `LONGEST` characters of it at most."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    for stop in _SENTENCE_END.finditer(text, first, last):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.start() + len(stop[0].rstrip())
            break
    if last - first > LONGEST:
        first = max(first, start - LONGEST // 2)
        last = max(min(last, first + LONGEST), end)
    return Stretch(first, first + len(text[first:last].rstrip()))
