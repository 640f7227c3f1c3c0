"""Comments made ready to be written, outside of any transaction: packed chunks, and what the tables have of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rumor_tui.columns import Constant, select_rows
from rumor_tui.library import full_text
from rumor_tui.library.chunks import COLUMNS, ROWS, Chunk, pack, write_chunk
from rumor_tui.library.locators import clean
from rumor_tui.model import Article, Discussion, Thread

_LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Piece:
    """Some comments of a thread with consecutive handles; `chunk.first` is theirs once these were given.

    `texts` are as the full-text index wants them.
    """

    chunk: Chunk
    authors: Sequence[str | None]
    published: Sequence[int | None]
    texts: Sequence[str]


def discussion_places(thread: Thread, known: Sequence[Discussion] = ()) -> dict[str, int]:
    """The place of each discussion of a thread by its key: those that are known keep theirs."""
    places = {about.key: place for place, about in enumerate(known)}
    if thread.is_joined:
        for about in thread.discussions:
            if about is not None:
                places.setdefault(about.key, len(places))
    return places


def facts_of(thread: Thread, rows: Sequence[int], places: Mapping[str, int]) -> dict[str, list[Any]]:
    """The columns of some rows as a chunk has them; lists that belong to the caller."""
    columns = {name: values_of(getattr(thread, name), rows) for name in COLUMNS}
    columns["discussions"] = [-1 if about is None else places[about.key] for about in columns["discussions"]]
    return columns


def values_of(column: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    """The values of some rows; those of a lazy column are worked out together."""
    if isinstance(column, Constant):
        return [column.value] * len(rows)
    if isinstance(rows, range) and rows.step == 1:
        return list(column[rows.start : rows.stop])
    return list(select_rows(column, rows))


def pieces_of(thread: Thread, rows: Sequence[int], places: Mapping[str, int]) -> Iterator[Piece]:
    """The given rows of a thread as pieces, in the order given."""
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        columns, bodies = facts_of(thread, some, places), values_of(thread.bodies, some)
        yield Piece(
            pack(0, columns, bodies),
            columns["authors"],
            list(map(whole_moment, columns["published"])),
            full_text.comment_texts(columns["authors"], bodies, thread.format, thread.repair),
        )


def whole_moment(moment: float | None) -> int | None:
    """A moment as the table has it: in whole seconds, and none that is no number of these."""
    return int(moment) if moment is not None and abs(moment) < _LARGEST else None


def article_texts(article: Article, *, repair: bool) -> tuple[str, str]:
    """The title and the plain text of an article, as they are indexed."""
    from rumor_tui.blocks import body_texts

    return article.title, "\n\n".join(body_texts(list(article.pieces), article.format, repair))


class AuthorIds:
    """The numbers of authors in one transaction; new ones are put into the table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str | None, int | None] = {None: None}

    def __call__(self, name: str | None) -> int | None:
        """The number of a name; None for None."""
        if name not in self._known:
            self._known[name] = self._number(clean(name or ""))
        return self._known[name]

    def _number(self, name: str) -> int:
        found = self._connection.execute("SELECT id FROM authors WHERE name = ?", (name,)).fetchone()
        if found is None:
            found = (self._connection.execute("INSERT INTO authors(name) VALUES(?)", (name,)).lastrowid,)
        return int(found[0])


class PieceWriter:
    """Writes pieces in one transaction. All their comments were first seen at `first_seen`."""

    def __init__(
        self, connection: sqlite3.Connection, first_seen: float, known: full_text.KnownWords | None = None
    ) -> None:
        self._connection = connection
        self._first_seen = int(first_seen)
        self._known = known or full_text.KnownWords()
        self._authors = AuthorIds(connection)

    def write(self, thread_id: int, piece: Piece, first: int) -> None:
        """Write a piece of a thread, whose handles begin with `first`."""
        write_chunk(self._connection, thread_id, piece.chunk._replace(first=first))
        seen, authors = self._first_seen, self._authors
        rows = zip(piece.authors, piece.published, strict=True)
        self._connection.executemany(
            "INSERT INTO comments(id, thread, author, published, first_seen) VALUES(?, ?, ?, ?, ?)",
            [(handle, thread_id, authors(name), date, seen) for handle, (name, date) in enumerate(rows, first)],
        )
        full_text.add_comments(self._connection, first, piece.texts, self._known)
