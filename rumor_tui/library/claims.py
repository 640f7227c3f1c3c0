"""Claims over the whole library: every thread that gives a figure for the same thing, and every one that names it.

In one thread all figures of a dimension ("600 examples", "1,250 units") compete. In the library that would be the
figures of all things, so that another figure counts only where a name is near that the claim is about: in its comment,
or in its thread's title. The claim's own figure counts wherever its dimension is the same.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.library.marks import marks_in
from rumor_tui.library.search.facts import as_list, in_list
from rumor_tui.library.search.stored_texts import StoredTexts
from rumor_tui.library.search.words import all_of, any_of, match_number, match_whole
from rumor_tui.library_types import ClaimSubject, LibraryHit, LibraryTrail, Statement
from rumor_tui.marks import find_numbers
from rumor_tui.marks.mark import Amount, Mark
from rumor_tui.search.claims.dimensions import (
    COUNT_DIMENSIONS,
    comparable_amount,
    dimension_in_sentence,
    dimension_of,
    is_count_dimension,
)
from rumor_tui.search.claims.excerpts import hedge_before, make_excerpt, rate_after, sentence_bounds
from rumor_tui.search.claims.figures import format_amount
from rumor_tui.search.query.ast import NumberLiteral, NumberTerm
from rumor_tui.text import fold, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.search.index.kept_marks import ThreadMarks

MOST_TEXTS: Final = 1_500
"""The most comments that are looked at for figures."""

MOST_THREADS: Final = 100
"""The most threads that were read whose figures are looked up."""

ONLY_LATEST: Final = f"Only the latest {MOST_TEXTS:,} comments that speak of it were looked at."


class _Claim(NamedTuple):
    """A number that is followed: its ends and its dimension, and the names that it is about."""

    amount: Amount
    dimension: str
    about: Sequence[str]

    def is_near(self, *texts: str) -> bool:
        """Whether one of the names is in some folded texts."""
        names = map(_whole_name, self.about)
        return any(name.search(text) for name in names for text in texts)


def library_trail(connection: sqlite3.Connection, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
    """The trail of a number or a name through all threads; the claim's own figure first, then the latest."""
    stored = StoredTexts(connection)
    numbers = [mark for mark in find_numbers(subject.text) if comparable_amount(mark.type, mark.amount)]
    if subject.kind == "name" or not numbers:
        return _trail_of_name(stored, subject, limit)
    claim = _claim_of(max(numbers, key=lambda mark: mark.end - mark.start), subject)
    handles, complete = _handles_of(stored, claim)
    found = list(_statements(stored, claim, handles))
    found.sort(key=lambda one: (not one.same, -(one.hit.published or 0.0), -one.hit.handle))
    title = neutralise_line(subject.text)
    return LibraryTrail(title, found[:limit], _figures(found), "" if complete else ONLY_LATEST)


def _claim_of(mark: Mark, subject: ClaimSubject) -> _Claim:
    amount = comparable_amount(mark.type, mark.amount)
    assert amount is not None
    about = [name for name in map(neutralise_line, subject.about) if name]
    return _Claim(amount, subject.dimension or dimension_of(amount), about)


def _whole_name(name: str) -> re.Pattern[str]:
    """Finds a name as whole words in folded text."""
    return re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")


def _figures(statements: Sequence[Statement]) -> list[tuple[str, int, int]]:
    """The distinct figures, with the numbers of their statements and threads."""
    threads: dict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for statement in statements:
        counts[statement.figure] += 1
        threads[statement.figure].add(statement.hit.thread_id)
    return [(figure, count, len(threads[figure])) for figure, count in counts.most_common()]


# Where to look


def _handles_of(stored: StoredTexts, claim: _Claim) -> tuple[list[int], bool]:
    """The comments that may state a figure, the latest first, and whether these are all."""
    latest = [
        _latest(stored, _own_figure(stored, claim)),
        _latest(stored, _near_names(claim)),
        _latest(stored, any_of(_words_of(claim.dimension)), _threads_about(stored, claim)),
    ]
    handles = {*_handles_in_marks(stored, claim), *(handle for some in latest for handle in some)}
    return sorted(handles, reverse=True), all(len(some) < MOST_TEXTS for some in latest)


def _latest(stored: StoredTexts, match: str, threads: Sequence[int] | None = None) -> list[int]:
    """The latest comments that a full-text expression finds, of some threads only if these are given."""
    if threads == [] or (not match and threads is None):
        return []
    inside = "" if threads is None else f" AND {in_list('c.thread')}"
    listed = () if threads is None else (as_list(threads),)
    if not match:
        found = f"SELECT c.id FROM comments c WHERE 1{inside} ORDER BY c.id DESC LIMIT ?"
        return [handle for (handle,) in stored.connection.execute(found, (*listed, MOST_TEXTS))]
    rows = stored.connection.execute(
        "SELECT w.rowid FROM comment_words w CROSS JOIN comments c ON c.id = w.rowid"
        f" WHERE comment_words MATCH ?{inside} ORDER BY w.rowid DESC LIMIT ?",
        (match, *listed, MOST_TEXTS),
    )
    return [handle for (handle,) in rows]


def _threads_about(stored: StoredTexts, claim: _Claim) -> list[int]:
    """The latest threads whose titles have one of the names."""
    titles = any_of([match for name in claim.about if (match := match_whole(name))])
    if not titles:
        return []
    rows = stored.connection.execute(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ?",
        (f"title : ({titles})", MOST_THREADS),
    )
    return [thread for (thread,) in rows]


