"""Servers that misbehave, and hosts that nobody may ask: a part of `tests.bench.attacked`, with short limits."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import FileIO
from pathlib import Path
from threading import Event

import pytest

from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, Listing, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.readers import Hint, _read_all, read_path, read_source
from rumor_tui.sources import Access, Limits, LoadContext, Sites, make_services
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.fetch import Fetcher, make_client
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.messages import FetchError
from rumor_tui.text import neutralise
from tests.bench.programs import surroundings
from tests.hostile.served_pages import ARTICLE, WORDS
from tests.hostile.servers import ATTACKS, Server, misbehaving
from tests.hostile.spellings import PUBLIC, SPELLINGS, Resolver, watched_connections
from tests.pseudo import pseudo

QUICK = Limits(answer=60.0, total=60.0, wire=1_000_000, decoded=2_000_000, pause=0.01, longest_pause=0.05, tries=1)
SLOW = "had not sent all"
"""What is said of an answer that is not waited for any longer."""

COSTLY = {"xz-file", "zstd-file", "zstd-bomb-encoded", "warc-of-a-bomb", "gzipped-warc-of-a-bomb"}
"""Attacks that the bench makes: packing or unpacking so much takes seconds."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with misbehaving(pace=0.2) as found:
        yield found


@pytest.fixture(scope="module")
def known(server: Server) -> Iterator[LoadContext]:
    """What opens addresses of the server, with one client for all tests."""
    access = Access(limits=QUICK, typed=frozenset({("127.0.0.1", server.port)}), proxies={})
    access.network.acquire(partial(make_client, access))
    yield LoadContext(access, Sites())
    access.network.release()


def impatient(known: LoadContext, answer: float) -> LoadContext:
    return LoadContext(replace(known.access, limits=replace(QUICK, answer=answer)), known.sites)


def outcome(known: LoadContext, address: str, stop: Event | None = None) -> tuple[str, str, bool]:
    """What is said of an address in the end, what is shown of it, and whether a part of it is missing."""
    last = LoadStep()
    shown = ""
    try:
        for last in load_address(known, address, stop or Event()):
            if isinstance(last.content, Thread):
                shown = " ".join(" ".join([*last.content.article.pieces, *last.content.bodies]).split())
    except SourceError as error:
        return str(error), "", True
    return last.status, shown, last.partial


def check(name: str, said: str, shown: str) -> None:
    """What is said is a sentence of the table and neutral; what came is shown."""
    attack = ATTACKS[name]
    assert attack.says in said and said == neutralise(said) and "report this" not in said
    assert said.endswith(".") if attack.says else not said
    assert attack.shows in shown


@pytest.mark.parametrize("name", [one for one in ATTACKS if ATTACKS[one].says != SLOW and one not in COSTLY])
def test_what_misbehaves_is_shown_or_told_of(server: Server, known: LoadContext, name: str) -> None:
    said, shown, partial_ = outcome(known, server.address(name))
    check(name, said, shown)
    assert partial_ == bool(ATTACKS[name].says)


def test_what_is_too_slow_ends_by_itself(server: Server, known: LoadContext) -> None:
    names = [name for name in ATTACKS if ATTACKS[name].says == SLOW]
    with ThreadPoolExecutor(len(names)) as pool:
        found = list(pool.map(lambda name: outcome(impatient(known, 6.0), server.address(name)), names))
    for name, (said, shown, is_partial) in zip(names, found, strict=True):
        check(name, said, shown)
        assert is_partial


def test_what_has_come_is_shown_when_the_loading_is_stopped(server: Server, known: LoadContext) -> None:
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(outcome, known, server.address("drip"), stop)
        before = server.sent_to("/drip")
        while server.sent_to("/drip") < before + len(ARTICLE) + 12:
            Event().wait(0.05)
        stop.set()
        said, shown, is_partial = loading.result()
    assert WORDS in shown and is_partial and "127.0.0.1 had not sent all of its answer." in said


