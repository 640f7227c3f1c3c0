"""How the comments of a thread speak to each other: what they quote, and whom they answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rumor_tui.columns import LazyColumn
from rumor_tui.marks.answers import Answer
from rumor_tui.marks.quotes import Quote
from rumor_tui.search.index import TextIndex
from rumor_tui.search.pace import never


@dataclass(frozen=True, slots=True)
class Talk:
    """Quotes by the item that repeats (`quotes`) and by the item that is repeated (`quoted`), answers by row.

    Offsets are in the items' whole texts as the text index has them (a comment's begins with its author's name).
    """

    quotes: dict[int, list[Quote]] = field(default_factory=dict)
    quoted: dict[int, list[Quote]] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)


def find_talk(index: TextIndex, stop: Callable[[], bool] = never, longest: int | None = None) -> Talk:
    """Compare the texts of a whole thread, each up to `longest` characters, in a worker, after building the index.

    `stop` is asked often, and may rest. What comes back from work that was stopped is not to be used.
    """
    from rumor_tui.marks.answers import find_answers
    from rumor_tui.marks.quotes import find_quotes

    index.build(stop=stop)
    if not index.ready:
        return Talk()
    bodies = [index.body_start(item) for item in range(index.size)]

    def body(item: int) -> str:
        start = bodies[item]
        return index.plain[item][start : start + longest if longest is not None else None]

    texts = LazyColumn(body, range(index.size))  # cut when asked for: all at once would take as much memory again
    first, parents = index.first_comment, index.thread.parent
    quotes = find_quotes(texts, stop, first_comment=first)
    authors = [index.author(row) for row in range(len(index.thread))]
    byline = index.thread.article.byline or ""
    answers = find_answers(texts, authors, parents, quotes, first_comment=first, byline=byline, stop=stop)
    return _arranged(quotes, answers, bodies, first)


def _arranged(quotes: Sequence[Quote], answers: Sequence[Answer], bodies: Sequence[int], first_comment: int) -> Talk:
    """By item and row, with offsets in the whole texts."""
    talk = Talk()
    for answer in answers:
        start = bodies[first_comment + answer.row]
        talk.answers[answer.row] = answer._replace(start=answer.start + start, end=answer.end + start)
    for quote in quotes:
        here, there = bodies[quote.item], bodies[quote.source]
        moved = quote._replace(
            start=quote.start + here,
            end=quote.end + here,
            source_start=quote.source_start + there,
            source_end=quote.source_end + there,
        )
        talk.quotes.setdefault(quote.item, []).append(moved)
        talk.quoted.setdefault(quote.source, []).append(moved)
    return talk
