"""From a typed line to a query, and what a line that is still being typed is missing.

What is no operator is plain text, so that nearly every line is a valid query; a line that stops in the middle of an
operator is a `QueryError` that says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from rumor_tui.search.query.ast import (
    CURRENCIES,
    MONEY_SCALES,
    SCALES,
    And,
    ChoiceTerm,
    Compare,
    DateTerm,
    EmptyQuery,
    MeasureTerm,
    NameTerm,
    Node,
    Not,
    NumberLiteral,
    NumberTerm,
    Or,
    RegexTerm,
    Term,
    TextTerm,
)
from rumor_tui.search.query.operators import LIBRARY_OPERATORS, OPERATORS, Operator
from rumor_tui.search.query.query import QueryError

MAX_DIGITS: Final = 25
"""The longest number that is compared; a longer one is text."""

MAX_TERMS: Final = 200
"""The most terms of a query."""

_FIGURE: Final = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?"
_MONEY: Final = f"[{re.escape(CURRENCIES)}]?"
_NUMBER: Final = re.compile(
    rf"(?P<sign>(?:[{re.escape(CURRENCIES)}]|%)?)(?P<compare>>=|<=|>|<|~|=|)(?P<inner>{_MONEY})"
    rf"(?P<low>{_FIGURE})(?P<scale>[^\W\d_]*)(?:\.\.{_MONEY}(?P<high>{_FIGURE})(?P<other>[^\W\d_]*))?(?P<percent>%?)"
)
_UNFINISHED: Final = re.compile(
    rf"(?:[^\W\d][\w'-]*:|{_MONEY})(?:(?:>=?|<=?|~|=){_MONEY}|{_MONEY}{_FIGURE}[^\W\d_]*\.\.)"
)
_NOUN: Final = re.compile(r"([^\W\d][\w'-]{0,60}):(?=\S)")
_OPERATOR: Final = re.compile(r"([A-Za-z]{1,20}):")
_MEASURE: Final = re.compile(r"(>=|<=|>|<|~|=|)(-?[0-9]{1,12})(?:\.\.(-?[0-9]{1,12}))?")
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_ESCAPED: Final = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the line: a term, or None for a plain word. A `bare` number counts as a word beside other words."""

    start: int
    end: int
    term: Term | Not | None = None
    bare: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it may be part of a text."""
        return self.term is None or self.bare


_Table: TypeAlias = Mapping[str, Operator]
"""The operators that there are, by name."""

_TermAndEnd = tuple[Term, int] | None
"""A term and where it ends, or None if there is none."""


def parse_query(text: str, *, library: bool = False) -> Node:
    """The query that a line asks for, in a thread or in the library. Raises QueryError, and nothing else."""
    tokens, error = _tokens(text, library)
    if error is not None:
        raise QueryError(str(error), error.position)
    if len(tokens) > MAX_TERMS and any(token.term for token in tokens):
        raise QueryError(f"The search has more than {MAX_TERMS} words.", tokens[MAX_TERMS].start)
    if not tokens:
        return EmptyQuery()
    groups = [_group(text, part) for part in _split_at_or(text, tokens)]
    if groups == [TextTerm(text.strip())]:
        # Space at the edges counts if nothing else was typed.
        return TextTerm(text) if tokens[0].is_plain else groups[0]
    return groups[0] if len(groups) == 1 else Or(tuple(groups))


def last_word_start(text: str, *, plain: bool = False) -> int:
    """Where the last word of a line starts; with `plain`, where the run of plain words at its end starts."""
    start, in_run, end = 0, False, 0
    tokens, error = _tokens(text)
    for token in tokens:
        continues = plain and token.is_plain and not _is_or(text, token)
        if not (continues and in_run):
            start = token.start
        in_run, end = continues, token.end
    if error is not None:
        return _skip_space(text, end)
    return start if text and (in_run or not text[-1].isspace()) else len(text)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _split_at_or(text: str, tokens: Sequence[_Token]) -> list[list[_Token]]:
    """The tokens between one `or` and the next; an `or` at an edge is a word."""
    parts: list[list[_Token]] = [[]]
    for n, token in enumerate(tokens):
        follows = n + 1 < len(tokens) and not _is_or(text, tokens[n + 1])
        if _is_or(text, token) and parts[-1] and follows:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_or(text: str, token: _Token) -> bool:
    return token.term is None and text[token.start : token.end] in ("or", "OR")


def _group(text: str, tokens: Sequence[_Token]) -> And | Not | Term:
    """The terms of one side of an `or`; adjacent words are one term."""
    terms: list[Term | Not] = []
    for plain, group in groupby(tokens, lambda token: token.is_plain):
        run = list(group)
        if plain and any(token.term is None for token in run):
            terms.append(TextTerm(text[run[0].start : run[-1].end]))
        else:
            terms += [token.term for token in run if token.term is not None]
    return terms[0] if len(terms) == 1 else And(tuple(terms))


@lru_cache(maxsize=32)
def _tokens(text: str, library: bool = False) -> tuple[Sequence[_Token], QueryError | None]:
    """The tokens of a line, up to the fault in it, if there is one.

    They are kept, since a line that is typed is read by several: who searches, who completes, who says what is missing.
    """
    tokens: list[_Token] = []
    operators = LIBRARY_OPERATORS if library else OPERATORS
    at = _skip_space(text, 0)
    while at < len(text):
        try:
            token = _token(text, at, operators)
        except QueryError as error:
            return tokens, QueryError(str(error), error.position)
        tokens.append(token)
        at = _skip_space(text, token.end)
    return tokens, None


def _token(text: str, at: int, operators: _Table) -> _Token:
    """The token that begins at a character that is not space."""
    start = at + (text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace())
    for read in _READERS:
        result = read(text, start, operators)
        if result is not None:
            term, end = result
            if start > at:
                return _Token(at, end, Not(term))
            is_bare = read is _read_number and isinstance(term, NumberTerm) and term.compare == "="
            return _Token(at, end, term, is_bare)
    end = _word_end(text, at)
    if start > at and (text[start].isalnum() or text[start] in "@#"):
        return _Token(at, end, Not(TextTerm(text[start:end])))
    return _Token(at, end)


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _is_word_end(text: str, at: int) -> bool:
    return at == len(text) or text[at].isspace()


def _quoted_text(text: str, at: int) -> tuple[str, int] | None:
    """The text in the quotes that open at `at`, and where they end; up to the end of the line if they are not
    closed."""
    if text[at : at + 1] != '"':
        return None
    end = at + 1
    while end < len(text):
        if text[end] == "\\" and text[end + 1 : end + 2] in ('"', "\\"):
            end += 2
        elif text[end] == '"' and _is_word_end(text, end + 1):
            return _ESCAPED.sub(r"\1", text[at + 1 : end]), end + 1
        else:
            end += 1
    return None if _is_word_end(text, at + 1) else (_ESCAPED.sub(r"\1", text[at + 1 :]), len(text))


def _read_quoted(text: str, at: int, operators: _Table) -> _TermAndEnd:
    quoted = _quoted_text(text, at)
    return (TextTerm(quoted[0]), quoted[1]) if quoted is not None and quoted[0].strip() else None


def _read_regex(text: str, at: int, operators: _Table) -> _TermAndEnd:
    """/…/ or /…/i, which ends at the first slash that is followed by space."""
    if text[at] != "/":
        return None
    end = at + 1
    while end < len(text):
        if text[end] == "\\":
            end += 2
            continue
        close = end + 1 + (text[end + 1 : end + 2] == "i")
        if text[end] == "/" and _is_word_end(text, close) and text[at + 1 : end].strip():
            pattern = re.sub(r"\\(.)", lambda m: "/" if m[1] == "/" else m[0], text[at + 1 : end], flags=re.DOTALL)
            return RegexTerm(pattern, close > end + 1), close
        end += 1
    return None


def _read_number(text: str, at: int, operators: _Table) -> _TermAndEnd:
    """A number, or a comparison with one."""
    end = _word_end(text, at)
    number = _number_of(text[at:end])
    if number is None:
        _refuse_unfinished(text, at, end)
    return None if number is None else (number, end)


def _read_noun(text: str, at: int, operators: _Table) -> _TermAndEnd:
    """A noun or unit with a number: units:400..700."""
    match = _NOUN.match(text, at)
    if match is None or (noun := match[1].lower()) in operators or _NOUN.match(f"{noun}:.") is None:
        return None
    end = _word_end(text, at)
    number = _number_of(text[match.end() : end])
    if number is None or number.unit:
        _refuse_unfinished(text, at, end)
        return None
    return NumberTerm(number.compare, number.low, number.high, noun), end


def _refuse_unfinished(text: str, at: int, end: int) -> None:
    """Raise QueryError if the line ends after a comparison; in the middle of a line that is plain text."""
    if end == len(text) and _UNFINISHED.fullmatch(text, at, end) and end - at > 1:
        raise QueryError(f"A number is missing after {text[at:end]}", end)


def _number_of(word: str) -> NumberTerm | None:
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None
    low, high, compare = match["low"], match["high"] or "", match["compare"]
    units = [unit for unit in (match["sign"], match["inner"], match["percent"]) if unit]
    if max(len(low), len(high)) > MAX_DIGITS or len(units) > 1 or (high and compare):
        return None
    scales, unit = (match["scale"], match["other"] or ""), units[0] if units else ""
    if not unit:
        scales, unit = _split_unit(*scales, is_range=bool(high), compares=bool(compare))
    if not all(_is_scale(scale, unit) for scale in scales):
        return None
    number = NumberLiteral(low, scales[0])
    if high:
        return NumberTerm("..", number, NumberLiteral(high, scales[1]), unit)
    return NumberTerm(_compare(compare), number, None, unit)


def _split_unit(scale: str, other: str, *, is_range: bool, compares: bool) -> tuple[tuple[str, str], str]:
    """The scales of both numbers and the unit, if the letters after the last one are a unit: "5km", "4..5km"."""
    letters = other if is_range else scale
    if _is_scale(letters, ""):
        return (scale, other), ""
    from rumor_tui.marks.data.units import AMBIGUOUS_UNITS, UNITS

    unit = letters.lower()
    is_unit = unit in UNITS and (unit not in AMBIGUOUS_UNITS or compares or is_range)
    if not is_unit:
        return (scale, other), ""
    return (scale if is_range else "", ""), unit


def _is_scale(letters: str, unit: str) -> bool:
    known = not letters or letters.lower() in SCALES
    return known and (letters.lower() not in MONEY_SCALES or unit in tuple(CURRENCIES))


def _compare(sign: str) -> Compare:
    signs: dict[str, Compare] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "~": "~"}
    return signs.get(sign, "=")


def _read_operator(text: str, at: int, operators: _Table) -> _TermAndEnd:
    """An operator of the table with its operand."""
    match = _OPERATOR.match(text, at)
    operator = operators.get(match[1].lower()) if match else None
    if match is None or operator is None:
        return None
    start = match.end()
    if start == len(text):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}", start)
    if text[start].isspace():  # "written by: Gabe"
        return None
    value, end = _quoted_text(text, start) or (None, start)
    if value is None:
        end = _word_end(text, start)
        value = text[start:end]
    try:
        return _OPERANDS[operator.takes](operator, value), end
    except QueryError as error:
        error.position = start
        raise


def _name_operand(operator: Operator, value: str) -> Term:
    if value.strip() in ("", '"', "@"):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}")
    return NameTerm(operator.name, value)


def _choice_operand(operator: Operator, value: str) -> Term:
    if value.lower() not in operator.choices:
        *first, last = operator.choices
        raise QueryError(f"{operator.name}: takes {', '.join(first)} or {last}")
    return ChoiceTerm(operator.name, value.lower())


def _measure_operand(operator: Operator, value: str) -> Term:
    match = _MEASURE.fullmatch(value)
    if match is None or (match[1] and match[3]):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}")
    low = int(match[2])
    if match[3]:
        return MeasureTerm(operator.name, "..", low, int(match[3]))
    return MeasureTerm(operator.name, _compare(match[1]), low)


def _date_operand(operator: Operator, value: str) -> Term:
    if _DATE.fullmatch(value) is None or start_of_date(value) is None:
        raise QueryError(f"{operator.name}: wants a year, month or day, as in {operator.example}")
    return DateTerm(operator.name, value)


def start_of_date(date: str) -> float | None:
    """The start of a year, month or day in seconds since 1970 UTC; None if the calendar has no such day."""
    from datetime import UTC, datetime

    year, month, day = [*map(int, date.split("-")), 1, 1][:3]
    try:
        return datetime(year, month, day, tzinfo=UTC).timestamp()
    except ValueError:
        return None


_OPERANDS: Final[dict[str, Callable[[Operator, str], Term]]] = {
    "name": _name_operand,
    "choice": _choice_operand,
    "measure": _measure_operand,
    "date": _date_operand,
}

_READERS: Final = (_read_quoted, _read_regex, _read_operator, _read_noun, _read_number)
"""What reads a term, in the order in which they are tried."""


# Lines that are still being typed

_COMPARED: Final = re.compile(r"[$€£¥₹₩₽₺₿¢%]?(?:>=?|<=?|~)")
_QUOTED: Final = re.compile(r'(?:([A-Za-z]+):)?(")', re.DOTALL)
_CLOSED: Final = re.compile(r'"(?>(?:\\["\\]|[^"]|"(?!\s|\Z))*)"', re.DOTALL)
_EXPRESSION: Final = re.compile(r"/[^/\s].*[(\[{|*+?\\^$]", re.DOTALL)
_HALF_DATE: Final = re.compile(r"(?:before|after):[0-9]{4}-(?:1|[0-9]{1,2}-[1-3])", re.IGNORECASE)


def missing_part(line: str) -> str:
    """What is missing at the end of a line, in a sentence, or "".

    The parser takes such a line for text, which is right for a complete line. While it is typed, the previous results
    say more than the text that it happens to be.
    """
    last = last_word_start(line.rstrip())
    word = line[last:].strip()
    if word in ("or", "OR"):
        return f"The alternative is missing after {word}." if line[:last].strip() else ""
    if _COMPARED.fullmatch(word):
        return f"A number is missing after {word}"
    word = word.removeprefix("-")
    if _is_open(word):
        return 'The quotes are not closed: a " is missing.'
    if _HALF_DATE.fullmatch(word):
        return f"A digit is missing after {word}"
    run = line[last_word_start(line, plain=True) :].strip().removeprefix("-")
    if _EXPRESSION.match(run) and not run.endswith(("/", "/i")):
        return "The expression is not closed: a / is missing."
    return ""


def _is_open(word: str) -> bool:
    """Whether a word begins with quotes, or has them after an operator, that are not closed."""
    match = _QUOTED.match(word)
    if match is None or (match[1] and match[1].lower() not in OPERATORS):
        return False
    return _CLOSED.fullmatch(word, match.start(2)) is None
