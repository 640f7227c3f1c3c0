"""The conversation of a thread: what its comments quote, and which replies follow from their texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rumor_tui.columns import LazyColumn
from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply
from rumor_tui.model import Thread
from rumor_tui.row_map import invert
from rumor_tui.search.cooperative import never_stop
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import neutralise_line


@dataclass(frozen=True, slots=True)
class Conversation:
    """Quotes by the quoting item (`quotes`) and by the quoted item (`quoted`), and inferred replies by row (`answers`).

    Offsets are in the items' whole texts in the text index, where a comment begins with its author's name.
    """

    quotes: dict[int, list[Quote]] = field(default_factory=dict)
    quoted: dict[int, list[Quote]] = field(default_factory=dict)
    answers: dict[int, InferredReply] = field(default_factory=dict)


def find_conversation(
    index: TextIndex, stop: Callable[[], bool] = never_stop, longest: int | None = None
) -> Conversation:
    """Compare the texts of a whole thread, each up to `longest` characters, in a worker; builds the index first.

    `stop` is called often, and may sleep. If it stopped the work, the result is incomplete and must not be used.
    """
    from rumor_tui.marks.conversation.quotes import find_quotes
    from rumor_tui.marks.conversation.replies import find_replies

    index.build(stop=stop)
    if not index.ready:
        return Conversation()
    bodies = [index.body_start(item) for item in range(index.size)]

    def body(item: int) -> str:
        start = bodies[item]
        return index.plain[item][start : start + longest if longest is not None else None]

    texts = LazyColumn(body, range(index.size))  # cut when accessed: all at once would take as much memory as the index
    first, thread = index.first_comment, index.thread
    quotes = find_quotes(texts, stop, first_comment=first)
    if thread.is_joined:
        return _arranged(quotes, _replies_within_discussions(thread, texts, quotes, first, stop), bodies, first)
    authors = [index.author(row) for row in range(len(thread))]
    byline = thread.article.byline or ""
    answers = find_replies(texts, authors, thread.parent, quotes, first_comment=first, byline=byline, stop=stop)
    return _arranged(quotes, answers, bodies, first)


def _replies_within_discussions(
    thread: Thread, texts: Sequence[str], quotes: Sequence[Quote], first: int, stop: Callable[[], bool]
) -> list[InferredReply]:
    """The replies of a joined thread, whose rows are in the order of the page: of each discussion as if it were alone.

    A name is that of somebody on the same site, and nobody replies to a comment elsewhere, although quotes of those are
    found. The host of a discussion is who posted it, whose own row is no comment.
    """
    from rumor_tui.discussion_rows import discussion_rows
    from rumor_tui.marks.conversation.replies import find_replies

    answers: list[InferredReply] = []
    for top, end in pairwise([*discussion_rows(thread), len(thread)]):
        start = top + 1
        moved = [
            quote._replace(
                item=quote.item - start, source=quote.source - start if quote.source >= first else quote.source
            )
            for quote in quotes
            if first + start <= quote.item < first + end
            and (quote.source < first or first + start <= quote.source < first + end)
        ]
        found = find_replies(
            LazyColumn(texts.__getitem__, [*range(first), *range(first + start, first + end)]),
            [neutralise_line(author or "") for author in thread.authors[start:end]],
            [above - start if above >= start else -1 for above in thread.parent[start:end]],
            moved,
            first_comment=first,
            byline=neutralise_line(thread.authors[top] or ""),
            stop=stop,
        )
        answers += [answer._replace(row=answer.row + start, to=answer.to + start) for answer in found]
    return answers


class PageOrder(NamedTuple):
    """The thread in the order of its page, and for each row of another order its row there."""

    thread: Thread
    numbers: Sequence[int]


def find_conversation_by_page(
    index: TextIndex, page: PageOrder, stop: Callable[[], bool] = never_stop, longest: int | None = None
) -> Conversation:
    """The result of `find_conversation` for comments in another order than the page's.

    Texts quote and answer what stands before them on the page, so they are compared in that order.
    """
    index.build(stop=stop)
    if not index.ready:
        return Conversation()
    first, by_page = index.first_comment, TextIndex(page.thread)
    by_page.copy_texts(index, invert(page.numbers, len(page.thread)))
    return conversation_in_order(page.numbers, first, find_conversation(by_page, stop, longest))


def conversation_in_order(order: Sequence[int], first_comment: int, conversation: Conversation) -> Conversation:
    """The quotes and replies of a thread for the same thread in another order.

    `order` maps each new row to its row in the order of `conversation`.
    """
    place = invert(order, len(order))

    def item(before: int) -> int:
        return before if before < first_comment else first_comment + place[before - first_comment]

    other = Conversation()
    for before, quotes in conversation.quotes.items():
        moved = [quote._replace(item=item(before), source=item(quote.source)) for quote in quotes]
        other.quotes[item(before)] = moved
        for quote in moved:
            other.quoted.setdefault(quote.source, []).append(quote)
    for quotes in other.quoted.values():
        quotes.sort(key=lambda quote: (quote.item, quote.start))
    for row, answer in conversation.answers.items():
        other.answers[place[row]] = InferredReply(place[row], place[answer.to], *answer[2:])  # 3 times _replace's speed
    return other


def _arranged(
    quotes: Sequence[Quote], answers: Sequence[InferredReply], bodies: Sequence[int], first_comment: int
) -> Conversation:
    """The quotes and replies by item and row, with offsets in the whole texts."""
    conversation = Conversation()
    for answer in answers:
        start = bodies[first_comment + answer.row]
        conversation.answers[answer.row] = answer._replace(start=answer.start + start, end=answer.end + start)
    for quote in quotes:
        here, there = bodies[quote.item], bodies[quote.source]
        moved = quote._replace(
            start=quote.start + here,
            end=quote.end + here,
            source_start=quote.source_start + there,
            source_end=quote.source_end + there,
        )
        conversation.quotes.setdefault(quote.item, []).append(moved)
        conversation.quoted.setdefault(quote.source, []).append(moved)
    return conversation
