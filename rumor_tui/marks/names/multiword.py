"""Names that belong together though a small word or a figure parts them: "University of Oxford", "iPhone 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.name_words import PRODUCT_LINES

OF_HEADS: Final = frozenset(
    split_words("""
        University College Institute Academy School Bank House Department Ministry Minister Secretary Church Republic
        Kingdom State States City County Isle Lord Duke Duchess King Queen Prince Princess Bay Cape Gulf Strait Sea
        Board Council Court Museum Society Order Battle Treaty Library Hall Bureau Office Association Center
        Centre District Commission Declaration Bill Statue Tower Game Wall Sons Daughters Knights Call League
        """)
)
"""Words that "of" joins with the name behind it."""

_SMALL: Final = frozenset((" of ", " of the ", " de ", " van ", " von ", " der ", " van der ", " del ", " da ", " di ",
                           " la ", " de la ", " bin ", " al-", " ibn ", " e "))  # fmt: skip
_DIRECTIONS: Final = frozenset(split_words("North South East West Central Latin Northern Southern Eastern Western"))
_TITLES: Final = tuple(f"{title}{dot} " for title in ("Dr", "Mr", "Mrs", "Ms", "Prof") for dot in (".", ""))
_LONGEST: Final = max(map(len, _TITLES))
_GAP: Final = max(map(len, _SMALL))


def join_names(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The names of a text in order, those that belong together as one."""
    return [_numbered(text, _directed(text, mark)) for mark in _linked(text, marks)]


def _linked(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    held: Mark | None = None
    for mark in marks:
        if held is not None and mark.start - held.end <= _GAP and _belong(text, held, mark):
            held = Mark(held.start, mark.end, "name", held.type, " ".join(text[held.start : mark.end].split()))
            continue
        if held is not None:
            yield held
        held = mark
    if held is not None:
        yield held


def _belong(text: str, first: Mark, second: Mark) -> bool:
    gap = text[first.end : second.start]
    if gap not in _SMALL or second.value[:1].islower():
        return False
    return " of" not in gap or text[first.start : first.end].rpartition(" ")[2] in OF_HEADS


def title_start(text: str, start: int) -> int:
    """Where the short title before a name starts ("Dr. Segler"), or the name itself without one."""
    before = text[max(0, start - _LONGEST) : start]
    title = next((title for title in _TITLES if before.endswith(title)), "")
    at = start - len(title)
    return start if text[at - 1 : at].isalnum() else at


@lru_cache(maxsize=1)
def _next_capital() -> re.Pattern[str]:
    return re.compile(r" [A-Z][a-z]{2,24}(?![\w-])")


def _directed(text: str, mark: Mark) -> Mark:
    """A region with its direction: "North American"."""
    if mark.value not in _DIRECTIONS:
        return mark
    found = _next_capital().match(text, mark.end)
    return mark._replace(end=found.end(), value=mark.value + found.group()) if found else mark


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    return re.compile(r"[ ]{1,2}\d{1,4}[A-Za-z]{0,2}(?![\w%]|[.,:]\d)")


def _numbered(text: str, mark: Mark) -> Mark:
    """A product line with the number that belongs to it: "iPhone 12", "Windows 10"."""
    if mark.value.rpartition(" ")[2].lower() not in PRODUCT_LINES:
        return mark
    number = _number().match(text, mark.end)
    if number is None:
        return mark
    return Mark(mark.start, number.end(), "name", "product", mark.value + number.group().replace("  ", " "))
