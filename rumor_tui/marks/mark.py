"""The types that every part of `marks` shares: a number or name in a text, and what a number amounts to."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["number", "name"]


class Amount(NamedTuple):
    """What a number amounts to: all values from `low` to `high`, both included; the two are equal for a single figure.

    `unit` is what is counted or measured, in one form for all spellings: a currency's symbol or code ("$", "CHF"), "%",
    a unit ("km", "years"), a noun in the plural ("examples"), or "" for a bare figure. `about` means that the text
    itself says that the figure is not exact ("around 100", "~600").
    """

    low: float
    high: float
    unit: str = ""
    about: bool = False


class Mark(NamedTuple):
    """A number or a name in a text: `text[start:end]`, in characters, with no white space at the edges.

    `amount` is set for numbers that can be compared: not for dates, clock times, time codes, versions, scores, ratios,
    sizes and telephone numbers. The amount of a decade is all its years, that of "16 years old" is in years. "over",
    "at least" and other bounds do not change it. Addresses, hashes and other identifiers are no numbers.

    `type` is the sort of number or name, and `value` is equal for all marks that a reader would count together:

    ========== ===================================== ===================================================
    type       example in the text                   `value`
    ========== ===================================== ===================================================
    money      $1.2M, 5 bucks, 420 million euros     symbol or code, then the amount: $1200000, $5
    percent    100%, five percent                    amount and sign: 100%, 5%
    range      5-10, 25 and 65 units, $5 to $10      both ends and the unit: 5-10, 25-65 units, $5-$10
    ordinal    3rd, third                            figure and ending: 3rd
    year       2003, 1990s, the '90s                 2003, 1990s
    date       Jan 5, 2007, 8/17/2000, Q3 2011       2007-01-05, 01-05, 2007-01, 2011-Q3, monday
    time       3 pm, 14:30                           hours and minutes of the day: 15:00, 14:30
    timecode   the 1:50 mark, 1:02:03, 1h30m         with colons: 1:50, 1:02:03, 1:30:00
    quantity   600 Examples, two-year, 5 kilometres  amount, then the unit in lower case: 600 examples, 5 km
    number     1,234, twenty-six, 1/2, 9 out of 10   plain figures: 1234, 26, 1/2, 9/10
    version    2.10.3, v3.1, version 2               with a v: v2.10.3, v3.1
    score      3-1, "won 1–3"                        both figures with an en dash: 3–1
    name       University of Oxford                  without a possessive ending
    acronym    UK's, U.S.                            without a possessive ending
    product    3 series, 1M’s, F30                   without a possessive or plural ending
    person     @gabe, a commenter's name             the name as the commenter writes it, without @
    ========== ===================================== ===================================================

    A type with amounts and one without never share a value: 3.1 is not v3.1, and the range 3-1 is not the score 3–1.
    """

    start: int
    end: int
    kind: Kind
    type: str
    value: str
    amount: Amount | None = None
