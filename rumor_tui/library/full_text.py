"""The full-text index of the library: which words the texts of comments, articles and notes have.

A comment's text is the one that the thread view searches: its author's name on the first line, then the plain text of
its body (`comment_texts`). The tables keep no texts, so that whoever changes or takes away one must say what it was.

A word is what SQLite's tokeniser `unicode61` makes of a run of letters and digits. The distinct ones are in `words`
too, with an index of their parts, since a search finds "gain" in "against". They are never taken away: a word that no
text has any more finds nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rumor_tui.text import fold, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.model import Format

TOKENIZER: Final = "unicode61 remove_diacritics 2"
"""What makes words of texts; `schema` says the same of its tables."""

MAX_KNOWN: Final = 400_000
"""The most words that `KnownWords` holds."""

MAX_WORD: Final = 200
"""The longest word in characters that can be found by a part of it: a longer one is no word but data."""

_MERGED: Final = 1_000
"""Pages of the index that a slice of a merge writes."""

# Letters and digits of ASCII, and all beyond it but the punctuation, the signs and the boxes that nearly all texts
# have, so that few runs are left that only SQLite can tell about.
_RUN: Final = re.compile("[0-9A-Za-z\xaa\xb2-\u200f\u2028-\u202f\u205f-\u218f\u23f4-\u24ff\u2700\u2776-\U0010ffff]+")
_UNBINDABLE: Final = re.compile("[\0\ud800-\udfff]")


class KnownWords:
    """Words that are certainly in the library: kept over many calls, they need not be looked up again.

    Words are added before the transaction is committed, so one that fails must be followed by `clear`.
    """

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._runs: set[str] = set()
        """Runs of letters beyond ASCII whose words are known."""

    def clear(self) -> None:
        """Forget everything."""
        self._words.clear()
        self._runs.clear()

    def new_words(self, texts: Iterable[str]) -> list[str]:
        """The words of some texts that were not known yet; they are from now on."""
        runs: set[str] = set()
        for text in texts:
            runs.update(_RUN.findall(text))
        words = {run.lower() for run in runs if run.isascii()}
        odd = [run for run in runs if not run.isascii() and run not in self._runs]
        words.update(split_words(" ".join(odd)) if odd else ())
        words -= self._words
        if len(self._words) + len(self._runs) > MAX_KNOWN:
            self.clear()
        self._words |= words
        self._runs.update(odd)
        return sorted(word for word in words if len(word) <= MAX_WORD)


def split_words(text: str) -> list[str]:
    """The distinct words of a text as the index has them, in alphabetical order."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='{TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(texts, 'row')")
        connection.execute("INSERT INTO texts(rowid, text) VALUES(1, ?)", (indexed(text),))
        return [word for (word,) in connection.execute("SELECT term FROM vocabulary")]
    finally:
        connection.close()


def indexed(text: str) -> str:
    """A text as it is indexed: as search compares it, and without what SQLite refuses (surrogates, NUL)."""
    return _UNBINDABLE.sub("\ufffd", fold(text))


def comment_texts(
    authors: Sequence[str | None], bodies: Sequence[str], format: Format, repair: bool = False
) -> list[str]:
    """The texts of comments as they are indexed and searched, from their raw bodies: the same as `TextIndex` has."""
    from rumor_tui.blocks import body_texts

    names = {author: neutralise_line(author or "") for author in set(authors)}
    texts = body_texts(list(bodies), format, repair)
    return [f"{names[author]}\n{text}" for author, text in zip(authors, texts, strict=True)]


# Comments


def add_comments(
    connection: sqlite3.Connection, first_handle: int, texts: Sequence[str], known: KnownWords | None = None
) -> None:
    """Index comments with consecutive handles; their texts are as `comment_texts` makes them.

    `known` saves time over many calls.
    """
    clean = list(map(indexed, texts))
    connection.executemany("INSERT INTO comment_words(rowid, text) VALUES(?, ?)", enumerate(clean, first_handle))
    _add_words(connection, clean, known)


def remove_comments(connection: sqlite3.Connection, first_handle: int, texts: Sequence[str]) -> None:
    """Take comments with consecutive handles out of the index; their texts must be those that were indexed."""
    rows = enumerate(map(indexed, texts), first_handle)
    connection.executemany("INSERT INTO comment_words(comment_words, rowid, text) VALUES('delete', ?, ?)", rows)


def replace_comment(connection: sqlite3.Connection, handle: int, old_text: str, new_text: str) -> None:
    """Index another text of a comment instead of the one that was indexed."""
    if old_text != new_text:
        remove_comments(connection, handle, (old_text,))
        add_comments(connection, handle, (new_text,))


def merge_index(connection: sqlite3.Connection, table: str) -> Generator[None, None, None]:
    """Merge all parts of an index into one, in slices: what was deleted is in it until then, and takes room.

    It takes 1.5 seconds for the comments of a library that has a million.
    """
    pages = -_MERGED  # a negative number begins a merge of everything
    while True:
        before = connection.total_changes
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES('merge', ?)", (pages,))
        is_merged = connection.total_changes - before < 2  # as FTS5 says it
        yield
        if is_merged:
            return
        pages = _MERGED


# Articles and notes


def set_article(
    connection: sqlite3.Connection, thread_id: int, title: str, text: str, old: tuple[str, str] | None = None
) -> None:
    """Index the article of a thread; `old` is the title and the text that were indexed before, if any were."""
    if old == (title, text):
        return
    if old is not None:
        remove_article(connection, thread_id, *old)
    row = indexed(title), indexed(text)
    connection.execute("INSERT INTO article_words(rowid, title, text) VALUES(?, ?, ?)", (thread_id, *row))
    _add_words(connection, row, None)


def remove_article(connection: sqlite3.Connection, thread_id: int, title: str, text: str) -> None:
    """Take an article out of the index; title and text must be those that were indexed."""
    connection.execute(
        "INSERT INTO article_words(article_words, rowid, title, text) VALUES('delete', ?, ?, ?)",
        (thread_id, indexed(title), indexed(text)),
    )


def set_note(connection: sqlite3.Connection, id: int, old_text: str, new_text: str) -> None:
    """Index a note, an annotation by its row; the old text is what was indexed before, "" if nothing was, and the new
    one "" if the note is taken away."""
    if old_text == new_text:
        return
    if old_text:
        row = id, indexed(old_text)
        connection.execute("INSERT INTO note_words(note_words, rowid, text) VALUES('delete', ?, ?)", row)
    if new_text:
        connection.execute("INSERT INTO note_words(rowid, text) VALUES(?, ?)", (id, indexed(new_text)))
        _add_words(connection, (indexed(new_text),), None)


# Words


def _add_words(connection: sqlite3.Connection, texts: Iterable[str], known: KnownWords | None) -> None:
    """Put the words of some texts among the distinct ones."""
    put_words(connection, (known or KnownWords()).new_words(texts))


def put_words(connection: sqlite3.Connection, words: Iterable[str]) -> None:
    """Put words, as the index has them, among the distinct ones, if they are not there yet."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM words").fetchone()
    given = json.dumps(list(words), ensure_ascii=False)
    connection.execute("INSERT OR IGNORE INTO words(word) SELECT value FROM json_each(?)", (given,))
    connection.execute("INSERT INTO word_parts(rowid, word) SELECT id, word FROM words WHERE id > ?", (last,))