def test_a_page_that_was_cut_is_known_to_be_incomplete(server: Server, known: LoadContext) -> None:
    said, shown, is_partial = outcome(known, server.address("half-gzip"))
    assert is_partial and "What came of it (48 kB) is shown." in said and WORDS in shown


def test_further_pages_end_with_the_opening(server: Server, known: LoadContext) -> None:
    thread = ThreadBuilder(Article("T")).build("plain", source=server.address("good"))
    stub = Stub(-1, 0, "page", (server.address("silent-after-the-headers"),))
    few = LoadContext(replace(known.access, limits=replace(QUICK, total=0.5)), known.sites)
    with pytest.raises(SourceError, match=r"had not sent all|Not everything was loaded"):
        list(make_services(few).more(thread, stub)(Event()))


# Hosts that nobody may ask.


@pytest.fixture
def inside() -> Iterator[int]:
    """A port of this machine that was not typed, at all of its addresses."""
    both = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both else socket.AF_INET
    with closing(socket.create_server(("", 0), family=family, dualstack_ipv6=both)) as listener:
        listener.setblocking(False)
        yield listener.getsockname()[1]
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_no_spelling_leads_inside(server: Server, known: LoadContext, inside: int) -> None:
    own = Access(limits=QUICK, typed=known.access.typed, proxies={}, resolve=Resolver())
    with watched_connections(server.port) as connections, AsyncRunner(own) as runner:
        for spelling in SPELLINGS:
            direct = f"http://{spelling}:{inside}/"
            for address in (direct, f"{server.address('redirect-to')}?{direct}"):
                for _ in range(2 if "turning" in spelling else 1):
                    with pytest.raises(FetchError):
                        runner.start(partial(Fetcher.get, address=address)).result(60)
    assert {address[0] for address in connections.refused} <= {PUBLIC}


def test_the_watch_sees_connections(server: Server) -> None:
    with watched_connections() as connections, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))
    assert connections.refused == [("127.0.0.1", server.port)]
    with watched_connections(server.port), closing(socket.create_connection(("127.0.0.1", server.port))):
        pass


def test_a_proxy_is_not_asked_for_what_is_private() -> None:
    names = [name for name in SPELLINGS if not name.lower().rstrip(".").endswith(".example")]
    with misbehaving(pace=0.2) as proxy:  # of its own, to which no test before may still be connecting
        own = Access(
            limits=replace(QUICK, connect=5.0),
            proxies={"http": f"http://127.0.0.1:{proxy.port}"},
            resolve=Resolver(),
        )
        with AsyncRunner(own) as runner:
            for name in names:
                with pytest.raises(FetchError):
                    runner.start(partial(Fetcher.get, address=f"http://{name}/")).result(60)
            assert proxy.accepted == 0
            with pytest.raises(FetchError, match="404"):
                runner.start(lambda fetcher: fetcher.get("http://public.example/")).result(60)
        assert proxy.accepted == 1


def test_the_cache_does_not_hand_out_what_was_typed_once(server: Server, tmp_path: Path) -> None:
    address = server.address("good")
    typed = Access(limits=QUICK, typed=frozenset({("127.0.0.1", server.port)}), proxies={}, cache=tmp_path)
    assert WORDS in outcome(LoadContext(typed, Sites()), address)[1]
    others = replace(typed, typed=frozenset())
    assert "private network" in outcome(LoadContext(others, Sites()), address)[0]


# On the screen.


def test_escape_shows_what_has_come_and_q_quits(server: Server, tmp_path: Path) -> None:
    before = server.sent_to("/drip")
    with pseudo(["-m", "rumor_tui", server.address("drip")], env=surroundings(tmp_path)) as program:
        while server.sent_to("/drip") < before + len(ARTICLE) + 12:
            program.drain()
            Event().wait(0.05)
        program.read_until(b"drip")
        program.type(b"\x1b")
        program.read_until(b"believes")
        program.type(b"q")
        assert program.wait() == 0


# Damage in what was served.


ROWS = 100

