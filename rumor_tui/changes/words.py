"""The difference of two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal, NamedTuple

RunKind = Literal["same", "removed", "added"]

LONG: Final = 4_000
"""Words of two texts together from which on lines are compared first, and only what differs of them by words."""

_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"(?:[{_CJK}]|[^\W{_CJK}]+|[^\w\s])\s*|\s+")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


class Run(NamedTuple):
    """A stretch of text that is in both texts, or only in the one before ("removed") or the one after ("added")."""

    kind: RunKind
    text: str


def word_runs(before: str, after: str) -> list[Run]:
    """How one text became another: without the removed runs it is the one after, without the added ones the one before.

    White space between words that are the same does not count: it is as in the text after. Neighbouring runs are of
    different kinds, and what was removed comes before what was added in its place.
    """
    return _joined(_differences(_WORD.findall(before), _WORD.findall(after)))


def _differences(olds: Sequence[str], news: Sequence[str]) -> list[Run]:
    head = _count_same(olds, news)
    tail = _count_same(olds[head:][::-1], news[head:][::-1])
    end, new_end = len(olds) - tail, len(news) - tail
    inner, new_inner = olds[head:end], news[head:new_end]
    if len(inner) + len(new_inner) > LONG:
        middle = _differing_lines("".join(inner), "".join(new_inner))
    else:
        middle = _differing_words(inner, new_inner)
    return [Run("same", "".join(news[:head])), *middle, Run("same", "".join(news[new_end:]))]


def _count_same(olds: Sequence[str], news: Sequence[str]) -> int:
    """How many tokens the beginnings of both have in common."""
    count = 0
    for one, other in zip(olds, news, strict=False):
        if one.strip() != other.strip():
            break
        count += 1
    return count


def _differing_words(olds: Sequence[str], news: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    matcher = SequenceMatcher(None, [old.strip() for old in olds], [new.strip() for new in news])
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(news[new_start:new_end])))
        else:
            runs += (Run("removed", "".join(olds[start:end])), Run("added", "".join(news[new_start:new_end])))
    return runs


def _differing_lines(before: str, after: str) -> list[Run]:
    """The same of long texts. Lines that differ are compared by words, where these are not too many."""
    runs: list[Run] = []
    olds, news = _LINE.findall(before), _LINE.findall(after)
    matcher = SequenceMatcher(None, [old.strip() for old in olds], [new.strip() for new in news])
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        one, other = "".join(olds[start:end]), "".join(news[new_start:new_end])
        if kind == "equal":
            runs.append(Run("same", other))
        elif len(words := _WORD.findall(one)) + len(new_words := _WORD.findall(other)) <= LONG:
            runs += _differing_words(words, new_words)
        else:
            runs += (Run("removed", one), Run("added", other))
    return runs


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The runs without empty ones, neighbours of a kind as one; between two that are the same, removals first."""
    joined: list[Run] = []
    told = [run for run in runs if run.text]
    for same, group in groupby(told, key=lambda run: run.kind == "same"):
        stretch = list(group)
        kinds: Sequence[RunKind] = ("same",) if same else ("removed", "added")
        texts = [Run(kind, "".join(run.text for run in stretch if run.kind == kind)) for kind in kinds]
        joined += [run for run in texts if run.text]
    return joined
