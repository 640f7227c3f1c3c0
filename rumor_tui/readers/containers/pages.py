"""Pages that a container holds: one is read as if it came from its address, several are a listing.

The comments of a page are often not in its document: a frame has them, or an answer to a script. Where a page has no
comments of its own, these are looked for in what the container holds besides it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers.decode import decode_text
from rumor_tui.readers.source import Hint, hint_inside

MAX_COMPANIONS = 60
"""Frames and answers of a page in which its comments are looked for."""

MAX_COMPANION_BYTES = 32 * 1024**2
"""Bytes of all of them together."""

_MOST = 0.8
"""The share of the rows in JSON that must be signed and dated to be comments."""

_HEAD = 32_768
"""Bytes of a page in which its title is looked for."""

_LONGEST_TITLE = 200
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,2000})", re.IGNORECASE)


class SavedDocument(NamedTuple):
    """A document as it was served, with its address; `moment` is when it was saved, in seconds since 1970 UTC."""

    content: bytes
    address: str = ""
    charset: str = ""
    moment: float | None = None


class SavedPage(NamedTuple):
    """A page, and the documents that came with it: its frames, and the answers to its scripts."""

    main: SavedDocument
    companions: Sequence[SavedDocument] = ()


def read_pages(pages: Sequence[SavedPage], hint: Hint) -> Thread | Listing:
    """The only page, or the listing of the pages. Raises SourceError."""
    if len(pages) == 1:
        return read_page(pages[0], hint)

    def entry(page: SavedPage) -> Entry:
        head = decode_text(page.main.content[:_HEAD], page.main.charset)
        address = markdown_format.clean_field(page.main.address) or ""
        return Entry(find_title(head, address), published=page.main.moment, address=address)

    name = markdown_format.clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Saved pages"
    entries = LazyColumn(entry, pages)
    return Listing(name, entries, lambda index: _open_with_related(index, pages, hint), source=hint.name, noun="page")


def _open_with_related(index: int, pages: Sequence[SavedPage], hint: Hint) -> Thread | Listing:
    """A page, joined with those that speak of it, or of the same one."""
    from rumor_tui.readers.related import Member, open_with_related

    def member(page: SavedPage) -> Member:
        content, address = page.main.content, page.main.address
        return Member(len(content), lambda: content, partial(read_page, page, hint), address)

    return open_with_related(index, LazyColumn(member, pages))


def read_page(page: SavedPage, hint: Hint) -> Thread | Listing:
    """A page with its comments, wherever the container has them. Raises SourceError when it cannot be read."""
    content = _read_document(page.main, hint)
    if isinstance(content, Listing) or len(content):
        return content
    comments = _read_comments(page.companions, hint)
    if comments is None:
        return content
    return replace(comments, article=content.article, source=content.source, original=content.original)


def _read_document(document: SavedDocument, hint: Hint) -> Thread | Listing:
    from rumor_tui.readers import open_if_single, read_source

    address = markdown_format.clean_field(document.address) or hint.name
    return open_if_single(read_source(document.content, hint_inside(hint, address, document.charset, document.moment)))


def _read_comments(documents: Sequence[SavedDocument], hint: Hint) -> Thread | None:
    """The thread with the most comments; answers of the same address that differ in their query are one thread."""
    threads: dict[str, Thread] = {}
    seen: set[bytes] = set()
    size = 0
    for document in documents[:MAX_COMPANIONS]:
        size += len(document.content)
        if size > MAX_COMPANION_BYTES:
            break
        if document.content in seen:
            continue
        seen.add(document.content)
        thread = _thread_or_none(document, hint)
        if thread is None or not _is_discussion(thread, document):
            continue
        place = document.address.partition("?")[0]
        before = threads.get(place)
        threads[place] = before.join(thread) if before and before.format == thread.format else thread
    return max(threads.values(), key=len, default=None)


def _is_discussion(thread: Thread, document: SavedDocument) -> bool:
    """Whether there are comments: what comes in JSON may be any data, so most of it must have authors and dates."""
    size = len(thread)
    if document.content.lstrip()[:1] not in (b"{", b"["):
        return size > 0
    signed = sum(author is not None for author in thread.authors)
    dated = sum(moment is not None for moment in thread.published)
    is_tree = any(parent >= 0 for parent in thread.parent)
    return size > 0 and signed >= _MOST * size and (dated >= _MOST * size or is_tree)


def _thread_or_none(document: SavedDocument, hint: Hint) -> Thread | None:
    try:
        content = _read_document(document, hint)
    except SourceError:
        return None
    return content if isinstance(content, Thread) else None


def find_title(head: str, address: str) -> str:
    """The title in the beginning of a page, the first line of a text, or the address."""
    match = _TITLE.search(head)
    if match:
        title = html.unescape(match[1])
    else:
        start = head.lstrip("\ufeff \t\r\n")
        title = "" if start[:1] in "<{[" else start.split("\n", 1)[0]
    title = markdown_format.clean_field(" ".join(title.split())[:_LONGEST_TITLE]) or ""
    return title or _readable_address(address) or "A page without a title"


def _readable_address(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    query = "?" if parts.query else ""
    return markdown_format.clean_field(unquote(f"{parts.netloc}{parts.path}{query}{parts.query}")) or address
