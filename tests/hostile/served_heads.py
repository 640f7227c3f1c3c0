"""Attacks with heads of answers: what is no HTTP, redirects, headers of all kinds, and charsets."""

from __future__ import annotations

from tests.hostile.served_pages import ARTICLE, LONG_ARTICLE, WORDS
from tests.hostile.wire import ATTACKS, Attack, Wire, attack

INSIDE = "http://127.0.0.1:9/secret"
"""An address of this machine at which nobody is."""

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
    wire.send(b"HTTP/1.1 200 " + b"O" * 10_000_000 + b"\r\n\r\n")


@attack(says="not valid HTTP")
def status_of_no_kind(wire: Wire) -> None:
    wire.page(ARTICLE, status="99999 What")


@attack(says="HTTP 999")
def status_beyond(wire: Wire) -> None:
    wire.page(ARTICLE, status="999 \x1b]0;title\x07")


@attack(says="broke off")
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


@attack(says="127.0.0.1")
def redirect_to(wire: Wire) -> None:
    """To the address that the query is."""
    wire.redirect(wire.path.partition("?")[2] or INSIDE)


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
    wire.redirect(f"{INSIDE}")


# Charsets.


def _charset(name: str, stated: str, body: bytes, shows: str = WORDS) -> None:
    """An attack with a charset that is not that of the page."""
    ATTACKS[f"charset-{name}"] = Attack(lambda wire: wire.page(body, kind=f"text/html; charset={stated}"), "", shows)


_charset("unknown", "x-nonsense", ARTICLE)
_charset("utf-7", "utf-7", ARTICLE)
_charset("utf-7-by-another-name", "unicode-1-1-utf-7", ARTICLE)
_charset("utf-16-for-ascii", "utf-16", ARTICLE)
_charset("utf-16-without-mark", "utf-8", ARTICLE.decode().encode("utf-16-le"))
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
