"""Pages that browsers save as one file (MHTML, RFC 2557): a message whose parts are the page, its frames and images.

Chrome, Edge, Opera, Internet Explorer, Word and extensions of Firefox write them. Unlike a letter with pictures in it,
such a message is sent to nobody. The page is the part that `start` names, or the one with the address that was saved,
or the first part with HTML; the other parts with HTML are its frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.model import SourceError
from rumor_tui.readers.source import Hint, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread
    from rumor_tui.readers.containers.pages import SavedDocument
    from rumor_tui.readers.mail.mime import MimePart

MAX_PARTS = 5_000
"""Parts of a file that are looked at."""

MAX_DEPTH = 8
"""Levels of parts in parts."""

_HEAD = 65_536
_TYPE = rb"(?im)^content-type[ \t]*:\s*(?:multipart/(?:related|mixed)|text/html)\b"
_SAVED = rb"(?im)^(?:snapshot-content-location[ \t]*:|from[ \t]*:[^\n]{0,20}\bsaved by\b)"
_OF_LETTERS = (
    rb"(?im)^(?:to|cc|bcc|from|received|return-path|delivered-to|message-id|in-reply-to|references|list-id)[ \t]*:"
)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


class WebPart(NamedTuple):
    """A part with HTML, its address and its identifier."""

    part: MimePart
    location: str
    identifier: str


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin with the header fields of a saved page."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    name, colon, _ = head.partition(b"\n")[0].partition(b":")
    if not colon or not name.replace(b"-", b"").isalpha():
        return False
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return bool(re.search(_TYPE, fields)) and bool(re.search(_SAVED, fields) or not re.search(_OF_LETTERS, fields))


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The page with its comments. Raises SourceError when the file has no page."""
    from rumor_tui.model import Thread
    from rumor_tui.readers.containers.pages import SavedPage, read_page
    from rumor_tui.readers.mail.headers import parse_mail_date, raw_field, read_subject
    from rumor_tui.readers.mail.mailbox import skip_to_first_line, split_message

    head, body = split_message(skip_to_first_line(data))
    parts = list(_web_parts(head, body))
    if not parts:
        raise SourceError(f"{name_source(hint)} is a saved page (MHTML) that has no page in it. Save the page again.")
    address = _address(head, b"snapshot-content-location") or _address(head, b"content-location")
    main = _main_part(parts, _start(head), address)
    moment = parse_mail_date(raw_field(head, b"date"))
    documents = [_document(part, moment, address if part is main else "") for part in (main, *parts) if part]
    content = read_page(SavedPage(documents[0], documents[1:]), hint)
    if isinstance(content, Thread) and not content.article.title:
        content.article.title = read_subject(head)
    return content


def _web_parts(head: bytes, body: bytes) -> Iterator[WebPart]:
    """The parts with HTML, in order."""
    from rumor_tui.readers.mail.headers import message_ids, raw_field
    from rumor_tui.readers.mail.mailbox import split_message
    from rumor_tui.readers.mail.mime import make_part, split_at_boundary

    waiting = [(head, body, 0)]
    taken = 1
    while waiting:
        head, body, level = waiting.pop()
        part = make_part(head, body, level=level)
        boundary = part.parameters.get("boundary")
        if part.kind.startswith("multipart/") and boundary and level < MAX_DEPTH:
            pieces, _ = split_at_boundary(body, boundary, MAX_PARTS - taken)
            taken += len(pieces)
            waiting.extend((*split_message(piece), level + 1) for piece in reversed(pieces))
        elif part.kind in _HTML:
            names = message_ids(raw_field(head, b"content-id"))
            identifier = names[0].decode("latin-1") if names else ""
            yield WebPart(part, _address(head, b"content-location"), identifier)


def _main_part(parts: list[WebPart], start: str, address: str) -> WebPart:
    by_start = (part for part in parts if start and part.identifier == start)
    by_address = (part for part in parts if address and part.location == address)
    return next(by_start, None) or next(by_address, parts[0])


def _start(head: bytes) -> str:
    """The identifier of the first part to show, by the `start` of the content type."""
    from rumor_tui.readers.mail.mime import make_part

    return make_part(head, b"").parameters.get("start", b"").decode("latin-1").strip("<> ")


def _address(head: bytes, name: bytes) -> str:
    """The web address in a field; empty where it is none, such as `cid:`."""
    from rumor_tui.readers.mail.headers import decode_field, raw_field

    address = "".join(decode_field(raw_field(head, name) or b"").split())
    return address if address.lower().startswith(("http://", "https://")) else ""


def _document(found: WebPart, moment: float | None, address: str) -> SavedDocument:
    from rumor_tui.readers.containers.pages import SavedDocument
    from rumor_tui.readers.mail.encodings import decode_transfer

    content = decode_transfer(found.part.data, found.part.encoding)
    return SavedDocument(content, found.location or address, found.part.charset, moment)
