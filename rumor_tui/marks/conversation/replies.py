"""Who answers whom where the page does not say: told by @mentions, names at the start of a text, and quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from rumor_tui.marks.conversation import mentions
from rumor_tui.marks.conversation.mentions import Addressee, AddressForm
from rumor_tui.marks.conversation.participants import Participants
from rumor_tui.marks.conversation.quote_filter import information_bits, is_salutation
from rumor_tui.marks.conversation.quotes import Quote, count_quote_edges
from rumor_tui.marks.conversation.shingles import folded_words
from rumor_tui.text import fold

ReplyEvidence = Literal["mention", "name", "quote"]


class InferredReply(NamedTuple):
    """Comment `row` answers comment `to`, an earlier row, as the stretch `start` to `end` of its text shows.

    `confidence` is between 0 and 1: how often an answer that is told like this one was right on labelled threads.
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
"""What each way of addressing counts as, and how often it was right on labelled threads."""

PHRASE_CONFIDENCE: Final = 0.8
"""How often the writer of a few quoted words was the one answered."""

QUOTE_CONFIDENCE: Final = 0.97
"""How often the writer of a quoted comment was the one answered."""

_HEAD: Final = 20_000
"""Characters of a comment in which it may say whom it speaks to."""

_TOLD: Final = 25.0
"""How much a quotation has to tell to be evidence alone; see `information_bits`."""

_OWN: Final = 3
"""Words of its own that a comment has to have beside what it quotes."""

_REPOST: Final = 60
"""Words up to which a comment that is nearly all somebody else's is taken for a copy and not for a quotation."""

_PHRASE: Final = 14.0
"""How much a few words have to tell that are set off as a quotation."""

_NEAR: Final = 30
"""Comments above one in which such words are looked for."""

_LOOKED_AT: Final = 30
"""Comments of one person that are searched for a few quoted words."""

_WORDS: Final = 10
"""Words of a quotation that are looked for."""

_NESTED: Final = 0.25
"""The share of comments with a parent from which on a thread is taken for one whose page tells who answers whom."""

_SALUTES: Final[frozenset[AddressForm]] = frozenset(("greeted", "vocative"))
"""How the writer of an article is spoken to by those who answer nobody else."""

_HOST: Final = (3, 2)
"""How many answers the host of a page gives at least, and how many for each one of the next who answers most."""


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
    """The answers that the texts themselves tell of, ordered by row, at most one a row.

    `texts` are the thread's items in reading order, of which the comments' are those from `first_comment` on (row 0);
    a quote's items are theirs. A row whose parent the page tells (`parents[row] >= 0`) is left alone where it answers
    that parent anyway. Whoever greets the article's author, whom `byline` names, mostly speaks of the article.
    """
    thread = _Thread(texts, authors, quotes, first_comment)
    thread.learn(parents, byline)
    found: list[InferredReply] = []
    for row in range(len(texts) - first_comment):
        if stop():
            break
        answer = thread.answer(row) if parents[row] < 0 else thread.other_answer(row, parents)
        if answer:
            found.append(answer)
    return found


