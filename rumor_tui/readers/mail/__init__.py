"""Mail: a mailbox in one file, or a single message; bodies are decoded when they come on screen.

Mail is recognised by its first lines: a postmark, or the header fields of a message, also behind the length that Apple
Mail writes before it. It is read as a listing of
threads, each of them the first message and the replies to it. Everything but the tree is computed when a row is asked
for.

This module imports next to nothing, since its `sniff` sees every source first; `mailbox` looks closer at what may be
mail, and `reader` has the rest.
"""

from __future__ import annotations

from rumor_tui.model import Listing
from rumor_tui.readers.source import Hint

_HEAD = 65_536
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOT_FIELDS = (b"{", b"[", b"<", b"#", b"---")
"""How JSON, web pages, feeds and Markdown begin: no header field has such a name, though the standard allows it."""


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin with a mailbox's postmark, or with the header fields of a message, or with its length."""
    head = data[:_HEAD].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if head[:1].isdigit() and head.partition(b"\n")[0].strip().isdigit():
        from rumor_tui.readers.mail import apple, mailbox

        return mailbox.is_message(apple.unwrap_message(head))
    if not head.startswith(b"From "):
        name, colon, _ = head.partition(b"\n")[0].partition(b":")
        if not colon or not name or b" " in name.rstrip() or name.startswith(_NOT_FIELDS):
            return False
    from rumor_tui.readers.mail import mailbox

    return mailbox.is_mbox(head) or mailbox.is_message(head)


def read(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message, as a listing. Never raises."""
    from rumor_tui.readers.mail import apple, reader

    return reader.read_mail(apple.unwrap_message(data), hint)
