"""Stories about a page elsewhere, and these pages: an article, and what is none."""

from __future__ import annotations

import re
from functools import cache

from tests.sources import threads
from tests.sources.replies import Query, Reply, Route, as_html, as_json

QUOTED = "The plant in Leipzig will build 600 cars a year, and no more than that, says the head of production"
"""A sentence of the article, which comment 700 of the story quotes."""

ARTICLE = f"""<!doctype html><html><head><title>Leipzig builds six hundred cars - The Daily Wheel</title>
<meta property="og:title" content="Leipzig builds six hundred cars"><meta name="author" content="Ada Winter">
<meta property="article:published_time" content="2011-03-08T12:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Leipzig builds six hundred cars</h1><p class="byline">By Ada Winter</p>
<p>{QUOTED}. Dealers had asked for 1,200, and were told that the line has no room for more before the summer.</p>
<p>The figure is lower than what the board announced in January, when 800 cars were spoken of, and it is
final. Nobody at the press office wanted to say how many of them are sold already, or to whom.</p>
<p>In the first year most of the cars go to Germany and to the United States, the rest to fourteen other
countries. A second plant was considered, and given up for want of a paint shop that takes the colour.</p>
</article><footer>The Daily Wheel</footer></body></html>"""

TARGETS = {
    2900: "/linked/article", 2901: "/linked/paper.pdf", 2902: "/linked/film.mp4", 2903: "/linked/members",
    2904: "/missing", 2905: "/linked/empty", 2906: "http://127.0.0.1:9/private", 2907: "/fault/loop?0",
    2908: "/linked/file", 2909: "/fault/500", 2910: "/fault/429-long", 2911: "/fault/bad-gzip", 2912: "/linked/private",
    2913: "http://192.168.0.1/", 2914: "/linked/cut",
}  # fmt: skip
"""What the stories link to, by their numbers; a path is one of the server's own."""

SIZE = 1000


@cache
def _items() -> dict[int, threads.Value]:
    items = threads.hn_items(SIZE)
    items[701] = {**items[701], "text": f"<p>As the article says:<p>&gt; {QUOTED}<p>So much for 800."}
    return items


OFFSET = 100_000
"""Is added to the numbers of the comments below these stories."""


def story(match: re.Match[str], query: Query, base: str) -> Reply:
    """A story with a thousand comments, about one of the targets."""
    target = TARGETS[int(match[1])]
    url = target if "://" in target else base + target
    return as_json({**_shifted(_items()[1]), "id": int(match[1]), "url": url})


def item(match: re.Match[str], query: Query, base: str) -> Reply:
    """A comment below such a story."""
    held = _items().get(int(match[1]) - OFFSET)
    return as_json(held and {**_shifted(held), "id": int(match[1])})


def _shifted(held: threads.Value) -> threads.Value:
    """An item whose replies, and what it replies to, have the numbers that they have below these stories."""
    above = {"parent": held["parent"] + OFFSET} if held.get("parent", 1) != 1 else {}
    return {**held, **above, "kids": [kid + OFFSET for kid in held.get("kids", ())]}


def lobsters_story(match: re.Match[str], query: Query, base: str) -> Reply:
    """A story of which all comments come in one answer; the 700th one quotes the article."""
    told = threads.lobsters_story(SIZE)
    quoting = told["comments"][699]
    quoting["comment"] = f"<p>As the article says:</p><blockquote><p>{QUOTED}.</p></blockquote><p>So much for 800.</p>"
    return as_json({**told, "short_id": "linked", "url": f"{base}/linked/article"})


def article(match: re.Match[str], query: Query, base: str) -> Reply:
    """The article."""
    return as_html(ARTICLE)


def cut_article(match: re.Match[str], query: Query, base: str) -> Reply:
    """The article, of which the end does not come."""
    body = ARTICLE.encode()
    return Reply(body[:-400], headers={"Content-Length": str(len(body)), "Connection": "close"})


def to_login(match: re.Match[str], query: Query, base: str) -> Reply:
    """A page for members sends everybody else to the log-in."""
    return Reply(status=302, headers={"Location": "/login?next=members"})


def login(match: re.Match[str], query: Query, base: str) -> Reply:
    """Where one is to log in."""
    words = "Log in with your name and your password to go on reading what we have for our members today."
    return as_html(f"<title>Log in</title><form><p>{words}</p><input type=password></form>")


def empty(match: re.Match[str], query: Query, base: str) -> Reply:
    """A page that a script would fill."""
    return as_html("<title>App</title><div id=root></div><script src=/app.js></script>")


def pdf(match: re.Match[str], query: Query, base: str) -> Reply:
    """A PDF whose address does not say so."""
    return Reply(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", headers={"Content-Type": "application/pdf"})


def to_private(match: re.Match[str], query: Query, base: str) -> Reply:
    """A page that leads into a private network."""
    return Reply(status=302, headers={"Location": "http://10.0.0.1/"})


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/hn-api/item/(29\d\d)\.json", story),
    (r"/hn-api/item/(1\d{5})\.json", item),
    (r"/lobsters/s/linked\.json", lobsters_story),
    (r"/linked/article", article),
    (r"/linked/cut", cut_article),
    (r"/linked/members", to_login),
    (r"/login", login),
    (r"/linked/empty", empty),
    (r"/linked/file", pdf),
    (r"/linked/private", to_private),
)

ADDRESSES = {
    "a story of a thousand comments": "/lobsters/s/linked/six",
    **{f"a story about {target}": f"/hn/item?id={number}" for number, target in TARGETS.items()},
}
