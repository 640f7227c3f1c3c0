"""From the bytes of a mailbox, or of one message, to what can be read of it."""

from __future__ import annotations

from array import array

from rumor_tui import bylines
from rumor_tui.model import Listing
from rumor_tui.readers.base import Hint
from rumor_tui.readers.mail import content, mbox
from rumor_tui.readers.mail.box import LONGEST_GUESS, Box, begun, parted


def read(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message. Never raises."""
    data = begun(data)
    name = title_of(hint)
    if mbox.is_mailbox(data):
        return content.opened(mbox.read(data, name), hint.name)
    head, body = parted(data)
    return content.opened(Box(name, [head], [body], array("i", [min(len(body), LONGEST_GUESS)])), hint.name)


def title_of(hint: Hint) -> str:
    """The name of a mailbox as a title: that of its file or folder, without the folders around it."""
    return bylines.name(hint.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]) or "Mail"
