"""Which figures of a thread can be compared: what is counted or measured, told generously.

A *kind* is the name of what figures are compared within: a unit ("km", "$", "%"), a noun ("horses"), or one name for
many nouns that people use for the same thing ("600 examples" and "600 units" of one car). A bare figure is of no
kind by itself (""); the sentence that it stands in may say which one it belongs to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Amount

UNCOMPARED_TYPES: Final = frozenset(("year", "date", "time", "timecode", "ordinal", "version"))
"""Types of numbers that are no amounts of anything: each is a claim by itself."""

MIN_BARE_VALUE: Final = 13
"""The smallest bare figure that is compared by its sentence alone: smaller ones are about anything."""


class DimensionWords(NamedTuple):
    """The nouns of a kind, and other words that tell in a sentence that a bare figure is of it."""

    nouns: frozenset[str]
    told_by: frozenset[str] = frozenset()


def _words(nouns: str, told_by: str = "") -> DimensionWords:
    return DimensionWords(frozenset(nouns.split()), frozenset(told_by.split()))


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
"""Nouns that count the same kind of thing."""

_OF_NOUN: Final = {noun: kind for kind, words in COUNT_DIMENSIONS.items() for noun in words.nouns}
_OF_WORD: Final = {word: kind for kind, words in COUNT_DIMENSIONS.items() for word in (*words.nouns, *words.told_by)}

MEASURE_UNITS: Final = frozenset(
    (
        *("years", "months", "weeks", "days", "nights", "hours", "minutes", "seconds", "decades", "centuries"),
        *("quarters", "tons", "tonnes", "cups", "knots", "acres", "ohms", "bits", "bytes", "degrees", "miles"),
        *("inches", "yards", "pounds", "ounces", "times", "meters", "metres", "carats", "hectares", "gallons"),
        *("liters", "litres", "pints", "kilos", "grams", "watts", "volts", "dollars", "euros", "cents"),
    )
)
"""Units that look like nouns in the plural and are never what a bare figure counts."""

_NOUN: Final = re.compile(r"[^\W\d_]{4,}(?:[ -][^\W\d_]+)*")
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")


def comparable_amount(type: str, amount: Amount | None) -> Amount | None:
    """What an entry of this type is worth, if it is of a sort that is compared."""
    return None if type in UNCOMPARED_TYPES else amount


def dimension_of(amount: Amount) -> str:
    """The kind of an amount; "" for a bare figure."""
    return _OF_NOUN.get(amount.unit, amount.unit)


def nouns_alike(noun: str) -> frozenset[str]:
    """The nouns that count the same kind of thing as one in the plural; that one alone where no others do."""
    kind = _OF_NOUN.get(noun)
    return COUNT_DIMENSIONS[kind].nouns if kind is not None else frozenset((noun,))


def is_count_dimension(kind: str) -> bool:
    """Whether a kind is one of things that are counted one by one, which bare figures may be about."""
    return kind in COUNT_DIMENSIONS or (
        kind.endswith("s") and kind not in MEASURE_UNITS and bool(_NOUN.fullmatch(kind))
    )


def dimension_in_sentence(sentence: str, at: int) -> str:
    """The kind that a sentence says its bare figure at `at` is of, by the nearest word that tells; "" for none."""
    found = [
        (abs(word.start() - at), kind)
        for word in _WORDS.finditer(sentence.lower())
        if (kind := _OF_WORD.get(word.group()))
    ]
    return min(found)[1] if found else ""


def mentions_noun(sentence: str, noun: str) -> bool:
    """Whether a sentence has a counted noun, in the plural or in the singular."""
    lower = sentence.lower()
    return noun in lower or (noun[:-1] if noun.endswith("s") else noun) in lower.split()
