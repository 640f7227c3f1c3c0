"""Attacks with bodies of answers: bombs, drips, and sizes that lie."""

from __future__ import annotations

import gzip
import lzma
import zlib
from collections.abc import Callable
from functools import cache

from tests.hostile.served_pages import ARTICLE, LONG_ARTICLE, WORDS
from tests.hostile.wire import Wire, attack

MEGABYTE = 1_000_000

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
    return _zeros(packer.compress, packer.flush, 60 * MEGABYTE)


@cache
def _zstd_bomb() -> bytes:
    from zstandard import ZstdCompressor

    packer = ZstdCompressor().compressobj()
    return _zeros(packer.compress, packer.flush, 200 * MEGABYTE)


TOO_LARGE = "unpacks to more than"


@attack(says=TOO_LARGE, shows=WORDS)
def gzip_bomb_encoded(wire: Wire) -> None:
    wire.packed(gzip_bomb(), "gzip")


@attack(says=TOO_LARGE, shows=WORDS)
def deflate_bomb(wire: Wire) -> None:
    wire.packed(gzip_bomb(UNPACKED, 15), "deflate")


@attack(says=TOO_LARGE, shows=WORDS)
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
    wire.page(gzip.compress(ARTICLE) + gzip.compress(b"") * 20_000, kind="application/gzip")


@attack(says="cannot be decompressed", shows="")
def no_gzip(wire: Wire) -> None:
    wire.packed(ARTICLE, "gzip")


@attack(says="broke off", shows=WORDS)
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


@attack(says="not valid HTTP", shows=WORDS)
def endless_trailers(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
    wire.send(b"0\r\n")
    while True:
        wire.send(b"X-Trailer: x\r\n" * 1_000)


# Sizes that lie.


@attack(says="holds more than", shows=WORDS)
def endless(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Connection: close")
    wire.send(ARTICLE)
    many = b"x" * 65_536
    while True:
        wire.send(many)


@attack(says="holds more than", shows=WORDS)
def endless_chunks(wire: Wire) -> None:
    wire.head("Content-Type: text/html; charset=utf-8", "Transfer-Encoding: chunked")
    wire.chunk(ARTICLE)
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
