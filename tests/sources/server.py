"""A server that plays the platforms' APIs on this machine, with paging, and with faults that can be switched on.

    python -m tests.sources.server --port 8123

prints the addresses that it plays. Tests start one with `playing()`, look into `seen` for what was asked, and put
faults into `faults`: a path to a fault's name, and how often it strikes before the path is answered well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sources import play_discussions, play_embeds, play_linked, play_lists, play_widgets, threads
from tests.sources.replies import Query, Reply, Route, as_json, cut, number

PAGE = """# Six hundred cars

How many cars?

## 3 comments

- **ann** · #1

  The page itself says 600.

  - **ben** · #2

    414, I hear.

- **(unsigned)** · #3

  Naïve – we shall see.
"""

SIZES = {
    "hn": 1000, "reddit": 300, "discourse": 200, "wordpress": 250, "mastodon": 30, "lemmy": 120, "github": 250,
    "bluesky": 40, "lobsters": 60,
}  # fmt: skip


class Play(ThreadingHTTPServer):
    """The server with what tests look at and switch on."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.seen: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.faults: dict[str, tuple[str, int]] = {}
        self.pause = 0.0
        self.answered: int | None = None
        """How many requests are answered; all further ones are held until a test releases them."""
        self.released = Event()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            time.sleep(self.pause)
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def fault_for(self, path: str) -> str:
        """The fault that strikes this request, or nothing."""
        with self._lock:
            name, times = self.faults.get(path, ("", 0))
            if times > 0:
                self.faults[path] = (name, times - 1)
            return name if times else ""


