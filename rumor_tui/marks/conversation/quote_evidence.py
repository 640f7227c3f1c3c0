"""How much a repeated passage looks like a quotation: its information, its edges, and what is no speech at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.data.name_vocabulary import STOP_WORDS, common_words
from rumor_tui.marks.scanning import lazy_pattern
from rumor_tui.text import fold


class Quote(NamedTuple):
    """A repeated passage: `text[start:end]` of item `item` repeats `text[source_start:source_end]` of item `source`.

    Items are numbered in the order of the texts, and the earlier one is the source. `exact` means that the passages are
    equal apart from typography.
    """

    item: int
    start: int
    end: int
    source: int
    source_start: int
    source_end: int
    exact: bool


def information_bits(words: Iterable[str]) -> float:
    """A rough estimate of the information in some words, in bits: little for common words, more for long and rare
    ones."""
    return sum(map(_bits, set(words)))


def _bits(word: str) -> float:
    if word in STOP_WORDS:
        return 2.0
    if len(word) == 1:
        return 2.0 if word.isascii() else 4.0
    return min(1.5 * len(word), 7.0 if word in common_words() else 12.0)


@lru_cache(maxsize=1)
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands right before and right after a quotation, and the end of a sentence."""
    return (
        re.compile(r"""(?:\n|["“”„«»‘'>:])[^\w\n]{0,12}\Z"""),
        re.compile(r"""[^\w\n]{0,12}(?:\n|["“”»«’…]|\.\.)"""),
        re.compile(r"""[.!?。]{1,60}\s|(?<=[.!?。])\s"""),
    )


def count_quote_edges(text: str, start: int, end: int) -> int:
    """How many edges of a passage look like those of a quotation: 0, 1 or 2."""
    opens, closes = opens_quote(text, start), closes_quote(text, end)
    return opens + (closes or (opens and _edges()[2].match(text, end) is not None))


def opens_quote(text: str, start: int) -> bool:
    """Whether a passage starts like a quotation: at the start of a line, or after a quotation mark or a colon."""
    return _edges()[0].search(text[start - 12 : start] if start > 12 else "\n" + text[:start]) is not None


def closes_quote(text: str, end: int) -> bool:
    """Whether a passage ends like a quotation: at the end of a line, or before a quotation mark or an ellipsis."""
    return _edges()[1].match(text[end : end + 12] if end + 12 < len(text) else text[end:] + "\n") is not None


def is_speech(passage: str) -> bool:
    """Whether a passage is more than an address: several words, or text of a script without spaces."""
    return len(passage.split(maxsplit=3)) > 3 or (len(passage) > 7 and not passage.isascii() and "/" not in passage)


def with_shared_stops(text: str, end: int, source: str, source_end: int) -> tuple[int, int]:
    """The ends of both passages after the punctuation that they share."""
    while end < len(text) and source_end < len(source):
        mark = text[end]
        if mark.isspace() or mark.isalnum() or fold(mark) != fold(source[source_end]):
            break
        end, source_end = end + 1, source_end + 1
    return end, source_end


def is_footer(here: tuple[str, int, int], there: tuple[str, int, int]) -> bool:
    """Whether two passages are the footer that a list or a program adds to messages: at the end of both, with an
    address.

    `here` and `there` are each the text and where the passage starts and ends in it.
    """
    for text, start, end in (here, there):
        if text[end : end + _EDGE].strip() or not _graphic().search(text, 0, start):
            return False
    text, start, end = here
    return _address().search(text[start:end]) is not None or text[max(0, start - _EDGE) : start].rstrip()[-2:] in _RULES


_EDGE: Final = 60
"""Characters around a passage that are looked at."""

_RULES: Final = frozenset(("--", "__", "==", "**"))
"""The ends of lines that separate a footer from the message."""

_graphic = lazy_pattern(r"\S")

_address = lazy_pattern(r"://|\bwww\.|\w@\w")


def comparable_text(text: str) -> str:
    """A passage without what depends on typography."""
    return "".join(fold(text).replace("…", "...").split())
