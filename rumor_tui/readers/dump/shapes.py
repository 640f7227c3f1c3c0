"""What each line of a dump looks like: prose, a byline, a button, a fact about a user, a heading of comments.

A byline's `shape` is its words replaced by classes ("• W D" is a bulleted name followed by a date), so that lines
which the same template printed have the same shape whatever names and dates they carry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from rumor_tui.readers.dump import dates, words
from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.names import LONGEST_NAME, clean_name, has_letter, plausible

Kind = Literal[
    "blank", "label", "level", "heading", "form", "fact", "number", "byline", "subject", "quote", "short", "text"
]


class Mark(NamedTuple):
    """What one line is. `name` and `date` are what a byline holds of them; `number` is a post's own number.

    `total` is how many comments the line says there are; `depth` is the nesting that the line itself tells
    ("level 2", "#4.1"), from 0 for the top. All three are -1 where the line does not say.
    """

    kind: Kind
    shape: str = ""
    name: str = ""
    date: str = ""
    number: int = -1
    depth: int = -1
    total: int = -1


def _any(options: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(options), key=len, reverse=True))


_SEPARATORS = r"[\s|·•/,()\[\]{}\d:.#&+\-–—»«›×✓↑↓←→▲▼★☆♥❤👍👎…!?'\"*_%°=]"
_LABELS = re.compile(rf"(?:{_SEPARATORS}*+(?>{_any(words.BUTTONS)}))++{_SEPARATORS}*+", re.IGNORECASE)
_NOUN = _any(words.COMMENT_NOUNS)
_NOUNS = tuple(words.COMMENT_NOUNS)
_NUMBERS = re.compile(r"(?<![\w.,])\d[\d.,]{0,8}(?![\d.,])")
_COUNT_OF = re.compile(rf"\s*(?:[^\W\d]+\s){{0,2}}(?:{_NOUN})(?!\w)", re.IGNORECASE)
_HEADING = re.compile(rf"\W*(?:(?:{_any(words.HEADING_LEADS)})\W+)?(?:(?:{_NOUN})\W*)+", re.IGNORECASE)
_FORM = re.compile(rf"\W*(?:{_any(words.FORM_STARTS)})(?!\w)", re.IGNORECASE)
_FACT = re.compile(
    rf"(?:{_any(words.FACTS)})\s?(?::\s*\S.{{0,60}}|\s[\d.,]+k?|:)|[\d.,]+k?\s(?:{_any(words.FACTS)}|post\\(s\\)|thread\\(s\\))"
    rf"|.{{1,60}}\s(?:posts|beiträge|messages|mensajes|messaggi|berichten|posty|сообщений):\s*[\d.,k ]+",
    re.IGNORECASE,
)
_BADGES = re.compile(
    r"[\d.,]+k?\s?(?:[●•]\s?\d+\s?)+(?:\S+)?|[\d.,k]+\s?(?:gold|silver|bronze) badges?.{0,60}", re.IGNORECASE
)
_RANK = re.compile(rf"(?:\S+\s)?(?:{_any(words.RANKS)})|[*★☆●•⭐]+", re.IGNORECASE)
_EDITED = re.compile(rf"\W*(?:{_any(words.EDITED)})\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:and|und|et|y|e|en|och) \d+ (?:others?|weitere|autres|otros|altri|anderen|andra)\W*$", re.IGNORECASE
)
_LEVEL = re.compile(rf"(?:{_any(words.LEVELS)})\s(\d{{1,4}})", re.IGNORECASE)
_STATUS = re.compile(rf"(?P<name>.{{1,{LONGEST_NAME}}}?)\s(?:{_any(words.STATUS)})", re.IGNORECASE)
_KEY = re.compile(rf"(?:{_any(words.FACTS)}|mentioned|tagged)\s?:?", re.IGNORECASE)
_NUMBER = re.compile(r"#\s?(\d{1,7}(?:\.\d{1,5})*)|[+-]?\d[\d.,]{0,9}\s?[kK]?%?")
_SAYS = re.compile(
    rf"(?P<name>.{{1,{LONGEST_NAME}}}?)(?:(?<=[^\W\d_])(?<![a-zà-ÿа-я])|(?<=\W)|\s)(?P<verb>{_any(words.SAYS)})\s*(?P<colon>[::])?\s*[↑»]?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(rf"(?:{_any(words.BY)})\s*:?\s+(?=\S)", re.IGNORECASE)
_ON = _any((*words.PREPOSITIONS, *words.ACTS))
_LEAD = re.compile(rf"(?:\s|(?:{_ON})(?=\W|$)|[|·•»\-–—,/:(\[›→@])+", re.IGNORECASE)
_TAIL = re.compile(rf"(?:(?:(?<=\s)|(?<=\W))(?:{_ON})|[\s|·•»\-–—,/:(\[›→@於于])+$", re.IGNORECASE)
_TAIL_PLAIN = re.compile(rf"(?:(?<=\s)(?:{_any(words.PREPOSITIONS)}))?\s*$", re.IGNORECASE)
_QUOTE = re.compile(rf"(?:{_any(words.QUOTE_STARTS)})\W*(?:{_any(words.BY)})?\W", re.IGNORECASE)
_ACT = re.compile(rf"\W*({_any(words.ACTS)})\b", re.IGNORECASE)
_POSTNUM = re.compile(r"#\s?(\d{1,7}(?:\.\d{1,5})*)\b\.?")
_SAID_FIRST = re.compile(
    r"\W{0,3}(?P<name>[^:]{2,40}?)\s(?:wrote|said|schrieb|a écrit|escribió|ha scritto)\s?:", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"\s+(\d{1,5})")
_SCORE = re.compile(r"\(Score:\s?-?\d|^[\[(]?[+-]?\d+\s(?:points?|votes?|Punkte|puntos)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?uhr)?", re.IGNORECASE)


def mark(line: Line) -> Mark:
    """What one line is: the first recogniser that knows it decides."""
    if not line.text:
        return Mark("number" if line.bullet else "blank")
    return _mark(line.text, bool(line.bullet)) if len(line.text) <= dates.LONGEST else Mark("text")


@lru_cache(maxsize=8192)
def _mark(text: str, bulleted: bool) -> Mark:
    prefix = "• " if bulleted else ""
    for recognise in RECOGNISERS:
        found = recognise(text)
        if found and not (found.shape == "W D" and not prefix and _is_phrase(found.name)):
            return found._replace(shape=prefix + found.shape)
    return Mark("text", prefix)


def is_key(text: str) -> bool:
    """Does a line hold the name of a fact about a user ("Posts"), whose value stands on the next line?"""
    return bool(_KEY.fullmatch(text))


def _is_phrase(name: str) -> bool:
    """Do words before a date look like the middle of a sentence rather than like a name?"""
    return name.islower() and len(name.split()) > 2


def _label(text: str) -> Mark | None:
    if len(text) > 120 or not _LABELS.fullmatch(text) or dates.find(text):
        return None
    return Mark("label", "L")


def _heading(text: str) -> Mark | None:
    if len(text) > 80:
        return None
    count = claimed(text) if len(text) <= 60 else -1
    if count >= 0:
        return Mark("heading", "H", total=count)
    return Mark("heading", "H") if _HEADING.fullmatch(text) else None


def claimed(text: str) -> int:
    """How many comments a short line says there are, perhaps among other things; -1 where it does not say."""
    if len(text) > dates.LONGEST or not any(char.isdigit() for char in text):
        return -1
    for number in islice(_NUMBERS.finditer(text), 6):
        digits = re.sub(r"\D", "", number.group())
        before = text[: number.start()].rstrip(" (:[#-").casefold()
        last = not text[number.end() :].strip(" )]:.")
        if len(digits) < 7 and (_COUNT_OF.match(text, number.end()) or (last and before.endswith(_NOUNS))):
            return int(digits)
    return -1


def _form(text: str) -> Mark | None:
    found = _FORM.match(text)
    if not found or (" " not in found.group().strip() and found.end() < len(text.rstrip(" :.…»"))):
        return None
    return Mark("form", "F") if len(text) <= 60 or found.end() >= 20 else None


def _fact(text: str) -> Mark | None:
    if text.casefold().startswith("re:"):
        return Mark("subject", "Re")
    if _EDITED.match(text) or (_OTHERS.search(text) and ":" in text[:40]):
        return Mark("fact", "P")
    return (
        Mark("fact", "P")
        if _CLOCK.fullmatch(text) or _BADGES.fullmatch(text) or _FACT.fullmatch(text) or _RANK.fullmatch(text)
        else None
    )


def _number(text: str) -> Mark | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    if not found.group(1):
        return Mark("number", "N")
    number, depth = _path(found.group(1))
    return Mark("byline", "#", number=number, depth=depth)


def _path(number: str) -> tuple[int, int]:
    """A post's number and its depth; "4.1" is the first answer to the fourth, and has no number of its own."""
    first, *rest = number.split(".")
    return (-1, len(rest)) if rest else (int(first), -1)


