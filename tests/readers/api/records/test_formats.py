"""One small thread in the forms in which sites, their interfaces and people's tools write it.

The texts are made here; the fields are those of the formats' documentation. Each form has six comments (or fewer, where
it says so) by the same people, three of them in a chain of answers where the form can say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import Hint, read_source

START = 1_690_000_000


class Said(NamedTuple):
    """One comment: who, what, and the place of what it answers."""

    author: str
    text: str
    parent: int | None = None

    def at(self, place: int) -> int:
        """Its time: an hour after the one before."""
        return START + 3600 * place


SAID = (
    Said("wanda", "The wheel turned for the last time in spring."),
    Said("piet", "My aunt says it was autumn, after the flood.", 0),
    Said("wanda", "Then both of them remember another flood.", 1),
    Said("lena", "Who paid for the new weir in the end?"),
    Said("rolf", "The county did, about 41,000 crowns.", 3),
    Said("piet", "And the brewery gave the oak for it.", 3),
)
CHAIN = [None, 0, 1, None, 3, 3]
PAIRS = [None, 0, 0, None, 3, 3]
FLAT = [None] * 6
TITLE = "The weir at the old mill"
ABOUT = "The weir was built by two brothers. It fed one wheel and four fish ponds."


def iso(place: int) -> str:
    """The time of a comment in ISO 8601."""
    return datetime.fromtimestamp(START + 3600 * place, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_time(place: int, form: str) -> str:
    return datetime.fromtimestamp(START + 3600 * place, UTC).strftime(form)


def each(make: Callable[[int, Said], Any]) -> list[Any]:
    """What `make` gives for every comment."""
    return [make(place, said) for place, said in enumerate(SAID)]


def nested(make: Callable[[int, Said, list[Any]], Any], parents: list[int | None] = CHAIN) -> list[Any]:
    """The outermost comments, each with its replies, as `make` puts them in."""
    made: dict[int, Any] = {}
    for place in reversed(range(len(SAID))):
        below = [made[other] for other in range(place + 1, len(SAID)) if parents[other] == place]
        made[place] = make(place, SAID[place], below)
    return [made[place] for place in range(len(SAID)) if parents[place] is None]


def to(place: int | None, made: Callable[[int], Any], otherwise: Any = None) -> Any:
    """The identifier of what a comment answers."""
    return otherwise if place is None else made(place)


class Form(NamedTuple):
    """A form: the value, the title, the parents, the authors where they are written otherwise, and the article."""

    value: Any
    title: str | None = None
    parents: list[int | None] = CHAIN
    authors: tuple[str, ...] | None = None
    article: str = ""
    byline: str | None = None
    dated: bool = True
    starts: tuple[str, ...] | None = None


NAMES = tuple(said.author for said in SAID)
UIDS = {name: f"u{1000 + place}" for place, name in enumerate(dict.fromkeys(NAMES))}


def yt_id(place: int) -> str:
    return f"Ugw{place}xyzABC"


FORMS: dict[str, Callable[[], Form]] = {}


def form(function: Callable[[], Form]) -> Callable[[], Form]:
    """Put a form in the table, by its function's name."""
    FORMS[function.__name__] = function
    return function


@form
def youtube_comments() -> Form:
    threads = nested(
        lambda n, s, below: {
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
        else youtube_comment(n, s),
        PAIRS,
    )
    return Form({"kind": "youtube#commentThreadListResponse", "pageInfo": {"totalResults": 2}, "items": threads}, None, PAIRS,
                tuple("@" + name for name in NAMES))  # fmt: skip


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


@form
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
        "id": "v1", "title": TITLE, "description": ABOUT, "uploader": "Mill films", "uploader_id": "@millfilms",
        "channel": "Mill films", "channel_id": "UC9", "timestamp": START - 5, "upload_date": "20230722", "duration": 100,
        "formats": [{"format_id": "18", "url": "https://example.com/v", "format_note": "360p"}], "comment_count": 6,
        "thumbnails": [{"url": "https://example.com/t.jpg", "id": "0"}], "tags": ["mill"], "webpage_url": "https://example.com/w",
        "comments": comments, "extractor": "youtube",
    }  # fmt: skip
    return Form(video, TITLE, PAIRS, tuple("@" + name for name in NAMES), ABOUT, "Mill films")


@form
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


@form
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
                "user": {"id": 7, "id_str": "7", "name": s.author.title(), "screen_name": s.author, "description": "Mills and more mills", "created_at": "Mon Nov 29 21:18:15 +0000 2010"},
                "retweet_count": 0,
                "favorite_count": n,
                "lang": "en",
            }
        )
    )


@form
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
            **({} if CHAIN[n] is None else {"in_reply_to_user_id": "5", "referenced_tweets": [{"type": "quoted", "id": "99"}, {"type": "replied_to", "id": str(170 + (CHAIN[n] or 0))}]}),
        }
    )
    users = [{"id": uid, "username": name, "name": name.title(), "description": "I like mills a lot", "created_at": iso(0)} for name, uid in UIDS.items()]
    return Form({"data": data, "includes": {"users": users}, "meta": {"result_count": 6, "newest_id": "1"}})


@form
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


