"""What each line of a dump looks like: prose, a byline, a button, a fact about a user, a heading of comments.

Every recogniser is handed the line and the same folded. Most lines are known, or known not to be, by looking their
first words up in a table; a pattern is compiled when a line first needs it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice

from rumor_tui.readers.dump import dates, words
from rumor_tui.readers.dump.dated import after_by, dated, is_edited, numbered, said, without_by, without_verb
from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.names import LONGEST_NAME, clean_name, has_letter, plausible
from rumor_tui.readers.dump.phrases import Phrases, any_of, first_word, fold, is_word

_SEPARATORS = frozenset("|·•/,()[]{}:.#&+-–—»«›×✓↑↓←→▲▼★☆♥❤👍👎…!?'\"*_%°=")
"""What stands between buttons, besides blanks and digits."""

_BUTTONS = Phrases(words.BUTTONS)
_NOUNS = tuple(map(fold, words.COMMENT_NOUNS))
_NOUN = Phrases(words.COMMENT_NOUNS)
_HEADING_STARTS = Phrases((*words.COMMENT_NOUNS, *words.HEADING_LEADS))
_FORMS = Phrases(words.FORM_STARTS)
_FACTS = Phrases(words.FACTS)
_FACT_WORDS = frozenset(map(fold, words.FACTS))
_KEYS = _FACT_WORDS | {"mentioned", "tagged"}
_RANKS = frozenset(map(fold, words.RANKS))
_LEVELS = tuple(map(fold, words.LEVELS))
_STATUS = tuple(map(fold, words.STATUS))
_QUOTES = Phrases(words.QUOTE_STARTS)
_COUNTED = ("posts:", "beiträge:", "messages:", "mensajes:", "messaggi:", "berichten:", "posty:", "сообщений:")


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


_FACT_VALUE = r"\s?(?::\s*\S.{0,60}|\s[\d.,]+k?|:)"
_FACT_COUNT = r"[\d.,]+k?\s"
_FACT_LAST = r".{1,60}\s(?:posts|beiträge|messages|mensajes|messaggi|berichten|posty|сообщений):\s*[\d.,k ]+"
_BADGES = r"[\d.,]+k?\s?(?:[●•]\s?\d+\s?)+(?:\S+)?|[\d.,k]+\s?(?:gold|silver|bronze) badges?.{0,60}"
_OTHERS = r"\b(?:and|und|et|y|e|en|och) \d+ (?:others?|weitere|autres|otros|altri|anderen|andra)\W*$"
_NUMBER = r"#\s?(\d{1,7}(?:\.\d{1,5})*)|[+-]?\d[\d.,]{0,9}\s?k?%?"
_NUMBERS = r"(?<![\w.,])\d[\d.,]{0,8}(?![\d.,])"
_TWO_WORDS = r"\s*([^\W\d]+\s)?([^\W\d]+\s)?"
_SCORE = r"\(Score:\s?-?\d|^[\[(]?[+-]?\d+\s(?:points?|votes?|Punkte|puntos)\b"
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?uhr)?"


@cache
def _heading_pattern() -> re.Pattern[str]:
    leads, nouns = any_of(words.HEADING_LEADS), any_of(words.COMMENT_NOUNS)
    return re.compile(rf"\W*(?:(?:{leads})\W+)?(?:(?:{nouns})\W*)+", re.IGNORECASE)


@cache
def _status_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>.{{1,{LONGEST_NAME}}}?)\s(?:{any_of(words.STATUS)})", re.IGNORECASE)


@cache
def _after_quote() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{any_of(words.BY)})?\W", re.IGNORECASE)


def mark(line: Line) -> Mark:
    """What one line is: the first recogniser that knows it decides."""
    if not line.text:
        return Mark("number" if line.bullet else "blank")
    return _mark(line.text, bool(line.bullet)) if len(line.text) <= dates.LONGEST else Mark("text")


@lru_cache(maxsize=8192)
def _mark(text: str, bulleted: bool) -> Mark:
    prefix = "• " if bulleted else ""
    low = fold(text)
    for recognise in RECOGNISERS:
        found = recognise(text, low)
        if found and not (found.shape == "W D" and not prefix and _is_phrase(found.name)):
            return found._replace(shape=prefix + found.shape)
    return Mark("text", prefix)


def is_key(text: str) -> bool:
    """Does a line hold the name of a fact about a user ("Posts"), whose value stands on the next line?"""
    if len(text) > LONGEST_NAME:
        return False
    key = fold(text).removesuffix(":")
    return key in _KEYS or (key[-1:].isspace() and key[:-1] in _KEYS)


def _is_phrase(name: str) -> bool:
    """Do words before a date look like the middle of a sentence rather than like a name?"""
    return name.islower() and len(name.split()) > 2


def _label(text: str, low: str) -> Mark | None:
    if len(text) > 120 or not _is_buttons(low) or dates.find(text):
        return None
    return Mark("label", "L")


def _is_buttons(low: str) -> bool:
    """Does a folded line hold buttons, perhaps glued to each other, and nothing else but separators and digits?"""
    place, found = 0, False
    while True:
        while place < len(low) and _parts(low[place]):
            place += 1
        end = _BUTTONS.end(low, place)
        if end < 0:
            return found and place == len(low)
        place, found = end, True


def _parts(char: str) -> bool:
    return char in _SEPARATORS or char.isspace() or char.isdecimal()


def _heading(text: str, low: str) -> Mark | None:
    if len(text) > 80:
        return None
    count = claimed(text) if len(text) <= 60 else -1
    if count >= 0:
        return Mark("heading", "H", total=count)
    return Mark("heading", "H") if _is_heading(text, low) else None


def _is_heading(text: str, low: str) -> bool:
    if _HEADING_STARTS.end(low, first_word(low)) < 0:
        return False
    end = next((i for i in range(len(low), 0, -1) if is_word(low[i - 1])), 0)
    return low.endswith(_NOUNS, 0, end) and bool(_heading_pattern().fullmatch(text))


def claimed(text: str) -> int:
    """How many comments a short line says there are, perhaps among other things; -1 where it does not say."""
    if len(text) > dates.LONGEST:
        return -1
    low = ""
    for number in islice(_pattern(_NUMBERS).finditer(text), 6):
        low = low or fold(text)
        digits = "".join(filter(str.isdecimal, number.group()))
        if len(digits) < 7 and (_counts(low, number.end()) or _is_counted(low, number)):
            return int(digits)
    return -1


def _is_counted(low: str, number: re.Match[str]) -> bool:
    """Does a line end with a number, and is the word before it one for comments?"""
    last = not low[number.end() :].strip(" )]:.")
    return last and low[: number.start()].rstrip(" (:[#-").endswith(_NOUNS)


def _counts(low: str, end: int) -> bool:
    """Does a word for comments follow a number that ends at `end`, with two other words between them at most?"""
    between = _pattern(_TWO_WORDS).match(low, end)
    if not between:
        return False
    first = len(low) - len(low[end:].lstrip())
    return any(_NOUN.end_of_words(low, place) >= 0 for place in (first, between.end(1), between.end(2)) if place >= 0)


def _form(text: str, low: str) -> Mark | None:
    end = _FORMS.end_of_words(low, first_word(low))
    if end < 0 or (" " not in text[:end].strip() and end < len(text.rstrip(" :.…»"))):
        return None
    return Mark("form", "F") if len(text) <= 60 or end >= 20 else None


def _fact(text: str, low: str) -> Mark | None:
    if low.startswith("re:"):
        return Mark("subject", "Re")
    if is_edited(low) or (":" in text[:40] and _pattern(_OTHERS).search(text)):
        return Mark("fact", "P")
    return Mark("fact", "P") if _is_value(text, low) or _is_told(text, low) or _is_rank(low) else None


def _is_value(text: str, low: str) -> bool:
    """A line that begins with a number: a time, badges, how many posts somebody has."""
    if not (low[0].isdecimal() or low[0] in ".,k"):
        return False
    if low[0].isdecimal() and _pattern(_CLOCK).fullmatch(text):
        return True
    if ("badge" in low or "●" in low or "•" in low) and _pattern(_BADGES).fullmatch(text):
        return True
    count = _pattern(_FACT_COUNT).match(low)
    return bool(count) and low[count.end() :] in _FACT_WORDS if count else False


def _is_told(text: str, low: str) -> bool:
    """A line that begins with a fact's name and holds its value, or that ends with how many posts somebody has."""
    if ":" not in low and not (low[-1].isdecimal() or low[-1] in ".,k"):
        return False
    if any(_pattern(_FACT_VALUE).fullmatch(text, end) for end in _FACTS.ends(low, 0)):
        return True
    return any(word in low for word in _COUNTED) and bool(_pattern(_FACT_LAST).fullmatch(text))