def _level(text: str) -> Mark | None:
    found = _LEVEL.fullmatch(text)
    return Mark("level", "V#", depth=int(found.group(1))) if found else None


def _status(text: str) -> Mark | None:
    found = _STATUS.fullmatch(text)
    name = clean_name(found.group("name")) if found else ""
    return Mark("byline", "W on", name) if name and plausible(name, 4) else None


def _dated(text: str) -> Mark | None:
    """A line with a date in it and little else: a name before or after, a number, some buttons."""
    span = dates.find(text)
    if not span:
        return None
    before, after = text[: span[0]], text[span[1] :]
    number = _POSTNUM.search(text) or _LAST_NUMBER.fullmatch(after)
    before, after = _POSTNUM.sub(" ", before), _POSTNUM.sub(" ", after)
    verb, before = _without_verb(_TAIL_PLAIN.sub("", before))
    before = _TAIL.sub("", before).strip()
    by, name = _without_by(before)
    name = clean_name(name)
    rest = _LEAD.sub("", after, count=1).strip() if _LEAD.match(after) else after.strip()
    said = _SAID_FIRST.match(after)
    if not name and said:
        return Mark("quote", "Q", clean_name(said.group("name")))
    if not name and _SAYS.fullmatch(rest):
        return Mark("quote", "Q", clean_name(_LEAD.sub("", _without_verb(rest)[1])))
    rest = "" if _EDITED.match(rest) else rest
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
    own, depth = _path(number.group(1)) if number else (-1, -1)
    return Mark("byline", shape, name or late, text[span[0] : span[1]].strip(" ,"), own, depth)


