"""Small answers of every kind that is read, made for the tests in the styles of the sites' interfaces."""

from __future__ import annotations

import json
from typing import Any

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint

HINT = Hint("answer.json")
TIME = 1_500_000_000
DATE = "2017-07-14T02:40:00Z"
"""The same moment."""


def opened(value: object, name: str = "answer.json") -> Thread | Listing:
    """What the readers make of a JSON value."""
    return readers.read_source(json.dumps(value).encode(), Hint(name))


def thread(value: object, name: str = "answer.json") -> Thread:
    """The same, which is one thread."""
    content = opened(value, name)
    assert isinstance(content, Thread), content
    return content


def listing(value: object, name: str = "answer.json") -> Listing:
    """The same, which is several."""
    content = opened(value, name)
    assert isinstance(content, Listing), content
    return content


def lines(*values: object) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def item(number: int, parent: int | None = None, *kids: int, **fields: Any) -> dict[str, Any]:
    """An item of Hacker News: a story where it has no parent."""
    made: dict[str, Any] = {"id": number, "by": f"user{number}", "time": TIME + number, "kids": list(kids)}
    if parent is None:
        return made | {"type": "story", "title": f"Story {number}", "url": "https://example.com/", "score": 7} | fields
    return made | {"type": "comment", "parent": parent, "text": f"<p>text {number}"} | fields


def t1(name: str, parent: str, *replies: Any, **fields: Any) -> dict[str, Any]:
    """A comment of Reddit."""
    below = {"kind": "Listing", "data": {"children": list(replies)}} if replies else ""
    data = {
        "id": name,
        "name": f"t1_{name}",
        "parent_id": parent,
        "link_id": "t3_post",
        "author": f"user_{name}",
        "body": f"text *{name}*",
        "score": 5,
        "created_utc": float(TIME),
        "permalink": f"/r/test/comments/post/title/{name}/",
        "replies": below,
    }
    return {"kind": "t1", "data": data | fields}


def t3(name: str = "post", **fields: Any) -> dict[str, Any]:
    """A post of Reddit."""
    data = {
        "id": name,
        "name": f"t3_{name}",
        "title": f"Title of {name}",
        "author": "op",
        "selftext": "The *post*.",
        "url": f"https://www.reddit.com/r/test/comments/{name}/title/",
        "permalink": f"/r/test/comments/{name}/title/",
        "score": 50,
        "num_comments": 4,
        "created_utc": float(TIME),
        "subreddit": "test",
    }
    return {"kind": "t3", "data": data | fields}


def more(parent: str, count: int, *children: str) -> dict[str, Any]:
    """A stub of Reddit."""
    data = {"count": count, "parent_id": parent, "children": list(children), "name": "t1_x", "id": "x"}
    return {"kind": "more", "data": data}


def things(*children: Any) -> dict[str, Any]:
    """A listing of Reddit."""
    return {"kind": "Listing", "data": {"children": list(children), "after": None}}


def post(number: int, to: int | None = None, **fields: Any) -> dict[str, Any]:
    """A post of Discourse."""
    made: dict[str, Any] = {
        "id": 1000 + number,
        "post_number": number,
        "reply_to_post_number": to,
        "username": f"user{number}",
        "name": f"User {number}",
        "cooked": f"<p>text {number}</p>",
        "created_at": DATE,
        "topic_id": 77,
        "topic_slug": "a-topic",
        "post_type": 1,
        "score": 8.65,
        "actions_summary": [{"id": 2, "count": number}],
    }
    return made | fields


def topic(*posts: dict[str, Any], stream: tuple[int, ...] = ()) -> dict[str, Any]:
    """A topic of Discourse."""
    ids = list(stream) or [item["id"] for item in posts]
    return {
        "id": 77,
        "title": "A topic & more",
        "slug": "a-topic",
        "post_stream": {"posts": list(posts), "stream": ids},
    }


