"""Who replies to whom where the page does not say: inferred from @mentions, names at the start of a text, and
quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from rumor_tui.marks.conversation import mentions
from rumor_tui.marks.conversation.mentions import Addressee, AddressForm
from rumor_tui.marks.conversation.participants import Participants
from rumor_tui.marks.conversation.quote_evidence import Quote, count_quote_edges, information_bits
from rumor_tui.marks.conversation.quote_filter import is_salutation
from rumor_tui.marks.conversation.shingles import folded_words
from rumor_tui.text import fold

ReplyEvidence = Literal["mention", "name", "quote"]


class InferredReply(NamedTuple):
    """Comment `row` replies to comment `to`, an earlier row, as `start` to `end` of its text shows.

    `confidence`, from 0 to 1, is how often replies with such evidence were right on labelled threads.
    """

    row: int
    to: int
    evidence: ReplyEvidence
    confidence: float
    start: int
    end: int


FORM_CONFIDENCE: Final[Mapping[AddressForm, tuple[ReplyEvidence, float]]] = MappingProxyType(
    {
        "wrote": ("quote", 0.95),
        "at start": ("mention", 0.85),
        "at": ("mention", 0.85),
        "named": ("name", 0.88),
        "greeted": ("name", 0.88),
        "near": ("name", 0.9),
        "bare": ("name", 0.9),
        "line": ("name", 0.9),
        "agreed": ("name", 0.9),
        "vocative": ("name", 0.9),
        "number": ("mention", 0.7),
        "above": ("mention", 0.8),
    }
)
"""The evidence and the confidence of each form of address, measured on labelled threads."""

PHRASE_CONFIDENCE: Final = 0.8
"""The confidence for a few quoted words."""

QUOTE_CONFIDENCE: Final = 0.97
"""The confidence for a quoted passage."""

_HEAD_CHARS: Final = 20_000
"""Characters of a comment that are searched for the people it addresses."""

_MIN_QUOTE_BITS: Final = 25.0
"""The information that a quotation needs to be evidence alone; see `information_bits`."""

_MIN_OWN_WORDS: Final = 3
"""Words of its own that a comment needs besides what it quotes."""

_REPOST_WORDS: Final = 60
"""A comment of fewer words that is nearly all somebody else's is a copy rather than a quotation."""

_MIN_PHRASE_BITS: Final = 14.0
"""The information that a few words need that are set off as a quotation."""

_PHRASE_REACH: Final = 30
"""Comments above one in which such words are searched."""

_MAX_SEARCHED: Final = 30
"""Comments of one person that are searched for a few quoted words."""

_SEARCHED_WORDS: Final = 10
"""Words of a quotation that are searched."""

_NESTED_SHARE: Final = 0.25
"""The share of comments with a parent from which on the page is taken to say who replies to whom."""

_SALUTATIONS: Final[frozenset[AddressForm]] = frozenset(("greeted", "vocative"))
"""How those address the author of an article who reply to nobody else."""

_HOST_REPLIES: Final = (3, 2)
"""The host of a page gives at least so many replies, and so many times as many as the next most active person."""


def find_replies(
    texts: Sequence[str],
    authors: Sequence[str],
    parents: Sequence[int],
    quotes: Sequence[Quote],
    *,
    first_comment: int,
    byline: str = "",
    stop: Callable[[], bool] = lambda: False,
) -> list[InferredReply]:
    """The replies that follow from the texts, ordered by row, at most one per row.

    `texts` are the thread's items in reading order; the comments are those from `first_comment` (row 0) on, and quotes
    refer to items. A row whose page gives a parent (`parents[row] >= 0`) is left alone if it replies to that parent.
    Those who greet the article's author, named in `byline`, mostly speak of the article.
    """
    thread = _Thread(texts, authors, quotes, first_comment)
    thread.learn(parents, byline)
    replies: list[InferredReply] = []
    for row in range(len(texts) - first_comment):
        if stop():
            break
        reply = thread.infer(row) if parents[row] < 0 else thread.infer_other(row, parents)
        if reply:
            replies.append(reply)
    return replies


