"""Names in a text: capitalised sequences, acronyms, product codes, and the people of a discussion.

One pattern finds each run of capitalised words; what stands at its edges is then judged by tables and by the
text itself (the same word in lower case elsewhere, the line it stands in).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.base import Mark, places
from rumor_tui.marks.name_words import (
    ACRONYMS,
    CONNECTORS,
    KNOWN,
    NAME_STARTS,
    NATIONALITIES,
    PRODUCT_LINES,
    STOP,
    TITLES,
    common_words,
)
from rumor_tui.marks.words import CODES, DAYS, MONTHS

WINDOW = 60
"""Characters on each side of a word that tell whether it stands in a headline or in shouting."""

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ԯḀ-῿Ⴀ-Ⴥ"
_WORD = r"\w*+(?:['’&-]\w++)*+"
_CALENDAR = frozenset([*DAYS, *MONTHS])


class Patterns(NamedTuple):
    """The compiled patterns, made when the first text is read."""

    run: re.Pattern[str]
    token: re.Pattern[str]
    code: re.Pattern[str]
    number: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Every pattern of this module, compiled once."""
    widths = sorted({len(title) for title in TITLES})
    titles = "|".join(rf"(?<=\b(?:{'|'.join(t for t in TITLES if len(t) == width)}))" for width in widths)
    links = "|".join(sorted(CONNECTORS, key=len, reverse=True))
    follow = rf"(?:[{_UPPER}]|\d{{1,3}}[A-Z]|i[A-Z0-9]){_WORD}"
    gap = rf"(?:(?:(?<=[\s.(][A-HJ-Z])|(?<=^[A-HJ-Z])|{titles})\.)?[ ]{{1,2}}(?:(?:{links})[ ])?"
    return Patterns(
        run=re.compile(rf"[{_UPPER}](?:(?:\.[A-Z])++\.?|{_WORD})(?:{gap}{follow}){{0,11}}+"),
        token=re.compile(rf"(?:[A-Z]\.){{2,}}|[^\W_]{_WORD}|&"),
        number=re.compile(r"[ ]{1,2}\d{1,4}[A-Za-z]{0,2}(?![\w%]|[.,:]\d)"),
        code=re.compile(r"[0-9](?:[0-9]{0,3})[A-Za-z]{0,2}(?:['’]s|s)?(?!\w)"),
    )


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    """The words of `STOP` as they stand in a text, so that most runs are dropped by one look-up."""
    curly = {word.replace("'", "’") for word in STOP}
    return frozenset(form for word in STOP | curly for form in (word, word.capitalize(), word.upper())) - ACRONYMS


class Scene(NamedTuple):
    """What a word is judged by: the text, its words as written, and the words that are mostly no names."""

    text: str
    words: AbstractSet[str]
    common: frozenset[str]


def find(text: str, words: AbstractSet[str]) -> list[Mark]:
    """The names of a text in order of their start. `words` are its words as written."""
    never, scene = _never(), Scene(text, words, common_words())
    marks: list[Mark] = []
    for found in patterns().run.finditer(text):
        raw = found.group()
        if raw in never:
            continue
        start = found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_#@/"):
            mark = _inside(text, start, found.end())
            if mark:
                marks.append(mark)
        elif " " in raw:
            marks += _sequence(scene, start, raw)
        elif _single(scene, start, raw):
            marks.append(_mark(start, raw))
    if not words.isdisjoint(KNOWN):
        marks += _known(text, words & KNOWN)
    return [_numbered(text, mark) for mark in marks]


def _numbered(text: str, mark: Mark) -> Mark:
    """A product line with the number that belongs to it: "iPhone 12", "Windows 10"."""
    if mark.value.rpartition(" ")[2].lower() not in PRODUCT_LINES:
        return mark
    number = patterns().number.match(text, mark.end)
    if number is None:
        return mark
    return Mark(mark.start, number.end(), "name", "product", mark.value + number.group().replace("  ", " "))


def _mark(start: int, raw: str) -> Mark:
    """The mark of a name whose edges are settled, without a possessive ending."""
    raw = raw.rstrip("-&’'")
    name = raw[:-2] if raw[-2:] in ("'s", "’s", "'S", "’S") else raw
    value = name[:-1] if name[-1:] == "s" and name[:-1].isupper() and len(name) > 2 and " " not in name else name
    return Mark(start, start + len(name), "name", _type(value), value)


def _type(name: str) -> str:
    last = name.rpartition(" ")[2]
    if not last.isalpha() and any(map(str.isdigit, last)):
        return "product"
    if name.lower() in PRODUCT_LINES or (last[:1] == "i" and last[1:2].isupper()):
        return "product"
    if not (name.isupper() or "." in name):
        return "name"
    letters = name.replace(".", "").replace("&", "")
    return "acronym" if letters.isupper() and len(letters) <= 6 and " " not in name else "name"