@form
def snscrape_lines() -> Form:
    rows = each(
        lambda n, s: {
            "_type": "snscrape.modules.twitter.Tweet",
            "url": f"https://twitter.com/{s.author}/status/{500000000000 + n}",
            "date": iso(n).replace("Z", "+00:00"),
            "rawContent": s.text,
            "renderedContent": s.text,
            "id": 500000000000 + n,
            "user": {"_type": "snscrape.modules.twitter.User", "username": s.author, "id": 5, "displayname": s.author.title(), "rawDescription": "All about mills and weirs", "created": iso(0)},
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


@form
def telegram() -> Form:
    messages = each(
        lambda n, s: {
            "id": 10 + n,
            "type": "message",
            "date": iso(n).removesuffix("Z"),
            "date_unixtime": str(s.at(n)),
            "from": s.author,
            "from_id": "user" + UIDS[s.author],
            **({} if CHAIN[n] is None else {"reply_to_message_id": 10 + (CHAIN[n] or 0)}),
            "text": [s.text[:10], {"type": "bold", "text": s.text[10:20]}, s.text[20:]] if n % 2 else s.text,
            "text_entities": [{"type": "plain", "text": s.text}],
        }
    )
    service = {"id": 1, "type": "service", "date": iso(0).removesuffix("Z"), "date_unixtime": str(START), "actor": "wanda",
               "actor_id": "useru1000", "action": "create_group", "title": TITLE, "members": ["wanda"], "text": "", "text_entities": []}  # fmt: skip
    return Form({"name": TITLE, "type": "private_supergroup", "id": 99, "messages": [service, *messages]}, TITLE)


@form
def discord() -> Form:
    messages = each(
        lambda n, s: {
            "id": str(1100000000000000000 + n),
            "type": "Reply" if CHAIN[n] is not None else "Default",
            "timestamp": iso(n).replace("Z", ".123+00:00"),
            "timestampEdited": None,
            "callEndedTimestamp": None,
            "isPinned": False,
            "content": s.text,
            "author": {"id": UIDS[s.author], "name": s.author, "discriminator": "0000", "nickname": s.author.title(), "color": "#FFF", "isBot": False, "roles": [{"id": "1", "name": "miller"}], "avatarUrl": "https://example.com"},
            "attachments": [],
            "embeds": [{"title": "A page on weirs", "url": "https://example.com/w", "timestamp": iso(0), "description": "A long description of weirs and wheels.", "author": {"name": "Weir news"}}] if n == 0 else [],
            "stickers": [],
            "reactions": [{"emoji": {"name": "x"}, "count": 1, "users": [{"id": "3", "name": "piet"}]}],
            "mentions": [{"id": "4", "name": "piet", "nickname": "piet"}],
            **({} if CHAIN[n] is None else {"reference": {"messageId": str(1100000000000000000 + (CHAIN[n] or 0)), "channelId": "2", "guildId": "1"}}),
        }
    )
    return Form({"guild": {"id": "1", "name": "Mills"}, "channel": {"id": "2", "type": "GuildTextChat", "categoryId": "5", "category": "Talk", "name": "weirs", "topic": None},
                 "dateRange": {"after": None, "before": None}, "exportedAt": iso(99), "messages": messages, "messageCount": 6},
                "weirs")  # fmt: skip


@form
def slack_day() -> Form:
    ts = lambda n: f"{START + 3600 * n}.000{n}00"  # noqa: E731
    rows = each(
        lambda n, s: {
            "client_msg_id": f"aaaa-{n}",
            "type": "message",
            "text": s.text,
            "user": UIDS[s.author].upper(),
            "ts": ts(n),
            "blocks": [{"type": "rich_text", "block_id": "x", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": s.text}]}]}],
            "team": "T1",
            "user_team": "T1",
            "user_profile": {"avatar_hash": "1", "image_72": "https://example.com", "first_name": s.author.title(), "real_name": s.author.title() + " M", "display_name": s.author, "team": "T1", "name": s.author},
            **({"thread_ts": ts(PAIRS[n] or 0), "parent_user_id": "U1"} if PAIRS[n] is not None else {"thread_ts": ts(n), "reply_count": 2, "replies": [{"user": "U1", "ts": ts(n + 1)}, {"user": "U1", "ts": ts(n + 2)}]}),
        }
    )
    join = {"type": "message", "subtype": "channel_join", "ts": ts(7), "user": "U9", "text": "<@U9> has joined the channel"}
    return Form([*rows, join], None, PAIRS)


@form
def slack_with_users() -> Form:
    value = slack_day().value
    for row in value:
        row.pop("user_profile", None)
    users = [{"id": uid.upper(), "team_id": "T1", "name": name, "deleted": False, "profile": {"real_name": name.title(), "display_name": name}} for name, uid in UIDS.items()]
    return Form({"ok": True, "messages": value, "users": users}, None, PAIRS)


@form
def matrix() -> Form:
    events = each(
        lambda n, s: {
            "type": "m.room.message",
            "room_id": "!r:example.org",
            "sender": f"@{s.author}:example.org",
            "content": {"msgtype": "m.text", "body": s.text, **({} if CHAIN[n] is None else {"m.relates_to": {"m.in_reply_to": {"event_id": f"$e{CHAIN[n]}abc"}}})},
            "event_id": f"$e{n}abc",
            "origin_server_ts": s.at(n) * 1000,
            "unsigned": {"age": 5},
        }
    )
    member = {"type": "m.room.member", "sender": "@wanda:example.org", "state_key": "@wanda:example.org", "event_id": "$m", "origin_server_ts": 5,
              "content": {"membership": "join", "displayname": "wanda"}}  # fmt: skip
    return Form({"room_name": TITLE, "room_creator": "@wanda:example.org", "topic": "", "export_date": "x", "exported_by": "@x:y", "messages": [member, *events]},
                TITLE, authors=tuple("wanda" if name == "wanda" else f"@{name}:example.org" for name in NAMES))  # fmt: skip


@form
def zulip() -> Form:
    return Form(
        {
            "result": "success",
            "msg": "",
            "anchor": 1,
            "found_newest": True,
            "messages": each(
                lambda n, s: {
                    "id": 9000 + n,
                    "sender_id": 5,
                    "content": f"<p>{s.text}</p>",
                    "recipient_id": 7,
                    "timestamp": s.at(n),
                    "client": "website",
                    "subject": TITLE,
                    "topic_links": [],
                    "is_me_message": False,
                    "reactions": [],
                    "submessages": [],
                    "sender_full_name": s.author,
                    "sender_email": s.author + "@example.org",
                    "sender_realm_str": "mills",
                    "display_recipient": "general",
                    "type": "stream",
                    "stream_id": 3,
                    "avatar_url": "https://example.com",
                    "content_type": "text/html",
                }
            ),
        },
        TITLE,
        FLAT,
    )


@form
def mattermost_posts() -> Form:
    posts = each(
        lambda n, s: {
            "id": f"post{n}abcdefghij",
            "create_at": s.at(n) * 1000,
            "update_at": s.at(n) * 1000,
            "edit_at": 0,
            "delete_at": 0,
            "is_pinned": False,
            "user_id": UIDS[s.author],
            "channel_id": "ch1",
            "root_id": to(PAIRS[n], lambda p: f"post{p}abcdefghij", ""),
            "original_id": "",
            "message": s.text,
            "type": "",
            "props": {},
            "hashtags": "",
            "reply_count": 0,
        }
    )
    users = [{"id": uid, "username": name, "create_at": 5, "first_name": "", "last_name": "", "nickname": ""} for name, uid in UIDS.items()]
    return Form({"order": [post["id"] for post in posts], "posts": {post["id"]: post for post in posts}, "users": users}, None, PAIRS)


@form
def vichan() -> Form:
    return imageboard("<a onclick=\"highlightReply('{p}', event);\" href=\"/b/res/700.html#{p}\">&gt;&gt;{p}</a><br/>")


def imageboard(quote: str) -> Form:
    opening = {"no": 700, "sub": TITLE, "com": ABOUT, "name": "Anonymous", "time": START - 60, "omitted_posts": 0, "replies": 6, "images": 1, "sticky": 0,
               "locked": 0, "resto": 0, "tim": "1690", "filename": "mill", "ext": ".jpg", "w": 100, "h": 100}  # fmt: skip
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


@form
def jira_issue() -> Form:
    comments = each(
        lambda n, s: {
            "self": "https://example.com/rest/api/2/issue/1/comment/1",
            "id": str(20000 + n),
            "author": {"self": "https://example.com/u", "accountId": UIDS[s.author], "displayName": s.author, "active": True, "timeZone": "Europe/Prague", "avatarUrls": {"48x48": "https://example.com/a.png"}},
            "body": s.text,
            "updateAuthor": {"accountId": "5", "displayName": "Somebody"},
            "created": iso(n).replace("Z", ".000+0000"),
            "updated": iso(n + 99).replace("Z", ".000+0000"),
            "jsdPublic": True,
        }
    )
    issue = {
        "expand": "x", "id": "100", "self": "https://example.com/rest", "key": "MILL-7",
        "fields": {
            "summary": TITLE, "description": ABOUT, "created": iso(0).replace("Z", ".000+0000"), "updated": iso(50),
            "status": {"name": "Open", "description": "The issue is open and ready for the assignee", "id": "1"},
            "priority": {"name": "High", "id": "2"}, "issuetype": {"name": "Bug", "description": "A problem which impairs the wheel"},
            "project": {"key": "MILL", "name": "Mill works"}, "labels": ["weir"],
            "assignee": {"displayName": "Other", "accountId": "9"},
            "creator": {"displayName": "wanda", "accountId": "1"}, "reporter": {"displayName": "wanda", "accountId": "1"},
            "comment": {"comments": comments, "maxResults": 6, "total": 6, "startAt": 0},
            "worklog": {"worklogs": [], "total": 0},
        },
    }  # fmt: skip
    return Form(issue, TITLE, FLAT, article=ABOUT, byline="wanda")


@form
def jira_cloud_comments() -> Form:
    comments = each(
        lambda n, s: {
            "id": str(20000 + n),
            "author": {"accountId": UIDS[s.author], "displayName": s.author, "active": True},
            "body": {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": s.text[:12]}, {"type": "text", "text": s.text[12:], "marks": [{"type": "strong"}]}]}]},
            "updateAuthor": {"accountId": "5", "displayName": "Somebody"},
            "created": iso(n).replace("Z", ".000+0000"),
        }
    )
    return Form({"startAt": 0, "maxResults": 50, "total": 6, "comments": comments}, None, FLAT)


@form
def redmine() -> Form:
    journals = each(lambda n, s: {"id": 50 + n, "user": {"id": 9, "name": s.author}, "notes": s.text, "created_on": iso(n), "private_notes": False, "details": []})
    journals.insert(2, {"id": 40, "user": {"id": 9, "name": "wanda"}, "notes": "", "created_on": iso(1), "details": [{"property": "attr", "name": "status_id", "old_value": "1", "new_value": "2"}]})
    issue = {"id": 7, "project": {"id": 1, "name": "Mills"}, "tracker": {"id": 1, "name": "Bug"}, "status": {"id": 1, "name": "New"}, "priority": {"id": 2, "name": "Normal"},
             "author": {"id": 3, "name": "wanda"}, "assigned_to": {"id": 4, "name": "piet"}, "subject": TITLE, "description": ABOUT, "created_on": iso(0), "updated_on": iso(9), "journals": journals}  # fmt: skip
    return Form({"issue": issue}, TITLE, FLAT, article=ABOUT, byline="wanda")


@form
def bugzilla_comments() -> Form:
    comments = each(
        lambda n, s: {
            "bug_id": 12345,
            "id": 600 + n,
            "count": n,
            "creator": s.author,
            "author": s.author,
            "text": s.text,
            "raw_text": s.text,
            "time": iso(n),
            "creation_time": iso(n),
            "is_private": False,
            "attachment_id": None,
            "tags": [],
        }
    )
    return Form({"bugs": {"12345": {"comments": comments}}, "comments": {}}, None, FLAT)


@form
def phabricator() -> Form:
    data = each(
        lambda n, s: {
            "id": 70 + n,
            "phid": f"PHID-XACT-TASK-{n}abcdef",
            "type": "comment",
            "authorPHID": "PHID-USER-" + s.author,
            "objectPHID": "PHID-TASK-1",
            "dateCreated": s.at(n),
            "dateModified": s.at(n),
            "groupID": "x",
            "comments": [{"id": 80 + n, "phid": f"PHID-XCMT-{n}", "version": 1, "authorPHID": "PHID-USER-" + s.author, "dateCreated": s.at(n), "dateModified": s.at(n), "removed": False, "content": {"raw": s.text}}],
            "fields": {},
        }
    )
    status = {"id": 60, "phid": "PHID-XACT-TASK-z", "type": "status", "authorPHID": "PHID-USER-wanda", "dateCreated": START, "comments": [], "fields": {"old": "open", "new": "closed"}}
    return Form({"result": {"data": [status, *data], "cursor": {"limit": 100}}, "error_code": None, "error_info": None}, None, FLAT,
                tuple("PHID-USER-" + name for name in NAMES))  # fmt: skip


@form
def gerrit_messages() -> Form:
    messages = each(
        lambda n, s: {
            "id": f"aaa{n}bbb",
            "author": {"_account_id": 100, "name": s.author, "email": s.author + "@example.org", "username": s.author},
            "date": text_time(n, "%Y-%m-%d %H:%M:%S.000000000"),
            "message": s.text,
            "_revision_number": 1,
        }
    )
    change = {"id": "mills~main~I1", "project": "mills", "branch": "main", "change_id": "I1", "subject": TITLE, "status": "NEW", "created": text_time(0, "%Y-%m-%d %H:%M:%S.000000000"),
              "updated": text_time(9, "%Y-%m-%d %H:%M:%S.000000000"), "_number": 5, "owner": {"_account_id": 100, "name": "wanda"}, "messages": messages}  # fmt: skip
    return Form(b")]}'\n" + json.dumps(change).encode(), TITLE, FLAT, byline="wanda")


@form
def gerrit_comments() -> Form:
    comments = each(
        lambda n, s: {
            "author": {"_account_id": 100, "name": s.author},
            "patch_set": 1,
            "id": f"c{n}_f00d",
            "line": 20 + n,
            "updated": text_time(n, "%Y-%m-%d %H:%M:%S.000000000"),
            "message": s.text,
            "unresolved": False,
            **({} if CHAIN[n] is None else {"in_reply_to": f"c{CHAIN[n]}_f00d"}),
        }
    )
    return Form(b")]}'\n" + json.dumps({"weir.c": comments[:3], "wheel/oak.py": comments[3:]}).encode())


@form
def gitlab_notes() -> Form:
    rows = each(lambda n, s: gitlab_note(n, s))
    rows.insert(1, gitlab_note(9, Said("piet", "changed the description")) | {"system": True})
    return Form(rows, None, FLAT)


def gitlab_note(n: int, s: Said) -> dict[str, Any]:
    return {
        "id": 302 + n, "type": None, "body": s.text, "attachment": None,
        "author": {"id": 1, "username": s.author, "name": s.author.title(), "state": "active", "avatar_url": "https://example.com", "web_url": "https://example.com/" + s.author},
        "created_at": iso(n), "updated_at": iso(n), "system": False, "noteable_id": 11, "noteable_type": "Issue", "project_id": 3, "resolvable": False, "confidential": False, "noteable_iid": 11,
    }  # fmt: skip


@form
def gitlab_discussions() -> Form:
    def discussion(n: int, s: Said, below: list[Any]) -> Any:
        note = gitlab_note(n, s) | {"type": "DiscussionNote"}
        return {"id": f"6a9c{n}", "individual_note": False, "notes": [note, *below]} if PAIRS[n] is None else note

    return Form(nested(discussion, PAIRS), None, PAIRS)


@form
def github_discussion() -> Form:
    def comment(n: int, s: Said, below: list[Any]) -> Any:
        made = {"id": f"DC_kw{n}", "author": {"login": s.author}, "body": s.text, "createdAt": iso(n), "isAnswer": False, "upvoteCount": n}
        return made | ({"replies": {"totalCount": len(below), "nodes": below}} if PAIRS[n] is None else {})

    nodes = nested(comment, PAIRS)
    discussion = {"title": TITLE, "number": 4, "body": ABOUT, "author": {"login": "wanda"}, "createdAt": iso(0), "url": "https://github.com/o/r/discussions/4", "category": {"name": "General"},
                  "labels": {"nodes": [{"name": "mill", "description": "All that is about mills"}]}, "comments": {"totalCount": 6, "nodes": nodes}}  # fmt: skip
    return Form({"data": {"repository": {"discussion": discussion}}}, TITLE, PAIRS, article=ABOUT, byline="wanda")


@form
def github_issue_view() -> Form:
    comments = each(
        lambda n, s: {
            "id": f"IC_kw{n}",
            "author": {"login": s.author},
            "authorAssociation": "NONE",
            "body": s.text,
            "createdAt": iso(n),
            "includesCreatedEdit": False,
            "isMinimized": False,
            "minimizedReason": "",
            "reactionGroups": [],
            "url": f"https://github.com/o/r/issues/1#issuecomment-{n}",
            "viewerDidAuthor": False,
        }
    )
    return Form({"author": {"login": "wanda"}, "body": ABOUT, "comments": comments, "createdAt": iso(0), "number": 1, "title": TITLE, "labels": [{"id": "1", "name": "bug", "description": "Something is not working", "color": "fff"}]},
                TITLE, FLAT, article=ABOUT, byline="wanda")  # fmt: skip


@form
def gitea_comments() -> Form:
    return Form(
        each(
            lambda n, s: {
                "id": 41 + n,
                "html_url": f"https://gitea.example/o/r/issues/3#issuecomment-{n}",
                "pull_request_url": "",
                "issue_url": "https://gitea.example/o/r/issues/3",
                "user": {"id": 3, "login": s.author, "login_name": "", "full_name": "", "email": s.author + "@noreply.example", "avatar_url": "https://example.com", "username": s.author, "created": iso(0)},
                "original_author": "",
                "original_author_id": 0,
                "body": s.text,
                "assets": [],
                "created_at": iso(n),
                "updated_at": iso(n),
            }
        ),
        None,
        FLAT,
    )


@form
def disqus_posts() -> Form:
    posts = each(
        lambda n, s: {
            "id": str(6000 + n),
            "parent": to(CHAIN[n], lambda p: 6000 + p),
            "author": {"username": s.author, "name": s.author, "isAnonymous": False, "joinedAt": iso(0), "about": "I write about mills", "id": "5"},
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


@form
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


@form
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


@form
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
    commenters = {"hex" + name: {"commenterHex": "hex" + name, "name": name, "link": "undefined", "photo": "undefined", "provider": "commento", "joinDate": iso(0), "isModerator": False} for name in set(NAMES)}
    return Form({"success": True, "domain": "example.com", "comments": comments, "commenters": commenters, "requireModeration": False})


@form
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


@form
def remark42_tree() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        comment = {"id": f"r{n}-aaaa", "pid": to(CHAIN[n], lambda p: f"r{p}-aaaa", ""), "text": f"<p>{s.text}</p>", "user": {"name": s.author, "id": "x"}, "locator": {"site": "s", "url": "https://example.com/a"}, "score": 0, "time": iso(n)}
        return {"comment": comment, "replies": below}

    return Form({"comments": nested(node), "info": {"url": "https://example.com/a", "count": 6}})


@form
def isso() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"id": n + 1, "parent": to(PAIRS[n], lambda p: p + 1), "text": f"<p>{s.text}</p>", "author": s.author, "website": None, "created": s.at(n) + 0.5, "modified": None, "mode": 1,
                "likes": 0, "dislikes": 0, "hash": "4505", "gravatar_image": "https://example.com", **({"replies": below, "total_replies": len(below), "hidden_replies": 0} if PAIRS[n] is None else {})}  # fmt: skip

    return Form({"id": None, "total_replies": 2, "hidden_replies": 0, "replies": nested(node, PAIRS), "config": {"moderated": False}}, None, PAIRS)


@form
def coral() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"cursor": iso(n), "node": {"id": f"co-{n}", "author": {"id": UIDS[s.author], "username": s.author}, "body": f"<p>{s.text}</p>", "createdAt": iso(n), "parent": None, "status": "NONE",
                "tags": [], "replyCount": len(below), "replies": {"edges": below, "pageInfo": {"hasNextPage": False, "endCursor": None}}}}  # fmt: skip

    story = {"id": "s1", "url": "https://example.com/weir", "metadata": {"title": TITLE, "author": "Ada Mill"}, "commentCounts": {"totalPublished": 6}, "comments": {"edges": nested(node), "pageInfo": {"hasNextPage": False}}}
    return Form({"data": {"story": story}}, TITLE)


@form
def openweb() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"id": f"sp_{n}_x", "root_comment": f"sp_{3 * (n > 2)}_x", "parent_id": None, "user_id": UIDS[s.author], "written_at": s.at(n), "time": s.at(n), "content": [{"id": "z", "type": "text", "text": s.text}],
                "replies": below, "replies_count": len(below), "total_replies_count": len(below), "rank": {"ranks_up": 1}, "status": "visible", "best_score": 0.5}  # fmt: skip

    users = {uid: {"id": uid, "display_name": name, "user_name": name, "image_id": "x", "registered": True} for name, uid in UIDS.items()}
    return Form({"conversation": {"conversation_id": "sp_1", "messages_count": 6, "comments": nested(node), "users": users, "extract_data": {"title": TITLE, "url": "https://example.com/weir"}}}, TITLE)


@form
def ghost() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"id": f"64f{n}aa", "post_id": "p1", "member_id": "m", "parent_id": to(PAIRS[n], lambda p: f"64f{p}aa"), "status": "published", "html": f"<p>{s.text}</p>", "edited_at": None, "created_at": iso(n),
                "member": {"id": "m", "uuid": "u", "name": s.author, "expertise": "miller", "avatar_image": "https://example.com"}, "replies": below, "liked": False, "count": {"likes": n, "replies": len(below)}}  # fmt: skip

    return Form({"comments": nested(node, PAIRS), "meta": {"pagination": {"page": 1, "limit": 20, "pages": 1, "total": 2}}}, None, PAIRS)


@form
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
            "target": [{"source": "https://example.com/weir", "selector": [{"type": "TextQuoteSelector", "exact": "four fish ponds", "prefix": "and ", "suffix": "."}]}],
            "document": {"title": [TITLE]},
            "links": {"html": f"https://hypothes.is/a/{n}"},
            "user_info": {"display_name": None},
            "flagged": False,
        }
    )
    return Form({"total": 6, "rows": rows}, TITLE)


@form
def facebook_graph() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"created_time": iso(n).replace("Z", "+0000"), "from": {"name": s.author, "id": "9"}, "message": s.text, "id": f"55_{n}", "like_count": n, "comment_count": len(below),
                **({"comments": {"data": below, "paging": {"cursors": {"before": "x", "after": "y"}}}} if below else {})}  # fmt: skip

    post = {"id": "1_55", "message": ABOUT, "created_time": iso(0).replace("Z", "+0000"), "from": {"name": "Mill friends", "id": "1"}, "comments": {"data": nested(node, PAIRS), "paging": {}}}
    return Form(post, None, PAIRS, article=ABOUT, byline="Mill friends")


