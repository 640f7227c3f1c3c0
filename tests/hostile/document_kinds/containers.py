"""What holds other documents: archives, packed files, pages in one file; and bombs of all these."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import plistlib
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Final

import zstandard

from tests.hostile.document_kinds import Make, Table, cut, repeat

_PAGE = b"<html><head><title>T</title></head><body><p>Words of a page.</p></body></html>"
_BOMB_CHUNK: Final = 20_000
"""Bytes that a bomb unpacks to for each repetition: 1 GB at 50,000."""


def _warc(record: bytes, kind: str = "response", length: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/¤\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(record)}\r\n\r\n"
    )
    return head.encode() + record + b"\r\n\r\n"


_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _PAGE


def _records(n: int) -> bytes:
    return b"".join(_warc(_ANSWER).replace("¤".encode(), str(i).encode()) for i in range(n))


def _mhtml(part: str, boundary: str = "b") -> Make:
    head = f'From: <Saved>\nSubject: T\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="{boundary}"\n\n'
    return repeat(part, head, f"--{boundary}--\n")


def _zip(n: int, name: str = "page{}.html", data: bytes = _PAGE) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(n):
            archive.writestr(name.format(i), data)
    return out.getvalue()


def _zip_bomb(n: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.html", "w", force_zip64=True) as member,
    ):
        for _ in range(n):
            member.write(b" " * _BOMB_CHUNK)
    return out.getvalue()


def _zip_overlap(n: int) -> bytes:
    """Many members that are the same bytes of the archive (D. Fifield, A better zip bomb)."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"<p>" + b"a" * 2_000_000
    body = packed.compress(data) + packed.flush()
    sum32, size = zlib.crc32(data), len(data)
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, sum32, len(body), size, 6, 0) + b"a.html" + body
    entry = struct.pack(
        "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 33, sum32, len(body), size, 6, 0, 0, 0, 0, 0, 0
    )
    entries = min(n, 65_535)
    directory = (entry + b"a.html") * entries
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, entries, entries, len(directory), len(local), 0)
    return local + directory + end


def _nested_zip(n: int) -> bytes:
    data = _PAGE
    for i in range(min(n, 40)):
        data = _zip(1, f"a{i}.zip", data)
    return data


def _bomb(kind: str) -> Make:
    """Zeros, or blanks, packed."""

    def make(n: int) -> bytes:
        chunk = b" " * _BOMB_CHUNK
        packers: dict[str, Callable[[], Any]] = {
            "gzip": lambda: zlib.compressobj(9, zlib.DEFLATED, 31),
            "bzip2": lambda: bz2.BZ2Compressor(9),
            "xz": lambda: lzma.LZMACompressor(preset=0),
            "zstd": lambda: zstandard.ZstdCompressor(level=1).compressobj(),
        }
        packer = packers[kind]()
        packed = [packer.compress(chunk) for _ in range(n)]
        return b"".join([*packed, packer.flush()])

    return make


def _nested_gzip(n: int) -> bytes:
    data = b"Words.\n" * n
    for _ in range(12):
        data = gzip.compress(data, 1)
    return data


def _quine_like(n: int) -> bytes:
    """A packed bomb of a packed bomb."""
    return gzip.compress(gzip.compress(_bomb("gzip")(n)))