def _base(word: str) -> str:
    """A word as the tables hold it: lower case, straight apostrophe, no possessive ending."""
    lower = word.lower().replace("’", "'")
    return lower[:-2] if lower.endswith("'s") else lower


def _single(scene: Scene, start: int, raw: str) -> bool:
    """Whether one capitalised word, alone, is a name."""
    text, words, common = scene
    base = _base(raw)
    if base in STOP or base in _CALENDAR or base in NATIONALITIES or not raw[0].isupper():
        return raw in ACRONYMS
    if len(raw) < 2 or _CRY(base):
        return False
    if raw.isupper():
        return _acronym(text, start, raw, base, common)
    if base in common:
        return False
    if "-" in base and all(part in common or part in STOP for part in base.split("-")):
        return False
    if not (base in words or _ADVERB(base) or _inflected(base, common)):
        return True
    return not _opens(text, start)


def _inflected(base: str, common: frozenset[str]) -> bool:
    """Whether a word is a form of a common word: a plural, a past tense, a comparative."""
    for ending in ("s", "d", "es", "ed", "er", "ly", "est", "ing"):
        if base.endswith(ending):
            stem = base[: -len(ending)]
            if len(stem) > 2 and (stem in common or stem + "e" in common):
                return True
    return False


_ADVERB = re.compile(r".{3,}(?:ally|ely|ently|antly|ingly|ously|fully|edly|ably|ibly|ively|less)|.{4,}ing").fullmatch
"""What opens a sentence and looks like an adverb or a participle is not taken for a name."""

_CRY = re.compile(r".*?(.)\1\1.*|(?:[hj]+[aei]+){2,}h?|l+(?:o+l+)+|b+r+u+h+|a+w+|w+o+w+|y+a+y+|(?:lmf?a+o+)").fullmatch
"""Drawn-out cries: Awww, Hahaha, LOOOL."""


def _acronym(text: str, start: int, raw: str, base: str, common: frozenset[str]) -> bool:
    """Whether a word in capitals is an acronym rather than a shouted word."""
    if raw in ACRONYMS:
        return not _shouted(text, start, len(raw))
    return base not in common and not _shouted(text, start, len(raw))


def _shouted(text: str, start: int, size: int) -> bool:
    """Whether the letters around a word in capitals are mostly capitals too."""
    before = text[max(0, start - WINDOW) : start].replace("\n", ".").rpartition(".")[2]
    around = before + text[start + size : start + size + WINDOW].replace("\n", ".").partition(".")[0]
    lower = sum(map(str.islower, around))
    return lower < sum(map(str.isupper, around))


def _opens(text: str, start: int) -> bool:
    """Whether a word stands at the start of a sentence, a line, a quotation or a list item."""
    before = text[max(0, start - 4) : start].rstrip(" \"'“‘([*_")
    return not before or before[-1] in ".!?:;\n\r…•>|)]-–—~»❝\t"


class Token(NamedTuple):
    """One word of a run: where it stands in the run, and the word as the tables hold it."""

    start: int
    end: int
    base: str


def _sequence(scene: Scene, start: int, raw: str) -> Iterator[Mark]:
    """The names in a run of several capitalised words, which a word that is never in a name parts."""
    text, _, common = scene
    bases = raw.lower().split()
    if raw.replace(" ", "").isalpha() and _EDGES.isdisjoint(bases) and common.isdisjoint(bases):
        yield _mark(start, raw)
        return
    headline = _headline(text, start, len(raw))
    opens = _opens(text, start)
    part: list[Token] = []
    for found in patterns().token.finditer(raw):
        word = found.group()
        token = Token(found.start(), found.end(), _base(word))
        if _parts(word, token, headline, common) and not (word in TITLES and not part and token.end < len(raw)):
            yield from _piece(scene, start, part, opens or headline, headline)
            part, opens = [], False
        else:
            part.append(token)
            if _owner(word):
                yield from _piece(scene, start, part, opens, headline)
                part, opens = [], False
    yield from _piece(scene, start, part, opens, headline)


def _owner(word: str) -> bool:
    """Whether a word is an acronym with a possessive ending, whose name ends there: "BMW's UK HQ"."""
    return word[-2:] in ("'s", "’s") and len(word) > 3 and word[:-2].isupper()


def _parts(word: str, token: Token, headline: bool, common: frozenset[str]) -> bool:
    """Whether a word in a run belongs to no name: a function word, a shouted word, a common word in a headline."""
    if word in ACRONYMS or not word[0].isupper():
        return False
    if token.base in STOP:
        return True
    if token.base not in common:
        return False
    return (word.isupper() and len(word) > 1) or (headline and token.base not in NAME_STARTS)


