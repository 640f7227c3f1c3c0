"""Members of a folder or an archive that speak of the same page as the one that is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rumor_tui import readers
from rumor_tui.joined import split_thread
from rumor_tui.model import Article, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers import read_path, related
from rumor_tui.readers.related import Member, open_with_related
from rumor_tui.readers.source import Hint
from tests.readers.made_discussions import PAGE, article_html, hacker_news_json, reddit_json
from tests.reading import read_source

FILES = {
    "a-page.html": article_html(),
    "b-hn.json": hacker_news_json(),
    "c-other.html": article_html("https://blog.example/2012/other", "Another", f"See {PAGE} for more of it. " * 20),
    "d-mention.json": hacker_news_json("https://elsewhere.example/x", authors=(f"see {PAGE}",), id=900),
    "e-reddit.json": reddit_json(),
    "f.txt": f"A note about {PAGE}.".encode(),
}


def labels(content: Thread | Listing) -> list[str]:
    assert isinstance(content, Thread)
    return [part.label for part in split_thread(content)]


def opened(listing: Thread | Listing, name: str) -> Thread | Listing:
    assert isinstance(listing, Listing)
    return listing.open(next(nth for nth, entry in enumerate(listing.entries) if name in (entry.title, entry.address)))


@pytest.mark.parametrize("name", ["a-page.html", "b-hn.json", "e-reddit.json"])
def test_an_entry_of_a_folder_comes_with_what_speaks_of_its_page(tmp_path: Path, name: str) -> None:
    for path, data in FILES.items():
        (tmp_path / path).write_bytes(data)
    content = opened(read_path(str(tmp_path)), name)
    assert labels(content) == ["Hacker News", "Reddit r/cars"]
    assert isinstance(content, Thread)
    assert content.article.title == "How many will BMW build?"


@pytest.mark.parametrize("name", ["c-other.html", "d-mention.json", "f.txt"])
def test_a_mere_mention_joins_nothing(tmp_path: Path, name: str) -> None:
    for path, data in FILES.items():
        (tmp_path / path).write_bytes(data)
    content = opened(read_path(str(tmp_path)), name)
    assert isinstance(content, Thread)
    assert not content.is_joined
    assert content.article.linked is None


def test_an_entry_of_a_zip_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    assert labels(opened(read_path(str(path)), "e-reddit.json")) == ["Hacker News", "Reddit r/cars"]


def record(address: str, data: bytes, kind: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_page_of_a_web_archive() -> None:
    bare = article_html().replace(b'rel="canonical"', b'rel="next"')
    story = "https://news.ycombinator.com/item?id=100"
    archive = b"".join(
        [
            record(PAGE, bare, "text/html"),
            record("https://hn.algolia.com/api/v1/items/100", hacker_news_json(), "application/json"),
            record("https://www.reddit.com/r/cars/comments/x1.json", reddit_json(), "application/json"),
            record("https://blog.example/else", FILES["c-other.html"], "text/html"),
        ]
    )
    listing = readers.read_source(archive, Hint("a.warc"))
    assert labels(opened(listing, PAGE)) == ["Hacker News", "Reddit r/cars"]
    assert labels(opened(listing, "https://hn.algolia.com/api/v1/items/100")) == ["Hacker News", "Reddit r/cars"]
    other = opened(listing, "https://blog.example/else")
    assert isinstance(other, Thread)
    assert not other.is_joined
    assert story == split_thread(opened(listing, PAGE))[0].address  # type: ignore[arg-type]


# What is looked at


def members(count: int, looked_at: list[int], read: list[int]) -> list[Member]:
    """Discussions of one page, of which it is noted whose bytes are looked at, and which are read."""

    def member(nth: int) -> Member:
        data = hacker_news_json(id=1000 * nth + 1)

        def look() -> bytes:
            looked_at.append(nth)
            return data

        def open_() -> Thread | Listing:
            read.append(nth)
            return read_source(data, Hint(f"{nth}.json"))

        return Member(len(data), look, open_)

    return [member(nth) for nth in range(count)]


def test_only_so_many_are_read_and_the_nearest_first() -> None:
    looked_at: list[int] = []
    read: list[int] = []
    content = open_with_related(20, members(40, looked_at, read))
    assert isinstance(content, Thread)
    assert len(split_thread(content)) == related.MAX_READ + 1
    assert read[:3] in ([20, 19, 21], [20, 21, 19])
    assert set(read) == set(range(14, 27))


def test_only_so_many_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MAX_LOOKED_AT", 3)
    looked_at: list[int] = []
    open_with_related(20, members(40, looked_at, []))
    assert sorted(looked_at) in ([18, 19, 21], [19, 21, 22])
    monkeypatch.setattr(related, "MAX_BYTES", len(hacker_news_json(id=20001)) * 2)
    looked_at.clear()
    open_with_related(20, members(40, looked_at, []))
    assert len(looked_at) == 2


def test_nothing_is_looked_at_for_a_thread_without_an_address() -> None:
    def fail() -> bytes:
        raise AssertionError

    note = ThreadBuilder(Article("A note", pieces=["Text."])).build("plain")
    assert open_with_related(0, [Member(1, fail, lambda: note), Member(1, fail, lambda: note)]) is note


def test_members_that_cannot_be_read_are_passed_over() -> None:
    def fail() -> Thread | Listing:
        raise SourceError("It is broken.")

    def no_bytes() -> bytes:
        raise SourceError("It is gone.")

    given = members(2, [], [])
    broken = [Member(9, no_bytes, fail), Member(9, lambda: PAGE.removeprefix("https://").encode(), fail)]
    content = open_with_related(0, [given[0], *broken, given[1]])
    assert isinstance(content, Thread)
    assert len(split_thread(content)) == 2
    with pytest.raises(SourceError, match="broken"):
        open_with_related(1, [given[0], *broken])


def test_addresses_in_json_may_have_escaped_slashes() -> None:
    data = hacker_news_json().replace(b"/", rb"\/")
    escaped = Member(len(data), lambda: data, lambda: read_source(data, Hint("hn.json")))
    page = Member(9, article_html, lambda: read_source(article_html(), Hint("page.html")))
    content = open_with_related(0, [page, escaped])
    assert isinstance(content, Thread)
    assert content.article.linked is not None