@form
def facebook_messages() -> Form:
    def broken(text: str) -> str:
        return text.encode().decode("latin-1")

    rows = each(lambda n, s: {"sender_name": broken("Žofie") if s.author == "wanda" else s.author, "timestamp_ms": s.at(n) * 1000, "content": broken(s.text + " Přišla voda…"), "is_geoblocked_for_viewer": False})
    return Form({"participants": [{"name": name} for name in set(NAMES)], "messages": rows[::-1], "title": TITLE, "is_still_participant": True, "thread_path": "inbox/x_1", "magic_words": []},
                TITLE, FLAT, tuple("Žofie" if name == "wanda" else name for name in NAMES), starts=tuple(s.text + " Přišla voda…" for s in SAID))  # fmt: skip


@form
def vk() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        top = {"thread": {"count": len(below), "items": below, "can_post": True, "show_reply_button": True}} if PAIRS[n] is None else {"reply_to_user": 5, "reply_to_comment": 40 + (PAIRS[n] or 0)}
        return {"id": 40 + n, "from_id": -7 if s.author == "rolf" else 100 + len(s.author), "date": s.at(n), "text": s.text, "post_id": 33, "owner_id": -7, "parents_stack": [] if PAIRS[n] is None else [40 + (PAIRS[n] or 0)], "likes": {"count": n}, **top}

    profiles = [{"id": 105, "first_name": "Wanda", "last_name": "M"}, {"id": 104, "first_name": "Piet", "last_name": "L"}]
    groups = [{"id": 7, "name": "Mill friends", "screen_name": "mills", "type": "page"}]
    authors = tuple({"rolf": "Mill friends", "wanda": "Wanda M"}.get(name, "Piet L") for name in NAMES)
    return Form({"response": {"count": 6, "items": nested(node, PAIRS), "profiles": profiles, "groups": groups, "current_level_count": 2}}, None, PAIRS, authors)


