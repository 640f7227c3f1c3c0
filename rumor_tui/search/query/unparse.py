"""From what a query asks for back to a line that asks for it."""

from __future__ import annotations

import re

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
    NumberLiteral,
    NumberTerm,
    Or,
    RegexTerm,
    TextTerm,
)
from rumor_tui.search.query.operators import OPERATORS, SYNTAX_SIGNS
from rumor_tui.search.query.parser import parse_query
from rumor_tui.search.query.query import QueryError


def unparse(node: Node) -> str:
    """A line that `parse_query` makes the same query of, in plain words where they are enough."""
    line = _line(node, quoted=False)
    try:
        if parse_query(line) == node:
            return line
    except QueryError:
        pass
    return _line(node, quoted=True)


def language_table() -> str:
    """The language as the README's table, in Markdown: what is written, what it finds, an example."""
    rows = [(sign.written, sign.means, sign.example) for sign in SYNTAX_SIGNS]
    for operator in OPERATORS.values():
        values = "; ".join(f"`{word}` {means}" for word, means in operator.values)
        means = f"{operator.means}: {values}" if values else operator.means
        rows.append((f"{operator.name}:", f"comments {means}" if operator.name != "in" else means, operator.example))
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
        case RegexTerm(pattern, caseless):
            return "/" + pattern.replace("/", "\\/") + "/" + "i" * caseless
        case NumberTerm():
            return _number(node)
        case NameTerm(operator, value):
            return f"{operator}:{value if needs_no_quotes(value) else quote_text(value)}"
        case ChoiceTerm(operator, value):
            return f"{operator}:{value}"
        case MeasureTerm(operator, compare, low, high):
            return f"{operator}:{low}..{high}" if high is not None else f"{operator}:{_sign(compare)}{low}"
        case DateTerm(operator, date):
            return f"{operator}:{date}"


def _number(number: NumberTerm) -> str:
    low = _figure(number.low)
    asked = f"{low}..{_figure(number.high)}" if number.high else f"{_sign(number.compare)}{low}"
    if number.unit == "%" and number.compare == "=":
        return f"{asked}%"
    return f"{number.unit}{asked}" if number.unit in ("", "%", *CURRENCIES) else f"{number.unit}:{asked}"


def _sign(compare: str) -> str:
    return "" if compare == "=" else compare


def _figure(figure: NumberLiteral) -> str:
    return figure.digits + figure.scale


def needs_no_quotes(value: str) -> bool:
    """Whether a name can stand behind an operator without quotes."""
    return re.fullmatch(r'[^\s"]\S*', value) is not None


def quote_text(text: str) -> str:
    """The text in quotes, so that it means itself."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
