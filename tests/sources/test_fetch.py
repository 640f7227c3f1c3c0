"""What answers say of themselves: pauses, links, places in an API; and look-ups that never end."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import formatdate
from threading import Event, Timer

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import SourceError
from rumor_tui.sources import Access, LoadContext, Sites
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.fetch import Answer, find_link, origin_of, parse_link_header, retry_after
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.platforms.wordpress import _ATTRIBUTE, comments_address, discover_api
from tests.sources.conftest import QUICK, context, opened
from tests.sources.server import FAULTS, Play, redirect

headers = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=300)


@pytest.mark.parametrize(
    ("written", "pause"),
    [("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("9" * 40, 999_999_999.0), ("", None), ("soon", None), ("-5", None)],
)
def test_pauses_in_seconds(written: str, pause: float | None) -> None:
    assert retry_after(written) == pause


def test_pauses_until_a_date() -> None:
    import time

    assert retry_after(formatdate(time.time() - 60, usegmt=True)) == 0.0
    assert 3500 < (retry_after(formatdate(time.time() + 3600, usegmt=True)) or 0) <= 3600
    assert retry_after("Wed, 21 Oct 9999999 07:28:00 GMT") is None


@given(headers)
def test_any_pause_is_a_number_or_nothing(written: str) -> None:
    pause = retry_after(written)
    assert pause is None or pause >= 0


def test_links_of_headers() -> None:
    found = httpx2.Headers(
        [
            ("link", '<https://a.example/?page=2>; rel="next", </b?x=1,2>; title="a, b"; rel=prev'),
            ("link", '<https://c.example/>;rel="https://api.w.org/"'),
        ]
    )
    assert [address for address, _ in parse_link_header(found)] == [
        "https://a.example/?page=2",
        "/b?x=1,2",
        "https://c.example/",
    ]
    assert find_link(found, "https://c.example/x", "next") == "https://a.example/?page=2"
    assert find_link(found, "https://c.example/x", "prev") == "https://c.example/b?x=1,2"
    assert find_link(found, "https://c.example/x", "last") is None


@given(headers)
def test_any_header_has_its_links(written: str) -> None:
    found = httpx2.Headers([(b"link", written.encode("latin-1"))])
    assert find_link(found, "https://a.example/", "next") is None or "next" in written


API = '<link rel="https://api.w.org/" href="https://blog.example/wp-json/">'
ENTRY = '<link rel="alternate" type="application/json" href="https://blog.example/wp-json/wp/v2/posts/5">'
SHORT = "<link rel='shortlink' href='https://blog.example/?p=5' />"
LINK = (
    '<https://blog.example/wp-json/>; rel="https://api.w.org/", '
    "<https://blog.example/wp-json/wp/v2/posts/5>; rel=alternate; type=application/json"
)
PLAIN = "https://blog.example/index.php?rest_route=/"


def page(head: str, **given: str) -> Answer:
    return Answer("https://blog.example/six/", f"<html><head>{head}</head>".encode(), httpx2.Headers(given))


@pytest.mark.parametrize(
    ("answer", "comments"),
    [
        (page(API + ENTRY), "https://blog.example/wp-json/wp/v2/comments?post=5&"),
        (page(API + ENTRY.replace("posts/5", "pages/7")), "https://blog.example/wp-json/wp/v2/comments?post=7&"),
        (page(API + SHORT), "https://blog.example/wp-json/wp/v2/comments?post=5&"),
        (page(API.replace("https://blog.example", "") + ENTRY), "https://blog.example/wp-json/wp/v2/comments?post=5&"),
        (page("", link=LINK), "https://blog.example/wp-json/wp/v2/comments?post=5&"),
        (
            page(API.replace("https://blog.example/wp-json/", PLAIN) + SHORT),
            "https://blog.example/index.php?rest_route=/wp/v2/comments&post=5&",
        ),
        (page(ENTRY), None),
        (page(API), None),
        (page(API.replace("blog.example", "evil.example") + ENTRY), None),
        (page(API + ENTRY.replace("blog.example", "192.168.0.1")), None),
        (page(API.replace("https:", "javascript:") + ENTRY), None),
        (page(API + ENTRY.replace("posts/5", "posts/x")), None),
    ],
)
def test_the_place_of_a_page_in_its_sites_api(answer: Answer, comments: str | None) -> None:
    place = discover_api(answer)
    assert (place and comments_address(place, 2).startswith(comments or "-")) == (None if comments is None else True)


def test_a_tag_is_looked_through_once() -> None:
    """Were every letter a beginning of its own, this would take hours."""
    for tag in (b"a" * 2_000_000, b"a" + b" " * 2_000_000, b"a=" + b" " * 2_000_000, b"a-" * 1_000_000 + b" = "):
        assert _ATTRIBUTE.findall(tag) == []
    assert [name for name, *_ in _ATTRIBUTE.findall(b'<link rel = "x"data-HREF=\'y\' href=z>')] == [
        b"rel", b"data-HREF", b"href",
    ]  # fmt: skip


@given(st.binary(max_size=400))
def test_any_page_may_be_looked_through(data: bytes) -> None:
    discover_api(Answer("https://blog.example/", API.encode() + data))


def test_the_origin_of_an_address() -> None:
    assert origin_of("http://[::1]:8/x") == ("::1", 8)
    assert origin_of("HTTPS://Bücher.Example/") == ("xn--bcher-kva.example", 443)


def test_a_name_look_up_that_never_ends_is_left_behind() -> None:
    released, stop = Event(), Event()

    def resolve(host: str, port: int) -> list[str]:
        released.wait(60)
        return ["127.0.0.1"]

    known = LoadContext(Access(limits=QUICK, resolve=resolve, proxies={}), Sites())
    Timer(0.1, stop.set).start()
    with pytest.raises(SourceError, match="It was stopped"):
        list(load_address(known, "https://example.com/", stop))
    assert not released.is_set()
    limits = replace(QUICK, connect=0.05)
    known = LoadContext(replace(known.access, limits=limits), Sites())
    with pytest.raises(SourceError, match=r"^example\.com does not answer\."):
        opened(known, "https://example.com/")
    released.set()


def test_a_proxy_that_needs_another_package(play: Play) -> None:
    access = Access(limits=QUICK, proxies={"all": "socks5://127.0.0.1:9"})
    with pytest.raises(SourceError, match=re.escape("pip install socksio")):
        opened(LoadContext(access, Sites()), "http://blog.example/page")


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:9", "http://[", "127.0.0.1:x"])
def test_a_proxy_that_is_none(play: Play, proxy: str) -> None:
    access = Access(limits=QUICK, proxies={"all": proxy})
    with pytest.raises(SourceError, match="proxy"):
        opened(LoadContext(access, Sites()), "http://blog.example/page")


def test_headers_stay_with_the_host_that_they_are_for(play: Play) -> None:
    access = replace(context(play).access, typed=frozenset({("127.0.0.1", play.server_port), ("x.example", 80)}))
    access = replace(access, resolve=lambda host, port: ["127.0.0.1"], proxies={"http": play.base})

    def ask(path: str) -> None:
        with AsyncRunner(access) as runner:
            headers = {"X-Spot-Id": "sp_1"}
            runner.start(lambda fetcher: fetcher.get(f"{play.base}{path}", headers=headers)).result(10)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FAULTS, "elsewhere", redirect("http://x.example/page"))
        patch.setitem(FAULTS, "near", redirect("/other"))
        play.faults.update({"/far": ("elsewhere", 1), "/near": ("near", 1)})
        ask("/far")
        ask("/near")
    assert play.seen == ["/far", "http://x.example/page", "/near", "/other"]
    assert [headers.get("x-spot-id") for headers in play.asked] == ["sp_1", None, "sp_1", "sp_1"]
