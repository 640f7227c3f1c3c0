"""Quotes and answers, looked up by item and put into words: what is repeated where, and who answers whom.

Items are counted as the search index does (title, pieces, comments); offsets are in their whole texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.labels import plural
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Span
from rumor_tui.search.index.texts import TextIndex

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.quotes import Quote
    from rumor_tui.marks.conversation.replies import InferredReply
    from rumor_tui.search.index.conversation import Conversation


class Said(NamedTuple):
    """A passage that is repeated from elsewhere, and whose words it is."""

    start: int
    end: int
    source: int
    author: str


class Passage(NamedTuple):
    """A passage that is repeated, where such passages overlap as one: by what, and by which items in reading order."""

    start: int
    end: int
    quotes: Sequence[Quote]
    items: Sequence[int]


class ThreadQuotes:
    """What is known of quotes and answers, nothing at first.

    `numbers`, where there are some, are the comments' rows in page order.
    """

    def __init__(
        self, index: TextIndex, conversation: Conversation | None = None, numbers: Sequence[int] | None = None
    ) -> None:
        self.take(index, conversation, numbers)

    def take(self, index: TextIndex, conversation: Conversation | None, numbers: Sequence[int] | None) -> None:
        """Know this from now on."""
        self.index = index
        self.conversation = conversation
        self.numbers = numbers
        self._passages: dict[int, list[Passage]] = {}

    def state(self, item: int) -> bool:
        """Whether anything of this is to be seen in an item, which it is as soon as it is known."""
        conversation = self.conversation
        return conversation is not None and (
            item in conversation.quotes
            or item in conversation.quoted
            or item - self.index.first_comment in conversation.answers
        )

    def answer(self, row: int) -> InferredReply | None:
        """Whom a comment answers, where its text tells."""
        return self.conversation.answers.get(row) if self.conversation is not None else None

    def quotes(self, item: int) -> Sequence[Quote]:
        """The passages of an item that repeat something."""
        return self.conversation.quotes.get(item, ()) if self.conversation is not None else ()

    def said(self, item: int) -> list[Said]:
        """The same, with whose words they are."""
        return sorted(Said(q.start, q.end, q.source, self.name(q.source)) for q in self.quotes(item))

    def spans(self, item: int) -> list[Span]:
        """The same, as they are painted."""
        return [Span(quote.start, quote.end, "quote") for quote in self.quotes(item)]

    def passages(self, item: int) -> list[Passage]:
        """The passages of an item that something repeats, in their order and apart from each other."""
        if self.conversation is None or item not in self.conversation.quoted:
            return []
        if item not in self._passages:
            self._passages[item] = _passages(self.conversation.quoted[item])
        return self._passages[item]

    def passage_of(self, quote: Quote) -> Passage:
        """The passage that a quote repeats."""
        return next(p for p in self.passages(quote.source) if p.start <= quote.source_start < p.end)

    # In words

    def number(self, item: int) -> str:
        """A comment's number as its header has it; "" in the article."""
        row = item - self.index.first_comment
        return "" if row < 0 else f"#{(self.numbers[row] if self.numbers is not None else row) + 1}"

    def name(self, item: int) -> str:
        """Who wrote an item."""
        row = item - self.index.first_comment
        return "the article" if row < 0 else self.index.author(row) or UNSIGNED

    def title(self, item: int) -> str:
        """Who wrote an item, and which one it is."""
        return f"{self.name(item)} {self.number(item)}".rstrip()

    def evidence(self, answer: InferredReply) -> str:
        """What tells that a comment answers another: by quote, by name: “Gabe,”, by @mention: “@Gabe”."""
        item = self.index.first_comment + answer.row
        words = " ".join(self.index.item_text(item)[answer.start : answer.end][:60].split())
        how = {"quote": "by quote", "name": "by name", "mention": "by @mention"}[answer.evidence]
        return how if answer.evidence == "quote" or not words else f"{how}: “{words}”"

    def answer_words(self, answer: InferredReply) -> str:
        """A line that says whom a comment likely answers, how that shows and how sure it is."""
        to = self.title(self.index.first_comment + answer.to)
        return f"likely answers {to}, {self.evidence(answer)} ({round(100 * answer.confidence)} % sure)"


def _passages(quotes: Sequence[Quote]) -> list[Passage]:
    groups: list[list[Quote]] = []
    end = -1
    for quote in sorted(quotes, key=lambda q: (q.source_start, q.source_end)):
        if quote.source_start >= end:
            groups.append([])
        groups[-1].append(quote)
        end = max(end, quote.source_end)
    return [
        Passage(
            group[0].source_start,
            max(quote.source_end for quote in group),
            sorted(group, key=lambda quote: (quote.item, quote.start)),
            sorted({quote.item for quote in group}),
        )
        for group in groups
    ]


def repeated_words(passage: Passage) -> str:
    """How often a passage is repeated, in words."""
    return f"repeated in {plural(len(passage.items), 'comment')}"
