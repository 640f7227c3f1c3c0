"""Every fault of a server: what is said, and that what was read stays."""

from __future__ import annotations

import gzip
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from rumor_tui.model import SourceError
from rumor_tui.sources import Access, LoadContext, Sites
from tests.sources import replies, server
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.server import FAULTS, SIZES, Play

IMPATIENT = replace(QUICK, answer=1.0)
SMALL = replace(QUICK, wire=1_000_000, decoded=2_000_000)

REFUSED = {
    "silent": "127.0.0.1 had not sent all of its answer after 1 s. Try again later.",
    "429": "127.0.0.1 asks to wait 1 s (HTTP 429). Try again then.",
    "429-long": "127.0.0.1 asks to wait 60 min (HTTP 429). Try again then.",
    "429-date": "127.0.0.1 asks to wait 2 h (HTTP 429). Try again then.",
    "500": "127.0.0.1 has an internal error (HTTP 500). Try again later.",
    "503": "127.0.0.1 has an internal error (HTTP 503). Try again later.",
    "bomb": "The answer of 127.0.0.1 unpacks to more than 2 MB, the most that is read. Save the page and open it.",
    "bad-gzip": "127.0.0.1 sent an answer that cannot be decompressed. Try again later, or save the page in a browser.",
    "brotli": "127.0.0.1 compresses its answer as br, which was not requested. Save the page in a browser.",
    "loop": "127.0.0.1 redirects in circles: 10 redirects led to no page. Look at the address in a browser.",
    "to-file": "127.0.0.1 redirects to file:///etc/passwd, "
    "which is not an http or https address, so it was not followed.",
    "to-script": "127.0.0.1 redirects to javascript:alert(1), which is not an http or https address, so it was not",
    "to-broken": "127.0.0.1 redirects to http://[::1/␡, which is not an http or https address, so it was not followed.",
    "controls": "127.0.0.1 does not let rumor-tui read it (HTTP 403). Save the page in a browser and open that.",
    "empty": "127.0.0.1 answered with nothing to read. Look at the address in a browser.",
    "204": "127.0.0.1 answered with nothing to read. Look at the address in a browser.",
    "headers": "127.0.0.1 gave an answer that is not valid HTTP. Look at the address in a browser.",
    "to-nothing": "127.0.0.1 redirects in circles: 10 redirects led to no page. Look at the address in a browser.",
    "no-http": "127.0.0.1 gave an answer that is not valid HTTP. Look at the address in a browser.",
    "to-loopback": "127.0.0.1 is an address of this machine or of a private network,",
    "to-spelled": "2130706433 is an address of this machine or of a private network,",
    "to-private": "192.168.0.1 is an address of this machine or of a private network,",
    "to-secret": "127.0.0.1 is an address of this machine or of a private network,",
}
READ = {"drip", "cut", "chunk", "short", "charset", "cyrillic", "large"}
"""Faults of which something readable comes."""


def known(play: Play, name: str) -> LoadContext:
    return context(play, IMPATIENT if name in ("silent", "drip") else SMALL)


