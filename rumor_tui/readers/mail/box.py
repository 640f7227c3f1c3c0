"""A mailbox as columns: where its messages' heads and bodies are, whatever keeps them (one file, or a folder)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = re.compile(rb"(?:\n(?:[!-9;-~]+[ \t]*:|[ \t]+[^\s]|>?From )[^\n]*)*")
"""From a newline on: lines that are fields or go on with one. A mailbox's own mark may stand among them."""

_GAP = re.compile(rb"\n\r?(?:\n|\Z)")
"""What parts a head from a body: an empty line, at the end of the head's last line."""

_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_TELLING = re.compile(rb"\n(From|Date|Subject|Message-ID|Received|Return-Path)[ \t]*:", re.IGNORECASE)

SNIFFED = 65_536
"""Bytes in which the fields of a lone message are looked for."""

LONGEST_GUESS = 16_384
"""Bytes of a body that its height is guessed from: what is longer mostly holds a file, not text."""


@dataclass(slots=True)
class Box:
    """Messages in the order of the mailbox, the heads as `fields` wants them and the bodies as they were sent.

    `bodies` may be read when a row is asked for. `escaped` tells that lines of a body that began with "From " have
    a ">" before it.
    """

    name: str
    heads: Sequence[bytes]
    bodies: Sequence[bytes]
    lengths: array[int]
    escaped: bool = False


def parted(data: bytes) -> tuple[bytes, bytes]:
    """The head and the body of one message, or of a part of one.

    Where the empty line between them is missing, the body begins with the first line that is no field.
    """
    data = b"\n" + data
    end = _HEAD.match(data).end()  # type: ignore[union-attr]  # it matches nothing at least
    if gap := _GAP.match(data, end):
        return data[:end], data[gap.end() :]
    return data[:end], data[end:].removeprefix(b"\n")


def begun(data: bytes) -> bytes:
    """The bytes without a byte order mark or blanks before them; the same object where there are none."""
    before = _BEFORE.match(data)
    return data[before.end() :] if before and before.end() else data


def is_message(data: bytes) -> bool:
    """Whether the bytes begin with a block of fields, two or more of them such as every message has."""
    head, _ = parted(begun(data[:SNIFFED]))
    return len({name.lower() for name in _TELLING.findall(head)}) >= 2


def spilled(head: bytes) -> bytes:
    """What stands in a head (one that was ended at its first empty line) and belongs to the body."""
    rest = head[_HEAD.match(head).end() :]  # type: ignore[union-attr]
    return rest.removeprefix(b"\n") if rest.strip() else b""
