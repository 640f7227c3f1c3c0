"""Where a page is discussed: the searches of the platforms, which know two pages of this server.

As the real ones do, some look for a part of addresses and find other pages too, some compare the whole address, and
some list the same thread twice.
"""

from __future__ import annotations

import gzip
import re
from typing import Any

from tests.sources import play_lists, play_widgets, threads
from tests.sources.replies import Query, Reply, Route, as_html, as_json, number

PAGES = ("/article", "/linked/article")
"""The pages that are discussed."""

_ARTICLE = """<!doctype html><html><head><title>Six hundred cars</title><link rel="canonical" href="{base}/article">
<meta property="og:url" content="{base}/article?ref=og"></head><body><article><h1>Six hundred cars</h1>
<p>The plant says that it builds six hundred cars a year, and not one more than that, whoever asks for one.</p>
<p>Whether that is true nobody knows: the dealers speak of four hundred, and the mechanics of twice as many.</p>
</article></body></html>"""


def article(match: re.Match[str], query: Query, base: str) -> Reply:
    """A page that is discussed; it names its canonical address."""
    return as_html(_ARTICLE.format(base=base))


def page_in(text: str, base: str) -> str:
    """The discussed page whose address, without its scheme, is the end of a text; empty if there is none."""
    host = base.partition("://")[2]
    end = text.rstrip('/"').removesuffix('" is:issue')
    return next((base + page for page in PAGES if end.endswith(host + page)), "")


def hn_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The search of Hacker News, which also gives the stories of lists."""
    if "query" not in query:
        return play_lists.hn_search(match, query, base)
    assert query["tags"] == ["story"]
    page = page_in(query["query"][0], base)

    def hit(identity: Any, url: str, comments: int, points: int) -> threads.Value:
        return {
            "objectID": identity, "title": "Six hundred cars", "author": "bob", "url": url, "points": points,
            "num_comments": comments, "created_at_i": threads.START, "_tags": ["story"],
        }  # fmt: skip

    hits = [
        hit("1", f"{page}?utm_source=hn", 3, 1), hit("2900", page, 1000, 99), hit("2900", page, 1000, 99),
        hit("77", f"{page}/other", 400, 7), hit("78", f"{page}?id=2", 400, 7), hit("x", page, 1, 1),
        hit("79", "not an address", 1, 1),
    ]  # fmt: skip
    return as_json({"hits": hits if page else [], "nbHits": 7})


def _reddit_post(identity: str, subreddit: str, url: str, comments: int) -> threads.Value:
    return {
        "kind": "t3",
        "data": {
            "id": identity, "title": "Six hundred\ncars", "author": "bob", "created_utc": float(threads.START),
            "url": url, "score": 12, "num_comments": comments, "subreddit": subreddit,
            "permalink": f"/r/{subreddit}/comments/{identity}/six/",
        },
    }  # fmt: skip


def reddit_info(match: re.Match[str], query: Query, base: str) -> Reply:
    """The posts about exactly an address."""
    page = page_in(query["url"][0], base)
    return as_json(threads.Reddit.listing([_reddit_post("abc", "cars", page, 300)] if page else []))


def reddit_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The posts whose addresses have a part."""
    page = page_in(query["q"][0], base)
    posts = [
        _reddit_post("abc", "cars", page, 300),
        _reddit_post("abd", "bmw", f"{page}/?utm_medium=social", 7),
        _reddit_post("abe", "bmw", f"{page}/gallery", 9),
        {"kind": "t5", "data": {"display_name": "cars"}},
    ]
    return as_json(threads.Reddit.listing(posts if page else []))


def lobsters_by_url(match: re.Match[str], query: Query, base: str) -> Reply:
    """The stories about a page."""
    page = page_in(query["url"][0], base)
    story = {**threads.lobsters_story(60), "url": page, "comments": None}
    return as_json([story] if page else [])


def lemmy_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The posts about exactly an address."""
    page = next((base + page for page in PAGES if query["q"] == [base + page]), "")
    view = threads.lemmy_post(120)
    view["post"] |= {"url": page, "ap_id": f"{base}/post/7"}
    view["community"]["actor_id"] = "https://lemmy.example/c/cars"
    hidden = {**view, "post": {**view["post"], "id": 8, "ap_id": "http://192.168.0.1/post/8"}}
    return as_json({"type_": query["type_"][0], "posts": [view, hidden] if page else [], "comments": []})


def bluesky_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The posts that link to a page: as what they embed, in their text, or to another page as well."""
    page = page_in(query["url"][0], base)
    assert query["q"] == ["*"]

    def post(number: int, replies: int, embedded: str, linked: str = "") -> threads.Value:
        facets = [{"features": [{"$type": "app.bsky.richtext.facet#link", "uri": linked}]}] if linked else []
        return {
            "uri": f"at://did:plc:bob/app.bsky.feed.post/p{number}",
            "author": {"did": "did:plc:bob", "handle": "bob.example"},
            "record": {"text": "Six hundred\ncars?", "createdAt": threads.iso(threads.START), "facets": facets},
            "embed": {"external": {"uri": embedded, "title": "Six hundred cars"}} if embedded else None,
            "replyCount": replies, "likeCount": 4,
        }  # fmt: skip

    posts = [
        post(0, 40, f"{page}#top"), post(1, 0, page), post(2, 5, f"{page}/other"),
        post(3, 2, "https://example.org/video", page), {"uri": "at://broken"},
    ]  # fmt: skip
    return as_json({"posts": posts if page else []})


