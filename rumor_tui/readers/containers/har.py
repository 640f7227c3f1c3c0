"""A browser's record of its requests (HAR): the pages, with comments from their frames and from answers in JSON.

The format: w3c.github.io/web-performance/specs/HAR (version 1.2). Chrome marks a request for a document with
`_resourceType`; all write the type of the answer's content, and binary content in base64.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rumor_tui import markdown_format
from rumor_tui.model import SourceError
from rumor_tui.readers.api.document import Document, decode_fully, decode_level
from rumor_tui.readers.source import Hint, describe_broken_json, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread
    from rumor_tui.readers.containers.pages import SavedDocument, SavedPage

MAX_ENTRIES = 100_000
"""Requests that are looked at."""

_HEAD = 32_768
_LOG = rb'\s*\{\s*"log"\s*:\s*\{'
_FIELDS = (b'"entries"', b'"creator"', b'"startedDateTime"')
_HTML = ("text/html", "application/xhtml")
_JSON_TYPES = ("json", "javascript")


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether there is a log, and in it something of what every record has."""
    return bool(re.match(_LOG, data[:_HEAD])) and any(name in data[:_HEAD] for name in _FIELDS)


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The recorded page, or the pages to choose from. Raises SourceError when no answer is a page or has comments."""
    document = Document(data)
    if document.error is not None:
        raise SourceError(describe_broken_json(hint, document.error)) from document.error
    from rumor_tui.readers.containers.pages import SavedPage, read_pages

    held = document.at("log.entries")
    entries: list[Any] = held if isinstance(held, list) else []
    pages: dict[str, list[SavedDocument]] = {}
    answers: dict[str, list[SavedDocument]] = {}
    for page, is_html, answer in _answers(entries[:MAX_ENTRIES]):
        (pages if is_html else answers).setdefault(page, []).append(answer)
    saved = []
    for page, held in pages.items():
        main, *frames = sorted(held, key=_is_part)
        saved.append(SavedPage(main, [*frames, *answers.get(page, ())]))
    alone = [SavedPage(answer) for page, held in answers.items() if page not in pages for answer in held]
    found = saved or [page for page in alone if _has_comments(page, hint)]
    if not found:
        raise SourceError(
            f"{name_source(hint)} is a record of requests (HAR) with {len(entries):,} of them, and none of the answers "
            "is a page whose text was recorded. Record again with the developer tools open, and save “with content”."
        )
    return read_pages(found, hint)


def _is_part(answer: SavedDocument) -> bool:
    """Whether an answer in HTML is only a part of a page, which scripts ask for: it has no title."""
    return b"<title" not in answer.content[:_HEAD].lower()


def _answers(entries: list[Any]) -> Iterator[tuple[str, bool, SavedDocument]]:
    """The successful answers in HTML and JSON that have a text, with the page that asked, and whether it is HTML."""
    from rumor_tui.readers.containers.pages import SavedDocument

    for undecoded in entries:
        entry = decode_level(undecoded)
        response = decode_level(entry.get("response")) if isinstance(entry, dict) else None
        content = decode_level(response.get("content")) if isinstance(response, dict) else None
        if not isinstance(response, dict) or not isinstance(content, dict):
            continue
        kind = str(decode_fully(content.get("mimeType")) or "").lower()
        is_html = kind.startswith(_HTML)
        if not (is_html or any(name in kind for name in _JSON_TYPES)) or not _is_success(response):
            continue
        data = _content_bytes(content)
        if data.strip() and (is_html or data.lstrip()[:1] in (b"{", b"[")):
            request = decode_fully(entry.get("request"))
            address = str(request.get("url", "")) if isinstance(request, dict) else ""
            moment = markdown_format.parse_iso(str(decode_fully(entry.get("startedDateTime"))))
            page = str(decode_fully(entry.get("pageref")) or "")
            yield page, is_html, SavedDocument(data, address, "", moment)


def _is_success(response: dict[str, Any]) -> bool:
    status = decode_fully(response.get("status"))
    return isinstance(status, (int, float)) and (200 <= status < 300 or status in (0, 304))


def _content_bytes(content: dict[str, Any]) -> bytes:
    text = decode_fully(content.get("text"))
    if not isinstance(text, str):
        return b""
    data = text.encode("utf-8", "replace")
    if str(decode_fully(content.get("encoding")) or "").lower() != "base64":
        return data
    from binascii import Error, a2b_base64

    try:
        return a2b_base64(data)
    except Error:
        return b""


def _has_comments(page: SavedPage, hint: Hint) -> bool:
    from rumor_tui.readers.containers.pages import read_pages

    try:
        read_pages([page], hint)
    except SourceError:
        return False
    return True