def _is_rank(low: str) -> bool:
    """A rank alone or after one other word, or stars."""
    if low in _RANKS or not low.strip("*★☆●•⭐"):
        return True
    first = low.split(None, 1)[0] if not low[0].isspace() and not low.isspace() else ""
    return bool(first) and low[len(first) + 1 :] in _RANKS


def _number(text: str, low: str) -> Mark | None:
    found = _pattern(_NUMBER).fullmatch(text) if low[0] in "#+-" or low[0].isdecimal() else None
    if not found:
        return None
    if not found.group(1):
        return Mark("number", "N")
    number, depth = numbered(found.group(1))
    return Mark("byline", "#", number=number, depth=depth)


def _level(text: str, low: str) -> Mark | None:
    if not low.startswith(_LEVELS):
        return None
    found = _pattern(rf"(?:{'|'.join(words.LEVELS)})\s(\d{{1,4}})").fullmatch(text)
    return Mark("level", "V#", depth=int(found.group(1))) if found else None


def _status(text: str, low: str) -> Mark | None:
    found = _status_pattern().fullmatch(text) if low.endswith(_STATUS) else None
    name = clean_name(found.group("name")) if found else ""
    return Mark("byline", "W on", name) if name and plausible(name, 4) else None


def _quote(text: str, low: str) -> Mark | None:
    """The line over a quotation: "Quote from: …", or somebody's name with an arrow to what is quoted."""
    found = said(text, low) if text.endswith("↑") else None
    if found:
        return Mark("quote", "Q", clean_name(found.group("name")))
    opened = _opened_quote(text, low) if len(text) <= 160 else -1
    return Mark("quote", "Q", clean_name(without_verb(text[opened:])[1])[:LONGEST_NAME]) if opened >= 0 else None


