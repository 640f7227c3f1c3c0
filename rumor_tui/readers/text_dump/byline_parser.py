"""Bylines: names, dates and verbs of saying in one line.

A byline's `shape` is the line with its words replaced by classes ("• W D" is a bulleted name followed by a date), so
lines printed by the same template have the same shape, whatever names and dates they carry.
"""

from __future__ import annotations

import re

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.text_dump.lines import LineClass
from rumor_tui.readers.vocabulary import page_words
from rumor_tui.readers.vocabulary.matching import (
    LazyPattern,
    PhraseTable,
    alternation,
    first_word_start,
    fold,
    is_word_character,
)
from rumor_tui.readers.vocabulary.roles import without_role

MAX_NAME_LENGTH = 60
"""In characters: longer than any display name that blog and forum software accepts by default."""

_CLOSERS = "'\"”’)"
_SENTENCE_ENDS = frozenset(".!?…。！？;:,")
_NO_NAME_STARTS = ("http:", "https:", ">", '"', "“", "„", "«")
_NO_NAME = re.compile(r"[\\{}`=$]|[a-z_]\((?!\w{1,2}\))|::|:\s\w|--\w|<\w")
"""What code has, and names do not."""

_NOISE_BEFORE = ("@", "avatar", "photo of", "picture of", "profile picture of")
_NOISE_AFTER = ("offline", "online", "gravatar image", "avatar", "profile picture", ")")


_NOISE = LazyPattern(
    lambda: (
        r"^(?:@(?=\w)|(?:avatar(?: von| of| de)?|photo of|picture of|profile picture of)\s+)"
        r"|\s+(?:offline|online|gravatar image|flag of .*|avatar|profile picture)$"
        r"|\s*\(\s*\d+\s*\)$|['’]s (?:user )?avatar$"
    )
)


def clean_name(text: str) -> str:
    """A display name without the words that templates put around it."""
    name = text.strip()
    low = name.lower()
    if low.startswith(_NOISE_BEFORE) or low.endswith(_NOISE_AFTER) or "flag of " in low:
        name = _NOISE.compiled.sub("", _NOISE.compiled.sub("", name))
    return _without_repetition(without_role(name)).strip(" \t:,|·•»–—-#>♦").strip()


_AVATAR_WORDS = frozenset({"avatar", "gravatar", "image", "picture", "photo", "authored", "by", "user", "profile"})
"""Words between an avatar's alternative text and the name."""


