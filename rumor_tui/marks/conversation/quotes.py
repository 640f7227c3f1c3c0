"""Passages that are said again: a comment repeats the article or an earlier comment, word for word or nearly so.

Runs of words that stand in an earlier text (`passages.Shingles`) are chained where they follow each other in both
texts, so that a changed word or an ellipsis does not part a quote. What is left has to tell enough that chance is out
of the question: the less it looks like a quotation, as a line of its own or between quotation marks, the more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log2
from typing import Final, NamedTuple

from rumor_tui.marks.conversation import mentions
from rumor_tui.marks.conversation.quote_filter import filter_quotes, information_bits
from rumor_tui.marks.conversation.shingles import (
    MAX_TEXT_CHARS,
    SHINGLE_WORDS,
    RepeatedRun,
    Shingles,
    WordPositions,
    folded_words,
    word_positions,
)
from rumor_tui.text import fold

MAX_REPEATS: Final = 40
"""What is said again more often than this is nobody's quote: a signature, a form, a saying."""

MAX_PASSAGES: Final = 24
"""Passages of one text that are looked at, the longest first."""

MAX_GAP: Final = 5
"""Words between two runs that the quoting text may have changed or left out, within one passage."""

MAX_OMITTED: Final = 40
"""Words that the source has in between where the quoting text leaves some out."""

REQUIRED: Final = ((55.0, 11), (36.0, 9), (16.0, 5))
"""How much a passage has to tell (see `information_bits`), and its fewest words, by how many of its edges look like a
quote's."""

SMALL_THREAD: Final = 4000
"""Words of a thread; with each doubling beyond that, a bit more is asked for, since more is said again by chance."""

CACHED_SOURCES: Final = 128
"""Sources whose words are kept for the next quote of them."""

_LONGER: Final = 3.0
"""Bits for which a passage has to be a word longer, too."""


class Quote(NamedTuple):
    """A repeated passage: `text[start:end]` of item `item` repeats `text[source_start:source_end]` of item `source`.

    Items are numbered as the texts are given, the earlier one is the source. `exact` tells that the passages are the
    same once typography is made plain.
    """

    item: int
    start: int
    end: int
    source: int
    source_start: int
    source_end: int
    exact: bool


class Segment(NamedTuple):
    """`length` words from word `at` of a text that are the words from `source_at` of another."""

    at: int
    source_at: int
    length: int


Chain = list[Segment]
"""Segments in order, in both texts."""


