"""A text that holds several messages with their fields, as it was copied or saved: the listing of their threads."""

from __future__ import annotations

from rumor_tui.model import Listing
from rumor_tui.readers.mail.digest import find_heads, split_messages
from rumor_tui.readers.mail.mailbox import box_of_messages
from rumor_tui.readers.mail.reader import mailbox_listing, mailbox_title
from rumor_tui.readers.source import Hint

_SAMPLE = 65_536


def sniff(text: str, hint: Hint) -> bool:
    """Whether at least two messages with their fields stand in the text."""
    return len(find_heads(text[:_SAMPLE].splitlines())) > 1


def read(text: str, hint: Hint) -> Listing:
    """The messages as the listing of their threads. Never raises."""
    return mailbox_listing(box_of_messages(split_messages(text), mailbox_title(hint)), hint.name)
