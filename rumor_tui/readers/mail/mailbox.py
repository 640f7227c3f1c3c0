"""A mailbox as columns, and mailboxes in one file (mboxo, mboxrd, mboxcl, mboxcl2): where each message begins and ends.

A message begins with a postmark, a line such as `From ann@example.org Thu Jan  1 00:00:00 1970`. The variants differ in
how they tell a postmark from a body line that begins with "From ": most put a ">" before the latter, mboxcl counts the
bytes of the body in `Content-Length`, and some programs do nothing. So a line counts as a postmark when it has a
weekday and a time and a header field follows; after an empty line looser forms count too (RFC 4155; mbox(5) in the
qmail manual describes the variants).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumor_tui.columns import LazyColumn

_HEAD = re.compile(rb"(?:\n(?:[!-9;-~]+[ \t]*:|[ \t]+[^\s]|>?From )[^\n]*)*")
"""From a newline on: lines that are fields or continue one. Escaped postmarks may be among them."""

_GAP = re.compile(rb"\n\r?(?:\n|\Z)")
"""What separates a head from a body: an empty line, after the end of the head's last line."""

_BEFORE_FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_COMMON_FIELD = re.compile(rb"\n(From|Date|Subject|Message-ID|Received|Return-Path)[ \t]*:", re.IGNORECASE)
_MAX_HEAD = 65_536
"""Bytes in which the header fields of a single message are looked for."""

MAX_LENGTH_GUESS = 16_384
"""Bytes of a body from which its height is guessed: longer ones mostly contain a file, not text."""


@dataclass(slots=True)
class Mailbox:
    """Messages in the order of the mailbox, the heads as `headers` expects them and the bodies as they were sent.

    `bodies` may be read only when a row is asked for. `escaped` says that body lines that began with "From " have a
    ">" before it.
    """

    name: str
    heads: Sequence[bytes]
    bodies: Sequence[bytes]
    lengths: array[int]
    escaped: bool = False


def box_of_messages(messages: Sequence[tuple[bytes, bytes]], name: str) -> Mailbox:
    """A mailbox of messages whose heads and bodies are there already."""
    lengths = array("i", [min(len(body), MAX_LENGTH_GUESS) for _, body in messages])
    return Mailbox(name, [head for head, _ in messages], [body for _, body in messages], lengths)


def split_message(data: bytes) -> tuple[bytes, bytes]:
    """The head and the body of one message, or of a part of one.

    Where the empty line between them is missing, the body begins with the first line that is no field.
    """
    data = b"\n" + data
    end = _HEAD.match(data).end()  # type: ignore[union-attr]  # it matches nothing at least
    if gap := _GAP.match(data, end):
        return data[:end], data[gap.end() :]
    return data[:end], data[end:].removeprefix(b"\n")


def skip_to_first_line(data: bytes) -> bytes:
    """The bytes without a byte order mark and white space before them; the same object where there are none."""
    before = _BEFORE_FIRST_LINE.match(data)
    return data[before.end() :] if before and before.end() else data


def is_message(data: bytes) -> bool:
    """Whether the bytes begin with header fields, of which at least two are such as every message has."""
    head, _ = split_message(skip_to_first_line(data[:_MAX_HEAD]))
    return len({name.lower() for name in _COMMON_FIELD.findall(head)}) >= 2


def body_in_head(head: bytes) -> bytes:
    """The part of a head (one that ends at its first empty line) that is not fields and so belongs to the body."""
    rest = head[_HEAD.match(head).end() :]  # type: ignore[union-attr]
    return rest.removeprefix(b"\n") if rest.strip() else b""