@form
def bilibili() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"rpid": 9000 + n, "oid": 5, "mid": 77, "root": 0 if CHAIN[n] is None else 9000 + (PAIRS[n] or 0), "parent": to(CHAIN[n], lambda p: 9000 + p, 0), "dialog": 0, "count": len(below), "rcount": len(below),
                "ctime": s.at(n), "rpid_str": str(9000 + n), "like": n, "member": {"mid": "77", "uname": s.author, "sex": "x", "sign": "I love the sound of mills", "level_info": {"current_level": 5}},
                "content": {"message": s.text, "members": [], "emote": {}}, "replies": below or None, "reply_control": {"time_desc": "1天前发布"}}  # fmt: skip

    tree = nested(node, PAIRS)
    return Form({"code": 0, "message": "0", "ttl": 1, "data": {"page": {"num": 1, "size": 20, "count": 2, "acount": 6}, "replies": tree, "hots": [tree[0]], "upper": {"mid": 1, "top": None}}})


@form
def tiktok() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"cid": f"70{n}", "text": s.text, "aweme_id": "6", "create_time": s.at(n), "digg_count": n, "status": 1, "user": {"uid": "5", "unique_id": s.author, "nickname": s.author.title(), "signature": "mills for ever and ever"},
                "reply_id": to(PAIRS[n], lambda p: f"70{p}", "0"), "reply_to_reply_id": "0", "reply_comment": below or None, "reply_comment_total": len(below), "text_extra": [], "label_list": None}  # fmt: skip

    return Form({"status_code": 0, "cursor": 2, "has_more": 0, "total": 2, "comments": nested(node, PAIRS), "extra": {"now": 1700000000000}}, None, PAIRS)


