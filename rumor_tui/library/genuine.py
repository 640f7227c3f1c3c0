"""Whether a file is what a library of ours looks like: it may come from somebody else, or be damaged.

SQLite runs what a file's schema says (triggers, views, generated columns, checks), so all of it must be word for word
what `schema` made, by a hash of the whole (`HASHES`). And a column holds values of any type, whatever it was declared
for: those of another library are looked at before they are taken over (`check_values`).
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final, get_args

from rumor_tui.library.problems import CORRUPT, STRANGE, TOO_OLD, CorruptLibraryError
from rumor_tui.library.schema import VERSIONS
from rumor_tui.library_types import AnnotationKind, FollowKind, LibraryError
from rumor_tui.model import Confidence, Format

OLDEST: Final = (3, 35)
"""The oldest SQLite whose SQL suffices: `RETURNING`, and FTS5 with trigrams."""

INDEXES: Final = ("comment_words", "article_words", "note_words", "word_parts")
"""The full-text tables; SQLite keeps tables of its own for each, which begin with its name."""

HASHES: Final = (
    "a239f852bde8780eaefa9f2018570587",
    "23a743e48c06f04c22ec8818dd9ed429",
    "905e333810e6a323eff56cf198e9042f",
)
"""The hash of the schema of each version, as `schema_hash` gives it."""

_OF_INDEX: Final = " OR ".join(f"name GLOB '{name}_*'" for name in INDEXES)
_SCHEMA: Final = (
    # The words in which FTS5 makes its own tables are its own affair
    f"SELECT type, name, tbl_name, CASE WHEN type = 'table' AND ({_OF_INDEX}) THEN '' ELSE sql END FROM sqlite_schema"
    " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)

_NAMED: Final = 3
"""How many foreign things of a file are named."""

_TYPES: Final = {
    "INTEGER": ("integer",),
    "REAL": ("real", "integer"),
    "TEXT": ("text",),
    "BLOB": ("blob",),
    "": ("integer", "real", "text", "blob"),
}
"""The types of values that a column may hold, by the one that it was declared with."""


def harden(connection: sqlite3.Connection) -> None:
    """Have a connection trust what stands in the file as little as SQLite can."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    # Where the file is cut short while it is mapped, the process would be killed
    connection.execute("PRAGMA mmap_size=0")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def check_sqlite(path: Path) -> None:
    """Whether this SQLite can do what the library needs. Raises LibraryError."""
    if sqlite3.sqlite_version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise LibraryError(TOO_OLD.format(path=path, needed=oldest, version=sqlite3.sqlite_version))


def schema_hash(connection: sqlite3.Connection) -> str:
    """The hash of all that a file defines, but for what SQLite adds by itself."""
    rows = sorted(map(repr, connection.execute(_SCHEMA)))
    return blake2b("\n".join(rows).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def check_schema(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """See that a file of a version defines exactly what such a one does.

    Raises CorruptLibraryError where something is missing or another one, and LibraryError where there is only more.
    """
    if schema_hash(connection) == HASHES[version - 1]:
        return
    expected, found = set(_expected(version)), set(connection.execute(_SCHEMA))
    if not expected <= found:
        raise CorruptLibraryError(CORRUPT.format(path=path, detail="its tables are not those of a library"))
    names = sorted(f"the {kind} {_shown(name)}" for kind, name, *_ in found - expected)
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    raise LibraryError(STRANGE.format(path=path, names=", ".join(names[:_NAMED]) + more))


def _expected(version: int) -> Sequence[tuple[object, ...]]:
    """What a file of a version defines."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in chain(*VERSIONS[:version]):
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        return connection.execute(_SCHEMA).fetchall()
    finally:
        connection.close()


def _shown(name: object) -> str:
    from rumor_tui.text import neutralise_line

    return neutralise_line(str(name))[:40]


# Values

CHOICES: Final = {
    "annotations.kind": get_args(AnnotationKind),
    "follows.kind": get_args(FollowKind),
    "threads.format": get_args(Format),
    "threads.confidence": get_args(Confidence),
}
"""The words that a column may hold."""


def check_values(connection: sqlite3.Connection, path: Path) -> None:
    """See that all columns hold what they were declared for. Looks at every row.

    Raises CorruptLibraryError, and sqlite3.Error for a text that is none.
    """
    for table in own_tables(connection):
        wrong = _wrong_value(connection, table)
        if connection.execute(f"SELECT EXISTS(SELECT 1 FROM {table} WHERE {wrong})").fetchone()[0]:
            raise CorruptLibraryError(CORRUPT.format(path=path, detail=f"wrong values in {table}"))
        texts = [name for name, types in columns_of(connection, table) if "text" in types]
        for _ in connection.execute(f"SELECT {', '.join(texts)} FROM {table}") if texts else ():
            pass  # raises where a text is none


def own_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables of the schema, without those of the full text, those first to which others refer."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    names = [name for (name,) in rows if not name.startswith(("sqlite_", *(f"{index}_" for index in INDEXES)))]
    return sorted((name for name in names if name not in INDEXES), key=lambda name: name != "threads")


def columns_of(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The columns of a table, and SQLite's names of the types that their values may have."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    for _, name, declared, must, _, key in rows:
        types = _TYPES[declared]
        yield name, types if must or (key and declared) else (*types, "null")


def _wrong_value(connection: sqlite3.Connection, table: str) -> str:
    """SQL: whether a row of a table has a value of a wrong type."""
    tests = []
    for name, types in columns_of(connection, table):
        listed = ", ".join(f"'{type}'" for type in types)
        tests.append(f"typeof({name}) NOT IN ({listed})")
        if words := CHOICES.get(f"{table}.{name}"):
            tests.append(f"{name} NOT IN {words}")
    return " OR ".join(tests)
