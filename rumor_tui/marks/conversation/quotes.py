"""Quotes: passages of a comment that repeat the article or an earlier comment, word for word or nearly so.

Runs of words that occur in an earlier text (`shingles`) are chained where they follow each other in both texts, so that
a changed word or an ellipsis does not split a quote. A chain needs enough information to rule out chance: the less it
looks like a quotation, by its own lines or quotation marks, the more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log2
from typing import Final, NamedTuple

from rumor_tui.marks.conversation.mentions import ends_with_attribution
from rumor_tui.marks.conversation.quote_evidence import (
    Quote,
    closes_quote,
    comparable_text,
    count_quote_edges,
    information_bits,
    is_footer,
    is_speech,
    opens_quote,
    with_shared_stops,
)
from rumor_tui.marks.conversation.quote_filter import filter_quotes
from rumor_tui.marks.conversation.shingles import (
    MAX_TEXT_CHARS,
    SHINGLE_WORDS,
    RepeatedRun,
    Shingles,
    WordPositions,
    folded_words,
    word_positions,
)

__all__ = ["Quote", "find_quotes"]

MAX_REPEATS: Final = 40
"""What is repeated more often is no quote but a signature, a form, a saying."""

MAX_PASSAGES: Final = 24
"""The most passages of one text that are looked at, the longest first."""

MAX_GAP: Final = 5
"""The most words between two runs of one passage that the quoting text may have changed or left out."""

MAX_OMITTED: Final = 40
"""The most words that the quoting text may leave out between two runs."""

REQUIRED: Final = ((55.0, 11), (36.0, 9), (16.0, 5))
"""The information in bits and the words that a passage needs, by how many of its edges look like a quotation's."""

SMALL_THREAD: Final = 4000
"""Words of a thread. With each doubling beyond that a passage needs one more bit, since more is repeated by chance."""

CACHED_SOURCES: Final = 128
"""Sources whose words are cached for the next quote of them."""

_BITS_PER_WORD: Final = 3.0
"""For so many more bits a passage also has to be one word longer."""


class Segment(NamedTuple):
    """`length` words from word `at` of a text that are the words from `source_at` of its source."""

    at: int
    source_at: int
    length: int


Chain = list[Segment]
"""Segments in order, in both texts."""


