"""Made threads, as each platform's API tells them; always the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Value = dict[str, Any]

START = 1_299_585_600
NAMES = ("ann", "ben", "cleo", "dora", "emil", "fritz", "gwen")


@dataclass(frozen=True)
class Said:
    """One comment of a made thread: its number from 1, and the number of what it answers (0: the article)."""

    number: int
    parent: int
    author: str
    body: str
    moment: int


def made(count: int) -> list[Said]:
    """A thread of `count` comments, every third of them at the top level, the others below an earlier one."""
    return [
        Said(
            n, 0 if n % 3 == 1 else n - 1 - n % 2 * (n // 5), NAMES[n % 7], f"Comment {n} says {n * 7}.", START + n * 60
        )
        for n in range(1, count + 1)
    ]


def below(thread: list[Said]) -> dict[int, list[Said]]:
    """The replies to each comment, and to the article (0)."""
    found: dict[int, list[Said]] = {}
    for one in thread:
        found.setdefault(one.parent, []).append(one)
    return found


def iso(moment: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


def hn_items(count: int) -> dict[int, Value]:
    """Firebase items by number: the story is 1, comment n is n + 1; every fiftieth is deleted."""
    thread = made(count)
    replies = below(thread)

    def kids(number: int) -> Value:
        found = [one.number + 1 for one in replies.get(number, ())]
        return {"kids": found} if found else {}

    story = {
        "id": 1, "type": "story", "by": "bob", "title": "Six hundred cars", "url": "https://example.com/600",
        "time": START, "score": 99, "descendants": count, **kids(0),
    }  # fmt: skip
    items: dict[int, Value] = {1: story}
    for one in thread:
        item: Value = {"id": one.number + 1, "type": "comment", "parent": one.parent + 1, "time": one.moment}
        item |= {"deleted": True} if one.number % 50 == 0 else {"by": one.author, "text": f"<p>{one.body}"}
        items[one.number + 1] = {**item, **kids(one.number)}
    return items


class Reddit:
    """A thread of which the first answer holds only a part; the rest is behind `more` stubs of three kinds."""

    def __init__(self, count: int) -> None:
        self.thread = made(count)
        self.replies = below(self.thread)
        self.by_name = {self.name(one.number): one for one in self.thread}

    @staticmethod
    def name(number: int) -> str:
        return f"c{number:04d}"

    def full(self, number: int) -> str:
        return f"t1_{self.name(number)}" if number else "t3_abc"

    def comment(self, one: Said, replies: Any = "") -> Value:
        return {
            "kind": "t1",
            "data": {
                "id": self.name(one.number), "name": self.full(one.number), "parent_id": self.full(one.parent),
                "author": one.author, "body": one.body, "created_utc": float(one.moment), "score": one.number,
                "link_id": "t3_abc", "permalink": f"/r/cars/comments/abc/six/{self.name(one.number)}/",
                "replies": replies, "depth": 0,
            },
        }  # fmt: skip

    def more(self, ones: list[Said], parent: int, named: bool = True) -> Value:
        children = [self.name(one.number) for one in ones] if named else []
        return {
            "kind": "more",
            "data": {
                "id": children[0] if children else "_", "name": f"t1_{children[0]}" if children else "t1__",
                "parent_id": self.full(parent), "count": self.size(ones) if named else 0, "children": children,
                "depth": 1,
            },
        }  # fmt: skip

    def size(self, ones: list[Said]) -> int:
        return sum(1 + self.size(self.replies.get(one.number, [])) for one in ones)

    @staticmethod
    def listing(children: list[Value]) -> Value:
        return {"kind": "Listing", "data": {"children": children, "after": None, "before": None}}

    def post(self) -> Value:
        data = {
            "id": "abc", "name": "t3_abc", "title": "Six hundred cars", "author": "bob", "selftext": "How many?",
            "created_utc": float(START), "score": 12, "num_comments": len(self.thread), "subreddit": "cars",
            "permalink": "/r/cars/comments/abc/six/", "url": "https://www.reddit.com/r/cars/comments/abc/six/",
            "is_self": True,
        }  # fmt: skip
        return self.listing([{"kind": "t3", "data": data}])

    def first(self) -> list[Value]:
        """The first 20 roots, each with one reply; below that a stub, with children or with none in turn."""
        roots = self.replies[0]
        children = [self.branch(root) for root in roots[:20]]
        return [self.post(), self.listing([*children, self.more(roots[20:], 0)] if roots[20:] else children)]

    def branch(self, one: Said) -> Value:
        below_it = self.replies.get(one.number, [])
        if not below_it:
            return self.comment(one)
        reply = below_it[0]
        deeper = self.replies.get(reply.number, [])
        stub = [self.more(deeper, reply.number, named=reply.number % 2 == 0)] if deeper else []
        shown = [self.comment(reply, self.listing(stub) if stub else "")]
        rest = [self.more(below_it[1:], one.number)] if below_it[1:] else []
        return self.comment(one, self.listing([*shown, *rest]))

    def morechildren(self, names: list[str]) -> Value:
        """The comments of these names, flat, with a stub for what is below each."""
        things: list[Value] = []
        for one in (self.by_name[name] for name in names if name in self.by_name):
            things.append(self.comment(one))
            if self.replies.get(one.number):
                things.append(self.more(self.replies[one.number], one.number))
        return {"json": {"errors": [], "data": {"things": things}}}

    def continued(self, name: str) -> list[Value]:
        """The comment of this name once more, with all of its replies whole."""
        one = self.by_name[name]
        return [self.post(), self.listing([self.whole(one)])]

    def whole(self, one: Said) -> Value:
        replies = [self.whole(reply) for reply in self.replies.get(one.number, [])]
        return self.comment(one, self.listing(replies) if replies else "")


def discourse_post(one: Said | None) -> Value:
    """A post; None is the first one, comment n has the number n + 1 and the identifier 1000 + n."""
    number = one.number if one else 0
    return {
        "id": 1000 + number, "post_number": number + 1, "username": one.author if one else "bob", "name": None,
        "cooked": f"<p>{one.body if one else 'How many cars?'}</p>", "created_at": iso(one.moment if one else START),
        "reply_to_post_number": one.parent + 1 if one and one.parent else None, "topic_id": 1, "topic_slug": "six",
        "post_type": 1, "actions_summary": [], "score": 1.5,
    }  # fmt: skip


def discourse_topic(count: int) -> Value:
    thread = made(count)
    posts = [discourse_post(None), *map(discourse_post, thread)]
    return {
        "id": 1, "title": "Six hundred cars", "slug": "six", "posts_count": count + 1, "created_at": iso(START),
        "post_stream": {"posts": posts[:20], "stream": [post["id"] for post in posts]},
    }  # fmt: skip


def mastodon_status(one: Said | None) -> Value:
    number = one.number if one else 0
    return {
        "id": str(109_000_000_000_000_001 + number), "content": f"<p>{one.body if one else 'How many cars?'}</p>",
        "created_at": iso(one.moment if one else START), "url": f"https://social.example/@bob/{number}",
        "in_reply_to_id": str(109_000_000_000_000_001 + one.parent) if one else None, "visibility": "public",
        "account": {"id": "1", "username": one.author if one else "bob", "acct": one.author if one else "bob",
                    "display_name": ""},
        "replies_count": 0 if one else 30, "favourites_count": number, "reblogs_count": 0, "spoiler_text": "",
    }  # fmt: skip


def lemmy_comment(one: Said, thread: list[Said]) -> Value:
    path = [one.number]
    while thread[path[0] - 1].parent:
        path.insert(0, thread[path[0] - 1].parent)
    return {
        "comment": {
            "id": one.number, "post_id": 7, "content": one.body, "published": iso(one.moment), "removed": False,
            "deleted": False, "path": ".".join(map(str, [0, *path])), "ap_id": f"https://lemmy.example/comment/{one.number}",
        },
        "creator": {"id": 1, "name": one.author, "actor_id": f"https://lemmy.example/u/{one.author}"},
        "counts": {"score": one.number, "child_count": 0},
    }  # fmt: skip


def lemmy_post(count: int) -> Value:
    return {
        "post": {"id": 7, "name": "Six hundred cars", "body": "How many?", "published": iso(START),
                 "ap_id": "https://lemmy.example/post/7"},
        "creator": {"id": 2, "name": "bob"},
        "community": {"id": 1, "name": "cars"},
        "counts": {"comments": count, "score": 3},
    }  # fmt: skip


def wordpress_comment(one: Said) -> Value:
    return {
        "id": one.number, "post": 5, "parent": one.parent, "author_name": one.author, "date_gmt": iso(one.moment)[:-1],
        "date": iso(one.moment)[:-1], "content": {"rendered": f"<p>{one.body}</p>\n"}, "status": "approved",
        "type": "comment", "link": f"https://blog.example/six/#comment-{one.number}",
    }  # fmt: skip


def wordpress_post() -> Value:
    return {
        "id": 5, "date_gmt": iso(START)[:-1], "date": iso(START)[:-1], "link": "https://blog.example/six/",
        "slug": "six", "type": "post", "title": {"rendered": "Six hundred cars"},
        "content": {"rendered": "<p>How many cars?</p>", "protected": False}, "author": 1,
    }  # fmt: skip


def se_owner(name: str) -> Value:
    return {"display_name": name, "user_id": 1, "user_type": "registered"}


def se_question() -> Value:
    return {
        "question_id": 3, "title": "Six hundred cars?", "body": "<p>How many?</p>", "owner": se_owner("bob"),
        "creation_date": START, "score": 4, "answer_count": 120, "link": "https://stackoverflow.com/questions/3/six",
    }  # fmt: skip


def se_answer(number: int) -> Value:
    return {
        "answer_id": 1000 + number, "question_id": 3, "body": f"<p>Answer {number}.</p>", "is_accepted": number == 1,
        "owner": se_owner(NAMES[number % 7]), "creation_date": START + number, "score": 200 - number,
    }  # fmt: skip


def se_comment(number: int, post: int) -> Value:
    return {
        "comment_id": 5000 + number, "post_id": post, "body": f"Comment {number}.", "score": 0,
        "owner": se_owner(NAMES[number % 7]), "creation_date": START + number, "edited": False,
    }  # fmt: skip


def github_comment(one: Said) -> Value:
    return {
        "id": one.number, "user": {"login": one.author}, "body": one.body, "created_at": iso(one.moment),
        "html_url": f"https://github.com/o/r/issues/9#issuecomment-{one.number}",
        "issue_url": "https://api.github.com/repos/o/r/issues/9", "author_association": "NONE",
    }  # fmt: skip


def github_issue(count: int) -> Value:
    return {
        "id": 77, "number": 9, "title": "Six hundred cars", "user": {"login": "bob"}, "body": "How *many*?",
        "created_at": iso(START), "html_url": "https://github.com/o/r/issues/9", "comments": count, "state": "open",
        "author_association": "OWNER", "comments_url": "https://api.github.com/repos/o/r/issues/9/comments",
    }  # fmt: skip


def bluesky_thread(count: int) -> Value:
    replies = below(made(count))

    def node(number: int, author: str, text: str, moment: int) -> Value:
        return {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": {
                "uri": f"at://did:plc:bob/app.bsky.feed.post/p{number}", "cid": f"cid{number}",
                "author": {"did": f"did:plc:{author}", "handle": f"{author}.example", "displayName": author},
                "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": iso(moment)},
                "replyCount": len(replies.get(number, [])), "likeCount": 1, "indexedAt": iso(moment),
            },
            "replies": [node(one.number, one.author, one.body, one.moment) for one in replies.get(number, [])],
        }  # fmt: skip

    return {"thread": node(0, "bob", "How many cars?", START)}


def lobsters_story(count: int) -> Value:
    thread = made(count)
    replies = below(thread)
    comments: list[Value] = []

    def add(one: Said, depth: int) -> None:
        comments.append({
            "short_id": f"c{one.number}", "created_at": iso(one.moment), "score": 1, "is_deleted": False,
            "comment": f"<p>{one.body}</p>", "comment_plain": one.body, "commenting_user": one.author, "depth": depth,
            "parent_comment": f"c{one.parent}" if one.parent else None, "url": f"https://lobste.rs/c/c{one.number}",
        })  # fmt: skip
        for reply in replies.get(one.number, ()):
            add(reply, depth + 1)

    for root in replies[0]:
        add(root, 0)
    return {
        "short_id": "abc123", "created_at": iso(START), "title": "Six hundred cars", "url": "https://example.com/600",
        "score": 5, "comment_count": count, "description": "", "submitter_user": "bob", "comments": comments,
        "comments_url": "https://lobste.rs/s/abc123/six",
    }  # fmt: skip