class _Thread:
    """A thread whose replies are inferred row by row."""

    def __init__(
        self, texts: Sequence[str], authors: Sequence[str], quotes: Sequence[Quote], first_comment: int
    ) -> None:
        self._texts, self._first = texts, first_comment
        self._people = Participants(authors)
        self._nested = False
        """Whether the page says who replies to whom."""
        self._hosts: set[int] = set()
        self._folded: Callable[[int], str] = lru_cache(4 * _PHRASE_REACH)(lambda item: fold(texts[item]))
        self._quotes: dict[int, list[Quote]] = {}
        for quote in quotes:
            self._quotes.setdefault(quote.item - first_comment, []).append(quote)

    def learn(self, parents: Sequence[int], byline: str) -> None:
        """Find out whether the page says who replies to whom, and who its hosts are: its author, or who replies
        most."""
        people = self._people
        replying = [row for row, parent in enumerate(parents) if parent >= 0]
        self._nested = len(replying) >= _NESTED_SHARE * max(1, len(parents))
        author = people.mention_at(byline, 0, len(people.persons)) if byline else None
        if author:
            self._hosts.add(author.person)
        if self._nested:
            counts = Counter(people.persons[row] for row in replying if people.persons[row] >= 0).most_common(2)
            least, times = _HOST_REPLIES
            if counts and counts[0][1] >= max(least, times * sum(count for _, count in counts[1:])):
                self._hosts.add(counts[0][0])

    def _text(self, row: int) -> str:
        return self._texts[self._first + row][:_HEAD_CHARS]

    def infer(self, row: int) -> InferredReply | None:
        """The reply that a row without a parent on the page is."""
        quotes = self._quotes.get(row, [])
        elsewhere: set[int] = set()
        for addressee in mentions.find_addressees(self._text(row), row, self._people):
            if addressee.mention.person in elsewhere:
                continue
            reply = self._to_addressee(row, addressee, quotes)
            if reply and self._counts(addressee, reply):
                return reply
            if addressee.form == "wrote":  # in the article or on another page: in no comment here
                elsewhere.add(addressee.mention.person)
        reply = self._to_quoted(row, quotes)
        return reply if reply or self._nested else self._to_repeated(row) or self._to_pointed(row)

    def _counts(self, addressee: Addressee, reply: InferredReply) -> bool:
        """Whether a comment that addresses somebody replies to a comment of theirs.

        If the page says who replies to whom, its top-level comments reply to the article, except for quotes and plain
        mentions. Elsewhere a greeting of the article's author speaks of the article, unless the author wrote the
        comment just before.
        """
        if reply.evidence == "quote":
            return True
        is_host = addressee.mention.person in self._hosts
        if self._nested:
            return addressee.form == "at start" and not is_host
        return not is_host or addressee.form not in _SALUTATIONS or reply.to == reply.row - 1

    def infer_other(self, row: int, parents: Sequence[int]) -> InferredReply | None:
        """The reply of a row that clearly addresses somebody else than the writer of its parent, in the same branch."""
        text = self._text(row)
        if "@" not in text[:4]:
            return None
        people = self._people
        addressee = next(mentions.find_addressees(text, row, people), None)
        if addressee is None or addressee.form != "at start":
            return None
        if addressee.mention.person == people.persons[parents[row]]:
            return None
        reply = self._to_addressee(row, addressee, [])
        return reply if reply and _root(parents, reply.to) == _root(parents, row) else None

    def _to_addressee(self, row: int, addressee: Addressee, quotes: list[Quote]) -> InferredReply | None:
        """The reply to the comment of a person whom a row addresses: one that it quotes, or their last one."""
        mention, people = addressee.mention, self._people
        if mention.person == people.persons[row]:
            return None
        quoted = [
            q for q in quotes if q.source >= self._first and people.persons[q.source - self._first] == mention.person
        ]
        if quoted:
            return self._quote_reply(row, max(quoted, key=lambda q: q.source))
        evidence, confidence = FORM_CONFIDENCE[addressee.form]
        if addressee.form == "wrote":
            to = self._source_of_attribution(mention.person, row, mention.end, quotes)
        else:
            to = people.last_row(mention.person, row)
        return None if to is None else InferredReply(row, to, evidence, confidence, mention.start, mention.end)

    def _quote_reply(self, row: int, quote: Quote) -> InferredReply:
        return InferredReply(row, quote.source - self._first, "quote", QUOTE_CONFIDENCE, quote.start, quote.end)

    def _source_of_attribution(self, person: int, row: int, end: int, quotes: list[Quote]) -> int | None:
        """The comment of a person that has the words after position `end`, where a text attributes them to that
        person."""
        if any(q.source < self._first and 0 <= q.start - end < 80 for q in quotes):
            return None
        text = self._text(row)[end : end + 400]
        words = folded_words(text.partition("\n")[2].lstrip("\n").partition("\n")[0])[:_SEARCHED_WORDS]
        if not words:
            words = folded_words(text)[1 : _SEARCHED_WORDS + 1]
        for source in islice(self._people.rows_before(person, row), _MAX_SEARCHED):
            if _has_sequence(folded_words(self._text(source)), words):
                return source
        return None

    def _to_quoted(self, row: int, quotes: list[Quote]) -> InferredReply | None:
        """The reply to the comment that a row quotes; for a quote within a quote, to the outer one."""
        others = [quote for quote in quotes if self._is_evidence(row, quote)]
        if not others or self._is_copy(row, others):
            return None
        chosen = others[0]
        for quote in others[1:]:
            if any(inner.source == chosen.source for inner in self._quotes.get(quote.source - self._first, ())):
                chosen = quote
        return self._quote_reply(row, chosen)

    def _is_copy(self, row: int, quotes: list[Quote]) -> bool:
        """Whether a comment has hardly any words of its own: posted twice, or somebody else's passed off as new."""
        text = self._texts[self._first + row]
        taken = sum(len(folded_words(text[quote.start : quote.end])) for quote in quotes)
        own = len(folded_words(text)) - taken
        return own < _MIN_OWN_WORDS or own * 4 < taken < _REPOST_WORDS

    def _is_evidence(self, row: int, quote: Quote) -> bool:
        """Whether a quotation without a name is one of another comment: set off, prose, and its writer's own words."""
        persons, source = self._people.persons, quote.source - self._first
        if source < 0 or (persons[source] == persons[row] and persons[row] >= 0):
            return False
        text = self._texts[self._first + row]
        passage = text[quote.start : quote.end]
        return (
            count_quote_edges(text, quote.start, quote.end) == 2
            and _is_prose(passage)
            and information_bits(folded_words(passage)) >= _MIN_QUOTE_BITS
            and not mentions.is_attributed(self._texts[quote.source], quote.source_start)
        )

    def _to_repeated(self, row: int) -> InferredReply | None:
        """The reply to the only comment just above that has a few words which the row sets off as a quotation."""
        text = self._text(row)
        for start, end in mentions.find_quoted_phrases(text):
            phrase = fold(text[start:end])
            source = self._only_source(row, phrase) if _may_be_quoted(phrase) else None
            if source is not None and self._people.persons[source] != self._people.persons[row]:
                return InferredReply(row, source, "quote", PHRASE_CONFIDENCE, start, end)
        return None

    def _only_source(self, row: int, phrase: str) -> int | None:
        """The only one of the comments just above that has a phrase; None if the article has it too."""
        if any(phrase in self._folded(item) for item in range(self._first)):
            return None
        rows = range(max(0, row - _PHRASE_REACH), row)
        sources = [above for above in rows if phrase in self._folded(self._first + above)]
        return sources[0] if len(sources) == 1 else None

    def _to_pointed(self, row: int) -> InferredReply | None:
        """The reply to the comment to which a row points, by its number or with an arrow."""
        text, persons = self._text(row), self._people.persons
        end = mentions.leading_arrow_length(text)
        if end and row and persons[row - 1] != persons[row]:
            evidence, confidence = FORM_CONFIDENCE["above"]
            return InferredReply(row, row - 1, evidence, confidence, 0, end)
        for number, start, end in mentions.find_comment_numbers(text):
            if 0 < number <= row and persons[number - 1] != persons[row]:
                evidence, confidence = FORM_CONFIDENCE["number"]
                return InferredReply(row, number - 1, evidence, confidence, start, end)
        return None


def _may_be_quoted(phrase: str) -> bool:
    """Whether a folded phrase is prose with enough information to be a quotation."""
    words = folded_words(phrase)
    return information_bits(words) >= _MIN_PHRASE_BITS and not is_salutation(words) and _is_prose(phrase)


def _is_prose(passage: str) -> bool:
    """Whether a passage is mostly words rather than code, figures or addresses."""
    pieces = passage.split()
    plain = sum(piece.strip(_STOPS).replace("-", "").replace("’", "").replace("'", "").isalpha() for piece in pieces)
    return plain > 0.75 * len(pieces)


_STOPS: Final = ".,;:!?()'\"“”‘’„«»…*_–—-"


def _has_sequence(words: list[str], wanted: list[str]) -> bool:
    """Whether a list of words has some words in a row."""
    if not wanted:
        return False
    size, at = len(wanted), -1
    for _ in range(words.count(wanted[0])):
        at = words.index(wanted[0], at + 1)
        if words[at : at + size] == wanted:
            return True
    return False


def _root(parents: Sequence[int], row: int) -> int:
    """The top-level row above a row, or the row itself."""
    while parents[row] >= 0:
        row = parents[row]
    return row
