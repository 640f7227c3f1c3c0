"""What people say again without quoting each other: greetings, thanks, commonplaces, and comments copied whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from rumor_tui.marks.conversation import mentions
from rumor_tui.marks.conversation.shingles import folded_words
from rumor_tui.marks.data.name_vocabulary import STOP_WORDS, common_words
from rumor_tui.marks.data.number_vocabulary import split_words

MIN_CONTENT_WORDS: Final = 6
"""Different words with a content that a passage needs without a sign of quotation: fewer are said again by chance."""

MIN_SALUTE_WORDS: Final = 12
"""The same for one that begins like a greeting or thanks."""

STANDING_ALONE: Final = (3, 22.0)
"""The same for one that is a paragraph with an answer below it, and how much that has to tell, in bits, unless it
repeats the comment right before."""

MIN_OWN_WORDS: Final = 3
"""Words of its own that a comment has to have beside what it repeats of other comments."""

_SALUTES: Final[frozenset[str]] = frozenset(
    split_words("""
        hi hello hey heya dear hallo hei hej moin servus liebe lieber hola estimado estimada querido querida bonjour
        salut cher chère ciao thanks thank thankyou thx ty cheers danke vielen herzlichen gracias merci grazie congrats
        congratulations welcome
        """)
)
"""First words of greetings and thanks."""

_BRACKETS: Final = frozenset(("[]", "()"))
"""What may stand around the name of whose words a passage is, behind it."""

_MARKS: Final = frozenset("\"“”„«»‘'>|:")
"""What stands before a quotation."""


class Repetition(Protocol):
    """What is asked of a repeated passage."""

    @property
    def item(self) -> int:
        """The item that repeats."""
        ...

    @property
    def source(self) -> int:
        """The item that is repeated."""
        ...

    @property
    def start(self) -> int:
        """Where the passage starts in the text of `item`."""
        ...

    @property
    def end(self) -> int:
        """Where it ends there."""
        ...


Q = TypeVar("Q", bound=Repetition)


def filter_quotes(texts: Sequence[str], quotes: Sequence[Q], first_comment: int = 0) -> list[Q]:
    """The quotes of one text but for those that nobody meant as such, in their order.

    One stays that has a sign of quotation or says enough, and with it what else is repeated of the same text.
    """
    plain = [quote for quote in quotes if not _is_signed(texts[quote.item], quote.start)]
    if plain and _is_copied(texts, quotes, plain, first_comment):
        quotes = [quote for quote in quotes if quote not in plain or quote.source < first_comment]
        plain = [quote for quote in plain if quote.source < first_comment]
    doubtful = {quote for quote in plain if not _says_enough(texts[quote.item], quote)}
    meant = {quote.source for quote in quotes if quote not in doubtful}
    return [quote for quote in quotes if quote not in doubtful or quote.source in meant]


def is_salutation(words: Sequence[str]) -> bool:
    """Whether words begin like a greeting or thanks."""
    return bool(words) and words[0] in _SALUTES


def _is_signed(text: str, start: int) -> bool:
    """Whether a passage stands behind a quotation mark, an angle, or dots, or below the words that tell whose it is."""
    before = text[max(0, start - 200) : start].rstrip(" \t\n*_([")
    if before.endswith(("…", "..")):
        return True
    return before[-1:] in _MARKS or mentions.is_attributed(text, start)


def _is_copied(
    texts: Sequence[str], quotes: Sequence[Repetition], plain: Sequence[Repetition], first_comment: int
) -> bool:
    """Whether a comment says next to nothing but what other comments say, which it does not quote: posted twice."""
    text = texts[plain[0].item]
    if any(_stands_alone(text, quote.start, quote.end) for quote in plain):
        return False
    taken = sum(len(folded_words(text[q.start : q.end])) for q in quotes if q.source >= first_comment)
    return len(folded_words(text)) - taken < MIN_OWN_WORDS


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a passage is lines of its own with words below it, as a quotation with an answer is."""
    before, (line, _, below) = text[:start].rstrip(" \t*_(…."), text[end:].partition("\n")
    ends = not any(map(str.isalnum, line)) or line.lstrip(' .!?…”"')[:1] + line.rstrip()[-1:] in _BRACKETS
    return before[-1:] in ("", "\n") and ends and any(map(str.isalnum, below))


def _says_enough(text: str, quote: Repetition) -> bool:
    """Whether a passage tells more than people say again without knowing of each other."""
    words = folded_words(text[quote.start : quote.end])
    content = {
        word for word in words if word not in STOP_WORDS and (len(word) > 2 or not word.isascii() or word.isdecimal())
    }
    if is_salutation(words):
        return len(content) >= MIN_SALUTE_WORDS
    if len(content) >= MIN_CONTENT_WORDS:
        return True
    least, bits = STANDING_ALONE
    tells = quote.source == quote.item - 1 or information_bits(words) >= bits
    return len(content) >= least and tells and _stands_alone(text, quote.start, quote.end)


def information_bits(words: Iterable[str]) -> float:
    """How much words tell, in bits, roughly: little for those that every text has, more for long and rare ones."""
    common = common_words()
    return sum(_bits(word, common) for word in set(words))


def _bits(word: str, common: frozenset[str]) -> float:
    if word in STOP_WORDS:
        return 2.0
    if len(word) == 1:
        return 2.0 if word.isascii() else 4.0
    return min(1.5 * len(word), 7.0 if word in common else 12.0)
