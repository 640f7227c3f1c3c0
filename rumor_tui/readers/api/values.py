"""Columns taken out of rows of JSON objects, whatever type their fields have.

A row is a struct that was decoded for the purpose (`shapes.decoder`) or a plain dict. A path is dotted
(`account.acct`), and several of them, parted by blanks, are tried in that order for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from rumor_tui import markdown_format
from rumor_tui.readers import json_columns

_LATEST_IN_SECONDS = 10**11
"""A number beyond it is a moment in milliseconds: the year 5138 in seconds, or 1973 in milliseconds."""

_LARGEST = 10**18

_SCALARS = frozenset({str, int, float, bool, type(None), msgspec.Raw})
_QUOTE = ord('"')


def get_field(value: Any, name: str) -> Any:
    """A field of a struct or of a plain object; None where there is none, and for anything else."""
    if isinstance(value, dict):
        return value.get(name)
    return getattr(value, name, None) if isinstance(value, msgspec.Struct) else None


def get_path(value: Any, path: str) -> Any:
    """Whatever stands at one path of an object."""
    for part in path.split("."):
        value = get_field(value, part)
    return value


def scalar_column(rows: Sequence[Any], paths: str) -> list[Any]:
    """For each row the first of the paths' values that is there, is not null, and is no object and no array."""
    return _column(rows, paths, _scalars)


def text_column(rows: Sequence[Any], paths: str) -> list[Any]:
    """For each row the first of the paths' values that is a string, decoded or not, with something in it."""
    return _column(rows, paths, _strings)


def first_scalar(value: Any, paths: str) -> Any:
    """The same as in a column, of one object."""
    return scalar_column([value], paths)[0]


def first_text(value: Any, paths: str) -> str:
    """The same as in a column of texts, of one object; an empty string where there is none."""
    return to_text(text_column([value], paths)[0])


def _column(rows: Sequence[Any], paths: str, sifted: Callable[[list[Any]], list[Any]]) -> list[Any]:
    found: list[Any] = [None] * len(rows)
    for path in paths.split():
        values = list(rows)
        for part in path.split("."):
            values = _fields(values, part)
        values = sifted(values)
        found = [old if old is not None else new for old, new in zip(found, values, strict=True)]
        if None not in found:
            break
    return found


def _fields(values: list[Any], name: str) -> list[Any]:
    """The same field of every value: quicker where they are all of one type, as they mostly are."""
    kinds = set(map(type, values))
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is dict:
        return [value.get(name) for value in values]
    if kind is not None and issubclass(kind, msgspec.Struct):
        return list(map(attrgetter(name), values)) if name in kind.__struct_fields__ else [None] * len(values)
    return [get_field(value, name) for value in values]


def _scalars(values: list[Any]) -> list[Any]:
    if set(map(type, values)) <= _SCALARS:
        return values
    return [value if type(value) in _SCALARS else None for value in values]


def _strings(values: list[Any]) -> list[Any]:
    return [value if is_text(value) else None for value in values]


def to_identifier(value: Any) -> str | None:
    """What can be another comment's identifier: a number or a string that says something."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def to_text(value: Any) -> str:
    """The characters of a string, decoded or not; an empty string for anything else."""
    if isinstance(value, msgspec.Raw):
        return json_columns.raw_string(value)
    return value if isinstance(value, str) else ""


def is_text(value: Any) -> bool:
    """Whether the value is a string, decoded or not, with something in it."""
    if isinstance(value, msgspec.Raw):
        return len(value) > 2 and memoryview(value)[0] == _QUOTE
    return isinstance(value, str) and bool(value)


def text_length(value: Any) -> int:
    """The length of a string in characters, or in bytes where it is not decoded."""
    return len(value) if is_text(value) else 0


def to_int(value: Any) -> int | None:
    """A whole number, also from a float or from a string of digits, below zero too."""
    if isinstance(value, str) and value.startswith("-"):
        positive = json_columns.as_int(value[1:])
        return None if positive is None else -positive
    return json_columns.as_int(value)


def to_timestamp(value: Any) -> float | None:
    """A date in seconds since 1970: from seconds or milliseconds (also as digits), or from ISO 8601."""
    if isinstance(value, str):
        digits = value.removesuffix(".0")
        if not (digits.isascii() and digits.isdigit() and 9 <= len(digits) < 19):
            return markdown_format.parse_iso(value.strip())
        value = int(digits)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) < _LARGEST:
        return None
    seconds = value / 1000 if abs(value) > _LATEST_IN_SECONDS else value
    return seconds if markdown_format.FIRST_MOMENT <= seconds <= markdown_format.LAST_MOMENT else None


def date_wording(value: Any) -> str | None:
    """A date's wording, where it has one and `to_timestamp` can make no date of it."""
    return markdown_format.clean_field(value) if isinstance(value, str) and to_timestamp(value) is None else None


def to_name(value: Any) -> str | None:
    """A name, an identifier or an address on one neutral line; numbers count, other types do not."""
    return markdown_format.clean_field(to_identifier(value))