def test_every_fault_is_tested() -> None:
    assert set(FAULTS) == set(REFUSED) | READ | {"html", "held", "late", "to-topic"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_cannot_be_had(play: Play, name: str) -> None:
    with pytest.raises(SourceError) as raised:
        opened(known(play, name), f"{play.base}/fault/{name}")
    assert str(raised.value).startswith(REFUSED[name])


@pytest.mark.parametrize("name", ["cut", "chunk"])
def test_what_came_of_a_page_that_broke_off(play: Play, name: str) -> None:
    arrivals = opened(known(play, name), f"{play.base}/fault/{name}")
    assert list(last(arrivals).authors)[:2] == ["ann", "ben"]
    assert arrivals[-1].status == "127.0.0.1 broke off in the middle. Try again later. What came of it (1 kB) is shown."
    assert len(play.seen) == QUICK.tries


def test_what_came_of_a_page_that_drips(play: Play) -> None:
    arrivals = opened(known(play, "drip"), f"{play.base}/fault/drip")
    assert last(arrivals).article.title == "Six hundred cars"
    assert (
        arrivals[-1].status
        == "127.0.0.1 had not sent all of its answer after 1 s. Try again later. What came of it (1 kB) is shown."
    )
    assert len(play.seen) == 1


def test_the_beginning_of_a_page_that_is_too_large(play: Play) -> None:
    arrivals = opened(known(play, "large"), f"{play.base}/fault/large")
    assert last(arrivals).article.pieces[0].startswith("many words many words")
    assert arrivals[-1].status == (
        "The answer of 127.0.0.1 holds more than 1 MB, the most that is read. Save the page and open it. "
        "Its beginning (1.0 MB) is shown."
    )
    assert len(play.seen) == 1


def test_a_length_that_is_too_small(play: Play) -> None:
    assert list(last(opened(context(play), f"{play.base}/fault/short")).authors) == ["ann", "ben", None]


@pytest.mark.parametrize(("name", "words"), [("charset", "How many cars?"), ("cyrillic", "Сколько машин?")])
def test_a_charset_counts_where_it_fits(play: Play, name: str, words: str) -> None:
    thread = last(opened(context(play), f"{play.base}/fault/{name}"))
    assert "".join(thread.article.pieces).strip() == words
    assert len(thread) == 3


@pytest.mark.parametrize("packings", [("gzip, gzip, gzip",), ("gzip", "deflate"), ("GZIP,identity , gzip",)])
def test_what_is_packed_more_than_once_is_not_unpacked(
    play: Play, monkeypatch: pytest.MonkeyPatch, packings: tuple[str, ...]
) -> None:
    def send(handler: server.Handler) -> None:
        headers = "".join(f"Content-Encoding: {packing}\r\n" for packing in packings)
        handler.raw(f"HTTP/1.1 200 OK\r\n{headers}Content-Length: 1\r\n\r\nx".encode())

    monkeypatch.setitem(FAULTS, "packed", send)
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1 compresses its answer more than once"):
        opened(context(play), f"{play.base}/fault/packed")


def test_what_is_packed_once_is_unpacked(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = replies.Reply(gzip.compress(server.PAGE.encode()), headers={"Content-Encoding": "identity, gzip"})
    monkeypatch.setitem(FAULTS, "packed", lambda handler: handler.send(reply))
    assert len(last(opened(context(play), f"{play.base}/fault/packed"))) == 3


def test_a_bomb_costs_little_memory(play: Play) -> None:
    FAULTS["bomb"].__globals__["bomb"]()
    tracemalloc.start()
    with pytest.raises(SourceError):
        opened(context(play, SMALL), f"{play.base}/fault/bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24_000_000  # of 400 MB


# In the middle of a thread: what came before stays.

AMID = {
    "cut": "broke off in the middle",
    "500": "(HTTP 500)",
    "503": "(HTTP 503)",
    "429-long": "(HTTP 429)",
    "429-date": "(HTTP 429)",
    "bomb": "unpacks to more than",
    "bad-gzip": "cannot be decompressed",
    "loop": "redirects in circles",
    "to-file": "file:///etc/passwd",
    "to-private": "192.168.0.1",
    "controls": "(HTTP 403)",
    "empty": "nothing to read",
    "204": "nothing to read",
    "headers": "not valid HTTP",
    "html": "an answer of an unknown kind",
    "chunk": "broke off in the middle",
    "large": "holds more than",
    "no-http": "not valid HTTP",
    "brotli": "compresses its answer as br",
}


@pytest.mark.parametrize("name", AMID)
def test_what_came_of_a_thread_stays(play: Play, name: str) -> None:
    play.faults["/t/1/posts.json"] = (name, 10_000)
    arrivals = opened(context(play, SMALL), f"{play.base}/t/six/1")
    assert len(last(arrivals)) == 19
    assert AMID[name] in arrivals[-1].status
    assert "missing" in arrivals[-1].status


def test_a_drip_amid_a_thread_ends(play: Play) -> None:
    play.faults["/t/1/posts.json"] = ("drip", 10_000)
    arrivals = opened(context(play, IMPATIENT), f"{play.base}/t/six/1")
    assert len(last(arrivals)) == 19
    assert "after 1 s" in arrivals[-1].status


def test_one_lost_request_costs_its_own_part_only(play: Play) -> None:
    play.faults["/t/1/posts.json"] = ("500", 1)
    arrivals = opened(context(play), f"{play.base}/t/six/1")
    assert len(last(arrivals)) == SIZES["discourse"] - 20
    assert arrivals[-1].status == (
        "1 request was not answered, so a part is missing. 127.0.0.1 has an internal error (HTTP 500). Try again "
        "later. 20 comments more can be loaded."
    )


@pytest.mark.parametrize("name", ["429", "503", "cut", "chunk"])
def test_what_passes_is_waited_for(play: Play, name: str) -> None:
    play.faults["/t/1/posts.json"] = (name, 2)
    arrivals = opened(context(play), f"{play.base}/t/six/1")
    assert (len(last(arrivals)), arrivals[-1].status) == (SIZES["discourse"], "")


def test_the_whole_may_not_take_for_ever(play: Play) -> None:
    play.answered = 60
    arrivals = opened(context(play, replace(QUICK, total=4.0)), f"{play.base}/hn/item?id=1")
    assert 0 < len(last(arrivals)) < SIZES["hn"]
    assert "Not everything was loaded after 4 s" in arrivals[-1].status


def test_the_page_gets_only_the_time_that_its_api_left(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    play.faults["/lobsters/s/abc123.json"] = ("silent", 9)
    known = context(play, replace(QUICK, total=1.0))
    with pytest.raises(SourceError, match="Not everything was loaded after 1 s"):
        opened(known, play.base + server.ADDRESSES["Lobsters"])
    assert "/lobsters/s/abc123" not in play.seen


def test_the_number_of_requests_is_limited(play: Play) -> None:
    arrivals = opened(context(play, replace(QUICK, requests=50)), f"{play.base}/hn/item?id=1")
    assert 0 < len(last(arrivals)) < 50
    assert "more than 50 requests" in arrivals[-1].status


def test_all_answers_together_are_limited(play: Play) -> None:
    arrivals = opened(context(play, replace(QUICK, all_bytes=30_000)), f"{play.base}/hn/item?id=1")
    assert 0 < len(last(arrivals)) < SIZES["hn"]
    assert "more than 30 kB" in arrivals[-1].status


# Hosts.


def test_a_public_name_that_points_to_this_machine_is_refused(play: Play) -> None:
    """The address was typed; the host that it redirects to was not, and its name means this machine."""
    play.faults["/page"] = ("to-name", 1)
    FAULTS_TO_NAME = f"http://public.example:{play.server_port}/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.FAULTS, "to-name", server.redirect(FAULTS_TO_NAME))
        access = replace(context(play).access, resolve=lambda host, port: ["127.0.0.1"])
        with pytest.raises(SourceError, match=r"public\.example is an address of this machine"):
            opened(LoadContext(access, Sites()), f"{play.base}/page")
    assert play.seen == ["/page"]


def test_a_name_is_resolved_once_and_its_address_used(play: Play) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    typed = frozenset({("blog.example", play.server_port)})
    access = Access(limits=QUICK, typed=typed, resolve=resolve, proxies={})
    thread = last(opened(LoadContext(access, Sites()), f"http://blog.example:{play.server_port}/page"))
    assert (len(thread), asked) == (3, ["blog.example"])
    assert play.asked[0]["host"] == f"blog.example:{play.server_port}"


def test_a_proxy_is_asked_instead(play: Play) -> None:
    access = Access(limits=QUICK, proxies={"http": play.base})
    thread = last(opened(LoadContext(access, Sites()), "http://blog.example/page"))
    assert len(thread) == 3
    assert play.seen == ["http://blog.example/page"]


@pytest.mark.parametrize(
    "address", ["http://127.1:{}/", "http://0x7f.1:{}/", "http://2130706433:{}/", "http://[::1]:{}/"]
)
def test_a_proxy_is_not_asked_for_this_machine(play: Play, address: str) -> None:
    access = Access(limits=QUICK, proxies={"http": play.base})
    with pytest.raises(SourceError, match="an address of this machine"):
        opened(LoadContext(access, Sites()), address.format(play.server_port))
    assert play.seen == []


def test_a_proxy_that_is_not_there(play: Play, tmp_path: Path) -> None:
    access = Access(limits=QUICK, proxies={"http": "http://127.0.0.1:9"})
    with pytest.raises(SourceError, match=r"blog\.example"):
        opened(LoadContext(access, Sites()), "http://blog.example/page")
