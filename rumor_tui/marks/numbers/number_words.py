"""Reads numbers in words from their first word, word by word, without one pattern of all their forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rumor_tui.marks.data.number_vocabulary import CARDINALS, DECADE_WORDS, FRACTION_WORDS, ORDINALS, SCALES
from rumor_tui.marks.numbers.decimals import shift_decimal
from rumor_tui.marks.scanning import case_variants, lazy_pattern

MAX_WORDS = 24
"""The most words of one number."""


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
    """A number word: its class, its value, where it ends, the word itself and the gap before it."""

    kind: str
    value: int
    end: int
    text: str
    gap: str


def _word_classes() -> dict[str, tuple[str, int]]:
    """Maps every number word to its class and its value."""
    classes = {
        word: ("unit" if 0 < value < 10 else "teen" if value < 20 else "ten", value)
        for word, value in CARDINALS.items()
    }
    classes |= {word: ("scale", value) for word, value in SCALES.items()} | {"hundred": ("hundred", 100)}
    classes |= {"dozens": ("scale", 12)}
    classes |= {word: ("ordinal", value) for word, value in ORDINALS.items()}
    classes |= {word + "s": ("parts", value) for word, value in ORDINALS.items() if value > 2}
    classes |= {word: ("parts", value) for word, value in FRACTION_WORDS.items()}
    return classes | {"and": ("and", 0), "&": ("and", 0), "a": ("a", 1), "an": ("a", 1), "point": ("point", 0)}


NUMBER_WORD_CLASSES = _word_classes()
"""Maps every number word, in lower case, to its class and its value."""
NUMBER_TRIGGERS = case_variants([*CARDINALS, *SCALES, *ORDINALS, *DECADE_WORDS, "half", "quarter"])
"""A text without any of these words has no number in words."""

_COUNTS = frozenset(("unit", "teen", "ten", "hundred", "scale"))
_MAY_FOLLOW = {
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
"""The classes of words that each class may follow within a number; "" stands for its beginning."""

_next_pattern = lazy_pattern(r"([ \u00a0]{1,3}(?:-[ ]{1,2})?|-|,[ ]|)([A-Za-z]{1,14}|&)(?!\w)")
"""A gap within a number, and the word after it."""


def _next_word(text: str, at: int) -> _Word | None:
    """The next word of a text, if it is a number word."""
    match = _next_pattern().match(text, at)
    if match is None:
        return None
    word = match[2].lower()
    known = NUMBER_WORD_CLASSES.get(word)
    return _Word(*known, match.end(), word, match[1]) if known else None


@dataclass(slots=True)
class _Reading:
    """A number that is being read: the sum of the groups before the last one, the last closed group, and the open
    one."""

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
        """The number so far, or the number with these digits if something else ends it."""
        if not digits and self.last not in _COUNTS:
            return None
        return WordNumber(end or self.end, digits or str(self.whole), self.size + size, ordinal, self.scale)


def read_number_words(text: str, at: int) -> WordNumber | None:
    """The number in words that starts at `at`; None if there is none.

    'two hundred and six' -> 206, 'twenty first' -> 21 as an ordinal, 'two thirds' -> 2/3, 'half a million' -> 500000,
    'five and a half million' -> 5500000, 'nineteen eighty-four' -> 1984.
    """
    reading = _Reading(at)
    for _ in range(MAX_WORDS):
        word = _next_word(text, reading.end)
        if word is None or (word.gap == ", " and reading.last != "scale"):
            break
        if reading.last not in _MAY_FOLLOW[word.kind]:
            return _year(text, reading, word) or reading.numeral()
        ending = _ENDINGS.get(word.kind)
        if ending:
            done = ending(text, reading, word)
            if done or reading.last != "and":
                return done or reading.numeral()
        elif not _added(reading, word):
            break
        reading.end, reading.last = word.end, word.kind
        reading.size += 1
    return reading.numeral()


def _added(reading: _Reading, word: _Word) -> bool:
    """Add a word to the number; False if the number ends before it."""
    reading.scale = 1
    if word.kind == "hundred":
        reading.current = max(reading.current, 1) * 100
        reading.scale = 100 if reading.current < 1000 and not reading.whole - reading.current else 1
    elif word.kind != "scale":
        reading.current += word.value * (word.kind != "a")
    elif reading.last == "scale":
        reading.closed, reading.scale = reading.closed * word.value, word.value
        return reading.closed < 10**40
    elif word.value < reading.limit:
        reading.total += reading.closed
        reading.closed, reading.current = max(reading.current, 1) * word.value, 0
        reading.limit = reading.scale = word.value
    else:
        return False
    return True


def _and(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """'and' within a number: a fraction follows, or, after a hundred or a scale, the rest of the number."""
    part = _fraction(text, word.end)
    if part is None:
        if reading.last in ("hundred", "scale") and _goes_on(text, reading, word.end):
            reading.last = "and"
        return None
    top, bottom, end = part
    if reading.last == "scale" and top == 1 and reading.closed == reading.scale:
        return reading.numeral(_digits(reading.whole * bottom + reading.scale, bottom), end=end, size=3)
    scale = _next_word(text, end)
    if scale and scale.kind in ("scale", "hundred") and scale.gap == " ":
        reading.scale = scale.value
        return reading.numeral(_digits((reading.whole * bottom + top) * scale.value, bottom), end=scale.end, size=4)
    return reading.numeral(_digits(reading.whole * bottom + top, bottom), end=end, size=3)


def _goes_on(text: str, reading: _Reading, at: int) -> bool:
    """Whether what follows 'and' continues the number rather than starting the next ("one hundred and two hundred")."""
    limit = 100 if reading.last == "hundred" else reading.limit
    for nth in range(3):
        word = _next_word(text, at)
        if word is None or word.kind not in ("unit", "teen", "ten", "hundred", "scale", "ordinal"):
            return nth > 0
        if word.kind in ("hundred", "scale") and (nth == 0 or word.value >= limit):
            return False
        at = word.end
    return True


def _fraction(text: str, at: int) -> tuple[int, int, int] | None:
    """A fraction such as 'a half', 'half' or 'three quarters': its numerator, its denominator and where it ends."""
    word = _next_word(text, at)
    if word is None or word.gap != " ":
        return None
    if word.text == "half":
        return 1, 2, word.end
    bottom = _next_word(text, word.end) if word.kind in ("a", "unit") else None
    if bottom is None or not _makes_parts(bottom, word.value):
        return None
    return word.value, bottom.value, bottom.end


def _makes_parts(word: _Word, count: int) -> bool:
    """Whether a word is a denominator after this numerator: 'thirds', and after one also 'third'."""
    if word.text in ("halves", "quarters") or (word.kind == "parts" and word.text[-1] == "s"):
        return True
    return count == 1 and word.value > 2 - (word.kind == "parts") and word.kind in ("parts", "ordinal")


def _parts(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """A denominator ends a number: 'two thirds', 'a quarter of a million', 'half a million'."""
    if not reading.last:
        return _half(text, word) if word.text == "half" else None
    count = reading.whole or 1
    if not _makes_parts(word, count):
        return None
    return _of(text, reading, count, word)


def _of(text: str, reading: _Reading, count: int, word: _Word) -> WordNumber | None:
    """A fraction with the scale that follows it, if there is one: 'two thirds of a million'."""
    after = text[word.end : word.end + 6].lower()
    skipped = 6 if after == " of a " else 4 if after.startswith(" of ") else 1
    scale = _next_word(text, word.end + skipped) if after.startswith(" ") else None
    if scale and scale.kind == "scale" and not scale.gap and (skipped == 6 or (skipped == 1 and word.text != "half")):
        reading.scale = scale.value
        return reading.numeral(_digits(count * scale.value, word.value), end=scale.end, size=3)
    return reading.numeral(_ratio(count, word.value), end=word.end, size=1)


def _half(text: str, word: _Word) -> WordNumber:
    """'half a million', 'half dozen', or 'half' alone."""
    following = _next_word(text, word.end)
    if following and following.kind == "a":
        following = _next_word(text, following.end)
    if following and following.kind in ("scale", "hundred"):
        return WordNumber(following.end, str(following.value // 2), 3, scale=following.value)
    return WordNumber(word.end, "1/2", 1)


def _ordinal(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """An ordinal ends a number: 'twenty first', 'two hundredth'; after 'one', or before 'of', it is a fraction."""
    if reading.last == "a" or (reading.last == "unit" and not reading.total):
        return _ordinal_after_unit(text, reading, word)
    if reading.last in ("unit", "teen") and word.value < 100:
        return None
    value = max(reading.whole, 1) * word.value if word.value > 99 else reading.whole + word.value
    return reading.numeral(str(value), end=word.end, size=1, ordinal=True)


def _ordinal_after_unit(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """'two hundredth' is an ordinal, 'one third' and 'a third of' are fractions."""
    if reading.current > 1:
        digits = str(reading.current * word.value)
        return reading.numeral(digits, end=word.end, ordinal=True) if word.value > 99 else None
    is_share = reading.last == "unit" or text[word.end : word.end + 9].lower().startswith(_AFTER_SHARE)
    return _of(text, reading, 1, word) if word.value > 2 and is_share else None


_AFTER_SHARE = (
    *(" of ", " off ", " off.", " off,", " off!", " less ", " more ", " higher", " lower ", " cheaper", " faster "),
    *(" fewer ", " smaller"),
)
"""What follows "a third" where it is a share."""


def _point(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """'four point five million'."""
    digits, end, size = "", word.end, 1
    for _ in range(6):
        following = _next_word(text, end)
        if following is None or following.kind not in ("unit", "teen") or following.value > 9:
            break
        digits, end, size = digits + str(following.value), following.end, size + 1
    if not digits:
        return None
    following = _next_word(text, end)
    if following and following.kind == "scale":
        reading.scale, end, size = following.value, following.end, size + 1
    top = int(f"{reading.whole}{digits}") * reading.scale
    return reading.numeral(_digits(top, 10 ** len(digits)), end=end, size=size)


_ENDINGS = {"and": _and, "parts": _parts, "ordinal": _ordinal, "point": _point}


def _year(text: str, reading: _Reading, word: _Word) -> WordNumber | None:
    """A year in two halves: 'nineteen eighty-four', 'twenty ten'; `word` is the first one of the second half."""
    if reading.size != 1 or not 15 <= reading.whole <= 20 or word.kind not in ("teen", "ten") or word.value < 10:
        return None
    low, end, size = word.value, word.end, 1
    following = _next_word(text, end) if word.kind == "ten" else None
    if following and following.kind == "unit":
        low, end, size = low + following.value, following.end, 2
    return reading.numeral(str(reading.whole * 100 + low), end=end, size=size)


def _ratio(top: int, bottom: int) -> str:
    """A fraction below one as it is written, and a larger one as a number: '2/3', '1.5'."""
    return f"{top}/{bottom}" if top < bottom else _digits(top, bottom)


def _digits(top: int, bottom: int) -> str:
    """top/bottom as plain digits: a decimal if that is exact in 3 places, else a whole number and a fraction."""
    exact, rest = divmod(top * 1000, bottom)
    if not rest:
        return shift_decimal(str(exact), -3)
    whole, top = divmod(top, bottom)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"
