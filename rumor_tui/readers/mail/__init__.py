"""Mail: a mailbox in one file, or a single message; its threads, its bodies decoded when they come on screen.

What it is shows in its first lines: a postmark, or the fields of a message. It is a listing of threads, each of them
its first message and the replies to it. Everything but the tree is worked out when a row is asked for.

This module loads next to nothing, since every source is shown to it first; `box` and `mbox` look closer at what may
be mail, and `reading` has the rest.
"""

from __future__ import annotations

from rumor_tui.model import Listing
from rumor_tui.readers.base import Hint

_MARK = b"\xef\xbb\xbf"
_HEAD = 65_536
_NOT_FIELDS = (b"{", b"[", b"<", b"#", b"---")
"""How JSON, pages, feeds and Markdown begin: no field of a message is called so, though the standard allows it."""


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin with a mailbox's postmark, or with the fields that a message has."""
    head = data[:_HEAD].removeprefix(_MARK).lstrip()
    if head.startswith(b"From "):
        from rumor_tui.readers.mail import mbox

        if mbox.is_mailbox(head):
            return True
    else:
        name, colon, _ = head.partition(b"\n")[0].partition(b":")
        if not colon or not name or b" " in name.rstrip() or name.startswith(_NOT_FIELDS):
            return False
    from rumor_tui.readers.mail import box

    return box.is_message(head)


def read(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message, as a listing. Never raises."""
    from rumor_tui.readers.mail import reading

    return reading.read(data, hint)
