"""Threads with marks for the tests of claims: found by pattern, so that nothing depends on what recognisers know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.search.index.texts import TextIndex

_NUMBER = re.compile(
    r"(?P<money>\$)?(?P<low>\d+(?:,\d{3})*(?:\.\d+)?)(?:(?:-| and )(?P<high>\d+))?(?P<percent>%)?"
    r"(?: (?P<unit>people|[a-z]{3,}s)\b)?"
)
_NAME = re.compile(r"\b(?:[A-Z]{2,}|[A-Z][a-z]+ [A-Z][a-z]+|\d[A-Z]\w*)\b")


def marks_in(text: str) -> list[Mark]:
    """Names are capitals, two capitalised words or a figure with letters; numbers are figures with what follows."""
    names = [Mark(m.start(), m.end(), "name", "name", m[0]) for m in _NAME.finditer(text)]
    taken = {at for name in names for at in range(name.start, name.end)}
    numbers = [_number(m) for m in _NUMBER.finditer(text) if m.start() not in taken]
    return sorted([*names, *numbers])


def _number(found: re.Match[str]) -> Mark:
    unit = found["money"] or found["percent"] or found["unit"] or ""
    low = float(found["low"].replace(",", ""))
    amount = Amount(low, float(found["high"] or low), unit)
    kinds = {"$": "money", "%": "percent", "": "number"}
    value = f"{amount.low:g}-{amount.high:g} {unit}" if found["high"] else f"{amount.low:g} {unit}".strip()
    return Mark(found.start(), found.end(), "number", kinds.get(unit, "quantity"), value, amount)


def marked(index: TextIndex, items: int = -1) -> MarkIndex:
    """The marks of the items of an index, or of the first few."""
    marks = MarkIndex(index.first_comment)
    for item in range(index.size if items < 0 else items):
        text, start = index.item_text(item), index.body_start(item)
        found = marks_in(text[start:])
        marks.add(text, [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found])
    marks.rank()
    return marks


def texts_of(index: TextIndex, places: Sequence[tuple[int, int, int]]) -> list[str]:
    """What stands at places."""
    return [index.item_text(item)[start:end] for item, start, end in places]
