"""Number words with capitals that are parts of names: Big Ten, Nine Inch Nails, a project that is called TEN."""

from __future__ import annotations

import re
from functools import lru_cache

from rumor_tui.marks.language import ENGLISH
from rumor_tui.marks.numerals import SORTS
from rumor_tui.marks.units import LABELS, UNITS
from rumor_tui.marks.words import MONEY_WORDS, MONTHS, SCALES

_REACH = 80
"""Characters of a sentence that are looked at on each side."""


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    return re.compile(r"[.!?:]\s|[\n;•]")


def is_named(text: str, start: int, end: int) -> bool:
    """Whether the number word text[start:end] is a part of a name, told by the capitals of its sentence.

    One in capitals is, but for sentences that are all in capitals, and where it stresses what is counted ("TEN years").
    One with a capital is where the words next to it have some too, but for headlines.
    """
    if not text[start].isupper():
        return False
    left = _ends().split(text[max(0, start - _REACH) : start])[-1].split()
    right = _ends().split(text[end : end + _REACH], maxsplit=1)[0].split()
    if end - start > 1 and text[start:end].isupper():
        return _is_mixed(left + right) and not (right and text[end] == " " and _is_counted(right[0]))
    if text[start:end].lower() in SCALES:
        return False
    before = left[-1] if left and text[start - 1] == " " else ""
    after = right if text[end : end + 1] == " " else []
    if _is_headline([*left, *right]) or _is_amount(after):
        return False
    if _opens_name(before):
        return True
    return sum(1 for word in after[:2] if _has_capital(word)) > (not left) and _has_capital(after[0])


def _is_mixed(words: list[str]) -> bool:
    return any(char.islower() for word in words for char in word)


def _is_counted(word: str) -> bool:
    """Whether a word is written small, and is a unit or a noun in the plural."""
    word = word.strip(".,;:!?)\"'")
    return word.islower() and (word in UNITS or word in SORTS or word in MONEY_WORDS or word.endswith("s"))


def _is_amount(words: list[str]) -> bool:
    """Whether an amount goes on: Five Million, Ten Dollars, Two Years; but not Nine Inch Nails."""
    word = words[0].strip(".,;:!?)\"'").lower() if words else ""
    if word in UNITS:
        return not (len(words) > 1 and _has_capital(words[1]))
    return word in SORTS or word in MONEY_WORDS


def _has_capital(word: str) -> bool:
    return word[:1].isupper() and word != "I" and not word.startswith("I'")


def _opens_name(word: str) -> bool:
    """Whether a word before a number word makes it a part of a name, rather than a label or a date of it."""
    lower = word.lower()
    return (
        word.isalpha()
        and _has_capital(word)
        and not (lower in LABELS or lower in MONTHS or lower in SORTS or lower in ENGLISH)
    )


def _is_headline(words: list[str]) -> bool:
    """Whether nearly all longer words have a capital, so that one says nothing."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(1 for word in long if word[0].isupper()) > 0.7 * len(long)