def wp(number: int, parent: int = 0, **fields: Any) -> dict[str, Any]:
    """A comment of WordPress."""
    made: dict[str, Any] = {
        "id": number,
        "post": 60,
        "parent": parent,
        "author": 0,
        "author_name": f"user{number}",
        "date": "2017-07-14T04:40:00",
        "date_gmt": f"2017-07-14T02:40:{number:02}",
        "content": {"rendered": f"<p>text {number}</p>\n"},
        "link": f"https://example.com/page/#comment-{number}",
        "status": "approved",
        "type": "comment",
    }
    return made | fields


WP_POST = {
    "id": 60,
    "slug": "page",
    "title": {"rendered": "It&#8217;s a <em>page</em>"},
    "content": {"rendered": "<p>The page.</p>"},
    "link": "https://example.com/page/",
    "date_gmt": "2017-07-14T02:40:00",
}


def lobster(name: str, parent: str | None = None, depth: int | None = None, **fields: Any) -> dict[str, Any]:
    """A comment of Lobsters in its newer form."""
    made: dict[str, Any] = {
        "short_id": name,
        "short_id_url": f"https://lobste.rs/c/{name}",
        "created_at": "2017-07-13T21:40:00.000-05:00",
        "is_deleted": False,
        "is_moderated": False,
        "score": 3,
        "comment": f"<p>text {name}</p>\n",
        "comment_plain": f"text {name}",
        "commenting_user": f"user_{name}",
        "url": f"https://lobste.rs/s/story/title#c_{name}",
    }
    return made | ({} if depth is None else {"depth": depth}) | {"parent_comment": parent} | fields


