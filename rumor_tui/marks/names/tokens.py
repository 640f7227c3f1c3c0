"""Tokens for the tagger: words, numbers, addresses, punctuation.

A text is split into units, which are paragraphs and independent of each other, so that a text may be cut between any
two. One pattern, linear in the length of the text, splits a unit into tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from rumor_tui.marks.scanning import lazy_pattern

MIN_WRAPPED_LINE = 55
"""A line of at least so many characters that ends without a full stop is taken to continue on the next line."""

_CLOSED = frozenset(".!?:;…")

token_pattern = lazy_pattern(
    r"(?:https?://|www\.)\S+"
    r"|(?:[A-Z]\.){2,}"
    r"|[0-9]+(?:[.,:][0-9]+)+"
    r"|[^\W_]+(?:['’](?:t\b|[A-Z][^\W_]+)|&[A-Z]+\b|\.(?:com|org|net|js|fm|io|tv|co\.uk)\b)?"
    r"|[@#]\w+"
    r"|['’](?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b"
    r"|[.…]+|[!?]+|-+|\*+|=+|_+|~+"
    r"|[^\w\s]"
)
r"""Matches a token. A possessive ending is a token of its own; "don't" and "O'Brien" are one each.

    Every alternative begins with a different kind of character or takes a whole word at once, so that no character is
    read more than twice.
    """


def split_units(text: str) -> Iterator[tuple[int, int]]:
    """Where each unit starts and ends: the lines of the text, except that a long line without a full stop continues."""
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
    """Whether a line is long and does not end with punctuation that closes a sentence."""
    return end - start >= MIN_WRAPPED_LINE and text[end - 1] not in _CLOSED


def tokenize(text: str) -> list[tuple[int, int]]:
    """Where each token of a text starts and ends, in order."""
    pattern = token_pattern()
    return [match.span() for start, end in split_units(text) for match in pattern.finditer(text, start, end)]
