"""Search for the command line: all matches of a query in a thread, written as lines or as JSON."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from rumor_tui.labels import plural
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Article, Thread
from rumor_tui.row_map import RowMap
from rumor_tui.search.query.query import Query
from rumor_tui.search.results import SearchResults
from rumor_tui.search.snippets import CONTEXT_AFTER, make_snippet
from rumor_tui.text import neutralise_line

if TYPE_CHECKING:
    from rumor_tui.export.comment_fields import ReplyTo
    from rumor_tui.reading.worker import Analysis
    from rumor_tui.search.index.analysis import ThreadAnalysis


BOLD: Final = ("\x1b[1m", "\x1b[22m")


class SearchHit(NamedTuple):
    """An excerpt of an item's text, with the offsets of the matches in `snippet`.

    `row` is that of the comment, or -1 for the article, which has no `author`; `by` is set if the author matches;
    `site` is the label of the discussion that a comment is in, where several are joined.
    """

    row: int
    author: str
    by: bool
    snippet: str
    spots: list[tuple[int, int]]
    site: str = ""


def check_query(line: str) -> Query:
    """Parse a query. Raises QueryError if it is invalid or empty."""
    from rumor_tui.search.index.analysis import ThreadAnalysis
    from rumor_tui.search.index.comment_columns import CommentColumns
    from rumor_tui.search.query.compile import compile_for_thread
    from rumor_tui.search.query.query import QueryError

    query = Query(line)
    if query.blank:
        raise QueryError("Say what to search for.")
    nothing = Thread(article=Article(), parent=array("i"), authors=(), bodies=(), lengths=())
    compile_for_thread(query, CommentColumns(ThreadAnalysis(nothing)))
    return query


def find_matches(
    thread: Thread, query: Query, tell: Callable[[str], None] | None = None, analysis: Analysis | None = None
) -> SearchResults:
    """All matches in a thread, counted, however long that takes. Raises TooSlow.

    `tell` receives a sentence if the query needs an analysis that did not cover the whole thread. An `analysis` of the
    thread that exists already is used.
    """
    analysis = analysis or _analysis(thread)
    matches = analysis.find_all(query)
    words = incomplete_notice(analysis.knowledge) if matches.compiled.needs - {""} else ""
    if words and tell is not None:
        tell(words)
    if tell is not None and asks_what_is_remembered(query):
        tell("What you read and marked is looked up in the library only: search with --library for that.")
    return matches


def _analysis(thread: Thread) -> Analysis:
    from rumor_tui.reading.worker import Analysis

    return Analysis(thread, lambda news: None)


def asks_what_is_remembered(query: Query) -> bool:
    """Whether a query asks for something that only the library knows: `is:unread`, `has:note`."""
    from rumor_tui.search.query.ast import ChoiceTerm
    from rumor_tui.search.query.compile import terms_of
    from rumor_tui.search.query.operators import REMEMBERED
    from rumor_tui.search.query.parser import parse_query

    terms = terms_of(parse_query(query.text))
    return any(isinstance(term, ChoiceTerm) and term.value in REMEMBERED for term in terms)


def incomplete_notice(analysis: ThreadAnalysis) -> str:
    """A sentence on what was not analysed for numbers, names, quotes and replies; empty if everything was."""
    from rumor_tui.search.index.analysis import MAX_TEXT

    index, marks = analysis.index, analysis.marks
    long = sum(len(text) - index.body_start(item) > MAX_TEXT for item, text in enumerate(index.plain))
    some = [f"of {plural(long, 'text')} only the first {MAX_TEXT:,} characters"] if long else []
    if marks is not None and not marks.exact:
        some.append("of the numbers and names not all, since there are too many")
    return f"Not everything was looked into: {' and '.join(some)}." if some else ""


# As lines


def iter_hits(matches: SearchResults) -> Iterator[SearchHit]:
    """The matches in reading order; neighbouring matches share one excerpt."""
    index, thread = matches.index, matches.index.thread
    for item, held in enumerate(matches.items()):
        if held:
            row, start = index.row_of(item), index.body_start(item)
            author = neutralise_line(thread.authors[row] or "") if row is not None else ""
            about = thread.discussions[row] if row is not None else None
            hits = _hits_in_text(index.item_text(item), start, matches.spans(item), -1 if row is None else row, author)
            site = neutralise_line(about.label) if about is not None else ""
            yield from (hit._replace(site=site) for hit in hits) if site else hits


def _hits_in_text(
    text: str, start: int, spots: Sequence[tuple[int, int]], row: int, author: str
) -> Iterator[SearchHit]:
    by = bool(spots) and spots[0][1] < start and bool(author)
    inside = [spot for spot in spots if spot[0] >= start]
    size = len(text.rstrip())
    if not inside:
        yield SearchHit(row, author, by, *make_snippet(text, size, start, start, []))
    ends = [end for _, end in inside]
    at = 0
    while at < len(inside):
        edge = inside[at][0]
        near = inside[at : max(bisect_right(ends, edge + CONTEXT_AFTER, at), at + 1)]
        at += len(near)
        yield SearchHit(row, author, by, *make_snippet(text, size, start, edge, near))


def write_hits(hits: Iterator[SearchHit], out: TextIO, *, bold: bool) -> None:
    """One line for each excerpt: the author, the number of the comment and the text; matches in bold if `bold`."""
    on, off = BOLD if bold else ("", "")
    for hit in hits:
        author = neutralise_line(hit.author) or UNSIGNED
        name = f"{on if hit.by else ''}{author}{off if hit.by else ''}"
        label = "article" if hit.row < 0 else " · ".join(filter(None, (name, hit.site, f"#{hit.row + 1}")))
        line, at = "", 0
        for start, end in hit.spots:
            line += f"{hit.snippet[at:start]}{on}{hit.snippet[start:end]}{off}"
            at = end
        out.write(f"{label} · {line}{hit.snippet[at:]}\n".rstrip(" ·\n") + "\n")


def write_hits_json(hits: Iterator[SearchHit], out: TextIO) -> None:
    """One JSON object for each line: `index` counts comments from 0, as exports do; it is null for the article."""
    for hit in hits:
        out.write(
            json.dumps(
                {
                    "index": None if hit.row < 0 else hit.row,
                    "author": hit.author or None,
                    **({"site": hit.site} if hit.site else {}),
                    "text": hit.snippet,
                    "matches": [hit.snippet[start:end] for start, end in hit.spots] or ([hit.author] if hit.by else []),
                },
                ensure_ascii=False,
            )
            + "\n"
        )


# As a thread


def match_rows(thread: Thread, matches: SearchResults) -> list[int]:
    """The rows of matching comments and of their ancestors, in ascending order."""
    mask = bytearray(matches.items()[matches.index.first_comment :])
    for row in range(len(thread) - 1, -1, -1):
        if mask[row] and thread.parent[row] >= 0:
            mask[thread.parent[row]] = 1
    return [row for row, held in enumerate(mask) if held]


def filter_thread(thread: Thread, rows: Sequence[int]) -> Thread:
    """The thread with only the comments in `rows`, as given by `match_rows`; the article stays complete."""
    place = {row: at for at, row in enumerate(rows)}
    return thread.select(rows, [place.get(thread.parent[row], -1) for row in rows])


def matching_thread(
    thread: Thread, query: Query | None, tell: Callable[[str], None], *, replies: bool
) -> tuple[Thread, dict[int, ReplyTo]]:
    """The thread with only what matches a query (without one, all of it), and its inferred replies if `replies`.

    `tell` receives a sentence if the analysis was incomplete or nothing matches. The thread is indexed once. Raises
    TooSlow.
    """
    analysis = _analysis(thread)
    answers = _replies(analysis.knowledge) if replies else {}
    if query is None:
        return thread, answers
    rows = match_rows(thread, find_matches(thread, query, tell, analysis))
    if not rows:
        tell("No comment matches.")
    return filter_thread(thread, rows), move_replies(answers, RowMap.from_order(rows, len(thread)))


def _replies(analysis: ThreadAnalysis) -> dict[int, ReplyTo]:
    from rumor_tui.export.comment_fields import ReplyTo

    if not len(analysis.thread):
        return {}
    analysis.find_conversation()
    answers = analysis.conversation.answers.values() if analysis.conversation is not None else ()
    return {answer.row: ReplyTo(answer.to, answer.evidence, answer.confidence) for answer in answers}


def move_replies(replies: Mapping[int, ReplyTo], row_map: RowMap) -> dict[int, ReplyTo]:
    """The inferred replies in another state of the thread, as far as both comments are in it."""
    rows = ((row_map.of(row), row_map.of(reply.index), reply) for row, reply in replies.items())
    return {row: replace(reply, index=to) for row, to, reply in rows if row >= 0 and to >= 0}
