"""The numbers and names of threads that were read: kept when the reader has found them, for searches by value.

They are packed by thread (`search.index.kept_marks`); `figures` has the distinct numbers, so that threads are found by
what they state. Marks are of the state of the thread that was read: comments that came since have none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final

from rumor_tui.search.index.kept_marks import UNCOMPARED, ThreadMarks
from rumor_tui.search.query.ast import NumberTerm
from rumor_tui.search.query.number_tests import amount_test, comparison_bounds, is_comparable, matching_units

_SLACK: Final = 1e-6
"""How much wider than asked for figures are looked up, as a share: the exact test follows."""


def set_marks(connection: sqlite3.Connection, thread: int, packed: bytes, moment: float) -> None:
    """Keep the marks of a thread instead of earlier ones. Raises ValueError if the bytes are no packed marks."""
    figures = ThreadMarks(packed).figures
    connection.execute("INSERT OR REPLACE INTO marks(thread, data, changed) VALUES(?, ?, ?)", (thread, packed, moment))
    connection.execute("DELETE FROM figures WHERE thread = ?", (thread,))
    connection.executemany(
        "INSERT INTO figures(dimension, low, high, thread) VALUES(?, ?, ?, ?)",
        ((*figure, thread) for figure in sorted(figures)),
    )


def marks_in(connection: sqlite3.Connection, thread: int) -> ThreadMarks | None:
    """The marks of a thread; None if it was not read, or they are damaged."""
    row = connection.execute("SELECT data FROM marks WHERE thread = ?", (thread,)).fetchone()
    try:
        return None if row is None else ThreadMarks(row[0])
    except ValueError:
        return None


def some_have_none(connection: sqlite3.Connection) -> bool:
    """Whether there are threads with comments of which no marks are kept."""
    (missing,) = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM threads t WHERE comments > 0 AND removed IS NULL AND tree IS NOT NULL"
        " AND NOT EXISTS(SELECT 1 FROM marks WHERE thread = t.id))"
    ).fetchone()
    return bool(missing)


def threads_stating(connection: sqlite3.Connection, number: NumberTerm) -> list[int]:
    """The threads whose comments may have a number that is asked for, the latest first."""
    low, high, _ = comparison_bounds(number.compare, number.low.value, number.high.value if number.high else None)
    slack = _SLACK * max(1.0, abs(number.low.value))
    condition, parameters = "low <= ? AND high >= ?", [high + slack, low - slack]
    if dimensions := _dimensions(number):
        condition += f" AND dimension IN ({', '.join('?' * len(dimensions))})"
    rows = connection.execute(
        f"SELECT DISTINCT thread FROM figures WHERE {condition} ORDER BY thread DESC", (*parameters, *dimensions)
    )
    return [thread for (thread,) in rows]


def _dimensions(number: NumberTerm) -> list[str]:
    """The dimensions that the unit of a number may be in; none if it may be in any."""
    from rumor_tui.marks.mark import Amount
    from rumor_tui.search.claims.dimensions import UNCOMPARED_TYPES, dimension_of

    units = matching_units(number.unit)
    dimensions = {dimension_of(Amount(0, 0, unit)) for unit in units}
    return sorted(dimensions | {f"{UNCOMPARED}{type}" for type in UNCOMPARED_TYPES}) if units else []


def number_handles(marks: ThreadMarks, number: NumberTerm) -> set[int]:
    """The comments with a number that is asked for."""
    test = _entry_test(number)
    wanted = [id for id, entry in enumerate(marks.entries) if entry.low is not None and test(entry.type, *entry[4:])]
    return {handle for handle, _, _ in marks.where(wanted)}


def _entry_test(number: NumberTerm) -> Callable[[str, float | None, float | None, str], bool]:
    test = amount_test(number)
    return lambda type, low, high, unit: is_comparable(type, number) and test(low or 0.0, high or 0.0, unit)
