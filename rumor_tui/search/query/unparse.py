"""From what a query asks for back to a line that asks for it."""

from __future__ import annotations

import re
from dataclasses import replace

from rumor_tui.search.query.ast import (
    CURRENCIES,
    And,
    ChoiceTerm,
    DateTerm,
    EmptyQuery,
    MeasureTerm,
    NameTerm,
    Node,
    Not,
    NumberTerm,
    Or,
    RegexTerm,
    TextTerm,
)
from rumor_tui.search.query.operators import LIBRARY_OPERATORS, OPERATORS, SYNTAX_SIGNS, Operator
from rumor_tui.search.query.parser import parse_query
from rumor_tui.search.query.query import QueryError


def unparse(node: Node) -> str:
    """A line that `parse_query` turns into the same query, without quotes if they are not needed."""
    line = _line(node, quoted=False)
    try:
        if parse_query(line) == node:
            return line
    except QueryError:
        pass
    return _line(node, quoted=True)


def language_table() -> str:
    """The search language as a table in Markdown, for the manual: what is written, what it finds, an example."""
    signs = [(sign.written, sign.means, sign.example) for sign in SYNTAX_SIGNS]
    return _table([*signs, *map(_row, OPERATORS.values())])


def library_table() -> str:
    """The same of what only a search in the library knows."""
    operators = []
    for name, operator in LIBRARY_OPERATORS.items():
        known = OPERATORS[name].values if name in OPERATORS else ()
        values = tuple(value for value in operator.values if value not in known)
        if values or name not in OPERATORS:
            example = f"{name}:{values[0][0]}" if values else operator.example
            operators.append(replace(operator, values=values, example=example))
    return _table(list(map(_row, operators)))


def _row(operator: Operator) -> tuple[str, str, str]:
    """How an operator is written, what it finds, an example."""
    values = "; ".join(f"`{word}` {means}" for word, means in operator.values)
    means = f"{operator.means}: {values}" if values else operator.means
    return f"{operator.name}:", f"comments {means}" if operator.name != "in" else means, operator.example


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| `{_cell(written)}` | {means} | `{_cell(example)}` |" for written, means, example in rows]
    return "\n".join(["| written | finds | for example |", "| --- | --- | --- |", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _line(node: Node, quoted: bool) -> str:
    match node:
        case EmptyQuery():
            return ""
        case Or(parts):
            return " or ".join(_line(part, quoted) for part in parts)
        case And(parts):
            return " ".join(_line(part, quoted) for part in parts)
        case Not(term):
            return f"-{_line(term, quoted)}"
        case TextTerm(text):
            return quote_text(text) if quoted else text
        case _:
            return _term(node)


def _term(term: RegexTerm | NumberTerm | NameTerm | ChoiceTerm | MeasureTerm | DateTerm) -> str:
    match term:
        case RegexTerm(pattern, caseless):
            return "/" + pattern.replace("/", "\\/") + "/" + "i" * caseless
        case NumberTerm():
            return _number(term)
        case NameTerm(operator, value):
            return f"{operator}:{value if needs_no_quotes(value) else quote_text(value)}"
        case MeasureTerm(operator, compare, low, high):
            return f"{operator}:{low}..{high}" if high is not None else f"{operator}:{_sign(compare)}{low}"
        case ChoiceTerm(operator, value) | DateTerm(operator, value):
            return f"{operator}:{value}"


def _number(number: NumberTerm) -> str:
    low, high = number.low.digits + number.low.scale, number.high
    comparison = f"{low}..{high.digits}{high.scale}" if high else _sign(number.compare) + low
    if number.unit == "%" and number.compare == "=":
        return f"{comparison}%"
    return f"{number.unit}{comparison}" if number.unit in ("", "%", *CURRENCIES) else f"{number.unit}:{comparison}"


def _sign(compare: str) -> str:
    return "" if compare == "=" else compare


def needs_no_quotes(value: str) -> bool:
    """Whether a name can follow an operator without quotes."""
    return re.fullmatch(r'[^\s"]\S*', value) is not None


def quote_text(text: str) -> str:
    """The text in quotes, so that it is searched as it stands."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