KINDS = {
    "page.html": b"<!doctype html><title>T</title><article><h1>T</h1>"
    + b"<p>There are six hundred cars in the town, says the council, which counted them.</p>\n" * ROWS
    + b"</article>",
    "feed.xml": b"<?xml version='1.0'?>\n<rss version='2.0'><channel><title>T</title>"
    + b"<item><title>A title</title><description>six hundred cars in the town</description></item>" * ROWS
    + b"</channel></rss>",
    "feed.json": b'{"version":"https://jsonfeed.org/version/1","title":"T","items":['
    + b",".join(
        [b'{"id":"%d","title":"A title","content_text":"six hundred cars in the town"}' % n for n in range(ROWS)]
    )
    + b"]}",
    "thread.json": b'{"comments":['
    + b",".join([b'{"id":%d,"user":"ann","body":"six hundred cars in the town"}' % n for n in range(ROWS)])
    + b"]}",
    "text.txt": b"There are six hundred cars in the town.\n\n" * ROWS,
    "mail.eml": b"From: Ann <a@a.example>\nSubject: T\nDate: Mon, 1 Jan 2020 00:00:00 +0000\n\n"
    + b"six hundred cars in the town\n" * ROWS,
    "rows.csv": b"id,author,text\n" + b"".join([b'%d,ann,"six hundred cars in the town"\n' % n for n in range(ROWS)]),
}


def texts_of(data: bytes, name: str) -> list[str]:
    """All texts that are read."""
    content = read_source(data, Hint(name))
    if isinstance(content, Listing):
        return [text for entry in content.entries for text in (entry.title, entry.summary or "")]
    return [*content.article.pieces, *content.bodies]


@pytest.mark.parametrize("control", [b"\0", b"\x01", b"\x1b", b"\x7f", b"\xc2\x80", b"\0" * 20])
@pytest.mark.parametrize("name", KINDS)
def test_a_control_character_does_not_lose_the_page(name: str, control: bytes) -> None:
    data = KINDS[name]
    clean = texts_of(data, name)
    at = data.index(b"hundred", len(data) // 2) + 3
    damaged = data[:at] + control + data[at:]
    assert len(texts_of(damaged, name)) == len(clean)
    for around in (control + data, data + control) if len(control) == 1 else ():
        assert len(texts_of(around, name)) == len(clean)


def test_what_is_binary_is_refused_all_the_same() -> None:
    for data in (os.urandom(4_096) + b"\0", b"MZ" + bytes(range(256)) * 9, b"word" + b"\0\1\2" * 40):
        with pytest.raises(SourceError):
            read_source(data, Hint("file"))


def test_a_charset_by_another_name_is_excluded() -> None:
    body = b'<meta charset="punycode-"><p>six hundred cars in the town</p>-' + b"a9b0c1" * 50_000
    assert WORDS in " ".join(texts_of(body, "page.html"))


# Files that are none.


def test_a_file_that_grows_ends_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"six hundred cars in the town\n" * 10_000)

    class Growing(FileIO):
        def read(self, size: int = -1) -> bytes:  # type: ignore[override]
            with path.open("ab") as more:
                more.write(b"another line\n" * 1_000)
            return super().read(size) or b""

    with Growing(path) as file:
        assert len(_read_all(file, Hint("log.txt"))) == 290_000 + 13_000


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/urandom", "/proc/self/mem", "/proc/kcore", "/nowhere\x1b]0;x\x07"])
def test_devices_and_odd_names_are_a_sentence(name: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_path(name)
    assert str(raised.value).endswith((".", "…")) and str(raised.value) == neutralise(str(raised.value))


def test_circles_and_sockets_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with closing(socket.socket(socket.AF_UNIX)) as there:
        there.bind(str(tmp_path / "s"))
        for name in ("a", "s"):
            with pytest.raises(SourceError, match="the system says"):
                read_path(str(tmp_path / name))


def test_a_sparse_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"six hundred cars\n" * 5_000)
    os.truncate(path, 5 * 1024**3)
    with pytest.raises(SourceError, match="larger than 4 GiB"):
        read_path(str(path))
