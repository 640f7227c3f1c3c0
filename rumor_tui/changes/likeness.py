"""Whether two texts are two states of one text: of the same words for the most part, in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

LOOKED_AT: Final = 4_000
"""Characters of a text that are looked at."""

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")

_SHORT: Final = 6
"""Words below which letters are compared."""
_SHORT_LIKE: Final = 0.6
_LIKE: Final = 0.35
"""The share of pairs of words that two states of a text have in common, at least."""
_CONTAINED: Final = 0.7
"""The share of the shorter text's pairs of words that are in the longer one, where one was added to or cut."""


def fold_words(text: str) -> list[str]:
    """The words of a raw text, without tags and whatever their case; a sign of a script without spaces is a word."""
    return _WORD.findall(_TAG.sub(" ", text[:LOOKED_AT]).casefold())


def are_alike(first: str, second: str) -> bool:
    """Whether two raw texts may be states of one."""
    return first == second or like_words(fold_words(first), fold_words(second))


def like_words(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two texts, given by their words, may be states of one. Texts without words are like none."""
    if not first or not second:
        return False
    if min(len(first), len(second)) < _SHORT:
        return _like_letters(" ".join(first)[:200], " ".join(second)[:200])
    one, other = set(pairwise(first)), set(pairwise(second))
    common = len(one & other)
    return common >= _LIKE * max(len(one), len(other)) or common >= _CONTAINED * min(len(one), len(other))


def _like_letters(first: str, second: str) -> bool:
    """The same for a few words; a short text that was only added to is like what it became."""
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 8 and longer.startswith(shorter):
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _SHORT_LIKE and matcher.ratio() >= _SHORT_LIKE
