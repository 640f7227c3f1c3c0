"""Columns that cost nothing until a row is asked for: JSON strings left undecoded, and values made on demand."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import TypeVar, cast

import msgspec

from rumor_tui import bylines
from rumor_tui.bylines import FIRST_MOMENT, LAST_MOMENT
from rumor_tui.columns import LazyColumn

M = TypeVar("M", int, float)


def raw_string(raw: msgspec.Raw) -> str:
    """The text of one JSON value: a string's characters, an empty string for null, for nothing, for anything else.

    Never raises: what msgspec refuses (half a surrogate pair, a bare control character, bytes that are no UTF-8)
    is decoded with Python's lenient parser, and what is still wrong is replaced.
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


def raw_strings(raws: Sequence[msgspec.Raw]) -> Sequence[str]:
    """The column of the texts of undecoded JSON strings; each is decoded when its row is asked for."""
    return LazyColumn(raw_string, raws, _raw_strings)


def _raw_strings(raws: Sequence[msgspec.Raw]) -> list[str]:
    """What `raw_string` gives for each of them, as one JSON array; at once only where all of them are in order."""
    try:
        found = msgspec.json.decode(b"[" + b",".join(raws) + b"]", type=list[str | None])
    except (msgspec.MsgspecError, UnicodeError):
        found = []
    return [text or "" for text in found] if len(found) == len(raws) else list(map(raw_string, raws))


def keys(data: bytes) -> set[str] | None:
    """The keys of the outermost JSON object, or None when it is broken, no object, or nested too deeply for a look."""
    try:
        return set(msgspec.json.decode(data, type=dict[str, msgspec.Raw]))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def names(written: Sequence[str | None]) -> list[str | None]:
    """A column of names, each made neutral once and kept once, however often it comes."""
    known = {one: bylines.name(one) for one in set(written)}
    return list(map(known.__getitem__, written))


def numbers(written: list[int | None]) -> Sequence[int | None]:
    """A column of whole numbers, where it can be at 8 bytes a row instead of 40."""
    try:
        return array("q", cast("list[int]", written))  # a None raises
    except (TypeError, OverflowError):
        return written


def moments(written: list[M | None]) -> list[M | None]:
    """A column of dates in seconds since 1970, without those that no calendar has."""
    known = [moment for moment in written if moment is not None]
    if not known or (min(known) >= FIRST_MOMENT and max(known) <= LAST_MOMENT):
        return written
    return [m if m is not None and FIRST_MOMENT <= m <= LAST_MOMENT else None for m in written]


def string(value: object) -> str | None:
    """The value if it is a string."""
    return value if isinstance(value, str) else None


def number(value: object) -> int | None:
    """A whole number, also from a float or from a string of digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    if isinstance(value, float) and value == value // 1:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
