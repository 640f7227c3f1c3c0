"""Another library's file, to be merged with ours: it may be anybody's, so all of it is looked at before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rumor_tui.library.chunks import DAMAGED, read_chunks, runs_of, unpack_facts, unpack_texts
from rumor_tui.library.genuine import check_values, harden
from rumor_tui.library.problems import CORRUPT, SQLITE_ERRORS, CorruptLibraryError, OlderLibraryError, explain_error
from rumor_tui.library.stored import read_thread
from rumor_tui.library_types import LibraryError


@contextmanager
def open_other(file: Path) -> Iterator[sqlite3.Connection]:
    """Another library, to read from; one of an older rumor-tui as a copy that is brought up to date.

    Raises LibraryError for what is none, and for one that is damaged or was made to do harm.
    """
    from rumor_tui.library.backup import copy_library
    from rumor_tui.library.database import open_for_reading, open_for_writing

    with ExitStack() as stack:
        try:
            other = open_for_reading(file)
        except OlderLibraryError:
            copy = Path(stack.enter_context(TemporaryDirectory(prefix="rumor-tui-"))) / "library.sqlite3"
            try:
                address = f"{file.absolute().as_uri()}?mode=ro"
                with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source:
                    harden(source)
                    copy_library(source, copy)
            except (OSError, *SQLITE_ERRORS) as error:
                raise explain_error(error, file) from error
            open_for_writing(copy).close()
            other = open_for_reading(copy)
        stack.enter_context(closing(other))
        check_other(other, file)
        yield other


def check_other(other: sqlite3.Connection, file: Path) -> None:
    """See that a library is whole, and holds only what one does. Raises CorruptLibraryError."""
    try:
        found = other.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise CorruptLibraryError(CORRUPT.format(path=file, detail="SQLite cannot read it"))
        check_values(other, file)
        for (thread,) in other.execute("SELECT id FROM threads WHERE tree IS NOT NULL").fetchall():
            check_thread(other, thread)
    except SQLITE_ERRORS as error:
        raise explain_error(error, file) from error
    except LibraryError as error:
        if str(error) == DAMAGED:
            detail = "the text of a thread cannot be read"
            raise CorruptLibraryError(CORRUPT.format(path=file, detail=detail)) from error
        raise


def check_thread(other: sqlite3.Connection, thread: int) -> None:
    """Unpack all of a thread, and see that its parts belong together. Raises LibraryError."""
    tree = read_thread(other, thread).tree
    held = list[int]()
    for chunk in read_chunks(other, thread):
        unpack_facts(chunk.facts, chunk.size)
        unpack_texts(chunk.texts, chunk.size)
        held += range(chunk.first, chunk.first + chunk.size)
    query = "SELECT count(*) FROM comments WHERE id BETWEEN ? AND ?"
    rows = sum(other.execute(query, (first, first + size - 1)).fetchone()[0] for first, size in runs_of(held))
    if sorted(tree.handles) != held or rows != len(held) or not _is_pre_order(tree.parent):
        raise LibraryError(DAMAGED)


def _is_pre_order(parents: Sequence[int]) -> bool:
    """Whether each comment stands below one of those that the comment before it stands in."""
    above: list[int] = []
    for row, parent in enumerate(parents):
        while above and above[-1] != parent:
            above.pop()
        if parent >= 0 and not above:
            return False
        above.append(row)
    return True
