"""The matcher of a text or a regular expression."""

from __future__ import annotations

import re
from typing import Final

from rumor_tui.search.query.query import Matcher, Query, QueryError
from rumor_tui.text import fold, neutralise

MAX_QUERY: Final = 10_000
"""The longest query in characters; compiling an expression of this length takes up to 0.1 s."""

_NOT_LITERAL: Final = re.compile(
    r"\\(?:[pP]\{[^}]*\}|[NL][{<][^}>]*[}>]|[xuU][0-9A-Fa-f]+|.)"  # escapes
    r"|\(\?(?:P?<[^\W\d]\w*>|P[=>]\w+|&\w+|[A-Za-z0-9]+[:)-])|\[:[^]]*:\]",  # names of groups and sets, flags
    re.DOTALL,
)


def compile_matcher(query: Query) -> Matcher:
    """The matcher of a query's text as it stands, or as a regular expression; a blank query matches nothing.

    Raises QueryError for an invalid expression and for a query beyond `MAX_QUERY` characters.
    """
    check_length(query)
    if query.blank:
        return Matcher(query, folded=True, prepare=fold, find=lambda text: iter(()), count=lambda text: 0)
    return _regex_matcher(query) if query.regex else _literal_matcher(query)


def check_length(query: Query) -> None:
    """Raise QueryError for a query beyond `MAX_QUERY` characters."""
    if len(query.text) > MAX_QUERY:
        raise QueryError(f"The search is longer than {MAX_QUERY:,} characters.", MAX_QUERY)


def is_case_sensitive(query: Query) -> bool:
    """Whether upper and lower case differ for this query."""
    if query.case != "smart":
        return query.case == "sensitive"
    # The capitals of \W, \p{Lu} or (?P<Name>…) are not typed to be found.
    return any(map(str.isupper, _NOT_LITERAL.sub("", query.text) if query.regex else query.text))


def _literal_matcher(query: Query) -> Matcher:
    from rumor_tui.search.query.literal import compile_literal

    sensitive = is_case_sensitive(query)
    find, count, needle, part = compile_literal(query.text, sensitive, query.word)
    return Matcher(query, not sensitive, _unchanged if sensitive else fold, find, count, needle=needle, part=part)


def _unchanged(text: str) -> str:
    return text


def _regex_matcher(query: Query) -> Matcher:
    from rumor_tui.search.query.expressions import compile_expression
    from rumor_tui.search.query.literal import straighten_expression, straighten_typography

    sensitive = is_case_sensitive(query)
    expression = compile_expression(straighten_expression(neutralise(query.text)), sensitive, query.word)
    return Matcher(query, not sensitive, straighten_typography if sensitive else fold, *expression)