_MOMENT = (
    rb"[^\n]{0,250}(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?![A-Za-z])[^\n]{0,40}\d:\d\d[^\n]*\n"
    rb"(?:>From [^\n]*\n)*"
)
_FIELD = rb"[!-9;-~]+[ \t]*:"
_KNOWN = (
    rb"(?i:From|Date|Subject|Received|Return-Path|Message-ID|To|Delivered-To|Content-Type|MIME-Version|X?-?Status"
    rb"|Reply-To|Sender|Path|Newsgroups)[ \t]*:"
)
_ANYWHERE = re.compile(rb"From " + _MOMENT + _FIELD)
_AFTER_BLANK = re.compile(rb"From (?:" + _MOMENT + rb"(?:" + _FIELD + rb"|\r?\n|\Z)|[^\n]*\n" + _KNOWN + rb")")
_OF_PATCH = re.compile(rb"From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\r?\n")
"""The postmark that `git format-patch` writes. In a mailbox with other postmarks it is part of an attached patch."""

_HEAD_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"\nContent-Length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_TO_NEXT = re.compile(rb"(?:\r?\n){0,2}(?=From |\Z)")


def is_mbox(data: bytes) -> bool:
    """Whether the bytes begin with a postmark and a field."""
    return bool(_AFTER_BLANK.match(data))


def read_mbox(data: bytes, name: str) -> Mailbox:
    """The messages of a mailbox that begins with a postmark."""
    has_lengths = _next_start_by_length(data, 0) >= 0
    starts = array("q", _starts_by_length(data) if has_lengths else _postmarks(data))
    heads, texts = array("q"), array("q")
    ends = starts[1:]
    ends.append(len(data))
    for start, end in zip(starts, ends, strict=True):
        head = data.find(b"\n", start, end)
        gap = _HEAD_END.search(data, head, end) if head >= 0 else None
        heads.append(end if head < 0 else head)
        texts.append(gap.end() if gap else end)
    rows = range(len(starts))
    return Mailbox(
        name,
        LazyColumn(lambda row: data[heads[row] : texts[row]], rows),
        LazyColumn(lambda row: data[texts[row] : ends[row]], rows),
        array("i", [min(end - text, MAX_LENGTH_GUESS) for text, end in zip(texts, ends, strict=True)]),
        escaped=True,
    )


def _postmarks(data: bytes, start: int = 0) -> Iterator[int]:
    """The positions of the postmarks, beginning with the one at `start`."""
    find, of_patches = data.find, bool(_OF_PATCH.match(data))
    yield start
    at = start
    while (at := find(b"\nFrom ", at + 1)) >= 0:
        if _is_postmark(data, at + 1) and (of_patches or not _OF_PATCH.match(data, at + 1)):
            yield at + 1


def _is_postmark(data: bytes, at: int) -> bool:
    """Whether a line begins at `at` that is the postmark of a message."""
    blank = data[at - 2 : at - 1] == b"\n" or data[at - 3 : at - 1] == b"\n\r"
    begins = data[at - 1 : at] == b"\n"
    return begins and bool((_AFTER_BLANK if blank else _ANYWHERE).match(data, at))


def _next_start_by_length(data: bytes, start: int) -> int:
    """Where the message after the one at `start` begins by its `Content-Length`; -1 if none begins there."""
    head = data.find(b"\n", start)
    next_mark = data.find(b"\nFrom ", start)
    gap = _HEAD_END.search(data, head, next_mark + 1 if next_mark >= 0 else len(data)) if head >= 0 else None
    count = _LENGTH.search(data, head, gap.end()) if gap else None
    if gap is None or count is None or gap.end() + int(count[1]) > len(data):
        return -1
    after = _TO_NEXT.match(data, gap.end() + int(count[1]))
    return after.end() if after and (after.end() == len(data) or _is_postmark(data, after.end())) else -1


def _starts_by_length(data: bytes) -> Iterator[int]:
    """Where messages begin that state their length; where a length is wrong, the next postmark counts."""
    at = 0
    while 0 <= at < len(data):
        yield at
        end = _next_start_by_length(data, at)
        at = end if end >= 0 else next((place for place in _postmarks(data, at) if place > at), -1)
