"""The matcher of a text or a regular expression.

A text is searched as it is typed, tolerant of quotes, dashes, spaces and broken typography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from operator import methodcaller
from typing import Final

from rumor_tui.search.query.query import CountMatches, FindSpans, Matcher, Query, QueryError
from rumor_tui.text import fold, mend, neutralise

MAX_QUERY: Final = 10_000
"""The longest query in characters; compiling an expression of this length takes up to 0.1 s."""

_NOT_LITERAL: Final = re.compile(
    r"\\(?:[pP]\{[^}]*\}|[NL][{<][^}>]*[}>]|[xuU][0-9A-Fa-f]+|.)"  # escapes
    r"|\(\?(?:P?<[^\W\d]\w*>|P[=>]\w+|&\w+|[A-Za-z0-9]+[:)-])|\[:[^]]*:\]",  # names of groups and sets, flags
    re.DOTALL,
)


def compile_matcher(query: Query) -> Matcher:
    """The matcher of a query's text as it stands, or as a regular expression; a blank query matches nothing.

    Raises QueryError for an invalid expression and for a query beyond `MAX_QUERY` characters.
    """
    check_length(query)
    if query.blank or not (query.regex or neutralise(query.text).strip()):  # what is invisible stands in no text
        return Matcher(query, folded=True, prepare=fold, find=lambda text: iter(()), count=lambda text: 0)
    return _regex_matcher(query) if query.regex else _literal_matcher(query)


def check_length(query: Query) -> None:
    """Raise QueryError for a query beyond `MAX_QUERY` characters."""
    if len(query.text) > MAX_QUERY:
        raise QueryError(f"The search is longer than {MAX_QUERY:,} characters.", MAX_QUERY)


def is_case_sensitive(query: Query) -> bool:
    """Whether upper and lower case differ for this query."""
    if query.case != "smart":
        return query.case == "sensitive"
    # The capitals of \W, \p{Lu} or (?P<Name>…) are not typed to be found.
    return any(map(str.isupper, _NOT_LITERAL.sub("", query.text) if query.regex else query.text))


def _literal_matcher(query: Query) -> Matcher:
    sensitive = is_case_sensitive(query)
    find, count, needle, part = compile_literal(query.text, sensitive, query.word)
    return Matcher(query, not sensitive, _unchanged if sensitive else fold, find, count, needle=needle, part=part)


def _unchanged(text: str) -> str:
    return text


def _regex_matcher(query: Query) -> Matcher:
    from rumor_tui.search.query.expressions import compile_expression

    sensitive = is_case_sensitive(query)
    expression = compile_expression(straighten_expression(neutralise(query.text)), sensitive, query.word)
    return Matcher(query, not sensitive, straighten_typography if sensitive else fold, *expression)


# Text as it is typed


@cache
def plain_by_variant() -> dict[str, str]:
    """Maps each quote, dash or space that `fold` simplifies to its plain form."""
    chars = "".join(map(chr, range(0x80, 0xD800)))
    return {char: to for char, to in zip(chars, fold(chars), strict=True) if char.lower() != to and not to.isalpha()}


@cache
def variants_by_plain() -> dict[str, str]:
    """Maps each plain quote, dash or space to all characters that `fold` turns into it, and itself."""
    variants: dict[str, str] = {}
    for char, plain in plain_by_variant().items():
        variants[plain] = variants.get(plain, plain) + char
    return variants


@cache
def _variant_pattern(before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}([{re.escape(''.join(plain_by_variant()))}])")


def straighten_typography(text: str) -> str:
    """The text with plain quotes, dashes and spaces, in its own case and of the same length: `fold` without lower
    case."""
    if text.isascii():
        return text
    table = plain_by_variant()
    return _variant_pattern().sub(lambda match: table[match[0]], text)


def straighten_expression(pattern: str) -> str:
    """The same for a regular expression; changed characters are escaped, so that "[a–z]" does not become a range."""
    table = plain_by_variant()
    return _variant_pattern(r"\\?").sub(lambda match: "\\" + table[match[1]], pattern)


# Space in a query matches a run of space with at most one newline, so that a match may continue on the next line but
# not in the next block. Possessive: a run is never tried in more than one way.
_SPACE_GAP: Final = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?|\n[^\S\n]*+)"


def compile_literal(typed: str, sensitive: bool, word: bool) -> tuple[FindSpans, CountMatches, str, str]:
    """Functions that find and count a text that is not blank, in folded text or, if `sensitive`, in plain text.

    The third value is the text of every match, if it is always the same, else ""; the fourth is a part that every match
    contains, "" if none is certain.
    """
    typed = neutralise(typed)
    # Text dumps are shown with repaired typography, other sources as they are: both spellings are searched.
    straight = straighten_typography if sensitive else fold
    forms = list(dict.fromkeys(straight(form) for form in (mend(typed), typed)))
    elastic = sensitive and not variants_by_plain().keys().isdisjoint(forms[0])
    if word or elastic or len(forms) > 1 or any(map(str.isspace, forms[0])):
        # Repair only removes space, so the longest word of the repaired form might be two words in the other.
        part = _certain_word(forms[0], sensitive) if len(forms) == 1 else ""
        return *_by_pattern(forms, sensitive, word, part), "", part
    return partial(_find_needle, forms[0]), methodcaller("count", forms[0]), forms[0], forms[0]


def _find_needle(needle: str, text: str) -> Iterator[tuple[int, int]]:
    """The occurrences that `text.count(needle)` counts."""
    size, at = len(needle), text.find(needle)
    while at >= 0:
        yield at, at + size
        at = text.find(needle, at + size)


def _by_pattern(forms: list[str], sensitive: bool, word: bool, needle: str) -> tuple[FindSpans, CountMatches]:
    """Find and count any of some spellings, after a quick search for a word that every match has."""
    pattern = re.compile("|".join(_form_pattern(form, sensitive, word) for form in forms))
    findall, finditer = pattern.findall, pattern.finditer

    def find(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in finditer(text)) if needle in text else iter(())

    def count(text: str) -> int:
        return len(findall(text)) if needle in text else 0

    return find, count


def _certain_word(form: str, sensitive: bool) -> str:
    """The longest part of a spelling that is in every match exactly as it is."""
    parts = re.split(f"[{re.escape(''.join(variants_by_plain()))}]", form) if sensitive else [form]
    return max((word for part in parts for word in part.split()), key=len, default="")


def _form_pattern(form: str, sensitive: bool, word: bool) -> str:
    """The pattern of one spelling: exact text, elastic gaps, and word boundaries if asked for."""
    words = ["".join(_escaped(char, sensitive) for char in part) for part in form.split()]
    if word and _is_word(form[0]):
        # After the word rather than before it: `re` can then still skip to the word's own letters (5 times as fast).
        words[0] += rf"(?<!\w{words[0]})"
    if word and _is_word(form[-1]):
        words[-1] += r"(?!\w)"
    # One character of space is enough at the edges, and is not tried in many ways along a long run.
    return r"\s" * form[0].isspace() + _SPACE_GAP.join(words) + r"\s" * form[-1].isspace()


def _escaped(char: str, sensitive: bool) -> str:
    if sensitive and char in variants_by_plain():
        return f"[{re.escape(variants_by_plain()[char])}]"
    return re.escape(char)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
