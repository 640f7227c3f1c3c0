"""Values of JSON objects, and columns of them that are decoded on demand, whatever the types of the fields.

A row is a struct decoded for the purpose (`field_maps.row_decoder`) or a plain dict. A path is dotted
(`account.acct`), and several paths, separated by spaces, are tried in that order for each row.
"""

from __future__ import annotations

import html
import json
from array import array
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeVar, cast

import msgspec

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.markdown_format import FIRST_MOMENT, LAST_MOMENT

M = TypeVar("M", int, float)


def decode_string(raw: msgspec.Raw) -> str:
    """The characters of an undecoded JSON string; an empty string for any other value.

    Never raises: what msgspec refuses (half a surrogate pair, a bare control character, bytes that are not UTF-8) is
    decoded with Python's lenient parser, and what is still invalid is replaced.
    """
    try:
        return msgspec.json.decode(raw, type=str | None) or ""
    except (msgspec.MsgspecError, UnicodeError):
        return _lenient_string(bytes(raw))


def _lenient_string(data: bytes) -> str:
    try:
        value = json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""


def string_column(raws: Sequence[msgspec.Raw]) -> Sequence[str]:
    """The column of the texts of undecoded JSON strings; each is decoded when its row is asked for."""
    return LazyColumn(decode_string, raws, _decode_strings)


def _decode_strings(raws: Sequence[msgspec.Raw]) -> list[str]:
    """What `decode_string` returns for each, decoded as one JSON array where all of them are valid."""
    try:
        texts = msgspec.json.decode(b"[" + b",".join(raws) + b"]", type=list[str | None])
    except (msgspec.MsgspecError, UnicodeError):
        texts = []
    return [text or "" for text in texts] if len(texts) == len(raws) else list(map(decode_string, raws))


def outermost_keys(data: bytes) -> set[str] | None:
    """The keys of the outermost JSON object; None when it is broken, no object, or nested too deeply for msgspec."""
    try:
        return set(msgspec.json.decode(data, type=dict[str, msgspec.Raw]))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def name_column(written: Sequence[str | None]) -> list[str | None]:
    """A column of names without control characters; equal names share one string."""
    known = {name: markdown_format.clean_field(name) for name in set(written)}
    return list(map(known.__getitem__, written))


def number_column(written: list[int | None]) -> Sequence[int | None]:
    """A column of whole numbers, at 8 bytes a row instead of 40 where no row is empty."""
    try:
        return array("q", cast("list[int]", written))  # a None raises
    except (TypeError, OverflowError):
        return written


def moment_column(written: list[M | None]) -> list[M | None]:
    """A column of dates in seconds since 1970, without those out of the range of `datetime`."""
    known = [moment for moment in written if moment is not None]
    if not known or (min(known) >= FIRST_MOMENT and max(known) <= LAST_MOMENT):
        return written
    return [m if m is not None and FIRST_MOMENT <= m <= LAST_MOMENT else None for m in written]


def as_string(value: object) -> str | None:
    """The value if it is a string."""
    return value if isinstance(value, str) else None


_LATEST_IN_SECONDS = 10**11
"""A number beyond it is a moment in milliseconds: the year 5138 in seconds, or 1973 in milliseconds. A number beyond a
thousand times as much is one in microseconds."""

_LARGEST = 10**17

_SCALARS = frozenset({str, int, float, bool, type(None), msgspec.Raw})
_QUOTE = ord('"')


def get_field(value: Any, name: str) -> Any:
    """A field of a struct or of a plain object; None where there is none, and for any other value."""
    if isinstance(value, dict):
        return value.get(name)
    return getattr(value, name, None) if isinstance(value, msgspec.Struct) else None


def get_path(value: Any, path: str) -> Any:
    """The value at a path of an object; None where there is none."""
    for part in path.split("."):
        value = get_field(value, part)
    return value


def get_list(value: Any, path: str) -> list[Any]:
    """The array at a path of an object; an empty list where there is none."""
    items = get_path(value, path)
    return items if isinstance(items, list) else []


def get_objects(value: Any, path: str) -> list[dict[str, Any]]:
    """The plain objects in the array at a path of an object."""
    return [item for item in get_list(value, path) if isinstance(item, dict)]


def scalar_column(rows: Sequence[Any], paths: str) -> list[Any]:
    """For each row the first value at one of the paths that is not null, an object or an array; else None."""
    return _column(rows, paths, _scalars)


def text_column(rows: Sequence[Any], paths: str) -> list[Any]:
    """For each row the first value at one of the paths that is a string, decoded or not, and not empty; else None."""
    return _column(rows, paths, _strings)


def first_scalar(value: Any, paths: str) -> Any:
    """The same as `scalar_column` for one object."""
    return scalar_column([value], paths)[0]


def first_text(value: Any, paths: str) -> str:
    """The same as `text_column` for one object; an empty string where there is none."""
    return to_text(text_column([value], paths)[0])


def _column(rows: Sequence[Any], paths: str, sifted: Callable[[list[Any]], list[Any]]) -> list[Any]:
    column: list[Any] = [None] * len(rows)
    for path in paths.split():
        values = list(rows)
        for part in path.split("."):
            values = _fields(values, part)
        values = sifted(values)
        column = [old if old is not None else new for old, new in zip(column, values, strict=True)]
        if None not in column:
            break
    return column


def _fields(values: list[Any], name: str) -> list[Any]:
    """The same field of every value; fast where all of them are of one type, as they mostly are."""
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
    """What can be the identifier of a comment: a number, or a string that is not empty."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def to_text(value: Any) -> str:
    """The characters of a string, decoded or not; an empty string for any other value."""
    if isinstance(value, msgspec.Raw):
        return decode_string(value)
    return value if isinstance(value, str) else ""


def to_unescaped_text(value: Any) -> str:
    """The same, with HTML entities replaced by their characters."""
    return html.unescape(to_text(value))


def is_text(value: Any) -> bool:
    """Whether the value is a string, decoded or not, and not empty."""
    if isinstance(value, msgspec.Raw):
        return len(value) > 2 and memoryview(value)[0] == _QUOTE
    return isinstance(value, str) and bool(value)


def text_length(value: Any) -> int:
    """The length of a string in characters, or in bytes where it is not decoded."""
    return len(value) if is_text(value) else 0


def to_int(value: Any) -> int | None:
    """A whole number, also from a float or a string of digits, negative ones included."""
    if isinstance(value, str):
        digits = value.removeprefix("-")
        return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    if isinstance(value, float):
        return int(value) if value == value // 1 else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def to_timestamp(value: Any) -> float | None:
    """A date in seconds since 1970: from seconds or parts of a second (also as digits), or from ISO 8601."""
    if isinstance(value, str):
        whole, _, decimals = value.partition(".")
        if not (whole.isascii() and whole.isdigit() and 9 <= len(whole) <= 19 and (not decimals or decimals.isdigit())):
            return markdown_format.parse_iso(value.strip())
        value = float(value) if decimals.strip("0") else int(whole)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) < _LARGEST:
        return None
    seconds = value
    while abs(seconds) > _LATEST_IN_SECONDS:
        seconds /= 1000
    return seconds if FIRST_MOMENT <= seconds <= LAST_MOMENT else None


def date_wording(value: Any) -> str | None:
    """A date as written, if it is a string that `to_timestamp` cannot read."""
    return markdown_format.clean_field(value) if isinstance(value, str) and to_timestamp(value) is None else None


def to_name(value: Any) -> str | None:
    """A name, an identifier or an address on one neutral line; numbers count, other types do not."""
    return markdown_format.clean_field(to_identifier(value))
