"""Mail: a mailbox in one file, or a single message; its threads, its bodies decoded when they come on screen.

What it is shows in its first lines: a postmark, or the fields of a message. One thread is read as its first message
and the replies to it; several are a listing. Everything but the tree is worked out when a row is asked for.
"""

from __future__ import annotations

import re
from array import array

from rumor_tui import bylines
from rumor_tui.model import Listing, Thread
from rumor_tui.readers.base import Hint
from rumor_tui.readers.mail import content, mbox
from rumor_tui.readers.mail.box import LONGEST_GUESS, Box, parted

_HEAD = 65_536
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_TELLING = re.compile(rb"\n(From|Date|Subject|Message-ID|Received|Return-Path)[ \t]*:", re.IGNORECASE)


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin with a mailbox's postmark, or with the fields that a message has."""
    head = data[:_HEAD]
    return mbox.is_mailbox(_begun(head)) or is_message(head)


def is_message(data: bytes) -> bool:
    """Whether the bytes begin with a block of fields, two or more of them such as every message has."""
    head, _ = parted(_begun(data[:_HEAD]))
    return len({name.lower() for name in _TELLING.findall(head)}) >= 2


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The thread of a mailbox or of a message, or a listing of a mailbox's threads. Never raises."""
    data = _begun(data)
    name = title_of(hint)
    if mbox.is_mailbox(data):
        return content.opened(mbox.read(data, name), hint.name)
    head, body = parted(data)
    return content.opened(Box(name, [head], [body], array("i", [min(len(body), LONGEST_GUESS)])), hint.name)


def _begun(data: bytes) -> bytes:
    """The bytes without a mark or blanks before them; the same object where there are none."""
    before = _BEFORE.match(data)
    return data[before.end() :] if before and before.end() else data


def title_of(hint: Hint) -> str:
    """The name of a mailbox as a title: that of its file or folder, without the folders around it."""
    return bylines.name(hint.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]) or "Mail"
