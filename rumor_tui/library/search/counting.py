"""How much a query finds in all, where the full-text index knows that by itself: for single words."""

from __future__ import annotations

import sqlite3
from typing import Final

from rumor_tui.library.search.plan import Branch
from rumor_tui.search.query.ast import TextTerm

MOST_COUNTED: Final = 20_000
"""The most texts that are counted, in about 10 ms."""


def count_found(connection: sqlite3.Connection, branch: Branch) -> int | None:
    """The number of texts that a side of a query finds; None if only looking at them could tell, or beyond
    `MOST_COUNTED`."""
    if not branch.match or branch.tests or not _is_word(branch):
        return None
    total = _count_comments(connection, branch)
    if branch.says_of_others(notes=False):
        conditions, parameters = branch.thread_conditions("t.id")
        table = "article_words w CROSS JOIN threads t ON t.id = w.rowid"
        where = f"article_words MATCH ? AND {conditions} AND t.removed IS NULL AND t.tree IS NOT NULL"
        total += _count(connection, table, where, branch.match, *parameters)
    if branch.says_of_others(notes=True):
        conditions, parameters = branch.thread_conditions("a.thread")
        table = "note_words w CROSS JOIN annotations a ON a.id = w.rowid CROSS JOIN threads t ON t.id = a.thread"
        where = f"note_words MATCH ? AND {conditions} AND a.kind = 'note' AND NOT a.removed"
        where += " AND t.removed IS NULL AND t.tree IS NOT NULL"
        total += _count(connection, table, where, branch.match, *parameters)
    return total if total <= MOST_COUNTED else None


def _is_word(branch: Branch) -> bool:
    """Whether its texts are all those that have one word, or a part of one, in whatever case."""
    if len(branch.texts) != 1:
        return False
    term, wanted = branch.texts[0]
    word = term.text if isinstance(term, TextTerm) else ""
    return wanted and word.isascii() and word.isalnum() and word == word.lower()


def _count_comments(connection: sqlite3.Connection, branch: Branch) -> int:
    match = f"({branch.match}){branch.by_facts}"
    if not branch.conditions:
        return _count(connection, "comment_words w", "comment_words MATCH ?", match)
    table = "comment_words w CROSS JOIN comments c ON c.id = w.rowid"
    return _count(connection, table, f"comment_words MATCH ? AND {branch.conditions}", match, *branch.parameters)


def _count(connection: sqlite3.Connection, table: str, where: str, *parameters: object) -> int:
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {where} LIMIT ?)"
    (count,) = connection.execute(statement, (*parameters, MOST_COUNTED + 1)).fetchone()
    return int(count)
