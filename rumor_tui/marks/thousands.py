"""Points that part thousands: 10.000 is ten thousand in most languages of Europe, and ten in English."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rumor_tui.marks.language import language_of
from rumor_tui.marks.values import Figure

_ABROAD = frozenset(("€", "DEM", "CHF", "SEK", "TRY", "PLN", "BRL", "₽"))
"""Money of countries that part thousands with a point."""

_PRECISE = frozenset(("%", "s", "seconds", "ms", "in", "mm", "cm", "g", "mg", "ml", "oz", "v"))
"""Units that English texts measure with to three places: 2.000 in."""


@lru_cache(maxsize=1)
def _form() -> re.Pattern[str]:
    return re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def parted(text: str, figures: list[Figure], words: AbstractSet[str]) -> list[Figure]:
    """The figures of a text, where those with three digits behind one point are in thousands if the text means so.

    `words` are the text's words as written, for its language: it is asked for only where there is such a figure.
    """
    if not any("." in each.low for each in figures):
        return figures
    return [_whole(each) if _is_parted(text, each, words) else each for each in figures]


def _is_parted(text: str, figure: Figure, words: AbstractSet[str]) -> bool:
    """Whether the point of a figure parts its thousands."""
    digits = figure.low
    if figure.scale > 1 or figure.words or not _form().fullmatch(digits) or digits.lstrip("-") not in text:
        return False
    if text[figure.end - 1] in "-–" or language_of(words) != "en":
        return True
    if not digits.endswith(".000"):
        return figure.unit in _ABROAD and text[figure.start].isdigit()
    return not (figure.unit in _PRECISE or (digits == "1.000" and not figure.unit))


def _whole(figure: Figure) -> Figure:
    return figure._replace(low=figure.low.replace(".", ""))
