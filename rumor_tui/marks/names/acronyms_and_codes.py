"""Names recognised by their spelling: acronyms, words with inner capitals, and product codes (M3, F30, 1M)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from rumor_tui.marks.data.number_vocabulary import CURRENCY_CODES, DAYS, MONTHS, split_words
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.name_words import KNOWN_ACRONYMS, STOP_WORDS, common_words
from rumor_tui.marks.scanning import word_before

SHOUT_WINDOW: Final = 60
"""Characters on each side of a word that tell whether it stands in a headline or in shouting."""

_CRY = re.compile(
    r".{0,8}(.)\1\1.{0,8}|(?:[hj]{1,4}[aei]{1,4}){2,4}h?|l{1,4}(?:o{1,4}l{1,4}){1,4}|b{1,4}r{1,4}u{1,4}h{1,4}"
    r"|a{1,8}w{1,8}|w{1,8}o{1,8}w{1,8}|y{1,8}a{1,8}y{1,8}|lmf?a{1,8}o{1,8}"
).fullmatch
"""Drawn-out cries: AWWW, HAHAHA, LOOOL; of a few letters, as acronyms are."""

_SLANG: Final = frozenset(
    split_words("""
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
def _inner_capitals() -> re.Pattern[str]:
    capital, small = r"[A-Z]{1,4}[a-z]{1,24}[A-Z][A-Za-z]{0,24}", r"[a-z]{1,3}[A-Z][A-Za-z]{1,24}"
    return re.compile(rf"(?<![\w@#/$.-])(?:{capital}|{small})(?![\w@/(]|[.]\w)")


@lru_cache(maxsize=1)
def _model_names() -> re.Pattern[str]:
    """A word and one letter in capitals, in the middle of a sentence: "that Cayman S"."""
    return re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,24} [A-HJ-Z](?![\w.'’&-])")


def find_acronyms(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """The acronyms of a text, and its words with capitals inside; `words` are its words as written."""
    for found in _inner_capitals().finditer(text):
        if not _is_glued_pair(found.group()):
            yield Mark(found.start(), found.end(), "name", "name", found.group())
    for found in _model_names().finditer(text):
        yield Mark(found.start(), found.end(), "name", "product", found.group())
    common = common_words()
    for found in _capitals().finditer(text):
        raw = found.group()
        base = raw.lower().strip(".")
        if raw not in KNOWN_ACRONYMS and (
            base in common or base in STOP_WORDS or base in _SLANG or raw in CURRENCY_CODES or base in MONTHS
            or base in DAYS or base in words or _CRY(base)
        ):  # fmt: skip
            continue
        if not is_shouted(text, found.start(), len(raw)):
            yield Mark(found.start(), found.end(), "name", "acronym", raw)


def is_shouted(text: str, start: int, size: int) -> bool:
    """Whether the letters around a word in capitals are mostly capitals too."""
    before = text[max(0, start - SHOUT_WINDOW) : start].replace("\n", ".").rpartition(".")[2]
    around = before + text[start + size : start + size + SHOUT_WINDOW].replace("\n", ".").partition(".")[0]
    lower = sum(map(str.islower, around))
    return lower < sum(map(str.isupper, around))


def _is_glued_pair(word: str) -> bool:
    """Whether a word with capitals inside is two common words without a space: "ReplyReport"."""
    parts = re.findall(r"[A-Z]+[a-z]*", word)
    return word[0].isupper() and all(part.lower() in common_words() or part.lower() in STOP_WORDS for part in parts)


@lru_cache(maxsize=1)
def _code_pattern() -> re.Pattern[str]:
    return re.compile(r"[0-9](?:[0-9]{0,3})[A-Za-z]{0,2}(?:['’]s|s)?(?!\w)")


@lru_cache(maxsize=1)
def _doubtful_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])([0-9]{1,3}[MB])(?:['’]s|s)?(?!\w)")


def find_doubtful_codes(text: str) -> Iterator[tuple[str, bool]]:
    """Each figure with a capital M or B that may be a code, and whether the words around it show that it is one."""
    for found in _doubtful_pattern().finditer(text):
        if _code_start(text, found.start()) == found.start():
            yield found[1], _proves(text, found.start(), found.end())


def find_codes(text: str, known: AbstractSet[str] = frozenset()) -> list[Mark]:
    """Product codes with a digit: M3, F30, i8, 1M. For a text that has a digit.

    A figure with one capital M or B is a code only where it is `known` for one, or the text treats it so somewhere:
    with an article or a capitalised word before it, or in the plural, as in "the 1M", "BMW 1M" or "3 1Ms". So is a
    line of products, "3 series", unless that counts.
    """
    marks = list(_product_lines(text))
    unsure: list[Mark] = []
    proved = set(known)
    for found in _code_pattern().finditer(text):
        start = found.start()
        begin = _code_start(text, start)
        if begin is None:
            continue
        stem = re.sub(r"['’]?s$", "", text[begin : found.end()])
        mark = Mark(
            begin,
            found.end() if stem + "s" == text[begin : found.end()] else begin + len(stem),
            "name",
            "product",
            stem,
        )
        if begin < start:
            marks.append(mark)
        elif re.fullmatch(r"[0-9]{1,3}[A-Z]", stem) and stem[-1] not in (_UNITS if len(stem) == 2 else _LARGE_UNITS):
            unsure.append(mark)
            if stem[-1] not in "MB" or _proves(text, begin, found.end()):
                proved.add(stem)
    return marks + [mark for mark in unsure if mark.value in proved]


@lru_cache(maxsize=1)
def _series_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/:$€£+-])([1-9])[ -][Ss]eries(?!\w| of\b)")


def _product_lines(text: str) -> Iterator[Mark]:
    """Lines of products that a figure names: "the 3 series"."""
    for found in _series_pattern().finditer(text) if "eries" in text else ():
        if word_before(text, found.start()) not in _COUNTING:
            yield Mark(found.start(), found.end(), "name", "product", f"{found[1]} series")


_COUNTING = frozenset(
    split_words("all first last next these those other past previous only won lost played least most")
)
"""Words before "3 series" by which it is a number of them."""

_UNITS = "KTVWCFLNAHX"
_LARGE_UNITS = _UNITS + "GJ"
"""Letters that are units behind a figure; the second behind more than one digit: 16G is an amount, 5G a network."""


def _code_start(text: str, start: int) -> int | None:
    """Where a code begins whose digits begin at `start`; None inside a longer word or a figure."""
    begin = start
    while begin and begin > start - 5 and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1
    if begin == start:
        hyphen = text[start - 2 : start] if start > 1 else ""
        return start if not start or (text[start - 1] not in "_-.,:/$€£#@" and not hyphen[-1:].isalnum()) else None
    letters = text[begin:start]
    if (
        begin == start - 5
        or letters in CURRENCY_CODES
        or (begin and (text[begin - 1].isalnum() or text[begin - 1] in "_#@/-.=&"))
    ):
        return None
    return begin if letters.isupper() or letters == "i" else None


def _proves(text: str, start: int, end: int) -> bool:
    """Whether the words around "1M" show that it is the name of a thing."""
    if text[end - 1] == "s":
        return True
    before = text[max(0, start - 24) : start].split()
    last = before[-1] if before and text[start - 1 : start] == " " else ""
    return last.lower() in ("the", "a", "this", "that", "my", "your", "his", "her", "our") or last[:1].isupper()
