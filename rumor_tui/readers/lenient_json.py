"""A JSON parser for what the fast ones refuse: any depth of nesting, half surrogate pairs, bare control characters.

Comment threads nest one JSON object per level, and both `json` and `msgspec` stop near a thousand levels. Here the open
objects and arrays are on a list, so only memory limits the depth; strings, numbers and constants are still parsed by
the C scanner of `json`.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_PAIR = re.compile(
    r'"([^"\\]*)"[ \t\n\r]*:[ \t\n\r]*(?:"([^"\\]*)"|(-?(?:0|[1-9][0-9]{0,17}))|(null|true|false))'
    r'[ \t\n\r]*,[ \t\n\r]*(?=")'
)
"""A key, a plain string, whole number or constant, the comma, and the next key's quotation mark."""

_TO_BLANKS = dict.fromkeys({*range(32), 127} - set(b"\t\n\r"), " ")
"""Of control characters that stand between values, where nothing but white space may stand."""

_CONSTANTS = {"null": None, "true": True, "false": False}
_CLOSERS = {"{": "}", "[": "]"}


def parse_json(data: bytes | str) -> Any:
    """The value of a JSON document; bytes count as UTF-8, invalid ones are replaced. Control characters do no harm.

    Raises ValueError (mostly a `json.JSONDecodeError` with the position) when it is not JSON. Note that comparing,
    copying or printing a value that is nested deeper than Python's recursion limit raises RecursionError.
    """
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    text = text.removeprefix("\ufeff")
    try:
        return _parse(text)
    except ValueError:
        mended = text.translate(_TO_BLANKS)
        if mended != text:
            with suppress(ValueError):
                return _parse(mended)
        raise


def _parse(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return parse_nested_json(text)


def parse_nested_json(text: str) -> Any:
    """The value of a JSON text, without recursion. Raises JSONDecodeError when it is not JSON."""
    parser = _Parser(text)
    while True:
        opened = text[parser.position : parser.position + 1]
        value = parser.opened(opened) if opened in _CLOSERS else parser.scalar()
        if value is not _UNFINISHED and parser.place(value):
            return parser.whole


_UNFINISHED = object()


class _Parser:
    """A place in a JSON text together with the objects and arrays that are open there."""

    __slots__ = ("keys", "memo", "open_values", "position", "scan", "text", "whole")

    def __init__(self, text: str) -> None:
        self.text = text
        self.scan = json.JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
        self.memo: dict[str, str] = {}
        self.open_values: list[dict[str, Any] | list[Any]] = []
        self.keys: list[str] = []
        self.whole: Any = None
        self.position = 0
        self.skip()

    def skip(self, count: int = 0) -> None:
        """Advance by `count` characters and the white space after them."""
        match = _SPACE.match(self.text, self.position + count)
        if match is not None:
            self.position = match.end()

    def here(self) -> str:
        """The character at the current place, or an empty string at the end."""
        return self.text[self.position : self.position + 1]

    def fail(self, message: str) -> JSONDecodeError:
        """The error to raise at the current place."""
        return JSONDecodeError(message, self.text, self.position)

    def opened(self, opener: str) -> Any:
        """Begin an object or an array; returns the value itself only when it is empty."""
        value: dict[str, Any] | list[Any] = {} if opener == "{" else []
        self.skip(1)
        if self.here() == _CLOSERS[opener]:
            self.position += 1
            return value
        self.open_values.append(value)
        if isinstance(value, dict):
            self.plain_pairs(value)
            self.keys.append(self.key())
        return _UNFINISHED

    def plain_pairs(self, holder: dict[str, Any]) -> None:
        """Read plain pairs, all but the last one of an object: this is most of a document, and much faster."""
        memo = self.memo
        while pair := _PAIR.match(self.text, self.position):
            key, string, number, constant = pair.groups()
            value = string if string is not None else int(number) if number else _CONSTANTS[constant]
            holder[memo.setdefault(key, key)] = value
            self.position = pair.end()

    def key(self) -> str:
        """The key at the current place; reads on to its value."""
        if self.here() != '"':
            raise self.fail("Expecting property name enclosed in double quotes")
        key, self.position = scanstring(self.text, self.position + 1, False)
        self.skip()
        if self.here() != ":":
            raise self.fail("Expecting ':' delimiter")
        self.skip(1)
        return self.memo.setdefault(key, key)

    def scalar(self) -> Any:
        """The string, number or constant at the current place."""
        try:
            value, self.position = self.scan(self.text, self.position)
        except StopIteration:
            raise self.fail("Expecting value") from None
        return value

    def place(self, value: Any) -> bool:
        """Add a value to its container, and so on for all containers that end here; whether this was the last."""
        while self.open_values:
            holder = self.open_values[-1]
            if isinstance(holder, dict):
                holder[self.keys[-1]] = value
            else:
                holder.append(value)
            self.skip()
            if self.follows(holder):
                return False
            value = self.open_values.pop()
        self.skip()
        if self.here():
            raise self.fail("Extra data")
        self.whole = value
        return True

    def follows(self, holder: dict[str, Any] | list[Any]) -> bool:
        """Whether another value of `holder` comes next; reads the comma and its key, or else the closing bracket."""
        mark = self.here()
        if mark == ",":
            self.skip(1)
            if isinstance(holder, dict):
                self.plain_pairs(holder)
                self.keys[-1] = self.key()
            return True
        if mark != ("}" if isinstance(holder, dict) else "]"):
            raise self.fail("Expecting ',' delimiter")
        self.position += 1
        if isinstance(holder, dict):
            self.keys.pop()
        return False
