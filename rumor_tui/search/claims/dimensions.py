"""Dimensions: which numbers of a thread can be compared, by what they count or measure.

The *dimension* of a number is a unit ("km", "$", "%"), a noun ("horses"), or one name for many nouns that people use
for the same thing ("600 examples" and "600 units" of one car). A bare figure has none by itself (""); its sentence may
suggest one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Amount

UNCOMPARED_TYPES: Final = frozenset(("year", "date", "time", "timecode", "ordinal", "version"))
"""Types of numbers that are no amounts: each is a claim by itself."""

MIN_BARE_VALUE: Final = 13
"""The smallest bare figure that is compared by its sentence alone; smaller ones may be about anything."""


class DimensionWords(NamedTuple):
    """The nouns of a dimension, and other words in a sentence that suggest it for a bare figure."""

    nouns: frozenset[str]
    hints: frozenset[str] = frozenset()


def _words(nouns: str, hints: str = "") -> DimensionWords:
    return DimensionWords(frozenset(nouns.split()), frozenset(hints.split()))


COUNT_DIMENSIONS: Final[dict[str, DimensionWords]] = {
    "made": _words(
        "units examples cars copies pieces vehicles models items specimens builds trucks bikes motorcycles phones "
        "devices machines products samples instances sets consoles computers laptops tablets cameras watches guitars "
        "aircraft planes boats books albums prints autos automobiles coupes sedans convertibles roadsters chassis "
        "boxes bottles",
        "made built build building produced production producing imported import sold sell selling sales allocated "
        "allocation allocations allotted delivered deliveries manufactured shipped shipments ordered orders unit "
        "example car copy vehicle run",
    ),
    "people": _words(
        "people persons men women users customers employees workers staff personnel subscribers members students "
        "residents inhabitants citizens voters visitors fans players soldiers troops guys folks kids children adults "
        "readers viewers participants respondents attendees passengers patients engineers developers drivers owners "
        "buyers teachers doctors nurses refugees migrants protesters",
        "attended attendees hired employs employed fired headcount population",
    ),
    "talk": _words("comments posts replies messages emails letters reviews answers threads tweets"),
    "homes": _words("homes houses apartments flats dwellings households"),
    "votes": _words("votes points upvotes downvotes ballots karma"),
    "deaths": _words("deaths casualties fatalities victims dead", "killed died dead death"),
}
"""Dimensions of several nouns that count the same kind of thing."""

_BY_NOUN: Final = {noun: name for name, words in COUNT_DIMENSIONS.items() for noun in words.nouns}
_BY_WORD: Final = {word: name for name, words in COUNT_DIMENSIONS.items() for word in (*words.nouns, *words.hints)}

MEASURE_UNITS: Final = frozenset(
    (
        *("years", "months", "weeks", "days", "nights", "hours", "minutes", "seconds", "decades", "centuries"),
        *("quarters", "tons", "tonnes", "cups", "knots", "acres", "ohms", "bits", "bytes", "degrees", "miles"),
        *("inches", "yards", "pounds", "ounces", "times", "meters", "metres", "carats", "hectares", "gallons"),
        *("liters", "litres", "pints", "kilos", "grams", "watts", "volts", "dollars", "euros", "cents"),
    )
)
"""Units that look like plural nouns but are never what a bare figure counts."""

_NOUN: Final = re.compile(r"[^\W\d_]{4,}(?:[ -][^\W\d_]+)*")
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")


def comparable_amount(type: str, amount: Amount | None) -> Amount | None:
    """The amount of an entry of this type, if it is compared."""
    return None if type in UNCOMPARED_TYPES else amount


def dimension_of(amount: Amount) -> str:
    """The dimension of an amount; "" for a bare figure."""
    return _BY_NOUN.get(amount.unit, amount.unit)


def nouns_alike(noun: str) -> frozenset[str]:
    """The plural nouns of the dimension of a plural noun; at least that noun itself."""
    dimension = _BY_NOUN.get(noun)
    return COUNT_DIMENSIONS[dimension].nouns if dimension is not None else frozenset((noun,))


def is_count_dimension(dimension: str) -> bool:
    """Whether a dimension is of things that are counted one by one, which bare figures may be about."""
    if dimension in COUNT_DIMENSIONS:
        return True
    return dimension.endswith("s") and dimension not in MEASURE_UNITS and _NOUN.fullmatch(dimension) is not None


def dimension_in_sentence(sentence: str, at: int) -> str:
    """The dimension that a sentence suggests for the bare figure at `at`, by the nearest word that does; "" for
    none."""
    words = [
        (abs(word.start() - at), dimension)
        for word in _WORDS.finditer(sentence.lower())
        if (dimension := _BY_WORD.get(word.group()))
    ]
    return min(words)[1] if words else ""


def mentions_noun(sentence: str, noun: str) -> bool:
    """Whether a sentence has a counted noun, plural or singular."""
    lower = sentence.lower()
    return noun in lower or (noun[:-1] if noun.endswith("s") else noun) in lower.split()
