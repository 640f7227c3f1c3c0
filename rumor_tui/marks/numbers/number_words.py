"""Numbers in words: from the first word of one to its value, word by word, without a pattern of all their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.data.number_vocabulary import CARDINALS, DECADE_WORDS, FRACTION_WORDS, ORDINALS, SCALES
from rumor_tui.marks.numbers.decimals import shift_decimal
from rumor_tui.marks.scanning import case_variants

MAX_WORDS = 24
"""Words of which one number is made at most."""


class WordNumber(NamedTuple):
    """A number in words: where it ends, and its plain digits ("206", "1/2").

    `scale` is the scale word that ends it ("two million": 1,000,000), or 1; `size` is how many words it has.
    """

    end: int
    digits: str
    size: int
    ordinal: bool = False
    scale: int = 1


class _Word(NamedTuple):
    """The next word: its sort among number words, its worth, where it ends, itself and the gap before it."""

    sort: str
    worth: int
    end: int
    text: str
    gap: str


def _word_classes() -> dict[str, tuple[str, int]]:
    """Every word of which numbers are made -> its sort and its worth."""
    sorts = {
        word: ("unit" if 0 < value < 10 else "teen" if value < 20 else "ten", value)
        for word, value in CARDINALS.items()
    }
    sorts |= {word: ("scale", value) for word, value in SCALES.items()} | {"hundred": ("hundred", 100)}
    sorts |= {"dozens": ("scale", 12)}
    sorts |= {word: ("ordinal", value) for word, value in ORDINALS.items()}
    sorts |= {word + "s": ("parts", value) for word, value in ORDINALS.items() if value > 2}
    sorts |= {word: ("parts", value) for word, value in FRACTION_WORDS.items()}
    return sorts | {"and": ("and", 0), "&": ("and", 0), "a": ("a", 1), "an": ("a", 1), "point": ("point", 0)}


NUMBER_WORD_CLASSES = _word_classes()
NUMBER_TRIGGERS = case_variants([*CARDINALS, *SCALES, *ORDINALS, *DECADE_WORDS, "half", "quarter"])
"""Words without one of which a text holds no spelled-out number."""

_COUNTS = frozenset(("unit", "teen", "ten", "hundred", "scale"))
_FOLLOWS = {
    "a": frozenset(("",)),
    "unit": frozenset(("", "ten", "hundred", "scale", "and")),
    "teen": frozenset(("", "hundred", "scale", "and")),
    "ten": frozenset(("", "hundred", "scale", "and")),
    "hundred": frozenset(("", "a", "unit", "teen", "ten")),
    "scale": frozenset(("", "a", "unit", "teen", "ten", "hundred", "scale")),
    "ordinal": frozenset(("", "a", "unit", "teen", "ten", "hundred", "scale", "and")),
    "parts": frozenset(("", "a", "unit", "teen", "ten", "hundred", "scale", "and")),
    "and": _COUNTS,
    "point": frozenset(("unit", "teen", "ten")),
}
"""After which sorts of words each sort goes on with a number; "" stands for its beginning."""


@lru_cache(maxsize=1)
def _next_pattern() -> re.Pattern[str]:
    """A gap within a number, and the word after it."""
    return re.compile(r"([ \u00a0]{1,3}(?:-[ ]{1,2})?|-|,[ ]|)([A-Za-z]{1,14}|&)(?!\w)")


def _next_word(text: str, at: int) -> _Word | None:
    """The number word that comes next, if the next word is one."""
    found = _next_pattern().match(text, at)
    if found is None:
        return None
    word = found[2].lower()
    sort = NUMBER_WORD_CLASSES.get(word)
    return _Word(sort[0], sort[1], found.end(), word, found[1]) if sort else None


@dataclass(slots=True)
class _Reading:
    """How far a number has been read: the groups before the last one, the last closed group, and the running one."""

    end: int
    total: int = 0
    closed: int = 0
    current: int = 0
    limit: int = 10**30
    last: str = ""
    scale: int = 1
    size: int = 0

    @property
    def whole(self) -> int:
        return self.total + self.closed + self.current

    def numeral(self, digits: str = "", *, end: int = 0, size: int = 0, ordinal: bool = False) -> WordNumber | None:
        """What has been read, or the digits that it makes with what ends it."""
        if not digits and self.last not in _COUNTS:
            return None
        return WordNumber(end or self.end, digits or str(self.whole), self.size + size, ordinal, self.scale)


def read_number_words(text: str, at: int) -> WordNumber | None:
    """The number in words that starts at `at`; None when no number starts there.

    'two hundred and six' -> 206, 'twenty first' -> 21 as an ordinal, 'two thirds' -> 2/3, 'half a million' -> 500000,
    'five and a half million' -> 5500000, 'nineteen eighty-four' -> 1984.
    """
    reading = _Reading(at)
    for _ in range(MAX_WORDS):
        word = _next_word(text, reading.end)
        if word is None or (word.gap == ", " and reading.last != "scale"):
            break
        if reading.last not in _FOLLOWS[word.sort]:
            return _year(text, reading, word) or reading.numeral()
        ending = _ENDINGS.get(word.sort)
        if ending:
            done = ending(text, reading, word)
            if done or reading.last != "and":
                return done or reading.numeral()
        elif not _added(reading, word):
            break
        reading.end, reading.last = word.end, word.sort
        reading.size += 1
    return reading.numeral()


def _added(reading: _Reading, word: _Word) -> bool:
    """Take one more word into a number; False when the number ends before it."""
    reading.scale = 1
    if word.sort == "hundred":
        reading.current = max(reading.current, 1) * 100
        reading.scale = 100 if reading.current < 1000 and not reading.whole - reading.current else 1
    elif word.sort != "scale":
        reading.current += word.worth * (word.sort != "a")
    elif reading.last == "scale":
        reading.closed, reading.scale = reading.closed * word.worth, word.worth
        return reading.closed < 10**40
    elif word.worth < reading.limit:
        reading.total += reading.closed
        reading.closed, reading.current = max(reading.current, 1) * word.worth, 0
        reading.limit = reading.scale = word.worth
    else:
        return False
    return True


def _and(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """'and' within a number: a fraction follows, or after a hundred or a scale the rest of the number."""
    part = _fraction(text, word.end)
    if part is None:
        if reading.last in ("hundred", "scale") and _goes_on(text, reading, word.end):
            reading.last = "and"
        return None
    top, bottom, end = part
    if reading.last == "scale" and top == 1 and reading.closed == reading.scale:
        return reading.numeral(_digits(reading.whole * bottom + reading.scale, bottom), end=end, size=3)
    scale = _next_word(text, end)
    if scale and scale.sort in ("scale", "hundred") and scale.gap == " ":
        reading.scale = scale.worth
        return reading.numeral(_digits((reading.whole * bottom + top) * scale.worth, bottom), end=scale.end, size=4)
    return reading.numeral(_digits(reading.whole * bottom + top, bottom), end=end, size=3)


def _goes_on(text: str, reading: _Reading, at: int) -> bool:
    """Whether what follows 'and' is the rest of a number rather than the next one ("one hundred and two hundred")."""
    limit = 100 if reading.last == "hundred" else reading.limit
    for nth in range(3):
        word = _next_word(text, at)
        if word is None or word.sort not in ("unit", "teen", "ten", "hundred", "scale", "ordinal"):
            return nth > 0
        if word.sort in ("hundred", "scale") and (nth == 0 or word.worth >= limit):
            return False
        at = word.end
    return True


def _fraction(text: str, at: int) -> tuple[int, int, int] | None:
    """A fraction such as 'a half', 'half' or 'three quarters': its top, its bottom and where it ends."""
    word = _next_word(text, at)
    if word is None or word.gap != " ":
        return None
    if word.text == "half":
        return 1, 2, word.end
    bottom = _next_word(text, word.end) if word.sort in ("a", "unit") else None
    if bottom is None or not _makes_parts(bottom, word.worth):
        return None
    return word.worth, bottom.worth, bottom.end


def _makes_parts(word: _Word, count: int) -> bool:
    """Whether a word is the bottom of a fraction with this top: 'thirds', and after one also 'third'."""
    if word.text in ("halves", "quarters") or (word.sort == "parts" and word.text[-1] == "s"):
        return True
    return count == 1 and word.worth > 2 - (word.sort == "parts") and word.sort in ("parts", "ordinal")


def _parts(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """The bottom of a fraction ends a number: 'two thirds', 'a quarter of a million', 'half a million'."""
    if not reading.last:
        return _half(text, word) if word.text == "half" else None
    count = reading.whole or 1
    if not _makes_parts(word, count):
        return None
    return _of(text, reading, count, word)


def _of(text: str, reading: _Reading, count: int, word: _Word) -> WordNumber | None:
    """A fraction, and the scale that it is of, if it is of one: 'two thirds of a million'."""
    after = text[word.end : word.end + 6].lower()
    skipped = 6 if after == " of a " else 4 if after.startswith(" of ") else 1
    scale = _next_word(text, word.end + skipped) if after.startswith(" ") else None
    if scale and scale.sort == "scale" and not scale.gap and (skipped == 6 or (skipped == 1 and word.text != "half")):
        reading.scale = scale.worth
        return reading.numeral(_digits(count * scale.worth, word.worth), end=scale.end, size=3)
    return reading.numeral(_ratio(count, word.worth), end=word.end, size=1)


def _half(text: str, word: _Word) -> WordNumber:
    """'half a million', 'half dozen', or 'half' alone."""
    following = _next_word(text, word.end)
    if following and following.sort == "a":
        following = _next_word(text, following.end)
    if following and following.sort in ("scale", "hundred"):
        return WordNumber(following.end, str(following.worth // 2), 3, scale=following.worth)
    return WordNumber(word.end, "1/2", 1)


def _ordinal(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """An ordinal ends a number: 'twenty first', 'two hundredth'; after 'one', or before 'of', it is a fraction."""
    if reading.last == "a" or (reading.last == "unit" and not reading.total):
        if reading.current > 1:
            return (
                reading.numeral(str(reading.current * word.worth), end=word.end, ordinal=True)
                if word.worth > 99
                else None
            )
        fraction = word.worth > 2 and (
            reading.last == "unit" or text[word.end : word.end + 9].lower().startswith(_SHARED)
        )
        return _of(text, reading, 1, word) if fraction else None
    value = max(reading.whole, 1) * word.worth if word.worth > 99 else reading.whole + word.worth
    if reading.last in ("unit", "teen") and word.worth < 100:
        return None
    return reading.numeral(str(value), end=word.end, size=1, ordinal=True)


_SHARED = (
    " of ",
    " off ",
    " off.",
    " off,",
    " off!",
    " less ",
    " more ",
    " higher",
    " lower ",
    " cheaper",
    " faster ",
    " fewer ",
    " smaller",
)
"""What follows "a third" where it is a share."""


def _point(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """'four point five million'."""
    digits, end, size = "", word.end, 1
    for _ in range(6):
        following = _next_word(text, end)
        if following is None or following.sort not in ("unit", "teen") or following.worth > 9:
            break
        digits, end, size = digits + str(following.worth), following.end, size + 1
    if not digits:
        return None
    following = _next_word(text, end)
    if following and following.sort == "scale":
        reading.scale, end, size = following.worth, following.end, size + 1
    top = int(f"{reading.whole}{digits}") * reading.scale
    return reading.numeral(_digits(top, 10 ** len(digits)), end=end, size=size)


_ENDINGS = {"and": _and, "parts": _parts, "ordinal": _ordinal, "point": _point}


def _year(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """A year in two halves: 'nineteen eighty-four', 'twenty ten'; `word` is the first of the second half."""
    if reading.size != 1 or not 15 <= reading.whole <= 20 or word.sort not in ("teen", "ten") or word.worth < 10:
        return None
    low, end, size = word.worth, word.end, 1
    following = _next_word(text, end) if word.sort == "ten" else None
    if following and following.sort == "unit":
        low, end, size = low + following.worth, following.end, 2
    return reading.numeral(str(reading.whole * 100 + low), end=end, size=size)


def _ratio(top: int, bottom: int) -> str:
    """A fraction below one as it is said, and a larger one as a number: '2/3', '1.5'."""
    return f"{top}/{bottom}" if top < bottom else _digits(top, bottom)


def _digits(top: int, bottom: int) -> str:
    """top/bottom as plain digits: a decimal where that is exact in 3 places, else a whole number and a fraction."""
    exact, rest = divmod(top * 1000, bottom)
    if not rest:
        return shift_decimal(str(exact), -3)
    whole, top = divmod(top, bottom)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"
