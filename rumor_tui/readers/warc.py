"""Web archives: WARC files, WET files of their texts, plain or compressed record by record, and ARC files.

The records are scanned once, with the beginning of each page, which has its title; a page is read at its offset in the
file when it is opened. fastwarc iterates over the records, decodes chunks and content encodings in small steps, and
stops at the first broken record; here it is restarted at the next position where a record begins.

The format: ISO 28500, iipc.github.io/warc-specifications (versions 1.0 and 1.1; 0.17 and 0.18 are read alike).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers import arc
from rumor_tui.readers.containers.pages import find_title
from rumor_tui.readers.decode import decode_text, is_binary
from rumor_tui.readers.source import Hint, hint_inside, name_source

if TYPE_CHECKING:
    from fastwarc.warc import HeaderMap, WarcRecord

MAX_PAGES = 100_000
"""Pages that are listed of one archive."""

MAX_ARCHIVE_BYTES = 64 * 1024**3
"""Bytes of all records together, decompressed, after which the scan stops."""

MAX_PAGE_BYTES = 32 * 1024**2
"""Bytes of a decompressed page at most."""

_HEAD = 32_768
"""Bytes of a page in which its title is looked for."""

_MOST_BREAKS = 1_000
"""Broken records after which the scan stops."""

_RECORD_START = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
_GZIP = b"\x1f\x8b\x08"
_TYPES = re.compile(
    r"(?:text/(?:html|plain|xml|markdown)|application/(?:[\w.+-]*\+)?(?:xml|json|feed\+json))\b", re.IGNORECASE
)
_LIKE_TEXT = (b"<", b"{", b"[", b"\xef\xbb\xbf")
_NO_PAGES = re.compile(r"https?://[^/]+/(?:robots\.txt|favicon\.ico|sitemap[\w-]*\.xml)(?:[?#]|\Z)", re.IGNORECASE)

_FAULTS = (OSError, ValueError, EOFError, RuntimeError)
"""What fastwarc raises for malformed records."""

_DECODINGS: tuple[Literal["all", "transfer", "content", "none"], ...] = ("all", "transfer", "content", "none")
"""How a page is decoded: by its headers, or, since archives may have it decoded under the old headers, less."""


class ArchivedPage(NamedTuple):
    """A page in an archive, with the offset of its record; `date` is in seconds since 1970 UTC."""

    offset: int
    address: str
    title: str
    date: float | None


class ArchiveIndex(NamedTuple):
    """The pages of an archive, the number of records and of broken ones, and whether all of it was scanned."""

    pages: list[ArchivedPage]
    records: int
    broken: int
    whole: bool


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin as a record does."""
    return bool(_RECORD_START.match(data)) or data.startswith(arc.SIGNATURE)


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The listing of the archive's pages, or a single page itself. Raises SourceError when there is none."""
    return read_archive(data, hint)


def read_archive(data: bytes, hint: Hint, wanted: Collection[str] = ()) -> Thread | Listing:
    """The same, of only the pages with the `wanted` addresses where the archive has some of them."""
    if data.startswith(arc.SIGNATURE):
        data = arc.to_warc(data)
    archive = _scan_pages(data)
    if chosen := [page for page in archive.pages if page.address in wanted]:
        archive = archive._replace(pages=chosen)
    if not archive.pages:
        raise SourceError(_no_pages_message(archive, hint))
    if len(archive.pages) == 1:
        return _open_page(data, archive.pages[0], hint)

    def entry(page: ArchivedPage) -> Entry:
        return Entry(page.title, published=page.date, address=page.address)

    return Listing(
        title=_archive_title(archive, hint),
        entries=LazyColumn(entry, archive.pages),
        open=lambda index: _open_with_related(data, archive.pages, index, hint),
        count=lambda index: _count(data, archive.pages[index], hint),
        source=hint.name,
        noun="page",
    )


def _archive_title(index: ArchiveIndex, hint: Hint) -> str:
    """The name of the archive, with a note on broken or missing records."""
    name = markdown_format.clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Web archive"
    broken = f"{index.broken:,} broken record{'' if index.broken == 1 else 's'}" if index.broken else ""
    part = "" if index.whole else f"only the first {len(index.pages):,} pages are listed"
    notes = "; ".join(filter(None, (broken, part)))
    return f"{name} ({notes})" if notes else name


def _no_pages_message(index: ArchiveIndex, hint: Hint) -> str:
    records = f"{index.records:,} record{'' if index.records == 1 else 's'}"
    broken = f", {index.broken:,} of them broken" if index.broken else ""
    return (
        f"{name_source(hint)} is a web archive without a page that can be read: it has {records}{broken}, "
        "and none holds a response with HTML, JSON, XML or text. Open another archive."
    )


