"""From the bytes of a mailbox, or of one message, to what can be read of it."""

from __future__ import annotations

import re
from array import array

from rumor_tui import bylines
from rumor_tui.model import Listing
from rumor_tui.readers.base import Hint
from rumor_tui.readers.mail import HEAD, content, mbox
from rumor_tui.readers.mail.box import LONGEST_GUESS, Box, parted

_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_TELLING = re.compile(rb"\n(From|Date|Subject|Message-ID|Received|Return-Path)[ \t]*:", re.IGNORECASE)


def knows(data: bytes) -> bool:
    """Whether the bytes begin with a mailbox's postmark and a field, or with the fields of a message."""
    return mbox.is_mailbox(_begun(data)) or is_message(data)


def is_message(data: bytes) -> bool:
    """Whether the bytes begin with a block of fields, two or more of them such as every message has."""
    head, _ = parted(_begun(data[:HEAD]))
    return len({name.lower() for name in _TELLING.findall(head)}) >= 2


def read(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message. Never raises."""
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
