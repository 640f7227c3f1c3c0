"""Searching the library: `search_library` answers a query of the search language over all texts.

A query is planned by the sides of its `or` (`plan`); the full-text index and SQL give the comments that may be meant
(`candidates`), and their texts are looked at with the same predicates as in a thread (`text_check`), the best first,
until there are enough. Common words are ranked among their latest thousand comments only.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from itertools import groupby, islice
from time import time
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.library.search.candidates import portions
from rumor_tui.library.search.counting import count_found
from rumor_tui.library.search.facts import Row
from rumor_tui.library.search.plan import NOT_READ, Branch, plan_branch
from rumor_tui.library.search.ranking import score
from rumor_tui.library.search.stored_texts import StoredTexts
from rumor_tui.library.search.text_check import CheckedTexts
from rumor_tui.library.transactions import one_moment
from rumor_tui.library_types import ARTICLE, HitKind, LibraryHit, LibraryHits
from rumor_tui.model import Article, Format, Thread
from rumor_tui.search.query.ast import EmptyQuery, Or
from rumor_tui.search.query.query import Query, Spans
from rumor_tui.search.snippets import snippet_of
from rumor_tui.text import neutralise_line

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Mark

BATCH: Final = 64
"""Comments whose texts are looked at together."""

MOST_TEXTS: Final = 20_000
"""The most comments whose texts are looked at for one side of a query, unless it is to be thorough."""

MOST_TESTED: Final = 150_000
"""The most comments of which facts are tested that the tables do not have."""

MOST_OF_PARTS: Final = 5_000
"""The same of those that have only parts of what is looked for as whole words, behind all that have it so."""

MOST_FOR_MARKS: Final = 1_500
"""The same where numbers and names are looked for in them, which takes ten times as long."""

MOST_ARTICLES: Final = 300
"""The most articles that are looked at."""

DAMAGED: Final = "A part of the library is damaged and was left out."

TITLE_WEIGHT: Final = 4.0
"""How much more a word of the title counts than one of the text."""

ARTICLE_WEIGHT: Final = 1.25
"""The weight of an article with words that nearly all texts have: it comes before a comment that has them too."""


class _Found(NamedTuple):
    """A text that a side of the query finds, with its score; `text` begins with the author, up to before `start`."""

    score: float
    kind: HitKind
    thread: int
    handle: int
    author: str | None
    published: float | None
    text: str
    start: int
    spans: Spans

    @property
    def key(self) -> tuple[str, int, int]:
        """What it is: the same for the same text found by another side."""
        return self.kind, self.thread, self.handle


class _Answer:
    """What one side of a query has found so far; `complete` means that nothing else is to be found, and `total` is how
    much there is in all, if that is known otherwise."""

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self.complete = True
        self.total: int | None = None
        self.notices: list[str] = []


def search_library(
    connection: sqlite3.Connection,
    query: str,
    limit: int = 50,
    *,
    thorough: bool = False,
    now: float | None = None,
) -> LibraryHits:
    """The best hits of a query, at most `limit`. Raises QueryError for a query that is none.

    However little a query narrows down, only so many texts are looked at, and the notice says so; `thorough` looks at
    all.
    """
    from rumor_tui.search.query.matcher import check_length
    from rumor_tui.search.query.parser import parse_query

    check_length(Query(query))
    node = parse_query(query, library=True)
    if isinstance(node, EmptyQuery):
        return LibraryHits((), 0)
    with one_moment(connection):
        stored = StoredTexts(connection)
        sides = node.parts if isinstance(node, Or) else (node,)
        search = _Search(stored, limit, thorough, time() if now is None else now)
        answers = [search.answer(plan_branch(side, stored)) for side in sides]
        return _united(answers, limit, stored)


def _united(answers: Sequence[_Answer], limit: int, stored: StoredTexts) -> LibraryHits:
    """The hits of all sides together."""
    texts: dict[tuple[str, int, int], _Found] = {}
    for found in (found for answer in answers for found in answer.found):
        known = texts.get(found.key)
        if known is None or known.score < found.score:
            texts[found.key] = found
    complete = all(answer.complete for answer in answers)
    best = sorted(texts.values(), key=lambda found: (-found.score, -found.thread, -found.handle))
    notices = dict.fromkeys(notice for answer in answers for notice in answer.notices)
    sentences = [*notices, DAMAGED] if stored.damaged else list(notices)
    hits = [_hit(found, stored) for found in best[:limit]]
    total = len(best) if complete else answers[0].total if len(answers) == 1 else None
    return LibraryHits(hits, total, " ".join(sentences))


def _hit(found: _Found, stored: StoredTexts) -> LibraryHit:
    thread = stored.thread(found.thread)
    snippet, spans = snippet_of(found.text, found.start, found.spans)
    author = found.author if found.kind == "comment" else thread.byline if found.kind == "article" else None
    return LibraryHit(
        found.thread,
        found.handle,
        found.kind,
        neutralise_line(thread.title),
        neutralise_line(thread.site),
        neutralise_line(author) if author else None,
        found.published,
        snippet,
        spans,
        thread.address,
    )


class _Search:
    """Answers the sides of one query."""

    def __init__(self, stored: StoredTexts, limit: int, thorough: bool, now: float) -> None:
        self.stored = stored
        self.limit = limit
        self.thorough = thorough
        self.now = now

    def answer(self, branch: Branch) -> _Answer:
        """What one side of the query finds: at least the best `limit`."""
        answer = _Answer()
        answer.notices += branch.notices
        self._find_comments(branch, answer)
        if branch.says_of_others(notes=False):
            self._find_articles(branch, answer)
        if branch.says_of_others(notes=True):
            self._find_notes(branch, answer)
        if not answer.complete:
            answer.total = count_found(self.stored.connection, branch)
        if branch.needs_marks:
            from rumor_tui.library.marks import some_have_none

            answer.notices += [NOT_READ] if some_have_none(self.stored.connection) else []
        return answer

    # Comments

    def _find_comments(self, branch: Branch, answer: _Answer) -> None:
        tested, looked, found = 0, 0, 0
        for portion in portions(self.stored.connection, branch):
            tested += len(portion)
            rows = [row for row in portion if all(test(row) for test in branch.tests)]
            rows.sort(key=lambda row: (-self._score(row), -row.handle))
            for at in range(0, len(rows), BATCH):
                if found >= self.limit:
                    answer.complete = False
                    return
                checked = self._check_comments(rows[at : at + BATCH], branch)
                answer.found += checked
                found += len(checked)
            looked += len(rows) if branch.texts else 0
            most = self._most(branch, rows)
            if (looked >= most or tested >= MOST_TESTED) and not self.thorough:
                answer.complete = False
                answer.notices.append(f"Only the latest {tested:,} comments that may be meant were looked at.")
                return

    def _most(self, branch: Branch, rows: Sequence[Row]) -> int:
        """The most comments whose texts are looked at, after some of them."""
        if branch.needs_marks:
            return MOST_FOR_MARKS
        return MOST_OF_PARTS if rows and rows[-1].weight < 1 else MOST_TEXTS

    def _score(self, row: Row) -> float:
        return score(row.weight, row.published, self.now)

    def _check_comments(self, rows: Sequence[Row], branch: Branch) -> list[_Found]:
        """Those of some comments in whose texts all terms hold."""

        def written(row: Row) -> tuple[Format, bool]:
            thread = self.stored.thread(row.thread)
            return thread.format, bool(thread.repair)

        found: list[_Found] = []
        for (format, repair), group in groupby(sorted(rows, key=written), written):
            found += self._check_alike(list(group), branch, format, repair)
        return found

    def _check_alike(self, rows: Sequence[Row], branch: Branch, format: Format, repair: bool) -> list[_Found]:
        """The same for comments in one format."""
        in_order = sorted(rows, key=lambda row: row.handle)  # a chunk after the other
        bodies = [self.stored.body(row.handle) for row in in_order]
        authors = [self.stored.author(row.author) for row in in_order]
        thread = _small_thread(Article(), authors, bodies, format, repair)

        def kept(row: int) -> list[Mark] | None:
            return self.stored.marks_of(in_order[row].thread, in_order[row].handle)

        checked = CheckedTexts(thread, range(1, 1 + len(in_order)), branch.texts, kept)
        return [self._found_comment(in_order[item - 1], authors[item - 1], checked, item) for item in checked.items]

    def _found_comment(self, row: Row, author: str | None, checked: CheckedTexts, item: int) -> _Found:
        return _Found(
            self._score(row),
            "comment",
            row.thread,
            row.handle,
            author,
            row.published,
            checked.text(item),
            checked.index.body_start(item),
            checked.spans(item),
        )

    # Articles and notes

    def _find_articles(self, branch: Branch, answer: _Answer) -> None:
        known: set[int] = set()
        for match, weight in branch.tiers("article_words", f", {TITLE_WEIGHT}, 1.0", least=ARTICLE_WEIGHT):
            rows = [row for row in self._articles(branch, match, weight, answer) if row[0] not in known]
            known.update(row[0] for row in rows)
            checked = (self._check_article(row, branch) for row in rows)
            found = list(islice(filter(None, checked), self.limit + 1))
            answer.found += found
            if len(found) > self.limit:
                answer.complete = False
                return

    def _articles(
        self, branch: Branch, match: str, weight: str, answer: _Answer
    ) -> list[tuple[int, float | None, float]]:
        """The articles of which a branch may hold, the best first: thread, date, weight."""
        conditions, parameters = branch.thread_conditions("t.id")
        table, where = "threads t", f"{conditions} AND t.removed IS NULL AND t.tree IS NOT NULL"
        if match:
            table = "article_words w CROSS JOIN threads t ON t.id = w.rowid"
            where = f"article_words MATCH ? AND {where}"
            parameters.insert(0, match)
        statement = f"SELECT t.id, t.published, {weight} FROM {table} WHERE {where} ORDER BY t.id DESC LIMIT ?"
        most = self.limit * 1_000 if self.thorough else MOST_ARTICLES
        rows = self.stored.connection.execute(statement, (*parameters, most + 1)).fetchall()
        answer.complete = answer.complete and len(rows) <= most
        return sorted(rows[:most], key=lambda row: -score(row[2], row[1], self.now))

    def _check_article(self, row: tuple[int, float | None, float], branch: Branch) -> _Found | None:
        thread, published, weight = row
        facts, head = self.stored.thread(thread), self.stored.head(thread)
        if head is None:
            return None
        small = _small_thread(head.article, [], [], facts.format, bool(facts.repair))
        checked = CheckedTexts(small, range(1 + len(head.article.pieces)), branch.texts, lambda row: None)
        found = [item for item in checked.items if checked.text(item)]
        if not found:
            return None
        item = found[0]
        points = score(weight, published, self.now)
        text, spans = checked.text(item), checked.spans(item)
        return _Found(points, "article", thread, ARTICLE, None, published, text, 0, spans)

    def _find_notes(self, branch: Branch, answer: _Answer) -> None:
        rows = [row for match, weight in branch.tiers("note_words") for row in self._notes(branch, match, weight)]
        rows = list({row[0]: row for row in reversed(rows) if row[1] not in self.stored.hidden}.values())
        small = _small_thread(Article(), [None] * len(rows), [row[3] for row in rows], "plain", repair=False)
        checked = CheckedTexts(small, range(1, 1 + len(rows)), branch.texts, lambda row: None)
        for item in checked.items:
            _, thread, handle, _, changed, weighed = rows[item - 1]
            points, text = score(weighed, changed, self.now), checked.text(item)
            found = _Found(points, "note", thread, handle, None, changed, text, 1, checked.spans(item))
            answer.found.append(found)

    def _notes(self, branch: Branch, match: str, weight: str) -> list[tuple[int, int, int, str, float, float]]:
        """The notes of which a branch may hold: number, thread, comment, text, when it was changed, weight."""
        conditions, parameters = branch.thread_conditions("a.thread")
        table, where = "annotations a", f"{conditions} AND a.kind = 'note' AND NOT a.removed"
        if match:
            table = "note_words w CROSS JOIN annotations a ON a.id = w.rowid"
            where = f"note_words MATCH ? AND {where}"
            parameters.insert(0, match)
        columns = f"a.id, a.thread, a.comment, a.text, a.changed, {weight}"
        statement = f"SELECT {columns} FROM {table} WHERE {where} ORDER BY a.id DESC"
        return self.stored.connection.execute(statement, parameters).fetchall()


def _small_thread(
    article: Article, authors: Sequence[str | None], bodies: Sequence[str], format: Format, repair: bool
) -> Thread:
    """A thread of some texts that belong to others."""
    return Thread(
        article=article,
        parent=array("i", [-1]) * len(bodies),
        authors=authors,
        bodies=bodies,
        lengths=list(map(len, bodies)),
        format=format,
        repair=repair,
    )
