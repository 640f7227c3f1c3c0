from __future__ import annotations

import gzip

import pytest

from rumor_tui import readers
from rumor_tui.model import Listing
from rumor_tui.readers import Hint, SourceError
from tests.readers.containers.samples import PAGE, is_whole_page, listing, page, thread

V1 = (
    b"filedesc://x.arc 0.0.0.0 20240506000000 text/plain 77\n1 0 Archive\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n"
)
V2 = (
    b"filedesc://x.arc 0.0.0.0 20240506000000 text/plain 200 - - 0 x.arc 120\n2 0 Archive\n"
    b"URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n\n"
)


def record(address: str, text: str, version: int = 1, off: int = 0) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()
    more = " 200 - - 100 x.arc" if version == 2 else ""
    return f"{address} 1.2.3.4 20240506101500 text/html{more} {len(answer) + off}\n".encode() + answer + b"\n"


@pytest.mark.parametrize("version", [1, 2])
def test_an_archive_of_one_page(version: int) -> None:
    data = (V1, V2)[version - 1] + record("https://cape.example/lamp", PAGE, version)
    assert is_whole_page(thread(data, "x.arc"))
    assert is_whole_page(thread(gzip.compress(data), "x.arc.gz"))
    by_record = gzip.compress((V1, V2)[version - 1]) + gzip.compress(record("https://cape.example/l", PAGE, version))
    assert is_whole_page(thread(by_record, "x.arc.gz"))


def test_several_pages_are_a_list() -> None:
    data = V1 + record("https://a.example/", page("One")) + record("https://b.example/", PAGE)
    result = listing(data, "x.arc")
    assert [(item.title, item.address) for item in result.entries] == [
        ("One", "https://a.example/"),
        ("The lamp at the cape", "https://b.example/"),
    ]
    assert result.entries[0].published == 1_714_990_500
    assert is_whole_page(result.open(1))


@pytest.mark.parametrize("off", [-300, -1, 5, 100_000])
def test_wrong_lengths_lose_no_page(off: int) -> None:
    data = V1 + record("https://a.example/", page("One"), off=off) + record("https://b.example/", PAGE)
    content = readers.read_source(data, Hint("x.arc"))
    assert isinstance(content, Listing)
    assert [item.title for item in content.entries] == ["One", "The lamp at the cape"]


def test_no_page_is_a_sentence() -> None:
    with pytest.raises(SourceError, match="web archive without a page"):
        readers.read_source(V1, Hint("x.arc"))