class Handler(BaseHTTPRequestHandler):
    """Answers from the routes, or with a fault."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65_536
    server: Play
    question: Query
    """What the body of the request asked."""

    def do_POST(self) -> None:
        """A question in a body: its JSON object is added to the query."""
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
        self.reply({key: [value if isinstance(value, str) else json.dumps(value)] for key, value in body.items()})

    def do_GET(self) -> None:
        self.reply({})

    def reply(self, asked: Query) -> None:
        self.question = asked
        self.server.seen.append(self.path)
        self.server.asked.append({key.lower(): value for key, value in self.headers.items()})
        with self.server.counted(), suppress(OSError):
            path = urlsplit(self.path).path
            name = path.removeprefix("/fault/") if path.startswith("/fault/") else self.server.fault_for(path)
            if self.server.answered is not None and len(self.server.seen) > self.server.answered:
                fault_held(self)
            elif name:
                FAULTS[name](self)
            else:
                self.send(answer(self.path, self.server.base, self.headers.get("If-None-Match"), asked))

    def send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for key, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(key, value)
        self.end_headers()
        if reply.status not in (204, 304):
            self.wfile.write(reply.body)
        self.wfile.flush()

    def raw(self, data: bytes) -> None:
        """Bytes as they are, and the end of the connection."""
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


# The platforms.


def page(match: re.Match[str], query: Query, base: str) -> Reply:
    return Reply(PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8", "ETag": '"page"'})


def missing(match: re.Match[str], query: Query, base: str) -> Reply:
    return Reply(b"nothing here", 404)


hn = cache(threads.hn_items)
reddit = cache(threads.Reddit)
discourse = cache(threads.discourse_topic)


def hn_item(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(hn(SIZES["hn"]).get(int(match[1])))


def reddit_thread(match: re.Match[str], query: Query, base: str) -> Reply:
    thread = reddit(SIZES["reddit"])
    return as_json(thread.continued(match["comment"]) if match["comment"] else thread.first())


def reddit_more(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(reddit(SIZES["reddit"]).morechildren(query["children"][0].split(",")))


def discourse_topic(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(discourse(SIZES["discourse"]))


def discourse_posts(match: re.Match[str], query: Query, base: str) -> Reply:
    wanted = set(map(int, query["post_ids[]"]))
    thread = threads.made(SIZES["discourse"])
    posts = [threads.discourse_post(one) for one in thread if 1000 + one.number in wanted]
    return as_json({"post_stream": {"posts": posts}, "id": 1})


def mastodon_status(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(threads.mastodon_status(None))


def mastodon_context(match: re.Match[str], query: Query, base: str) -> Reply:
    found = [threads.mastodon_status(one) for one in threads.made(SIZES["mastodon"])]
    return as_json({"ancestors": [], "descendants": found})


def lemmy_post(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json({"post_view": threads.lemmy_post(SIZES["lemmy"])})


def lemmy_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    thread = threads.made(SIZES["lemmy"])
    page_of = [threads.lemmy_comment(one, thread) for one in cut(thread, query, number(query, "limit", 10))]
    return as_json({"comments": page_of})


def wordpress_page(match: re.Match[str], query: Query, base: str) -> Reply:
    api, entry = (f"{base}/wp/wp-json/", f"{base}/wp/wp-json/wp/v2/posts/{5 if match[1] == 'six' else 6}")
    head = (
        f'<link rel="https://api.w.org/" href="{api}" />'
        f'<link rel="alternate" title="JSON" type="application/json" href="{entry}" />'
    )
    return Reply(f"{head}\n\n{PAGE}".encode(), headers={"Content-Type": "text/html; charset=UTF-8"})


def wordpress_post(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(threads.wordpress_post())


def wordpress_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("post") != ["5"]:
        return Reply(b'{"code":"rest_cannot_read","data":{"status":401}}', 401)
    thread = threads.made(SIZES["wordpress"])
    size = number(query, "per_page", 10)
    found = [threads.wordpress_comment(one) for one in cut(thread, query, size)]
    return as_json(found, **{"X-WP-Total": str(len(thread)), "X-WP-TotalPages": str(-(-len(thread) // size))})


def se_items(items: list[Any], query: Query) -> Reply:
    size = number(query, "pagesize", 30)
    more = number(query, "page") * size < len(items)
    value = {"items": cut(items, query, size), "has_more": more, "quota_remaining": 299, "quota_max": 300}
    body = json.dumps({**value, **({"backoff": 2} if more else {})}).encode()
    # As the real one does, whatever is accepted.
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


def se_question(match: re.Match[str], query: Query, base: str) -> Reply:
    return se_items([threads.se_question()], query)


def se_answers(match: re.Match[str], query: Query, base: str) -> Reply:
    return se_items([threads.se_answer(n) for n in range(1, 121)], query)


def se_question_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    return se_items([threads.se_comment(n, 3) for n in range(1, 4)], query)


def se_answer_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    wanted = match[1].split(";")
    return se_items([threads.se_comment(int(a) * 10 + n, int(a)) for a in wanted for n in (1, 2)], query)


def github_issue(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(threads.github_issue(SIZES["github"]))


def github_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    thread, at, size = threads.made(SIZES["github"]), number(query, "page"), number(query, "per_page", 30)
    found = [threads.github_comment(one) for one in cut(thread, query, size)]
    rest = at * size < len(thread)
    address = f"{base}{match[0]}?per_page={size}&page="
    link = f'<{address}{at + 1}>; rel="next", <{address}{-(-len(thread) // size)}>; rel="last"'
    return as_json(found, **({"Link": link} if rest else {}))


def bluesky_handle(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json({"did": "did:plc:bob"})


def bluesky_thread(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("uri") != ["at://did:plc:bob/app.bsky.feed.post/p0"]:
        return Reply(b'{"error":"NotFound"}', 400)
    return as_json(threads.bluesky_thread(SIZES["bluesky"]))


def lobsters_story(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json(threads.lobsters_story(SIZES["lobsters"]))


FORUM = """<!doctype html>
<html><head><title>Six hundred cars - Forum</title><meta charset="utf-8">{link}</head><body id="phpbb">
<h2 class="topic-title"><a href="/viewtopic.php?t=1">Six hundred cars</a></h2>
{posts}<div class="pagination">{further}</div></body></html>"""

FORUM_POST = """<div class="post" id="p{n}"><div class="postbody"><p class="author">by <strong><a href="/u/{name}"
class="username">{name}</a></strong> » <time datetime="{date}">{date}</time></p>
<div class="content">Post {n} says that 600 cars are too few, and that nobody knows who said so first.</div></div></div>
"""


def forum(match: re.Match[str], query: Query, base: str) -> Reply:
    """A topic of twenty posts, five a page."""
    start = number(query, "start", 0)
    posts = "".join(
        FORUM_POST.format(n=n, name=threads.NAMES[n % 7], date=threads.iso(threads.START + n * 60))
        for n in range(start + 1, start + 6)
    )
    target = f"/viewtopic.php?t=1&amp;start={start + 5}"
    link, further = (f'<link rel="next" href="{target}">', f'<a rel="next" href="{target}">Next</a>')
    if start >= 15:
        link = further = ""
    body = FORUM.format(link=link, posts=posts, further=further).encode()
    return Reply(body, headers={"Content-Type": "text/html; charset=utf-8"})


def github_issues(match: re.Match[str], query: Query, base: str) -> Reply:
    """The issues of a repository: those with a label, which are comments of pages, or all."""
    return (play_widgets.github_labelled if "labels" in query else play_lists.github)(match, query, base)


def hn_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """A search of Hacker News, for a page's address, or for the stories of a list."""
    return (play_discussions.hn_search if "query" in query else play_lists.hn_search)(match, query, base)


