"""JSON of APIs: lenient decoding, encoding, and access that never raises for a missing or odd value."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from rumor_tui.readers import lenient_json


def decode_json(data: bytes) -> Any:
    """Decode a JSON document of any depth. Raises ValueError."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return lenient_json.parse_json(data)


def encode_json(value: Any) -> bytes:
    """Encode a value as JSON. Raises RecursionError if it is nested too deeply."""
    try:
        return msgspec.json.encode(value)
    except (msgspec.MsgspecError, UnicodeError, TypeError, OverflowError):  # a lone surrogate, an infinite number
        return json.dumps(value).encode()


def objects_in(value: Any) -> list[dict[str, Any]]:
    """The objects of an array; an empty list for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def get_path(value: Any, *path: str | int) -> Any:
    """The value at a path of keys and indices, or None."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def as_int(value: Any) -> int | None:
    """An integer, also one written as a string; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_str(value: Any) -> str:
    """A string, with halves of surrogate pairs replaced, which no address can hold; an empty one for anything else."""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()