def _opened_quote(text: str, low: str) -> int:
    """Where the words end that open a quotation; -1 for a line that does not begin with them."""
    if _QUOTES.end(low, 0) < 0:
        return -1
    after = (_after_quote().match(text, end) for end in _QUOTES.ends(low, 0))
    return next((found.end() for found in after if found), -1)


def _said(text: str, low: str) -> Mark | None:
    found = said(text, low) if len(text) <= 90 else None
    if not found:
        return None
    by, name = without_by(found.group("name").strip())
    name = clean_name(name)
    limit = 7 if found.group("colon") else 4
    return Mark("byline", f"{by} W V".strip(), name) if name and plausible(name, limit) else None


def _by(text: str, low: str) -> Mark | None:
    start = after_by(text, low)
    name = clean_name(text[start:]) if start >= 0 else ""
    return Mark("byline", "by W", name) if name and len(name) < 40 and plausible(name, 4) else None


def _scored(text: str, low: str) -> Mark | None:
    may = len(text) <= 120 and ("(score:" in low or low[0] in "[(+-" or low[0].isdecimal())
    return Mark("subject", "S") if may and _pattern(_SCORE).search(text) else None


def _short(text: str, low: str) -> Mark | None:
    return Mark("short", "W", clean_name(text)) if plausible(text, 6) and has_letter(clean_name(text)) else None


RECOGNISERS = (_label, _quote, _number, _level, _status, _fact, dated, _form, _heading, _said, _by, _scored, _short)
