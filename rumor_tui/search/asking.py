"""The line of the language that finds what a trail or the index has at hand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from rumor_tui.search.base import QueryError
from rumor_tui.search.figures import amount_test
from rumor_tui.search.kinds import LEAST_BARE, amount_of, is_count, kind_of
from rumor_tui.search.marked import MarkIndex
from rumor_tui.search.parsing import parse
from rumor_tui.search.printing import in_quotes, written
from rumor_tui.search.terms import Figure, Named, Node, Number
from rumor_tui.search.trail import Subject


def line_for(subject: Subject, marks: MarkIndex | None) -> str:
    """A query for a number or name: its value, with the noun where that leaves nothing out; else its text."""
    if subject.kind == "name":
        return written(Named("name", subject.label))
    id = marks.id_of(subject.kind, subject.value) if marks is not None else None
    entry = marks.entry(id) if marks is not None and id is not None else None
    amount = None if entry is None else entry.amount if entry.type == "year" else amount_of(entry.type, entry.amount)
    if marks is None or amount is None or amount.low != amount.high or not 0 <= amount.low < 1e15:
        return in_quotes(subject.label)
    kind, digits = kind_of(amount), f"{Decimal(repr(amount.low)):f}".removesuffix(".0")
    bare = Number("=", Figure(digits))
    nouns: Counter[str] = Counter({amount.unit: 0})

    def is_same(low: float, high: float, unit: str) -> bool:
        if unit != amount.unit and kind_of(amount._replace(unit=unit)) != kind:
            return False
        nouns[unit] += 1
        return low == high == amount.low

    same = marks.ids_where(is_same)
    for noun in (nouns.most_common(1)[0][0], amount.unit):
        asked = Number("=", Figure(digits), None, noun)
        if noun and _is_line(asked) and (not is_count(kind) or _finds(asked, same, marks)):
            return written(asked)
    return written(bare) if _is_line(bare) else in_quotes(subject.label)


def _finds(asked: Number, same: list[int], marks: MarkIndex) -> bool:
    """Whether a query finds just these entries, and no bare figure may belong to them."""
    value = asked.low.value
    bare = value >= LEAST_BARE and marks.ids_where(lambda low, high, unit: not unit and low == high == value)
    return not bare and marks.ids_where(amount_test(asked)) == same


def _is_line(node: Node) -> bool:
    try:
        return parse(written(node)) == node
    except QueryError:
        return False