def find_quotes(
    texts: Sequence[str], stop: Callable[[], bool] = lambda: False, *, first_comment: int = 0
) -> list[Quote]:
    """The repeated passages of a thread's texts, which are in reading order; ordered by item and start.

    The items before `first_comment` are the article's: they can be quoted but do not quote, and the first, its title,
    is not quoted either. It takes about 2 µs per word. `stop` is called for each text and passage and may sleep
    (`search.cooperative.TimeSlicer.rest`).
    """
    shingles = Shingles(sum(min(len(text), MAX_TEXT_CHARS) for text in texts) // 5)
    for item, text in enumerate(texts):
        if shingles.add(folded_words(text) if item or not first_comment else [], stop):
            return []
    sources: Callable[[int], WordPositions] = lru_cache(CACHED_SOURCES)(lambda item: word_positions(texts[item]))
    extra_bits = max(0.0, log2(max(shingles.total, 1) / SMALL_THREAD))
    all_quotes: list[Quote] = []
    for item in range(first_comment, len(texts)):
        if stop():
            return []
        chains = _chains(shingles.runs(item, MAX_REPEATS), REQUIRED[-1][1] + int(extra_bits / _BITS_PER_WORD))
        quotes: list[Quote] = []
        for quote in _Passages(texts, item, sources, extra_bits).quotes(chains) if chains else ():
            if quote:
                quotes.append(quote)
            if stop():
                return []
        all_quotes += filter_quotes(texts, sorted(quotes), first_comment)
    return all_quotes


def _chains(runs: Iterable[RepeatedRun], least: int) -> list[tuple[int, Chain]]:
    """The runs of one text joined to chains of at least `least` words, each with its source; the longest first."""
    by_source: dict[int, list[Chain]] = {}
    for run in runs:
        segment = Segment(run.at, run.source_at, run.length)
        chains = by_source.setdefault(run.source, [])
        if chains and _follows(chains[-1][-1], segment):
            chains[-1].append(segment)
        else:
            chains.append([segment])
    long = [(source, chain) for source, chains in by_source.items() for chain in chains if _size(chain) >= least]
    long.sort(key=lambda pair: (-_size(pair[1]), pair[1][0].at))
    return long[:MAX_PASSAGES]


def _follows(last: Segment, new: Segment) -> bool:
    """Whether a segment continues the last one of a chain, with little or nothing in between."""
    gap = new.at - last.at - last.length
    source_gap = new.source_at - last.source_at - last.length
    if gap == source_gap:
        return gap <= MAX_GAP
    return -SHINGLE_WORDS < gap <= MAX_GAP and -SHINGLE_WORDS < source_gap <= MAX_OMITTED


def _size(chain: Chain) -> int:
    """The words of a text that a chain spans."""
    return chain[-1].at + chain[-1].length - chain[0].at


def _cut(chain: Chain, first: int, last: int) -> list[Chain]:
    """What remains of a chain before word `first` and from word `last` on."""
    before = [s._replace(length=min(s.length, first - s.at)) for s in chain if s.at < first]
    after = [
        Segment(max(s.at, last), s.source_at + max(0, last - s.at), s.length - max(0, last - s.at))
        for s in chain
        if s.at + s.length > last
    ]
    return [part for part in (before, after) if part]


class _Passages:
    """Turns the chains of one text into quotes."""

    def __init__(
        self, texts: Sequence[str], item: int, sources: Callable[[int], WordPositions], extra_bits: float
    ) -> None:
        self._texts, self._item, self._sources, self._extra_bits = texts, item, sources, extra_bits
        self._words = folded_words(texts[item])
        self._taken: list[tuple[int, int]] = []
        """Word ranges that are quotes already."""
        self._long: list[tuple[int, int]] = []
        """Word ranges of the long chains, which others do not extend into."""

    def quotes(self, chains: list[tuple[int, Chain]]) -> Iterator[Quote | None]:
        """The quote that each passage of the chains is, or None; quotes do not overlap."""
        spans = [(source, chain[0].at, chain[0].at + _size(chain)) for source, chain in chains]
        self._long = [(first, last) for _, first, last in spans if last - first >= _LONG_CHAIN]
        for source, chain in chains:
            earlier = [(first, last) for other, first, last in spans if other < source and last - first >= _LONG_CHAIN]
            for part in self._free_parts(chain, earlier):
                yield self._quote(source, part)

    def _free_parts(self, chain: Chain, earlier: list[tuple[int, int]]) -> list[Chain]:
        """The parts of a chain outside other quotes; where it overlaps a chain of an earlier source, that one wins."""
        start, end = chain[0].at, chain[0].at + _size(chain)
        overlaps = [
            (first, last)
            for first, last in earlier
            if first < start < last < start + SHINGLE_WORDS or end - SHINGLE_WORDS < first < end < last
        ]
        parts = self._split_at_paragraphs(chain)
        for first, last in self._taken + overlaps:
            parts = [left for part in parts for left in _cut(part, first, last)]
        return parts

    def _split_at_paragraphs(self, chain: Chain) -> list[Chain]:
        """The chain, split where a paragraph ends between two segments."""
        parts = [[chain[0]]]
        for last, new in pairwise(chain):
            gap = range(last.at + last.length, new.at + 1)
            if len(gap) > 1 and any(self._paragraph_ends(at, at) for at in gap):
                parts.append([])
            parts[-1].append(new)
        return parts

    @cached_property
    def _here(self) -> WordPositions:
        return word_positions(self._texts[self._item])

    def _is_informative(self, first: int, last: int, edges: int, tolerance: float = 0.0) -> bool:
        """Whether the words from `first` to before `last` have enough information for a quote with so many edges."""
        bits, least = REQUIRED[edges]
        words = self._words[first:last]
        return last - first >= least and information_bits(words) >= bits + self._extra_bits - tolerance

    def _quote(self, source: int, chain: Chain) -> Quote | None:
        if not self._is_informative(chain[0].at, chain[0].at + _size(chain), 2, _TOLERANCE):
            return None
        there, source_text = self._sources(source), self._texts[source]
        begin = self._extend(chain[0], there.words, -1)
        end = self._extend(chain[-1], there.words, 1)
        if not self._is_informative(begin[0], end[0], 2) or sum(s.length for s in chain) * 2 < end[0] - begin[0]:
            return None
        (first, source_first), (last, source_last) = self._trim(begin, end)
        text, here = self._texts[self._item], self._here
        start, stop = here.starts[first], here.ends[last - 1]
        edges = count_quote_edges(text, start, stop)
        if not self._is_informative(first, last, edges) or not is_speech(text[start:stop]):
            return None
        self._taken.append((first, last))
        source_start, source_stop = there.starts[source_first], there.ends[source_last - 1]
        stop, source_stop = with_shared_stops(text, stop, source_text, source_stop)
        passage = text[start:stop]
        if ends_with_attribution(passage) or is_footer((text, start, stop), (source_text, source_start, source_stop)):
            return None
        exact = comparable_text(passage) == comparable_text(source_text[source_start:source_stop])
        return Quote(self._item, start, stop, source, source_start, source_stop, exact)

    def _extend(self, segment: Segment, there: list[str], step: int) -> tuple[int, int]:
        """How far a passage extends before its first (`step` -1) or after its last segment, past a changed word or two.

        It does not extend into other quotes, nor into long chains of other sources.
        """
        texts = self._words, there
        within = self._limits(segment)
        end = segment.at + segment.length
        at, source_at = (segment.at, segment.source_at) if step < 0 else (end, segment.source_at + segment.length)
        while True:
            at, source_at = _follow(texts, at, source_at, step, within)
            jump = _jump(texts, at, source_at, step, within)
            if jump is None or self._paragraph_ends(at, at + step * jump[0]):
                return at, source_at
            at, source_at = at + step * jump[0], source_at + step * jump[1]

    def _limits(self, segment: Segment) -> tuple[int, int]:
        """The word range into which a segment may extend."""
        end = segment.at + segment.length
        low = max((last for _, last in self._taken if last <= segment.at), default=0)
        high = min((first for first, _ in self._taken if first >= end), default=len(self._words))
        low = max((min(last, segment.at) for first, last in self._long if first < segment.at), default=low)
        high = min((max(first, end) for first, last in self._long if last > end), default=high)
        return low, high

    def _paragraph_ends(self, gap: int, other: int) -> bool:
        """Whether a paragraph ends between the words around two gaps between words."""
        starts, ends = self._here.starts, self._here.ends
        first, last = max(0, min(gap, other) - 1), min(len(starts) - 1, max(gap, other))
        return self._texts[self._item].find("\n\n", ends[first], starts[last]) >= 0

    def _trim(self, begin: tuple[int, int], end: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
        """A passage without the few words at its edges that agree by chance beyond the end of a paragraph.

        `begin` and `end` are its first words and those after its last, here and in the source.
        """
        text = self._texts[self._item]
        (first, source_first), (last, source_last) = begin, end
        for at in range(first + 1, min(first + _CHANCE_WORDS, last)):
            if self._paragraph_ends(at, at) and not opens_quote(text, self._here.starts[first]):
                first, source_first = at, source_first + at - first
                break
        for at in range(last - 1, max(last - _CHANCE_WORDS, first), -1):
            if self._paragraph_ends(at, at) and not closes_quote(text, self._here.ends[last - 1]):
                last, source_last = at, source_last - (last - at)
                break
        return (first, source_first), (last, source_last)


_TOLERANCE: Final = 8.0
"""Bits that a passage may gain by extending beyond the runs that it is made of."""

_LONG_CHAIN: Final = 8
"""Words of a chain from which on passages of other sources do not extend into it."""

_CHANCE_WORDS: Final = 4
"""Words at the edge of a passage that may agree by chance."""


def _follow(
    texts: tuple[list[str], list[str]], at: int, source_at: int, step: int, within: tuple[int, int]
) -> tuple[int, int]:
    """How far both texts agree, in one direction, from the gaps between words `at` and `source_at` on."""
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
"""Words that must agree after a change."""


def _jump(
    texts: tuple[list[str], list[str]], at: int, source_at: int, step: int, within: tuple[int, int]
) -> tuple[int, int] | None:
    """How many words to skip in each text so that they agree again; None if that does not help."""
    for skip, source_skip in _JUMPS:
        start, source_start = at + step * skip, source_at + step * source_skip
        if source_start < 0 or source_start > len(texts[1]) or not within[0] <= start <= within[1]:
            continue
        end, _ = _follow(texts, start, source_start, step, within)
        if abs(end - start) >= _ANCHOR:
            return skip, source_skip
    return None
