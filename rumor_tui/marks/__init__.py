"""What the text says: numbers and names, as marks on a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rumor_tui.marks.base import Amount, Kind, Mark
from rumor_tui.marks.evidence import NOTHING, Evidence, Gathering

if TYPE_CHECKING:
    from rumor_tui.marks.tagger import Tagged

__all__ = ["NOTHING", "Amount", "Evidence", "Gathering", "Kind", "Mark", "find"]


def find(text: str, evidence: Evidence = NOTHING, tagged: Sequence[Tagged] | None = None) -> list[Mark]:
    """The numbers and names in a text, in order, never overlapping.

    `evidence` is what the thread as a whole says; pass the same object for each text, for the look-up that is built
    from it is kept. `tagged` is what the gathering found in this very text, which spares the tagger a second walk.
    Addresses of pages and of mail are not looked into.
    """
    from rumor_tui.marks import codes, names, numbers
    from rumor_tui.marks import people as persons
    from rumor_tui.marks.addresses import without_addresses

    raw, text = text, without_addresses(text)
    words = _words(text)
    digits = numbers.has_digits(text)
    marks = numbers.find(text, words, digits)
    others = names.find(text, words, evidence, raw if tagged is None else tagged)
    if digits:
        others += codes.find(text)
    if evidence.people or "@" in text:
        others += persons.find(text, words, evidence.people)
    return _merged(marks, others) if others else marks


def _words(text: str) -> frozenset[str]:
    r"""The words of a text as written: what `\w+` finds, but three times as fast for text that is all ASCII."""
    if not text.isascii():
        for mark in "’‘“”–—…•":
            text = text.replace(mark, " ")
        if not text.isascii():
            return frozenset(_word().findall(text))
    return frozenset(text.translate(_spaces()).split())


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


@lru_cache(maxsize=1)
def _spaces() -> dict[int, str]:
    """What is not a letter, a digit or an underscore in ASCII -> a space."""
    return {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}


_RANK = {"product": 1, "date": 2, "money": 2, "user": 3}
"""Types that win over others that they overlap, the highest first; among equals the longest wins."""


def _merged(numbers: list[Mark], names: list[Mark]) -> list[Mark]:
    """Both kinds in one list without overlaps."""
    kept: list[Mark] = []
    for mark in sorted(numbers + names, key=_place):
        while kept and kept[-1].end > mark.start and _beats(mark, kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


def _place(mark: Mark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.kind


def _beats(mark: Mark, other: Mark) -> bool:
    """Whether the later of two overlapping marks is the one to keep."""
    ranks = _RANK.get(mark.type, 0), _RANK.get(other.type, 0)
    if ranks[0] != ranks[1] and mark.kind != other.kind:
        return ranks[0] > ranks[1]
    return mark.end - mark.start > other.end - other.start or (
        mark.end - mark.start == other.end - other.start and ranks[0] > ranks[1]
    )