def mastodon_link(match: re.Match[str], query: Query, base: str) -> Reply:
    """The posts that link to a page of which many speak; any other page is unknown."""
    page = page_in(query["url"][0], base)
    if not page:
        return Reply(b'{"error":"Record not found"}', 404)
    post = {**threads.mastodon_status(None), "url": f"{base}/@bob/109000000000000001", "card": {"url": page}}
    return as_json([post, {**post, "replies_count": 0, "url": f"{base}/@bob/109000000000000002"}])


def github_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The issues whose text has an address; a comment system looks for those with a title."""
    if "is:issue" not in query["q"][0]:
        return play_widgets.github_search(match, query, base)
    page = page_in(query["q"][0], base)
    issue = threads.github_issue(250) | {
        "html_url": f"{base}/github/o/r/issues/9", "repository_url": "https://api.github.com/repos/o/r",
        "reactions": {"+1": 6},
    }  # fmt: skip
    return as_json({"total_count": 1, "items": [issue] if page else []})


def se_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The questions in which an address stands; packed, as all answers of this interface."""
    page = page_in(query["url"][0], base)
    question = {**threads.se_question(), "title": "Six hundred &quot;cars&quot;?", "link": f"{base}/se/questions/3/six"}
    value = as_json({"items": [question] if page and query["site"] == ["stackoverflow"] else [], "has_more": False})
    return Reply(gzip.compress(value.body), headers={**value.headers, "Content-Encoding": "gzip"})


def wikipedia_links(match: re.Match[str], query: Query, base: str) -> Reply:
    """The talk pages with a link to addresses that begin so."""
    assert query["eunamespace"] == ["1"]
    page = page_in(query["euquery"][0], base)
    places = [{"ns": 1, "title": "Talk:BMW 1M", "url": page}, {"ns": 1, "title": "Talk:BMW", "url": f"{page}2"}]
    return as_json({"batchcomplete": "", "query": {"exturlusage": places if page else []}})


ANNOTATIONS = 250
"""The annotations of a page: more than one request gives."""
QUOTED = "six hundred cars a year"
"""What the annotations are about."""


def page_annotations(match: re.Match[str], query: Query, base: str) -> Reply:
    """The annotations of a page, from the oldest on; those at the top level quote what they are about."""
    page, start = page_in(query["uri"][0], base), number(query, "offset", 0)
    thread = threads.made(ANNOTATIONS)

    def row(one: threads.Said) -> threads.Value:
        above = [f"n{one.parent}"] if one.parent else []
        quoted = [] if above else [{"type": "TextQuoteSelector", "exact": QUOTED.replace(" ", "\n", 1)}]
        return {
            "id": f"n{one.number}", "created": threads.iso(one.moment).replace("Z", ".123456+00:00"), "uri": page,
            "user": f"acct:{one.author}@hypothes.is", "text": one.body, "group": "__world__", "references": above,
            "target": [{"source": page, "selector": quoted}], "document": {"title": ["Six hundred cars"]},
        }  # fmt: skip

    rows = [row(one) for one in thread[start : start + number(query, "limit", 20)]]
    return as_json({"total": ANNOTATIONS if page else 0, "rows": rows if page else []})


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/article", article),
    (r"/hn-search-api/search", hn_search),
    (r"/reddit/api/info\.json", reddit_info),
    (r"/reddit/search\.json", reddit_search),
    (r"/lobsters/stories/url/all\.json", lobsters_by_url),
    (r"/lemmy-search/api/v3/search", lemmy_search),
    (r"/bluesky-search-api/app\.bsky\.feed\.searchPosts", bluesky_search),
    (r"/mastodon-search/api/v1/timelines/link", mastodon_link),
    (r"/github-api/search/issues", github_search),
    (r"/se-api/search/advanced", se_search),
    (r"/wikipedia-api", wikipedia_links),
    (r"/hypothesis-api/search", page_annotations),
)
"""Patterns of paths, and what answers them."""

SEARCHES = {
    "Hacker News": "/hn-search-api/search",
    "Reddit": "/reddit/search.json",
    "Lobsters": "/lobsters/stories/url/all.json",
    "Bluesky": "/bluesky-search-api/app.bsky.feed.searchPosts",
    "Stack Exchange": "/se-api/search/advanced",
    "GitHub": "/github-api/search/issues",
    "Wikipedia": "/wikipedia-api",
    "Hypothesis": "/hypothesis-api/search",
    "Mastodon": "/mastodon-search/api/v1/timelines/link",
    "Lemmy": "/lemmy-search/api/v3/search",
}
"""The path of each platform's search, for faults."""

ADDRESSES: dict[str, str] = {}
"""What there is to open beyond the pages of the platforms: nothing that is a thread of its own."""
