"""Forgetting threads so that nothing of them is left in the files: no text, no word, no name, no copy.

Rows are deleted, the full-text tables are made anew without the words that no text has any more, the pages that became
free are given back, and the program's own copies of the library are removed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from rumor_tui.library import full_text
from rumor_tui.library.backup import FOLDER as BACKUPS
from rumor_tui.library.backup import all_copies, parts
from rumor_tui.library.following import threads_at
from rumor_tui.library.locators import MEMBER, locators_of
from rumor_tui.library.locks import FOLDER as LOCKS
from rumor_tui.library.locks import LibraryLocks
from rumor_tui.library.pruning import give_back
from rumor_tui.library.removal import drop_thread

_TEXTS: Final = ("comment_words", "article_words", "note_words")
"""The full-text tables of texts."""

_UNFINISHED: Final = "forgetting"
"""The property that is there until words and pages of what was forgotten are gone, too."""


def find_threads(connection: sqlite3.Connection, source: str) -> Sequence[int]:
    """The threads that were read from an address, a file, a member of it, or a file below a folder."""
    found = set(threads_at(connection, source))
    for locator in locators_of(source):
        found.update(threads_at(connection, locator))
        for below in (f"{locator}{MEMBER}", locator.rstrip(os.sep) + os.sep):
            rows = connection.execute(
                "SELECT thread FROM locators WHERE substr(locator, 1, ?) = ?", (len(below), below)
            )
            found.update(thread for (thread,) in rows)
    return sorted(found)


def find_titles(connection: sqlite3.Connection, sources: Iterable[str]) -> dict[str, dict[int, str]]:
    """The threads that were read from each of some sources, with their titles."""
    query = "SELECT coalesce(nullif(title, ''), source) FROM threads WHERE id = ?"
    return {
        source: {id: connection.execute(query, (id,)).fetchone()[0] for id in find_threads(connection, source)}
        for source in sources
    }


def forget_threads(
    connection: sqlite3.Connection, threads: Iterable[int], sources: Iterable[str]
) -> Generator[None, None, None]:
    """Take threads out of the file, in slices; what is followed of the `sources` is followed no more."""
    connection.execute("INSERT OR REPLACE INTO properties(name, value) VALUES(?, 1)", (_UNFINISHED,))
    forms = {form for source in sources for form in (source, *locators_of(source))}
    connection.executemany("DELETE FROM follows WHERE address = ?", [(form,) for form in forms])
    for thread in threads:
        drop_thread(connection, thread)
        yield
    connection.execute("DELETE FROM authors WHERE id NOT IN (SELECT author FROM comments WHERE author IS NOT NULL)")
    yield
    _drop_words(connection)
    yield
    for table in (*_TEXTS, "word_parts"):
        yield from full_text.merge_index(connection, table)
    yield from give_back(connection)
    connection.execute("DELETE FROM properties WHERE name = ?", (_UNFINISHED,))


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether a forgetting was cut short, and is to be gone on with: `forget_threads` without threads."""
    query = "SELECT EXISTS(SELECT 1 FROM properties WHERE name = ?)"
    return bool(connection.execute(query, (_UNFINISHED,)).fetchone()[0])


def _drop_words(connection: sqlite3.Connection) -> None:
    """Drop the distinct words that no text has any more: a second for a million comments."""
    for table in _TEXTS:
        connection.execute(f"CREATE VIRTUAL TABLE temp.words_of_{table} USING fts5vocab(main, {table}, 'row')")
    lost = " EXCEPT ".join(["SELECT word FROM words", *(f"SELECT term FROM temp.words_of_{table}" for table in _TEXTS)])
    rows = connection.execute(f"SELECT id, word FROM words WHERE word IN ({lost})").fetchall()
    connection.executemany("INSERT INTO word_parts(word_parts, rowid, word) VALUES('delete', ?, ?)", rows)
    connection.executemany("DELETE FROM words WHERE id = ?", [(id,) for id, _ in rows])
    for table in _TEXTS:
        connection.execute(f"DROP TABLE temp.words_of_{table}")


def drop_copies(path: Path) -> None:
    """Remove the copies that the program made by itself, and damaged files that it set aside. Raises OSError.

    The next copy is made when there is nothing else to do.
    """
    for copy in [*all_copies(path), *parts(path), *_set_aside(path)]:
        copy.unlink(missing_ok=True)


def _set_aside(path: Path) -> Iterator[Path]:
    yield from path.parent.glob(f"{path.name}.corrupt-*")
    yield from path.parent.glob(f".{path.name}.*")  # what was on its way into the place of one, or out of it


def forget_all(path: Path, locks: LibraryLocks, *, alone: bool) -> None:
    """Remove the library with all that belongs to it; the locks stay if other instances have them. Raises OSError."""
    with locks.writing(60.0):
        beside = [*path.parent.glob(f"{path.name}[-.]*"), *path.parent.glob(f".{path.name}.*")]
        for file in [path, *beside, *all_copies(path), *parts(path)]:
            file.unlink(missing_ok=True)
        if alone:
            for file in (path.parent / LOCKS).glob("*"):
                file.unlink()
    for folder in (path.parent / LOCKS, path.parent / BACKUPS, path.parent):
        with suppress(OSError):  # it holds something else
            folder.rmdir()