def find_quotes(
    texts: Sequence[str], stop: Callable[[], bool] = lambda: False, *, first_comment: int = 0
) -> list[Quote]:
    """The repeated passages of a thread's texts, which come in reading order; ordered by item and start.

    The items before `first_comment` are the article's, of which the first is its title: these are repeated, and do
    not repeat, and a title does neither. It takes about 2 µs a word. `stop` is asked for each text and passage and
    may rest (`search.pace.Pace.rest`).
    """
    shingles = Shingles(sum(min(len(text), MAX_TEXT_CHARS) for text in texts) // 5)
    for item, text in enumerate(texts):
        if shingles.add(folded_words(text) if item or not first_comment else [], stop):
            return []
    sources: Callable[[int], WordPositions] = lru_cache(CACHED_SOURCES)(lambda item: word_positions(texts[item]))
    extra = max(0.0, log2(max(shingles.total, 1) / SMALL_THREAD))
    found: list[Quote] = []
    for item in range(first_comment, len(texts)):
        if stop():
            return []
        chains = _chains(shingles.runs(item, MAX_REPEATS), REQUIRED[-1][1] + int(extra / _LONGER))
        quotes: list[Quote] = []
        for quote in _Reading(texts, item, sources, extra).quotes(chains) if chains else ():
            if quote:
                quotes.append(quote)
            if stop():
                return []
        found += filter_quotes(texts, sorted(quotes), first_comment)
    return found


def _chains(runs: Iterable[RepeatedRun], least: int) -> list[tuple[int, Chain]]:
    """The runs of one text by the item that they repeat, in chains of `least` words or more; the longest first."""
    by_source: dict[int, list[Chain]] = {}
    for run in runs:
        segment = Segment(run.at, run.source_at, run.length)
        chains = by_source.setdefault(run.source, [])
        if chains and _follows(chains[-1][-1], segment):
            chains[-1].append(segment)
        else:
            chains.append([segment])
    found = [(source, chain) for source, chains in by_source.items() for chain in chains if _size(chain) >= least]
    found.sort(key=lambda pair: (-_size(pair[1]), pair[1][0].at))
    return found[:MAX_PASSAGES]


def _follows(last: Segment, new: Segment) -> bool:
    """Whether a segment goes on where the last one of a chain ended, with little or nothing in between."""
    gap = new.at - last.at - last.length
    source_gap = new.source_at - last.source_at - last.length
    if gap == source_gap:
        return gap <= MAX_GAP
    return -SHINGLE_WORDS < gap <= MAX_GAP and -SHINGLE_WORDS < source_gap <= MAX_OMITTED


def _size(chain: Chain) -> int:
    """The words of a text that a chain spans."""
    return chain[-1].at + chain[-1].length - chain[0].at


def _cut(chain: Chain, first: int, last: int) -> list[Chain]:
    """What is left of a chain before word `first` and from word `last` on."""
    before = [s._replace(length=min(s.length, first - s.at)) for s in chain if s.at < first]
    after = [
        Segment(max(s.at, last), s.source_at + max(0, last - s.at), s.length - max(0, last - s.at))
        for s in chain
        if s.at + s.length > last
    ]
    return [part for part in (before, after) if part]


class _Reading:
    """The passages of one text: chains in, quotes out."""

    def __init__(self, texts: Sequence[str], item: int, sources: Callable[[int], WordPositions], extra: float) -> None:
        self._texts, self._item, self._sources, self._extra = texts, item, sources, extra
        self._words = folded_words(texts[item])
        self._taken: list[tuple[int, int]] = []
        self._others: list[tuple[int, int]] = []

    def quotes(self, chains: list[tuple[int, Chain]]) -> Iterator[Quote | None]:
        """For each passage of the chains the quote that it is, if it is one; none of them over another."""
        spans = [(source, chain[0].at, chain[0].at + _size(chain)) for source, chain in chains]
        self._others = [(first, last) for _, first, last in spans if last - first >= _OWN]
        for source, chain in chains:
            borders = [(first, last) for other, first, last in spans if other < source and last - first >= _OWN]
            for part in self._free(chain, borders):
                yield self._quote(source, part)

    def _free(self, chain: Chain, borders: list[tuple[int, int]]) -> list[Chain]:
        """The parts of a chain that nothing takes yet; a few words that an earlier text says, too, are that one's."""
        start, end = chain[0].at, chain[0].at + _size(chain)
        over = [
            b for b in borders if b[0] < start < b[1] < start + SHINGLE_WORDS or end - SHINGLE_WORDS < b[0] < end < b[1]
        ]
        parts = self._parted(chain)
        for first, last in self._taken + over:
            parts = [left for part in parts for left in _cut(part, first, last)]
        return parts

    def _parted(self, chain: Chain) -> list[Chain]:
        """A chain cut where a paragraph ends between two segments: what is changed there is not one passage."""
        parts = [[chain[0]]]
        for last, new in pairwise(chain):
            gap = range(last.at + last.length, new.at + 1)
            if len(gap) > 1 and any(self._breaks(at, at) for at in gap):
                parts.append([])
            parts[-1].append(new)
        return parts

    @cached_property
    def _here(self) -> WordPositions:
        return word_positions(self._texts[self._item])

    def _tells(self, first: int, last: int, edges: int, spare: float = 0.0) -> bool:
        """Whether the words from `first` up to `last` tell enough for a quote with so many edges of one."""
        bits, least = REQUIRED[edges]
        return last - first >= least and information_bits(self._words[first:last]) >= bits + self._extra - spare

    def _quote(self, source: int, chain: Chain) -> Quote | None:
        if not self._tells(chain[0].at, chain[0].at + _size(chain), 2, _SPARE):
            return None
        said, says = self._sources(source), self._texts[source]
        first, source_first = self._stretched(chain[0], said.words, -1)
        last, source_last = self._stretched(chain[-1], said.words, 1)
        if not self._tells(first, last, 2) or sum(s.length for s in chain) * 2 < last - first:
            return None
        first, source_first, last, source_last = self._trimmed((first, source_first), (last, source_last))
        text, here = self._texts[self._item], self._here
        start, end = here.starts[first], here.ends[last - 1]
        if not self._tells(first, last, count_quote_edges(text, start, end)) or not _is_speech(text[start:end]):
            return None
        self._taken.append((first, last))
        source_start, source_end = said.starts[source_first], said.ends[source_last - 1]
        end, source_end = _with_stops(text, end, says, source_end)
        if mentions.ends_with_attribution(text[start:end]) or _is_footer(
            (text, start, end), (says, source_start, source_end)
        ):
            return None
        exact = _plain(text[start:end]) == _plain(says[source_start:source_end])
        return Quote(self._item, start, end, source, source_start, source_end, exact)

    def _stretched(self, segment: Segment, there: list[str], step: int) -> tuple[int, int]:
        """How far a passage goes beyond its first (`step` -1) or last segment: words, and a changed word or two.

        It does not go into what the text repeats of another one, whose own words those are.
        """
        here = self._words
        end = segment.at + segment.length
        low = max((last for _, last in self._taken if last <= segment.at), default=0)
        high = min((first for first, _ in self._taken if first >= end), default=len(here))
        low = max((min(last, segment.at) for first, last in self._others if first < segment.at), default=low)
        high = min((max(first, end) for first, last in self._others if last > end), default=high)
        at, source_at = (segment.at, segment.source_at) if step < 0 else (end, segment.source_at + segment.length)
        while True:
            at, source_at = _along((here, there), at, source_at, step, (low, high))
            jump = _jump((here, there), at, source_at, step, (low, high))
            if jump is None or self._breaks(at, at + step * jump[0]):
                return at, source_at
            at, source_at = at + step * jump[0], source_at + step * jump[1]

    def _breaks(self, one: int, other: int) -> bool:
        """Whether a paragraph ends between the words around two gaps between words."""
        starts, ends = self._here.starts, self._here.ends
        first, last = max(0, min(one, other) - 1), min(len(starts) - 1, max(one, other))
        return self._texts[self._item].find("\n\n", ends[first], starts[last]) >= 0

    def _trimmed(self, begin: tuple[int, int], end: tuple[int, int]) -> tuple[int, int, int, int]:
        """A passage without the word or two at its edges that agree by chance beyond the end of a paragraph.

        Given and returned are its first words and the words behind its last, here and in the source.
        """
        (first, source_first), (last, source_last) = begin, end
        for at in range(first + 1, min(first + _CHANCE, last)):
            if self._breaks(at, at) and not _opens(self._texts[self._item], self._here.starts[first]):
                first, source_first = at, source_first + at - first
                break
        for at in range(last - 1, max(last - _CHANCE, first), -1):
            if self._breaks(at, at) and not _closes(self._texts[self._item], self._here.ends[last - 1]):
                last, source_last = at, source_last - (last - at)
                break
        return first, source_first, last, source_last


_SPARE: Final = 8.0
"""What the words may tell that a passage has beyond the runs that it is made of."""

_OWN: Final = 8
"""Words beyond which what is repeated of one text is not taken for the words of another that repeats it, too."""

_CHANCE: Final = 4
"""Words at the edge of a passage that may agree by chance."""


def _along(
    texts: tuple[list[str], list[str]], at: int, source_at: int, step: int, within: tuple[int, int]
) -> tuple[int, int]:
    """The gaps between words up to which both texts say the same, from the gaps `at` and `source_at` on."""
    here, there = texts
    look = 0 if step > 0 else -1
    while (
        within[0] <= at + look < within[1]
        and 0 <= source_at + look < len(there)
        and here[at + look] == there[source_at + look]
    ):
        at, source_at = at + step, source_at + step
    return at, source_at


_JUMPS: Final = ((1, 1), (0, 1), (1, 0), (2, 2), (1, 2), (2, 1), (0, 2), (2, 0))
_ANCHOR: Final = 3
"""Words that have to agree behind a change."""


def _jump(
    texts: tuple[list[str], list[str]], at: int, source_at: int, step: int, within: tuple[int, int]
) -> tuple[int, int] | None:
    """The words to leave out of both, so that they agree again."""
    for skip, source_skip in _JUMPS:
        start, source_start = at + step * skip, source_at + step * source_skip
        if source_start < 0 or source_start > len(texts[1]) or not within[0] <= start <= within[1]:
            continue
        end, _ = _along(texts, start, source_start, step, within)
        if abs(end - start) >= _ANCHOR:
            return skip, source_skip
    return None


@lru_cache(maxsize=1)
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before and after a quotation, next to it; and the end of a sentence."""
    return (
        re.compile(r"""(?:\n|["“”„«»‘'>:])[^\w\n]{0,12}\Z"""),
        re.compile(r"""[^\w\n]{0,12}(?:\n|["“”»«’…]|\.\.)"""),
        re.compile(r"""[.!?。]{1,60}\s|(?<=[.!?。])\s"""),
    )


def count_quote_edges(text: str, start: int, end: int) -> int:
    """How many edges of a passage look like those of a quotation: 0, 1 or 2."""
    opens, closes = _opens(text, start), _closes(text, end)
    return opens + (closes or (opens and _edges()[2].match(text, end) is not None))


def _opens(text: str, start: int) -> bool:
    """Whether a passage starts as quotations do: on a line of its own, behind a quotation mark or a colon."""
    return _edges()[0].search(text[start - 12 : start] if start > 12 else "\n" + text[:start]) is not None


def _closes(text: str, end: int) -> bool:
    """Whether a passage ends as quotations do: with its line, before a quotation mark or an ellipsis."""
    return _edges()[1].match(text[end : end + 12] if end + 12 < len(text) else text[end:] + "\n") is not None


def _is_speech(said: str) -> bool:
    """Whether a passage is more than an address: words with spaces between, or of a script without spaces."""
    return len(said.split(maxsplit=3)) > 3 or (len(said) > 7 and not said.isascii() and "/" not in said)


def _with_stops(text: str, end: int, says: str, source_end: int) -> tuple[int, int]:
    """The ends of both passages with the stops that they share."""
    while end < len(text) and source_end < len(says):
        mark = text[end]
        if mark.isspace() or mark.isalnum() or fold(mark) != fold(says[source_end]):
            break
        end, source_end = end + 1, source_end + 1
    return end, source_end


def _is_footer(here: tuple[str, int, int], there: tuple[str, int, int]) -> bool:
    """Whether two passages are what a list or a program puts under every message: at both ends, with an address.

    Given are each text and where the passage starts and ends in it.
    """
    for text, start, end in (here, there):
        if text[end : end + _EDGE].strip() or not _graphic().search(text, 0, start):
            return False
    text, start, end = here
    return _address().search(text[start:end]) is not None or text[max(0, start - _EDGE) : start].rstrip()[-2:] in _RULES


_EDGE: Final = 60
"""Characters around a passage that are looked at."""

_RULES: Final = frozenset(("--", "__", "==", "**"))
"""How the lines end that part a footer from a message."""


@lru_cache(maxsize=1)
def _graphic() -> re.Pattern[str]:
    return re.compile(r"\S")


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    return re.compile(r"://|\bwww\.|\w@\w")


def _plain(text: str) -> str:
    """A passage without what typography may change."""
    return "".join(fold(text).replace("…", "...").split())
