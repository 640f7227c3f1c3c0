"""From a typed line to a query, and what a line that is still being typed is missing.

What is no operator is plain text, so that nearly every line is a valid query; a line that stops in the middle of an
operator is a `QueryError` that says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rumor_tui.search.query.ast import (
    CURRENCIES,
    MONEY_SCALES,
    OPERATORS,
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
    Operator,
    Or,
    RegexTerm,
    Term,
    TextTerm,
)
from rumor_tui.search.query.query import QueryError

MAX_DIGITS: Final = 25
"""The longest figure that is compared; a longer one is text."""

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
    """A stretch of the line: a term, or None for a plain word. `bare` is a figure that beside words is one of them."""

    start: int
    end: int
    term: Term | Not | None = None
    bare: bool = False


_TermAndEnd = tuple[Term, int] | None
"""A term and where it ends, or None where there is none."""


def parse_query(text: str) -> Node:
    """What a line asks for. Raises QueryError, and nothing else."""
    tokens = list(_tokens(text))
    if len(tokens) > MAX_TERMS and any(token.term for token in tokens):
        raise QueryError(f"The search has more than {MAX_TERMS} words.", tokens[MAX_TERMS].start)
    if not tokens:
        return EmptyQuery()
    groups = [_group(text, part) for part in _split_at_or(text, tokens)]
    if groups == [TextTerm(text.strip())]:
        only = tokens[0].term is None or tokens[0].bare
        return TextTerm(text) if only else groups[0]  # space at the edges counts where nothing else was typed
    return groups[0] if len(groups) == 1 else Or(tuple(groups))


def last_word_start(text: str, *, plain: bool = False) -> int:
    """Where the word starts that a line ends in; with `plain`, where the plain words do that it ends in."""
    start = at = 0
    plain_before = False
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return start if text and (plain_before or not text[-1].isspace()) else at
        try:
            token = _token(text, at)
        except QueryError:
            return at
        is_plain = (token.term is None or token.bare) and not _is_or(text, token)
        if not (plain and is_plain and plain_before):
            start = at
        plain_before = plain and is_plain
        at = token.end


def _split_at_or(text: str, tokens: Sequence[_Token]) -> list[list[_Token]]:
    """The tokens between one `or` and the next; one at an edge is a word."""
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
    """The terms of one side of an `or`: words that stand together are one of them."""
    terms: list[Term | Not] = []
    for plain, run in groupby(tokens, lambda token: token.term is None or token.bare):
        stretch = list(run)
        if plain and any(token.term is None for token in stretch):
            terms.append(TextTerm(text[stretch[0].start : stretch[-1].end]))
        else:
            terms += [token.term for token in stretch if token.term is not None]
    return terms[0] if len(terms) == 1 else And(tuple(terms))


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return
        token = _token(text, at)
        yield token
        at = token.end


def _token(text: str, at: int) -> _Token:
    """What begins at a character that is not space."""
    start = at + (text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace())
    for read in _READERS:
        found = read(text, start)
        if found is not None:
            term, end = found
            if start > at:
                return _Token(at, end, Not(term))
            return _Token(at, end, term, bare=read is _number and _is_bare(term))
    end = _word_end(text, at)
    if start > at and (text[start].isalnum() or text[start] in "@#"):
        return _Token(at, end, Not(TextTerm(text[start:end])))
    return _Token(at, end)


def _is_bare(term: Term) -> bool:
    return isinstance(term, NumberTerm) and term.compare == "="


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _is_word_end(text: str, at: int) -> bool:
    return at == len(text) or text[at].isspace()


def _quoted_text(text: str, at: int) -> tuple[str, int] | None:
    """What stands in the quotes that open at `at`, and where they end; up to the end if none closes them."""
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


def _quoted(text: str, at: int) -> _TermAndEnd:
    found = _quoted_text(text, at)
    return (TextTerm(found[0]), found[1]) if found is not None and found[0].strip() else None


def _pattern(text: str, at: int) -> _TermAndEnd:
    """/…/ or /…/i, which ends at the first slash that space follows."""
    if text[at] != "/":
        return None
    end = at + 1
    while end < len(text):
        if text[end] == "\\":
            end += 2
            continue
        behind = end + 1 + (text[end + 1 : end + 2] == "i")
        if text[end] == "/" and _is_word_end(text, behind) and text[at + 1 : end].strip():
            pattern = re.sub(r"\\(.)", lambda m: "/" if m[1] == "/" else m[0], text[at + 1 : end], flags=re.DOTALL)
            return RegexTerm(pattern, behind > end + 1), behind
        end += 1
    return None


def _number(text: str, at: int) -> _TermAndEnd:
    """A number, or a comparison with one."""
    end = _word_end(text, at)
    number = _number_of(text[at:end])
    if number is None:
        _refuse_unfinished(text, at, end)
    return None if number is None else (number, end)


def _noun(text: str, at: int) -> _TermAndEnd:
    """A noun or unit, and the number of it."""
    found = _NOUN.match(text, at)
    if found is None or (noun := found[1].lower()) in OPERATORS or _NOUN.match(f"{noun}:.") is None:
        return None
    end = _word_end(text, at)
    number = _number_of(text[found.end() : end])
    if number is None or number.unit:
        _refuse_unfinished(text, at, end)
        return None
    return NumberTerm(number.compare, number.low, number.high, noun), end


def _refuse_unfinished(text: str, at: int, end: int) -> None:
    """Say so where the line stops after a comparison; the same within the line is plain text."""
    if end == len(text) and _UNFINISHED.fullmatch(text, at, end) and end - at > 1:
        raise QueryError(f"A number is missing after {text[at:end]}", end)


def _number_of(word: str) -> NumberTerm | None:
    found = _NUMBER.fullmatch(word)
    if found is None or max(len(found["low"]), len(found["high"] or "")) > MAX_DIGITS:
        return None
    sign, inner, compare = found["sign"], found["inner"], found["compare"]
    percent = found["percent"]
    if bool(sign) + bool(inner) + bool(percent) > 1 or (found["high"] and compare):
        return None
    unit = sign or inner or percent
    scale, other = found["scale"], found["other"] or ""
    if not unit and (other if found["high"] else scale):
        scale, other, unit = _unit_of(scale, other, found)
    if not (_is_scale(scale, unit) and _is_scale(other, unit)):
        return None
    low = NumberLiteral(found["low"], scale)
    if found["high"]:
        return NumberTerm("..", low, NumberLiteral(found["high"], other), unit)
    return NumberTerm(_compare(compare), low, None, unit)


def _unit_of(scale: str, other: str, found: re.Match[str]) -> tuple[str, str, str]:
    """The scales of both figures and the unit, where the letters behind the last one are a unit ("5km", "4..5km")."""
    letters = other if found["high"] else scale
    if _is_scale(letters, ""):
        return scale, other, ""
    from rumor_tui.marks.data.units import AMBIGUOUS_UNITS, UNITS

    unit = letters.lower()
    sure = unit not in AMBIGUOUS_UNITS or found["compare"] or found["high"]
    if unit not in UNITS or not sure:
        return scale, other, ""
    return (scale, "", unit) if found["high"] else ("", "", unit)


def _is_scale(letters: str, unit: str) -> bool:
    known = not letters or letters.lower() in SCALES
    return known and (letters.lower() not in MONEY_SCALES or unit in tuple(CURRENCIES))


def _compare(sign: str) -> Compare:
    signs: dict[str, Compare] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "~": "~"}
    return signs.get(sign, "=")


def _operator(text: str, at: int) -> _TermAndEnd:
    """A word of the table with a colon, and what follows it."""
    found = _OPERATOR.match(text, at)
    operator = OPERATORS.get(found[1].lower()) if found else None
    if found is None or operator is None:
        return None
    start = found.end()
    if start == len(text):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}", start)
    if text[start].isspace():  # "written by: Gabe"
        return None
    value, end = _quoted_text(text, start) or (None, start)
    if value is None:
        end = _word_end(text, start)
        value = text[start:end]
    try:
        return _VALUES[operator.takes](operator, value), end
    except QueryError as error:
        error.position = start
        raise


def _name(operator: Operator, value: str) -> Term:
    if value.strip() in ("", '"', "@"):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}")
    return NameTerm(operator.name, value)


def _choice(operator: Operator, value: str) -> Term:
    if value.lower() not in operator.choices:
        *first, last = operator.choices
        raise QueryError(f"{operator.name}: takes {', '.join(first)} or {last}")
    return ChoiceTerm(operator.name, value.lower())


def _measure(operator: Operator, value: str) -> Term:
    found = _MEASURE.fullmatch(value)
    if found is None or (found[1] and found[3]):
        raise QueryError(f"{operator.name}: wants {operator.wants}, as in {operator.example}")
    low = int(found[2])
    if found[3]:
        return MeasureTerm(operator.name, "..", low, int(found[3]))
    return MeasureTerm(operator.name, _compare(found[1]), low)


def _date(operator: Operator, value: str) -> Term:
    found = _DATE.fullmatch(value)
    if found is None or start_of_date(value) is None:
        raise QueryError(f"{operator.name}: wants a year, month or day, as in {operator.example}")
    return DateTerm(operator.name, value)


def start_of_date(date: str) -> float | None:
    """The beginning of a year, month or day in seconds since 1970 UTC; None where the calendar has no such day."""
    from datetime import UTC, datetime

    year, month, day = [*map(int, date.split("-")), 1, 1][:3]
    try:
        return datetime(year, month, day, tzinfo=UTC).timestamp()
    except ValueError:
        return None


_VALUES: Final[dict[str, Callable[[Operator, str], Term]]] = {
    "name": _name,
    "choice": _choice,
    "measure": _measure,
    "date": _date,
}

_READERS: Final = (_quoted, _pattern, _operator, _noun, _number)


_COMPARED: Final = re.compile(r"[$€£¥₹₩₽₺₿¢%]?(?:>=?|<=?|~)")
_QUOTED: Final = re.compile(r'(?:([A-Za-z]+):)?(")', re.DOTALL)
_CLOSED: Final = re.compile(r'"(?:\\["\\]|[^"]|"(?!\s|\Z))*+"', re.DOTALL)
_EXPRESSION: Final = re.compile(r"/[^/\s].*[(\[{|*+?\\^$]", re.DOTALL)
_HALF_DATE: Final = re.compile(r"(?:before|after):[0-9]{4}-(?:1|[0-9]{1,2}-[1-3])", re.IGNORECASE)


def missing_part(line: str) -> str:
    """What is missing at the end of a line, in a sentence; "" where nothing is."""
    last = last_word_start(line.rstrip())
    word = line[last:].strip()
    if word in ("or", "OR"):
        return f"What may stand instead is missing after {word}." if line[:last].strip() else ""
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
    """Whether a word begins with quotes, or has them behind an operator, that nothing closes."""
    found = _QUOTED.match(word)
    if found is None or (found[1] and found[1].lower() not in OPERATORS):
        return False
    return _CLOSED.fullmatch(word, found.start(2)) is None