def _act(text: str) -> str:
    """What was done at the date; a question and its answers are one kind."""
    found = _ACT.match(text)
    word = found.group(1).casefold() if found else ""
    return "answered" if word == "asked" else word


def _without_verb(text: str) -> tuple[str, str]:
    found = _SAYS.fullmatch(text)
    return ("V", found.group("name")) if found else ("", text)


def _without_by(text: str) -> tuple[str, str]:
    found = _BY.match(text)
    return ("by", text[found.end() :]) if found else ("", _LEAD.sub("", text, count=1) if _LEAD.match(text) else text)


def _late_name(after: str) -> str:
    found = _BY.search(after)
    name = clean_name(after[found.end() :]) if found else ""
    return name if plausible(name, 5) else ""


def _quote(text: str) -> Mark | None:
    """The line over a quotation: "Quote from: …", or somebody's name with an arrow to what is quoted."""
    found = _SAYS.fullmatch(text)
    if found and text.endswith("↑"):
        return Mark("quote", "Q", clean_name(found.group("name")))
    opened = _QUOTE.match(text) if len(text) <= 160 else None
    return Mark("quote", "Q", clean_name(_without_verb(text[opened.end() :])[1])[:LONGEST_NAME]) if opened else None


def _said(text: str) -> Mark | None:
    found = _SAYS.fullmatch(text)
    if not found or len(text) > 90:
        return None
    by, name = _without_by(found.group("name").strip())
    name = clean_name(name)
    limit = 7 if found.group("colon") else 4
    return Mark("byline", f"{by} W V".strip(), name) if name and plausible(name, limit) else None


def _by(text: str) -> Mark | None:
    found = _BY.match(text)
    name = clean_name(text[found.end() :]) if found else ""
    return Mark("byline", "by W", name) if found and name and len(name) < 40 and plausible(name, 4) else None


def _scored(text: str) -> Mark | None:
    return Mark("subject", "S") if len(text) <= 120 and _SCORE.search(text) else None


def _short(text: str) -> Mark | None:
    return Mark("short", "W", clean_name(text)) if plausible(text, 6) and has_letter(clean_name(text)) else None


RECOGNISERS = (_label, _quote, _number, _level, _status, _fact, _dated, _form, _heading, _said, _by, _scored, _short)
