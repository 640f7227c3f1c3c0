from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, SourceError, as_thread, warc
from tests.made_threads import steady
from tests.reading import read_source

ITEM = b'{"id": 1, "title": "T", "created_at_i": 5, "children": [{"id": 2, "text": "hi", "children": []}]}'
RSS = (
    b"<rss><channel><title>News &amp; more</title><item><title>One</title></item><item><title>Two</title></item>"
    b"</channel></rss>"
)
TEXT = "Sechshundert?\n\nGrößer als gedacht, hieß es.".encode("latin-1")


def record(kind: str, address: str, block: bytes, content_type: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-{len(block):012}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2011-03-08T14:05:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, content_type: str = "text/html", more: str = "", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n".encode() + body


INFO = record("warcinfo", "", b"software: tests\r\n", "application/warc-fields")
RECORDS = (
    INFO,
    record("request", "https://x.example/text", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    record("response", "https://x.example/text", answer(TEXT, "text/plain; charset=ISO-8859-1")),
    record("response", "https://x.example/item?id=1", answer(ITEM, "application/json")),
    record("response", "https://x.example/gone", answer(b"<title>Gone</title>", status="404 Not Found")),
    record("response", "https://x.example/picture.png", answer(b"\x89PNG\r\n\0\0", "image/png")),
    record("response", "https://x.example/robots.txt", answer(b"User-agent: *", "text/plain")),
    record("response", "https://x.example/feed", answer(gzip.compress(RSS), "text/xml", "Content-Encoding: gzip\r\n")),
    record("conversion", "https://x.example/wet", "Überschrift\n\nText".encode(), "text/plain"),
)


def listing(data: bytes, name: str = "folder/pages.warc") -> Listing:
    content = readers.read_source(data, Hint(name))
    assert isinstance(content, Listing)
    return content


def sentence(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        readers.read_source(data, Hint("pages.warc"))
    return str(caught.value)


def plain(records: tuple[bytes, ...]) -> bytes:
    return b"".join(records)


def by_record(records: tuple[bytes, ...]) -> bytes:
    return b"".join(map(gzip.compress, records))


def at_once(records: tuple[bytes, ...]) -> bytes:
    return gzip.compress(b"".join(records))


PACKERS = pytest.mark.parametrize("pack", [plain, by_record, at_once])


@PACKERS
def test_an_archive_lists_its_pages(pack: Callable[[tuple[bytes, ...]], bytes]) -> None:
    result = listing(pack(RECORDS))
    assert result.title == "pages.warc"
    assert [(entry.title, entry.address) for entry in result.entries] == [
        ("Sechshundert?", "https://x.example/text"),
        ("x.example/item?id=1", "https://x.example/item?id=1"),
        ("News & more", "https://x.example/feed"),
        ("Überschrift", "https://x.example/wet"),
    ]
    assert {entry.published for entry in result.entries} == {1_299_593_100.0}


@PACKERS
def test_each_page_opens_as_what_it_is(pack: Callable[[tuple[bytes, ...]], bytes]) -> None:
    result = listing(pack(RECORDS))
    text, item, feed, wet = map(result.open, range(4))
    assert isinstance(text, Thread) and isinstance(item, Thread) and isinstance(wet, Thread)
    assert (text.article.title, list(text.article.pieces)) == ("Sechshundert?", ["Größer als gedacht, hieß es."])
    assert (list(item.bodies), item.source) == (["hi"], "https://x.example/item?id=1")
    assert isinstance(feed, Listing)
    assert (feed.title, [entry.title for entry in feed.entries]) == ("News & more", ["One", "Two"])
    assert wet.article.title == "Überschrift"
    assert result.count is not None
    assert [result.count(index) for index in range(4)] == [0, 1, None, 0]
    assert len(as_thread(result)) == 4


@PACKERS
def test_a_single_page_opens_at_once(pack: Callable[[tuple[bytes, ...]], bytes]) -> None:
    assert list(read_source(pack((INFO, RECORDS[3])), Hint("x")).bodies) == ["hi"]
    assert list(read_source(pack((RECORDS[3],)), Hint("x")).bodies) == ["hi"]


def test_an_archive_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(by_record(RECORDS))
    content = readers.read_path(str(path))
    assert isinstance(content, Listing)
    assert (content.title, len(content.entries)) == ("pages.warc.gz", 4)


def test_what_fastwarc_writes_is_read() -> None:
    from fastwarc.warc import WarcRecord, WarcRecordType

    out = io.BytesIO()
    item = WarcRecord()
    item.init_headers(WarcRecordType.response)
    item.headers["WARC-Target-URI"] = "https://x.example/"
    item.is_http = True
    item.set_bytes_content(answer(ITEM, "application/json"))
    item.write(out)
    assert list(read_source(out.getvalue(), Hint("x")).bodies) == ["hi"]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(ITEM), ITEM), "Transfer-Encoding: chunked\r\n"),
        (ITEM, "Transfer-Encoding: chunked\r\n"),
        (ITEM, "Content-Encoding: gzip\r\n"),
        (zlib.compress(ITEM), "Content-Encoding: deflate\r\n"),
        (gzip.compress(ITEM, mtime=0), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        (b"\xef\xbb\xbf" + ITEM, ""),
    ],
)
def test_encodings_of_http_as_told_or_as_they_are(body: bytes, more: str) -> None:
    data = INFO + record("response", "https://x.example/", answer(body, "application/json; charset=utf-8", more))
    assert list(read_source(data, Hint("x")).bodies) == ["hi"]


