"""The Internet Archive's older format of web archives (ARC, versions 1 and 2), rewritten as WARC.

A record is a line with address, IP address, time, media type and length (and more in version 2), then the answer as it
was sent. The first record describes the file. The format: archive.org/web/researcher/ArcFileFormat.php.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNATURE = b"filedesc:"

_HEADER = re.compile(rb"([a-z][a-z0-9+.-]*:[^\s]+) (\S+) (\d{8,14}) (\S*) (?:\S+ ){0,5}?(\d{1,12})\r?\n", re.IGNORECASE)
_NEXT = re.compile(rb"\r?\n(?=[a-z][a-z0-9+.-]*:[^\s]{1,4000} \S+ \d{8,14} )", re.IGNORECASE)


def to_warc(data: bytes) -> bytes:
    """The answers of an ARC file as WARC records. A record of a wrong length ends where the next one begins."""
    return b"".join(piece for record in _records(data) for piece in record)


def _records(data: bytes) -> Iterator[tuple[bytes, ...]]:
    at = 0
    while header := _HEADER.match(data, at):
        start, length = header.end(), int(header[5])
        end = min(start + length, len(data))
        after = _skip_newlines(data, end)
        if start + length > len(data) or (after < len(data) and not _HEADER.match(data, after)):
            found = _NEXT.search(data, start)
            end = found.start() if found else len(data)
            after = found.end() if found else len(data)
        if not header[1].lower().startswith((b"filedesc:", b"dns:")):
            yield _warc_head(header, data[start : start + 5] == b"HTTP/", end - start), data[start:end], b"\r\n\r\n"
        at = after


def _skip_newlines(data: bytes, at: int) -> int:
    while data[at : at + 1] in (b"\n", b"\r") and at < len(data):
        at += 1
    return at


def _warc_head(header: re.Match[bytes], is_http: bool, length: int) -> bytes:
    time = header[3].ljust(14, b"0")
    date = b"%b-%b-%bT%b:%b:%bZ" % (time[:4], time[4:6], time[6:8], time[8:10], time[10:12], time[12:14])
    kind, media = (b"response", b"application/http; msgtype=response") if is_http else (b"resource", header[4])
    return (
        b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Target-URI: %b\r\nWARC-Date: %b\r\nContent-Type: %b\r\n"
        b"Content-Length: %d\r\n\r\n" % (kind, header[1], date, media, length)
    )
