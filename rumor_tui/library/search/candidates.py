"""The comments that a query may find, the latest first, in growing portions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final

from rumor_tui.library.marks import marks_in, number_handles, threads_stating
from rumor_tui.library.search.facts import Row, as_list, in_list
from rumor_tui.library.search.plan import Branch
from rumor_tui.search.query.ast import NumberTerm

FIRST_PORTION: Final = 1_000
"""The comments of the first portion, of which the best come first."""

LARGEST_PORTION: Final = 16_000

_END: Final = 2**62
"""Above every handle."""

_COLUMNS: Final = "c.id, c.thread, c.author, c.published"


def portions(connection: sqlite3.Connection, branch: Branch) -> Iterator[list[Row]]:
    """The comments of which a branch may hold, in portions: those with whole words first, and each time the latest.

    Texts and what only tests decide are still to be looked at. No comment comes twice.
    """
    tiers = branch.tiers("comment_words", by_facts=branch.by_facts)
    sources = [_portions(_fetch(connection, branch, match, weight)) for match, weight in tiers]
    if branch.number is not None:
        sources = [_stating(connection, branch, branch.number), *(sources if branch.match else ())]
    known: set[int] = set()
    for rows in chain(*sources):
        new = [row for row in rows if row.handle not in known]
        known.update(row.handle for row in new)
        yield new


def _portions(fetch: Callable[[int, int], list[Row]]) -> Iterator[list[Row]]:
    below, size = _END, FIRST_PORTION
    while rows := fetch(below, size):
        yield rows
        if len(rows) < size:
            return
        below, size = rows[-1].handle, min(4 * size, LARGEST_PORTION)


def _fetch(connection: sqlite3.Connection, branch: Branch, match: str, weight: str) -> Callable[[int, int], list[Row]]:
    """A function that reads so many comments below a handle: by the full-text index, or through all of them."""
    conditions = f" AND {branch.conditions}" if branch.conditions else ""
    columns = f"{_COLUMNS}, {weight}"
    if match:
        statement = (
            f"SELECT {columns} FROM comment_words w CROSS JOIN comments c ON c.id = w.rowid"
            f" WHERE comment_words MATCH ? AND w.rowid < ?{conditions} ORDER BY w.rowid DESC LIMIT ?"
        )
    else:
        statement = f"SELECT {columns} FROM comments c WHERE c.id < ?{conditions} ORDER BY c.id DESC LIMIT ?"
    before = (match,) if match else ()

    def fetch(below: int, size: int) -> list[Row]:
        rows = connection.execute(statement, (*before, below, *branch.parameters, size))
        return [Row(*row) for row in rows]

    return fetch


def _stating(connection: sqlite3.Connection, branch: Branch, number: NumberTerm) -> Iterator[list[Row]]:
    """The comments that are known to have a number, thread by thread."""
    handles, size = _handles_stating(connection, number), FIRST_PORTION
    conditions = f" AND {branch.conditions}" if branch.conditions else ""
    while some := list(islice(handles, size)):
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM comments c WHERE {in_list('c.id')}{conditions} ORDER BY c.id DESC",
            (as_list(some), *branch.parameters),
        )
        yield [Row(*row) for row in rows]
        size = min(4 * size, LARGEST_PORTION)


def _handles_stating(connection: sqlite3.Connection, number: NumberTerm) -> Iterator[int]:
    for thread in threads_stating(connection, number):
        marks = marks_in(connection, thread)
        if marks is not None:
            yield from sorted(number_handles(marks, number), reverse=True)
