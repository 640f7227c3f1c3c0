"""Snippets: a place in a text on one line, with what was found there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

CONTEXT_BEFORE: Final = 40
CONTEXT_AFTER: Final = 60
"""Characters of context shown before and after a match."""


def make_snippet(
    text: str, size: int, start: int, at: int, spots: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """The context of some matches as one line, cut between words, and the offsets of the matches in it.

    From `size` on the text is only white space; before `start` it is the author's name.
    """
    first = _cut(text, max(start, at - CONTEXT_BEFORE), start, at)
    last = _end_of_excerpt(text, at, max([at + CONTEXT_AFTER, *(end for _, end in spots)]))
    line, matches = "… " if first > start else "", list[tuple[int, int]]()
    edges = [edge for spot in spots for edge in spot]
    for n, (begin, end) in enumerate(zip([first, *edges], [*edges, last], strict=True)):
        piece = _flat(text[begin:end], line)
        if n % 2 and piece:
            matches.append((len(line), len(line) + len(piece)))
        line += piece
    return line.rstrip() + (" …" if last < size else ""), matches


def _end_of_excerpt(text: str, at: int, end: int) -> int:
    """The end of the word that crosses `end`, within the longest context after `at`."""
    end = min(len(text), end)
    while end < len(text) and not text[end].isspace() and end < at + 2 * CONTEXT_AFTER:
        end += 1
    return end


def _cut(text: str, at: int, start: int, before: int) -> int:
    """The start of the first word at or after a position, but not after `before`."""
    while start < at < before and not text[at - 1].isspace():
        at += 1
    return at


def _flat(text: str, before: str) -> str:
    """A piece of text as one line with runs of white space collapsed, also at the border to the text `before` it."""
    words = " ".join(text.split())
    lead = " " if text[:1].isspace() and before and not before.endswith(" ") else ""
    return f"{lead}{words}{' ' if words and text[-1:].isspace() else ''}"


def snippet_of(text: str, start: int, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A text around the first thing that was found in it, and those near it; before `start` it is the author's name."""
    inside = [span for span in spans if span[0] >= start]
    edge = inside[0][0] if inside else start
    near = [span for span in inside if span[1] <= edge + CONTEXT_AFTER or span is inside[0]]
    return make_snippet(text, len(text.rstrip()), start, edge, near)
