"""OPML: what feed readers write is read, what is written comes back, and nothing in a file is trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library.opml import Outline, looks_like_opml, read_opml, write_opml
from rumor_tui.library_types import Followed, FollowKind, LibraryError

FROM_A_READER = """<?xml version="1.0"?>
<!-- exported -->
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Cars">
  <outline type="rss" text="Motor &amp; more" xmlUrl="https://example.com/feed.xml" htmlUrl="https://example.com/"/>
  <outline text="Deep"><outline text="Old" title="Older" xmlURL="http://old.example/rss"/></outline>
</outline>
<outline type="link" text="Front page" url="https://news.example/"/>
<outline text="A heading without an address"/>
<outline type="rss" text="Twice" xmlUrl="https://example.com/feed.xml"/>
</body></opml>"""


def test_the_feeds_of_another_reader_are_read_with_those_in_folders() -> None:
    assert read_opml(FROM_A_READER) == [
        Outline("https://example.com/feed.xml", "feed", "Motor & more"),
        Outline("http://old.example/rss", "feed", "Older"),
        Outline("https://news.example/", "list", "Front page"),
    ]


KINDS: list[FollowKind] = ["thread", "feed", "list"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text(max_size=40)), max_size=8))
def test_what_is_written_comes_back(rows: list[tuple[FollowKind, str]]) -> None:
    followed = [Followed(f"https://example.com/{n}?a=1&b=2", kind, title, 1e9) for n, (kind, title) in enumerate(rows)]
    back = read_opml(write_opml(followed))
    assert [(one.address, one.kind) for one in back] == [(one.address, one.kind) for one in followed]
    for one, was in zip(back, followed, strict=True):
        if was.title.isprintable() and was.title.isascii() and was.title.strip():
            assert one.title == was.title.strip()


def test_paths_are_neither_written_nor_read() -> None:
    assert "/etc/passwd" not in write_opml([Followed("/etc/passwd", "thread", "A file", 1.0)])
    assert read_opml('<opml><body><outline type="rss" xmlUrl="/etc/passwd"/></body></opml>') == []
    assert read_opml('<opml><body><outline type="rss" xmlUrl="file:///etc/passwd"/></body></opml>') == []


def test_entities_are_never_resolved() -> None:
    hostile = """<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]>
    <opml><body><outline type="rss" text="&x;&y;" xmlUrl="https://example.com/f"/></body></opml>"""
    assert [(one.address, "yyyy" in one.title) for one in read_opml(hostile)] == [("https://example.com/f", False)]


@pytest.mark.parametrize("text", ["", "no xml at all", "<rss><channel/></rss>", "<opml"])
def test_what_is_no_opml_is_refused(text: str) -> None:
    assert not looks_like_opml(text) or text == "<opml"
    with pytest.raises(LibraryError, match="no OPML"):
        read_opml(text)


def test_broken_opml_gives_what_can_be_read() -> None:
    broken = '<opml><body><outline xmlUrl="https://example.com/f" text="A & B"><outline xmlUrl="https://b.example/"'
    assert "https://example.com/f" in [one.address for one in read_opml(broken)]


def test_titles_are_neutral_in_both_directions() -> None:
    text = '<opml><body><outline text="a&#x202e;b [c]" xmlUrl="https://h.test/f"/></body></opml>'
    assert [outline.title for outline in read_opml(text)] == ["ab [c]"]
    written = write_opml([Followed("https://h.test/f", "feed", "a\u202eb\x1b", 0.0)])
    assert not {"\u202e", "\x1b"} & set(written)
