"""Queries that are looked for as they are typed, give or take quotes, dashes, space and broken typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from operator import methodcaller
from typing import Final

from rumor_tui.search.base import Count, Find
from rumor_tui.search.typography import spellings, straighten
from rumor_tui.text import fold, mend, neutralise

# Space in a query stands for a run of space with at most one newline in it, so that a match may run over the end
# of a line but not from one block into the next. Possessive: a run is never tried in more than one way.
_GAP: Final = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?|\n[^\S\n]*+)"


def compile_literal(typed: str, sensitive: bool, word: bool) -> tuple[Find, Count, str, str]:
    """Functions that find and count a text that is not blank: in folded text, or in plain text if `sensitive`.

    The third value is what all matches are, letter by letter, where that is one string, and else ""; the fourth is a
    stretch that all of them hold, "" where there is none for sure.
    """
    typed = neutralise(typed)
    # A text dump is shown mended, another source as it stands: both spellings of the query are looked for.
    straight = straighten if sensitive else fold
    forms = list(dict.fromkeys(straight(form) for form in (mend(typed), typed)))
    elastic = sensitive and not spellings().keys().isdisjoint(forms[0])
    if word or elastic or len(forms) > 1 or any(map(str.isspace, forms[0])):
        # Mending only takes space away, so the longest word of the mended form alone might be two words in the other.
        part = _certain(forms[0], sensitive) if len(forms) == 1 else ""
        return *_by_pattern(forms, sensitive, word, part), "", part
    return partial(_find_needle, forms[0]), methodcaller("count", forms[0]), forms[0], forms[0]


def _find_needle(needle: str, text: str) -> Iterator[tuple[int, int]]:
    """The places that `text.count(needle)` counts."""
    size, at = len(needle), text.find(needle)
    while at >= 0:
        yield at, at + size
        at = text.find(needle, at + size)


def _by_pattern(forms: list[str], sensitive: bool, word: bool, needle: str) -> tuple[Find, Count]:
    """Find and count any of some spellings, after a quick look for what every match certainly holds."""
    pattern = re.compile("|".join(_form_pattern(form, sensitive, word) for form in forms))
    findall, finditer = pattern.findall, pattern.finditer

    def find(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in finditer(text)) if needle in text else iter(())

    def count(text: str) -> int:
        return len(findall(text)) if needle in text else 0

    return find, count


def _certain(form: str, sensitive: bool) -> str:
    """The longest stretch of a spelling that stands in every match exactly as it is."""
    parts = re.split(f"[{re.escape(''.join(spellings()))}]", form) if sensitive else [form]
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
    return r"\s" * form[0].isspace() + _GAP.join(words) + r"\s" * form[-1].isspace()


def _escaped(char: str, sensitive: bool) -> str:
    if sensitive and char in spellings():
        return f"[{re.escape(spellings()[char])}]"
    return re.escape(char)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
