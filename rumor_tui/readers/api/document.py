"""A JSON document that is decoded level by level, only as far as readers look into it.

A value is either `msgspec.Raw`, its undecoded bytes, or a plain Python value from `lenient_json`, where msgspec refused
what surrounds it (nesting beyond about a thousand levels, half surrogate pairs, bytes that are not UTF-8). Every
function here takes both.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import msgspec

from rumor_tui.readers.lenient_json import parse_json

DECODE_ERRORS = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What msgspec raises for JSON that `lenient_json` may still read."""

_BRACE, _BRACKET = ord("{"), ord("[")
_LEVEL_TYPES: dict[int, Any] = {_BRACE: dict[str, msgspec.Raw], _BRACKET: list[msgspec.Raw]}
"""What a value is decoded to that begins with this character: an object or an array, whose values stay undecoded."""

_BLANKS = re.compile(rb"[ \t\r\n]*")
_NOT_SPACE = re.compile(r"\S")
_BLANK = 4_096
"""Bytes of white space that may separate two documents."""


class Document:
    """A JSON document, or several that follow each other (JSON lines), as readers look at it."""

    def __init__(self, data: bytes | memoryview) -> None:
        self.data = data
        self._places: dict[str, Any] = {}
        self.memo: dict[str, Any] = {}
        """What a reader found out while it sniffed, for itself."""

    @cached_property
    def _found(self) -> tuple[Any, ValueError | None]:
        try:
            return _decode_outermost(bytes(self.data)), None
        except ValueError as error:
            return None, error

    @property
    def error(self) -> ValueError | None:
        """Why the document could not be read; None when it could."""
        return self._found[1]

    @property
    def top(self) -> Any:
        """The outermost value, one level of it: an object's values and an array's elements may be undecoded.

        JSON lines are an array of their values. None when the document is broken.
        """
        return self._found[0]

    def at(self, path: str) -> Any:
        """The value at a dotted path ("." for the whole, "0" for an array's first element), one level decoded."""
        if path == ".":
            return self.top
        if path not in self._places:
            before, _, last = path.rpartition(".")
            self._places[path] = decode_level(_element_at(self.at(before or "."), last))
        return self._places[path]

    @property
    def first(self) -> dict[str, Any]:
        """The outermost object, or the first object in an array; an empty one where there is none."""
        return first_object(self.top)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of that object."""
        return frozenset(self.first)


def document_of(value: Any) -> Document:
    """A document of a value inside another one. It is not copied."""
    made = Document(memoryview(value) if isinstance(value, msgspec.Raw) else b"")
    made.__dict__["_found"] = (decode_level(value), None)
    return made


def _element_at(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return value.get(name)
    in_list = isinstance(value, list) and name.isdigit() and int(name) < len(value)
    return value[int(name)] if in_list else None


def _decode_outermost(data: bytes) -> Any:
    if _may_be_lines(data):
        try:
            return _decode_lines(data)
        except ValueError:
            pass
    start = _skip_space(data)
    try:
        return msgspec.json.decode(data, type=_LEVEL_TYPES.get(ord(data[start : start + 1] or b" "), Any))
    except DECODE_ERRORS:
        pass
    try:
        return parse_json(data)
    except ValueError as error:
        several = _decode_concatenated(data) if "Extra data" in str(error) else None
        if several is None:
            raise
        return several


def _skip_space(data: bytes) -> int:
    """Where the white space at the beginning ends."""
    blanks = _BLANKS.match(data)
    return blanks.end() if blanks else 0


def _may_be_lines(data: bytes) -> bool:
    """Whether the first line ends as a JSON document does, and the next one begins as one."""
    end = data.find(b"\n", _skip_space(data))
    if end < 0:
        return False
    return data[:end].rstrip()[-1:] in (b"}", b"]") and data[end : end + _BLANK].lstrip()[:1] in (b"{", b"[")


def _decode_lines(data: bytes) -> list[Any]:
    """One JSON value per line. A truncated last line is left out; raises ValueError when another one is not JSON."""
    try:
        return _join_pages(msgspec.json.Decoder(msgspec.Raw).decode_lines(data))
    except DECODE_ERRORS:
        lines = [line for line in data.split(b"\n") if line.strip()]
    values: list[Any] = []
    for number, line in enumerate(lines):
        try:
            values.append(parse_json(line))
        except ValueError:
            if number < len(lines) - 1 or number < 2:
                raise
    return _join_pages(values)


def _decode_concatenated(data: bytes) -> list[Any] | None:
    """Concatenated documents, with or without newlines between and in them; None when this is something else."""
    text = data.decode("utf-8", "replace")
    scan = json.JSONDecoder(strict=False).raw_decode
    values: list[Any] = []
    place = 0
    try:
        while match := _NOT_SPACE.search(text, place):
            value, place = scan(text, match.start())
            values.append(value)
    except (ValueError, RecursionError):
        return None
    return _join_pages(values) if all(isinstance(value, (dict, list)) for value in values) else None


def _join_pages(values: list[Any]) -> list[Any]:
    """The values; or, where all of them are arrays (pages of one list), their elements."""
    if all(is_array(value) for value in values):
        pages = [decode_level(value) for value in values]
        if not any(_is_pair(page) for page in pages):
            return [item for page in pages for item in page]
    return values


def _is_pair(page: list[Any]) -> bool:
    """Whether an array is a document of its own: Reddit's listing of a post and listing of its comments."""
    return len(page) == 2 and object_keys(page) >= {"kind", "data"}


