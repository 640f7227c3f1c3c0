"""Videos: a thread in the forms in which they and people's tools write it."""

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
    START,
    TITLE,
    Form,
    Said,
    check_form,
    each,
    iso,
    nested,
    to,
)


def yt_id(place: int) -> str:
    return f"Ugw{place}xyzABC"


def youtube_comments() -> Form:
    threads = nested(
        lambda n, s, below: (
            {
                "kind": "youtube#commentThread",
                "etag": "x",
                "id": yt_id(n),
                "snippet": {
                    "channelId": "UC1",
                    "videoId": "v1",
                    "topLevelComment": youtube_comment(n, s),
                    "canReply": True,
                    "totalReplyCount": len(below),
                    "isPublic": True,
                },
                **({"replies": {"comments": below}} if below else {}),
            }
            if CHAIN[n] is None
            else youtube_comment(n, s)
        ),
        PAIRS,
    )
    return Form(
        {"kind": "youtube#commentThreadListResponse", "pageInfo": {"totalResults": 2}, "items": threads},
        None,
        PAIRS,
        tuple("@" + name for name in NAMES),
    )


def youtube_comment(n: int, s: Said) -> dict[str, Any]:
    return {
        "kind": "youtube#comment",
        "etag": "y",
        "id": yt_id(n),
        "snippet": {
            "textDisplay": s.text,
            "textOriginal": s.text,
            "authorDisplayName": "@" + s.author,
            "authorProfileImageUrl": "https://example.com/a.jpg",
            "authorChannelUrl": "http://www.youtube.com/@x",
            "authorChannelId": {"value": "UC" + s.author},
            "canRate": True,
            "viewerRating": "none",
            "likeCount": n,
            "publishedAt": iso(n),
            "updatedAt": iso(n + 90),
        },
    }


def yt_dlp() -> Form:
    comments = each(
        lambda n, s: {
            "id": yt_id(n),
            "text": s.text,
            "like_count": n,
            "author_id": "UC" + s.author,
            "author": "@" + s.author,
            "author_thumbnail": "https://example.com/x.jpg",
            "parent": to(PAIRS[n], yt_id, "root"),
            "_time_text": "2 years ago",
            "timestamp": s.at(n),
            "author_url": "https://www.youtube.com/@" + s.author,
            "author_is_uploader": False,
            "is_favorited": False,
        }
    )
    video = {
        "id": "v1",
        "title": TITLE,
        "description": ABOUT,
        "uploader": "Mill films",
        "uploader_id": "@millfilms",
        "channel": "Mill films",
        "channel_id": "UC9",
        "timestamp": START - 5,
        "upload_date": "20230722",
        "duration": 100,
        "formats": [{"format_id": "18", "url": "https://example.com/v", "format_note": "360p"}],
        "comment_count": 6,
        "thumbnails": [{"url": "https://example.com/t.jpg", "id": "0"}],
        "tags": ["mill"],
        "webpage_url": "https://example.com/w",
        "comments": comments,
        "extractor": "youtube",
    }
    return Form(video, TITLE, PAIRS, tuple("@" + name for name in NAMES), ABOUT, "Mill films")


def youtube_comment_downloader_lines() -> Form:
    rows = each(
        lambda n, s: {
            "cid": yt_id(n) if PAIRS[n] is None else f"{yt_id(PAIRS[n] or 0)}.{yt_id(n)}",
            "text": s.text,
            "time": "2 years ago (edited)",
            "author": "@" + s.author,
            "channel": "UC" + s.author,
            "votes": "12",
            "replies": "",
            "photo": "https://example.com/p.jpg",
            "heart": False,
            "reply": PAIRS[n] is not None,
            "time_parsed": s.at(n) + 0.25,
        }
    )
    return Form(b"\n".join(json.dumps(row).encode() for row in rows), None, PAIRS, tuple("@" + name for name in NAMES))


def bilibili() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "rpid": 9000 + n,
            "oid": 5,
            "mid": 77,
            "root": 0 if CHAIN[n] is None else 9000 + (PAIRS[n] or 0),
            "parent": to(CHAIN[n], lambda p: 9000 + p, 0),
            "dialog": 0,
            "count": len(below),
            "rcount": len(below),
            "ctime": s.at(n),
            "rpid_str": str(9000 + n),
            "like": n,
            "member": {
                "mid": "77",
                "uname": s.author,
                "sex": "x",
                "sign": "I love the sound of mills",
                "level_info": {"current_level": 5},
            },
            "content": {"message": s.text, "members": [], "emote": {}},
            "replies": below or None,
            "reply_control": {"time_desc": "1天前发布"},
        }

    tree = nested(node, PAIRS)
    return Form(
        {
            "code": 0,
            "message": "0",
            "ttl": 1,
            "data": {
                "page": {"num": 1, "size": 20, "count": 2, "acount": 6},
                "replies": tree,
                "hots": [tree[0]],
                "upper": {"mid": 1, "top": None},
            },
        }
    )


def peertube_threads() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "comment": {
                "id": 10 + n,
                "url": f"https://example.com/{n}",
                "text": s.text,
                "threadId": 10 + (PAIRS[n] or n),
                "inReplyToCommentId": to(CHAIN[n], lambda p: 10 + p),
                "videoId": 5,
                "createdAt": iso(n),
                "updatedAt": iso(n),
                "deletedAt": None,
                "isDeleted": False,
                "totalReplies": 0,
                "account": {
                    "id": 1,
                    "name": s.author,
                    "displayName": s.author.title(),
                    "host": "example.com",
                    "description": "All the mills of the north",
                },
            },
            "children": below,
        }

    return Form(nested(node))


def peertube_list() -> Form:
    return Form(
        {
            "total": 6,
            "totalNotDeletedComments": 6,
            "data": each(
                lambda n, s: {
                    "id": 10 + n,
                    "url": f"https://example.com/{n}",
                    "text": s.text,
                    "threadId": 10 + n,
                    "inReplyToCommentId": None,
                    "videoId": 5,
                    "createdAt": iso(n),
                    "isDeleted": False,
                    "totalReplies": 0,
                    "account": {"id": 1, "name": s.author, "displayName": s.author.title(), "host": "example.com"},
                }
            ),
        },
        None,
        FLAT,
    )


def youtube_csv() -> Form:
    rows = ["Name,Comment,Time,Likes,Reply Count", *each(lambda n, s: f'@{s.author},"{s.text}",{iso(n)},{n},0')]
    return Form("\ufeff".encode() + "\n".join(rows).encode(), None, FLAT, tuple("@" + name for name in NAMES))


FORMS = (
    youtube_comments,
    yt_dlp,
    youtube_comment_downloader_lines,
    bilibili,
    peertube_threads,
    peertube_list,
    youtube_csv,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())
