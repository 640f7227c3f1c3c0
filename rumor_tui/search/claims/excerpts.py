"""Excerpts: the sentence around a position, and the words beside a number that hedge it or make it a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_SENTENCE_CHARS: Final = 280
"""The most characters of a sentence on either side of the position."""

_STOP: Final = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\Wa-z])|[。！？]|\n")
"""The end of a sentence: a stop before a capital or a digit, or the end of a line."""

_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Gen|Sen|Rep|vs|No|Nr|ca|approx|e\.g|i\.e|etc|cf|Inc|Ltd|Co|Corp|[A-Z]"
    r"|(?:[A-Z]\.)+[A-Z])\.$"
)
"""Text that ends in an abbreviation."""

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
    """A text on one line, and the spans in it for which it is shown."""

    text: str
    spans: list[tuple[int, int]]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around `text[start:end]` starts and ends; a very long one is cut between words."""
    low, high = max(start - MAX_SENTENCE_CHARS, 0), min(end + MAX_SENTENCE_CHARS, len(text))
    begin, close = low, high
    for stop in _STOP.finditer(text, low, high):
        if _ABBREVIATION.search(text[max(stop.end() - 12, low) : stop.end()]):
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
    begin = start - len(text[begin:start].lstrip())
    return begin, end + len(text[end:close].rstrip())


def _next_word(text: str, low: int, start: int) -> int:
    space = text.find(" ", low, start)
    return space + 1 if space >= 0 else low


def _last_word(text: str, end: int, high: int) -> int:
    space = text.rfind(" ", end, high)
    return space if space >= 0 else high


def make_excerpt(text: str, places: Sequence[tuple[int, int]], body: int = 0, most: int = 3) -> Excerpt:
    """The sentences around spans of one text, in order, on one line, with an ellipsis for what is left out.

    At most `most` sentences are taken, and nothing before `body`.
    """
    sentences = _sentences(text, places, body, most)
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at, done = 0, -1
    for begin, close in sentences:
        gap = _lead(text, begin, body) if done < 0 else _gap(text, done, begin)
        parts += [gap, text[begin:close].translate(_ONE_LINE)]
        at += len(gap)
        spans += [(s - begin + at, min(e, close) - begin + at) for s, e in places if begin <= s < close]
        at, done = at + close - begin, close
    if sentences:
        parts.append(_trailer(text, done))
    return Excerpt("".join(parts), spans)


def _sentences(text: str, places: Sequence[tuple[int, int]], body: int, most: int) -> list[tuple[int, int]]:
    """The first few sentences around some spans, without overlaps."""
    sentences: list[tuple[int, int]] = []
    for start, end in places:
        last = sentences[-1][1] if sentences else 0
        if sentences and start < last:
            continue
        if len(sentences) == most:
            break
        begin, close = sentence_bounds(text, start, end)
        sentences.append((max(begin, body, last), max(close, end)))
    return sentences


def _trailer(text: str, done: int) -> str:
    """An ellipsis if the last sentence was cut at its end and text follows on the same line."""
    following = text[done : done + 1]
    if following.strip(" \n") or _ENDED.search(text, max(done - 4, 0), done):
        return ""
    return " …" if following != "\n" and text[done : done + MAX_SENTENCE_CHARS].strip() else ""


_ONE_LINE: Final = {10: 32}
_ENDED: Final = re.compile(r"[.!?…。！？][\"'”’)\]]*\s*\Z")


def _lead(text: str, begin: int, body: int) -> str:
    """An ellipsis if a sentence was cut at its beginning."""
    lead = text[max(begin - 6, body) : begin]
    return "" if begin <= body or "\n" in lead or _ENDED.search(lead) else "… "


def _gap(text: str, done: int, begin: int) -> str:
    """What replaces the text between two sentences."""
    return " … " if text[done:begin].strip() else " "


def hedge_before(text: str, start: int, end: int) -> str:
    """The words before a number that say that it is not exact ("around", "more than"), in lower case, or ""."""
    if not text[start:end][:1].isdigit() and (inside := _INSIDE.match(text[start:end])):
        return _plain_hedge(inside.group())
    before = _HEDGE.search(text[max(start - 24, 0) : start])
    words = _plain_hedge(before.group()) if before else ""
    return "" if words in _EXACT else words


def _plain_hedge(words: str) -> str:
    return words.strip().lower().removeprefix("right ")


_INSIDE: Final = re.compile(
    r"(?:(?:right )?around|about|approximately|roughly|circa|nearly|almost|over|under|more than|less than"
    r"|at (?:most|least)|up to|[~≈<>≤≥])\s*",
    re.IGNORECASE,
)


def rate_after(text: str, end: int) -> str:
    """The rate after a number: "per month" after "25 and 65 units produced"; or ""."""
    rate = _RATE.match(text, end, end + 40)
    return f"per {(rate[1] or rate[2]).lower()}" if rate else ""