def test_pages_without_a_type_are_known_by_their_beginning() -> None:
    bare = record("response", "https://x.example/a", b"HTTP/1.0 200 OK\r\n\r\n" + ITEM)
    other = record("response", "https://x.example/b", b"HTTP/1.0 200 OK\r\n\r\n" + b"\x00\x01")
    assert list(read_source(bare + other, Hint("x")).bodies) == ["hi"]


def test_an_archive_without_pages_says_so() -> None:
    assert "has 1 record, and none holds" in sentence(INFO + RECORDS[4])
    assert "web archive without a page" in sentence(INFO)
    assert "web archive without a page" in sentence(by_record((INFO, INFO)))


@pytest.mark.parametrize("pack", [plain, by_record])
def test_broken_records_are_left_out_and_told_of(pack: Callable[[tuple[bytes, ...]], bytes]) -> None:
    broken = RECORDS[3].replace(b"WARC-Type", b"\r\n\r\nWARC-Type", 1)
    garbage = b"nothing of an archive " * 20
    for middle in (garbage, pack((broken,))):
        result = listing(pack(RECORDS[:3]) + middle + pack(RECORDS[7:]))
        assert [entry.title for entry in result.entries] == ["Sechshundert?", "News & more", "Überschrift"]
        assert result.title == "pages.warc (1 broken record)"
        assert isinstance(result.open(2), Thread)


@pytest.mark.parametrize("pack", [plain, by_record])
def test_an_archive_that_breaks_off_says_so(pack: Callable[[tuple[bytes, ...]], bytes]) -> None:
    data = pack(RECORDS)
    result = listing(data[:-25])
    assert result.title == "pages.warc (1 broken record)"
    assert len(result.entries) in (3, 4)


def test_a_length_that_is_a_lie_costs_its_record_only() -> None:
    data = plain((INFO, RECORDS[2].replace(b"Content-Length: ", b"Content-Length: 99", 1), *RECORDS[3:]))
    assert "x.example/item?id=1" in [entry.title for entry in listing(data).entries]


@pytest.mark.slow
def test_a_page_that_is_a_bomb_is_a_sentence_within_little_memory() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, second = (packer.compress(b" x" * 524_288) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    bomb = first + 1023 * second
    data = plain(
        (record("response", "https://x.example/", answer(bomb, more="Content-Encoding: gzip\r\n")), RECORDS[2])
    )
    result = listing(data)
    tracemalloc.start()
    with pytest.raises(SourceError, match="larger than 32 MiB"):
        result.open(0)
    assert tracemalloc.get_traced_memory()[1] < 200 * 1024**2
    tracemalloc.stop()
    assert result.count is not None
    assert result.count(0) is None


def test_more_pages_than_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_PAGES", 2)
    result = listing(plain(RECORDS))
    assert (len(result.entries), result.title) == (2, "pages.warc (only the first 2 pages are listed)")


def test_text_about_archives_is_text() -> None:
    assert read_source(b"WARC/1.0 is a format\n\nof archives.", Hint("x")).article.title == "WARC/1.0 is a format"


@steady
@given(st.binary(max_size=300), st.integers(0, 3_000), st.binary(max_size=8), st.booleans())
def test_whatever_follows_the_first_bytes_is_read_or_refused(tail: bytes, at: int, damage: bytes, packed: bool) -> None:
    data = by_record(RECORDS) if packed else plain(RECORDS)
    for source in (
        b"WARC/1.0\r\n" + tail,
        data[:at] + damage + data[at + len(damage) :],
        gzip.compress(b"WARC/1.1\r\n" + tail),
    ):
        try:
            content = readers.read_source(source, Hint("x"))
            if isinstance(content, Listing):
                for index in range(len(content.entries)):
                    content.open(index)
        except SourceError as error:
            assert "report" not in str(error)