def bluesky_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """A search of Bluesky, for a hashtag, or for the posts that link to a page."""
    tagged = query.get("q", [""])[0].startswith("#")
    return (play_lists.bluesky if tagged else play_discussions.bluesky_search)(match, query, base)


def github_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """A search of a repository, for the issue that holds a page's comments, or of all of them, for a page's address."""
    within = "repo:" in query.get("q", [""])[0]
    return (play_widgets.github_search if within else play_discussions.github_search)(match, query, base)


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/hn-search-api/search", hn_search),
    (r"/bluesky-search-api/app\.bsky\.feed\.searchPosts", bluesky_search),
    (r"/github-api/search/issues", github_search),
    (r"/github-api/repos/o/r/issues", github_issues),
    *play_discussions.ROUTES,
    *play_embeds.ROUTES,
    *play_linked.ROUTES,
    *play_lists.ROUTES,
    (r"/hn-api/item/(\d+)\.json", hn_item),
    (r"/reddit/api/morechildren\.json", reddit_more),
    (r"/reddit/comments/abc(?:/_/(?P<comment>\w+))?\.json", reddit_thread),
    (r"/t/1\.json", discourse_topic),
    (r"/t/1/posts\.json", discourse_posts),
    (r"/api/v1/statuses/109000000000000001", mastodon_status),
    (r"/api/v1/statuses/109000000000000001/context", mastodon_context),
    (r"/api/v3/post", lemmy_post),
    (r"/api/v3/comment/list", lemmy_comments),
    (r"/wp/(six|closed)/", wordpress_page),
    (r"/wp/wp-json/wp/v2/posts/[56]", wordpress_post),
    (r"/wp/wp-json/wp/v2/comments", wordpress_comments),
    (r"/se-api/questions/3", se_question),
    (r"/se-api/questions/3/answers", se_answers),
    (r"/se-api/questions/3/comments", se_question_comments),
    (r"/se-api/answers/([\d;]+)/comments", se_answer_comments),
    (r"/github-api/repos/o/r/issues/9", github_issue),
    (r"/github-api/repos/o/r/issues/9/comments", github_comments),
    (r"/bluesky-api/com\.atproto\.identity\.resolveHandle", bluesky_handle),
    (r"/bluesky-api/app\.bsky\.feed\.getPostThread", bluesky_thread),
    (r"/lobsters/s/abc123\.json", lobsters_story),
    (r"/viewtopic\.php", forum),
    (r"/(?:api|[\w-]+-api|.*wp-json)/.*|/missing", missing),
    (r"/.*", page),
)

