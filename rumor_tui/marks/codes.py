"""Product codes in a text: letters with digits (M3, F30, i8), and a figure with one capital where it names a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.base import Mark
from rumor_tui.marks.context import word_before
from rumor_tui.marks.words import CODES, listed


@lru_cache(maxsize=1)
def _digits() -> re.Pattern[str]:
    return re.compile(r"[0-9](?:[0-9]{0,3})[A-Za-z]{0,2}(?:['’]s|s)?(?!\w)")


@lru_cache(maxsize=1)
def _millions() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])([0-9]{1,3}[MB])(?:['’]s|s)?(?!\w)")


def doubtful(text: str) -> Iterator[tuple[str, bool]]:
    """Each figure with a capital M or B that may be a code, and whether the words around it show that it is one."""
    for found in _millions().finditer(text):
        if _code_start(text, found.start()) == found.start():
            yield found[1], _proves(text, found.start(), found.end())


def find(text: str, known: AbstractSet[str] = frozenset()) -> list[Mark]:
    """Product codes with a digit: M3, F30, i8, 1M. For a text that has a digit.

    A figure with one capital M or B is a code only where it is `known` for one, or the text treats it so somewhere:
    with an article or a capitalised word before it, or in the plural, as in "the 1M", "BMW 1M" or "3 1Ms". So is a
    line of products, "3 series", unless that counts.
    """
    marks = list(_lines(text))
    unsure: list[Mark] = []
    proved = set(known)
    for found in _digits().finditer(text):
        start = found.start()
        begin = _code_start(text, start)
        if begin is None:
            continue
        stem = re.sub(r"['’]?s$", "", text[begin : found.end()])
        mark = Mark(
            begin,
            found.end() if stem + "s" == text[begin : found.end()] else begin + len(stem),
            "name",
            "product",
            stem,
        )
        if begin < start:
            marks.append(mark)
        elif re.fullmatch(r"[0-9]{1,3}[A-Z]", stem) and stem[-1] not in (_UNITS if len(stem) == 2 else _LARGE_UNITS):
            unsure.append(mark)
            if stem[-1] not in "MB" or _proves(text, begin, found.end()):
                proved.add(stem)
    return marks + [mark for mark in unsure if mark.value in proved]


@lru_cache(maxsize=1)
def _series() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/:$€£+-])([1-9])[ -][Ss]eries(?!\w| of\b)")


def _lines(text: str) -> Iterator[Mark]:
    """Lines of products that a figure names: "the 3 series"."""
    for found in _series().finditer(text) if "eries" in text else ():
        if word_before(text, found.start()) not in _COUNTING:
            yield Mark(found.start(), found.end(), "name", "product", f"{found[1]} series")


_COUNTING = frozenset(listed("all first last next these those other past previous only won lost played least most"))
"""Words before "3 series" by which it is a number of them."""

_UNITS = "KTVWCFLNAHX"
_LARGE_UNITS = _UNITS + "GJ"
"""Letters that are units behind a figure; the second behind more than one digit: 16G is an amount, 5G a network."""


def _code_start(text: str, start: int) -> int | None:
    """Where a code begins whose digits begin at `start`; None inside a longer word or a figure."""
    begin = start
    while begin and begin > start - 5 and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1
    if begin == start:
        hyphen = text[start - 2 : start] if start > 1 else ""
        return start if not start or (text[start - 1] not in "_-.,:/$€£#@" and not hyphen[-1:].isalnum()) else None
    letters = text[begin:start]
    if (
        begin == start - 5
        or letters in CODES
        or (begin and (text[begin - 1].isalnum() or text[begin - 1] in "_#@/-.=&"))
    ):
        return None
    return begin if letters.isupper() or letters == "i" else None


def _proves(text: str, start: int, end: int) -> bool:
    """Whether the words around "1M" show that it is the name of a thing."""
    if text[end - 1] == "s":
        return True
    before = text[max(0, start - 24) : start].split()
    last = before[-1] if before and text[start - 1 : start] == " " else ""
    return last.lower() in ("the", "a", "this", "that", "my", "your", "his", "her", "our") or last[:1].isupper()
