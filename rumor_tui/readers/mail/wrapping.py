"""Prose of mail that its writer's program has broken into short lines, as paragraphs again.

A line break is the program's when the next word would not have fitted into the line: then the lines of a paragraph
are one. Where a break has another reason (verses, addresses, tables, short remarks) the lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NARROWEST, WIDEST = 50, 90
"""Characters of the longest line of a paragraph that a program has wrapped."""

_PROSE = re.compile(r"((?:> ?)*)(?=[^\W\d_]|[\"'(“‘„«*_`\[\d])(?!\d{1,3}[.)] |[*_] |-- ?$|From |[\w-]{1,30}: )(.*\S)")
_SIGNATURE = re.compile(r"-- ?$")
_WORD = re.compile(r"\S+")


def unwrapped(text: str) -> str:
    """The text with its wrapped paragraphs in a line each; what follows a signature's mark stays as it is."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
    return "\n".join([*_paragraphs(lines[:end]), *lines[end:]])


def _paragraphs(lines: list[str]) -> Iterator[str]:
    run: list[str] = []
    lead = ""
    for line in lines:
        found = _PROSE.match(line) if len(line) <= WIDEST + 20 else None
        if run and (found is None or found[1].count(">") != lead.count(">")):
            yield from _joined(lead, run)
            run = []
        if found is None:
            yield line
        else:
            lead = found[1] if not run else lead
            run.append(found[2])
    yield from _joined(lead, run)


def _joined(lead: str, run: list[str]) -> Iterator[str]:
    """The lines of a paragraph as one, if they were wrapped; else as they are."""
    width = max(map(len, run), default=0)
    if len(run) > 1 and NARROWEST <= width <= WIDEST and all(map(_is_full, run, run[1:], [width] * len(run))):
        yield lead + " ".join(run)
    else:
        yield from (lead + line for line in run)


def _is_full(line: str, following: str, width: int) -> bool:
    word = _WORD.match(following)
    return len(line) + 1 + (word.end() if word else 0) > width