@form
def peertube_threads() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"comment": {"id": 10 + n, "url": f"https://example.com/{n}", "text": s.text, "threadId": 10 + (PAIRS[n] or n), "inReplyToCommentId": to(CHAIN[n], lambda p: 10 + p), "videoId": 5, "createdAt": iso(n), "updatedAt": iso(n),
                "deletedAt": None, "isDeleted": False, "totalReplies": 0, "account": {"id": 1, "name": s.author, "displayName": s.author.title(), "host": "example.com", "description": "All the mills of the north"}}, "children": below}  # fmt: skip

    return Form(nested(node))


@form
def peertube_list() -> Form:
    return Form({"total": 6, "totalNotDeletedComments": 6, "data": each(
        lambda n, s: {"id": 10 + n, "url": f"https://example.com/{n}", "text": s.text, "threadId": 10 + n, "inReplyToCommentId": None, "videoId": 5, "createdAt": iso(n), "isDeleted": False, "totalReplies": 0,
                      "account": {"id": 1, "name": s.author, "displayName": s.author.title(), "host": "example.com"}})}, None, FLAT)  # fmt: skip


@form
def steam_reviews() -> Form:
    reviews = each(
        lambda n, s: {
            "recommendationid": str(150000 + n),
            "author": {"steamid": "7656" + str(n), "num_games_owned": 5, "num_reviews": 2, "playtime_forever": 60, "last_played": s.at(n)},
            "language": "english",
            "review": s.text,
            "timestamp_created": s.at(n),
            "timestamp_updated": s.at(n) + 99999999,
            "voted_up": True,
            "votes_up": n,
            "votes_funny": 0,
            "weighted_vote_score": "0.5",
            "comment_count": 0,
            "steam_purchase": True,
        }
    )
    return Form({"success": 1, "query_summary": {"num_reviews": 6, "review_score": 8, "review_score_desc": "Very Positive"}, "reviews": reviews, "cursor": "AoJ"}, None, FLAT, tuple("7656" + str(n) for n in range(6)))