def lobsters(*comments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A story of Lobsters."""
    made: dict[str, Any] = {
        "short_id": "story",
        "title": "A story",
        "url": "https://example.com/",
        "description": "<p>About it.</p>",
        "created_at": DATE,
        "score": 9,
        "comment_count": len(comments),
        "comments_url": "https://lobste.rs/s/story/title",
        "submitter_user": "op",
    }
    return made | {"comments": list(comments)} | fields


def lemmy(number: int, path: str, post: int = 1, **fields: Any) -> dict[str, Any]:
    """A comment view of Lemmy."""
    comment = {
        "id": number,
        "post_id": post,
        "content": f"text *{number}*",
        "published": DATE,
        "path": path,
        "ap_id": f"https://lemmy.example/comment/{number}",
        "deleted": False,
        "removed": False,
    }
    return {
        "comment": comment | fields,
        "creator": {"id": 1, "name": f"user{number}"},
        "post": {
            "id": post,
            "name": f"Post {post}",
            "body": "The *post*.",
            "ap_id": f"https://lemmy.example/post/{post}",
        },
        "counts": {"score": number, "comment_id": number},
    }


def issue_comment(number: int, **fields: Any) -> dict[str, Any]:
    """A comment of GitHub."""
    made: dict[str, Any] = {
        "id": number,
        "user": {"login": f"user{number}"},
        "body": f"text *{number}*",
        "created_at": DATE,
        "author_association": "NONE",
        "html_url": f"https://github.com/o/r/issues/1#issuecomment-{number}",
        "issue_url": "https://api.github.com/repos/o/r/issues/1",
        "reactions": {"total_count": 3, "+1": 2},
    }
    return made | fields


ISSUE = {
    "number": 1,
    "title": "It <breaks>",
    "user": {"login": "op"},
    "body": "Look:\n\n- here",
    "created_at": DATE,
    "html_url": "https://github.com/o/r/issues/1",
    "comments": 2,
    "author_association": "OWNER",
}


def disqus(number: int, parent: int | None = None, **fields: Any) -> dict[str, Any]:
    """A post of Disqus."""
    made: dict[str, Any] = {
        "id": str(number),
        "parent": parent,
        "author": {"name": f"user{number}"},
        "message": f"<p>text {number}</p>",
        "raw_message": f"text {number}",
        "createdAt": f"2017-07-14T02:40:{number:02}",
        "points": number,
        "isDeleted": False,
        "thread": "9",
        "forum": "f",
    }
    return made | fields


def status(number: int, to: int | None = None, **fields: Any) -> dict[str, Any]:
    """A status of Mastodon."""
    made: dict[str, Any] = {
        "id": str(number),
        "in_reply_to_id": None if to is None else str(to),
        "created_at": DATE,
        "content": f"<p>text {number}</p>",
        "account": {"acct": f"user{number}@example.com", "username": f"user{number}"},
        "url": f"https://example.com/@user{number}/{number}",
        "favourites_count": number,
        "spoiler_text": "",
        "media_attachments": [],
    }
    return made | fields


def sky(name: str, *replies: Any, **fields: Any) -> dict[str, Any]:
    """A post of Bluesky with what answers it."""
    made: dict[str, Any] = {
        "uri": f"at://did:plc:{name}/app.bsky.feed.post/{name}",
        "author": {"did": f"did:plc:{name}", "handle": f"{name}.example.com"},
        "record": {"text": f"text {name}", "createdAt": DATE} | fields.pop("record", {}),
        "likeCount": 4,
        "replyCount": len(replies),
    }
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": made, "replies": list(replies)} | fields


def gone(kind: str, *replies: Any) -> dict[str, Any]:
    """A post of Bluesky that is not there: `notFound` or `blocked`."""
    return {"uri": "at://did:plc:x/app.bsky.feed.post/x", kind: True} | ({"replies": list(replies)} if replies else {})


def answer(number: int, *comments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An answer of Stack Exchange."""
    made: dict[str, Any] = {
        "answer_id": number,
        "question_id": 1,
        "owner": {"display_name": f"O&#39;user{number}"},
        "body": f"<p>text {number}</p>",
        "creation_date": TIME,
        "score": number,
        "link": f"https://stackoverflow.com/a/{number}",
    }
    return made | {"comments": list(comments)} | fields


def remark(number: int, to: int, **fields: Any) -> dict[str, Any]:
    """A comment of Stack Exchange."""
    made: dict[str, Any] = {
        "comment_id": number,
        "post_id": to,
        "owner": {"display_name": f"user{number}"},
        "creation_date": TIME,
    }
    return made | {"body": f"text {number}", "score": 0} | fields


def question(number: int, *parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A question of Stack Exchange with its answers and comments."""
    made: dict[str, Any] = {
        "question_id": number,
        "title": "Why &lt;this&gt;?",
        "owner": {"display_name": "op"},
        "body": "<p>The question.</p>",
        "creation_date": TIME,
        "score": 12,
        "link": f"https://stackoverflow.com/q/{number}",
        "answer_count": 1,
    }
    answers = [part for part in parts if "answer_id" in part]
    comments = [part for part in parts if "comment_id" in part]
    return made | {"answers": answers, "comments": comments} | fields


ANSWERS: dict[str, Any] = {
    "firebase": [item(1, None, 2, 3), item(2, 1, 4), item(3, 1), item(4, 2)],
    "reddit": [things(t3()), things(t1("a", "t3_post", t1("b", "t1_a")), more("t3_post", 9, "c", "d"))],
    "reddit dump": [t1("a", "t3_post")["data"], t1("b", "t1_a")["data"]],
    "discourse": topic(post(1), post(2), post(3, 2), stream=(1001, 1002, 1003, 1004)),
    "wordpress": {"post": WP_POST, "comments": [wp(3, 2), wp(2)]},
    "lobsters": lobsters(lobster("a"), lobster("b", "a")),
    "lemmy": {"post_view": {"post": {"name": "P", "id": 1}}, "comments": [lemmy(5, "0.5"), lemmy(6, "0.5.6")]},
    "github": {"issue": ISSUE, "comments": [issue_comment(1), issue_comment(2)]},
    "disqus": {"thread": {"title": "T", "link": "https://example.com/"}, "response": [disqus(2, 1), disqus(1)]},
    "mastodon": {"status": status(1), "context": {"ancestors": [], "descendants": [status(2, 1), status(3, 2)]}},
    "bluesky": {"thread": sky("a", sky("b", sky("c")), gone("blocked"))},
    "stack exchange": {"items": [question(1, answer(2, remark(3, 2)), remark(4, 1))]},
    "records": {"title": "T", "comments": [{"id": 1, "user": "ann", "text": "a"}, {"id": 2, "user": "b", "text": "b"}]},
    "nested records": [{"author": "ann", "text": "a", "replies": [{"author": "ben", "text": "b"}]}],
}
"""One answer of each kind."""
