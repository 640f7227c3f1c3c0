"""Texts as tokens, for the tagger of names: words, numbers, addresses, signs.

A text is read in units, which are paragraphs: what stands in one unit never bears on another, so that a text may be
cut at its paragraphs. A unit is cut into tokens by one pattern, which is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MIN_WRAPPED_LINE = 55
"""Characters from which on a line that ends without a full stop is taken to go on in the next line."""

_CLOSED = frozenset(".!?:;…")


@lru_cache(maxsize=1)
def token_pattern() -> re.Pattern[str]:
    r"""What a token is. A possessive ending is a token of its own, "don't" and "O'Brien" are one each.

    Every alternative begins with another kind of character or takes all of a word at once, so that nothing is read
    more than twice.
    """
    return re.compile(
        r"(?:https?://|www\.)\S+"
        r"|(?:[A-Z]\.){2,}"
        r"|[0-9]+(?:[.,:][0-9]+)+"
        r"|[^\W_]+(?:['’](?:t\b|[A-Z][^\W_]+)|&[A-Z]+\b|\.(?:com|org|net|js|fm|io|tv|co\.uk)\b)?"
        r"|[@#]\w+"
        r"|['’](?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b"
        r"|[.…]+|[!?]+|-+|\*+|=+|_+|~+"
        r"|[^\w\s]"
    )


def split_units(text: str) -> Iterator[tuple[int, int]]:
    """Where the units of a text start and end: its lines, but a long line without a full stop goes on."""
    if "\n" not in text:
        yield 0, len(text)
        return
    begin = previous = at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if at > begin and not (line.strip() and _goes_on(text, previous, at - 1)):
            yield begin, at - 1
            begin = at
        previous, at = at, end + 1
    yield begin, len(text)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a line is long and has no mark at its end that closes a sentence."""
    return end - start >= MIN_WRAPPED_LINE and text[end - 1] not in _CLOSED


def tokenize(text: str) -> list[tuple[int, int]]:
    """Where each token of a text starts and ends, in order."""
    match = token_pattern().finditer
    return [found.span() for start, end in split_units(text) for found in match(text, start, end)]