@form
def app_store() -> Form:
    label = lambda text: {"label": text}  # noqa: E731
    entries = each(
        lambda n, s: {
            "author": {"uri": label("https://itunes.apple.com/us/reviews/id1"), "name": label(s.author), "label": ""},
            "updated": label(iso(n).replace("Z", "-07:00")),
            "im:rating": label("4"),
            "im:version": label("2.1"),
            "id": label(str(1000 + n)),
            "title": label(f"Stars {n}"),
            "content": {"label": s.text, "attributes": {"type": "text"}},
            "link": {"attributes": {"rel": "related", "href": "https://itunes.apple.com/us/review?id=1"}},
            "im:voteSum": label("0"),
            "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
            "im:voteCount": label("0"),
        }
    )
    feed = {"author": {"name": label("iTunes Store"), "uri": label("http://www.apple.com/itunes/")}, "entry": entries, "updated": label(iso(0)), "rights": label("Copyright 2008 Apple Inc."),
            "title": label("iTunes Store: Customer Reviews"), "icon": label("http://itunes.apple.com/favicon.ico"), "id": label("https://itunes.apple.com/us/rss/customerreviews/id=1/json")}  # fmt: skip
    return Form({"feed": feed}, "iTunes Store: Customer Reviews", FLAT, starts=tuple(f"Stars {n} {s.text}" for n, s in enumerate(SAID)))


@form
def google_play() -> Form:
    rows = each(
        lambda n, s: {
            "reviewId": f"aaaa-{n}-bbbb",
            "userName": s.author,
            "userImage": "https://example.com/i",
            "content": s.text,
            "score": 4,
            "thumbsUpCount": n,
            "reviewCreatedVersion": "1.2",
            "at": text_time(n, "%Y-%m-%d %H:%M:%S"),
            "replyContent": None,
            "repliedAt": None,
            "appVersion": "1.2",
        }
    )
    return Form(rows, None, FLAT)


@form
def trustpilot() -> Form:
    reviews = each(
        lambda n, s: {
            "id": f"64abc{n}",
            "filtered": False,
            "pending": False,
            "text": s.text,
            "rating": 5,
            "labels": {"verification": {"isVerified": True}},
            "title": f"Review number {n}",
            "likes": n,
            "dates": {"experiencedDate": iso(n - 50), "publishedDate": iso(n), "updatedDate": None},
            "consumer": {"id": "6", "displayName": s.author, "imageUrl": "", "numberOfReviews": 1, "countryCode": "CZ"},
            "reply": None,
            "language": "en",
        }
    )
    return Form({"businessUnit": {"id": "4", "displayName": TITLE, "identifyingName": "mill.example"}, "reviews": reviews, "filters": {"pagination": {"currentPage": 1}}}, TITLE, FLAT,
                starts=tuple(f"Review number {n} {s.text}" for n, s in enumerate(SAID)))  # fmt: skip


@form
def lemmy() -> Form:
    def path(n: int) -> str:
        above = CHAIN[n]
        return f"{'0' if above is None else path(above)}.{50 + n}"

    return Form({"comments": each(
        lambda n, s: {
            "comment": {"id": 50 + n, "creator_id": 5, "post_id": 9, "content": s.text, "removed": False, "published": iso(n), "deleted": False, "ap_id": f"https://example.com/comment/{n}", "local": True, "path": path(n), "distinguished": False, "language_id": 0},
            "creator": {"id": 5, "name": s.author, "banned": False, "published": iso(0), "actor_id": "https://example.com/u/x", "bio": "Mills are my whole life."},
            "post": {"id": 9, "name": TITLE, "body": ABOUT, "creator_id": 5, "published": iso(0), "ap_id": "https://example.com/post/9"},
            "community": {"id": 4, "name": "mills", "title": "Mills of the world", "description": "A place for mills of all kinds.", "published": iso(0)},
            "counts": {"id": 1, "comment_id": 50 + n, "score": n, "upvotes": n, "downvotes": 0, "published": iso(n), "child_count": 0},
            "saved": False,
        })}, TITLE, article=ABOUT)  # fmt: skip


