"""How many of the numbers that were labelled by hand are found with the right amount, unit and value."""

from __future__ import annotations

import math
from functools import lru_cache

from rumor_tui.marks import Amount, Mark, find_marks
from rumor_tui.search.index.texts import TextIndex
from tests.marks.test_labels import COMPARED, needs_corpus, table, thread

SHARE = 0.97
"""What share of the labels must be met."""


@lru_cache(64)
def marks_of(file: str, item: int) -> list[Mark]:
    """The numbers of one text of the corpus."""
    text = TextIndex(thread(file)).item_text(item)
    return [mark for mark in find_marks(text) if mark.kind == "number"]


def met(row: dict[str, str], mark: Mark | None) -> bool:
    """Whether a mark is worth what the label says, in one of the forms that the label allows."""
    if mark is None:
        return False
    if row["type"] not in COMPARED:
        return mark.type == row["type"] and plain(mark) in row["value"].split("/")
    amount, units = mark.amount, [unit.lower() for unit in row["unit"].split("/")]
    return (
        amount is not None
        and math.isclose(amount.low, float(row["low"]), rel_tol=1e-4)
        and math.isclose(amount.high, float(row["high"]), rel_tol=1e-4)
        and amount.unit.lower() in units
        and (row["about"] == "-" or amount.about == (row["about"] == "1"))
    )


def plain(mark: Mark) -> str:
    """A value as the labels have it: a version without its v, a score with a hyphen."""
    return mark.value.removeprefix("v").replace("–", "-")


def mark_at(row: dict[str, str]) -> Mark | None:
    """The longest mark that overlaps a label."""
    start, end = int(row["start"]), int(row["end"])
    over = [mark for mark in marks_of(row["file"], int(row["item"])) if mark.start < end and start < mark.end]
    return max(over, key=lambda mark: mark.end - mark.start, default=None)


@needs_corpus
def test_labelled_numbers_are_worth_what_they_say() -> None:
    rows = table("number_values.tsv")
    missed = [(row["file"], row["item"], row["surface"], mark_at(row)) for row in rows if not met(row, mark_at(row))]
    assert len(missed) <= (1 - SHARE) * len(rows), "\n".join(map(str, missed))


def test_a_label_is_met_by_its_amount_and_unit_only() -> None:
    row = {"type": "quantity", "low": "5", "high": "5", "unit": "km/", "about": "0", "value": "-"}
    mark = Mark(0, 4, "number", "quantity", "5 km", Amount(5, 5, "km"))
    assert met(row, mark)
    assert not met(row, mark._replace(amount=Amount(6, 6, "km")))
    assert not met(row, mark._replace(amount=Amount(5, 5, "mi")))
    assert not met(row, mark._replace(amount=Amount(5, 5, "km", about=True)))
    assert not met(row, None)
