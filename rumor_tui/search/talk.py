"""How the comments of a thread speak to each other: what they quote, and whom they answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rumor_tui.marks.answers import Answer
from rumor_tui.marks.quotes import Quote
from rumor_tui.search.index import TextIndex
from rumor_tui.search.pace import Pace, never


@dataclass(frozen=True, slots=True)
class Talk:
    """Quotes by the item that repeats (`quotes`) and by the item that is repeated (`quoted`), answers by row.

    Offsets are in the items' whole texts as the text index has them (a comment's begins with its author's name).
    """

    quotes: dict[int, list[Quote]] = field(default_factory=dict)
    quoted: dict[int, list[Quote]] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)


def find_talk(index: TextIndex, stop: Callable[[], bool] = never) -> Talk:
    """Compare the texts of a whole thread, best after `index.build`; in a worker."""
    from rumor_tui.marks.answers import find_answers
    from rumor_tui.marks.quotes import find_quotes

    texts: Sequence[str] = index.plain
    if len(texts) < index.size:
        texts = [index.item_text(item) for item in range(index.size)]
    bodies = [index.body_start(item) for item in range(index.size)]
    cut = [text[start:] for text, start in zip(texts, bodies, strict=True)]
    rest = Pace(stop).rest
    quotes = find_quotes(cut, rest, first_comment=index.first_comment)
    talk = Talk()
    authors = [index.author(row) for row in range(len(index.thread))]
    for answer in find_answers(cut, authors, index.thread.parent, quotes, first_comment=index.first_comment, stop=rest):
        start = bodies[index.first_comment + answer.row]
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