@form
def csv_table() -> Form:
    rows = ["Comment ID;Reply to;Name;Posted on;Comment", *each(lambda n, s: f'{900 + n};{to(CHAIN[n], lambda p: str(900 + p), "")};{s.author};{text_time(n, "%d.%m.%Y %H:%M")};"{s.text}"')]
    return Form("\r\n".join(rows).encode())


@form
def tsv_in_another_language() -> Form:
    rows = ["Autor\tDatum\tKommentar", *each(lambda n, s: f"{s.author}\t{iso(n)}\t{s.text}")]
    return Form("\n".join(rows).encode(), None, FLAT)


@form
def unknown_names() -> Form:
    """Fields that no table of names has: the texts, the people and the answers show in the values."""
    return Form({"wrap": {"zz": each(lambda n, s: {"q1": f"kx{n}77", "q2": to(CHAIN[n], lambda p: f"kx{p}77"), "q3": s.author, "q4": s.text + " It was told at the inn."})}}, None, CHAIN, dated=False)


@form
def mattermost_export_lines() -> Form:
    def reply(n: int) -> dict[str, Any]:
        return {"user": SAID[n].author, "message": SAID[n].text, "create_at": SAID[n].at(n) * 1000, "reactions": None}

    lines: list[Any] = [{"type": "version", "version": 1}, {"type": "channel", "channel": {"team": "mills", "name": "weirs", "display_name": "Weirs", "type": "O"}}]
    for n, s in enumerate(SAID):
        if PAIRS[n] is None:
            replies = [reply(m) for m in range(6) if PAIRS[m] == n]
            lines.append({"type": "post", "post": {"team": "mills", "channel": "weirs", "user": s.author, "message": s.text, "props": {}, "create_at": s.at(n) * 1000, "reactions": [], "replies": replies}})
    return Form(b"\n".join(json.dumps(line).encode() for line in lines), None, PAIRS)


@form
def zulip_export() -> Form:
    numbers = {name: 20 + place for place, name in enumerate(dict.fromkeys(NAMES))}
    messages = each(lambda n, s: {"id": 400 + n, "sender": numbers[s.author], "recipient": 9, "subject": TITLE, "content": s.text, "rendered_content": f"<p>{s.text}</p>", "date_sent": s.at(n) + 0.123, "last_edit_time": None, "sending_client": 3, "flags_mask": 1})
    users = [{"id": number, "email": name + "@example.org", "full_name": name, "is_bot": False, "date_joined": START} for name, number in numbers.items()]
    return Form({"zerver_message": messages, "zerver_usermessage": [{"id": 1, "message": 400, "flags_mask": 1, "user_profile": 20}], "zerver_userprofile": users}, TITLE, FLAT)


@form
def matrix_room_messages() -> Form:
    return Form({"chunk": matrix().value["messages"][:0:-1], "start": "t47", "end": "t48"}, authors=tuple(f"@{name}:example.org" for name in NAMES))


@form
def discord_api() -> Form:
    def message(n: int, s: Said) -> dict[str, Any]:
        return {"id": str(1100000000000000000 + n), "type": 0 if CHAIN[n] is None else 19, "content": s.text, "channel_id": "22", "author": {"id": UIDS[s.author], "username": s.author, "avatar": "x", "discriminator": "0", "global_name": s.author.title()},
                "attachments": [], "embeds": [], "mentions": [], "mention_roles": [], "pinned": False, "mention_everyone": False, "tts": False, "timestamp": iso(n).replace("Z", ".5+00:00"), "edited_timestamp": None, "flags": 0}  # fmt: skip

    rows = each(message)
    for n, row in enumerate(rows):
        if CHAIN[n] is not None:
            row["message_reference"] = {"channel_id": "22", "message_id": rows[CHAIN[n]]["id"], "guild_id": "1"}
            row["referenced_message"] = message(CHAIN[n], SAID[CHAIN[n]])
    return Form(rows[::-1])


@form
def twitter_timeline_graph() -> Form:
    def tweet(n: int, s: Said) -> dict[str, Any]:
        legacy = {"bookmark_count": 0, "created_at": text_time(n, "%a %b %d %H:%M:%S +0000 %Y"), "conversation_id_str": str(900 + 3 * (n > 2)), "full_text": s.text, "favorite_count": n, "lang": "en", "reply_count": 0, "user_id_str": "5", "id_str": str(900 + n), "entities": {"user_mentions": [], "urls": []},
                  **({} if CHAIN[n] is None else {"in_reply_to_status_id_str": str(900 + (CHAIN[n] or 0)), "in_reply_to_screen_name": "x", "in_reply_to_user_id_str": "5"})}  # fmt: skip
        user = {"result": {"__typename": "User", "id": "VX", "rest_id": "5", "legacy": {"screen_name": s.author, "name": s.author.title(), "description": "All the mills of the world", "created_at": "Mon Nov 29 21:18:15 +0000 2010"}}}
        content = {"entryType": "TimelineTimelineItem", "itemContent": {"itemType": "TimelineTweet", "tweet_results": {"result": {"__typename": "Tweet", "rest_id": str(900 + n), "core": {"user_results": user}, "legacy": legacy, "views": {"count": "7"}}}}}
        return {"entryId": f"tweet-{900 + n}", "sortIndex": "1", "content": content}

    return Form({"data": {"threaded_conversation_with_injections_v2": {"instructions": [{"type": "TimelineAddEntries", "entries": each(tweet)}]}}}, None, CHAIN)


@form
def telegram_bot_updates() -> Form:
    def message(n: int, s: Said) -> dict[str, Any]:
        made = {"message_id": 30 + n, "from": {"id": 4, "is_bot": False, "first_name": s.author.title(), "last_name": "K", "username": s.author}, "chat": {"id": -100, "title": TITLE, "type": "supergroup"}, "date": s.at(n), "text": s.text}
        return made | ({} if CHAIN[n] is None else {"reply_to_message": message(CHAIN[n] or 0, SAID[CHAIN[n] or 0])})

    return Form({"ok": True, "result": each(lambda n, s: {"update_id": 7000 + n, "message": message(n, s)})}, TITLE, authors=tuple(name + " k" for name in NAMES))


