"""The sentence around a place in a text, and the words beside a number that say how it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_SENTENCE_CHARS: Final = 280
"""Characters of a sentence that are shown on either side of what it is shown for."""

_STOP: Final = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\Wa-z])|[。！？]|\n")
"""Where a sentence ends: at a stop before a capital or a figure, or at the end of a line."""

_SHORT: Final = re.compile(
    r"(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Gen|Sen|Rep|vs|No|Nr|ca|approx|e\.g|i\.e|etc|cf|Inc|Ltd|Co|Corp|[A-Z]"
    r"|(?:[A-Z]\.)+[A-Z])\.$"
)
"""Ends in the stop of a shortened word."""

_HEDGE: Final = re.compile(
    r"(?:\b(?:(?:right )?around|about|approximately|approx\.?|roughly|circa|ca\.?|nearly|almost|some|over|under|below"
    r"|above|(?:more|less|fewer) tha[nt]|at (?:most|least)|up to|no more than|only|just)|[~≈<>≤≥])\s*$",
    re.IGNORECASE,
)
_EXACT: Final = frozenset(("only", "just"))
_RATE: Final = re.compile(
    r"(?:\s{1,9}[a-z]{1,40})?\s{1,9}(?:(?:per|/)\s?([a-z]{1,40})|"
    r"(?:a|an|each|every)\s(second|minute|hour|day|week|month|quarter|year)\b)",
    re.IGNORECASE,
)


class Excerpt(NamedTuple):
    """A text on one line, and where in it the places are that it is quoted for."""

    text: str
    spans: list[tuple[int, int]]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around `text[start:end]` starts and ends; it is cut at words where it is very long."""
    low, high = max(start - MAX_SENTENCE_CHARS, 0), min(end + MAX_SENTENCE_CHARS, len(text))
    begin, close = low, high
    for stop in _STOP.finditer(text, low, high):
        if _SHORT.search(text[max(stop.end() - 12, low) : stop.end()]):
            continue
        if stop.end() <= start:
            begin = stop.end()
        elif stop.start() >= end:
            close = stop.end()
            break
    if begin == low and low:
        begin = _next_word(text, low, start)
    if close == high and high < len(text):
        close = _last_word(text, end, high)
    while begin < start and text[begin].isspace():
        begin += 1
    while close > end and text[close - 1].isspace():
        close -= 1
    return begin, close


def _next_word(text: str, low: int, start: int) -> int:
    space = text.find(" ", low, start)
    return space + 1 if space >= 0 else low


def _last_word(text: str, end: int, high: int) -> int:
    space = text.rfind(" ", end, high)
    return space if space >= 0 else high


def make_excerpt(text: str, places: Sequence[tuple[int, int]], body: int = 0, most: int = 3) -> Excerpt:
    """The sentences around places of one text, in order, on one line; an ellipsis stands for what lies between.

    No more than `most` sentences are taken, and nothing that stands before `body`.
    """
    taken: list[tuple[int, int]] = []
    for start, end in places:
        if taken and start < taken[-1][1]:
            continue
        if len(taken) == most:
            break
        begin, close = sentence_bounds(text, start, end)
        taken.append((max(begin, body, taken[-1][1] if taken else 0), max(close, end)))
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at, done = 0, -1
    for begin, close in taken:
        gap = _before(text, begin, body) if done < 0 else _between(text, done, begin)
        parts += [gap, text[begin:close].translate(_ONE_LINE)]
        at += len(gap)
        spans += [(s - begin + at, min(e, close) - begin + at) for s, e in places if begin <= s < close]
        at, done = at + close - begin, close
    if taken and text[done : done + 1].strip(" \n") == "" and not _ENDED.search(text, max(done - 4, 0), done):
        parts.append(" …" if text[done : done + MAX_SENTENCE_CHARS].strip() and text[done : done + 1] != "\n" else "")
    return Excerpt("".join(parts), spans)


_ONE_LINE: Final = {10: 32}
_ENDED: Final = re.compile(r"[.!?…。！？][\"'”’)\]]*\s*\Z")


def _before(text: str, begin: int, body: int) -> str:
    """An ellipsis where a sentence was cut at its beginning."""
    lead = text[max(begin - 6, body) : begin]
    return "" if begin <= body or "\n" in lead or _ENDED.search(lead) else "… "


def _between(text: str, done: int, begin: int) -> str:
    """What stands in for the text between two sentences."""
    return " … " if text[done:begin].strip() else " "


def hedge_before(text: str, start: int, end: int) -> str:
    """The words before a number that say that it is not exact ("around", "more than"), in lower case, or nothing."""
    if not text[start:end][:1].isdigit() and (inside := _INSIDE.match(text[start:end])):
        return _short(inside.group())
    found = _HEDGE.search(text[max(start - 24, 0) : start])
    words = _short(found.group()) if found else ""
    return "" if words in _EXACT else words


def _short(words: str) -> str:
    return words.strip().lower().removeprefix("right ")


_INSIDE: Final = re.compile(
    r"(?:(?:right )?around|about|approximately|roughly|circa|nearly|almost|over|under|more than|less than"
    r"|at (?:most|least)|up to|[~≈<>≤≥])\s*",
    re.IGNORECASE,
)


def rate_after(text: str, end: int) -> str:
    """What a number is said to be for each of: "per month" behind "25 and 65 units produced"; or nothing."""
    found = _RATE.match(text, end, end + 40)
    return f"per {(found[1] or found[2]).lower()}" if found else ""
