"""How telling a number or name of a thread is: what the search widget and the index put first."""

from __future__ import annotations

import re
from math import log
from typing import Final

WEIGHTS: Final = {
    "money": 3.0, "quantity": 3.0, "percent": 2.5, "range": 2.5, "score": 2.4, "product": 2.4, "acronym": 2.2,
    "organisation": 2.2, "name": 2.2, "place": 1.8, "person": 1.5, "user": 1.5, "version": 1.2, "date": 1.2,
    "time": 1.2, "timecode": 1.2, "number": 1.0, "ordinal": 0.5, "year": 0.5,
}  # fmt: skip
"""How telling a mark of each type is, 1 for types that are not here; see `score`."""

_SMALL: Final = re.compile(r"(?:[0-9]|1[0-2])(?:st|nd|rd|th)?")
_TINY: Final = re.compile(r"[0-2] ")


def score(type: str, value: str, count: int, in_article: int, *, name: bool) -> float:
    """The weight of the type, times the damped frequency, times corrections.

    - The frequency counts as 1 + ln(count), so that the twelfth mention adds less than the second.
    - What stands in both the article and the comments counts half as much again: it is what is talked about.
    - Numbers up to 12 without a unit count a fifth, quantities up to 2 ("two things") a half.
    - What occurs once counts half, unless it is in the article; names a quarter, for most of those are chance.
    """
    points = WEIGHTS.get(type, 1.0) * (1 + log(count))
    if 0 < in_article < count:
        points *= 1.5
    if count == 1 and not in_article:
        points *= 0.25 if name else 0.5
    if name:
        return points
    if _SMALL.fullmatch(value):
        points *= 0.2
    elif type == "quantity" and _TINY.match(value):
        points *= 0.5
    return points
