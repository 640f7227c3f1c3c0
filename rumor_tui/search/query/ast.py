"""The nodes of a parsed query. Their operators and how they are written stand in `operators`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Compare = Literal["=", ">", ">=", "<", "<=", "~", ".."]
"""How a number is compared: "~" means within 10 %, ".." between two numbers, both included."""

SCALES: Final[dict[str, int]] = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12,
}  # fmt: skip
"""Suffixes that multiply a number."""

MONEY_SCALES: Final = frozenset(("m", "mm", "b", "t"))
"""Those of them that do so only with money: 5m are metres."""

CURRENCIES: Final = "$€£¥₹₩₽₺₿¢"
"""Currency signs that may stand before a number or its comparison."""


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number as it was typed: "1,500" or "2.5", with the scale after it."""

    digits: str
    scale: str = ""

    @property
    def value(self) -> float:
        """The number itself."""
        return float(Decimal(self.digits.replace(",", "")) * SCALES.get(self.scale.lower(), 1))


@dataclass(frozen=True, slots=True)
class TextTerm:
    """Text that is searched as it stands, apart from typography; it is not blank."""

    text: str


@dataclass(frozen=True, slots=True)
class RegexTerm:
    """A regular expression; `caseless` ignores case whatever the query says."""

    pattern: str
    caseless: bool = False


@dataclass(frozen=True, slots=True)
class NumberTerm:
    """Numbers in the text that compare like this. `high` is the upper end of a range, else None.

    `unit` is "" for any unit, one of `CURRENCIES`, "%", or a noun or unit in lower case.
    """

    compare: Compare
    low: NumberLiteral
    high: NumberLiteral | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NameTerm:
    """An operator with a name: by:gabe, to:gabe, name:segler."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class ChoiceTerm:
    """An operator with one of its words: has:link, is:leaf, in:article."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class MeasureTerm:
    """An operator that compares a number of the comment itself: depth:<3, replies:>5, score:>100."""

    operator: str
    compare: Compare
    low: int
    high: int | None = None


@dataclass(frozen=True, slots=True)
class DateTerm:
    """before: or after: a date as it was typed: 2011, 2011-03, 2011-03-08."""

    operator: str
    date: str


Term: TypeAlias = TextTerm | RegexTerm | NumberTerm | NameTerm | ChoiceTerm | MeasureTerm | DateTerm


@dataclass(frozen=True, slots=True)
class Not:
    """What a text must not have."""

    term: Term


@dataclass(frozen=True, slots=True)
class And:
    """Two or more terms that one text must all have."""

    parts: tuple[Term | Not, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more queries of which a text must answer at least one."""

    parts: tuple[And | Not | Term, ...]


@dataclass(frozen=True, slots=True)
class EmptyQuery:
    """The query that asks for nothing: a blank line."""


Node: TypeAlias = Or | And | Not | Term | EmptyQuery
