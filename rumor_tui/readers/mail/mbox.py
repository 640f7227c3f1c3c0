"""Mailboxes in one file (mboxo, mboxrd, mboxcl, mboxcl2): where each message begins and ends.

A message begins with a postmark, a line such as `From ann@example.org Thu Jan  1 00:00:00 1970`. The forms differ in
how they tell a postmark from a body's line that begins with "From ": most put a ">" before the latter, mboxcl counts
the body's bytes in `Content-Length`, and some programs do nothing. So a line is believed to be a postmark when it has
a weekday and a time and a field follows, and after an empty line also in somewhat looser forms (RFC 4155; the page
on mbox of the qmail manual, mbox(5), tells of the forms).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from rumor_tui.readers.mail.box import LONGEST_GUESS, Box
from rumor_tui.readers.mapped import Mapped

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
"""The postmark that `git format-patch` writes. In a mailbox with others it stands in a patch that is attached."""

_HEAD_END = re.compile(rb"\n\r?\n")
_COUNT = re.compile(rb"\nContent-Length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_TO_NEXT = re.compile(rb"(?:\r?\n){0,2}(?=From |\Z)")


def is_mailbox(data: bytes) -> bool:
    """Whether the bytes begin with a postmark and a field."""
    return bool(_AFTER_BLANK.match(data))


def read(data: bytes, name: str) -> Box:
    """The messages of a mailbox, which begins with a postmark."""
    starts = array("q", _counted(data) if _is_counted(data) else _postmarks(data))
    heads, texts = array("q"), array("q")
    ends = starts[1:]
    ends.append(len(data))
    for start, end in zip(starts, ends, strict=True):
        head = data.find(b"\n", start, end)
        gap = _HEAD_END.search(data, head, end) if head >= 0 else None
        heads.append(end if head < 0 else head)
        texts.append(gap.end() if gap else end)
    rows = range(len(starts))
    return Box(
        name,
        Mapped(lambda row: data[heads[row] : texts[row]], rows),
        Mapped(lambda row: data[texts[row] : ends[row]], rows),
        array("i", [min(end - text, LONGEST_GUESS) for text, end in zip(texts, ends, strict=True)]),
        escaped=True,
    )


def _postmarks(data: bytes, start: int = 0) -> Iterator[int]:
    """Where postmarks stand, that at `start` first."""
    find, of_patches = data.find, bool(_OF_PATCH.match(data))
    yield start
    at = start
    while (at := find(b"\nFrom ", at + 1)) >= 0:
        if _is_postmark(data, at + 1) and (of_patches or not _OF_PATCH.match(data, at + 1)):
            yield at + 1


def _is_postmark(data: bytes, at: int) -> bool:
    """Whether a line begins at `at`, and it begins a message."""
    blank = data[at - 2 : at - 1] == b"\n" or data[at - 3 : at - 1] == b"\n\r"
    begins = data[at - 1 : at] == b"\n"
    return begins and bool((_AFTER_BLANK if blank else _ANYWHERE).match(data, at))


def _is_counted(data: bytes) -> bool:
    """Whether the first message's `Content-Length` leads to the next one, or to the end."""
    return _end_by_count(data, 0) >= 0


def _end_by_count(data: bytes, start: int) -> int:
    """Where the message that follows the one at `start` must begin by that one's count; -1 where it does not."""
    head = data.find(b"\n", start)
    next_mark = data.find(b"\nFrom ", start)
    gap = _HEAD_END.search(data, head, next_mark + 1 if next_mark >= 0 else len(data)) if head >= 0 else None
    count = _COUNT.search(data, head, gap.end()) if gap else None
    if gap is None or count is None or gap.end() + int(count[1]) > len(data):
        return -1
    after = _TO_NEXT.match(data, gap.end() + int(count[1]))
    return after.end() if after and (after.end() == len(data) or _is_postmark(data, after.end())) else -1


def _counted(data: bytes) -> Iterator[int]:
    """Where messages begin when they count their bytes; a wrong count is passed over."""
    at = 0
    while 0 <= at < len(data):
        yield at
        end = _end_by_count(data, at)
        at = end if end >= 0 else next((place for place in _postmarks(data, at) if place > at), -1)