class _Thread:
    """What is known of a thread while its rows are looked at one by one."""

    def __init__(
        self, texts: Sequence[str], authors: Sequence[str], quotes: Sequence[Quote], first_comment: int
    ) -> None:
        self._texts, self._first = texts, first_comment
        self._people = Participants(authors)
        self._nested = False
        self._hosts: set[int] = set()
        self._folded: Callable[[int], str] = lru_cache(4 * _NEAR)(lambda item: fold(texts[item]))
        self._quotes: dict[int, list[Quote]] = {}
        for quote in quotes:
            self._quotes.setdefault(quote.item - first_comment, []).append(quote)

    def learn(self, parents: Sequence[int], byline: str) -> None:
        """Take in whether the page tells who answers whom, and who its author is: who signs it, or who answers most."""
        people = self._people
        answering = [row for row, parent in enumerate(parents) if parent >= 0]
        self._nested = len(answering) >= _NESTED * max(1, len(parents))
        signed = people.called(byline, 0, len(people.persons)) if byline else None
        if signed:
            self._hosts.add(signed.person)
        if self._nested:
            most = Counter(people.persons[row] for row in answering if people.persons[row] >= 0).most_common(2)
            least, times = _HOST
            if most and most[0][1] >= max(least, times * sum(count for _, count in most[1:])):
                self._hosts.add(most[0][0])

    def _text(self, row: int) -> str:
        return self._texts[self._first + row][:_HEAD]

    def answer(self, row: int) -> InferredReply | None:
        """Whom a row answers whose parent the page does not tell."""
        quotes = self._quotes.get(row, [])
        elsewhere: set[int] = set()
        for address in mentions.find_addressees(self._text(row), row, self._people):
            if address.call.person in elsewhere:
                continue
            answer = self._addressed(row, address, quotes)
            if answer and self._counts(address, answer):
                return answer
            if address.how == "wrote":  # in the article, or on another page: no comment that is here
                elsewhere.add(address.call.person)
        answer = self._quoting(row, quotes)
        return answer if answer or self._nested else self._repeating(row) or self._pointing(row)

    def _counts(self, address: Addressee, answer: InferredReply) -> bool:
        """Whether a comment that speaks to somebody answers a comment of theirs.

        Where the page tells who answers whom, what it has at its top level speaks to the article, but for a quote or a
        plain mention. Elsewhere, too, a greeting of the article's author is one of the article, unless the author
        spoke just before.
        """
        if answer.evidence == "quote":
            return True
        is_host = address.call.person in self._hosts
        if self._nested:
            return address.how == "at start" and not is_host
        return not is_host or address.how not in _SALUTES or answer.to == answer.row - 1

    def other_answer(self, row: int, parents: Sequence[int]) -> InferredReply | None:
        """Whom a row plainly answers who is not the writer of its parent."""
        text = self._text(row)
        if "@" not in text[:4]:
            return None
        people = self._people
        address = next(mentions.find_addressees(text, row, people), None)
        if address is None or address.how != "at start" or address.call.person == people.persons[parents[row]]:
            return None
        answer = self._addressed(row, address, [])
        return answer if answer and _root(parents, answer.to) == _root(parents, row) else None

    def _addressed(self, row: int, address: Addressee, quotes: list[Quote]) -> InferredReply | None:
        """The comment that a row answers if it speaks to a person so."""
        call, people = address.call, self._people
        if call.person == people.persons[row]:
            return None
        said = [q for q in quotes if q.source >= self._first and people.persons[q.source - self._first] == call.person]
        if said:
            quote = max(said, key=lambda q: q.source)
            return InferredReply(row, quote.source - self._first, "quote", QUOTE_CONFIDENCE, quote.start, quote.end)
        evidence, confidence = FORM_CONFIDENCE[address.how]
        to = people.last_row(call.person, row)
        if address.how == "wrote":
            to = self._said_by(call.person, row, call.end, quotes)
        return None if to is None else InferredReply(row, to, evidence, confidence, call.start, call.end)

    def _said_by(self, person: int, row: int, end: int, quotes: list[Quote]) -> int | None:
        """The comment of a person whose words stand behind the place at which a text ascribes them to that person."""
        text = self._text(row)
        if any(q.source < self._first and 0 <= q.start - end < 80 for q in quotes):
            return None
        words = folded_words(text[end : end + 400].partition("\n")[2].lstrip("\n").partition("\n")[0])[:_WORDS]
        if not words:
            words = folded_words(text[end : end + 400])[1 : _WORDS + 1]
        for count, said in enumerate(self._people.rows_before(person, row)):
            if count == _LOOKED_AT:
                break
            if _holds(folded_words(self._text(said)), words):
                return said
        return None

    def _quoting(self, row: int, quotes: list[Quote]) -> InferredReply | None:
        """Whom a row answers by what it quotes: of a quote within a quote, the one who quotes."""
        persons, first = self._people.persons, self._first
        others = [
            q
            for q in quotes
            if q.source >= first
            and (persons[q.source - first] != persons[row] or persons[row] < 0)
            and self._is_evidence(row, q)
        ]
        if not others or self._is_copy(row, others):
            return None
        chosen = others[0]
        for quote in others[1:]:
            if any(inner.source == chosen.source for inner in self._quotes.get(quote.source - first, ())):
                chosen = quote
        return InferredReply(row, chosen.source - first, "quote", QUOTE_CONFIDENCE, chosen.start, chosen.end)

    def _is_copy(self, row: int, quotes: list[Quote]) -> bool:
        """Whether a comment says next to nothing of its own: posted twice, or somebody else's passed off as new."""
        text = self._texts[self._first + row]
        taken = sum(len(folded_words(text[quote.start : quote.end])) for quote in quotes)
        own = len(folded_words(text)) - taken
        return own < _OWN or own * 4 < taken < _REPOST

    def _is_evidence(self, row: int, quote: Quote) -> bool:
        """Whether a quotation that nobody is named with is one: set off, prose, telling, and its writer's own words."""
        text = self._texts[self._first + row]
        said = text[quote.start : quote.end]
        return (
            count_quote_edges(text, quote.start, quote.end) == 2
            and _is_prose(said)
            and information_bits(folded_words(said)) >= _TOLD
            and not mentions.is_attributed(self._texts[quote.source], quote.source_start)
        )

    def _repeating(self, row: int) -> InferredReply | None:
        """Whom a row answers by a few words, set off as a quotation, that one comment just above has, and no other."""
        people, text = self._people.persons, self._text(row)
        for start, end in mentions.find_quoted_phrases(text):
            said = fold(text[start:end])
            words = folded_words(said)
            if information_bits(words) < _PHRASE or is_salutation(words) or not _is_prose(said):
                continue
            if any(said in self._folded(item) for item in range(self._first)):
                continue
            near = [at for at in range(max(0, row - _NEAR), row) if said in self._folded(self._first + at)]
            if len(near) == 1 and people[near[0]] != people[row]:
                return InferredReply(row, near[0], "quote", PHRASE_CONFIDENCE, start, end)
        return None

    def _pointing(self, row: int) -> InferredReply | None:
        """The comment that a row points at, by its number or with an arrow."""
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


def _is_prose(said: str) -> bool:
    """Whether most of a passage is words and not code, figures or addresses."""
    pieces = said.split()
    plain = sum(piece.strip(_STOPS).replace("-", "").replace("’", "").replace("'", "").isalpha() for piece in pieces)
    return plain > 0.75 * len(pieces)


_STOPS: Final = ".,;:!?()'\"“”‘’„«»…*_–—-"


def _holds(words: list[str], wanted: list[str]) -> bool:
    """Whether a text has some words in a row."""
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
