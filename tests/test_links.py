"""Which addresses pass to a browser, and in what form."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.links import LONGEST, SCHEMES, joined, openable, page_elsewhere, site_of
from rumor_tui.text import neutralise
from tests.hostile.texts import HOSTILE_LINKS

BASE = "https://example.com/a/b.html"


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://example.com/", "https://example.com/"),
        ("  https://example.com/x \n", "https://example.com/x"),
        ("HTTP://Example.COM/Path?q=1#f", "http://example.com/Path?q=1#f"),
        ("https://example.com:8080/", "https://example.com:8080/"),
        ("https://user:secret@example.com/", "https://example.com/"),
        ("https://good.example@evil.example/", "https://evil.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x"),
        ("mailto:someone@example.com", "mailto:someone@example.com"),
    ],
)
def test_opened(address: str, opened: str) -> None:
    assert openable(address) == opened


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "-x",
        "--version",
        "example.com",
        "/relative",
        "//example.com/",
        "http://",
        "http:///path",
        "https://:80/",
        "https://example.com:99999/",
        "https://example.com:port/",
        "http://[::1/",
        "mailto:",
        "mailto:/",
        "mailto://example.com/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com/",
        "vbscript:x",
        "https://example.com/a b",
        "https://example.com/\x1b]0;x\x07",
        "https://example.com/\u202egnp.exe",
        "https://exam\u200bple.com/",
        "https://" + "ü" * 70 + ".example/",
        "https://example.com/" + "a" * LONGEST,
    ],
)
def test_refused(address: str) -> None:
    assert openable(address) is None


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("c.html", "https://example.com/a/c.html"),
        ("/c", "https://example.com/c"),
        ("//other.example/c", "https://other.example/c"),
        ("#part", "https://example.com/a/b.html#part"),
        ("http://other.example/", "http://other.example/"),
        ("-c.html", None),
        ("javascript:alert(1)", None),
        ("http://[bad", None),
    ],
)
def test_relative_to_the_page(address: str, opened: str | None) -> None:
    assert openable(address, BASE) == opened


@pytest.mark.parametrize(
    ("base", "address", "found"),
    [
        (BASE, " c.html\n", "https://example.com/a/c.html"),
        (BASE, "//other.example/c", "https://other.example/c"),
        (BASE, "javascript:alert(1)", "javascript:alert(1)"),
        (BASE, "http://[bad", "http://[bad"),
        ("http://[bad", "c.html", "c.html"),
        ("", " c.html", "c.html"),
        (BASE, " ", ""),
    ],
)
def test_joined(base: str, address: str, found: str) -> None:
    assert joined(base, address) == found


def test_an_empty_address_is_not_that_of_the_page() -> None:
    assert openable("", BASE) is None


def test_a_base_that_is_no_address_helps_nothing() -> None:
    assert openable("c.html", "file:///home/") is None
    assert openable("c.html", "http://[bad") is None


@given(st.text(max_size=80) | st.text(max_size=60).map("https://{}".format), st.none() | st.just(BASE))
def test_whatever_passes_is_fit_for_a_command_line_and_passes_again(address: str, base: str | None) -> None:
    opened = openable(address, base)
    if opened is not None:
        assert urlsplit(opened).scheme in SCHEMES
        assert opened.isprintable()
        assert not opened.startswith("-")
        assert " " not in opened
        assert urlsplit(opened).netloc.isascii()
        assert openable(opened) == opened


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.example.com/x", "example.com"),
        ("https://Old.Example.com:80/", "example.com"),
        ("https://m.example.com./", "example.com"),
        ("https://www.com/", "www.com"),
        ("https://news.example.com/", "news.example.com"),
        ("nothing", ""),
        ("http://[::1/", ""),
    ],
)
def test_the_site_of_an_address(address: str, site: str) -> None:
    assert site_of(address) == site


def test_a_page_elsewhere_is_on_another_site() -> None:
    assert page_elsewhere("https://a.example/x", "https://www.b.example/", None, "") == "https://a.example/x"
    for address in (None, "", "/x", "mailto:a@a.example", "http://m.b.example/y"):
        assert page_elsewhere(address, "https://www.b.example/") is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.com/a\u115fb?\u3164#\ufe0f", "https://example.com/a%E1%85%9Fb?%E3%85%A4#%EF%B8%8F"),
        ("https://example.com/Zürich", "https://example.com/Zürich"),
        ("https://example.com/Zürich/\U000e0101", "https://example.com/Z%C3%BCrich/%F3%A0%84%81"),
        ("mailto:ann@example.com?subject=\u3164", "mailto:ann@example.com?subject=%E3%85%A4"),
    ],
)
def test_what_is_not_shown_as_it_is_is_encoded(address: str, shown: str) -> None:
    assert openable(address) == shown
    assert openable(shown) == shown


def test_no_hostile_address_hides_anything() -> None:
    for name, address in HOSTILE_LINKS:
        for base in (None, "https://example.com/"):
            opened = openable(address, base)
            assert opened is None or (neutralise(opened) == opened and openable(opened) == opened), name
            assert opened is None or opened.startswith(("http://", "https://", "mailto:")), name
            assert opened is None or urlsplit(opened).netloc.isascii(), name
