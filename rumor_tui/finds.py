"""What a search finds in a whole thread, for the command line: as lines, as JSON, and the thread that is left of it."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO, TypeVar

from rumor_tui.model import Thread
from rumor_tui.row_map import RowMap
from rumor_tui.search.base import Query
from rumor_tui.search.matches import Matches
from rumor_tui.text import neutralise_line
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.export.parts import ReplyTo
    from rumor_tui.reading.analysis import Analysis
    from rumor_tui.search.knowledge import Knowledge

BEFORE: Final = 40
BEHIND: Final = 60
"""Characters shown before and behind a match."""

UNSIGNED: Final = "(unsigned)"
BOLD: Final = ("\x1b[1m", "\x1b[22m")

T = TypeVar("T")


class Find(NamedTuple):
    """A stretch of an item's text with the matches in it, whose offsets are in `snippet`.

    `row` is the comment's, or -1 for the article, which has no `author`; `by` tells that its author is a match.
    """

    row: int
    author: str
    by: bool
    snippet: str
    spots: list[tuple[int, int]]


def check(line: str) -> Query:
    """The query of a line. Raises QueryError where it is not valid, or asks for nothing."""
    from rumor_tui.search.base import QueryError
    from rumor_tui.search.facts import Facts
    from rumor_tui.search.knowledge import Knowledge
    from rumor_tui.search.meaning import meaning_of

    query = Query(line)
    if query.blank:
        raise QueryError("Say what to search for.")
    nothing = Thread(article=_no_article(), parent=array("i"), authors=(), bodies=(), lengths=())
    meaning_of(query, Facts(Knowledge(nothing)))
    return query


def _no_article() -> Any:
    from rumor_tui.model import Article

    return Article()


def find(
    thread: Thread, query: Query, tell: Callable[[str], None] | None = None, analysis: Analysis | None = None
) -> Matches:
    """All matches in a thread, counted, however long that takes. Raises TooSlow.

    What an `analysis` of the thread knows already is not found out once more. `tell` is given a sentence if the query
    asks for something that was not looked for everywhere.
    """
    analysis = analysis or _analysis(thread)
    matches = analysis.find_all(query)
    words = left_out(analysis.knowledge) if matches.meaning.needs - {""} else ""
    if words and tell is not None:
        tell(words)
    return matches


def _analysis(thread: Thread) -> Analysis:
    from rumor_tui.reading.analysis import Analysis

    return Analysis(thread, lambda news: None)


def left_out(knowledge: Knowledge) -> str:
    """What of a thread was not looked into for numbers, names, quotes and answers, in a sentence; "" for nothing."""
    from rumor_tui.search.knowledge import MAX_TEXT

    index, marks = knowledge.index, knowledge.marks
    long = sum(len(text) - index.body_start(item) > MAX_TEXT for item, text in enumerate(index.plain))
    some = [f"of {plural(long, 'text')} only the first {MAX_TEXT:,} characters"] if long else []
    if marks is not None and not marks.exact:
        some.append("of the numbers and names not all, since there are too many")
    return f"Not everything was looked into: {' and '.join(some)}." if some else ""


# As lines


def finds(matches: Matches) -> Iterator[Find]:
    """The matches in reading order; those that stand close together are one find."""
    index = matches.index
    for item, held in enumerate(matches.items()):
        if held:
            row, start = index.row_of(item), index.body_start(item)
            author = index.author(row) if row is not None else ""
            yield from _finds_in(index.item_text(item), start, matches.spans(item), -1 if row is None else row, author)


def _finds_in(text: str, start: int, spots: Sequence[tuple[int, int]], row: int, author: str) -> Iterator[Find]:
    by = bool(spots) and spots[0][1] < start and bool(author)
    inside = [spot for spot in spots if spot[0] >= start]
    size = len(text.rstrip())
    if not inside:
        yield Find(row, author, by, *_snippet(text, size, start, start, []))
    ends = [end for _, end in inside]
    at = 0
    while at < len(inside):
        edge = inside[at][0]
        near = inside[at : max(bisect_right(ends, edge + BEHIND, at), at + 1)]
        at += len(near)
        yield Find(row, author, by, *_snippet(text, size, start, edge, near))


def _snippet(
    text: str, size: int, start: int, at: int, spots: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """What stands around some matches on one line, cut between words, and where the matches are in it.

    Behind `size` characters the text is only space, and before `start` it is the author's name.
    """
    first = _cut(text, max(start, at - BEFORE), start, at)
    last = min(len(text), max([at + BEHIND, *(end for _, end in spots)]))
    while last < len(text) and not text[last].isspace() and last < at + 2 * BEHIND:
        last += 1
    line, found = "… " if first > start else "", list[tuple[int, int]]()
    edges = [edge for spot in spots for edge in spot]
    for n, (begin, end) in enumerate(zip([first, *edges], [*edges, last], strict=True)):
        piece = _flat(text[begin:end], line)
        if n % 2:
            found.append((len(line), len(line) + len(piece)))
        line += piece
    return line.rstrip() + (" …" if last < size else ""), [spot for spot in found if spot[0] < spot[1]]


def _cut(text: str, at: int, start: int, before: int) -> int:
    """The beginning of a word at a place or behind it, but not behind `before`."""
    while start < at < before and not text[at - 1].isspace():
        at += 1
    return at


def _flat(text: str, before: str) -> str:
    """A piece of text on one line, its runs of space folded, also with the text before it."""
    words = " ".join(text.split())
    lead = " " if text[:1].isspace() and before and not before.endswith(" ") else ""
    return f"{lead}{words}{' ' if words and text[-1:].isspace() else ''}"


def write_lines(found: Iterator[Find], out: TextIO, *, bold: bool) -> None:
    """A line a find: the author, the comment's number and what stands there, the matches in bold if that is asked."""
    on, off = BOLD if bold else ("", "")
    for find in found:
        author = neutralise_line(find.author) or UNSIGNED
        label = (
            "article" if find.row < 0 else f"{on if find.by else ''}{author}{off if find.by else ''} · #{find.row + 1}"
        )
        line, at = "", 0
        for start, end in find.spots:
            line += f"{find.snippet[at:start]}{on}{find.snippet[start:end]}{off}"
            at = end
        out.write(f"{label} · {line}{find.snippet[at:]}\n".rstrip(" ·\n") + "\n")