@form
def facebook_comments() -> Form:
    rows = each(lambda n, s: {"timestamp": s.at(n), "data": [{"comment": {"timestamp": s.at(n), "comment": s.text, "author": s.author, "group": "Mills"}}], "title": f"{s.author} commented on a post."})
    return Form({"comments_v2": rows}, None, FLAT)


@form
def instagram_comments() -> Form:
    def node(n: int, s: Said, below: list[Any]) -> Any:
        made = {"id": f"178{n}", "text": s.text, "created_at": s.at(n), "did_report_as_spam": False, "owner": {"id": "5", "is_verified": False, "profile_pic_url": "https://example.com/p.jpg", "username": s.author}, "viewer_has_liked": False, "edge_liked_by": {"count": n}}
        return {"node": made | ({"edge_threaded_comments": {"count": len(below), "page_info": {"has_next_page": False}, "edges": below}} if PAIRS[n] is None else {})}

    media = {"__typename": "GraphImage", "id": "9", "shortcode": "Cx", "edge_media_to_caption": {"edges": [{"node": {"text": ABOUT}}]}, "owner": {"id": "1", "username": "millfriends"}, "taken_at_timestamp": START,
             "edge_media_to_parent_comment": {"count": 6, "page_info": {"has_next_page": False}, "edges": nested(node, PAIRS)}}  # fmt: skip
    return Form({"data": {"shortcode_media": media}}, None, PAIRS)


@form
def bugzilla_bug_with_comments() -> Form:
    comments = each(lambda n, s: {"id": 600 + n, "bug_id": 7, "count": n, "text": s.text, "creator": s.author + "@example.org", "time": iso(n), "is_private": False})
    bug = {"id": 7, "summary": TITLE, "status": "NEW", "product": "Mills", "component": "Weirs", "creator": "wanda@example.org", "creator_detail": {"id": 1, "name": "wanda@example.org", "real_name": "Wanda", "email": "wanda@example.org"},
           "creation_time": iso(0), "last_change_time": iso(9), "assigned_to": "nobody@example.org", "comments": comments}  # fmt: skip
    return Form({"bugs": [bug]}, TITLE, FLAT, tuple(name + "@example.org" for name in NAMES))


@form
def customer_support_csv() -> Form:
    rows = ["tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"]
    for n, s in enumerate(SAID):
        below = ",".join(str(119000 + m) for m in range(6) if CHAIN[m] == n)
        above = "" if CHAIN[n] is None else f"{119000 + (CHAIN[n] or 0)}.0"
        rows.append(f'{119000 + n},{s.author},True,{text_time(n, "%a %b %d %H:%M:%S +0000 %Y")},"{s.text}","{below}",{above}')
    return Form("\n".join(rows).encode())


@form
def youtube_csv() -> Form:
    rows = ["Name,Comment,Time,Likes,Reply Count", *each(lambda n, s: f'@{s.author},"{s.text}",{iso(n)},{n},0')]
    return Form("\ufeff".encode() + "\n".join(rows).encode(), None, FLAT, tuple("@" + name for name in NAMES))


@form
def disqus_tree_of_objects() -> Form:
    """Replies in maps by their identifiers."""

    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {"author": {"nick": s.author}, "body": s.text, "posted": s.at(n), "answers": {str(4000 + m): made for m, made in below}}

    made: dict[int, Any] = {}
    for place in reversed(range(6)):
        made[place] = node(place, SAID[place], [(m, made[m]) for m in range(place + 1, 6) if CHAIN[m] == place])
    return Form({"title": TITLE, "comments": {str(4000 + n): made[n] for n in range(6) if CHAIN[n] is None}}, TITLE)


@form
def javascript_callback() -> Form:
    rows = each(lambda n, s: {"commentId": 70 + n, "userName": s.author, "commentText": s.text, "createdOn": iso(n), "parentCommentId": to(CHAIN[n], lambda p: 70 + p)})
    return Form(b"/**/ loadComments(" + json.dumps({"articleTitle": TITLE, "list": rows}).encode() + b");", TITLE)


@form
def preloaded_state() -> Form:
    rows = each(lambda n, s: {"key": f"k{n}x", "by": {"label": s.author}, "content": {"raw": s.text}, "when": s.at(n) * 1000000, "answerTo": to(CHAIN[n], lambda p: f"k{p}x")})
    return Form(b"window.__PRELOADED_STATE__ = " + json.dumps({"page": {"headline": TITLE, "language": "en"}, "thread": {"posts": rows}}).encode() + b";\n", TITLE)


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str) -> None:
    made = FORMS[name]()
    data = made.value if isinstance(made.value, bytes) else json.dumps(made.value).encode()
    result = read_source(data, Hint(name))
    assert isinstance(result, Thread)
    if made.title is not None:
        assert result.article.title == made.title
    text = plain(result.article.pieces[0]) if len(result.article.pieces) else ""
    assert text == made.article
    if made.byline:
        assert result.article.byline == made.byline
    order = {plain_text(result, row)[0]: row for row in range(len(result))}
    starts = made.starts or tuple(said.text for said in SAID)
    assert [next((start for start in starts if start in text), text) for text in order] == [starts[place] for place in preorder(made.parents)]
    rows = [next(row for text, row in order.items() if start in text) for start in starts]
    authors = made.authors if made.authors is not None else NAMES
    assert [(result.authors[row] or "").lower() for row in rows] == [author.lower() for author in authors]
    assert [result.parent[row] for row in rows] == [-1 if parent is None else rows[parent] for parent in made.parents]
    if made.dated:
        assert [int(result.published[row] or 0) // 86400 for row in rows] == [(START + 3600 * place) // 86400 for place in range(6)]
    assert not any(stub.count for stub in result.stubs)


def preorder(parents: list[int | None]) -> list[int]:
    order: list[int] = []

    def walk(above: int | None) -> None:
        for place, parent in enumerate(parents):
            if parent == above:
                order.append(place)
                walk(place)

    walk(None)
    return order


def plain(body: str) -> str:
    return body.replace("<p>", "").replace("</p>", "").strip()


def plain_text(thread: Thread, row: int) -> tuple[str, int]:
    from rumor_tui import blocks

    written = blocks.body_text(thread.bodies[row], thread.format)
    return " ".join(written.split()), row
