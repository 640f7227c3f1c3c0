"""Social networks and image boards: a thread in the forms in which they and people's tools write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.api.records.forms import (
    ABOUT,
    CHAIN,
    FLAT,
    NAMES,
    PAIRS,
    SAID,
    START,
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


def twitter_v1() -> Form:
    return Form(
        each(
            lambda n, s: {
                "created_at": text_time(n, "%a %b %d %H:%M:%S +0000 %Y"),
                "id": 1600000000000000000 + n,
                "id_str": str(1600000000000000000 + n),
                "full_text": s.text,
                "truncated": False,
                "entities": {"hashtags": [], "urls": [], "user_mentions": []},
                "source": "<a href='https://example.com'>Web</a>",
                "in_reply_to_status_id": to(CHAIN[n], lambda p: 1600000000000000000 + p),
                "in_reply_to_status_id_str": to(CHAIN[n], lambda p: str(1600000000000000000 + p)),
                "in_reply_to_user_id": None,
                "in_reply_to_screen_name": to(CHAIN[n], lambda p: SAID[p].author),
                "user": {
                    "id": 7,
                    "id_str": "7",
                    "name": s.author.title(),
                    "screen_name": s.author,
                    "description": "Mills and more mills",
                    "created_at": "Mon Nov 29 21:18:15 +0000 2010",
                },
                "retweet_count": 0,
                "favorite_count": n,
                "lang": "en",
            }
        )
    )


def twitter_v2() -> Form:
    data = each(
        lambda n, s: {
            "id": str(170 + n),
            "text": s.text,
            "author_id": UIDS[s.author],
            "created_at": iso(n),
            "conversation_id": "169",
            "edit_history_tweet_ids": [str(170 + n)],
            "public_metrics": {"retweet_count": 0, "reply_count": 0, "like_count": n},
            **(
                {}
                if CHAIN[n] is None
                else {
                    "in_reply_to_user_id": "5",
                    "referenced_tweets": [
                        {"type": "quoted", "id": "99"},
                        {"type": "replied_to", "id": str(170 + (CHAIN[n] or 0))},
                    ],
                }
            ),
        }
    )
    users = [
        {"id": uid, "username": name, "name": name.title(), "description": "I like mills a lot", "created_at": iso(0)}
        for name, uid in UIDS.items()
    ]
    return Form({"data": data, "includes": {"users": users}, "meta": {"result_count": 6, "newest_id": "1"}})


def twitter_archive() -> Form:
    tweets = each(
        lambda n, s: {
            "tweet": {
                "edit_info": {"initial": {"editTweetIds": ["1"]}},
                "retweeted": False,
                "source": "<a>Web</a>",
                "entities": {"hashtags": [], "user_mentions": []},
                "display_text_range": ["0", "40"],
                "favorite_count": "1",
                "id_str": str(300 + n),
                "id": str(300 + n),
                "in_reply_to_status_id": to(CHAIN[n], lambda p: str(300 + p)),
                "in_reply_to_status_id_str": to(CHAIN[n], lambda p: str(300 + p)),
                "created_at": text_time(n, "%a %b %d %H:%M:%S +0000 %Y"),
                "full_text": s.text,
                "lang": "en",
            }
        }
    )
    return Form(b"window.YTD.tweet.part0 = " + json.dumps(tweets).encode(), authors=("",) * 6)


def snscrape_lines() -> Form:
    rows = each(
        lambda n, s: {
            "_type": "snscrape.modules.twitter.Tweet",
            "url": f"https://twitter.com/{s.author}/status/{500000000000 + n}",
            "date": iso(n).replace("Z", "+00:00"),
            "rawContent": s.text,
            "renderedContent": s.text,
            "id": 500000000000 + n,
            "user": {
                "_type": "snscrape.modules.twitter.User",
                "username": s.author,
                "id": 5,
                "displayname": s.author.title(),
                "rawDescription": "All about mills and weirs",
                "created": iso(0),
            },
            "replyCount": 0,
            "likeCount": n,
            "conversationId": 500000000000 + 3 * (n > 2),
            "lang": "en",
            "inReplyToTweetId": to(CHAIN[n], lambda p: 500000000000 + p),
            "inReplyToUser": to(CHAIN[n], lambda p: {"username": SAID[p].author}),
            "quotedTweet": None,
            "mentionedUsers": None,
        }
    )
    return Form(b"\n".join(json.dumps(row).encode() for row in rows), parents=[None, 0, 1, None, 3, 3])


def vichan() -> Form:
    return imageboard('<a onclick="highlightReply(\'{p}\', event);" href="/b/res/700.html#{p}">&gt;&gt;{p}</a><br/>')


def imageboard(quote: str) -> Form:
    opening = {
        "no": 700,
        "sub": TITLE,
        "com": ABOUT,
        "name": "Anonymous",
        "time": START - 60,
        "omitted_posts": 0,
        "replies": 6,
        "images": 1,
        "sticky": 0,
        "locked": 0,
        "resto": 0,
        "tim": "1690",
        "filename": "mill",
        "ext": ".jpg",
        "w": 100,
        "h": 100,
    }
    posts = each(
        lambda n, s: {
            "no": 701 + n,
            "com": (quote.replace("{p}", str(701 + (CHAIN[n] or 0))) if CHAIN[n] is not None else "") + s.text,
            "name": s.author,
            "time": s.at(n),
            "resto": 700,
        }
    )
    return Form({"posts": [opening, *posts]}, TITLE, CHAIN, article=ABOUT, starts=tuple(s.text for s in SAID))


def facebook_graph() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "created_time": iso(n).replace("Z", "+0000"),
            "from": {"name": s.author, "id": "9"},
            "message": s.text,
            "id": f"55_{n}",
            "like_count": n,
            "comment_count": len(below),
            **({"comments": {"data": below, "paging": {"cursors": {"before": "x", "after": "y"}}}} if below else {}),
        }

    post = {
        "id": "1_55",
        "message": ABOUT,
        "created_time": iso(0).replace("Z", "+0000"),
        "from": {"name": "Mill friends", "id": "1"},
        "comments": {"data": nested(node, PAIRS), "paging": {}},
    }
    return Form(post, None, PAIRS, article=ABOUT, byline="Mill friends")


def vk() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        top = (
            {"thread": {"count": len(below), "items": below, "can_post": True, "show_reply_button": True}}
            if PAIRS[n] is None
            else {"reply_to_user": 5, "reply_to_comment": 40 + (PAIRS[n] or 0)}
        )
        return {
            "id": 40 + n,
            "from_id": -7 if s.author == "rolf" else 100 + len(s.author),
            "date": s.at(n),
            "text": s.text,
            "post_id": 33,
            "owner_id": -7,
            "parents_stack": [] if PAIRS[n] is None else [40 + (PAIRS[n] or 0)],
            "likes": {"count": n},
            **top,
        }

    profiles = [
        {"id": 105, "first_name": "Wanda", "last_name": "M"},
        {"id": 104, "first_name": "Piet", "last_name": "L"},
    ]
    groups = [{"id": 7, "name": "Mill friends", "screen_name": "mills", "type": "page"}]
    authors = tuple({"rolf": "Mill friends", "wanda": "Wanda M"}.get(name, "Piet L") for name in NAMES)
    return Form(
        {
            "response": {
                "count": 6,
                "items": nested(node, PAIRS),
                "profiles": profiles,
                "groups": groups,
                "current_level_count": 2,
            }
        },
        None,
        PAIRS,
        authors,
    )


def tiktok() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "cid": f"70{n}",
            "text": s.text,
            "aweme_id": "6",
            "create_time": s.at(n),
            "digg_count": n,
            "status": 1,
            "user": {
                "uid": "5",
                "unique_id": s.author,
                "nickname": s.author.title(),
                "signature": "mills for ever and ever",
            },
            "reply_id": to(PAIRS[n], lambda p: f"70{p}", "0"),
            "reply_to_reply_id": "0",
            "reply_comment": below or None,
            "reply_comment_total": len(below),
            "text_extra": [],
            "label_list": None,
        }

    return Form(
        {
            "status_code": 0,
            "cursor": 2,
            "has_more": 0,
            "total": 2,
            "comments": nested(node, PAIRS),
            "extra": {"now": 1700000000000},
        },
        None,
        PAIRS,
    )


def twitter_timeline_graph() -> Form:
    def tweet(n: int, s: Said) -> dict[str, Any]:
        legacy = {
            "bookmark_count": 0,
            "created_at": text_time(n, "%a %b %d %H:%M:%S +0000 %Y"),
            "conversation_id_str": str(900 + 3 * (n > 2)),
            "full_text": s.text,
            "favorite_count": n,
            "lang": "en",
            "reply_count": 0,
            "user_id_str": "5",
            "id_str": str(900 + n),
            "entities": {"user_mentions": [], "urls": []},
            **(
                {}
                if CHAIN[n] is None
                else {
                    "in_reply_to_status_id_str": str(900 + (CHAIN[n] or 0)),
                    "in_reply_to_screen_name": "x",
                    "in_reply_to_user_id_str": "5",
                }
            ),
        }
        user = {
            "result": {
                "__typename": "User",
                "id": "VX",
                "rest_id": "5",
                "legacy": {
                    "screen_name": s.author,
                    "name": s.author.title(),
                    "description": "All the mills of the world",
                    "created_at": "Mon Nov 29 21:18:15 +0000 2010",
                },
            }
        }
        content = {
            "entryType": "TimelineTimelineItem",
            "itemContent": {
                "itemType": "TimelineTweet",
                "tweet_results": {
                    "result": {
                        "__typename": "Tweet",
                        "rest_id": str(900 + n),
                        "core": {"user_results": user},
                        "legacy": legacy,
                        "views": {"count": "7"},
                    }
                },
            },
        }
        return {"entryId": f"tweet-{900 + n}", "sortIndex": "1", "content": content}

    return Form(
        {
            "data": {
                "threaded_conversation_with_injections_v2": {
                    "instructions": [{"type": "TimelineAddEntries", "entries": each(tweet)}]
                }
            }
        },
        None,
        CHAIN,
    )


def facebook_comments() -> Form:
    rows = each(
        lambda n, s: {
            "timestamp": s.at(n),
            "data": [{"comment": {"timestamp": s.at(n), "comment": s.text, "author": s.author, "group": "Mills"}}],
            "title": f"{s.author} commented on a post.",
        }
    )
    return Form({"comments_v2": rows}, None, FLAT)


def instagram_comments() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        made = {
            "id": f"178{n}",
            "text": s.text,
            "created_at": s.at(n),
            "did_report_as_spam": False,
            "owner": {
                "id": "5",
                "is_verified": False,
                "profile_pic_url": "https://example.com/p.jpg",
                "username": s.author,
            },
            "viewer_has_liked": False,
            "edge_liked_by": {"count": n},
        }
        return {
            "node": made
            | (
                {"edge_threaded_comments": {"count": len(below), "page_info": {"has_next_page": False}, "edges": below}}
                if PAIRS[n] is None
                else {}
            )
        }

    media = {
        "__typename": "GraphImage",
        "id": "9",
        "shortcode": "Cx",
        "edge_media_to_caption": {"edges": [{"node": {"text": ABOUT}}]},
        "owner": {"id": "1", "username": "millfriends"},
        "taken_at_timestamp": START,
        "edge_media_to_parent_comment": {
            "count": 6,
            "page_info": {"has_next_page": False},
            "edges": nested(node, PAIRS),
        },
    }
    notice = (
        "1 text of the source stands in no comment, since their form is unknown: "
        "data.shortcode_media.edge_media_to_caption.edges.node.text (1)."
    )
    return Form({"data": {"shortcode_media": media}}, None, PAIRS, notice=notice)


FORMS = (
    twitter_v1,
    twitter_v2,
    twitter_archive,
    snscrape_lines,
    vichan,
    facebook_graph,
    vk,
    tiktok,
    twitter_timeline_graph,
    facebook_comments,
    instagram_comments,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())
