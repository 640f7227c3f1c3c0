"""Names recognised by their spelling: acronyms, words with inner capitals, and product codes (M3, F30, 1M)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from rumor_tui.marks.data.name_vocabulary import KNOWN_ACRONYMS, STOP_WORDS, common_words
from rumor_tui.marks.data.number_vocabulary import CURRENCY_CODES, DAYS, MONTHS, split_words
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.scanning import ascii_word_start, lazy_pattern, word_before

SHOUT_WINDOW: Final = 60
"""Characters on each side of a word that are checked for a headline or shouting."""

_CRY = re.compile(
    r".{0,8}(.)\1\1.{0,8}|(?:[hj]{1,4}[aei]{1,4}){2,4}h?|l{1,4}(?:o{1,4}l{1,4}){1,4}|b{1,4}r{1,4}u{1,4}h{1,4}"
    r"|a{1,8}w{1,8}|w{1,8}o{1,8}w{1,8}|y{1,8}a{1,8}y{1,8}|lmf?a{1,8}o{1,8}"
).fullmatch
"""Matches drawn-out exclamations, which are as short as acronyms: AWWW, HAHAHA, LOOOL."""

_SLANG: Final = frozenset(
    split_words("""
        lol omg wtf imo imho afaik iirc fyi btw tl dr tldr ama eli til ftw smh ok pm am pst est gmt utc rip diy faq
        asap vs ps re aka etc ii iii iv vi vii viii ix xi xii rofl lmao idk tbh fwiw ymmv nsfw op ot edit nope yes no
        irl rt dm ff cst pdt mst mdt cdt edt cet cest bst nw ne sw se nnw wnw sse ese ene wsw nne tv tvs cd cds dvd
        pc pcs hq mph kph rpm lmfao rofl xoxo news free new sale warning sold update
        """)
)
"""Words that are often written in capitals and name nothing."""

_capitals = lazy_pattern(r"(?<![\w@#/$€£.&-])(?:[A-Z]{2,5}|(?:[A-Z]\.){2,6})(?![\w@/]|[.&-]\w)")


@lru_cache(maxsize=1)
def _inner_capitals() -> re.Pattern[str]:
    capital, small = r"[A-Z]{1,4}[a-z]{1,24}[A-Z][A-Za-z]{0,24}", r"[a-z]{1,3}[A-Z][A-Za-z]{1,24}"
    return re.compile(rf"(?<![\w@#/$.-])(?:{capital}|{small})(?![\w@/(]|[.]\w)")


_model_names = lazy_pattern(r"(?<=[a-z] )[A-Z][a-z]{2,24} [A-HJ-Z](?![\w.'’&-])")
"""A capitalised word and one capital letter in the middle of a sentence: "that Cayman S"."""


def find_acronyms(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """The acronyms of a text, and its words with inner capitals; `words` are its words as written."""
    for match in _inner_capitals().finditer(text):
        if not _is_glued_pair(match.group()):
            yield Mark(match.start(), match.end(), "name", "name", match.group())
    for match in _model_names().finditer(text):
        yield Mark(match.start(), match.end(), "name", "product", match.group())
    for match in _capitals().finditer(text):
        acronym = match.group()
        if acronym not in KNOWN_ACRONYMS and _is_ordinary_word(acronym, words):
            continue
        if not is_shouted(text, match.start(), len(acronym)):
            yield Mark(match.start(), match.end(), "name", "acronym", acronym)


def _is_ordinary_word(acronym: str, words: AbstractSet[str]) -> bool:
    """Whether a word in capitals is a common one, slang, a currency code, or one that the text also has in lower
    case."""
    word = acronym.lower().strip(".")
    if word in common_words() or word in STOP_WORDS or word in _SLANG or word in MONTHS or word in DAYS:
        return True
    return word in words or acronym in CURRENCY_CODES or _CRY(word) is not None


def is_shouted(text: str, start: int, size: int) -> bool:
    """Whether the letters around a word in capitals are mostly capitals too."""
    before = text[max(0, start - SHOUT_WINDOW) : start].replace("\n", ".").rpartition(".")[2]
    around = before + text[start + size : start + size + SHOUT_WINDOW].replace("\n", ".").partition(".")[0]
    lower = sum(map(str.islower, around))
    return lower < sum(map(str.isupper, around))


def _is_glued_pair(word: str) -> bool:
    """Whether a word with inner capitals is two common words without a space: "ReplyReport"."""
    parts = re.findall(r"[A-Z]+[a-z]*", word)
    return word[0].isupper() and all(part.lower() in common_words() or part.lower() in STOP_WORDS for part in parts)


_code_pattern = lazy_pattern(r"[0-9](?:[0-9]{0,3})[A-Za-z]{0,2}(?:['’]s|s)?(?!\w)")

_doubtful_pattern = lazy_pattern(r"(?<![0-9])([0-9]{1,3}[MB])(?:['’]s|s)?(?!\w)")


def find_doubtful_codes(text: str) -> Iterator[tuple[str, bool]]:
    """Each figure with a capital M or B that may be a code, and whether its context proves that it is one."""
    for match in _doubtful_pattern().finditer(text):
        if _code_start(text, match.start()) == match.start():
            yield match[1], _context_proves(text, match.start(), match.end())


def find_codes(text: str, known: AbstractSet[str] = frozenset()) -> list[Mark]:
    """Product codes with a digit: M3, F30, i8, 1M. For a text that has a digit.

    A figure with one capital M or B is a code only if it is `known` as one, or if the text proves it somewhere: with an
    article or a capitalised word before it, or in the plural, as in "the 1M", "BMW 1M" or "3 1Ms". A product line
    ("3 series") is a name too, unless its figure counts.
    """
    marks = list(_product_lines(text))
    unsure: list[Mark] = []
    proved = set(known)
    for match in _code_pattern().finditer(text):
        start, end = match.span()
        begin = _code_start(text, start)
        if begin is None:
            continue
        stem = re.sub(r"['’]?s$", "", text[begin:end])
        is_plural = stem + "s" == text[begin:end]
        mark = Mark(begin, end if is_plural else begin + len(stem), "name", "product", stem)
        if begin < start:
            marks.append(mark)
        elif re.fullmatch(r"[0-9]{1,3}[A-Z]", stem) and stem[-1] not in (_UNITS if len(stem) == 2 else _LARGE_UNITS):
            unsure.append(mark)
            if stem[-1] not in "MB" or _context_proves(text, begin, end):
                proved.add(stem)
    return marks + [mark for mark in unsure if mark.value in proved]


_series_pattern = lazy_pattern(r"(?<![\w.,/:$€£+-])([1-9])[ -][Ss]eries(?!\w| of\b)")


def _product_lines(text: str) -> Iterator[Mark]:
    """Product lines that are named by a figure: "the 3 series"."""
    for match in _series_pattern().finditer(text) if "eries" in text else ():
        if word_before(text, match.start()) not in _COUNTING:
            yield Mark(match.start(), match.end(), "name", "product", f"{match[1]} series")


_COUNTING = frozenset(
    split_words("all first last next these those other past previous only won lost played least most")
)
"""Words before "3 series" that make it a count of series."""

_UNITS = "KTVWCFLNAHX"
_LARGE_UNITS = _UNITS + "GJ"
"""Letters that are units after a figure, and after more than one digit: 16G is an amount, 5G a network."""

_ARTICLES = frozenset(("the", "a", "this", "that", "my", "your", "his", "her", "our"))


def _code_start(text: str, start: int) -> int | None:
    """Where the code whose digits begin at `start` begins; None inside a longer word or a figure."""
    begin = ascii_word_start(text, start, 5)
    before = text[begin - 1] if begin else ""
    if begin == start:
        inside = before in "_-.,:/$€£#@" or (start > 1 and before.isalnum())
        return None if before and inside else start
    letters = text[begin:start]
    if begin == start - 5 or letters in CURRENCY_CODES or (before and (before.isalnum() or before in "_#@/-.=&")):
        return None
    return begin if letters.isupper() or letters == "i" else None


def _context_proves(text: str, start: int, end: int) -> bool:
    """Whether the words around "1M" show that it is the name of a thing."""
    if text[end - 1] == "s":
        return True
    before = text[max(0, start - 24) : start].split()
    last = before[-1] if before and text[start - 1 : start] == " " else ""
    return last.lower() in _ARTICLES or last[:1].isupper()