def _without_repetition(name: str) -> str:
    """A name without its repetition, once as an avatar's alternative text and once itself, and without what follows."""
    half, odd = divmod(len(name), 2)
    if not odd and 3 <= half <= 30 and name[:half] == name[half:]:
        return name[:half]
    parts = name.split()
    words = [part for part in parts if part.lower() not in _AVATAR_WORDS] if len(parts) > 2 else parts
    for size in range(len(words) // 2, 0, -1):
        if words[:size] == words[size : 2 * size] and parts[:size] == words[:size]:
            return " ".join(words[:size])
    return name


def has_letter(text: str) -> bool:
    """Whether there is a letter in it, of any script."""
    return any(char.isalnum() and not char.isdecimal() for char in text)


def is_plausible_name(text: str, most: int) -> bool:
    """Whether `text` could be a display name: short, of at most `most` words, no sentence and not in columns."""
    if len(text) > MAX_NAME_LENGTH or "\t" in text or "     " in text.strip():
        return False
    parts = text.split()
    if len(parts) > most or text.startswith(_NO_NAME_STARTS):
        return False
    if _NO_NAME.search(text):
        return False
    return text.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS or _is_initial(parts)


def _is_initial(parts: list[str]) -> bool:
    """Whether the full stop at the end belongs to an initial, as in "Anna K."."""
    last = parts[-1].strip("()")
    return last.endswith(".") and len(parts) <= 3 and len(last) <= 4 and last[0].isupper()


_SAYS = tuple(map(fold, page_words.SAYS))
_BY = PhraseTable(page_words.BY)
_EDITED = PhraseTable(page_words.EDITED)
_FACT_KEYS = PhraseTable(page_words.FACTS)
_ON = (*page_words.PREPOSITIONS, *page_words.ACTS)
_LEADS = PhraseTable(_ON)
_LEADING = frozenset("|·•»-–—,/:([›→@")
_TRAILING = _LEADING | {"於", "于"}
_BY_GAP = re.compile(r"\s*:?\s+(?=\S)")


_SAYING = LazyPattern(
    lambda: (
        rf"(?P<name>.{{1,{MAX_NAME_LENGTH}}}?)(?:(?<=[^\W\d_])(?<![a-zà-ÿа-я])|(?<=\W)|\s)"
        rf"(?P<verb>{alternation(page_words.SAYS)})\s*(?P<colon>:)?\s*[↑»]?\s*$"
    )
)
"""A line that ends with a verb of saying; the verb may be glued to a capital."""

_PREPOSITION_TAIL = LazyPattern(lambda: rf"(?:(?<=\s)(?:{alternation(page_words.PREPOSITIONS)}))?\s*$")
_ACT = LazyPattern(lambda: rf"\W*({alternation(page_words.ACTS)})\b")
_NAME_AND_VERB = LazyPattern(
    lambda: r"\W{0,3}(?P<name>[^:]{2,40}?)\s(?:wrote|said|schrieb|a écrit|escribió|ha scritto)\s?:"
)
_POST_NUMBER = LazyPattern(lambda: r"#\s?(\d{1,7}(?:\.\d{1,5})*)\b\.?")
_LAST_NUMBER = LazyPattern(lambda: r"\s+(\d{1,5})")


def match_saying(text: str, low: str) -> re.Match[str] | None:
    """The groups `name`, `verb` and `colon` of a line that ends with a verb of saying."""
    before_arrow = low.rstrip()
    if before_arrow.endswith(("↑", "»")):
        before_arrow = before_arrow[:-1].rstrip()
    return _SAYING.compiled.fullmatch(text) if before_arrow.removesuffix(":").rstrip().endswith(_SAYS) else None


def is_edit_note(low: str) -> bool:
    """Whether a folded text begins as an edit note does."""
    return _EDITED.end_of_words(low, first_word_start(low)) >= 0


def parse_dated_byline(text: str, low: str) -> LineClass | None:
    """A line with a date in it and little else: a name before or after, a number, some buttons."""
    span = find_date(text)
    if not span:
        return None
    before, date, after = text[: span[0]], text[span[0] : span[1]].strip(" ,"), text[span[1] :]
    sign, own, depth = _number_in(text, after)
    if "#" in text:
        before, after = _POST_NUMBER.compiled.sub(" ", before), _POST_NUMBER.compiled.sub(" ", after)
    if before.rstrip().endswith(":") and (fact := _fact_with_name(before)):
        return fact
    verb, before = _trimmed(before)
    by, name = split_off_by(before)
    name = clean_name(name)
    rest = after[_lead(fold(after)) :].strip()
    if not name and (quote := _quote_after_date(after, rest)):
        return quote
    if not _is_byline(name, bool(verb), rest):
        return None
    if name:
        return LineClass("byline", _shape(sign, by, "W", verb or "D"), name, date, own, depth)
    return LineClass("byline", _shape(_act(text), sign, by, verb or "D"), "", date, own, depth)


def _fact_with_name(before: str) -> LineClass | None:
    """A user's card on one line, "name Posts: 12 Joined: …": a fact that has the name; None for another text."""
    low = fold(before)
    starts = [match.start() for match in re.finditer(r"\b\w", low)]
    keys = [place for place in starts if any(low[end : end + 1] == ":" for end in _FACT_KEYS.ends(low, place))]
    if not keys or before[keys[-1] :].partition(":")[2].strip():
        return None
    name = clean_name(before[: keys[0]])
    return LineClass("fact", "P", name if is_plausible_name(name, 4) else "")


def _number_in(text: str, after: str) -> tuple[str, int, int]:
    """ "#" or "", the number of a post and its depth, from a line and what follows its date."""
    match = _POST_NUMBER.compiled.search(text) or _LAST_NUMBER.compiled.fullmatch(after)
    return ("#", *parse_post_number(match.group(1))) if match else ("", -1, -1)


def _shape(*tokens: str) -> str:
    return " ".join(filter(None, tokens))


def _quote_after_date(after: str, rest: str) -> LineClass | None:
    """A quotation where a name and a verb of saying follow the date; `rest` is what follows without "by" or "·"."""
    match = _NAME_AND_VERB.compiled.match(after) if ":" in after else None
    if match:
        return LineClass("quote", "Q", clean_name(match.group("name")))
    verb, name = split_off_verb(rest)
    return LineClass("quote", "Q", clean_name(name)) if verb else None


def _is_byline(name: str, has_verb: bool, rest: str) -> bool:
    """Whether the text before a date could be a name, and what follows it is short enough."""
    if len(rest) > 90 or not is_plausible_name(name, 9):
        return False
    return has_verb or has_letter(name) if name else len(rest.split()) <= 9


def _trimmed(before: str) -> tuple[str, str]:
    """Whether there was a verb of saying ("V" or ""), and the text before a date without it and words such as "on"."""
    before = before.rstrip()
    if fold(before).endswith(page_words.PREPOSITIONS):
        before = _PREPOSITION_TAIL.compiled.sub("", before)
    verb, before = split_off_verb(before)
    before = before.rstrip()
    if before[-1:] in _TRAILING or fold(before).endswith(_ON):
        before = before[: _before_tail(fold(before))]
    return verb, before.strip()


def _before_tail(low: str) -> int:
    """Where the words and signs begin that stand at the end of a folded text, before a date; its length without them.

    In a loop and not by a pattern: "on" and "posted on" can follow each other in ways without number.
    """
    end = len(low)
    while end:
        word = next((word for word in _ON if low.endswith(word, 0, end) and not _is_glued(low, end - len(word))), "")
        if word:
            end -= len(word)
        elif low[end - 1].isspace() or low[end - 1] in _TRAILING:
            end -= 1
        else:
            break
    return end


def _is_glued(low: str, start: int) -> bool:
    """Whether a word that begins there is the end of a longer one, or the first of the text."""
    return start == 0 or is_word_character(low[start - 1])


def _lead(low: str) -> int:
    """Where the words and signs end that separate a date from what follows it; 0 for a folded text without them."""
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
    """What was done at the date ("edited"); a question and its answers count as one kind."""
    match = _ACT.compiled.match(text)
    word = match.group(1).casefold() if match else ""
    return "answered" if word == "asked" else word


def split_off_verb(text: str) -> tuple[str, str]:
    """The letter V and the name before a verb of saying at the end of a text; or an empty string and the text."""
    match = match_saying(text, fold(text))
    return ("V", match.group("name")) if match else ("", text)


def split_off_by(text: str) -> tuple[str, str]:
    """The word "by" and what follows it or its like at the beginning of a text; or "" and the text without "on"."""
    start = name_start_after_by(text, fold(text))
    return ("by", text[start:]) if start >= 0 else ("", text[_lead(fold(text)) :])


def name_start_after_by(text: str, low: str) -> int:
    """Where the name begins in a text that begins with "by" or the like; -1 where it does not."""
    if _BY.end(low, 0) < 0:
        return -1
    gaps = (_BY_GAP.match(text, end) for end in _BY.ends(low, 0))
    return next((gap.end() for gap in gaps if gap), -1)


def parse_post_number(number: str) -> tuple[int, int]:
    """A post's number and its depth, -1 where there is none: "4.1" is the first answer to the fourth post."""
    first, *rest = number.split(".")
    return (-1, len(rest)) if rest else (int(first), -1)
