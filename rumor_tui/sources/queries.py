"""Queries of addresses, read and made, and parts of paths: whatever stands in them is quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from rumor_tui.sources import json_util

_LONGEST_QUERY = 2_000
"""Characters of a query that are read."""


def query_of(match: re.Match[str]) -> dict[str, str]:
    """The query of a matched address, by name; of a name that occurs twice, the last value."""
    return dict(parse_qsl(match.string.partition("#")[0].partition("?")[2][:_LONGEST_QUERY]))


def page_of(query: Mapping[str, str], name: str = "page", first: int = 1) -> int:
    """The number of a page in a query, or that of the first page."""
    number = json_util.as_int(query.get(name))
    return first if number is None else max(number, first)


def with_query(address: str, **values: str | int | None) -> str:
    """An address without a query, with one of these values; those that are None or empty are left out."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    query = urlencode(given, quote_via=quote, safe="")
    return f"{address}?{query}" if query else address


def path_part(value: Any) -> str:
    """A string or a number of an answer as one part of the path of an address; empty for anything else."""
    number = json_util.as_int(value)
    return quote(str(number) if number is not None else json_util.as_str(value), safe="@:~")
