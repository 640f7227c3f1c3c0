"""Web archives: WARC files, and the WET files of their texts, plain or packed record by record.

The records are found once, with the beginning of each page, which tells its title; a page is read when it is opened,
at its place in the file. fastwarc walks through the records, takes chunks and content encodings apart in small
steps, and ends at the first broken record; here it is set on again at the next one that begins like one.

The format: ISO 28500, iipc.github.io/warc-specifications (versions 1.0 and 1.1; 0.17 and 0.18 are read alike).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers import decode, errors
from rumor_tui.readers.hint import Hint

if TYPE_CHECKING:
    from fastwarc.warc import HeaderMap, WarcRecord

MAX_PAGES = 100_000
"""Pages that are listed of one archive."""

MAX_ARCHIVE_BYTES = 64 * 1024**3
"""Bytes of all records together, unpacked, after which an archive is not looked at further."""

MAX_PAGE_BYTES = 64 * 1024**2
"""Bytes that a page may have when it is unpacked."""

_HEAD = 32_768
"""Bytes of a page in which its title is looked for."""

_LONGEST_TITLE = 200
_MOST_BREAKS = 1_000
"""Broken records after which the rest is given up."""

_BEGINNING = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
_GZIP = b"\x1f\x8b\x08"
_TYPES = re.compile(
    r"(?:text/(?:html|plain|xml|markdown)|application/(?:[\w.+-]*\+)?(?:xml|json|feed\+json))\b", re.IGNORECASE
)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_LIKE_TEXT = (b"<", b"{", b"[", b"\xef\xbb\xbf")
_NO_PAGES = re.compile(r"https?://[^/]+/(?:robots\.txt|favicon\.ico|sitemap[\w-]*\.xml)(?:[?#]|\Z)", re.IGNORECASE)

_FAULTS = (OSError, ValueError, EOFError, RuntimeError)
"""What fastwarc raises for records that are not as they should be."""

_DECODINGS: tuple[Literal["all", "transfer", "content", "none"], ...] = ("all", "transfer", "content", "none")
"""How a page is unpacked: as its headers say, or, since archives may hold it unpacked under the old headers, less."""


class ArchivedPage(NamedTuple):
    """A page in an archive: where its record begins, and what is known of it; `date` is in seconds since 1970 UTC."""

    offset: int
    address: str
    title: str
    date: float | None


class ArchiveIndex(NamedTuple):
    """What an archive holds: its pages, the number of records, of broken ones, and whether all of it was looked at."""

    pages: list[ArchivedPage]
    records: int
    broken: int
    whole: bool


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin as a record does."""
    return bool(_BEGINNING.match(data))


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The listing of the archive's pages; of a single page, the page. Raises SourceError when there is none."""
    found = _pages(data)
    if not found.pages:
        raise SourceError(_without_pages(found, hint))
    if len(found.pages) == 1:
        return _opened(data, found.pages[0])

    def entry(page: ArchivedPage) -> Entry:
        return Entry(page.title, published=page.date, address=page.address)

    return Listing(
        title=_title(found, hint),
        entries=LazyColumn(entry, found.pages),
        open=lambda index: _opened(data, found.pages[index]),
        count=lambda index: _count(data, found.pages[index]),
        source=hint.name,
        noun="page",
    )


def _title(found: ArchiveIndex, hint: Hint) -> str:
    """The archive's name, and what is not as it should be."""
    name = markdown_format.clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Web archive"
    broken = f"{found.broken:,} broken record{'' if found.broken == 1 else 's'}" if found.broken else ""
    part = "" if found.whole else f"only the first {len(found.pages):,} pages are listed"
    said = "; ".join(filter(None, (broken, part)))
    return f"{name} ({said})" if said else name


def _without_pages(found: ArchiveIndex, hint: Hint) -> str:
    records = f"{found.records:,} record{'' if found.records == 1 else 's'}"
    broken = f", {found.broken:,} of them broken" if found.broken else ""
    return (
        f"{errors.name_of(hint)} is a web archive without a page that could be read: it has {records}{broken}, "
        "and none holds an answer with HTML, JSON, XML or text. Open another archive."
    )


def _opened(data: bytes, page: ArchivedPage) -> Thread | Listing:
    from rumor_tui.readers import open_if_single, read_source

    content, charset, whole = _content(data, page.offset, MAX_PAGE_BYTES)
    if not whole:
        raise SourceError(
            f"{page.address or 'This page'} is larger than {MAX_PAGE_BYTES // 1024**2} MiB, the most that is read of "
            "a page in an archive. Take it out of the archive and open that."
        )
    return open_if_single(read_source(content, Hint(page.address, charset, page.date)))


def _count(data: bytes, page: ArchivedPage) -> int | None:
    try:
        content = _opened(data, page)
    except SourceError:
        return None
    return len(content) if isinstance(content, Thread) else None


# The records


