"""Zip archives: saved pages, exports, web archives (WACZ); office documents and books are refused with their name.

The format: pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; WACZ: specs.webrecorder.net/wacz/1.1.1. A zip may be a
bomb: a few kilobytes that become gigabytes, or a list of millions of files. So the size of the list is looked at before
it is read, and a file is decompressed in steps, within the limits of `compressed`.
"""

from __future__ import annotations

import json
import struct
from calendar import timegm
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from rumor_tui.model import SourceError
from rumor_tui.readers.binary import describe_document
from rumor_tui.readers.compressed import check_decompressed_size
from rumor_tui.readers.containers.members import Member, read_members
from rumor_tui.readers.source import Hint, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

MAX_LIST_BYTES = 32 * 1024**2
"""Bytes of the list of files; each of them has about a hundred."""

_STEP = 256 * 1024
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LONGEST_COMMENT = 65_535
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_FAULTS = (BadZipFile, ZlibError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, struct.error)
"""What zipfile raises for damaged files."""

_DOCUMENTS = (
    ("word/", "a Word document"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("visio/", "a Visio drawing"),
)
"""Folders of Office's documents (ECMA-376), by which the programs are told apart."""

_TYPES = (
    ("application/epub+zip", "an EPUB book"),
    ("application/vnd.oasis.opendocument.text", "an OpenDocument text"),
    ("application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation"),
    ("application/vnd.oasis.opendocument", "an OpenDocument file"),
)
"""What the file `mimetype` says in books and in OpenDocument (OCF 3.2, ODF 1.2)."""

_PROGRAMS = (
    ("AndroidManifest.xml", "an Android app (APK)"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
    ("Index/Document.iwa", "a document of Pages, Numbers or Keynote"),
)


def sniff(data: bytes, hint: Hint) -> bool:
    """Always: the first bytes are those of a zip archive."""
    return True


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """What the archive holds. Raises SourceError."""
    archive = _open_archive(data, hint)
    files = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    names = {info.filename for info in files}
    if refused := _document_name(archive, names, hint):
        raise SourceError(f"{name_source(hint)} is {describe_document(refused)}")
    if files and all(info.flag_bits & _ENCRYPTED for info in files):
        raise SourceError(f"{name_source(hint)} is a zip archive with a password. Unpack it, and open what is inside.")
    if _is_web_archive(names):
        return _read_web_archive(archive, files, hint)
    posts = next((name for name in names if name.rpartition("/")[2] == "Posts.xml"), None)
    if posts is not None:
        return _read_dump(archive, posts, names, hint)
    members = [_member(archive, info, hint) for info in files if not info.flag_bits & _ENCRYPTED]
    return read_members(members, hint, "a zip archive")


def _open_archive(data: bytes, hint: Hint) -> ZipFile:
    size = _list_size(data)
    if size is None:
        raise SourceError(f"{name_source(hint)} is a zip archive that breaks off. Download or copy it again.")
    if size > MAX_LIST_BYTES:
        raise SourceError(
            f"{name_source(hint)} is a zip archive with far too many files: their list alone has "
            f"{size // 1024**2:,} MiB. Unpack it, if you trust it, and open a folder of it."
        )
    try:
        return ZipFile(BytesIO(data))
    except _FAULTS as error:
        raise SourceError(
            f"{name_source(hint)} is a zip archive that is damaged. Download or copy it again."
        ) from error


def _list_size(data: bytes) -> int | None:
    """The bytes of the list of files at the end of an archive, before it is read; None where it has none."""
    end = data.rfind(_END, max(0, len(data) - _LONGEST_COMMENT - 22))
    if end < 0 or end + 22 > len(data):
        return None
    size: int = struct.unpack_from("<L", data, end + 12)[0]
    wide = data.rfind(_END_64, max(0, end - 4_096), end)
    if wide >= 0 and wide + 48 <= len(data):
        size = max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", data, wide + 40)[0])
    return size


def _document_name(archive: ZipFile, names: set[str], hint: Hint) -> str:
    """The name of an office document, a book or a program; empty for other archives."""
    if "[Content_Types].xml" in names:
        for folder, name in _DOCUMENTS:
            if any(each.startswith(folder) for each in names):
                return name
        return "an Office document"
    if "mimetype" in names:
        kind = _read_member(archive, archive.getinfo("mimetype"), hint, 200).decode("latin-1").strip()
        for start, name in _TYPES:
            if kind.startswith(start):
                return name
    return next((name for file, name in _PROGRAMS if file in names), "")


def _member(archive: ZipFile, info: ZipInfo, hint: Hint) -> Member:
    try:
        changed: float | None = timegm((*info.date_time, 0, 0, 0))
    except (ValueError, OverflowError):
        changed = None
    return Member(info.filename, info.file_size, changed, partial(_read_member, archive, info, hint))


def _read_member(archive: ZipFile, info: ZipInfo, hint: Hint, most: int | None = None) -> bytes:
    """The first bytes of a file, or all of it. Raises SourceError when it is damaged, encrypted or too large."""
    if info.compress_type not in (_STORED, _DEFLATED):
        raise SourceError(
            f"{name_source(Hint(info.filename))} in {name_source(hint)} is compressed in an uncommon way. "
            "Unpack the archive, and open what is inside."
        )
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while (most is None or size < most) and (piece := file.read(_STEP if most is None else most - size)):
                pieces.append(piece)
                size += len(piece)
                check_decompressed_size(size, info.compress_size, hint)
    except _FAULTS as error:
        raise SourceError(
            f"{name_source(Hint(info.filename))} in {name_source(hint)} is damaged or encrypted. Download the archive "
            "again, or unpack it yourself."
        ) from error
    return b"".join(pieces)


def _is_web_archive(names: set[str]) -> bool:
    return any(name.startswith("archive/") and ".warc" in name for name in names)


def _read_web_archive(archive: ZipFile, files: list[ZipInfo], hint: Hint) -> Thread | Listing:
    """The pages of a WACZ, which its list of pages names; all responses with text where it has no list."""
    from rumor_tui.readers import warc
    from rumor_tui.readers.compressed import decompress
    from rumor_tui.readers.compressed import sniff as is_compressed

    records: list[bytes] = []
    size = 0
    for info in files:
        if info.filename.startswith("archive/") and ".warc" in info.filename:
            records.append(_read_member(archive, info, hint))
            size += len(records[-1])
            check_decompressed_size(size, len(records[-1]), hint)
    if len({is_compressed(part, hint) for part in records}) > 1:
        records = [decompress(part, hint) if is_compressed(part, hint) else part for part in records]
    listed = next((info for info in files if info.filename == "pages/pages.jsonl"), None)
    wanted = _page_addresses(_read_member(archive, listed, hint)) if listed else frozenset()
    return warc.read_archive(b"".join(records), hint, wanted)


def _page_addresses(lines: bytes) -> frozenset[str]:
    addresses: set[str] = set()
    for line in lines.splitlines():
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            addresses.add(page["url"])
    return frozenset(addresses)


def _read_dump(archive: ZipFile, posts: str, names: set[str], hint: Hint) -> Thread | Listing:
    """The questions of Stack Exchange's dump, whose files are in the archive."""
    from rumor_tui.readers.xml_export import stack_exchange

    def beside(name: str) -> bytes:
        path = posts.removesuffix("Posts.xml") + f"{name}.xml"
        return _read_member(archive, archive.getinfo(path), hint) if path in names else b""

    return stack_exchange.read_dump(_read_member(archive, archive.getinfo(posts), hint), hint, beside)
