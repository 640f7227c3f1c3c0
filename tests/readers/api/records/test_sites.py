"""Comments of sites: a thread in the forms in which they and people's tools write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.api.records.forms import (
    ABOUT,
    CHAIN,
    NAMES,
    PAIRS,
    TITLE,
    UIDS,
    Form,
    Said,
    check_form,
    each,
    iso,
    nested,
    text_time,
    to,
)


def disqus_posts() -> Form:
    posts = each(
        lambda n, s: {
            "id": str(6000 + n),
            "parent": to(CHAIN[n], lambda p: 6000 + p),
            "author": {
                "username": s.author,
                "name": s.author,
                "isAnonymous": False,
                "joinedAt": iso(0),
                "about": "I write about mills",
                "id": "5",
            },
            "message": f"<p>{s.text}</p>",
            "raw_message": s.text,
            "createdAt": iso(n).removesuffix("Z"),
            "likes": n,
            "points": n,
            "isDeleted": False,
            "isSpam": False,
            "forum": "mills",
            "thread": "900",
            "media": [],
        }
    )
    return Form({"cursor": {"hasNext": False}, "code": 0, "response": posts[::-1]})


def wordpress_rest() -> Form:
    return Form(
        each(
            lambda n, s: {
                "id": 80 + n,
                "post": 12,
                "parent": to(CHAIN[n], lambda p: 80 + p, 0),
                "author": 0,
                "author_name": s.author,
                "author_url": "",
                "date": iso(n).removesuffix("Z"),
                "date_gmt": iso(n).removesuffix("Z"),
                "content": {"rendered": f"<p>{s.text}</p>\n"},
                "link": f"https://example.com/weir/#comment-{n}",
                "status": "approved",
                "type": "comment",
                "author_avatar_urls": {"24": "https://example.com/a"},
                "meta": [],
                "_links": {"self": [{"href": "https://example.com/wp-json/wp/v2/comments/80"}]},
            }
        )[::-1]
    )


def wordpress_table() -> Form:
    rows = each(
        lambda n, s: {
            "comment_ID": str(80 + n),
            "comment_post_ID": "12",
            "comment_author": s.author,
            "comment_author_email": s.author + "@example.org",
            "comment_author_url": "",
            "comment_author_IP": "10.0.0.1",
            "comment_date": text_time(n, "%Y-%m-%d %H:%M:%S"),
            "comment_date_gmt": text_time(n, "%Y-%m-%d %H:%M:%S"),
            "comment_content": s.text,
            "comment_karma": "0",
            "comment_approved": "1",
            "comment_agent": "Mozilla",
            "comment_type": "comment",
            "comment_parent": to(CHAIN[n], lambda p: str(80 + p), "0"),
            "user_id": "0",
        }
    )
    return Form(rows)


def commento() -> Form:
    comments = each(
        lambda n, s: {
            "commentHex": f"abcd{n}ef",
            "domain": "example.com",
            "url": "/weir",
            "commenterHex": "hex" + s.author,
            "markdown": s.text,
            "html": f"<p>{s.text}</p>",
            "parentHex": to(CHAIN[n], lambda p: f"abcd{p}ef", "root"),
            "score": n,
            "state": "approved",
            "creationDate": iso(n),
            "direction": 0,
            "deleted": False,
        }
    )
    commenters = {
        "hex" + name: {
            "commenterHex": "hex" + name,
            "name": name,
            "link": "undefined",
            "photo": "undefined",
            "provider": "commento",
            "joinDate": iso(0),
            "isModerator": False,
        }
        for name in set(NAMES)
    }
    return Form(
        {
            "success": True,
            "domain": "example.com",
            "comments": comments,
            "commenters": commenters,
            "requireModeration": False,
        }
    )


def remark42_flat() -> Form:
    comments = each(
        lambda n, s: {
            "id": f"r{n}-aaaa",
            "pid": to(CHAIN[n], lambda p: f"r{p}-aaaa", ""),
            "text": f"<p>{s.text}</p>\n",
            "orig": s.text,
            "user": {"name": s.author, "id": "github_" + s.author, "picture": "", "admin": False},
            "locator": {"site": "mills", "url": "https://example.com/weir"},
            "score": n,
            "vote": 0,
            "time": iso(n).replace("Z", ".123456789Z"),
            "title": TITLE,
        }
    )
    return Form({"comments": comments, "info": {"url": "https://example.com/weir", "count": 6}}, TITLE)


def remark42_tree() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        comment = {
            "id": f"r{n}-aaaa",
            "pid": to(CHAIN[n], lambda p: f"r{p}-aaaa", ""),
            "text": f"<p>{s.text}</p>",
            "user": {"name": s.author, "id": "x"},
            "locator": {"site": "s", "url": "https://example.com/a"},
            "score": 0,
            "time": iso(n),
        }
        return {"comment": comment, "replies": below}

    return Form({"comments": nested(node), "info": {"url": "https://example.com/a", "count": 6}})


def isso() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "id": n + 1,
            "parent": to(PAIRS[n], lambda p: p + 1),
            "text": f"<p>{s.text}</p>",
            "author": s.author,
            "website": None,
            "created": s.at(n) + 0.5,
            "modified": None,
            "mode": 1,
            "likes": 0,
            "dislikes": 0,
            "hash": "4505",
            "gravatar_image": "https://example.com",
            **({"replies": below, "total_replies": len(below), "hidden_replies": 0} if PAIRS[n] is None else {}),
        }

    return Form(
        {
            "id": None,
            "total_replies": 2,
            "hidden_replies": 0,
            "replies": nested(node, PAIRS),
            "config": {"moderated": False},
        },
        None,
        PAIRS,
    )


def coral() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "cursor": iso(n),
            "node": {
                "id": f"co-{n}",
                "author": {"id": UIDS[s.author], "username": s.author},
                "body": f"<p>{s.text}</p>",
                "createdAt": iso(n),
                "parent": None,
                "status": "NONE",
                "tags": [],
                "replyCount": len(below),
                "replies": {"edges": below, "pageInfo": {"hasNextPage": False, "endCursor": None}},
            },
        }

    story = {
        "id": "s1",
        "url": "https://example.com/weir",
        "metadata": {"title": TITLE, "author": "Ada Mill"},
        "commentCounts": {"totalPublished": 6},
        "comments": {"edges": nested(node), "pageInfo": {"hasNextPage": False}},
    }
    return Form({"data": {"story": story}}, TITLE)


def openweb() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "id": f"sp_{n}_x",
            "root_comment": f"sp_{3 * (n > 2)}_x",
            "parent_id": None,
            "user_id": UIDS[s.author],
            "written_at": s.at(n),
            "time": s.at(n),
            "content": [{"id": "z", "type": "text", "text": s.text}],
            "replies": below,
            "replies_count": len(below),
            "total_replies_count": len(below),
            "rank": {"ranks_up": 1},
            "status": "visible",
            "best_score": 0.5,
        }

    users = {
        uid: {"id": uid, "display_name": name, "user_name": name, "image_id": "x", "registered": True}
        for name, uid in UIDS.items()
    }
    return Form(
        {
            "conversation": {
                "conversation_id": "sp_1",
                "messages_count": 6,
                "comments": nested(node),
                "users": users,
                "extract_data": {"title": TITLE, "url": "https://example.com/weir"},
            }
        },
        TITLE,
    )


def ghost() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "id": f"64f{n}aa",
            "post_id": "p1",
            "member_id": "m",
            "parent_id": to(PAIRS[n], lambda p: f"64f{p}aa"),
            "status": "published",
            "html": f"<p>{s.text}</p>",
            "edited_at": None,
            "created_at": iso(n),
            "member": {
                "id": "m",
                "uuid": "u",
                "name": s.author,
                "expertise": "miller",
                "avatar_image": "https://example.com",
            },
            "replies": below,
            "liked": False,
            "count": {"likes": n, "replies": len(below)},
        }

    return Form(
        {"comments": nested(node, PAIRS), "meta": {"pagination": {"page": 1, "limit": 20, "pages": 1, "total": 2}}},
        None,
        PAIRS,
    )


def hypothesis_search() -> Form:
    def references(n: int) -> list[str]:
        above = CHAIN[n]
        return [] if above is None else [*references(above), f"hyp{above}AAA"]

    rows = each(
        lambda n, s: {
            "id": f"hyp{n}AAA",
            "created": iso(n).replace("Z", ".123456+00:00"),
            "updated": iso(n + 70).replace("Z", ".123456+00:00"),
            "user": f"acct:{s.author}@hypothes.is",
            "uri": "https://example.com/weir",
            "text": s.text,
            "tags": [],
            "group": "__world__",
            "permissions": {"read": ["group:__world__"]},
            **({"references": references(n)} if CHAIN[n] is not None else {}),
            "target": [
                {
                    "source": "https://example.com/weir",
                    "selector": [
                        {"type": "TextQuoteSelector", "exact": "four fish ponds", "prefix": "and ", "suffix": "."}
                    ],
                }
            ],
            "document": {"title": [TITLE]},
            "links": {"html": f"https://hypothes.is/a/{n}"},
            "user_info": {"display_name": None},
            "flagged": False,
        }
    )
    return Form({"total": 6, "rows": rows}, TITLE)


def lemmy() -> Form:
    def path(n: int) -> str:
        above = CHAIN[n]
        return f"{'0' if above is None else path(above)}.{50 + n}"

    return Form(
        {
            "comments": each(
                lambda n, s: {
                    "comment": {
                        "id": 50 + n,
                        "creator_id": 5,
                        "post_id": 9,
                        "content": s.text,
                        "removed": False,
                        "published": iso(n),
                        "deleted": False,
                        "ap_id": f"https://example.com/comment/{n}",
                        "local": True,
                        "path": path(n),
                        "distinguished": False,
                        "language_id": 0,
                    },
                    "creator": {
                        "id": 5,
                        "name": s.author,
                        "banned": False,
                        "published": iso(0),
                        "actor_id": "https://example.com/u/x",
                        "bio": "Mills are my whole life.",
                    },
                    "post": {
                        "id": 9,
                        "name": TITLE,
                        "body": ABOUT,
                        "creator_id": 5,
                        "published": iso(0),
                        "ap_id": "https://example.com/post/9",
                    },
                    "community": {
                        "id": 4,
                        "name": "mills",
                        "title": "Mills of the world",
                        "description": "A place for mills of all kinds.",
                        "published": iso(0),
                    },
                    "counts": {
                        "id": 1,
                        "comment_id": 50 + n,
                        "score": n,
                        "upvotes": n,
                        "downvotes": 0,
                        "published": iso(n),
                        "child_count": 0,
                    },
                    "saved": False,
                }
            )
        },
        TITLE,
        article=ABOUT,
    )


FORMS = (
    disqus_posts,
    wordpress_rest,
    wordpress_table,
    commento,
    remark42_flat,
    remark42_tree,
    isso,
    coral,
    openweb,
    ghost,
    hypothesis_search,
    lemmy,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())
