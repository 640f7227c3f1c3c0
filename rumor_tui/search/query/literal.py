"""Queries that are searched as they are typed, tolerant of quotes, dashes, spaces and broken typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from operator import methodcaller
from typing import Final

from rumor_tui.search.query.query import CountMatches, FindSpans
from rumor_tui.text import fold, mend, neutralise


@cache
def plain_by_variant() -> dict[str, str]:
    """Each quote, dash or space that `fold` makes plain -> its plain form."""
    from rumor_tui.text import fold

    chars = "".join(map(chr, range(0x80, 0xD800)))
    return {char: to for char, to in zip(chars, fold(chars), strict=True) if char.lower() != to and not to.isalpha()}


@cache
def variants_by_plain() -> dict[str, str]:
    """Each plain quote, dash or space -> all characters that `fold` makes into it, and itself."""
    found: dict[str, str] = {}
    for char, to in plain_by_variant().items():
        found[to] = found.get(to, to) + char
    return found


@cache
def _variant_pattern(before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}([{re.escape(''.join(plain_by_variant()))}])")


def straighten_typography(text: str) -> str:
    """The text with plain quotes, dashes and spaces, in the case that it has and exactly as long."""
    if text.isascii():
        return text
    table = plain_by_variant()
    return _variant_pattern().sub(lambda match: table[match[0]], text)


def straighten_expression(pattern: str) -> str:
    """The same for a regular expression, in which what was changed stands escaped ("[a–z]" makes no range)."""
    table = plain_by_variant()
    return _variant_pattern(r"\\?").sub(lambda match: "\\" + table[match[1]], pattern)


# Space in a query stands for a run of space with at most one newline in it, so that a match may run over the end
# of a line but not from one block into the next. Possessive: a run is never tried in more than one way.
_SPACE_GAP: Final = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?|\n[^\S\n]*+)"


def compile_literal(typed: str, sensitive: bool, word: bool) -> tuple[FindSpans, CountMatches, str]:
    """Functions that find and count a text that is not blank: in folded text, or in plain text if `sensitive`.

    The third value is what all matches are, letter by letter, where that is one string, and else "".
    """
    typed = neutralise(typed)
    # A text dump is shown mended, another source as it stands: both spellings of the query are looked for.
    straight = straighten_typography if sensitive else fold
    forms = list(dict.fromkeys(straight(form) for form in (mend(typed), typed)))
    elastic = sensitive and not variants_by_plain().keys().isdisjoint(forms[0])
    if word or elastic or len(forms) > 1 or any(map(str.isspace, forms[0])):
        return *_by_pattern(forms, sensitive, word), ""
    return partial(_find_needle, forms[0]), methodcaller("count", forms[0]), forms[0]


def _find_needle(needle: str, text: str) -> Iterator[tuple[int, int]]:
    """The places that `text.count(needle)` counts."""
    size, at = len(needle), text.find(needle)
    while at >= 0:
        yield at, at + size
        at = text.find(needle, at + size)


def _by_pattern(forms: list[str], sensitive: bool, word: bool) -> tuple[FindSpans, CountMatches]:
    """Find and count any of some spellings, after a quick look for what the first one certainly holds."""
    pattern = re.compile("|".join(_form_pattern(form, sensitive, word) for form in forms))
    # Mending only takes space away, so the longest word of the mended form alone might be two words in the other.
    needle = _certain_word(forms[0], sensitive) if len(forms) == 1 else ""
    findall, finditer = pattern.findall, pattern.finditer

    def find(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in finditer(text)) if needle in text else iter(())

    def count(text: str) -> int:
        return len(findall(text)) if needle in text else 0

    return find, count


def _certain_word(form: str, sensitive: bool) -> str:
    """The longest stretch of a spelling that stands in every match exactly as it is."""
    parts = re.split(f"[{re.escape(''.join(variants_by_plain()))}]", form) if sensitive else [form]
    return max((word for part in parts for word in part.split()), key=len, default="")


def _form_pattern(form: str, sensitive: bool, word: bool) -> str:
    """The expression of one spelling: exact text, elastic gaps, and boundaries where an edge is a word's."""
    words = ["".join(_escaped(char, sensitive) for char in part) for part in form.split()]
    if word and _is_word(form[0]):
        # Behind the word rather than before it: `re` then still skips to the word's own letters (5 times as fast).
        words[0] += rf"(?<!\w{words[0]})"
    if word and _is_word(form[-1]):
        words[-1] += r"(?!\w)"
    # One character of space is enough at the edges, and cannot be tried in many ways along a long run.
    return r"\s" * form[0].isspace() + _SPACE_GAP.join(words) + r"\s" * form[-1].isspace()


def _escaped(char: str, sensitive: bool) -> str:
    if sensitive and char in variants_by_plain():
        return f"[{re.escape(variants_by_plain()[char])}]"
    return re.escape(char)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