def _pages(data: bytes) -> ArchiveIndex:
    """All pages of the archive, in its order."""
    pages: list[ArchivedPage] = []
    records = broken = size = 0
    for record in _records(data):
        records += 1
        if record is None:
            broken += 1
            continue
        size += max(0, record.content_length)
        if len(pages) >= MAX_PAGES or size > MAX_ARCHIVE_BYTES:
            return ArchiveIndex(pages, records, broken, False)
        page = _page(data, record)
        if page is not None:
            pages.append(page)
    return ArchiveIndex(pages, records, broken, broken < _MOST_BREAKS)


def _records(data: bytes) -> Iterator[WarcRecord | None]:
    """Every record that may hold a page, and None for each place where they break off."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    start: int | None = 0
    for turn in range(_MOST_BREAKS):
        last = start or 0
        came = turn == 0
        try:
            for record in ArchiveIterator(_file_at(data, last), record_types=WarcRecordType.any_type, parse_http=False):
                last, came = record.stream_pos, True
                if record.record_type & wanted:
                    yield record
            if not _breaks_off(data, last):
                return
            yield None
        except _FAULTS:
            if came:
                yield None
        start = _next_start(data, last + 1)
        if start is None:
            return


def _breaks_off(data: bytes, last: int) -> bool:
    """Whether the record at a place, the last one, is shorter than it says."""
    from fastwarc.warc import ArchiveIterator

    record = next(iter(ArchiveIterator(_file_at(data, last), parse_http=False)), None)
    return record is not None and record.consume() < record.content_length


def _file_at(data: bytes, start: int) -> BytesIO:
    file = BytesIO(data)  # which shares the bytes
    file.seek(start)
    return file


def _next_start(data: bytes, start: int) -> int | None:
    """Where the next record begins, or in a packed archive the next part that holds one."""
    if not data.startswith(_GZIP[:2]):
        found = _BEGINNING.search(data, start)
        return found.start() if found else None
    from zlib import decompressobj
    from zlib import error as ZlibError

    while (start := data.find(_GZIP, start)) >= 0:
        try:
            if decompressobj(31).decompress(data[start : start + 512], 5) == b"WARC/":
                return start
        except ZlibError:
            pass
        start += 1
    return None


def _page(data: bytes, record: WarcRecord) -> ArchivedPage | None:
    """What a record tells of its page; None when it holds none, or none that can be read."""
    address = markdown_format.clean_field(_header(record.headers, "WARC-Target-URI").strip("<>")) or ""
    offset = record.stream_pos
    if _NO_PAGES.match(address) or not _may_be_page(record):
        return None
    try:
        content, charset, _ = _content(data, offset, _HEAD)
    except SourceError:
        return None
    if not content.strip() or (b"\0" in content and not decode.looks_like_utf16(content)):
        return None
    title = _title_of(decode.decode_text(content, charset), address)
    return ArchivedPage(offset, address, title, markdown_format.parse_iso(_header(record.headers, "WARC-Date")))


def _header(headers: HeaderMap, name: str) -> str:
    return headers.get(name) or ""


def _may_be_page(record: WarcRecord) -> bool:
    """Whether the headers speak of an answer that holds text."""
    if not record.is_http:
        return bool(_TYPES.match(_header(record.headers, "Content-Type")))
    try:
        record.parse_http(auto_decode="none")
    except _FAULTS:
        return False
    headers = record.http_headers
    if headers is None or not 200 <= (headers.status_code or 0) < 300:
        return False
    kind = _header(headers, "Content-Type")
    return bool(_TYPES.match(kind)) if kind.strip() else record.reader.read(64).lstrip().startswith(_LIKE_TEXT)


def _title_of(head: str, address: str) -> str:
    """The title that a page gives itself; the first line of a text; or the address."""
    found = _TITLE.search(head)
    if found:
        title = html.unescape(found[1])
    else:
        start = head.lstrip("\ufeff \t\r\n")
        title = "" if start[:1] in "<{[" else start.split("\n", 1)[0]
    title = markdown_format.clean_field(" ".join(title.split())[:_LONGEST_TITLE]) or ""
    return title or _name_of(address) or "A page without a title"


def _name_of(address: str) -> str:
    """An address as people read it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return (
        markdown_format.clean_field(unquote(f"{parts.netloc}{parts.path}{'?' if parts.query else ''}{parts.query}"))
        or address
    )


def _content(data: bytes, offset: int, most: int) -> tuple[bytes, str, bool]:
    """The bytes of the page in the record at a place, up to a number of them, its charset, and whether that is all."""
    from fastwarc.warc import ArchiveIterator

    fault: BaseException | None = None
    for way in _DECODINGS:
        try:
            record = next(iter(ArchiveIterator(_file_at(data, offset), parse_http=False)), None)
            if record is None:
                break
            if record.is_http:
                record.parse_http(auto_decode=way)
            content = _read_up_to(record.reader, most + 1)
            return content[:most], _charset(record), len(content) <= most
        except _FAULTS as error:
            fault = error
    raise SourceError("This page cannot be read: its record in the archive is broken. Open another page.") from fault


def _charset(record: WarcRecord) -> str:
    return (record.http_charset or "") if record.is_http and record.http_headers is not None else ""


def _read_up_to(reader: Any, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while size < most and (piece := reader.read(min(65_536, most - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)