def _open_page(data: bytes, page: ArchivedPage, hint: Hint) -> Thread | Listing:
    from rumor_tui.readers import open_if_single, read_source

    content, charset, whole = _page_content(data, page.offset, MAX_PAGE_BYTES)
    if not whole:
        raise SourceError(
            f"{page.address or 'This page'} is larger than {MAX_PAGE_BYTES // 1024**2} MiB, the most that is read of "
            "a page in an archive. Extract it from the archive and open that."
        )
    return open_if_single(read_source(content, hint_inside(hint, page.address, charset, page.date)))


def _open_with_related(data: bytes, pages: Sequence[ArchivedPage], index: int, hint: Hint) -> Thread | Listing:
    """A page, joined with those of the archive that speak of it, or of the same one."""
    from rumor_tui.readers.related import Member, open_with_related

    def member(page: ArchivedPage) -> Member:
        def read() -> bytes:
            return _page_content(data, page.offset, MAX_PAGE_BYTES)[0]

        return Member(0, read, partial(_open_page, data, page, hint), page.address)

    return open_with_related(index, LazyColumn(member, pages))


def _count(data: bytes, page: ArchivedPage, hint: Hint) -> int | None:
    try:
        content = _open_page(data, page, hint)
    except SourceError:
        return None
    return len(content) if isinstance(content, Thread) else None


# The records


def _scan_pages(data: bytes) -> ArchiveIndex:
    """All pages of the archive, in its order."""
    pages: list[ArchivedPage] = []
    records = broken = size = 0
    for record in _scan_records(data):
        records += 1
        if record is None:
            broken += 1
            continue
        size += max(0, record.content_length)
        if len(pages) >= MAX_PAGES or size > MAX_ARCHIVE_BYTES:
            return ArchiveIndex(pages, records, broken, False)
        page = _scan_page(data, record)
        if page is not None:
            pages.append(page)
    return ArchiveIndex(pages, records, broken, broken < _MOST_BREAKS)


def _scan_records(data: bytes) -> Iterator[WarcRecord | None]:
    """Every record that may be a page, and None for each broken one."""
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
    """Whether the last record, at this offset, is shorter than it says."""
    from fastwarc.warc import ArchiveIterator

    record = next(iter(ArchiveIterator(_file_at(data, last), parse_http=False)), None)
    return record is not None and record.consume() < record.content_length


def _file_at(data: bytes, start: int) -> BytesIO:
    file = BytesIO(data)  # which shares the bytes
    file.seek(start)
    return file


def _next_start(data: bytes, start: int) -> int | None:
    """Where the next record begins, or in a compressed archive the next member with a record."""
    if not data.startswith(_GZIP[:2]):
        match = _RECORD_START.search(data, start)
        return match.start() if match else None
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


def _scan_page(data: bytes, record: WarcRecord) -> ArchivedPage | None:
    """The page of a record; None when it has none, or none that can be read."""
    address = markdown_format.clean_field(_header(record.headers, "WARC-Target-URI").strip("<>")) or ""
    offset = record.stream_pos
    if _NO_PAGES.match(address) or not _may_be_page(record):
        return None
    try:
        content, charset, _ = _page_content(data, offset, _HEAD)
    except SourceError:
        return None
    if not content.strip() or is_binary(content):
        return None
    title = find_title(decode_text(content, charset), address)
    return ArchivedPage(offset, address, title, markdown_format.parse_iso(_header(record.headers, "WARC-Date")))


def _header(headers: HeaderMap, name: str) -> str:
    return headers.get(name) or ""


def _may_be_page(record: WarcRecord) -> bool:
    """Whether the headers are those of a successful response with text."""
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


def _page_content(data: bytes, offset: int, most: int) -> tuple[bytes, str, bool]:
    """Up to `most` bytes of the page in the record at an offset, its charset, and whether these are all."""
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
            return content if len(content) <= most else content[:most], _charset(record), len(content) <= most
        except _FAULTS as error:
            fault = error
    raise SourceError("This page cannot be read: its record in the archive is broken. Open another page.") from fault


def _charset(record: WarcRecord) -> str:
    return (record.http_charset or "") if record.is_http and record.http_headers is not None else ""


def _read_up_to(reader: Any, most: int) -> bytes:
    data = BytesIO()  # which hands out what it holds without a copy
    while data.tell() < most and (piece := reader.read(min(65_536, most - data.tell()))):
        data.write(piece)
    return data.getvalue()
