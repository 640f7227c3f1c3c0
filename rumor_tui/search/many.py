"""Counting what an expression matches in many texts, without trying it in each: most hold nothing of it."""

from __future__ import annotations

import re
from typing import Final, Protocol

from rumor_tui.search.base import Count, CountAll

RARE: Final = 0.25
"""The share of chunks with a match above which texts are taken one by one."""

_CHUNK: Final = 16
_GAP: Final = "\n\0\n"
"""Stands between joined texts: to an edge of a word it is what an end of the text is, and no "." runs over it."""

# What could see whether a text ends, or takes back less than it could: anchors, groups with a "?" (lookarounds, flags,
# atomic ones), possessive repeats, fuzzy matching and control verbs.
_AWARE: Final = re.compile(r"\^|\$|\(\?(?!:)|\(\*|[+*?}]\+|\{[^\d,]|\\[AZzGKRX0nsSWDBP]|\.\*\.|\[\^|\[\[")


class Seeker(Protocol):
    """The part of a compiled expression that is used here."""

    def search(self, string: str, *, timeout: float) -> object | None:
        """The first match; raises TimeoutError."""
        ...


def counter_of_many(pattern: str, compiled: Seeker, count: Count, seconds: float) -> CountAll | None:
    """What counts in many texts as `count` does in each; None where only each alone tells.

    A text without a stretch that every match holds has none, and a few texts joined have none where no place of all of
    them begins one. `seconds` is the time for a chunk.
    """
    needle = certain(pattern)
    if needle:
        return lambda texts: [count(text) if needle in text else 0 for text in texts]
    return _joined(compiled, count, seconds) if not _AWARE.search(pattern) else None


def _joined(compiled: Seeker, count: Count, seconds: float) -> CountAll:
    chunks = hits = 0

    def count_all(texts: list[str]) -> list[int]:
        nonlocal chunks, hits
        found: list[int] = []
        for at in range(0, len(texts), _CHUNK):
            chunk = texts[at : at + _CHUNK]
            frequent = chunks >= _CHUNK and hits > RARE * chunks
            if not frequent:
                chunks += 1
            if frequent or _may_match(chunk):
                hits += not frequent
                found += map(count, chunk)
            else:
                found += [0] * len(chunk)
        return found

    def _may_match(chunk: list[str]) -> bool:
        try:
            return compiled.search(_GAP.join(chunk), timeout=seconds) is not None
        except (TimeoutError, MemoryError):
            return True  # each alone has its own time, and says what is wrong

    return count_all


def certain(pattern: str) -> str:
    """The longest stretch of plain letters and digits that stands in all that an expression matches; "" for none."""
    if "|" in pattern or "(?" in pattern or "(*" in pattern:
        return ""
    best = run = ""
    at = depth = 0
    while at < len(pattern):
        char, behind = pattern[at], pattern[at + 1 : at + 2]
        size = 2 if char == "\\" else 1
        if char == "[":
            size = _set_size(pattern, at)
        depth += (char == "(") - (char == ")")
        plain = not depth and char.isalnum() and char.isascii()
        if plain and behind not in ("?", "*", "{"):
            run += char
        else:
            run = ""
        if char == "\\" and pattern[at + 1 : at + 2] not in tuple(".-+*?/'\""):
            size = len(pattern) - at if behind and behind in "pPNxuUL0123456789gk" else 2  # what may take more
        best = run if len(run) > len(best) else best
        at += size
        if pattern[at : at + 1] == "+":
            run = ""
    return best if len(best) > 1 else ""


def _set_size(pattern: str, at: int) -> int:
    """The length of a [set]; to the end of the pattern where that is not plain."""
    end = at + 1 + (pattern[at + 1 : at + 2] == "^")
    end += pattern[end : end + 1] == "]"
    while end < len(pattern) and pattern[end] != "]":
        if pattern[end] == "[":
            return len(pattern) - at
        end += 2 if pattern[end] == "\\" else 1
    return end + 1 - at
