"""What a reader types into the search box, and the matchers of its texts and expressions."""

from __future__ import annotations

import re
from typing import Final

from rumor_tui.search.base import Case, Find, Matcher, Query, QueryError, Spans, TooSlow
from rumor_tui.search.terms import Node, Pattern
from rumor_tui.text import fold, neutralise

__all__ = ["MAX_QUERY", "Case", "Find", "Matcher", "Query", "QueryError", "Spans", "TooSlow", "compile_query"]

MAX_QUERY: Final = 10_000
"""The longest query in characters; compiling an expression of this length takes up to 0.1 s."""

_TOO_LONG: Final = f"The search is longer than {MAX_QUERY:,} characters."

_NOT_LITERAL: Final = re.compile(
    r"\\(?:[pP]\{[^}]*\}|[NL][{<][^}>]*[}>]|[xuU][0-9A-Fa-f]+|.)"  # escapes
    r"|\(\?(?:P?<[^\W\d]\w*>|P[=>]\w+|&\w+|[A-Za-z0-9]+[:)-])|\[:[^]]*:\]",  # names of groups and sets, flags
    re.DOTALL,
)


def compile_query(query: Query) -> Matcher:
    """The matcher of a text as it stands, or of an expression; of a blank query, one that matches nothing.

    Raises QueryError for an expression that is not valid, and for any query beyond `MAX_QUERY` characters.
    """
    if len(query.text) > MAX_QUERY:
        raise QueryError(_TOO_LONG, MAX_QUERY)
    if query.blank:
        return Matcher(query, folded=True, prepare=fold, find=lambda text: iter(()), count=lambda text: 0)
    return _expression(query) if query.regex else _literal(query)


def node_of(query: Query) -> Node:
    """What a query asks for, which the line says in the language of search unless all of it is an expression.

    Raises QueryError.
    """
    from rumor_tui.search.parsing import parse

    if len(query.text) > MAX_QUERY:
        raise QueryError(_TOO_LONG, MAX_QUERY)
    return Pattern(query.text) if query.regex else parse(query.text)


def is_sensitive(query: Query) -> bool:
    """True when upper and lower case differ for this query."""
    if query.case != "smart":
        return query.case == "sensitive"
    # The capitals of \W, \p{Lu} or (?P<Name>…) are not typed to be found.
    return any(map(str.isupper, _NOT_LITERAL.sub("", query.text) if query.regex else query.text))


def _literal(query: Query) -> Matcher:
    from rumor_tui.search.literal import compile_literal

    sensitive = is_sensitive(query)
    find, count, needle, part = compile_literal(query.text, sensitive, query.word)
    return Matcher(query, not sensitive, _as_is if sensitive else fold, find, count, needle=needle, part=part)


def _as_is(text: str) -> str:
    return text


def _expression(query: Query) -> Matcher:
    from rumor_tui.search.expression import compile_expression
    from rumor_tui.search.typography import straighten, straighten_pattern

    sensitive = is_sensitive(query)
    found = compile_expression(straighten_pattern(neutralise(query.text)), sensitive, query.word)
    return Matcher(query, not sensitive, straighten if sensitive else fold, *found)