def is_object(value: Any) -> bool:
    """Whether the value is an object, decoded or not."""
    return memoryview(value)[0] == _BRACE if isinstance(value, msgspec.Raw) else isinstance(value, dict)


def is_array(value: Any) -> bool:
    """Whether the value is an array, decoded or not."""
    return memoryview(value)[0] == _BRACKET if isinstance(value, msgspec.Raw) else isinstance(value, list)


def decode_level(value: Any) -> Any:
    """The value with one level of it decoded; None when it cannot be."""
    if not isinstance(value, msgspec.Raw):
        return value
    view = memoryview(value)
    return decode_with(value, msgspec.json.Decoder(_LEVEL_TYPES.get(view[0], Any)))


def decode_with(value: Any, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The value as the decoder gives it, or `lenient_json` where the decoder refuses it; None when both do."""
    if not isinstance(value, msgspec.Raw):
        return value
    try:
        return decoder.decode(value)
    except DECODE_ERRORS:
        pass
    try:
        return parse_json(bytes(value))
    except ValueError:
        return None


_PLAIN = msgspec.json.Decoder(Any)


def decode_fully(value: Any) -> Any:
    """The whole value as plain Python objects."""
    return decode_with(value, _PLAIN)


def decode_object(value: Any) -> dict[str, Any]:
    """The object, or the first object in an array, with all values decoded; an empty one for any other value."""
    return {key: decode_fully(item) for key, item in first_object(value).items()}


def first_object(value: Any) -> dict[str, Any]:
    """The object, or the first object in an array, one level decoded; an empty one for any other value."""
    value = decode_level(value)
    if isinstance(value, list):
        value = decode_level(next((item for item in value if is_object(item)), None))
    return value if isinstance(value, dict) else {}


def object_keys(value: Any) -> frozenset[str]:
    """The keys of the object, or of the first object in an array."""
    return frozenset(first_object(value))


def decode_objects(value: Any, decoder: msgspec.json.Decoder[Any] = _PLAIN) -> list[Any]:
    """The objects in an array, each as the decoder gives it; a lone object counts as an array of one."""
    value = decode_level(value)
    if isinstance(value, dict):
        return [decode_object(value)]
    if not isinstance(value, list):
        return []
    with pause_gc():
        made = [decode_with(item, decoder) for item in value if is_object(item)]
    return [item for item in made if isinstance(item, (dict, msgspec.Struct))]


@contextmanager
def pause_gc() -> Iterator[None]:
    """Keep the garbage collector from walking a growing tree, in which there is no garbage, again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
