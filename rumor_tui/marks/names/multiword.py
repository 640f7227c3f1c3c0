"""Names of several parts with a small word or a figure between them: "University of Oxford", "iPhone 12"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui.marks.data.name_vocabulary import PRODUCT_LINES
from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.scanning import lazy_pattern

OF_HEADS: Final = frozenset(
    split_words("""
        University College Institute Academy School Bank House Department Ministry Minister Secretary Church Republic
        Kingdom State States City County Isle Lord Duke Duchess King Queen Prince Princess Bay Cape Gulf Strait Sea
        Board Council Court Museum Society Order Battle Treaty Library Hall Bureau Office Association Center
        Centre District Commission Declaration Bill Statue Tower Game Wall Sons Daughters Knights Call League
        """)
)
"""Words that "of" joins with the name after it."""

_LINKS: Final = frozenset((" of ", " of the ", " de ", " van ", " von ", " der ", " van der ", " del ", " da ", " di ",
                           " la ", " de la ", " bin ", " al-", " ibn ", " e "))  # fmt: skip
_DIRECTIONS: Final = frozenset(split_words("North South East West Central Latin Northern Southern Eastern Western"))
_TITLES: Final = tuple(f"{title}{dot} " for title in ("Dr", "Mr", "Mrs", "Ms", "Prof") for dot in (".", ""))
_MAX_TITLE: Final = max(map(len, _TITLES))
_MAX_GAP: Final = max(map(len, _LINKS))


def join_names(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The names of a text in order, with the parts of one name joined."""
    return [_with_number(text, _with_direction(text, mark)) for mark in _link(text, marks)]


def _link(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    last: Mark | None = None
    for mark in marks:
        if last is not None and mark.start - last.end <= _MAX_GAP and _belong_together(text, last, mark):
            last = Mark(last.start, mark.end, "name", last.type, " ".join(text[last.start : mark.end].split()))
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def _belong_together(text: str, first: Mark, second: Mark) -> bool:
    gap = text[first.end : second.start]
    if gap not in _LINKS or second.value[:1].islower():
        return False
    return " of" not in gap or text[first.start : first.end].rpartition(" ")[2] in OF_HEADS


def title_start(text: str, start: int) -> int:
    """Where the short title before a name starts ("Dr. Segler"), or the name itself without one."""
    before = text[max(0, start - _MAX_TITLE) : start]
    title = next((title for title in _TITLES if before.endswith(title)), "")
    at = start - len(title)
    return start if text[at - 1 : at].isalnum() else at


_next_capital = lazy_pattern(r" [A-Z][a-z]{2,24}(?![\w-])")


def _with_direction(text: str, mark: Mark) -> Mark:
    """A direction with the region that follows it: "North American"."""
    region = _next_capital().match(text, mark.end) if mark.value in _DIRECTIONS else None
    return mark._replace(end=region.end(), value=mark.value + region.group()) if region else mark


_number = lazy_pattern(r"[ ]{1,2}\d{1,4}[A-Za-z]{0,2}(?![\w%]|[.,:]\d)")


def _with_number(text: str, mark: Mark) -> Mark:
    """A product line with the number that belongs to it: "iPhone 12", "Windows 10"."""
    if mark.value.rpartition(" ")[2].lower() not in PRODUCT_LINES:
        return mark
    number = _number().match(text, mark.end)
    if number is None:
        return mark
    return Mark(mark.start, number.end(), "name", "product", mark.value + number.group().replace("  ", " "))
