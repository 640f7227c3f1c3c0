"""Servers that misbehave: each attack is a path, and writes to a raw socket what no honest server would.

    python -m tests.hostile.servers --port 8260

prints the addresses of all attacks. Tests start one with `misbehaving()`. `Server.accepted` counts the connections,
also those that never ask for anything.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import socket
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Event, Lock, Thread
from typing import NamedTuple

from tests.hostile.served_pages import ARTICLE, LONG_ARTICLE, WORDS

MEGABYTE = 1_000_000


class Gone(Exception):
    """The client went away, or the server is ending."""


class Wire:
    """One connection, as an attack sees it: what was asked, and means to answer it badly."""

    def __init__(self, connection: socket.socket, server: Server) -> None:
        self._connection = connection
        self.server = server
        self.path = ""
        self.asked = b""

    @property
    def base(self) -> str:
        """The address of the server."""
        return self.server.base

    def read_request(self) -> bool:
        """Read a request up to its body. False if there is none."""
        head = b""
        with suppress(OSError):
            while b"\r\n\r\n" not in head and len(head) < 65_536:
                piece = self._connection.recv(65_536)
                if not piece:
                    return False
                head += piece
        self.asked = head
        words = head.split(b" ", 2)
        self.path = words[1].decode("latin-1") if len(words) == 3 else ""
        return bool(self.path)

    def send(self, data: bytes) -> None:
        """Write. Raises Gone."""
        if self.server.ending.is_set():
            raise Gone
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise Gone from error

    def pause(self, seconds: float) -> None:
        """Wait, for a time that the server may shorten. Raises Gone when the server ends."""
        if self.server.ending.wait(seconds * self.server.pace):
            raise Gone

    def silence(self) -> None:
        """Never answer: wait until the client goes away, or the server ends."""
        self._connection.settimeout(0.1)
        while not self.server.ending.is_set():
            try:
                if not self._connection.recv(65_536):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def reset(self) -> None:
        """End the connection without the usual farewell."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def head(self, *lines: str, status: str = "200 OK") -> None:
        """A status line and headers."""
        self.send("\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode("latin-1"))

    def page(self, body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> None:
        """A whole answer with a true length."""
        self.head(f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *lines, status=status)
        self.send(body)

    def packed(self, body: bytes, packing: str) -> None:
        """A whole answer with a content encoding."""
        self.page(body, f"Content-Encoding: {packing}")

    def chunk(self, data: bytes, extension: bytes = b"") -> None:
        """One chunk of a body without a length."""
        self.send(b"%x%s\r\n%s\r\n" % (len(data), extension, data))

    def redirect(self, target: str, status: str = "302 Found") -> None:
        """An answer that leads elsewhere."""
        self.page(b"", f"Location: {target}", status=status)


class Server:
    """A server of attacks at one port of this machine, each connection in a thread of its own."""

    def __init__(self, port: int = 0, pace: float = 1.0) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.pace = pace
        """How much longer than usual the pauses are: tests have little time."""
        self.ending = Event()
        self.accepted = 0
        self.paths: list[str] = []
        self.elsewhere = ""
        """Where attacks lead that point to another server."""
        self._lock = Lock()

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def address(self, name: str) -> str:
        """The address of an attack."""
        return f"{self.base}/{name}"

    def serve(self) -> None:
        """Accept connections until the end."""
        while not self.ending.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.accepted += 1
            Thread(target=self._answer, args=(connection,), daemon=True).start()

    def end(self) -> None:
        """Accept nothing more, and let all attacks end."""
        self.ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, connection: socket.socket) -> None:
        wire = Wire(connection, self)
        with connection, suppress(Gone, OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not wire.read_request():
                return
            with self._lock:
                self.paths.append(wire.path)
            name = wire.path.strip("/").partition("?")[0].partition("/")[0]
            attack = ATTACKS.get(name)
            if attack is None:
                wire.page(b"nothing here", status="404 Not Found")
            else:
                attack.send(wire)


class Attack(NamedTuple):
    """What a server does at a path; `shows` are words that must be shown of what came, or "" where nothing can be.

    `says` must stand in what is said; "" where nothing is wrong with the answer, so that nothing may be said.
    """

    send: Callable[[Wire], None]
    says: str = ""
    shows: str = ""


ATTACKS: dict[str, Attack] = {}


def attack(says: str = "", shows: str = "") -> Callable[[Callable[[Wire], None]], Callable[[Wire], None]]:
    """Enter a function into the table, under its name with hyphens."""

    def enter(send: Callable[[Wire], None]) -> Callable[[Wire], None]:
        ATTACKS[send.__name__.replace("_", "-")] = Attack(send, says, shows)
        return send

    return enter


# Bombs.

UNPACKED = 1_000 * MEGABYTE


def _zeros(packer: Callable[[bytes], bytes], finish: Callable[[], bytes], size: int = UNPACKED) -> bytes:
    return b"".join(packer(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)) + finish()


@cache
def gzip_bomb(size: int = UNPACKED, wbits: int = 31) -> bytes:
    """A thousandth of the size, which unpacks to a page, and so many zeros behind it.

    Behind a flush the state of the compressor is that of its beginning, so that one piece stands for all.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    start = packer.compress(ARTICLE) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + piece * (size // MEGABYTE)


@cache
def _xz_bomb() -> bytes:
    packer = lzma.LZMACompressor(preset=0)
    return _zeros(packer.compress, packer.flush, 200 * MEGABYTE)


@cache
def _zstd_bomb() -> bytes:
    from zstandard import ZstdCompressor

    packer = ZstdCompressor().compressobj()
    return _zeros(packer.compress, packer.flush)


TOO_LARGE = "unpacks to more than"


@attack(says=TOO_LARGE)
def gzip_bomb_encoded(wire: Wire) -> None:
    wire.packed(gzip_bomb(), "gzip")


@attack(says=TOO_LARGE)
def deflate_bomb(wire: Wire) -> None:
    wire.packed(gzip_bomb(UNPACKED, 15), "deflate")


@attack(says=TOO_LARGE)
def raw_deflate_bomb(wire: Wire) -> None:
    wire.packed(gzip_bomb(UNPACKED, -15), "deflate")


@attack(says="which was not requested")
def brotli_bomb(wire: Wire) -> None:
    wire.packed(b"\xcf\xff\xff\x7f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x9f" * 100, "br")


@attack(says="which was not requested")
def zstd_bomb_encoded(wire: Wire) -> None:
    wire.packed(_zstd_bomb(), "zstd")


@attack(says="more than once")
def twice_encoded(wire: Wire) -> None:
    wire.packed(gzip.compress(gzip_bomb(), 1), "gzip, gzip")


@attack(says="more than once")
def twice_encoded_in_two_headers(wire: Wire) -> None:
    body = gzip.compress(gzip_bomb(), 1)
    wire.page(body, "Content-Encoding: gzip", "Content-Encoding: gzip")


@attack(says="far larger")
def gzip_file(wire: Wire) -> None:
    wire.page(gzip_bomb(), kind="application/gzip")


@attack(says="far larger")
def zstd_file(wire: Wire) -> None:
    wire.page(_zstd_bomb(), kind="application/zstd")


@attack(says="far larger")
def xz_file(wire: Wire) -> None:
    wire.page(_xz_bomb(), kind="application/x-xz")


@attack(says="far larger")
def encoded_gzip_file(wire: Wire) -> None:
    wire.packed(gzip.compress(gzip_bomb(), 1), "gzip")


@attack(says="more than once")
def gzip_file_in_gzip_file(wire: Wire) -> None:
    wire.page(gzip.compress(gzip.compress(ARTICLE)), kind="application/gzip")


@cache
def _warc(body: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(answer)
    )
    return head + answer + b"\r\n\r\n"


@attack(says=".")
def warc_of_a_bomb(wire: Wire) -> None:
    wire.page(_warc(gzip_bomb()), kind="application/warc")


@attack(says=".")
def gzipped_warc_of_a_bomb(wire: Wire) -> None:
    wire.page(gzip.compress(_warc(gzip_bomb()), 1), kind="application/warc")


@attack(shows=WORDS)
def many_gzip_members(wire: Wire) -> None:
    wire.page(gzip.compress(ARTICLE) + gzip.compress(b"") * 50_000, kind="application/gzip")


@attack(says="cannot be decompressed", shows="")
def no_gzip(wire: Wire) -> None:
    wire.packed(ARTICLE, "gzip")


@attack(says="decompress", shows=WORDS)
def half_gzip(wire: Wire) -> None:
    body = gzip.compress(LONG_ARTICLE)
    wire.packed(body[: len(body) // 2] + b"\xff" * 2_000, "gzip")


# Slow ones.


@attack(says="had not sent all", shows=WORDS)
def drip(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", f"Content-Length: {len(ARTICLE) + 100_000}")
    wire.send(ARTICLE)
    while True:
        wire.send(b" ")
        wire.pause(1)


@attack(says="had not sent all")
def drip_of_headers(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        wire.send(b"X-%d: x\r\n" % number)
        wire.pause(1)


@attack(says="had not sent all")
def drip_of_the_status(wire: Wire) -> None:
    for letter in b"HTTP/1.1 200 " + b"O" * 100_000:
        wire.send(bytes([letter]))
        wire.pause(1)


@attack(says="had not sent all")
def silent(wire: Wire) -> None:
    wire.silence()


@attack(says="had not sent all", shows=WORDS)
def silent_in_the_middle(wire: Wire) -> None:
    wire.head("Content-Type: text/html", "Content-Length: 10000000")
    wire.send(ARTICLE)
    wire.silence()


@attack(says="had not sent all")
def silent_after_the_headers(wire: Wire) -> None:
    wire.head("Content-Type: text/html", "Content-Length: 10000000")
    wire.silence()


@attack(says="had not sent all", shows=WORDS)
def tiny_chunks(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    many = b"1\r\n \r\n" * 10_000
    while True:
        wire.send(many)


@attack(says="had not sent all", shows=WORDS)
def tiny_chunks_with_extensions(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    many = b"1;a=%s\r\n \r\n" % (b"b" * 1_000) * 100
    while True:
        wire.send(many)


@attack(says="had not sent all", shows=WORDS)
def drip_in_gzip(wire: Wire) -> None:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    wire.chunk(packer.compress(ARTICLE) + packer.flush(zlib.Z_SYNC_FLUSH))
    while True:
        wire.chunk(packer.compress(b" ") + packer.flush(zlib.Z_SYNC_FLUSH))
        wire.pause(1)


@attack(says="had not sent all")
def endless_interim_answers(wire: Wire) -> None:
    many = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 1_000
    while True:
        wire.send(many)


@attack(says="", shows=WORDS)
def endless_trailers(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    wire.send(b"0\r\n")
    while True:
        wire.send(b"X-Trailer: x\r\n" * 1_000)


# Sizes that lie.


@attack(says="holds more than")
def endless(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Connection: close")
    wire.send(ARTICLE)
    many = b"x" * 65_536
    while True:
        wire.send(many)


@attack(says="holds more than")
def endless_chunks(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    many = b"x" * 65_536
    while True:
        wire.chunk(many)


@attack(says="broke off", shows=WORDS)
def length_too_large(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", f"Content-Length: {len(ARTICLE) + 5_000_000}")
    wire.send(ARTICLE)


@attack(shows=WORDS)
def length_too_small(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", f"Content-Length: {len(ARTICLE)}")
    wire.send(ARTICLE + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison" * 100)


@attack(says="not valid HTTP")
def length_negative(wire: Wire) -> None:
    wire.head("Content-Type: text/html", "Content-Length: -1")
    wire.send(ARTICLE)


@attack(says="not valid HTTP")
def two_lengths(wire: Wire) -> None:
    wire.head("Content-Type: text/html", "Content-Length: 10", f"Content-Length: {len(ARTICLE)}")
    wire.send(ARTICLE)


@attack(says="not valid HTTP")
def length_beyond_numbers(wire: Wire) -> None:
    wire.head("Content-Type: text/html", f"Content-Length: {'9' * 5_000}")
    wire.send(ARTICLE)


@attack(says="broke off", shows=WORDS)
def chunk_beyond_memory(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.send(b"ffffffffffffff\r\n" + ARTICLE)


@attack(says="not valid HTTP", shows=WORDS)
def chunk_of_no_size(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    wire.send(b"-5\r\nx\r\n")


@attack(says="not valid HTTP", shows=WORDS)
def endless_chunk_extension(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    wire.send(b"1;")
    while True:
        wire.send(b"a" * 65_536)


# Heads.


@attack(says="not valid HTTP")
def endless_header(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        wire.send(b"x" * 65_536)


@attack(says="not valid HTTP")
def many_headers(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: x\r\n" % number for number in range(100_000)) + b"\r\n")


@attack(says="not valid HTTP")
def long_status(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 " + b"O" * 10 * MEGABYTE + b"\r\n\r\n")


@attack(says="not valid HTTP")
def status_of_no_kind(wire: Wire) -> None:
    wire.page(ARTICLE, status="99999 What")


@attack(says="HTTP 999")
def status_beyond(wire: Wire) -> None:
    wire.page(ARTICLE, status="999 \x1b]0;title\x07")


@attack(says="not valid HTTP")
def old_http(wire: Wire) -> None:
    wire.send(ARTICLE)


@attack(says="not valid HTTP")
def tls_garbage(wire: Wire) -> None:
    wire.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 4)


@attack(says="not valid HTTP")
def http2_preface(wire: Wire) -> None:
    wire.send(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x80" * 3)


@attack(says="broke off")
def closed_at_once(wire: Wire) -> None:
    """The connection ends without an answer."""


@attack(says="broke off")
def reset_at_once(wire: Wire) -> None:
    wire.reset()


@attack(says="broke off", shows=WORDS)
def reset_in_the_middle(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Content-Length: 10000000")
    wire.send(ARTICLE)
    wire.pause(0.2)
    wire.reset()


@attack(shows=WORDS)
def flood_of_cookies(wire: Wire) -> None:
    cookies = [f"Set-Cookie: c{number}={'x' * 200}; Domain=.example; Path=/{number}" for number in range(300)]
    wire.page(ARTICLE, *cookies)


@attack(shows=WORDS)
def long_links(wire: Wire) -> None:
    wire.page(ARTICLE, "Link: " + "<" * 30_000 + " ;" * 20_000, "Link: <x>" + ";  " * 8_000)


@attack(says="not valid HTTP")
def links_of_a_megabyte(wire: Wire) -> None:
    wire.page(ARTICLE, "Link: " + "</a>; rel=next, " * 62_500)


@attack(says="asks to wait")
def retry_after_years(wire: Wire) -> None:
    wire.page(ARTICLE, "Retry-After: 315360000", status="503 Busy")


@attack(says="asks to wait")
def retry_after_the_end_of_time(wire: Wire) -> None:
    wire.page(ARTICLE, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="429 Slowly")


@attack(says="HTTP 503")
def retry_after_nonsense(wire: Wire) -> None:
    wire.page(ARTICLE, "Retry-After: \x1b[2J" + "9" * 10_000, status="503 Busy")


HOSTILE_CACHING = (
    f"Age: {'9' * 4_000}", "Date: yesterday", "Expires: Thu, 99 Xxx 99999 99:99:99 GMT",
    "Vary: *, \xff, accept, x" * 50,
    "Cache-Control: max-age=1e999, s-maxage=-1, stale-while-revalidate=zz, ,,,=,\"" + "a=b," * 2_000,
    "ETag: " + "W/" * 2_000, "Last-Modified: 0", "Pragma: \x80\xff", "Warning: 110",
)  # fmt: skip


@attack(shows=WORDS)
def hostile_caching(wire: Wire) -> None:
    wire.page(ARTICLE, *HOSTILE_CACHING)


@attack(says="HTTP 304")
def not_modified_unasked(wire: Wire) -> None:
    wire.page(b"", "ETag: x", status="304 Not Modified")


@attack(says="nothing to read")
def no_content(wire: Wire) -> None:
    wire.head(status="204 No Content")


# Redirects.


@attack(says="in circles")
def redirect_loop(wire: Wire) -> None:
    wire.redirect("/redirect-loop")


@attack(says="in circles")
def redirects_that_grow(wire: Wire) -> None:
    wire.redirect(f"{wire.path}{'?' if '?' not in wire.path else '&'}{'x' * 2_000}")


@attack(says="holds more than")
def redirect_to_endless(wire: Wire) -> None:
    wire.redirect("/endless")


@attack(shows=WORDS)
def redirect_with_an_endless_body(wire: Wire) -> None:
    wire.head("Location: /good", "Content-Type: text/html", status="302 Found")
    while True:
        wire.send(b"x" * 65_536)


@attack(shows=WORDS)
def redirect_with_a_drip(wire: Wire) -> None:
    wire.head("Location: /good", "Content-Type: text/html", "Content-Length: 1000", status="301 Moved")
    while True:
        wire.send(b"x")
        wire.pause(1)


@attack(says="redirects to")
def redirect_to_a_file(wire: Wire) -> None:
    wire.redirect("file:///etc/passwd")


@attack(says="redirects to")
def redirect_to_a_script(wire: Wire) -> None:
    wire.redirect("javascript:alert(1)")


@attack(says="127.0.0.1")
def redirect_of_many_kilobytes(wire: Wire) -> None:
    wire.redirect("/" + "a" * 90_000)


@attack(says="127.0.0.1")
def redirect_to_nonsense(wire: Wire) -> None:
    wire.redirect("http://[::1%\xff]:99999/\x1b[31m\x7f")


@attack(says="private network")
def redirect_inside(wire: Wire) -> None:
    wire.redirect(f"{wire.server.elsewhere or 'http://127.0.0.1:9'}/secret")


# Charsets.


def _charset(name: str, stated: str, body: bytes, shows: str = WORDS) -> None:
    """An attack with a charset that is not that of the page."""
    ATTACKS[f"charset-{name}"] = Attack(lambda wire: wire.page(body, kind=f"text/html; charset={stated}"), "", shows)


_charset("unknown", "x-nonsense", ARTICLE)
_charset("utf-7", "utf-7", ARTICLE)
_charset("utf-7-by-another-name", "unicode-1-1-utf-7", ARTICLE)
_charset("utf-16-for-ascii", "utf-16", ARTICLE)
_charset("utf-16-without-mark", "utf-8", ARTICLE.decode().encode("utf-16-le"))
_charset("utf-32-without-mark", "utf-8", ARTICLE.decode().encode("utf-32-le"))
_charset("punycode", "punycode-", LONG_ARTICLE)
_charset("idna", "-idna", LONG_ARTICLE)
_charset("no-text", "zlib", ARTICLE)
_charset("rot13", "rot13", ARTICLE)
_charset("undefined", "undefined", ARTICLE)
_charset("long", "a" * 50_000, ARTICLE)
_charset("escapes", "\x80\xff\"'\\", ARTICLE)
for _name in ("punycode-", "idna-", "unicode-1-1-utf-7", "zlib", "unicode-escape", "undefined"):
    _meta = b'<meta charset="%s">' % _name.encode()
    _charset(f"in-the-page-{_name}", "", LONG_ARTICLE.replace(b"<head>", b"<head>" + _meta))
_charset("of-each-byte", "utf-8", ARTICLE.replace(b"<p>", b"<p>" + bytes(range(128, 256)), 1))
_charset("zero-bytes", "utf-8", LONG_ARTICLE.replace(b"council", b"coun\0cil", 1))
_charset("controls", "utf-8", LONG_ARTICLE.replace(b"council", b"council\x01\x1b]52;c;eA==\x07\x9b2J", 1))


@attack(shows=WORDS)
def good(wire: Wire) -> None:
    wire.page(ARTICLE)


@contextmanager
def misbehaving(port: int = 0, pace: float = 1.0) -> Iterator[Server]:
    """A server of attacks; `pace` scales the pauses between what it sends."""
    server = Server(port, pace)
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join(1)


def main() -> int:
    parser = argparse.ArgumentParser(description="Serves attacks on readers.")
    parser.add_argument("--port", type=int, default=8260)
    server = Server(parser.parse_args().port)
    print("\n".join(server.address(name) for name in ATTACKS), "\nCtrl+C ends.", sep="\n", flush=True)
    with suppress(KeyboardInterrupt):
        server.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
