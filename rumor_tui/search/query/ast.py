"""The language of search: what a query consists of, and the one table of its operators.

The parser, the completion and the hints in the search widget, and the manual's table all read `OPERATORS` and
`SYNTAX_SIGNS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from rumor_tui.search.query.operators import COMMENT_STATES, CONTENT_FEATURES, CommentState, ContentFeature

Compare = Literal["=", ">", ">=", "<", "<=", "~", ".."]
"""How a figure is compared: "~" is within 10 %, and ".." asks for what lies between two figures, both included."""

SCALES: Final[dict[str, int]] = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12,
}  # fmt: skip
"""Letters written against a figure, which multiply it."""

MONEY_SCALES: Final = frozenset(("m", "mm", "b", "t"))
"""Those of them that do so in money only: 5m are metres."""

CURRENCIES: Final = "$€£¥₹₩₽₺₿¢"
"""Signs of money that may lead a figure, or the comparison in front of it."""


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A figure as it was typed: "1,500" or "2.5", and the letters of a scale behind it."""

    digits: str
    scale: str = ""

    @property
    def value(self) -> float:
        """What it is worth."""
        return float(Decimal(self.digits.replace(",", "")) * SCALES.get(self.scale.lower(), 1))


@dataclass(frozen=True, slots=True)
class TextTerm:
    """Text that is found as it stands, give or take typography; it is not blank."""

    text: str


@dataclass(frozen=True, slots=True)
class RegexTerm:
    """A regular expression; `caseless` makes upper and lower case the same whatever the query's case is."""

    pattern: str
    caseless: bool = False


@dataclass(frozen=True, slots=True)
class NumberTerm:
    """Figures in the text that compare so. `high` is the other end of a range, and None elsewhere.

    `unit` is "" where any will do, or one of `CURRENCIES`, "%", or a noun or unit in lower case.
    """

    compare: Compare
    low: NumberLiteral
    high: NumberLiteral | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NameTerm:
    """An operator and the name that it takes: by:gabe, to:gabe, name:segler."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class ChoiceTerm:
    """An operator and one of the words that it takes: has:link, is:leaf, in:article."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class MeasureTerm:
    """An operator that compares a figure of the comment itself: depth:<3, replies:>5, score:>100."""

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


OperandKind = Literal["name", "choice", "measure", "date"]


@dataclass(frozen=True, slots=True)
class Operator:
    """A word with a colon, what may follow it, and what it asks for, in words that go on from "comments …"."""

    name: str
    takes: OperandKind
    wants: str
    means: str
    example: str
    values: tuple[tuple[str, str], ...] = ()
    """For a choice: each word, and what it means."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes."""
        return tuple(word for word, _ in self.values)


def _values(rows: Iterable[CommentState | ContentFeature]) -> tuple[tuple[str, str], ...]:
    return tuple((row.name, row.means) for row in rows)


PLACES: Final = (("article", "the title and the text of the article"), ("comments", "the comments"))

OPERATORS: Final[dict[str, Operator]] = {
    operator.name: operator
    for operator in (
        Operator("by", "name", "an author", "by that author", "by:gabe"),
        Operator("to", "name", "an author", "that answer that author", "to:gabe"),
        Operator("name", "name", "a name", "that name somebody or something, in any form of that name", "name:segler"),
        Operator("has", "choice", "a thing", "that hold such a thing", "has:link", _values(CONTENT_FEATURES)),
        Operator("is", "choice", "a state", "that are in that state", "is:leaf", _values(COMMENT_STATES)),
        Operator("in", "choice", "a place", "in the article, or in the comments", "in:article", PLACES),
        Operator("depth", "measure", "a number", "at that depth: those at the top level have 0", "depth:<3"),
        Operator("replies", "measure", "a number", "with so many direct replies", "replies:>5"),
        Operator("score", "measure", "a number", "with that score, where the source tells it", "score:>100"),
        Operator("before", "date", "a date", "written before that year, month or day", "before:2011-03"),
        Operator("after", "date", "a date", "written in that year, month or day, or later", "after:2011-03-08"),
    )
}
"""Every operator with a colon, by its name."""


@dataclass(frozen=True, slots=True)
class SyntaxSign:
    """A part of the language that is not a word with a colon: how it is written, what it means, an example."""

    written: str
    means: str
    example: str


SYNTAX_SIGNS: Final = (
    SyntaxSign("words", "these words, in this order", "dealer allocation"),
    SyntaxSign('"…"', "the same for text that would mean something else", '"by:gabe"'),
    SyntaxSign("-", "not what follows", "-by:gabe"),
    SyntaxSign("or", "what stands before it, or what stands behind it", "turbo or diesel"),
    SyntaxSign("/…/", "a regular expression; with i behind it in any case", "/20(10|11)/i"),
    SyntaxSign("600", "that number, in figures or in words", "600"),
    SyntaxSign(">  >=  <  <=", "numbers above or below that one", ">500"),
    SyntaxSign("..", "numbers from the one to the other", "400..700"),
    SyntaxSign("~", "numbers within 10 % of that one", "~600"),
    SyntaxSign("$  €  £ …", "amounts of money", "$>50k"),
    SyntaxSign("%", "percentages", "%>2"),
    SyntaxSign(
        "noun:",
        "numbers of these things, or with this unit; what a trail takes for one thing is one here too (units, "
        "examples, cars, copies …)",
        "units:400..700",
    ),
)
"""The other parts of the language."""