def _headline(text: str, start: int, size: int) -> bool:
    """Whether most of the words on a run's line, as far as the window reaches, have capitals."""
    before = text[max(0, start - WINDOW) : start].rpartition("\n")[2]
    after = text[start + size : start + size + WINDOW].partition("\n")[0]
    if size > 2 * WINDOW:
        return True
    others = [word[0] for word in (before + " " + after).split() if word[0].isalpha()]
    if not others:
        return text[start : start + size].count(" ") > 2
    return len(others) > 2 and sum(map(str.isupper, others)) > 0.6 * len(others)


def _piece(scene: Scene, origin: int, part: list[Token], opens: bool, headline: bool) -> Iterator[Mark]:
    """The name in one part of a run, after weak words at its edges are taken off."""
    text, _, common = scene
    first, last = 0, len(part)
    while first < last and (part[first].base in _LINKS or _weak(part[first].base, last - first, opens, common)):
        first += 1
        opens = False
    while (
        first < last
        and part[last - 1].base in _EDGES
        and text[origin + part[last - 1].start : origin + part[last - 1].end] not in ACRONYMS
    ):
        last -= 1
    if first == last:
        return
    if last - first == 1:
        start, end = origin + part[first].start, origin + part[first].end
        raw = text[start:end]
        if _CODE(raw) or _single(scene, start, raw):
            yield _mark(start, raw)
    elif not _plain(part[first:last], headline or opens, common):
        yield from _parted(text, origin, part[first:last])


def _plain(part: list[Token], strict: bool, common: frozenset[str]) -> bool:
    """Whether all the words of a part are common ones; unless `strict`, one that often begins a name saves it."""
    if not strict and part[0].base in NAME_STARTS:
        return False
    return all(base in common or base in _LINKS for _, _, base in part)


def _parted(text: str, origin: int, part: list[Token]) -> Iterator[Mark]:
    """A name of several words; a product code at an edge stands alone ("BMW" and "M3"), but "Galaxy S8" does not."""
    first, last = part[0], part[-1]
    if _CODE(text[origin + first.start : origin + first.end]):
        yield _mark(origin + first.start, text[origin + first.start : origin + first.end])
        part = part[1:]
    if part[1:] and part[-2].base not in PRODUCT_LINES and _CODE(text[origin + last.start : origin + last.end]):
        yield _mark(origin + last.start, text[origin + last.start : origin + last.end])
        part = part[:-1]
    yield _mark(origin + part[0].start, text[origin + part[0].start : origin + part[-1].end])


_LINKS = frozenset(word for link in CONNECTORS for word in link.split())
_EDGES = _LINKS | _CALENDAR | STOP


def _weak(base: str, size: int, opens: bool, common: frozenset[str]) -> bool:
    """Whether the first word of a part is only capitalised for its place, or is a date."""
    return base in _CALENDAR or (opens and base in common and not (base in NAME_STARTS and size > 1))


def _inside(text: str, start: int, end: int) -> Mark | None:
    """A name whose first capital stands inside a word: iPhone, eBay, 1M; nothing for a handle, tag or path."""
    begin = start
    while begin and begin > start - 4 and text[begin - 1].isalnum():
        begin -= 1
    before = text[begin - 1 : begin] if begin else ""
    if begin == start or begin == start - 4 or before.isalnum() or (before and before in "_#@/"):
        return None
    raw = text[begin:end]
    if raw[0].isdigit() or raw.lower() in STOP:
        return None
    return _mark(begin, raw)


def _known(text: str, words: AbstractSet[str]) -> Iterator[Mark]:
    """Well-known names that are written without a capital."""
    for start, word in places(text, words):
        if text[start - 1 : start] not in ("@", "#", "/", ".", "-", "_"):
            yield _mark(start, word)


def codes(text: str) -> list[Mark]:
    """Product codes with a digit: M3, F30, i8, 1M. For a text that has a digit.

    A figure with one capital K, M, B or T is a code only where the text treats it so somewhere: with an
    article, a capitalised word or nothing countable around it, as in "the 1M", "BMW 1M" or "3 1Ms".
    """
    marks: list[Mark] = []
    doubtful: list[Mark] = []
    proved: set[str] = set()
    for found in patterns().code.finditer(text):
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
        elif re.fullmatch(r"\d{1,3}[A-Z]", stem) and stem[-1] not in _UNIT_LETTERS:
            doubtful.append(mark)
            if stem[-1] not in "MB" or _proves(text, begin, found.end()):
                proved.add(stem)
    return marks + [mark for mark in doubtful if mark.value in proved]


_CODE = re.compile(r"(?:[A-Z]{1,4}-?\d{1,4}[A-Za-z]?|\d{1,3}[A-Z])(?:['’]?s)?").fullmatch

_UNIT_LETTERS = "KTVWCFLNAHX"


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
        or letters in CODES
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
