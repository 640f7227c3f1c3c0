"""Ranges: two numbers that "to", a dash, or "and" after "between" joins."""

from __future__ import annotations

from rumor_tui.marks.base import Mark

_GAPS = frozenset(("-", "–", "—", " - ", " – ", " — ", " to ", "~", "- ", " -", " and ", " & "))


def joined(text: str, marks: list[Mark]) -> list[Mark]:
    """Make one range of two numbers that "to", a dash, or "and" after "between" joins."""
    kept = [marks[0]]
    for mark in marks[1:]:
        last = kept[-1]
        gap = text[last.end : mark.start] if mark.start - last.end < 6 else ""
        if gap.lower() in _GAPS and _makes_range(text, last, mark, gap):
            kept[-1] = Mark(last.start, mark.end, "number", "range", _range(last, mark))
        else:
            kept.append(mark)
    return kept


def _makes_range(text: str, low: Mark, high: Mark, gap: str) -> bool:
    """Whether two numbers are the ends of one range: both of one type, or a bare one before the unit."""
    if gap in (" and ", " & ") and text[max(0, low.start - 8) : low.start].lower() != "between ":
        return False
    if "range" in (low.type, high.type):
        return False
    if low.type == "quantity" and high.type == "quantity":
        return low.value.partition(" ")[2] == high.value.partition(" ")[2]
    return low.type == high.type or (low.type in ("number", "year") and high.type != "date") or high.type == "number"


def _range(low: Mark, high: Mark) -> str:
    """Both ends with one dash and the unit once: 5-10 km."""
    unit = low.value.partition(" ")[2]
    if unit and high.value.endswith(" " + unit):
        return f"{low.value.partition(' ')[0]}-{high.value}"
    return f"{low.value}-{high.value}"