ADDRESSES = {
    "Hacker News": "/hn/item?id=1",
    "Reddit": "/reddit/r/cars/comments/abc/six/",
    "Lobsters": "/lobsters/s/abc123/six",
    "Discourse": "/t/six/1",
    "Mastodon": "/@bob/109000000000000001",
    "Lemmy": "/post/7",
    "Bluesky": "/bluesky/profile/bob.example/post/p0",
    "WordPress": "/wp/six/",
    "Stack Exchange": "/se/questions/3/six",
    "GitHub": "/github/o/r/issues/9",
    "a forum": "/viewtopic.php?t=1",
    "a page": "/page",
}


def answer(target: str, base: str, tag: str | None = None, asked: Query | None = None) -> Reply:
    """The answer to a path with its query, and what is asked in a body."""
    parts = urlsplit(target)
    query = {**parse_qs(parts.query, keep_blank_values=True), **(asked or {})}
    for pattern, route in ROUTES:
        match = re.fullmatch(pattern, parts.path)
        if match:
            reply = route(match, query, base)
            return Reply(status=304) if tag and tag == reply.headers.get("ETag") else reply
    raise AssertionError(target)


# The faults.


def head(status: str, **headers: str) -> bytes:
    lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1")


def fault_drip(handler: Handler) -> None:
    """One byte after the other, for ever."""
    handler.close_connection = True
    handler.wfile.write(head("200 OK", Content_Type="text/plain"))
    for byte in PAGE.encode() + b"x" * 10_000:
        handler.wfile.write(bytes((byte,)))
        handler.wfile.flush()
        time.sleep(0.004)


def fault_silent(handler: Handler) -> None:
    """Not even a header, for a while."""
    handler.close_connection = True
    time.sleep(3)


def fault_held(handler: Handler) -> None:
    """Nothing until a test releases it."""
    handler.close_connection = True
    handler.server.released.wait(60)


def fault_cut(handler: Handler) -> None:
    """Less than the length that was told."""
    handler.raw(head("200 OK", Content_Length="100000", Content_Type="text/html") + PAGE.encode()[:-20])


def fault_chunk(handler: Handler) -> None:
    """Chunks without an end."""
    body = PAGE.encode()
    handler.raw(head("200 OK", Transfer_Encoding="chunked") + b"%x\r\n" % len(body) + body + b"\r\n")


def fault_short(handler: Handler) -> None:
    """More than the length that was told."""
    body = PAGE.encode()
    handler.raw(head("200 OK", Content_Length=str(len(body) - 20), Content_Type="text/html") + body)


def fault_busy(handler: Handler) -> None:
    handler.send(Reply(b"slow down", 429, {"Retry-After": "0"}))


def fault_busy_long(handler: Handler) -> None:
    handler.send(Reply(b"slow down", 429, {"Retry-After": "3600"}))


def fault_busy_date(handler: Handler) -> None:
    handler.send(Reply(b"slow down", 429, {"Retry-After": formatdate(time.time() + 7300, usegmt=True)}))


def fault_error(handler: Handler) -> None:
    handler.send(Reply(b"<h1>Oops</h1>", 500))


def fault_down(handler: Handler) -> None:
    handler.send(Reply(b"down", 503))


def fault_bomb(handler: Handler) -> None:
    """400 MB of zeros, in 400 kB."""
    handler.send(Reply(bomb(), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}))


@cache
def bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    return b"".join([*(packer.compress(zeros) for _ in range(400)), packer.flush()])


def fault_bad_gzip(handler: Handler) -> None:
    handler.send(Reply(gzip.compress(PAGE.encode())[:40] + b"garbage" * 9, headers={"Content-Encoding": "gzip"}))


def fault_brotli(handler: Handler) -> None:
    handler.send(Reply(b"\x0b\x02\x80hello\x03", headers={"Content-Encoding": "br"}))


def fault_large(handler: Handler) -> None:
    """More than anyone reads, without a length."""
    handler.close_connection = True
    handler.wfile.write(head("200 OK", Content_Type="text/plain"))
    for _ in range(1000):
        handler.wfile.write(b"many words " * 9000)