def write_json(found: Iterator[Find], out: TextIO) -> None:
    """An object a line: `index` counts comments from 0 as an export does, and is null in the article."""
    for find in found:
        out.write(
            json.dumps(
                {
                    "index": None if find.row < 0 else find.row,
                    "author": find.author or None,
                    "text": find.snippet,
                    "matches": [find.snippet[start:end] for start, end in find.spots]
                    or ([find.author] if find.by else []),
                },
                ensure_ascii=False,
            )
            + "\n"
        )


# As a thread


def rows_left(thread: Thread, matches: Matches) -> list[int]:
    """The rows of the comments that match, and of those that they stand below, rising."""
    mask = bytearray(matches.items()[matches.index.first_comment :])
    for row in range(len(thread) - 1, -1, -1):
        if mask[row] and thread.parent[row] >= 0:
            mask[thread.parent[row]] = 1
    return [row for row, held in enumerate(mask) if held]


def narrowed(thread: Thread, rows: Sequence[int]) -> Thread:
    """The thread with only some of its comments, which are rising rows as of `rows_left`; the article stays whole."""
    place = {row: at for at, row in enumerate(rows)}
    return thread.select(rows, [place.get(thread.parent[row], -1) for row in rows])


def excerpt(
    thread: Thread, query: Query | None, tell: Callable[[str], None], *, replies: bool
) -> tuple[Thread, dict[int, ReplyTo]]:
    """What a query leaves of a thread, or all of it, and, if `replies` are wanted, whom its comments answer.

    Those are the answers that only the texts show. `tell` is given a sentence where something was not looked into,
    or nothing matches. The thread is indexed once. Raises TooSlow.
    """
    analysis = _analysis(thread)
    answers = _replies(analysis.knowledge) if replies else {}
    if query is None:
        return thread, answers
    rows = rows_left(thread, find(thread, query, tell, analysis))
    if not rows:
        tell("No comment matches.")
    return narrowed(thread, rows), move_replies(answers, RowMap.from_order(rows, len(thread)))


def _replies(knowledge: Knowledge) -> dict[int, ReplyTo]:
    from rumor_tui.export.parts import ReplyTo

    knowledge.find_talk()
    answers = knowledge.talk.answers.values() if knowledge.talk is not None else ()
    return {answer.row: ReplyTo(answer.to, answer.evidence, answer.confidence) for answer in answers}


def move_replies(replies: Mapping[int, ReplyTo], row_map: RowMap) -> dict[int, ReplyTo]:
    """Whom comments answer in another state of the thread: those of which both are there."""
    rows = ((row_map.of(row), row_map.of(reply.index), reply) for row, reply in replies.items())
    return {row: replace(reply, index=to) for row, to, reply in rows if row >= 0 and to >= 0}
