"""Bylines: names, dates and verbs of saying in one line.

A byline's `shape` is its words replaced by classes ("• W D" is a bulleted name followed by a date), so that lines
which the same template printed have the same shape whatever names and dates they carry.
"""

from __future__ import annotations

import re
from functools import cache

from rumor_tui.readers.dump import dates, words
from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.names import LONGEST_NAME, clean_name, has_letter, plausible
from rumor_tui.readers.dump.phrases import Phrases, any_of, first_word, fold

_SAYS = tuple(map(fold, words.SAYS))
_BY = Phrases(words.BY)
_EDITED = Phrases(words.EDITED)
_ON = (*words.PREPOSITIONS, *words.ACTS)
_LEADS = Phrases(_ON)
_LEADING = frozenset("|·•»-–—,/:([›→@")
_TRAILING = _LEADING | {"於", "于"}
_BY_GAP = re.compile(r"\s*:?\s+(?=\S)")


@cache
def _says() -> re.Pattern[str]:
    """A line that ends with a verb of saying; the verb may be glued to a capital."""
    return re.compile(
        rf"(?P<name>.{{1,{LONGEST_NAME}}}?)(?:(?<=[^\W\d_])(?<![a-zà-ÿа-я])|(?<=\W)|\s)"
        rf"(?P<verb>{any_of(words.SAYS)})\s*(?P<colon>:)?\s*[↑»]?\s*$",
        re.IGNORECASE,
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words.BY)})\s*:?\s+(?=\S)", re.IGNORECASE)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:(?<=\s)|(?<=\W))(?:{any_of(_ON)})|[\s|·•»\-–—,/:(\[›→@於于])+$", re.IGNORECASE)


@cache
def _tail_plain() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)(?:{any_of(words.PREPOSITIONS)}))?\s*$", re.IGNORECASE)


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(rf"\W*({any_of(words.ACTS)})\b", re.IGNORECASE)


@cache
def _said_first() -> re.Pattern[str]:
    return re.compile(
        r"\W{0,3}(?P<name>[^:]{2,40}?)\s(?:wrote|said|schrieb|a écrit|escribió|ha scritto)\s?:", re.IGNORECASE
    )


@cache
def _number_of_post() -> re.Pattern[str]:
    return re.compile(r"#\s?(\d{1,7}(?:\.\d{1,5})*)\b\.?")


@cache
def _last_number() -> re.Pattern[str]:
    return re.compile(r"\s+(\d{1,5})")


def said(text: str, low: str) -> re.Match[str] | None:
    """The groups `name`, `verb` and `colon` of a line that ends with a verb of saying."""
    before_arrow = low.rstrip()
    if before_arrow.endswith(("↑", "»")):
        before_arrow = before_arrow[:-1].rstrip()
    return _says().fullmatch(text) if before_arrow.removesuffix(":").rstrip().endswith(_SAYS) else None


def is_edited(low: str) -> bool:
    """Does a folded text begin as a note of a later change does?"""
    return _EDITED.end_of_words(low, first_word(low)) >= 0


def dated(text: str, low: str) -> Mark | None:
    """A line with a date in it and little else: a name before or after, a number, some buttons."""
    span = dates.find(text)
    if not span:
        return None
    before, after = text[: span[0]], text[span[1] :]
    number = _number_of_post().search(text) or _last_number().fullmatch(after)
    if "#" in text:
        before, after = _number_of_post().sub(" ", before), _number_of_post().sub(" ", after)
    verb, before = _trimmed(before)
    by, name = without_by(before)
    name = clean_name(name)
    rest = after[_lead(fold(after)) :].strip()
    said_first = _said_first().match(after) if not name and ":" in after else None
    if said_first:
        return Mark("quote", "Q", clean_name(said_first.group("name")))
    if not name and said(rest, fold(rest)):
        return Mark("quote", "Q", clean_name(without_verb(rest)[1]))
    rest = "" if is_edited(fold(rest)) else rest
    if (
        (name and not verb and not has_letter(name))
        or not plausible(name, 9)
        or len(rest) > 90
        or (not name and len(rest.split()) > 9)
    ):
        return None
    late = "" if name else _late_name(after)
    act = _act(text) if not name else ""
    parts = (act, "#" if number else "", by, "W" if name else "", verb, "" if verb else "D", "W" if late else "")
    shape = " ".join(filter(None, parts))
    own, depth = numbered(number.group(1)) if number else (-1, -1)
    return Mark("byline", shape, name or late, text[span[0] : span[1]].strip(" ,"), own, depth)


def _trimmed(before: str) -> tuple[str, str]:
    """What stands before a date without words such as "on" and without a verb; before it "V" if it had one, or ""."""
    before = before.rstrip()
    if fold(before).endswith(words.PREPOSITIONS):
        before = _tail_plain().sub("", before)
    verb, before = without_verb(before)
    before = before.rstrip()
    if before[-1:] in _TRAILING or fold(before).endswith(_ON):
        before = _tail().sub("", before)
    return verb, before.strip()


def _lead(low: str) -> int:
    """Where the words and signs end that part a date from what follows it; 0 for a folded text without them."""
    place = 0
    while place < len(low):
        end = _LEADS.end_of_words(low, place)
        if low[place].isspace() or (end < 0 and low[place] in _LEADING):
            place += 1
        elif end >= 0:
            place = end
        else:
            break
    return place


def _act(text: str) -> str:
    """What was done at the date; a question and its answers are one kind."""
    found = _acts().match(text)
    word = found.group(1).casefold() if found else ""
    return "answered" if word == "asked" else word


def without_verb(text: str) -> tuple[str, str]:
    """The letter V and the name before a verb of saying at the end of a text; or an empty string and the text."""
    found = said(text, fold(text))
    return ("V", found.group("name")) if found else ("", text)


def without_by(text: str) -> tuple[str, str]:
    """The word "by" and what follows it or its like at the beginning of a text; or "" and the text without "on"."""
    start = after_by(text, fold(text))
    return ("by", text[start:]) if start >= 0 else ("", text[_lead(fold(text)) :])


def _late_name(after: str) -> str:
    found = _by().search(after)
    name = clean_name(after[found.end() :]) if found else ""
    return name if plausible(name, 5) else ""


def after_by(text: str, low: str) -> int:
    """Where the name begins in a text that begins with "by" or the like; -1 where it does not."""
    if _BY.end(low, 0) < 0:
        return -1
    gaps = (_BY_GAP.match(text, end) for end in _BY.ends(low, 0))
    return next((gap.end() for gap in gaps if gap), -1)


def numbered(number: str) -> tuple[int, int]:
    """A post's number and its depth; "4.1" is the first answer to the fourth, and has no number of its own."""
    first, *rest = number.split(".")
    return (-1, len(rest)) if rest else (int(first), -1)