def fault_loop(handler: Handler) -> None:
    """Redirections without an end, each to a new address."""
    query = urlsplit(handler.path).query
    place = int(query) if query.isdigit() else 0
    handler.send(Reply(status=302, headers={"Location": f"/fault/loop?{place + 1}"}))


def redirect(target: str) -> Callable[[Handler], None]:
    return lambda handler: handler.send(Reply(status=302, headers={"Location": target}))


def fault_charset(handler: Handler) -> None:
    """A charset in the header that is not the body's."""
    handler.send(Reply(PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-16"}))


def fault_cyrillic(handler: Handler) -> None:
    """A charset that only the header knows."""
    body = PAGE.replace("How many cars?", "Сколько машин?").replace("Naïve – we", "We").encode("cp1251")
    handler.send(Reply(body, headers={"Content-Type": "text/html; charset=windows-1251"}))


def fault_controls(handler: Handler) -> None:
    """An error whose words would steer a terminal."""
    body = b"\x1b]0;owned\x07\x1b[2J"
    handler.raw(head("403 \x1b[31mNo", Content_Length=str(len(body)), X_Note="\x1b[2J") + body)


def fault_empty(handler: Handler) -> None:
    handler.send(Reply(b""))


def fault_no_content(handler: Handler) -> None:
    handler.raw(head("204 No Content"))


def fault_headers(handler: Handler) -> None:
    handler.raw(head("200 OK", X_Long="x" * 500_000, Content_Length="5") + b"hello")


def fault_no_http(handler: Handler) -> None:
    handler.raw(b"220 mail.example ESMTP\r\n\r\n")


def fault_html_for_json(handler: Handler) -> None:
    handler.send(Reply(b"<!doctype html><p>log in", headers={"Content-Type": "text/html"}))


def fault_late(handler: Handler) -> None:
    """The answer itself, after five seconds."""
    time.sleep(LATE)
    handler.send(answer(handler.path, handler.server.base))


LATE = 5.0
"""Seconds after which a late answer comes."""


FAULTS: dict[str, Callable[[Handler], None]] = {
    "drip": fault_drip,
    "late": fault_late,
    "silent": fault_silent,
    "held": fault_held,
    "cut": fault_cut,
    "chunk": fault_chunk,
    "short": fault_short,
    "429": fault_busy,
    "429-long": fault_busy_long,
    "429-date": fault_busy_date,
    "500": fault_error,
    "503": fault_down,
    "bomb": fault_bomb,
    "bad-gzip": fault_bad_gzip,
    "brotli": fault_brotli,
    "large": fault_large,
    "loop": fault_loop,
    "to-topic": redirect("/t/six/1"),
    "to-file": redirect("file:///etc/passwd"),
    "to-script": redirect("javascript:alert(1)"),
    "to-nothing": redirect("http://"),
    "to-broken": redirect("http://[::1/\x7f"),
    "to-loopback": redirect("http://127.0.0.1:9/"),
    "to-spelled": redirect("http://2130706433:9/"),
    "to-private": redirect("http://192.168.0.1/"),
    "to-secret": redirect("http://ann:secret@127.0.0.1:9/"),
    "charset": fault_charset,
    "cyrillic": fault_cyrillic,
    "controls": fault_controls,
    "empty": fault_empty,
    "204": fault_no_content,
    "headers": fault_headers,
    "no-http": fault_no_http,
    "html": fault_html_for_json,
}


@contextmanager
def playing(port: int = 0) -> Iterator[Play]:
    """A server that runs in the background meanwhile."""
    server = Play(port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8123)
    with Play(parser.parse_args().port) as server:
        print(f"export RUMOR_TUI_SITES={server.base}\n")
        more = {**play_linked.ADDRESSES, **play_embeds.ADDRESSES, **play_lists.ADDRESSES}
        for name, path in {**ADDRESSES, **more}.items():
            print(f"rumor-tui '{server.base}{path}'   # {name}")
        print(f"\nFaults: {server.base}/fault/NAME with {', '.join(FAULTS)}.\nCtrl+C ends.", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
