"""What fuzzing begins with: small documents of every format, and the pieces that they are made of.

The documents are those of the tests of the readers: the samples of the table of readers, the answers of the sites'
interfaces, and every string in those tests, which are mostly small sources of some kind. A target takes the ones that
its reader recognises.
"""

from __future__ import annotations

import ast
import bz2
import gzip
import io
import json
import lzma
import plistlib
import struct
import warnings
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]

SMALLEST = 24
"""Characters of a string in a test that may be a source."""

ODD = (
    *("\x00", "\x1b]0;x\x07", "\x1b[2J", "\x9b31m", "\x7f", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u202e", "\u200d"),
    *("\ufeff", "\u0300" * 20, "\U0001f468\u200d\U0001f469", "\ufffd", "İ", "ß", "ﬁ", "１２", "٣", "\xa0", "\xad", "𝟙"),
    *("-1", "0", "1e999", "NaN", "Infinity", "9" * 25, "99999999999", "1.5", "2011-02-30", "0000-00-00", "24:61"),
    *("253402300800", "1e308", "3 hours ago", "yesterday", "vor 8 Stunden", "00:00", "12.34.56", "31 Feb 2011"),
    *(
        "http://[",
        "http://[::1",
        "//",
        "http://a:99999/",
        "javascript:x",
        "http://\u0661.example/",
        "mailto:",
        "?",
        "#",
    ),
    *("null", "true", "{}", "[]", '""', "\\ud83d", "\\u0000", "<![CDATA[", "]]>", "<!--", "-->", "<?", "<!DOCTYPE"),
    *("&#0;", "&#xD800;", "&#1114112;", "&amp;", "&", "<", ">", '"', "'", "`", "*", "_", "[", "](", "|", "\\", "~~~"),
    *("\n", "\n\n", "\n\n\n", "  ", "\t", "> ", "- ", "1. ", "# ", "```", "---", "===", "    ", "#1", "↳", "·", "•"),
    *("From: ", "From ", "Date: ", "--", "--b--", "=?utf-8?b?", "?=", "Content-Type: ", "\r\n\r\n", "charset=", "="),
)
"""Pieces that any source may hold where something else is expected."""


@cache
def documents() -> tuple[bytes, ...]:
    """Every small source that there is, once, the shorter ones first."""
    found = dict.fromkeys([*_samples(), *_packed(), *_exports(), *_strings()])
    return tuple(sorted(found, key=len))


def _samples() -> Iterator[bytes]:
    from tests.readers.api.samples import ANSWERS
    from tests.readers.test_sniffs import SAMPLES

    yield from SAMPLES.values()
    for value in ANSWERS.values():
        yield json.dumps(value).encode()


def _exports() -> Iterator[bytes]:
    """Our own exports of a small thread, with notes and with a linked page."""
    from rumor_tui import export
    from rumor_tui.library_types import Annotation
    from rumor_tui.model import Article, Draft, LinkedPage, ThreadBuilder

    page = LinkedPage("https://b.example/", 1, "Its page", "Ida", 1.3e9)
    for linked in (None, page):
        pieces = ["Some *text*.", "## Its page", "Its text."][: 1 if linked is None else 3]
        article = Article("A title", "ann", 1.3e9, url="https://a.example/", pieces=pieces, linked=linked)
        builder = ThreadBuilder(article)
        top = builder.add(Draft("One.\n\n- two", "ann", published=1.3e9, id="c1", score=3, url="https://a.example/#1"))
        builder.add(Draft("Three **four**.", "bo", top, published_text="long ago", deleted=True))
        thread = builder.build("markdown", source="page.txt")
        notes = {} if linked else {0: [Annotation("u", "note", 1, "A note", "two")]}
        for form in export.FORMATS:
            out = io.StringIO()
            export.write(thread, form, out, notes=notes)
            yield out.getvalue().encode()


def _strings() -> Iterator[bytes]:
    """The strings of the tests of readers, blocks and what else reads a text."""
    for folder in ("readers", "blocks", "export", "search", "marks"):
        for path in sorted((TESTS / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
                if isinstance(value, str) and len(value) >= SMALLEST:
                    yield value.encode("utf-8", "replace")
                elif isinstance(value, bytes) and len(value) >= SMALLEST:
                    yield value
    for path in sorted((TESTS / "readers" / "html").rglob("*.html")):
        data = path.read_bytes()
        if len(data) <= 4_000:
            yield data


def _packed() -> Iterator[bytes]:
    """Sources in containers."""
    from tests.readers.containers.samples import comment_list
    from tests.readers.html.discussion.test_any_page import comment_html

    yield f"<!doctype html><body><ol>{comment_html(1, comment_html(2))}{comment_html(3)}</ol></body>".encode()
    small = b"<html><head><title>T</title></head><body><p>Text of a page.</p></body></html>"
    comments = f"<html><body><article><p>Text.</p></article>{comment_list()}</body></html>".encode()
    text = b"A title\n\nSome text.\n"
    yield from (gzip.compress(text, mtime=0), bz2.compress(text), lzma.compress(text), gzip.compress(small, mtime=0))
    yield from (packed({"a.txt": text}), packed({"page.html": small, "page_files/f.html": comments[:400]}))
    yield packed({"conversations.json": b'[{"author":"ann","text":"Six."},{"author":"b","text":"No."}]'})
    yield plistlib.dumps(saved_by_safari(small), fmt=plistlib.FMT_BINARY)
    yield plistlib.dumps(saved_by_safari(small), fmt=plistlib.FMT_XML)
    yield outlook_message({"By rail?\r\n\r\nI doubt it.": 0x1000, "The lamp": 0x0037, "Ruth W.": 0x0042})
    yield recorded(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + small)
    yield recorded(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(text)
    )
    yield requests_record(small.decode())
    head = b"filedesc://x.arc 0.0.0.0 20240506000000 text/plain 77\n1 0 Archive\n"
    row = b"http://a.example/ 1.2.3.4 20240506101500 text/html %d\n" % (len(small) + 44)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + small
    yield head + b"URL IP-address Archive-date Content-type Archive-length\n\n" + row + answer + b"\n"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The files as a zip archive."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name or "x"), data, method)
    return out.getvalue()


def saved_by_safari(
    page: bytes, kind: str = "text/html", address: str = "https://cape.example/lamp"
) -> dict[str, object]:
    """A page as Safari keeps it in a property list."""
    resource = {
        "WebResourceData": page,
        "WebResourceMIMEType": kind,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": address,
    }
    return {"WebMainResource": resource, "WebSubframeArchives": [{"WebMainResource": dict(resource)}]}


def outlook_message(texts: dict[str, int], more: dict[str, bytes] | None = None) -> bytes:
    """A message of Outlook with texts for the properties of the given numbers."""
    from tests.readers.mail.compound_file import compound_file

    sent = (1_714_989_600 + 11_644_473_600) * 10_000_000
    streams = {"__properties_version1.0": bytes(32) + struct.pack("<HHLQ", 0x0040, 0x0039, 6, sent)}
    for text, number in texts.items():
        streams[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le", "surrogatepass")
    return compound_file({**streams, **(more or {})})


def recorded(block: bytes, kind: str = "response", address: str = "https://x.example/text") -> bytes:
    """A record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-{len(block):012}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2011-03-08T14:05:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + block + b"\r\n\r\n"


def requests_record(page: str) -> bytes:
    """A record of requests as browsers write it."""
    content = {"mimeType": "text/html", "text": page}
    entry = {
        "startedDateTime": "2024-05-06T10:00:00Z",
        "request": {"url": "https://a.example/"},
        "response": {"status": 200, "content": content},
    }
    return json.dumps({"log": {"version": "1.2", "pages": [], "entries": [entry]}}).encode()
