"""Mail: a mailbox in one file, or a single message; its threads, its bodies decoded when they come on screen.

What it is shows in its first lines: a postmark, or the fields of a message. It is a listing of threads, each of them
its first message and the replies to it. Everything but the tree is worked out when a row is asked for.

This module loads next to nothing, since every source is shown to it first; `reading` has the rest.
"""

from __future__ import annotations

from rumor_tui.model import Listing
from rumor_tui.readers.hint import Hint

HEAD = 65_536
"""Bytes in which the fields of a lone message are looked for."""

_MARK = b"\xef\xbb\xbf"


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin with a mailbox's postmark, or with the fields that a message has."""
    head = data[:HEAD].removeprefix(_MARK).lstrip()
    if not head.startswith(b"From "):
        name, colon, _ = head.partition(b"\n")[0].partition(b":")
        if not colon or not name or b" " in name.rstrip():
            return False
    from rumor_tui.readers.mail import reader

    return reader.is_mail(head)


def read(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message, as a listing. Never raises."""
    from rumor_tui.readers.mail import reader

    return reader.read_mail(data, hint)