def _own_figure(stored: StoredTexts, claim: _Claim) -> str:
    """A full-text expression for comments that have the claim's own figure in figures, and a word of what it counts."""
    if claim.amount.low != claim.amount.high or claim.amount.low < 0:
        return ""
    literal = NumberLiteral(f"{claim.amount.low:.12f}".rstrip("0").rstrip("."))
    words = _words_of(claim.dimension)
    return all_of([match_number(stored.connection, NumberTerm("=", literal)), any_of(words)])


def _near_names(claim: _Claim) -> str:
    """A full-text expression for comments that speak of the same thing."""
    names = [match for name in claim.about if (match := match_whole(name))]
    return all_of([any_of(names), any_of(_words_of(claim.dimension))]) if names else ""


def _words_of(dimension: str) -> list[str]:
    """Full-text expressions for the words of a dimension; none for one that is written in signs."""
    words = COUNT_DIMENSIONS.get(dimension)
    plural = sorted(words.nouns | words.hints) if words is not None else [dimension]
    both = dict.fromkeys(form for word in plural for form in (word, word.removesuffix("s")))
    return [match for word in both if (match := match_whole(word))]


def _handles_in_marks(stored: StoredTexts, claim: _Claim) -> Iterator[int]:
    """The comments of threads that were read in which the claim's own figure stands."""
    rows = stored.connection.execute(
        "SELECT DISTINCT thread FROM figures WHERE dimension IN (?, '') AND low = ? AND high = ?"
        " ORDER BY thread DESC LIMIT ?",
        (claim.dimension, claim.amount.low, claim.amount.high, MOST_THREADS),
    ).fetchall()
    for (thread,) in rows:
        marks: ThreadMarks | None = marks_in(stored.connection, thread)
        if marks is not None:
            ends = claim.amount.low, claim.amount.high
            own = [id for id, entry in enumerate(marks.entries) if (entry.low, entry.high) == ends]
            yield from (handle for handle, _, _ in marks.where(own))


# What is stated


def _statements(stored: StoredTexts, claim: _Claim, handles: Sequence[int]) -> Iterator[Statement]:
    for handle in handles:
        comment = _comment(stored, handle)
        if comment is None:
            continue
        hit, text, start = comment
        near = claim.is_near(fold(text), fold(hit.thread_title))
        for mark in find_numbers(text[start:]):
            mark = mark._replace(start=mark.start + start, end=mark.end + start)
            amount = comparable_amount(mark.type, mark.amount)
            if amount is None or _dimension_at(amount, text, mark) != claim.dimension:
                continue
            same = (amount.low, amount.high) == (claim.amount.low, claim.amount.high)
            if same or near:
                yield Statement(_with_sentence(hit, text, mark, start), _figure(amount, text, mark), same)


def _comment(stored: StoredTexts, handle: int) -> tuple[LibraryHit, str, int] | None:
    """A comment without a snippet, its text and where its body begins; None if its thread is not shown."""
    from rumor_tui.library.full_text import comment_texts

    row = stored.connection.execute("SELECT thread, author, published FROM comments WHERE id = ?", (handle,)).fetchone()
    if row is None or row[0] in stored.hidden:
        return None
    thread, author = stored.thread(row[0]), stored.author(row[1])
    (text,) = comment_texts([author], [stored.body(handle)], thread.format, bool(thread.repair))
    name = neutralise_line(author) if author else None
    title, site = neutralise_line(thread.title), neutralise_line(thread.site)
    hit = LibraryHit(row[0], handle, "comment", title, site, name, row[2], "", (), thread.address)
    return hit, text, text.index("\n") + 1


def _dimension_at(amount: Amount, text: str, mark: Mark) -> str:
    """The dimension of a number: its own, or for a bare figure the one that its sentence suggests."""
    if dimension := dimension_of(amount):
        return dimension
    first, last = sentence_bounds(text, mark.start, mark.end)
    return dimension_in_sentence(text[first:last], mark.start - first)


def _figure(amount: Amount, text: str, mark: Mark) -> str:
    """A figure in words, as the text states it."""
    unit = "" if is_count_dimension(dimension_of(amount)) else amount.unit
    parts = (
        hedge_before(text, mark.start, mark.end),
        format_amount(amount._replace(unit=unit)),
        rate_after(text, mark.end),
    )
    return " ".join(filter(None, parts)).replace("~ ", "~")


def _with_sentence(hit: LibraryHit, text: str, mark: Mark, start: int) -> LibraryHit:
    excerpt = make_excerpt(text, [(mark.start, mark.end)], start, 1)
    return replace(hit, snippet=excerpt.text, spans=excerpt.spans)


# Names


def _trail_of_name(stored: StoredTexts, subject: ClaimSubject, limit: int) -> LibraryTrail:
    """Where a name is mentioned, the latest first."""
    title = neutralise_line(subject.text)
    match = match_whole(subject.text)
    if not match:
        return LibraryTrail(title, ())
    rows = stored.connection.execute(
        "SELECT rowid FROM comment_words WHERE comment_words MATCH ? ORDER BY rowid DESC LIMIT ?", (match, MOST_TEXTS)
    ).fetchall()
    name = _whole_name(title)
    found = list(_mentions(stored, name, [handle for (handle,) in rows]))
    notice = "" if len(rows) < MOST_TEXTS else ONLY_LATEST
    return LibraryTrail(title, found[:limit], notice=notice)


def _mentions(stored: StoredTexts, name: re.Pattern[str], handles: Sequence[int]) -> Iterator[Statement]:
    for handle in handles:
        comment = _comment(stored, handle)
        if comment is None:
            continue
        hit, text, start = comment
        places = [match.span() for match in name.finditer(fold(text), start)]
        if places:
            excerpt = make_excerpt(text, places, start, 1)
            yield Statement(replace(hit, snippet=excerpt.text, spans=excerpt.spans), "", same=True)
