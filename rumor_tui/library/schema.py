"""The tables of the library, version by version.

`VERSIONS[n]` are the statements (or functions) that make version n + 1 out of version n: a new library runs them all,
an older one those that it lacks. A version that has been released is never changed.

Moments are whole seconds since 1970 UTC where a column says INTEGER. `uid` columns are random and the same in every
copy, so that libraries can be merged; whatever a person made or took away keeps its row, with `removed` set and
`changed` telling when, for the same reason.

Size matters (a million comments in 1.5 times the size of their texts), which explains three things:

- A thread's comments lie in *chunks* of up to 250 consecutive handles: `facts` (ids, dates as written, scores,
  addresses, lengths) and `texts` (bodies), each compressed as a whole, with a hash against flipped bits.
- `comments` has what is asked for by SQL, one short row a comment.
- The full-text tables keep no texts (`content=''`), and substrings are found among the distinct words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

Step: TypeAlias = str | Callable[[sqlite3.Connection], None]

_STORE: Final[Sequence[Step]] = (
    # `library` (the uid of this library), `made`, and what else is known of the whole
    "CREATE TABLE properties(name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    # A thread. `address` is the canonical web address of the discussion ("" for none), `article` that of the page that
    # is discussed. `head` is the article with its text, `tree` the handles and parents in the order of the page, both
    # compressed; `hash` is over both. `unread` and `fresh` count comments, and follow every change of them.
    # `removed` is since when a person has it deleted (NULL: it is not), `restored` when it was last put back.
    """CREATE TABLE threads(
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL DEFAULT '', article TEXT NOT NULL DEFAULT '', site TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '', byline TEXT, published REAL,
        format TEXT NOT NULL DEFAULT 'plain', repair INTEGER NOT NULL DEFAULT 0,
        confidence TEXT NOT NULL DEFAULT 'explicit', source TEXT NOT NULL DEFAULT '',
        comments INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, fresh INTEGER NOT NULL DEFAULT 0,
        head BLOB, tree BLOB, hash BLOB,
        added REAL NOT NULL, visited REAL, active REAL NOT NULL, removed REAL, restored REAL)""",
    "CREATE INDEX threads_by_address ON threads(address) WHERE address <> ''",
    "CREATE INDEX threads_by_article ON threads(article) WHERE article <> ''",
    "CREATE INDEX threads_by_activity ON threads(active)",
    # What a thread was read from: an absolute path, a path with a member of it, or an address
    """CREATE TABLE locators(
        locator TEXT PRIMARY KEY, thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE) WITHOUT ROWID""",
    "CREATE INDEX locators_of_thread ON locators(thread)",
    # The bytes of a source, compressed; `form` is "source" for those, or "thread" for our own JSON where a thread was
    # put together from many answers. `hash` is the SHA-256 of the bytes before compression, `size` their number.
    # `data` is NULL once it had to go for want of room.
    """CREATE TABLE snapshots(
        id INTEGER PRIMARY KEY, thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
        taken REAL NOT NULL, seen REAL NOT NULL, locator TEXT NOT NULL, form TEXT NOT NULL, hash BLOB NOT NULL,
        size INTEGER NOT NULL, data BLOB, UNIQUE(thread, hash))""",
    "CREATE INDEX snapshots_by_hash ON snapshots(hash)",
    "CREATE TABLE authors(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # A comment by its handle. `first_seen` and `gone` (since when the source has it no more) are moments. `seen` is
    # when it was read, negative when it was marked as unread, NULL where neither: the later one holds in a merge.
    """CREATE TABLE comments(
        id INTEGER PRIMARY KEY, thread INTEGER NOT NULL, author INTEGER, published INTEGER,
        first_seen INTEGER NOT NULL, gone INTEGER, seen INTEGER)""",
    """CREATE TABLE chunks(
        first INTEGER PRIMARY KEY, thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
        count INTEGER NOT NULL, facts BLOB NOT NULL, texts BLOB NOT NULL, hash BLOB NOT NULL)""",
    "CREATE INDEX chunks_of_thread ON chunks(thread)",
    # Texts that a comment had before, until when; compressed
    """CREATE TABLE earlier_texts(
        comment INTEGER NOT NULL, until INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY(comment, until))
        WITHOUT ROWID""",
    """CREATE TABLE visits(
        thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE, began REAL NOT NULL, ended REAL NOT NULL,
        PRIMARY KEY(thread, began)) WITHOUT ROWID""",
    """CREATE TABLE places(
        thread INTEGER PRIMARY KEY REFERENCES threads ON DELETE CASCADE, place TEXT NOT NULL, changed REAL NOT NULL)""",
)

_ANNOTATIONS: Final[Sequence[Step]] = (
    # Bookmarks and notes; `comment` is 0 for the article
    """CREATE TABLE annotations(
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE, comment INTEGER NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL DEFAULT '', passage TEXT NOT NULL DEFAULT '', start INTEGER NOT NULL DEFAULT -1,
        made REAL NOT NULL, changed REAL NOT NULL, removed INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX annotations_of_thread ON annotations(thread)",
    """CREATE TABLE tags(
        thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE, tag TEXT NOT NULL, changed REAL NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(thread, tag)) WITHOUT ROWID""",
    """CREATE TABLE follows(
        address TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', since REAL NOT NULL,
        changed REAL NOT NULL, removed INTEGER NOT NULL DEFAULT 0, refreshed REAL, problem TEXT NOT NULL DEFAULT '')
        WITHOUT ROWID""",
    # The threads that a followed feed or front page brought, and when; `seen` is when one was marked as read without
    # being opened
    """CREATE TABLE found_threads(
        thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE, follow TEXT NOT NULL, moment REAL NOT NULL,
        seen REAL, PRIMARY KEY(thread, follow)) WITHOUT ROWID""",
)


def _index_texts(connection: sqlite3.Connection) -> None:
    """Index the texts that an older library has already."""
    from rumor_tui.library.indexing import index_all

    index_all(connection)


_FULL_TEXT: Final[Sequence[Step]] = (
    # The rowid is a comment's handle, a thread's id, an annotation's id. How long each comment is (`columnsize`) would
    # take a twentieth of the size of its text, and would only rank short ones before long ones.
    """CREATE VIRTUAL TABLE comment_words USING fts5(
        text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE article_words USING fts5(
        title, text, content='', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE note_words USING fts5(
        text, content='', tokenize='unicode61 remove_diacritics 2')""",
    # The distinct words of all texts, so that words can be found by a part of them
    "CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE word_parts USING fts5(word, content='', columnsize=0, tokenize='trigram', detail=none)",
    # Numbers and names of the comments of threads that were read, packed as `search.index.kept_marks` says
    """CREATE TABLE marks(
        thread INTEGER PRIMARY KEY REFERENCES threads ON DELETE CASCADE, data BLOB NOT NULL, changed REAL NOT NULL)""",
    # The distinct numbers among them, by what they count or measure
    """CREATE TABLE figures(
        dimension TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
        thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
        PRIMARY KEY(dimension, low, high, thread)) WITHOUT ROWID""",
    "CREATE INDEX figures_of_thread ON figures(thread)",
    _index_texts,
)

VERSIONS: Final[Sequence[Sequence[Step]]] = (_STORE, _ANNOTATIONS, _FULL_TEXT)
"""What makes version 1, version 2, and so on."""

VERSION: Final = len(VERSIONS)
"""The version that this program reads and writes."""
