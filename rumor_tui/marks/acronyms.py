"""Words that are names by their shape: in capitals and no known word, or with capitals inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from rumor_tui.marks.base import Mark
from rumor_tui.marks.name_words import ACRONYMS, STOP, common_words
from rumor_tui.marks.words import CODES, DAYS, MONTHS, listed

WINDOW: Final = 60
"""Characters on each side of a word that tell whether it stands in a headline or in shouting."""

_CRY = re.compile(
    r".{0,8}(.)\1\1.{0,8}|(?:[hj]{1,4}[aei]{1,4}){2,4}h?|l{1,4}(?:o{1,4}l{1,4}){1,4}|b{1,4}r{1,4}u{1,4}h{1,4}"
    r"|a{1,8}w{1,8}|w{1,8}o{1,8}w{1,8}|y{1,8}a{1,8}y{1,8}|lmf?a{1,8}o{1,8}"
).fullmatch
"""Drawn-out cries: AWWW, HAHAHA, LOOOL; of a few letters, as acronyms are."""

_SLANG: Final = frozenset(
    listed("""
        lol omg wtf imo imho afaik iirc fyi btw tl dr tldr ama eli til ftw smh ok pm am pst est gmt utc rip diy faq
        asap vs ps re aka etc ii iii iv vi vii viii ix xi xii rofl lmao idk tbh fwiw ymmv nsfw op ot edit nope yes no
        irl rt dm ff cst pdt mst mdt cdt edt cet cest bst nw ne sw se nnw wnw sse ese ene wsw nne tv tvs cd cds dvd
        pc pcs hq mph kph rpm lmfao rofl xoxo news free new sale warning sold update
        """)
)
"""Words that many write in capitals and that name nothing."""


@lru_cache(maxsize=1)
def _capitals() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@#/$€£.&-])(?:[A-Z]{2,5}|(?:[A-Z]\.){2,6})(?![\w@/]|[.&-]\w)")


@lru_cache(maxsize=1)
def _humps() -> re.Pattern[str]:
    capital, small = r"[A-Z]{1,4}[a-z]{1,24}[A-Z][A-Za-z]{0,24}", r"[a-z]{1,3}[A-Z][A-Za-z]{1,24}"
    return re.compile(rf"(?<![\w@#/$.-])(?:{capital}|{small})(?![\w@/(]|[.]\w)")


@lru_cache(maxsize=1)
def _lines() -> re.Pattern[str]:
    """A word and one letter in capitals, in the middle of a sentence: "that Cayman S"."""
    return re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,24} [A-HJ-Z](?![\w.'’&-])")


def find(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """The acronyms of a text, and its words with capitals inside; `words` are its words as written."""
    for found in _humps().finditer(text):
        if not _glued(found.group()):
            yield Mark(found.start(), found.end(), "name", "name", found.group())
    for found in _lines().finditer(text):
        yield Mark(found.start(), found.end(), "name", "product", found.group())
    common = common_words()
    for found in _capitals().finditer(text):
        raw = found.group()
        base = raw.lower().strip(".")
        if raw not in ACRONYMS and (
            base in common or base in STOP or base in _SLANG or raw in CODES or base in MONTHS or base in DAYS
            or base in words or _CRY(base)
        ):  # fmt: skip
            continue
        if not shouted(text, found.start(), len(raw)):
            yield Mark(found.start(), found.end(), "name", "acronym", raw)


def shouted(text: str, start: int, size: int) -> bool:
    """Whether the letters around a word in capitals are mostly capitals too."""
    before = text[max(0, start - WINDOW) : start].replace("\n", ".").rpartition(".")[2]
    around = before + text[start + size : start + size + WINDOW].replace("\n", ".").partition(".")[0]
    lower = sum(map(str.islower, around))
    return lower < sum(map(str.isupper, around))


def _glued(word: str) -> bool:
    """Whether a word with capitals inside is two common words without a space: "ReplyReport"."""
    parts = re.findall(r"[A-Z]+[a-z]*", word)
    return word[0].isupper() and all(part.lower() in common_words() or part.lower() in STOP for part in parts)
