"""What a message says, as one plain text: its text parts decoded, HTML as text, other parts by name and size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rumor_tui.readers.mail import encodings, mime, reflow
from rumor_tui.readers.mail.mailbox import Mailbox, body_in_head
from rumor_tui.readers.mail.mime import MimePart

_MIME = re.compile(rb"\ncontent-(?:type|transfer-encoding|disposition)[ \t]*:", re.IGNORECASE)
_ESCAPED_FROM = re.compile(rb">(?:(?<=\n>)|(?<=\A>))(>*From )")
"""It begins with a fixed byte, which is looked for ten times as fast as the beginning of a line."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SILENT = frozenset(
    {
        *("application/pgp-signature", "application/pgp-encrypted", "application/pkcs7-signature"),
        *("application/x-pkcs7-signature", "application/ms-tnef", "text/x-amp-html"),
    }
)
"""Parts that are about the message and not of it: armour and the mailers' own."""

_PATCHES = frozenset({"text/x-patch", "text/x-diff", "text/patch", "text/diff", "text/x-csrc", "text/x-python"})
MAX_HTML_LENGTH = 200_000
"""Characters of HTML that are made text of: some hundred pages, in a tenth of a second."""

_SHOWN_AS_TEXT = ("text/", "message/delivery-status", "message/disposition-notification")
_NAMED = frozenset({"text/calendar", "text/css", "text/csv", "text/vcard", "text/x-vcard", "text/javascript"})


def html_only_body(box: Mailbox, row: int) -> str | None:
    """The HTML of a message that has no other text; None where it has."""
    if b"html" not in box.heads[row] and b"html" not in box.bodies[row][:65_536]:
        return None
    found = [one for one in message_parts(box, row) if not one.hidden and one.kind not in _SILENT]
    return _text(found[0]) if [one.kind for one in found] == ["text/html"] else None


def message_parts(box: Mailbox, row: int) -> Iterator[MimePart]:
    """The parts of a message of a mailbox."""
    head, body = box.heads[row], box.bodies[row]
    if box.escaped and b">From " in body:
        body = _ESCAPED_FROM.sub(rb"\1", body)
    if lost := body_in_head(head):
        body = lost + body
    return mime.walk_parts(head, body) if _MIME.search(head) else iter((MimePart("text/plain", body),))


def body_text(box: Mailbox, row: int) -> str:
    """What a message says."""
    said = [words for one in message_parts(box, row) if (words := _words(one).strip("\n"))]
    return "\n\n".join(said)


def _words(one: MimePart) -> str:
    """What is shown of a part: its text, or a line that names it."""
    if one.kind in _SILENT and one.disposition != "attachment":
        return ""
    if one.hidden:
        return _named(one) if one.disposition == "attachment" and one.kind not in _SILENT else ""
    if not _is_shown(one):
        return _named(one) if one.kind not in _SILENT else ""
    if one.kind in _HTML:
        return _plain_of_html(_text(one))
    if one.kind in _PATCHES or (one.filename and one.kind != "text/plain"):
        return f"{_named(one)}\n\n{reflow.indent_as_code(_text(one))}"
    flowed = one.parameters.get("format", b"").lower() == b"flowed"
    said = reflow.reflow(_text(one), flowed, one.parameters.get("delsp", b"").lower() == b"yes")
    return f"{_named(one)}\n\n{said}" if one.filename else said


def _is_shown(one: MimePart) -> bool:
    if one.kind in _NAMED or one.disposition == "attachment":
        return False
    return one.kind in _HTML or one.kind.startswith(_SHOWN_AS_TEXT)


def _text(one: MimePart) -> str:
    found = encodings.decode_charset(encodings.decode_transfer(one.data, one.encoding), one.charset)
    return found.replace("\r\n", "\n").replace("\r", "\n") if "\r" in found else found


def _plain_of_html(html: str) -> str:
    """HTML as plain text, up to the tag that ends within `MAX_HTML_LENGTH`, and a line about what is left out."""
    if len(html) <= MAX_HTML_LENGTH:
        return _parsed(html)
    end = html.rfind(">", 0, MAX_HTML_LENGTH) + 1 or MAX_HTML_LENGTH
    return f"{_parsed(html[:end])}\n\n[{_size(len(html) - end)} of HTML left out]"


@lru_cache(16)  # a row on the screen is asked for again and again
def _parsed(html: str) -> str:
    from rumor_tui import blocks

    return blocks.to_text(blocks.parse_body(html, "html"))


def _named(one: MimePart) -> str:
    """The line that stands for a part that is no text: what it is, and how large."""
    name = " ".join(one.filename.split()) or one.kind
    return f"[attachment: {name}, {_size(encodings.decoded_size(one.data, one.encoding))}]"


def _size(count: int) -> str:
    """A number of bytes in a few characters."""
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1e3:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"