def _tar(n: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for i in range(n // 10):
            info = tarfile.TarInfo(f"../../page{i}.html")
            info.size = len(_PAGE)
            archive.addfile(info, io.BytesIO(_PAGE))
    return out.getvalue()


def _webarchive(n: int) -> bytes:
    main = {"WebResourceData": _PAGE, "WebResourceMIMEType": "text/html", "WebResourceURL": "http://a.example/"}
    frames = [{"WebMainResource": main} for _ in range(n)]
    return plistlib.dumps({"WebMainResource": main, "WebSubframeArchives": frames}, fmt=plistlib.FMT_BINARY)


def _plist_bomb(_: int) -> bytes:
    """A binary property list whose lists hold themselves often: 2 ** 30 values in a few bytes."""
    levels = 30
    objects = [bytes([0xA2, i + 1, i + 1]) for i in range(levels)] + [b"\x51a"]
    table, at = b"", 8
    for each in objects:
        table += struct.pack(">B", at)
        at += len(each)
    trailer = struct.pack(">6xBBQQQ", 1, 1, len(objects), 0, at)
    return b"bplist00" + b"".join(objects) + table + trailer


def _msg(n: int) -> bytes:
    """A compound file whose chain of sectors goes in a circle."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<LLLLLLLLL", 0, 1, 0, 0, 4096, 0, 0, 0, 0) + struct.pack("<109L", *([0] * 109))
    return head.ljust(512, b"\0") + b"\0" * 512 * max(n // 100, 1)


DOCUMENTS: Final[Table] = {
    "a gzip bomb": (".gz", _bomb("gzip")),
    "a bzip2 bomb": (".bz2", _bomb("bzip2")),
    "an xz bomb": (".xz", _bomb("xz")),
    "a zstd bomb": (".zst", _bomb("zstd")),
    "gzip in gzip": (".gz", _nested_gzip),
    "a bomb in gzip in gzip": (".gz", _quine_like),
    "gzip that was cut": (".gz", cut(lambda n: gzip.compress(b"Words of a text.\n" * n), 0.7)),
    "gzip of many members": (".gz", lambda n: gzip.compress(b"Words.\n") * n),
    "gzip with a long name": (".gz", lambda n: b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * n + b"\0"),
    "gzip of random bytes": (".gz", lambda n: b"\x1f\x8b\x08" + bytes(i * 7919 % 251 for i in range(n))),
    "bzip2 that is broken": (".bz2", lambda n: b"BZh9" + b"1AY&SY" * n),
    "xz that is broken": (".xz", lambda n: b"\xfd7zXZ\0" + b"\0\4" * n),
    "zstd that is broken": (".zst", lambda n: b"\x28\xb5\x2f\xfd" + b"\xff" * n),
    "zstd with a huge window": (".zst", lambda n: b"\x28\xb5\x2f\xfd\x00\xff" + b"\0" * n),
    "gzip of a deep page": (".gz", lambda n: gzip.compress(b"<html><title>T</title>" + b"<div>" * n)),
    "a zip of pages": (".zip", _zip),
    "a zip of texts": (".zip", lambda n: _zip(n, "{}.txt", b"Words of a text.")),
    "a zip of one name": (".zip", lambda n: _zip(min(n, 2000), "a.html")),
    "a zip with names that climb": (".zip", lambda n: _zip(min(n, 2000), "../../a{}.html")),
    "a zip with names of control characters": (".zip", lambda n: _zip(min(n, 2000), "a\x1b]0;x\x07{}.html")),
    "a zip bomb": (".zip", _zip_bomb),
    "a zip of members that overlap": (".zip", _zip_overlap),
    "zip in zip": (".zip", _nested_zip),
    "a zip that was cut": (".zip", cut(_zip, 0.6)),
    "a zip without members": (".zip", lambda n: b"PK\5\6" + b"\xff" * 18 + b"x" * n),
    "a zip of local heads": (".zip", lambda n: b"PK\3\4" * n),
    "a tar": (".tar", _tar),
    "a packed tar": (".tar.gz", lambda n: gzip.compress(_tar(n))),
    "a WARC of pages": (".warc", _records),
    "a packed WARC": (".warc.gz", lambda n: b"".join(gzip.compress(_warc(_ANSWER), 1) for _ in range(n // 5))),
    "a WARC with a wrong length": (".warc", lambda n: _warc(_ANSWER * n, length="999999999999")),
    "a WARC with a length below zero": (".warc", lambda n: _warc(_ANSWER, length="-1") * n),
    "a WARC of empty records": (".warc", lambda n: _warc(b"") * n),
    "a WARC of fields": (".warc", lambda n: b"WARC/1.0\r\n" + b"X-Field: a\r\n" * n + b"\r\n"),
    "a WARC of one field": (".warc", lambda n: b"WARC/1.0\r\nWARC-Target-URI: " + b"x" * n),
    "a WARC with chunks": (
        ".warc",
        lambda n: _warc(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n" + b"1\r\na\r\n" * n
        ),
    ),
    "a WARC with a packed bomb": (
        ".warc",
        lambda n: _warc(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n" + _bomb("gzip")(n)
        ),
    ),
    "a WARC of a deep page": (
        ".warc",
        lambda n: _warc(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + b"<div>" * n),
    ),
    "a WARC that was cut": (".warc", cut(_records, 0.7777)),
    "an ARC": (
        ".arc",
        lambda n: (
            b"filedesc://a 0.0.0.0 20240102030405 text/plain 2\n1 \n\n"
            + b"http://a/ 0.0.0.0 20240102030405 text/html 4\n<p>x\n" * n
        ),
    ),
    "a page in one file": (
        ".mhtml",
        _mhtml("--b\nContent-Type: text/html\nContent-Location: http://a.example/¤\n\n<p>words ¤\n"),
    ),
    "a page in one file, images": (
        ".mhtml",
        _mhtml("--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"),
    ),
    "a page in one file, fields": (
        ".mhtml",
        repeat(
            "X-A: b\n", "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n", "\n--b\n"
        ),
    ),
    "a page in one file, quoted": (
        ".mhtml",
        repeat(
            "=3Cp=3Ewords=\n",
            "From: <Saved>\nSubject: T\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://a/\n\n",
            "\n--b--\n",
        ),
    ),
    "a page in one file, deep": (
        ".mhtml",
        repeat(
            "<div>",
            "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
            "Content-Type: text/html\n\n",
            "\n--b--\n",
        ),
    ),
    "a page in one file, cut": (".mhtml", cut(_mhtml("--b\nContent-Type: text/html\n\n<p>words ¤\n"), 0.7)),
    "a web archive": (".webarchive", _webarchive),
    "a web archive of lists in lists": (".webarchive", _plist_bomb),
    "a web archive, XML": (
        ".webarchive",
        repeat("<array>", '<?xml version="1.0"?><plist version="1.0"><dict><key>WebMainResource</key>'),
    ),
    "a web archive, cut": (".webarchive", cut(_webarchive, 0.8)),
    "a message in a circle": (".msg", _msg),
    "a message of random bytes": (
        ".msg",
        lambda n: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(i * 7919 % 251 for i in range(n)),
    ),
    "RTF": (".rtf", repeat("{\\b a", "{\\rtf1 ", "}")),
    "PDF": (".pdf", repeat("1 0 obj << >> endobj\n", "%PDF-1.7\n")),
    "an image": (".png", lambda n: b"\x89PNG\r\n\x1a\n" + b"\0" * n),
    "zeros": (".txt", lambda n: b"\0" * n),
    "random bytes": (".txt", lambda n: bytes(i * 7919 % 251 for i in range(n))),
}
