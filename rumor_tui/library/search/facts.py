"""What a query says of a comment but its text: by SQL where the tables have it, else by a test of each comment.

One table (`_FACTS`) has all operators; an operator that is not in it is about the text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from rumor_tui.library.search.stored_texts import StoredTexts
from rumor_tui.search.query.ast import ChoiceTerm, DateTerm, MeasureTerm, NameTerm, Term
from rumor_tui.text import fold, neutralise_line


class Row(NamedTuple):
    """A comment that may be what is looked for. `weight` is how well its text matches: the greater the better."""

    handle: int
    thread: int
    author: int | None
    published: int | None
    weight: float = 1.0


Test = Callable[[Row], bool]

MAX_AUTHORS: Final = 60
"""The most authors that are looked up by the words of their names."""

ONLY_PAGE: Final = "Replies that only the texts show are not looked for in the library."


@dataclass(frozen=True, slots=True)
class Fact:
    """What a term says of a comment.

    `condition` is SQL over the row `c` of `comments`, and `test` decides what SQL cannot; where both are given, both
    must hold. `match` is a full-text expression for the comments of which it may be true. `threads` selects the threads
    that it speaks of, where it speaks of threads: it says the same of their articles and of the notes on them.
    `article` and `note` are what it says of those otherwise.
    """

    condition: str = ""
    parameters: Sequence[object] = ()
    test: Test | None = None
    match: str = ""
    threads: str = ""
    article: bool = False
    note: bool = False
    notice: str = ""


def fact_of(term: Term, stored: StoredTexts) -> Fact | None:
    """The fact that a term is about; None for a term about texts."""
    match term:
        case NameTerm(operator, value) if operator in _NAMES:
            return _NAMES[operator](value, stored)
        case ChoiceTerm(operator, value) if (operator, value) in _CHOICES:
            return _CHOICES[operator, value](stored)
        case MeasureTerm():
            return _measure(term, stored)
        case DateTerm(operator, date):
            return _date(operator, date)
        case _:
            return None


# Authors


class _Authors(NamedTuple):
    """The authors that a name means: those of exactly that name, and those whose name contains it, who are only meant
    in threads without one of exactly that name, as in the view of a thread."""

    exact: frozenset[int]
    containing: frozenset[int]
    threads_with_exact: frozenset[int]

    def has(self, author: int | None, thread: int) -> bool:
        """Whether an author of a thread is one of them."""
        return author in self.exact or (author in self.containing and thread not in self.threads_with_exact)


def authors_called(stored: StoredTexts, name: str) -> _Authors:
    """The authors that a name means."""
    wanted = fold(neutralise_line(name)).strip().removeprefix("@")
    if not wanted:
        return _Authors(frozenset(), frozenset(), frozenset())
    # What SQLite compares without case is ASCII alone: names with anything else are all looked at.
    pattern = "".join(char if char.isascii() and char.isalnum() else "%" for char in wanted)
    rows = stored.connection.execute(
        "SELECT id, name FROM authors WHERE name LIKE ? OR name GLOB '*[^ -~]*'", (f"%{pattern}%",)
    )
    folded = [(id, fold(neutralise_line(name))) for id, name in rows]
    exact = frozenset(id for id, name in folded if name == wanted)
    containing = frozenset(id for id, name in folded if wanted in name) - exact
    return _Authors(exact, containing, _threads_of(stored, exact) if exact and containing else frozenset())


def _threads_of(stored: StoredTexts, authors: frozenset[int]) -> frozenset[int]:
    """The threads in which one of some authors has a comment."""
    return frozenset(thread for _, thread, _ in _comments_of(stored, authors))


def in_list(column: str) -> str:
    """SQL for a column whose value is in a list that is bound as `as_list` writes it, however long it is."""
    return f"{column} IN (SELECT value FROM json_each(?))"


def as_list(numbers: Iterable[int]) -> str:
    """Numbers as SQLite takes them in one parameter."""
    return f"[{','.join(map(str, numbers))}]"


def _by(name: str, stored: StoredTexts) -> Fact:
    authors = authors_called(stored, name)
    both = authors.exact | authors.containing
    test: Test | None = None
    if authors.exact and authors.containing:
        test = lambda row: authors.has(row.author, row.thread)  # noqa: E731
    return Fact(in_list("c.author"), (as_list(both),), test, match=_match_authors(stored, both))


def _match_authors(stored: StoredTexts, authors: frozenset[int]) -> str:
    """An expression for the comments of some authors; "" if they are too many, or one has a name without words."""
    from rumor_tui.library.search.words import any_of, match_author

    if not 0 < len(authors) <= MAX_AUTHORS:
        return ""
    matches = [match_author(stored.author(id) or "") for id in sorted(authors)]
    return "" if "" in matches else any_of(list(dict.fromkeys(matches)))


def _to(name: str, stored: StoredTexts) -> Fact:
    """Replies to an author: the comment above is by them. Only threads in which they wrote are looked at."""
    authors = authors_called(stored, name)
    rows = _comments_of(stored, authors.exact | authors.containing)
    theirs = {handle for handle, thread, author in rows if authors.has(author, thread)}
    threads = frozenset(thread for _, thread, _ in rows)

    def test(row: Row) -> bool:
        place = _place(stored, row)
        above = stored.tree(row.thread).parent[place] if place >= 0 else -1
        return above >= 0 and stored.tree(row.thread).handles[above] in theirs

    return Fact(in_list("c.thread"), (as_list(threads),), test, notice=ONLY_PAGE)


def _comments_of(stored: StoredTexts, authors: frozenset[int]) -> list[tuple[int, int, int]]:
    """The handle, the thread and the author of each comment by some authors."""
    if not authors:
        return []
    match, by, listed = _match_authors(stored, authors), in_list("c.author"), as_list(authors)
    columns, both = "c.id, c.thread, c.author", "comment_words w CROSS JOIN comments c ON c.id = w.rowid"
    if not match:
        return stored.connection.execute(f"SELECT {columns} FROM comments c WHERE {by}", (listed,)).fetchall()
    return stored.connection.execute(
        f"SELECT {columns} FROM {both} WHERE comment_words MATCH ? AND {by}", (match, listed)
    ).fetchall()


def _is_opener(stored: StoredTexts) -> Fact:
    def test(row: Row) -> bool:
        byline = fold(neutralise_line(stored.thread(row.thread).byline or "")).strip().removeprefix("by ").strip()
        author = stored.author(row.author)
        return bool(byline) and author is not None and fold(neutralise_line(author)) == byline

    return Fact("c.thread IN (SELECT id FROM threads WHERE byline <> '')", test=test)


# Threads


def _of_threads(select: str, *parameters: object) -> Fact:
    return Fact(f"c.thread IN ({select})", parameters, threads=select)


def _site(name: str, stored: StoredTexts) -> Fact:
    rows = stored.connection.execute("SELECT DISTINCT site FROM threads")
    wanted = fold(neutralise_line(name))
    return _of_named("site", [site for (site,) in rows if wanted in fold(site)])


def _title(name: str, stored: StoredTexts) -> Fact:
    """Threads whose titles contain something: the index of articles knows which may."""
    from rumor_tui.library.search.words import match_text

    wanted, match = fold(neutralise_line(name)), match_text(stored.connection, name)
    narrowed = " WHERE id IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)" if match else ""
    rows = stored.connection.execute(
        f"SELECT id, title FROM threads{narrowed}", (f"title : ({match})",) if match else ()
    ).fetchall()
    threads = frozenset(id for id, title in rows if wanted in fold(neutralise_line(title)))
    return _of_threads("SELECT value FROM json_each(?)", as_list(threads))


def _of_named(column: str, names: list[str]) -> Fact:
    listed = ", ".join("?" * len(names))
    return _of_threads(f"SELECT id FROM threads WHERE {column} IN ({listed})", *names)


def _tag(name: str, stored: StoredTexts) -> Fact:
    rows = stored.connection.execute("SELECT DISTINCT tag FROM tags WHERE NOT removed")
    tags = [tag for (tag,) in rows if fold(tag) == fold(name)]
    return _of_threads(f"SELECT thread FROM tags WHERE NOT removed AND tag IN ({', '.join('?' * len(tags))})", *tags)


def _followed(stored: StoredTexts) -> Fact:
    from rumor_tui.library.following import followed_threads

    return _of_threads("SELECT value FROM json_each(?)", as_list(followed_threads(stored.connection)))


# States


def _state(condition: str) -> Callable[[StoredTexts], Fact]:
    return lambda stored: Fact(condition)


def _tree_state(test: Callable[[StoredTexts, Row], bool]) -> Callable[[StoredTexts], Fact]:
    return lambda stored: Fact(test=partial(test, stored))


def _place(stored: StoredTexts, row: Row) -> int:
    return stored.tree(row.thread).rows.get(row.handle, -1)


def _is_leaf(stored: StoredTexts, row: Row) -> bool:
    place = _place(stored, row)
    return place >= 0 and stored.tree(row.thread).replies[place] == 0


def _is_root(stored: StoredTexts, row: Row) -> bool:
    place = _place(stored, row)
    return place >= 0 and stored.tree(row.thread).parent[place] < 0


def _is_guessed(stored: StoredTexts, row: Row) -> bool:
    guessed = stored.thread(row.thread).confidence == "guessed"
    return guessed and not _is_root(stored, row)


def _is_deleted(stored: StoredTexts, row: Row) -> bool:
    gone = "SELECT gone IS NOT NULL FROM comments WHERE id = ?"
    return bool(stored.connection.execute(gone, (row.handle,)).fetchone()[0] or stored.fact(row.handle, "deleted"))


def _unknown(what: str) -> Callable[[StoredTexts], Fact]:
    return lambda stored: Fact("0", notice=f"What is {what} is known only while a thread is open.")


ANNOTATED: Final = "c.id IN (SELECT comment FROM annotations WHERE kind = '{}' AND NOT removed AND comment <> 0)"

_CHOICES: Final[dict[tuple[str, str], Callable[[StoredTexts], Fact]]] = {
    ("in", "article"): lambda stored: Fact("0", article=True),
    ("in", "comments"): lambda stored: Fact(),
    ("in", "notes"): lambda stored: Fact("0", note=True),
    ("is", "op"): _is_opener,
    ("is", "deleted"): _tree_state(_is_deleted),
    ("is", "folded"): _unknown("folded"),
    ("is", "muted"): _unknown("muted"),
    ("is", "leaf"): _tree_state(_is_leaf),
    ("is", "root"): _tree_state(_is_root),
    ("is", "guessed"): _tree_state(_is_guessed),
    ("is", "unread"): _state("(c.seen IS NULL OR c.seen < 0)"),
    ("is", "read"): _state("c.seen >= 0"),
    ("is", "new"): _state(
        "c.first_seen > coalesce((SELECT max(began) FROM visits WHERE thread = c.thread),"
        " (SELECT added FROM threads WHERE id = c.thread))"
    ),
    ("is", "edited"): _state("c.id IN (SELECT comment FROM earlier_texts)"),
    ("is", "marked"): _state(ANNOTATED.format("mark")),
    ("is", "followed"): _followed,
    ("has", "note"): _state(ANNOTATED.format("note")),
}

_NAMES: Final[dict[str, Callable[[str, StoredTexts], Fact]]] = {
    "by": _by,
    "to": _to,
    "site": _site,
    "tag": _tag,
    "title": _title,
}


# Measures and dates


def _measure(term: MeasureTerm, stored: StoredTexts) -> Fact:
    from rumor_tui.search.query.number_tests import comparison_test

    passes = comparison_test(term.compare, term.low, term.high)
    if term.operator == "score":

        def test_score(row: Row) -> bool:
            score = stored.fact(row.handle, "scores")
            return score is not None and passes(score)

        return Fact(test=test_score)

    def test(row: Row) -> bool:
        tree, place = stored.tree(row.thread), _place(stored, row)
        return place >= 0 and passes((tree.depths if term.operator == "depth" else tree.replies)[place])

    return Fact(test=test)


def _date(operator: str, date: str) -> Fact:
    from rumor_tui.search.query.parser import start_of_date

    sign = "<" if operator == "before" else ">="
    return Fact(f"c.published {sign} ?", (start_of_date(date) or 0.0,))


def condition_of(fact: Fact, *, wanted: bool) -> str:
    """The SQL of a fact that must hold, or must not; "" if only its test decides."""
    if wanted:
        return fact.condition
    return f"NOT coalesce({fact.condition}, 0)" if fact.condition and fact.test is None else ""


def test_of(fact: Fact, connection: sqlite3.Connection, *, wanted: bool) -> Test | None:
    """The test of a fact that must hold, or must not; None if SQL decides."""
    if fact.test is None or wanted:
        return fact.test
    if not fact.condition:
        return lambda row: not fact.test(row)  # type: ignore[misc]
    both = f"SELECT 1 FROM comments c WHERE c.id = ? AND {fact.condition}"

    def test(row: Row) -> bool:
        assert fact.test is not None
        return connection.execute(both, (row.handle, *fact.parameters)).fetchone() is None or not fact.test(row)

    return test
