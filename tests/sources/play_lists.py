"""Front pages of the platforms: lists of a made size, in the pages that each interface gives.

Thread n of a list has the title "Thread n", n * 3 points, n comments, and a link to a page elsewhere, but every third
one is a text of its own. The first of them is the thread that the server plays elsewhere.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from tests.sources.replies import Query, Reply, Route, as_json, cut, number
from tests.sources.threads import NAMES, START, Value, iso

COUNTS = {
    "hn": 75, "lobsters": 60, "reddit": 120, "lemmy": 120, "discourse": 70, "mastodon": 90, "bluesky": 110, "se": 120,
    "github": 250, "feed": 12,
}  # fmt: skip

UNSEARCHED = frozenset({4, 5})
"""Stories of Hacker News that the search does not know yet."""


def title(n: int) -> str:
    return f"Thread {n} says {n * 7}"


def name(n: int) -> str:
    return NAMES[n % 7]


def is_own(n: int) -> bool:
    """Whether thread n is a text, and not a link."""
    return n % 3 == 0


def link(n: int) -> str:
    return f"https://www.example.com/page/{n}"


def moment(n: int) -> int:
    return START - n * 3600


def first(query: Query, key: str) -> str:
    return query.get(key, [""])[0]


def start(query: Query, key: str, prefix: str) -> int:
    """The number of the thread after which a page begins."""
    written = first(query, key).removeprefix(prefix)
    return int(written) if written else 0


# Hacker News: the identifier of thread 1 is 1, that of thread n is 9000 + n.


def hn_identity(n: int) -> int:
    return 1 if n == 1 else 9000 + n


def hn_list(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json([hn_identity(n) for n in range(1, COUNTS["hn"] + 1)])


def hn_item(match: re.Match[str], query: Query, base: str) -> Reply:
    n = int(match[1])
    where: Value = {"text": f"<p>Text {n}."} if is_own(n) else {"url": link(n)}
    written = title(n).replace(" says", " &gt; says" if n in UNSEARCHED else " says")
    value = {
        "id": hn_identity(n), "type": "story", "by": name(n), "title": written,
        "time": moment(n), "score": n * 3, "descendants": n, **where,
    }  # fmt: skip
    return as_json(value)


def hn_search(match: re.Match[str], query: Query, base: str) -> Reply:
    """The stories of the tags, without those that the search does not know, and in an order of its own."""
    wanted = {int(identity) for identity in re.findall(r"story_(\d+)", first(query, "tags"))}
    threads = [n for n in range(1, COUNTS["hn"] + 1) if hn_identity(n) in wanted and n not in UNSEARCHED]
    return as_json({"hits": [hn_hit(n) for n in reversed(threads)], "nbHits": len(threads), "page": 0, "nbPages": 1})


def hn_hit(n: int) -> Value:
    where: Value = {"url": None, "story_text": f"<p>Text {n}."} if is_own(n) else {"url": link(n)}
    return {
        "objectID": str(hn_identity(n)), "title": title(n), "author": name(n), "points": n * 3, "num_comments": n,
        "created_at_i": moment(n), "_tags": ["story"], **where,
    }  # fmt: skip


# The others.


def lobsters(match: re.Match[str], query: Query, base: str) -> Reply:
    at = (int(match["page"] or 1) - 1) * 25
    threads = range(1, COUNTS["lobsters"] + 1)[at : at + 25]
    return as_json([lobsters_story(n) for n in threads])


def lobsters_story(n: int) -> Value:
    identity = "abc123" if n == 1 else f"s{n}"
    return {
        "short_id": identity, "short_id_url": f"https://lobste.rs/s/{identity}", "created_at": iso(moment(n)),
        "title": title(n), "url": "" if is_own(n) else link(n), "score": n * 3, "flags": 0, "comment_count": n,
        "description": f"<p>Text {n}.</p>" if is_own(n) else "", "submitter_user": name(n), "tags": ["cars"],
        "comments_url": f"https://lobste.rs/s/{identity}/{n}",
    }  # fmt: skip


def reddit(match: re.Match[str], query: Query, base: str) -> Reply:
    at, size = start(query, "after", "t3_p"), number(query, "limit", 25)
    threads = range(1, COUNTS["reddit"] + 1)[at : at + size]
    after = f"t3_p{at + size}" if at + size < COUNTS["reddit"] else None
    children = [{"kind": "t3", "data": reddit_post(n, match["name"])} for n in threads]
    return as_json({"kind": "Listing", "data": {"after": after, "before": None, "children": children}})


def reddit_post(n: int, community: str) -> Value:
    identity = "abc" if n == 1 else f"p{n}"
    page = f"/r/{community}/comments/{identity}/six/"
    return {
        "id": identity, "name": f"t3_{identity}", "title": title(n), "author": name(n), "created_utc": float(moment(n)),
        "score": n * 3, "num_comments": n, "subreddit": community, "permalink": page, "is_self": is_own(n),
        "selftext": f"Text *{n}*." if is_own(n) else "",
        "url": f"https://www.reddit.com{page}" if is_own(n) else link(n),
    }  # fmt: skip


def lemmy(match: re.Match[str], query: Query, base: str) -> Reply:
    """A server of version 0.19, unless the community is `old`: then the pages are counted."""
    size, community = number(query, "limit", 10), first(query, "community_name")
    old = community == "old"
    if community.startswith("none"):
        return Reply(b'{"error":"couldnt_find_community"}', 404)
    at = (number(query, "page") - 1) * size if old or "page_cursor" not in query else start(query, "page_cursor", "P")
    threads = range(1, COUNTS["lemmy"] + 1)[at : at + size]
    more = {"next_page": f"P{at + size}"} if at + size < COUNTS["lemmy"] and not old else {}
    return as_json({"posts": [lemmy_post(n, community) for n in threads], **more})


def lemmy_post(n: int, community: str) -> Value:
    text = {"body": f"Text *{n}*."} if is_own(n) else {"url": link(n)}
    return {
        "post": {"id": 7 if n == 1 else 900 + n, "name": title(n), "published": iso(moment(n)), **text},
        "creator": {"id": 1, "name": name(n)}, "community": {"id": 1, "name": community},
        "counts": {"comments": n, "score": n * 3},
    }  # fmt: skip


def discourse(match: re.Match[str], query: Query, base: str) -> Reply:
    at = number(query, "page", 0) * 30
    threads = range(1, COUNTS["discourse"] + 1)[at : at + 30]
    more = {"more_topics_url": f"{match['path']}?page={at // 30 + 1}"} if at + 30 < COUNTS["discourse"] else {}
    users = [{"id": place, "username": user, "name": ""} for place, user in enumerate(NAMES)]
    return as_json({"users": users, "topic_list": {"per_page": 30, "topics": [*map(discourse_topic, threads)], **more}})


def discourse_topic(n: int) -> Value:
    where = {"excerpt": f"Text {n}&hellip;"} if is_own(n) else {"featured_link": link(n)}
    return {
        "id": n, "title": title(n), "slug": "six", "posts_count": n + 1, "reply_count": 0, "created_at": iso(moment(n)),
        "like_count": n * 3, "posters": [{"extras": None, "description": "Original Poster", "user_id": n % 7}], **where,
    }  # fmt: skip


def mastodon(match: re.Match[str], query: Query, base: str) -> Reply:
    """Statuses with a hashtag; the server keeps the hashtag `members` for those who are logged in."""
    if match["tag"] == "members":
        return Reply(b'{"error":"This method requires an authenticated user"}', 422)
    at, size = start(query, "max_id", "1090000000000000"), number(query, "limit", 20)
    threads = range(1, COUNTS["mastodon"] + 1)[at : at + size]
    return as_json([mastodon_status(n) for n in threads])


def mastodon_status(n: int) -> Value:
    return {
        "id": f"109{n:015}", "content": f"<p>{title(n)}</p>", "created_at": iso(moment(n)), "replies_count": n,
        "favourites_count": n * 3, "spoiler_text": "", "account": {"id": "1", "username": name(n), "acct": name(n)},
        "card": None if is_own(n) else {"url": link(n), "title": "A page"},
    }  # fmt: skip


def bluesky(match: re.Match[str], query: Query, base: str) -> Reply:
    """A search, which is closed for the hashtag `members`."""
    if first(query, "q") == "#members":
        return Reply(b'{"error":"AuthMissing","message":"Authentication Required"}', 403)
    at, size = start(query, "cursor", ""), number(query, "limit", 25)
    threads = range(1, COUNTS["bluesky"] + 1)[at : at + size]
    more = {"cursor": str(at + size)} if at + size < COUNTS["bluesky"] else {}
    return as_json({"posts": [bluesky_post(n) for n in threads], **more})


def bluesky_post(n: int) -> Value:
    embed: Value = {} if is_own(n) else {
        "embed": {"$type": "app.bsky.embed.external#view", "external": {"uri": link(n), "title": "A page"}}
    }  # fmt: skip
    return {
        "uri": f"at://did:plc:{name(n)}/app.bsky.feed.post/p{n}", "cid": f"c{n}", "replyCount": n, "likeCount": n * 3,
        "author": {"did": f"did:plc:{name(n)}", "handle": f"{name(n)}.example"}, "indexedAt": iso(moment(n)),
        "record": {"$type": "app.bsky.feed.post", "text": title(n), "createdAt": iso(moment(n))}, **embed,
    }  # fmt: skip


def se(match: re.Match[str], query: Query, base: str) -> Reply:
    size, at = number(query, "pagesize", 30), number(query, "page")
    found = cut([*map(se_question, range(1, COUNTS["se"] + 1))], query, size)
    return as_json({"items": found, "has_more": at * size < COUNTS["se"], "quota_max": 300, "quota_remaining": 299})


def se_question(n: int) -> Value:
    return {
        "question_id": 3 if n == 1 else 900 + n, "title": f"{title(n)} &amp; more", "creation_date": moment(n),
        "owner": {"display_name": name(n)}, "score": n * 3, "answer_count": n, "body": f"<p>Text {n}.</p>",
    }  # fmt: skip


def github(match: re.Match[str], query: Query, base: str) -> Reply:
    """Issues and pull requests, every fourth of which is one of the latter."""
    size, at = number(query, "per_page", 30), number(query, "page")
    found = cut([*map(github_issue, range(1, COUNTS["github"] + 1))], query, size)
    more = {"Link": f'<{base}{match[0]}?page={at + 1}>; rel="next"'} if at * size < COUNTS["github"] else {}
    return as_json(found, **more)


def github_issue(n: int) -> Value:
    pull: Value = {"pull_request": {"url": "https://api.github.com/"}} if n % 4 == 0 else {}
    return {
        "id": n, "number": 9 if n == 1 else 1000 + n, "title": title(n), "user": {"login": name(n)}, "comments": n,
        "body": f"Text *{n}*.", "created_at": iso(moment(n)), "reactions": {"total_count": n * 4, "+1": n * 3}, **pull,
    }  # fmt: skip


ITEM = """<item><title>{title}</title><link>{link}</link><comments>{base}/hn/item?id=1</comments>
<slash:comments>{n}</slash:comments><description>Text {n}.</description><guid>{link}</guid></item>"""


def feed(match: re.Match[str], query: Query, base: str) -> Reply:
    items = "".join(ITEM.format(title=title(n), link=link(n), base=base, n=n) for n in range(1, COUNTS["feed"] + 1))
    head = '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>The feed</title>'
    return Reply(f"{head}{items}</channel></rss>".encode(), headers={"Content-Type": "application/rss+xml"})


def hostile(match: re.Match[str], query: Query, base: str) -> Reply:
    """Stories of the wrong types, with addresses of this machine and escape sequences."""
    stories: list[Any] = [
        None, 7, {}, {"short_id": ["x"], "title": {"x": 1}, "score": "many", "comment_count": -2.5},
        {"short_id": "../../../etc", "title": "a\x1b]0;owned\x07b", "url": "javascript:alert(1)", "submitter_user": 9},
        {"short_id": "in", "title": "Inside", "url": "http://127.0.0.1:9/secret", "created_at": "1e99"},
        {"short_id": "name", "title": "x" * 5000, "url": "http://ann:pw@example.com/",
         "submitter_user": {"username": "ann"}},
    ]  # fmt: skip
    return as_json(stories)


PATHS = r"/(?:latest|top|hot)|/c/[\w/-]+"

ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/hn-api/(?:top|new|best|ask|show|job)stories\.json", hn_list),
    (r"/hn-api/item/90(\d\d)\.json", hn_item),
    (r"/hn-search-api/search", hn_search),
    (r"/lobsters/t/hostile\.json", hostile),
    (r"/lobsters(?:/(?:hottest|newest|active|recent|t/\w+))?(?:/page/(?P<page>\d+))?\.json", lobsters),
    (r"/reddit/r/(?P<name>[\w+]+)/\w+\.json", reddit),
    (r"/api/v3/post/list", lemmy),
    (rf"(?P<path>{PATHS})\.json", discourse),
    (r"/api/v1/timelines/tag/(?P<tag>\w+)", mastodon),
    (r"/se-api/questions", se),
    (r"/github-api/repos/o/r/issues", github),
    (r"/feed\.xml", feed),
)
"""Patterns of paths, and what answers them."""

LISTS = {
    "Hacker News": "/hn/",
    "Lobsters": "/lobsters/",
    "Reddit": "/reddit/r/cars/",
    "Lemmy": "/c/cars",
    "Discourse": "/latest",
    "Mastodon": f"/tags/{quote('cars')}",
    "Bluesky": "/bluesky/hashtag/cars",
    "Stack Exchange": "/se/questions/tagged/cars",
    "GitHub": "/github/o/r/issues",
}
"""By the name of a platform, the path of a list."""

ADDRESSES: dict[str, str] = {}
"""What there is to open: a name, and its path."""
