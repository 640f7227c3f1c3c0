"""Drops repeated passages that are no quotes: greetings, thanks, common phrases, and comments that were posted
twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from rumor_tui.marks.conversation.mentions import is_attributed
from rumor_tui.marks.conversation.quote_evidence import Quote, information_bits
from rumor_tui.marks.conversation.shingles import folded_words
from rumor_tui.marks.data.name_vocabulary import STOP_WORDS
from rumor_tui.marks.data.number_vocabulary import split_words

MIN_CONTENT_WORDS: Final = 6
"""Distinct content words that a passage without signs of quotation needs: fewer are repeated by chance."""

MIN_SALUTE_WORDS: Final = 12
"""The same for a passage that begins like a greeting or thanks."""

STANDING_ALONE: Final = (3, 22.0)
"""The same for a paragraph with an answer below it, and its information in bits unless it repeats the comment right
before."""

MIN_OWN_WORDS: Final = 3
"""Words of its own that a comment needs besides what it repeats of other comments."""

_SALUTES: Final[frozenset[str]] = frozenset(
    split_words("""
        hi hello hey heya dear hallo hei hej moin servus liebe lieber hola estimado estimada querido querida bonjour
        salut cher chère ciao thanks thank thankyou thx ty cheers danke vielen herzlichen gracias merci grazie congrats
        congratulations welcome
        """)
)
"""First words of greetings and thanks."""

_BRACKETS: Final = frozenset(("[]", "()"))
"""Brackets around the name of the author of a passage, after it."""

_MARKS: Final = frozenset("\"“”„«»‘'>|:")
"""What stands before a quotation."""


def filter_quotes(texts: Sequence[str], quotes: Sequence[Quote], first_comment: int = 0) -> list[Quote]:
    """The quotes of one text that are meant as such, in their order.

    Those with a sign of quotation or enough content stay, and with them whatever else is repeated of the same source.
    """
    unmarked = {quote for quote in quotes if not _is_marked(texts[quote.item], quote.start)}
    if unmarked and _is_copy(texts, quotes, unmarked, first_comment):
        quotes = [quote for quote in quotes if quote not in unmarked or quote.source < first_comment]
    meant = {quote.source for quote in quotes if quote not in unmarked or _has_content(texts[quote.item], quote)}
    return [quote for quote in quotes if quote not in unmarked or quote.source in meant]


def is_salutation(words: Sequence[str]) -> bool:
    """Whether words begin like a greeting or thanks."""
    return bool(words) and words[0] in _SALUTES


def _is_marked(text: str, start: int) -> bool:
    """Whether a passage follows a quotation mark, an angle bracket, dots or an attribution."""
    before = text[max(0, start - 200) : start].rstrip(" \t\n*_([")
    if before.endswith(("…", "..")):
        return True
    return before[-1:] in _MARKS or is_attributed(text, start)


def _is_copy(texts: Sequence[str], quotes: Sequence[Quote], unmarked: Collection[Quote], first_comment: int) -> bool:
    """Whether a comment has hardly any words besides those of other comments, and does not quote them: posted twice."""
    text = texts[quotes[0].item]
    if any(_stands_alone(text, quote.start, quote.end) for quote in unmarked):
        return False
    taken = sum(len(folded_words(text[q.start : q.end])) for q in quotes if q.source >= first_comment)
    return len(folded_words(text)) - taken < MIN_OWN_WORDS


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a passage has its own lines with words below, like a quotation with an answer."""
    before, (line, _, below) = text[:start].rstrip(" \t*_(…."), text[end:].partition("\n")
    ends = not any(map(str.isalnum, line)) or line.lstrip(' .!?…”"')[:1] + line.rstrip()[-1:] in _BRACKETS
    return before[-1:] in ("", "\n") and ends and any(map(str.isalnum, below))


def _has_content(text: str, quote: Quote) -> bool:
    """Whether a passage has more content than people repeat without knowing of each other."""
    words = folded_words(text[quote.start : quote.end])
    content = len(set(filter(_is_content_word, words)))
    if is_salutation(words):
        return content >= MIN_SALUTE_WORDS
    if content >= MIN_CONTENT_WORDS:
        return True
    least, bits = STANDING_ALONE
    is_specific = quote.source == quote.item - 1 or information_bits(words) >= bits
    return content >= least and is_specific and _stands_alone(text, quote.start, quote.end)


def _is_content_word(word: str) -> bool:
    return word not in STOP_WORDS and (len(word) > 2 or not word.isascii() or word.isdecimal())
