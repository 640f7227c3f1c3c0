"""The text of a message as one plain text: text parts decoded, HTML as text, other parts by name and size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rumor_tui.readers.mail.encodings import decode_charset, decode_transfer, decoded_size
from rumor_tui.readers.mail.mailbox import Mailbox, body_in_head
from rumor_tui.readers.mail.mime import MimePart, walk_parts
from rumor_tui.readers.mail.reflow import indent_as_code, reflow_text

_MIME = re.compile(rb"\ncontent-(?:type|transfer-encoding|disposition)[ \t]*:", re.IGNORECASE)
_ESCAPED_FROM = re.compile(rb">(?:(?<=\n>)|(?<=\A>))(>*From )")
"""The pattern begins with a fixed byte, which is found ten times faster than the beginning of a line."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_NOT_SHOWN = frozenset(
    {
        *("application/pgp-signature", "application/pgp-encrypted", "application/pkcs7-signature"),
        *("application/x-pkcs7-signature", "application/ms-tnef", "text/x-amp-html"),
    }
)
"""Parts that are not shown: signatures, encryption envelopes and the mailers' own formats."""

_PATCHES = frozenset({"text/x-patch", "text/x-diff", "text/patch", "text/diff", "text/x-csrc", "text/x-python"})
MAX_HTML_LENGTH = 200_000
"""Characters of HTML that are converted to text: some hundred pages, in a tenth of a second."""

_SHOWN_AS_TEXT = ("text/", "application/xhtml+xml", "message/delivery-status", "message/disposition-notification")
_LISTED_TYPES = frozenset({"text/calendar", "text/css", "text/csv", "text/vcard", "text/x-vcard", "text/javascript"})


def html_only_body(box: Mailbox, row: int) -> str | None:
    """The HTML of a message that has no other text; else None."""
    if b"html" not in box.heads[row] and b"html" not in box.bodies[row][:65_536]:
        return None
    parts = [part for part in message_parts(box, row) if not part.hidden and part.kind not in _NOT_SHOWN]
    return _text(parts[0]) if [part.kind for part in parts] == ["text/html"] else None


def message_parts(box: Mailbox, row: int) -> Iterator[MimePart]:
    """The parts of a message in a mailbox."""
    head, body = box.heads[row], box.bodies[row]
    if box.escaped and b">From " in body:
        body = _ESCAPED_FROM.sub(rb"\1", body)
    if lost := body_in_head(head):
        body = lost + body
    return walk_parts(head, body) if _MIME.search(head) else iter((MimePart("text/plain", body),))


def body_text(box: Mailbox, row: int) -> str:
    """The text of a message."""
    return "\n\n".join(text for part in message_parts(box, row) if (text := _part_text(part).strip("\n")))


def _part_text(part: MimePart) -> str:
    """What is shown of a part: its text, or a line that names it."""
    if part.kind in _NOT_SHOWN:
        return ""
    if part.hidden:
        return _attachment_line(part) if part.disposition == "attachment" else ""
    if part.disposition == "attachment" or part.kind in _LISTED_TYPES or not part.kind.startswith(_SHOWN_AS_TEXT):
        return _attachment_line(part)
    if part.kind in _HTML:
        return _shorten_html(_text(part))
    if part.kind in _PATCHES or (part.filename and part.kind != "text/plain"):
        return f"{_attachment_line(part)}\n\n{indent_as_code(_text(part))}"
    flowed = part.parameters.get("format", b"").lower() == b"flowed"
    text = reflow_text(_text(part), flowed, part.parameters.get("delsp", b"").lower() == b"yes")
    return f"{_attachment_line(part)}\n\n{text}" if part.filename else text


def _text(part: MimePart) -> str:
    text = decode_charset(decode_transfer(part.data, part.encoding), part.charset)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _shorten_html(html: str) -> str:
    """HTML as plain text, up to the tag that ends within `MAX_HTML_LENGTH`, and a line about what is left out."""
    if len(html) <= MAX_HTML_LENGTH:
        return _html_to_text(html)
    end = html.rfind(">", 0, MAX_HTML_LENGTH) + 1 or MAX_HTML_LENGTH
    return f"{_html_to_text(html[:end])}\n\n[{_size(len(html) - end)} of HTML left out]"


@lru_cache(16)  # a row on the screen is asked for again and again
def _html_to_text(html: str) -> str:
    from rumor_tui import blocks

    return blocks.to_text(blocks.parse_body(html, "html"))


def _attachment_line(part: MimePart) -> str:
    """A line in place of a part that is not text: its name or type, and its size."""
    name = " ".join(part.filename.split()) or part.kind
    return f"[attachment: {name}, {_size(decoded_size(part.data, part.encoding))}]"


def _size(count: int) -> str:
    """A number of bytes, short: "12 kB"."""
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1e3:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"
